"""The regression that joins rules and network, fitted on made-up links."""

from __future__ import annotations

import pytest

pytest.importorskip("sklearn")

from spacy.tokens import Doc

from kg import vocabulary
from kg.errors import ModelError
from kg.extraction import Extractor
from kg.extraction.learned import Told
from kg.extraction.links import Link, links
from kg.extraction.weighing import Balance
from kg.learning.calibration import fit
from kg.learning.corpus import GoldText, links_of

SHARES = (0.0, 0.0, 1.0, 0.0, 0.0, 0.0)
BOUGHT = Link("Acquisition", "acquirer", "target")


def reading(texts: list[GoldText], rules: Extractor, clever: bool) -> list[Doc]:
    """Documents with a network that knows gold, or one that says nothing; the rules' candidates are their own."""
    docs = list(rules.read(text.document for text in texts))
    for text, doc in zip(texts, docs, strict=True):
        true, _ = links_of(text, doc)
        numbers = range(len(doc._.kg_nodes))
        every = [(link, a, b) for link in links() if link.type == "Acquisition" for a in numbers for b in numbers]
        doc._.kg_links = {
            key: Told(3.0 if key in true else -3.0, SHARES, 0, len(doc), 0) for key in every if key[1] != key[2]
        }
        if not clever:
            doc._.kg_links = {}
    return docs


def test_a_network_that_is_right_is_believed(texts: list[GoldText], rules: Extractor) -> None:
    found = fit(texts[:4], lambda: reading(texts[:4], rules, clever=True))
    assert set(found) == {"default", "fast"}
    balance, fast = Balance.read(found["default"]), Balance.read(found["fast"])
    assert balance.network > 0
    assert balance.confidence(BOUGHT, 3.0, 0.8) > 0.7 > 0.3 > balance.confidence(BOUGHT, -3.0, None)
    assert 0.5 < fast.confidence(BOUGHT, None, 0.8) < 1
    assert fast.confidence(BOUGHT, 3.0, 0.8) == fast.confidence(BOUGHT, None, 0.8)
    least = [each.least(kind) for each in (balance, fast) for kind in vocabulary.FACT_TYPES]
    assert all(0.1 <= each <= 0.8 for each in least)
    assert set(balance.types) <= set(vocabulary.FACT_TYPES)


def test_rules_alone_tell_true_types_from_false_ones(texts: list[GoldText], rules: Extractor) -> None:
    """The articles tell of lawsuits that gold does not hold, so purchases are more to be believed than they."""
    fast = Balance.read(fit(texts[:4], lambda: reading(texts[:4], rules, clever=True))["fast"])
    assert fast.types["Acquisition"] > fast.types["LegalDispute"]


def test_the_same_texts_give_the_same_balance(texts: list[GoldText], rules: Extractor) -> None:
    one, other = (fit(texts[:2], lambda: reading(texts[:2], rules, clever=True)) for _ in range(2))
    assert one == other


@pytest.mark.parametrize("count", [0, 1])
def test_too_few_facts_are_one_sentence(count: int, texts: list[GoldText], rules: Extractor) -> None:
    chosen = texts[:count]

    def read() -> list[Doc]:
        docs = reading(chosen, rules, clever=False)
        for doc in docs:
            doc._.kg_candidates = []
        return docs

    with pytest.raises(ModelError, match="tell too little to weigh by; train on more gold articles"):
        fit(chosen, read)
