"""Gold folders, annotated news and CORE → examples.

What a careful reader wrote of an article is laid over what the extractor finds in it: its entities, matched by name as
scoring matches them, and the places in the text where two of them stand near each other.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from kg.errors import SourceError
from kg.evaluation import read_gold_folder
from kg.evaluation.annotation import Annotation, Statement, annotation
from kg.evaluation.corpus import read_documents
from kg.evaluation.matching import Matcher
from kg.extraction.lexicon import countries
from kg.extraction.links import Link, PairLink, links
from kg.extraction.windows import LONGEST, Place, Window, kind_of, tokenizer, windows
from kg.learning.examples import Example
from kg.model import Document


@dataclass(frozen=True, slots=True)
class GoldText:
    """A document and what a careful reader takes from it; ``source`` is the collection that it is from."""

    name: str
    source: str
    document: Document
    gold: Annotation


def gold_folder(folder: Path) -> list[GoldText]:
    """Return the articles of a folder of gold files, as ``kg annotate`` writes them."""
    articles = read_gold_folder(folder)
    return [
        GoldText(f"{folder.name}/{article.name}", article.source or folder.name, document, article.gold)
        for article, document in zip(articles, read_documents(articles), strict=True)
    ]


def annotated_news(annotations: Path, news: Path) -> list[GoldText]:
    """Return the articles of ``SOURCE.jsonl.gz`` files in the folder ``news`` that the file of annotations is about.

    Each line of ``annotations`` is a gold file with the ``source`` and the ``id`` of its article; the text is the
    article's title, an empty line, and its text. Raises ``SourceError`` when an article is missing, or a file is not
    of this form.
    """
    try:
        lines = [json.loads(line) for line in annotations.read_text(encoding="utf-8").splitlines()]
        wanted = {(line["source"], line["id"]) for line in lines}
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise SourceError(annotations.as_posix(), f"is no file of annotations, one a line ({error!r})") from error
    texts: dict[tuple[str, str], str] = {}
    for source in sorted({source for source, _ in wanted}):
        path = news / f"{source}.jsonl.gz"
        if not path.is_file():
            raise SourceError(path.as_posix(), "is missing; name the folder of the news that the annotations are about")
        try:
            with gzip.open(path, "rt", encoding="utf-8") as rows:
                for row in map(json.loads, rows):
                    if (source, row["id"]) in wanted:
                        texts[source, row["id"]] = f"{row['title'].strip()}\n\n{row['text']}"
        except (
            OSError,
            EOFError,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            RecursionError,
            zlib.error,
        ) as error:
            raise SourceError(path.as_posix(), f"holds no articles, one a line ({error!r})") from error
    found = []
    for number, line in enumerate(lines, start=1):
        name = f"{line['source']}/{line['id']}"
        if (line["source"], line["id"]) not in texts:
            raise SourceError(
                f"{annotations.as_posix()}, line {number}", f"is about {name}, which {news} does not hold"
            )
        document = Document(texts[line["source"], line["id"]], name, name, published=line.get("published"))
        found.append(GoldText(name, line["source"], document, annotation(line, name)))
    return found


def examples(texts: Sequence[GoldText], docs: Iterable[Doc]) -> Iterator[Example]:
    """Yield an example for each text and its document, in order; texts in which no two entities meet give none."""
    for text, doc in zip(texts, docs, strict=True):
        found = tuple(windows(doc))
        if found:
            nodes = doc._.kg_nodes
            linked, free = links_of(text, doc)
            types, names = tuple(node.type for node in nodes), tuple(node.name for node in nodes)
            yield Example(text.name, text.source, found, types, names, linked, free)


def links_of(text: GoldText, doc: Doc) -> tuple[dict[PairLink, str | None], frozenset[PairLink]]:
    """Return what gold says of the entities that were found: true links with their status, and unscored ones."""
    predicted = [{"id": f"e{n.number}", "name": n.name, "type": n.type, "aliases": n.forms} for n in doc._.kg_nodes]
    gold = _with_countries(text.gold)
    matcher = Matcher(gold, annotation({"entities": predicted}, text.name))
    numbers: dict[int, list[int]] = {}
    for node in doc._.kg_nodes:
        key = matcher.predicted(f"e{node.number}")
        if key.in_gold:
            numbers.setdefault(key.place, []).append(node.number)
    linked = dict(_links(gold.facts, matcher, numbers))
    return linked, frozenset(link for link, _ in _links(gold.unscored, matcher, numbers)) - set(linked)


def _with_countries(gold: Annotation) -> Annotation:
    """Give places that are only told by an adjective ("Swiss") the names of their countries too."""
    adjectives, places = countries()
    names = []
    for entity in gold.names:
        usual = [adjectives.get(form) or places.get(form) for form in entity.forms]
        more = tuple(dict.fromkeys(name for name in usual if name)) if entity.type == "Place" else ()
        names.append(replace(entity, forms=(*entity.forms, *more)))
    return replace(gold, names=tuple(names))


def _links(
    facts: Iterable[Statement], matcher: Matcher, numbers: Mapping[int, Sequence[int]]
) -> Iterator[tuple[PairLink, str | None]]:
    """Yield what facts say of the entities that were found, each with its status when it is a deal."""
    known = set(links())
    for fact in facts:
        for (role, name), (other_role, other) in permutations(fact.fillers, 2):
            link = Link(fact.type, role, other_role)
            one, two = matcher.gold(name), matcher.gold(other)
            if link not in known or one == two:
                continue
            for a in numbers.get(one.place, ()):
                for b in numbers.get(two.place, ()):
                    yield (link, a, b), fact.status if link.is_deal else None


# -- CORE: one pair of companies in one sentence ---------------------------------------------------------------------

_COMPANIES = ("Company", "Company")
_CORE: Mapping[str, tuple[tuple[str, str], tuple[str, str, str] | None, tuple[str, ...]]] = {
    # relation: types of its two ends, the link from the first to the second, fact types that it says nothing about
    "acquired_by": (_COMPANIES, ("Acquisition", "target", "acquirer"), ("Ownership", "Investment", "Divestment")),
    "merged_with": (_COMPANIES, ("Merger", "party", "party"), ("Acquisition",)),
    "shareholder_of": (_COMPANIES, ("Ownership", "owner", "owned"), ("Investment", "Acquisition")),
    "subsidiary_of": (_COMPANIES, ("Ownership", "owned", "owner"), ("Acquisition",)),
    "collaboration": (_COMPANIES, ("Partnership", "partner", "partner"), ("JointVenture", "Supply", "Licensing")),
    "client_of": (_COMPANIES, ("Supply", "customer", "supplier"), ("Partnership",)),
    "competitor_of": (_COMPANIES, ("Competition", "competitor", "competitor"), ()),
    "product_or_service_of": (("Product", "Company"), ("Product", "product", "maker"), ()),
    "brand_of": (("Product", "Company"), ("Product", "product", "maker"), ("Ownership",)),
    "traded_on": (("Company", "Organization"), ("Listing", "organization", "exchange"), ()),
    "regulated_by": (("Company", "Organization"), None, ("LegalDispute",)),
    "undefined": (_COMPANIES, None, ()),
}


def core_sentences(path: Path) -> list[Example]:
    """Return the sentences of CORE (Borchert et al., EMNLP 2023) as examples: only their labelled pair is in them.

    Raises ``SourceError`` when the file is not of CORE's form.
    """
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        found = [_core_sentence(row) for row in rows]
    except (OSError, ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise SourceError(path.as_posix(), f"is not CORE's train.json ({error!r})") from error
    return [example for example in found if example is not None]


def _core_sentence(row: Mapping[str, Any]) -> Example | None:
    words: Sequence[str] = row["context"]
    ends = [(row["e1_start"], row["e1_end"] + 1), (row["e2_start"], row["e2_end"] + 1)]
    if row["invert_relation"]:
        ends.reverse()
    types, told, silent = _CORE[row["relation"]]
    window = Window(sentences=[(0, len(words))], tokens=list(range(len(words))), kinds=[0] * len(words))
    window.pieces = [[] for _ in words]
    encoding = tokenizer().encode(list(words), is_pretokenized=True, add_special_tokens=False)
    for piece, word in zip(encoding.ids, encoding.word_ids, strict=True):
        window.pieces[word or 0].append(piece)
    overlap = ends[0][0] < ends[1][1] and ends[1][0] < ends[0][1]
    if overlap or len(encoding.ids) > LONGEST:
        return None
    for node, (start, end) in enumerate(ends):
        for i in range(start, end):
            window.kinds[i] = kind_of(types[node]) + (i > start)
        window.mentions.append(Place(start, end, node, 0, False))
    window.mentions.sort(key=lambda mention: mention.start)
    linked: dict[PairLink, str | None] = {}
    if told is not None:
        kind, head, tail = told
        for found in ((Link(kind, head, tail), 0, 1), (Link(kind, tail, head), 1, 0)):
            if found[0] in links():
                linked[found] = None
    free = {(link, a, b) for link in links() if link.type in silent for a, b in ((0, 1), (1, 0))}
    names = tuple(" ".join(words[start:end]) for start, end in ends)
    return Example(row["id"], "core", (window,), types, names, linked, frozenset(free))
