"""The version is known with and without an installed distribution."""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from kg import version as version_module
from kg.version import version

PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"


@pytest.fixture
def not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)


@pytest.mark.skipif(not PROJECT.is_file(), reason="the source is not here")
@pytest.mark.usefixtures("not_installed")
def test_a_checkout_knows_its_version() -> None:
    assert version() == tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"]


@pytest.mark.parametrize("text", [None, "", "not toml", '[project]\nname = "other"\nversion = "9"\n'])
@pytest.mark.usefixtures("not_installed")
def test_a_bare_copy_does_not(text: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(version_module, "__file__", str(tmp_path / "kg" / "version.py"))
    if text is not None:
        (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    assert version() == "unknown"
