"""Values of the data as an English reader expects them: ``CNY 1 billion``, ``12 March 2015``, ``50 %``."""

from __future__ import annotations

import datetime
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date

from kg.model import Money

_SCALES = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))


def money(amount: Money) -> str:
    """Return an amount with its currency code: ``USD 4.5 billion``, ``GBP 30,000``."""
    for scale, word in _SCALES:
        if abs(amount.value) >= scale:
            return f"{amount.currency} {_decimal(amount.value / scale)} {word}"
    return f"{amount.currency} {_decimal(amount.value)}"


def stake(fraction: float) -> str:
    """Return a fraction of 1 as a percentage."""
    return f"{_decimal(Decimal(repr(fraction)) * 100)} %"


@lru_cache(maxsize=4096)
def date(iso: str) -> str:
    """Return an ISO date of any precision in words; what is no such date comes back unchanged."""
    try:
        if len(iso) == 10:
            return format_date(datetime.date.fromisoformat(iso), "d MMMM y", locale="en")
        if len(iso) == 7:
            return format_date(datetime.date.fromisoformat(f"{iso}-01"), "MMMM y", locale="en")
    except ValueError:
        pass
    return iso


def role_label(name: str, fillers: int = 1) -> str:
    """Return a role's name for a list of so many fillers: ``Acquirer``, ``Parties``."""
    if fillers == 1:
        return sentence(name)
    return sentence(name[:-1] + "ies" if name.endswith("y") else name + "s")


def sentence(words: str) -> str:
    """Return the words with the first letter in upper case."""
    return words[:1].upper() + words[1:]


def _decimal(value: Decimal) -> str:
    """At most three digits after the point, and none that say nothing."""
    text = f"{value:,.3f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
