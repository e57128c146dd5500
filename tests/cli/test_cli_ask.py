"""``kg query``, ``kg show`` and the lists: the same facts in every form."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import rdflib
from command_line import run
from samples import sample_extractions

from kg.saved import saved_queries

NAMES = "SELECT ?name WHERE { ?c a ckg:Company ; rdfs:label ?name } ORDER BY ?name"
EDGES = "CONSTRUCT { ?a ckg:hasJointVenture ?b } WHERE { ?a ckg:hasJointVenture ?b }"


def test_rows_in_every_format(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    def ask(name: str) -> str:
        return run(capsys, "query", NAMES, "--format", name, "--store", store).out

    names = [row["name"]["value"] for row in json.loads(ask("json"))["results"]["bindings"]]
    assert "Norvik Marine" in names
    assert [row[0] for row in csv.reader(io.StringIO(ask("csv")))] == ["name", *names]
    assert ask("tsv").splitlines()[0] == "?name"
    assert "<literal>Norvik Marine</literal>" in ask("xml")
    assert all(name in ask("table") for name in names)


@pytest.mark.parametrize("name", ["turtle", "ntriples", "rdf", "ttl", "nt"])
def test_triples_in_every_format(name: str, store: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = run(capsys, "query", EDGES, "--format", name, "--store", store)
    parser = {"rdf": "xml", "ntriples": "nt"}.get(name, name)
    assert len(rdflib.Graph().parse(data=answer.out, format=parser)) == 2


def test_triples_as_json_ld(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = run(capsys, "query", EDGES, "--format", "json-ld", "--store", store)
    assert "hasJointVenture" in answer.out
    assert json.loads(answer.out)


def test_triples_are_turtle_unless_told_otherwise(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = run(capsys, "query", EDGES, "--store", store)
    assert len(rdflib.Graph().parse(data=answer.out, format="turtle")) == 2


@pytest.mark.parametrize(("query", "said"), [("ASK { ?d a ckg:Deal }", "yes\n"), ("ASK { ?d a ckg:Nothing }", "no\n")])
def test_ask(query: str, said: str, store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "query", query, "--store", store).out == said


def test_a_query_from_a_file_or_standard_input(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "names.rq").write_text(NAMES, encoding="utf-8")
    wanted = run(capsys, "query", NAMES, "--store", store)
    assert run(capsys, "query", "--file", str(tmp_path / "names.rq"), "--store", store) == wanted
    monkeypatch.setattr("sys.stdin", io.StringIO(NAMES))
    assert run(capsys, "query", "-", "--store", store) == wanted


def test_the_list_of_saved_queries(capsys: pytest.CaptureFixture[str]) -> None:
    printed = run(capsys, "query", "--list").out
    for query in saved_queries().values():
        assert query.name in printed
        assert all(parameter.name in printed for parameter in query.parameters)


def test_a_saved_query_with_parameters(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("query", "--saved", "deals-of-company", "--set", "company=Norvik", "--format", "json")
    rows = json.loads(run(capsys, *arguments, "--store", store).out)["results"]["bindings"]
    assert {"JointVenture"} <= {row["type"]["value"].rpartition("#")[2] for row in rows}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["SELECT ?x WHERE {"], "malformed"),
        (["SELECT * WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }"], "SERVICE"),
        (["INSERT DATA { <a:b> <a:b> <a:b> }"], "only read"),
        (["--saved", "no-such-query"], "no-such-query"),
        (["--saved", "deals-of-company"], "company"),
        (["--saved", "deals-of-company", "--set", "company"], "KEY=VALUE"),
        (["--saved", "deals-of-company", "--set", "firm=Norvik"], "firm"),
        (["--saved", "deals-of-company", "--set", "company=Norvick"], "Norvik"),
        (["--file", "missing.rq"], "missing.rq"),
        ([NAMES, "--format", "yaml"], "yaml"),
    ],
)
def test_mistakes_are_one_sentence(
    arguments: list[str], words: str, store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = run(capsys, "query", *arguments, "--store", store)
    assert (answer.status, answer.out) == (2, "")
    assert words in answer.err
    assert answer.err.count("\n") == 1


def test_show_a_company(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    printed = run(capsys, "show", "norvik", "--store", store).out
    for words in ("Norvik Marine (Company)", "Ingrid Sæther", "chief executive", "joint venture (in effect", "50 %"):
        assert words in printed


def test_show_says_what_read_a_deal_in_all_its_documents(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    printed = run(capsys, "show", "norvik", "--store", store).out
    assert "    read by network 0.89, verb: set up 0.80, words: joint venture 0.75\n" in printed


def test_show_a_person(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    printed = run(capsys, "show", "Ingrid Sæther", "--store", store).out
    assert "Ingrid Sæther, chief executive of Norvik Marine" in printed


def test_show_suggests_names(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = run(capsys, "show", "Quilan Robotics", "--store", store)
    assert answer.status == 2
    assert "Quillan Robotics" in answer.err


def test_deals_in_every_format(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    def listed(name: str) -> str:
        return run(capsys, "deals", "--format", name, "--store", store).out

    deals = json.loads(listed("json"))
    assert [json.loads(line) for line in listed("jsonl").splitlines()] == deals
    rows = list(csv.DictReader(io.StringIO(listed("csv"))))
    assert sorted(row["id"] for row in rows) == sorted(deal["id"] for deal in deals)
    (venture,) = [deal for deal in deals if deal["type"] == "JointVenture"]
    assert venture["roles"]["partner"] == ["Norvik Marine", "Talbria Energy"]
    assert venture["amount"] == {"value": 500000000, "currency": "EUR"}
    assert [step["status"] for step in venture["history"]] == ["announced", "in_effect"]
    ferries, launch = (sample.document.id for sample in sample_extractions()[:2])
    assert {(each["document"], each["component"], each["confidence"]) for each in venture["support"]} == {
        (ferries, "network", 0.71),
        (ferries, "verb: set up", 0.8),
        (ferries, "words: joint venture", 0.75),
        (launch, "network", 0.885),
    }
    assert venture["label"] in listed("table")


@pytest.mark.parametrize(
    ("filters", "types", "statuses"),
    [
        (["--type", "JointVenture"], {"JointVenture"}, {"in_effect"}),
        (["--status", "in talks"], {"Merger"}, {"in_talks"}),
        (["--company", "Fjordlink", "--type", "Financing"], {"Financing"}, {"in_effect", "announced"}),
        (["--type", "Role", "--status", "terminated"], {"Role"}, {"terminated"}),
    ],
)
def test_deals_can_be_filtered(
    filters: list[str], types: set[str], statuses: set[str], store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    deals = json.loads(run(capsys, "deals", *filters, "--format", "json", "--store", store).out)
    assert deals
    assert {deal["type"] for deal in deals} == types
    assert {deal["status"] for deal in deals} <= statuses


@pytest.mark.parametrize(
    ("filters", "words"),
    [(["--type", "Wedding"], "Wedding"), (["--status", "over"], "over"), (["--company", "Nobody"], "Nobody")],
)
def test_unknown_filters_are_one_sentence(
    filters: list[str], words: str, store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = run(capsys, "deals", *filters, "--store", store)
    assert (answer.status, answer.out) == (2, "")
    assert words in answer.err
    assert answer.err.count("\n") == 1


def test_companies(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(run(capsys, "companies", "--format", "json", "--store", store).out)
    assert [company["deals"] for company in found] == sorted((company["deals"] for company in found), reverse=True)
    by_name = {company["name"]: company for company in found}
    assert by_name["Norvik Marine"]["aliases"] == ["Norvik"]
    assert len(by_name["Fjordlink"]["documents"]) > 1
    rows = list(csv.reader(io.StringIO(run(capsys, "companies", "--format", "csv", "--store", store).out)))
    assert len(rows) == len(found) + 1


def test_documents(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(run(capsys, "documents", "--format", "json", "--store", store).out)
    assert {document["title"] for document in found} >= {"Fjordlink opens its first yard"}
    printed = run(capsys, "documents", "--store", store).out
    assert all(document["id"] in printed for document in found)
