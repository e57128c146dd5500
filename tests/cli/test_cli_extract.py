"""``kg extract``: tables for people, the published JSON for programs, one file a document for the evaluation."""

from __future__ import annotations

import io
import json
from pathlib import Path

import jsonschema
import pytest
from command_line import run
from samples import sample_extractions

from kg import jsonio

FERRIES = sample_extractions()[0]


def test_table_shows_entities_facts_and_words(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = run(capsys, "extract", str(articles / "ferries.txt"))
    assert answer.status == 0
    for words in ("Norvik Marine", "Joint venture", "EUR 500 million", "50 %", "Ingrid Sæther", "rumoured"):
        assert words in answer.out
    assert "(read by verb: set up 0.80, words: joint venture 0.75, network 0.71)" in " ".join(answer.out.split())


def test_json_of_one_document_is_one_object(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = run(capsys, "extract", str(articles / "ferries.txt"), "--format", "json", "--published", "2021-03-04")
    found = json.loads(answer.out)
    jsonschema.validate(found, jsonio.schema())
    assert found["document"]["published"] == "2021-03-04"
    assert found["facts"] == jsonio.to_json(FERRIES)["facts"]


def test_json_of_several_documents_is_a_list(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(run(capsys, "extract", str(articles), "--format", "json").out)
    assert len(found) == 3


def test_jsonl_is_one_document_a_line(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = run(capsys, "extract", str(articles), "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["document"]["source"] for line in lines] == sorted(
        str(path) for path in articles.glob("*.txt")
    )


def test_standard_input(articles: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(FERRIES.document.text.encode())))
    found = json.loads(run(capsys, "extract", "-", "--format", "json").out)
    assert found["facts"] == jsonio.to_json(FERRIES)["facts"]


def test_output_writes_a_file_for_each_document(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = run(capsys, "extract", str(articles), "--format", "json", "--output", "out/json")
    assert (answer.status, answer.out) == (0, "")
    assert sorted(path.name for path in Path("out/json").iterdir()) == ["court.json", "ferries.json", "launch.json"]
    found = json.loads(Path("out/json/ferries.json").read_text(encoding="utf-8"))
    jsonschema.validate(found, jsonio.schema())
    first = Path("out/json/ferries.json").read_bytes()
    run(capsys, "extract", str(articles), "--output", "out/json")
    assert Path("out/json/ferries.json").read_bytes() == first


def test_output_never_overwrites_metadata(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (articles / "ferries.json").write_text('{"published": "2021-03-04"}', encoding="utf-8")
    answer = run(capsys, "extract", str(articles), "--output", str(articles))
    assert answer.status == 2
    assert "ferries.json beside it may hold its metadata" in answer.err
    assert (articles / "ferries.json").read_text(encoding="utf-8") == '{"published": "2021-03-04"}'


def test_two_documents_of_one_name_do_not_overwrite_each_other(
    articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (articles / "ferries.md").write_text((articles / "launch.txt").read_text(encoding="utf-8"), encoding="utf-8")
    answer = run(capsys, "extract", str(articles), "--output", "out")
    assert answer.status == 2
    assert "ferries.txt: another document was already written to ferries.json" in answer.err
    assert len(list(Path("out").iterdir())) == 3


def test_a_bad_source_does_not_stop_the_others(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (articles / "empty.txt").write_text("", encoding="utf-8")
    answer = run(capsys, "extract", "missing.txt", str(articles), "--format", "jsonl")
    assert answer.status == 2
    assert len(answer.out.splitlines()) == 3
    assert [line.split(":")[1].strip() for line in answer.err.splitlines()] == ["missing.txt", "articles/empty.txt"]


def test_output_that_is_a_file_is_one_sentence(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("taken").write_text("x", encoding="utf-8")
    answer = run(capsys, "extract", str(articles), "--output", "taken")
    assert answer.status == 2
    assert answer.err.count("\n") == 1


def test_schema_is_the_published_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(run(capsys, "schema").out) == jsonio.schema()
