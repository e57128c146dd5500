"""A gold article by hand, for the tests of annotation."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kg.annotation import GoldArticle, GoldEntity, GoldFact
from kg.model import Money

TEXT = (
    "Veltrano buys Quorvia\n\n"
    "Veltrano Motors agreed to buy\nQuorvia from Dunmore Bank for $2 billion, chief executive Ada Lund said. "
    "Veltrano is a German “carmaker”.\n"
)
DEAL = GoldFact(
    "Acquisition",
    {"acquirer": ("Veltrano Motors",), "target": ("Quorvia",), "seller": ("Dunmore Bank",)},
    "announced",
    "Veltrano Motors agreed to buy Quorvia from Dunmore Bank for $2 billion",
    Money(Decimal(2_000_000_000), "USD"),
    0.755,
    "2021-03-04",
)
ROLE = GoldFact(
    "Role",
    {"person": ("Ada Lund",), "organization": ("Veltrano Motors",)},
    "in_effect",
    "chief executive Ada Lund said",
    title="chief executive",
)
BASED = GoldFact(
    "BasedIn", {"organization": ("Veltrano Motors",), "place": ("Germany",)}, "in_effect", "Veltrano is a German"
)
ARTICLE = GoldArticle(
    TEXT,
    "2021-03-04",
    (
        GoldEntity("Veltrano Motors", "Company", ("Veltrano",)),
        GoldEntity("Quorvia", "Company"),
        GoldEntity("Dunmore Bank", "Company"),
        GoldEntity("Ada Lund", "Person"),
        GoldEntity("Germany", "Place"),
    ),
    (DEAL, ROLE, BASED),
    (replace(BASED, evidence=""),),
)
