"""Which of a sentence's amounts, stakes and dates belong to a fact: the nearest one that speaks of the deal itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol, TypeVar

from spacy.tokens import Doc

from kg.extraction.dates import DateSpan
from kg.extraction.lexicon import words
from kg.extraction.money import MoneySpan
from kg.extraction.stakes import StakeSpan
from kg.model import Money


@dataclass(frozen=True, slots=True)
class Scope:
    """A sentence that speaks of a fact: its tokens ``start`` to ``end``, and the token ``at`` that names the fact."""

    start: int
    end: int
    at: int


class _Span(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


S = TypeVar("S", bound=_Span)
_CONTEXT = 60  # characters around an amount that tell what it measures


@cache
def _elsewhere() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns for the words before and after an amount that is not the size of the deal (``data/amounts.toml``)."""
    before, adjectives, after = (
        "|".join(map(re.escape, sorted(words("amounts", key)))) for key in ("before", "adjectives", "after")
    )
    return (
        re.compile(rf"\b(?:{before})\b[^.;,\d]{{0,30}}$"),
        re.compile(rf"^(?:\s*\([^)]*\))?[\s-]*(?:in |of |an? )?(?:(?:{adjectives}) ){{0,3}}(?:{after})\b"),
    )


def amount_of(scope: Scope, doc: Doc) -> Money | None:
    """Return the size of the deal as the sentence gives it, in the currency that comes first."""
    text, (start, end) = doc.text.lower(), _bounds(scope, doc)
    before, after = _elsewhere()
    spans = [
        span
        for span in _stated_once(_inside(doc._.kg_money or (), start, end), text)
        if not (span.per_unit or span.bound == "less_than" or span.money.value <= 0)
        and not before.search(text[max(start, span.start - _CONTEXT) : span.start])
        and not after.match(text[span.end : span.end + _CONTEXT])
    ]
    chosen = _nearest(spans, doc[scope.at].idx)
    return chosen.money if chosen is not None else None


def _stated_once(spans: Sequence[MoneySpan], text: str) -> list[MoneySpan]:
    """Leave out the same amount in another currency ("$5bn (£3bn)") and the lower end of a range of prices."""
    kept: list[MoneySpan] = []
    for number, span in enumerate(spans):
        following = spans[number + 1] if number + 1 < len(spans) else None
        if following is not None and following.per_unit and _gap(text, span, following) in {"to", "-", "and", "or"}:
            continue
        if number and kept and _gap(text, spans[number - 1], span) in {"(", "or", "/", ",", "(or", "and", "="}:
            continue
        kept.append(span)
    return kept


def _gap(text: str, one: MoneySpan, other: MoneySpan) -> str:
    return text[one.end : other.start].strip()


def stake_of(scope: Scope, doc: Doc) -> float | None:
    """Return the fraction of the company that the sentence gives."""
    start, end = _bounds(scope, doc)
    spans: list[StakeSpan] = [
        span for span in _inside(doc._.kg_stakes or (), start, end) if span.kind == "share" and 0 < span.stake <= 1
    ]
    chosen = _nearest(spans, doc[scope.at].idx)
    return chosen.stake if chosen is not None else None


def date_of(scope: Scope, doc: Doc) -> str | None:
    """Return when the deal was announced or happened, as the sentence says."""
    start, end = _bounds(scope, doc)
    document = doc._.kg_document
    latest = document.published if document is not None and document.published else "9999"
    spans: list[DateSpan] = [
        span
        for span in _inside(doc._.kg_dates or (), start, end)
        if span.date[: len(latest)] <= latest[: len(span.date)]
    ]
    chosen = _nearest(spans, doc[scope.at].idx)
    return chosen.date if chosen is not None else None


def _bounds(scope: Scope, doc: Doc) -> tuple[int, int]:
    last = doc[scope.end - 1]
    return doc[scope.start].idx, last.idx + len(last)


def _inside(spans: Sequence[S], start: int, end: int) -> list[S]:
    return [span for span in spans if start <= span.start and span.end <= end]


def _nearest(spans: Sequence[S], at: int) -> S | None:
    return min(spans, key=lambda span: (min(abs(span.start - at), abs(span.end - at)), span.start), default=None)
