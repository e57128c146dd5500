"""Amounts of money in text, in any currency and writing, as ``Money`` with a value in whole units and an ISO 4217 code.

A number (digits or words) with its scale is money when a currency stands before or after it. What news agencies write
(``1.2 mln dlrs``, ``SKr 5bn``) is in ``data/currencies.toml``; the long tail of names comes from Unicode CLDR.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Money

_DATA = Path(__file__).with_name("data")


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
    found = [_Amount(number, *_currency_around(text, number)) for number in find_numbers(text)]
    _share_over_ranges(text, found)
    spans: list[MoneySpan] = []
    for amount in found:
        span = _span(text, amount)
        if span is not None and (not spans or span.start >= spans[-1].end):
            spans.append(span)
    return spans


# ---------------------------------------------------------------- numbers


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the text: ``value`` includes the scale, ``scaled`` says that one was written ("5 mln")."""

    start: int
    end: int
    value: Decimal
    scaled: bool
    grouped: bool = False


@cache
def _number_tables() -> dict[str, dict[str, Decimal]]:
    raw = tomllib.loads((_DATA / "numbers.toml").read_text("utf-8"))
    return {table: {word: Decimal(value) for word, value in words.items()} for table, words in raw.items()}


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words, by their common beginnings: many times faster than a plain choice."""
    tails: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        tails.setdefault(word[:1], []).append(word[1:])
    optional = tails.pop("", None) is not None
    parts = [re.escape(first) + (any_of(rest) if rest != [""] else "") for first, rest in tails.items()]
    choice = "|".join(parts)
    if optional:
        return f"(?:{choice})?"
    return choice if len(parts) == 1 else f"(?:{choice})"


@cache
def _digits_pattern() -> re.Pattern[str]:
    tables = _number_tables()
    scale = (
        rf"[ \t\n\u00a0-]{{0,2}}{any_of({**tables['scales'], **tables['short_scales']})}(?![^\W_])"
        rf"|{any_of(tables['letter_scales'])}(?![^\W_])|[ \u00a0][mb](?![\w'’-])"
    )
    # The first digit stands alone so that the search can skip to it quickly.
    grouped = r"[0-9][0-9]*(?:[,'’\u00a0\u202f][0-9]{2,3}(?![0-9]))*(?:,[0-9](?![0-9,]))?(?:\.[0-9]+)?"
    return re.compile(rf"({grouped})([ -][1-9]/[2-9][0-9]?(?![0-9/]))?((?:{scale})*)")


@cache
def _words_pattern() -> re.Pattern[str]:
    tables = _number_tables()
    scale = any_of({**tables["scales"], **tables["short_scales"]})
    fraction = any_of(tables["fractions"])
    rest = any_of(["a", "an", "and", "of", *(word for words in tables.values() for word in words if len(word) > 1)])
    return re.compile(
        rf"(?:a(?<!\wa)n?[ -](?={scale}\b|{fraction}\b)|{any_of({**tables['small'], **tables['fractions']})}\b)"
        rf"(?:(?<![ -])[ -])?(?:{rest}(?:[ -](?={rest}\b)|\b))*"
    )


@lru_cache(maxsize=2)
def find_numbers(text: str) -> tuple[Number, ...]:
    """Return the numbers in the text, in digits ("1.2 mln") and in words ("half a billion"), in order."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    found = [number for match in _digits_pattern().finditer(lowered) if (number := _digits(lowered, match))]
    found += [number for match in _words_pattern().finditer(lowered) if (number := _words(lowered, match))]
    return tuple(sorted((number for number in found if number.value < _LIMIT), key=lambda number: number.start))


# Beyond this no text means a number; it also keeps every value exact within the precision of Decimal.
_LIMIT = Decimal("1e24")
_LONGEST = 16


def _digits(text: str, match: re.Match[str]) -> Number | None:
    written, fraction, scales = match.groups()
    start = match.start()
    scale = Decimal(1)
    for word in re.findall(r"[a-z]+", scales)[:_LONGEST] if scales else ():
        scale *= _scale(word) or 1
    groups = re.split(r"[,'’\u00a0\u202f]", written.split(".")[0])
    if len(groups) == 2 and len(groups[1]) < 3:
        if not scales or "." in written:
            return None
        written = ".".join(groups)
    elif len(groups) > 1 and len(groups[-1]) != 3:
        return None
    value = Decimal(re.sub(r"[,'’\u00a0\u202f]", "", written))
    if start and text[start - 1] == "." and (start == 1 or not text[start - 2].isalnum()) and "." not in written:
        value, start = value.scaleb(-len(written)), start - 1
    if fraction:
        above, below = fraction[1:].split("/")
        value += Decimal(above) / Decimal(below)
    end = match.end(3) if scales else match.end(2) if fraction else match.end(1)
    return Number(start, end, value * scale, bool(scales), len(groups) > 1)


def _scale(word: str) -> Decimal | None:
    tables = _number_tables()
    return tables["scales"].get(word) or tables["short_scales"].get(word) or tables["letter_scales"].get(word)


def _words(text: str, match: re.Match[str]) -> Number | None:
    if match.start() and (text[match.start() - 1].isalnum() or text[match.start() - 1] == "_"):
        return None
    written = match.group()
    words = re.findall(r"[a-z]+", written)
    while words and words[-1] in ("a", "an", "and", "of"):
        written = written[: written.rindex(words.pop())]
    value = words_value(words) if len(words) <= _LONGEST else None
    if value is None:
        return None
    end = match.start() + len(written.rstrip(" -"))
    return Number(match.start(), end, value, any(_scale(word) for word in words))


def words_value(words: list[str]) -> Decimal | None:
    """Return what lower-case number words say ("two", "and", "a", "half", "billion"), or None when they say nothing."""
    tables = _number_tables()
    if len(words) > 1 and words[0] in ("symbolic", "nominal", "token"):
        words = words[1:]
    total = current = Decimal(0)
    scale = Decimal(1)
    for word in words:
        if word in tables["small"]:
            current += tables["small"][word]
        elif word in tables["fractions"]:
            current += tables["fractions"][word] * (scale if total and not current else 1)
        elif word in tables["plural_fractions"]:
            current *= tables["plural_fractions"][word]
        elif word == "hundred":
            current = (current or Decimal(1)) * 100
        elif _scale(word):
            scale = _scale(word) or scale
            total, current = total + (current or Decimal(1)) * scale, Decimal(0)
    return total + current or None


# ---------------------------------------------------------------- currencies


@dataclass(frozen=True, slots=True)
class _Currency:
    """A currency beside a number: ``code`` is ISO 4217 or ``@family``; a ``weak`` one needs a scaled number."""

    code: str
    edge: int
    weak: bool = False
    minor: bool = False
    needs_unit: bool = False


@dataclass(slots=True)
class _Amount:
    number: Number
    before: _Currency | None
    after: _Currency | None
    bound: str | None = None


@dataclass(frozen=True)
class _Tables:
    before: Mapping[str, str]
    attached: Mapping[str, str]
    after: Mapping[str, str]
    minor: Mapping[str, str]
    minor_attached: Mapping[str, str]
    codes: frozenset[str]
    weak: frozenset[str]
    families: Mapping[str, Any]
    places: Mapping[str, Any]
    bounds: Mapping[str, str]
    bound_pattern: re.Pattern[str]
    unit_pattern: re.Pattern[str]


@cache
def _tables() -> _Tables:
    raw = tomllib.loads((_DATA / "currencies.toml").read_text("utf-8"))
    codes = _tender() | set(raw["historic"])
    after = _cldr_names(codes, frozenset(raw["never_bare"]))
    for name, family in raw["families"].items():
        for noun in family["nouns"]:
            after[noun] = f"@{name}"
            for place, code in family["codes"].items():
                after |= {f"{qualifier} {noun}": code for qualifier in raw["places"][place]["qualifiers"]}
    after |= raw["after"]
    bounds = {words: bound for bound, list_ in raw["bounds"].items() for words in list_}
    units = any_of(raw["units"]["nouns"])
    return _Tables(
        before=raw["before"],
        attached=raw["before_attached"],
        after=after,
        minor=raw["minor"],
        minor_attached=raw["minor_attached"],
        codes=frozenset(codes),
        weak=frozenset(raw["risky_codes"]) | frozenset(raw["risky_names"]),
        families=raw["families"],
        places=raw["places"],
        bounds=bounds,
        bound_pattern=re.compile(rf"(?<!\w)({any_of(bounds)})[\s-]+(?:the\s|an?\s)?\Z", re.IGNORECASE),
        unit_pattern=re.compile(
            rf"[\s-]*(?:(?:an?|per|the|every|/)[\s-]*(?:{units})\b|/(?:{units})\b|(?:{any_of(raw['units']['adverbs'])})\b)",
            re.IGNORECASE,
        ),
    )


def _tender() -> set[str]:
    """Codes of the currencies that are legal tender somewhere today, by CLDR."""
    from babel.core import get_global

    return {
        code
        for currencies in get_global("territory_currencies").values()
        for code, _, end, tender in currencies
        if tender and end is None
    }


def _cldr_names(codes: set[str], never_bare: frozenset[str]) -> dict[str, str]:
    """Names of currencies, lower case: in full ("polish zlotys"), and the noun alone where only one currency has it."""
    from babel.numbers import get_currency_name

    names: dict[str, str] = {}
    nouns: dict[str, set[str]] = {}
    for code in sorted(codes):
        for count in (1, 2):
            name = re.sub(r" \(.*", "", get_currency_name(code, count, "en").lower()).replace("-", " ").replace(".", "")
            names[name] = code
            nouns.setdefault(name.split(" ")[-1], set()).add(code)
    return {noun: min(of) for noun, of in nouns.items() if len(of) == 1 and noun not in never_bare} | names


_BEFORE = re.compile(r"(?:([A-Za-z.]{0,5})[ \u00a0]?)?([$£₤€¥￥₹₩₽₺₪₫₱฿₦₴₸₵₡₲₮₼₾৳])[ \n\u00a0]?\Z")
_BEFORE_WORD = re.compile(r"(?<![^\W_])([A-Za-zč]{1,6})\.?([ \n\u00a0]?)\Z")
_AFTER_WORD = re.compile(r"[ \t\n\u00a0-]{0,2}((?:[^\W\d_]+\.?)+|[$€£])")
_OF_GOODS = re.compile(
    r"\s+of\s+(?!(?:\w+\s){0,2}?(?:debt|fund|invest|capital|asset|loan|equity|saving|cash|sale|revenue|profit|business"
    r"|share|stock|bond|order|aid|credit|cost|spending|money|tax|public|new|its|the)s?)"
)


def _currency_around(text: str, number: Number) -> tuple[_Currency | None, _Currency | None]:
    before = _before(text, number)
    return before, None if before is not None and not before.weak else _after(text, number)


def _before(text: str, number: Number) -> _Currency | None:
    """The currency written before the number: "US$", "Rs.", "EUR"."""
    tables = _tables()
    start = number.start
    last = text[start - 1 : start]
    if not last or last.isdigit() or last in "(-,;:%":
        return None
    offset = max(0, start - 9)
    left = text[offset:start]
    symbol = None if left.rstrip()[-1:].isalpha() else _BEFORE.search(left)
    if symbol:
        letters = symbol[1] or ""
        code = tables.before.get(letters + symbol[2])
        edge = symbol.start(1) if code and letters else symbol.start(2)
        return _Currency(code or tables.before[symbol[2]], offset + edge)
    word = _BEFORE_WORD.search(left)
    if not word or text[number.end : number.end + 1].isalpha():
        return None
    name, gap = word[1], word[2]
    at = offset + word.start(1)
    if name in tables.before:
        return _Currency(tables.before[name], at)
    if name in tables.codes:
        return _Currency(name, at, weak=name in tables.weak)
    if not gap and name in tables.attached and number.scaled:
        return _Currency(tables.attached[name], at)
    return None


def _after(text: str, number: Number) -> _Currency | None:
    """The currency written after the number and its scale: "euros", "Australian dollars", "DKK", "50p"."""
    tables = _tables()
    end = number.end
    if text[end : end + 1] in tables.minor_attached and not number.scaled and not text[end + 1 : end + 2].isalnum():
        if text[end] == "p" and number.value in (360, 480, 720, 1080, 1440, 2160):
            return None
        return _Currency(tables.minor_attached[text[end]], end + 1, minor=True, needs_unit=text[end] == "c")
    phrase, best, at = "", None, end
    for count in range(4):
        word = _AFTER_WORD.match(text, at)
        if word is None or (count and text[at : word.start(1)] == "\n\n"):
            break
        at = word.end(1)
        if count == 0 and word[1].rstrip(".") in tables.codes:
            code = word[1].rstrip(".")
            return _Currency(code, at - (word[1][-1] == "."), weak=code in tables.weak)
        phrase = f"{phrase} {word[1].lower().replace('.', '')}".lstrip()
        if phrase in tables.after:
            best = _Currency(tables.after[phrase], at, weak=phrase in tables.weak)
        elif phrase in tables.minor and not number.scaled:
            best = _Currency(tables.minor[phrase], at, minor=True)
    if best is None:
        return None
    edge = best.edge - (text[best.edge - 1] == ".")
    return replace(best, edge=edge) if not _is_weight(text, best.code, edge) else None


def _is_weight(text: str, code: str, end: int) -> bool:
    return code == "@pound" and _OF_GOODS.match(text, end) is not None


@lru_cache(maxsize=16)
def _resolve(text: str, code: str) -> str:
    """The ISO code of a currency that may be a family ("@crown"): by what the rest of the text says, or its default."""
    if not code.startswith("@"):
        return code
    family = _tables().families[code[1:]]
    codes, default = family["codes"], str(family["default"])
    if family.get("by_qualified"):
        named = _qualified(text, code[1:])
        return named.pop() if len(named) == 1 else default
    if not family.get("by_context"):
        return default
    counts = {place: len(_place_pattern(place).findall(text)) for place in codes}
    best = max(counts.values())
    return str(next(codes[place] for place, count in counts.items() if count == best)) if best else default


@cache
def _place_pattern(place: str) -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(_tables().places[place]['context'])}")


def _qualified(text: str, name: str) -> set[str]:
    """The currencies of a family that the text names in full ("H.K. dlrs"): bare nouns beside a single one mean it."""
    family = _tables().families[name]
    words = {word: place for place in family["codes"] for word in _tables().places[place]["qualifiers"]}
    pattern = rf"\b({any_of(words)})[\s-]+{any_of(noun for noun in family['nouns'] if noun.isalpha())}\b"
    return {family["codes"][words[word]] for word in re.findall(pattern, text.lower().replace(".", ""))}


# ---------------------------------------------------------------- amounts

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
            scale = _written_scale(text, high.number)
            if low.number.value * scale <= high.number.value:
                low.number = replace(low.number, value=low.number.value * scale, scaled=True)
        if "from " not in opening and low.number.value < high.number.value:
            low.bound, high.bound = "more_than", "up_to"


def _written_scale(text: str, number: Number) -> Decimal:
    scale = Decimal(1)
    for word in re.findall(r"[a-z]+", text[number.start : number.end].lower()):
        scale *= _scale(word) or 1
    return scale


def _span(text: str, amount: _Amount) -> MoneySpan | None:
    number = amount.number
    currency = amount.before if amount.before and not (amount.before.weak and amount.after) else amount.after
    if currency is None or (currency.weak and not number.scaled and not number.grouped):
        return None
    start = min(number.start, amount.before.edge if currency is amount.before else number.start)
    end = max(number.end, currency.edge if currency is amount.after else number.end)
    per_unit = _tables().unit_pattern.match(text, end) is not None
    if currency.needs_unit and not per_unit:
        return None
    value = number.value / 100 if currency.minor else number.value
    bound = amount.bound or _bound(text, start, end)
    return MoneySpan(start, end, Money(_plain(value), _resolve(text, currency.code)), bound, per_unit)


def _bound(text: str, start: int, end: int) -> str | None:
    match = _tables().bound_pattern.search(text, max(0, start - 28), start)
    if match:
        return _tables().bounds[re.sub(r"\s+", " ", match[1].lower())]
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
