"""The links of the network: those that the vocabulary's facts can make, and between which entities."""

from __future__ import annotations

from itertools import product

import pytest

from kg import vocabulary
from kg.extraction.links import Link, fits, links


@pytest.mark.parametrize("name", vocabulary.FACT_TYPES)
def test_every_two_roles_of_a_fact_make_one_link(name: str) -> None:
    kind = vocabulary.fact_type(name)
    roles = {role.name for role in kind.roles.values() if not role.literal}
    of_kind = [link for link in links() if link.type == name]
    found = [frozenset({link.head, link.tail}) for link in of_kind]
    symmetric = {frozenset({kind.symmetric_role})} if kind.symmetric_role else set()
    assert len(set(found)) == len(found)
    assert set(found) == {frozenset({a, b}) for a, b in product(roles, roles) if a != b} | symmetric
    assert [link.head for link in of_kind if link.is_symmetric] == [kind.symmetric_role] * len(symmetric)
    assert {link.is_deal for link in of_kind} == {kind.is_deal}


def test_links_stand_in_the_order_of_the_vocabulary() -> None:
    assert list(dict.fromkeys(link.type for link in links())) == list(vocabulary.FACT_TYPES)


@pytest.mark.parametrize(
    ("link", "head", "tail", "expected"),
    [
        (Link("Acquisition", "acquirer", "target"), "Company", "Company", True),
        (Link("Acquisition", "acquirer", "target"), "Product", "Company", False),
        (Link("Role", "person", "organization"), "Person", "Company", True),
        (Link("Role", "person", "organization"), "Company", "Person", False),
        (Link("BasedIn", "organization", "place"), "Company", "Place", True),
        (Link("Product", "maker", "product"), "Product", "Company", False),
    ],
)
def test_entities_fit_roles_by_their_types(link: Link, head: str, tail: str, expected: bool) -> None:
    assert link in links()
    assert fits(link, head, tail) is expected
