"""A parsed ``Doc`` → plain lists, read once.

spaCy makes a new Python object at each access to a token, so a component that looks at every token many times reads the
columns that it needs here and then works on lists. Everything is indexed by token.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property

from spacy.tokens import Doc

from kg.extraction.lexicon import table
from kg.extraction.segments import HEADING

_SAME_CLASS = {"AUX": "VERB", "PRON": "VERB", "DET": "VERB"}
# Stop words of spaCy that names begin with.
_NUMBERS = frozenset({"first", "third", "one", "two", "three", "four", "five", "six", "eight", "nine", "ten", "twenty"})
_MOST_SHOUTED = 0.8


class Reading:
    """One document as lists: its words, word classes, sentence openings, kinds of block, and the model's own names."""

    def __init__(self, doc: Doc) -> None:
        self.texts: list[str] = [token.text for token in doc]
        self.spaces: list[bool] = [bool(token.whitespace_) for token in doc]
        columns = doc.to_array(["POS", "SENT_START", "IS_STOP"])
        strings = doc.vocab.strings
        names = {pos: strings[pos] if pos else "" for pos in set(columns[:, 0].tolist())}
        self.classes: list[str] = [_SAME_CLASS.get(names[pos], names[pos]) for pos in columns[:, 0].tolist()]
        self.opens: list[bool] = [start == 1 for start in columns[:, 1].tolist()]
        self.stops: list[bool] = [stop == 1 for stop in columns[:, 2].tolist()]
        if self.opens:
            self.opens[0] = True
        prose = doc._.kg_prose
        self.prose: bytearray = prose if prose is not None else bytearray(b"\1") * len(doc)
        self.labelled: list[tuple[int, int, str]] = [(ent.start, ent.end, ent.label_) for ent in doc.ents]
        self.labels: list[str] = [""] * len(doc)
        self.ends: list[int] = [0] * len(doc)
        for start, end, label in self.labelled:
            self.labels[start:end] = [label] * (end - start)
            self.ends[start:end] = [end] * (end - start)
        self.capitals: list[bool] = [is_capital(text) for text in self.texts]

    def __len__(self) -> int:
        return len(self.texts)

    @cached_property
    def lower(self) -> list[str]:
        """The words in lower case."""
        return [text.lower() for text in self.texts]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of the document as it is written."""
        return frozenset(self.texts)

    @cached_property
    def shouted(self) -> bytearray:
        """Which tokens stand in a heading of capitals, where case tells nothing."""
        marks = bytearray(len(self.texts))
        start = 0
        for end in range(1, len(self.texts) + 1):
            if end == len(self.texts) or self.opens[end]:
                if self.prose[start] != HEADING:
                    start = end
                    continue
                letters = [c for text in self.texts[start:end] for c in text if c.isalpha()]
                if len(letters) > 12 and sum(c.isupper() for c in letters) > _MOST_SHOUTED * len(letters):
                    marks[start:end] = b"\1" * (end - start)
                start = end
        return marks

    def begins_with_function_word(self, i: int) -> bool:
        """Tell whether token ``i`` is capitalised only because a sentence begins there ("Since", "But")."""
        common = self.stops[i] and self.classes[i] != "PROPN" and self.lower[i] not in _NUMBERS
        return self.opens[i] and common and not self.texts[i].isupper()

    def text(self, start: int, end: int) -> str:
        """Return the words of a span as written, with single spaces for any white space."""
        if end - start == 1:
            return self.texts[start]
        parts = [text + " " * space for text, space in zip(self.texts[start:end], self.spaces[start:end], strict=True)]
        return " ".join("".join(parts).split())

    def word(self, i: int) -> str:
        """Return word ``i``, or nothing beyond the ends."""
        return self.texts[i] if 0 <= i < len(self.texts) else ""

    def low(self, i: int) -> str:
        """Return word ``i`` in lower case, or nothing beyond the ends."""
        return self.lower[i] if 0 <= i < len(self.lower) else ""

    def is_run(self, start: int, pieces: Sequence[str]) -> bool:
        """Tell whether the words from ``start`` on are ``pieces``."""
        return self.texts[start : start + len(pieces)] == list(pieces)


def is_capital(text: str) -> bool:
    """Tell whether a word is written as names are: with a capital anywhere ("eBay"), or with a digit first ("3i")."""
    if text[0].isupper():
        return True
    mixed = text[0].isdigit() or not text.islower()
    return len(text) > 1 and text[0].isalnum() and mixed and text.upper() != text.lower()


@cache
def title_words() -> frozenset[str]:
    """Return the words that job titles are made of."""
    heads = table("titles")["heads"]
    return frozenset(word for head in heads for word in head.lower().split()) - {"general", "board", "company", "fund"}
