"""Standing facts read from sentences: who holds which office, who owns whom, where companies are from, who competes."""

from __future__ import annotations

import pytest
from told import names, read

from kg.extraction import Extractor

# text, then person, organization and status of each role
ROLES = [
    ("Belmora Corp chief executive Anna Keller said sales rose.", [("Anna Keller", "Belmora Corp", "in_effect")]),
    ("Anna Keller, chief executive of Belmora Corp, said sales rose.", [("Anna Keller", "Belmora Corp", "in_effect")]),
    ("Anna Keller, former finance director of Belmora Corp, left.", [("Anna Keller", "Belmora Corp", "terminated")]),
    ("Anna Keller, ex-chairman of Belmora Corp, declined to comment.", [("Anna Keller", "Belmora Corp", "terminated")]),
    (
        '"Prices will rise," said Anna Keller, an analyst at Norvent Securities.',
        [("Anna Keller", "Norvent Securities", "in_effect")],
    ),
    (
        "Norvent Securities analyst Anna Keller said prices will rise.",
        [("Anna Keller", "Norvent Securities", "in_effect")],
    ),
    (
        "The CEO Anna Keller of Hungary's leading grocer and Tessaly Inc rival, Belmora Corp, said sales rose.",
        [("Anna Keller", "Belmora Corp", "in_effect")],
    ),
    ("Belmora Corp, led by chief executive Anna Keller, sells tea.", [("Anna Keller", "Belmora Corp", "in_effect")]),
    (
        "Belmora Corp was founded in 1994 by Anna Keller and Paul Winter.",
        [("Anna Keller", "Belmora Corp", "in_effect"), ("Paul Winter", "Belmora Corp", "in_effect")],
    ),
    (
        "Anna Keller and Paul Winter, the founders of Belmora Corp, declined to comment.",
        [("Anna Keller", "Belmora Corp", "in_effect"), ("Paul Winter", "Belmora Corp", "in_effect")],
    ),
    ("Anna Keller will join the board of Belmora Corp next month.", [("Anna Keller", "Belmora Corp", "in_effect")]),
    ("Belmora Corp has hired Anna Keller as chief financial officer.", [("Anna Keller", "Belmora Corp", "in_effect")]),
    ("Anna Keller's Belmora Corp sells tea.", [("Anna Keller", "Belmora Corp", "in_effect")]),
    # The title names no company: it belongs to the one that the text is about.
    (
        "Belmora Corp sells tea in Hungary. Chief executive Anna Keller said sales rose.",
        [("Anna Keller", "Belmora Corp", "in_effect")],
    ),
    # … unless the text names the person's company elsewhere.
    (
        "Belmora Corp sold its shares on Monday, said Tessaly Inc chairman Anna Keller. "
        "Belmora Corp was sued in Hungary. Belmora Corp sells tea. Chairman Anna Keller said prices rose.",
        [("Anna Keller", "Tessaly Inc", "in_effect")],
    ),
]  # fmt: skip

# text, then the two ends of each fact of the type
STATES = [
    ("Ownership", "Belmora Corp, a unit of Tessaly Inc, makes tea.", [("Tessaly Inc", "Belmora Corp")]),
    ("Ownership", "Tessaly Inc's Belmora Corp unit makes tea.", [("Tessaly Inc", "Belmora Corp")]),
    ("Ownership", "Tessaly Inc said its Belmora Corp subsidiary had closed.", [("Tessaly Inc", "Belmora Corp")]),
    ("Ownership", "Belmora Corp, which is owned by Tessaly Inc, makes tea.", [("Tessaly Inc", "Belmora Corp")]),
    ("Ownership", "Tessaly Inc, which owns Belmora Corp, makes tea.", [("Tessaly Inc", "Belmora Corp")]),
    ("Ownership", "Tessaly Inc owns 12.5 percent of Belmora Corp shares.", [("Tessaly Inc", "Belmora Corp")]),
    (
        "Ownership",
        "Belmora Corp, in which Tessaly Inc holds a 20 percent stake, makes tea.",
        [("Tessaly Inc", "Belmora Corp")],
    ),
    (
        "Ownership",
        "Belmora Corp shareholders including Tessaly Inc and Norvent Holdings Ltd rejected the plan.",
        [("Norvent Holdings Ltd", "Belmora Corp"), ("Tessaly Inc", "Belmora Corp")],
    ),
    ("Ownership", "Belmora Corp owner Tessaly Inc makes tea.", [("Tessaly Inc", "Belmora Corp")]),
    ("Ownership", "Tessaly Inc-backed Belmora Corp makes tea.", [("Tessaly Inc", "Belmora Corp")]),
    ("Ownership", "Tessaly Inc and its affiliate Belmora Corp make tea.", [("Tessaly Inc", "Belmora Corp")]),
    ("Ownership", "Belmora Corp's largest shareholder, Tessaly Inc, makes tea.", [("Tessaly Inc", "Belmora Corp")]),
    ("BasedIn", "Hungarian grocer Belmora Corp sells tea.", [("Belmora Corp", "Hungary")]),
    ("BasedIn", "Hungary's Belmora Corp sells tea.", [("Belmora Corp", "Hungary")]),
    ("BasedIn", "Budapest-based Belmora Corp sells tea.", [("Belmora Corp", "Budapest")]),
    ("BasedIn", "Belmora Corp, a Hungarian grocer, sells tea.", [("Belmora Corp", "Hungary")]),
    ("BasedIn", "Belmora Corp, based in Budapest, sells tea.", [("Belmora Corp", "Budapest")]),
    ("BasedIn", "Belmora Corp, Hungary's biggest grocer, sells tea.", [("Belmora Corp", "Hungary")]),
    ("BasedIn", "US retailer Belmora Corp sells tea.", [("Belmora Corp", "United States")]),
    ("BasedIn", "Akron, Ohio-based Belmora Corp sells tea.", [("Belmora Corp", "Akron")]),
    (
        "BasedIn",
        "Hungarian grocers Belmora Corp, Tessaly Inc and Norvent Holdings Ltd sell tea.",
        [("Belmora Corp", "Hungary"), ("Norvent Holdings Ltd", "Hungary"), ("Tessaly Inc", "Hungary")],
    ),
    ("BasedIn", "European grocer Belmora Corp sells tea.", []),  # a continent is too wide
    ("BasedIn", "The French government fined Belmora Corp on Monday.", []),
    ("Competition", "Belmora Corp and its rival Tessaly Inc sell tea.", [("Belmora Corp", "Tessaly Inc")]),
    (
        "Competition",
        "Belmora Corp's rivals, such as Tessaly Inc and Norvent Holdings Ltd, sell tea.",
        [("Belmora Corp", "Norvent Holdings Ltd"), ("Belmora Corp", "Tessaly Inc")],
    ),
    ("Competition", "Belmora Corp competes with Tessaly Inc in Hungary.", [("Belmora Corp", "Tessaly Inc")]),
    ("Competition", "Tessaly Inc made a rival bid for Belmora Corp on Monday.", []),
    ("Listing", "London-listed Belmora Corp sells tea.", [("Belmora Corp", "London")]),
    (
        "Listing",
        "Belmora Corp is listed on the New York Stock Exchange.",
        [("Belmora Corp", "New York Stock Exchange")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ROLES)
def test_roles(extractor: Extractor, text: str, expected: list[tuple[str, str, str]]) -> None:
    """A person, the organization and whether the office is still held."""
    extraction = read(extractor, text)
    found = [
        (*[name for role in ("person", "organization") for name in names(extraction, fact)[role]], fact.status)
        for fact in extraction.facts
        if fact.type == "Role"
    ]
    assert sorted(found) == expected


@pytest.mark.parametrize(("kind", "text", "expected"), STATES)
def test_states(extractor: Extractor, kind: str, text: str, expected: list[tuple[str, str]]) -> None:
    """The two ends of each fact, the right way round, and no others."""
    extraction = read(extractor, text)
    found = [
        [n for ends in names(extraction, fact).values() for n in ends] for fact in extraction.facts if fact.type == kind
    ]
    assert sorted(tuple(sorted(ends)) if kind == "Competition" else tuple(ends) for ends in found) == expected


def test_a_named_company_is_surer_than_a_guessed_one(extractor: Extractor) -> None:
    """The confidence of a title that names its company is higher than that of one that does not."""
    named = read(extractor, "Belmora Corp chief executive Anna Keller said sales rose.").facts[0]
    guessed = read(extractor, "Belmora Corp sells tea. Chief executive Anna Keller said sales rose.").facts[0]
    assert named.title == "chief executive"
    assert named.confidence > guessed.confidence
