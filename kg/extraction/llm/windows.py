"""A long text → windows that a model can take in, cut where paragraphs end."""

from __future__ import annotations

from collections.abc import Iterator

LONGEST = 12_000  # characters: about 3,000 tokens of the usual context of 8,000, which also holds prompt and answer
SHORTEST = 1_500
"""A window whose answer does not fit is cut again, but not below this many characters."""

_BORDERS = ("\n\n", "\n", ". ", " ")


def windows(text: str, longest: int = LONGEST) -> Iterator[str]:
    """Yield the text in pieces of at most ``longest`` characters that together are the text.

    A piece ends with a paragraph; where a paragraph alone is too long, with a line, a sentence or a word.
    """
    start = 0
    while len(text) - start > longest:
        limit = start + longest
        cuts = (text.rfind(border, start, limit) + len(border) for border in _BORDERS)
        end = next((cut for cut in cuts if cut > start + longest // 2), limit)
        yield text[start:end]
        start = end
    yield text[start:]
