"""Loading and running a folder of weights: the same window gives the same logits, a wrong folder one sentence."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from window_docs import doc_of

from kg import vocabulary
from kg.errors import ModelError
from kg.extraction.encoder import CARD, ENCODER, HEAD, WEIGHTS, Encoder, load_encoder, weights_of
from kg.extraction.links import links
from kg.extraction.windows import Window, windows

TYPES = ("Company", "Company", "Company")


def window_of(*words: str) -> Window:
    texts = [[(0, "Harbourline"), words[0], (1, "Quillfen"), *words[1:], (2, "Stonebeck"), "."]]
    (window,) = windows(doc_of(texts, TYPES))
    return window


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder(WEIGHTS)


def test_every_pair_has_a_logit_for_each_link_and_status(encoder: Encoder) -> None:
    looked = encoder.read(window_of("bought", "from"), TYPES)
    assert looked is not None
    assert len(looked.pairs) == 6
    assert looked.links.shape == (6, len(links()))
    assert looked.statuses.shape == (6, len(vocabulary.STATUSES))
    assert np.isfinite(looked.links).all()
    assert np.isfinite(looked.statuses).all()


def test_a_window_reads_the_same_alone_and_after_others(encoder: Encoder) -> None:
    window = window_of("agreed", "to", "merge", "without")
    alone = Encoder(WEIGHTS).read(window, TYPES)
    for words in (("sued",), ("is", *["very"] * 100), ("and", "or")):
        encoder.read(window_of(*words), TYPES)
    after = encoder.read(window, TYPES)
    assert alone is not None
    assert after is not None
    assert alone.pairs == after.pairs
    assert np.array_equal(alone.links, after.links)
    assert np.array_equal(alone.statuses, after.statuses)


def test_a_window_without_pairs_is_not_read(encoder: Encoder) -> None:
    window = window_of("bought", "from")
    assert encoder.read(replace(window, mentions=window.mentions[:1]), TYPES) is None


def copied(folder: Path) -> Path:
    return Path(shutil.copytree(WEIGHTS, folder / "weights"))


def without(name: str) -> Callable[[dict[str, Any]], Any]:
    return lambda card: {key: value for key, value in card.items() if key != name}


CARDS: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "no links": (without("links"), "holds no weights that kg train made"),
    "no statuses": (without("statuses"), "holds no weights that kg train made"),
    "a list": (lambda card: [1, 2], "holds no weights that kg train made"),
    "odd links": (lambda card: {**card, "links": [["Acquisition"]]}, "holds no weights that kg train made"),
    "a type is unknown": (
        lambda card: {**card, "links": [link for link in card["links"] if link[0] != "Supply"]},
        "do not know Supply of the ontology; train them again with kg train",
    ),
    "one link of three is unknown": (
        lambda card: {**card, "links": [link for link in card["links"] if link[2] != "seller"]},
        "do not know Acquisition, Investment of the ontology",
    ),
    "other statuses": (lambda card: {**card, "statuses": ["done"]}, "do not know the statuses of the ontology"),
}


@pytest.mark.parametrize("name", CARDS)
def test_a_card_that_does_not_fit_is_one_sentence(name: str, tmp_path: Path) -> None:
    change, expected = CARDS[name]
    card = json.loads((WEIGHTS / CARD).read_text("utf-8"))
    (tmp_path / CARD).write_text(json.dumps(change(card)), encoding="utf-8")
    with pytest.raises(ModelError, match=expected) as caught:
        load_encoder(tmp_path)
    assert "\n" not in str(caught.value)
    assert tmp_path.name in str(caught.value)


def test_a_card_in_another_order_reads_the_same(tmp_path: Path, encoder: Encoder) -> None:
    """The columns are found by their names, so links may be added to the vocabulary in any place."""
    folder = copied(tmp_path)
    card = json.loads((folder / CARD).read_text("utf-8"))
    card["links"] = card["links"][1:] + card["links"][:1]
    (folder / CARD).write_text(json.dumps(card), encoding="utf-8")
    window = window_of("bought", "from")
    turned, plain = Encoder(folder).read(window, TYPES), encoder.read(window, TYPES)
    assert turned is not None
    assert plain is not None
    assert np.array_equal(np.roll(turned.links, -1, axis=1), plain.links)


def test_links_of_own_types_may_be_unknown_to_a_network(
    tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Weights that were made before a user's type was written are used on, and say nothing of it."""
    monkeypatch.setattr(vocabulary, "OWN_TYPES", ("Supply",))
    folder = copied(tmp_path)
    card = json.loads((folder / CARD).read_text("utf-8"))
    card["links"] = [["Unheard", *link[1:]] if link[0] == "Supply" else link for link in card["links"]]
    (folder / CARD).write_text(json.dumps(card), encoding="utf-8")
    older, window = Encoder(folder), window_of("bought", "from")
    assert older.links == tuple(link for link in encoder.links if link.type != "Supply")
    looked, plain = older.read(window, TYPES), encoder.read(window, TYPES)
    assert looked is not None
    assert plain is not None
    kept = [n for n, link in enumerate(encoder.links) if link.type != "Supply"]
    assert np.array_equal(looked.links, plain.links[:, kept])


@pytest.mark.parametrize("content", [None, "", "{", "\x00\xff"], ids=["missing", "empty", "cut", "binary"])
def test_a_folder_without_a_card_is_one_sentence(content: str | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / CARD).write_text(content, encoding="latin-1")
    with pytest.raises(ModelError, match=r"model\.json is missing or broken\); name another folder"):
        load_encoder(tmp_path)


@pytest.mark.parametrize("file", [ENCODER, HEAD])
@pytest.mark.parametrize("content", [None, b"", b"not a network"], ids=["missing", "empty", "broken"])
def test_a_network_that_cannot_be_loaded_is_one_sentence(file: str, content: bytes | None, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / file).unlink()
    if content is not None:
        (folder / file).write_bytes(content)
    with pytest.raises(ModelError, match="is missing or broken; train the weights again with kg train") as caught:
        Encoder(folder).read(window_of("bought", "from"), TYPES)
    assert file in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_digits_of_weights_change_with_any_file(tmp_path: Path) -> None:
    found = {weights_of(None)}
    for number, file in enumerate((CARD, "head.onnx", None)):
        folder = copied(tmp_path / str(number))
        if file is not None:
            (folder / file).write_bytes((folder / file).read_bytes() + b" ")
        found.add(weights_of(folder))
    assert len(found) == 3
    assert all(len(digits) == 8 and int(digits, 16) >= 0 for digits in found)
