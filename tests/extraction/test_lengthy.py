"""Texts longer than what is parsed at once: nothing is lost at the cuts, and offsets are those of the whole text."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told import names, read

from kg.extraction import Extractor, components
from kg.extraction.lengthy import LONGEST, cut, parse
from kg.extraction.state import register
from kg.model import Extraction

FIRST = "Kestrel Motors Plc agreed to buy Borland Foods Plc for $2 billion."
LAST = "Harwell Group Plc sued Quillon Steel Plc over a patent."
FILLER = "The weather in the valley was mild and the roads were dry.\n\n"


def padded(length: int) -> str:
    """A text of at least ``length`` characters that begins and ends with a deal."""
    return f"{FIRST}\n\n{FILLER * (length // len(FILLER) + 1)}{LAST}\n"


@given(st.text(alphabet="ab. \n", max_size=400), st.integers(1, 60))
def test_a_text_is_cut_into_pieces_that_are_no_longer_than_asked(text: str, longest: int) -> None:
    pieces = list(cut(text, longest))
    assert "".join(pieces) == text
    assert all(len(piece) <= longest for piece in pieces)


def test_facts_are_found_on_both_sides_of_a_cut(extractor: Extractor) -> None:
    text = padded(LONGEST)
    extraction = read(extractor, text)
    assert len(text) > LONGEST
    assert [(fact.type, names(extraction, fact)) for fact in extraction.facts] == [
        ("Acquisition", {"acquirer": ["Kestrel Motors Plc"], "target": ["Borland Foods Plc"]}),
        ("LegalDispute", {"claimant": ["Harwell Group Plc"], "defendant": ["Quillon Steel Plc"]}),
    ]
    assert [evidence.quote for fact in extraction.facts for evidence in fact.evidence] == [FIRST, LAST]
    assert all(text[e.start : e.end] == e.quote for fact in extraction.facts for e in fact.evidence)
    assert all(text[m.start : m.end] == m.text for entity in extraction.entities for m in entity.mentions)


def test_copies_of_an_article_have_as_many_mentions_and_the_same_facts(extractor: Extractor) -> None:
    article = f"{FIRST} The takeover was announced on Monday.\n\n{LAST}\n\n{FILLER * 60}"
    copies = LONGEST // len(article) + 2
    once, many = read(extractor, article), read(extractor, article * copies)
    assert len(article * copies) > LONGEST > len(article)

    def counted(extraction: Extraction) -> Counter[tuple[str, str]]:
        return Counter((e.name, m.text) for e in extraction.entities for m in e.mentions)

    assert counted(many) == Counter({key: count * copies for key, count in counted(once).items()})
    assert [(f.type, names(many, f), f.status, f.amount, f.date) for f in many.facts] == [
        (f.type, names(once, f), f.status, f.amount, f.date) for f in once.facts
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "x" * (2 * LONGEST + 7),  # nothing to cut at
        "word " * (LONGEST // 4),
        ("line of words\n" * (LONGEST // 12)),
        "\n" * (LONGEST + 10),
        padded(2 * LONGEST),
    ],
    ids=["empty", "blank", "one word", "no sentence", "lines", "line feeds", "paragraphs"],
)
def test_pieces_make_up_the_whole_text(extractor: Extractor, text: str) -> None:
    register()
    doc = parse(extractor.nlp, text, components("fast"))
    assert doc.text == text
    assert len(doc._.kg_prose) == len(doc)
    assert extractor.nlp.pipe_names[-len(components("fast")) :] == list(components("fast"))  # none stays switched off


def test_a_long_document_among_short_ones_keeps_its_place(extractor: Extractor) -> None:
    texts = [FIRST, padded(LONGEST), LAST]
    alone = [read(extractor, text) for text in texts]
    assert list(extractor.extract_many(extraction.document for extraction in alone)) == alone
