"""The types of a document's forms → all names in its text: every occurrence of a form is a name, longest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.extraction.lexicon import countries, words
from kg.extraction.name_features import Form
from kg.extraction.reading import Reading
from kg.extraction.spans import TICKER, legal_forms
from kg.extraction.state import Name

_NAMING = frozenset({"PROPN", "NOUN", "ADJ", "X", "NUM", "ADV"})
_Entry = tuple[tuple[str, ...], str]


def repeated(reading: Reading, found: Mapping[str, Form], told: Mapping[str, str]) -> list[Name]:
    """Return every occurrence of an accepted form, in capitals too, in the order of the text."""
    entries = _by_first_word(found, told)
    adjectives, texts = countries()[0], reading.texts
    names: list[Name] = []
    i = 0
    while i < len(texts):
        entry = _entry_at(reading, entries, i)
        if entry is None:
            i += 1
            continue
        end = i + len(entry[0])
        text = reading.text(i, end)
        names.append(Name(i, end, text, entry[1], entry[1] == "Place" and text in adjectives))
        i = end
    return names


def _entry_at(reading: Reading, entries: Mapping[str, list[_Entry]], i: int) -> _Entry | None:
    if not reading.prose[i]:
        return None
    for entry in entries.get(reading.texts[i], ()):
        pieces, kind = entry
        if reading.is_run(i, pieces):
            return entry if _is_name_here(reading, i, i + len(pieces), kind) else None
    return None


def _by_first_word(found: Mapping[str, Form], told: Mapping[str, str]) -> dict[str, list[_Entry]]:
    entries: dict[str, list[_Entry]] = {}
    for text, pieces, kind in _spellings(found, told):
        entries.setdefault(pieces[0], []).append((pieces, kind))
        shouted = tuple(piece.upper() for piece in pieces)
        if len(text) > 3 and shouted != pieces:
            entries.setdefault(shouted[0], []).append((shouted, kind))
    for of_word in entries.values():
        of_word.sort(key=lambda entry: (-len(entry[0]), entry))
    return entries


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
