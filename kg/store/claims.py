"""One document's extraction ⇄ the quads of its named graph.

The graph is named by the document's IRI and holds its metadata, its text, its entities and its claims, each claim with
the words that state it. Reading it back gives an equal extraction; aliases come back in alphabetical order, mentions,
evidence and support in the order of the text, because RDF does not keep the order of plain values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import SourceError, StoreError
from kg.model import Document, Entity, Evidence, Extraction, Fact, Mention, Money
from kg.store import support, terms
from kg.store.description import Description, describe, number_at_end
from kg.store.support import SUPPORT
from kg.store.terms import CLASSES, TYPES, own, own_name, term

A: Final = term("rdf:type")
LABEL: Final = term("rdfs:label")
ALIAS: Final = term("skos:altLabel")
POSITION: Final = term("schema:position")
VALUE: Final = term("schema:value")
CURRENCY: Final = term("schema:currency")
AMOUNT_CLASS: Final = term("schema:MonetaryAmount")
ARTICLE: Final = term("schema:NewsArticle")
IDENTIFIER: Final = term("dcterms:identifier")
SOURCE: Final = term("dcterms:source")
ORIGIN: Final = own("origin")
EXTRACTOR: Final = own("extractor")
BODY: Final = term("schema:articleBody")
PUBLISHED: Final = term("schema:datePublished")
METADATA: Final = {
    "title": term("schema:headline"),
    "url": term("schema:url"),
    "publisher": term("schema:publisher"),
    "author": term("schema:author"),
}
QUOTED_FROM: Final = term("prov:wasQuotedFrom")
SELECTOR: Final = term("oa:hasSelector")
EXACT: Final = term("oa:exact")
START: Final = term("oa:start")
END: Final = term("oa:end")
SELECTOR_CLASSES: Final = (term("oa:TextQuoteSelector"), term("oa:TextPositionSelector"))
ENTITY: Final = own("DocumentEntity")
CLAIM: Final = own("Claim")
PARTICIPATION: Final = own("Participation")
IN_DOCUMENT: Final = own("inDocument")
ENTITY_TYPE: Final = own("entityType")
MENTION: Final = own("mention")
CLAIM_TYPE: Final = own("claimType")
CLAIM_STATUS: Final = own("claimStatus")
CLAIM_STAKE: Final = own("claimStake")
CLAIM_DATE: Final = own("claimDate")
CLAIM_TITLE: Final = own("claimTitle")
CLAIM_AMOUNT: Final = own("claimAmount")
CONFIDENCE: Final = own("confidence")
PARTICIPATES: Final = own("participation")
ROLE: Final = own("role")
PARTICIPANT: Final = own("participant")

_ENTITY_ID = re.compile(r"e[0-9]+", re.ASCII)

Pair = tuple[NamedNode, "NamedNode | Literal"]


def extraction_quads(extraction: Extraction) -> list[Quad]:
    """Return the quads of the document's graph, each once.

    Raises ``SourceError`` when the extraction does not fit its text: a quote that does not stand at its offsets, an
    entity id that is not ``e`` and a number, a fact about an entity that is not listed, text that is not Unicode.
    """
    return _Writer(extraction).quads()


class _Writer:
    """Collects the quads of one extraction."""

    def __init__(self, extraction: Extraction) -> None:
        self._extraction = extraction
        self._document = extraction.document
        self._graph = terms.document_iri(self._document.id)
        self._quads: list[Quad] = []
        self._selectors: dict[tuple[int, int], NamedNode] = {}
        self._entities: dict[str, NamedNode] = {}

    def quads(self) -> list[Quad]:
        self._write_document()
        for entity in self._extraction.entities:
            self._write_entity(entity)
        for number, fact in enumerate(self._extraction.facts, start=1):
            self._write_claim(number, fact)
        return self._quads

    def _add(self, subject: NamedNode, pairs: Iterable[Pair]) -> None:
        graph = self._graph
        self._quads.extend(Quad(subject, predicate, value, graph) for predicate, value in pairs)

    def _text(self, value: str) -> Literal:
        return terms.text(value, self._document.source)

    def _refuse(self, problem: str) -> SourceError:
        return SourceError(self._document.source, f"{problem}; extract the document again")

    def _write_document(self) -> None:
        pairs: list[Pair] = [(A, ARTICLE), (ORIGIN, self._text(self._document.origin))]
        self._add(self._graph, pairs)
        self._add(self._graph, metadata(self._document, self._extraction.extractor).items())

    def _write_entity(self, entity: Entity) -> None:
        if not _ENTITY_ID.fullmatch(entity.id) or entity.id in self._entities:
            raise self._refuse(f"the entity id {entity.id!r} is used twice or is not 'e' and a number")
        if entity.type not in CLASSES:
            raise self._refuse(f"the entity {entity.name!r} has the unknown type {entity.type!r}")
        subject = self._entities[entity.id] = NamedNode(f"{self._graph.value}#{entity.id}")
        pairs: list[Pair] = [
            (A, ENTITY),
            (IN_DOCUMENT, self._graph),
            (ENTITY_TYPE, CLASSES[entity.type]),
            (LABEL, self._text(entity.name)),
        ]
        pairs += [(ALIAS, self._text(alias)) for alias in dict.fromkeys(entity.aliases)]
        spans = dict.fromkeys((mention.start, mention.end, mention.text) for mention in entity.mentions)
        pairs += [(MENTION, self._selector(*span)) for span in spans]
        self._add(subject, pairs)

    def _selector(self, start: int, end: int, words: str) -> NamedNode:
        """Return the node of a span of the text (RFC 5147 fragment), which mentions and evidence share."""
        if not 0 <= start <= end or self._document.text[start:end] != words:
            raise self._refuse(f"the words {words[:60]!r} do not stand at {start}–{end} of the text")
        if (start, end) not in self._selectors:
            subject = self._selectors[start, end] = NamedNode(f"{self._graph.value}#char={start},{end}")
            pairs: list[Pair] = [(A, kind) for kind in SELECTOR_CLASSES]
            pairs += [(EXACT, self._text(words)), (START, Literal(start)), (END, Literal(end))]
            self._add(subject, pairs)
        return self._selectors[start, end]

    def _write_claim(self, number: int, fact: Fact) -> None:
        subject = NamedNode(f"{self._graph.value}#claim-{number}")
        pairs: list[Pair] = [
            (A, CLAIM),
            (CLAIM_TYPE, own(fact.type)),
            (CLAIM_STATUS, own(fact.status)),
            (CONFIDENCE, terms.decimal(fact.confidence)),
            (QUOTED_FROM, self._graph),
        ]
        if fact.stake is not None:
            pairs.append((CLAIM_STAKE, terms.decimal(fact.stake)))
        if fact.date is not None:
            pairs.append((CLAIM_DATE, terms.date(fact.date)))
        if fact.title is not None:
            pairs.append((CLAIM_TITLE, self._text(fact.title)))
        if fact.amount is not None:
            node = NamedNode(f"{subject.value}-amount")
            self._add(node, money_pairs(fact.amount))
            pairs.append((CLAIM_AMOUNT, node))
        spans = dict.fromkeys((evidence.start, evidence.end, evidence.quote) for evidence in fact.evidence)
        pairs += [(SELECTOR, self._selector(*span)) for span in spans]
        pairs += [(SUPPORT, literal) for literal in self._supports(fact)]
        pairs += [(PARTICIPATES, node) for node in self._write_participations(subject, fact)]
        self._add(subject, pairs)

    def _supports(self, fact: Fact) -> Iterator[Literal]:
        for each in dict.fromkeys(fact.support):
            if not 0 <= each.start <= each.end <= len(self._document.text):
                raise self._refuse(f"what {each.component[:60]!r} read does not stand at {each.start}–{each.end}")
            yield support.written(each, self._document.source)

    def _write_participations(self, claim: NamedNode, fact: Fact) -> Iterator[NamedNode]:
        for role, fillers in fact.roles.items():
            for position, filler in enumerate(fillers, start=1):
                if filler not in self._entities:
                    raise self._refuse(f"a fact of type {fact.type} names the entity {filler!r}, which is not listed")
                subject = NamedNode(f"{claim.value}-{role}-{position}")
                participant = self._entities[filler]
                place = Literal(position)
                pairs: list[Pair] = [(A, PARTICIPATION), (ROLE, own(role)), (POSITION, place)]
                self._add(subject, [*pairs, (PARTICIPANT, participant)])
                yield subject


def metadata(document: Document, extractor: str) -> dict[NamedNode, Literal]:
    """Return what a document's graph says of the document itself, apart from its class and its origins."""
    said = {
        IDENTIFIER: document.id,
        SOURCE: document.source,
        BODY: document.text,
        EXTRACTOR: extractor,
        **{predicate: getattr(document, field) for field, predicate in METADATA.items()},
    }
    found = {predicate: terms.text(value, document.source) for predicate, value in said.items() if value is not None}
    return found if document.published is None else {**found, PUBLISHED: terms.date(document.published)}


def money_pairs(money: Money) -> list[Pair]:
    """Return what is said of a node that is an amount of money."""
    return [(A, AMOUNT_CLASS), (VALUE, terms.decimal(money.value)), (CURRENCY, terms.text(money.currency))]


def read_money(node: Description) -> Money:
    """Read an amount of money back; raises ``StoreError`` when the node is incomplete."""
    return Money(Decimal(node.one(VALUE)), node.one(CURRENCY))


def read_extraction(quads: Iterable[Quad]) -> Extraction:
    """Return the extraction that a document's graph holds: the inverse of ``extraction_quads``.

    Raises ``StoreError`` when the quads are not a whole document's graph.
    """
    nodes = describe(quads)
    with _whole_graph():
        article = _article(nodes)
        entities, facts = _read_entities(nodes), _read_facts(nodes)
        return Extraction(read_document(article), entities, facts, article.one(EXTRACTOR))


def read_told(quads: Iterable[Quad]) -> tuple[str | None, tuple[Entity, ...], tuple[Fact, ...]]:
    """Return publication date, entities and facts of a document's graph from which mentions and evidence are left out.

    Raises ``StoreError`` when the graph is not whole.
    """
    nodes = describe(quads)
    with _whole_graph():
        return _article(nodes).maybe(PUBLISHED), _read_entities(nodes), _read_facts(nodes)


@contextmanager
def _whole_graph() -> Iterator[None]:
    try:
        yield
    except (KeyError, ValueError, ArithmeticError) as problem:
        raise StoreError(f"A document's graph in the store is not whole ({problem!r}); build it again.") from problem


def _article(nodes: Mapping[NamedNode, Description]) -> Description:
    found = [node for node in nodes.values() if node.values(IDENTIFIER)]
    if len(found) != 1:
        raise StoreError(f"A document's graph in the store describes {len(found)} documents, not one; build it again.")
    return found[0]


def _read_entities(nodes: Mapping[NamedNode, Description]) -> tuple[Entity, ...]:
    found = (node for node in nodes.values() if node.nodes(ENTITY_TYPE))
    return tuple(_read_entity(node, nodes) for node in sorted(found, key=number_at_end))


def _read_facts(nodes: Mapping[NamedNode, Description]) -> tuple[Fact, ...]:
    found = (node for node in nodes.values() if node.nodes(CLAIM_TYPE))
    return tuple(_read_fact(node, nodes) for node in sorted(found, key=number_at_end))


def read_document(node: Description) -> Document:
    """Return the document that a node describes; of several origins the first in alphabetical order."""
    return Document(
        text=node.one(BODY),
        source=node.one(SOURCE),
        origin=min(node.values(ORIGIN)),
        published=node.maybe(PUBLISHED),
        **{field: node.maybe(predicate) for field, predicate in METADATA.items()},
    )


def _read_entity(node: Description, nodes: Mapping[NamedNode, Description]) -> Entity:
    spans = sorted(_read_span(nodes[selector]) for selector in node.nodes(MENTION))
    return Entity(
        id=node.iri.value.rpartition("#")[2],
        name=node.one(LABEL),
        type=TYPES[node.node(ENTITY_TYPE)],
        aliases=tuple(sorted(node.values(ALIAS))),
        mentions=tuple(Mention(*span) for span in spans),
    )


def _read_span(node: Description) -> tuple[int, int, str]:
    return int(node.one(START)), int(node.one(END)), node.one(EXACT)


def _read_fact(node: Description, nodes: Mapping[NamedNode, Description]) -> Fact:
    stake, amount = node.maybe(CLAIM_STAKE), node.nodes(CLAIM_AMOUNT)
    spans = sorted(_read_span(nodes[selector]) for selector in node.nodes(SELECTOR))
    return Fact(
        type=own_name(node.node(CLAIM_TYPE)),
        roles=_read_roles(nodes[participation] for participation in node.nodes(PARTICIPATES)),
        status=own_name(node.node(CLAIM_STATUS)),
        evidence=tuple(Evidence(*span) for span in spans),
        amount=read_money(nodes[amount[0]]) if amount else None,
        stake=None if stake is None else float(stake),
        date=node.maybe(CLAIM_DATE),
        title=node.maybe(CLAIM_TITLE),
        confidence=float(node.one(CONFIDENCE)),
        support=tuple(sorted(map(support.read, node.values(SUPPORT)))),
    )


def _read_roles(participations: Iterable[Description]) -> dict[str, tuple[str, ...]]:
    fillers: dict[str, list[tuple[int, str]]] = {}
    for node in participations:
        filler = node.node(PARTICIPANT).value.rpartition("#")[2]
        fillers.setdefault(own_name(node.node(ROLE)), []).append((int(node.one(POSITION)), filler))
    return {role: tuple(filler for _, filler in sorted(found)) for role, found in sorted(fillers.items())}
