"""Identities, deals and edges ⇄ the quads of the three graphs that consolidation makes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import StoreError
from kg.model import Deal, Edge, Identity, StatusStep
from kg.resolution.timeline import claim_order
from kg.store import terms
from kg.store.claims import ALIAS, CONFIDENCE, LABEL, POSITION, A, Pair, money_pairs, read_money
from kg.store.description import Description, describe
from kg.store.terms import (
    BASE,
    CLASSES,
    DEALS_GRAPH,
    EDGES_GRAPH,
    ENTITIES_GRAPH,
    TYPES,
    local,
    node,
    own,
    own_name,
    part,
    term,
)
from kg.vocabulary import FACT_TYPES, fact_type

IDENTITY: Final = own("identity")
DEAL: Final = own("Deal")
STATE: Final = own("State")
STATUS: Final = own("status")
AMOUNT: Final = own("amount")
STATED_AMOUNT: Final = own("statedAmount")
STAKE: Final = own("stake")
DATE: Final = own("date")
TITLE: Final = own("title")
HISTORY: Final = own("history")
STATUS_CHANGE: Final = own("StatusChange")
TO_STATUS: Final = own("toStatus")
ON_DATE: Final = own("onDate")
DERIVED_FROM: Final = term("prov:wasDerivedFrom")

_DOCUMENTS = f"{BASE}document/"


def identity_quads(identities: Iterable[Identity]) -> list[Quad]:
    """Return the quads of identities, with the document entities that each one unites."""
    quads = []
    for identity in identities:
        subject = node(identity.id)
        pairs: list[Pair] = [(A, CLASSES[identity.type]), (LABEL, terms.text(identity.name))]
        pairs += [(ALIAS, terms.text(alias)) for alias in identity.aliases]
        quads += [Quad(subject, predicate, value, ENTITIES_GRAPH) for predicate, value in pairs]
        quads += [Quad(part(member), IDENTITY, subject, ENTITIES_GRAPH) for member in identity.members]
    return quads


def read_identities(quads: Iterable[Quad]) -> list[Identity]:
    """Return the identities of the entities graph, in the order of their ids; raises ``StoreError`` when broken."""
    identities, members = [], {}
    for description in describe(quads).values():
        leads_to = description.nodes(IDENTITY)
        if leads_to:
            members[description.iri.value.removeprefix(_DOCUMENTS)] = description.node(IDENTITY)
        else:
            identities.append(description)
    united: dict[NamedNode, list[str]] = {description.iri: [] for description in identities}
    for member, identity in members.items():
        united.setdefault(identity, []).append(member)
    found = (
        Identity(
            id=local(description.iri),
            type=_entity_type(description),
            name=description.one(LABEL),
            aliases=tuple(sorted(description.values(ALIAS))),
            members=tuple(sorted(united[description.iri])),
        )
        for description in identities
    )
    return sorted(found, key=lambda identity: identity.id)


def _entity_type(description: Description) -> str:
    for kind in description.nodes(A):
        if kind in TYPES:
            return TYPES[kind]
    raise StoreError(f"{description.iri.value} has no known type: something else has edited the store; build it again.")


def deal_quads(deals: Iterable[Deal]) -> list[Quad]:
    """Return the quads of deals and states, with their amounts and their status history."""
    return [quad for deal in deals for quad in _one_deal(deal)]


def _one_deal(deal: Deal) -> list[Quad]:
    subject = node(deal.id)
    pairs: list[Pair] = [
        (A, own(deal.type)),
        (A, DEAL if FACT_TYPES[deal.type].is_deal else STATE),
        (LABEL, terms.text(deal.label)),
        (STATUS, own(deal.status)),
        (CONFIDENCE, terms.decimal(deal.confidence)),
    ]
    pairs += [(own(role), node(filler)) for role, fillers in deal.roles.items() for filler in fillers]
    pairs += [(DERIVED_FROM, part(claim)) for claim in deal.claims]
    if deal.stake is not None:
        pairs.append((STAKE, terms.decimal(deal.stake)))
    if deal.date is not None:
        pairs.append((DATE, terms.date(deal.date)))
    if deal.title is not None:
        pairs.append((TITLE, terms.text(deal.title)))
    parts: list[Quad] = []
    for number, money in enumerate(deal.amounts, start=1):
        amount = NamedNode(f"{subject.value}-amount" + ("" if number == 1 else f"-{number}"))
        pairs.append((AMOUNT if number == 1 else STATED_AMOUNT, amount))
        parts += [Quad(amount, predicate, value, DEALS_GRAPH) for predicate, value in money_pairs(money)]
    for number, step in enumerate(deal.history, start=1):
        change = NamedNode(f"{subject.value}-step-{number}")
        pairs.append((HISTORY, change))
        parts += [Quad(change, predicate, value, DEALS_GRAPH) for predicate, value in _step_pairs(number, step)]
    return [Quad(subject, predicate, value, DEALS_GRAPH) for predicate, value in pairs] + parts


def _step_pairs(number: int, step: StatusStep) -> list[Pair]:
    pairs: list[Pair] = [(A, STATUS_CHANGE), (TO_STATUS, own(step.status)), (POSITION, Literal(number))]
    if step.date is not None:
        pairs.append((ON_DATE, terms.date(step.date)))
    return pairs + [(DERIVED_FROM, part(claim)) for claim in step.claims]


def read_deals(quads: Iterable[Quad]) -> list[Deal]:
    """Return the deals and states of the deals graph, in the order of their ids; raises ``StoreError`` when broken."""
    nodes = describe(quads)
    try:
        found = [_read_deal(d, nodes) for d in nodes.values() if {DEAL, STATE} & set(d.nodes(A))]
    except (KeyError, ValueError, ArithmeticError) as problem:
        raise StoreError(f"The deals of the store are not whole ({problem!r}); build the store again.") from problem
    return sorted(found, key=lambda deal: deal.id)


def _read_deal(description: Description, nodes: dict[NamedNode, Description]) -> Deal:
    kind = fact_type(next((own_name(n) for n in description.nodes(A) if n not in (DEAL, STATE)), ""))
    roles = {role: tuple(sorted(local(n) for n in description.nodes(own(role)))) for role in kind.roles}
    claims = tuple(sorted((_part(n) for n in description.nodes(DERIVED_FROM)), key=claim_order))
    amounts = [*description.nodes(AMOUNT), *sorted(description.nodes(STATED_AMOUNT), key=_number)]
    money = tuple(read_money(nodes[amount]) for amount in amounts)
    steps = sorted((nodes[n] for n in description.nodes(HISTORY)), key=lambda step: int(step.one(POSITION)))
    stake = description.maybe(STAKE)
    return Deal(
        id=local(description.iri),
        type=kind.name,
        label=description.one(LABEL),
        status=own_name(description.node(STATUS)),
        roles={role: fillers for role, fillers in roles.items() if fillers},
        claims=claims,
        history=tuple(_read_step(step) for step in steps),
        documents=tuple(sorted({claim.partition("#")[0] for claim in claims})),
        amount=money[0] if money else None,
        amounts=money,
        stake=None if stake is None else float(stake),
        date=description.maybe(DATE),
        title=description.maybe(TITLE),
        confidence=float(description.one(CONFIDENCE)),
    )


def _read_step(step: Description) -> StatusStep:
    claims = sorted((_part(n) for n in step.nodes(DERIVED_FROM)), key=claim_order)
    return StatusStep(own_name(step.node(TO_STATUS)), step.maybe(ON_DATE), tuple(claims))


def _part(iri: NamedNode) -> str:
    return iri.value.removeprefix(_DOCUMENTS)


def _number(iri: NamedNode) -> int:
    return int(iri.value.rpartition("-")[2])


def edge_quads(edges: Iterable[Edge]) -> list[Quad]:
    """Return one quad for each edge."""
    return [Quad(node(edge.subject), own(edge.predicate), node(edge.object), EDGES_GRAPH) for edge in edges]
