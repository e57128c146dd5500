"""The article that the project began with: its facts must come out right at every stage, as the gold file has them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib

import kg
from kg.jsonio import to_json

Edges = set[tuple[Any, ...]]


@pytest.fixture(scope="module")
def article(shared: Path) -> Path:
    return shared / "articles" / "alibaba-eyes-smart-cars.txt"


@pytest.fixture(scope="module")
def gold(shared: Path) -> dict[str, Any]:
    return json.loads((shared / "eval" / "dev" / "seed.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def graph(article: Path) -> Iterator[kg.Graph]:
    with kg.build([article]) as graph:
        yield graph


@pytest.fixture(scope="module")
def found(graph: kg.Graph) -> dict[str, Any]:
    (document,) = graph.documents()
    return to_json(graph.extraction(document.id))


def _fact(fact: dict[str, Any], name_of: dict[str, str]) -> tuple[Any, ...]:
    amount = fact.get("amount")
    roles = {
        role: sorted(name_of[filler] for filler in fillers)
        for role, fillers in fact["roles"].items()
        if role != "title"
    }
    return (
        fact["type"],
        tuple(sorted((role, tuple(fillers)) for role, fillers in roles.items())),
        fact["status"],
        (amount["value"], amount["currency"]) if amount else None,
        fact.get("stake"),
        fact.get("date"),
        fact.get("title") or fact["roles"].get("title"),
    )


def _names(entities: list[dict[str, Any]], key: str) -> dict[str, str]:
    return {entity[key]: entity["name"] for entity in entities}


def test_facts_are_exactly_those_of_the_gold_file(found: dict[str, Any], gold: dict[str, Any]) -> None:
    wanted = {_fact(fact, _names(gold["entities"], "name")) for fact in gold["facts"]}
    assert {_fact(fact, _names(found["entities"], "id")) for fact in found["facts"]} == wanted


def test_entities_are_exactly_those_of_the_gold_file(found: dict[str, Any], gold: dict[str, Any]) -> None:
    def forms(entities: list[dict[str, Any]]) -> set[tuple[str, str, tuple[str, ...]]]:
        return {(entity["name"], entity["type"], tuple(sorted(entity["aliases"]))) for entity in entities}

    assert forms(found["entities"]) == forms(gold["entities"])


def test_page_furniture_gives_nothing(found: dict[str, Any], article: Path) -> None:
    text = article.read_text("utf-8")
    furniture = ("picture-alliance/dpa", "Alibaba Börsengang", "(AFP, dpa, Reuters)", "Skip to", "https://p.dw.com")
    spans = [(text.index(words), text.index(words) + len(words)) for words in furniture]
    pieces = [m for e in found["entities"] for m in e["mentions"]] + [q for f in found["facts"] for q in f["evidence"]]
    assert not [p for p in pieces for start, end in spans if p["start"] < end and p["end"] > start]
    assert all(text[p["start"] : p["end"]] == (p.get("quote") or p["text"]) for p in pieces)


VENTURE = """
SELECT ?a ?b ?value ?currency ?stake ?date ?status ?quote WHERE {
  ?deal a ckg:JointVenture ; ckg:partner ?x, ?y ; ckg:stake ?stake ; ckg:date ?date ; ckg:status ?status ;
    ckg:amount [ schema:value ?value ; schema:currency ?currency ] ; prov:wasDerivedFrom ?claim .
  ?claim oa:hasSelector [ oa:exact ?quote ] .
  ?x rdfs:label ?a . ?y rdfs:label ?b . FILTER(?a < ?b) }
"""


def test_sparql_tells_the_joint_venture(graph: kg.Graph) -> None:
    (row,) = graph.query(VENTURE)
    told = {name: str(row[name]) for name in ("a", "b", "value", "currency", "stake", "date")}
    assert told == {
        "a": "Alibaba", "b": "SAIC Motor", "value": "1000000000", "currency": "CNY",
        "stake": "0.5", "date": "2015-03-12",
    }  # fmt: skip
    assert str(row["status"]).endswith("announced")
    assert "joint venture with Chinese automaker SAIC Motor" in str(row["quote"])


def test_edges_keep_rumours_and_talks_apart(graph: kg.Graph) -> None:
    ask = "ASK { ?a rdfs:label %r ; ckg:%s ?b . ?b rdfs:label %r }"
    assert graph.query(ask % ("Alibaba", "jointVentureWith", "SAIC Motor")).boolean
    assert graph.query(ask % ("Alibaba", "investedInReported", "Snapchat")).boolean
    assert not graph.query(ask % ("Alibaba", "investedIn", "Snapchat")).boolean
    for partner in ("General Motors", "Ford", "Toyota"):
        assert graph.query(ask % ("Google", "partnerOfReported", partner)).boolean
    assert graph.query(ask % ("Baidu", "partnerOf", "BMW")).boolean


def test_turtle_carries_every_fact(graph: kg.Graph, gold: dict[str, Any], tmp_path: Path) -> None:
    graph.write(tmp_path / "deals.ttl")
    turtle = rdflib.Graph().parse(tmp_path / "deals.ttl")
    rows = turtle.query("SELECT ?type (COUNT(?c) AS ?n) WHERE { ?c a ckg:Claim ; ckg:claimType ?type } GROUP BY ?type")
    counts = {str(row[0]).rpartition("#")[2]: int(row[1]) for row in rows}
    assert counts == {kind: [f["type"] for f in gold["facts"]].count(kind) for kind in counts}
    assert sum(counts.values()) == len(gold["facts"])
    assert graph.check().conforms


def test_page_shows_the_deals_and_their_words(graph: kg.Graph, tmp_path: Path) -> None:
    graph.render(tmp_path / "deals.html")
    page = (tmp_path / "deals.html").read_text("utf-8")
    for words in ("Snapchat", "SAIC Motor", "joint venture with Chinese automaker", "investment in Snapchat"):
        assert words in page
