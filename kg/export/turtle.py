"""Triples → Turtle, and quads → TriG, for people to read: sorted, prefixed, grouped under headings.

Equal graphs give equal text. Everything that needs escaping is written by pyoxigraph; this module only decides order,
lines and short names. Oxigraph's own writer keeps the order given and shortens few names; rdflib's ``longturtle`` took
four times as long on 130,000 triples, has no headings, and needs the graph copied into rdflib first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.store.terms import BASE, PREFIXES, own, term

Subject = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal
Described = Mapping[Subject, Mapping[NamedNode, list[Term]]]

WIDTH: Final = 120
OTHER: Final = "Other"
_SECTIONS: Final = {
    "company": "Companies",
    "person": "People",
    "organization": "Organizations",
    "product": "Products",
    "place": "Places",
    "deal": "Deals",
    "state": "States",
    "document": "Document",
    "graph": "Graphs",
}
_SECTION_ORDER: Final = {folder: number for number, folder in enumerate(_SECTIONS)}
_PART_ORDER: Final = {"": 0, "#claim": 1, "#e": 2, "#char": 3}
_PART = re.compile(r"(document/[^#]*)(#[a-z]*)?")
_FIRST: Final = {
    predicate: number
    for number, predicate in enumerate(
        (
            term("rdf:type"),
            term("rdfs:label"),
            term("skos:altLabel"),
            own("claimType"),
            own("claimStatus"),
            own("status"),
        )
    )
}
_HEADLINE: Final = term("schema:headline")
_SOURCE: Final = term("dcterms:source")
_TYPE: Final = term("rdf:type")

# The characters of Turtle's PN_CHARS_BASE beyond ASCII, for the short names of IRIs with letters of other scripts.
_LETTERS = (
    "À-ÖØ-öø-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LOCAL = re.compile(f"[A-Za-z0-9_{_LETTERS}](?:[A-Za-z0-9_.{_LETTERS}-]*[A-Za-z0-9_{_LETTERS}-])?")
_RELATIVE = re.compile(r"document/[0-9a-f]+(?:#[A-Za-z0-9=,_-]*)?")
# Only numbers in their usual spelling go without quotes: readers may spell "007" or "+1" their own way.
_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
_NUMBERS = re.compile(r"([0-9]+)")
_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def turtle(triples: Iterable[Triple]) -> Iterator[str]:
    """Yield the pieces of a Turtle document that holds exactly these triples; equal sets give equal text."""
    described = _describe(triples)
    names = _Names()
    yield names.header()
    yield from _sections(described, names)


def trig(quads: Iterable[Quad]) -> Iterator[str]:
    """Yield the pieces of a TriG document that holds exactly these quads, graph by graph."""
    graphs: dict[str, list[Triple]] = {}
    graph_names: dict[str, NamedNode | BlankNode | None] = {}
    for quad in quads:
        graph = quad.graph_name if isinstance(quad.graph_name, (NamedNode, BlankNode)) else None
        key = "" if graph is None else str(graph)
        graph_names[key] = graph
        graphs.setdefault(key, []).append(quad.triple)
    names = _Names()
    yield names.header()
    for key in sorted(graphs):
        graph = graph_names[key]
        yield "\n{\n" if graph is None else f"\n{names.short(graph)} {{\n"
        yield from _sections(_describe(graphs[key]), names)
        yield "\n}\n"


def _describe(triples: Iterable[Triple]) -> dict[Subject, dict[NamedNode, list[Term]]]:
    described: dict[Subject, dict[NamedNode, list[Term]]] = {}
    for triple in set(triples):
        subject, value = triple.subject, triple.object
        if isinstance(subject, Triple) or isinstance(value, Triple):
            raise TypeError("stored data stays within RDF 1.1: a triple cannot be part of a triple")
        described.setdefault(subject, {}).setdefault(triple.predicate, []).append(value)
    return described


def _sections(described: Described, names: _Names) -> Iterator[str]:
    ordered = sorted((_subject_key(subject), subject) for subject in described)
    for (_, group), members in groupby(ordered, key=lambda item: (item[0][0], item[0][1])):
        subjects = [subject for _, subject in members]
        yield f"\n# {_heading(group, subjects[0], described)}\n"
        for subject in subjects:
            yield "\n"
            yield _block(subject, described[subject], names)


def _subject_key(subject: Subject) -> tuple[int, str, int, list[str | int], str]:
    """Return the place of a subject: section, document, part of the document, name with its numbers in order."""
    value = subject.value
    if isinstance(subject, BlankNode) or not value.startswith(BASE):
        return len(_SECTIONS), "", 0, _natural(value), str(subject)
    local = value[len(BASE) :]
    section = _SECTION_ORDER.get(local.partition("/")[0], len(_SECTIONS))
    part = _PART.match(local)
    if part is None:
        return section, "", 0, _natural(local), value
    return section, part[1], _PART_ORDER.get(part[2] or "", len(_PART_ORDER)), _natural(local), value


def _natural(text: str) -> list[str | int]:
    return [int(piece) if number % 2 else piece for number, piece in enumerate(_NUMBERS.split(text))]


def _heading(group: str, first: Subject, described: Described) -> str:
    if group:
        about = described.get(NamedNode(BASE + group), {})
        named = [
            value.value for predicate in (_HEADLINE, _SOURCE) for value in sorted(about.get(predicate, []), key=str)
        ]
        return _BREAKS.sub(" ", ": ".join(["Document", *named[:1]])).strip()
    folder = first.value.removeprefix(BASE).partition("/")[0] if first.value.startswith(BASE) else ""
    return _SECTIONS.get(folder, OTHER)


def _block(subject: Subject, properties: Mapping[NamedNode, list[Term]], names: _Names) -> str:
    lines = []
    for predicate in sorted(properties, key=lambda p: (_FIRST.get(p, len(_FIRST)), names.short(p))):
        verb = "a" if predicate == _TYPE else names.short(predicate)
        values = sorted((names.short(value) for value in properties[predicate]), key=_natural)
        line = f"{verb} {', '.join(values)}"
        lines.append(line if len(line) < WIDTH else f"{verb} " + ",\n        ".join(values))
    return f"{names.short(subject)} " + " ;\n    ".join(lines) + " .\n"


class _Names:
    """The shortest legal way to write each term, remembered, since most terms occur many times."""

    def __init__(self) -> None:
        self._known: dict[Term, str] = {}
        # Longest first, so that company:x wins over a prefix that begins alike.
        self._prefixes = sorted(((iri, name) for name, iri in PREFIXES.items()), key=lambda pair: -len(pair[0]))

    def header(self) -> str:
        """Return the declarations of base and prefixes."""
        prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(PREFIXES.items()))
        return f"@base <{BASE}> .\n{prefixes}"

    def short(self, value: Term) -> str:
        """Return the term as Turtle."""
        found = self._known.get(value)
        if found is None:
            found = self._known[value] = self._write(value)
        return found

    def _write(self, value: Term) -> str:
        if isinstance(value, NamedNode):
            return self._iri(value.value)
        if isinstance(value, Literal):
            return self._literal(value)
        return str(value)

    def _iri(self, iri: str) -> str:
        if iri.startswith(BASE) and _RELATIVE.fullmatch(iri, len(BASE)):
            return f"<{iri[len(BASE) :]}>"
        for namespace, name in self._prefixes:
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
                return f"{name}:{iri[len(namespace) :]}"
        return f"<{iri}>"

    def _literal(self, literal: Literal) -> str:
        kind, value = literal.datatype.value.removeprefix(PREFIXES["xsd"]), literal.value
        if literal.language is not None or kind == "string":
            return str(literal)
        if (kind == "integer" and _INTEGER.fullmatch(value)) or (kind == "decimal" and _DECIMAL.fullmatch(value)):
            return value
        return f"{Literal(value)!s}^^{self.short(literal.datatype)}"
