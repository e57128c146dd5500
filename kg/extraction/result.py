"""``kg_facts``: the last component, which makes ``doc._.kg`` out of what the others found."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.facts import assemble
from kg.extraction.state import Node, Reference, register
from kg.model import Document, Entity, Extraction, Fact, Mention


@Language.component("kg_facts", requires=["doc._.kg_candidates"], assigns=["doc._.kg"])
def kg_facts(doc: Doc) -> Doc:
    """Set ``doc._.kg`` to the ``Extraction`` of the document."""
    register()
    document = doc._.kg_document or Document(doc.text, "text", "text")
    entities = _entities(doc)
    facts = tuple(fact for fact in assemble(doc, doc._.kg_candidates) if _is_listed(fact, doc)) if entities else ()
    doc._.kg = Extraction(document, entities, facts, doc.user_data.get("kg_signature", ""))
    return doc


def _is_listed(fact: Fact, doc: Doc) -> bool:
    return doc._.kg_least is None or fact.confidence >= doc._.kg_least(fact.type)


def _entities(doc: Doc) -> tuple[Entity, ...]:
    mentions: dict[int, list[Mention]] = {}
    text = doc.text
    reference: Reference
    for reference in doc._.kg_references or ():
        start, last = doc[reference.start].idx, doc[reference.end - 1]
        end = last.idx + len(last)
        for node in reference.nodes:
            mentions.setdefault(node, []).append(Mention(start, end, text[start:end]))
    node_of: list[Node] = doc._.kg_nodes or []
    return tuple(
        Entity(f"e{n.number + 1}", n.name, n.type, tuple(n.forms), tuple(mentions.get(n.number, ()))) for n in node_of
    )
