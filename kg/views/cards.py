"""Facts, names and sources as JSON-ready cards: the words that the page's panel and list show, quotes included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg import wording
from kg.model import Claim, Deal, Identity
from kg.views.content import Content, Source
from kg.views.escape import web_link
from kg.views.style import STATUSES

Card = dict[str, object]


def fact_cards(content: Content) -> list[Card]:
    """Return a card for each deal and state, in the order of ``content.facts``."""
    places = {source.id: place for place, source in enumerate(content.sources)}
    return [_fact_card(fact, content.claims.get(fact.id, ()), places) for fact in content.facts]


def name_card(identity: Identity) -> Card:
    """Return the card of a company, person, product, place or organization."""
    return {"id": identity.id, "name": identity.name, "kind": identity.type, "aliases": sorted(identity.aliases)}


def source_card(source: Source) -> Card:
    """Return the card of a document; it has a link only when its address is one of the web."""
    return _without_empty(
        {
            "title": source.title or source.source,
            "date": wording.date(source.published),
            "publisher": source.publisher,
            "source": source.source if source.title else None,
            "link": web_link(source.url) or web_link(source.source),
        }
    )


def _fact_card(fact: Deal, claims: Sequence[Claim], places: Mapping[str, int]) -> Card:
    return _without_empty(
        {
            "id": fact.id,
            "label": fact.label,
            "type": fact.type,
            "status": fact.status,
            "roles": [
                {"label": wording.role_label(role, len(fillers)), "fillers": list(fillers)}
                for role, fillers in fact.roles.items()
                if fillers
            ],
            "amount": wording.money(fact.amount),
            "otherAmounts": [wording.money(amount) for amount in fact.amounts if amount != fact.amount],
            "stake": wording.stake(fact.stake),
            "date": wording.date(fact.date),
            "sortDate": fact.date,
            "title": fact.title,
            "confidence": wording.stake(round(fact.confidence, 2)),
            "readBy": [
                f"{component}, {wording.stake(round(confidence, 2))}"
                for component, confidence in wording.surest(s for claim in claims for s in claim.fact.support).items()
            ],
            "history": [
                _without_empty({"status": STATUSES[step.status].label, "date": wording.date(step.date)})
                for step in fact.history
            ],
            "quotes": _quotes(claims, places),
        }
    )


def _quotes(claims: Sequence[Claim], places: Mapping[str, int]) -> list[Card]:
    """Every quote of every claim, by document and place in it; with the status it tells where claims disagree."""
    found = {
        (places[claim.document], evidence.start, evidence.end, evidence.quote, claim.fact.status)
        for claim in claims
        if claim.document in places
        for evidence in claim.fact.evidence
    }
    disagree = len({claim.fact.status for claim in claims}) > 1
    return [
        _without_empty({"quote": quote, "source": place, "says": STATUSES[status].label if disagree else None})
        for place, _, _, quote, status in sorted(found)
    ]


def _without_empty(card: Card) -> Card:
    return {key: value for key, value in card.items() if value not in (None, "", [])}
