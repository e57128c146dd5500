"""Hand-built extractions of three invented articles, for every test that needs a graph without running a model.

Together they hold all sixteen fact types, all six statuses, two articles about one deal (a joint venture, announced and
later in effect), competitors that share a partner, names with accents, and quotes with characters that HTML, Turtle and
SPARQL treat specially. Mentions and evidence are found in the texts, so their offsets always fit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from kg.graph import Graph
from kg.model import Document, Entity, Evidence, Extraction, Fact, Mention, Money, Support

FERRIES = Document(
    text=(
        "Norvik and Talbria to build electric ferries\n\n"
        "Norvik Marine and Talbria Energy said on Thursday they would set up a 50-50 joint venture called Fjordlink, "
        "putting in 500 million euros.\n\n"
        "Norvik Marine, a Norwegian shipbuilder listed in Oslo Børs, is led by chief executive Ingrid Sæther. "
        "The shipbuilder makes the Aurora 9 ferry and owns 100 percent of Hélios Batteries.\n\n"
        "Its rival Ostrava Shipworks is said to be weighing a $1.2 billion bid for Quillan Robotics, two people said. "
        "Ostrava Shipworks also works with Talbria Energy on charging docks.\n"
    ),
    source="https://news.example/2021/ferries?id=1&lang=en",
    origin="articles/ferries.txt",
    title="Norvik and Talbria to build electric ferries",
    published="2021-03-04",
    url="https://news.example/2021/ferries?id=1&lang=en",
    publisher="The Example Gazette",
    author="Sam Poole",
)

LAUNCH = Document(
    text=(
        "Fjordlink opens its first yard\n\n"
        "Fjordlink, the joint venture of Norvik Marine and Talbria Energy, began operating on 10 June 2021.\n\n"
        "Quillan Robotics denied that it is for sale to Ostrava Shipworks. "
        "Norvik is in talks with Zhōu & Söhne about a merger. "
        "Dunmore Bank lent Fjordlink 80 million Swiss francs. "
        "Fjordlink supplies ferries to Port of Lüneburg.\n"
    ),
    source="articles/launch.html",
    origin="articles/launch.html",
    title="Fjordlink opens its first yard",
    published="2021-06-11",
)

COURT = Document(
    text=(
        'Norvik\'s former chairman, Piet "Pike" van Dorn, left in 2019.\n\n'
        "Hélios Batteries sued Quillan Robotics <over patents> in March 2022; the suit was settled & dropped.\n\n"
        "Quillan Robotics will license its \\grip\\ software to Norvik Marine. "
        "Pelagia Capital bought 7.5 percent of Talbria Energy from Dunmore Bank for 90.5 million pounds. "
        "Ostrava Shipworks sold Brno Dry Dock. "
        "The plan of Ostrava Shipworks to buy Norvik Marine collapsed. "
        "= Pelagia Capital may invest in Fjordlink, @gossip says.\n"
    ),
    source="COURT",
    origin="articles/court.md",
)

FERRIES_NAMES = {
    "Company": (
        ("Norvik Marine", "Norvik"),
        ("Talbria Energy", "Talbria"),
        ("Fjordlink",),
        ("Hélios Batteries",),
        ("Ostrava Shipworks",),
        ("Quillan Robotics",),
    ),
    "Person": (("Ingrid Sæther",),),
    "Product": (("Aurora 9",),),
    "Place": (("Norwegian",),),
    "Organization": (("Oslo Børs",),),
}
LAUNCH_NAMES = {
    "Company": (
        ("Fjordlink",),
        ("Norvik Marine", "Norvik"),
        ("Talbria Energy",),
        ("Quillan Robotics",),
        ("Ostrava Shipworks",),
        ("Zhōu & Söhne",),
        ("Dunmore Bank",),
    ),
    "Organization": (("Port of Lüneburg",),),
}
COURT_NAMES = {
    "Company": (
        ("Norvik Marine", "Norvik"),
        ("Hélios Batteries",),
        ("Quillan Robotics",),
        ("Pelagia Capital",),
        ("Talbria Energy",),
        ("Dunmore Bank",),
        ("Ostrava Shipworks",),
        ("Brno Dry Dock",),
        ("Fjordlink",),
    ),
    "Person": (('Piet "Pike" van Dorn',),),
}


def sample_extractions() -> list[Extraction]:
    """Return the extractions of the three articles, in the order of their reading."""
    return [_ferries(), _launch(), _court()]


def sample_graph() -> Graph:
    """Return a graph in memory that holds the three articles."""
    graph = Graph.open()
    for extraction in sample_extractions():
        graph.add(extraction)
    return graph


def _ferries() -> Extraction:
    entities = _entities(FERRIES, FERRIES_NAMES)
    joint = "Norvik Marine and Talbria Energy said on Thursday they would set up a 50-50 joint venture called Fjordlink"
    led = "Norvik Marine, a Norwegian shipbuilder listed in Oslo Børs, is led by chief executive Ingrid Sæther"
    makes = "The shipbuilder makes the Aurora 9 ferry and owns 100 percent of Hélios Batteries"
    bid = "Its rival Ostrava Shipworks is said to be weighing a $1.2 billion bid for Quillan Robotics"
    fact = _Facts(FERRIES, entities)
    facts = (
        fact(
            "JointVenture",
            {"partner": ["Norvik Marine", "Talbria Energy"], "vehicle": ["Fjordlink"]},
            "announced",
            joint,
            "Norvik and Talbria to build electric ferries",
            amount=Money(Decimal(500_000_000), "EUR"),
            stake=0.5,
            date="2021-03-04",
            confidence=0.93,
            support=[("network", 0.71, joint), ("verb: set up", 0.8, joint), ("words: joint venture", 0.75, joint)],
        ),
        fact("BasedIn", {"organization": ["Norvik Marine"], "place": ["Norwegian"]}, "in_effect", led, confidence=0.8),
        fact("Listing", {"organization": ["Norvik Marine"], "exchange": ["Oslo Børs"]}, "in_effect", led),
        fact(
            "Role",
            {"person": ["Ingrid Sæther"], "organization": ["Norvik Marine"]},
            "in_effect",
            led,
            title="chief executive",
            confidence=0.9,
        ),
        fact("Product", {"maker": ["Norvik Marine"], "product": ["Aurora 9"]}, "in_effect", makes, confidence=0.85),
        fact("Ownership", {"owner": ["Norvik Marine"], "owned": ["Hélios Batteries"]}, "in_effect", makes, stake=1.0),
        fact("Competition", {"competitor": ["Norvik Marine", "Ostrava Shipworks"]}, "in_effect", bid, confidence=0.7),
        fact(
            "Acquisition",
            {"acquirer": ["Ostrava Shipworks"], "target": ["Quillan Robotics"]},
            "rumoured",
            bid,
            amount=Money(Decimal(1_200_000_000), "USD"),
            confidence=0.6,
        ),
        fact(
            "Partnership",
            {"partner": ["Ostrava Shipworks", "Talbria Energy"]},
            "in_effect",
            "Ostrava Shipworks also works with Talbria Energy on charging docks",
            confidence=0.75,
        ),
    )
    return Extraction(FERRIES, entities, facts, "sample-1")


def _launch() -> Extraction:
    entities = _entities(LAUNCH, LAUNCH_NAMES)
    fact = _Facts(LAUNCH, entities)
    launched = "Fjordlink, the joint venture of Norvik Marine and Talbria Energy, began operating on 10 June 2021."
    facts = (
        fact(
            "JointVenture",
            {"partner": ["Norvik Marine", "Talbria Energy"], "vehicle": ["Fjordlink"]},
            "in_effect",
            launched,
            date="2021-06-10",
            confidence=0.9,
            support=[("network", 0.885, launched)],
        ),
        fact(
            "Acquisition",
            {"acquirer": ["Ostrava Shipworks"], "target": ["Quillan Robotics"]},
            "denied",
            "Quillan Robotics denied that it is for sale to Ostrava Shipworks.",
            date="2021-06",
            confidence=0.8,
        ),
        fact(
            "Merger",
            {"party": ["Norvik Marine", "Zhōu & Söhne"]},
            "in_talks",
            "Norvik is in talks with Zhōu & Söhne about a merger.",
            confidence=0.7,
        ),
        fact(
            "Financing",
            {"lender": ["Dunmore Bank"], "borrower": ["Fjordlink"]},
            "in_effect",
            "Dunmore Bank lent Fjordlink 80 million Swiss francs.",
            amount=Money(Decimal(80_000_000), "CHF"),
        ),
        fact(
            "Supply",
            {"supplier": ["Fjordlink"], "customer": ["Port of Lüneburg"]},
            "in_effect",
            "Fjordlink supplies ferries to Port of Lüneburg.",
        ),
    )
    return Extraction(LAUNCH, entities, facts, "sample-1")


def _court() -> Extraction:
    entities = _entities(COURT, COURT_NAMES)
    fact = _Facts(COURT, entities)
    facts = (
        fact(
            "Role",
            {"person": ['Piet "Pike" van Dorn'], "organization": ["Norvik Marine"]},
            "terminated",
            'Norvik\'s former chairman, Piet "Pike" van Dorn, left in 2019.',
            title="chairman",
            date="2019",
        ),
        fact(
            "LegalDispute",
            {"claimant": ["Hélios Batteries"], "defendant": ["Quillan Robotics"]},
            "terminated",
            "Hélios Batteries sued Quillan Robotics <over patents> in March 2022",
            "the suit was settled & dropped",
            date="2022-03",
        ),
        fact(
            "Licensing",
            {"licensor": ["Quillan Robotics"], "licensee": ["Norvik Marine"]},
            "announced",
            "Quillan Robotics will license its \\grip\\ software to Norvik Marine.",
        ),
        fact(
            "Investment",
            {"investor": ["Pelagia Capital"], "investee": ["Talbria Energy"], "seller": ["Dunmore Bank"]},
            "in_effect",
            "Pelagia Capital bought 7.5 percent of Talbria Energy from Dunmore Bank for 90.5 million pounds.",
            amount=Money(Decimal("90500000.5"), "GBP"),
            stake=0.075,
        ),
        fact(
            "Divestment",
            {"seller": ["Ostrava Shipworks"], "target": ["Brno Dry Dock"]},
            "in_effect",
            "Ostrava Shipworks sold Brno Dry Dock.",
        ),
        fact(
            "Acquisition",
            {"acquirer": ["Ostrava Shipworks"], "target": ["Norvik Marine"]},
            "terminated",
            "The plan of Ostrava Shipworks to buy Norvik Marine collapsed.",
        ),
        fact(
            "Investment",
            {"investor": ["Pelagia Capital"], "investee": ["Fjordlink"]},
            "rumoured",
            "= Pelagia Capital may invest in Fjordlink, @gossip says.",
            confidence=0.3,
        ),
    )
    return Extraction(COURT, entities, facts, "sample-1")


def _entities(document: Document, names: Mapping[str, Sequence[tuple[str, ...]]]) -> tuple[Entity, ...]:
    typed = [(type_, forms) for type_, group in names.items() for forms in group]
    return tuple(
        Entity(f"e{number}", forms[0], type_, forms[1:], _mentions(document.text, forms))
        for number, (type_, forms) in enumerate(typed, start=1)
    )


def _mentions(text: str, forms: Sequence[str]) -> tuple[Mention, ...]:
    pattern = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    found = tuple(Mention(match.start(), match.end(), match.group()) for match in re.finditer(pattern, text))
    assert found, f"{forms[0]} does not stand in the text"
    return found


class _Facts:
    """Makes facts of one document from names and quotes."""

    def __init__(self, document: Document, entities: tuple[Entity, ...]) -> None:
        self.text = document.text
        self.ids = {entity.name: entity.id for entity in entities}

    def __call__(
        self,
        type_: str,
        roles: Mapping[str, Sequence[str]],
        status: str,
        *quotes: str,
        amount: Money | None = None,
        stake: float | None = None,
        date: str | None = None,
        title: str | None = None,
        confidence: float = 1.0,
        support: Sequence[tuple[str, float, str]] = (),
    ) -> Fact:
        filled = {role: tuple(self.ids[name] for name in names) for role, names in roles.items()}
        evidence = tuple(sorted(self._evidence(quote) for quote in quotes))
        read = tuple(self._support(*each) for each in support)
        return Fact(type_, filled, status, evidence, amount, stake, date, title, confidence, read)

    def _support(self, component: str, confidence: float, quote: str) -> Support:
        found = self._evidence(quote)
        return Support(found.start, found.end, component, confidence)

    def _evidence(self, quote: str) -> Evidence:
        start = self.text.index(quote)
        return Evidence(start, start + len(quote), quote)
