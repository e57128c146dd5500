"""Currencies in text: the one beside a number, in any writing, and the ISO 4217 code that it means there.

What news agencies write (``mln dlrs``, ``SKr``) is in ``data/currencies.toml``; the long tail of names is from Unicode
CLDR. A noun that several countries share ("crowns") is a family until the rest of the text tells whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from kg.extraction.lexicon import table
from kg.extraction.numbers import Number, any_of


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency beside a number, which reaches to offset ``edge``; ``code`` is ISO 4217 or ``@family``.

    A ``weak`` one needs a scaled or grouped number, a ``minor`` one counts hundredths ("50p"), and one that
    ``needs_unit`` is money only as a price ("5c a share").
    """

    code: str
    edge: int
    weak: bool = False
    minor: bool = False
    needs_unit: bool = False


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


@cache
def _tables() -> _Tables:
    raw = table("currencies")
    codes = _tender() | set(raw["historic"])
    after = _cldr_names(codes, frozenset(raw["never_bare"]))
    for name, family in raw["families"].items():
        for noun in family["nouns"]:
            after[noun] = f"@{name}"
            for place, code in family["codes"].items():
                after |= {f"{qualifier} {noun}": code for qualifier in raw["places"][place]["qualifiers"]}
    after |= raw["after"]
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
_AFTER_WORD = re.compile(r"[ \t\n\u00a0-]{0,2}((?:[^\W\d_]+\.?)+|[$€£](?![ \u00a0]?[0-9]))")
_OF_GOODS = re.compile(
    r"\s+of\s+(?!(?:\w+\s){0,2}?(?:debt|fund|invest|capital|asset|loan|equity|saving|cash|sale|revenue|profit|business"
    r"|share|stock|bond|order|aid|credit|cost|spending|money|tax|public|new|its|the)s?)"
)


def currency_around(text: str, number: Number) -> tuple[Currency | None, Currency | None]:
    """Return the currency written before the number, and the one after it when the first is missing or weak."""
    before = _before(text, number)
    return before, None if before is not None and not before.weak else _after(text, number)


def _before(text: str, number: Number) -> Currency | None:
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
        return Currency(code or tables.before[symbol[2]], offset + edge)
    word = _BEFORE_WORD.search(left)
    if not word or text[number.end : number.end + 1].isalpha():
        return None
    name, gap = word[1], word[2]
    at = offset + word.start(1)
    if name in tables.before:
        return Currency(tables.before[name], at)
    if name in tables.codes:
        return Currency(name, at, weak=name in tables.weak)
    if not gap and name in tables.attached and number.scaled:
        return Currency(tables.attached[name], at)
    return None


def _after(text: str, number: Number) -> Currency | None:
    """The currency written after the number and its scale: "euros", "Australian dollars", "DKK", "50p"."""
    tables = _tables()
    end = number.end
    if text[end : end + 1] in tables.minor_attached and not number.scaled and not text[end + 1 : end + 2].isalnum():
        if text[end] == "p" and number.value in (360, 480, 720, 1080, 1440, 2160):
            return None
        return Currency(tables.minor_attached[text[end]], end + 1, minor=True, needs_unit=text[end] == "c")
    phrase, best, at = "", None, end
    for count in range(4):
        word = _AFTER_WORD.match(text, at)
        if word is None or (count and text[at : word.start(1)] == "\n\n"):
            break
        at = word.end(1)
        if count == 0 and word[1].rstrip(".") in tables.codes:
            code = word[1].rstrip(".")
            return Currency(code, at - (word[1][-1] == "."), weak=code in tables.weak)
        phrase = f"{phrase} {word[1].lower().replace('.', '')}".lstrip()
        if phrase in tables.after:
            best = Currency(tables.after[phrase], at, weak=phrase in tables.weak)
        elif phrase in tables.minor and not number.scaled:
            best = Currency(tables.minor[phrase], at, minor=True)
    if best is None:
        return None
    edge = best.edge - (text[best.edge - 1] == ".")
    return replace(best, edge=edge) if not _is_weight(text, best.code, edge) else None


def _is_weight(text: str, code: str, end: int) -> bool:
    return code == "@pound" and _OF_GOODS.match(text, end) is not None


@lru_cache(maxsize=16)
def iso_code(text: str, code: str) -> str:
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
