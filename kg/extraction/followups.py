"""Sentences that go on about a deal without naming its parties: "The deal values …", "the 50-50 partnership …"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from kg import vocabulary
from kg.extraction.attributes import Scope
from kg.extraction.candidates import Candidate
from kg.extraction.lexicon import table, words
from kg.extraction.segments import BODY

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


