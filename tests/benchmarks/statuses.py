"""Which status right deals get, beside the one that gold gives them; above all, hedged deals that are told as facts.

usage: python tests/benchmarks/statuses.py [GOLD_DIR]

Counts links of two entities of one deal (as the network and the rules read them) that gold has too.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from kg import vocabulary
from kg.extraction import Extractor
from kg.extraction.weighing import pair_links
from kg.learning.corpus import gold_folder, links_of

DEV = Path(__file__).resolve().parents[3] / "shared" / "eval" / "dev"
HEDGED, FACTS = ("rumoured", "in_talks", "denied"), ("announced", "in_effect")


def main() -> None:
    """Measure and print."""
    texts = gold_folder(Path(sys.argv[1]) if len(sys.argv) > 1 else DEV)
    told: Counter[tuple[str, str]] = Counter()
    for text, doc in zip(texts, Extractor().read(text.document for text in texts), strict=True):
        linked, _ = links_of(text, doc)
        for fact in doc._.kg.facts:
            roles = {role: [int(filler[1:]) - 1 for filler in fillers] for role, fillers in fact.roles.items()}
            statuses = (linked.get(key) for key in pair_links(fact.type, roles))
            told.update((status, fact.status) for status in statuses if status is not None)
    for gold in vocabulary.STATUSES:
        print(f"{gold}: " + ", ".join(f"{told[gold, status]} {status}" for status in vocabulary.STATUSES))
    for name, mine, other in (("hedged deals told as facts", HEDGED, FACTS), ("facts told as hedged", FACTS, HEDGED)):
        wrong = sum(told[one, two] for one in mine for two in other)
        print(f"{name}: {wrong} of {sum(count for (one, _), count in told.items() if one in mine)}")


if __name__ == "__main__":
    main()
