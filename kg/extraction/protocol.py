"""What an extractor is: the one interface that building a graph, evaluating and annotating ask of it.

``kg.extraction.Extractor`` and ``kg.extraction.llm.LlmExtractor`` have it, and so may an object of a user's own:
``kg.build(sources, extractor=MyExtractor())``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, runtime_checkable

from kg.errors import SourceError
from kg.model import Document, Extraction


@runtime_checkable
class DocumentExtractor(Protocol):
    """What finds entities and facts in documents."""

    @property
    def signature(self) -> str:
        """Names the code, the model and the options that decide what is found, as ``Extraction.extractor`` does.

        A graph that holds a document as read by an extractor of the same signature does not have it read again.
        """

    def extract(self, document: Document) -> Extraction:
        """Return what the document says; raises ``SourceError`` when this document cannot be extracted."""

    def extract_many(self, documents: Iterable[Document]) -> Iterator[Extraction | SourceError]:
        """Yield for each document, in order, its extraction or why it has none."""
