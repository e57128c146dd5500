"""The claims of one deal, in the order of their dates → its status history and its preferred values.

A claim's place in time is its own date, as exact as its document's date allows, else its document's date; claims
without any date come first. What has been announced does not become a rumour again because a later article is vague: on
the way from rumour to completion a status only moves on, until the deal is terminated or denied, after which it may
start again.

Of differing values the one that most claims state is preferred, of equally frequent ones the earliest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from kg.model import Claim, Money, StatusStep
from kg.vocabulary import FIRM_STATUSES, REPORTED_STATUSES, STATUSES

_Value = TypeVar("_Value", bound=Hashable)
_REST_OF_PERIOD = {4: "-12-31", 7: "-31"}
_OVER = frozenset(STATUSES) - FIRM_STATUSES - REPORTED_STATUSES


class Timeline:
    """What the claims of one deal say, in order of time."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._claims = sorted(claims, key=_place)
        self.steps = _steps(self._claims)

    @property
    def status(self) -> str:
        """The latest status."""
        return self.steps[-1].status

    def amount(self) -> Money | None:
        """The amount that most claims state."""
        return self._preferred(lambda claim: claim.fact.amount)

    def amounts(self) -> tuple[Money, ...]:
        """Every distinct amount stated: the preferred one first, then by currency and value."""
        preferred = self.amount()
        stated = {claim.fact.amount for claim in self._claims if claim.fact.amount is not None}
        others = sorted(stated - {preferred}, key=lambda money: (money.currency, money.value))
        return () if preferred is None else (preferred, *others)

    def stake(self) -> float | None:
        """The stake that most claims state."""
        return self._preferred(lambda claim: claim.fact.stake)

    def title(self) -> str | None:
        """The job title that most claims state."""
        return self._preferred(lambda claim: claim.fact.title)

    def date(self) -> str | None:
        """When it was announced or happened; for a deal that is over, when it ended. The most exact form is taken."""
        over = self.status in _OVER
        chosen = self._preferred(
            lambda claim: claim.fact.date if not over or claim.fact.status == self.status else None
        )
        if chosen is None and over:
            return None
        dates = {claim.fact.date for claim in self._claims if claim.fact.date is not None}
        exact = sorted((d for d in dates if chosen is not None and d.startswith(chosen)), key=lambda d: (-len(d), d))
        return exact[0] if exact else chosen

    def _preferred(self, value: Callable[[Claim], _Value | None]) -> _Value | None:
        found = [stated for claim in self._claims if (stated := value(claim)) is not None]
        counts = Counter(found)
        return max(counts, key=lambda stated: (counts[stated], -found.index(stated)), default=None)


def _place(claim: Claim) -> tuple[str, str, int, str, int]:
    stated, published = claim.fact.date or "", claim.published or ""
    # "2015", told by an article of 12 March 2015, means no later than that day.
    when = published if published.startswith(stated) else stated + _REST_OF_PERIOD.get(len(stated), "")
    return when, published, STATUSES.index(claim.fact.status), *claim_order(claim.id)


def claim_order(claim_id: str) -> tuple[str, int]:
    """Return the place of a claim among others: by document, then by its number there."""
    document, _, number = claim_id.rpartition("#claim-")
    return document, int(number)


def _steps(claims: Sequence[Claim]) -> tuple[StatusStep, ...]:
    steps: list[StatusStep] = []
    for claim in claims:
        status = claim.fact.status
        if steps and steps[-1].status == status:
            last = steps[-1]
            steps[-1] = StatusStep(status, last.date, tuple(sorted((*last.claims, claim.id), key=claim_order)))
        elif not steps or _moves_on(steps[-1].status, status):
            steps.append(StatusStep(status, claim.fact.date or claim.published, (claim.id,)))
    return tuple(steps)


def _moves_on(before: str, after: str) -> bool:
    return before in _OVER or after in _OVER or STATUSES.index(after) > STATUSES.index(before)
