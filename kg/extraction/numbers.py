"""Numbers in text, in digits ("1.2 mln", "5 1/2") and in words ("half a billion"), their scale included."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from kg.extraction.lexicon import table


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the text: ``value`` includes the scale, ``scaled`` says that one was written ("5 mln")."""

    start: int
    end: int
    value: Decimal
    scaled: bool
    grouped: bool = False


@cache
def _tables() -> dict[str, dict[str, Decimal]]:
    return {name: {word: Decimal(value) for word, value in words.items()} for name, words in table("numbers").items()}


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
    tables = _tables()
    scale = (
        rf"[ \t\n\u00a0-]{{0,2}}{any_of({**tables['scales'], **tables['short_scales']})}(?![^\W_])"
        rf"|{any_of(tables['letter_scales'])}(?![^\W_])|[ \u00a0][mb](?![\w'’-])"
    )
    # The first digit stands alone so that the search can skip to it quickly.
    grouped = r"[0-9][0-9]*(?:[,'’\u00a0\u202f][0-9]{2,3}(?![0-9]))*(?:,[0-9](?![0-9,]))?(?:\.[0-9]+)?"
    return re.compile(rf"({grouped})([ -][1-9]/[2-9][0-9]?(?![0-9/]))?((?:{scale})*)")


@cache
def _words_pattern() -> re.Pattern[str]:
    tables = _tables()
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
    tables = _tables()
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
    tables = _tables()
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


def written_scale(text: str, number: Number) -> Decimal:
    """Return the scale that a number is written with: 1,000,000 for "1.2 mln", 1 for none."""
    scale = Decimal(1)
    for word in re.findall(r"[a-z]+", text[number.start : number.end].lower()):
        scale *= _scale(word) or 1
    return scale
