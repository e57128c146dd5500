"""Bytes → a file, whole or not at all: what fails half way leaves an earlier file as it was."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from threading import get_ident

from kg.errors import ExportError


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write the pieces beside the file and move them into place; raises ``ExportError`` when that cannot be done."""
    try:
        path = path.resolve()
        if path.exists() and not path.is_file() and not path.is_dir():
            _write(path, pieces, "wb")  # a pipe or a device has no place beside it
            return
        beside = path.with_name(f".{os.getpid()}-{get_ident()}.part")
        try:
            _write(beside, pieces, "xb")
            beside.replace(path)
        finally:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise ExportError(f"{path} cannot be written ({reason}); choose another place.") from problem


def _write(path: Path, pieces: Iterable[bytes], mode: str) -> None:
    with path.open(mode) as file:
        for piece in pieces:
            file.write(piece)
