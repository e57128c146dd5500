"""Sources → documents: each is read by its format's reader, checked, and given its metadata."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from kg import layout
from kg.documents.checks import MOST_MARKUP, check_text
from kg.documents.content import Content
from kg.documents.dates import given_date
from kg.documents.html import looks_like_html, read_html
from kg.documents.sidecar import Sidecar, read_sidecar
from kg.documents.sources import HTML_SUFFIXES, MARKDOWN_SUFFIXES, TEXT_SUFFIXES, Source, Target, expand
from kg.documents.text import read_text
from kg.errors import SourceError
from kg.model import Document


def read(
    sources: Iterable[Source] | Source, *, published: str | None = None, stdin: IO[bytes] | None = None
) -> Iterator[Document | SourceError]:
    """Read files, folders, globs, ``http(s)`` URLs and ``-`` (standard input), one after the other.

    A source that cannot be read is yielded as a ``SourceError`` in its place, and the others go on. ``published`` (ISO
    8601) stands for every document's own date; raises ``KgError`` at once when it is no date.
    """
    if published is not None:
        given_date(published)
    return (read_target(target, published=published, stdin=stdin) for target in expand(sources))


def read_target(
    target: Target | SourceError, *, published: str | None = None, stdin: IO[bytes] | None = None
) -> Document | SourceError:
    """Read one target of ``expand``; an error is returned, not raised, and one that is given is given back."""
    if isinstance(target, SourceError):
        return target
    try:
        if target.kind == "file":
            return _from_file(target.origin, published)
        if target.kind == "url":
            return _from_url(target.origin, published)
        return _from_stdin(stdin or sys.stdin.buffer, published)
    except SourceError as error:
        return error


def from_text(
    text: str,
    *,
    source: str | None = None,
    origin: str | None = None,
    title: str | None = None,
    published: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    author: str | None = None,
) -> Document:
    """Return a text that is already at hand as a document, title and date taken from its head when not given.

    Without a source it is named by its own hash, so that two texts are never taken for versions of one document.
    Raises ``SourceError`` for a text that is empty, huge, or not English, ``KgError`` for a date that is not ISO 8601.
    """
    source = source or f"text:{_digest(text.encode('utf-8', 'surrogatepass'))}"
    if published is not None:
        given_date(published)
    content = Content(text, title=title, url=url, publisher=publisher, author=author)
    return _document(content, Sidecar(source=source), origin or source, source, published)


def _from_file(origin: str, published: str | None) -> Document:
    path = Path(origin)
    data = _load(path, origin)
    suffix = path.suffix.lower()
    if suffix in HTML_SUFFIXES:
        content = read_html(data, origin)
    elif suffix in MARKDOWN_SUFFIXES:
        content = _read_markdown(data, origin)
    elif suffix in TEXT_SUFFIXES:
        content = read_text(data, origin)
    else:
        content = _read_unnamed(data, origin)
    return _document(content, read_sidecar(path), origin, origin, published)


def _load(path: Path, origin: str) -> bytes:
    """Return a file's bytes, of a huge one only as many as show that it is huge."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_MARKUP + 1)
    except FileNotFoundError:
        problem = "there is no such file or folder; check the path"
    except PermissionError:
        problem = "may not be read (permission denied); change its permissions"
    except (OSError, ValueError) as error:
        problem = f"cannot be read ({getattr(error, 'strerror', None) or error}); check the path"
    raise SourceError(origin, problem)


def _from_url(url: str, published: str | None) -> Document:
    from kg.documents.web import fetch  # only those who name a URL load the network library

    page = fetch(url)
    if page.is_html or looks_like_html(page.data):
        content = read_html(page.data, url, page.charset)
    else:
        content = read_text(page.data, url)
    return _document(content, Sidecar(url=content.url or page.url), url, url, published)


def _from_stdin(stdin: IO[bytes], published: str | None) -> Document:
    data = stdin.read(MOST_MARKUP + 1)
    name = f"stdin:{_digest(data)}"
    return _document(_read_unnamed(data, "standard input"), Sidecar(), name, name, published)


def _read_unnamed(data: bytes, source: str) -> Content:
    """Read data whose name says nothing of its format."""
    return read_html(data, source) if looks_like_html(data) else read_text(data, source)


def _read_markdown(data: bytes, source: str) -> Content:
    from kg.documents.markdown import read_markdown  # slow to load, and only Markdown needs it

    return read_markdown(data, source)


def _document(content: Content, sidecar: Sidecar, origin: str, name: str, published: str | None) -> Document:
    """Put text and metadata together: what the user gives goes before the sidecar, and that before the file itself."""
    check_text(content.text, "standard input" if origin.startswith("stdin:") else origin)
    url = sidecar.url or content.url
    return Document(
        text=content.text,
        source=sidecar.source or content.source or url or name,
        origin=origin,
        title=sidecar.title or content.title or layout.heading_title(content.text),
        published=published or sidecar.published or content.published or layout.heading_date(content.text),
        url=url,
        publisher=sidecar.publisher or content.publisher,
        author=content.author,
    )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]
