"""Weighing: links of facts, the rules' evidence in them, calibrated confidence, and the network's links as facts."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from window_docs import doc_of

from kg import vocabulary
from kg.errors import ModelError
from kg.extraction.candidates import Candidate, Reason
from kg.extraction.encoder import CARD
from kg.extraction.learned import Told
from kg.extraction.links import Link, links
from kg.extraction.segments import BODY, HEADING
from kg.extraction.weighing import Balance, balance, logit_of, pair_links, ruled, weigh

BOUGHT = Link("Acquisition", "acquirer", "target")
SOLD_BY = Link("Acquisition", "target", "seller")
BUYS_FROM = Link("Acquisition", "acquirer", "seller")
PARTNERS = Link("Partnership", "partner", "partner")
EVEN = {"bias": 0.0, "network": 1.0, "seconded": 1.0, "ruled": 0.5, "rule": 1.0, "types": {}}
PLAIN = Balance.read({**EVEN, "least_deal": 0.4, "least_state": 0.2})
SHARES = (0.0, 0.1, 0.7, 0.1, 0.05, 0.05)

weights = st.floats(0.01, 5.0)
balances = st.fixed_dictionaries(
    {
        "bias": st.floats(-3, 3),
        **dict.fromkeys(("network", "seconded", "ruled", "rule"), weights),
        "types": st.dictionaries(st.sampled_from(sorted(vocabulary.FACT_TYPES)), st.floats(-2, 2)),
        "least_deal": st.floats(0, 1),
        "least_state": st.floats(0, 1),
    }
).map(Balance.read)
logits = st.none() | st.floats(-30, 30)
rules = st.none() | st.floats(0, 1)


@given(balances, st.sampled_from(links()), logits, logits, rules, rules)
def test_confidence_grows_with_what_speaks_for_a_link(
    one: Balance, link: Link, low: float | None, high: float | None, weak: float | None, strong: float | None
) -> None:
    low, high = sorted((low, high), key=lambda logit: float("-inf") if logit is None else logit)
    for rule in (weak, strong):
        assert one.confidence(link, low, rule) <= one.confidence(link, high, rule)
    if weak is not None and strong is not None:
        weak, strong = sorted((weak, strong))
        for logit in (low, high):
            assert one.confidence(link, logit, weak) <= one.confidence(link, logit, strong)
    for logit, rule in product((low, high), (weak, strong)):
        assert 0 < one.confidence(link, logit, rule) < 1


@pytest.mark.parametrize(
    ("logit", "rule", "more_logit", "more_rule"),
    [(None, None, 1.0, None), (0.0, None, 0.5, None), (0.0, 0.3, 0.0, 0.6), (None, 0.5, -2.0, 0.5)],
)
def test_more_evidence_makes_surer(
    logit: float | None, rule: float | None, more_logit: float | None, more_rule: float | None
) -> None:
    assert PLAIN.confidence(BOUGHT, logit, rule) < PLAIN.confidence(BOUGHT, more_logit, more_rule)


def test_a_type_has_a_weight_of_its_own() -> None:
    likely = replace(PLAIN, types={"Acquisition": 1.0})
    assert likely.confidence(BOUGHT, 0.0, None) == pytest.approx(0.731, abs=0.001)
    assert likely.confidence(PARTNERS, 0.0, None) == 0.5


def test_deals_and_states_are_listed_from_confidences_of_their_own() -> None:
    least = {name: PLAIN.least(name) for name in vocabulary.FACT_TYPES}
    assert {least[name] for name in vocabulary.DEAL_TYPES} == {0.4}
    assert {least[name] for name in vocabulary.STATE_TYPES} == {0.2}


@given(st.floats(0, 1), st.floats(0, 1))
def test_log_odds_are_finite_and_in_order(one: float, other: float) -> None:
    assert (logit_of(one) <= logit_of(other)) or one > other
    assert abs(logit_of(one)) < 3


@pytest.mark.parametrize("name", vocabulary.FACT_TYPES)
def test_a_fact_with_all_its_roles_has_every_link_of_its_type(name: str) -> None:
    kind = vocabulary.fact_type(name)
    roles: dict[str, list[int]] = {}
    for role in kind.roles.values():
        if not role.literal:
            number = sum(map(len, roles.values()))
            roles[role.name] = [number + 1, number] if role.name == kind.symmetric_role else [number]
    found = list(pair_links(name, roles))
    assert [link for link, _, _ in found if link not in links()] == []
    assert {link for link, _, _ in found} == {link for link in links() if link.type == name}
    assert len(found) == len(set(found))
    for link, a, b in found:
        assert a in roles[link.head]
        assert b in roles[link.tail]
        assert a < b or not link.is_symmetric


@pytest.mark.parametrize(
    ("name", "roles", "expected"),
    [
        ("Acquisition", {"acquirer": [0, 3], "target": [1]}, {(BOUGHT, 0, 1), (BOUGHT, 3, 1)}),
        ("Acquisition", {"seller": [2], "target": [1]}, {(SOLD_BY, 1, 2)}),
        ("Acquisition", {"acquirer": [1], "target": [1]}, set()),
        ("Partnership", {"partner": [5, 2, 4]}, {(PARTNERS, 2, 5), (PARTNERS, 2, 4), (PARTNERS, 4, 5)}),
        ("Partnership", {"partner": [5]}, set()),
        ("Divestment", {"seller": [0]}, set()),
    ],
)
def test_links_of_a_fact(name: str, roles: dict[str, list[int]], expected: set[tuple[Link, int, int]]) -> None:
    assert set(pair_links(name, roles)) == expected


# -- documents by hand -------------------------------------------------------------------------------------------------


def document(told: dict[tuple[Link, int, int], Told], candidates: list[Candidate]) -> Doc:
    sentence = [(0, "Harbourline"), "bought", (1, "Quillfen"), "from", (2, "Stonebeck"), "."]
    doc = doc_of([sentence, sentence], ["Company"] * 3)
    doc._.kg_prose = bytearray([HEADING] * 6 + [BODY] * 6)
    doc._.kg_links = told
    doc._.kg_candidates = candidates
    return doc


def rule(confidence: float = 0.6, start: int = 6, **roles: list[int]) -> Candidate:
    return Candidate("Acquisition", roles or {"acquirer": [0], "target": [1]}, start + 1, start, start + 6, confidence)


def said(logit: float, start: int = 6) -> Told:
    return Told(logit, SHARES, start, start + 6, start + 1)


def test_sentences_of_the_rules_add_up_and_a_heading_counts_less() -> None:
    body, heading = rule(0.6), rule(0.6, start=0)
    key = (BOUGHT, 0, 1)
    for candidates, low, high in (
        ([body], 0.6, 0.6),
        ([body, rule(0.5)], 0.6, 0.6),
        ([heading], 0.4, 0.599),
        ([body, heading], 0.601, 0.9),
    ):
        assert low <= ruled(document({}, candidates), candidates)[key] <= high


def test_a_rule_that_the_network_bears_out_is_surer_and_gets_its_statuses() -> None:
    (alone,) = weigh(document({}, [rule()]), PLAIN)
    (both,) = weigh(document({(BOUGHT, 0, 1): said(3.0)}, [rule()]), PLAIN)
    assert both.confidence > alone.confidence
    assert (alone.statuses, both.statuses) == (None, SHARES)


def test_reasons_keep_what_rules_and_network_said_by_themselves() -> None:
    by_rule = replace(rule(0.6), reasons=[Reason("verb: buy", 0.6, 6, 12)])
    told = {(BOUGHT, 0, 1): said(0.0, start=0), (PARTNERS, 0, 2): said(2.0)}
    one, other = weigh(document(told, [by_rule]), PLAIN)
    assert one.reasons == [Reason("verb: buy", 0.6, 6, 12), Reason("network", 0.5, 0, 6)]
    (alone,) = other.reasons
    assert (alone.component, alone.start, alone.end) == ("network", 6, 12)
    assert alone.confidence == pytest.approx(0.881, abs=0.001)


def test_the_surest_link_of_a_fact_speaks_for_the_network() -> None:
    told = {(BOUGHT, 0, 1): said(-1.0), (BUYS_FROM, 0, 2): said(1.0), (SOLD_BY, 1, 2): said(0.0)}
    (found,) = weigh(document(told, [rule(acquirer=[0], target=[1], seller=[2])]), PLAIN)
    (reason,) = found.reasons
    assert reason.confidence == pytest.approx(0.731, abs=0.001)


def test_links_of_the_network_alone_become_facts_with_a_third_party() -> None:
    told = {(BOUGHT, 0, 1): said(3.0), (BUYS_FROM, 0, 2): said(2.0), (SOLD_BY, 1, 2): said(1.0)}
    (found,) = weigh(document(told, []), PLAIN)
    assert found.type == "Acquisition"
    assert found.roles == {"acquirer": [0], "target": [1], "seller": [2]}
    assert (found.start, found.end, found.trigger) == (6, 12, 7)
    assert found.confidence == pytest.approx(PLAIN.confidence(BOUGHT, 3.0, None))
    assert found.statuses == SHARES


@pytest.mark.parametrize(
    ("told", "facts"),
    [
        ({}, 0),
        ({(BOUGHT, 0, 1): said(-4.0)}, 0),
        ({(BOUGHT, 0, 1): said(0.0)}, 1),
        ({(BOUGHT, 0, 1): said(0.0), (BOUGHT, 2, 1): said(0.5)}, 2),
        ({(BOUGHT, 0, 1): said(1.0), (SOLD_BY, 1, 2): said(0.5, start=0)}, 1),
        ({(PARTNERS, 0, 1): said(1.0), (PARTNERS, 1, 2): said(0.5)}, 2),
    ],
)
def test_what_the_network_reads_is_put_together(told: dict[tuple[Link, int, int], Told], facts: int) -> None:
    found = weigh(document(told, []), PLAIN)
    assert len(found) == facts
    assert all(0 < candidate.confidence < 1 for candidate in found)
    assert [candidate.start for candidate in found] == sorted(candidate.start for candidate in found)


def test_a_fact_without_a_link_keeps_a_confidence() -> None:
    (sale,) = weigh(document({}, [replace(rule(), type="Divestment", roles={"seller": [0]})]), PLAIN)
    assert 0 < sale.confidence < 1


CARDS: dict[str, Any] = {
    "no card": None,
    "no balance": {},
    "no pipeline": {"balance": {}},
    "half a balance": {"balance": {"default": {"bias": 0.0}}},
    "a list": [1],
}


@pytest.mark.parametrize("name", CARDS)
def test_a_card_without_a_balance_is_one_sentence(name: str, tmp_path: Path) -> None:
    if CARDS[name] is not None:
        (tmp_path / CARD).write_text(json.dumps(CARDS[name]), encoding="utf-8")
    with pytest.raises(ModelError, match="holds no weights that kg train made") as caught:
        balance(tmp_path, "default")
    assert "\n" not in str(caught.value)
