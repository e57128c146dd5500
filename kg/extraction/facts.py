"""Candidates → facts: each reading gets its status, amount, stake, date, title and evidence.

Facts that the vocabulary calls impossible are dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from spacy.tokens import Doc

from kg import vocabulary
from kg.extraction.attributes import amount_of, date_of, date_of_news, stake_of
from kg.extraction.candidates import NETWORK, Candidate
from kg.extraction.lexicon import words
from kg.extraction.merging import Reading, readings
from kg.extraction.status import later_status, status_of
from kg.extraction.story import Scope, Story
from kg.extraction.support import listed
from kg.extraction.triggers import trigger_of
from kg.model import Evidence, Fact, Support

T = TypeVar("T")
_WITH_STAKE = frozenset({"Acquisition", "Investment", "Ownership", "JointVenture", "Divestment"})
_CHANGES_HANDS = frozenset({"Acquisition", "Investment", "Divestment"})
_MOST_EVIDENCE = 3
_OWNED_ROLES = frozenset({"target", "investee", "owned", "vehicle", "partner"})
_STRONG = ("denied", "terminated")
# What speaks for a status, where the network's shares add up to one vote: words that tell it, words that only hint at
# it, words for the end of a deal, and a later sentence that takes the deal up. Each further sentence counts less than
# the one before. Chosen on the annotated articles by which the network is weighed, with a look at ``eval/dev``.
_SURE_VOTE, _UNSURE_VOTE, _STRONG_VOTE, _LATER_VOTE = 1.0, 0.7, 1.9, 2.5
_DECAY = 0.7
_LOOK_BACK = 8  # tokens before a trigger in which "former" ends a state


def assemble(doc: Doc, candidates: Iterable[Candidate]) -> list[Fact]:
    """Return the facts that the candidates of one document state together, ordered by their first evidence."""
    story = Story(doc)
    facts = [fact for reading in readings(story, candidates) if (fact := _fact(reading, story)) is not None]
    facts.sort(key=lambda fact: (min(fact.evidence).start, fact.type, sorted(fact.roles.items())))
    return facts


def _fact(reading: Reading, story: Story) -> Fact | None:
    kind = vocabulary.fact_type(reading.type)
    ordered = sorted(reading.candidates, key=lambda c: (story.is_heading(c.start), c.start, -c.confidence))
    ordered = [_told_at(candidate, story) for candidate in ordered]
    scopes = [Scope(c.start, c.end, c.trigger) for c in ordered]
    title = _title(ordered) if reading.type == "Role" else None
    if kind.is_deal:
        later = story.followups(reading.type, [scope.end for scope in scopes])
        echoes = story.echoes(reading.type, reading.fillers(), min(scope.start for scope in scopes))
        about = [*later, *story.comentions(reading.fillers()), *echoes]
        date = _first(date_of, [*scopes, *about], story)
        if date is None and any(story.is_lead(scope.start) for scope in scopes):
            date = date_of_news(story)
        status = _status(ordered, later, date, story)
        # The headline's amount is the one that counts, so amounts are looked for in the order of the text.
        amount = _first(
            partial(amount_of, type_name=reading.type), [*sorted(scopes, key=lambda scope: scope.start), *about], story
        )
    else:
        about, date, amount = [], None, None
        status = _state_status(ordered, story.doc, title)
    stake = _stake(reading, [*scopes, *about], story) if reading.type in _WITH_STAKE else None
    roles = _roles(reading)
    types = {f"e{n + 1}": story.nodes[n].type for n in reading.fillers()}
    if vocabulary.problems(reading.type, roles, status, stake, types):
        return None
    evidence, support = _evidence(scopes, story), listed(_support(ordered, story))
    return Fact(reading.type, roles, status, evidence, amount, stake, date, title, reading.confidence, support)


def _stake(reading: Reading, scopes: Sequence[Scope], story: Story) -> float | None:
    """Return the share that changes hands, or else the one that the sentences say somebody has."""
    any_of_these = partial(stake_of, owned=_owned(reading))
    found = _first(partial(any_of_these, new=True), scopes, story) if reading.type in _CHANGES_HANDS else None
    return found if found is not None else _first(any_of_these, scopes, story)


def _owned(reading: Reading) -> set[int]:
    """The entities that a stake can be of: what is bought, owned or run together."""
    return {n for role, numbers in reading.roles.items() if role in _OWNED_ROLES for n in numbers}


def _first(find: Callable[[Scope, Story], T | None], scopes: Sequence[Scope], story: Story) -> T | None:
    return next((value for scope in scopes if (value := find(scope, story)) is not None), None)


def _roles(reading: Reading) -> dict[str, tuple[str, ...]]:
    """Name the fillers, roles in the vocabulary's order, equal partners in the order of the text."""
    kind = vocabulary.fact_type(reading.type)
    roles = {}
    for role in kind.roles:
        if role in reading.roles:
            numbers = sorted(reading.roles[role]) if role == kind.symmetric_role else reading.roles[role]
            roles[role] = tuple(f"e{n + 1}" for n in numbers)
    return roles


def _status(candidates: Sequence[Candidate], later: Sequence[Scope], date: str | None, story: Story) -> str:
    """The status that most speaks for: the words of each sentence, the network, and what later became of the deal."""
    votes = dict.fromkeys(vocabulary.STATUSES, 0.0)
    shares = next((candidate.statuses for candidate in candidates if candidate.statuses is not None), None)
    for status, share in zip(vocabulary.STATUSES, shares or (), strict=False):
        votes[status] += share
    over: set[str] = set()
    weight = 1.0
    for candidate in candidates:
        verdict = status_of(candidate, story.doc)
        if verdict.sure and verdict.status in _STRONG:
            votes[verdict.status] += 0.0 if verdict.status in over else _STRONG_VOTE
            over.add(verdict.status)
        else:
            votes[verdict.status] += weight * (_SURE_VOTE if verdict.sure else _UNSURE_VOTE)
        weight *= _DECAY
    for scope in later:
        if (told := later_status(story.doc, scope.at, scope.start)) is not None:
            votes[told] += _LATER_VOTE
    status = max(votes, key=lambda name: votes[name])
    lasts = candidates[0].type == "LegalDispute"  # lawsuits go on for years
    return "in_effect" if status == "announced" and not lasts and _is_long_ago(date, story.published) else status


def _is_long_ago(date: str | None, published: str | None) -> bool:
    """Whether the deal dates from before the last year: an old announcement told in passing has been carried out."""
    return bool(date and published and int(published[:4]) - int(date[:4]) > 1)


def _state_status(candidates: Sequence[Candidate], doc: Doc, title: str | None) -> str:
    former = words("titles", "former")
    if title and (set(title.lower().replace("-", " ").split()) & former):
        return "terminated"
    firm = former - {"late", "outgoing", "past", "previous"}
    for candidate in candidates:
        before = doc[max(candidate.start, candidate.trigger - _LOOK_BACK) : candidate.trigger + 1]
        if candidate.type in {"Role", "Ownership"} and any(token.lower_ in firm for token in before):
            return "terminated"
    return "in_effect"


def _title(candidates: Sequence[Candidate]) -> str | None:
    titles = [" ".join(c.title.split()) for c in candidates if c.title]
    return max(titles, key=lambda t: (titles.count(t), len(t), t)) if titles else None


def _evidence(scopes: Sequence[Scope], story: Story) -> tuple[Evidence, ...]:
    """The sentences that state the fact; the first one tells most."""
    found: dict[int, Evidence] = {}
    for scope in scopes:
        start, end = story.words(scope.start, scope.end)
        found.setdefault(start, Evidence(start, end, story.text[start:end]))
    return tuple(list(found.values())[:_MOST_EVIDENCE])


def _support(candidates: Iterable[Candidate], story: Story) -> Iterator[Support]:
    """What each component read, in the sentences in which it read it."""
    for candidate in candidates:
        for reason in candidate.reasons:
            yield Support(*story.words(reason.start, reason.end), reason.component, round(reason.confidence, 3))


def _told_at(candidate: Candidate, story: Story) -> Candidate:
    """Put a deal that the network read at the word that tells of it: the network itself only knows its two parties."""
    if any(reason.component != NETWORK for reason in candidate.reasons) or candidate.type not in vocabulary.DEAL_TYPES:
        return candidate
    ends = story.closest(candidate.start, candidate.end, [n for ns in candidate.roles.values() for n in ns])
    if ends is None:
        return candidate
    at = trigger_of(story.doc, candidate.type, (candidate.start, candidate.end), *ends)
    return candidate if at is None else replace(candidate, trigger=at)
