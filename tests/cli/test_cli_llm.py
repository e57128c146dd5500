"""``--extractor llm`` and the options of kg's own extractor, as a person types them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from chat_server import ChatServer, Reply, fails, finds, says, serving
from command_line import KnowingExtractor, run

import kg.extraction
from kg import jsonio
from kg.extraction.llm import KEY_VARIABLE

DEAL: dict[str, Any] = {
    "type": "JointVenture",
    "roles": {"partner": ["Norvik Marine", "Talbria Energy"], "vehicle": []},
    "status": "announced",
    "evidence": "they would set up a 50-50 joint venture called Fjordlink",
    "amount": None,
    "stake": 0.5,
    "date": None,
    "confidence": 0.9,
}
NAMES = [{"name": name, "type": "Company", "aliases": []} for name in ("Norvik Marine", "Talbria Energy")]


def answer(body: dict[str, Any]) -> Reply:
    text = body["messages"][1]["content"]
    if "Piet" in text:
        return says("no idea")
    return finds(NAMES, [DEAL]) if "50-50" in text else finds(NAMES, [DEAL, {**DEAL, "status": "?"}])


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatServer]:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    with serving(answer) as running:
        yield running


def llm(server: ChatServer, model: str = "small") -> list[str]:
    return ["--extractor", "llm", "--llm-url", server.url, "--llm-model", model]


def test_extract(articles: Path, capsys: pytest.CaptureFixture[str], server: ChatServer) -> None:
    found = run(capsys, "extract", str(articles / "ferries.txt"), "--format", "json", *llm(server))
    assert (found.status, found.err) == (0, "")
    data = json.loads(found.out)
    jsonschema.validate(data, jsonio.schema())
    assert [(fact["type"], fact["stake"]) for fact in data["facts"]] == [("JointVenture", 0.5)]


def test_what_is_refused_or_fails_is_told_and_the_others_go_on(
    articles: Path, capsys: pytest.CaptureFixture[str], server: ChatServer
) -> None:
    found = run(capsys, "extract", str(articles), "--format", "jsonl", *llm(server))
    assert found.status == 2
    assert len(found.out.splitlines()) == 2
    assert found.err.splitlines() == [
        "kg: articles/court.txt: not extracted, because the answer of small is not the JSON asked for; "
        "try another model",
        "kg: articles/launch.txt: 2 of 2 facts of small refused: 1 not in the form asked for, "
        "1 without a quote that stands in the text",
    ]


def test_build_again_asks_only_for_what_failed_or_another_model(
    articles: Path, capsys: pytest.CaptureFixture[str], server: ChatServer
) -> None:
    first = run(capsys, "build", str(articles), *llm(server))
    assert first.status == 2
    assert "2 new" in first.out
    assert "1 could not be read" in first.out
    count = len(server.asked)
    assert "0 new, 0 changed, 2 as before" in run(capsys, "build", str(articles), *llm(server)).out
    assert len(server.asked) == count + 2  # the one that failed, twice
    run(capsys, "build", str(articles / "ferries.txt"), *llm(server, "other"))
    run(capsys, "build", str(articles / "ferries.txt"), *llm(server, "other"), "--min-confidence", "0.5")
    assert len(server.asked) == count + 4


def test_a_failure_of_the_server_keeps_what_is_done(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving([finds(NAMES, []), fails(401, "expired")]) as server:
        found = run(capsys, "build", str(articles), *llm(server))
    assert found.status == 2
    assert found.err.endswith("the server refuses access (401: expired); set KG_LLM_API_KEY\n")
    assert len(run(capsys, "documents", "--format", "jsonl").out.splitlines()) == 1


@pytest.mark.parametrize("command", ["extract", "build"])
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--extractor", "llm"], "--extractor llm needs the address of a server, --llm-url, and a model, --llm-model"),
        (["--extractor", "llm", "--llm-url", "http://127.0.0.1:1/v1"], "and a model, --llm-model"),
        (["--llm-url", "http://127.0.0.1:1/v1"], "belong to --extractor llm"),
        (["--extractor", "llm", "--llm-url", "nowhere", "--llm-model", "m"], "is no http or https URL"),
        (["--extractor", "llm", "--llm-url", "http://127.0.0.1:1/v1", "--llm-model", "m"], "cannot be reached"),
        (["--extractor", "llm", "--llm-url", "http://127.0.0.1:1/v1", "--llm-model", "m", "--pipeline", "fast"],
         "--model, --pipeline and --weights belong to kg's own extractor"),
        (["--extractor", "gpt"], "Invalid value for '--extractor'"),
        (["--pipeline", "slow"], "Invalid value for '--pipeline'"),
        (["--min-confidence", "1.1"], "Invalid value for '--min-confidence'"),
        (["--min-confidence", "nan"], "Invalid value for '--min-confidence'"),
    ],
)  # fmt: skip
def test_mistakes_are_one_sentence(
    articles: Path, capsys: pytest.CaptureFixture[str], command: str, arguments: list[str], words: str
) -> None:
    found = run(capsys, command, str(articles), *arguments)
    assert (found.status, found.out) == (2, "")
    assert words in found.err
    assert found.err.count("\n") == 1


@pytest.mark.parametrize("command", ["extract", "build"])
def test_options_reach_kgs_own_extractor(
    articles: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    given = []

    class Listening(KnowingExtractor):
        def __init__(self, model: str | None = None, **options: object) -> None:
            super().__init__(model)
            given.append(options)

    monkeypatch.setattr(kg.extraction, "Extractor", Listening)
    assert run(capsys, command, str(articles), "--pipeline", "fast", "--min-confidence", "0.7").status == 0
    assert run(capsys, command, str(articles)).status == 0
    assert given == [{"pipeline": "fast", "min_confidence": 0.7}, {}]


@pytest.mark.parametrize("command", ["extract", "build"])
def test_help_says_where_the_texts_go(capsys: pytest.CaptureFixture[str], command: str) -> None:
    words = " ".join(run(capsys, command, "--help").out.replace("│", " ").split())
    assert "nothing leaves your machine" in words
    assert KEY_VARIABLE in words
