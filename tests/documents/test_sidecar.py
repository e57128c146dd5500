"""Metadata beside a document: any of five keys, and clear words about a file that gives them wrongly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.documents import read
from kg.errors import SourceError
from kg.model import Document

WORDS = "Northwind agreed on Thursday to buy Tailspin.\n"
ALL = {
    "published": "2015-03-12",
    "title": "A deal",
    "source": "wire/1",
    "url": "https://news.example/1",
    "publisher": "The Wire",
    "facts": [{"type": "Acquisition"}],
    "entities": 3,
}


@pytest.mark.parametrize("name", ["a.txt", "a.text", "a.md", "a.html", "a.news"])
def test_all_keys(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(f"<html><body><p>{WORDS}</p></body></html>" if name == "a.html" else WORDS)
    path.with_suffix(".json").write_text(json.dumps(ALL))
    (document,) = read([path])
    assert isinstance(document, Document)
    found = (document.published, document.title, document.source, document.url, document.publisher)
    assert found == ("2015-03-12", "A deal", "wire/1", "https://news.example/1", "The Wire")
    assert document.origin == path.as_posix()


@pytest.mark.parametrize(
    ("data", "published", "source"),
    [
        ({}, None, None),
        ({"published": None, "title": "", "source": " "}, None, None),
        ({"published": "2015"}, "2015", None),
        ({"published": "2015-03"}, "2015-03", None),
        ({"published": "2015-03-12T08:15:00Z"}, "2015-03-12", None),
        ({"published": "2015-03-12 08:15"}, "2015-03-12", None),
        ({"url": "https://news.example/1"}, None, "https://news.example/1"),
        ({"url": "https://news.example/1", "source": "wire/1"}, None, "wire/1"),
        ({"document": {"title": "an extraction of ours"}}, None, None),
    ],
)
def test_some_keys(tmp_path: Path, data: dict[str, object], published: str | None, source: str | None) -> None:
    path = tmp_path / "a.txt"
    path.write_text(WORDS)
    path.with_suffix(".json").write_text(json.dumps(data))
    (document,) = read([path])
    assert isinstance(document, Document)
    assert document.published == published
    assert document.source == (source or path.as_posix())


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ("{", "is not valid JSON"),
        ("", "is not valid JSON"),
        ("\xff", "is not valid JSON"),
        ("[" * 100_000, "is not valid JSON"),
        ("[]", "is JSON but not an object"),
        ('{"title": 3}', "gives title as int; write it as a string"),
        ('{"url": ["a"]}', "gives url as list"),
        ('{"published": 2015}', "gives published as int"),
        ('{"published": "12 March 2015"}', "says published '12 March 2015'; write 2015"),
        ('{"published": "2015-02-30"}', "says published"),
        ('{"title": "\\ud800"}', "not Unicode"),
    ],
)
def test_wrong_sidecars_say_so(tmp_path: Path, data: str, problem: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(WORDS)
    path.with_suffix(".json").write_bytes(data.encode("latin-1"))
    (error,) = read([path])
    assert isinstance(error, SourceError)
    assert str(error).startswith(f"{path.with_suffix('.json').as_posix()}: ")
    with pytest.raises(SourceError, match=problem):
        raise error
