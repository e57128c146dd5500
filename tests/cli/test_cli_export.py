"""``kg export``, ``kg render`` and ``kg check`` leave what they promise, and say it on standard error."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from command_line import run


@pytest.mark.parametrize("suffix", ["ttl", "trig", "nt", "nq", "jsonld", "rdf", "graphml", "gexf", "csv"])
def test_export_by_suffix(suffix: str, store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / f"graph.{suffix}"
    assert run(capsys, "export", str(file), "--store", store) == (0, "", f"written to {file}\n")
    assert "Norvik Marine" in file.read_text(encoding="utf-8")


def test_deals_only_is_smaller(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole, deals = tmp_path / "whole.ttl", tmp_path / "deals.ttl"
    run(capsys, "export", str(whole), "--store", store)
    run(capsys, "export", str(deals), "--deals-only", "--store", store)
    assert 0 < len(rdflib.Graph().parse(deals)) < len(rdflib.Graph().parse(whole))


def test_export_to_standard_output(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "export", str(tmp_path / "graph.trig"), "--store", store)
    command = [sys.executable, "-c", "from kg.cli import main; main()", "export", "-", "--format", "trig"]
    piped = subprocess.run([*command, "--store", store], capture_output=True, check=True)
    assert piped.stdout == (tmp_path / "graph.trig").read_bytes()
    assert piped.stderr == b""


@pytest.mark.parametrize(
    ("file", "options", "words"),
    [
        ("graph.docx", (), "docx"),
        ("graph", (), "format"),
        ("graph.ttl", ("--format", "yaml"), "yaml"),
        ("no/such/folder/graph.ttl", (), "graph.ttl"),
        ("-", (), "format"),
    ],
)
def test_mistakes_are_one_sentence(
    file: str,
    options: tuple[str, ...],
    words: str,
    store: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = run(capsys, "export", file, *options, "--store", store)
    assert (answer.status, answer.out) == (2, "")
    assert words in answer.err
    assert answer.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_render(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole, part = tmp_path / "whole.html", tmp_path / "part.html"
    assert run(capsys, "render", str(whole), "--store", store).status == 0
    assert run(capsys, "render", str(part), "--company", "Pelagia Capital", "--store", store).status == 0
    assert "Ingrid S" in whole.read_text(encoding="utf-8")
    assert "Ingrid S" not in part.read_text(encoding="utf-8")


def test_render_an_unknown_company(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = run(capsys, "render", str(tmp_path / "x.html"), "--company", "Nobody", "--store", store)
    assert answer.status == 2
    assert not (tmp_path / "x.html").exists()


def test_check(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = run(capsys, "check", "--store", store)
    assert answer.status == 0
    assert "keeps to the shapes" in answer.out
