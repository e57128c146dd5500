"""Building: what is new is extracted, what is held is not, what fails is told, and a kill leaves whole documents."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import built_and_killed
import pytest
from built_and_killed import InventedExtractor, told

import kg.documents
import kg.extraction
from kg.building import add_documents, build, extract, extract_documents
from kg.building import open as open_graph
from kg.errors import ModelError, SourceError
from kg.graph import Graph
from kg.model import Document, Extraction

DOCUMENTS = [told(number).extraction().document for number in range(12)]
BAD = SourceError("bad.txt", "is empty; leave it out")


class Counting(InventedExtractor):
    """Counts what it is asked to extract, and reads ahead as a batching pipeline does."""

    def __init__(self, model: str | None = None) -> None:
        self.sources: list[str] = []

    def extract_many(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        batch = list(documents)
        self.sources += [document.source for document in batch]
        yield from super().extract_many(batch)


def test_a_build_tells_what_it_did() -> None:
    graph, seen = Graph.open(), []
    report = add_documents(graph, [BAD, *DOCUMENTS], Counting(), lambda done, item: seen.append((done, item)))
    assert (report.new, report.replaced, report.unchanged) == (12, 0, 0)
    assert report.failures == [BAD]
    assert report is graph.report
    assert report.companies == len(graph.companies())
    assert list(report.facts) == ["Partnership", "BasedIn"]
    assert sum(report.facts["Partnership"].values()) == len(graph.deals())
    assert list(report.facts["Partnership"]) == ["rumoured", "announced"]
    assert report.words == sum(len(document.text.split()) for document in DOCUMENTS)
    assert report.seconds > 0
    assert [done for done, _ in seen] == list(range(1, 14))
    assert seen[0] == (1, BAD)


def test_building_again_extracts_nothing_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = Graph.open()
    add_documents(graph, DOCUMENTS, Counting())
    before, again = graph.store.dump(), Counting()

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the store was written to")

    monkeypatch.setattr(graph.store, "change", refuse)
    report = add_documents(graph, reversed(DOCUMENTS), again)
    assert again.sources == []
    assert (report.new, report.replaced, report.unchanged, report.words) == (0, 0, 12, 0)
    assert graph.store.dump() == before


def test_another_extractor_reads_everything_again() -> None:
    graph, newer = Graph.open(), Counting()
    add_documents(graph, DOCUMENTS[:3], Counting())
    newer.signature = "newer"
    assert add_documents(graph, DOCUMENTS[:3], newer).unchanged == 3
    assert len(newer.sources) == 3


def test_a_changed_text_replaces_the_one_before() -> None:
    graph = Graph.open()
    earlier = replace(DOCUMENTS[0], source="article 1", text="something else", origin=DOCUMENTS[1].origin)
    graph.add(Extraction(earlier, (), (), "by hand"))
    report = add_documents(graph, DOCUMENTS[1:2], Counting())
    assert (report.new, report.replaced) == (0, 1)
    assert [info.id for info in graph.documents()] == [DOCUMENTS[1].id]


def test_the_same_text_twice_is_one_document_with_two_origins() -> None:
    copy = replace(DOCUMENTS[0], origin="copy.txt")
    for order in ([DOCUMENTS[0], copy], [copy, DOCUMENTS[0]]):
        graph, extractor = Graph.open(), Counting()
        report = add_documents(graph, order, extractor)
        assert extractor.sources == [DOCUMENTS[0].source]
        assert (report.new, report.unchanged) == (1, 1)
        assert [info.origins for info in graph.documents()] == [tuple(sorted(("copy.txt", DOCUMENTS[0].origin)))]


def test_an_extraction_that_does_not_fit_counts_as_failure() -> None:
    class Lying(InventedExtractor):
        def extract_many(self, documents: Iterable[Document]) -> Iterator[Extraction]:
            for extraction in super().extract_many(documents):
                lies = extraction.document.source == "article 1"
                yield replace(extraction, entities=()) if lies else extraction

    graph = Graph.open()
    report = add_documents(graph, DOCUMENTS[:3], Lying())
    assert (report.new, [error.source for error in report.failures]) == (2, ["article 1"])
    assert [info.source for info in graph.documents()] == ["article 0", "article 2"]


def test_errors_keep_their_place_among_extractions() -> None:
    late = SourceError("late.txt", "is binary; leave it out")
    found = list(extract_documents([BAD, DOCUMENTS[0], late, DOCUMENTS[1], BAD], Counting()))
    assert found[0] is found[4] is BAD
    assert found[2] is late
    assert [item.document.source for item in found if isinstance(item, Extraction)] == ["article 0", "article 1"]
    assert list(extract_documents([BAD, late], Counting())) == [BAD, late]


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two sources; reading and extraction stand in for the real ones."""

    def read(sources: Iterable[str], *, published: str | None = None) -> Iterator[Document | SourceError]:
        for source in [sources] if isinstance(sources, (str, Path)) else sources:
            yield BAD if "bad" in str(source) else DOCUMENTS[int(str(source))]

    monkeypatch.setattr(kg.documents, "read", read)
    monkeypatch.setattr(kg.extraction, "Extractor", Counting, raising=False)
    return tmp_path


def test_build_in_memory(articles: Path) -> None:
    with build(["1", "bad", "2"]) as graph:
        assert graph.path is None
        assert len(graph.documents()) == 2
        assert graph.report is not None
        assert graph.report.failures == [BAD]


def test_build_in_a_folder(articles: Path) -> None:
    with build("1", articles / "store") as graph:
        assert not graph.store.writable
        assert graph.report is not None
        assert graph.report.new == 1
        again = build(["1", "2"], articles / "store")
    assert again.report is not None
    assert (again.report.new, again.report.unchanged) == (1, 1)
    again.close()
    with open_graph(articles / "store") as opened:
        assert opened.report is None
        assert len(opened.documents()) == 2


def test_build_into_a_graph(articles: Path) -> None:
    with Graph.open() as graph:
        assert build(["1"], graph) is graph
        assert len(graph.documents()) == 1


def test_a_build_that_breaks_off_leaves_a_store_that_opens(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(done: int, item: object) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(["1", "2", "3"], articles / "store", progress=break_off)
    with Graph.open(articles / "store") as graph:
        assert 2 <= len(graph.documents()) <= 3
        assert len(graph.deals()) == len(graph.documents())


def test_what_was_extracted_before_a_build_breaks_off_is_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    extracted, far_ahead = [], threading.Event()

    class Recording(InventedExtractor):
        def extract_many(self, documents: Iterable[Document]) -> Iterator[Extraction]:
            for extraction in super().extract_many(documents):
                extracted.append(extraction.document.source)
                if len(extracted) == 5:
                    far_ahead.set()
                yield extraction

    def interrupt(done: int, item: object) -> None:
        raise KeyboardInterrupt

    graph = Graph.open()
    add = graph.add
    monkeypatch.setattr(graph, "add", lambda extraction: far_ahead.wait(60) and add(extraction))
    with pytest.raises(KeyboardInterrupt):
        add_documents(graph, DOCUMENTS, Recording(), interrupt)
    assert len(extracted) >= 5
    assert {info.source for info in graph.documents()} == set(extracted)


def test_extract(articles: Path) -> None:
    found = list(extract(["1", "bad"]))
    assert isinstance(found[0], Extraction)
    assert found[1] is BAD


class FailingOnce(InventedExtractor):
    """Has no extraction for one of the documents."""

    def extract_many(self, documents: Iterable[Document]) -> Iterator[Extraction | SourceError]:
        for extraction in super().extract_many(documents):
            failed = extraction.document.source == "article 1"
            yield SourceError("article 1", "not extracted; try again") if failed else extraction


def test_a_document_that_is_not_extracted_counts_as_failure() -> None:
    graph, seen = Graph.open(), []
    report = add_documents(graph, DOCUMENTS[:3], FailingOnce(), lambda done, item: seen.append(done))
    assert (report.new, [error.source for error in report.failures]) == (2, ["article 1"])
    assert seen == [1, 2, 3]
    found = list(extract_documents([*DOCUMENTS[:3], BAD], FailingOnce()))
    assert [isinstance(item, Extraction) for item in found] == [True, False, True, False]


def test_an_extractor_of_ones_own(articles: Path) -> None:
    with build(["0", "1"], extractor=FailingOnce()) as graph:
        assert [info.source for info in graph.documents()] == ["article 0"]
    assert isinstance(next(extract(["0"], extractor=FailingOnce())), Extraction)
    with pytest.raises(ModelError, match="leave them out"):
        build(["0"], model="some", extractor=FailingOnce())


def test_options_reach_the_extractor(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = []

    class Optional(Counting):
        def __init__(self, model: str | None = None, **options: object) -> None:
            super().__init__(model)
            given.append((model, options))

    monkeypatch.setattr(kg.extraction, "Extractor", Optional)
    build(["0"], model="m", pipeline="fast", min_confidence=0.25)
    list(extract(["0"], min_confidence=0.0))
    assert given == [("m", {"pipeline": "fast", "min_confidence": 0.25}), (None, {"min_confidence": 0.0})]
    for confidence in (-0.1, 1.5, float("nan")):
        with pytest.raises(ModelError, match="a confidence lies between 0 and 1"):
            build(["0"], min_confidence=confidence)


def killed_after(lines: int, store: Path, count: int) -> None:
    """Run the build in another process and kill it with SIGKILL once it has printed so many lines."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    with subprocess.Popen(
        [sys.executable, built_and_killed.__file__, str(store), str(count)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        assert process.stdout is not None
        for _ in range(lines):
            assert process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL


def test_kill_9_leaves_whole_documents_and_the_next_run_completes(tmp_path: Path) -> None:
    count, store = 60, tmp_path / "store"
    expected, wholes = Graph.open(), {}
    add_documents(expected, (told(number).extraction().document for number in range(count)), InventedExtractor())
    wholes = {info.id: expected.extraction(info.id) for info in expected.documents()}
    held = 0
    for lines in (1, 20, 45):
        killed_after(lines, store, count)
        with Graph.open(store) as graph:
            found = graph.documents()
            assert lines <= len(found) < count
            assert held <= len(found)
            held = len(found)
            assert all(graph.extraction(info.id) == wholes[info.id] for info in found)
            partial = Graph.open()
            for info in found:
                partial.add(wholes[info.id])
            partial.consolidate()
            assert graph.store.dump() == partial.store.dump()
    built_and_killed.main(store, count)
    with Graph.open(store) as graph:
        assert graph.store.dump() == expected.store.dump()
