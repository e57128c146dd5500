"""Whole articles: what is extracted follows the published schema, and every quote stands in the file as read."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from kg import examples, jsonio, vocabulary
from kg.documents import read
from kg.extraction import Extractor
from kg.model import Document, Extraction

VALIDATOR = jsonschema.Draft202012Validator(jsonio.schema())
SEVERAL = 8  # articles of the evaluation that are read, evenly spread


def check(extraction: Extraction) -> None:
    """Fail unless the extraction follows the schema, the vocabulary and its own text."""
    VALIDATOR.validate(json.loads(json.dumps(jsonio.to_json(extraction))))
    text = extraction.document.text
    types = {entity.id: entity.type for entity in extraction.entities}
    assert len(types) == len(extraction.entities)
    for entity in extraction.entities:
        assert all(text[m.start : m.end] == m.text for m in entity.mentions)
        assert entity.name not in entity.aliases
    for fact in extraction.facts:
        assert vocabulary.problems(fact.type, fact.roles, fact.status, fact.stake, types) == []
        assert fact.evidence
        assert all(text[e.start : e.end] == e.quote == e.quote.strip() for e in fact.evidence)


def document(path: Path) -> Document:
    (found,) = read([str(path)])
    assert isinstance(found, Document)
    return found


@pytest.mark.parametrize("path", examples.paths(), ids=lambda path: path.name)
def test_examples(extractor: Extractor, path: Path) -> None:
    extraction = extractor.extract(document(path))
    check(extraction)
    assert [fact for fact in extraction.facts if fact.type in vocabulary.DEAL_TYPES]


@pytest.mark.parametrize("path", [path for path in examples.paths() if path.suffix == ".txt"], ids=lambda p: p.name)
def test_quotes_of_an_example_stand_in_its_file(extractor: Extractor, path: Path) -> None:
    on_disk = path.read_bytes().decode("utf-8")
    for fact in extractor.extract(document(path)).facts:
        assert all(on_disk[e.start : e.end] == e.quote for e in fact.evidence)


def test_quotes_of_evaluation_articles_stand_in_their_files(extractor: Extractor, shared: Path) -> None:
    paths = sorted((shared / "eval" / "dev").glob("*.txt"))
    chosen = paths[:: max(1, len(paths) // SEVERAL)]
    assert chosen
    for path in chosen:
        extraction = extractor.extract(document(path))
        check(extraction)
        on_disk = path.read_bytes().decode("utf-8")
        quotes = [evidence for fact in extraction.facts for evidence in fact.evidence]
        assert all(on_disk[e.start : e.end] == e.quote for e in quotes), path.name
