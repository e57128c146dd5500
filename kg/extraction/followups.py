"""Sentences that go on about a deal without naming its parties: "The deal values …", "the 50-50 partnership …"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from spacy.tokens import Doc

from kg import vocabulary
from kg.extraction.attributes import Scope
from kg.extraction.candidates import Candidate
from kg.extraction.lexicon import table, words
from kg.extraction.segments import BODY

_MOST_COMENTIONS = 2
_REACH = 2  # sentences after the one that tells of the deal


def followups(doc: Doc, type_name: str, candidates: Sequence[Candidate]) -> list[Scope]:
    """Return the sentences that follow those of the candidates and take the deal up with a fitting noun.

    A sentence that tells of a deal itself is left out: it speaks of its own.
    """
    taken = {candidate.start for candidate in doc._.kg_candidates if candidate.type in vocabulary.DEAL_TYPES}
    nouns = set(table("followups")["nouns"].get(type_name, ())) | words("followups", "any")
    found: dict[int, Scope] = {}
    for candidate in candidates:
        end = candidate.end
        for _ in range(_REACH):
            if end >= len(doc):
                break
            sentence = doc[end].sent
            end = sentence.end
            if sentence.start in taken or (doc._.kg_prose is not None and doc._.kg_prose[sentence.start] != BODY):
                break
            for token in sentence:
                if token.lower_ in nouns and doc[token.left_edge.i].lower_ in words("followups", "determiners"):
                    found.setdefault(sentence.start, Scope(sentence.start, sentence.end, token.i))
                    break
    return list(found.values())


def comentions(doc: Doc, numbers: Collection[int]) -> list[Scope]:
    """Return the first sentences of prose that mention two of the entities and tell of no deal themselves."""
    seen: dict[int, tuple[int, set[int]]] = {}
    for reference in doc._.kg_references:
        here = set(reference.nodes) & set(numbers)
        if here and not reference.nominal:
            sentence = doc[reference.start].sent
            seen.setdefault(sentence.start, (sentence.end, set()))[1].update(here)
    other = {candidate.start for candidate in doc._.kg_candidates if candidate.type in vocabulary.DEAL_TYPES}
    both = [Scope(start, end, start) for start, (end, here) in seen.items() if len(here) > 1 and start not in other]
    return [scope for scope in both if doc._.kg_prose is None or doc._.kg_prose[scope.start] == BODY][:_MOST_COMENTIONS]
