"""A folder of gold files → its articles, and the predictions for them from another folder or from an extractor.

The folder holds ``NNN.json`` beside ``NNN.txt`` and perhaps ``index.tsv``, whose columns ``file`` and ``source`` say
where each article is from. An article's text is read as every command reads it: its gold file is its sidecar, so the
date of publication comes from there.
"""

from __future__ import annotations

import csv
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
class GoldArticle:
    """One article with its gold annotation; ``source`` is where the index says it is from, if there is an index."""

    name: str
    path: Path
    gold: Annotation
    source: str | None = None

    @property
    def text_path(self) -> Path:
        """The article's text, beside the gold file."""
        return self.path.with_suffix(".txt")


def read_gold(folder: Path) -> list[GoldArticle]:
    """Return the gold articles of a folder, sorted by name.

    Raises ``SourceError`` when the folder holds none, or a file is not a gold annotation in terms of the vocabulary.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        what = "holds no gold files" if folder.is_dir() else "is no folder"
        raise SourceError(folder.as_posix(), f"{what}; name one with NNN.json files beside their NNN.txt")
    sources = _sources(folder / INDEX)
    return [
        GoldArticle(path.stem, path, _gold(path), None if sources is None else sources.get(path.stem, UNLISTED))
        for path in paths
    ]


def read_predictions(articles: Iterable[GoldArticle], folder: Path) -> dict[str, Annotation]:
    """Return the predictions of a folder by the articles' names; an article without a file there has none.

    Raises ``SourceError`` when there is no such folder, or a file is not an extraction.
    """
    if not folder.is_dir():
        raise SourceError(folder.as_posix(), "is no folder; name the one that kg extract --output wrote")
    paths = ((article.name, folder / article.path.name) for article in articles)
    return {name: annotation(_load(path), path.as_posix()) for name, path in paths if path.is_file()}


def read_documents(articles: Iterable[GoldArticle]) -> Iterator[Document]:
    """Yield the articles as documents, dated by their gold files; raises ``SourceError`` when one cannot be read."""
    for article in articles:
        (found,) = read([article.text_path])
        if isinstance(found, SourceError):
            raise found
        yield found


def extract_articles(
    articles: Iterable[GoldArticle], extractor: DocumentExtractor, progress: Callable[[], None] | None = None
) -> tuple[dict[str, Extraction | SourceError], Timing]:
    """Extract from each article by itself; return by name what was found in it or why nothing was, and the time taken.

    The first article is read once before the clock starts, so that what an extractor loads at first use is not timed.
    ``progress`` is called after each article. Raises ``SourceError`` when an article's text cannot be read.
    """
    chosen = list(articles)
    documents = list(read_documents(chosen))
    for document in documents[:1]:
        next(extractor.extract_many([document]))
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
    gold = annotation(_load(path), path.as_posix())
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


def _load(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SourceError(path.as_posix(), f"cannot be read ({error.strerror}); check the file") from None
    except (ValueError, RecursionError) as error:
        raise SourceError(path.as_posix(), f"is not valid JSON ({error}); repair the file") from None


def _sources(index: Path) -> Mapping[str, str] | None:
    """Return the sources by the articles' names; None without an index."""
    if not index.is_file():
        return None
    try:
        with index.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SourceError(index.as_posix(), f"cannot be read ({error}); repair or remove it") from None
    if any(row.get("file") is None or row.get("source") is None for row in rows):
        raise SourceError(index.as_posix(), "needs a line of column names with file and source, tabs between them")
    return {Path(row["file"]).stem: row["source"] for row in rows}
