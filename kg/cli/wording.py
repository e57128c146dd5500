"""Values of the data in the words of the command line: empty where nothing is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.model import Money


def money(amount: Money | None) -> str:
    """Return an amount as ``CNY 1 billion``."""
    from kg.views import wording

    return "" if amount is None else wording.money(amount)


def stake(fraction: float | None) -> str:
    """Return a fraction of 1 as ``50 %``."""
    from kg.views import wording

    return "" if fraction is None else wording.stake(fraction)


def type_name(name: str) -> str:
    """Return the label of a fact type: ``Joint venture``."""
    from kg.vocabulary import fact_type

    label = fact_type(name).label
    return label[:1].upper() + label[1:]


def status_name(status: str) -> str:
    """Return a status as words: ``in talks``."""
    return status.replace("_", " ")


def who(roles: Mapping[str, Sequence[str]], name: Callable[[str], str], title: str | None = None) -> str:
    """Return who takes part, role by role: ``acquirer Nvidia, target Arm``; a role filled by all alike is not named."""
    shown = [(role, " and ".join(name(filler) for filler in fillers)) for role, fillers in roles.items() if fillers]
    words = shown[0][1] if len(shown) == 1 else ", ".join(f"{role} {names}" for role, names in shown)
    return f"{words} ({title})" if title else words


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun: ``1 document``, ``3 companies``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def number(value: Decimal) -> int | float:
    """Return a decimal as a number that JSON has."""
    return int(value) if value == value.to_integral_value() else float(value)
