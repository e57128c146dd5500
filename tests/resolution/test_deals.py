"""Claims become deals: what unites them, what a deal says, and which edges follow."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Claim, Deal, Edge, Evidence, Fact, Money
from kg.resolution.deals import consolidate, edges
from kg.vocabulary import FACT_TYPES, problems

NAMES = {f"company/{name.lower()}": name for name in ("Veltrano", "Quorvia", "Sarrow", "Dunmore", "Tansy")}
NAMES["person/ingrid"] = "Ingrid"
V, Q, S, D, T = (key for key in NAMES if key.startswith("company/"))
Roles = Mapping[str, Sequence[str]]


def claim(
    number: int, type_: str, roles: Roles, status: str = "announced", document: str = "d1", **more: object
) -> Claim:
    published = more.pop("published", None)
    fact = Fact(type_, {}, status, (Evidence(0, 1, "x"),), **more)  # type: ignore[arg-type]
    filled = {role: tuple(fillers) for role, fillers in roles.items()}
    return Claim(f"{document}#claim-{number}", document, fact, filled, published)  # type: ignore[arg-type]


def deals(*claims: Claim) -> tuple[Deal, ...]:
    return consolidate(claims, NAMES)


@pytest.mark.parametrize(
    ("type_", "told", "count"),
    [
        ("JointVenture", [{"partner": [V, Q]}, {"partner": [Q, V]}], 1),
        ("JointVenture", [{"partner": [V, Q]}, {"partner": [V, S]}], 2),
        ("JointVenture", [{"partner": [V, Q]}, {"partner": [V, Q, S]}], 2),
        ("JointVenture", [{"partner": [V, Q]}, {"partner": [V, Q], "vehicle": [T]}], 1),
        ("JointVenture", [{"partner": [V, Q], "vehicle": [S]}, {"partner": [V, Q], "vehicle": [T]}], 2),
        (
            "JointVenture",
            [{"partner": [V, Q]}, {"partner": [V, Q], "vehicle": [S]}, {"partner": [V, Q], "vehicle": [T]}],
            3,
        ),
        ("Acquisition", [{"acquirer": [V], "target": [Q]}, {"acquirer": [V], "target": [Q], "seller": [S]}], 1),
        ("Acquisition", [{"acquirer": [V], "target": [Q], "seller": [D]}, {"acquirer": [V], "target": [Q]}], 1),
        ("Acquisition", [{"acquirer": [V], "seller": [S]}, {"acquirer": [V], "target": [Q], "seller": [S]}], 1),
        ("Acquisition", [{"acquirer": [V], "seller": [S]}, {"acquirer": [V], "target": [Q]}], 2),
        ("Acquisition", [{"acquirer": [V], "seller": [S]}, {"acquirer": [V], "seller": [S]}], 1),
        ("Acquisition", [{"acquirer": [V], "target": [Q]}, {"acquirer": [S], "target": [Q]}], 2),
        ("Acquisition", [{"acquirer": [V], "target": [Q]}, {"acquirer": [Q], "target": [V]}], 2),
        ("Investment", [{"investor": [V], "investee": [Q]}, {"investor": [V], "investee": [Q], "seller": [S]}], 1),
        ("Supply", [{"supplier": [V], "customer": [Q]}, {"supplier": [Q], "customer": [V]}], 2),
    ],
)
def test_what_unites(type_: str, told: list[Roles], count: int) -> None:
    found = deals(*(claim(n, type_, roles) for n, roles in enumerate(told, start=1)))
    assert len(found) == count
    assert sorted(c for deal in found for c in deal.claims) == [f"d1#claim-{n + 1}" for n in range(len(told))]


def test_a_purchase_known_by_its_seller_fits_two_and_stays_alone() -> None:
    found = deals(
        claim(1, "Acquisition", {"acquirer": [V], "seller": [S]}),
        claim(2, "Acquisition", {"acquirer": [V], "target": [Q], "seller": [S]}),
        claim(3, "Acquisition", {"acquirer": [V], "target": [T], "seller": [S]}),
    )
    assert len(found) == 3


def test_types_are_never_mixed() -> None:
    assert len(deals(claim(1, "Merger", {"party": [V, Q]}), claim(2, "Partnership", {"partner": [V, Q]}))) == 2


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (["CEO", "chief executive"], [("CEO")]),
        (["CEO", None], ["CEO"]),
        (["CEO", "chairman"], ["CEO", "chairman"]),
        (["CEO", "chairman", None], ["CEO", None, "chairman"]),
    ],
)
def test_titles(titles: list[str | None], expected: list[str | None]) -> None:
    roles = {"person": ["person/ingrid"], "organization": [V]}
    found = deals(*(claim(n, "Role", roles, "in_effect", title=title) for n, title in enumerate(titles, start=1)))
    assert sorted((state.title for state in found), key=str) == expected
    assert all(state.id.startswith("state/role-ingrid-veltrano-") for state in found)


def test_a_deal_with_oneself_is_none() -> None:
    assert deals(claim(1, "Partnership", {"partner": [V, V]})) == ()
    assert deals(claim(1, "Acquisition", {"acquirer": [V], "target": [V]})) == ()


def test_what_a_deal_says() -> None:
    [deal] = deals(
        claim(1, "Acquisition", {"acquirer": [V], "target": [Q]}, "rumoured", "d2", date="2015-03-01", confidence=0.5),
        claim(
            2,
            "Acquisition",
            {"acquirer": [V], "target": [Q], "seller": [S, D]},
            "announced",
            "d1",
            date="2015-03-12",
            amount=Money(Decimal("5E+6"), "USD"),
            stake=0.6,
            confidence=0.9,
        ),
    )
    assert deal.id.startswith("deal/acquisition-veltrano-quorvia-dunmore-sarrow-")
    assert deal.label == "Veltrano → Quorvia → Dunmore and Sarrow: acquisition"
    assert deal.roles == {"acquirer": (V,), "target": (Q,), "seller": (D, S)}
    assert deal.status == "announced"
    assert [(step.status, step.date, step.claims) for step in deal.history] == [
        ("rumoured", "2015-03-01", ("d2#claim-1",)),
        ("announced", "2015-03-12", ("d1#claim-2",)),
    ]
    assert (deal.claims, deal.documents) == (("d1#claim-2", "d2#claim-1"), ("d1", "d2"))
    assert (deal.amount, deal.stake, deal.confidence) == (Money(Decimal(5_000_000), "USD"), 0.6, 0.9)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("rumoured", "acquiredReported"),
        ("in_talks", "acquiredReported"),
        ("announced", "acquired"),
        ("in_effect", "acquired"),
        ("terminated", None),
        ("denied", None),
    ],
)
def test_a_rumour_is_never_an_edge_of_fact(status: str, expected: str | None) -> None:
    found = deals(claim(1, "Acquisition", {"acquirer": [V], "target": [Q]}, status))
    assert [edge.predicate for edge in edges(found)] == ([expected] if expected else [])


def test_edges() -> None:
    found = deals(
        claim(1, "JointVenture", {"partner": [V, Q, S], "vehicle": [T]}),
        claim(2, "Acquisition", {"acquirer": [V], "seller": [D]}),
        claim(3, "Ownership", {"owner": [V], "owned": [D]}, "terminated"),
        claim(4, "Partnership", {"partner": [V, Q]}, "denied"),
    )
    triples = [(edge.subject, edge.predicate, edge.object) for edge in edges(found)]
    partners = [(a, "jointVentureWith", b) for a in (V, Q, S) for b in (V, Q, S) if a != b]
    vehicles = [(a, "hasJointVenture", T) for a in (V, Q, S)]
    assert triples == sorted([*partners, *vehicles, (V, "boughtFrom", D)])
    assert all(len(edge.deals) == 1 for edge in edges(found))


def test_one_edge_of_several_deals_names_them_all() -> None:
    found = deals(
        claim(1, "JointVenture", {"partner": [V, Q], "vehicle": [S]}),
        claim(2, "JointVenture", {"partner": [V, Q], "vehicle": [T]}),
    )
    both = tuple(deal.id for deal in found)
    assert Edge(V, "jointVentureWith", Q) in edges(found)
    assert {edge.deals for edge in edges(found) if edge.predicate == "jointVentureWith"} == {both}


@st.composite
def claims(draw: st.DrawFn) -> list[Claim]:
    found = []
    for number in range(1, draw(st.integers(1, 14)) + 1):
        kind = FACT_TYPES[draw(st.sampled_from(["Acquisition", "JointVenture", "Role", "Competition", "Divestment"]))]
        fillers = st.lists(st.sampled_from((V, Q, S)), max_size=3, unique=True)
        roles = {role.name: draw(fillers) for role in kind.roles.values() if not role.literal}
        found.append(
            claim(
                number,
                kind.name,
                {role: filled for role, filled in roles.items() if filled},
                draw(st.sampled_from(kind.statuses)),
                draw(st.sampled_from(("d1", "d2", "d3"))),
                date=draw(st.sampled_from((None, "2015", "2015-03", "2015-03-12", "2016-01-01"))),
                published=draw(st.sampled_from((None, "2015-03-12", "2016"))),
                amount=draw(st.sampled_from((None, Money(Decimal(1), "USD"), Money(Decimal(2), "EUR")))),
                stake=draw(st.sampled_from((None, 0.5, 1.0))),
                title=draw(st.sampled_from((None, "CEO", "chair"))) if kind.name == "Role" else None,
                confidence=draw(st.sampled_from((0.1, 0.9))),
            )
        )
    return found


@settings(deadline=None, max_examples=200)
@given(claims(), st.randoms(use_true_random=False))
def test_consolidation_is_a_pure_function_of_the_set_of_claims(told: list[Claim], shuffle: random.Random) -> None:
    before = deals(*told)
    shuffled = list(told)
    shuffle.shuffle(shuffled)
    assert deals(*shuffled) == before
    assert len({deal.id for deal in before}) == len(before)
    possible = [c.id for c in told if not problems(c.fact.type, c.roles, c.fact.status, c.fact.stake)]
    assert sorted(c for deal in before for c in deal.claims) == sorted(possible)
    for deal in before:
        assert not problems(deal.type, deal.roles, deal.status, deal.stake)
        assert deal.status == deal.history[-1].status
        assert set(deal.claims) >= {c for step in deal.history for c in step.claims}
