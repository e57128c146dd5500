"""The lexical patterns as data: each compiles, knows what it needs, and none takes long on hostile sentences."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction import wording

_WORDS = [
    "rival", "chief", "executive", "owner", "of", "and", "the", "stake", "in", "unit", "based", "said", "who", "is",
    "owned", "by", "a", "an", "its", "such", "as", ",", "-", "'s", "which", "company", "group", "percent", "with",
    "for", "president",
]  # fmt: skip


@pytest.mark.parametrize("pattern", wording.patterns(), ids=lambda p: p.text[:60])
def test_every_pattern_has_a_fact_type_and_mentions(pattern: wording.Pattern) -> None:
    """A pattern names the mentions that fill its roles, and its confidence is a probability."""
    assert 0 < pattern.confidence < 1
    assert pattern.marks
    assert pattern.expression.groupindex


def test_a_pattern_says_which_words_it_needs() -> None:
    """Words that every match has are found; those that it may lack are not asked for."""
    owned = next(p for p in wording.patterns() if p.text.startswith("{owner:CPOLA}-(?:owned"))
    assert owned.cues == (frozenset({"owned", "controlled", "backed", "held"}),)
    assert owned.marks == ("CPOLA", "C")


def test_a_noun_phrase_ends_at_a_finite_verb() -> None:
    """Finite verbs begin with a capital in the masked sentence; a run of words does not cross them."""
    pattern = re.compile(wording.expand("{place:A} {np3}{organization:C}"), re.IGNORECASE)
    place, company = wording.mark("A", 0), wording.mark("C", 1)
    assert pattern.search(f"{place} tea seller {company} Closed")
    assert not pattern.search(f"{place} minister Rules out {company} deal")


def _seconds(text: str) -> float:
    started = time.perf_counter()
    for pattern in wording.patterns():
        for _ in pattern.expression.finditer(text):
            pass
    return time.perf_counter() - started


@pytest.mark.parametrize("letters", ["C", "CP", "LAC", "CPOLARcpo"])
@pytest.mark.parametrize("between", [" ", ", ", " and ", " of the ", " 's chief executive ", " is owned by a unit of "])
def test_forty_mentions_in_a_row_take_no_time(letters: str, between: str) -> None:
    """No wording makes the patterns try for long: forty mentions are the most that a sentence is read with."""
    marks = [wording.mark(letters[i % len(letters)], i) for i in range(40)]
    assert _seconds(between.join(marks)) < 1.0


@given(
    st.lists(
        st.sampled_from([*_WORDS, *(wording.mark(letter, 7) for letter in "CPOLARcpo")]), min_size=150, max_size=150
    )
)
@settings(max_examples=15, deadline=None)
def test_any_mixture_of_cues_and_mentions_takes_no_time(words: list[str]) -> None:
    """The same for any order of the words that patterns look for."""
    assert _seconds(" ".join(words)) < 2.0
