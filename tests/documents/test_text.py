"""Plain text: offsets fit the user's own file, metadata comes from beside it or from its head."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from kg.documents import from_text, read
from kg.errors import KgError, SourceError
from kg.model import Document

ARTICLE = (
    "Northwind to buy Tailspin\n\nMarch 12, 2015\n\nNorthwind agreed on Thursday to buy Tailspin for $2.4 billion.\n"
)


def one(source: str | Path, **options: str) -> Document:
    (document,) = read([source], published=options.get("published"))
    assert isinstance(document, Document), document
    return document


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (ARTICLE.encode(), ARTICLE),
        (b"\xef\xbb\xbf" + ARTICLE.encode(), ARTICLE),
        (b"\xff\xfe" + ARTICLE.encode("utf-16-le"), ARTICLE),
        (b"\xfe\xff" + ARTICLE.encode("utf-16-be"), ARTICLE),
        (ARTICLE.replace("\n", "\r\n").encode(), ARTICLE.replace("\n", "\r\n")),
        (
            b"  \n\n Tailspin\xe2\x80\x99s caf\xc3\xa9 \xf0\x9f\x9a\x97 is sold.  \n",
            "  \n\n Tailspin’s café 🚗 is sold.  \n",
        ),
        (b"One line\x0bof text, \x1b[1m bold.", "One line\x0bof text, \x1b[1m bold."),
    ],
)
def test_text_is_exactly_as_written(tmp_path: Path, data: bytes, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert one(path).text == text


def test_metadata_from_the_head_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE)
    document = one(path)
    assert (document.title, document.published) == ("Northwind to buy Tailspin", "2015-03-12")
    assert document.source == document.origin == path.as_posix()
    assert document.url is None


def test_given_date_goes_before_all_others(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE)
    path.with_suffix(".json").write_text('{"published": "2015-03-13"}')
    assert one(path, published="2015-03").published == "2015-03"
    assert one(path).published == "2015-03-13"


@pytest.mark.parametrize(
    "published", ["12 March 2015", "2015-13", "2015-02-30", "15", "", "2015-03-12T10:00:00", "2015-3-1"]
)
def test_given_date_must_be_iso(published: str) -> None:
    with pytest.raises(KgError, match="write 2015, 2015-03 or 2015-03-12"):
        read(["a.txt"], published=published)
    with pytest.raises(KgError, match="write 2015, 2015-03 or 2015-03-12"):
        from_text(ARTICLE, published=published)


def test_text_at_hand() -> None:
    document = from_text(ARTICLE)
    assert document.text == ARTICLE
    assert (document.title, document.published) == ("Northwind to buy Tailspin", "2015-03-12")
    assert document.source == document.origin != from_text(ARTICLE + " ").origin
    named = from_text(ARTICLE, source="wire/1", origin="mail", title="T", published="2014", url="u", author="A")
    assert (named.source, named.origin, named.title, named.published) == ("wire/1", "mail", "T", "2014")
    assert (named.url, named.author) == ("u", "A")


@pytest.mark.parametrize("text", ["", " \n", "...", "a\0b", "\ud800 word"])
def test_text_at_hand_is_checked(text: str) -> None:
    with pytest.raises(SourceError):
        from_text(text)


def test_standard_input_is_named_by_its_hash() -> None:
    first, second = (list(read(["-", "-"], stdin=io.BytesIO(data))) for data in (ARTICLE.encode(), b"Other words."))
    assert len(first) == len(second) == 1
    assert isinstance(first[0], Document)
    assert isinstance(second[0], Document)
    assert first[0].source == first[0].origin
    assert first[0].origin.startswith("stdin:")
    assert len(first[0].origin) == len("stdin:") + 12
    assert first[0].origin != second[0].origin
    assert first[0].text == ARTICLE


def test_standard_input_may_be_html() -> None:
    page = b"<html><body><p>Northwind agreed on Thursday to buy Tailspin.</p></body></html>"
    (document,) = read("-", stdin=io.BytesIO(page))
    assert isinstance(document, Document)
    assert document.text == "Northwind agreed on Thursday to buy Tailspin."


def test_empty_standard_input() -> None:
    (error,) = read("-", stdin=io.BytesIO(b""))
    assert isinstance(error, SourceError)
    assert str(error).startswith("standard input: is empty")
