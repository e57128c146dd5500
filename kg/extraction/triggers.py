"""Which word of a sentence tells a deal that was read without one: the word that its status, date and money hang on."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Token

from kg.extraction.lexicon import table
from kg.extraction.patterns import patterns

_VERBAL = frozenset({"VERB", "AUX"})


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


def trigger_of(doc: Doc, type_name: str, sentence: tuple[int, int], one: int, other: int) -> int | None:
    """Return the token of the sentence (tokens, end exclusive) that best tells of a deal of this type, if one does.

    ``one`` and ``other`` are tokens of the two parties' mentions: a word between them is preferred, else the nearest.
    """
    low, high = min(one, other), max(one, other)
    ranked = (
        (max(0, low - i) + max(0, i - high), min(abs(i - one), abs(i - other)), i)
        for i in range(*sentence)
        if tells_of(doc[i], type_name)
    )
    best = min(ranked, default=None)
    return None if best is None else best[2]
