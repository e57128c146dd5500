"""What several sentences say of one deal is one fact, and rival readings of one wording are settled."""

from __future__ import annotations

import pytest
from told import deals, names, read

from kg.extraction import Extractor

K, B, H = "Kestrel Motors Plc", "Borland Foods Plc", "Harwell Group Plc"

# text with K!, B! and H! for three companies; every deal in it as type and roles
ONE_FACT = [
    (
        "K! agreed to buy B!. Analysts said K! paid too much when it acquired B!.",
        [("Acquisition", {"acquirer": [K], "target": [B]})],
    ),
    (
        "K! and B! will merge. K! will merge with B! in May.",
        [("Merger", {"party": [K, B]})],
    ),
    # the seller joins
    (
        "K! agreed to buy B!. K! bought B! from H!.",
        [("Acquisition", {"acquirer": [K], "target": [B], "seller": [H]})],
    ),
    (
        "H! agreed to sell B! to K!. K! said it would buy B!.",
        [("Acquisition", {"acquirer": [K], "target": [B], "seller": [H]})],
    ),
    # a sale without a buyer is the other side of the purchase
    (
        "H! plans to sell B!. K! has offered to buy B!.",
        [("Acquisition", {"acquirer": [K], "target": [B], "seller": [H]})],
    ),
    # a majority makes an investment an acquisition
    (
        "K! bought a 60 percent stake in B!.",
        [("Acquisition", {"acquirer": [K], "target": [B]})],
    ),
    (
        "K! bought a controlling stake in B!.",
        [("Acquisition", {"acquirer": [K], "target": [B]})],
    ),
    (
        "K! bought a minority stake in B!.",
        [("Investment", {"investor": [K], "investee": [B]})],
    ),
    # one pair of parties hardly has two of the rival types at once: the better told one stays
    (
        "K! agreed to buy B!. K! will acquire B! in a merger of K! and B!.",
        [("Acquisition", {"acquirer": [K], "target": [B]})],
    ),
]  # fmt: skip

SEVERAL_FACTS = [
    (
        "K! agreed to buy B!. K! sued H!.",
        [("Acquisition", {"acquirer": [K], "target": [B]}), ("LegalDispute", {"claimant": [K], "defendant": [H]})],
    ),
    (
        "K! bought B! in 2014. H! bought K! in 2019.",
        [("Acquisition", {"acquirer": [K], "target": [B]}), ("Acquisition", {"acquirer": [H], "target": [K]})],
    ),
    # suits in both directions are two facts
    (
        "K! sued B!. B! sued K!.",
        [("LegalDispute", {"claimant": [K], "defendant": [B]}), ("LegalDispute", {"claimant": [B], "defendant": [K]})],
    ),
    # a suit over a deal is no rival of the deal
    (
        "K! agreed to buy B!. B! sued K!.",
        [("Acquisition", {"acquirer": [K], "target": [B]}), ("LegalDispute", {"claimant": [B], "defendant": [K]})],
    ),
]  # fmt: skip


def named(text: str) -> str:
    return text.replace("K!", K).replace("B!", B).replace("H!", H)


@pytest.mark.parametrize(("text", "facts"), [*ONE_FACT, *SEVERAL_FACTS], ids=lambda value: str(value)[:60])
def test_sentences_make_facts(extractor: Extractor, text: str, facts: list[tuple[str, dict[str, list[str]]]]) -> None:
    assert [(kind, roles) for kind, _, roles in deals(extractor, named(text))] == facts


def test_every_sentence_of_a_deal_is_its_evidence(extractor: Extractor) -> None:
    sentences = [named("K! agreed to buy B! for $2 billion."), named("K! acquired B! to grow in food.")]
    (fact,) = (fact for fact in read(extractor, " ".join(sentences)).facts if fact.type == "Acquisition")
    assert [evidence.quote for evidence in fact.evidence] == sentences


def test_more_sentences_make_a_fact_surer(extractor: Extractor) -> None:
    once, twice = (
        next(fact for fact in read(extractor, named(text)).facts if fact.type == "Acquisition").confidence
        for text in ("K! agreed to buy B!.", "K! agreed to buy B!. K! acquired B! to grow in food.")
    )
    assert once < twice < 1


def test_body_counts_before_the_headline(extractor: Extractor) -> None:
    text = named("K! buys B!\n\nThe maker of cars said on Monday that K! completed the acquisition of B!.")
    (fact,) = (fact for fact in read(extractor, text).facts if fact.type == "Acquisition")
    assert fact.status == "in_effect"
    assert fact.evidence[0].quote.startswith("The maker")


def test_an_entity_fills_one_role_of_a_fact(extractor: Extractor) -> None:
    text = named("K! bought K!'s trucks business from B!. B! bought B! from K! and sold K! to K!.")
    extraction = read(extractor, text)
    for fact in extraction.facts:
        fillers = [name for role in names(extraction, fact).values() for name in role]
        assert len(fillers) == len(set(fillers))
