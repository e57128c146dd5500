"""Short texts in, readable facts out, for the tables of the extraction tests."""

from __future__ import annotations

from kg.extraction import Extractor
from kg.model import Document, Extraction, Fact


def read(extractor: Extractor, text: str, published: str | None = "2021-06-18") -> Extraction:
    """Extract from a text that was published on a Friday."""
    return extractor.extract(Document(text, "test", "test", published=published))


def deals(extractor: Extractor, text: str) -> list[tuple[str, str, dict[str, list[str]]]]:
    """Return the deals of a text as type, status and names by role, the standing facts left out."""
    extraction = read(extractor, text)
    states = {"Ownership", "Competition", "Role", "Product", "BasedIn", "Listing"}
    return [(f.type, f.status, names(extraction, f)) for f in extraction.facts if f.type not in states]


def names(extraction: Extraction, fact: Fact) -> dict[str, list[str]]:
    """Return the names that fill the roles of a fact."""
    return {role: [extraction.entity(filler).name for filler in fillers] for role, fillers in fact.roles.items()}
