"""A folder of gold files: which articles are in it, what is in hand, and where the next one goes.

An article is known by its text. What is being corrected is kept in the subfolder ``.drafts`` until it is done, so that
an interruption loses nothing that was decided: as the draft of a dialogue or as the sheet that an editor has. Each
begins with what the other holds and takes its place, as a sheet that is laid out beside the text does.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from kg.annotation.gold import GoldArticle, from_json, read_text, to_json, write_gold
from kg.annotation.session import Point
from kg.annotation.sheet import SUFFIX as SHEET_SUFFIX
from kg.annotation.sheet import from_sheet
from kg.errors import ExportError, SourceError
from kg.evaluation.corpus import INDEX, index_rows, load
from kg.export.files import write_whole
from kg.model import Document

_COLUMNS = ["file", "source", "headline"]
_DRAFTS = ".drafts"
_DIGITS = 3
_UNKNOWN = "annotated"


class GoldFolder:
    """Where annotated articles go; it is made when it is not there. Raises ``ExportError`` when it cannot be."""

    def __init__(self, path: Path) -> None:
        self.path = path
        _make(path)

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
        return self._draft_path(document).with_suffix(SHEET_SUFFIX)

    def save(self, article: GoldArticle, document: Document) -> Path:
        """Write the gold file and the text, list them in the index, and let go of what is in hand.

        Raises ``SourceError`` for an index that cannot be read, before anything is written, and ``ExportError``.
        """
        path = self.place(document)
        index = self._listing(path, document)
        write_gold(article, path)
        self._known[_digest(article.text)] = path.stem
        self._list(index)
        self.forget_draft(document)
        return path

    def lay_out(self, document: Document, sheet: str) -> Path:
        """Write a sheet beside the text that it is about, and return its path; raises what ``save`` does."""
        path = self.place(document).with_suffix(SHEET_SUFFIX)
        index = self._listing(path, document)
        write_whole(path.with_suffix(".txt"), [document.text.encode("utf-8", "replace")])
        self._known[_digest(document.text)] = path.stem
        self._list(index)
        write_whole(path, [sheet.encode("utf-8", "replace")])
        self.forget_draft(document)
        return path

    def draft(self, document: Document) -> Point | None:
        """Return where the correction of a document was left, in a dialogue or in an editor, if it was begun.

        Raises ``SourceError`` when what was left cannot be read.
        """
        sheet, path = self.editing(document), self._draft_path(document)
        if sheet.is_file():
            return Point(from_sheet(read_text(sheet), document.text, sheet.as_posix()))
        if not path.is_file():
            return None
        data = load(path)
        try:
            return Point(from_json(data["article"], document.text), int(data["decided"]))
        except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as problem:
            raise SourceError(path.as_posix(), "is no draft of an annotation; delete it to begin anew") from problem

    def keep_draft(self, document: Document, point: Point) -> None:
        """Note where the correction of a document stands; raises ``ExportError`` when that cannot be written."""
        data = {"decided": point.decided, "article": to_json(point.article)}
        self._keep(self._draft_path(document), json.dumps(data, ensure_ascii=False))
        _remove(self.editing(document))

    def keep_sheet(self, document: Document, sheet: str) -> None:
        """Lay a document's sheet where an editor gets it; raises ``ExportError`` when it cannot be written."""
        self._keep(self.editing(document), sheet)
        _remove(self._draft_path(document))

    def forget_draft(self, document: Document) -> None:
        """Let go of what is in hand of a document; the last one takes its folder with it.

        Raises ``ExportError`` when it cannot be removed.
        """
        _remove(self._draft_path(document))
        _remove(self.editing(document))
        with suppress(OSError):
            (self.path / _DRAFTS).rmdir()

    def _draft_path(self, document: Document) -> Path:
        return self.path / _DRAFTS / f"{_digest(document.text)}.json"

    def _keep(self, path: Path, content: str) -> None:
        _make(path.parent)
        write_whole(path, [content.encode("utf-8", "replace")])

    @cached_property
    def _known(self) -> dict[str, str]:
        """The names of the texts in the folder, by their hash."""
        return {_hash(path.read_bytes()): path.stem for path in sorted(self.path.glob("*.txt"), reverse=True)}

    def _listing(self, path: Path, document: Document) -> list[list[str]]:
        """The rows of the index with a document's; none for an index of another form, which is somebody else's."""
        rows = index_rows(self.path / INDEX)
        if rows is not None and rows[:1] != [_COLUMNS]:
            return []
        fields = (path.with_suffix(".txt").name, _origin(document), document.title or "")
        own = [" ".join(field.split()) for field in fields]
        return [_COLUMNS, *sorted([own, *(row for row in (rows or [])[1:] if row[0] != own[0])])]

    def _list(self, rows: list[list[str]]) -> None:
        if rows:
            lines = ("\t".join(row) + "\n" for row in rows)
            write_whole(self.path / INDEX, (line.encode("utf-8", "replace") for line in lines))


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problem = f"{folder}: this folder cannot be made ({error.strerror}); choose another place for the gold files."
        raise ExportError(problem) from error


def _remove(path: Path) -> None:
    try:
        if path.is_file():
            path.unlink()
    except OSError as error:
        raise ExportError(f"{path} cannot be removed ({error.strerror}); remove it by hand.") from error


def _origin(document: Document) -> str:
    return document.publisher or urlsplit(document.url or "").hostname or _UNKNOWN


def _digest(text: str) -> str:
    return _hash(text.encode("utf-8", "replace"))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
