"""Candidates → facts: readings of the same fact become one, with all their evidence; impossible ones are dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from spacy.tokens import Doc

from kg import vocabulary
from kg.extraction.attributes import amount_of, date_of, stake_of
from kg.extraction.candidates import Candidate
from kg.extraction.lexicon import words
from kg.extraction.segments import HEADING
from kg.extraction.state import Node
from kg.extraction.status import status_of
from kg.model import Evidence, Fact, Money

_WITH_STAKE = frozenset({"Acquisition", "Investment", "Ownership", "JointVenture", "Divestment"})
_MOST_EVIDENCE = 3
_HEADING_DISCOUNT = 0.85
_STRONG = ("denied", "terminated")


@dataclass(slots=True)
class _Reading:
    """One fact under construction: its candidates in the order of the text."""

    type: str
    roles: dict[str, list[int]]
    candidates: list[Candidate] = field(default_factory=list)
    confidence: float = 0.0

    def pairs(self) -> set[frozenset[int]]:
        return {frozenset(pair) for pair in combinations([n for numbers in self.roles.values() for n in numbers], 2)}


def assemble(doc: Doc, candidates: Iterable[Candidate]) -> list[Fact]:
    """Return the facts that the candidates of one document state together, ordered by their first evidence."""
    readings = _merged(candidates, doc)
    readings = _without_rivals(readings)
    facts = [fact for reading in readings if (fact := _fact(reading, doc)) is not None]
    facts.sort(key=lambda fact: (fact.evidence[0].start, fact.type, sorted(fact.roles.items())))
    return facts


# -- one fact for many readings -----------------------------------------------------------------------------------------


def _merged(candidates: Iterable[Candidate], doc: Doc) -> list[_Reading]:
    prose = doc._.kg_prose
    readings: list[_Reading] = []
    for candidate in sorted(candidates, key=lambda c: (c.start, c.trigger, c.type)):
        if prose is not None and prose[candidate.start] == HEADING:
            candidate.confidence *= _HEADING_DISCOUNT
        same = next((r for r in readings if r.type == candidate.type and _compatible(r, candidate)), None)
        if same is None:
            same = _Reading(candidate.type, {role: list(numbers) for role, numbers in candidate.roles.items()})
            readings.append(same)
        else:
            _join(same, candidate)
        same.candidates.append(candidate)
    for reading in readings:
        reading.confidence = _together(reading.candidates)
    return readings


def _together(candidates: Sequence[Candidate]) -> float:
    """Independent evidence adds up (noisy or); two patterns in one sentence count as the better of them and a little."""
    best: dict[int, float] = {}
    extra = Counter(candidate.start for candidate in candidates)
    for candidate in candidates:
        best[candidate.start] = max(best.get(candidate.start, 0.0), candidate.confidence)
    doubt = 1.0
    for start, confidence in best.items():
        doubt *= 1.0 - min(0.95, confidence + 0.05 * (extra[start] - 1))
    return round(min(0.99, 1.0 - doubt), 2)


def _compatible(reading: _Reading, candidate: Candidate) -> bool:
    kind = vocabulary.fact_type(reading.type)
    if kind.symmetric_role:
        mine, other = set(reading.roles[kind.symmetric_role]), set(candidate.roles[kind.symmetric_role])
        if reading.type == "Competition":
            return mine == other
        return mine <= other or other <= mine
    shared = [role for role in kind.roles if role in reading.roles and role in candidate.roles]
    if len([role for role in shared if not kind.roles[role].literal]) < min(2, len(reading.roles)) and shared != list(
        candidate.roles
    ):
        return False
    return all(set(reading.roles[role]) & set(candidate.roles[role]) for role in shared)


def _join(reading: _Reading, candidate: Candidate) -> None:
    taken = {n for numbers in reading.roles.values() for n in numbers}
    kind = vocabulary.fact_type(reading.type)
    for role, numbers in candidate.roles.items():
        most = kind.roles[role].most
        for number in numbers:
            mine = reading.roles.setdefault(role, [])
            if number not in taken and (most is None or len(mine) < most):
                mine.append(number)
                taken.add(number)
        if not reading.roles[role]:
            del reading.roles[role]


def _without_rivals(readings: list[_Reading]) -> list[_Reading]:
    """Of several deal types for one pair keep the one that the text supports most; weak readings give way to any other."""
    deals = [r for r in readings if vocabulary.fact_type(r.type).is_deal]
    dropped: set[int] = set()
    for one, other in combinations(deals, 2):
        if one.type != other.type and one.pairs() & other.pairs():
            loser = _loser(one, other)
            if loser is not None:
                dropped.add(id(loser))
    sellers = {
        n
        for r in deals
        if r.type in {"Acquisition", "Investment"} and id(r) not in dropped
        for n in r.roles.get("seller", ())
    }
    targets = {
        n
        for r in deals
        if r.type in {"Acquisition", "Merger"} and id(r) not in dropped
        for role in ("target", "party")
        for n in r.roles.get(role, ())
    }
    for reading in deals:
        if reading.type == "Divestment" and (
            set(reading.roles["seller"]) & sellers or set(reading.roles.get("target", ())) & targets
        ):
            dropped.add(id(reading))
    return [reading for reading in readings if id(reading) not in dropped]


_RIVALS = (
    frozenset({"Acquisition", "Merger", "Investment", "Divestment"}),
    frozenset({"Partnership", "JointVenture", "Merger"}),
    frozenset({"Investment", "Financing"}),
)


def _loser(one: _Reading, other: _Reading) -> _Reading | None:
    weak = [all(c.weak for c in reading.candidates) for reading in (one, other)]
    if weak[0] != weak[1]:
        return one if weak[0] else other
    if not any({one.type, other.type} <= group for group in _RIVALS):
        return None
    return min((one, other), key=lambda r: (sum(c.confidence for c in r.candidates), -r.candidates[0].start))


# -- the fact itself ----------------------------------------------------------------------------------------------------


def _fact(reading: _Reading, doc: Doc) -> Fact | None:
    nodes: Sequence[Node] = doc._.kg_nodes
    kind = vocabulary.fact_type(reading.type)
    prose = doc._.kg_prose
    ordered = sorted(
        reading.candidates, key=lambda c: (prose is not None and prose[c.start] == HEADING, c.start, -c.confidence)
    )
    stake = (
        next((s for c in ordered if (s := stake_of(c, doc)) is not None), None) if reading.type in _WITH_STAKE else None
    )
    title = _title(ordered) if reading.type == "Role" else None
    status = _status(ordered, doc) if kind.is_deal else _state_status(ordered, doc, title)
    amount, date = _amount(ordered, doc) if kind.is_deal else None, None
    if kind.is_deal:
        date = next((d for c in ordered if (d := date_of(c, doc)) is not None), None)
    order = {role: tuple(f"e{n + 1}" for n in reading.roles[role]) for role in kind.roles if role in reading.roles}
    types = {f"e{n + 1}": nodes[n].type for numbers in reading.roles.values() for n in numbers}
    if vocabulary.problems(reading.type, order, status, stake, types):
        return None
    return Fact(reading.type, order, status, _evidence(ordered, doc), amount, stake, date, title, reading.confidence)


def _amount(candidates: Sequence[Candidate], doc: Doc) -> Money | None:
    return next((money for c in candidates if (money := amount_of(c, doc)) is not None), None)


def _status(candidates: Sequence[Candidate], doc: Doc) -> str:
    """The first sentence of the body decides, unless a later one says that the deal is off or denied."""
    found = [status_of(candidate, doc)[0] for candidate in candidates]
    return next((status for status in found if status in _STRONG), found[0])


def _state_status(candidates: Sequence[Candidate], doc: Doc, title: str | None) -> str:
    former = words("titles", "former")
    if title and (set(title.lower().replace("-", " ").split()) & former):
        return "terminated"
    for candidate in candidates:
        before = doc[max(candidate.start, candidate.trigger - 8) : candidate.trigger + 1]
        if any(
            token.lower_ in former - {"late", "outgoing", "past", "previous"} for token in before
        ) and candidate.type in {"Role", "Ownership"}:
            return "terminated"
    return "in_effect"


def _title(candidates: Sequence[Candidate]) -> str | None:
    titles = [" ".join(c.title.split()) for c in candidates if c.title]
    return max(titles, key=lambda t: (titles.count(t), len(t), t)) if titles else None


def _evidence(candidates: Sequence[Candidate], doc: Doc) -> tuple[Evidence, ...]:
    found: dict[tuple[int, int], Evidence] = {}
    for candidate in candidates:
        start, last = doc[candidate.start].idx, doc[candidate.end - 1]
        quote = doc.text[start : last.idx + len(last)]
        lead = len(quote) - len(quote.lstrip())
        quote = quote.strip()
        start += lead
        found.setdefault((start, start + len(quote)), Evidence(start, start + len(quote), quote))
    return tuple(list(found.values())[:_MOST_EVIDENCE])
