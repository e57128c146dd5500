"""``kg_entities``: which names of a document are one entity: full names, short forms, acronyms, surnames, countries."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.lexicon import countries, words
from kg.extraction.state import Name, Node, Reference, register

_SMALL = frozenset({"of", "and", "the", "for", "&", "de", "in", "on"})
_POSSESSIVE = re.compile(r"\s*['’]\s?s?$")
_NON_WORD = re.compile(r"[^\w&]+")
_VAGUE_TAILS = frozenset(
    {
        "Air",
        "American",
        "Bank",
        "British",
        "First",
        "General",
        "Global",
        "International",
        "National",
        "New",
        "Royal",
        "Standard",
        "The",
        "United",
        "Bank of",
        "Royal Bank",
    }
)


@Language.component("kg_entities", requires=["doc._.kg_names"], assigns=["doc._.kg_nodes", "doc._.kg_references"])
def kg_entities(doc: Doc) -> Doc:
    """Set ``doc._.kg_nodes``, one for each entity, and ``doc._.kg_references``, one for each name in the text."""
    register()
    nodes = cluster(doc._.kg_names or [])
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


def cluster(names: list[Name]) -> list[Node]:
    """Group the names of one document into entities, numbered in the order of their first mention."""
    groups: dict[tuple[str, str], list[Name]] = {}
    for name in names:
        kind = "Company" if name.type == "Organization" else name.type  # the same body may be typed both ways
        groups.setdefault((kind, _key(name)), []).append(name)
    parent = {key: key for key in groups}
    for short, long in _short_forms(groups):
        parent[short] = long
    merged: dict[tuple[str, str], list[Name]] = {}
    for key, members in groups.items():
        merged.setdefault(_root(parent, key), []).extend(members)
    nodes = [_node(sorted(members, key=lambda n: n.start)) for members in merged.values()]
    nodes.sort(key=lambda node: node.names[0].start)
    for number, node in enumerate(nodes):
        node.number = number
    return nodes


def _root(parent: dict[tuple[str, str], tuple[str, str]], key: tuple[str, str]) -> tuple[str, str]:
    while parent[key] != key:
        key = parent[key]
    return key


def _key(name: Name) -> str:
    """A name folded to what its spellings share: case, accents, legal form, possessive, leading article."""
    if name.type == "Place":
        adjectives, places = countries()
        text = adjectives.get(name.text) or places.get(name.text) or places.get(name.text.title()) or name.text
        return text.casefold()
    text = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", name.text)).encode("ascii", "ignore").decode() or name.text
    parts = [
        part for part in _NON_WORD.sub(" ", re.sub(r"['’.]", "", text).replace("&", " & ")).casefold().split() if part
    ]
    legal = {re.sub(r"\W", "", form).casefold() for form in words("names", "company", "legal_forms")} | {"group", "the"}
    while len(parts) > 1 and parts[-1] in legal:
        parts.pop()
    while len(parts) > 1 and parts[0] == "the":
        parts.pop(0)
    return " ".join("and" if part == "&" else part for part in parts) or name.text.casefold()


def _short_forms(groups: dict[tuple[str, str], list[Name]]) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    for kind in ("Company", "Person"):
        keys = [key for key in groups if key[0] == kind]
        for short in keys:
            fits = _short_person if kind == "Person" else _short_company
            longer = [long for long in keys if long != short and fits(short, long, groups)]
            if len(longer) > 1:
                longer = [
                    long
                    for long in longer
                    if not any(other != long and _extends(other[1], long[1]) for other in longer)
                ]
            if len(longer) == 1:
                yield short, longer[0]


def _extends(shorter: str, longer: str) -> bool:
    return longer.startswith(shorter + " ")


def _short_person(short: tuple[str, str], long: tuple[str, str], groups: dict[tuple[str, str], list[Name]]) -> bool:
    a, b = short[1].split(), long[1].split()
    if len(a) == 1:
        return len(b) > 1 and (a[0] == b[-1] or (a[0] == b[0] and len(a[0]) > 2) or (len(b) > 2 and a[0] == b[-2]))
    if len(a) < len(b):
        return a[0] == b[0] and a[-1] == b[-1]
    return False


def _short_company(short: tuple[str, str], long: tuple[str, str], groups: dict[tuple[str, str], list[Name]]) -> bool:
    a, b = short[1].split(), long[1].split()
    if _is_acronym(groups[short], groups[long]):
        return True
    if len(a) >= len(b):
        return False
    if b[: len(a)] == a:
        display = groups[short][0].text
        legal = words("names", "company", "legal_forms")
        if display in _VAGUE_TAILS or any(name.text.split()[-1] in legal for name in groups[short]):
            return False
        first_short, first_long = groups[short][0].start, groups[long][0].start
        introduced = first_long < first_short or _only_headline_before(groups[short], first_long)
        return introduced or _rest_is_generic(groups[long], len(groups[short][0].text.split()))
    return False


def _only_headline_before(names: list[Name], limit: int) -> bool:
    return sum(name.start < limit for name in names) <= 1


def _rest_is_generic(names: list[Name], used: int) -> bool:
    rest = names[0].text.split()[used:]
    generic = (
        words("names", "company", "name_words")
        | words("names", "company", "legal_forms")
        | {"of", "and", "&", "Global"}
    )
    return bool(rest) and all(word in generic for word in rest)


def _is_acronym(short: list[Name], long: list[Name]) -> bool:
    text = re.sub(r"\W", "", short[0].text)
    if not (2 <= len(text) <= 6 and text.isupper() and text.isalpha()):
        return False
    for name in long:
        parts = [
            part
            for part in re.split(r"[\s\-]+", _POSSESSIVE.sub("", name.text))
            if part[:1].isalnum() and part.lower() != "the"
        ]
        if len(parts) < 2:
            continue
        every = "".join(part[0] for part in parts).upper()
        capital = "".join(part[0] for part in parts if part.lower() not in _SMALL).upper()
        legal = words("names", "company", "legal_forms")
        core = "".join(part[0] for part in parts if part.lower() not in _SMALL and part not in legal).upper()
        if text in {every, capital, core}:
            return True
    return False


def _node(names: list[Name]) -> Node:
    kind = _majority([name.type for name in names])
    if kind == "Place":
        adjectives, places = countries()
        text = names[0].text
        usual = adjectives.get(text) or places.get(text) or places.get(text.title()) or text
        forms = [name.text for name in names if not name.adjective]
    else:
        forms = [_POSSESSIVE.sub("", name.text) if name.text.endswith(("'", "’")) else name.text for name in names]
        usual = max(forms, key=lambda form: (not form.isupper() or len(form) < 6, len(form), form))
    aliases = sorted(dict.fromkeys(form for form in forms if form != usual))
    return Node(0, kind, usual, aliases, names)


def _majority(kinds: list[str]) -> str:
    return max(sorted(set(kinds)), key=kinds.count)
