"""Gold texts → weights of the recognizer of names: the spaCy model's own ``ner``, trained further."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Adam, fix_random_seed

from kg.extraction import recognizer
from kg.extraction.pipeline import load_parser

_WORDS = 2000  # tokens between two updates of the weights
_RATE = 1e-3
_LEAST_RATE = 0.05  # share of the rate at the end
_STEADY = 1.5  # the rate falls in the last two thirds: min(1, 1.5 × what is left)
_DROPOUT = 0.2

Progress = Callable[[str], None]


def train(
    examples: Sequence[Example], *, seed: int, epochs: int, model: str | None = None, progress: Progress
) -> Language:
    """Return a spaCy model whose ``ner`` has read the examples ``epochs`` times, with its weights averaged on the way.

    The same examples and seed give the same weights on one machine.
    """
    fix_random_seed(seed)
    shuffle = random.Random(seed)  # noqa: S311  # not for secrets
    nlp = load_parser(model)
    recognizer.extend(nlp)
    ner = nlp.get_pipe("ner")
    optimizer = Adam(_RATE, L2=0.01, grad_clip=1.0, use_averages=True, L2_is_weight_decay=True)
    order = list(examples)
    for epoch in range(epochs):
        shuffle.shuffle(order)
        batches = list(_batches(order))
        losses: dict[str, float] = {}
        for number, batch in enumerate(batches):
            left = 1 - (epoch + number / len(batches)) / epochs
            optimizer.learn_rate = _RATE * max(_LEAST_RATE, min(1.0, _STEADY * left))
            ner.update(batch, sgd=optimizer, drop=_DROPOUT, losses=losses)  # type: ignore[attr-defined]
        progress(f"recognizer, epoch {epoch + 1} of {epochs}: loss {losses.get('ner', 0.0):.0f}")
    parameters = ner.model  # type: ignore[attr-defined]
    with parameters.use_params(optimizer.averages):
        averaged = parameters.to_bytes()
    parameters.from_bytes(averaged)
    return nlp


def recognized(nlp: Language, docs: Sequence[Doc]) -> Iterator[Doc]:
    """Yield copies of parsed documents with the names that a model's ``ner`` finds in them."""
    for doc in docs:
        copy = doc.copy()
        copy._.kg_prose = doc._.kg_prose
        copy.ents = ()
        yield nlp.get_pipe("ner")(copy)


def _batches(examples: Sequence[Example]) -> Iterator[list[Example]]:
    batch: list[Example] = []
    words = 0
    for item in examples:
        batch.append(item)
        words += len(item.predicted)
        if words >= _WORDS:
            yield batch
            batch, words = [], 0
    if batch:
        yield batch
