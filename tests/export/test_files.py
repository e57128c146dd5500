"""A file is written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import ExportError
from kg.export.files import write_whole


def _failing() -> Iterator[bytes]:
    yield b"half"
    raise ValueError("the other half is missing")


def test_failure_leaves_the_earlier_file_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_bytes(b"earlier")
    with pytest.raises(ValueError, match="other half"):
        write_whole(file, _failing())
    assert file.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [file]


def test_success_replaces_it(tmp_path: Path) -> None:
    file = tmp_path / ("😀" * 60 + ".ttl")
    file.write_bytes(b"earlier")
    write_whole(file, iter([b"a", b"b"]))
    assert file.read_bytes() == b"ab"
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    file, link = tmp_path / "real", tmp_path / "link"
    file.write_bytes(b"earlier")
    link.symlink_to(file)
    write_whole(link, [b"new"])
    assert link.is_symlink()
    assert file.read_bytes() == b"new"


def test_devices_are_written_to_directly() -> None:
    write_whole(Path(os.devnull), [b"x"])
    assert not Path(os.devnull).is_file()


def test_a_folder_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"cannot be written .*; choose another place"):
        write_whole(tmp_path, [b"x"])
    assert not list(tmp_path.iterdir())
