"""What an article says around each company's name: "automaker Acme", "Acme, a British retailer".

``kg_nominals`` reads this before it asks which company "the automaker" or "the British firm" is. A reader also knows
where the big listed companies are from; that helps to tell who is meant, and never becomes a fact of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Doc, Token

from kg.extraction.lexicon import countries, table, words
from kg.extraction.state import Node, Reference

_DESCRIBING = frozenset({"NOUN", "ADJ", "PROPN", "NUM"})
_THROUGH = frozenset({"-", "'s", "’s", "'", "’", "based"})
_BEFORE = 7  # tokens before a name that may describe it
_AFTER = 12  # tokens of an apposition that are read
_OPENERS = frozenset({"a", "an", "the", "one", "which", "is", "was"})
_FINITE = frozenset({"VBD", "MD"})


@dataclass(slots=True)
class Description:
    """What is known of one company: the words that describe it, where it is from, and the words of its own names."""

    words: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    own: set[str] = field(default_factory=set)
    home: str | None = None


def describe(doc: Doc, nodes: Sequence[Node], references: Sequence[Reference]) -> list[Description]:
    """Return the description of each node, in order; nodes that are no companies get an empty one."""
    found = [Description() for _ in nodes]
    place_at = {
        i: nodes[r.nodes[0]].name
        for r in references
        if nodes[r.nodes[0]].type == "Place"
        for i in range(r.start, r.end)
    }
    for node, description in zip(nodes, found, strict=True):
        if node.type in {"Company", "Organization"}:
            forms = [node.name, *node.forms]
            description.own = {word.lower().rstrip("s.") for form in forms for word in form.split()}
            description.home = next((homes()[form] for form in forms if form in homes()), None)
    for reference in references:
        if len(reference.nodes) == 1 and not reference.nominal and nodes[reference.nodes[0]].type == "Company":
            description = found[reference.nodes[0]]
            _read_before(doc, reference, place_at, description)
            _read_after(doc, reference, place_at, description)
    return found


def _read_before(doc: Doc, reference: Reference, place_at: Mapping[int, str], description: Description) -> None:
    i = reference.start - 1
    while i >= max(0, reference.start - _BEFORE) and not doc[i + 1].is_sent_start:
        token = doc[i]
        if i in place_at:
            description.places.add(place_at[i])
        elif token.pos_ in _DESCRIBING:
            description.words.add(_stem(token))
        elif token.lower_ not in _THROUGH:
            break
        i -= 1


def _read_after(doc: Doc, reference: Reference, place_at: Mapping[int, str], description: Description) -> None:
    i = reference.end
    if i + 1 >= len(doc) or not (doc[i].text in {",", "-", "–", "—"} or doc[i].lower_ in {"is", "was"}):
        return
    if doc[i + 1].lower_ not in _OPENERS and i + 1 not in place_at:
        return
    for token in doc[i + 1 : i + 1 + _AFTER]:
        if token.is_sent_start or token.text in {",", "–", "—", ";", "."} or token.tag_ in _FINITE:
            break
        if token.i in place_at:
            description.places.add(place_at[token.i])
        elif token.pos_ in _DESCRIBING:
            description.words.add(_stem(token))
        elif token.lower_ in {"that", "which", "of", "for"} and token.i > i + 2:
            break


def _stem(token: Token) -> str:
    return stem(token.lower_)


def stem(word: str) -> str:
    """The word without a plural ending, to compare descriptions."""
    return word[:-1] if word.endswith("s") and len(word) > 3 and not word.endswith("ss") else word


@cache
def country_names() -> frozenset[str]:
    """The usual names of countries, as places found in a text have them."""
    return frozenset(table("places")["adjectives"])


@cache
def homes() -> Mapping[str, str]:
    """Return the countries of well-known listed companies by name, as the package ``pytickersymbols`` has them."""
    from pytickersymbols import PyTickerSymbols

    _, places = countries()
    legal = words("names", "company", "legal_forms")
    found: dict[str, str] = {}
    for stock in PyTickerSymbols().get_all_stocks():
        if not stock.get("country"):
            continue
        last = stock["country"].split(",")[-1].strip()
        country = places.get(last, "United States" if "," in stock["country"] else last)
        parts = stock["name"].replace(",", " ").split()
        found[stock["name"]] = country
        while len(parts) > 1 and (parts[-1] in legal or parts[-1] in {"Group", "&", "Holdings", "Holding"}):
            parts = parts[:-1]
            found.setdefault(" ".join(parts), country)
    return found
