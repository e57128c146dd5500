"""What is refused, and in which words: binary, empty, huge, wordless and non-English sources.

Each check returns nothing and raises a ``SourceError`` whose message says what is wrong and what to do.
"""

from __future__ import annotations

from kg.documents.language import other_language
from kg.errors import SourceError

MOST_TEXT = 5_000_000
"""Largest text of one document, in bytes of UTF-8."""

MOST_MARKUP = 20_000_000
"""Largest HTML page, in bytes: its text is much smaller than its markup."""

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a rich-text file"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
)
_CONTROLS = bytes({*range(32), 127}.difference(b"\t\n\v\f\r\x1b"))
_MOST_CONTROLS = 0.02


def check_bytes(data: bytes, source: str, most: int = MOST_TEXT) -> None:
    """Refuse what cannot be a text before anything decodes it: empty, huge or binary data."""
    if not data.strip():
        raise SourceError(source, "is empty; give a source that holds an article")
    if len(data) > most:
        raise SourceError(source, f"is over {most // 1_000_000} MB; split it into its articles")
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise SourceError(source, f"is {kind}, not text; save the article as text or HTML first")
    if data.startswith(_UTF16_MARKS):
        return
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if b"\0" in data or controls > _MOST_CONTROLS * len(data):
        raise SourceError(source, "is binary, not text; save the article as text or HTML first")


def check_text(text: str, source: str) -> None:
    """Refuse a decoded text that is empty, huge, not Unicode, binary, without words, or not English."""
    if not text.strip():
        raise SourceError(source, "is empty; give a source that holds an article")
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError:
        raise SourceError(source, "holds halves of characters; save the article as UTF-8 text") from None
    if size > MOST_TEXT:
        raise SourceError(source, f"holds over {MOST_TEXT // 1_000_000} MB of text; split it into its articles")
    if "\0" in text:
        raise SourceError(source, "is binary, not text; save the article as text or HTML first")
    if not any(map(str.isalpha, text)):
        raise SourceError(source, "holds no words; give a source that holds an article")
    language = other_language(text)
    if language:
        raise SourceError(source, f"reads as {language}, not English; kg reads English only, so give a translation")
