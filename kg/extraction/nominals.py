"""``kg_nominals``: who "the company", "the Chinese automaker", "it", "the two firms" or "the CEO" are.

Reads sentence by sentence and keeps what a reader keeps in mind: who was the subject last, who was named last, what each
company was called ("automaker SAIC Motor", "Acme, a British retailer") and where it was said to be from.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.extraction.lexicon import countries, words
from kg.extraction.state import Node, Reference, register

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_THINGS = frozenset({"it", "its", "itself"})
_GROUPS = frozenset({"they", "their", "them", "themselves"})
_BE = frozenset({"is", "was", "be", "been", "'s", "’s"})
_PEOPLE = frozenset({"he", "she", "his", "her", "him"})
_VAGUE = frozenset(
    {
        "company",
        "firm",
        "group",
        "business",
        "corporation",
        "concern",
        "giant",
        "titan",
        "bank",
        "conglomerate",
        "empire",
        "outfit",
    }
)
_FAR = 4  # sentences after which a company is no longer in mind unless it is what the article is about


@dataclass(slots=True)
class _Memory:
    """What a reader has in mind about one entity."""

    country: str | None = None
    descriptors: set[str] = field(default_factory=set)
    last_sentence: int = -100
    last_token: int = -1
    mentions: int = 0


@Language.component("kg_nominals", requires=["doc._.kg_nodes", "token.dep"], assigns=["doc._.kg_references"])
def kg_nominals(doc: Doc) -> Doc:
    """Add a ``Reference`` to ``doc._.kg_references`` for each nominal or pronoun that clearly stands for an entity."""
    register()
    if doc._.kg_nodes:
        _Reader(doc).read()
    return doc


class _Reader:
    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.nodes: list[Node] = doc._.kg_nodes
        self.references: list[Reference] = list(doc._.kg_references)
        self.memory = [_Memory() for _ in self.nodes]
        self.subject: int | None = None
        self.person: int | None = None
        self.adjectives, self.places = countries()
        self.company_heads = words("nominals", "company_heads")
        self.plural_heads = words("nominals", "plural_heads")
        self.person_heads = {head.split()[-1] for head in words("nominals", "person_heads")}
        self.prose = doc._.kg_prose

    def read(self) -> None:
        named: dict[int, list[Reference]] = {}
        sentences = list(self.doc.sents)
        number_of = [0] * len(self.doc)
        for number, sentence in enumerate(sentences):
            for i in range(sentence.start, sentence.end):
                number_of[i] = number
        for reference in self.references:
            named.setdefault(number_of[reference.start], []).append(reference)
        found: list[Reference] = []
        for number, sentence in enumerate(sentences):
            if self.prose is not None and not self.prose[sentence.start] and not named.get(number):
                continue
            found += self._sentence(sentence, number, named.get(number, []))
        self.doc._.kg_references = sorted(self.references + found, key=lambda r: r.start)

    def _sentence(self, sentence: Span, number: int, named: list[Reference]) -> list[Reference]:
        by_start = {reference.start: reference for reference in named}
        found: list[Reference] = []
        covered_to = -1
        subject_here: int | None = None
        for token in sentence:
            reference = by_start.get(token.i)
            if reference is not None:
                covered_to = reference.end
                self._remember(reference, number)
            elif token.i >= covered_to:
                reference = self._resolve(token, number, subject_here)
                if reference is not None:
                    found.append(reference)
                    for node in reference.nodes:
                        self._touch(node, token.i, number)
            if reference is not None and subject_here is None and len(reference.nodes) == 1:
                if self._is_subject(reference) and self.nodes[reference.nodes[0]].type in {"Company", "Organization"}:
                    subject_here = reference.nodes[0]
                    if self.prose is None or self.prose[token.i]:
                        self.subject = subject_here
        if subject_here is None and (company := self._first_company(named)) is not None:
            self.subject = company
        return found

    def _is_subject(self, reference: Reference) -> bool:
        root = self.doc[reference.start : reference.end].root
        while root.dep_ in {"appos", "compound", "nmod"} and root.head.i != root.i:
            root = root.head
        return root.dep_ in _SUBJECTS

    def _first_company(self, named: list[Reference]) -> int | None:
        companies = [r.nodes[0] for r in named if self.nodes[r.nodes[0]].type == "Company"]
        return companies[0] if companies else None

    def _touch(self, node: int, i: int, number: int) -> None:
        memory = self.memory[node]
        memory.last_sentence, memory.last_token = number, i
        memory.mentions += 1

    def _remember(self, reference: Reference, number: int) -> None:
        node = reference.nodes[0]
        self._touch(node, reference.start, number)
        kind = self.nodes[node].type
        if kind == "Person":
            self.person = node
        elif kind == "Company":
            self._describe(node, reference)

    def _describe(self, node: int, reference: Reference) -> None:
        """Learn what stands around a name: the noun and country before it, the apposition after it."""
        doc, memory = self.doc, self.memory[node]
        i = reference.start - 1
        while (
            i >= 0
            and i > reference.start - 6
            and (doc[i].pos_ in {"NOUN", "ADJ", "PROPN", "NUM"} or doc[i].text == "-")
            and not doc[i + 1].is_sent_start
        ):
            text = doc[i].text
            if text in self.adjectives:
                memory.country = memory.country or self.adjectives[text]
            elif text.lower() in self.company_heads:
                memory.descriptors.add(text.lower())
            i -= 1
        if reference.end < len(doc) and doc[reference.end].text == ",":
            root = doc[reference.end - 1]
            for child in root.children:
                if child.dep_ == "appos" and child.i > reference.end:
                    memory.descriptors.add(child.lower_)
                    for sub in child.children:
                        if sub.text in self.adjectives:
                            memory.country = memory.country or self.adjectives[sub.text]

    # -- who is meant -------------------------------------------------------------------------------------------------

    def _resolve(self, token: Token, number: int, subject_here: int | None) -> Reference | None:
        text = token.lower_
        if token.pos_ in {"PRON", "DET"} or text in _THINGS:
            return self._pronoun(token, text, number, subject_here)
        if token.pos_ not in {"NOUN", "PROPN", "NUM"}:
            return None
        if text in self.plural_heads:
            return self._pair(token, number)
        if text in self.person_heads and self._is_definite(token):
            return self._someone(token, number)
        if text in self.company_heads:
            return self._company(token, text, number, subject_here)
        return None

    def _is_definite(self, token: Token) -> bool:
        first = self.doc[token.left_edge.i]
        return first.lower_ in {"the", "this"} and not any(
            child.dep_ in {"relcl", "appos"} or (child.dep_ == "prep" and child.lower_ == "of")
            for child in token.children
        )

    def _pronoun(self, token: Token, text: str, number: int, subject_here: int | None) -> Reference | None:
        if text in _PEOPLE:
            if self.person is not None and number - self.memory[self.person].last_sentence <= 2:
                return Reference(token.i, token.i + 1, (self.person,), True)
            return None
        if text in _THINGS or (text in _GROUPS and token.dep_ in {"poss", "nsubj"}):
            if token.dep_ == "expl" or (text == "it" and token.head.lower_ in _BE and token.dep_ == "nsubj"):
                return None
            node = subject_here if subject_here is not None else self.subject
            if node is not None and number - self.memory[node].last_sentence <= (1 if text in _GROUPS else 2):
                return Reference(token.i, token.i + 1, (node,), True)
        return None

    def _someone(self, token: Token, number: int) -> Reference | None:
        if self.person is None or number - self.memory[self.person].last_sentence > _FAR:
            return None
        return Reference(token.left_edge.i, token.i + 1, (self.person,), True)

    def _pair(self, token: Token, number: int) -> Reference | None:
        """ "The two companies", "both firms", "the pair": the two that were named last, close together."""
        left = self.doc[token.left_edge.i : token.i]
        lead = {t.lower_ for t in left}
        if not (
            lead & {"two", "both"}
            or token.lower_ in {"pair", "duo"}
            or (lead == {"the"} and token.lower_ in {"companies", "firms", "sides", "parties", "groups"})
        ):
            return None
        if not lead & {"the", "both", "these"}:
            return None
        known = [
            (memory.last_token, n)
            for n, memory in enumerate(self.memory)
            if self.nodes[n].type == "Company" and memory.last_sentence >= number - 2 and memory.last_token >= 0
        ]
        known.sort(reverse=True)
        if len(known) < 2 or (len(known) > 2 and not lead & {"two", "both"} and token.lower_ not in {"pair", "duo"}):
            return None
        return Reference(token.left_edge.i, token.i + 1, tuple(sorted(n for _, n in known[:2])), True)

    def _company(self, token: Token, head: str, number: int, subject_here: int | None) -> Reference | None:
        start = token.left_edge.i
        lead = self.doc[start]
        if lead.lower_ not in {"the", "this"} or token.dep_ in {"compound", "appos", "attr"} or token.i - start > 6:
            return None
        if any(
            child.dep_ in {"relcl", "appos", "acl"} and child.i > token.i and child.dep_ == "appos"
            for child in token.children
        ):
            return None
        if any(child.dep_ == "prep" and child.lower_ in {"of", "behind"} for child in token.children):
            return None
        if token.i + 1 < len(self.doc) and (
            self.doc[token.i + 1].text == "-" or any(r.start == token.i + 1 for r in self.references)
        ):
            return None
        inside = self.doc[start + 1 : token.i]
        country = next(
            (
                self.adjectives.get(t.text) or self.places[t.text]
                for t in inside
                if t.text in self.adjectives or t.text in self.places
            ),
            None,
        )
        based = next((t for t in inside if t.lower_ == "based"), None)
        modified = any(t.pos_ in {"ADJ", "NOUN", "PROPN"} and t.text not in self.adjectives for t in inside)
        node = self._best(head, country, modified or based is not None, number, token.i, subject_here)
        if node is None:
            return None
        memory = self.memory[node]
        if country and memory.country is None:
            memory.country = country
        if head not in _VAGUE:
            memory.descriptors.add(head)
        return Reference(start, token.i + 1, (node,), True)

    def _best(
        self, head: str, country: str | None, modified: bool, number: int, i: int, subject_here: int | None
    ) -> int | None:
        scores: Counter[int] = Counter()
        total = sum(memory.mentions for memory in self.memory)
        for n, memory in enumerate(self.memory):
            if self.nodes[n].type not in {"Company", "Organization"} or memory.last_sentence < 0:
                continue
            distance = number - memory.last_sentence
            score = 2.0 - 0.5 * min(distance, 6)
            if subject_here == n and (modified or country):
                score -= 1.0
            elif n == self.subject:
                score += 1.5
            if country:
                score += 3.0 if memory.country == country else (-3.0 if memory.country else -0.2)
            if head in memory.descriptors:
                score += 2.0
            elif head not in _VAGUE and memory.descriptors - _VAGUE:
                score -= 1.5
            score += 2.0 * memory.mentions / max(total, 1)
            if self.nodes[n].type == "Organization":
                score -= 3.0
            scores[n] = score  # type: ignore[assignment]
        if not scores:
            return None
        node, score = max(sorted(scores.items()), key=lambda item: item[1])
        return node if score > 0.5 else None
