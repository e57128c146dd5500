"""``kg_layout``: tells prose from headings and furniture before the model parses; sentences end where blocks do."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.state import register
from kg.layout import BlockKind, blocks

FURNITURE, BODY, HEADING = 0, 1, 2
_MOST_DATELINE = 6
_OPENING = 3  # words
# A share's code in brackets: "(ABC.N)", "(ABCG_p.DE)", "(NYSE: ABC)", "<ABC>", "<ABC.L>".
TICKER = re.compile(
    r"\(\s*([A-Z0-9]{1,8}(?:_[a-z])?\s?\.\s?[A-Z]{1,3}"
    r"|(?:NYSE|NASDAQ|Nasdaq|LSE|AIM|TSX|ASX)\s?:\s?[A-Z0-9. ]{1,8})\s*\)"
    r"|<([A-Z0-9]{1,5}|[A-Z0-9]{1,8}\.[A-Z]{1,3})>"
)


@Language.component("kg_layout", assigns=["token.is_sent_start", "doc._.kg_prose"])
def kg_layout(doc: Doc) -> Doc:
    """Set ``doc._.kg_prose`` and begin a sentence at each block, after each dateline too.

    A headline has no full stop, so a parser left to itself reads it as the beginning of the first sentence.
    """
    register()
    found = blocks(doc.text)
    prose = bytearray(len(doc))
    number = 0
    for token in doc:
        while number < len(found) and found[number].end <= token.idx:
            number += 1
        if number == len(found):
            break
        block = found[number]
        if token.idx < block.start:
            continue
        if block.kind is not BlockKind.FURNITURE:
            prose[token.i] = BODY if block.kind is BlockKind.BODY else HEADING
        if token.i and (doc[token.i - 1].idx < block.start or token.i == 0):
            token.is_sent_start = True
            start = _end_dateline(doc, token.i, block.end) if block.kind is BlockKind.BODY else token.i
            _keep_together(doc, start, block.end)
    for match in TICKER.finditer(doc.text):
        span = doc.char_span(*match.span(1 if match.group(1) else 2), alignment_mode="expand")
        if span is not None:
            prose[span.start : span.end] = b"\0" * len(span)
    doc._.kg_prose = prose
    return doc


def _keep_together(doc: Doc, start: int, limit: int) -> None:
    """Forbid a sentence end within the first words: a parser that is told where to begin may stop right after."""
    for i in range(start + 1, min(start + 1 + _OPENING, len(doc))):
        if doc[i].idx >= limit or doc[i - 1].is_punct or doc[i - 1].is_space or doc[i].is_sent_start:
            break
        doc[i].is_sent_start = False


def _end_dateline(doc: Doc, start: int, limit: int) -> int:
    """Begin a sentence after a dateline in capitals ("NEW YORK Some Company said …"); return where it begins."""
    i = start
    while (
        i < len(doc)
        and i - start <= _MOST_DATELINE
        and doc[i].idx < limit
        and ((doc[i].is_upper and len(doc[i]) > 1) or doc[i].text in {",", "/"})
    ):
        i += 1
    if (
        0 < i - start <= _MOST_DATELINE
        and i < len(doc)
        and doc[i].idx < limit
        and len(doc[start]) > 2
        and doc[i].text[0].isupper()
    ):
        doc[i].is_sent_start = True
        return i
    return start
