"""Which of a sentence's amounts, stakes and dates belong to a fact: the nearest one that speaks of the deal itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from spacy.tokens import Doc

from kg.extraction.dates import DateSpan
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

# Money that measures something other than the deal: results, values of companies, debts, fees.
_NOT_THE_DEAL_BEFORE = re.compile(
    r"(?:revenues?|sales|turnover|profits?|loss(?:es)?|earnings|debts?|assets|income|valued|valuation|valuing|values|value|capitali[sz]ation|costs?|savings|synergies|fees?|dividend|budget|raised|market cap|penalty|salary|bonus|liabilities|charges?)\b[^.;]{0,40}$"
)
_NOT_THE_DEAL_AFTER = re.compile(
    r"^(?:\s*\([^)]*\))?[\s-]*(?:in |of |a year in |an? )?(?:annual |net |pre-?tax |gross |operating |total |quarterly |yearly )*(?:revenues?|sales|turnover|profits?|loss(?:es)?|earnings|debts?|assets|income|valuation|market cap|market value|cost savings|savings|synergies|fees?|break-?up|break fee|per share|a share|a year|apiece|dividend|charges?|under management|bridge loan|bonds?|company|group|firm)\b"
)


def amount_of(scope: Scope, doc: Doc) -> Money | None:
    """Return the size of the deal as the sentence gives it, in the currency that comes first."""
    text, (start, end) = doc.text.lower(), _bounds(scope, doc)
    spans: list[MoneySpan] = []
    previous = -1
    for span in _inside(doc._.kg_money or (), start, end):
        again = previous >= 0 and text[previous : span.start].strip() in {"(", "or", "/", ",", "(or", "and", "="} and bool(spans)
        previous = span.end
        if again or span.per_unit or span.bound == "less_than" or span.money.value <= 0:
            continue  # `again`: the same amount in another currency
        if _NOT_THE_DEAL_BEFORE.search(text[max(start, span.start - 60) : span.start]) or _NOT_THE_DEAL_AFTER.match(text[span.end : span.end + 60]):
            continue
        spans.append(span)
    chosen = _nearest(spans, doc[scope.at].idx)
    return chosen.money if chosen is not None else None


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
