"""Fixtures that many tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of evaluation data beside the checkout; its absence skips elsewhere and fails in CI."""
    if not SHARED.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("the folder 'shared' must lie beside the checkout under CI=true")
        pytest.skip("needs the evaluation data in 'shared' beside the checkout")
    return SHARED
