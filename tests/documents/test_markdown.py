"""Markdown: the words as a reader sees them, and metadata from the front matter."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.documents import read
from kg.model import Document


def document(folder: Path, markup: str) -> Document:
    path = folder / "a.md"
    path.write_text(markup, newline="")
    (result,) = read([path])
    assert isinstance(result, Document), result
    return result


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("# Deal\n\nNorthwind *bought* **Tailspin**.", "Deal\n\nNorthwind bought Tailspin."),
        ("Deal\n====\n\nNorthwind\nbought Tailspin.", "Deal\n\nNorthwind bought Tailspin."),
        ("[Northwind](https://n.example) bought <https://t.example>.", "Northwind bought https://t.example."),
        ("![plant](p.png)\n\nNorthwind bought `Tailspin`.", "Northwind bought Tailspin."),
        ("Words.\n\n```\ncode\n```\n\n    more code\n\nMore.", "Words.\n\nMore."),
        ("- Northwind\n- Tailspin\n  - Contoso\n", "Northwind\n\nTailspin\n\nContoso"),
        ("> Northwind said so.", "Northwind said so."),
        ("| A | B |\n| - | - |\n| 1 | *x* |\n", "A | B\n\n1 | x"),
        ("AT&amp;T  and\\* more\\\nlines", "AT&T and* more lines"),
        ("Words <b>bold</b>.\n\n<div>raw</div>\n\nMore.", "Words bold.\n\nMore."),
        ("One.\r\n\r\nTwo.\r\n", "One.\n\nTwo."),
        ("---\n\nWords after a rule.", "Words after a rule."),
    ],
)
def test_words(tmp_path: Path, markup: str, text: str) -> None:
    assert document(tmp_path, markup).text == text


def test_front_matter(tmp_path: Path) -> None:
    found = document(
        tmp_path,
        "---\ntitle: \"A deal: big\"\ndate: 2015-03-12 10:00:00 +0000\nurl: https://n.example/1\nauthor: 'Jane Roe'\n"
        "tags:\n  - deals\npublisher: The Wire\n---\nNorthwind bought Tailspin.\n",
    )
    assert (found.title, found.published, found.author) == ("A deal: big", "2015-03-12", "Jane Roe")
    assert (found.url, found.source, found.publisher) == ("https://n.example/1", "https://n.example/1", "The Wire")
    assert found.text == "Northwind bought Tailspin."


def test_only_web_addresses_are_urls(tmp_path: Path) -> None:
    assert document(tmp_path, "---\nurl: javascript:alert(1)\n---\nNorthwind bought Tailspin.\n").url is None


def test_title_from_the_first_heading(tmp_path: Path) -> None:
    assert document(tmp_path, "# *Big* deal\n\nNorthwind bought Tailspin.").title == "Big deal"
    assert document(tmp_path, "---\ndate: next week\n---\n\nNorthwind bought Tailspin.\n\n## Why\n\nSo.").title is None
