"""Candidates → readings: what several sentences say of one fact is put together, and rival readings are settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from kg import vocabulary
from kg.extraction.attributes import stake_of
from kg.extraction.candidates import Candidate
from kg.extraction.lexicon import words
from kg.extraction.story import Scope, Story

_SAME_STORY = 60  # tokens between two sentences that may tell the two sides of one deal
_MAJORITY = 0.5
_CONTROLLING = frozenset({"control", "controlling", "majority"})
_AS_ACQUISITION = {"investor": "acquirer", "investee": "target", "seller": "seller"}
_FOR_COMPANY = frozenset({"Acquisition", "Investment", "Merger", "JointVenture", "Partnership", "Divestment"})
# Deal types that one pair of parties hardly has at once in one article: one wording was read in two ways.
_RIVALS = (
    frozenset({"Acquisition", "Merger", "Investment", "Divestment"}),
    frozenset({"Partnership", "JointVenture", "Merger"}),
    frozenset({"Investment", "Financing"}),
)


@dataclass(slots=True)
class Reading:
    """One fact under construction: its roles, its candidates in the order of the text, and how sure they make it."""

    type: str
    roles: dict[str, list[int]]
    candidates: list[Candidate] = field(default_factory=list)
    confidence: float = 0.0

    def fillers(self) -> list[int]:
        """Return every entity that fills a role."""
        return [number for numbers in self.roles.values() for number in numbers]

    def pairs(self) -> set[frozenset[int]]:
        """Return the pairs of entities that the reading links."""
        return {frozenset(pair) for pair in combinations(self.fillers(), 2)}


def readings(story: Story, candidates: Iterable[Candidate]) -> list[Reading]:
    """Return one reading for each fact that the candidates tell, in the order of their first sentence."""
    merged: list[Reading] = []
    by_filler: dict[tuple[str, int], list[Reading]] = {}
    told = [_by_control(candidate, story) for candidate in candidates]
    for candidate in sorted(_completed(_by_company(told), story), key=lambda c: (c.start, c.trigger, c.type)):
        fillers = [n for numbers in candidate.roles.values() for n in numbers]
        near = {id(r): r for n in fillers for r in by_filler.get((candidate.type, n), ())}
        same = next((reading for reading in near.values() if _compatible(reading, candidate)), None)
        if same is None:
            same = Reading(candidate.type, {role: list(numbers) for role, numbers in candidate.roles.items()})
            merged.append(same)
        else:
            _join(same, candidate)
        same.candidates.append(candidate)
        for n in fillers:
            known = by_filler.setdefault((candidate.type, n), [])
            if not any(reading is same for reading in known):
                known.append(same)
    for reading in merged:
        reading.confidence = round(max(candidate.confidence for candidate in reading.candidates), 3)
    return _settled(merged)


def _by_company(candidates: list[Candidate]) -> list[Candidate]:
    """An executive who is introduced as such and deals in the same sentence deals for the company."""
    executives = words("titles", "company_heads") - {"founder", "co-founder"}
    company: dict[tuple[int, int], int] = {}
    for candidate in candidates:
        if candidate.type == "Role" and candidate.title and candidate.title.lower() in executives:
            company[candidate.start, candidate.roles["person"][0]] = candidate.roles["organization"][0]
    for candidate in candidates:
        if candidate.type in _FOR_COMPANY:
            others = {n for numbers in candidate.roles.values() for n in numbers}
            for role, numbers in candidate.roles.items():
                swapped = [company.get((candidate.start, n), n) for n in numbers]
                candidate.roles[role] = [
                    new if new == old or new not in others else old for new, old in zip(swapped, numbers, strict=True)
                ]
    return candidates


def _by_control(candidate: Candidate, story: Story) -> Candidate:
    """Buying a majority, all or control of a company is no minority investment but an acquisition."""
    if candidate.type != "Investment" or "investor" not in candidate.roles:
        return candidate
    words_here = {token.lower_ for token in story.doc[candidate.start : candidate.end]}
    stake = stake_of(Scope(candidate.start, candidate.end, candidate.trigger), story, set(candidate.roles["investee"]))
    if (stake is None and words_here & _CONTROLLING) or (stake is not None and stake > _MAJORITY):
        candidate.type = "Acquisition"
        candidate.roles = {_AS_ACQUISITION[role]: numbers for role, numbers in candidate.roles.items()}
    return candidate


def _completed(candidates: list[Candidate], story: Story) -> list[Candidate]:
    """Fill the target of a bid that names none: the other company of its sentence, else that of other sentences."""
    targets = Counter(n for c in candidates if c.type == "Acquisition" for n in c.roles.get("target", ()))
    for candidate in candidates:
        if candidate.missing == "target":
            bidders = candidate.roles["acquirer"]
            here = [n for n in story.companies(candidate.start, candidate.end) if n not in bidders]
            known = here if len(here) == 1 else [n for n in targets if n not in bidders]
            if known:
                candidate.roles["target"] = [min(known, key=lambda n: (n not in here, -targets[n], n))]
    return [candidate for candidate in candidates if candidate.missing is None or candidate.missing in candidate.roles]


def _compatible(reading: Reading, candidate: Candidate) -> bool:
    kind = vocabulary.fact_type(reading.type)
    if kind.symmetric_role:
        mine, other = set(reading.roles[kind.symmetric_role]), set(candidate.roles[kind.symmetric_role])
        return mine == other if reading.type == "Competition" else mine <= other or other <= mine
    shared = [role for role in reading.roles if role in candidate.roles]
    if len(shared) < min(2, len(reading.roles)) and shared != list(candidate.roles):
        return False
    return all(set(reading.roles[role]) & set(candidate.roles[role]) for role in shared)


def _join(reading: Reading, candidate: Candidate) -> None:
    taken = set(reading.fillers())
    kind = vocabulary.fact_type(reading.type)
    for role, numbers in candidate.roles.items():
        most = kind.roles[role].most
        mine = list(reading.roles.get(role, ()))
        for number in numbers:
            if number not in taken and (most is None or len(mine) < most):
                mine.append(number)
                taken.add(number)
        if mine:
            reading.roles[role] = mine


# -- rivals ---------------------------------------------------------------------------------------------------------


def _settled(merged: list[Reading]) -> list[Reading]:
    """Of rival readings of one pair keep the one that the text supports most, and see who sold what was bought."""
    dropped: set[int] = set()
    for one, other in _with_common_pairs(merged):
        loser = _loser(one, other)
        if loser is not None:
            dropped.add(id(loser))
            if all(candidate.weak for candidate in loser.candidates):
                (other if loser is one else one).candidates += loser.candidates
    kept = [reading for reading in merged if id(reading) not in dropped]
    absorbed = {id(sale) for sale in kept if sale.type == "Divestment" and _absorbed(sale, kept)}
    return [reading for reading in kept if id(reading) not in absorbed]


def _with_common_pairs(merged: Sequence[Reading]) -> Iterator[tuple[Reading, Reading]]:
    """Yield the deals two by two that link the same two entities in different ways."""
    by_pair: dict[frozenset[int], list[int]] = {}
    for number, reading in enumerate(merged):
        if vocabulary.fact_type(reading.type).is_deal:
            for pair in reading.pairs():
                by_pair.setdefault(pair, []).append(number)
    together = {two for numbers in by_pair.values() for two in combinations(numbers, 2)}
    for one, other in sorted(together):
        if merged[one].type != merged[other].type:
            yield merged[one], merged[other]


def _loser(one: Reading, other: Reading) -> Reading | None:
    weak = [all(candidate.weak for candidate in reading.candidates) for reading in (one, other)]
    if weak[0] != weak[1]:
        return one if weak[0] else other
    if not any({one.type, other.type} <= group for group in _RIVALS):
        return None
    return min((one, other), key=lambda r: (r.confidence, -r.candidates[0].start))


def _absorbed(sale: Reading, kept: Sequence[Reading]) -> bool:
    """Whether a sale without a buyer is the other side of a purchase, which then gets its seller."""
    sold, sellers = set(sale.roles.get("target", ())), sale.roles["seller"]
    found = False
    for deal in kept:
        if deal.type == "Merger" and sold & set(deal.roles["party"]):
            found = True
        if deal.type not in {"Acquisition", "Investment"}:
            continue
        target = set(deal.roles.get("target", deal.roles.get("investee", ())))
        if sold & target or (not sold and set(sellers) & set(deal.roles.get("seller", ()))):
            if not _close(sale, deal):
                continue
            found = True
            if not deal.roles.get("seller") and not set(sellers) & set(deal.fillers()):
                deal.roles["seller"] = list(sellers)
    return found


def _close(one: Reading, other: Reading) -> bool:
    """Whether two readings are told so near each other that they may be two sides of one deal."""
    return any(abs(a.start - b.start) <= _SAME_STORY for a in one.candidates for b in other.candidates)
