"""The names of one document → pairs of a short form and the longer name that it stands for.

Everything is found by index (first words, surnames, initials), so that a list of thousands of companies costs no more
than their number. A short form that fits several longer names stands for none of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from spacy.tokens import Doc

from kg.extraction.lexicon import countries, words
from kg.extraction.state import Name

Group = list[Name]
_SMALL = frozenset({"of", "and", "the", "for", "&", "de", "in", "on"})
_POSSESSIVE = re.compile(r"\s*['’]\s?s?$")
_NON_WORD = re.compile(r"[^\w&]+")
_COUNTRY_CODES = frozenset({"U.S.", "US", "U.K.", "UK"})
# Lines of business that a group has its own firm for: a group named first is not that firm.
_BRANCHES = frozenset(
    {"Bank", "Capital", "Finance", "Financial", "Fund", "Insurance", "Investment", "Investments", "Ventures"}
)
_SHORTEST_TAIL = 4
_FURTHEST = 8
_LONGEST_ACRONYM = 6
# Words between a name and another name of the same thing; the names stand right before and right after them.
_OTHERWISE = frozenset({"formerly", "renamed", "short for"}) | {
    f"{when} {how}".strip()
    for when in ("", "also", "better", "formerly", "previously", "once", "now")
    for how in ("known as", "called", "trading as")
}
_FILLERS = frozenset({",", "(", "-", "–", "—", "the", "which", "is", "was", "who", "now", "and", '"', "“", "``"})


def introductions(doc: Doc, names: Sequence[Name]) -> list[tuple[Name, Name]]:
    """Return pairs of a name and the other name that the text gives it: "Some Firm (SF)", "X, formerly known as Y"."""
    pairs = []
    for long, short in pairwise(names):
        if long.type != short.type or long.type in {"Place", "Product"} or short.start - long.end > _FURTHEST:
            continue
        between = [doc[i].text for i in range(long.end, short.start)]
        after = doc[short.end].text if short.end < len(doc) else ""
        if between and between[0] == "(" and after == ")" and len(between) <= 3 and not set(between[1:]) - _FILLERS:
            if _abbreviates(short.text, long.text):
                pairs.append((long, short))
        elif " ".join(word for word in between if word not in _FILLERS) in _OTHERWISE:
            pairs.append((long, short))
    return pairs


def _abbreviates(short: str, long: str) -> bool:
    """Tell whether the letters of a name in brackets come, in order, from the name before it."""
    letters = iter(long.casefold())
    return short[:1].casefold() == long.removeprefix("The ")[:1].casefold() and all(
        letter in letters for letter in short.casefold() if letter.isalnum()
    )


def bare(text: str) -> str:
    """Return a name without its possessive ending."""
    return _POSSESSIVE.sub("", text)


def key(name: Name) -> str:
    """Return a name folded to what its spellings share: case, accents, legal form, possessive, leading article."""
    return _place_key(name.text) if name.type == "Place" else _key(name.text)


def _place_key(text: str) -> str:
    adjectives, places = countries()
    return (adjectives.get(text) or places.get(text) or places.get(text.title()) or text).casefold()


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    text = unicodedata.normalize("NFKD", bare(name)).encode("ascii", "ignore").decode() or name
    parts = _NON_WORD.sub(" ", re.sub(r"['’.]", "", text).replace("&", " & ")).casefold().split()
    while len(parts) > 1 and parts[-1] in _folded_legal_forms():
        parts.pop()
    while len(parts) > 1 and parts[0] == "the":
        parts.pop(0)
    return " ".join("and" if part == "&" else part for part in parts) or name.casefold()


@cache
def _folded_legal_forms() -> frozenset[str]:
    forms = words("names", "company", "legal_forms")
    return frozenset(re.sub(r"\W", "", form).casefold() for form in forms) | {"group", "the"}


def short_forms(groups: Mapping[str, Group], kind: str) -> Iterator[tuple[str, str]]:
    """Yield the keys of a short form and of the one longer name that it stands for.

    Args:
        groups: the names of one type, ``Company`` or ``Person``, by their keys (``key``).
        kind: that type.
    """
    fits = _longer_people(groups) if kind == "Person" else _longer_companies(groups)
    for short, longer in fits.items():
        found = sorted(set(longer) - {short})
        if len(found) > 1:
            shortest = min(found, key=len)
            if all(long == shortest or long.startswith(shortest + " ") for long in found):
                found = [shortest]
            else:
                rivals = set(found)
                found = [long for long in found if rivals.isdisjoint(fits.get(long, ()))]
        if len(found) == 1:
            yield short, found[0]


def _longer_people(groups: Mapping[str, Group]) -> dict[str, list[str]]:
    """For each key of a person the fuller names: by surname, given name, and given name with surname."""
    by_short: dict[str, list[str]] = {}
    for full in groups:
        parts = full.split()
        if len(parts) < 2:
            continue
        shorts = {parts[-1], f"{parts[0]} {parts[-1]}"}
        if len(parts[0]) > 2:
            shorts.add(parts[0])
        if len(parts) > 2:
            shorts |= {parts[-2], " ".join(parts[-2:]), " ".join(parts[:2])}
        for short in sorted(shorts & groups.keys()):
            by_short.setdefault(short, []).append(full)
    return by_short


def _longer_companies(groups: Mapping[str, Group]) -> dict[str, list[str]]:
    """For each key of a company the longer names: by first words and by initials."""
    acronyms: dict[str, list[str]] = {}
    for long, names in groups.items():
        for initials in sorted({initials for name in names for initials in _initials(name.text)}):
            acronyms.setdefault(initials, []).append(long)
    by_short: dict[str, list[str]] = {}
    for long, names in groups.items():
        parts = long.split()
        for length in range(1, len(parts)):
            short = " ".join(parts[:length])
            if short in groups and _stands_for(groups[short], names):
                by_short.setdefault(short, []).append(long)
            tail = " ".join(parts[length:])
            if tail in groups and _is_main_word(groups[tail], names):
                by_short.setdefault(tail, []).append(long)
    for short, names in groups.items():
        text = re.sub(r"\W", "", names[0].text)
        if 2 <= len(text) <= _LONGEST_ACRONYM and text.isupper() and text.isalpha():
            by_short.setdefault(short, []).extend(acronyms.get(text, ()))
    return by_short


def _stands_for(short: Group, long: Group) -> bool:
    """Tell whether a name may be short for a longer one that begins with it, rather than be its parent or its rival."""
    text = short[0].text
    if text in words("names", "company", "vague_heads") or _ends_legally(text):
        return False
    return _is_introduced(short, long) or _rest_is_generic(long[0].text.split()[len(text.split()) :])


def _is_main_word(short: Group, long: Group) -> bool:
    """Tell whether the last words of a longer name may stand for it: "Banco Something", "the U.S. Some Department"."""
    text = short[0].text
    if short[0].type == "Organization":
        return long[0].text.split()[0] in _COUNTRY_CODES
    common = text in _generic_words() or text in words("names", "company", "vague_heads") or len(text) < _SHORTEST_TAIL
    return not common and " " not in text and _is_introduced(short, long)


def _is_introduced(short: Group, long: Group) -> bool:
    """Tell whether the longer name comes first, but for a headline that may use the short form before."""
    return len(short) == 1 or long[0].start < short[1].start


@lru_cache(maxsize=4096)
def _ends_legally(text: str) -> bool:
    return text.split()[-1] in words("names", "company", "legal_forms")


def _rest_is_generic(rest: list[str]) -> bool:
    return bool(rest) and all(word in _generic_words() for word in rest) and rest[0] not in _BRANCHES


@cache
def _generic_words() -> frozenset[str]:
    return (
        words("names", "company", "name_words")
        | words("names", "company", "legal_forms")
        | {"of", "and", "&", "Global"}
    )


@lru_cache(maxsize=4096)
def _initials(text: str) -> frozenset[str]:
    """Return the acronyms that a name of several words may have: of all words, of the main ones, without legal form."""
    parts = [part for part in re.split(r"[\s\-]+", bare(text)) if part[:1].isalnum() and part.lower() != "the"]
    if len(parts) < 2:
        return frozenset()
    main = [part for part in parts if part.lower() not in _SMALL]
    core = [part for part in main if part not in words("names", "company", "legal_forms")]
    home = core[1:] if core and core[0] in _COUNTRY_CODES else core
    return frozenset("".join(part[0] for part in chosen).upper() for chosen in (parts, main, core, home))
