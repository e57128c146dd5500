"""A folder of gold files → its articles, and the predictions for them from another folder or from an extractor.

The folder holds ``NNN.json`` beside ``NNN.txt`` and perhaps ``index.tsv``, whose columns ``file`` and ``source`` say
where each article is from. An article's text is read as every command reads it: its gold file is its sidecar, so the
date of publication comes from there.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.documents import read
from kg.errors import SourceError
from kg.evaluation.annotation import Annotation, Statement, annotation
from kg.evaluation.folding import folded
from kg.evaluation.timing import Timing
from kg.extraction.protocol import DocumentExtractor
from kg.model import Document, Extraction
from kg.vocabulary import ENTITY_TYPES, FACT_TYPES

INDEX = "index.tsv"
UNLISTED = "(not listed)"
"""The source of an article that the index does not list."""


@dataclass(frozen=True)
class GoldFile:
    """One article with its gold annotation; ``source`` is where the index says it is from, if there is an index."""

    name: str
    path: Path
    gold: Annotation
    source: str | None = None

    @property
    def text_path(self) -> Path:
        """The article's text, beside the gold file."""
        return self.path.with_suffix(".txt")


def load(path: Path) -> Any:
    """Return the JSON data of a file; raises ``SourceError`` when it cannot be read."""
    try:
        return json.loads(path.read_bytes())
    except OSError as error:
        raise SourceError(path.as_posix(), f"cannot be read ({error.strerror}); check the path") from None
    except (ValueError, RecursionError) as error:
        raise SourceError(path.as_posix(), f"is not valid JSON ({error}); repair the file") from None


def index_rows(index: Path) -> list[list[str]] | None:
    """Return the rows of an ``index.tsv``, column names first; None when there is no such file.

    Fields stand between tabs, and a quotation mark is part of its field: headlines begin with one. Raises
    ``SourceError`` when the file cannot be read or is not UTF-8 text.
    """
    if not index.is_file():
        return None
    try:
        lines = index.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(index.as_posix(), f"cannot be read ({error}); repair or remove it") from None
    return [line.split("\t") for line in lines if line]


def read_gold_folder(folder: Path) -> list[GoldFile]:
    """Return the gold articles of a folder, sorted by name.

    Raises ``SourceError`` when the folder holds none, or a file is not a gold annotation in terms of the vocabulary.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        what = "holds no gold files" if folder.is_dir() else "is no folder"
        raise SourceError(folder.as_posix(), f"{what}; name one with NNN.json files beside their NNN.txt")
    sources = _sources(folder / INDEX)
    return [
        GoldFile(path.stem, path, _gold(path), None if sources is None else sources.get(path.stem, UNLISTED))
        for path in paths
    ]


def read_predictions(articles: Iterable[GoldFile], folder: Path) -> dict[str, Annotation]:
    """Return the predictions of a folder by the articles' names; an article without a file there has none.

    Raises ``SourceError`` when there is no such folder, or a file is not an extraction.
    """
    if not folder.is_dir():
        raise SourceError(folder.as_posix(), "is no folder; name the one that kg extract --output wrote")
    paths = ((article.name, folder / article.path.name) for article in articles)
    return {name: annotation(load(path), path.as_posix()) for name, path in paths if path.is_file()}


def read_documents(articles: Iterable[GoldFile]) -> Iterator[Document]:
    """Yield the articles as documents, dated by their gold files; raises ``SourceError`` when one cannot be read."""
    for article in articles:
        (found,) = read([article.text_path])
        if isinstance(found, SourceError):
            raise found
        yield found


def extract_articles(
    articles: Iterable[GoldFile], extractor: DocumentExtractor, progress: Callable[[], None] | None = None
) -> tuple[dict[str, Extraction | SourceError], Timing]:
    """Extract from each article by itself; return by name what was found in it or why nothing was, and the time taken.

    ``kg.extraction.Extractor`` reads the first article once before the clock starts, so that what it loads at first use
    is not timed; any other extractor, whose answers may cost money, is asked for each article once. ``progress`` is
    called after each article. Raises ``SourceError`` when an article's text cannot be read.
    """
    from kg.extraction import Extractor  # imports spaCy, which judging files does without

    chosen = list(articles)
    documents = list(read_documents(chosen))
    if documents and isinstance(extractor, Extractor):
        next(extractor.extract_many(documents[:1]))
    found: dict[str, Extraction | SourceError] = {}
    seconds: list[float] = []
    for article, document in zip(chosen, documents, strict=True):
        started = time.perf_counter()
        found[article.name] = next(extractor.extract_many([document]))
        seconds.append(time.perf_counter() - started)
        if progress is not None:
            progress()
    return found, Timing(tuple(seconds), sum(len(document.text.split()) for document in documents))


def _gold(path: Path) -> Annotation:
    gold = annotation(load(path), path.as_posix())
    for problem in _problems(gold):
        raise SourceError(path.as_posix(), f"{problem}; correct the file")
    return gold


def _problems(gold: Annotation) -> Iterator[str]:
    """Yield what the scoring would pass over in silence: types that do not exist, fillers that are no entities."""
    forms = {folded(form) for entity in gold.names for form in entity.forms}
    for entity in gold.names:
        if entity.type not in ENTITY_TYPES:
            yield f"the type of {entity.name!r} is {entity.type!r}, not one of {', '.join(ENTITY_TYPES)}"
    for fact in (*gold.facts, *gold.unscored):
        yield from _fact_problems(fact, forms)


def _fact_problems(fact: Statement, forms: set[str]) -> Iterator[str]:
    kind = FACT_TYPES.get(fact.type)
    if kind is None:
        yield f"{fact.type!r} is no type of a fact; the vocabulary has {', '.join(FACT_TYPES)}"
        return
    for role, name in fact.fillers:
        if role not in kind.roles:
            yield f"{fact.type} has no role {role!r}, only {', '.join(kind.roles)}"
        elif folded(name) not in forms:
            yield f"{name!r}, the {role} of {fact.type}, is no entity of the file"


def _sources(index: Path) -> Mapping[str, str] | None:
    """Return the sources by the articles' names; None without an index."""
    rows = index_rows(index)
    if not rows:
        return None if rows is None else {}
    columns, *listed = rows
    try:
        file, source = columns.index("file"), columns.index("source")
        return {Path(row[file]).stem: row[source] for row in listed}
    except (ValueError, IndexError):
        problem = "needs a line of column names with file and source, tabs between them"
        raise SourceError(index.as_posix(), problem) from None
