"""A store of the sample articles, so that most tests need no model."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import KnowingExtractor
from samples import sample_extractions

import kg.extraction
from kg.graph import Graph


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the sample articles as text files, in the current folder; extraction is known by heart."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(kg.extraction, "Extractor", KnowingExtractor, raising=False)
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, extraction in zip(("ferries", "launch", "court"), sample_extractions(), strict=True):
        (folder / f"{name}.txt").write_text(extraction.document.text, encoding="utf-8")
    return Path("articles")


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store of the sample articles; tests only read it."""
    folder = tmp_path_factory.mktemp("cli") / "store"
    with Graph.open(folder, create=True) as graph:
        for extraction in sample_extractions():
            graph.add(extraction)
    return str(folder)
