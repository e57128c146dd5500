"""Texts with their names → a folder of weights for names: the ``names`` in a folder for ``load(weights=…)``.

The folder holds the recognizer's weights and two tables of weights that type names: one for the names that the
recognizer finds, fitted on what recognizers that did not learn from a text find in it, and one for any other model's
labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import SourceError
from kg.extraction.pipeline import load_parser
from kg.extraction.recognizer import PLAIN_TYPES, RECOGNIZER, TYPES, save
from kg.learning.mentions import example
from kg.learning.name_types import TextForms, fit, text_forms
from kg.learning.named_texts import NamedText
from kg.learning.recognizer import Progress, recognized, train

FOLDS = 2
EPOCHS = 4
_LEAST_TEXTS = 2 * FOLDS


@dataclass(frozen=True)
class NamesReport:
    """What the weights were learned from, and the share of forms typed right on texts left out."""

    texts: int
    words: int
    right: float
    right_plain: float


def train_names(
    texts: Sequence[NamedText],
    output: Path,
    *,
    seed: int = 0,
    epochs: int = EPOCHS,
    model: str | None = None,
    progress: Progress = print,
) -> NamesReport:
    """Learn names from annotated texts and write the weights into a folder, which is made if need be.

    Args:
        texts: annotated texts; every text counts, in the order given.
        output: the folder for ``recognizer.npz``, ``types.toml`` and ``plain_types.toml``.
        seed: of the random numbers; the same texts and seed give the same files on one machine.
        epochs: how often the recognizer reads the texts.
        model: the installed spaCy model to learn further from; the default is the one that ``kg`` installs.
        progress: is told, in a line each, how far the work is.

    Raises:
        SourceError: there are too few texts.
        ModelError: the model is not installed, or has no parser or no named entities.
    """
    if len(texts) < _LEAST_TEXTS:
        raise SourceError("training on names", f"{len(texts)} annotated texts are too few; give {_LEAST_TEXTS} or more")
    output.mkdir(parents=True, exist_ok=True)
    nlp = load_parser(model)
    docs = [nlp(gold.text) for gold in texts]
    progress(f"parsed {len(docs)} texts")
    examples = [example(nlp, doc, gold) for doc, gold in zip(docs, texts, strict=True)]
    heard: list[TextForms] = [text_forms(doc, gold) for doc, gold in zip(docs, texts, strict=True)]
    (output / PLAIN_TYPES).write_text(fit(heard).as_toml(len(texts)), "utf-8")
    right_plain = _left_out(heard)

    learned: list[TextForms] = list(heard)
    for fold in range(FOLDS):
        progress(f"names left out, fold {fold + 1} of {FOLDS}")
        others = [item for n, item in enumerate(examples) if n % FOLDS != fold]
        other = train(others, seed=seed, epochs=epochs, model=model, progress=progress)
        for n, doc in zip(range(fold, len(docs), FOLDS), recognized(other, docs[fold::FOLDS]), strict=True):
            learned[n] = text_forms(doc, texts[n])
    (output / TYPES).write_text(fit(learned).as_toml(len(texts)), "utf-8")
    progress("all names")
    save(train(examples, seed=seed, epochs=epochs, model=model, progress=progress), output / RECOGNIZER)
    return NamesReport(len(texts), sum(len(doc) for doc in docs), _left_out(learned), right_plain)


def _left_out(texts: Sequence[TextForms], folds: int = 3) -> float:
    """Return the share of forms that weights of the other texts type right."""
    counts = [
        fit([text for n, text in enumerate(texts) if n % folds != fold]).share_right(texts[fold::folds])
        for fold in range(min(folds, len(texts)))
    ]
    return sum(right for right, _ in counts) / max(1, sum(total for _, total in counts))
