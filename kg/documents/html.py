"""HTML → content: the article's own words and metadata, by trafilatura, without menus, captions and teasers.

Blocks are separated by blank lines. The headline opens the text, where readers and extraction expect it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from kg.documents.checks import MOST_MARKUP, check_bytes
from kg.documents.content import Content, web_address
from kg.documents.dates import iso_date
from kg.documents.decoding import decode_markup
from kg.errors import SourceError
from kg.furniture import is_furniture

_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_SNIFFED = 2_048
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_SPACES = re.compile(r"\s+")
_LETTERS = re.compile(r"\W+")
_BLOCK_TAGS = frozenset({"p", "head", "item", "quote", "row", "list", "table", "cell", "div"})
_LEFT_OUT = frozenset({"graphic", "code"})
_LEAST_WORDS = 5
_TITLE_WITHIN = 15
# A fixed bound instead of today, and no guessing from the page's words: the same page gives the same date for ever.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2999-12-31"}


def looks_like_html(data: bytes) -> bool:
    """Whether the data begins as a web page does."""
    return _TAG.search(data, 0, _SNIFFED) is not None


def read_html(data: bytes, source: str, charset: str | None = None) -> Content:
    """Return a page's article; raises ``SourceError`` when it is empty, huge, binary or undecodable or holds none.

    ``charset`` is the encoding that the HTTP header names, if any.
    """
    check_bytes(data, source, MOST_MARKUP)
    markup = _DECLARATION.sub("", decode_markup(data, source, charset), count=1)
    page = _extract(markup)
    paragraphs = list(_paragraphs(page.body)) if page is not None and page.body is not None else []
    if page is None or not _holds_article(paragraphs):
        raise SourceError(source, "no article text found in the page; save the article itself, or give its text")
    title = _clean(page.title)
    return Content(
        text="\n\n".join(_titled(title, paragraphs)),
        title=title,
        published=iso_date(page.date or ""),
        url=web_address(page.url),
        publisher=_clean(page.sitename),
        author=_clean(page.author),
    )


def _extract(markup: str) -> Any:
    """Return trafilatura's document, or ``None`` when it finds nothing or fails on the markup."""
    from trafilatura import bare_extraction  # slow to load, and only pages need it

    for library in ("trafilatura", "htmldate", "courlan", "justext"):
        logger = logging.getLogger(library)
        if not logger.handlers:  # without a handler Python prints a library's complaints to the terminal
            logger.addHandler(logging.NullHandler())
    try:
        return bare_extraction(markup, with_metadata=True, include_comments=False, date_extraction_params=_DATES)
    except Exception:  # hostile markup makes the libraries below raise almost anything; no article is what it means
        return None


def _paragraphs(element: Any) -> Iterator[str]:
    """Yield the words of the tree's blocks in order; the cells of a table row that hold no blocks make one line."""
    words: list[str] = [element.text or ""]
    for child in element:
        if child.tag == "row" and not any(_has_blocks(cell) for cell in child):
            yield from _flush(words)
            cells = [_clean("".join(cell.itertext())) or "" for cell in child]
            if any(cells):
                yield " | ".join(cells)
        elif child.tag in _BLOCK_TAGS:
            yield from _flush(words)
            yield from _paragraphs(child)
        elif child.tag == "lb":
            words.append(" ")
        elif child.tag not in _LEFT_OUT:
            words.append("".join(child.itertext()))
        words.append(child.tail or "")
    yield from _flush(words)


def _has_blocks(element: Any) -> bool:
    return any(child.tag in _BLOCK_TAGS for child in element.iterdescendants())


def _flush(words: list[str]) -> Iterator[str]:
    joined = _clean("".join(words))
    words.clear()
    if joined:
        yield joined


def _clean(words: str | None) -> str | None:
    return _SPACES.sub(" ", words).strip() or None if words else None


def _titled(title: str | None, paragraphs: list[str]) -> list[str]:
    """Open with the title: where it stands among the first paragraphs, only a menu may precede it, which is dropped."""
    if not title:
        return paragraphs
    letters = _LETTERS.sub("", title.casefold())
    for number, paragraph in enumerate(paragraphs[:_TITLE_WITHIN]):
        if _LETTERS.sub("", paragraph.casefold()) == letters:
            return paragraphs[number:]
        if _is_sentence(paragraph):
            break
    return [title, *paragraphs]


def _holds_article(paragraphs: list[str]) -> bool:
    """Whether some paragraph is a sentence: a page of menus and teasers has none."""
    return any(_is_sentence(paragraph) and not is_furniture(paragraph) for paragraph in paragraphs)


def _is_sentence(paragraph: str) -> bool:
    ended = paragraph.rstrip("\"'”’») ").endswith((".", "!", "?", "…"))
    return ended and len(paragraph.split()) >= _LEAST_WORDS
