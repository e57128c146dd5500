"""What is told beside the scores: why edges are wrong, which mistakes are worst, calibration and time."""

from __future__ import annotations

import json
from typing import Any

import pytest
from invented import Said, Told

from kg import jsonio
from kg.evaluation import compare, evaluate
from kg.evaluation.annotation import annotation
from kg.evaluation.calibration import calibration
from kg.evaluation.comparison import Guess
from kg.evaluation.mistakes import Mistake, worst_first
from kg.evaluation.timing import Timing

NAMES = ("Kestrel", "Borland", "Harwell", "Quillon")


def gold(*facts: dict[str, Any], names: tuple[str, ...] = NAMES) -> dict[str, Any]:
    entities = [{"name": name, "type": "Company", "aliases": []} for name in names]
    return {"entities": entities, "facts": list(facts), "unscored": []}


def fact(kind: str, confidence: float | None = None, **roles: str | list[str]) -> dict[str, Any]:
    told = {"type": kind, "roles": roles, "status": "announced", "evidence": f"The {kind}."}
    return told if confidence is None else {**told, "confidence": confidence}


BOUGHT = fact("Acquisition", acquirer="Kestrel", target="Borland")


@pytest.mark.parametrize(
    ("predicted", "wrong", "missed"),
    [
        (gold(), [], ["link"]),
        (gold(names=("Kestrel",)), [], ["name"]),
        (gold(fact("Acquisition", acquirer="Borland", target="Kestrel")), ["roles"], ["roles"]),
        (gold(fact("Supply", supplier="Borland", customer="Kestrel")), ["type"], ["type"]),
        (gold(BOUGHT, fact("Supply", supplier="Harwell", customer="Kestrel")), ["link"], []),
        (gold(BOUGHT, fact("Supply", supplier="Somebody", customer="Kestrel")), ["name"], []),
        (gold(BOUGHT, fact("Ownership", owner="Kestrel", owned="Borland")), ["type"], []),
    ],
)
def test_causes(predicted: dict[str, Any], wrong: list[str], missed: list[str]) -> None:
    compared = compare(gold(BOUGHT), predicted)
    assert [each.cause for each in compared.mistakes if each.kind == "wrong"] == wrong
    assert [each.cause for each in compared.mistakes if each.kind == "missed"] == missed
    counted = evaluate([compared]).causes()
    assert sum(counts["wrong"] for counts in counted.values()) == len(wrong)
    assert sum(counts["missed"] for counts in counted.values()) == len(missed)


def test_worst_first() -> None:
    def mistake(article: str, kind: Any, type_: str, confidence: float | None = None) -> Mistake:
        return Mistake(article, kind, "link", type_, (("a", "A"), ("b", "B")), confidence, ())

    ordered = [
        mistake("002", "wrong", "Acquisition", 0.9),
        mistake("001", "wrong", "Ownership", 0.9),
        mistake("001", "wrong", "Acquisition", 0.4),
        mistake("003", "wrong", "Acquisition"),
        mistake("001", "missed", "Merger"),
        mistake("002", "missed", "Acquisition"),
        mistake("001", "missed", "BasedIn"),
    ]
    assert worst_first(reversed(ordered)) == ordered


def test_mistakes_bring_the_words_that_state_them() -> None:
    told = Told("wire", [Said("Supply", {"supplier": ["Kestrel"], "customer": ["Somebody New"]}, confidence=0.7)])
    extraction = told.extraction()
    wrong, missed = compare(gold(BOUGHT), extraction, "001").mistakes
    assert wrong.edge == "Supply(customer=Somebody New, supplier=Kestrel)"
    assert (wrong.confidence, wrong.quotes) == (0.7, (extraction.facts[0].evidence[0].quote,))
    assert missed.edge == "Acquisition(acquirer=Kestrel, target=Borland)"
    assert (missed.confidence, missed.quotes) == (None, ("The Acquisition.",))
    assert compare(gold(BOUGHT), extraction, "001") == compare(gold(BOUGHT), jsonio.to_json(extraction), "001")


def test_names_that_are_made_up_or_missed() -> None:
    names = compare(gold(names=("Kestrel Plc", "Borland")), gold(names=("Kestrel", "Harwell", "Harwell"))).names
    assert [(each.kind, each.type, each.name) for each in names] == [
        ("wrong", "Company", "Harwell"),
        ("wrong", "Company", "Harwell"),
        ("missed", "Company", "Borland"),
    ]


def test_errors_are_limited_but_counted() -> None:
    facts = [
        fact("Supply", 0.5 + place / 10, supplier="Kestrel", customer=name) for place, name in enumerate(NAMES[1:])
    ]
    found = evaluate([compare(gold(), gold(*facts), "001")])
    assert [error["confidence"] for error in found.to_json(errors=2)["errors"]] == [0.7, 0.6]
    assert len(found.to_json()["errors"]) == 3
    assert found.to_json(errors=0)["causes"]["link"] == {"wrong": 3, "missed": 0}
    json.dumps(found.to_json())


def test_what_is_unscored_is_no_mistake_and_no_guess() -> None:
    told = {**gold(BOUGHT), "unscored": [fact("Supply", supplier="Kestrel", customer="Harwell")]}
    predicted = gold(fact("Acquisition", 0.9, acquirer="Kestrel", target="Borland"),
                     fact("Supply", 0.8, supplier="Kestrel", customer="Harwell"))  # fmt: skip
    compared = compare(told, predicted)
    assert compared.mistakes == ()
    assert compared.guesses == (Guess(0.9, True),)


def test_calibration() -> None:
    guesses = [Guess(0.95, True), Guess(1.0, True), Guess(0.93, False), Guess(0.5, False), Guess(0.55, True)]
    found = calibration(guesses)
    low, high = found.bins
    assert (low.low, low.high, low.count, low.right, low.confidence) == (0.5, 0.6, 2, 0.5, pytest.approx(0.525))
    assert (high.low, high.high, high.count) == (0.9, 1.0, 3)
    assert high.right == pytest.approx(2 / 3)
    assert high.confidence == pytest.approx(0.96)
    assert found.error == pytest.approx((2 * 0.025 + 3 * (0.96 - 2 / 3)) / 5)
    assert calibration([]).bins == ()
    assert calibration([]).error == 0.0


@pytest.mark.parametrize("confidence", [-0.1, 0.0, 1.0, 7.0, float("nan")])
def test_any_confidence_falls_into_a_bin(confidence: float) -> None:
    assert [each.count for each in calibration([Guess(confidence, True)]).bins] == [1]


def test_an_edge_is_as_sure_as_its_surest_fact() -> None:
    facts = [fact("Supply", sure, supplier="Kestrel", customer="Borland") for sure in (0.3, 0.8, 0.5)]
    compared = compare(gold(), gold(*facts))
    assert compared.guesses == (Guess(0.8, False),)
    assert [each.confidence for each in compared.mistakes] == [0.8]


def test_facts_without_a_confidence_are_not_calibrated() -> None:
    assert compare(gold(BOUGHT), gold(BOUGHT)).guesses == ()


def test_timing() -> None:
    timing = Timing([0.4, 0.1, 0.2, 0.3], 500)
    assert (timing.percentile(0.5), timing.percentile(0.95)) == (0.2, 0.4)
    assert timing.words_per_second == pytest.approx(500)
    assert Timing([], 0).to_json() == {"p50": 0.0, "p95": 0.0, "words": 0, "words_per_second": 0.0}


def test_an_annotation_may_be_given_ready_made() -> None:
    assert compare(annotation(gold(BOUGHT), "gold"), gold(BOUGHT)) == compare(gold(BOUGHT), gold(BOUGHT))
