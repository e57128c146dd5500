"""Long texts are parsed a piece at a time: spaCy's memory grows with the length of what it parses at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

LONGEST = 50_000  # characters that are parsed at once
_LONGEST_RUN = 300  # characters without a space: spaCy's tokenizer takes the square of a run of brackets or quotes
_BORDERS = ("\n\n", "\n", ". ", " ")
_RUN = re.compile(rf"\S{{{_LONGEST_RUN}}}")


def tokenized(nlp: Language, text: str) -> Doc:
    """Return the text cut into tokens, those of an endless word among them, in time that grows with its length."""
    cuts = [0, *(match.end() for match in _RUN.finditer(text)), len(text)]
    if len(cuts) == 2:
        return nlp.make_doc(text)
    pieces = [nlp.make_doc(text[start:end]) for start, end in pairwise(cuts) if start < end]
    doc = Doc.from_docs(pieces, ensure_whitespace=False, exclude=["user_data"])  # type: ignore[call-arg]  # the stubs lack it
    assert doc is not None  # there is always a piece
    return doc


def parse(nlp: Language, text: str, components: tuple[str, ...]) -> Doc:
    """Return the text parsed by the model and laid out, without ``components``, whatever its length."""
    with nlp.select_pipes(disable=list(components)):
        pieces = [nlp(tokenized(nlp, piece)) for piece in cut(text, LONGEST)]
    doc = Doc.from_docs(pieces, ensure_whitespace=False, exclude=["user_data"])  # type: ignore[call-arg]  # the stubs lack it
    assert doc is not None  # there is always a piece
    doc._.kg_prose = bytearray().join(piece._.kg_prose for piece in pieces)
    return doc


def cut(text: str, longest: int) -> Iterator[str]:
    """Yield the text in pieces of at most ``longest`` characters, which is 1 or more; together they are the text.

    A piece ends with a paragraph; where a paragraph alone is too long, with a line, a sentence or a word.
    """
    start = 0
    while len(text) - start > longest:
        limit = start + longest
        ends = (text.rfind(border, start, limit) + len(border) for border in _BORDERS)
        end = next((end for end in ends if end > start + longest // 2), limit)
        yield text[start:end]
        start = end
    yield text[start:]
