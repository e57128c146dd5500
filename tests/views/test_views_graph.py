"""From a graph to its page, by the doors that users take."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from samples import sample_extractions

from kg.errors import UnknownNameError
from kg.graph import Graph
from kg.views import page


@pytest.fixture(scope="module")
def graph() -> Graph:
    made = Graph.open()
    for extraction in sample_extractions():
        made.add(extraction)
    return made


def data_of(html: str) -> dict[str, Any]:
    (text,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', html)
    return json.loads(text)


def test_the_page_tells_every_fact_of_every_document(graph: Graph) -> None:
    data = data_of(page(graph).html)
    quotes = {quote["quote"] for fact in data["facts"] for quote in fact["quotes"]}
    wanted = {e.quote for extraction in sample_extractions() for fact in extraction.facts for e in fact.evidence}
    assert quotes == wanted
    assert {fact["id"] for fact in data["facts"]} == {fact.id for fact in (*graph.deals(), *graph.states())}
    titles = {source["title"] for source in data["sources"]}
    assert "Norvik and Talbria to build electric ferries" in titles


def test_the_order_of_reading_does_not_matter(graph: Graph) -> None:
    other = Graph.open()
    for extraction in reversed(sample_extractions()):
        other.add(extraction)
    assert page(other).html == page(graph).html


def test_a_page_around_one_company_has_its_partners_only(graph: Graph, tmp_path: Path) -> None:
    graph.render(tmp_path / "one.html", company="Zhōu & Söhne")
    html = (tmp_path / "one.html").read_text(encoding="utf-8")
    assert "<title>Zhōu &amp; Söhne</title>" in html
    assert {name["name"] for name in data_of(html)["names"]} == {"Norvik Marine", "Zhōu & Söhne"}


def test_without_a_path_the_page_comes_back_to_be_shown_in_place(graph: Graph, tmp_path: Path) -> None:
    shown = graph.render(company="Norvik Marine", title="Ferries")
    graph.render(tmp_path / "page.html", company="Norvik Marine", title="Ferries")
    assert shown.html == (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<iframe" in shown._repr_html_()


def test_a_title_of_ones_own(graph: Graph) -> None:
    assert "<title>a &lt; b</title>" in page(graph, title="a < b").html


def test_a_company_that_the_graph_does_not_hold(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError):
        graph.render(tmp_path / "none.html", company="Nobody & Sons")
    assert list(tmp_path.iterdir()) == []
