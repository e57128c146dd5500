"""SPARQL text → what it must not do, and where it goes wrong, before and after the database parses it.

Oxigraph would send a ``SERVICE`` over the network, and has no switch to turn that off; so its keyword is looked for
here, outside comments, IRIs, strings, variables and names. Where this scanner and Oxigraph's parser might see word
borders differently (``1SERVICE``, ``SERVICE:x``), the query is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import QueryError

_TOKEN = re.compile(
    r"""
      <(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>   # IRI
    | \"{3}(?:"{0,2}(?:[^"\\]|\\.))*"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}  # long string
    | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'                       # string
    | \#[^\n\r]*                                                          # comment
    | [?$]\w+ | @[\w-]+                                                   # variable, language
    | (?P<prefix>[\w.-]*):(?:[\w.:%-]|\\.)*                               # prefixed name, blank node
    | (?P<word>\w+)
    """,
    re.VERBOSE | re.DOTALL,
)
_PLACE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+)")
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE"})


def refuse_services(sparql: str) -> None:
    """Raise ``QueryError`` when a query asks another server."""
    if "service" not in sparql.lower():
        return
    for match in _TOKEN.finditer(sparql):
        if "service" in (match["word"] or match["prefix"] or "").lower():
            line = sparql.count("\n", 0, match.start()) + 1
            raise QueryError(f"The query asks another SERVICE (line {line}); kg sends nothing out: leave it out.")


def names_graphs(sparql: str) -> bool:
    """Tell whether a query says itself with FROM which graphs it asks."""
    return "FROM" in _words(sparql)


def orders(sparql: str) -> bool:
    """Tell whether a query gives its rows an order."""
    return "ORDER" in _words(sparql)


def explain(sparql: str, said: str) -> str:
    """Say in a sentence where a query is malformed; Oxigraph's own list of possible tokens helps nobody."""
    updates = [word for word in _words(sparql) if word in _UPDATES]
    if updates:
        return f"{updates[0]} would change the graph, and queries only read: use SELECT, ASK, CONSTRUCT or DESCRIBE."
    advice = "correct it there"
    if "Prefix not found" in said:
        advice = "a prefix is unknown there: declare it with PREFIX, or write the IRI in full"
    match = _PLACE.search(said)
    if match is None:
        return f"The query is malformed ({first_line(said)}); {advice}."
    line, column = int(match["line"]), int(match["column"])
    lines = sparql.split("\n")
    near = " ".join(lines[line - 1].split())[:60] if 0 < line <= len(lines) else ""
    return f"The query is malformed at line {line}, column {column}, in {near!r}; {advice}."


def first_line(said: str) -> str:
    """Return the first line of a message, without its full stop."""
    return next(iter(said.splitlines()), "no reason given").rstrip(".")


def _words(sparql: str) -> Iterator[str]:
    return (match["word"].upper() for match in _TOKEN.finditer(sparql) if match["word"])
