"""Texts that are no articles: read to the end, in time that grows with their length, with nothing impossible found."""

from __future__ import annotations

import time
from itertools import combinations

import pytest
from hostile_texts import SHAPES
from hypothesis import given, settings
from hypothesis import strategies as st
from told import names, read

from kg import vocabulary
from kg.extraction import Extractor
from kg.model import Document, Extraction

WORDS = 200
FILLER = "The weather in the valley was mild and the roads were dry.\n\n"


def assert_sound(extraction: Extraction) -> None:
    """Fail unless every mention and quote stands in the text, and every fact is possible."""
    text = extraction.document.text
    types = {entity.id: entity.type for entity in extraction.entities}
    assert len(types) == len(extraction.entities)
    for entity in extraction.entities:
        assert entity.name.strip()
        assert all(text[m.start : m.end] == m.text for m in entity.mentions)
    for fact in extraction.facts:
        assert vocabulary.problems(fact.type, fact.roles, fact.status, fact.stake, types) == []
        assert fact.evidence
        assert all(text[e.start : e.end] == e.quote for e in fact.evidence)
        assert 0 < fact.confidence <= 1


def pairs(extraction: Extraction) -> int:
    """The number of pairs that facts link."""
    linked = set()
    for fact in extraction.facts:
        fillers = sorted({filler for ids in fact.roles.values() for filler in ids})
        linked |= set(combinations(fillers, 2))
    return len(linked)


@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_impossible_is_found(extractor: Extractor, shape: str) -> None:
    assert_sound(read(extractor, SHAPES[shape](WORDS)))


PIECES = st.sampled_from([SHAPES[shape](12).strip("\n") for shape in SHAPES if shape != "blank lines"])
JOINTS = st.sampled_from(["", " ", "\n", "\n\n", ", ", ". ", "\t", "\u2028", "\x0b", "\x1b[2J"])
ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=40)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(PIECES | ANY_TEXT, JOINTS), max_size=8).map(lambda parts: "".join(map("".join, parts))))
def test_any_mixture_is_read(text: str) -> None:
    assert_sound(Extractor().extract(Document(text, "test", "test", published="2021-06-18")))


@pytest.mark.parametrize("shape", ["a list of companies", "a list without commas", "a list of buyers"])
def test_a_thousand_companies_in_one_sentence_make_few_pairs(extractor: Extractor, shape: str) -> None:
    extraction = read(extractor, SHAPES[shape](4_000))
    assert len(extraction.entities) > 300
    assert pairs(extraction) <= len(extraction.entities)
    assert len(extraction.facts) <= len(extraction.entities)


LINEAR = (
    ("a list of companies", 500),
    ("deals of two each", 500),
    ("one deal again and again", 500),
    ("people", 500),
    ("a table", 500),
    ("right to left", 500),
    ("one long line", 500),
    ("one long name", 500),
    ("quotes", 300),
    ("one long chain of hyphens", 300),
    ("companies and what they are", 2_500),
)
MOST = 2.5  # times as long for each character of a text that is four times as long; what is quadratic takes 4 times


@pytest.mark.parametrize(("shape", "words"), LINEAR)
def test_time_grows_with_the_length_only(extractor: Extractor, shape: str, words: int) -> None:
    def seconds_a_character(words: int) -> float:
        text = SHAPES[shape](words)
        started = time.process_time()
        read(extractor, text)
        return (time.process_time() - started) / len(text)

    read(extractor, SHAPES[shape](50))
    short = max(seconds_a_character(words), seconds_a_character(words))
    assert seconds_a_character(4 * words) < MOST * short


def test_a_hundred_thousand_words(extractor: Extractor) -> None:
    first = "Kestrel Motors Plc agreed to buy Borland Foods Plc for $2 billion.\n\n"
    last = "Harwell Group Plc sued Quillon Steel Plc over a patent.\n"
    extraction = read(extractor, first + FILLER * (100_000 // len(FILLER.split())) + last)
    assert len(extraction.document.text.split()) > 99_000
    assert_sound(extraction)
    assert [(fact.type, names(extraction, fact)) for fact in extraction.facts] == [
        ("Acquisition", {"acquirer": ["Kestrel Motors Plc"], "target": ["Borland Foods Plc"]}),
        ("LegalDispute", {"claimant": ["Harwell Group Plc"], "defendant": ["Quillon Steel Plc"]}),
    ]
