"""An extraction → the first version of a gold article, for a person to correct."""

from __future__ import annotations

from collections.abc import Mapping

from kg.annotation.checks import squeezed
from kg.annotation.gold import GoldArticle, GoldEntity, GoldFact, is_sum
from kg.model import Entity, Extraction, Fact


def draft(extraction: Extraction) -> GoldArticle:
    """Return what was extracted in the form of a gold file, facts in the order of the text.

    A gold file tells entities apart by name: of several with one name the one that is mentioned most stands for all.
    """
    words = squeezed(extraction.document.text)
    names = {entity.id: squeezed(entity.name) for entity in extraction.entities}
    chosen: dict[str, Entity] = {}
    for entity in extraction.entities:
        name = names[entity.id]
        if name not in chosen or len(entity.mentions) > len(chosen[name].mentions):
            chosen[name] = entity
    return GoldArticle(
        text=extraction.document.text,
        published=extraction.document.published,
        entities=tuple(GoldEntity(name, entity.type, _aliases(entity, words)) for name, entity in chosen.items()),
        facts=tuple(_fact(fact, names) for fact in extraction.facts),
    )


def _aliases(entity: Entity, words: str) -> tuple[str, ...]:
    aliases = dict.fromkeys(squeezed(alias) for alias in entity.aliases)
    return tuple(alias for alias in aliases if alias in words and alias != squeezed(entity.name))


def _fact(fact: Fact, names: Mapping[str, str]) -> GoldFact:
    return GoldFact(
        type=fact.type,
        roles={role: tuple(dict.fromkeys(names[n] for n in fillers)) for role, fillers in fact.roles.items()},
        status=fact.status,
        evidence=squeezed(fact.evidence[0].quote).strip(),
        # A language model can answer with a number that no gold file may have.
        amount=fact.amount if fact.amount is not None and is_sum(fact.amount.value) else None,
        stake=fact.stake,
        date=fact.date,
        title=fact.title,
    )
