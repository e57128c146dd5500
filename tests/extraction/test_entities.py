"""Which names of a document are one entity: short forms, acronyms, surnames, legal forms, families kept apart."""

from __future__ import annotations

import time

import pytest
import spacy
from told import read

from kg.extraction import Extractor
from kg.extraction.aliases import introductions, key, short_forms
from kg.extraction.entities import cluster
from kg.extraction.state import Name


def _names(*texts: str, kind: str = "Company") -> list[Name]:
    return [Name(10 * i, 10 * i + 1, text, kind) for i, text in enumerate(texts)]


def _grouped(*texts: str, kind: str = "Company") -> list[set[str]]:
    return [{name.text for name in node.names} for node in cluster(_names(*texts, kind=kind))]


@pytest.mark.parametrize(
    "texts",
    [
        ("Zorban Motor", "Zorban"),
        ("Zorban", "Zorban Motor"),
        ("Zorban Inc.", "Zorban", "ZORBAN"),
        ("Zorban Alpine Rail", "ZAR"),
        ("Zorban & Quill Partners", "Zorban and Quill Partners"),
        ("Bank of Zorbania", "Bank of Zorbania Plc"),
        ("Banco Zorbano", "Zorbano"),
        ("Zörban", "Zorban"),
        ("Zorban's", "Zorban"),
        ("The Zorban Group", "Zorban"),
    ],
)
def test_names_of_one_company(texts: tuple[str, ...]) -> None:
    """Spellings and short forms of one company become one node."""
    assert len(_grouped(*texts)) == 1


@pytest.mark.parametrize(
    "texts",
    [
        ("Zorban Motor", "Quillon Motor"),
        ("Zorban", "Zorban", "Zorban Capital"),
        ("Zorban Motor", "Zorban Steel", "Zorban"),
        ("Royal Zorban", "Royal"),
        ("Zorban Alpine Rail", "Zinc Asphalt Road", "ZAR"),
        ("Zorban Inc", "Zorban Rail Inc", "Zorban Steel Ltd"),
    ],
)
def test_names_of_a_family_stay_apart(texts: tuple[str, ...]) -> None:
    """Names that may be different companies stay different nodes."""
    assert len(_grouped(*texts)) == len(set(texts))


@pytest.mark.parametrize(
    ("texts", "count"),
    [
        (("Ilse Quill", "Quill"), 1),
        (("Ilse Quill", "Ilse"), 1),
        (("Ilse M. Quill", "Ilse Quill", "Quill"), 1),
        (("Ilse Quill", "Otto Quill", "Quill"), 3),
        (("Jan van Quill", "van Quill"), 1),
        (("Ilse Quill", "Otto Zorn"), 2),
    ],
)
def test_people(texts: tuple[str, ...], count: int) -> None:
    """A surname or a given name stands for the one person who has it."""
    assert len(_grouped(*texts, kind="Person")) == count


def test_a_node_has_its_fullest_name_and_the_others_as_aliases() -> None:
    """The usual name is the fullest that is not in capitals."""
    (node,) = cluster(_names("ZORBAN MOTOR", "Zorban Motor", "Zorban"))
    assert (node.name, node.forms) == ("Zorban Motor", ["ZORBAN MOTOR", "Zorban"])


def test_countries_are_named_by_their_usual_name() -> None:
    """Adjectives and abbreviations of a country are the country; an adjective is no alias."""
    names = [Name(0, 1, "U.S.", "Place"), Name(2, 3, "American", "Place", adjective=True), Name(4, 5, "Peru", "Place")]
    assert [(node.name, node.forms) for node in cluster(names)] == [("United States", ["U.S."]), ("Peru", [])]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("Zorban Alpine Rail ( ZALR ) said", True),
        ("Zorban Alpine Rail ( Quillon ) said", False),
        ("Zorban , formerly known as Quillon , said", True),
        ("Zorban , which is now called Quillon , said", True),
        ("Zorban , which trades with Quillon , said", False),
    ],
)
def test_names_that_the_text_introduces(text: str, joined: bool) -> None:
    """Brackets and "formerly known as" give a company another name."""
    doc = spacy.blank("en")(text)
    words = [token.text for token in doc]
    first = 3 if "Rail" in words else 1
    second = next(i for i, word in enumerate(words) if i >= first and word in {"ZALR", "Quillon"})
    names = [
        Name(0, first, " ".join(words[:first]), "Company"),
        Name(second, second + 1, words[second], "Company"),
    ]
    assert bool(introductions(doc, names)) is joined
    assert len(cluster(names, introductions(doc, names))) == (1 if joined else 2)


def test_the_key_ignores_what_spellings_differ_in() -> None:
    """Legal form, accents, case, possessive and article do not tell companies apart; words do."""
    variants = ["Zorban S.A.", "The Zorban Group", "ZORBAN", "Zorban’s", "Zörban GmbH"]
    assert len({key(name) for name in _names(*variants)}) == 1
    assert key(_names("Inc")[0]) == "inc"


@pytest.mark.parametrize(
    "pattern", ["Zorb{0} Alpha Motors", "Bank of Zorb{0}", "Zorb Alpha{0}", "Zorb{0} Industrial Alloys"]
)
def test_thousands_of_names_take_time_in_proportion(pattern: str) -> None:
    """Short forms are found by index: a long list costs no more than its length."""
    names = _names(*(pattern.format(i) for i in range(5000)), "Zorb", "ZIA")
    started = time.perf_counter()
    nodes = cluster(names)
    assert time.perf_counter() - started < 5
    assert len(nodes) >= 5000


def test_a_short_form_that_fits_two_names_is_short_for_none() -> None:
    """What could stand for either stands alone."""
    groups = {"zorban rail": _names("Zorban Rail"), "zorban steel": _names("Zorban Steel"), "zorban": _names("Zorban")}
    assert list(short_forms(groups, "Company")) == []


def test_aliases_in_an_article(extractor: Extractor) -> None:
    """Through the whole extractor, the short forms of an article are aliases of the entities."""
    text = (
        "Quillstone Motor Ltd said on Monday it would buy Varenna Foods Inc for cash. Quillstone pays in May. "
        "Chief executive Helen Barrow told reporters that Varenna was a good fit. Barrow said Quillstone had the cash."
    )
    entities = {entity.name: (entity.type, set(entity.aliases)) for entity in read(extractor, text).entities}
    assert entities["Quillstone Motor Ltd"] == ("Company", {"Quillstone"})
    assert entities["Varenna Foods Inc"] == ("Company", {"Varenna"})
    assert entities["Helen Barrow"] == ("Person", {"Barrow"})
