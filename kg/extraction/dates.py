"""Dates in text as ISO 8601, as precise as the text makes certain: ``2015``, ``2015-03`` or ``2015-03-12``.

Relative dates ("on Thursday", "last month") are counted from the day of publication and become the period that surely
holds them: "last week" is a month or a year, whatever both ends of that week share. What is only a year is never
guessed to a day; without a day of publication only absolute dates are found.
"""

from __future__ import annotations

import re
import tomllib
import warnings
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.money import any_of, words_value

_DATA = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date in the text; ``date`` is ISO 8601 with the precision of a year, a month or a day."""

    start: int
    end: int
    date: str


def find_dates(text: str, published: str | None) -> list[DateSpan]:
    """Return the dates in the text, in order, without overlap; relative ones need ``published`` (ISO 8601)."""
    clock = _Clock.of(published)
    spans: list[DateSpan] = []
    lowered = _lower(text)
    for trigger in _trigger().finditer(lowered):
        at, free_from = trigger.start(), spans[-1].end if spans else 0
        if at < free_from or (at and (lowered[at - 1].isalnum() or lowered[at - 1] == "_")):
            continue
        if trigger.group() in ("later", "following"):
            counted = _counted_on(lowered, trigger, spans[-1] if spans else None, clock)
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


# ---------------------------------------------------------------- time


@dataclass(frozen=True, slots=True)
class _Clock:
    """What is known of the time of publication: all of its parts, some, or none (year 0)."""

    year: int = 0
    month: int = 0
    day: int = 0

    @classmethod
    def of(cls, published: str | None) -> _Clock:
        match = re.match(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?!\d)", published or "")
        if match is None:
            return cls()
        year, month, day = (int(part) if part else 0 for part in match.groups())
        if not 1 < year < 9999 or month > 12 or (month and day > monthrange(year, month)[1]):
            return cls()
        return cls(year, month, day if month else 0)

    @property
    def today(self) -> date | None:
        """The day of publication, when it is known to the day."""
        return date(self.year, self.month, self.day) if self.day else None

    def back_days(self, first: int, last: int = 0) -> str | None:
        """The period from ``first`` to ``last`` days ago (negative: ahead), as precise as it surely is."""
        if self.today is None:
            return None
        return _common(self.today - timedelta(first), self.today - timedelta(last or first))

    def back_months(self, count: int) -> str | None:
        """The month ``count`` months before that of publication (negative: after it)."""
        if not self.month:
            return None
        index = self.year * 12 + self.month - 1 - count
        return f"{index // 12:04}-{index % 12 + 1:02}"


def _common(first: date, last: date) -> str | None:
    """The period of ISO 8601 that holds both days: the day, the month, the year, or None."""
    if first == last:
        return first.isoformat()
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.year:04}-{first.month:02}"
    return f"{first.year:04}" if first.year == last.year else None


def _day(year: int, month: int, day: int) -> str | None:
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return f"{year:04}-{month:02}-{day:02}"


def _lower(text: str) -> str:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


# ---------------------------------------------------------------- patterns


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads((_DATA / "dates.toml").read_text("utf-8"))


@cache
def _months() -> Mapping[str, int]:
    return {**_tables()["months"], **_tables()["short_months"]}


@cache
def _trigger() -> re.Pattern[str]:
    """Where a date may begin (or, for "ago" and the like, end). Only literals: this runs over every word."""
    return re.compile("[0-9]|" + any_of(_trigger_classes()))


@cache
def _trigger_classes() -> Mapping[str, str]:
    tables = _tables()
    return {
        **dict.fromkeys(_months(), "month"),
        **dict.fromkeys(tables["weekdays"], "weekday"),
        **dict.fromkeys(tables["seasons"], "season"),
        **dict.fromkeys(("last", "this", "next", "previous"), "which"),
        **dict.fromkeys(("today", "tonight", "yesterday", "tomorrow"), "deictic"),
        "weekend": "weekend",
        **dict.fromkeys(("ago", "later", "following"), "ago"),
    }


def _class_of(trigger: str) -> str:
    return "digit" if trigger.isdigit() else _trigger_classes()[trigger]


@cache
def _forms() -> Mapping[str, tuple[tuple[re.Pattern[str], _Rule], ...]]:
    """What may stand at a trigger of each class: patterns over lower-case text, tried in order."""
    tables = _tables()
    full, any_month = any_of(tables["months"]), any_of(_months()) + r"\b\.?"
    weekday, season = any_of(tables["weekdays"]), any_of(tables["seasons"])
    day = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?![0-9a-z])"
    year, gap = r"(?:1[6-9]|20)[0-9]{2}(?![0-9a-z])", r"[ \t\n\u00a0]"
    which = "(?:last|this|next|previous)"
    day_month = (
        rf"{day}(?:[-–]{day})?{gap}+(?:of{gap}+)?{any_month}(?:,?{gap}+(?:{year}|(?:{which}|same){gap}+year\b))?"
    )
    month_day = (
        rf"{any_month}{gap}+{day}(?![:%]|[.,][0-9])(?:[-–]{day})?"
        rf"(?:(?:{gap}?,)?{gap}+{year}|(?:{gap}+of)?{gap}+(?:{which}|same){gap}+year\b)?"
    )
    month_year = rf"{any_month},?{gap}+(?:of{gap}+)?(?:{year}|(?:{which}|the{gap}+previous){gap}+year\b)"
    period = r"(?:week(?:end)?|month|quarter|year|night|morning|afternoon|evening)\b"
    forms: dict[str, list[tuple[str, _Rule]]] = {
        "digit": [
            (r"[0-9]{4}[-/](?:0[1-9]|1[0-2])[-/](?:0[1-9]|[12][0-9]|3[01])(?![0-9])", _iso),
            (r"[0-9]{1,2}([/.])[0-9]{1,2}\1(?:19|20)[0-9]{2}(?![0-9])", _numeric),
            (rf"[0-9]{{1,2}}[-/]{any_of(_months())}[-/](?:[0-9]{{4}}|[0-9]{{2}})(?![0-9a-z])", _odd),
            (day_month, _month_day),
            (year, _bare_year),
        ],
        "month": [(month_day, _month_day), (month_year, _month_year), (rf"{full}\b", _bare_month)],
        "weekday": [
            (rf"{weekday},?{gap}+(?:the{gap}+)?(?:{month_day}|{day_month})", _month_day),
            (rf"{weekday}\b", _weekday),
        ],
        "which": [
            (rf"{which}{gap}+{full}\b", _which_month),
            (rf"{which}{gap}+{weekday}\b", _weekday),
            (rf"{which}{gap}+{period}", _which_period),
            (rf"{which}{gap}+{season}\b", _season),
        ],
        "season": [(rf"{season}\b(?!{gap}+(?:of{gap}+)?(?:the{gap}|[0-9]))", _season)],
        "deictic": [(r"[a-z]+\b", _deictic)],
        "weekend": [(r"weekend\b", _which_period)],
        "ago": [(r"ago\b", _ago)],
    }
    return {name: tuple((re.compile(form), rule) for form, rule in listed) for name, listed in forms.items()}


_Rule = Callable[[str, "re.Match[str]", _Clock], DateSpan | None]


def _span(match: re.Match[str], value: str | None, start: int | None = None) -> DateSpan | None:
    end = match.end() - (match.group()[-1] == ".")
    return DateSpan(match.start() if start is None else start, end, value) if value else None


def _month_in(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    """The month named within the match and its offset; None when it is not capitalised ("may", "march")."""
    for word in re.finditer(r"[^\W\d_]+", text[match.start() : match.end()]):
        number = _months().get(word[0].lower())
        if number and word[0][0].isupper():
            return number, match.start() + word.start()
    return None


# ---------------------------------------------------------------- rules: absolute


def _iso(_text: str, match: re.Match[str], _clock: _Clock) -> DateSpan | None:
    year, month, day = re.split("[-/]", match.group())
    return _span(match, _day(int(year), int(month), int(day)))


def _numeric(_text: str, match: re.Match[str], _clock: _Clock) -> DateSpan | None:
    """12.03.2015 has the day first; 12/03/2015 is read only when one order makes sense."""
    first, second, year = (int(part) for part in re.split("[./]", match.group()))
    if "." in match.group() or first > 12 or first == second:
        return _span(match, _day(year, second, first))
    return _span(match, _day(year, first, second)) if second > 12 else None


def _odd(_text: str, match: re.Match[str], _clock: _Clock) -> DateSpan | None:
    return _span(match, _parse_odd(match.group()))


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


def _month_day(text: str, match: re.Match[str], clock: _Clock) -> DateSpan | None:
    """ "March 12", "12 March 2015", "Thursday, March 12": a year not given is the nearest one to publication."""
    month = _month_in(text, match)
    words = text[match.start() : match.end()].lower()
    if month is None or _UNITS_AFTER.match(text, match.end()):
        return None
    numbers = [int(number) for number in re.findall(r"(?<![0-9])[0-9]{1,2}(?![0-9])", words)]
    year = _year_in(words, clock)
    if year is None:
        year = _nearest_year(clock, month[0], numbers[0])
    if year is None:
        return None
    first = _day(year, month[0], numbers[0])
    if len(numbers) > 1:
        return _span(match, f"{year:04}-{month[0]:02}" if first else None)
    return _span(match, first)


def _year_in(words: str, clock: _Clock) -> int | None:
    written = re.search(r"[0-9]{4}", words)
    if written:
        return int(written[0])
    which = re.search(r"\b(last|this|next|previous|same)\s+year", words)
    if which is None or not clock.year or which[1] == "same":
        return None
    return clock.year + {"last": -1, "previous": -1, "this": 0, "next": 1}[which[1]]


def _nearest_year(clock: _Clock, month: int, day: int) -> int | None:
    if not clock.month:
        return None
    today = clock.today or date(clock.year, clock.month, 15)
    valid = [year for year in (clock.year, clock.year - 1, clock.year + 1) if _day(year, month, day)]
    return min(valid, key=lambda year: abs(today - date(year, month, day)), default=None)


def _month_year(text: str, match: re.Match[str], clock: _Clock) -> DateSpan | None:
    month = _month_in(text, match)
    year = _year_in(text[match.start() : match.end()].lower(), clock)
    return _span(match, f"{year:04}-{month[0]:02}") if month and year else None


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


def _bare_year(text: str, match: re.Match[str], _clock: _Clock) -> DateSpan | None:
    """A year stands alone only behind a word that makes it one, and not before what it would count."""
    start, end = match.span()
    after = text[end : end + 30].lower()
    if _YEAR_NEVER.match(after) or _UNITS_AFTER.match(after):
        return None
    before = text[max(0, start - 40) : start].lower()
    if after[:2] in ("'s", "’s"):
        return None if match.group()[3] == "0" and _DECADE.search(before) else _span(match, match.group())
    cue = _YEAR_CUE.search(before[-16:])
    if cue is None or _COUNTED.match(after):
        return None
    if cue["cue"] in _WEAK_CUES and not _YEAR_RANGE.search(before):
        return None
    return _span(match, match.group())


# ---------------------------------------------------------------- rules: relative

_FUTURE = re.compile(
    r"\b(?:by|until|till|will|due|expected|scheduled|next|would|through|wait for|starts?|begins?|stops|ends|expires"
    r"|lapses)\b[^.;\n]{0,24}\Z"
)
_MONTH_CUE = re.compile(
    r"\b(?:in|since|by|until|till|of|early|late|mid|from|between|through|during|before|after|for|and|to|last|this|next|the|its|a|end)"
    r"[\s-]+\Z"
)


def _bare_month(text: str, match: re.Match[str], clock: _Clock) -> DateSpan | None:
    """ "in December": the last one up to publication, or the next one behind words that look ahead."""
    word = match.group()
    before = text[max(0, match.start() - 40) : match.start()].lower()
    if not text[match.start()].isupper() or not clock.month or text[match.end() : match.end() + 1] in ("-", "/"):
        return None
    if word in _tables()["words"]["ambiguous_months"] and not _MONTH_CUE.search(before):
        return None
    if re.match(r"\s+[A-Z]", text[match.end() : match.end() + 3]) and not _MONTH_CUE.search(before):
        return None
    if re.match(r"(?:['’]s)?\s+(?:of\s+)?(?:that|the\s+same)\s+year|\s+[0-9]", text[match.end() : match.end() + 20]):
        return None
    if before.endswith(("last ", "this ", "next ")):
        return None
    month = _months()[word]
    year = clock.year - (month > clock.month)
    if _FUTURE.search(before):
        year = clock.year + (month < clock.month)
    return _span(match, f"{year:04}-{month:02}")


def _which_month(text: str, match: re.Match[str], clock: _Clock) -> DateSpan | None:
    month = _month_in(text, match)
    if month is None or not clock.month:
        return None
    which, number = match.group().split()[0], month[0]
    year = {
        # "last June" in September may be the one of this year or of the year before.
        "last": clock.year - 1 if number >= clock.month else None,
        "next": clock.year + (number <= clock.month),
        "this": clock.year,
    }.get(which)
    return _span(match, f"{year:04}-{number:02}" if year else None)


def _weekday(text: str, match: re.Match[str], clock: _Clock) -> DateSpan | None:
    """ "on Thursday": the last one up to the day of publication, that day included."""
    words, start, end = match.group().split(), *match.span()
    named, today = text[start:end].split()[-1], clock.today
    after, before = text[end : end + 20].lstrip(), text[max(0, start - 12) : start].lower().split()
    tables = _tables()["words"]
    if (
        today is None
        or not named[0].isupper()
        or (text[end : end + 1] == " " and after.startswith(tuple(tables["after_weekday"])))
    ):
        return None
    if before and before[-1] in tables["before_weekday"]:
        return None
    back = (today.weekday() - _tables()["weekdays"][words[-1]]) % 7
    if words[0] in ("last", "previous"):
        back = back or 7
    elif words[0] == "next" or (words[0] == "this" and back and today.weekday() < _tables()["weekdays"][words[-1]]):
        back -= 7
    return _span(match, clock.back_days(back))


_QUALIFIER = re.compile(r"\b(?:earlier|later|early|late|over the|at the|the past|the)\s+\Z")


def _which_period(text: str, match: re.Match[str], clock: _Clock) -> DateSpan | None:
    """ "last week", "earlier this year", "over the weekend": the period itself, as precise as it surely is."""
    words = match.group().split()
    which, unit = words[0], words[-1]
    qualifier = _QUALIFIER.search(text[max(0, match.start() - 10) : match.start()].lower())
    start = match.start() - (len(qualifier[0]) if qualifier else 0)
    if unit == "weekend":
        known = which != "weekend" or qualifier is not None
        return _span(match, _weekend(which, clock) if known else None, start)
    steps = {"last": 1, "previous": 1, "this": 0, "next": -1}[which]
    value: str | None = None
    if unit == "year":
        value = f"{clock.year - steps:04}" if clock.year else None
    elif unit == "month":
        value = clock.back_months(steps)
    elif unit == "week":
        value = _week(steps, clock, qualifier[0].strip() if qualifier else "")
    elif unit == "quarter":
        value = _quarter(steps, clock)
    elif (unit == "night" and which == "last") or which == "this":
        value = clock.back_days(steps)
    return _span(match, value, start)


def _week(steps: int, clock: _Clock, first_word: str) -> str | None:
    """The working days of that week; a paper of Saturday or Sunday may call the week just ended "last week"."""
    if clock.today is None:
        return None
    weekday = clock.today.weekday()
    monday, friday = weekday + 7 * steps, weekday + 7 * steps - 4
    if steps == 1 and weekday >= 5:
        friday = weekday - 4
    if steps == 0 and first_word == "earlier":
        friday = max(0, friday)
    if steps == 0 and first_word == "later":
        monday, friday = 0, min(0, friday)
    return _common(clock.today - timedelta(monday), clock.today - timedelta(friday))


def _weekend(which: str, clock: _Clock) -> str | None:
    if clock.today is None:
        return None
    weekday = clock.today.weekday()
    saturday = (weekday - 5) % 7
    if which == "next" or (which == "this" and 2 <= weekday <= 4):
        saturday -= 7
    return clock.back_days(saturday, saturday - 1) if saturday != 1 else _common(*_pair(clock.today - timedelta(1)))


def _pair(day: date) -> tuple[date, date]:
    return day, day + timedelta(1)


def _quarter(steps: int, clock: _Clock) -> str | None:
    """A quarter is known here by its year only."""
    if not clock.month:
        return None
    return f"{clock.year + ((clock.month - 1) // 3 - steps) // 4:04}"


def _season(text: str, match: re.Match[str], clock: _Clock) -> DateSpan | None:
    words = match.group().split()
    first, last = _tables()["seasons"][words[-1]]
    start = match.start()
    if not clock.month or words == ["fall"]:
        return None
    if len(words) == 1:
        start -= 7
        if text[max(0, start) : match.start()].lower() != "in the ":
            return None
    if words[0] == "last":
        year = clock.year - (clock.month <= last)
    elif words[0] == "next":
        year = clock.year + (clock.month >= first)
    elif words[0] == "this" or clock.month >= first:
        year = clock.year
    else:
        return None
    return _span(match, f"{year:04}", start)


_COUNT_BEFORE_AGO = re.compile(
    r"\b([1-9][0-9]?|a\s+couple\s+of|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty"
    r"|thirty)[\s-]+(day|week|fortnight|month|year)s?\s+\Z"
)
_VAGUE = re.compile(r"\b(?:more than|over|nearly|almost|about|around|some|less than|under|and a half|at least|or)\s+\Z")


def _ago(text: str, match: re.Match[str], clock: _Clock) -> DateSpan | None:
    """ "two years ago" is that year, "three weeks ago" a period around it; vague counts are left alone."""
    before = text[max(0, match.start() - 44) : match.start()].lower()
    found = _COUNT_BEFORE_AGO.search(before)
    if found is None or _VAGUE.search(before[: found.start()]):
        return None
    count, unit = _count(found[1]), found[2]
    start = match.start() - len(before) + found.start()
    if unit == "year":
        return _span(match, f"{clock.year - count:04}" if clock.year > count else None, start)
    if unit == "day":
        return _span(match, clock.back_days(count), start)
    days = count * {"week": 7, "fortnight": 14, "month": 30}[unit]
    slack = {"week": 2, "fortnight": 3, "month": 15}[unit]
    if clock.today is None:
        return None
    return _span(match, _common(clock.today - timedelta(days + slack), clock.today - timedelta(days - slack)), start)


def _count(words: str) -> int:
    if words.isdigit():
        return int(words)
    return 2 if "couple" in words else int(words_value(words.split()[:1]) or 1)


def _counted_on(lowered: str, trigger: re.Match[str], previous: DateSpan | None, clock: _Clock) -> DateSpan | None:
    """ "six years later", "the following year": counted from the date before it in the text, if that is near."""
    at = trigger.start()
    if previous is None or at - previous.end > 300:
        return None
    before = lowered[max(0, at - 44) : at]
    if trigger.group() == "following":
        count, start, end = 1, at, at + len("following year")
        if lowered[at:end] != "following year":
            return None
    else:
        found = _COUNT_BEFORE_AGO.search(before)
        if found is None or found[2] != "year" or _VAGUE.search(before[: found.start()]):
            return None
        count, start, end = _count(found[1]), at - len(before) + found.start(), trigger.end()
    year = int(previous.date[:4]) + count
    return DateSpan(start, end, f"{year:04}") if year <= (clock.year or 9999) else None


_DAY_BEFORE = re.compile(r"\bthe\s+day\s+before\s+\Z")


def _deictic(text: str, match: re.Match[str], clock: _Clock) -> DateSpan | None:
    word = match.group()
    before = text[max(0, match.start() - 18) : match.start()]
    if text[match.start()].isupper() and re.search(r"\w\s+\Z", before):
        return None
    if not clock.day:
        return _span(match, clock.back_months(0) if word in ("today", "tonight") else None)
    day_before = _DAY_BEFORE.search(before.lower()) if word == "yesterday" else None
    back = {"today": 0, "tonight": 0, "yesterday": 1, "tomorrow": -1}[word] + (day_before is not None)
    return _span(match, clock.back_days(back), match.start() - (len(day_before[0]) if day_before else 0))


if not Doc.has_extension("kg_dates"):
    Doc.set_extension("kg_dates", default=[])


@Language.component("kg_dates")
def kg_dates(doc: Doc) -> Doc:
    """Set ``doc._.kg_dates`` to the dates in the text, counted from when ``doc._.kg_document`` was published."""
    document = doc._.kg_document if Doc.has_extension("kg_document") else None
    doc._.kg_dates = find_dates(doc.text, document.published if document is not None else None)
    return doc
