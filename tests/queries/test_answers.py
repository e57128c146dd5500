"""Each saved query answers rightly on the samples: the rows, in their order, of the columns that matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest
from samples import COURT, FERRIES, LAUNCH, sample_extractions, sample_graph

from kg.graph import Graph
from kg.saved import run_saved, saved_queries

VENTURE = "Norvik Marine and Talbria Energy → Fjordlink: joint venture"
BID = "Ostrava Shipworks → Quillan Robotics: acquisition"
SUIT = "Hélios Batteries → Quillan Robotics: legal dispute"
PLAN = "Pelagia Capital → Fjordlink: investment"
FERRIES_START = (
    "Norvik Marine and Talbria Energy said on Thursday they would set up a 50-50 joint venture called Fjordlink"
)
LAUNCHED = "Fjordlink, the joint venture of Norvik Marine and Talbria Energy, began operating on 10 June 2021."


@pytest.fixture(scope="module")
def graph() -> Iterator[Graph]:
    with sample_graph() as graph:
        yield graph


def _rows(graph: Graph, name: str, params: Mapping[str, str], columns: str) -> list[tuple[Any, ...]]:
    result = run_saved(graph, name, params)
    assert set(columns.split()) <= set(result.variables)
    return [tuple(row[column] for column in columns.split()) for row in result]


CASES: list[tuple[str, dict[str, str], str, list[tuple[Any, ...]]]] = [
    (
        "deals-of-company",
        {"company": "norvik marine"},
        "label type role status date amount currency stake",
        [
            (VENTURE, "JointVenture", "partner", "in_effect", "2021-03-04", 500_000_000, "EUR", Decimal("0.5")),
            ("Norvik Marine and Zhōu & Söhne: merger", "Merger", "party", "in_talks", None, None, None, None),
            (
                "Ostrava Shipworks → Norvik Marine: acquisition",
                "Acquisition",
                "target",
                "terminated",
                None,
                None,
                None,
                None,
            ),
            (
                "Quillan Robotics → Norvik Marine: licensing",
                "Licensing",
                "licensee",
                "announced",
                None,
                None,
                None,
                None,
            ),
        ],
    ),
    ("deals-of-company", {"company": "Norvik", "type": "jointventure"}, "label", [(VENTURE,)]),
    ("deals-of-company", {"company": "Norvik", "status": "in talks"}, "type", [("Merger",)]),
    ("deals-of-company", {"company": "Oslo Børs"}, "label", []),
    (
        "who-owns-whom",
        {},
        "owner owned stake type",
        [("Norvik Marine", "Hélios Batteries", 1, "Ownership")],
    ),
    ("who-owns-whom", {"company": "Hélios Batteries"}, "owner", [("Norvik Marine",)]),
    ("who-owns-whom", {"company": "Fjordlink"}, "owner", []),
    (
        "unconfirmed-rumours",
        {},
        "label confidence quote source",
        [(PLAN, Decimal("0.3"), "= Pelagia Capital may invest in Fjordlink, @gossip says.", "COURT")],
    ),
    ("unconfirmed-rumours", {"company": "Pelagia Capital"}, "label", [(PLAN,)]),
    ("unconfirmed-rumours", {"company": "Norvik"}, "label", []),
    (
        "joint-ventures-by-year",
        {},
        "year label status amount currency",
        [("2021", VENTURE, "in_effect", 500_000_000, "EUR")],
    ),
    ("joint-ventures-by-year", {"year": "2021"}, "label", [(VENTURE,)]),
    ("joint-ventures-by-year", {"year": "2020"}, "label", []),
    (
        "partners-two-steps-away",
        {"company": "Norvik Marine"},
        "partner through",
        [("Ostrava Shipworks", "Talbria Energy")],
    ),
    ("partners-two-steps-away", {"company": "Talbria Energy"}, "partner", []),
    (
        "most-connected-companies",
        {},
        "company deals counterparties",
        [
            ("Talbria Energy", 3, 5),
            ("Fjordlink", 3, 4),
            ("Dunmore Bank", 2, 3),
            ("Norvik Marine", 2, 3),
            ("Ostrava Shipworks", 2, 2),
            ("Pelagia Capital", 1, 2),
            ("Brno Dry Dock", 1, 1),
            ("Quillan Robotics", 1, 1),
        ],
    ),
    (
        "deals-over-amount",
        {"amount": "90_000_000"},
        "currency amount type status",
        [
            ("EUR", 500_000_000, "JointVenture", "in_effect"),
            ("GBP", Decimal("90500000.5"), "Investment", "in_effect"),
            ("USD", 1_200_000_000, "Acquisition", "denied"),
        ],
    ),
    ("deals-over-amount", {"amount": "1e6", "currency": "chf"}, "amount type", [(80_000_000, "Financing")]),
    ("deals-over-amount", {"amount": "0", "status": "denied"}, "label", [(BID,)]),
    ("deals-over-amount", {"amount": "1e12"}, "label", []),
    (
        "competitors-sharing-a-partner",
        {},
        "company competitor partner",
        [("Norvik Marine", "Ostrava Shipworks", "Talbria Energy")],
    ),
    ("competitors-sharing-a-partner", {"company": "Ostrava Shipworks"}, "partner", [("Talbria Energy",)]),
    ("competitors-sharing-a-partner", {"company": "Talbria Energy"}, "partner", []),
    (
        "executives-of-company",
        {"company": "Norvik Marine"},
        "person title status date",
        [
            ("Ingrid Sæther", "chief executive", "in_effect", None),
            ('Piet "Pike" van Dorn', "chairman", "terminated", "2019"),
        ],
    ),
    ("executives-of-company", {"company": "Norvik", "status": "terminated"}, "title", [("chairman",)]),
    (
        "positions-of-person",
        {"person": "Ingrid Sæther"},
        "organization title status",
        [("Norvik Marine", "chief executive", "in_effect")],
    ),
    (
        "evidence-of-deal",
        {"deal": VENTURE},
        "quote start status published headline source",
        [
            (FERRIES.title, 0, "announced", "2021-03-04", FERRIES.title, FERRIES.source),
            (FERRIES_START, 46, "announced", "2021-03-04", FERRIES.title, FERRIES.source),
            (LAUNCHED, 32, "in_effect", "2021-06-11", LAUNCH.title, LAUNCH.source),
        ],
    ),
    (
        "status-history-of-deal",
        {"deal": BID},
        "step status date source",
        [(1, "rumoured", "2021-03-04", FERRIES.source), (2, "denied", "2021-06", LAUNCH.source)],
    ),
    (
        "facts-of-document",
        {"document": COURT.origin},
        "type roles status amount currency date title",
        [
            (
                "Role",
                'organization=Norvik Marine; person=Piet "Pike" van Dorn',
                "terminated",
                None,
                None,
                "2019",
                "chairman",
            ),
            (
                "LegalDispute",
                "claimant=Hélios Batteries; defendant=Quillan Robotics",
                "terminated",
                None,
                None,
                "2022-03",
                None,
            ),
            (
                "Licensing",
                "licensee=Norvik Marine; licensor=Quillan Robotics",
                "announced",
                None,
                None,
                None,
                None,
            ),
            (
                "Investment",
                "investee=Talbria Energy; investor=Pelagia Capital; seller=Dunmore Bank",
                "in_effect",
                Decimal("90500000.5"),
                "GBP",
                None,
                None,
            ),
            ("Divestment", "seller=Ostrava Shipworks; target=Brno Dry Dock", "in_effect", None, None, None, None),
            (
                "Acquisition",
                "acquirer=Ostrava Shipworks; target=Norvik Marine",
                "terminated",
                None,
                None,
                None,
                None,
            ),
            ("Investment", "investee=Fjordlink; investor=Pelagia Capital", "rumoured", None, None, None, None),
        ],
    ),
    (
        "facts-of-document",
        {"document": LAUNCH.origin},
        "type read_by",
        [
            ("JointVenture", "network, 0.885, characters 32–130"),
            ("Acquisition", None),
            ("Merger", None),
            ("Financing", None),
            ("Supply", None),
        ],
    ),
    (
        "lawsuits-of-company",
        {"company": "Quillan Robotics"},
        "role opponent status date",
        [("defendant", "Hélios Batteries", "terminated", "2022-03")],
    ),
    ("lawsuits-of-company", {"company": "Hélios Batteries"}, "role opponent", [("claimant", "Quillan Robotics")]),
    (
        "newest-deals",
        {},
        "date label",
        [("2022-03", SUIT), ("2021-06", BID), ("2021-03-04", VENTURE)],
    ),
    ("newest-deals", {"since": "2021-06"}, "label", [(SUIT,), (BID,)]),
    ("newest-deals", {"type": "LegalDispute"}, "label", [(SUIT,)]),
    ("newest-deals", {"status": "denied"}, "label", [(BID,)]),
    (
        "suppliers-and-customers",
        {"company": "Fjordlink"},
        "relation name status",
        [("customer", "Port of Lüneburg", "in_effect")],
    ),
    ("suppliers-and-customers", {"company": "Port of Lüneburg"}, "relation name", [("supplier", "Fjordlink")]),
]


@pytest.mark.parametrize(
    ("name", "params", "columns", "expected"), CASES, ids=[f"{case[0]} {case[1]}" for case in CASES]
)
def test_answers(
    graph: Graph, name: str, params: dict[str, str], columns: str, expected: list[tuple[Any, ...]]
) -> None:
    assert _rows(graph, name, params, columns) == expected


def test_every_query_has_a_case() -> None:
    assert {case[0] for case in CASES} == set(saved_queries())


def test_every_quote_stands_in_its_document(graph: Graph) -> None:
    texts = {extraction.document.source: extraction.document.text for extraction in sample_extractions()}
    for fact in [*graph.deals(), *graph.states()]:
        rows = run_saved(graph, "evidence-of-deal", {"deal": fact.id}).rows()
        assert rows
        assert all(texts[row["source"]][row["start"] : row["end"]] == row["quote"] for row in rows)
