"""The status of a deal: each of the six by several wordings and tenses, as a careful reader takes them."""

from __future__ import annotations

import pytest
from told import deals, read

from kg.extraction import Extractor

# By status: the type of the deal, and a sentence about K! and B!, which stand for two companies.
TOLD = {
    "rumoured": [
        ("Acquisition", "K! is considering a takeover of B!."),
        ("Acquisition", "K! is weighing a bid for B!, people familiar with the matter said."),
        ("Acquisition", "K! is reportedly planning to buy B!."),
        ("Acquisition", "K! may buy B!."),
        ("Acquisition", "K! could acquire B!, according to a report."),
        ("Acquisition", "K! is said to be preparing an offer for B!."),
        ("Acquisition", "K! is eyeing a takeover of B!."),
        ("Acquisition", "Speculation grew that K! would buy B!."),
        ("Acquisition", "K! is rumoured to be buying B!."),
        ("Acquisition", "K! and others are expected to bid for B!."),
        ("Acquisition", "Shares rose on market talk of a takeover of B! by K!."),
        ("Merger", "K! and B! are considering a merger."),
        ("Merger", "K! and B! may merge, two sources said."),
        ("Investment", "K! is mulling an investment in B!."),
        ("Partnership", "K! is considering a partnership with B!."),
        ("JointVenture", "K! is exploring a joint venture with B!, sources said."),
        ("Financing", "K! may lend $50 million to B!."),
    ],
    "in_talks": [
        ("Acquisition", "K! is in talks to buy B!."),
        ("Acquisition", "K! has entered exclusive negotiations to acquire B!."),
        ("Acquisition", "K! is negotiating the purchase of B!."),
        ("Acquisition", "K! confirmed that it was in discussions to buy B!."),
        ("Merger", "K! and B! are in merger talks."),
        ("Merger", "K! and B! are in advanced talks to merge."),
        ("Investment", "K! is discussing an investment in B!."),
        ("Supply", "K! is in talks to supply engines to B!."),
        ("Licensing", "K! is in talks to license its technology to B!."),
        ("Financing", "K! is in talks to lend $50 million to B!."),
        ("Partnership", "K! is negotiating a partnership with B!."),
    ],
    "announced": [
        ("Acquisition", "K! agreed to buy B!."),
        ("Acquisition", "K! will acquire B!."),
        ("Acquisition", "K! plans to buy B!."),
        ("Acquisition", "K! has launched a takeover bid for B!."),
        ("Acquisition", "K! announced the acquisition of B!."),
        ("Acquisition", "K! said it would buy B! for $2 billion."),
        ("Acquisition", "K! is to buy B!."),
        ("Acquisition", "K! offered to buy B!."),
        ("Acquisition", "K! is buying B! for $2 billion."),
        ("Acquisition", "K! to buy B!"),
        ("Acquisition", "K! buys B! for $2 billion"),
        ("Acquisition", "K! expects to complete the acquisition of B! in May."),
        ("Acquisition", "K! has signed a definitive agreement to acquire B!."),
        ("LegalDispute", "K! and B! are expected to settle a lawsuit that K! filed against B!."),
        ("Acquisition", "Regulators threatened to block the takeover of B! by K!."),
        ("Merger", "K! and B! agreed to merge."),
        ("Merger", "K! will merge with B!."),
        ("Merger", "K! and B! announced a merger."),
        ("JointVenture", "K! and B! agreed to form a joint venture."),
        ("JointVenture", "K! and B! will set up a joint venture."),
        ("JointVenture", "K! plans a joint venture with B!."),
        ("Investment", "K! agreed to invest $5 million in B!."),
        ("Investment", "K! will buy a 20 percent stake in B!."),
        ("Divestment", "K! plans to sell B!."),
        ("Divestment", "K! will spin off B!."),
        ("Partnership", "K! and B! signed a partnership agreement."),
        ("Partnership", "K! will team up with B!."),
        ("Supply", "K! will supply engines to B!."),
        ("Supply", "K! agreed to supply engines to B!."),
        ("Licensing", "K! agreed to license its technology to B!."),
        ("Financing", "K! agreed to lend $50 million to B!."),
        ("LegalDispute", "K! sued B!."),
        ("LegalDispute", "K! filed a lawsuit against B!."),
        ("LegalDispute", "K! is suing B! over a patent."),
        ("LegalDispute", "K! has accused B! of copying its design in a lawsuit."),
    ],
    "in_effect": [
        ("Acquisition", "K! completed the acquisition of B!."),
        ("Acquisition", "K! bought B! last year, and its new owner is thought to want a partner."),
        ("Acquisition", "K! had bought B! by then, which led to speculation about jobs."),
        ("Acquisition", "K! has completed its takeover of B!."),
        ("Acquisition", "K! acquired B! in 2014."),
        ("Acquisition", "K! has bought B!."),
        ("Acquisition", "K!, which bought B! in 2012, makes trucks."),
        ("Acquisition", "B! was taken over by K! in 2010."),
        ("Acquisition", "K! finalised the purchase of B!."),
        ("Merger", "K! merged with B! in 2015."),
        ("JointVenture", "K! formed a joint venture with B! in 2011."),
        ("JointVenture", "K! and B! run a joint venture in China."),
        ("Investment", "K! invested $5 million in B! last year."),
        ("Investment", "K! has bought a 20 percent stake in B!."),
        ("Divestment", "K! spun off B! in 2013."),
        ("Partnership", "K! has worked with B! since 2010."),
        ("Partnership", "K! cooperates with B!."),
        ("Supply", "K! has supplied B! with engines."),
        ("Licensing", "K! licenses its technology to B!."),
        ("Licensing", "K! licensed its technology to B! in 2010."),
        ("Financing", "K! lent $50 million to B! in 2010."),
        ("LegalDispute", "K! won a lawsuit against B!."),
        ("Acquisition", "K! agreed to buy B! in 2012."),
        ("Supply", "K! is a supplier of B!."),
    ],
    "terminated": [
        ("Acquisition", "K!'s takeover of B! did not materialise."),
        ("Acquisition", "K! abandoned its bid for B!."),
        ("Acquisition", "K! has dropped its offer for B!."),
        ("Acquisition", "B! rejected a takeover bid from K!."),
        ("Acquisition", "K! called off its acquisition of B!."),
        ("Acquisition", "K! withdrew its offer for B!."),
        ("Acquisition", "K!'s takeover of B! was blocked by regulators."),
        ("Acquisition", "K! failed to buy B!."),
        ("Merger", "Merger talks between K! and B! collapsed."),
        ("JointVenture", "K! pulled out of a joint venture with B!."),
        ("Partnership", "K! ended its partnership with B!."),
        ("Supply", "K! cancelled its contract with B!."),
        ("LegalDispute", "K! dropped its lawsuit against B!."),
        ("LegalDispute", "K! settled a lawsuit against B!."),
        ("LegalDispute", "A judge dismissed K!'s lawsuit against B!."),
        ("JointVenture", "K!'s joint venture with B! was dissolved in 2014."),
    ],
    "denied": [
        ("Acquisition", "K! denied that it was planning to buy B!."),
        ("Acquisition", "K! said it had no plans to buy B!."),
        ("Acquisition", "K! ruled out a bid for B!."),
        ("Acquisition", "K! denied a report that it would acquire B!."),
        ("Acquisition", "K! said it was not in talks to buy B!."),
        ("Merger", "K! denied it was in merger talks with B!."),
        ("Merger", "K! has no plans to merge with B!."),
        ("Investment", "K! denied that it would invest in B!."),
        ("Partnership", "K! denied plans to team up with B!."),
    ],
}

# What a later sentence says of the deal that the first one tells.
CONTINUED = [
    ("Acquisition", "announced", "K! agreed to buy B!. Shareholders welcomed the deal."),
    ("Acquisition", "announced", "K! agreed to buy B!. K! will pay $2 billion for B!, sources said."),
    ("Acquisition", "terminated", "K! agreed to buy B!. K! abandoned its bid for B! in June."),
    ("Acquisition", "announced", "K! agreed to buy B!. The acquisition is expected to be completed in May."),
    ("Acquisition", "in_effect", "K! agreed to buy B!. The acquisition was completed on Monday."),
    ("Acquisition", "terminated", "K! agreed to buy B!. The deal was abandoned in June."),
    ("Merger", "terminated", "K! and B! agreed to merge. The merger was blocked by the court."),
    ("Acquisition", "denied", "K! may buy B!, a newspaper said. Both companies denied the talks."),
]


def statuses(extractor: Extractor, text: str, kind: str) -> set[str]:
    named = text.replace("K!", "Kestrel Motors Plc").replace("B!", "Borland Foods Plc")
    return {status for found, status, _ in deals(extractor, named) if found == kind}


@pytest.mark.parametrize(
    ("status", "kind", "text"), [(status, kind, text) for status, rows in TOLD.items() for kind, text in rows]
)
def test_wording_tells_the_status(extractor: Extractor, status: str, kind: str, text: str) -> None:
    assert statuses(extractor, text, kind) == {status}


@pytest.mark.parametrize(("kind", "status", "text"), CONTINUED)
def test_a_later_sentence_tells_what_became_of_the_deal(
    extractor: Extractor, kind: str, status: str, text: str
) -> None:
    assert statuses(extractor, text, kind) == {status}


@pytest.mark.parametrize(
    ("published", "status"), [("2012-06-18", "announced"), ("2013-06-18", "announced"), ("2021-06-18", "in_effect")]
)
def test_an_agreement_of_years_ago_has_been_carried_out(extractor: Extractor, published: str, status: str) -> None:
    text = "Kestrel Motors Plc agreed to buy Borland Foods Plc in 2012."
    (fact,) = (fact for fact in read(extractor, text, published).facts if fact.type == "Acquisition")
    assert fact.status == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("John Miller, chief executive of Kestrel Motors Plc, said so.", "in_effect"),
        ("John Miller, former chief executive of Kestrel Motors Plc, said so.", "terminated"),
    ],
)
def test_a_former_office_is_over(extractor: Extractor, text: str, status: str) -> None:
    assert {fact.status for fact in read(extractor, text).facts if fact.type == "Role"} == {status}
