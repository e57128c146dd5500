"""``kg_learned``: what the network reads between the entities of a document, put together over all their mentions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.extraction.encoder import WEIGHTS, Encoder, load_encoder
from kg.extraction.links import PairLink, fits
from kg.extraction.state import Node, register
from kg.extraction.windows import Window, windows

SMOOTHNESS = 0.5
"""Of the maximum over mentions, in training as in extraction: nearer to 0 is nearer to the plain maximum."""
UNSEEN = -6.0
"""The logit below which a link is not kept, and that of a link which the network does not see."""


@dataclass(frozen=True, slots=True)
class Told:
    """What all mentions of two entities together tell of one link.

    ``logit`` is the network's, ``statuses`` the share of each status; ``start`` to ``end`` are the tokens of the
    sentences that tell it best, ``trigger`` the token there that governs both mentions.
    """

    logit: float
    statuses: tuple[float, ...]
    start: int
    end: int
    trigger: int


Links = Mapping[PairLink, Told]


@Language.factory(
    "kg_learned",
    default_config={"weights": None},
    requires=["doc._.kg_references", "token.dep"],
    assigns=["doc._.kg_links"],
)
class KgLearned:
    """Sets ``doc._.kg_links``; ``weights`` is a folder that ``kg train`` made, by default the one of ``kg``."""

    def __init__(self, nlp: Language, name: str, weights: str | None) -> None:  # noqa: ARG002  # spaCy calls it so
        self.encoder = load_encoder(Path(weights) if weights else WEIGHTS)

    def __call__(self, doc: Doc) -> Doc:
        """Read the document's windows one by one."""
        register()
        doc._.kg_links = read_links(doc, self.encoder) if len(doc._.kg_nodes or ()) > 1 else {}
        return doc


@dataclass(slots=True)
class _Pair:
    """The logits of all mentions of two entities, with the place of each."""

    links: list[NDArray[np.float32]]
    statuses: list[NDArray[np.float32]]
    places: list[tuple[Window, int, int]]


def read_links(doc: Doc, encoder: Encoder) -> Links:
    """Return what the network reads between the entities of a document, links that run both ways once."""
    nodes: Sequence[Node] = doc._.kg_nodes
    types = [node.type for node in nodes]
    pairs: dict[tuple[int, int], _Pair] = {}
    for window in windows(doc):
        looked = encoder.read(window, types)
        if looked is None:
            continue
        for row, (i, j) in enumerate(looked.pairs):
            key = window.mentions[i].node, window.mentions[j].node
            pair = pairs.setdefault(key, _Pair([], [], []))
            pair.links.append(looked.links[row])
            pair.statuses.append(looked.statuses[row])
            pair.places.append((window, i, j))
    found: dict[PairLink, Told] = {}
    for (a, b), pair in sorted(pairs.items()):
        logits = np.stack(pair.links)
        pooled = SMOOTHNESS * np.logaddexp.reduce(logits / SMOOTHNESS, axis=0)
        for n, link in enumerate(encoder.links):
            if pooled[n] >= UNSEEN and fits(link, types[a], types[b]):
                found[link, a, b] = _told(doc, pair, logits[:, n], float(pooled[n]))
    return dict(_one_way(found))


def _one_way(found: Links) -> Iterator[tuple[PairLink, Told]]:
    """Yield links that run both ways once, lower number first, with the mean of the two logits."""
    for (link, a, b), told in found.items():
        if not link.is_symmetric:
            yield (link, a, b), told
        elif a < b or (link, b, a) not in found:
            back = found.get((link, b, a))
            logit = (told.logit + (back.logit if back is not None else UNSEEN)) / 2
            yield (link, min(a, b), max(a, b)), replace(told, logit=logit)


def _told(doc: Doc, pair: _Pair, logits: NDArray[np.float32], pooled: float) -> Told:
    weights = np.exp(logits - logits.max())
    stages = np.stack(pair.statuses)
    shares = np.exp(stages - np.logaddexp.reduce(stages, axis=1, keepdims=True))
    statuses = (weights[:, None] * shares).sum(axis=0) / weights.sum()
    start, end, trigger = _place(doc, *pair.places[int(logits.argmax())])
    return Told(pooled, tuple(float(share) for share in statuses), start, end, trigger)


def _place(doc: Doc, window: Window, i: int, j: int) -> tuple[int, int, int]:
    """Return the tokens of the sentences of two mentions, and the one that governs both, or the later one's clause."""
    one, other = sorted((window.mentions[i], window.mentions[j]), key=lambda m: (m.sentence, m.start))
    start, end = window.sentences[one.sentence][0], window.sentences[other.sentence][1]
    roots = [doc[window.tokens[m.start] : window.tokens[m.end - 1] + 1].root for m in (one, other)]
    if one.sentence != other.sentence:
        return start, end, _clause(roots[1]).i
    above = {roots[0].i, *(token.i for token in roots[0].ancestors)}
    common = next((token for token in (roots[1], *roots[1].ancestors) if token.i in above), roots[1])
    return start, end, _clause(common).i


def _clause(token: Token) -> Token:
    """Climb from a name to the verb or noun that says something of it."""
    while token.pos_ == "PROPN" and token.head.i != token.i:
        token = token.head
    return token
