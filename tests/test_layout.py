"""Layout: prose is told from titles, headings and furniture, every character keeps its place."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.furniture import is_furniture
from kg.layout import BlockKind, blocks, heading_date, heading_title

PROSE = "Northwind agreed on Thursday to buy Tailspin for $2.4 billion, the companies said."
MORE = "The deal is expected to close in the fourth quarter, a spokesman added."


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, text[block.start : block.end]) for block in blocks(text)]


def kind_of(line: str, text: str) -> BlockKind:
    return next(block.kind for block in blocks(text) if text[block.start : block.end] == line)


@pytest.mark.parametrize(
    "line",
    [
        "Skip to content",
        "  2. Skip to main menu",
        "Home › Business › Companies",
        "March 12, 2015",
        "12 March 2015",
        "Published: 12 Mar 2015 10:03 GMT",
        "Thursday, March 12th, 2015 9:15 a.m. EST",
        "2015-03-12",
        "Updated 12 March 2015 | 3 min read",
        "https://news.example/a/1",
        "Link: https://news.example/a/1",
        "reporter@news.example",
        "Image: picture-alliance/dpa",
        "Photo by Jane Roe",
        "Photo credit: Jane Roe/AP",
        "© 2015 The Daily Ledger",
        "Jane Roe | Getty Images",
        "Jane Roe via AP",
        "Pool photo by Jane Roe",
        "Copyright (c) 2023 The Daily Ledger, Inc.",
        "A worker at the plant in Ohio, May 4, 2016. REUTERS/Jane Roe/File Photo",
        "The chief executive on stage. (Photo: Jane Roe, AP)",
        "pad/uhe (AFP, dpa, Reuters)",
        "(AFP, Reuters)",
        "Reuters",
        "By Jane Roe and John A. Doe",
        "SOURCE Northwind Traders, Inc.",
        "(Reporting by Jane Roe in Tokyo; Editing by John Doe)",
        "(Writing by Jane Roe, editing by John Doe)",
        "(With inputs from agencies)",
        "(Corrects name of the bank in paragraph four)",
        "($1 = 0.9233 euros)",
        "Related articles",
        "READ MORE: Tailspin names a new chief",
        "Most read in Business",
        "Share on Facebook",
        "Facebook Twitter LinkedIn Email",
        "Tweet this",
        "12 comments",
        "Sign up for our daily newsletter",
        "Advertisement",
        "Continue reading the main story",
        "We use cookies to improve your experience.",
        "By clicking accept you agree to our use of cookies.",
        "All rights reserved.",
        "Privacy policy",
        "* * *",
        "........................................",
        '<a href="https://news.example/doc.pdf">document</a>',
    ],
)
def test_furniture_lines(line: str) -> None:
    text = f"Northwind to buy Tailspin\n\n{PROSE}\n\n{line}\n\n{MORE}\n"
    assert kind_of(line.strip(), text) is BlockKind.FURNITURE


@pytest.mark.parametrize(
    "line",
    [
        "Reuters and AFP are in talks to merge their picture desks.",
        "By 2020 Northwind wants to own half of Tailspin.",
        "Image recognition is what Northwind bought Tailspin for.",
        "Photo sharing made Tailspin rich.",
        "Twitter bought a start-up in London.",
        "Share prices fell 3 percent after the bid.",
        "Published reports said Northwind was in talks with Tailspin.",
        "March was the best month that Northwind has had.",
        "On March 12, 2015 Northwind bought Tailspin.",
        "More than half of Tailspin belongs to Northwind.",
        "Source code is all that Tailspin sells.",
        "Cookies are what Tailspin Bakery is known for.",
        "(Northwind owns 40 percent of Tailspin.)",
        "Subscribers of Northwind pay $5 a month.",
        "Read the statement by Northwind carefully: it denies the talks.",
        "Video: the new business that Northwind entered by buying Tailspin last year, is growing fast.",
        "Dpa Holding bought Tailspin.",
        "Legal action: Northwind is being sued in Britain and the US by Norway-based Tailspin",
        "Northwind declined to comment",
        "- Northwind sells 40 percent of Tailspin",
        "Copyright infringement was alleged by Northwind in its suit against Tailspin.",
        "Jane Roe, Senior Investment Analyst, Northwind",
        "Net 55,513,000 vs 48,741,000",
    ],
)
def test_prose_is_never_furniture(line: str) -> None:
    text = f"Northwind to buy Tailspin\n\n{PROSE}\n\n{line}\n\n{MORE}\n"
    assert kind_of(line, text) is BlockKind.BODY


@pytest.mark.parametrize(
    "line",
    [
        "Driverless cars",
        "GOING IT ALONE",
        "Northwind eyes Tailspin",
        "1. Closing the deal",
        "What happened",
        "Food fight",
    ],
)
def test_headings(line: str) -> None:
    text = f"Northwind to buy Tailspin\n\n{PROSE}\n\n{line}\n\n{MORE}\n"
    assert kind_of(line, text) is BlockKind.HEADING


def test_article_saved_from_a_page() -> None:
    text = (
        "  1. Skip to content\n  2. Skip to main menu\n\nNorthwind eyes toys\n\nMarch 12, 2015\n\n"
        f"{PROSE}\n\nhttps://n.example/1EpB9\nNorthwind Börsengang\nImage: agency/Roe\n\n{MORE}\n\n"
        f"Toy cars\n\n{MORE}\n\nab/cde (AFP, dpa)"
    )
    assert kinds(text) == [
        ("furniture", "1. Skip to content"),
        ("furniture", "2. Skip to main menu"),
        ("title", "Northwind eyes toys"),
        ("furniture", "March 12, 2015"),
        ("body", PROSE),
        ("furniture", "https://n.example/1EpB9"),
        ("furniture", "Northwind Börsengang"),
        ("furniture", "Image: agency/Roe"),
        ("body", MORE),
        ("heading", "Toy cars"),
        ("body", MORE),
        ("furniture", "ab/cde (AFP, dpa)"),
    ]


def test_the_real_article(shared: Path) -> None:
    text = (shared / "articles" / "alibaba-eyes-smart-cars.txt").read_bytes().decode()
    by_kind: dict[str, list[str]] = {}
    for kind, words in kinds(text):
        by_kind.setdefault(kind, []).append(words)
    assert len(by_kind["title"]) == 1
    assert by_kind["heading"] == ["Driverless cars", "Alibaba eyes Snapchat"]
    assert len(by_kind["furniture"]) == 8
    assert all(words.endswith(".") for words in by_kind["body"])
    assert heading_title(text) == by_kind["title"][0]
    assert heading_date(text) == "2015-03-12"


def test_hard_wrapped_paragraph_is_one_block() -> None:
    text = (
        "Northwind to buy Tailspin\n\n"
        "Northwind Traders agreed on Thursday to buy the toy maker Tailspin\n"
        "Toys for $2.4 billion in cash, the companies said in a statement on\n"
        "Thursday. The deal needs approval.\n\nIt may take a year to close.\n"
    )
    assert [kind for kind, _ in kinds(text)] == ["title", "body", "body"]


def test_a_sentence_a_line_is_a_block_a_line() -> None:
    text = f"{PROSE * 3}\n{MORE}\nWhat happened\n{PROSE}\n"
    assert [kind for kind, _ in kinds(text)] == ["body", "body", "heading", "body"]


def test_menu_before_the_article() -> None:
    text = f"News\nMarkets\nCompanies\nTechnology\n\nNorthwind to buy Tailspin\n\n{PROSE}\n\n{MORE}\n"
    assert [kind for kind, _ in kinds(text)] == ["furniture"] * 4 + ["title", "body", "body"]


def test_teasers_after_their_heading() -> None:
    text = f"{PROSE}\n\n{MORE}\n\nAlso read:\n\nTailspin names a new chief\n\nContoso floats in London\n"
    assert [kind for kind, _ in kinds(text)] == ["body", "body", "furniture", "furniture", "furniture"]


@pytest.mark.parametrize("text", ["Northwind buys Tailspin", "Northwind buys Tailspin\n\nMarch 12, 2015\n"])
def test_words_alone_are_prose(text: str) -> None:
    assert kinds(text)[0] == ("body", "Northwind buys Tailspin")
    assert heading_title(text) is None


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("March 12, 2015", "2015-03-12"),
        ("12 March 2015", "2015-03-12"),
        ("Published on Thu, 12 Mar 2015 10:03 GMT", "2015-03-12"),
        ("2015-03-12T10:03:00Z", "2015-03-12"),
        ("12.03.2015", "2015-03-12"),
        ("13/03/2015", "2015-03-13"),
        ("03/13/2015", "2015-03-13"),
        ("03/12/2015", None),
        ("February 30, 2015", None),
        ("Updated March 14, 2015\n\nMarch 12, 2015", "2015-03-12"),
        ("Updated March 14, 2015", "2015-03-14"),
        ("RALEIGH, N.C., June 15, 2023 /PRNewswire/ -- Northwind said it bought Tailspin.", "2023-06-15"),
        ("LONDON, March 3, 2003 - Northwind said it bought Tailspin.", "2003-03-03"),
        ("Some Research, building equipment, 14 March 2017", "2017-03-14"),
        ("Northwind was founded on March 12, 2015.", None),
        ("Shares rose 3.12 percent to 20.15", None),
    ],
)
def test_heading_date(head: str, expected: str | None) -> None:
    assert heading_date(f"Northwind to buy Tailspin\n\n{head}\n\n{PROSE}\n") == expected


def test_a_date_far_below_is_no_heading_date() -> None:
    assert heading_date(f"{PROSE}\n\n" * 20 + "March 12, 2015\n") is None


@given(st.text(st.sampled_from("aA1 .\n\r\t:(/’é\u2028") | st.characters(), max_size=300))
def test_blocks_cover_the_text_in_order(text: str) -> None:
    found = blocks(text)
    assert all(0 <= block.start < block.end <= len(text) for block in found)
    assert all(former.end <= latter.start for former, latter in pairwise(found))
    inside = "".join(text[block.start : block.end] for block in found)
    assert "".join(inside.split()) == "".join(text.split())
    assert all(text[block.start : block.end] == text[block.start : block.end].strip() for block in found)
    heading_date(text)
    heading_title(text)


@pytest.mark.parametrize(
    "unit", [f"{PROSE}\n\n", "Share | ", "Image: a\n", "(Reporting by A ", "\n", "Aa\nBb\n", "x" * 50]
)
def test_work_grows_with_the_text_only(unit: str) -> None:
    small, large = (_calls(unit * times) for times in (200, 400))
    assert large <= 2.2 * small + 50


def _calls(text: str) -> int:
    """Count the function calls, those into C included, that the text costs."""
    count = 0

    def seen(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        blocks(text)
    finally:
        sys.setprofile(before)
    return count


def test_long_lines_are_never_furniture() -> None:
    assert not is_furniture("https://news.example/" + "a" * 1000)
