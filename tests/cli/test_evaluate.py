"""``kg evaluate``: the figures for people and for programs, from files and from extracting now."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from command_line import KnowingExtractor, run
from samples import sample_extractions

import kg.extraction
from kg import jsonio
from kg.errors import SourceError
from kg.model import Document


def gold_of(extraction: dict[str, Any], published: str | None) -> dict[str, Any]:
    """An extraction as a gold file, its fillers by name."""
    names = {entity["id"]: entity["name"] for entity in extraction["entities"]}
    facts = []
    for fact in extraction["facts"]:
        roles = {role: [names[filler] for filler in fillers] for role, fillers in fact["roles"].items()}
        kept = {key: fact[key] for key in ("type", "status", "amount", "stake", "date") if key in fact}
        facts.append({**kept, "roles": roles, "evidence": fact["evidence"][0]["quote"]})
    entities = [{key: entity[key] for key in ("name", "type", "aliases")} for entity in extraction["entities"]]
    return {"published": published, "entities": entities, "facts": facts, "unscored": []}


@pytest.fixture
def gold(articles: Path) -> Path:
    """The sample articles with gold files: what the samples say, without the first article's last fact."""
    for name, extraction in zip(("ferries", "launch", "court"), sample_extractions(), strict=True):
        told = gold_of(jsonio.to_json(extraction), extraction.document.published)
        told["facts"] = told["facts"][:-1] if name == "ferries" else told["facts"]
        (articles / f"{name}.json").write_text(json.dumps(told), encoding="utf-8")
    (articles / "index.tsv").write_text(
        "file\tsource\nferries.txt\tpress\nlaunch.txt\twire\ncourt.txt\twire\n", "utf-8"
    )
    return articles


def test_json_after_extracting(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = run(capsys, "evaluate", str(gold), "--format", "json")
    found = json.loads(answer.out)
    assert (answer.status, answer.err) == (0, "")
    assert found["articles"] == 3
    assert found["views"]["Company"]["f1"] == found["views"]["deals"]["r"] == 1.0
    assert found["views"]["deals"]["p"] < 1.0
    assert {source: figures["articles"] for source, figures in found["sources"].items()} == {"press": 1, "wire": 2}
    assert found["extractor"] == "samples"
    assert set(found["seconds"]) == {"p50", "p95", "words", "words_per_second"}
    assert {(error["article"], error["kind"]) for error in found["errors"]} == {("ferries", "wrong")}
    assert all(error["quotes"] for error in found["errors"])


def test_files_give_the_same_figures_as_extracting(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    now = json.loads(run(capsys, "evaluate", str(gold), "--format", "json").out)
    run(capsys, "extract", str(gold), "--output", "predicted")
    files = json.loads(run(capsys, "evaluate", str(gold), "--predicted", "predicted", "--format", "json").out)
    assert {key: now[key] for key in files} == files
    assert set(now) - set(files) == {"seconds", "extractor"}


def test_text(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = run(capsys, "evaluate", str(gold), "--errors", "1")
    assert answer.status == 0
    for words in (
        "3 articles, read by samples",
        "companies", "Joint venture", "status", "wire", "Confidence is", "Time an article:", "words a second",
        "The worst 1 of", "ferries wrong ", "the two are not linked on the other side",
    ):  # fmt: skip
        assert words in answer.out
    assert "worst" not in run(capsys, "evaluate", str(gold), "--errors", "0").out


def test_missing_predictions_are_told_and_count_as_empty(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "extract", str(gold), "--output", "predicted")
    Path("predicted/court.json").unlink()
    answer = run(capsys, "evaluate", str(gold), "--predicted", "predicted")
    assert answer.status == 0
    assert "predicted has no file for 1 of 3 articles" in answer.err
    assert "companies and people missed" in answer.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "nowhere: is no folder"),
        (["gold-free"], "gold-free: holds no gold files"),
        (["bad"], "bad/001.json: is not valid JSON"),
        (["articles", "--predicted", "nowhere"], "nowhere: is no folder"),
        (["articles", "--predicted", "articles", "--pipeline", "fast"], "leave the extractor's options out"),
        (["articles", "--llm-model", "m"], "belong to --extractor llm"),
        (["articles", "--format", "xml"], "Invalid value for '--format'"),
        (["articles", "--errors", "-1"], "Invalid value for '--errors'"),
        (["textless"], "textless/001.txt: there is no such file"),
    ],
)
def test_mistakes_are_one_sentence(
    gold: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder, content in (("gold-free", None), ("bad", "{"), ("textless", "{}")):
        Path(folder).mkdir()
        if content is not None:
            Path(folder, "001.json").write_text(content, encoding="utf-8")
    answer = run(capsys, "evaluate", *arguments)
    assert (answer.status, answer.out) == (2, "")
    assert words in answer.err
    assert answer.err.count("\n") == 1


def test_an_article_that_the_extractor_fails_on_counts_as_empty(
    gold: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing(KnowingExtractor):
        def extract_many(self, documents: Iterable[Document]) -> Iterator[Any]:
            for document in documents:
                failed = document.origin.endswith("court.txt")
                yield SourceError(document.origin, "no answer") if failed else next(super().extract_many([document]))

    monkeypatch.setattr(kg.extraction, "Extractor", Failing)
    answer = run(capsys, "evaluate", str(gold), "--format", "json")
    found = json.loads(answer.out)
    assert answer.status == 2
    assert answer.err == "kg: articles/court.txt: no answer\n"
    assert found["articles"] == 3
    assert {error["article"] for error in found["errors"] if error["kind"] == "missed"} == {"court"}
