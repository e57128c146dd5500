"""``kg build`` and ``kg forget``: a store that holds whole documents, told in a few lines."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from command_line import KnowingExtractor, run

import kg.extraction
from kg.graph import Graph
from kg.model import Document, Extraction


def content(store: str = "kg-store") -> bytes:
    """Everything that a store holds, as bytes."""
    with Graph.open(store) as graph:
        return graph.store.dump()


def test_build_makes_a_store_and_sums_up(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = run(capsys, "build", str(articles))
    assert answer.status == 0
    assert answer.err == ""
    assert re.match(r"3 documents read in [0-9.]+ seconds: 3 new, 0 changed, 0 as before; 0 could not be", answer.out)
    assert "kg-store holds" in answer.out
    assert "Joint venture" in answer.out


def test_building_again_changes_nothing(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "build", str(articles))
    before = content()
    answer = run(capsys, "build", str(articles))
    assert "0 new, 0 changed, 3 as before" in answer.out
    assert content() == before


def test_the_store_can_be_named_by_the_environment(
    articles: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_STORE", "elsewhere")
    run(capsys, "build", str(articles))
    assert Path("elsewhere").is_dir()
    assert not Path("kg-store").exists()
    assert run(capsys, "documents").status == 0


def test_forgetting_undoes_building(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "build", str(articles / "ferries.txt"))
    before = content()
    run(capsys, "build", str(articles / "court.txt"))
    assert content() != before
    answer = run(capsys, "forget", str(articles / "court.txt"))
    assert answer == (0, "", "1 document forgotten\n")
    assert content() == before


def test_forgetting_what_is_not_there(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "build", str(articles))
    before = content()
    answer = run(capsys, "forget", "nothing.txt")
    assert answer.status == 2
    assert "nothing.txt" in answer.err
    assert answer.err.count("\n") == 1
    assert content() == before


def test_bad_sources_are_reported_and_the_others_built(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (articles / "empty.txt").write_text("", encoding="utf-8")
    answer = run(capsys, "build", "missing.txt", str(articles))
    assert answer.status == 2
    assert "3 new" in answer.out
    assert "2 could not be read" in answer.out
    assert answer.err.count("\n") == 2


def test_only_bad_sources_make_no_store(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = run(capsys, "build", "missing.txt", "no/*.txt")
    assert answer.status == 2
    assert answer.err.count("\n") == 2
    assert not Path("kg-store").exists()


def test_ctrl_c_stops_after_the_document_in_hand(
    articles: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupted(KnowingExtractor):
        def extract_many(self, documents: Iterable[Document]) -> Iterator[Extraction]:
            for number, extraction in enumerate(super().extract_many(documents)):
                if number == 3:
                    os.kill(os.getpid(), signal.SIGINT)
                yield extraction

    launch = (articles / "launch.txt").read_text(encoding="utf-8")
    for number in range(60):  # storing may lag behind extraction, so there must be more to come
        (articles / f"later-{number}.txt").write_text(f"{launch}\nThis is edition {number}.\n", encoding="utf-8")
    monkeypatch.setattr(kg.extraction, "Extractor", Interrupted)
    answer = run(capsys, "build", str(articles))
    assert answer.status == 130
    assert "stopping after the document in hand" in answer.err
    with Graph.open("kg-store") as graph:
        stored = len(graph.documents())
        assert 1 <= stored < 63
        assert len(graph.deals()) > 0
    monkeypatch.setattr(kg.extraction, "Extractor", KnowingExtractor)
    assert f"{63 - stored} new, 0 changed, {stored} as before" in run(capsys, "build", str(articles)).out
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_demo_leaves_its_results_and_says_where(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = run(capsys, "demo")
    assert (answer.status, answer.err) == (0, "")
    for name in ("articles", "store", "deals.ttl", "deals.html"):
        assert Path("kg-demo", name).exists()
        assert f"kg-demo/{name}: " in answer.out
    assert len(list(Path("kg-demo/articles").glob("*.*"))) > 20
    first = Path("kg-demo/deals.ttl").read_bytes()
    run(capsys, "demo")
    assert Path("kg-demo/deals.ttl").read_bytes() == first


def test_demo_in_a_folder_that_cannot_be_made(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("taken").write_text("x", encoding="utf-8")
    answer = run(capsys, "demo", "taken")
    assert answer.status == 2
    assert answer.err.count("\n") == 1
