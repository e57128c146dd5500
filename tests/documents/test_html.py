"""Web pages: the article's own words and metadata, nothing of the page around them."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from kg.documents import read
from kg.errors import SourceError
from kg.layout import BlockKind, blocks
from kg.model import Document

LEAD = "Northwind Traders agreed on Thursday to buy Tailspin Toys for $2.4 billion in cash, the companies said."
SECOND = "The deal, which needs approval from regulators, is expected to close in the fourth quarter of the year."
THIRD = "Contoso Ltd, a rival of Northwind, had also held talks with Tailspin, people familiar with the matter said."

JSON_LD = """<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Northwind agrees to buy Tailspin", "datePublished": "2021-06-03T08:15:00Z",
"dateModified": "2021-06-05T08:15:00Z", "author": {"@type": "Person", "name": "Jane Roe"},
"publisher": {"@type": "Organization", "name": "The Daily Ledger"}}</script>"""

NEWS_PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Northwind agrees to buy Tailspin - The Daily Ledger</title>
<link rel="canonical" href="https://ledger.example/business/northwind-tailspin">
<meta property="og:site_name" content="The Daily Ledger"><meta name="author" content="Jane Roe">{JSON_LD}</head><body>
<div class="cookie-banner"><p>We use cookies to improve your experience. By clicking accept you agree.</p></div>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/m">Markets</a></li></ul></nav></header>
<main><article><h1>Northwind agrees to buy Tailspin</h1>
<time datetime="2021-06-03T08:15:00Z">June 3, 2021</time>
<figure><img src="a.jpg" alt="Plant"><figcaption>The Adatum plant in Ohio. Image: Agency/Roe</figcaption></figure>
<p>Northwind Traders agreed on Thursday to buy <a href="/t">Tailspin Toys</a> for $2.4 billion in cash, the
companies&nbsp;said.</p><p>{SECOND}</p><h2>Rivals circle</h2><p>{THIRD}</p>
<aside class="related"><h3>Related articles</h3><ul><li><a href="/x">Fabrikam sues Litware</a></li></ul></aside>
<ul><li>Northwind will pay $31 a share.</li></ul>
<table><tr><th>Company</th><th>Sales</th></tr><tr><td>Northwind</td><td>$9bn</td></tr></table>
</article></main><section class="teasers"><h2>More news</h2><a href="/z">Wingtip to float in London</a></section>
<footer><p>© 2021 The Daily Ledger. All rights reserved.</p></footer></body></html>"""

OLD_PAGE = f"""<HTML><HEAD><TITLE>Northwind sells unit</TITLE></HEAD><BODY BGCOLOR="#FFFFFF"><TABLE WIDTH="100%">
<TR><TD WIDTH="120"><A HREF="/">Home</A><BR><A HREF="/n">News</A><BR><A HREF="/a">Archive</A></TD>
<TD><FONT SIZE="5"><B>Northwind sells unit</B></FONT><BR><BR><P>LONDON, March 3, 2003 - {LEAD}
<P>{SECOND}</P><P>{THIRD}</P></TD></TR></TABLE></BODY></HTML>"""

DIV_PAGE = f"""<html><head><title>Northwind in the news</title><meta property="article:published_time"
content="2019-11-02T10:00:00+01:00"></head><body><div id="menu"><a href="/">Start</a> <a href="/b">Business</a></div>
<div id="content"><div class="text">{LEAD}<br><br>{SECOND}<br><br>{THIRD}</div></div></body></html>"""


def document(folder: Path, page: str | bytes) -> Document:
    path = folder / "page.html"
    path.write_bytes(page if isinstance(page, bytes) else page.encode())
    (result,) = read([path])
    assert isinstance(result, Document), result
    return result


def test_news_page(tmp_path: Path) -> None:
    found = document(tmp_path, NEWS_PAGE)
    assert found.text.split("\n\n") == [
        "Northwind agrees to buy Tailspin",
        LEAD,
        SECOND,
        "Rivals circle",
        THIRD,
        "Northwind will pay $31 a share.",
        "Company | Sales",
        "Northwind | $9bn",
    ]
    assert (found.title, found.published) == ("Northwind agrees to buy Tailspin", "2021-06-03")
    assert (found.publisher, found.author) == ("The Daily Ledger", "Jane Roe")
    assert found.url == found.source == "https://ledger.example/business/northwind-tailspin"
    assert found.origin == (tmp_path / "page.html").as_posix()


def test_blocks_of_a_page(tmp_path: Path) -> None:
    text = document(tmp_path, NEWS_PAGE).text
    found = [block.kind for block in blocks(text)][:5]
    assert found == [BlockKind.TITLE, BlockKind.BODY, BlockKind.BODY, BlockKind.HEADING, BlockKind.BODY]


def test_old_page_laid_out_by_a_table(tmp_path: Path) -> None:
    found = document(tmp_path, OLD_PAGE)
    assert found.text.split("\n\n") == ["Northwind sells unit", f"LONDON, March 3, 2003 - {LEAD}", SECOND, THIRD]
    assert (found.title, found.published) == ("Northwind sells unit", "2003-03-03")
    assert found.url is None


def test_headline_opens_a_text_that_lacks_it(tmp_path: Path) -> None:
    found = document(tmp_path, DIV_PAGE)
    assert found.text.startswith(f"Northwind in the news\n\n{LEAD}")
    assert found.text.count("Northwind in the news") == 1
    assert found.published == "2019-11-02"
    assert THIRD in found.text


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            "<html><head><meta charset='windows-1252'></head><body><p>Café Müller – sold to Tailspin.</p>",
            "Café Müller –",
        ),
        ("<html><head><meta charset='iso-8859-1'></head><body><p>Café “Müller” sold to Tailspin.</p>", "Café “Müller”"),
        ("<html><body><p>Café Müller – sold to Tailspin for €3 million.</p>", "Café Müller –"),
    ],
)
def test_declared_and_undeclared_encodings(tmp_path: Path, page: str, expected: str) -> None:
    assert document(tmp_path, page.encode("cp1252")).text.startswith(expected)


def test_utf8_is_read_without_any_declaration(tmp_path: Path) -> None:
    page = "<?xml version='1.0'?><html><body><p>Café Müller – sold to Tailspin for €3 million.</p></body></html>"
    assert document(tmp_path, page).text == "Café Müller – sold to Tailspin for €3 million."


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<nav><a href='/'>Home</a><a href='/b'>Business</a></nav><form><input name='q'><button>Go</button></form>",
        "<ul><li><a href='/1'>Fabrikam sues Litware over patents</a></li><li><a href='/2'>Wingtip floats</a></li></ul>",
        "<footer>© 2020 The Daily Ledger. All rights reserved.</footer>",
        "<p>We use cookies to improve your experience on this site.</p>",
        "<script>document.write('Northwind bought Tailspin on Friday.')</script>",
    ],
)
def test_no_article(tmp_path: Path, body: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<!DOCTYPE html><html><head><title>The Daily Ledger</title></head><body>{body}</body></html>")
    (error,) = read([path])
    assert isinstance(error, SourceError)
    assert "no article text found" in str(error)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "/a/b", "https://a b/", 'https://a/"onclick='])
def test_only_web_addresses_are_canonical(tmp_path: Path, address: str) -> None:
    page = f"<html><head><link rel='canonical' href='{address}'></head><body><p>{LEAD}</p></body></html>"
    found = document(tmp_path, page)
    assert found.url is None
    assert found.source == found.origin


def test_deep_nesting_is_survived(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html><body>" + "<div>" * 5000 + f"<p>{LEAD}</p>" + "</div>" * 5000)
    assert isinstance(next(read([path])), Document | SourceError)


def test_libraries_keep_quiet(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html><body></body></html>")
    handlers, logging.root.handlers = logging.root.handlers, []
    try:
        list(read([path]))
    finally:
        logging.root.handlers = handlers
    assert capfd.readouterr() == ("", "")
