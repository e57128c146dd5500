"""A folder of gold files: which articles are in it, what is in hand, and where the next one goes.

An article is known by its text. What is being corrected is kept in the subfolder ``.drafts`` until it is done, so that
an interruption loses nothing that was decided.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from kg.annotation.gold import GoldArticle, from_json, load, read_gold, to_json, write_gold
from kg.annotation.session import Point
from kg.annotation.sheet import SUFFIX as SHEET_SUFFIX
from kg.errors import ExportError, SourceError
from kg.export.files import write_whole
from kg.model import Document

INDEX = "index.tsv"
_COLUMNS = ["file", "source", "headline"]
_DRAFTS = ".drafts"
_DIGITS = 3
_UNKNOWN = "annotated"


def articles(folder: Path) -> Iterator[tuple[Path, GoldArticle]]:
    """Yield the gold files of a folder with their articles, by name; raises ``SourceError`` for one that is broken."""
    for path in sorted(folder.glob("*.json")):
        yield path, read_gold(path)


class GoldFolder:
    """Where annotated articles go; it is made when it is not there. Raises ``ExportError`` when it cannot be."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ExportError(f"{path}: this folder cannot be made ({error.strerror}); name another.") from error

    def place(self, document: Document) -> Path:
        """Return the path of a document's gold file, of the one that is there or else of the next to come."""
        name = self._known.get(_digest(document.text))
        if name is None:
            taken = [int(path.stem) for path in self.path.iterdir() if path.stem.isascii() and path.stem.isdigit()]
            name = f"{max(taken, default=0) + 1:0{_DIGITS}d}"
        return self.path / f"{name}.json"

    def is_done(self, document: Document) -> bool:
        """Whether the folder holds the document's gold file."""
        return self.place(document).is_file()

    def is_laid_out(self, document: Document) -> bool:
        """Whether the folder holds a sheet of the document that waits to be corrected."""
        return self.place(document).with_suffix(SHEET_SUFFIX).is_file()

    def editing(self, document: Document) -> Path:
        """Return where the document's sheet lies while an editor has it."""
        return self.path / _DRAFTS / f"{_digest(document.text)}{SHEET_SUFFIX}"

    def save(self, article: GoldArticle, document: Document) -> Path:
        """Write the gold file and the text, list them in the index, and let go of the draft."""
        path = self.place(document)
        write_gold(article, path)
        self._known[_digest(article.text)] = path.stem
        self._list(path.with_suffix(".txt").name, _origin(document), document.title or "")
        self.forget_draft(document)
        return path

    def lay_out(self, document: Document, sheet: str) -> Path:
        """Write a sheet beside the text that it is about, and return its path."""
        path = self.place(document).with_suffix(SHEET_SUFFIX)
        write_whole(path.with_suffix(".txt"), [document.text.encode("utf-8", "replace")])
        self._known[_digest(document.text)] = path.stem
        self._list(path.with_suffix(".txt").name, _origin(document), document.title or "")
        write_whole(path, [sheet.encode("utf-8", "replace")])
        return path

    def draft(self, document: Document) -> Point | None:
        """Return where the correction of a document was left, if it was begun."""
        path = self._draft_path(document)
        if not path.is_file():
            return None
        data = load(path)
        try:
            return Point(from_json(data["article"], document.text), int(data["decided"]))
        except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as problem:
            raise SourceError(path.as_posix(), "is no draft of an annotation; delete it to begin anew") from problem

    def keep_draft(self, document: Document, point: Point) -> None:
        """Note where the correction of a document stands."""
        path = self._draft_path(document)
        path.parent.mkdir(exist_ok=True)
        data = {"decided": point.decided, "article": to_json(point.article)}
        write_whole(path, [json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")])

    def forget_draft(self, document: Document) -> None:
        """Let go of a document's draft; the last one takes its folder with it."""
        path = self._draft_path(document)
        path.unlink(missing_ok=True)
        with suppress(OSError):
            path.parent.rmdir()

    def _draft_path(self, document: Document) -> Path:
        return self.path / _DRAFTS / f"{_digest(document.text)}.json"

    @cached_property
    def _known(self) -> dict[str, str]:
        """The names of the texts in the folder, by their hash."""
        return {_hash(path.read_bytes()): path.stem for path in sorted(self.path.glob("*.txt"), reverse=True)}

    def _list(self, name: str, source: str, headline: str) -> None:
        """Put an article into the index; an index of another form is somebody else's and stays as it is."""
        path = self.path / INDEX
        there = path.read_text(encoding="utf-8") if path.is_file() else "\t".join(_COLUMNS)
        rows = list(csv.reader(io.StringIO(there, newline=""), delimiter="\t"))
        if not rows or rows[0] != _COLUMNS:
            return
        kept = [row for row in rows[1:] if row and row[0] != name]
        listed = [*kept, [name, " ".join(source.split()), " ".join(headline.split())]]
        written = io.StringIO()
        csv.writer(written, delimiter="\t", lineterminator="\n").writerows([_COLUMNS, *sorted(listed)])
        write_whole(path, [written.getvalue().encode("utf-8", "replace")])


def _origin(document: Document) -> str:
    return document.publisher or urlsplit(document.url or "").hostname or _UNKNOWN


def _digest(text: str) -> str:
    return _hash(text.encode("utf-8", "replace"))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
