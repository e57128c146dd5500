"""Which of a sentence's amounts, stakes and dates belong to a fact: the nearest one that speaks of the deal itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from spacy.tokens import Doc

from kg.extraction.candidates import Candidate
from kg.extraction.dates import DateSpan
from kg.extraction.money import MoneySpan
from kg.extraction.stakes import StakeSpan
from kg.model import Money


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


def amount_of(candidate: Candidate, doc: Doc) -> Money | None:
    """Return the size of the deal as the candidate's sentence gives it, in the currency that comes first."""
    text, (start, end) = doc.text.lower(), _bounds(candidate, doc)
    spans: list[MoneySpan] = []
    for span in _inside(doc._.kg_money or (), start, end):
        if span.per_unit or span.bound in {"less_than", "more_than"} or span.money.value <= 0:
            continue
        if _NOT_THE_DEAL_BEFORE.search(text[max(start, span.start - 60) : span.start]) or _NOT_THE_DEAL_AFTER.match(
            text[span.end : span.end + 60]
        ):
            continue
        if spans and text[spans[-1].end : span.start].strip() in {"(", "or", "/", ",", "(or"}:
            continue  # the same amount in another currency
        spans.append(span)
    chosen = _nearest(spans, doc[candidate.trigger].idx)
    return chosen.money if chosen is not None else None


def stake_of(candidate: Candidate, doc: Doc) -> float | None:
    """Return the fraction of the company that the candidate's sentence gives."""
    start, end = _bounds(candidate, doc)
    spans: list[StakeSpan] = [
        span for span in _inside(doc._.kg_stakes or (), start, end) if span.kind == "share" and 0 < span.stake <= 1
    ]
    chosen = _nearest(spans, doc[candidate.trigger].idx)
    return chosen.stake if chosen is not None else None


def date_of(candidate: Candidate, doc: Doc) -> str | None:
    """Return when the deal was announced or happened, as the candidate's sentence says."""
    start, end = _bounds(candidate, doc)
    document = doc._.kg_document
    latest = document.published if document is not None and document.published else "9999"
    spans: list[DateSpan] = [
        span
        for span in _inside(doc._.kg_dates or (), start, end)
        if span.date[: len(latest)] <= latest[: len(span.date)]
    ]
    chosen = _nearest(spans, doc[candidate.trigger].idx)
    return chosen.date if chosen is not None else None


def _bounds(candidate: Candidate, doc: Doc) -> tuple[int, int]:
    last = doc[candidate.end - 1]
    return doc[candidate.start].idx, last.idx + len(last)


def _inside(spans: Sequence[S], start: int, end: int) -> list[S]:
    return [span for span in spans if start <= span.start and span.end <= end]


def _nearest(spans: Sequence[S], at: int) -> S | None:
    return min(spans, key=lambda span: (min(abs(span.start - at), abs(span.end - at)), span.start), default=None)
