"""Documents whose mentions are set by hand, so that windows can be tested without a model of English."""

from __future__ import annotations

from collections.abc import Sequence

import spacy
from spacy.tokens import Doc

from kg.extraction.state import Node, Reference, register

Item = str | tuple[int, str]
"""A word, or the number of an entity and the words that it is mentioned by; "it" and "they" are nominals."""

_VOCAB = spacy.blank("en").vocab
_NOMINALS = ("it", "they")


def doc_of(sentences: Sequence[Sequence[Item]], types: Sequence[str]) -> Doc:
    """Return the document with these sentences and mentions of entities of these types."""
    register()
    words: list[str] = []
    starts: list[bool] = []
    references: list[Reference] = []
    for sentence in sentences:
        for place, item in enumerate(sentence):
            text = item if isinstance(item, str) else item[1]
            parts = [text] if isinstance(item, str) else text.split()
            if not isinstance(item, str):
                nominal = text in _NOMINALS
                references.append(Reference(len(words), len(words) + len(parts), (item[0],), nominal))
            starts += [place == 0 and number == 0 for number in range(len(parts))]
            words += parts
    doc = Doc(_VOCAB, words=words, sent_starts=starts)
    doc._.kg_references = references
    doc._.kg_nodes = [Node(number, kind, f"Name {number}") for number, kind in enumerate(types)]
    return doc
