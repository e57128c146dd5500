"""``kg_entities``: which names of a document are one entity: full names, short forms, acronyms, surnames, countries."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.aliases import Group, bare, introductions, key, short_forms
from kg.extraction.lexicon import countries
from kg.extraction.state import Name, Node, Reference, register

Key = tuple[str, str]


@Language.component("kg_entities", requires=["doc._.kg_names"], assigns=["doc._.kg_nodes", "doc._.kg_references"])
def kg_entities(doc: Doc) -> Doc:
    """Set ``doc._.kg_nodes``, one for each entity, and ``doc._.kg_references``, one for each name in the text."""
    register()
    names: list[Name] = doc._.kg_names or []
    nodes = cluster(names, introductions(doc, names))
    doc._.kg_nodes = nodes
    doc._.kg_references = sorted(
        (
            Reference(name.start, name.end, (node.number,), adjective=name.adjective)
            for node in nodes
            for name in node.names
        ),
        key=lambda r: r.start,
    )
    return doc


def cluster(names: Sequence[Name], introduced: Sequence[tuple[Name, Name]] = ()) -> list[Node]:
    """Group the names of one document into entities, numbered in the order of their first mention.

    Args:
        names: the names in the order of the text.
        introduced: pairs of a name and another name that the text itself gives it, as in "Some Firm (SF)".
    """
    groups: dict[Key, Group] = {}
    for name in names:
        groups.setdefault(_group_key(name), []).append(name)
    parent = {group: group for group in groups}
    for long, short in introduced:
        _unite(parent, _group_key(short), _group_key(long))
    for kind in ("Company", "Person"):
        of_kind = {text: group for (group_kind, text), group in groups.items() if group_kind == kind}
        for short_text, long_text in short_forms(of_kind, kind):
            if parent[kind, short_text] == (kind, short_text):
                _unite(parent, (kind, short_text), (kind, long_text))
    merged: dict[Key, Group] = {}
    for group, members in groups.items():
        merged.setdefault(_root(parent, group), []).extend(members)
    nodes = [_node(sorted(members, key=lambda n: n.start)) for members in merged.values()]
    nodes.sort(key=lambda node: node.names[0].start)
    for number, node in enumerate(nodes):
        node.number = number
    return nodes


def _group_key(name: Name) -> Key:
    kind = "Company" if name.type == "Organization" else name.type  # the same body may be typed both ways
    return kind, key(name)


def _unite(parent: dict[Key, Key], short: Key, long: Key) -> None:
    below, above = _root(parent, short), _root(parent, long)
    if below != above:
        parent[below] = above


def _root(parent: dict[Key, Key], group: Key) -> Key:
    while parent[group] != group:
        parent[group] = parent[parent[group]]
        group = parent[group]
    return group


def _node(names: Group) -> Node:
    kinds = [name.type for name in names]
    kind = max(sorted(set(kinds)), key=kinds.count)
    if kind == "Place":
        adjectives, places = countries()
        text = names[0].text
        usual = adjectives.get(text) or places.get(text) or places.get(text.title()) or text
        forms = [name.text for name in names if not name.adjective]
    else:
        forms = [bare(name.text) if name.text.endswith(("'", "’")) else name.text for name in names]
        usual = max(forms, key=lambda form: (not form.isupper() or len(form) < 6, len(form), form))
    aliases = sorted(dict.fromkeys(form for form in forms if form != usual))
    return Node(0, kind, usual, aliases, names)
