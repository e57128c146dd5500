"""Files, folders and globs: what is read, in which order, under which name."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.documents import Target, expand, read
from kg.errors import SourceError
from kg.model import Document

FILES = (
    "b.txt",
    "a.md",
    "c.html",
    "a.json",
    "b.json",
    "notes.csv",
    "z.TXT",
    ".hidden.txt",
    "sub/d.text",
    "sub/deep/e.markdown",
    "sub/deep/f.htm",
    ".git/g.txt",
    "wire/1.news",
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in FILES:
        path = tmp_path / "news" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}" if path.suffix == ".json" else "<html><body><p>Northwind bought Tailspin on Friday.</p>")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(*sources: str) -> list[str]:
    return [target.origin if isinstance(target, Target) else f"! {target}" for target in expand(sources)]


EVERYTHING = [
    "news/a.md",
    "news/b.txt",
    "news/c.html",
    "news/sub/d.text",
    "news/sub/deep/e.markdown",
    "news/sub/deep/f.htm",
    "news/z.TXT",
]


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (["news"], EVERYTHING),
        (["./news/"], EVERYTHING),
        (["news/*.txt"], ["news/b.txt"]),
        (["news/*.[tT]*"], ["news/b.txt", "news/z.TXT"]),
        (["news/**/*.htm*"], ["news/c.html", "news/sub/deep/f.htm"]),
        (["news/**"], [*EVERYTHING[:3], *EVERYTHING[3:]]),
        (["news/wire/*"], ["news/wire/1.news"]),
        (["news/wire/1.news"], ["news/wire/1.news"]),
        (["news/notes.csv"], ["news/notes.csv"]),
        (["news/b.txt", "./news/b.txt", "news/*.txt"], ["news/b.txt"]),
        (["news/b.json", "news/b.txt"], ["news/b.txt"]),
        (["news/b.json"], ["news/b.json"]),
        (["https://news.example/a?b=[c]*", "-"], ["https://news.example/a?b=[c]*", "-"]),
    ],
)
def test_expand(folder: Path, sources: list[str], expected: list[str]) -> None:
    found = names(*sources)
    assert sorted(found) == sorted(expected)
    assert len(sources) > 1 or "**" in sources[0] or found == expected


def test_order_is_that_of_the_sources(folder: Path) -> None:
    assert names("news/c.html", "news/a.md", "news/b.txt") == ["news/c.html", "news/a.md", "news/b.txt"]
    assert names("news") == names("news")


@pytest.mark.parametrize("source", ["news/wire", "news/*.pdf", "news/x/**/*.txt", "gopher://a/b", "file:///a.txt"])
def test_nothing_to_read(folder: Path, source: str) -> None:
    (error,) = expand([source])
    assert isinstance(error, SourceError)
    assert str(error).startswith(source)


def test_a_file_whose_name_is_a_pattern(folder: Path) -> None:
    Path("news/[1].txt").write_text("Northwind bought Tailspin.")
    assert names("news/[1].txt") == ["news/[1].txt"]


def test_unknown_suffix_is_read_by_its_content(folder: Path) -> None:
    Path("plain").write_text("Northwind bought Tailspin.")
    results = list(read(["news/wire/1.news", "plain"]))
    assert all(isinstance(result, Document) for result in results)
    texts = [result.text for result in results if isinstance(result, Document)]
    assert texts == ["Northwind bought Tailspin on Friday.", "Northwind bought Tailspin."]


def test_one_source_needs_no_list(folder: Path) -> None:
    assert len(list(read("news/b.txt"))) == len(list(read(Path("news/b.txt")))) == 1


def test_linked_folders_make_no_loop(folder: Path) -> None:
    Path("news/loop").symlink_to("..", target_is_directory=True)
    assert names("news") == EVERYTHING


def test_nothing_given() -> None:
    assert list(read([])) == []
