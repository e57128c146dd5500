"""Which company "the Hungarian firm", "it" or "the two companies" is."""

from __future__ import annotations

import pytest
from told import names, read

from kg.extraction import Extractor

_LEAD = "Hungarian grocer Belmora Corp has bought shares. It met Polish airline Tessaly Inc in May. "

# text, type of fact, one role of it, who fills the role
BOUND = [
    (_LEAD + "The Polish company agreed to buy Norvent Holdings Ltd.", "Acquisition", "acquirer", ["Tessaly Inc"]),
    (_LEAD + "The Hungarian firm agreed to buy Norvent Holdings Ltd.", "Acquisition", "acquirer", ["Belmora Corp"]),
    (_LEAD + "The grocer agreed to buy Norvent Holdings Ltd.", "Acquisition", "acquirer", ["Belmora Corp"]),
    (_LEAD + "The airline agreed to buy Norvent Holdings Ltd.", "Acquisition", "acquirer", ["Tessaly Inc"]),
    ("Belmora Corp said it agreed to buy Norvent Holdings Ltd.", "Acquisition", "acquirer", ["Belmora Corp"]),
    (
        "Belmora Corp and Tessaly Inc met in May. The two companies agreed to merge.",
        "Merger",
        "party",
        ["Belmora Corp", "Tessaly Inc"],
    ),
    ("Tessaly Inc said its IT unit would close. It owns Belmora Corp.", "Ownership", "owner", ["Tessaly Inc"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "role", "expected"), BOUND)
def test_who_is_meant(extractor: Extractor, text: str, kind: str, role: str, expected: list[str]) -> None:
    """A nominal stands for the company that is called so, or was named as from there, or is spoken of."""
    extraction = read(extractor, text)
    found = [names(extraction, fact)[role] for fact in extraction.facts if fact.type == kind]
    assert [sorted(fillers) for fillers in found] == [expected]


def test_a_place_said_of_a_company_later_is_where_it_is_from(extractor: Extractor) -> None:
    """ "The Polish airline" tells where the only company that it can mean is from."""
    extraction = read(extractor, "Tessaly Inc agreed to buy shares on Monday. The Polish company did not say when.")
    assert [names(extraction, f) for f in extraction.facts if f.type == "BasedIn"] == [
        {"organization": ["Tessaly Inc"], "place": ["Poland"]}
    ]
