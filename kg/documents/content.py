"""What a format reader hands on: an article's text and whatever its format says about it."""

from __future__ import annotations

from dataclasses import dataclass


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
