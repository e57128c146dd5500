"""The one object a user holds: what it finds, by which names, and what it says when it does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from invented import Said, Told
from samples import COURT, FERRIES, LAUNCH, sample_extractions, sample_graph

from kg.errors import QueryError, StoreError, UnknownNameError, VocabularyError
from kg.graph import Graph
from kg.store.terms import BASE
from kg.vocabulary import DEAL_TYPES, STATE_TYPES


@pytest.fixture(scope="module")
def graph() -> Iterator[Graph]:
    with sample_graph() as made:
        yield made


def test_documents(graph: Graph) -> None:
    infos = graph.documents()
    assert [info.source for info in infos] == [COURT.source, FERRIES.source, LAUNCH.source]
    ferries = infos[1]
    assert (ferries.title, ferries.published, ferries.publisher) == (FERRIES.title, "2021-03-04", FERRIES.publisher)
    assert (ferries.origins, ferries.url, ferries.author) == ((FERRIES.origin,), FERRIES.url, FERRIES.author)
    assert (ferries.entities, ferries.claims) == (10, len(sample_extractions()[0].facts))


def test_extractions_come_back(graph: Graph) -> None:
    for extraction in sample_extractions():
        back = graph.extraction(extraction.document.id)
        assert back.document == extraction.document
        assert [entity.name for entity in back.entities] == [entity.name for entity in extraction.entities]
        assert [fact.roles for fact in back.facts] == [fact.roles for fact in extraction.facts]
    with pytest.raises(UnknownNameError, match="no document 'x'"):
        graph.extraction("x")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Norvik Marine", "company/norvik-marine"),
        ("norvik MARINE plc", "company/norvik-marine"),
        ("Norvik", "company/norvik-marine"),
        ("  the NORVIK ", "company/norvik-marine"),
        ("Helios Batteries", "company/hélios-batteries"),
        ("Zhou and Sohne", "company/zhōu-söhne"),
        ("company/fjordlink", "company/fjordlink"),
        (f"{BASE}company/fjordlink", "company/fjordlink"),
        ("Ingrid Sæther", "person/ingrid-sæther"),
        ("Aurora 9", "product/aurora-9"),
    ],
)
def test_names(graph: Graph, name: str, expected: str) -> None:
    assert graph.identity(name).id == expected


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Norvik Marin", "did you mean Norvik Marine\\?"),
        ("Fjordlynk", "did you mean Fjordlink\\?"),
        ("Nobody at all", "list the companies with: kg companies"),
        ("", "list the companies"),
        ("<script>", "no '<script>'"),
    ],
)
def test_unknown_names(graph: Graph, name: str, says: str) -> None:
    with pytest.raises(UnknownNameError, match=says):
        graph.identity(name)
    with pytest.raises(UnknownNameError, match=says):
        graph.deals(name)


def test_a_company_comes_before_its_founder() -> None:
    graph = Graph.open()
    facts = [Said("Role", {"person": ["Dunmore Sarrow"], "organization": ["Dunmore"]}, "in_effect")]
    people = {"Dunmore Sarrow": "Person", "Dunmore ": "Person"}
    graph.add(Told("a", facts, names=["Dunmore "], types=people).extraction())
    assert graph.identity("Dunmore").type == "Company"
    assert graph.identity("Dunmore", "Person").type == "Person"
    with pytest.raises(VocabularyError, match="no entity type 'Firm'"):
        graph.identity("Dunmore", "Firm")


def test_entities(graph: Graph) -> None:
    assert [company.id for company in graph.companies()] == sorted(company.id for company in graph.companies())
    assert {entity.type for entity in graph.entities()} == {"Company", "Person", "Product", "Place", "Organization"}
    assert [place.name for place in graph.entities("Place")] == ["Norwegian"]
    with pytest.raises(VocabularyError):
        graph.entities("Firm")


def test_the_deal_that_two_articles_tell(graph: Graph) -> None:
    [deal] = graph.deals("Norvik", type="JointVenture")
    assert deal.label == "Norvik Marine and Talbria Energy → Fjordlink: joint venture"
    assert (deal.status, deal.stake, deal.date) == ("in_effect", 0.5, "2021-03-04")
    assert [step.status for step in deal.history] == ["announced", "in_effect"]
    assert len(deal.documents) == 2
    assert graph.deal(deal.id) == graph.deal(BASE + deal.id) == deal
    claims = graph.claims_of(deal)
    assert [claim.id for claim in claims] == list(deal.claims)
    assert {claim.published for claim in claims} == {"2021-03-04", "2021-06-11"}
    assert all(claim.roles["partner"] == ("company/norvik-marine", "company/talbria-energy") for claim in claims)
    assert graph.claims_of(deal.id) == claims


def test_every_deal_leads_to_words_of_its_documents(graph: Graph) -> None:
    texts = {document.id: document.text for document in (FERRIES, LAUNCH, COURT)}
    for fact in graph.deals(types=(*DEAL_TYPES, *STATE_TYPES)):
        quotes = graph.quotes_of(fact)
        assert {quote.claim for quote in quotes} == set(fact.claims)
        for quote in quotes:
            evidence = quote.evidence
            assert texts[quote.document][evidence.start : evidence.end] == evidence.quote


def test_deals_and_states(graph: Graph) -> None:
    everything = graph.deals(types=(*DEAL_TYPES, *STATE_TYPES))
    assert {fact.type for fact in graph.deals()} <= set(DEAL_TYPES)
    assert {fact.type for fact in graph.states()} == set(STATE_TYPES)
    assert len(graph.deals()) + len(graph.states()) == len(everything)
    assert all(state.type == "Ownership" for state in graph.states("Norvik", type="Ownership"))
    assert {deal.status for deal in graph.deals(status="denied")} == {"denied"}
    dates = [deal.history[-1].date or "" for deal in everything]
    assert dates == sorted(dates, reverse=True)


def test_unknown_types_statuses_and_deals(graph: Graph) -> None:
    with pytest.raises(VocabularyError, match="no fact type 'Marriage'"):
        graph.deals(type="Marriage")
    with pytest.raises(VocabularyError, match="no status 'maybe'; choose one of rumoured"):
        graph.deals(status="maybe")
    with pytest.raises(UnknownNameError, match="no deal 'deal/x'"):
        graph.claims_of("deal/x")


def test_a_list_of_deals(graph: Graph) -> None:
    deals = graph.deals()
    assert list(deals[:2]) == list(deals)[:2]
    assert deals[0] == next(iter(deals))
    assert deals == graph.deals()
    assert hash(deals) == hash(graph.deals())
    assert repr(deals) == f"<DealList of {len(deals)}>"
    assert deals.names["company/norvik-marine"] == "Norvik Marine"


def test_display_in_a_notebook(graph: Graph) -> None:
    shown = graph.deals()._repr_html_()
    assert "&lt;over patents&gt;" in shown
    assert "<over" not in shown
    assert "EUR 500 million" in shown
    assert "50 %" in shown
    assert "<td>3</td>" in graph._repr_html_()
    assert repr(graph) == "<Graph in memory>"


def test_queries(graph: Graph) -> None:
    found = graph.query("SELECT ?name { company:norvik-marine ckg:jointVentureWith/rdfs:label ?name }")
    assert found.rows() == [{"name": "Talbria Energy"}]
    assert graph.query("ASK { ?a ckg:acquired ?b }").boolean is False
    assert graph.query("ASK { ?a ckg:acquiredReported ?b }").boolean is False
    with pytest.raises(QueryError):
        graph.query("SELECT")


def test_a_claim_is_never_taken_for_a_deal(graph: Graph) -> None:
    assert graph.query("ASK { ?c a ckg:Claim, ckg:Deal }").boolean is False
    assert graph.query("ASK { ?c a ckg:Claim ; ckg:status ?s }").boolean is False


def test_edges(graph: Graph) -> None:
    stored = graph.query("SELECT ?s ?p ?o { GRAPH graph:edges { ?s ?p ?o } }")
    assert len(stored) == len(graph.edges())
    assert all(edge.deals for edge in graph.edges())


def test_quads_are_all_there_is(graph: Graph) -> None:
    assert sum(1 for _ in graph.quads()) == len(graph.store)


def test_a_later_text_of_an_origin_replaces_the_earlier() -> None:
    graph = Graph.open()
    first = Told("first", [Said("Merger", {"party": ["Veltrano", "Quorvia"]})], origin="a.txt").extraction()
    second = Told("second", [Said("Merger", {"party": ["Veltrano", "Sarrow"]})], origin="a.txt").extraction()
    assert not graph.knows(first.document)
    assert graph.add(first)
    assert graph.knows(second.document)
    assert graph.add(second)
    assert [info.source for info in graph.documents()] == ["second"]
    assert [company.name for company in graph.companies()] == ["Sarrow", "Veltrano"]


def test_one_text_from_two_origins_is_one_document() -> None:
    graph = Graph.open()
    one = Told("one", [Said("Merger", {"party": ["Veltrano", "Quorvia"]})], origin="a.txt").extraction()
    copy = replace(one, document=replace(one.document, origin="b.txt"))
    newer = Told("new", [Said("Merger", {"party": ["Veltrano", "Sarrow"]})], origin="a.txt").extraction()
    assert graph.add(one)
    assert graph.add(copy)
    assert not graph.add(one)
    assert [info.origins for info in graph.documents()] == [("a.txt", "b.txt")]
    assert graph.add(newer)
    assert sorted(info.origins for info in graph.documents()) == [("a.txt",), ("b.txt",)]
    assert graph.keep(one.document)
    assert [info.origins for info in graph.documents()] == [("a.txt", "b.txt")]


def test_keeping_what_is_not_there() -> None:
    with pytest.raises(UnknownNameError, match="add it first"):
        Graph.open().keep(FERRIES)


@pytest.mark.parametrize("change", ["title", "published", "url", "publisher", "author", "extractor"])
def test_what_was_read_otherwise_is_not_held(change: str) -> None:
    graph = Graph.open()
    told = Told("a", names=["Veltrano"], published="2015").extraction()
    graph.add(told)
    assert graph.holds(told.document, told.extractor)
    assert graph.holds(replace(told.document, origin="elsewhere.txt"), told.extractor)
    document = told.document if change == "extractor" else replace(told.document, **{change: "2016"})
    assert not graph.holds(document, "other" if change == "extractor" else told.extractor)


@pytest.mark.parametrize("by", ["id", "source", "origin", "url"])
def test_forgetting(by: str) -> None:
    graph = sample_graph()
    assert graph.forget(getattr(FERRIES, by)) == [FERRIES.id]
    other = Graph.open()
    for extraction in sample_extractions()[1:]:
        other.add(extraction)
    other.consolidate()
    assert graph.store.dump() == other.store.dump()
    with pytest.raises(UnknownNameError, match="no document from"):
        graph.forget(getattr(FERRIES, by))


def test_forgetting_everything_leaves_nothing() -> None:
    graph = sample_graph()
    for document in (FERRIES, LAUNCH, COURT):
        graph.forget(document.source)
    assert graph.store.dump() == b""
    assert (graph.documents(), graph.companies(), list(graph.deals())) == ([], [], [])


def test_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "store"
    with Graph.open(path, create=True) as graph:
        for extraction in sample_extractions():
            graph.add(extraction)
        assert graph.path == path
    assert repr(graph) == f"<Graph at {path}, closed>"
    with Graph.open(str(path)) as graph, sample_graph() as twin:
        twin.consolidate()
        assert graph.store.dump() == twin.store.dump()
        with pytest.raises(StoreError, match="open for reading only"):
            graph.forget(FERRIES.id)
    with pytest.raises(StoreError, match="has been closed"):
        graph.deals()
    with Graph.open(path, writable=True) as graph:
        graph.forget(FERRIES.id)
    with Graph.open(path) as graph:
        assert len(graph.documents()) == 2


def test_closing_consolidates(tmp_path: Path) -> None:
    graph = Graph.open(tmp_path / "store", create=True)
    graph.add(sample_extractions()[0])
    graph.close()
    graph.close()
    with Graph.open(tmp_path / "store") as opened:
        assert opened.deals("Norvik Marine")
