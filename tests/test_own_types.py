"""A file that ``KG_ONTOLOGY`` names adds its fact types to the vocabulary, or is refused with one sentence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from own_ontology import FILE, ROOT, SPONSORSHIP, run

TYPE = "ckg:Sponsorship a owl:Class ;"
SISTER = "    ckg:objectRole ckg:sponsored ;\n    ckg:reportedAs ckg:sponsorsReported .\n"
RANGE = "owl:unionOf ( ckg:Company schema:Person schema:Product org:Organization )"
SECOND = "        [ a owl:Restriction ; owl:onProperty ckg:sponsored ;"
FIRST = "        [ a owl:Restriction ; owl:onProperty ckg:sponsor ; owl:minCardinality 1 ; schema:position 1 ],\n"

# (what is replaced, with what, words of the sentence that must follow)
FAULTS = [
    ("ckg:Sponsorship", "ckg:Acquisition", "ckg:Acquisition is defined by kg itself"),
    ("ckg:sponsor ", "ckg:seller ", "ckg:seller is defined by kg itself"),
    ("ckg:Sponsorship", "schema:Sponsorship", "schema:Sponsorship must be named by ckg:"),
    ("ckg:Sponsorship", "ckg:Sponsor-ship", "must be named by ckg: with letters, digits and _"),
    ("subClassOf ckg:Deal,", "subClassOf owl:Thing,", "it defines no fact type"),
    ("subClassOf ckg:Deal,", "subClassOf ckg:Deal, ckg:State,", "ckg:Sponsorship is both a deal and a state"),
    ('    rdfs:label "sponsorship"@en ;\n', "", "ckg:Sponsorship must have exactly one rdfs:label, and has 0"),
    ('"sponsor"@en', '""', "ckg:sponsor has an empty rdfs:label"),
    ('skos:definition "Who pays."', 'skos:note "Who pays."', "ckg:sponsor must have exactly one skos:definition"),
    (f"{TYPE}\n    schema:position 1 ;", TYPE, "ckg:Sponsorship must have exactly one schema:position"),
    (f"{TYPE}\n    schema:position 1", f"{TYPE}\n    schema:position 1.5", "must be a whole number, not '1.5'"),
    ("a owl:Restriction", "a owl:Class", "ckg:Sponsorship has no roles"),
    ("owl:onProperty ckg:sponsored ;", "owl:onProperty ckg:sponsor ;", "has the role ckg:sponsor twice"),
    ("owl:onProperty ckg:sponsored ;", "owl:onProperty ckg:sponsoree ;", "ckg:sponsoree, a role of ckg:Sponsorship"),
    ("owl:onProperty ckg:sponsored ;", "owl:onProperty ckg:title ;", "ckg:title, a role of ckg:Sponsorship, must be"),
    ("owl:onProperty ckg:sponsored ;", "owl:onProperty ckg:status ;", "ckg:status, a role of ckg:Sponsorship, is"),
    ("owl:minCardinality 1 ;", "owl:someValuesFrom ckg:Company ;", "how many fill the role ckg:sponsor of"),
    ("owl:minCardinality 1 ;", "owl:minCardinality 2 ; owl:maxCardinality 1 ;", "how many fill the role ckg:sponsor"),
    ("owl:minCardinality 1 ;", "owl:minCardinality -1 ;", "must be a whole number, not '-1'"),
    ("owl:minCardinality 1 ; schema:position 1 ],\n", "owl:maxCardinality 1 ; schema:position 1 ],\n", None),
    ("owl:cardinality 1 ;", "owl:maxCardinality 1 ;", None),
    (f"{FIRST}{SECOND} owl:cardinality 1", f"{SECOND} owl:maxCardinality 1", "has no role that must be filled"),
    (RANGE, "owl:unionOf ( ckg:Company schema:Event )", "the rdfs:range of ckg:sponsored must be one of ckg:Company,"),
    (RANGE, "owl:unionOf ( )", "the rdfs:range of ckg:sponsored must be one of"),
    ("ckg:fromType ckg:Sponsorship", "ckg:fromType ckg:Merger", "ckg:Sponsorship has no edges"),
    (SISTER, "    ckg:objectRole ckg:sponsored .\n", "ckg:sponsors must name in ckg:reportedAs one more edge"),
    ("subClassOf ckg:Deal,", "subClassOf ckg:State,", "ckg:sponsors is the edge of a state"),
    ("ckg:subjectRole ckg:sponsor ", "ckg:subjectRole ckg:partner ", "names ckg:partner, which is no role of"),
    ("ckg:sponsors a owl:ObjectProperty", "ckg:sponsors a owl:SymmetricProperty", "when its two roles are one"),
    ("ckg:sponsors a", "ckg:Fan a owl:Class .\nckg:sponsors a", "ckg:Fan is no fact type of this file, nor a role"),
    ("ckg:sponsored ", "ckg:partner ", "ckg:partner is defined by kg itself"),
    ("@prefix schema:", "@prefix nothing:", "The prefix schema: has not been declared"),
]  # fmt: skip


def vocabulary(place: Path, code: str = "") -> subprocess.CompletedProcess[str]:
    """Load the vocabulary with the ontology in a folder, and run some code on it."""
    return subprocess.run(
        [sys.executable, "-c", f"from kg import vocabulary as v, errors\n{code}"],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(ROOT), "KG_ONTOLOGY": FILE},
        capture_output=True,
        text=True,
        check=False,
    )


def test_types_roles_and_edges_join_ours(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(SPONSORSHIP, encoding="utf-8")
    code = (
        "import json; kind = v.fact_type('Sponsorship'); roles = kind.roles.values()\n"
        "print(json.dumps([list(v.DEAL_TYPES)[-2:], list(v.FACT_TYPES)[10:12], v.OWN_TYPES, len(v.OWN_FINGERPRINT),"
        " kind.label, v.definition('sponsor'), [[role.name, role.least, role.most] for role in roles],"
        " [[e.property, e.reported, e.subject_role, e.object_role] for e in kind.edges]]))"
    )
    assert json.loads(vocabulary(tmp_path, code).stdout) == [
        ["LegalDispute", "Sponsorship"],
        ["Sponsorship", "Ownership"],
        ["Sponsorship"],
        8,
        "sponsorship",
        "Who pays.",
        [["sponsor", 1, None], ["sponsored", 1, 1]],
        [["sponsors", "sponsorsReported", "sponsor", "sponsored"]],
    ]


MUTUAL_STATE = """
@prefix ckg: <https://w3id.org/corporate-kg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://example.org/my-types> a owl:Ontology .
ckg:Neighbourhood a owl:Class ; schema:position 3 ;
    rdfs:subClassOf ckg:State,
        [ a owl:Restriction ; owl:onProperty ckg:{role} ; owl:minCardinality 2 ; schema:position 1 ],
        [ a owl:Restriction ; owl:onProperty ckg:place ; owl:maxCardinality 1 ; schema:position 2 ] ;
    rdfs:label "neighbourhood" ; skos:definition "Two or more have their seats side by side." .
{described}
ckg:neighbourOf a owl:ObjectProperty, owl:SymmetricProperty ;
    ckg:fromType ckg:Neighbourhood ; ckg:subjectRole ckg:{role} ; ckg:objectRole ckg:{role} .
"""
DESCRIBED = 'ckg:{role} a owl:ObjectProperty ; rdfs:range ckg:Company ; rdfs:label "{role}" ; skos:definition "One." .'


def test_a_state_may_be_mutual_and_use_roles_of_ours(tmp_path: Path) -> None:
    described = DESCRIBED.replace("{role}", "neighbour")
    turtle = MUTUAL_STATE.replace("{described}", described).replace("{role}", "neighbour")
    (tmp_path / FILE).write_text(turtle, encoding="utf-8")
    code = (
        "kind = v.fact_type('Neighbourhood'); print(kind.symmetric_role, *kind.statuses, *v.STATE_TYPES[-1:])\n"
        "print(*v.problems('Neighbourhood', {'neighbour': ['a'], 'place': ['b']}, 'in_effect'))"
    )
    assert vocabulary(tmp_path, code).stdout.splitlines() == [
        "neighbour in_effect terminated Neighbourhood",
        "Neighbourhood needs at least 2 in the role neighbour, not 1.",
    ]


@pytest.mark.parametrize(("out", "put", "words"), FAULTS)
def test_a_faulty_file_is_refused_in_one_sentence(out: str, put: str, words: str | None, tmp_path: Path) -> None:
    assert out in SPONSORSHIP
    (tmp_path / FILE).write_text(SPONSORSHIP.replace(out, put), encoding="utf-8")
    answer = vocabulary(tmp_path, "print('taken')")
    if words is None:
        assert answer.stdout == "taken\n", answer.stderr
        return
    last = answer.stderr.splitlines()[-1]
    assert last.startswith("kg.errors.VocabularyError: ")
    assert words in last
    assert FILE in last
    assert last.endswith(".")


def test_a_role_is_mutual_everywhere_or_nowhere(tmp_path: Path) -> None:
    turtle = MUTUAL_STATE.replace("{described}", "").replace("{role}", "organization")
    (tmp_path / FILE).write_text(turtle, encoding="utf-8")
    assert "ckg:organization has an owl:SymmetricProperty in one fact type and none in another" in (
        vocabulary(tmp_path).stderr
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "The ontology sponsorship.ttl cannot be read (No such file or directory"),
        (b"ckg:Sponsorship a", "The ontology sponsorship.ttl cannot be read ("),
        (b"\xff\xfe\x00", "The ontology sponsorship.ttl cannot be read ("),
        (b"", "sponsorship.ttl, which KG_ONTOLOGY names: it defines no fact type"),
        (SPONSORSHIP.replace("ckg:Sponsorship", "ckg:Merger").encode(), "ckg:Merger is defined by kg itself"),
    ],
    ids=["missing", "cut", "binary", "empty", "clash"],
)
def test_the_command_line_says_what_is_wrong(content: bytes | None, words: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / FILE).write_bytes(content)
    answer = run(tmp_path, "schema")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert words in " ".join(answer.stderr.split())
    assert "Traceback" not in answer.stderr


def test_its_shapes_say_what_those_of_our_types_say(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(SPONSORSHIP, encoding="utf-8")
    tests = ROOT / "tests" / "ontologies" / "test_shapes.py"
    which = "cardinalities or roles_of_claims or fillers or every_edge or has_a_message or right_graph"
    arguments = ["-m", "pytest", str(tests), "-k", which, "-p", "no:cacheprovider", "-vv"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "KG_ONTOLOGY": str(tmp_path / FILE)}
    answer = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stdout
    assert "of_the_vocabulary[Sponsorship]" in answer.stdout


def test_help_is_there_whatever_is_named(tmp_path: Path) -> None:
    assert run(tmp_path, "--help").returncode == 0


def test_an_empty_name_is_none(tmp_path: Path) -> None:
    assert "Sponsorship" not in run(tmp_path, "schema", ontology="").stdout
