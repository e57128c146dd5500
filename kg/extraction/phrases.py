"""Noun phrases: which entities the head of one stands for.

That is its own reference, its conjuncts and appositions, and what a transparent noun stands for ("a stake in X").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from spacy.tokens import Doc, Token

from kg.extraction.state import Reference

RELATIVE = frozenset({"that", "which", "who", "whom"})
DEPTH = 5  # steps through the parse before the search for a filler gives up
_PHRASE = 6  # tokens of a noun phrase before the name in it
_PHRASE_ENDS = frozenset({"VERB", "AUX", "ADP", "SCONJ", "CCONJ", "PUNCT"})


class Phrases:
    """Reads the noun phrases of one document; ``classes`` names groups of nouns (see ``patterns.toml``)."""

    def __init__(self, doc: Doc, references: Iterable[Reference], classes: Mapping[str, frozenset[str]]) -> None:
        self.doc = doc
        self.classes = classes
        self.at: dict[int, Reference] = {}
        for reference in references:
            for i in range(reference.start, reference.end):
                self.at.setdefault(i, reference)

    def in_class(self, token: Token, name: str) -> bool:
        """Whether a noun belongs to a class, in singular or plural."""
        text, group = token.lower_, self.classes[name]
        return text in group or (
            text.endswith("s")
            and (
                text[:-1] in group
                or (text.endswith("ies") and text[:-3] + "y" in group)
                or (text.endswith("es") and text[:-2] in group)
            )
        )

    def fillers(self, token: Token, depth: int = 0) -> list[int]:
        """Return the entities that the noun phrase headed by ``token`` stands for, conjuncts included."""
        found: list[int] = []
        if depth > DEPTH:
            return found
        reference = self.at.get(token.i)
        if reference is not None and not reference.adjective:
            found += reference.nodes
        else:
            found += self._through(token, depth)
        last = self.doc[reference.end - 1] if reference is not None else token
        for child in {token.i: token, last.i: last}.values():
            for sub in child.children:
                if sub.dep_ == "conj" and (reference is None or not reference.start <= sub.i < reference.end):
                    found += [n for n in self.fillers(sub, depth + 1) if n not in found]
        return found

    def _through(self, token: Token, depth: int) -> list[int]:
        """What a noun without a reference of its own stands for."""
        if token.lower_ in RELATIVE and token.head.head.dep_ != "ROOT":
            clause = token.head
            if clause.dep_ == "relcl" and clause.head.i < token.i:
                return self.fillers(clause.head, depth + 1)
        for child in token.children:
            if child.dep_ == "appos" and (found := self.fillers(child, depth + 1)):
                return found
        if token.pos_ in {"NOUN", "ADJ"} and (found := self._named_next(token)):
            return found
        if (
            self.in_class(token, "transparent")
            or self.in_class(token, "holding")
            or token.pos_ in {"NUM", "DET", "SYM"}
        ):
            for child in token.children:
                if (
                    child.dep_ == "prep"
                    and child.lower_ in {"of", "in", "including", "like"}
                    and (found := self._pobj(child, depth + 1))
                ):
                    return found
        for child in token.children:
            if child.dep_ == "prep" and self._gives_examples(child) and (found := self._pobj(child, depth + 1)):
                return found
            if (
                child.dep_ in {"compound", "nmod"}
                and token.pos_ in {"NOUN", "PROPN"}
                and self.in_class(token, "holding")
            ) and (found := self._own(child)):
                return found
        return []

    def _gives_examples(self, prep: Token) -> bool:
        """Whether names follow that stand for the noun: "carmakers, including X", "firms such as X"."""
        return prep.lower_ in {"including", "like", "namely"} or (
            prep.lower_ == "as" and prep.i > 0 and self.doc[prep.i - 1].lower_ == "such"
        )

    def _named_next(self, token: Token) -> list[int]:
        """The name right after a common noun that describes it: "startup X", which parsers often attach loosely."""
        i = token.i + 1
        while i < len(self.doc) and self.doc[i].text in {"<", ",", "-", "–"} and i - token.i < 3:
            i += 1
        reference = self.at.get(i)
        if reference is None or reference.start != i or reference.nominal or reference.adjective:
            return []
        if self.doc[i - 1].text == "," and not any(
            self.doc[reference.end - 1].is_ancestor(t) or t.i == token.i for t in (self.doc[reference.end - 1].head,)
        ):
            return []
        return self.fillers(self.doc[reference.end - 1], 1)

    def _own(self, token: Token) -> list[int]:
        reference = self.at.get(token.i)
        return list(reference.nodes) if reference is not None and not reference.adjective else []

    def _pobj(self, prep: Token, depth: int = 0) -> list[int]:
        found: list[int] = []
        for child in prep.children:
            if child.dep_ in {"pobj", "pcomp"}:
                found += self.fillers(child, depth)
            elif child.dep_ in {"prep", "conj"}:
                found += self._pobj(child, depth + 1) if depth < DEPTH else []
        return found

    def owner(self, noun: Token) -> list[int]:
        """Return who a noun belongs to: "X's unit", "the X unit", "a unit of X"."""
        found: list[int] = []
        for child in noun.children:
            if child.dep_ == "poss":
                found += self.fillers(child)
            elif child.dep_ in {"compound", "nmod", "amod"}:
                found += self._own(child)
        return found or [
            n
            for child in noun.children
            if child.dep_ == "prep" and child.lower_ in {"of", "from", "at"}
            for n in self._pobj(child)
        ]

    def modifiers(self, noun: Token) -> list[int]:
        """Return the entities that stand before a noun as compounds: "the X takeover"."""
        return [n for child in noun.children if child.dep_ in {"compound", "nmod", "amod"} for n in self._own(child)]

    def possessors(self, noun: Token) -> list[int]:
        """Return the entities in the possessive before a noun: "X's bid"."""
        return [n for child in noun.children if child.dep_ == "poss" for n in self.fillers(child)]

    def _next_name(self, start: int) -> list[int]:
        """The entities of the first name from a token on, with nothing but words of its own noun phrase before it."""
        for i in range(start, min(len(self.doc), start + _PHRASE)):
            reference = self.at.get(i)
            if reference is not None and not reference.adjective and reference.start == i:
                return self.fillers(self.doc[reference.end - 1], 1)
            token = self.doc[i]
            if token.text == "<":
                continue
            if token.is_sent_start or token.pos_ in _PHRASE_ENDS or self.in_class(token, "unit"):
                return []
        return []
