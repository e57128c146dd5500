"""The example articles read well: each has a date, a title and a publisher, and none is taken from the evaluation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg import examples
from kg.documents import read
from kg.model import Document

PATHS = examples.paths()


def article(path: Path) -> Document:
    """Read one example; fails when it cannot be read."""
    (found,) = read([str(path)])
    assert isinstance(found, Document)
    return found


def test_there_are_text_markdown_and_html_in_order() -> None:
    assert {path.suffix for path in PATHS} == {".txt", ".md", ".html"}
    assert sorted(PATHS) == PATHS


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_an_article_knows_what_it_is(path: Path) -> None:
    document = article(path)
    assert document.title
    assert document.title in document.text
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", document.published or "")
    assert document.publisher == "kg examples"
    assert document.source == f"examples: {path.stem}"
    assert 100 <= len(document.text.split()) <= 300


def test_the_page_loses_its_furniture() -> None:
    text = article(examples.folder() / "sony-honda.html").text
    assert "50-50 joint venture" in text
    for furniture in ("Log in", "newsletter", "Rocket maker", "Terms of use", "Image:"):
        assert furniture not in text


def test_no_article_is_from_the_evaluation(shared: Path) -> None:
    def runs(text: str, length: int = 8) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.lower())
        return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}

    theirs: set[tuple[str, ...]] = set()
    for path in [*sorted(shared.glob("eval/*/*.txt")), *sorted(shared.glob("articles/*.txt"))]:
        theirs |= runs(path.read_text(encoding="utf-8"))
    for path in PATHS:
        assert not runs(article(path).text) & theirs, path.name
