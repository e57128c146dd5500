"""The store on this machine: an Oxigraph database in a folder, or its twin in memory.

A folder is a store when it holds ``kg-store.json``, which is written before anything else. One process writes at a
time (and while it does, nobody reads); any number read together. Every change is one transaction: a killed process
leaves the store as it was before the change, or as it is after.
"""

from __future__ import annotations

import gc
import json
import sys
import weakref
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from kg.errors import StoreError
from kg.store.locking import FolderLock
from kg.store.results import QueryResult, run_query
from kg.store.sparql_text import first_line
from kg.store.terms import PREFIXES

_TROUBLE = (OSError, RuntimeError)
"""What Oxigraph raises when the disk or its files fail it."""

_ONLY_OURS = 2
"""References to an object that one variable holds, as ``sys.getrefcount`` counts them."""

_LONGEST_REASON = 120

MARKER = "kg-store.json"
_READERS: dict[Path, weakref.WeakSet[EmbeddedStore]] = {}
_FORMAT = 1
_MARKER_TEXT = json.dumps({"format": _FORMAT, "software": "corporate-kg"}) + "\n"

Term = NamedNode | BlankNode | Literal | Triple


class EmbeddedStore:
    """An RDF dataset in a folder (or in memory, when ``path`` is ``None``), in which every triple has a named graph.

    ``writable`` takes the folder for this object alone; ``create`` also makes a store where there is none. Opened for
    reading only, nothing in the folder is made or changed. Opening it for writing closes what this same process has
    open for reading (a notebook that builds again need not close its graph first). Raises ``StoreError`` when the
    folder holds no store, is in use by another process, is broken, or must not be read.
    """

    def __init__(self, path: Path | None = None, *, writable: bool = False, create: bool = False) -> None:
        self.path = path
        self.writable = writable or create or path is None
        self._lock: FolderLock | None = None
        self._open: Store | None = None
        if path is None:
            self._open = Store()
            return
        try:
            with _explained(path):
                _prepare(path, create=create)
                if self.writable:
                    _close_readers(path)
                self._lock = FolderLock(path / MARKER, exclusive=self.writable)
                self._open = _open_database(path, writable=self.writable)
            if not self.writable:
                _READERS.setdefault(path.resolve(), weakref.WeakSet()).add(self)
        except StoreError:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the folder; the object cannot be used after that. Closing twice does nothing."""
        if self._open is not None and self.writable and self.path is not None:
            with suppress(*_TROUBLE):
                self._open.flush()
        database, self._open = self._open, None
        if database is not None and sys.getrefcount(database) > _ONLY_OURS:
            # The database closes with its last reference, which may be in a cycle that the collector has yet to find.
            del database
            gc.collect()
        database = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,  # noqa: A002 - the word of RDF
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match; ``None`` matches anything. Raises ``StoreError`` when the store is broken."""
        with _explained(self.path):
            yield from self._store.quads_for_pattern(subject, predicate, object, graph)

    def graphs(self) -> list[NamedNode]:
        """Return the names of all graphs, in alphabetical order."""
        with _explained(self.path):
            names = [name for name in self._store.named_graphs() if isinstance(name, NamedNode)]
        return sorted(names, key=lambda name: name.value)

    def holds(self, graph: NamedNode) -> bool:
        """Tell whether the store has a graph of this name."""
        with _explained(self.path):
            return self._store.contains_named_graph(graph)

    def change(
        self, *, drop: Iterable[NamedNode] = (), remove: Iterable[Quad] = (), insert: Iterable[Quad] = ()
    ) -> None:
        """Drop graphs, remove quads and insert quads, in this order and in one transaction: all of it or nothing.

        Raises ``StoreError`` when the store was opened for reading or the disk refuses.
        """
        if not self.writable:
            raise StoreError(f"The store {self.path} is open for reading only; open it with writable=True.")
        dropped, removed, inserted = list(drop), list(remove), list(insert)
        with _explained(self.path):
            if not dropped and not removed:
                self._store.extend(inserted)
            else:
                steps = [f"DROP SILENT GRAPH {graph}" for graph in dropped]
                steps += _data("DELETE", removed) + _data("INSERT", inserted)
                self._store.update(";\n".join(steps))

    def query(self, sparql: str) -> QueryResult:
        """Answer a SPARQL query over the union of all graphs (or those of its FROM clauses); all prefixes are known.

        Nothing is changed and nothing outside is asked. Raises ``QueryError``, ``StoreError`` for a broken store.
        """
        with _explained(self.path):
            return run_query(self._store, sparql, PREFIXES)

    def dump(self) -> bytes:
        """Return everything as N-Quads in sorted order: equal stores give equal bytes."""
        quads = serialize(self.quads(), format=RdfFormat.N_QUADS)
        return b"".join(sorted((quads or b"").splitlines(keepends=True)))

    def flush(self) -> None:
        """Write everything to the database's own files, which makes the next opening quick."""
        if self.path is not None:
            with _explained(self.path):
                self._store.flush()

    @property
    def is_open(self) -> bool:
        """Whether the store has not been closed."""
        return self._open is not None

    def __len__(self) -> int:
        with _explained(self.path):
            return len(self._store)

    @property
    def _store(self) -> Store:
        if self._open is None:
            raise StoreError(f"The store {self.path} has been closed; open it again.")
        return self._open


def _close_readers(path: Path) -> None:
    for reader in list(_READERS.pop(path.resolve(), ())):
        reader.close()


def _prepare(path: Path, *, create: bool) -> None:
    """Check that the folder is a store, or make it one."""
    if path.exists() and not path.is_dir():
        raise StoreError(f"The store {path} is a file, not a folder; name another folder.")
    marker = path / MARKER
    others = [entry for entry in path.iterdir() if entry != marker] if path.is_dir() else []
    if marker.is_file() and (others or marker.stat().st_size):
        _check_marker(path, marker)
        return
    if others:
        raise StoreError(f"The folder {path} holds other things and is no store of kg; name another folder.")
    if not create:
        raise StoreError(f"There is no store at {path}; make one with: kg build SOURCE --store {path}")
    path.mkdir(parents=True, exist_ok=True)
    marker.write_text(_MARKER_TEXT, encoding="utf-8")


def _check_marker(path: Path, marker: Path) -> None:
    try:
        found = json.loads(marker.read_text(encoding="utf-8"))["format"]
    except (ValueError, KeyError, TypeError) as problem:
        raise _broken(path, f"{MARKER} cannot be read") from problem
    if found != _FORMAT:
        raise StoreError(f"The store {path} has format {found}, and this version of kg reads format {_FORMAT}.")


def _open_database(path: Path, *, writable: bool) -> Store:
    fresh = not (path / "CURRENT").exists()
    if fresh and any(path.glob("*.sst")):
        # The database would take the folder for an empty one and throw the data away.
        raise _broken(path, "the file CURRENT is missing")
    if writable:
        return Store(str(path))
    if fresh:
        raise StoreError(f"The store {path} is still empty; fill it with: kg build SOURCE --store {path}")
    return Store.read_only(str(path))


def _broken(path: Path, problem: str) -> StoreError:
    return StoreError(f"The store {path} is broken ({problem}); delete the folder and build it again.")


@contextmanager
def _explained(path: Path | None) -> Iterator[None]:
    try:
        yield
    except _TROUBLE as problem:
        raise StoreError(_explain(path, problem)) from problem


def _explain(path: Path | None, problem: OSError | RuntimeError) -> str:
    said = (first_line(str(problem)) or type(problem).__name__)[:_LONGEST_REASON]
    if isinstance(problem, PermissionError) or "Permission denied" in said:
        return f"The store {path} must not be opened by this user; check the permissions of the folder."
    if "lock hold" in said or "While lock file" in said:
        return f"The store {path} is in use by another process; wait for it or stop it."
    if "No space left" in said:
        return f"The disk of the store {path} is full; make room and run the command again."
    return f"The store {path} is broken ({said}); delete the folder and build it again."


def _data(verb: str, quads: list[Quad]) -> list[str]:
    """Return ``INSERT DATA`` or ``DELETE DATA`` for quads, written by Oxigraph's own serialiser, never pasted."""
    if not quads:
        return []
    by_graph: dict[NamedNode | BlankNode | DefaultGraph, list[Triple]] = defaultdict(list)
    for quad in quads:
        by_graph[quad.graph_name].append(quad.triple)
    blocks = []
    for graph, triples in by_graph.items():
        lines = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
        blocks.append(f"GRAPH {graph} {{\n{lines.decode()}}}")
    return [f"{verb} DATA {{\n" + "\n".join(blocks) + "\n}"]
