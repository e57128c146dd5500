"""How deals are worded, read from ``data/patterns.toml``: which words trigger a pattern, and what fills its roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg import vocabulary
from kg.errors import VocabularyError
from kg.extraction.lexicon import table

_OPTIONS = frozenset(
    {
        "type",
        "lemmas",
        "object",
        "not_object",
        "unit_owner",
        "each",
        "needs",
        "needs_money",
        "unless_slot",
        "only_slot",
        "words",
        "unless_words",
        "before",
        "alone",
        "goods",
        "implicit",
        "intransitive",
        "status",
        "title",
        "confidence",
    }
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One trigger of one entry: ``roles`` maps each role to the slots that fill it, ``particle`` follows the verb."""

    type: str
    name: str
    noun: bool
    particle: str | None
    roles: Mapping[str, tuple[str, ...]]
    options: Mapping[str, str | bool | float | list[str]]


def _inflected(word: str, noun: bool, irregular: Mapping[str, list[str]]) -> set[str]:
    if noun:
        return {word, word + "s", *({word[:-1] + "ies"} if word.endswith("y") else set())}
    stem = word[:-1] if word.endswith("e") else word
    forms = {word, word + "s", word + "es", stem + "ed", stem + "ing"}
    if word.endswith("y") and word[-2] not in "aeo":
        forms |= {word[:-1] + "ies", word[:-1] + "ied"}
    return forms | set(irregular.get(word, ()))


@cache
def patterns() -> Mapping[str, tuple[Pattern, ...]]:
    """Return the patterns by each form of the word that triggers them.

    Raises:
        VocabularyError: an entry has a role or option that does not exist.
    """
    data = table("patterns")
    by_form: dict[str, list[Pattern]] = {}
    for noun in (False, True):
        for entry in data["noun" if noun else "verb"]:
            roles = {
                name: tuple(slots)
                for name, slots in entry.items()
                if name in vocabulary.fact_type(entry["type"]).roles and isinstance(slots, list)
            }
            options = {key: value for key, value in entry.items() if key not in roles}
            if unknown := set(options) - _OPTIONS:
                raise VocabularyError(f"patterns.toml: {entry['type']} has no role or option {min(unknown)!r}")
            for lemma in entry["lemmas"]:
                first, _, particle = lemma.partition(" ")
                pattern = Pattern(entry["type"], lemma, noun, particle or None, roles, options)
                for form in _inflected(first, noun, data["irregular"]):
                    by_form.setdefault(form, []).append(pattern)
    return {form: tuple(found) for form, found in by_form.items()}


@cache
def noun_classes() -> Mapping[str, frozenset[str]]:
    """Return the groups of nouns that entries and slots speak of, by name."""
    return {name: frozenset(nouns) for name, nouns in table("patterns")["classes"].items()}
