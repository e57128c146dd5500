"""Learning names from a handful of invented articles: what is learned from, what comes out, and the same twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from spacy.language import Language

from kg.errors import SourceError
from kg.extraction import load
from kg.extraction.name_types import KINDS, read_weights
from kg.extraction.pipeline import READING, load_parser
from kg.extraction.recognizer import PLAIN_TYPES, RECOGNIZER, TYPES
from kg.learning.corpus import gold_folder
from kg.learning.mentions import example
from kg.learning.named_texts import NamedText, named_texts
from kg.learning.names import NamesReport, train_names

TEXT = (
    "ZORBAN TO BUY VARENNA\n\nZorban Motors agreed to buy Varenna for $2 billion, Helen Barrow of Zorban Motors said "
    "on Monday. Varenna makes the Quill scooter in Lisbon. The Zorbanian Takeover Panel must approve the deal."
)
TYPES_OF = {
    "Zorban Motors": "Company",
    "Varenna": "Company",
    "Helen Barrow": "Person",
    "Quill": "Product",
    "Zorbanian Takeover Panel": "Organization",
}
FEW = [
    NamedText(TEXT.replace("Zorban", start).replace("ZORBAN", start.upper()), types, composed=start == "Zorban")
    for start in ("Zorban", "Kestrel", "Harwell", "Nordby", "Ostrava", "Pellworm")
    for types in [{name.replace("Zorban", start): kind for name, kind in TYPES_OF.items()}]
]


@pytest.fixture(scope="module")
def parser() -> Language:
    return load_parser()


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, NamesReport]:
    output = tmp_path_factory.mktemp("weights") / "names"
    return output, train_names(FEW, output, seed=1, epochs=2, progress=_silent)


def _silent(line: str) -> None:
    assert line


def test_gold_names_are_labelled_and_dates_kept(parser: Language) -> None:
    right = example(parser, parser(TEXT), FEW[0]).reference
    found = [(ent.text, ent.label_) for ent in right.ents]
    for expected in [
        ("VARENNA", "ORG"),
        ("Zorban Motors", "ORG"),
        ("Varenna", "ORG"),
        ("Helen Barrow", "PERSON"),
        ("Quill", "PRODUCT"),
        ("Zorbanian Takeover Panel", "BODY"),
        ("Monday", "DATE"),
    ]:
        assert expected in found
    assert found.count(("Zorban Motors", "ORG")) == 2


def test_what_only_the_model_takes_for_a_firm_is_no_name(parser: Language) -> None:
    text = "Zorban Motors Ltd sued Kestrel Foods Inc on Monday."
    right = example(parser, parser(text), NamedText(text, {"Kestrel Foods Inc": "Company"})).reference
    assert [(ent.text, ent.label_) for ent in right.ents] == [("Kestrel Foods Inc", "ORG"), ("Monday", "DATE")]


def test_the_longest_name_counts_and_none_runs_across_a_sentence(parser: Language) -> None:
    text = "Kestrel Foods rose.\n\nKestrel\n\nFoods fell."
    gold = NamedText(text, {"Kestrel": "Person", "Kestrel Foods": "Company", "Kestrel\n\nFoods": "Product"})
    right = example(parser, parser(text), gold).reference
    assert [ent.text for ent in right.ents][:1] == ["Kestrel Foods"]
    assert all("\n" not in ent.text for ent in right.ents)


def test_gold_files_become_texts(tmp_path: Path) -> None:
    for name in ("001", "002"):
        (tmp_path / f"{name}.txt").write_text(TEXT, "utf-8")
        entities = [
            {"name": "Zorban Motors", "type": "Company", "aliases": ["Zorban"]},
            {"name": "Helen Barrow", "type": "Person", "aliases": []},
        ]
        (tmp_path / f"{name}.json").write_text(json.dumps({"entities": entities, "facts": []}), "utf-8")
    (tmp_path / "index.tsv").write_text("file\tsource\n001.txt\twritten\n002.txt\twire\n", "utf-8")
    texts = named_texts(gold_folder(tmp_path))
    assert [text.composed for text in texts] == [True, False]
    people = {"Helen Barrow": "Person", "Barrow": "Person"}
    assert all(text.types == {"Zorban Motors": "Company", "Zorban": "Company", **people} for text in texts)
    assert texts[0].text.strip() == TEXT


def test_a_folder_of_weights_is_written_and_reported(trained: tuple[Path, NamesReport]) -> None:
    output, report = trained
    assert sorted(file.name for file in output.iterdir()) == sorted([RECOGNIZER, TYPES, PLAIN_TYPES])
    assert report.texts == len(FEW)
    assert report.words > 200
    assert 0 < report.right <= 1
    assert 0 < report.right_plain <= 1
    for table in (TYPES, PLAIN_TYPES):
        weights = read_weights(output / table)
        assert weights
        assert all(len(row) == len(KINDS) for row in weights.values())
        assert not [feature for feature in weights if "zorban" in feature.lower() or "kestrel" in feature.lower()]
    assert (output / RECOGNIZER).stat().st_size < 7_000_000


def test_the_weights_are_read_by_the_extractor(trained: tuple[Path, NamesReport]) -> None:
    output, _ = trained
    nlp = load(pipeline=READING, weights=output.parent)
    assert "BODY" in nlp.get_pipe("ner").labels  # type: ignore[attr-defined]
    assert {(name.text, name.type) for name in nlp(TEXT)._.kg_names} >= {
        ("Varenna", "Company"),
        ("Helen Barrow", "Person"),
    }


def test_the_same_texts_and_seed_give_the_same_bytes(trained: tuple[Path, NamesReport], tmp_path: Path) -> None:
    output, report = trained
    assert train_names(FEW, tmp_path, seed=1, epochs=2, progress=_silent) == report
    for file in output.iterdir():
        assert (tmp_path / file.name).read_bytes() == file.read_bytes(), file.name


def test_too_few_texts_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="2 annotated texts are too few"):
        train_names(FEW[:2], tmp_path)
