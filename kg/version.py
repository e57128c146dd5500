"""The version of ``kg``: of the installed distribution or, where there is none, of the source beside it."""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path

_DISTRIBUTION = "corporate-kg"
_UNKNOWN = "unknown"


def version() -> str:
    """Return the version, such as ``0.1.0``; ``unknown`` when only the bare package was copied somewhere."""
    try:
        return metadata.version(_DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return _stated_by(Path(__file__).resolve().parents[1] / "pyproject.toml")


def _stated_by(project_file: Path) -> str:
    try:
        project = tomllib.loads(project_file.read_text(encoding="utf-8")).get("project", {})
    except (OSError, ValueError):
        return _UNKNOWN
    return str(project["version"]) if project.get("name") == _DISTRIBUTION and "version" in project else _UNKNOWN
