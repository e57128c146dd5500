"""Readings of the windows of one document → its entities and facts, each once, with offsets in the whole text."""

from __future__ import annotations

from collections.abc import Iterable
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

    Entities of one type that share a name are one. A fact with the same type and fillers is one fact: the first window
    counts, unless a later one says that it was called off or denied; figures that the first lacks come from later ones.
    """
    groups: list[Found] = []
    by_form: dict[tuple[str, str], int] = {}
    facts: dict[_Key, Fact] = {}
    for offset, reading in readings:
        numbers = {str(n): _group(entity, groups, by_form) for n, entity in enumerate(reading.entities)}
        for fact in reading.facts:
            roles = {role: tuple(dict.fromkeys(str(numbers[n]) for n in ns)) for role, ns in fact.roles.items()}
            evidence = tuple(Evidence(e.start + offset, e.end + offset, e.quote) for e in fact.evidence)
            support = tuple(replace(s, start=s.start + offset, end=s.end + offset) for s in fact.support)
            moved = replace(fact, roles=roles, evidence=evidence, support=support)
            if _is_possible(moved):
                key = _key(moved)
                facts[key] = _both(facts[key], moved) if key in facts else moved
    return _numbered(groups, list(facts.values()), ground)


def _group(entity: Found, groups: list[Found], by_form: dict[tuple[str, str], int]) -> int:
    """Return the position of the entity among all, where it may join one that shares a form with it."""
    keys = [(entity.type, fold(form)) for form in (entity.name, *entity.forms)]
    known = [by_form[key] for key in keys if key in by_form]
    if known:
        number = known[0]
        before = groups[number]
        forms = tuple(dict.fromkeys([*before.forms, *entity.forms]))
        adjectives = tuple(dict.fromkeys([*before.adjectives, *entity.adjectives]))
        groups[number] = replace(before, forms=forms, adjectives=adjectives)
    else:
        number = len(groups)
        groups.append(entity)
    for key in keys:
        by_form.setdefault(key, number)
    return number


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
