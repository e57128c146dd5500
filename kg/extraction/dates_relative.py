"""Rules for dates counted from publication ("on Thursday", "last week", "in December") or from the date before them.

Each gives the period that surely holds what is meant: "last week" is a month or a year, whatever both its ends share.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from kg.extraction.clock import Clock, common
from kg.extraction.date_words import DateSpan, month_in, months, span_of
from kg.extraction.lexicon import table
from kg.extraction.numbers import words_value

_FUTURE = re.compile(
    r"\b(?:by|until|till|will|due|expected|scheduled|next|would|through|wait for|starts?|begins?|stops|ends|expires"
    r"|lapses)\b[^.;\n]{0,24}\Z"
)
_MONTH_CUE = re.compile(
    r"\b(?:in|since|by|until|till|of|early|late|mid|from|between|through|during|before|after|for|and|to|last|this|next|the|its|a|end)"
    r"[\s-]+\Z"
)


def bare_month(text: str, match: re.Match[str], clock: Clock) -> DateSpan | None:
    """ "in December": the last one up to publication, or the next one behind words that look ahead."""
    word = match.group()
    before = text[max(0, match.start() - 40) : match.start()].lower()
    if not text[match.start()].isupper() or not clock.month or text[match.end() : match.end() + 1] in ("-", "/"):
        return None
    if word in table("dates")["words"]["ambiguous_months"] and not _MONTH_CUE.search(before):
        return None
    if re.match(r"\s+[A-Z]", text[match.end() : match.end() + 3]) and not _MONTH_CUE.search(before):
        return None
    if re.match(r"(?:['’]s)?\s+(?:of\s+)?(?:that|the\s+same)\s+year|\s+[0-9]", text[match.end() : match.end() + 20]):
        return None
    if before.endswith(("last ", "this ", "next ")):
        return None
    month = months()[word]
    year = clock.year - (month > clock.month)
    if _FUTURE.search(before):
        year = clock.year + (month < clock.month)
    return span_of(match, f"{year:04}-{month:02}")


def which_month(text: str, match: re.Match[str], clock: Clock) -> DateSpan | None:
    """ "last June", "next March", "this May": known where the month of publication leaves no doubt."""
    month = month_in(text, match)
    if month is None or not clock.month:
        return None
    which, number = match.group().split()[0], month[0]
    year = {
        # "last June" in September may be the one of this year or of the year before.
        "last": clock.year - 1 if number >= clock.month else None,
        "next": clock.year + (number <= clock.month),
        "this": clock.year,
    }.get(which)
    return span_of(match, f"{year:04}-{number:02}" if year else None)


def weekday(text: str, match: re.Match[str], clock: Clock) -> DateSpan | None:
    """ "on Thursday": the last one up to the day of publication, that day included."""
    words, start, end = match.group().split(), *match.span()
    named, today = text[start:end].split()[-1], clock.today
    after, before = text[end : end + 20].lstrip(), text[max(0, start - 12) : start].lower().split()
    around = table("dates")["words"]
    if (
        today is None
        or not named[0].isupper()
        or (text[end : end + 1] == " " and after.startswith(tuple(around["after_weekday"])))
    ):
        return None
    if before and before[-1] in around["before_weekday"]:
        return None
    back = (today.weekday() - table("dates")["weekdays"][words[-1]]) % 7
    if words[0] in ("last", "previous"):
        back = back or 7
    elif words[0] == "next" or (
        words[0] == "this" and back and today.weekday() < table("dates")["weekdays"][words[-1]]
    ):
        back -= 7
    return span_of(match, clock.back_days(back))


_QUALIFIER = re.compile(r"\b(?:earlier|later|early|late|over the|at the|the past|the)\s+\Z")


def which_period(text: str, match: re.Match[str], clock: Clock) -> DateSpan | None:
    """ "last week", "earlier this year", "over the weekend": the period itself, as precise as it surely is."""
    words = match.group().split()
    which, unit = words[0], words[-1]
    qualifier = _QUALIFIER.search(text[max(0, match.start() - 10) : match.start()].lower())
    start = match.start() - (len(qualifier[0]) if qualifier else 0)
    if unit == "weekend":
        known = which != "weekend" or qualifier is not None
        return span_of(match, _weekend(which, clock) if known else None, start)
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
    return span_of(match, value, start)


def _week(steps: int, clock: Clock, first_word: str) -> str | None:
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
    return common(clock.today - timedelta(monday), clock.today - timedelta(friday))


def _weekend(which: str, clock: Clock) -> str | None:
    if clock.today is None:
        return None
    weekday = clock.today.weekday()
    saturday = (weekday - 5) % 7
    if which == "next" or (which == "this" and 2 <= weekday <= 4):
        saturday -= 7
    return clock.back_days(saturday, saturday - 1) if saturday != 1 else common(*_pair(clock.today - timedelta(1)))


def _pair(day: date) -> tuple[date, date]:
    return day, day + timedelta(1)


def _quarter(steps: int, clock: Clock) -> str | None:
    """A quarter is known here by its year only."""
    if not clock.month:
        return None
    return f"{clock.year + ((clock.month - 1) // 3 - steps) // 4:04}"


def season(text: str, match: re.Match[str], clock: Clock) -> DateSpan | None:
    """ "last summer", "in the spring": a season is known here by its year only."""
    words = match.group().split()
    first, last = table("dates")["seasons"][words[-1]]
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
    return span_of(match, f"{year:04}", start)


_COUNT_BEFORE_AGO = re.compile(
    r"\b([1-9][0-9]?|a\s+couple\s+of|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty"
    r"|thirty)[\s-]+(day|week|fortnight|month|year)s?\s+\Z"
)
_VAGUE = re.compile(r"\b(?:more than|over|nearly|almost|about|around|some|less than|under|and a half|at least|or)\s+\Z")


def ago(text: str, match: re.Match[str], clock: Clock) -> DateSpan | None:
    """ "two years ago" is that year, "three weeks ago" a period around it; vague counts are left alone."""
    before = text[max(0, match.start() - 44) : match.start()].lower()
    found = _COUNT_BEFORE_AGO.search(before)
    if found is None or _VAGUE.search(before[: found.start()]):
        return None
    count, unit = _count(found[1]), found[2]
    start = match.start() - len(before) + found.start()
    if unit == "year":
        return span_of(match, f"{clock.year - count:04}" if clock.year > count else None, start)
    if unit == "day":
        return span_of(match, clock.back_days(count), start)
    days = count * {"week": 7, "fortnight": 14, "month": 30}[unit]
    slack = {"week": 2, "fortnight": 3, "month": 15}[unit]
    if clock.today is None:
        return None
    return span_of(match, common(clock.today - timedelta(days + slack), clock.today - timedelta(days - slack)), start)


def _count(words: str) -> int:
    if words.isdigit():
        return int(words)
    return 2 if "couple" in words else int(words_value(words.split()[:1]) or 1)


def counted_on(lowered: str, trigger: re.Match[str], previous: DateSpan | None, clock: Clock) -> DateSpan | None:
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


def deictic(text: str, match: re.Match[str], clock: Clock) -> DateSpan | None:
    """ "today", "yesterday", "the day before yesterday"; the month where the day of publication is not known."""
    word = match.group()
    before = text[max(0, match.start() - 18) : match.start()]
    if text[match.start()].isupper() and re.search(r"\w\s+\Z", before):
        return None
    if not clock.day:
        return span_of(match, clock.back_months(0) if word in ("today", "tonight") else None)
    day_before = _DAY_BEFORE.search(before.lower()) if word == "yesterday" else None
    back = {"today": 0, "tonight": 0, "yesterday": 1, "tomorrow": -1}[word] + (day_before is not None)
    return span_of(match, clock.back_days(back), match.start() - (len(day_before[0]) if day_before else 0))
