"""The vocabulary is what the annotation guidelines say, and code has it from the ontology alone."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from kg import vocabulary as v
from kg.errors import VocabularyError

PACKAGE = Path(v.__file__).parent
MARKS = {"": (1, 1), "+": (1, None), "++": (2, None), "?": (0, 1), "*": (0, None)}


def table(text: str, heading: str) -> list[list[str]]:
    """The rows of the Markdown table whose first column has this heading."""
    lines = text.split(f"| {heading} |", 1)[1].splitlines()[2:]
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


@pytest.fixture(scope="module")
def guidelines(shared: Path) -> str:
    return (shared / "eval" / "GUIDELINES.md").read_text(encoding="utf-8")


def test_entity_types_are_those_of_the_guidelines(guidelines: str) -> None:
    assert [row[0] for row in table(guidelines, "type")] == list(v.ENTITY_TYPES)


def test_statuses_are_those_of_the_guidelines(guidelines: str) -> None:
    assert [row[0] for row in table(guidelines, "status")] == list(v.STATUSES)
    assert all(v.FACT_TYPES[name].statuses == v.STATUSES for name in v.DEAL_TYPES)
    assert all(v.FACT_TYPES[name].statuses == ("in_effect", "terminated") for name in v.STATE_TYPES)


def test_fact_types_and_roles_are_those_of_the_guidelines(guidelines: str) -> None:
    rows = table(guidelines.split("## Facts")[1], "type")
    assert [row[0] for row in rows] == list(v.FACT_TYPES)
    for name, roles, _covers in rows:
        expected = {}
        for role in roles.split(", "):
            word, mark = re.fullmatch(r"(\w+)([+*?]*)", role).groups()
            expected[word] = MARKS[mark]
        # "'A's B' for a company and its boss: Role without a title": the rulings make the title optional.
        if "title" in expected:
            expected["title"] = (0, 1)
        assert {role.name: (role.least, role.most) for role in v.fact_type(name).roles.values()} == expected
        assert list(v.fact_type(name).roles) == list(expected)


def test_deals_and_states_are_told_apart_as_the_guidelines_say(guidelines: str) -> None:
    assert f"deal types, from {v.DEAL_TYPES[0]} to {v.DEAL_TYPES[-1]}" in guidelines
    assert f"**states**\n  ({v.STATE_TYPES[0]} to {v.STATE_TYPES[-1]})" in guidelines
    assert tuple(v.FACT_TYPES) == v.DEAL_TYPES + v.STATE_TYPES


def test_every_hand_labelled_fact_is_possible(shared: Path) -> None:
    for path in sorted((shared / "eval" / "dev").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        names = Counter(entity["name"] for entity in gold["entities"])
        types = {entity["name"]: entity["type"] for entity in gold["entities"] if names[entity["name"]] == 1}
        for fact in gold["facts"]:
            roles = {role: [names] if isinstance(names, str) else names for role, names in fact["roles"].items()}
            found = v.problems(fact["type"], roles, fact["status"], fact.get("stake"), types)
            assert not found, (path.name, fact["evidence"])


@pytest.mark.parametrize("name", v.FACT_TYPES)
def test_edges_join_roles_of_their_type(name: str) -> None:
    type_ = v.fact_type(name)
    assert type_.edges
    for rule in type_.edges:
        assert {rule.subject_role, rule.object_role} <= set(type_.roles)
        assert rule.symmetric == (rule.subject_role == rule.object_role)
        assert rule.reported == (f"{rule.property}Reported" if type_.is_deal else None)
    assert type_.symmetric_role == next(
        (role for role in ("partner", "party", "competitor") if role in type_.roles), None
    )


def test_edge_names_are_unique() -> None:
    edges = [rule.property for type_ in v.FACT_TYPES.values() for rule in type_.edges]
    assert len(edges) == len(set(edges)) == 18


def test_firm_and_reported_statuses_do_not_overlap() -> None:
    assert frozenset({"announced", "in_effect"}) == v.FIRM_STATUSES
    assert frozenset({"rumoured", "in_talks"}) == v.REPORTED_STATUSES


def test_only_the_title_is_text() -> None:
    roles = [role for type_ in v.FACT_TYPES.values() for role in type_.roles.values()]
    assert {role.name for role in roles if role.literal} == {"title"}
    assert all(role.fillers <= set(v.ENTITY_TYPES) and (role.fillers or role.literal) for role in roles)
    assert len({role.name for role in roles}) == 26


POSSIBLE = {"acquirer": ["a"], "target": ["b"]}


@pytest.mark.parametrize(
    ("type_", "roles", "status", "stake", "types", "words"),
    [
        ("Acquisition", POSSIBLE, "announced", 0.5, {"a": "Company", "b": "Company"}, []),
        ("Acquisition", POSSIBLE, "denied", None, None, []),
        ("Acquisition", {"target": ["b"]}, "announced", None, None, ["at least 1", "acquirer"]),
        ("Acquisition", {"acquirer": ["a"], "target": ["b", "c"]}, "announced", None, None, ["at most 1", "target"]),
        ("Merger", {"party": ["a"]}, "announced", None, None, ["at least 2", "party"]),
        ("Merger", {"party": ["a", "a"]}, "announced", None, None, ["at least 2", "with itself"]),
        ("Acquisition", {"acquirer": ["a"], "target": ["a"]}, "announced", None, None, ["with itself"]),
        ("Acquisition", POSSIBLE | {"lender": ["c"]}, "announced", None, None, ["no role 'lender'"]),
        ("Acquisition", POSSIBLE, "done", None, None, ["status 'done'"]),
        ("Ownership", {"owner": ["a"], "owned": ["b"]}, "rumoured", None, None, ["in_effect, terminated"]),
        ("Acquisition", POSSIBLE, "announced", 1.5, None, ["between 0 and 1"]),
        ("Acquisition", POSSIBLE, "announced", float("nan"), None, ["between 0 and 1"]),
        ("BasedIn", {"organization": ["a"], "place": ["b"]}, "in_effect", None, {"b": "Company"}, ["place", "Company"]),
        ("Role", {"person": ["a"], "organization": ["b"]}, "in_effect", None, {"a": "Person"}, []),
        ("Role", {"person": ["a"], "organization": ["b"], "title": ["chair"]}, "in_effect", None, None, []),
    ],
)
def test_problems(
    type_: str,
    roles: dict[str, list[str]],
    status: str,
    stake: float | None,
    types: dict[str, str] | None,
    words: list[str],
) -> None:
    found = v.problems(type_, roles, status, stake, types)
    assert bool(found) == bool(words)
    assert all(word in " ".join(found) for word in words)


@given(
    st.sampled_from(sorted(v.FACT_TYPES)),
    st.dictionaries(
        st.text(max_size=9) | st.sampled_from(["partner", "title"]), st.lists(st.text(max_size=3)), max_size=4
    ),
    st.text(max_size=9),
    st.none() | st.floats(),
)
def test_problems_answer_any_input(type_: str, roles: dict[str, list[str]], status: str, stake: float | None) -> None:
    assert all(problem.endswith(".") for problem in v.problems(type_, roles, status, stake, {}))


def test_an_unknown_type_is_refused_with_the_known_ones() -> None:
    with pytest.raises(VocabularyError, match=r"'Wedding'.*Acquisition, Merger"):
        v.fact_type("Wedding")


def test_a_missing_ontology_file_is_named() -> None:
    with pytest.raises(VocabularyError, match=r"other\.ttl"):
        v.ontology_path("other.ttl")


def literals(path: Path) -> Iterator[tuple[int, set[str]]]:
    """Every list, tuple and set that a module spells out: its line, and the strings that stand in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            yield node.lineno, {item.value for item in node.elts if isinstance(item, ast.Constant)}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_module_lists_the_vocabulary_itself(path: Path) -> None:
    """A table that says something about each type is fine; a bare list of them is a second source of truth."""
    wholes = {"fact types": set(v.FACT_TYPES), "deal types": set(v.DEAL_TYPES), "statuses": set(v.STATUSES)}
    for line, strings in literals(path):
        for what, whole in wholes.items():
            assert not whole <= strings, f"{path.name}:{line} lists all {what}: take them from kg.vocabulary"


def test_the_ontology_is_found_beside_the_package() -> None:
    for name in ("corporate.ttl", "shapes.ttl", "alignments.ttl"):
        assert any(parse(path=v.ontology_path(name), format=RdfFormat.TURTLE))


def test_definitions() -> None:
    assert v.definition("rumoured").startswith("Said by unnamed sources")
    for kind in v.FACT_TYPES.values():
        assert v.definition(kind.name) == kind.definition
        assert all(v.definition(role) for role in kind.roles)
    with pytest.raises(VocabularyError, match="no term 'nonsense'"):
        v.definition("nonsense")
