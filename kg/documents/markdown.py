"""Markdown → content: the words as a reader sees them, a blank line between blocks.

Links keep their text; pictures, code blocks and raw HTML are left out; a table gives one line a row. A front matter of
simple ``key: value`` lines gives the metadata.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kg.documents.checks import check_bytes
from kg.documents.content import Content, web_address
from kg.documents.dates import iso_date
from kg.documents.decoding import decode_text

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?P<lines>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_ENTRY = re.compile(r"(\w+)[ \t]*:[ \t]+(\S.*)")
_SPACES = re.compile(r"[ \t]+")


def read_markdown(data: bytes, source: str) -> Content:
    """Return a Markdown file's content; raises ``SourceError`` when it is empty, huge, binary or undecodable."""
    check_bytes(data, source)
    markup = decode_text(data, source)
    front = _FRONT_MATTER.match(markup)
    entries = _entries(front["lines"]) if front else {}
    body = markup[front.end() :] if front else markup
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    return Content(
        text="\n\n".join(_blocks(tokens)),
        title=entries.get("title") or _first_heading(tokens),
        published=iso_date(entries.get("published") or entries.get("date") or ""),
        source=entries.get("source"),
        url=web_address(entries.get("url")),
        publisher=entries.get("publisher"),
        author=entries.get("author"),
    )


def _entries(lines: str) -> dict[str, str]:
    entries = {}
    for line in lines.splitlines():
        match = _ENTRY.fullmatch(line.strip())
        if match:
            value = match[2].strip()
            quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
            entries[match[1].lower()] = value[1:-1].strip() if quoted else value
    return entries


def _first_heading(tokens: Sequence[Token]) -> str | None:
    for token, content in pairwise(tokens):
        if token.type == "heading_open":
            return _inline(content) or None if token.tag == "h1" else None
    return None


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    row: list[str] | None = None
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            if any(row):
                yield " | ".join(row)
            row = None
        elif token.type == "inline":
            words = _inline(token)
            if row is not None:
                row.append(words)
            elif words:
                yield words


def _inline(token: Token) -> str:
    parts = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return _SPACES.sub(" ", "".join(parts)).strip()
