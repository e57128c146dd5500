"""Rules for dates that stand by themselves ("March 12, 2015", "in 2003"); a year left out is the nearest one."""

from __future__ import annotations

import re
import warnings
from datetime import date
from functools import lru_cache

from kg.extraction.clock import Clock, day_of
from kg.extraction.date_words import DateSpan, month_in, span_of


def iso(_text: str, match: re.Match[str], _clock: Clock) -> DateSpan | None:
    """2015-03-12 or 2015/03/12."""
    year, month, day = re.split("[-/]", match.group())
    return span_of(match, day_of(int(year), int(month), int(day)))


def numeric(_text: str, match: re.Match[str], _clock: Clock) -> DateSpan | None:
    """12.03.2015 has the day first; 12/03/2015 is read only when one order makes sense."""
    first, second, year = (int(part) for part in re.split("[./]", match.group()))
    if "." in match.group() or first > 12 or first == second:
        return span_of(match, day_of(year, second, first))
    return span_of(match, day_of(year, first, second)) if second > 12 else None


def odd(_text: str, match: re.Match[str], _clock: Clock) -> DateSpan | None:
    """12-Mar-2015 and the like, which ``dateparser`` reads."""
    return span_of(match, _parse_odd(match.group()))


@lru_cache(maxsize=256)
def _parse_odd(words: str) -> str | None:
    import dateparser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = dateparser.parse(words, languages=["en"], settings={"REQUIRE_PARTS": ["day", "month", "year"]})
    return found.date().isoformat() if found else None


_UNITS_AFTER = re.compile(
    r"\s*(?:%|percent|per cent|pct|mln|million|billion|bln|bn|dlrs|dollars|euros|pounds|points|pm|am)\b"
)


def month_day(text: str, match: re.Match[str], clock: Clock) -> DateSpan | None:
    """ "March 12", "12 March 2015", "Thursday, March 12": a year not given is the nearest one to publication."""
    month = month_in(text, match)
    words = text[match.start() : match.end()].lower()
    if month is None or _UNITS_AFTER.match(text, match.end()):
        return None
    numbers = [int(number) for number in re.findall(r"(?<![0-9])[0-9]{1,2}(?![0-9])", words)]
    year = _year_in(words, clock)
    if year is None:
        year = _nearest_year(clock, month[0], numbers[0])
    if year is None:
        return None
    first = day_of(year, month[0], numbers[0])
    if len(numbers) > 1:
        return span_of(match, f"{year:04}-{month[0]:02}" if first else None)
    return span_of(match, first)


def _year_in(words: str, clock: Clock) -> int | None:
    written = re.search(r"[0-9]{4}", words)
    if written:
        return int(written[0])
    which = re.search(r"\b(last|this|next|previous|same)\s+year", words)
    if which is None or not clock.year or which[1] == "same":
        return None
    return clock.year + {"last": -1, "previous": -1, "this": 0, "next": 1}[which[1]]


def _nearest_year(clock: Clock, month: int, day: int) -> int | None:
    if not clock.month:
        return None
    today = clock.today or date(clock.year, clock.month, 15)
    valid = [year for year in (clock.year, clock.year - 1, clock.year + 1) if day_of(year, month, day)]
    return min(valid, key=lambda year: abs(today - date(year, month, day)), default=None)


def month_year(text: str, match: re.Match[str], clock: Clock) -> DateSpan | None:
    """ "March 2015", "December last year"."""
    month = month_in(text, match)
    year = _year_in(text[match.start() : match.end()].lower(), clock)
    return span_of(match, f"{year:04}-{month[0]:02}") if month and year else None


_YEAR_CUE = re.compile(
    r"(?:\b(?P<cue>in|by|since|from|until|till|of|during|for|late|early|mid|before|after|through|throughout|spring|summer|autumn"
    r"|winter|fall|fiscal|calendar|year|quarter|half|season|circa|around|end|christmas|back to"
    r"|dat(?:ing|es|ed) to|the|a|an|its|his|her|their|our|that|back|to|and|or"
    r"|q[1-4]|h[12]|[a-z]+['’]s?|between)[\s-]+|[(–—])\Z"
)
_YEAR_NEVER = re.compile(
    r"[,.:]\d|\s?[-/–—]\s?\d|\s+(?:gmt|hours|hrs|local|et|est|bst|utc|people|staff|men|women|times)\b|\s*[%°]"
    r"|\s+(?:or so|-odd|plus)\b|\s?(?:km|kg|mw|mm|cc|hp)\b"
)
_COUNTED = re.compile(
    r"\s+(?!(?:was|is|has|as|his|this|its|results|sales|profits|earnings|revenues|figures|elections?|olympics|games|terms|levels|crisis"
    r"|plus|versus|across|says|thus|talks|accounts|his|was|becomes|news|less|perhaps|towards|unless|series|acquisitions?"
    r"|takes|shows|means|seems|comes|purchases?|models)\b)[a-z]+s\b"
)
_YEAR_RANGE = re.compile(
    r"(?:from|between|since)\s+(?:\w+\s+)?[0-9]{4}\s+(?:to|and)\s+\Z|\b(?:or|and|,)\s+[0-9]{4}\s+(?:and|or)\s+\Z"
    r"|\bin\s+[0-9]{4},?\s+(?:and|or)\s+\Z"
)
_DECADE = re.compile(r"\b(?:mid|early|late|the)[\s-]+\Z")
_WEAK_CUES = frozenset({"to", "and", "or"})


def bare_year(text: str, match: re.Match[str], _clock: Clock) -> DateSpan | None:
    """A year stands alone only behind a word that makes it one, and not before what it would count."""
    start, end = match.span()
    after = text[end : end + 30].lower()
    if _YEAR_NEVER.match(after) or _UNITS_AFTER.match(after):
        return None
    before = text[max(0, start - 40) : start].lower()
    if after[:2] in ("'s", "’s"):
        return None if match.group()[3] == "0" and _DECADE.search(before) else span_of(match, match.group())
    cue = _YEAR_CUE.search(before[-16:])
    if cue is None or _COUNTED.match(after):
        return None
    if cue["cue"] in _WEAK_CUES and not _YEAR_RANGE.search(before):
        return None
    return span_of(match, match.group())
