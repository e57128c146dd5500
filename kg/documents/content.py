"""What a format reader hands on: an article's text and whatever its format says about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Content:
    """An article's text with its metadata as stated inside the file; ``published`` is ISO 8601."""

    text: str
    title: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None


def web_address(url: str | None) -> str | None:
    """Return a URL that a document claims for itself if it is an ``http(s)`` one: anything else may be hostile."""
    return url if url and _WEB.fullmatch(url) else None
