"""``kg_relations``: reads candidates for facts out of every sentence of prose, by wording and by grammar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extraction.candidates import Candidate, fitting
from kg.extraction.dependency import Dependency
from kg.extraction.lexical import Lexical
from kg.extraction.state import Reference, register

_LONGEST_SENTENCE = 150  # tokens; a longer "sentence" is a table or a list, and would cost more than it tells


@Language.component("kg_relations", requires=["doc._.kg_references", "token.dep"], assigns=["doc._.kg_candidates"])
def kg_relations(doc: Doc) -> Doc:
    """Set ``doc._.kg_candidates``: what single patterns read, sentence by sentence."""
    register()
    doc._.kg_candidates = list(_read(doc)) if doc._.kg_nodes else []
    return doc


def _read(doc: Doc) -> Iterator[Candidate]:
    references: Sequence[Reference] = doc._.kg_references
    lexical = Lexical(doc, references)
    dependency = Dependency(doc, references, [span.start for span in doc._.kg_money or ()])
    main = _main_company(doc)
    at = 0
    for sentence in doc.sents:
        while at < len(references) and references[at].start < sentence.start:
            at += 1
        inside = []
        while at < len(references) and references[at].start < sentence.end:
            inside.append(at)
            at += 1
        if not inside or len(sentence) > _LONGEST_SENTENCE or not _is_prose(doc, sentence):
            continue
        yield from _origins(doc, sentence, [references[index] for index in inside])
        yield from lexical.read(sentence, inside, _company_in_mind(doc, references, inside, main))
        yield from dependency.read(sentence)


def _is_prose(doc: Doc, sentence: Span) -> bool:
    return doc._.kg_prose is None or bool(doc._.kg_prose[sentence.start])


def _main_company(doc: Doc) -> int | None:
    counts = Counter({node.number: len(node.names) for node in doc._.kg_nodes if node.type == "Company"})
    return min(counts, key=lambda n: (-counts[n], n)) if counts else None


def _company_in_mind(doc: Doc, references: Sequence[Reference], inside: Sequence[int], main: int | None) -> int | None:
    """The company that a title without one belongs to: the only one in the sentence, else the one the article is about."""
    here = {n for index in inside for n in references[index].nodes if doc._.kg_nodes[n].type == "Company"}
    return next(iter(here)) if len(here) == 1 else (main if main in here or not here else None)


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
                    yield Candidate("BasedIn", fit, place.start, sentence.start, sentence.end, 0.6, reasons=["nominal"])
