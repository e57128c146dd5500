"""What must be true of a gold file, whatever a careful reader thought: its form, its names, its words.

The vocabulary decides which types, roles and statuses there are, so a type that the ontology gains is allowed at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg import vocabulary
from kg.annotation.gold import is_sum
from kg.documents.dates import is_iso_date, iso_date
from kg.vocabulary import ENTITY_TYPES, FACT_TYPES, FactType

_SPACES = re.compile(r"\s+")
_CURRENCY = re.compile("[A-Z]{3}")
_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong with a gold file: ``where`` in it, and the ``problem``.

    A ``slight`` one does not make the file unusable: a place under its usual name ("Germany") of which the article has
    only the adjective or an abbreviation.
    """

    where: str
    problem: str
    slight: bool = False

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}"


def faults(data: Any, text: str | None) -> list[Fault]:
    """Return what is wrong with a gold file's data; without the article's text its words are not looked up."""
    try:
        words = None if text is None else squeezed(text)
        return [*_head_faults(data), *_entity_faults(data, words), *_fact_faults(data, words)]
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        return [Fault("the file", f"has not the form of a gold file ({problem!r})")]


def squeezed(text: str) -> str:
    """Return the text with single spaces, as words are looked up in it."""
    return _SPACES.sub(" ", text)


def _head_faults(data: Mapping[str, Any]) -> Iterator[Fault]:
    """The date of publication is told from the file as from any sidecar, where a time of day may follow it."""
    published = data.get("published")
    if published and iso_date(published) is None:
        yield Fault("published", f"{published!r} is not written 2015, 2015-03 or 2015-03-12")


def _entity_faults(data: Mapping[str, Any], words: str | None) -> Iterator[Fault]:
    names = set()
    for entity in data["entities"]:
        name, type_ = entity["name"], entity.get("type")
        where = f"entity {name!r}"
        if type_ not in ENTITY_TYPES:
            yield Fault(where, f"its type {type_!r} is none of {', '.join(ENTITY_TYPES)}")
        if name in names:
            yield Fault(where, "stands there twice")
        names.add(name)
        for form in (name, *entity.get("aliases", ())):
            if not isinstance(form, str) or not form.strip():
                yield Fault(where, f"{form!r} is no name")
            elif words is not None and form not in words:
                yield Fault(where, f"{form!r} does not stand in the article", slight=type_ == "Place")


def _fact_faults(data: Mapping[str, Any], words: str | None) -> Iterator[Fault]:
    types = {entity["name"]: entity.get("type") for entity in data["entities"]}
    for place in ("facts", "unscored"):
        for number, fact in enumerate(data.get(place, ()), start=1):
            shown = json.dumps(fact, ensure_ascii=False)
            where = f"{place} {number} {shown if len(shown) <= _SHOWN else shown[:_SHOWN] + '…'}"
            for problem in _problems(fact, types, words, scored=place == "facts"):
                yield Fault(where, problem)


def _problems(fact: Mapping[str, Any], types: Mapping[str, str], words: str | None, *, scored: bool) -> Iterator[str]:
    kind = FACT_TYPES.get(fact.get("type", ""))
    if kind is None:
        yield f"its type {fact.get('type')!r} is none of {', '.join(FACT_TYPES)}"
        return
    roles = {role: [fillers] if isinstance(fillers, str) else list(fillers) for role, fillers in fact["roles"].items()}
    literal = {role.name: role for role in kind.roles.values() if role.literal}
    for name, role in literal.items():
        if role.most is not None and len(roles.get(name, ())) > role.most:
            yield f"{name} has {len(roles[name])} values"
    fillers = {role: names for role, names in roles.items() if role not in literal}
    for role, names in fillers.items():
        yield from (f"{role} {name!r} is no entity of the file" for name in names if name not in types)
    stake = fact.get("stake")
    # What a reader may list need not be what a system may say: who fills an unscored fact may be odd, not how many.
    known = {name: type_ for name, type_ in types.items() if type_ in ENTITY_TYPES}
    counted = fillers if scored else {role: [f"{role} {n}" for n, _ in enumerate(ns)] for role, ns in fillers.items()}
    yield from vocabulary.problems(kind.name, counted, fact.get("status", ""), None, known)
    yield from _figure_problems(kind, fact, stake)
    quote = squeezed(fact.get("evidence", ""))
    if scored and words is not None and (not quote.strip() or quote not in words):
        yield "its evidence does not stand in the article" if quote.strip() else "it has no evidence"


def _figure_problems(kind: FactType, fact: Mapping[str, Any], stake: Any) -> Iterator[str]:
    amount = fact.get("amount")
    if amount and not (_is_sum(amount.get("value")) and _CURRENCY.fullmatch(amount.get("currency", ""))):
        yield f"the amount {amount!r} is no number below 10^18 with an ISO 4217 code"
    if stake is not None and not (_is_number(stake) and 0 < stake <= 1):
        yield f"the stake {stake!r} of {kind.name} is not above 0 and at most 1"
    if fact.get("date") and not is_iso_date(fact["date"]):
        yield f"the date {fact['date']!r} is not written 2015, 2015-03 or 2015-03-12"


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_sum(value: Any) -> bool:
    return _is_number(value) and is_sum(value)
