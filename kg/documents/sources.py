"""What the user names → what is to be read: files, folders and globs spelled out, URLs, standard input."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kg.documents.sidecar import SUFFIX as SIDECAR_SUFFIX
from kg.errors import SourceError

TEXT_SUFFIXES = frozenset({".txt", ".text"})
MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
SUFFIXES = TEXT_SUFFIXES | MARKDOWN_SUFFIXES | HTML_SUFFIXES
"""Suffixes of the files that are read from folders."""

STANDARD_INPUT = "-"
_URL = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]+)://", re.IGNORECASE)

Source = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to read. ``origin`` is the path or URL as the user gave it, ``-`` for standard input."""

    origin: str
    kind: Literal["file", "url", "stdin"]


def expand(sources: Iterable[Source] | Source) -> list[Target | SourceError]:
    """Spell out folders and globs, each sorted; what is named twice stands once, what cannot be read is an error.

    Folders are read with their subfolders (symbolic links to folders are not followed); hidden files and files with
    other suffixes than those of text, Markdown and HTML are passed over. A file that is named itself is taken whatever
    its suffix, except the sidecar of another one that is named.
    """
    if isinstance(sources, str | os.PathLike):
        sources = [sources]
    found: dict[str, Target | SourceError] = {}
    for source in sources:
        for target in _expand(os.fspath(source)):
            found.setdefault(_key(target), target)
    return [target for target in found.values() if not _is_sidecar(target, found)]


def _expand(source: str) -> Iterator[Target | SourceError]:
    scheme = _URL.match(source)
    if source == STANDARD_INPUT:
        yield Target(source, "stdin")
    elif scheme and scheme["scheme"].lower() in ("http", "https"):
        yield Target(source, "url")
    elif scheme:
        yield SourceError(source, "is a URL of a kind that is never fetched; give an http or https URL, or a file")
    elif os.path.isdir(source):  # noqa: PTH112 - unlike Path.is_dir, it takes any string
        yield from _folder(source)
    elif glob.has_magic(source) and not os.path.exists(source):  # noqa: PTH110 - the same
        yield from _glob(source)
    else:
        yield Target(Path(source).as_posix(), "file")


def _folder(source: str) -> Iterator[Target | SourceError]:
    unreadable: list[OSError] = []
    files = []
    for folder, subfolders, names in os.walk(source, onerror=unreadable.append):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        known = (Path(folder, name) for name in names if not name.startswith(".") and _is_known(name))
        files += [path for path in known if path.is_file() or path.is_symlink()]  # a pipe would be waited for
    for path in sorted(files, key=lambda file: file.parts):
        yield Target(path.as_posix(), "file")
    for error in sorted(unreadable, key=lambda error: str(error.filename)):
        yield SourceError(
            Path(error.filename).as_posix(), f"cannot be listed ({error.strerror}); check its permissions"
        )
    if not files and not unreadable:
        yield SourceError(Path(source).as_posix(), f"is a folder without articles; it needs {_wanted()} files")


def _glob(pattern: str) -> Iterator[Target | SourceError]:
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
    files = [match for match in matches if Path(match).is_file()]
    known = [match for match in files if _is_known(match)]
    chosen = known or [match for match in files if Path(match).suffix.lower() != SIDECAR_SUFFIX]
    yield from (Target(Path(match).as_posix(), "file") for match in chosen)
    inside = [target for match in matches if Path(match).is_dir() for target in _folder(match)]
    yield from (target for target in inside if isinstance(target, Target))
    if not chosen and not any(isinstance(target, Target) for target in inside):
        yield SourceError(pattern, f"matches no article; check the pattern, it needs {_wanted()} files")


def _is_known(name: str) -> bool:
    return Path(name).suffix.lower() in SUFFIXES


def _wanted() -> str:
    return ".txt, .md or .html"


def _key(target: Target | SourceError) -> str:
    """Return what two names of the same thing have in common."""
    if isinstance(target, SourceError):
        return f"error {target}"
    return _absolute(target.origin) if target.kind == "file" else target.origin


def _absolute(path: str) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - unlike Path.resolve, it takes any string


def _is_sidecar(target: Target | SourceError, found: dict[str, Target | SourceError]) -> bool:
    if isinstance(target, SourceError) or target.kind != "file" or not target.origin.lower().endswith(SIDECAR_SUFFIX):
        return False
    stem = Path(_absolute(target.origin)).with_suffix("")
    return any(f"{stem}{suffix}" in found for suffix in SUFFIXES)
