"""A fact says which components read it, in which sentences, and how sure each was by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told import read

from kg.extraction import Extractor
from kg.extraction.support import MOST, listed
from kg.model import Fact, Support

FIRST = "Kestrel Motors Plc agreed to buy Borland Foods Plc for $2 billion."
LATER = "Kestrel Motors Plc acquired Borland Foods Plc to grow in food."

components = st.sampled_from(("network", "verb: buy", "noun: bid"))
supports = st.builds(Support, st.integers(0, 3), st.integers(4, 6), components, st.floats(0, 1))


@given(st.lists(supports, max_size=40))
def test_each_component_is_listed_once_a_stretch_with_the_most_that_it_said(found: list[Support]) -> None:
    kept = listed(found)
    assert list(kept) == sorted(set(kept))
    assert len(kept) == min(MOST, len({(s.start, s.end, s.component) for s in found}))
    assert {s.component for s in kept} == {s.component for s in found}
    for component in {s.component for s in found}:
        most = max(s.confidence for s in found if s.component == component)
        assert most in {s.confidence for s in kept if s.component == component}


def test_of_too_many_the_surest_stay() -> None:
    found = [Support(n, n + 1, "verb: buy", n / 100) for n in range(20)]
    assert [s.start for s in listed([Support(90, 99, "network", 0.01), *found])] == [*range(13, 20), 90]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        (FIRST, "Acquisition", [("verb: buy", 0.8), ("words: buy", 0.75)]),
        ("Kestrel Motors Plc is based in Leeds.", "BasedIn", [("verb: base", 0.7), ("words: based in", 0.9)]),
        ("Ada Lund, chief executive of Kestrel Motors Plc, left.", "Role", [("words: chief executive of", 0.9)]),
        ("Kestrel Motors Plc's David Lund said no.", "Role", [("names: organization, person", 0.7)]),
        ("Kestrel Motors Plc rose. The British carmaker sold cars.", "BasedIn", [("nominal", 0.6)]),
    ],
)
def test_rules_are_named_by_the_words_they_go_by(
    extractor: Extractor, text: str, kind: str, expected: list[tuple[str, float]]
) -> None:
    (fact,) = (fact for fact in read(extractor, text).facts if fact.type == kind)
    assert [(s.component, s.confidence) for s in fact.support] == expected


def test_every_sentence_of_a_fact_has_its_support(extractor: Extractor) -> None:
    extraction = read(extractor, f"{FIRST}\n{LATER}")
    (fact,) = (fact for fact in extraction.facts if fact.type == "Acquisition")
    text = extraction.document.text
    assert {text[s.start : s.end] for s in fact.support} == {e.quote for e in fact.evidence} == {FIRST, LATER}


def _bought(extractor: Extractor) -> Fact:
    (fact,) = (fact for fact in read(extractor, FIRST).facts if fact.type == "Acquisition")
    return fact


def test_rules_and_network_each_say_what_they_said_by_themselves(extractor: Extractor) -> None:
    by_rules, by_both = _bought(extractor), _bought(Extractor(min_confidence=0.0))
    network, *rules = by_both.support
    assert network.component == "network"
    assert (network.start, network.end) == (0, len(FIRST))
    assert tuple(rules) == by_rules.support
    assert by_both.confidence != by_rules.confidence
