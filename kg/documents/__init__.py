"""Sources → documents: text, Markdown and HTML files, folders, globs, standard input and web pages.

``read`` is the way in for sources, ``from_text`` for a text at hand. ``expand`` and ``read_target`` are the two steps
of ``read``, for those who must know how many documents there are before they read them.
"""

from __future__ import annotations

from kg.documents.reading import from_text, read, read_target
from kg.documents.sources import Target, expand

__all__ = ["Target", "expand", "from_text", "read", "read_target"]
