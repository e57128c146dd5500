"""Made-up gold articles, read once for all tests of training."""

from __future__ import annotations

from pathlib import Path

import pytest
from to_train_on import gold_files

from kg.extraction import Extractor
from kg.extraction.pipeline import READING
from kg.learning.corpus import GoldText, examples, gold_folder
from kg.learning.examples import Example


@pytest.fixture(scope="session")
def rules() -> Extractor:
    """The extractor that finds entities for training."""
    return Extractor(pipeline=READING)


@pytest.fixture(scope="session")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of nine gold articles; tests only read it."""
    return gold_files(tmp_path_factory.mktemp("learning"))


@pytest.fixture(scope="session")
def texts(gold: Path) -> list[GoldText]:
    """The nine articles."""
    return gold_folder(gold)


@pytest.fixture(scope="session")
def made(texts: list[GoldText], rules: Extractor) -> list[Example]:
    """Examples of the first three articles."""
    return list(examples(texts[:3], rules.read(text.document for text in texts[:3])))
