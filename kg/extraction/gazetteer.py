"""Well-known companies by name: the lexicon of listed companies that the package ``pytickersymbols`` ships.

A name helps to tell a company from a person or a place; it is never enough for a single common word, so that "Target"
or "Gap" in running text needs other signs that it is a name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from kg.extraction.lexicon import countries, words

_BRACKETS = re.compile(r"\s*\([^)]*\)")
_CLASS = re.compile(r",?\s+(?:Class [A-C]|Series [A-C]|Registered|ADR|Pref(?:erred)?)\b.*$", re.IGNORECASE)


@cache
def well_known() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Return the names of listed companies as word tuples, by their first word; longest first."""
    from pytickersymbols import PyTickerSymbols

    forms = {form for stock in PyTickerSymbols().get_all_stocks() for form in _forms(stock["name"])}
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for form in forms:
        by_first.setdefault(form[0], []).append(form)
    return {first: tuple(sorted(forms, key=lambda f: (-len(f), f))) for first, forms in sorted(by_first.items())}


def _forms(name: str) -> set[tuple[str, ...]]:
    name = _CLASS.sub("", _BRACKETS.sub("", name)).replace(",", " ")
    parts = tuple(name.split())
    legal, tails = words("names", "company", "legal_forms"), ("Group", "&", "The", "Holdings")
    adjectives, places = countries()
    forms = {parts}
    if "&" in parts:
        forms.add(tuple("and" if part == "&" else part for part in parts))
    while len(parts) > 1 and (parts[-1] in legal or parts[-1] in tails):
        parts = parts[:-1]
        forms.add(parts)
        if "&" in parts[1:-1]:
            forms.add(tuple("and" if part == "&" else part for part in parts))
    return {
        form
        for form in forms
        if form and _distinctive(form) and form[0] not in adjectives and " ".join(form) not in places
    }


def _distinctive(form: tuple[str, ...]) -> bool:
    if len(form) > 1:
        return form[0] != "The" or len(form) > 2
    word = form[0]
    return (
        len(word) > 2
        and word not in {"The", "And"}
        and word[0].isupper()
        and word not in words("names", "generic", "words")
    )
