"""Readings of the windows of one document → its entities and facts, each once, with offsets in the whole text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.extraction.llm.answers import Found, Reading
from kg.extraction.llm.grounding import Ground, fold
from kg.extraction.support import listed
from kg.model import Entity, Evidence, Fact, Mention
from kg.vocabulary import FACT_TYPES

_ENDED = frozenset({"terminated", "denied"})
_Key = tuple[str, tuple[tuple[str, frozenset[str]], ...], str]


def join(readings: Iterable[tuple[int, Reading]], ground: Ground) -> tuple[tuple[Entity, ...], tuple[Fact, ...]]:
    """Return the entities and facts of a document from its windows, each given with its offset in the text.

    Entities of one type that share a name are one, also where only a third ties them together. A fact with the same
    type and fillers is one fact: the first window counts, unless a later one says that it was called off or denied;
    figures that the first lacks come from later ones.
    """
    readings = list(readings)
    groups, numbers = _grouped([entity for _, reading in readings for entity in reading.entities])
    facts: dict[_Key, Fact] = {}
    before = 0  # entities of the windows before this one
    for offset, reading in readings:
        for fact in reading.facts:
            roles = {
                role: tuple(dict.fromkeys(str(numbers[before + int(n)]) for n in ns)) for role, ns in fact.roles.items()
            }
            evidence = tuple(Evidence(e.start + offset, e.end + offset, e.quote) for e in fact.evidence)
            support = tuple(replace(s, start=s.start + offset, end=s.end + offset) for s in fact.support)
            moved = replace(fact, roles=roles, evidence=evidence, support=support)
            if _is_possible(moved):
                key = _key(moved)
                facts[key] = _both(facts[key], moved) if key in facts else moved
        before += len(reading.entities)
    return _numbered(groups, list(facts.values()), ground)


def _grouped(entities: Sequence[Found]) -> tuple[list[Found], list[int]]:
    """Return the entities with those that share a form as one, and for each given one its position among them."""
    earlier = list(range(len(entities)))  # for each an earlier one that it is the same as, or itself

    def root(n: int) -> int:
        while earlier[n] != n:
            earlier[n] = earlier[earlier[n]]
            n = earlier[n]
        return n

    by_form: dict[tuple[str, str], int] = {}
    for n, entity in enumerate(entities):
        for form in (entity.name, *entity.forms):
            one, other = root(n), root(by_form.setdefault((entity.type, fold(form)), n))
            earlier[max(one, other)] = min(one, other)
    groups: dict[int, Found] = {}
    for n, entity in enumerate(entities):
        groups[root(n)] = _one(groups[root(n)], entity) if root(n) in groups else entity
    positions = {n: position for position, n in enumerate(groups)}
    return list(groups.values()), [positions[root(n)] for n in range(len(entities))]


def _one(group: Found, entity: Found) -> Found:
    forms = tuple(dict.fromkeys([*group.forms, *entity.forms]))
    adjectives = tuple(dict.fromkeys([*group.adjectives, *entity.adjectives]))
    return replace(group, forms=forms, adjectives=adjectives)


def _is_possible(fact: Fact) -> bool:
    """Whether its fillers are still different ones, now that entities of the same name are one."""
    fillers = [filler for role in fact.roles.values() for filler in role]
    kind = FACT_TYPES[fact.type]
    enough = all(len(fact.roles.get(role.name, ())) >= role.least for role in kind.roles.values() if not role.literal)
    return enough and len(set(fillers)) == len(fillers)


def _key(fact: Fact) -> _Key:
    roles = tuple(sorted((role, frozenset(fillers)) for role, fillers in fact.roles.items()))
    return fact.type, roles, fact.title or "" if fact.type == "Role" else ""


def _both(first: Fact, later: Fact) -> Fact:
    return replace(
        first,
        status=later.status if later.status in _ENDED else first.status,
        evidence=tuple(sorted({*first.evidence, *later.evidence})),
        amount=first.amount or later.amount,
        stake=first.stake or later.stake,
        date=first.date or later.date,
        confidence=max(first.confidence, later.confidence),
        support=listed((*first.support, *later.support)),
    )


def _numbered(groups: list[Found], facts: list[Fact], ground: Ground) -> tuple[tuple[Entity, ...], tuple[Fact, ...]]:
    """Number the entities by their first mention, and put facts in the order of their evidence."""
    words = [[fold(form) for form in (*group.forms, *group.adjectives)] for group in groups]
    places = ground.mentions(form for forms in words for form in forms)
    mentions = [sorted({place for form in forms for place in places.get(form, ())}) for forms in words]
    order = sorted(range(len(groups)), key=lambda n: (_first(mentions[n]), n))
    ids = {str(n): f"e{position}" for position, n in enumerate(order, start=1)}
    entities = tuple(_entity(ids[str(n)], groups[n], mentions[n]) for n in order)
    told = [
        replace(fact, roles={role: tuple(ids[n] for n in fillers) for role, fillers in fact.roles.items()})
        for fact in facts
    ]
    told.sort(key=lambda fact: (fact.evidence[0].start, fact.type, sorted(fact.roles.items())))
    return entities, tuple(told)


def _first(mentions: list[Mention]) -> float:
    return mentions[0].start if mentions else float("inf")


def _entity(entity_id: str, group: Found, mentions: list[Mention]) -> Entity:
    aliases = sorted(form for form in group.forms if form != group.name)
    return Entity(entity_id, group.name, group.type, tuple(aliases), tuple(mentions))
