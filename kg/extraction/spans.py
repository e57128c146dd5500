"""Where names may stand: token spans proposed by legal forms, the model, well-known names, and capitals alone.

A span here is only a candidate; what it is, if it is a name at all, is told by ``name_types``. Spans do not overlap: a
legal form at the end comes first, then the model's own names (cleaned), well-known names, and bare capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kg.extraction.cleanup import Cleaner
from kg.extraction.gazetteer import well_known
from kg.extraction.lexicon import countries, words
from kg.extraction.reading import Reading, title_words
from kg.extraction.segments import BODY

TICKER = re.compile(r"^(?:[A-Z0-9]{1,8}\.[A-Z]{1,3}|[A-Z0-9]{1,5})$")
_CONNECTORS = frozenset({"&", "of", "and", "de", "du", "di", "der", "la", "le", "des", "del", "e", "y", "et", "und"})
_COUNTRY_CODES = frozenset({"U.S.", "US", "U.K.", "UK"})
_OPENERS = frozenset(
    {"The", "A", "An", "In", "At", "Under", "But", "And", "When", "While", "Both", "Since", "As", "For", "Former"}
)
LEGAL = "legal"
"""The source of spans that a legal form ends, or that a news agency puts in angle brackets."""
# The model's labels that may be names; its other labels (dates, amounts) only keep their words from being one.
_NAMING = frozenset(
    {
        "ORG",
        "BODY",
        "PERSON",
        "GPE",
        "LOC",
        "NORP",
        "PRODUCT",
        "WORK_OF_ART",
        "FAC",
        "EVENT",
        "LAW",
        LEGAL,
        "known",
        "loose",
    }
)
_TIMES = frozenset({"DATE", "TIME", "MONEY", "PERCENT"})
_LONGEST_LEGAL_NAME = 9
_LONGEST_BRACKETED_NAME = 12
_LONGEST_LOOSE_NAME = 6


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens ``start`` to ``end`` may be a name; ``source`` is ``legal``, ``known``, ``loose`` or a model's label."""

    start: int
    end: int
    source: str


def candidates(reading: Reading) -> list[Span]:
    """Return the spans of a document that may be names, in the order of the text."""
    taken = bytearray(len(reading))
    spans: list[Span] = []

    def take(found: Iterator[tuple[int, int]], source: str) -> None:
        for start, end in found:
            if start < end and not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                spans.append(Span(start, end, source))

    cleaner = Cleaner(reading)
    sure = [*_legal_names(reading, cleaner), *_bracketed_names(reading)]
    take(iter(sorted(set(sure), key=lambda span: (span[0] - span[1], span))), LEGAL)
    take(_known_names(reading, several=True), "known")
    for start, end, label in reading.labelled:
        if reading.prose[start] and not reading.shouted[start]:
            take(cleaner.clean(start, end, label) if label in _NAMING else iter([(start, end)]), label)
    take(_known_names(reading, several=False), "known")
    take(_loose_names(reading, taken), "loose")
    return sorted((span for span in spans if span.source in _NAMING), key=lambda span: span.start)


@cache
def legal_forms() -> frozenset[str]:
    """Return the legal forms that are one word, as written."""
    return words("names", "company", "legal_forms")


@cache
def _legal_runs() -> Mapping[str, tuple[str, ...]]:
    """Legal forms of several words by their first word."""
    runs: dict[str, list[str]] = {}
    for form in words("names", "company", "legal_runs"):
        runs.setdefault(re.split(r"[\s.]", form, maxsplit=1)[0], []).append(form)
    return {first: tuple(sorted(forms, key=lambda f: (-len(f), f))) for first, forms in runs.items()}


def legal_end(reading: Reading, i: int) -> int:
    """Return where the legal form that begins at token ``i`` ends, or ``i`` when none does."""
    text = reading.texts[i]
    for form in _legal_runs().get(text.split(".")[0], ()):
        for end in range(i + 1, min(i + 8, len(reading)) + 1):
            run = reading.text(i, end)
            if run == form:
                return end
            if not form.startswith(run):
                break
    return i + 1 if text in legal_forms() else i


def _legal_names(reading: Reading, cleaner: Cleaner) -> Iterator[tuple[int, int]]:
    texts = reading.texts
    heads = legal_forms() | _legal_runs().keys()
    for i in range(1, len(texts)):
        if (
            not reading.prose[i]
            or reading.shouted[i]
            or (texts[i] not in heads and texts[i].split(".")[0] not in heads)
        ):
            continue
        end = legal_end(reading, i)
        start = _legal_start(reading, cleaner, i) if end > i else i
        if start == i or not any(reading.capitals[j] and len(texts[j]) > 1 for j in range(start, i)):
            continue
        while end < len(texts) and (after := legal_end(reading, end)) > end:
            end = after
        if reading.labels[end - 1] == "ORG" and reading.ends[end - 1] > end and reading.capitals[end]:
            end = cleaner.without_edges(start, reading.ends[end - 1])[1]
        yield start, end


def _legal_start(reading: Reading, cleaner: Cleaner, i: int) -> int:
    """Go back from a legal form at token ``i`` to where the name before it begins."""
    texts, start = reading.texts, i
    while start > 0 and i - start < _LONGEST_LEGAL_NAME and not reading.opens[start]:
        if _may_precede(reading, start - 1):
            start -= 1
        elif start > 3 and texts[start - 1] == ")" and texts[start - 3] == "(" and texts[start - 2] in cleaner.places:
            start -= 3
        else:
            break
    while start < i and texts[start] in _CONNECTORS:
        start += 1
    is_described = start < i - 1 and reading.opens[start] and reading.lower[start] in cleaner.descriptors
    if start < i and (is_described or texts[start] in _OPENERS or reading.begins_with_function_word(start)):
        start += 1
    if start < i - 2 and texts[start] in _COUNTRY_CODES:
        start += 1
    for length in (2, 1):
        is_place = i - start > length and reading.text(start, start + length) in cleaner.places
        if is_place and reading.opens[start] and cleaner.stands_alone(start + length, i):
            return start + length
    return start


def _may_precede(reading: Reading, i: int) -> bool:
    """Tell whether token ``i`` may belong to a legal name that goes on after it."""
    texts, legal = reading.texts, legal_forms()
    text, after = texts[i], texts[i + 1]
    if text == ",":
        return after in legal
    if text in {"-", "/"}:
        return i > 0 and not reading.spaces[i - 1] and not reading.spaces[i] and reading.capitals[i - 1]
    if text in _CONNECTORS:
        if i == 0 or not reading.capitals[i - 1] or texts[i - 1] in legal:
            return False
        if text == "and":
            fellow = after in legal or after in words("names", "company", "name_words") or after in {"Sons", "Brothers"}
            return fellow or after == texts[i - 1] or reading.labels[i] == "ORG"
        return reading.lower[i - 1] not in title_words()
    if text in legal or not reading.capitals[i] or (text in countries()[0] and reading.labels[i] != "ORG"):
        return False
    if reading.labels[i] in _TIMES:
        return False
    return reading.classes[i] != "VERB" or after in legal or (reading.labels[i] == "ORG" and reading.ends[i] > i + 1)


def _bracketed_names(reading: Reading) -> Iterator[tuple[int, int]]:
    """Names that a news agency writes in angle brackets: ``<Some Company Inc>``; tickers there are not names."""
    texts = reading.texts
    for i, text in enumerate(texts):
        if text != "<" or not reading.prose[i]:
            continue
        for end in range(i + 2, min(i + _LONGEST_BRACKETED_NAME, len(texts))):
            if texts[end] == ">":
                if not all(TICKER.match(text) for text in texts[i + 1 : end]):
                    yield i + 1, end
                break


def _known_names(reading: Reading, *, several: bool) -> Iterator[tuple[int, int]]:
    """Well-known companies: those of several words anywhere, those of one word only where it must be a name."""
    known, texts, capitals = well_known(), reading.texts, reading.capitals
    for i, text in enumerate(texts):
        if not capitals[i] or text not in known or not reading.prose[i] or reading.shouted[i]:
            continue
        for form in known[text]:
            end = i + len(form)
            if (len(form) > 1) is several and reading.is_run(i, form):
                if not several or not _goes_on(reading, i, end):
                    yield i, end
                break


def _goes_on(reading: Reading, start: int, end: int) -> bool:
    """Tell whether the model has a longer name there that the words are only a part of."""
    return bool(
        reading.labels[start]
        and (
            (start and reading.labels[start - 1] == reading.labels[start] and reading.capitals[start - 1])
            or (end < len(reading) and reading.labels[end] == reading.labels[start] and reading.capitals[end])
        )
    )


def _loose_names(reading: Reading, taken: bytearray) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words that the model gave no label."""
    i = 0
    while i < len(reading):
        if not _may_begin(reading, i) or taken[i]:
            i += 1
            continue
        end = i + 1
        while end < len(reading) and end - i < _LONGEST_LOOSE_NAME and not taken[end] and _may_go_on(reading, end):
            end += 1
        yield i, end
        i = end


def _may_begin(reading: Reading, i: int) -> bool:
    text = reading.texts[i]
    return (
        reading.prose[i] == BODY
        and reading.capitals[i]
        and not reading.labels[i]
        and len(text) > 1
        and not reading.shouted[i]
        and not text[0].isdigit()
        and text not in legal_forms()
        and (reading.classes[i] == "PROPN" or not _begins_speech(reading, i))
        and text.lower() not in reading.vocabulary
        and not (reading.word(i - 1) == "-" and reading.capitals[i - 2] and not reading.spaces[i - 1])
    )


def _begins_speech(reading: Reading, i: int) -> bool:
    return reading.opens[i] or reading.stops[i] or reading.word(i - 1) in {'"', "“", "‘", "'"}


def _may_go_on(reading: Reading, i: int) -> bool:
    text = reading.texts[i]
    if reading.opens[i] or reading.labels[i]:
        return False
    if text == "&" or (text == "-" and not (reading.spaces[i - 1] or reading.spaces[i])):
        return i + 1 < len(reading) and reading.capitals[i + 1]
    return reading.capitals[i] and text[0].isalpha()
