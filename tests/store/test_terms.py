"""IRIs and literals: canonical, so that equal values are equal terms, in a store too."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, Store

from kg.store import terms
from kg.vocabulary import ENTITY_TYPES


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**17), max_value=10**17, places=4))
def test_decimals_are_what_a_store_gives_back(value: Decimal) -> None:
    store = Store()
    node = NamedNode("https://example.org/x")
    store.add(Quad(node, node, terms.decimal(value), node))
    [quad] = store
    assert quad.object == terms.decimal(value)
    assert Decimal(terms.decimal(value).value) == value


@pytest.mark.parametrize(
    ("value", "lexical"),
    [
        (Decimal("1E+9"), "1000000000"),
        (Decimal("1.50"), "1.5"),
        (Decimal("100"), "100"),
        (Decimal("-0.0"), "0"),
        (0.1, "0.1"),
        (1.0, "1"),
        (1e-07, "0.0000001"),
        (1 / 3, "0.3333333333333333"),
    ],
)
def test_decimals(value: Decimal | float, lexical: str) -> None:
    assert terms.decimal(value).value == lexical


@pytest.mark.parametrize(
    ("date", "datatype"),
    [
        ("2015", "gYear"),
        ("2015-03", "gYearMonth"),
        ("2015-03-12", "date"),
        ("12 March", "string"),
        ("２０１５", "string"),
    ],
)
def test_dates_are_as_precise_as_stated(date: str, datatype: str) -> None:
    literal = terms.date(date)
    assert literal.value == date
    assert literal.datatype.value.endswith(f"#{datatype}")


def test_ids_come_back_from_iris() -> None:
    assert terms.document_id(terms.document_iri("0f")) == "0f"
    assert terms.document_id(terms.part("0f#e1")) is None
    assert terms.document_id(terms.DEALS_GRAPH) is None
    assert terms.local(terms.node("company/zhōu-söhne")) == "company/zhōu-söhne"
    assert terms.own_name(terms.own("Acquisition")) == "Acquisition"


def test_every_entity_type_has_a_class_and_a_prefix() -> None:
    assert set(terms.CLASSES) == set(ENTITY_TYPES)
    assert {terms.TYPES[node] for node in terms.CLASSES.values()} == set(ENTITY_TYPES)
    assert all(kind.lower() in terms.PREFIXES for kind in ENTITY_TYPES)
