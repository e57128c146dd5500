"""Values of the data in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg import wording
from kg.model import Money


@pytest.mark.parametrize(
    ("value", "currency", "words"),
    [
        ("1000000000", "CNY", "CNY 1 billion"),
        ("4500000000", "USD", "USD 4.5 billion"),
        ("90500000", "GBP", "GBP 90.5 million"),
        ("1234567", "EUR", "EUR 1.235 million"),
        ("30000", "GBP", "GBP 30,000"),
        ("27", "USD", "USD 27"),
        ("0.5", "USD", "USD 0.5"),
        ("2E+12", "JPY", "JPY 2 trillion"),
        ("999999", "USD", "USD 999,999"),
    ],
)
def test_money(value: str, currency: str, words: str) -> None:
    assert wording.money(Money(Decimal(value), currency)) == words


@pytest.mark.parametrize(("fraction", "words"), [(0.5, "50 %"), (0.075, "7.5 %"), (1.0, "100 %"), (0.333, "33.3 %")])
def test_stake(fraction: float, words: str) -> None:
    assert wording.stake(fraction) == words


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2015-03-12", "12 March 2015"),
        ("2015-03", "March 2015"),
        ("2015", "2015"),
        ("2015-13", "2015-13"),
        ("2015-02-30", "2015-02-30"),
        ("sometimes!", "sometimes!"),
    ],
)
def test_date(iso: str, words: str) -> None:
    assert wording.date(iso) == words


@pytest.mark.parametrize(
    ("role", "count", "label"),
    [("acquirer", 1, "Acquirer"), ("partner", 2, "Partners"), ("party", 2, "Parties"), ("vehicle", 1, "Vehicle")],
)
def test_role_label(role: str, count: int, label: str) -> None:
    assert wording.role_label(role, count) == label


def test_what_is_not_known_is_empty() -> None:
    assert (wording.money(None), wording.stake(None), wording.date(None)) == ("", "", "")


def test_names_of_types_and_statuses() -> None:
    assert (wording.type_name("JointVenture"), wording.status_name("in_talks")) == ("Joint venture", "in talks")


@pytest.mark.parametrize(
    ("roles", "title", "words"),
    [
        ({"acquirer": ["a"], "target": ["b"]}, None, "acquirer A, target B"),
        ({"partner": ["a", "b"], "vehicle": []}, None, "A and B"),
        ({"person": ["a"], "organization": ["b"]}, "chair", "person A, organization B (chair)"),
    ],
)
def test_who(roles: dict[str, list[str]], title: str | None, words: str) -> None:
    assert wording.who(roles, str.upper, title) == words


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (wording.count(1, "document"), "1 document"),
        (wording.count(1200, "deal"), "1,200 deals"),
        (wording.count(2, "company", "companies"), "2 companies"),
    ],
)
def test_count(words: str, wanted: str) -> None:
    assert words == wanted
