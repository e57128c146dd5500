"""``kg_nominals``: who "the company", "the Chinese automaker", "it", "the two firms" or "the CEO" are.

Reads sentence by sentence and keeps what a reader keeps in mind: who was the subject last, and who was named last; what
the article calls each company, and where from, is known beforehand (``descriptions``).
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.extraction.descriptions import country_names, describe, stem
from kg.extraction.lexicon import words
from kg.extraction.state import Node, Reference, register

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_THINGS = frozenset({"it", "its", "itself"})
_GROUPS = frozenset({"they", "their", "them", "themselves"})
_BE = frozenset({"is", "was", "be", "been", "'s", "’s"})
_PEOPLE = frozenset({"he", "she", "his", "her", "him"})
_LEAST = 0.5  # a nominal that fits worse is left alone
_CLEAR = 1.0  # by which the best must lead when nothing confirms the place that is said
_IN_MIND = 64  # companies and bodies that a nominal may mean: those that were mentioned last
_FAR = 4  # sentences after which a company is no longer in mind unless it is what the article is about


@dataclass(slots=True)
class _Memory:
    """What a reader has in mind about one entity."""

    last_sentence: int = -100
    last_token: int = -1
    mentions: int = 0


@dataclass(frozen=True, slots=True)
class _Said:
    """A nominal: its noun, the places and other words before the noun, and whether it is a subject."""

    head: str
    places: frozenset[str]
    words: frozenset[str]
    subject: bool


@Language.component(
    "kg_nominals",
    requires=["doc._.kg_nodes", "token.dep"],
    assigns=["doc._.kg_references"],
)
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
        self.named_from = {reference.start for reference in self.references}
        self.mentions = 0  # of all entities so far
        self.in_mind: dict[int, None] = {}  # companies and bodies, the one mentioned last at the end
        self.named_at = {i: reference for reference in self.references for i in range(reference.start, reference.end)}
        self.together: tuple[int, ...] = ()  # the companies that are the sentence's subject together
        self.subject: int | None = None
        self.person: int | None = None
        self.descriptions = describe(doc, self.nodes, self.references)
        self.place_at = {
            i: self.nodes[r.nodes[0]].name
            for r in self.references
            if self.nodes[r.nodes[0]].type == "Place"
            for i in range(r.start, r.end)
        }
        self.company_heads = words("nominals", "company_heads")
        self.vague = words("nominals", "vague_heads")
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
        self.together = ()
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
            if reference is not None and subject_here is None and self._is_company_subject(reference):
                subject_here = reference.nodes[0]
                if self.prose is None or self.prose[token.i]:
                    self.subject = subject_here
                self.together = (subject_here,)
            elif reference is not None and self._joins_subject(reference):
                self.together = (*self.together, *reference.nodes)
        if subject_here is None and (company := self._first_company(named)) is not None:
            self.subject = company
        return found

    def _is_company_subject(self, reference: Reference) -> bool:
        if len(reference.nodes) != 1 or self.nodes[reference.nodes[0]].type not in {
            "Company",
            "Organization",
        }:
            return False
        root = self.doc[reference.start : reference.end].root
        while root.dep_ in {"appos", "compound", "nmod"} and root.head.i != root.i:
            root = root.head
        return root.dep_ in _SUBJECTS

    def _joins_subject(self, reference: Reference) -> bool:
        """Whether the name goes on with the list that is the sentence's subject: "X and Y"."""
        root = self.doc[reference.start : reference.end].root
        if not self.together or root.dep_ != "conj" or self.nodes[reference.nodes[0]].type != "Company":
            return False
        head = self.named_at.get(root.head.i)
        return head is not None and set(head.nodes) <= set(self.together) and not set(reference.nodes) & set(head.nodes)

    def _first_company(self, named: list[Reference]) -> int | None:
        companies = [r.nodes[0] for r in named if self.nodes[r.nodes[0]].type == "Company"]
        return companies[0] if companies else None

    def _touch(self, node: int, i: int, number: int) -> None:
        memory = self.memory[node]
        memory.last_sentence, memory.last_token = number, i
        memory.mentions += 1
        self.mentions += 1
        if self.nodes[node].type in {"Company", "Organization"}:
            self.in_mind.pop(node, None)
            self.in_mind[node] = None
            if len(self.in_mind) > _IN_MIND:
                del self.in_mind[next(iter(self.in_mind))]

    def _remember(self, reference: Reference, number: int) -> None:
        node = reference.nodes[0]
        self._touch(node, reference.start, number)
        kind = self.nodes[node].type
        if kind == "Person":
            self.person = node

    # -- who is meant ----------------------------------------------------------------------------------------

    def _resolve(self, token: Token, number: int, subject_here: int | None) -> Reference | None:
        text = token.lower_
        if token.text == "IT":  # information technology
            return None
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
        return (
            first.lower_ in {"the", "this"}
            and token.dep_ not in {"appos", "compound", "attr"}
            and not any(
                child.dep_ in {"relcl", "appos"} or (child.dep_ == "prep" and child.lower_ == "of")
                for child in token.children
            )
        )

    def _pronoun(self, token: Token, text: str, number: int, subject_here: int | None) -> Reference | None:
        if text in _PEOPLE:
            if self.person is not None and number - self.memory[self.person].last_sentence <= 2:
                return Reference(token.i, token.i + 1, (self.person,), True)
            return None
        if text in _THINGS or (text in _GROUPS and token.dep_ in {"poss", "nsubj"}):
            if text == "it" and _is_expletive(token):
                return None
            if text in _GROUPS and len(self.together) > 1:
                return Reference(token.i, token.i + 1, self.together, True)
            node = subject_here if subject_here is not None else self.subject
            if node is not None and number - self.memory[node].last_sentence <= (1 if text in _GROUPS else 2):
                return Reference(token.i, token.i + 1, (node,), True)
        return None

    def _someone(self, token: Token, number: int) -> Reference | None:
        if self.person is None or number - self.memory[self.person].last_sentence > _FAR:
            return None
        if token.i + 1 < len(self.doc) and token.i + 1 in self.named_from:
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
            (self.memory[n].last_token, n)
            for n in self.in_mind
            if self.nodes[n].type == "Company" and self.memory[n].last_sentence >= number - 2
        ]
        known.sort(reverse=True)
        if len(known) < 2 or (len(known) > 2 and not lead & {"two", "both"} and token.lower_ not in {"pair", "duo"}):
            return None
        return Reference(token.left_edge.i, token.i + 1, tuple(sorted(n for _, n in known[:2])), True)

    def _company(self, token: Token, head: str, number: int, subject_here: int | None) -> Reference | None:
        start = token.left_edge.i
        if not self._stands_alone(token, start):
            return None
        inside = self.doc[start + 1 : token.i]
        said = _Said(
            head,
            frozenset(self.place_at[t.i] for t in inside if t.i in self.place_at),
            frozenset(
                stem(t.lower_) for t in inside if t.pos_ in {"ADJ", "NOUN", "PROPN"} and t.i not in self.place_at
            ),
            token.dep_ in _SUBJECTS,
        )
        node = self._best(said, number, subject_here)
        if node is None:
            return None
        self.descriptions[node].places |= said.places
        self.descriptions[node].words |= said.words | ({head} - self.vague)
        return Reference(start, token.i + 1, (node,), True)

    def _stands_alone(self, token: Token, start: int) -> bool:
        """Whether a noun phrase names nobody itself: "the company", not "the company X" or "the company of X"."""
        if self.doc[start].lower_ not in {"the", "this"} or token.i - start > 6:
            return False
        if token.dep_ in {"compound", "appos", "attr"}:
            return False
        for child in token.children:
            if (child.dep_ == "appos" and child.i > token.i) or (
                child.dep_ == "prep" and child.lower_ in {"of", "behind"}
            ):
                return False
        following = token.i + 1
        return following >= len(self.doc) or not (self.doc[following].text == "-" or following in self.named_from)

    def _best(self, said: _Said, number: int, subject_here: int | None) -> int | None:
        scores = sorted(
            ((self._fit(said, n, number, subject_here), -n) for n in self.in_mind),
            reverse=True,
        )
        if not scores or scores[0][0] <= _LEAST:
            return None
        node = -scores[0][1]
        description = self.descriptions[node]
        if said.places and not said.places & {*description.places, description.home} and len(scores) > 1:
            return node if scores[0][0] - scores[1][0] >= _CLEAR else None
        return node

    def _fit(self, said: _Said, n: int, number: int, subject_here: int | None) -> float:
        """How well a company fits what is said of it: nearness, place, kind, and who the sentence is about."""
        memory, known = self.memory[n], self.descriptions[n]
        score = 2.0 - 0.5 * min(number - memory.last_sentence, 6) + 2.0 * memory.mentions / max(self.mentions, 1)
        if subject_here == n:
            score += -2.5 if not said.subject and (said.words or said.places) else 0.5
        elif n == self.subject:
            score += 1.5
        if said.places:
            if said.places & known.places:
                score += 3.0
            elif known.home in said.places:
                score += 2.5
            elif said.places & country_names() and (known.home or known.places & country_names()):
                score -= 2.0
        score += min(2.0, 1.0 * len(said.words & (known.words | known.own)))
        if said.head in known.words or said.head in known.own:
            score += 2.0
        elif said.head not in self.vague and known.words & (self.company_heads - self.vague):
            score -= 1.5
        if self.nodes[n].type == "Organization":
            score -= 3.0
        return score


def _is_expletive(token: Token) -> bool:
    """Whether "it" stands for nothing: "it is clear that …"."""
    if token.dep_ == "expl":
        return True
    is_being = token.dep_ == "nsubj" and token.head.lower_ in _BE
    return is_being and any(child.dep_ in {"acomp", "attr"} for child in token.head.children)
