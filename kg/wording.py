"""Values of the data as an English reader expects them: ``CNY 1 billion``, ``12 March 2015``, ``50 %``, ``in talks``.

What is not known is the empty text.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from kg.model import Money, Support

_SCALES = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))


def money(amount: Money | None) -> str:
    """Return an amount with its currency code: ``USD 4.5 billion``, ``GBP 30,000``."""
    if amount is None:
        return ""
    for scale, word in _SCALES:
        if abs(amount.value) >= scale:
            return f"{amount.currency} {_decimal(amount.value / scale)} {word}"
    return f"{amount.currency} {_decimal(amount.value)}"


def stake(fraction: float | None) -> str:
    """Return a fraction of 1 as a percentage: ``50 %``."""
    return "" if fraction is None else f"{_decimal(Decimal(repr(fraction)) * 100)} %"


@lru_cache(maxsize=4096)
def date(iso: str | None) -> str:
    """Return an ISO date of any precision in words; what is no such date comes back unchanged."""
    from babel.dates import format_date  # most of what is listed needs no month's name, which takes long to load

    try:
        if iso and len(iso) == 10:
            return format_date(datetime.date.fromisoformat(iso), "d MMMM y", locale="en")
        if iso and len(iso) == 7:
            return format_date(datetime.date.fromisoformat(f"{iso}-01"), "MMMM y", locale="en")
    except ValueError:
        pass
    return iso or ""


def type_name(name: str) -> str:
    """Return the label of a fact type: ``Joint venture``."""
    from kg.vocabulary import fact_type  # reads the ontology, which help does without

    return sentence(fact_type(name).label)


def status_name(status: str) -> str:
    """Return a status as words: ``in talks``."""
    return status.replace("_", " ")


def role_label(name: str, fillers: int = 1) -> str:
    """Return a role's name for a list of so many fillers: ``Acquirer``, ``Parties``."""
    if fillers == 1:
        return sentence(name)
    return sentence(name[:-1] + "ies" if name.endswith("y") else name + "s")


def who(roles: Mapping[str, Sequence[str]], name: Callable[[str], str], title: str | None = None) -> str:
    """Return who takes part, role by role: ``acquirer Nvidia, target Arm``; a role filled by all alike is not named."""
    shown = [(role, " and ".join(name(filler) for filler in fillers)) for role, fillers in roles.items() if fillers]
    words = shown[0][1] if len(shown) == 1 else ", ".join(f"{role} {names}" for role, names in shown)
    return f"{words} ({title})" if title else words


def surest(support: Iterable[Support]) -> Mapping[str, float]:
    """Return each component with the most that it said by itself, the surest first."""
    found: dict[str, float] = {}
    for each in sorted(support, key=lambda s: (-s.confidence, s.component)):
        found.setdefault(each.component, each.confidence)
    return found


def read_by(support: Iterable[Support]) -> str:
    """Return what read a fact: ``read by network 0.97, verb: acquire 0.90``."""
    found = ", ".join(f"{component} {confidence:.2f}" for component, confidence in surest(support).items())
    return f"read by {found}" if found else ""


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun: ``1 document``, ``3 companies``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def sentence(words: str) -> str:
    """Return the words with the first letter in upper case."""
    return words[:1].upper() + words[1:]


def _decimal(value: Decimal) -> str:
    """At most three digits after the point, and none that say nothing."""
    text = f"{value:,.3f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
