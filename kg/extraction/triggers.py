"""Which word of a sentence tells a deal that was read without one: the word that its status, date and money hang on."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Token

from kg.extraction.lexicon import table
from kg.extraction.patterns import patterns

_VERBAL = frozenset({"VERB", "AUX"})
_DEEPEST = 60  # steps up a sentence's tree


@cache
def _words() -> dict[tuple[str, bool], frozenset[str]]:
    """The forms that tell a deal of each type by themselves, verbs (False) and nouns (True)."""
    found: dict[tuple[str, bool], set[str]] = {}
    for form, known in patterns().items():
        for pattern in known:
            if pattern.noun or "object" not in pattern.options:
                found.setdefault((pattern.type, pattern.noun), set()).add(form)
    for kind, nouns in table("followups")["nouns"].items():
        found.setdefault((kind, True), set()).update(nouns)
    return {key: frozenset(forms) for key, forms in found.items()}


def tells_of(token: Token, type_name: str) -> bool:
    """Whether a word by itself speaks of a deal of this type."""
    return token.lower_ in _words().get((type_name, token.pos_ not in _VERBAL), ())


def trigger_of(doc: Doc, type_name: str, sentence: tuple[int, int], one: int, other: int) -> int:
    """Return the token of the sentence (tokens, end exclusive) that best tells of a deal of this type.

    ``one`` and ``other`` are tokens of the two parties' mentions. A word that the type's patterns know and that stands
    between the mentions, or else nearest to them, is preferred; without any the token that governs both mentions.
    """
    low, high = min(one, other), max(one, other)
    best: tuple[int, int, int] | None = None
    for token in doc[sentence[0] : sentence[1]]:
        if not tells_of(token, type_name):
            continue
        outside = max(0, low - token.i) + max(0, token.i - high)
        rank = (outside, min(abs(token.i - one), abs(token.i - other)), token.i)
        best = rank if best is None else min(best, rank)
    return best[2] if best is not None else _common_head(doc, one, other)


def _common_head(doc: Doc, one: int, other: int) -> int:
    above = _upwards(doc, one)
    return next((i for i in _upwards(doc, other) if i in above), one)


def _upwards(doc: Doc, i: int) -> list[int]:
    found = [i]
    while len(found) < _DEEPEST and doc[i].head.i != i:
        i = doc[i].head.i
        found.append(i)
    return found
