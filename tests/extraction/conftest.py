"""The extractor for the tests of what the rules read: loading the model takes seconds, so all share one."""

from __future__ import annotations

import pytest

from kg.extraction import Extractor


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The rules without the network, whatever their confidence, loaded once."""
    found = Extractor(pipeline="fast", min_confidence=0.0)
    _ = found.nlp
    return found
