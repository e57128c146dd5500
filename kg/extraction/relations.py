"""``kg_relations``: reads candidates for facts out of every sentence of prose, by wording and by grammar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extraction.candidates import Candidate, Reason, fitting
from kg.extraction.dependency import Dependency
from kg.extraction.lexical import Lexical
from kg.extraction.lexicon import words
from kg.extraction.state import Reference, register

_LONGEST_SENTENCE = 150  # tokens; a longer "sentence" is a table or a list, and would cost more than it tells
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_NOMINAL = 0.6  # confidence that "the Chinese automaker" is from China


@Language.component("kg_relations", requires=["doc._.kg_references", "token.dep"], assigns=["doc._.kg_candidates"])
def kg_relations(doc: Doc) -> Doc:
    """Set ``doc._.kg_candidates``: what single patterns read, sentence by sentence."""
    register()
    doc._.kg_candidates = _read(doc) if doc._.kg_nodes else []
    return doc


def _read(doc: Doc) -> list[Candidate]:
    references: Sequence[Reference] = doc._.kg_references
    lexical = Lexical(doc, references)
    dependency = Dependency(doc, references, [span.start for span in doc._.kg_money or ()])
    main = _main_company(doc)
    topic = main
    at = 0
    found: list[Candidate] = []
    for sentence in doc.sents:
        while at < len(references) and references[at].start < sentence.start:
            at += 1
        inside = []
        while at < len(references) and references[at].start < sentence.end:
            inside.append(at)
            at += 1
        if not inside or len(sentence) > _LONGEST_SENTENCE or not _is_prose(doc, sentence):
            continue
        topic = _subject(doc, [references[index] for index in inside], topic)
        found += _origins(doc, sentence, [references[index] for index in inside])
        found += lexical.read(sentence, inside, topic, main)
        found += [c for c in dependency.read(sentence) if not _sells_company(c, doc)]
    return _without_guesses([candidate for candidate in found if not _is_wide(candidate, doc)])


def _is_prose(doc: Doc, sentence: Span) -> bool:
    return doc._.kg_prose is None or bool(doc._.kg_prose[sentence.start])


def _main_company(doc: Doc) -> int | None:
    counts = Counter({node.number: len(node.names) for node in doc._.kg_nodes if node.type == "Company"})
    return min(counts, key=lambda n: (-counts[n], n)) if counts else None


def _subject(doc: Doc, references: Sequence[Reference], topic: int | None) -> int | None:
    """The company that the sentence is about: its first subject, else the one before it."""
    for reference in references:
        if len(reference.nodes) == 1 and doc._.kg_nodes[reference.nodes[0]].type == "Company":
            root = doc[reference.start : reference.end].root
            if root.dep_ in _SUBJECTS:
                return reference.nodes[0]
    return topic


def _is_wide(candidate: Candidate, doc: Doc) -> bool:
    """Whether a company is said to be from a whole continent, which tells too little."""
    wide = words("nominals", "wide_places")
    return candidate.type == "BasedIn" and any(doc._.kg_nodes[n].name in wide for n in candidate.roles["place"])


def _sells_company(candidate: Candidate, doc: Doc) -> bool:
    """Whether grammar reads a company as a product: "X sells Y" tells no product when Y is a company."""
    return candidate.type == "Product" and doc._.kg_nodes[candidate.roles["product"][0]].type == "Company"


def _without_guesses(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Drop what was guessed where the text says otherwise: the company of a title, the country of a nominal.

    Of several guesses for one person or company the most frequent stays, the first of equals.
    """
    said: dict[tuple[str, int], set[int]] = {}
    guessed: dict[tuple[str, int], Counter[int]] = {}
    for candidate in candidates:
        if (ends := _ends(candidate)) is not None:
            if candidate.weak:
                guessed.setdefault(ends[0], Counter())[ends[1]] += 1
            else:
                said.setdefault(ends[0], set()).add(ends[1])
    best = {key: said.get(key) or {counts.most_common(1)[0][0]} for key, counts in guessed.items()}
    return [
        candidate
        for candidate in candidates
        if not candidate.weak or (ends := _ends(candidate)) is None or ends[1] in best[ends[0]]
    ]


def _ends(candidate: Candidate) -> tuple[tuple[str, int], int] | None:
    """What a guess is about, and what was guessed of it."""
    if candidate.type == "Role":
        return ("Role", candidate.roles["person"][0]), candidate.roles["organization"][0]
    if candidate.type == "BasedIn":
        return ("BasedIn", candidate.roles["organization"][0]), candidate.roles["place"][0]
    return None


def _origins(doc: Doc, sentence: Span, references: Sequence[Reference]) -> Iterator[Candidate]:
    """Where a company is from, told by a nominal that stands for it: "the Chinese automaker"."""
    for nominal in references:
        if not nominal.nominal or len(nominal.nodes) != 1:
            continue
        for place in references:
            if nominal.start < place.start < nominal.end and doc._.kg_nodes[place.nodes[0]].type == "Place":
                fit = fitting(
                    "BasedIn", {"organization": list(nominal.nodes), "place": list(place.nodes)}, doc._.kg_nodes
                )
                if fit is not None:
                    reason = Reason("nominal", _NOMINAL, sentence.start, sentence.end)
                    yield Candidate(
                        "BasedIn",
                        fit,
                        place.start,
                        sentence.start,
                        sentence.end,
                        _NOMINAL,
                        weak=True,
                        reasons=[reason],
                    )
