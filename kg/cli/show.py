"""``kg show``, ``kg deals``, ``kg companies`` and ``kg documents``: what a graph holds, for people and as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg import wording
from kg.cli import options, output
from kg.cli.output import ListFormat

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Deal, Identity, Support

Format = Annotated[ListFormat, typer.Option("--format", help="table for people; json, jsonl or csv for programs.")]


def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A company, person, product, place or organization.")],
    store: options.Store = options.DEFAULT_STORE,
) -> None:
    """Print a company (or anyone else) at a glance: names, people, deals, the words that state them, what read them."""
    from kg.graph import Graph

    with Graph.open(store) as graph:
        identity = graph.identity(name)
        output.line(f"{identity.name} ({identity.type})")
        if identity.aliases:
            output.line(f"also: {', '.join(identity.aliases)}")
        output.line(f"in {wording.count(len(_documents_of(identity)), 'document')}, as {identity.id}")
        states = graph.states(identity.id)
        _print_facts(graph, "People", [fact for fact in states if fact.type == "Role"])
        _print_facts(graph, "Deals", list(graph.deals(identity.id)))
        _print_facts(graph, "Standing facts", [fact for fact in states if fact.type != "Role"])


def deals(
    company: Annotated[
        str | None, typer.Option("--company", metavar="NAME", help="Only deals of this company or person.")
    ] = None,
    type: Annotated[  # noqa: A002 - the option's name
        str | None, typer.Option("--type", metavar="TYPE", help="Only deals of this type, such as JointVenture.")
    ] = None,
    status: Annotated[
        str | None, typer.Option("--status", metavar="STATUS", help="Only deals of this status, such as rumoured.")
    ] = None,
    format: Format = "table",  # noqa: A002 - the option's name
    store: options.Store = options.DEFAULT_STORE,
) -> None:
    """List deals, those with the latest news first; --type also takes states, such as Ownership."""
    from kg.analysis import supports
    from kg.graph import Graph

    with Graph.open(store) as graph:
        found = graph.deals(company, type=type, status=status.replace(" ", "_") if status else None)
        if format == "csv":
            output.data(_deals_csv(graph, list(found)))
            return
        name = _naming(graph)
        support = {} if format == "table" else supports(graph)
        output.listing(
            format,
            ("Deal", "Status", "Amount", "Stake", "Date", "Documents"),
            [
                (
                    deal.label,
                    wording.status_name(deal.status),
                    wording.money(deal.amount),
                    wording.stake(deal.stake),
                    deal.date or "",
                    str(len(deal.documents)),
                )
                for deal in found
            ],
            [_deal_record(deal, name, support) for deal in found],
        )


def companies(format: Format = "table", store: options.Store = options.DEFAULT_STORE) -> None:  # noqa: A002
    """List companies, those with most deals first."""
    from kg.graph import Graph

    with Graph.open(store) as graph:
        counts: dict[str, int] = {}
        for deal in graph.deals():
            for party in {filler for fillers in deal.roles.values() for filler in fillers}:
                counts[party] = counts.get(party, 0) + 1
        found = sorted(graph.companies(), key=lambda company: (-counts.get(company.id, 0), company.name, company.id))
    output.listing(
        format,
        ("Company", "Also", "Deals", "Documents"),
        [
            (
                company.name,
                ", ".join(company.aliases),
                str(counts.get(company.id, 0)),
                str(len(_documents_of(company))),
            )
            for company in found
        ],
        [
            {
                "id": company.id,
                "name": company.name,
                "aliases": list(company.aliases),
                "deals": counts.get(company.id, 0),
                "documents": _documents_of(company),
            }
            for company in found
        ],
    )


def documents(format: Format = "table", store: options.Store = options.DEFAULT_STORE) -> None:  # noqa: A002
    """List the documents that the graph was built from, in the order of publication."""
    from kg.graph import Graph

    with Graph.open(store) as graph:
        found = graph.documents()
    output.listing(
        format,
        ("Published", "Title", "Source", "Facts", "Id"),
        [(info.published or "", info.title or "", info.source, str(info.claims), info.id) for info in found],
        [
            {
                "id": info.id,
                "title": info.title,
                "published": info.published,
                "source": info.source,
                "origins": list(info.origins),
                "url": info.url,
                "publisher": info.publisher,
                "entities": info.entities,
                "facts": info.claims,
            }
            for info in found
        ],
    )


def _documents_of(identity: Identity) -> list[str]:
    return sorted({member.partition("#")[0] for member in identity.members})


def _naming(graph: Graph) -> Callable[[str], str]:
    names = {identity.id: identity.name for identity in graph.entities()}
    return lambda identity_id: names.get(identity_id, identity_id)


def _print_facts(graph: Graph, title: str, facts: list[Deal]) -> None:
    """Each fact with what is known of it; below, the words that state it and what read them."""
    if not facts:
        return
    output.line()
    output.line(title)
    for fact in facts:
        values = (_status(fact), wording.money(fact.amount), wording.stake(fact.stake), fact.date or "")
        known = ", ".join(value for value in values if value)
        output.item(_headline(graph, fact) + (f" ({known})" if known else ""))
        words = _words(graph, fact)
        if words:
            output.item(f"“{words}”", depth=2)
        if read_by := wording.read_by(s for claim in graph.claims_of(fact) for s in claim.fact.support):
            output.item(read_by, depth=2)


def _status(fact: Deal) -> str:
    """A deal's status; of a standing state only that it is over, because standing is what it does."""
    if fact.id.startswith("deal/"):
        return wording.status_name(fact.status)
    return "former" if fact.status == "terminated" else ""


def _headline(graph: Graph, fact: Deal) -> str:
    if fact.type != "Role":
        return fact.label
    people, places = (
        " and ".join(_naming(graph)(filler) for filler in fact.roles.get(role, ()))
        for role in ("person", "organization")
    )
    return f"{people}, {fact.title} of {places}" if fact.title else f"{people} at {places}"


def _words(graph: Graph, fact: Deal) -> str:
    """The first words that give a fact its latest status."""
    quotes = graph.quotes_of(fact)
    latest = [quote for quote in quotes if quote.status == fact.status] or quotes
    return output.shortened(latest[0].evidence.quote) if latest else ""


def _deal_record(deal: Deal, name: Callable[[str], str], support: Mapping[str, tuple[Support, ...]]) -> dict[str, Any]:
    from kg.jsonio import support_record

    amount = deal.amount
    return {
        "id": deal.id,
        "type": deal.type,
        "label": deal.label,
        "status": deal.status,
        "roles": {role: [name(filler) for filler in fillers] for role, fillers in deal.roles.items()},
        "amount": None if amount is None else {"value": _number(amount.value), "currency": amount.currency},
        "stake": deal.stake,
        "date": deal.date,
        "title": deal.title,
        "confidence": deal.confidence,
        "history": [{"status": step.status, "date": step.date} for step in deal.history],
        "documents": list(deal.documents),
        "support": [
            {"document": claim.partition("#")[0], **support_record(each)}
            for claim in deal.claims
            for each in support.get(claim, ())
        ],
    }


def _number(value: Decimal) -> int | float:
    """The value as a number that JSON has."""
    return int(value) if value == value.to_integral_value() else float(value)


def _deals_csv(graph: Graph, found: list[Deal]) -> str:
    from kg.analysis import evidence
    from kg.export.tables import write_table

    names = {identity.id: identity.name for identity in graph.entities()}
    return b"".join(write_table(found, names, evidence(graph))).decode("utf-8")
