"""The articles that ship with ``kg``: eleven short pieces of our own writing about real, public deals.

They come as text, Markdown and HTML, some with a ``NAME.json`` beside them that gives title, date and publisher; three
of them follow one takeover from talk to collapse, so that a deal's history has something to show.
"""

from __future__ import annotations

from pathlib import Path

_SUFFIXES = frozenset({".txt", ".md", ".html"})


def folder() -> Path:
    """Return the folder that holds the articles and the metadata beside them."""
    return Path(__file__).resolve().parent


def paths() -> list[Path]:
    """Return the path of each article, sorted by name."""
    return sorted(path for path in folder().iterdir() if path.suffix in _SUFFIXES)
