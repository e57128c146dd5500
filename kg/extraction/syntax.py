"""Grammatical slots around a trigger word: who does it, what it is done to, with whom, from whom.

``Slots`` reads spaCy's dependency parse. A slot gives entity numbers, found through the head of the noun phrase that
fills it (``phrases.py``).
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.phrases import DEPTH, RELATIVE, Phrases

_SUBJECT = ("nsubj", "csubj")
_PASSIVE = ("nsubjpass", "csubjpass")
_OBJECT = ("dobj", "obj", "oprd")
_OBJECT_CONTROL = (
    "ask",
    "forc",
    "order",
    "allow",
    "permit",
    "urg",
    "let",
    "help",
    "requir",
    "want",
    "expect",
    "enabl",
    "invit",
    "persuad",
    "oblig",
)
_DISTANT = frozenset({"with", "from", "to", "between"})
_EMPTY_OBJECTS = frozenset({"force", "forces", "part", "talks", "place", "hands"})
_NEAR = 10  # tokens between a word and a preposition that may still be its own
_BARRIERS = frozenset({";", ":", ".", "that", "which", "who", "while", "as", "but", "whose"})


class Slots(Phrases):
    """Reads the slots of trigger words in one document."""

    def subject(self, verb: Token, depth: int = 0) -> list[int]:
        """Return who does what the verb says, through control, relative clauses, participles and passives."""
        if depth > DEPTH:
            return []
        passive = any(child.dep_ in _PASSIVE or child.dep_ == "auxpass" for child in verb.children)
        for child in verb.children:
            if child.dep_ == "agent":
                return self._pobj(child)
            if child.dep_ in _SUBJECT and not passive:
                if child.lower_ in RELATIVE and verb.dep_ == "relcl":
                    return self.fillers(verb.head, 1)
                return self.fillers(child) or self.modifiers(child) or self.owner(child)
        if passive or (verb.tag_ == "VBN" and verb.dep_ in {"acl", "amod"}):
            return [
                n for child in verb.children if child.dep_ == "prep" and child.lower_ == "by" for n in self._pobj(child)
            ]
        return self._inherited(verb, depth)

    def _inherited(self, verb: Token, depth: int) -> list[int]:
        head, dep = verb.head, verb.dep_
        if dep in {"xcomp", "ccomp"} and not any(c.dep_ in _SUBJECT for c in verb.children):
            if head.pos_ in {"NOUN", "PROPN"}:
                return self.doer(head, depth + 1)
            if head.lower_.startswith(_OBJECT_CONTROL):
                for child in head.children:
                    if child.dep_ in _OBJECT and (found := self.fillers(child)):
                        return found
            if any(child.dep_ in _PASSIVE for child in head.children):
                return self.patient(head, depth + 1)
            return self.subject(head, depth + 1)
        if dep in {"conj", "advcl", "dep", "parataxis"} and head.pos_ in {"VERB", "AUX"}:
            if any(child.dep_ in _PASSIVE for child in head.children):
                return self.patient(head, depth + 1)
            return self.subject(head, depth + 1)
        if dep == "acl":
            if head.pos_ in {"NOUN", "PROPN"} and self.at.get(head.i) is not None and verb.tag_ == "VBG":
                return self.fillers(head)
            return self.doer(head, depth + 1)
        if dep == "pcomp":
            return (
                self.doer(head.head, depth + 1)
                if head.head.pos_ not in {"VERB", "AUX"}
                else self.subject(head.head, depth + 1)
            )
        return []

    def doer(self, noun: Token, depth: int = 0) -> list[int]:
        """Return who is behind a noun of action: its possessor or the subject of the verb that governs it."""
        if depth > DEPTH:
            return []
        for child in noun.children:
            if child.dep_ == "poss" and (found := self.fillers(child)):
                return found
        node = noun
        for _ in range(DEPTH):
            head = node.head
            if head == node:
                return []
            if head.lower_ in self.classes["onlooker"]:
                return []
            if node.dep_ in _OBJECT or node.dep_ == "attr":
                return self.subject(head, depth + 1)
            if node.dep_ in _SUBJECT or node.dep_ in _PASSIVE:
                return self._between(noun)
            if node.dep_ in {"pobj", "prep", "conj", "appos", "acl", "pcomp", "compound"}:
                if head.pos_ in {"VERB", "AUX"}:
                    passive = any(child.dep_ in _PASSIVE for child in head.children)
                    return self.patient(head, depth + 1) if passive else self.subject(head, depth + 1)
                node = head
                continue
            return []
        return []

    def _between(self, noun: Token) -> list[int]:
        return [
            n
            for child in noun.children
            if child.dep_ == "prep" and child.lower_ == "between"
            for n in self._pobj(child)
        ]

    def patient(self, verb: Token, depth: int = 0) -> list[int]:
        """Return what the verb is done to, when that is an entity itself."""
        head = self.object_head(verb)
        return self.fillers(head) if head is not None and depth <= DEPTH else []

    def object_head(self, verb: Token) -> Token | None:
        """Return the head noun of the verb's object, or of its subject when it is passive."""
        passive = next((child for child in verb.children if child.dep_ in _PASSIVE), None)
        if passive is not None:
            return verb.head if passive.lower_ in RELATIVE and verb.dep_ == "relcl" else passive
        if any(child.dep_ == "auxpass" for child in verb.children):
            return self._passive_subject(verb)
        for child in verb.children:
            if child.dep_ in _OBJECT:
                return verb.head if child.lower_ in RELATIVE and verb.dep_ == "relcl" else child
        if verb.tag_ == "VBN" and verb.dep_ == "acl":
            return verb.head
        if verb.dep_ == "relcl" and verb.tag_ != "VBN" and not any(child.dep_ in _OBJECT for child in verb.children):
            subject = next((c for c in verb.children if c.dep_ in _SUBJECT), None)
            return verb.head if subject is not None and subject.lower_ not in RELATIVE else None
        for child in verb.children:
            if child.dep_ == "dative" and child.pos_ != "ADP":
                return child
        if (
            verb.dep_ == "conj"
            and verb.head.pos_ == "VERB"
            and (verb.tag_ == "VBN" or not any(c.dep_ in _SUBJECT for c in verb.children))
        ):
            return next((c for c in verb.head.children if c.dep_ in _PASSIVE), None)
        return None

    def _passive_subject(self, verb: Token) -> Token | None:
        """The subject of the verb that governs a passive without one: "X agreed to be bought by Y"."""
        for _ in range(DEPTH):
            if verb.dep_ not in {"xcomp", "conj", "advcl", "ccomp"}:
                return verb.head if verb.dep_ == "acl" else None
            verb = verb.head
            for child in verb.children:
                if child.dep_ in _SUBJECT or child.dep_ in _PASSIVE:
                    return child
        return None

    def prep(self, word: Token, preposition: str) -> list[int]:
        """Return the objects of a preposition that hangs on a word, on a particle or another preposition of it."""
        found: list[int] = []
        for child in word.children:
            if child.dep_ == "dative" and preposition == "to":
                found += self._pobj(child) if child.pos_ == "ADP" else self.fillers(child)
            elif child.dep_ in {"prep", "agent", "prt"}:
                found += self._pobj(child) if child.lower_ == preposition else self._nested(child, preposition)
            elif child.dep_ == "dobj" and preposition in _DISTANT and child.lower_ in _EMPTY_OBJECTS:
                found += self.prep(child, preposition)
        return found or self._on_the_surface(word, preposition)

    def _nested(self, outer: Token, preposition: str) -> list[int]:
        """The objects of a preposition below another one: "teams up with", "in a deal with"."""
        found: list[int] = []
        for sub in outer.children:
            if sub.dep_ == "prep" and sub.lower_ == preposition:
                found += self._pobj(sub)
            elif sub.dep_ == "pobj" and preposition in _DISTANT and not self._own(sub):
                for deep in sub.children:
                    if deep.dep_ == "prep" and deep.lower_ == preposition:
                        found += self._pobj(deep)
        return found

    def _on_the_surface(self, word: Token, preposition: str) -> list[int]:
        """The name after a preposition that follows the word closely, for when the parse attached it elsewhere."""
        for i in range(word.i + 1, min(len(self.doc), word.i + _NEAR)):
            token = self.doc[i]
            if token.is_sent_start or token.pos_ in {"VERB", "AUX"} or token.lower_ in _BARRIERS:
                return []
            if token.lower_ == preposition and token.pos_ == "ADP":
                return self._next_name(i + 1)
        return []

    def named(self, noun: Token) -> list[int]:
        """Return the entity that a common noun describes: "supplier X", "X, a supplier of"."""
        if noun.dep_ == "appos":
            return self._own(noun.head)
        if noun.dep_ in {"compound", "nmod"} and (found := self._own(noun.head)):
            return found
        if noun.dep_ == "attr":
            return self.subject(noun.head)
        found = [n for child in noun.children if child.dep_ == "appos" for n in self.fillers(child)]
        return found or self._named_next(noun)
