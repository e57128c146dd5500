"""Entities unite when they should, and only then, in whatever order documents come."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Entity
from kg.resolution.identity import Resolution, resolve

Names = list[tuple[str, str, tuple[str, ...]]]


def resolved(*documents: Names) -> Resolution:
    return resolve(_entities(documents))


def _entities(documents: tuple[Names, ...]) -> list[tuple[str, list[Entity]]]:
    return [
        (f"d{n}", [Entity(f"e{i}", name, type_, aliases) for i, (name, type_, aliases) in enumerate(names, start=1)])
        for n, names in enumerate(documents, start=1)
    ]


def company(name: str, *aliases: str) -> tuple[str, str, tuple[str, ...]]:
    return name, "Company", aliases


def person(name: str, *aliases: str) -> tuple[str, str, tuple[str, ...]]:
    return name, "Person", aliases


def place(name: str) -> tuple[str, str, tuple[str, ...]]:
    return name, "Place", ()


@pytest.mark.parametrize(
    ("documents", "united"),
    [
        pytest.param([[company("Veltrano")], [company("Veltrano Inc.")]], True, id="legal form"),
        pytest.param([[company("Veltrano Motors", "Veltrano")], [company("Veltrano")]], True, id="alias elsewhere"),
        pytest.param([[company("Veltrano Group")], [company("Veltrano")]], True, id="first word and a general one"),
        pytest.param([[company("Veltrano Bank")], [company("Veltrano")]], False, id="first word and a telling one"),
        pytest.param([[company("Veltrano Motors", "Quorvia")], [company("Quorvia")]], False, id="no short form of it"),
        pytest.param([[company("Veltrano")], [person("Veltrano")]], False, id="a company and its founder"),
        pytest.param([[person("Jo Ma")], [person("Jo Ma")]], True, id="full names of people"),
        pytest.param([[person("Ma")], [person("Ma")]], False, id="single names of people"),
        pytest.param([[person("Jo Ma", "Ma")], [person("Ma")]], False, id="single name that is an alias elsewhere"),
        pytest.param([[place("US")], [place("United States")]], True, id="country"),
        pytest.param([[place("German")], [place("Germany")]], True, id="adjective of a country"),
    ],
)
def test_pairs(documents: list[Names], united: bool) -> None:
    resolution = resolved(*documents)
    assert (resolution.identity_of("d1#e1") is resolution.identity_of("d2#e1")) is united


def test_an_ambiguous_short_form_unites_with_nobody() -> None:
    resolution = resolved([company("Veltrano Motors", "Veltrano")], [company("Veltrano Bank", "Veltrano")])
    lone = resolved(
        [company("Veltrano Motors", "Veltrano")], [company("Veltrano Bank", "Veltrano")], [company("Veltrano")]
    )
    assert len(resolution.identities) == 2
    assert len(lone.identities) == 3


def test_the_same_single_name_twice_in_one_document_is_one_person() -> None:
    assert len(resolved([person("Ma"), person("Ma")]).identities) == 1


def test_name_aliases_and_members() -> None:
    [identity] = resolved(
        [company("Veltrano Inc.", "VLT")], [company("Veltrano")], [company("Veltrano", "Veltrano's")]
    ).identities
    assert identity.id == "company/veltrano"
    assert identity.name == "Veltrano"
    assert identity.aliases == ("VLT", "Veltrano Inc.", "Veltrano's")
    assert identity.members == ("d1#e1", "d2#e1", "d3#e1")


def test_of_equally_frequent_names_the_longest_is_taken() -> None:
    [identity] = resolved([company("Veltrano Corporation")], [company("Veltrano")]).identities
    assert identity.name == "Veltrano Corporation"


def test_a_country_goes_by_its_usual_name() -> None:
    [identity] = resolved([place("US")], [place("US")], [place("American")], [place("United States")]).identities
    assert (identity.id, identity.name) == ("place/united-states", "United States")
    [lone] = resolved([place("US")], [place("US")], [place("American")]).identities
    assert lone.name == "US"


def test_no_two_identities_share_an_id() -> None:
    names = ["A B", "A/B", "A-B?", "A+B", "!!!", "???", "x" * 500, "x" * 501, "Ä", "A"]
    resolution = resolved(*([company(name)] for name in names), [person("A B")], *([person("Ma")] for _ in range(3)))
    ids = [identity.id for identity in resolution.identities]
    assert len(ids) == len(set(ids))
    assert ids == sorted(ids)
    assert max(map(len, ids)) < 110


def test_chains_of_short_forms_end_at_the_fullest() -> None:
    resolution = resolved(
        [company("Veltrano Motors Group", "Veltrano Motors")], [company("Veltrano Motors", "VM")], [company("VM")]
    )
    assert len(resolution.identities) == 1


def test_unknown_members() -> None:
    with pytest.raises(KeyError):
        resolved([company("Veltrano")]).identity_of("d9#e1")


_PIECES = st.sampled_from(["Veltrano", "Quorvia", "Group", "Bank", "Ltd", "VM", "Motors", "US", "America", "Ma", "Jo"])
_NAMES = st.lists(_PIECES, min_size=1, max_size=3).map(" ".join)
_ENTITY = st.tuples(_NAMES, st.sampled_from(["Company", "Person", "Place"]), st.lists(_NAMES, max_size=2).map(tuple))


@settings(deadline=None)
@given(st.lists(st.lists(_ENTITY, max_size=4), max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(documents: list[Names], shuffle: random.Random) -> None:
    entities = _entities(tuple(documents))
    before = resolve(entities)
    shuffle.shuffle(entities)
    assert resolve(entities) == before
    members = [member for identity in before.identities for member in identity.members]
    assert sorted(members) == sorted(f"{document}#{e.id}" for document, found in entities for e in found)
    assert len({identity.id for identity in before.identities}) == len(before.identities)
