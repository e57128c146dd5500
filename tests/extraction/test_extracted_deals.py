"""Deals read from sentences: every type of deal, its roles the right way round, its status, money, stake and date."""

from __future__ import annotations

from decimal import Decimal

import pytest
from told import deals, read

from kg.extraction import Extractor
from kg.model import Money

# text, type, status, roles
TOLD = [
    (
        "Kestrel Motors Plc agreed to buy Borland Foods Plc for $2 billion.",
        "Acquisition", "announced", {"acquirer": ["Kestrel Motors Plc"], "target": ["Borland Foods Plc"]},
    ),
    (
        "Borland Foods Plc was acquired by Kestrel Motors Plc in 2014.",
        "Acquisition", "in_effect", {"acquirer": ["Kestrel Motors Plc"], "target": ["Borland Foods Plc"]},
    ),
    (
        "Borland Foods Plc agreed to be acquired by Kestrel Motors Plc.",
        "Acquisition", "announced", {"acquirer": ["Kestrel Motors Plc"], "target": ["Borland Foods Plc"]},
    ),
    (
        "Kestrel Motors Plc scrapped plans to buy Borland Foods Plc.",
        "Acquisition", "terminated", {"acquirer": ["Kestrel Motors Plc"], "target": ["Borland Foods Plc"]},
    ),
    (
        "Kestrel Motors Plc is considering a bid for Borland Foods Plc, sources said.",
        "Acquisition", "rumoured", {"acquirer": ["Kestrel Motors Plc"], "target": ["Borland Foods Plc"]},
    ),
    (
        "Kestrel Motors Plc bought Borland Foods Plc from Harwell Group Plc last year.",
        "Acquisition", "in_effect",
        {"acquirer": ["Kestrel Motors Plc"], "target": ["Borland Foods Plc"], "seller": ["Harwell Group Plc"]},
    ),
    (
        "Kestrel Motors Plc will buy the trucks business of Borland Industries Plc.",
        "Acquisition", "announced", {"acquirer": ["Kestrel Motors Plc"], "seller": ["Borland Industries Plc"]},
    ),
    (
        "Kestrel Motors Plc acquired 100 percent of Borland Foods Plc.",
        "Acquisition", "in_effect", {"acquirer": ["Kestrel Motors Plc"], "target": ["Borland Foods Plc"]},
    ),
    (
        "Kestrel Motors Plc bought a 12 percent stake in Borland Foods Plc.",
        "Investment", "in_effect", {"investor": ["Kestrel Motors Plc"], "investee": ["Borland Foods Plc"]},
    ),
    (
        "Kestrel Motors Plc is in talks to invest $300 million in Borland Foods Plc.",
        "Investment", "in_talks", {"investor": ["Kestrel Motors Plc"], "investee": ["Borland Foods Plc"]},
    ),
    (
        "Kestrel Motors Plc and Borland Foods Plc agreed to merge.",
        "Merger", "announced", {"party": ["Kestrel Motors Plc", "Borland Foods Plc"]},
    ),
    (
        "Kestrel Motors Plc and Borland Foods Plc called off their merger.",
        "Merger", "terminated", {"party": ["Kestrel Motors Plc", "Borland Foods Plc"]},
    ),
    (
        "Kestrel Motors Plc formed a joint venture with Borland Foods Plc in 2019.",
        "JointVenture", "in_effect", {"partner": ["Kestrel Motors Plc", "Borland Foods Plc"]},
    ),
    (
        "Kestrel Motors Plc has teamed up with Borland Foods Plc to deliver meals.",
        "Partnership", "in_effect", {"partner": ["Kestrel Motors Plc", "Borland Foods Plc"]},
    ),
    (
        "Kestrel Motors Plc plans to spin off Borland Foods Plc.",
        "Divestment", "announced", {"seller": ["Kestrel Motors Plc"], "target": ["Borland Foods Plc"]},
    ),
    (
        "Kestrel Motors Plc has supplied engines to Borland Foods Plc.",
        "Supply", "in_effect", {"supplier": ["Kestrel Motors Plc"], "customer": ["Borland Foods Plc"]},
    ),
    (
        "Kestrel Motors Plc buys battery cells from Borland Cells Plc.",
        "Supply", "in_effect", {"supplier": ["Borland Cells Plc"], "customer": ["Kestrel Motors Plc"]},
    ),
    (
        "Kestrel Motors Plc licenses its engine design to Borland Foods Plc.",
        "Licensing", "in_effect", {"licensor": ["Kestrel Motors Plc"], "licensee": ["Borland Foods Plc"]},
    ),
    (
        "Harwell Bank Plc lent $50 million to Borland Foods Plc.",
        "Financing", "in_effect", {"lender": ["Harwell Bank Plc"], "borrower": ["Borland Foods Plc"]},
    ),
    (
        "Kestrel Motors Plc sued Borland Foods Plc over a patent.",
        "LegalDispute", "announced", {"claimant": ["Kestrel Motors Plc"], "defendant": ["Borland Foods Plc"]},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "status", "roles"), TOLD, ids=[row[0][:60] for row in TOLD])
def test_deal_is_read(extractor: Extractor, text: str, kind: str, status: str, roles: dict[str, list[str]]) -> None:
    assert (kind, status, roles) in deals(extractor, text)


SILENT = [
    "Shares of Kestrel Motors Plc and Borland Foods Plc rose 3 percent.",
    "Kestrel Motors Plc and Borland Foods Plc reported higher profits.",
    "Analysts at Harwell Bank Plc rate Kestrel Motors Plc and Borland Foods Plc as a buy.",
]


@pytest.mark.parametrize("text", SILENT)
def test_no_deal_where_none_is_told(extractor: Extractor, text: str) -> None:
    assert deals(extractor, text) == []


def test_talks_with_several_are_a_fact_for_each(extractor: Extractor) -> None:
    text = (
        "Kestrel Motors Plc is in talks with carmakers, including Borland Cars Plc and Harwell Cars Plc, about engines."
    )
    pairs = [
        roles["partner"]
        for kind, status, roles in deals(extractor, text)
        if (kind, status) == ("Partnership", "in_talks")
    ]
    assert pairs == [["Kestrel Motors Plc", "Borland Cars Plc"], ["Kestrel Motors Plc", "Harwell Cars Plc"]]


def test_money_stake_and_date_belong_to_the_deal(extractor: Extractor) -> None:
    text = (
        "Kestrel Motors Plc said on Wednesday it would buy a 30 percent stake in Borland Foods Plc, which has"
        " revenue of $9 billion, for 400 million euros ($480 million)."
    )
    (fact,) = (fact for fact in read(extractor, text).facts if fact.type == "Investment")
    assert (fact.amount, fact.stake, fact.date) == (Money(Decimal(400_000_000), "EUR"), 0.3, "2021-06-16")


def test_following_sentences_go_on_about_the_deal(extractor: Extractor) -> None:
    text = (
        "Kestrel Motors Plc formed a joint venture with Borland Foods Plc.\n\nThe 50-50 venture will cost $70 million. "
        "Harwell Bank Plc has assets of $9 billion."
    )
    (fact,) = (fact for fact in read(extractor, text).facts if fact.type == "JointVenture")
    assert (fact.amount, fact.stake) == (Money(Decimal(70_000_000), "USD"), 0.5)


def test_a_later_sentence_ends_the_deal(extractor: Extractor) -> None:
    text = "Kestrel Motors Plc offered to buy Borland Foods Plc in May. The deal collapsed a month later."
    assert [status for kind, status, _ in deals(extractor, text) if kind == "Acquisition"] == ["terminated"]


def test_a_denial_is_kept_with_what_it_denies(extractor: Extractor) -> None:
    text = (
        "A newspaper reported that Kestrel Motors Plc was considering a takeover of Borland Foods Plc. Borland"
        " Foods Plc said it was not in discussions with Kestrel Motors Plc."
    )
    assert [status for kind, status, _ in deals(extractor, text) if kind == "Acquisition"] == ["denied"]


def test_an_executive_deals_for_the_company(extractor: Extractor) -> None:
    text = "Kestrel Motors Plc chief executive John Miller agreed to invest $5 million in Borland Foods Plc."
    assert (
        "Investment",
        "announced",
        {"investor": ["Kestrel Motors Plc"], "investee": ["Borland Foods Plc"]},
    ) in deals(extractor, text)


def test_a_bid_without_a_target_is_for_the_company_in_question(extractor: Extractor) -> None:
    text = (
        "Kestrel Motors Plc made an offer for Borland Foods Plc on Monday. Harwell Group Plc has made a rival bid,"
        " too, and Borland Foods Plc welcomed it."
    )
    acquirers = {
        roles["acquirer"][0]
        for kind, _, roles in deals(extractor, text)
        if roles.get("target") == ["Borland Foods Plc"]
    }
    assert acquirers == {"Kestrel Motors Plc", "Harwell Group Plc"}


def test_evidence_stands_in_the_text(extractor: Extractor) -> None:
    text = "Business\n\n  Kestrel Motors Plc   agreed to buy  Borland Foods Plc.  \n\nHarwell Bank Plc sued it.\n"
    facts = read(extractor, text).facts
    assert facts
    assert all(text[e.start : e.end] == e.quote == e.quote.strip() for fact in facts for e in fact.evidence)
