"""The light ruler: tags, parts of speech and dependencies are those of the model's own attribute ruler."""

from __future__ import annotations

import warnings

import pytest
import spacy
from spacy.language import Language

from kg.extraction.pipeline import DEFAULT_MODEL, load_parser
from kg.extraction.tagging import lighten

TEXTS = (
    "Harbourline Plc agreed to buy Quillfen Group, which it had wanted, for $2.5 billion on 3 May.",
    "There's no deal yet; that isn't what they've said. Don't! The others' offers got better, didn't they?",
    "  \n\nSHARES OF ACME\u00a0ROSE 5% – to be or not to be, 'twas said…\n\t* item (one)",
    "He is being sued. We have been having talks. Gonna see what's up, ain't we?",
    "",
)


def model() -> Language:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")  # a model of an earlier minor version works
        return spacy.load(DEFAULT_MODEL)


@pytest.fixture(scope="module")
def plain() -> Language:
    return model()


@pytest.fixture(scope="module")
def light() -> Language:
    nlp = model()
    lighten(nlp)
    return nlp


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_set_is_what_the_model_sets(text: str, plain: Language, light: Language) -> None:
    told = [[(t.text, t.tag_, t.pos_, t.dep_, t.head.i) for t in nlp(text)] for nlp in (plain, light)]
    assert told[0] == told[1]


def test_the_parser_of_kg_is_light_and_a_model_without_a_ruler_stays_as_it_is() -> None:
    assert type(load_parser().get_pipe("attribute_ruler")).__name__ == "LightRuler"
    blank = spacy.blank("en")
    lighten(blank)
    assert blank.pipe_names == []
