"""The patterns of ``patterns.toml`` at work: units and their owners, shares, particles, bids."""

from __future__ import annotations

import pytest
from told import deals

from kg.extraction import Extractor

NAMES = {"K!": "Kestrel Motors Plc", "B!": "Borland Foods Plc", "H!": "Harwell Group Plc"}

# text, type, roles
READ = [
    # the owner of an unnamed unit sells it
    ("K! bought B!'s trucks business.", "Acquisition", {"acquirer": "K!", "seller": "B!"}),
    ("B! sold its trucks division to K!.", "Acquisition", {"acquirer": "K!", "seller": "B!"}),
    # without a buyer a sale is a divestment
    ("K! sold its trucks division.", "Divestment", {"seller": "K!"}),
    # a share is an investment
    ("K! sold a 10 percent stake in B! to H!.", "Investment", {"investor": "H!", "investee": "B!", "seller": "K!"}),
    ("K! invested $5 million in B!.", "Investment", {"investor": "K!", "investee": "B!"}),
    # verbs with particles
    ("K! took over B!.", "Acquisition", {"acquirer": "K!", "target": "B!"}),
    ("K! snapped up B!.", "Acquisition", {"acquirer": "K!", "target": "B!"}),
    ("K! teamed up with B!.", "Partnership", {"partner": "K! B!"}),
    ("K! spun off B!.", "Divestment", {"seller": "K!", "target": "B!"}),
    # bids
    ("K! made a bid for B!.", "Acquisition", {"acquirer": "K!", "target": "B!"}),
    ("K!'s bid for B! surprised investors.", "Acquisition", {"acquirer": "K!", "target": "B!"}),
    ("B! rejected a bid from K!.", "Acquisition", {"acquirer": "K!", "target": "B!"}),
    ("B! accepted K!'s offer.", "Acquisition", {"acquirer": "K!", "target": "B!"}),
    # orders
    ("K! won an order from B!.", "Supply", {"supplier": "K!", "customer": "B!"}),
    # nouns
    ("The merger of K! and B! was approved.", "Merger", {"party": "K! B!"}),
    ("A joint venture between K! and B! makes engines.", "JointVenture", {"partner": "K! B!"}),
    ("K!'s lawsuit against B! is pending.", "LegalDispute", {"claimant": "K!", "defendant": "B!"}),
]  # fmt: skip

UNREAD = [
    "K! took over the town hall.",
    "K! bought new trucks.",
    "K! picked up passengers in front of B!.",
    "K! sold trucks.",
    "K! made an offer.",
    "Customers of K! and B! buy cars.",
    "The president of K! met the president of B!.",
]


def named(text: str) -> str:
    for mark, name in NAMES.items():
        text = text.replace(mark, name)
    return text


@pytest.mark.parametrize(("text", "kind", "roles"), READ, ids=[row[0] for row in READ])
def test_pattern_is_read(extractor: Extractor, text: str, kind: str, roles: dict[str, str]) -> None:
    expected = {role: [NAMES[mark] for mark in fillers.split()] for role, fillers in roles.items()}
    assert [(found, filled) for found, _, filled in deals(extractor, named(text))] == [(kind, expected)]


@pytest.mark.parametrize("text", UNREAD)
def test_what_only_looks_like_a_deal_is_none(extractor: Extractor, text: str) -> None:
    assert deals(extractor, named(text)) == []
