"""The quality of extraction stays above its floors, on the gold that they were measured on.

Only ``dev`` is measured here (``train`` takes a minute more); ``python tests/quality/renew.py`` holds both to their
floors whenever these are renewed, and ``--check`` does so at any time.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from quality_baseline import BASELINE, PARTS, LoweredError, checksum, floors, load, renewed, save, shortfalls

from kg import jsonio
from kg.evaluation import Evaluation
from kg.evaluation.comparison import VIEWS
from kg.model import Extraction
from kg.vocabulary import FACT_TYPES


def test_dev_is_judged_as_the_reference_judges_it(
    shared: Path, tmp_path: Path, dev: Evaluation, dev_extractions: dict[str, Extraction]
) -> None:
    for name, extraction in dev_extractions.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(jsonio.to_json(extraction)), encoding="utf-8")
    command = [sys.executable, str(shared / "eval" / "score.py"), str(shared / "eval" / "dev"), str(tmp_path), "--json"]
    expected = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    expected.pop("errors")
    assert dev.figures.to_json() == expected


def test_no_figure_falls_under_its_floor(dev: Evaluation) -> None:
    short = shortfalls(load()["floors"]["dev"], floors(dev))
    assert not short, "\n".join([*short, "mend it, or renew the floors with a reason: tests/quality/renew.py --help"])


@pytest.mark.parametrize("part", PARTS)
def test_the_gold_files_are_those_of_the_floors(shared: Path, part: str) -> None:
    assert checksum(shared / "eval" / part) == load()["corpus"][part]


@pytest.mark.parametrize("part", PARTS)
def test_every_view_type_and_attribute_has_a_floor(part: str) -> None:
    held = load()["floors"][part]
    assert {f"views {view} {figure}" for view in VIEWS for figure in ("p", "r", "f1")} <= set(held)
    assert {f"attributes {name} accuracy" for name in ("status", "amount", "stake", "date")} <= set(held)
    types = {match[1] for name in held if (match := re.match(r"types (\w+) f1", name))}
    assert types <= set(FACT_TYPES)
    assert len(types) >= len(FACT_TYPES) - 1  # dev tells of no loan
    assert all(0 <= value <= 1 for value in held.values())


def test_what_was_lowered_says_why() -> None:
    assert all(each["reason"].strip() and each["floors"] for each in load()["lowered"])


def test_the_file_is_as_it_is_written(tmp_path: Path) -> None:
    save(load(), tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == BASELINE.read_bytes()


@pytest.mark.parametrize(
    ("measured", "short"),
    [
        ({"a": 0.5, "b": 0.5}, []),
        ({"a": 0.49, "b": 0.9, "c": 0.1}, []),
        ({"a": 0.4899, "b": 0.5}, ["a is 0.4899, its floor 0.5000"]),
        ({"b": 0.5}, ["a is 0.0000, its floor 0.5000"]),
    ],
)
def test_a_figure_may_fall_by_the_tolerance(measured: dict[str, float], short: list[str]) -> None:
    assert shortfalls({"a": 0.5, "b": 0.5}, measured) == short


def baseline(value: float, digest: str = "d") -> dict[str, Any]:
    return {"corpus": {"dev": {"sha256": digest}}, "floors": {"dev": {"a": value}}, "lowered": []}


def test_raising_is_free() -> None:
    assert renewed(baseline(0.5), {"dev": {"sha256": "d"}}, {"dev": {"a": 0.6}}) == baseline(0.6)
    assert renewed(
        {"corpus": {}, "floors": {}, "lowered": []}, {"dev": {"sha256": "d"}}, {"dev": {"a": 0.6}}
    ) == baseline(0.6)
    assert renewed(baseline(0.5), {}, {}) == baseline(0.5)


@pytest.mark.parametrize(
    ("value", "digest", "lowered"),
    [
        (0.4999, "d", "dev: a is 0.4999, its floor 0.5000"),
        (0.7, "e", "dev: the gold files are others than those that the floors were measured on"),
    ],
)
def test_lowering_takes_a_reason(value: float, digest: str, lowered: str) -> None:
    with pytest.raises(LoweredError, match=re.escape(lowered)):
        renewed(baseline(0.5), {"dev": {"sha256": digest}}, {"dev": {"a": value}})
    found = renewed(baseline(0.5), {"dev": {"sha256": digest}}, {"dev": {"a": value}}, "New guidelines.")
    assert found["floors"] == {"dev": {"a": value}}
    assert found["lowered"] == [{"reason": "New guidelines.", "floors": [lowered]}]


def test_the_checksum_sees_names_contents_and_number(tmp_path: Path) -> None:
    (tmp_path / "001.json").write_text("{}")
    seen = [checksum(tmp_path)]
    (tmp_path / "001.json").write_text("{ }")
    seen.append(checksum(tmp_path))
    (tmp_path / "001.json").rename(tmp_path / "002.json")
    seen.append(checksum(tmp_path))
    (tmp_path / "index.tsv").write_text("")
    seen.append(checksum(tmp_path))
    assert len({each["sha256"] for each in seen}) == 4
    assert [each["gold_files"] for each in seen] == [1] * 4
