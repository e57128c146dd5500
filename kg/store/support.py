"""``Support`` ⇄ the text that a claim carries for it: ``verb: acquire, 0.9, characters 120–240``.

One literal for each supporter, rather than a node of five triples: it explains a confidence to people, who read it as
it stands, and queries find a component by how the text begins. The component comes first, because only its words may
hold anything, commas and digits too; so the text is read from its end.
"""

from __future__ import annotations

import re
from typing import Final

from pyoxigraph import Literal

from kg.model import Support
from kg.store import terms
from kg.store.terms import own

SUPPORT: Final = own("support")

_WRITTEN: Final = re.compile(
    r"(?P<component>.*), (?P<confidence>[0-9]+(?:\.[0-9]+)?), characters (?P<start>[0-9]+)–(?P<end>[0-9]+)", re.S | re.A
)


def written(support: Support, source: str) -> Literal:
    """Return the literal of a supporter; raises ``SourceError`` when the component's name is no Unicode."""
    confidence = terms.decimal(support.confidence).value
    return terms.text(f"{support.component}, {confidence}, characters {support.start}–{support.end}", source)


def read(text: str) -> Support:
    """Return the supporter that ``written`` wrote; raises ``ValueError`` for any other text."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no support of a claim")
    return Support(int(found["start"]), int(found["end"]), found["component"], float(found["confidence"]))
