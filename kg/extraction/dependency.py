"""Facts read off the grammar: trigger verbs and nouns, and the slots that fill the roles (``data/patterns.toml``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span, Token

from kg import vocabulary
from kg.extraction.candidates import Candidate, Reason, fitting
from kg.extraction.patterns import Pattern, noun_classes, patterns
from kg.extraction.state import Node, Reference
from kg.extraction.syntax import Slots

_PARTITIVES = frozenset({"part", "parts", "some", "most", "much", "all", "portion", "rest", "remainder", "bulk"})
_VERBAL = frozenset({"VERB", "AUX"})
_IMPLICIT = 0.4  # confidence in a bid whose target the sentence leaves to the reader


class Dependency:
    """Matches the grammatical patterns in the sentences of one document."""

    def __init__(self, doc: Doc, references: Sequence[Reference], money: Sequence[int]) -> None:
        self.doc = doc
        self.nodes: Sequence[Node] = doc._.kg_nodes
        self.slots = Slots(doc, references, noun_classes())
        self.money = money

    def read(self, sentence: Span) -> Iterator[Candidate]:
        """Yield the facts whose trigger word stands in the sentence."""
        by_form = patterns()
        for token in sentence:
            found = by_form.get(token.lower_)
            if not found or token.i in self.slots.at:
                continue
            verbal = token.pos_ in _VERBAL
            for pattern in found:
                if pattern.noun == verbal or not self._applies(pattern, token, sentence):
                    continue
                yield from self._candidates(pattern, token, sentence)

    def _applies(self, pattern: Pattern, token: Token, sentence: Span) -> bool:
        options = pattern.options
        if pattern.particle and not self._has_particle(token, pattern.particle):
            return False
        if "before" in options and (token.i == 0 or self.doc[token.i - 1].lower_ != options["before"]):
            return False
        if "needs_money" in options and not any(sentence.start_char <= at < sentence.end_char for at in self.money):
            return False
        if "words" in options or "unless_words" in options:
            here = {t.lower_ for t in sentence}
            if "words" in options and not here & set(_list(options["words"])):
                return False
            if here & set(_list(options.get("unless_words"))):
                return False
        if pattern.noun:
            return not ("not_object" in options and self._heads_of(token, str(options["not_object"])))
        head = self._object_head(token)
        if "goods" in options and not self._buys_goods(head):
            return False
        if "intransitive" in options and head is not None:
            return False
        if "object" in options and (head is None or not self.slots.in_class(head, str(options["object"]))):
            return False
        return not (
            "not_object" in options and head is not None and self.slots.in_class(head, str(options["not_object"]))
        )

    def _buys_goods(self, head: Token | None) -> bool:
        """Whether the object is neither a company nor a share or unit of one, and so something that is delivered."""
        if head is None or head.pos_ == "PRON" or self.slots.fillers(head):
            return False
        return not any(self.slots.in_class(head, name) for name in ("holding", "unit", "bid", "deal"))

    def _object_head(self, verb: Token) -> Token | None:
        """The head of the object, for "part of its stake" the stake."""
        head = self.slots.object_head(verb)
        if head is not None and head.lower_ in _PARTITIVES:
            for child in head.children:
                if child.dep_ == "prep" and child.lower_ == "of":
                    return next((sub for sub in child.children if sub.dep_ == "pobj"), head)
        return head

    def _has_particle(self, token: Token, particle: str) -> bool:
        parts = particle.split()
        following = [t.lower_ for t in self.doc[token.i + 1 : token.i + 1 + len(parts)]]
        if following == parts:
            return True
        return len(parts) == 1 and any(
            child.dep_ in {"prt", "prep", "dobj"} and child.lower_ == parts[0] for child in token.children
        )

    def _heads_of(self, noun: Token, name: str) -> bool:
        return any(
            self.slots.in_class(sub, name)
            for child in noun.children
            if child.dep_ == "prep" and child.lower_ == "of"
            for sub in child.children
        )

    # -- roles --------------------------------------------------------------------------------------------------------

    def _candidates(self, pattern: Pattern, token: Token, sentence: Span) -> Iterator[Candidate]:
        options = pattern.options
        if any(self._slot(token, pattern, slot) for slot in _list(options.get("unless_slot"))):
            return
        if not all(self._slot(token, pattern, slot) for slot in _list(options.get("only_slot"))):
            return
        symmetric = vocabulary.fact_type(pattern.type).symmetric_role
        roles = {role: self._filled(token, pattern, slots, role == symmetric) for role, slots in pattern.roles.items()}
        if "unit_owner" in options:
            self._move_unit_owner(pattern, token, roles)
        for split in self._each(pattern, token, roles):
            fit = fitting(pattern.type, split, self.nodes)
            if fit is None and "implicit" in options:
                yield from self._implicit(pattern, token, split, sentence)
            if fit is None or any(role not in fit for role in _list(options.get("needs"))):
                continue
            if pattern.type == "Acquisition" and "target" not in fit and self._buys_goods(self._object_head(token)):
                continue
            if pattern.type == "Divestment" and "target" not in fit and not self._sells_unit(token):
                continue
            confidence = float(str(options["confidence"]))
            component = f"{'noun' if pattern.noun else 'verb'}: {pattern.name}"
            yield Candidate(
                pattern.type,
                fit,
                token.i,
                sentence.start,
                sentence.end,
                confidence,
                status=str(options["status"]) if "status" in options else None,
                title=str(options["title"]) if "title" in options else None,
                weak=bool(options.get("alone")),
                reasons=[Reason(component, confidence, sentence.start, sentence.end)],
            )

    def _filled(self, token: Token, pattern: Pattern, slots: tuple[str, ...], together: bool) -> list[int]:
        """The fillers of a role: of all its slots where the role is symmetric, else of the first that has any."""
        found: list[int] = []
        for slot in slots:
            found += self._slot(token, pattern, slot)
            if found and not together:
                break
        return found

    def _sells_unit(self, token: Token) -> bool:
        head = self._object_head(token)
        return (head is not None and self.slots.in_class(head, "unit")) or self._heads_of(token, "unit")

    def _implicit(
        self, pattern: Pattern, token: Token, roles: dict[str, list[int]], sentence: Span
    ) -> Iterator[Candidate]:
        """A bid whose target the sentence does not name: the document may tell it."""
        slots = _list(pattern.options["implicit"])
        bidders = self._filled(token, pattern, tuple(slots), together=False)
        numbers = [n for n in dict.fromkeys(bidders) if self.nodes[n].type in {"Company", "Person"}]
        if numbers and not roles.get("target"):
            reason = Reason(f"bid without a target: {pattern.name}", _IMPLICIT, sentence.start, sentence.end)
            yield Candidate(
                pattern.type,
                {"acquirer": numbers},
                token.i,
                sentence.start,
                sentence.end,
                _IMPLICIT,
                missing="target",
                reasons=[reason],
            )

    def _each(self, pattern: Pattern, token: Token, roles: dict[str, list[int]]) -> Iterator[dict[str, list[int]]]:
        slot = pattern.options.get("each")
        if slot is None:
            yield roles
            return
        role = next(iter(pattern.roles))
        others = self._slot(token, pattern, str(slot))
        base = [n for n in roles[role] if n not in others]
        if not others:
            yield roles
        for other in others:
            yield {role: [*base, other]}

    def _move_unit_owner(self, pattern: Pattern, token: Token, roles: dict[str, list[int]]) -> None:
        """The owner of an unnamed unit is no target: "buys X's chip business" makes X the seller."""
        role = str(pattern.options["unit_owner"])
        if pattern.noun:
            units = [
                sub
                for child in token.children
                if child.dep_ == "prep" and child.lower_ == "of"
                for sub in child.children
                if self.slots.in_class(sub, "unit")
            ]
        else:
            head = self._object_head(token)
            units = [head] if head is not None and self.slots.in_class(head, "unit") else []
        for unit in units:
            if self.slots.at.get(unit.i) is None:
                named = self.slots.fillers(unit) if any(child.dep_ == "appos" for child in unit.children) else []
                owners = [n for n in self.slots.owner(unit) if n not in named]
                roles["target"] = named
                roles[role] = roles.get(role, []) + [n for n in owners if n not in roles.get(role, [])]

    def _slot(self, token: Token, pattern: Pattern, slot: str) -> list[int]:
        slots = self.slots
        if slot.startswith("object."):
            head = self._object_head(token)
            if head is None:
                return []
            return self._noun_slot(head, slot.removeprefix("object."))
        if slot == "subject":
            return slots.subject(token)
        if slot == "object":
            head = self._object_head(token)
            return (
                []
                if head is None or (slots.at.get(head.i) is None and slots.in_class(head, "holding"))
                else slots.fillers(head)
            )
        if slot == "noun":
            return slots.fillers(token.head) if token.dep_ in {"acl", "relcl"} else []
        if not pattern.noun:
            found = slots.prep(token, slot)
            head = self._object_head(token)
            if not found and head is not None and slot in {"to", "from", "with"} and slots.at.get(head.i) is None:
                found = slots.prep(head, slot)
            return found
        return self._noun_slot(token, slot)

    def _noun_slot(self, noun: Token, slot: str) -> list[int]:
        slots = self.slots
        if slot == "possessor":
            return slots.possessors(noun)
        if slot == "compound":
            return slots.modifiers(noun)
        if slot == "doer":
            return slots.doer(noun)
        if slot == "named":
            return slots.named(noun)
        return slots.prep(noun, slot)


def _list(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []
