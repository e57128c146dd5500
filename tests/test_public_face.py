"""What ``import kg`` offers, and that it costs next to nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import kg

OFFERED = [
    "BuildReport",
    "Claim",
    "Deal",
    "DealList",
    "Document",
    "Edge",
    "Entity",
    "Evidence",
    "ExportError",
    "Extraction",
    "Fact",
    "Graph",
    "Identity",
    "KgError",
    "Mention",
    "ModelError",
    "Money",
    "QueryError",
    "QueryResult",
    "SourceError",
    "StatusStep",
    "StoreError",
    "Support",
    "UnknownNameError",
    "VocabularyError",
    "build",
    "extract",
    "open",
]


def test_what_is_offered() -> None:
    assert kg.__all__ == OFFERED
    assert set(OFFERED) <= set(dir(kg))


@pytest.mark.parametrize("name", OFFERED)
def test_every_name_is_there_and_documented(name: str) -> None:
    value = getattr(kg, name)
    assert value.__doc__
    assert value.__module__.startswith("kg.")


def test_type_checkers_see_the_same_names() -> None:
    tree = ast.parse(Path(kg.__file__ or "").read_text(encoding="utf-8"))
    [guarded] = [node for node in tree.body if isinstance(node, ast.If)]
    imported = [alias.name for node in guarded.body if isinstance(node, ast.ImportFrom) for alias in node.names]
    assert sorted(imported) == OFFERED


def test_unknown_names() -> None:
    with pytest.raises(AttributeError, match="module 'kg' has no attribute 'nothing'"):
        _ = kg.nothing


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("import kg", {"spacy", "pyvis", "trafilatura", "rdflib", "networkx", "pyoxigraph", "rich"}),
        ("import kg; kg.Graph.open().deals()", {"spacy", "pyvis", "trafilatura", "rdflib", "networkx", "rich"}),
    ],
)
def test_importing_loads_no_heavy_library(statement: str, absent: set[str]) -> None:
    code = f"{statement}; import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not absent & set(done.stdout.split())
