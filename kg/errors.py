"""Every error that ``kg`` raises on purpose.

::

    KgError
     ├── SourceError        a document that cannot be read
     ├── ModelError         a model that is not installed, lacks a component, or cannot be asked
     ├── VocabularyError    an unknown fact type, role or status; a broken ontology
     ├── StoreError         a store that is missing, locked or broken
     ├── QueryError         a query that is malformed, unknown or lacks a parameter
     ├── ExportError        a format that is unknown, a file that cannot be written
     └── UnknownNameError   a company, person or source that the graph does not hold

Each message is one sentence for the person who caused it: what is wrong, where, and what to do. The command line prints
it and exits with status 2.
"""

from __future__ import annotations


class KgError(Exception):
    """Root of the tree: catch this to catch everything that ``kg`` raises on purpose."""


class SourceError(KgError):
    """A source that cannot be read: missing, empty, binary, not English, too large, no article in it."""

    def __init__(self, source: str, problem: str) -> None:
        self.source = source
        self.problem = problem
        super().__init__(f"{source}: {problem}")


class ModelError(KgError):
    """A spaCy model that is not installed or lacks a component; a language model that cannot be asked."""


class VocabularyError(KgError):
    """A name that the vocabulary does not have, or an ontology file that does not parse."""


class StoreError(KgError):
    """A store that is missing, locked by another process, or broken."""


class QueryError(KgError):
    """A SPARQL query that does not parse, an unknown saved query, a parameter missing or unknown."""


class ExportError(KgError):
    """An unknown export format, or a file that cannot be written."""


class UnknownNameError(KgError):
    """A company, person, document or source that the graph does not hold."""
