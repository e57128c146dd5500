"""A program that builds a store from many invented documents, for tests that kill it half way.

``python built_and_killed.py STORE COUNT`` adds COUNT documents, each with two companies, a deal and a state, and prints
a line after each. Whatever the moment of its death, the store must hold whole documents only.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from invented import Said, Told

from kg.building import add_documents
from kg.errors import SourceError
from kg.graph import Graph
from kg.model import Document, Extraction

_NAMES = ("Veltrano", "Quorvia", "Sarrow", "Dunmore", "Tansy", "Halbrecht", "Brightmoor", "Castellane")


def told(number: int) -> Told:
    """Return the article of this number."""
    one, other = _NAMES[number % 8], f"{_NAMES[(number // 8) % 8]} {number % 5}"
    facts = [
        Said("Partnership", {"partner": [one, other]}, ("announced", "rumoured")[number % 2], (number + 1, "USD")),
        Said("BasedIn", {"organization": [other], "place": ["Norway"]}, "in_effect"),
    ]
    return Told(f"article {number}", facts, f"2015-03-{number % 28 + 1:02d}", types={"Norway": "Place"})


class InventedExtractor:
    """Knows what the invented articles say by their sources."""

    signature = "by hand"

    def extract_many(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """Yield the extractions of the articles."""
        for document in documents:
            yield replace(told(int(document.source.split()[1])).extraction(), document=document)


def main(store: Path, count: int) -> None:
    """Build the store, with a line of output for each document."""

    def progress(done: int, item: Document | SourceError) -> None:
        print(done, flush=True)

    with Graph.open(store, create=True) as graph:
        documents = (told(number).extraction().document for number in range(count))
        add_documents(graph, documents, InventedExtractor(), progress)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
