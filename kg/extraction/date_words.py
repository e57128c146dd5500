"""What every rule for dates needs: the span that it makes, the names of the months, and the month in a match."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from kg.extraction.clock import Clock
from kg.extraction.lexicon import table


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date in the text; ``date`` is ISO 8601 with the precision of a year, a month or a day."""

    start: int
    end: int
    date: str


Rule = Callable[[str, "re.Match[str]", Clock], DateSpan | None]
"""Reads a match (over the text in lower case, at the same offsets) of the text; None when it is no date after all."""


@cache
def months() -> Mapping[str, int]:
    """Return the number of each month by its names, full and short, in lower case."""
    return {**table("dates")["months"], **table("dates")["short_months"]}


def span_of(match: re.Match[str], value: str | None, start: int | None = None) -> DateSpan | None:
    """Return the span of a match, from ``start`` if given, without a final full stop; None when there is no value."""
    end = match.end() - (match.group()[-1] == ".")
    return DateSpan(match.start() if start is None else start, end, value) if value else None


def month_in(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    """The month named within the match and its offset; None when it is not capitalised ("may", "march")."""
    for word in re.finditer(r"[^\W\d_]+", text[match.start() : match.end()]):
        number = months().get(word[0].lower())
        if number and word[0][0].isupper():
            return number, match.start() + word.start()
    return None
