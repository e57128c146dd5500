"""The named-entity recognizer that has learned from annotated news: its labels, its weights and their file.

It is the ``ner`` of one spaCy model, trained further by ``kg.learning``; the file of weights says of which. It keeps
the labels of that model, but ``ORG`` is now a company, and any other body is ``BODY``. A model other than the one that
the weights were made for keeps its own named entities.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from thinc.api import Model

LABELS: Mapping[str, str] = {
    "Company": "ORG",
    "Person": "PERSON",
    "Product": "PRODUCT",
    "Place": "GPE",
    "Organization": "BODY",
}
"""Which label a name of each type has."""

RECOGNIZER, TYPES, PLAIN_TYPES = "recognizer.npz", "types.toml", "plain_types.toml"
"""Files of a folder of weights: the recognizer's; those that type its names; those that type any other model's."""

_NEW, _LIKE = "BODY", "ORG"
_RELUCTANCE = 0.5  # how much less the new label is chosen than the one that it starts as, before any training
_MODEL = "model"  # the entry of the file that names the spaCy model


def folder(weights: Path | None = None) -> Path:
    """Return the folder for names in a folder of trained weights, or that of ``kg`` itself where it has none."""
    own = weights / "names" if weights else None
    return own if own and own.is_dir() else Path(str(resources.files("kg.extraction"))) / "weights" / "names"


def model_name(nlp: Language) -> str:
    """Return the language, name and version of a spaCy model."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"


def fingerprint(names: Path) -> str:
    """Return eight hexadecimal digits that change when the weights for names in a folder change."""
    files = (names / name for name in (RECOGNIZER, TYPES, PLAIN_TYPES))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files if file.is_file())).hexdigest()[:8]


def extend(nlp: Language) -> None:
    """Give the model's ``ner`` the label for bodies that are no companies, at first as likely as companies."""
    ner = nlp.get_pipe("ner")
    if _NEW in ner.labels:  # type: ignore[attr-defined]
        return
    ner.add_label(_NEW)  # type: ignore[attr-defined]
    moves = ner.move_names  # type: ignore[attr-defined]
    layer = ner.model.get_ref("upper")  # type: ignore[attr-defined]
    weights, biases = layer.get_param("W").copy(), layer.get_param("b").copy()
    for step in "BILU":
        new, like = moves.index(f"{step}-{_NEW}"), moves.index(f"{step}-{_LIKE}")
        weights[new] = weights[like]
        biases[new] = biases[like] - _RELUCTANCE
    layer.set_param("W", weights)
    layer.set_param("b", biases)


def save(nlp: Language, path: Path) -> None:
    """Write the weights of the model's ``ner`` as half-precision numbers, the static word vectors left out."""
    arrays = {name: array.astype(np.float16) for name, array in _arrays(nlp)}
    with path.open("wb") as file:
        np.savez(file, **{_MODEL: np.array(model_name(nlp))}, **arrays)  # type: ignore[arg-type]


def restore(nlp: Language, names: Path) -> bool:
    """Put saved weights into the model's ``ner``; return whether there are any for this model."""
    path = names / RECOGNIZER
    if not path.is_file():
        return False
    with np.load(path, allow_pickle=False) as saved:
        if str(saved[_MODEL]) != model_name(nlp):
            return False
        extend(nlp)
        for layer, name, key in _parameters(nlp):
            layer.set_param(name, saved[key].astype(np.float32))
    return True


def _arrays(nlp: Language) -> Iterator[tuple[str, np.ndarray]]:
    for layer, name, key in _parameters(nlp):
        yield key, np.asarray(layer.get_param(name))


def _parameters(nlp: Language) -> Iterator[tuple[Model[Any, Any], str, str]]:
    """Yield the layers that hold parameters, the names of these, and a key for each, in the order of the network."""
    model: Model[Any, Any] = nlp.get_pipe("ner").model  # type: ignore[attr-defined]
    for number, layer in enumerate(model.walk()):
        for name in layer.param_names:
            if layer.has_param(name):
                yield layer, name, f"{number:02}.{name}"
