"""Which amount, stake and date of a sentence belong to the deal, and which measure something else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from told import read

from kg.extraction import Extractor
from kg.model import Fact, Money

# type, amount, text; K!, B! and H! stand for three companies.
AMOUNTS = [
    ("Acquisition", "2000000000 USD", "K! agreed to buy B! for $2 billion."),
    ("Acquisition", "3000000000 USD", "K! agreed to buy B! for about $3 billion."),
    ("Acquisition", "2000000000 USD", "K! is to buy B! in a $2 billion deal."),
    ("Acquisition", "2000000000 USD", "K!'s $2 billion takeover of B! was approved."),
    ("Merger", "11000000000 USD", "K! and B! agreed to merge in an $11 billion deal."),
    ("Divestment", "400000000 GBP", "K! plans to sell B! for £400 million."),
    ("Investment", "5000000 USD", "K! invested $5 million in B!."),
    ("Supply", "90000000 USD", "K! won a $90 million contract from B!."),
    ("Financing", "50000000 USD", "K! lent $50 million to B!."),
    ("LegalDispute", "30000000 USD", "K! sued B! for $30 million."),
    # the currency that comes first
    ("Acquisition", "2000000000 USD", "K! agreed to buy B! for $2 billion (1.8 billion euros)."),
    ("Acquisition", "1800000000 EUR", "K! agreed to buy B! for 1.8 billion euros, or $2 billion."),
    # other measures
    ("Acquisition", "2000000000 USD", "K! agreed to buy B!, which has revenue of $9 billion, for $2 billion."),
    ("Acquisition", None, "K! agreed to buy B!, which has revenue of $9 billion."),
    ("Acquisition", None, "K! agreed to buy B!, which has annual sales of 300 million euros."),
    ("Acquisition", None, "K!, which has a market value of $40 billion, agreed to buy B!."),
    ("Acquisition", None, "K! agreed to buy B! and will take on debt of $3 billion."),
    ("Investment", "5000000 USD", "K! invested $5 million in B! at a valuation of $80 million."),
    # prices of one share, bounds
    ("Acquisition", None, "K! agreed to buy B! for $27 a share."),
    ("Acquisition", None, "K! agreed to buy B! for 27 euros per share."),
    ("Acquisition", None, "K! agreed to buy B! for $25 to $27 a share."),
    ("Acquisition", "2000000000 USD", "K! agreed to buy B! for $27 a share, or $2 billion."),
    ("Acquisition", None, "K! agreed to buy B! for less than $200 million."),
    ("Acquisition", "2000000000 USD", "K! agreed to buy B! for $2 billion or $27 a share."),
    ("Acquisition", None, "B!, up 2 per cent, or 2p, to 165p, agreed to be bought by K!."),
    ("Acquisition", None, "Shares of B! rose to $79.99 after K! agreed to buy B!."),
    # what measures one type of deal measures something else beside another
    ("Acquisition", "800000000 GBP", "K! made a bid for B! that values the company at £800 million."),
    ("Acquisition", None, "K!, which has a stock market value of $40 billion, agreed to buy B!."),
    ("Financing", "50000000 USD", "K! agreed to lend $50 million in debt to B!."),
    ("LegalDispute", "30000000 USD", "K! sued B! over losses of $30 million."),
    # what many deals come to together
    ("Investment", "5000000 USD", "K! invested $5 million in B!, bringing its total investment to $20 million."),
    # other sentences
    ("Acquisition", "2000000000 USD", "K! agreed to buy B!. The deal is worth $2 billion."),
    ("Acquisition", None, "K! agreed to buy B!. H! has assets of $9 billion."),
    (
        "Acquisition",
        "2000000000 USD",
        "K! agreed to buy B!. Rain fell. K! will pay $2 billion for the purchase.",
    ),
    ("Acquisition", None, "K! agreed to buy B!. Rain fell. K! won a $9 billion contract from H!."),
    ("Acquisition", "24900000000 USD", "K! agreed to a 2013 $24.9 billion buyout of B!."),
    ("Acquisition", "7400000000 AUD", "K! made a 7.4bn Australian dollar ($5.8bn; £3bn) bid for B!."),
    ("Acquisition", "2000000000 USD", "K! to buy B! for $2 billion\n\nK! agreed to buy B! for $2.1 billion, it said."),
]

STAKES = [
    ("Acquisition", 0.6, "K! agreed to buy a 60 percent stake in B!."),
    ("Acquisition", 0.51, "K! will acquire 51 percent of B!."),
    ("Investment", 0.12, "K! bought a 12 percent stake in B! for 300 million euros."),
    ("Investment", 0.25, "K! bought a quarter of the shares in B!."),
    ("JointVenture", 0.5, "K! formed a 50-50 joint venture with B!."),
    ("Ownership", 0.3, "K! owns a 30 percent stake in B!."),
    ("Investment", 0.49, "K! bought 49 percent of Spanish parts maker B!."),
    ("Acquisition", None, "K! agreed to buy B!, whose profit rose 30 percent."),
    ("Investment", 0.2, "K!, which owns a 5 percent stake in B!, bought 20 percent of the shares in B!."),
    ("Supply", None, "K!, which has a 30 percent stake in H!, has supplied engines to B!."),
]

DATES = [
    ("Acquisition", "2021-06-16", "K! said on Wednesday it had agreed to buy B!."),
    ("Acquisition", "2014", "K! bought B! in 2014."),
    ("Acquisition", "2015-03", "K! bought B! in March 2015."),
    ("Acquisition", "2015-03-12", "K! bought B! on March 12, 2015."),
    ("JointVenture", "2019", "K! formed a joint venture with B! in 2019 that will cost $70 million."),
    ("Investment", "2021-06-17", "K! said on Thursday that it had invested 1 billion yuan in B!."),
    ("Acquisition", "2021-06-17", "K! agreed to buy B!. Shares of both companies were halted on Thursday."),
    ("Acquisition", None, "K! agreed to buy B! and expects to close the deal by 2023."),
    ("Acquisition", None, "K! agreed to buy B!."),
]


def only(extractor: Extractor, kind: str, text: str) -> Fact:
    for mark, name in (("K!", "Kestrel Motors Plc"), ("B!", "Borland Foods Plc"), ("H!", "Harwell Group Plc")):
        text = text.replace(mark, name)
    (fact,) = (fact for fact in read(extractor, text).facts if fact.type == kind)
    return fact


@pytest.mark.parametrize(("kind", "amount", "text"), AMOUNTS)
def test_amount_is_the_size_of_the_deal(extractor: Extractor, kind: str, amount: str | None, text: str) -> None:
    value, _, currency = (amount or "").partition(" ")
    assert only(extractor, kind, text).amount == (Money(Decimal(value), currency) if amount else None)


@pytest.mark.parametrize(("kind", "stake", "text"), STAKES)
def test_stake_is_the_share_of_the_company(extractor: Extractor, kind: str, stake: float | None, text: str) -> None:
    assert only(extractor, kind, text).stake == stake


@pytest.mark.parametrize(("kind", "date", "text"), DATES)
def test_date_is_when_it_was_announced_or_happened(
    extractor: Extractor, kind: str, date: str | None, text: str
) -> None:
    assert only(extractor, kind, text).date == date
