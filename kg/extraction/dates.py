"""Dates in text as ISO 8601, as precise as the text makes certain: ``2015``, ``2015-03`` or ``2015-03-12``.

Relative dates ("on Thursday", "last month") are counted from the day of publication and become the period that surely
holds them: "last week" is a month or a year, whatever both ends of that week share. What is only a year is never
guessed to a day; without a day of publication only absolute dates are found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction import dates_absolute as absolute
from kg.extraction import dates_relative as relative
from kg.extraction.clock import Clock
from kg.extraction.date_words import DateSpan, Rule, months
from kg.extraction.lexicon import table
from kg.extraction.numbers import any_of

__all__ = ["DateSpan", "find_dates", "kg_dates"]


def find_dates(text: str, published: str | None) -> list[DateSpan]:
    """Return the dates in the text, in order, without overlap; relative ones need ``published`` (ISO 8601)."""
    clock = Clock.of(published)
    spans: list[DateSpan] = []
    lowered = _lower(text)
    for trigger in _trigger().finditer(lowered):
        at, free_from = trigger.start(), spans[-1].end if spans else 0
        if at < free_from or (at and (lowered[at - 1].isalnum() or lowered[at - 1] == "_")):
            continue
        if trigger.group() in ("later", "following"):
            counted = relative.counted_on(lowered, trigger, spans[-1] if spans else None, clock)
            spans += [counted] if counted and counted.start >= free_from else []
            continue
        for pattern, rule in _forms()[_class_of(trigger.group())]:
            match = pattern.match(lowered, at)
            span = rule(text, match, clock) if match else None
            if span is not None:
                if span.start >= free_from:
                    spans.append(span)
                break
    return spans


def _lower(text: str) -> str:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


@cache
def _trigger() -> re.Pattern[str]:
    """Where a date may begin (or, for "ago" and the like, end). Only literals: this runs over every word."""
    return re.compile("[0-9]|" + any_of(_trigger_classes()))


@cache
def _trigger_classes() -> Mapping[str, str]:
    tables = table("dates")
    return {
        **dict.fromkeys(months(), "month"),
        **dict.fromkeys(tables["weekdays"], "weekday"),
        **dict.fromkeys(tables["seasons"], "season"),
        **dict.fromkeys(("last", "this", "next", "previous"), "which"),
        **dict.fromkeys(("today", "tonight", "yesterday", "tomorrow"), "deictic"),
        "weekend": "weekend",
        **dict.fromkeys(("ago", "later", "following"), "ago"),
    }


def _class_of(trigger: str) -> str:
    return "digit" if trigger.isdigit() else _trigger_classes()[trigger]


_YEAR, _GAP, _WHICH = r"(?:1[6-9]|20)[0-9]{2}(?![0-9a-z])", r"[ \t\n\u00a0]", "(?:last|this|next|previous)"
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?![0-9a-z])"
_PERIOD = r"(?:week(?:end)?|month|quarter|year|night|morning|afternoon|evening)\b"


@cache
def _with_month() -> tuple[str, str, str]:
    """How a day and a month are written, a month and a day, a month and a year."""
    month = any_of(months()) + r"\b\.?"
    year = rf"(?:{_YEAR}|(?:{_WHICH}|same){_GAP}+year\b)"
    return (
        rf"{_DAY}(?:[-–]{_DAY})?{_GAP}+(?:of{_GAP}+)?{month}(?:,?{_GAP}+{year})?",
        rf"{month}{_GAP}+{_DAY}(?![:%]|[.,][0-9])(?:[-–]{_DAY})?"
        rf"(?:(?:{_GAP}?,)?{_GAP}+{_YEAR}|(?:{_GAP}+of)?{_GAP}+(?:{_WHICH}|same){_GAP}+year\b)?",
        rf"{month},?{_GAP}+(?:of{_GAP}+)?(?:{_YEAR}|(?:{_WHICH}|the{_GAP}+previous){_GAP}+year\b)",
    )


@cache
def _forms() -> Mapping[str, tuple[tuple[re.Pattern[str], Rule], ...]]:
    """What may stand at a trigger of each class: patterns over lower-case text, tried in order."""
    full, weekday, season = (any_of(table("dates")[name]) for name in ("months", "weekdays", "seasons"))
    day_month, month_day, month_year = _with_month()
    forms: dict[str, list[tuple[str, Rule]]] = {
        "digit": [
            (r"[0-9]{4}[-/](?:0[1-9]|1[0-2])[-/](?:0[1-9]|[12][0-9]|3[01])(?![0-9])", absolute.iso),
            (r"[0-9]{1,2}([/.])[0-9]{1,2}\1(?:19|20)[0-9]{2}(?![0-9])", absolute.numeric),
            (rf"[0-9]{{1,2}}[-/]{any_of(months())}[-/](?:[0-9]{{4}}|[0-9]{{2}})(?![0-9a-z])", absolute.odd),
            (day_month, absolute.month_day),
            (_YEAR, absolute.bare_year),
        ],
        "month": [
            (month_day, absolute.month_day),
            (month_year, absolute.month_year),
            (rf"{full}\b", relative.bare_month),
        ],
        "weekday": [
            (rf"{weekday},?{_GAP}+(?:the{_GAP}+)?(?:{month_day}|{day_month})", absolute.month_day),
            (rf"{weekday}\b", relative.weekday),
        ],
        "which": [
            (rf"{_WHICH}{_GAP}+{full}\b", relative.which_month),
            (rf"{_WHICH}{_GAP}+{weekday}\b", relative.weekday),
            (rf"{_WHICH}{_GAP}+{_PERIOD}", relative.which_period),
            (rf"{_WHICH}{_GAP}+{season}\b", relative.season),
        ],
        "season": [(rf"{season}\b(?!{_GAP}+(?:of{_GAP}+)?(?:the{_GAP}|[0-9]))", relative.season)],
        "deictic": [(r"[a-z]+\b", relative.deictic)],
        "weekend": [(r"weekend\b", relative.which_period)],
        "ago": [(r"ago\b", relative.ago)],
    }
    return {name: tuple((re.compile(form), rule) for form, rule in listed) for name, listed in forms.items()}


if not Doc.has_extension("kg_dates"):
    Doc.set_extension("kg_dates", default=[])


@Language.component("kg_dates")
def kg_dates(doc: Doc) -> Doc:
    """Set ``doc._.kg_dates`` to the dates in the text, counted from when ``doc._.kg_document`` was published."""
    document = doc._.kg_document if Doc.has_extension("kg_document") else None
    doc._.kg_dates = find_dates(doc.text, document.published if document is not None else None)
    return doc
