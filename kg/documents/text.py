"""Plain text → content: the text stays exactly as it is, since offsets must fit the user's file."""

from __future__ import annotations

from kg.documents.checks import check_bytes
from kg.documents.content import Content
from kg.documents.decoding import decode_text


def read_text(data: bytes, source: str) -> Content:
    """Return a plain text file's content; raises ``SourceError`` when it is empty, huge, binary or undecodable."""
    check_bytes(data, source)
    return Content(decode_text(data, source))
