"""Runs the evaluation data's own ``score.py`` as the process it is, and lays annotations out for it as files."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kg.evaluation import Evaluation

FIGURES = ("articles", "views", "attributes", "types")


def reference(shared: Path, gold: Path, predicted: Path) -> dict[str, Any]:
    """Return what ``score.py --json`` says."""
    command = [sys.executable, str(shared / "eval" / "score.py"), str(gold), str(predicted), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    return json.loads(done.stdout)


def lay_out(folder: Path, annotations: Mapping[str, Any]) -> Path:
    """Write one file for each annotation into a folder and return the folder."""
    folder.mkdir(parents=True)
    for name, annotation in annotations.items():
        (folder / f"{name}.json").write_text(json.dumps(annotation), encoding="utf-8")
    return folder


def assert_agrees(found: Evaluation, expected: Mapping[str, Any]) -> None:
    """Fail unless every figure is the same to the last digit, and each article has as many wrong and missed edges."""
    own = found.to_json()
    assert {key: own[key] for key in FIGURES} == {key: expected[key] for key in FIGURES}
    ours = Counter((each.article, each.kind, each.type) for each in found.mistakes)
    assert ours == Counter(_kinds(expected["errors"]))


def _kinds(errors: Iterable[list[str]]) -> Iterable[tuple[str, str, str]]:
    return ((article, kind, edge.partition("(")[0]) for article, kind, edge in errors)
