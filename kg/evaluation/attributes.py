"""Which attributes of a deal that was found are right: status, amount, stake and date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.evaluation.annotation import Statement
from kg.evaluation.matching import Edges
from kg.evaluation.scores import Accuracy, total
from kg.vocabulary import DEAL_TYPES

ATTRIBUTES = ("status", "amount", "stake", "date")
_AMOUNT_TOLERANCE = 0.01  # of the amount in gold
_STAKE_TOLERANCE = 0.005
_YEAR = 4  # characters: the least precise date that says something


def accuracies(gold: Edges, guessed: Edges) -> dict[str, Accuracy]:
    """Return how often each attribute is right over the deal edges of gold that were guessed.

    Of several guesses for one edge the first counts, of several gold facts the one that it comes nearest to.
    """
    judged = (
        max((_marks(fact, guessed[edge][0]) for fact in facts), key=lambda marks: sum(marks.values()))
        for edge, facts in gold.items()
        if edge.type in DEAL_TYPES and edge in guessed
    )
    return _counted(judged)


def _counted(judged: Iterable[Mapping[str, bool]]) -> dict[str, Accuracy]:
    found = total({name: Accuracy(int(right), 1) for name, right in marks.items()} for marks in judged)
    return {name: found[name] for name in ATTRIBUTES if name in found}


def _marks(gold: Statement, guess: Statement) -> dict[str, bool]:
    """Judge the attributes that the gold fact has; a status it always has."""
    marks = {"status": gold.status == guess.status}
    if gold.amount is not None:
        tolerance = abs(gold.amount.value) * _AMOUNT_TOLERANCE
        marks["amount"] = (
            guess.amount is not None
            and guess.amount.currency == gold.amount.currency
            and abs(gold.amount.value - guess.amount.value) <= tolerance
        )
    if gold.stake is not None:
        marks["stake"] = guess.stake is not None and abs(gold.stake - guess.stake) <= _STAKE_TOLERANCE
    if gold.date is not None:
        marks["date"] = guess.date is not None and _same_date(gold.date, guess.date)
    return marks


def _same_date(gold: str, guess: str) -> bool:
    """Whether two ISO 8601 dates agree as far as both are told."""
    shared = min(len(gold), len(guess))
    return shared >= _YEAR and gold[:shared] == guess[:shared]
