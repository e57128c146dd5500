"""The types of a document's forms → all names in its text: every occurrence of a form is a name, longest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.extraction.lexicon import countries, words
from kg.extraction.name_forms import Form
from kg.extraction.reading import Reading
from kg.extraction.spans import TICKER, legal_forms
from kg.extraction.state import Name

_NAMING = frozenset({"PROPN", "NOUN", "ADJ", "X", "NUM", "ADV"})
# The forms that begin with one word: their types, and their lengths, longest first.
_Entries = tuple[dict[tuple[str, ...], str], tuple[int, ...]]


def repeated(reading: Reading, found: Mapping[str, Form], told: Mapping[str, str]) -> list[Name]:
    """Return every occurrence of an accepted form, in capitals too, in the order of the text."""
    entries = _by_first_word(found, told)
    adjectives = countries()[0]
    names: list[Name] = []
    i = 0
    while i < len(reading):
        end, kind = _name_at(reading, entries.get(reading.texts[i]), i) if reading.prose[i] else (i, "")
        if end == i:
            i += 1
            continue
        text = reading.text(i, end)
        names.append(Name(i, end, text, kind, kind == "Place" and text in adjectives))
        i = end
    return names


def _name_at(reading: Reading, entries: _Entries | None, i: int) -> tuple[int, str]:
    """Return the end and the type of the longest name that begins at token ``i``; the end is ``i`` when none does."""
    if entries is None:
        return i, ""
    kinds, lengths = entries
    for length in lengths:
        end = i + length
        kind = kinds.get(tuple(reading.texts[i:end])) if end <= len(reading) else None
        if kind:
            return (end, kind) if _is_name_here(reading, i, end, kind) else (i, "")
    return i, ""


def _by_first_word(found: Mapping[str, Form], told: Mapping[str, str]) -> dict[str, _Entries]:
    kinds: dict[str, dict[tuple[str, ...], str]] = {}
    for text, pieces, kind in _spellings(found, told):
        kinds.setdefault(pieces[0], {}).setdefault(pieces, kind)
        if len(text) > 3:
            shouted = tuple(piece.upper() for piece in pieces)
            kinds.setdefault(shouted[0], {}).setdefault(shouted, kind)
    return {
        first: (forms, tuple(sorted({len(pieces) for pieces in forms}, reverse=True))) for first, forms in kinds.items()
    }


def _spellings(found: Mapping[str, Form], told: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, ...], str]]:
    legal, generic = legal_forms(), words("names", "generic", "words")
    for text, kind in told.items():
        pieces = found[text].pieces
        yield text, pieces, kind
        if kind != "Company":
            continue
        bare = pieces
        while len(bare) > 1 and (bare[-1] in legal or bare[-1] == ","):
            bare = bare[:-1]
        short = " ".join(bare)
        if short not in told and short not in generic and len(short) > 2 and not short.islower():
            yield short, bare, kind


def _is_name_here(reading: Reading, start: int, end: int, kind: str) -> bool:
    """Refuse a repeat that is part of another name, and a common word at the start of a sentence."""
    if end - start > 1:
        return True
    if reading.opens[start] and reading.classes[start] not in _NAMING:
        return reading.labels[start] != ""
    if kind == "Person" and reading.word(end) in legal_forms():
        return False
    return reading.word(start - 1) != "(" or "." not in reading.texts[start] or not TICKER.match(reading.texts[start])
