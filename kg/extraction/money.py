"""Amounts of money in text, in any currency and writing, as ``Money`` with a value in whole units and an ISO 4217 code.

A number (digits or words) with its scale is money when a currency stands before or after it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.currencies import Currency, currency_around, iso_code
from kg.extraction.lexicon import table
from kg.extraction.numbers import Number, any_of, find_numbers, written_scale
from kg.model import Money


@dataclass(frozen=True, slots=True)
class MoneySpan:
    """An amount of money in the text.

    ``bound`` says how the text limits it: ``less_than``, ``more_than``, ``up_to``, ``about`` or None. The ends of a
    range are two spans, the lower one ``more_than``, the upper one ``up_to``. ``per_unit`` holds for "$27 a share".
    """

    start: int
    end: int
    money: Money
    bound: str | None
    per_unit: bool


def find_money(text: str) -> list[MoneySpan]:
    """Return the amounts of money in the text, in order, without overlap."""
    found = [_Amount(number, *currency_around(text, number)) for number in find_numbers(text)]
    _share_over_ranges(text, found)
    spans: list[MoneySpan] = []
    for amount in found:
        span = _span(text, amount)
        if span is not None and (not spans or span.start >= spans[-1].end):
            spans.append(span)
    return spans


@dataclass(slots=True)
class _Amount:
    number: Number
    before: Currency | None
    after: Currency | None
    bound: str | None = None


@cache
def _bounds() -> tuple[Mapping[str, str], re.Pattern[str]]:
    """What the words before an amount say of it ("up to", "some"), and the pattern that finds them."""
    bounds = {words: bound for bound, listed in table("currencies")["bounds"].items() for words in listed}
    return bounds, re.compile(rf"(?<!\w)({any_of(bounds)})[\s-]+(?:the\s|an?\s)?\Z", re.IGNORECASE)


@cache
def _per_unit() -> re.Pattern[str]:
    words = table("currencies")["units"]
    units, adverbs = any_of(words["nouns"]), any_of(words["adverbs"])
    return re.compile(
        rf"[\s-]*(?:(?:an?|per|the|every|/)[\s-]*(?:{units})\b|/(?:{units})\b|(?:{adverbs})\b)", re.IGNORECASE
    )


_RANGE = re.compile(r"\s*(?:-|–|—|to|and)\s*\Z")
_PLUS = re.compile(r"\s?(?:\+|-?plus\b|or more\b|or so\b)")


def _share_over_ranges(text: str, amounts: list[_Amount]) -> None:
    """Give the two ends of a range ("$10-12 billion", "13 to 14 bln dlrs") the same currency and scale, and bounds."""
    for low, high in pairwise(amounts):
        left = low.after.edge if low.after else low.number.end
        right = high.before.edge if high.before else high.number.start
        gap = text[left:right]
        if (
            left > right
            or len(gap) > 7
            or not _RANGE.match(gap)
            or not (low.before or low.after or high.before or high.after)
        ):
            continue
        opening = text[max(0, (low.before.edge if low.before else low.number.start) - 14) : low.number.start].lower()
        if "and" in gap and "between" not in opening:
            continue
        if not (low.before or low.after):
            low.after = replace(high.before or high.after, edge=low.number.end)  # type: ignore[type-var]
        elif not (high.before or high.after) and high.number.start - low.number.end <= 5:
            if not high.number.scaled and low.number.scaled:
                continue
            high.after = replace(low.before or low.after, edge=high.number.end)  # type: ignore[type-var]
        if high.number.scaled and not low.number.scaled and not low.number.grouped and low.number.value < 1000:
            scale = written_scale(text, high.number)
            if low.number.value * scale <= high.number.value:
                low.number = replace(low.number, value=low.number.value * scale, scaled=True)
        if "from " not in opening and low.number.value < high.number.value:
            low.bound, high.bound = "more_than", "up_to"


def _span(text: str, amount: _Amount) -> MoneySpan | None:
    number = amount.number
    currency = amount.before if amount.before and not (amount.before.weak and amount.after) else amount.after
    if currency is None or (currency.weak and not number.scaled and not number.grouped):
        return None
    start = min(number.start, amount.before.edge if currency is amount.before else number.start)
    end = max(number.end, currency.edge if currency is amount.after else number.end)
    per_unit = _per_unit().match(text, end) is not None
    if currency.needs_unit and not per_unit:
        return None
    value = number.value / 100 if currency.minor else number.value
    bound = amount.bound or _bound(text, start, end)
    return MoneySpan(start, end, Money(_plain(value), iso_code(text, currency.code)), bound, per_unit)


def _bound(text: str, start: int, end: int) -> str | None:
    bounds, pattern = _bounds()
    match = pattern.search(text, max(0, start - 28), start)
    if match:
        return bounds[re.sub(r"\s+", " ", match[1].lower())]
    plus = _PLUS.match(text, end)
    if plus:
        return "about" if "so" in plus[0] else "more_than"
    return None


def _plain(value: Decimal) -> Decimal:
    """The same value without trailing zeros or an exponent, so that equal amounts are written alike."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


if not Doc.has_extension("kg_money"):
    Doc.set_extension("kg_money", default=[])


@Language.component("kg_money")
def kg_money(doc: Doc) -> Doc:
    """Set ``doc._.kg_money`` to the amounts of money in the document's text."""
    doc._.kg_money = find_money(doc.text)
    return doc
