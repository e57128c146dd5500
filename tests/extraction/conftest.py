"""The extractor for the tests of extraction: loading the model takes seconds, so all share one."""

from __future__ import annotations

import pytest

from kg.extraction import Extractor


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The default extractor, loaded once."""
    found = Extractor()
    _ = found.nlp
    return found
