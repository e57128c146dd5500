"""``Window``: a run of sentences as the encoder reads it, with the mentions in it and the pairs that may be linked.

The same code cuts texts for training and for extraction. A text is cut into windows of neighbouring sentences that
overlap by one, so that two neighbouring sentences are read together unless they are longer than a window, or a list of
more names than are worth pairing; the encoder's work grows with the length of the text, not with the number of pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from spacy.tokens import Doc, Span
from tokenizers import Tokenizer

from kg import vocabulary
from kg.extraction.state import Reference

TOKENIZER = "tokenizer.json"
LONGEST = 192  # word pieces of a window, without the two marks around it
MOST_MENTIONS = 40  # of a window; what has more is a list or a table
_FAR = 1  # sentences between the two mentions of a pair
_GAP = 8  # tokens between these sentences: sentences without names are not in a window
_ENTITY_KINDS = {name: 1 + 2 * number for number, name in enumerate(vocabulary.ENTITY_TYPES)}
_NOMINAL = 1 + 2 * len(_ENTITY_KINDS)
_QUANTITIES = ("kg_money", "kg_stakes", "kg_dates")
KINDS = _NOMINAL + 1 + len(_QUANTITIES)
"""How many kinds of token there are: plain, first and further tokens of a name of each type, nominal, quantities."""
SHAPES = 2 * (_FAR + 2) * 8
"""How many values ``Window.shape`` has."""


Pair = tuple[int, int]
"""The numbers of two mentions of a window."""

_OPEN, _CLOSE = 101, 102  # BERT's [CLS] and [SEP]
_MOST_WORDS = 6  # a mention with more words is no plain name


@dataclass(frozen=True, slots=True)
class Place:
    """One mention of an entity in a window: words ``start`` to ``end`` of it, in its ``sentence``-th sentence."""

    start: int
    end: int
    node: int
    sentence: int
    nominal: bool


@dataclass(slots=True)
class Window:
    """Words with their pieces and kinds, mentions, and ``sentences``: tokens of the document, end exclusive."""

    pieces: list[list[int]] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    mentions: list[Place] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    seen: int = 0  # sentences that the window before has read too
    tokens: list[int] = field(default_factory=list)  # the document's token of each word

    def pairs(self) -> list[Pair]:
        """Return the ordered pairs of mentions of two entities that stand near each other and were not read before."""
        return [
            (i, j)
            for i, one in enumerate(self.mentions)
            for j, other in enumerate(self.mentions)
            if one.node != other.node
            and self._are_near(*sorted((one.sentence, other.sentence)))
            and max(one.sentence, other.sentence) >= self.seen
        ]

    def _are_near(self, first: int, last: int) -> bool:
        """Whether two sentences are one, or neighbours but for a heading between them that holds no name."""
        return last - first <= _FAR and self.sentences[last][0] - self.sentences[first][1] <= _GAP

    def shape(self, i: int, j: int) -> int:
        """Return a number below ``SHAPES`` for how the two mentions stand: order, distance, nominals, in the title."""
        one, other = self.mentions[i], self.mentions[j]
        apart = min(_FAR + 1, abs(one.sentence - other.sentence))
        in_title = one.sentence == 0 and self.sentences[0][0] == 0
        flags = one.nominal * 4 + other.nominal * 2 + in_title
        return ((one.start < other.start) * (_FAR + 2) + apart) * 8 + flags


@dataclass(frozen=True, slots=True)
class Flat:
    """A window as numbers: pieces with the two marks around them, their kinds, and the pieces of each mention."""

    pieces: list[int]
    kinds: list[int]
    spans: list[tuple[int, int]]


@cache
def tokenizer() -> Tokenizer:
    """Return the tokenizer that the encoder was trained with."""
    return Tokenizer.from_str((resources.files("kg.extraction") / "weights" / TOKENIZER).read_text("utf-8"))


def kind_of(entity_type: str) -> int:
    """Return the kind of the first token of a name of an entity of this type; the next number is that of the others."""
    return _ENTITY_KINDS[entity_type]


def windows(doc: Doc) -> Iterator[Window]:
    """Yield the windows of a document that hold a pair of mentions, in the order of the text."""
    sentences = [s for s in doc.sents if doc._.kg_prose is None or doc._.kg_prose[s.start]]
    pieces = _pieces(doc)
    kinds = _kinds(doc)
    inside = _mentions(sentences, doc._.kg_references or ())
    run: list[int] = []
    size = 0
    seen = 0
    for number, sentence in enumerate(sentences):
        if not inside[number]:
            continue
        length = sum(len(pieces[i]) for i in range(sentence.start, sentence.end))
        if run and size + length > LONGEST:
            window = _window(sentences, run, seen, pieces, kinds, inside)
            if window is not None:
                yield window
            last = run[-1]
            kept = sum(len(pieces[i]) for i in range(sentences[last].start, sentences[last].end))
            overlaps = kept + length <= LONGEST
            run, size, seen = ([last], kept, int(window is not None)) if overlaps else ([], 0, 0)
        run.append(number)
        size += length
    if run and (window := _window(sentences, run, seen, pieces, kinds, inside)) is not None:
        yield window


def _window(
    sentences: Sequence[Span],
    run: Sequence[int],
    seen: int,
    pieces: Sequence[list[int]],
    kinds: Sequence[int],
    inside: Sequence[list[Reference]],
) -> Window | None:
    """Return the window of a run of sentences, or None when it holds no two entities or too many mentions."""
    window = Window(seen=seen)
    size = 0
    for place, number in enumerate(run):
        sentence = sentences[number]
        window.sentences.append((sentence.start, sentence.end))
        at = {}
        for i in range(sentence.start, sentence.end):
            if pieces[i] and size + len(pieces[i]) <= LONGEST:
                at[i] = len(window.pieces)
                size += len(pieces[i])
                window.pieces.append(pieces[i])
                window.kinds.append(kinds[i])
                window.tokens.append(i)
        for reference in inside[number]:
            words = [at[i] for i in range(reference.start, min(reference.end, sentence.end)) if i in at]
            if words:
                window.mentions += [
                    Place(words[0], words[-1] + 1, node, place, reference.nominal) for node in reference.nodes
                ]
    is_read = len(window.mentions) <= MOST_MENTIONS and len({mention.node for mention in window.mentions}) > 1
    return window if is_read else None


def _pieces(doc: Doc) -> list[list[int]]:
    encoding = tokenizer().encode([token.text for token in doc], is_pretokenized=True, add_special_tokens=False)
    pieces: list[list[int]] = [[] for _ in doc]
    for piece, word in zip(encoding.ids, encoding.word_ids, strict=True):
        pieces[word or 0].append(piece)  # every piece has a word, as no marks are added
    return pieces


def _kinds(doc: Doc) -> list[int]:
    kinds = [0] * len(doc)
    for number, attribute in enumerate(_QUANTITIES):
        for quantity in doc._.get(attribute) or ():
            span = doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
            for i in range(span.start, span.end) if span is not None else ():
                kinds[i] = _NOMINAL + 1 + number
    for reference in doc._.kg_references or ():
        kind = kind_of(doc._.kg_nodes[reference.nodes[0]].type)
        for i in range(reference.start, reference.end):
            kinds[i] = _NOMINAL if reference.nominal else kind + (i > reference.start)
    return kinds


def _mentions(sentences: Sequence[Span], references: Sequence[Reference]) -> list[list[Reference]]:
    inside: list[list[Reference]] = [[] for _ in sentences]
    at = 0
    for number, sentence in enumerate(sentences):
        while at < len(references) and references[at].start < sentence.start:
            at += 1
        while at < len(references) and references[at].start < sentence.end:
            inside[number].append(references[at])
            at += 1
    return inside


def flatten(window: Window, swapped: Mapping[int, Sequence[Sequence[int]]] | None = None) -> Flat:
    """Put a window into numbers, with other names for the entities in ``swapped``; a short form stays short."""
    at: dict[int, tuple[int, Sequence[Sequence[int]]]] = {}
    if swapped and all(mention.end - mention.start <= _MOST_WORDS for mention in window.mentions):
        at = {m.start: (m.end, swapped[m.node]) for m in window.mentions if not m.nominal and m.node in swapped}
    pieces, kinds = [_OPEN], [0]
    bounds: list[tuple[int, int]] = []  # of each word
    word = 0
    while word < len(window.pieces):
        end, name = at.get(word, (word + 1, [window.pieces[word]]))
        start = len(pieces)
        for number, part in enumerate(name[: max(1, end - word)]):
            pieces += part
            kinds += [window.kinds[word] + (word in at and number > 0)] * len(part)
        bounds += [(start, len(pieces))] * (end - word)
        word = end
    spans = [_span(bounds, mention) for mention in window.mentions]
    return Flat([*pieces, _CLOSE], [*kinds, 0], spans)


def _span(bounds: Sequence[tuple[int, int]], mention: Place) -> tuple[int, int]:
    start, end = bounds[mention.start][0], bounds[mention.end - 1][1]
    return start, max(end, start + 1)


def about(window: Window, flat: Flat, pairs: Sequence[Pair], types: Sequence[str]) -> dict[str, list[Any]]:
    """Return what is told of P pairs of mentions, given the ``types`` of all entities.

    ``spans`` (M, 2): first piece and end of each mention; ``pairs`` (P, 2): numbers of mentions; ``shapes`` and
    ``types`` (P,): how the two stand, and the types of the two entities as one number.
    """
    of = vocabulary.ENTITY_TYPES
    numbers = [of.index(types[mention.node]) for mention in window.mentions]
    return {
        "spans": flat.spans,
        "pairs": list(pairs),
        "shapes": [window.shape(i, j) for i, j in pairs],
        "types": [numbers[i] * len(of) + numbers[j] for i, j in pairs],
    }
