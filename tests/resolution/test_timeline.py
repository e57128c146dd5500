"""The order of claims in time: which status is the latest, and which values are preferred."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.model import Claim, Fact, Money
from kg.resolution.timeline import Timeline


def timeline(*claims: tuple[str, str | None, str | None]) -> Timeline:
    """Build a timeline of (status, date, published)."""
    return Timeline(
        [
            Claim(f"d{n}#claim-1", f"d{n}", Fact("Merger", {}, status, (), date=date), {}, published)
            for n, (status, date, published) in enumerate(claims, start=1)
        ]
    )


@pytest.mark.parametrize(
    ("claims", "steps"),
    [
        pytest.param([("rumoured", None, None)], ["rumoured"], id="one undated claim"),
        pytest.param(
            [("announced", "2015-03-12", None), ("rumoured", "2015-03-01", None)],
            ["rumoured", "announced"],
            id="by date",
        ),
        pytest.param(
            [("in_effect", None, "2016-05-01"), ("announced", "2015-03-12", "2015-03-12")],
            ["announced", "in_effect"],
            id="publication stands in for a date",
        ),
        pytest.param(
            [("in_effect", "2015-03-12", None), ("announced", "2015-03-12", None), ("rumoured", "2015-03-12", None)],
            ["rumoured", "announced", "in_effect"],
            id="statuses of one day go from rumour to completion",
        ),
        pytest.param(
            [("announced", "2015-03-12", None), ("rumoured", None, "2015-03-20")],
            ["announced"],
            id="what was announced is no rumour again",
        ),
        pytest.param(
            [("in_effect", "2015", "2016-02-01"), ("announced", "2015-11-30", None)],
            ["announced", "in_effect"],
            id="a year means its end",
        ),
        pytest.param(
            [("announced", "2015", "2015-03-12"), ("terminated", "2015-06-01", None)],
            ["announced", "terminated"],
            id="a year in its own year means the day of the article",
        ),
        pytest.param(
            [("terminated", "2015-06-01", None), ("rumoured", "2016-01-01", None), ("announced", "2016-02-01", None)],
            ["terminated", "rumoured", "announced"],
            id="a deal that is over may start again",
        ),
        pytest.param(
            [("denied", "2015-03-12", None), ("rumoured", "2015-03-12", None)], ["rumoured", "denied"], id="denial"
        ),
        pytest.param(
            [("in_effect", "2015-03-12", None), ("rumoured", None, None)],
            ["rumoured", "in_effect"],
            id="undated claims come first",
        ),
    ],
)
def test_history(claims: list[tuple[str, str | None, str | None]], steps: list[str]) -> None:
    found = timeline(*claims)
    assert [step.status for step in found.steps] == steps
    assert found.status == steps[-1]


def test_a_step_keeps_its_first_date_and_all_its_claims() -> None:
    found = timeline(("announced", None, "2015-03-13"), ("announced", "2015-03-12", None), ("announced", "2016", None))
    [step] = found.steps
    assert (step.date, step.claims) == ("2015-03-12", ("d1#claim-1", "d2#claim-1", "d3#claim-1"))


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["2015-03-12", "2015-04-01", "2015-04-01"], "2015-04-01"),
        (["2015-04-01", "2015-03-12"], "2015-03-12"),
        (["2015", "2015", "2015-03-12"], "2015-03-12"),
        ([None, "2015-03"], "2015-03"),
        ([None], None),
    ],
)
def test_date(dates: list[str | None], expected: str | None) -> None:
    assert timeline(*(("announced", date, None) for date in dates)).date() == expected


def test_the_date_of_what_is_over_is_its_end() -> None:
    assert timeline(("announced", "2015-03-12", None), ("terminated", "2016-01-05", None)).date() == "2016-01-05"
    assert timeline(("announced", "2015-03-12", None), ("terminated", None, "2016-01-05")).date() is None


def amounts(*values: tuple[int, str]) -> Timeline:
    return Timeline(
        [
            Claim(
                f"d{n}#claim-1", f"d{n}", Fact("Merger", {}, "announced", (), Money(Decimal(v), c), v / 100), {}, None
            )
            for n, (v, c) in enumerate(values, start=1)
        ]
    )


def test_amounts_most_often_stated_first() -> None:
    found = amounts((3, "USD"), (2, "EUR"), (2, "EUR"), (1, "USD"))
    assert found.amount() == Money(Decimal(2), "EUR")
    assert [(money.currency, money.value) for money in found.amounts()] == [("EUR", 2), ("USD", 1), ("USD", 3)]
    assert found.stake() == 0.02


def test_of_equally_frequent_amounts_the_earliest() -> None:
    assert amounts((3, "USD"), (2, "EUR")).amount() == Money(Decimal(3), "USD")


def test_no_amount() -> None:
    found = timeline(("announced", None, None))
    assert (found.amount(), found.amounts(), found.stake(), found.title()) == (None, (), None, None)
