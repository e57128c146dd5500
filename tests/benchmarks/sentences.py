"""Single sentences of two other data sets, labelled by other people: CORE's tenth that training keeps out, and FinRED.

usage: python tests/benchmarks/sentences.py [--weights DIR]

CORE gives the two names and one relation for them, so the network alone is judged: which link it finds most likely, if
any is likely enough to be listed. Labels that mean one link of ours (two for products, two for none) are one class.
FinRED (validation part) gives sentences and what Wikidata says of the names in them, whether the sentence says it or
not; the whole extractor is judged by which of these it finds, and by how many of its facts of these types are there.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kg.evaluation.folding import folded
from kg.extraction import Extractor
from kg.extraction.encoder import WEIGHTS, Looked, load_encoder
from kg.extraction.links import Link, fits, links
from kg.extraction.weighing import balance
from kg.learning.corpus import core_sentences
from kg.learning.examples import Example
from kg.learning.recipe import is_kept_out
from kg.model import Document, Extraction

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
FINRED = {
    "owned_by": "Ownership",
    "parent_organization": "Ownership",
    "owner_of": "Ownership",
    "subsidiary": "Ownership",
    "employer": "Role",
    "chief_executive_officer": "Role",
    "chairperson": "Role",
    "director_/_manager": "Role",
    "product_or_material_produced": "Product",
    "manufacturer": "Product",
    "developer": "Product",
    "publisher": "Product",
    "headquarters_location": "BasedIn",
    "location_of_formation": "BasedIn",
    "stock_exchange": "Listing",
}
Edge = tuple[str, str, str]


def figures(right: int, told: int, gold: int) -> str:
    """Return precision, recall and F1 for people."""
    precision, recall = right / max(1, told), right / max(1, gold)
    f1 = 2 * right / max(1, told + gold)
    return f"precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f} ({right} right of {told} told and {gold} gold)"


def _class(link: Link, a: int, b: int) -> tuple[Link, int, int]:
    return (link, min(a, b), max(a, b)) if link.is_symmetric else (link, a, b)


def core(weights: Path) -> None:
    """Print how the network labels CORE's sentences that it was not trained on."""
    encoder = load_encoder(weights)
    known = links()
    decided = balance(weights, "default")
    right = told = gold = agree = 0
    kinds: Counter[tuple[str, bool]] = Counter()
    sentences = [each for each in core_sentences(DATA / "core" / "train.json") if is_kept_out(each)]
    for sentence in sentences:
        truth = {_class(*key) for key in sentence.linked}
        best, confidence = _most_likely(sentence, encoder.read(sentence.windows[0], sentence.types), known)
        least = decided.least(best[0].type)
        found = {_class(*best)} if decided.confidence(best[0], confidence, None) >= least else set()
        right += len(found & truth)
        told += len(found)
        gold += len(truth)
        agree += found == truth
        for key in truth:
            kinds[key[0].type, key in found] += 1
    print(
        f"CORE, {len(sentences)} sentences: {figures(right, told, gold)}; {agree / len(sentences):.3f} labelled right"
    )
    for kind in sorted({kind for kind, _ in kinds}):
        print(f"  {kind}: {kinds[kind, True]} of {kinds[kind, True] + kinds[kind, False]} found")


def _most_likely(
    sentence: Example, looked: Looked | None, known: tuple[Link, ...]
) -> tuple[tuple[Link, int, int], float]:
    window = sentence.windows[0]
    best, highest = (known[0], 0, 1), -math.inf
    if looked is None:
        return best, highest
    for row, (i, j) in enumerate(window.pairs()):
        a, b = window.mentions[i].node, window.mentions[j].node
        for column, link in enumerate(known):
            logit = float(looked.links[row][column])
            if fits(link, sentence.types[a], sentence.types[b]) and logit > highest:
                best, highest = (link, a, b), logit
    return best, highest


def finred(extractor: Extractor) -> None:
    """Print which of FinRED's facts the extractor finds."""
    texts = (DATA / "finred" / "dev.sent").read_text("utf-8").splitlines()
    tuples = (DATA / "finred" / "dev.tup").read_text("utf-8").splitlines()
    documents = [Document(text.strip(), f"finred/{n}", f"finred/{n}") for n, text in enumerate(texts)]
    right: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for extraction, line in zip(extractor.extract_many(documents), tuples, strict=True):
        truth, found = set(_triples(line)), set(_edges(extraction))
        for edge in truth:
            gold[edge[0]] += 1
            hit[edge[0]] += any(_same(edge, other) for other in found)
        for edge in found:
            told[edge[0]] += 1
            right[edge[0]] += any(_same(edge, other) for other in truth)
    print(
        f"FinRED, {len(texts)} sentences: {sum(hit.values()) / sum(gold.values()):.3f} of {sum(gold.values())} found;"
    )
    print(f"  {sum(right.values()) / sum(told.values()):.3f} of {sum(told.values())} facts of these types are in it")
    for kind in sorted(gold):
        print(f"  {kind}: {hit[kind]} of {gold[kind]} found; {right[kind]} of {told[kind]} in it")


def _triples(line: str) -> Iterator[Edge]:
    for triple in line.split(" | "):
        one, other, relation = (part.strip() for part in triple.split(" ; "))
        if relation in FINRED and folded(one) != folded(other):
            yield (FINRED[relation], *sorted((folded(one), folded(other))))  # type: ignore[misc]


def _edges(extraction: Extraction) -> Iterator[Edge]:
    for fact in extraction.facts:
        if fact.type in FINRED.values():
            names = sorted(folded(extraction.entity(filler).name) for role in fact.roles.values() for filler in role)
            for n, one in enumerate(names):
                for other in names[n + 1 :]:
                    yield fact.type, one, other


def _same(edge: Edge, other: Edge) -> bool:
    """Whether two facts are of one type between the same names: one data set writes a name shorter than the other."""
    if edge[0] != other[0]:
        return False
    return any(
        all(one in two or two in one for one, two in zip(edge[1:], names, strict=True))
        for names in (other[1:], other[:0:-1])
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, default=None, help="a folder of kg train; by default that of kg itself")
    options = parser.parse_args()
    core(options.weights or WEIGHTS)
    finred(Extractor(weights=options.weights))


if __name__ == "__main__":
    main()
