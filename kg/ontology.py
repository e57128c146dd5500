"""Turtle files → the triples of the ontology, with the few look-ups that reading it takes.

The file that the environment variable ``KG_ONTOLOGY`` names adds fact types of a user's own to ours. It may use our
terms but says nothing about them, so that what is stored and learned keeps its meaning.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from kg.errors import VocabularyError

VARIABLE = "KG_ONTOLOGY"
"""The environment variable that names the user's own file."""

NAMESPACE = "https://w3id.org/corporate-kg/ontology#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
POSITION = "https://schema.org/position"
_SHORT = {NAMESPACE: "ckg:", RDFS: "rdfs:", OWL: "owl:", SKOS: "skos:", RDF: "rdf:", "https://schema.org/": "schema:"}

Node = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal


def ours(name: str) -> NamedNode:
    """Return the IRI of a term of our namespace."""
    return NamedNode(NAMESPACE + name)


def local(term: Term) -> str:
    """Return the last part of a term's IRI: its name in our namespace or elsewhere."""
    return term.value.replace("/", "#").rpartition("#")[2]


def short(term: Term | str) -> str:
    """Return a term as people write it: ``ckg:Acquisition``."""
    if isinstance(term, BlankNode):
        return "a node without a name"
    iri = term if isinstance(term, str) else term.value
    return next((prefix + iri.removeprefix(long) for long, prefix in _SHORT.items() if iri.startswith(long)), iri)


class Ontology:
    """The triples of our file, and of a user's own where there is one.

    ``own_terms`` are the named subjects of the user's file, in its order; ``fingerprint`` is eight hexadecimal digits
    that change when that file does, or nothing without one. Raises ``VocabularyError`` for a file that cannot be read,
    and for one that says something about a term of ours.
    """

    def __init__(self, path: Path, own: Path | None = None) -> None:
        self._objects: dict[tuple[Node, str], list[Term]] = {}
        self._subjects: dict[tuple[str, Term], list[Node]] = {}
        self._home: dict[Node, str] = {}
        self._own = own
        self._read(path, "install corporate-kg again")
        known = {term for term in self._home if isinstance(term, NamedNode)}
        self.own_terms: tuple[NamedNode, ...] = ()
        self.fingerprint = ""
        if own is not None:
            said = self._read(own, f"mend it, or unset {VARIABLE}")
            self.own_terms = tuple(term for term in said if isinstance(term, NamedNode))
            self.fingerprint = hashlib.sha256(own.read_bytes()).hexdigest()[:8]
            for term in self.own_terms:
                if term in known:
                    raise self.fault(f"{short(term)} is defined by kg itself: use it as it is, or choose another name")

    def _read(self, path: Path, remedy: str) -> list[Node]:
        """Take in a file and return its subjects; nodes without a name never meet those of another file."""
        said: dict[Node, None] = {}
        try:
            for quad in parse(path=path, format=RdfFormat.TURTLE, rename_blank_nodes=True):
                subject, predicate, value = quad.subject, quad.predicate.value, quad.object
                if isinstance(subject, (NamedNode, BlankNode)) and isinstance(value, (NamedNode, BlankNode, Literal)):
                    said[subject] = None
                    self._home.setdefault(subject, path.name)
                    self._objects.setdefault((subject, predicate), []).append(value)
                    self._subjects.setdefault((predicate, value), []).append(subject)
        except (SyntaxError, OSError) as error:
            reason = error.msg if isinstance(error, SyntaxError) else error
            raise VocabularyError(f"The ontology {path} cannot be read ({reason}): {remedy}.") from error
        return list(said)

    def fault(self, what: str) -> VocabularyError:
        """Return the error that something is wrong in the user's file."""
        return VocabularyError(f"{self._own}, which {VARIABLE} names: {what}.")

    def all(self, subject: Term, predicate: str) -> list[Term]:
        """Return all values of a property."""
        return [] if isinstance(subject, Literal) else self._objects.get((subject, predicate), [])

    def one(self, subject: Term, predicate: str) -> Term:
        """Return the only value of a property; raises ``VocabularyError`` when there is none, or another."""
        values = self.all(subject, predicate)
        if len(values) != 1:
            home = None if isinstance(subject, Literal) else self._home.get(subject)
            raise VocabularyError(
                f"{home or 'The ontology'}: {short(subject)} must have exactly one {short(predicate)}, "
                f"and has {len(values)}."
            )
        return values[0]

    def subjects(self, predicate: str, value: Term) -> list[Node]:
        """Return all nodes of which a property has this value."""
        return self._subjects.get((predicate, value), [])

    def members(self, head: Term) -> list[Term]:
        """Return the members of an RDF list."""
        found = []
        cells: set[Term] = set()
        while head != NamedNode(f"{RDF}nil"):
            if head in cells:
                raise self.fault("a list in it has no end")
            cells.add(head)
            found.append(self.one(head, f"{RDF}first"))
            head = self.one(head, f"{RDF}rest")
        return found

    def number(self, subject: Term, predicate: str) -> int:
        """Return the only value of a property as a whole number; raises ``VocabularyError`` when it is none."""
        value = self.one(subject, predicate).value
        if not value.isascii() or not value.isdigit():
            raise self.fault(f"the {short(predicate)} of {short(subject)} must be a whole number, not {value!r}")
        return int(value)

    def position(self, subject: Term) -> tuple[bool, int]:
        """Return a key that puts our own terms first, and then goes by ``schema:position``."""
        return subject in self.own_terms, self.number(subject, POSITION)

    def is_a(self, subject: Term, type_: str) -> bool:
        """Whether a node is of this type."""
        return NamedNode(type_) in self.all(subject, f"{RDF}type")


def own_file() -> Path | None:
    """Return the file that the environment variable names, if it is set to anything."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else None
