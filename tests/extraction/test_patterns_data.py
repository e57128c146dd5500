"""The data files of extraction: every entry speaks of types, roles, slots, classes and statuses that exist."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from kg import vocabulary
from kg.errors import VocabularyError
from kg.extraction import patterns
from kg.extraction.lexicon import countries, table

ENTRIES = [(kind, entry) for kind in ("verb", "noun") for entry in table("patterns")[kind]]
CLASSES = set(table("patterns")["classes"])
PREPOSITIONS = {
    "about", "against", "among", "as", "at", "behind", "between", "by", "for", "from", "in", "into", "including", "of",
    "on", "over", "to", "with", "within",
}  # fmt: skip
SLOTS = {"subject", "object", "noun", "possessor", "compound", "doer", "named"} | PREPOSITIONS


def slots_of(entry: Mapping[str, Any]) -> set[str]:
    """Every slot that an entry asks for, whatever it does with it."""
    roles = vocabulary.fact_type(entry["type"]).roles
    listed = [slot for name, value in entry.items() if name in roles and isinstance(value, list) for slot in value]
    asked = [slot for key in ("implicit", "unless_slot", "only_slot") for slot in entry.get(key, ())]
    each = entry.get("each")
    return {slot.removeprefix("object.") for slot in [*listed, *asked, *([each] if each else [])]}


@pytest.mark.parametrize(("kind", "entry"), ENTRIES, ids=[f"{k} {e['type']} {e['lemmas'][0]}" for k, e in ENTRIES])
def test_entry_speaks_of_what_exists(kind: str, entry: Mapping[str, Any]) -> None:
    fact_type = vocabulary.fact_type(entry["type"])
    roles = [name for name in entry if name in fact_type.roles and isinstance(entry[name], list)]
    assert roles
    assert slots_of(entry) <= SLOTS
    assert {entry[key] for key in ("object", "not_object") if key in entry} <= CLASSES
    assert entry.get("unit_owner", roles[0]) in fact_type.roles
    assert set(entry.get("needs", ())) <= set(fact_type.roles)
    assert entry.get("status", "announced") in vocabulary.STATUSES
    assert 0 < entry["confidence"] < 1


@pytest.mark.parametrize(("kind", "entry"), ENTRIES, ids=[f"{k} {e['type']} {e['lemmas'][0]}" for k, e in ENTRIES])
def test_trigger_words_are_found_in_their_forms(kind: str, entry: Mapping[str, Any]) -> None:
    by_form = patterns.patterns()
    for lemma in entry["lemmas"]:
        assert lemma == lemma.lower().strip()
        first = lemma.split(" ")[0]
        for form in (first, first + "s"):
            assert any((p.type, p.name, p.noun) == (entry["type"], lemma, kind == "noun") for p in by_form[form])


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("buy", {"buy", "buys", "buying", "bought"}),
        ("acquire", {"acquire", "acquires", "acquired", "acquiring"}),
        ("sell", {"sell", "sells", "sold", "selling"}),
        ("merge", {"merge", "merges", "merged", "merging"}),
        ("supply", {"supply", "supplies", "supplied", "supplying"}),
        ("swallow", {"swallow", "swallows", "swallowed", "swallowing"}),
    ],
)
def test_verbs_are_inflected(verb: str, forms: set[str]) -> None:
    found = {form for form, listed in patterns.patterns().items() if any(p.name == verb and not p.noun for p in listed)}
    assert forms <= found


@pytest.mark.parametrize("wrong", [{"aquirer": ["subject"]}, {"seller": "from"}, {"unless_word": ["not"]}])
def test_unknown_role_or_option_is_refused(monkeypatch: pytest.MonkeyPatch, wrong: Mapping[str, Any]) -> None:
    entry = {"type": "Acquisition", "lemmas": ["buy"], "target": ["object"], "confidence": 0.5, **wrong}
    data = {"verb": [entry], "noun": [], "irregular": {}}
    monkeypatch.setattr(patterns, "table", lambda name: data)
    with pytest.raises(VocabularyError, match=f"Acquisition has no role or option '{next(iter(wrong))}'"):
        patterns.patterns.__wrapped__()


def test_statuses_and_followups_are_those_of_the_vocabulary() -> None:
    status = table("status")
    assert set(status) - {"default"} == set(vocabulary.STATUSES)
    assert set(status["default"]) == set(vocabulary.DEAL_TYPES)
    assert set(status["default"].values()) <= set(vocabulary.STATUSES)
    assert set(table("followups")["nouns"]) == set(vocabulary.DEAL_TYPES)


@pytest.mark.parametrize("name", ["amounts", "followups", "status"])
def test_lists_hold_words_in_lower_case(name: str) -> None:
    def listed(node: Any) -> list[str]:
        if isinstance(node, Mapping):
            return [word for value in node.values() for word in listed(value)]
        return list(node) if isinstance(node, list) else []

    found = listed(table(name))
    assert found
    assert [word for word in found if word != word.lower() or word != word.strip() or not word] == []


def test_countries_have_one_usual_name() -> None:
    adjectives, names = countries()
    assert adjectives["Chinese"] == names["China"] == "China"
    assert all(names[name] == name for name in adjectives.values())
