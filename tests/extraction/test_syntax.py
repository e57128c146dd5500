"""Grammatical slots: who does what a trigger word says, through passives, control, clauses and transparent nouns."""

from __future__ import annotations

import pytest
from spacy.tokens import Token

from kg.extraction import Extractor
from kg.extraction.patterns import noun_classes
from kg.extraction.state import register
from kg.extraction.syntax import Slots

NAMES = {"K!": "Kestrel Motors Plc", "B!": "Borland Foods Plc", "H!": "Harwell Group Plc"}

# text, trigger word, slot, the companies that fill it
SLOTS = [
    # who does it
    ("K! bought B!.", "bought", "subject", "K!"),
    ("K! and H! bought B!.", "bought", "subject", "K! H!"),
    ("B! was bought by K!.", "bought", "subject", "K!"),
    ("K! agreed to buy B!.", "buy", "subject", "K!"),
    ("K! said it had agreed to buy B!.", "buy", "subject", "K!"),
    ("K!, which bought B! in 2012, makes trucks.", "bought", "subject", "K!"),
    ("K! opened a factory and bought B!.", "bought", "subject", "K!"),
    ("K! grew by buying B!.", "buying", "subject", "K!"),
    ("K! asked H! to buy B!.", "buy", "subject", "H!"),
    ("K! was expected to buy B!.", "buy", "subject", "K!"),
    ("K! announced a plan to buy B!.", "buy", "subject", "K!"),
    # what it is done to
    ("K! bought B!.", "bought", "object", "B!"),
    ("K! bought B! and H!.", "bought", "object", "B! H!"),
    ("B! was bought by K!.", "bought", "object", "B!"),
    ("B! agreed to be bought by K!.", "bought", "object", "B!"),
    ("B!, which K! bought in 2012, makes food.", "bought", "object", "B!"),
    ("B!, bought by K! in 2012, makes food.", "bought", "object", "B!"),
    ("K! bought a stake in B!.", "bought", "object", "B!"),
    ("K! acquired half of B!.", "acquired", "object", "B!"),
    # prepositions
    ("K! bought trucks from B!.", "bought", "from", "B!"),
    ("K! teamed up with B!.", "teamed", "with", "B!"),
    ("K! joined forces with B!.", "joined", "with", "B!"),
    ("K! sold H! to B!.", "sold", "to", "B!"),
    ("K! offered a loan to B! and H!.", "offered", "to", "B! H!"),
    # nouns
    ("The merger of K! and B! was approved.", "merger", "of", "K! B!"),
    ("A merger between K! and B! was approved.", "merger", "between", "K! B!"),
    ("K!'s bid for B! was approved.", "bid", "possessor", "K!"),
    ("K!'s bid for B! was approved.", "bid", "for", "B!"),
    ("K! made a bid for B!.", "bid", "doer", "K!"),
    ("Regulators said that the bid for B! was illegal.", "bid", "doer", ""),
    ("The court blocked a bid for B!.", "bid", "doer", ""),
    # nobody
    ("It rained, and B! was bought.", "bought", "subject", ""),
]


def named(text: str) -> str:
    for mark, name in NAMES.items():
        text = text.replace(mark, name)
    return text


def fill(slots: Slots, token: Token, slot: str) -> list[int]:
    readers = {
        "subject": slots.subject,
        "object": slots.patient,
        "doer": slots.doer,
        "possessor": slots.possessors,
        "compound": slots.modifiers,
    }
    return readers[slot](token) if slot in readers else slots.prep(token, slot)


@pytest.mark.parametrize(("text", "trigger", "slot", "fillers"), SLOTS, ids=lambda value: str(value)[:50])
def test_slot_is_filled(extractor: Extractor, text: str, trigger: str, slot: str, fillers: str) -> None:
    register()
    doc = extractor.nlp(named(text))
    slots = Slots(doc, doc._.kg_references, noun_classes())
    token = next(token for token in doc if token.text == trigger)
    found = [doc._.kg_nodes[n].name for n in dict.fromkeys(fill(slots, token, slot))]
    assert found == [NAMES[mark] for mark in fillers.split()]


@pytest.mark.parametrize(
    ("word", "name", "inside"),
    [("stake", "holding", True), ("stakes", "holding", True), ("factories", "unit", True), ("branches", "unit", True),
     ("engine", "holding", False), ("s", "holding", False)],
)  # fmt: skip
def test_classes_hold_singular_and_plural(extractor: Extractor, word: str, name: str, inside: bool) -> None:
    doc = extractor.nlp(word)
    assert Slots(doc, (), noun_classes()).in_class(doc[0], name) is inside
