"""One extraction of the development articles for all that a test session asks of its quality."""

from __future__ import annotations

from pathlib import Path

import pytest
from quality_baseline import extracted, judged

from kg.evaluation import Evaluation, GoldFile
from kg.model import Extraction

Extracted = tuple[list[GoldFile], dict[str, Extraction]]


@pytest.fixture(scope="session")
def dev_extracted(shared: Path) -> Extracted:
    """The development articles and what is extracted from them."""
    return extracted(shared / "eval" / "dev")


@pytest.fixture(scope="session")
def dev_extractions(dev_extracted: Extracted) -> dict[str, Extraction]:
    """What is extracted from the development articles, by their names."""
    return dev_extracted[1]


@pytest.fixture(scope="session")
def dev(dev_extracted: Extracted) -> Evaluation:
    """The evaluation of the development articles."""
    return judged(*dev_extracted)
