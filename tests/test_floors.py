"""The floors of the house: a module imports only from lower floors, except through the doors named here.

A door is an import inside a function, from ``Graph`` or building down the road to what opens only when it is called.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg

PACKAGE = Path(kg.__file__ or "").parent

FLOORS = {
    1: ["vocabulary", "ontology", "own_types", "errors", "version"],
    2: ["model", "layout", "furniture", "jsonio", "wording"],
    3: ["documents", "extraction", "resolution"],
    4: ["store", "evaluation"],
    5: ["graph", "building", "listing", "lookup", "learning"],
    6: [
        "queries",
        "saved",
        "parameters",
        "analysis",
        "export",
        "check",
        "shapes",
        "views",
        "server",
        "examples",
        "schema",
        "annotation",
    ],
    7: ["cli", "__init__", "__main__"],
}
FLOOR = {room: floor for floor, rooms in FLOORS.items() for room in rooms}

DOORS = {
    "graph": {"analysis", "check", "export", "views", "building"},
}
"""Rooms that a module opens from inside its functions (or names in its types) although they lie above it."""


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(tree: ast.AST) -> Iterator[tuple[str, bool]]:
    """Yield each room of ``kg`` that a module imports, and whether at the top, where it always loads."""
    lazy = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or _for_types_only(node)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "kg" and len(parts) > 1:
                yield parts[1], node not in lazy


def _for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_from_lower_floors_only(path: Path) -> None:
    own = room(path)
    for other, at_the_top in imported(ast.parse(path.read_text(encoding="utf-8"))):
        if other == own or own == "__init__":
            continue
        assert other in FLOOR, f"{path.name} imports kg.{other}, which stands on no floor: add it to FLOORS"
        if FLOOR[other] > FLOOR[own]:
            assert not at_the_top, f"{path.name} (floor {FLOOR[own]}) imports kg.{other} (floor {FLOOR[other]})"
            assert other in DOORS.get(own, ()), f"{path.name} opens kg.{other} through no door that is named"


def test_every_module_stands_on_a_floor() -> None:
    assert {room(path) for path in modules()} <= set(FLOOR)


def test_floor_three_rooms_do_not_know_each_other() -> None:
    rooms = FLOORS[3]
    for path in modules():
        if room(path) in rooms:
            others = {other for other, _ in imported(ast.parse(path.read_text(encoding="utf-8")))}
            assert not others & set(rooms) - {room(path)}, f"{path.name} imports another room of floor 3"


def test_every_door_is_used() -> None:
    for own, doors in DOORS.items():
        opened = {other for other, _ in imported(ast.parse((PACKAGE / f"{own}.py").read_text(encoding="utf-8")))}
        assert doors <= opened
