"""The learned part, run by onnxruntime: a window in, the links between its mentions out, each with a logit.

Every window is run by itself: 8-bit quantization depends on what is run together, so a batch would make the result
depend on a text's neighbours.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from kg import vocabulary
from kg.errors import ModelError
from kg.extraction.links import Link, links
from kg.extraction.windows import Pair, Window, about, flatten

ENCODER, HEAD, CARD = "encoder.onnx", "head.onnx", "model.json"
WEIGHTS = Path(__file__).with_name("weights")
"""The folder of the weights that ``kg`` comes with."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Looked:
    """What the network says of the pairs of a window, as logits.

    ``links`` (P, the encoder's links) and ``statuses`` (P, statuses).
    """

    pairs: list[Pair]
    links: Floats
    statuses: Floats


class Encoder:
    """The two networks of one folder of weights; ``links`` are those of the vocabulary that they know, in its order."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        known = _known(read_card(folder), folder)
        self.links = tuple(link for link in links() if link in known)
        self._columns = [known.index(link) for link in self.links]
        for file in (ENCODER, HEAD):
            if not (folder / file).is_file():
                raise _broken(folder / file)

    def read(self, window: Window, types: Sequence[str]) -> Looked | None:
        """Return what the network says of the window's pairs of mentions, given the types of all entities."""
        pairs = window.pairs()
        if not pairs:
            return None
        flat = flatten(window)
        numbers = {"pieces": [flat.pieces], "mask": [[1] * len(flat.pieces)], "kinds": [flat.kinds]}
        states, attention = self._encoder.run(None, {name: np.array(rows) for name, rows in numbers.items()})
        told = {name: np.array(rows) for name, rows in about(window, flat, pairs, types).items()}
        found, statuses = self._head.run(None, {"states": states[0], "attention": attention[0], **told})
        return Looked(pairs, found[:, self._columns], statuses)

    @cached_property
    def _encoder(self) -> onnxruntime.InferenceSession:
        return _session(self.folder / ENCODER)

    @cached_property
    def _head(self) -> onnxruntime.InferenceSession:
        return _session(self.folder / HEAD)


@cache
def load_encoder(folder: Path) -> Encoder:
    """Return the networks of a folder, loaded once; raises ``ModelError`` when they are missing or of another kind."""
    return Encoder(folder)


@cache
def weights_of(folder: Path | None) -> str:
    """Return eight hexadecimal digits that change when the weights of a folder (default: those of ``kg``) change."""
    files = sorted(file for file in (folder or WEIGHTS).glob("*") if file.is_file())
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]


def read_card(folder: Path) -> Mapping[str, Any]:
    """Return what the card of a folder of weights says; raises ``ModelError`` when it is missing or broken."""
    try:
        card: Mapping[str, Any] = json.loads((folder / CARD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise ModelError(
            f"{folder} holds no weights that kg train made ({CARD} is missing or broken); name another folder"
        ) from None
    return card


def _known(card: Mapping[str, Any], folder: Path) -> list[Link]:
    """Return the links of the network, in the order of its columns.

    It never reads a fact type that it was not taught, but it must know those that come with ``kg``.
    """
    try:
        known, statuses = [Link(*names) for names in card["links"]], card["statuses"]
    except (KeyError, TypeError):
        raise ModelError(
            f"{folder} holds no weights that kg train made ({CARD} does not say what they know); name another folder"
        ) from None
    missing = sorted({link.type for link in links() if link not in known} - set(vocabulary.OWN_TYPES))
    if missing or statuses != list(vocabulary.STATUSES):
        raise ModelError(
            f"the weights in {folder} do not know {', '.join(missing) or 'the statuses'} of the ontology; "
            "train them again with kg train"
        )
    return known


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # kg leaves the other cores to its user
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime has an exception for every status, none of them of one family
        raise _broken(path) from error


def _broken(path: Path) -> ModelError:
    return ModelError(f"{path} is missing or broken; train the weights again with kg train")
