"""Which of a sentence's amounts, stakes and dates belong to a fact: the nearest one that speaks of the deal itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import timedelta
from functools import cache

from kg.extraction.clock import Clock
from kg.extraction.lexicon import table, words
from kg.extraction.money import MoneySpan
from kg.extraction.story import Scope, Story
from kg.model import Money

# What stands between a stake and the company that it is of: "12 percent | stake in | X".
_OF = re.compile(r"[\s\w]{0,25}\b(?:in|of) (?:the |its |their )?$")
# A share that somebody has already, and so hardly the one that is bought or sold.
_STANDING = re.compile(
    r"\b(?:own|owns|owned|owning|hold|holds|held|holding|already|currently|has|had|have)\b[^.;]{0,30}$"
)
_NEWS = 4  # days that news is news
_SMALLEST = 1000  # units of money: less is the price of one share or the like
_CONTEXT = 60  # characters around an amount that tell what it measures


@cache
def _elsewhere(type_name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns for the words before and after an amount that is not the size of the deal (``data/amounts.toml``).

    What measures one type of deal measures something else beside another: a loan is debt, a round is raised.
    """
    own = set(table("amounts")["own"].get(type_name, ()))
    before, adjectives, after = (
        "|".join(map(re.escape, sorted(words("amounts", key) - own))) for key in ("before", "adjectives", "after")
    )
    totals = "|".join(map(re.escape, sorted(words("amounts", "totals"))))
    return (
        re.compile(rf"\b(?:{before})\b[^.;,\d]{{0,30}}$|\b(?:{totals})\b[^.;]{{0,80}}\bto (?:\w+ )?$"),
        re.compile(rf"^(?:\s*\([^)]*\))?[\s-]*(?:in |of |an? )?(?:(?:{adjectives}) ){{0,3}}(?:{after})\b"),
    )


def amount_of(scope: Scope, story: Story, type_name: str) -> Money | None:
    """Return the size of a deal of this type as the sentence gives it, in the currency that comes first."""
    start, end = story.bounds(scope)
    text = story.text[start : end + _CONTEXT].lower()
    before, after = _elsewhere(type_name)
    spans = [
        span
        for span in _stated_once(story.inside(story.money, scope), story.text)
        if not (span.per_unit or span.bound == "less_than" or span.money.value < _SMALLEST)
        and not before.search(text[max(0, span.start - start - _CONTEXT) : span.start - start])
        and not after.match(text[span.end - start : span.end - start + _CONTEXT])
    ]
    chosen = story.nearest(spans, scope)
    return chosen.money if chosen is not None else None


def _stated_once(spans: Sequence[MoneySpan], text: str) -> list[MoneySpan]:
    """Leave out the same amount in another currency ("$5bn (£3bn)") and the lower end of a range of prices."""
    kept: list[MoneySpan] = []
    for number, span in enumerate(spans):
        following = spans[number + 1] if number + 1 < len(spans) else None
        if following is not None and following.per_unit and _gap(text, span, following) in {"to", "-", "and"}:
            continue
        if (
            number
            and kept
            and _gap(text, spans[number - 1], span) in {"(", "or", "/", ",", "(or", "and", "=", ";", ":"}
        ):
            continue
        kept.append(span)
    return kept


def _gap(text: str, one: MoneySpan, other: MoneySpan) -> str:
    return text[one.end : other.start].strip().lower()


def stake_of(scope: Scope, story: Story, owned: AbstractSet[int], *, new: bool = False) -> float | None:
    """Return the fraction that the sentence gives of one of the companies ``owned``; of another's it gives none.

    With ``new`` it is none either when the sentence only says what somebody owns already.
    """
    spans = [
        span
        for span in story.inside(story.stakes, scope)
        if span.kind == "share"
        and 0 < span.stake <= 1
        and (not owned or (story.named_after(span.end, _OF) or owned) & owned)
        and not (new and _STANDING.search(story.text[max(0, span.start - _CONTEXT) : span.start].lower()))
    ]
    chosen = story.nearest(spans, scope)
    return chosen.stake if chosen is not None else None


def date_of(scope: Scope, story: Story) -> str | None:
    """Return when the deal was announced or happened, as the sentence says."""
    latest = story.published or "9999"
    spans = [s for s in story.inside(story.dates, scope) if s.date[: len(latest)] <= latest[: len(s.date)]]
    chosen = story.nearest(spans, scope)
    return chosen.date if chosen is not None else None


def date_of_news(story: Story) -> str | None:
    """Return the day that the article's first sentences give: that of its news, if it is of the last days."""
    published = Clock.of(story.published).today
    if published is None:
        return None
    days = (span.date for span in story.dates if span.start < story.lead_end)
    recent = {(published - timedelta(back)).isoformat() for back in range(_NEWS)}
    return next((day for day in days if day in recent), None)
