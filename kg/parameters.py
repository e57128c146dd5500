"""The text of a saved query's parameter → the RDF term that it stands for.

Names of companies, people, deals and documents are looked up in the graph; everything else is checked for its form, so
that nothing but a whole term ever reaches a query.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError, UnknownNameError
from kg.store import terms
from kg.vocabulary import DEAL_TYPES, FACT_TYPES, STATE_TYPES, STATUSES

if TYPE_CHECKING:
    from kg.graph import Graph

_CURRENCY = re.compile(r"[A-Z]{3}")
_YEAR = re.compile(r"[0-9]{4}")
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


@dataclass(frozen=True)
class Parameter:
    """A value that a saved query takes; ``type`` is one of ``PARAMETER_TYPES``."""

    name: str
    type: str
    description: str
    required: bool = False


def _identity(graph: Graph, _: Parameter, value: str) -> NamedNode:
    return terms.node(graph.identity(value).id)


def _person(graph: Graph, _: Parameter, value: str) -> NamedNode:
    return terms.node(graph.identity(value, "Person").id)


def _deal(graph: Graph, _: Parameter, value: str) -> NamedNode:
    local = value.removeprefix(terms.BASE).replace("deal:", "deal/", 1).replace("state:", "state/", 1)
    labels: dict[str, list[str]] = {}
    for deal in graph.deals(types=(*DEAL_TYPES, *STATE_TYPES)):
        if local in (deal.id, deal.id.partition("/")[2]):
            return terms.node(deal.id)
        labels.setdefault(deal.label.casefold(), []).append(deal.id)
    named = labels.get(value.casefold(), [])
    if len(named) == 1:
        return terms.node(named[0])
    if named:
        raise QueryError(f"Several deals are called {value!r}; give the id of one: {', '.join(sorted(named))}.")
    near = [deal for label in get_close_matches(value.casefold(), labels, n=3) for deal in labels[label]]
    hint = f"did you mean {' or '.join(near)}" if near else "see kg deals"
    raise UnknownNameError(f"The graph holds no deal {value!r}; {hint}.")


def _document(graph: Graph, _: Parameter, value: str) -> NamedNode:
    names: list[str] = []
    for document in graph.documents():
        named = (document.id, document.source, *document.origins, document.url, document.title)
        known = [name for name in named if name]
        if value in known:
            return terms.document_iri(document.id)
        names.extend(known)
    near = get_close_matches(value, names, n=3)
    hint = f"did you mean {' or '.join(near)}" if near else "see kg documents"
    raise UnknownNameError(f"The graph holds no document {value!r}; {hint}.")


def _type(_: Graph, parameter: Parameter, value: str) -> NamedNode:
    return _of_vocabulary(parameter, value, FACT_TYPES)


def _status(_: Graph, parameter: Parameter, value: str) -> NamedNode:
    return _of_vocabulary(parameter, value.replace(" ", "_").replace("-", "_"), STATUSES)


def _of_vocabulary(parameter: Parameter, value: str, names: tuple[str, ...] | Mapping[str, object]) -> NamedNode:
    found = {name.casefold(): name for name in names}.get(value.casefold())
    if found is None:
        raise QueryError(f"{value!r} is no {parameter.type}; choose one of {', '.join(names)}.")
    return terms.own(found)


def _year(_: Graph, parameter: Parameter, value: str) -> Literal:
    return _matching(_YEAR, parameter, value, "four digits, such as 2015")


def _currency(_: Graph, parameter: Parameter, value: str) -> Literal:
    return _matching(_CURRENCY, parameter, value.upper(), "an ISO 4217 code, such as EUR")


def _date(_: Graph, parameter: Parameter, value: str) -> Literal:
    found = _matching(_DATE, parameter, value, "a year, month or day, such as 2015-03-12")
    try:
        date.fromisoformat((value + "-01-01")[:10])
    except ValueError as problem:
        raise QueryError(f"The parameter {parameter.name!r} is no date of the calendar: {value!r}.") from problem
    return found


def _amount(_: Graph, parameter: Parameter, value: str) -> Literal:
    try:
        amount = Decimal(value.replace(",", "").replace("_", ""))
    except InvalidOperation as problem:
        raise _misfit(parameter, value, "a number, such as 1000000000 or 1e9") from problem
    if not amount.is_finite() or abs(amount.adjusted()) > 30:
        raise _misfit(parameter, value, "a number of at most 30 digits")
    return terms.decimal(amount)


def _matching(pattern: re.Pattern[str], parameter: Parameter, value: str, wanted: str) -> Literal:
    if not pattern.fullmatch(value):
        raise _misfit(parameter, value, wanted)
    return Literal(value)


def _misfit(parameter: Parameter, value: str, wanted: str) -> QueryError:
    return QueryError(f"The parameter {parameter.name!r} must be {wanted}, not {value!r}.")


PARAMETER_TYPES: Final[Mapping[str, Callable[[Graph, Parameter, str], NamedNode | Literal]]] = MappingProxyType(
    {
        "company": _identity,
        "person": _person,
        "deal": _deal,
        "document": _document,
        "type": _type,
        "status": _status,
        "year": _year,
        "amount": _amount,
        "currency": _currency,
        "date": _date,
    }
)
"""How the text of a parameter becomes an RDF term, by the parameter's type."""
