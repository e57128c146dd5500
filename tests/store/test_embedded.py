"""The store in a folder: who may open it, what it says when it cannot be, and that a change is all or nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import StoreError
from kg.store.embedded import MARKER, EmbeddedStore

NODE = NamedNode("https://example.org/a")
ONE = NamedNode("https://example.org/one")
TWO = NamedNode("https://example.org/two")


def quad(value: str, graph: NamedNode = ONE) -> Quad:
    return Quad(NODE, NODE, Literal(value), graph)


def values(store: EmbeddedStore) -> list[str]:
    return sorted(q.object.value for q in store.quads() if isinstance(q.object, Literal))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store that holds three quads."""
    path = tmp_path / "store"
    store = EmbeddedStore(path, create=True)
    store.change(insert=[quad("1"), quad("2"), quad("3", TWO)])
    store.close()
    return path


@pytest.mark.parametrize("on_disk", [False, True])
def test_one_change_drops_removes_and_inserts(tmp_path: Path, on_disk: bool) -> None:
    store = EmbeddedStore(tmp_path / "store", create=True) if on_disk else EmbeddedStore()
    store.change(insert=[quad("1"), quad("2"), quad("3", TWO)])
    store.change(drop=[TWO], remove=[quad("1")], insert=[quad("4", TWO), quad("5")])
    assert values(store) == ["2", "4", "5"]
    assert store.graphs() == [ONE, TWO]
    assert len(store) == 3
    store.close()


def test_a_change_that_fails_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = EmbeddedStore(folder, writable=True)

    def steps(verb: str, quads: list[Quad]) -> list[str]:
        return [
            "INSERT DATA { <https://example.org/a> <https://example.org/a> 1 }",
            "DROP GRAPH <https://example.org/no>",
        ]

    before = store.dump()
    monkeypatch.setattr("kg.store.embedded._data", steps)
    with pytest.raises(StoreError):
        store.change(drop=[ONE])
    assert store.dump() == before
    store.close()


def test_what_was_written_is_there_after_opening_again(folder: Path) -> None:
    store = EmbeddedStore(folder)
    assert values(store) == ["1", "2", "3"]
    store.close()


def test_dropping_a_graph_leaves_no_name_behind(folder: Path) -> None:
    store = EmbeddedStore(folder, writable=True)
    store.change(drop=[TWO])
    assert store.graphs() == [ONE]
    assert not store.holds(TWO)
    store.close()


def test_equal_stores_dump_equal_bytes(folder: Path, tmp_path: Path) -> None:
    other = EmbeddedStore()
    for value in (quad("3", TWO), quad("2"), quad("1")):
        other.change(insert=[value])
    store = EmbeddedStore(folder)
    assert store.dump() == other.dump()
    store.close()


def test_reading_makes_and_changes_nothing(folder: Path, tmp_path: Path) -> None:
    before = {path.name: (path.stat().st_size, path.stat().st_mtime_ns) for path in folder.iterdir()}
    store = EmbeddedStore(folder)
    assert len(store) == 3
    with pytest.raises(StoreError, match="open for reading only"):
        store.change(insert=[quad("4")])
    store.close()
    assert {path.name: (path.stat().st_size, path.stat().st_mtime_ns) for path in folder.iterdir()} == before
    with pytest.raises(StoreError, match="no store at"):
        EmbeddedStore(tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_a_missing_store_is_not_made_by_writing_without_create(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"There is no store at .*none; make one with: kg build SOURCE --store"):
        EmbeddedStore(tmp_path / "none", writable=True)
    assert not (tmp_path / "none").exists()


def test_a_file_is_no_store(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("x")
    for create in (False, True):
        with pytest.raises(StoreError, match="is a file, not a folder"):
            EmbeddedStore(path, create=create)


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("x")
    for create in (False, True):
        with pytest.raises(StoreError, match="holds other things"):
            EmbeddedStore(tmp_path, create=create)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_an_empty_folder_becomes_a_store(tmp_path: Path) -> None:
    EmbeddedStore(tmp_path, create=True).close()
    assert (tmp_path / MARKER).is_file()
    store = EmbeddedStore(tmp_path)
    assert len(store) == 0
    store.close()


def test_a_store_killed_at_its_very_beginning_can_be_made_again(tmp_path: Path) -> None:
    (tmp_path / MARKER).write_bytes(b"")
    with pytest.raises(StoreError, match="no store at"):
        EmbeddedStore(tmp_path)
    EmbeddedStore(tmp_path, create=True).close()
    EmbeddedStore(tmp_path).close()


def test_a_store_whose_making_was_interrupted_can_be_made_again(tmp_path: Path) -> None:
    EmbeddedStore(tmp_path, create=True).close()
    for path in tmp_path.iterdir():
        if path.name != MARKER:
            path.unlink()
    with pytest.raises(StoreError, match="still empty"):
        EmbeddedStore(tmp_path)
    EmbeddedStore(tmp_path, writable=True).close()
    EmbeddedStore(tmp_path).close()


@pytest.mark.parametrize("damage", [b"", b"garbage\n", b"\x00" * 300])
@pytest.mark.parametrize("name", ["CURRENT", "MANIFEST"])
@pytest.mark.parametrize("writable", [False, True])
def test_broken_files(folder: Path, name: str, damage: bytes, writable: bool) -> None:
    [path] = [path for path in folder.iterdir() if path.name.startswith(name)]
    path.write_bytes(damage)
    with pytest.raises(StoreError, match=r"is broken \(.*\); delete the folder and build it again"):
        EmbeddedStore(folder, writable=writable)


@pytest.mark.parametrize(
    "act", [EmbeddedStore.dump, EmbeddedStore.graphs, lambda store: store.query("ASK { ?s ?p ?o }")]
)
@pytest.mark.parametrize("writable", [False, True])
def test_broken_data(folder: Path, act: Callable[[EmbeddedStore], object], writable: bool) -> None:
    for path in folder.glob("*.sst"):
        path.write_bytes(bytes(byte ^ 0x55 for byte in path.read_bytes()[:-200]) + path.read_bytes()[-200:])
    with pytest.raises(StoreError, match=r"is broken .*; delete the folder and build it again"):
        act(EmbeddedStore(folder, writable=writable))


@pytest.mark.parametrize("writable", [False, True])
def test_a_missing_current_file_loses_no_data(folder: Path, writable: bool) -> None:
    (folder / "CURRENT").unlink()
    with pytest.raises(StoreError, match="CURRENT is missing"):
        EmbeddedStore(folder, writable=writable)
    assert list(folder.glob("*.sst"))


@pytest.mark.parametrize(
    ("marker", "says"),
    [
        ("", "cannot be read"),
        ("[]", "cannot be read"),
        ('{"format": 99}', "has format 99, and this version of kg reads"),
    ],
)
def test_a_broken_marker(folder: Path, marker: str, says: str) -> None:
    (folder / MARKER).write_text(marker)
    with pytest.raises(StoreError, match=says):
        EmbeddedStore(folder)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may do anything")
def test_permission_denied(folder: Path) -> None:
    folder.chmod(0)
    try:
        with pytest.raises(StoreError, match="check the permissions"):
            EmbeddedStore(folder)
    finally:
        folder.chmod(0o700)


def test_permission_denied_while_looking(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "is_file", refuse)
    with pytest.raises(StoreError, match="check the permissions"):
        EmbeddedStore(folder)


def opened_elsewhere(folder: Path, *, writable: bool) -> subprocess.Popen[str]:
    """A process that has the store open until its standard input closes."""
    code = (
        "import sys; from pathlib import Path; from kg.store.embedded import EmbeddedStore\n"
        f"store = EmbeddedStore(Path(sys.argv[1]), writable={writable}); print('open', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    return process


@pytest.mark.parametrize(
    ("there", "here", "says"),
    [
        (True, True, "is in use by another process"),
        (True, False, "is being written by another process"),
        (False, True, "is in use by another process"),
        (False, False, None),
    ],
)
def test_other_processes(folder: Path, there: bool, here: bool, says: str | None) -> None:
    with opened_elsewhere(folder, writable=there):
        if says is None:
            EmbeddedStore(folder, writable=here).close()
        else:
            with pytest.raises(StoreError, match=says):
                EmbeddedStore(folder, writable=here)
    EmbeddedStore(folder, writable=here).close()


def test_opening_for_writing_closes_this_process_readers(folder: Path) -> None:
    readers = [EmbeddedStore(folder), EmbeddedStore(folder)]
    writer = EmbeddedStore(folder, writable=True)
    writer.change(insert=[quad("4")])
    for reader in readers:
        with pytest.raises(StoreError, match="has been closed"):
            len(reader)
    with pytest.raises(StoreError, match="in use"):
        EmbeddedStore(folder, writable=True)
    with pytest.raises(StoreError, match="being written"):
        EmbeddedStore(folder)
    writer.close()
    writer.close()
    store = EmbeddedStore(folder)
    assert values(store) == ["1", "2", "3", "4"]
    store.close()


def test_hostile_words_in_a_change_stay_words(folder: Path) -> None:
    store = EmbeddedStore(folder, writable=True)
    spiteful = '" . } } ; DROP ALL ; INSERT DATA { GRAPH <x:y> { <x:y> <x:y> "\\u0022 \n\r\\'
    store.change(drop=[TWO], insert=[quad(spiteful)])
    assert values(store) == sorted(["1", "2", spiteful])
    store.change(drop=[ONE], remove=[quad(spiteful)])
    assert values(store) == []
    store.close()
