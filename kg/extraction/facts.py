"""Candidates → facts: each reading gets its status, amount, stake, date, title and evidence.

Facts that the vocabulary calls impossible are dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc

from kg import vocabulary
from kg.extraction.attributes import Scope, amount_of, date_of, stake_of
from kg.extraction.candidates import Candidate
from kg.extraction.followups import comentions, followups
from kg.extraction.lexicon import words
from kg.extraction.merging import Reading, readings
from kg.extraction.segments import HEADING
from kg.extraction.state import Node
from kg.extraction.status import later_status, status_of
from kg.model import Evidence, Fact

_WITH_STAKE = frozenset({"Acquisition", "Investment", "Ownership", "JointVenture", "Divestment"})
_MOST_EVIDENCE = 3
_STRONG = ("denied", "terminated")
_LOOK_BACK = 8  # tokens before a trigger in which "former" ends a state


def assemble(doc: Doc, candidates: Iterable[Candidate]) -> list[Fact]:
    """Return the facts that the candidates of one document state together, ordered by their first evidence."""
    facts = [fact for reading in readings(doc, candidates) if (fact := _fact(reading, doc)) is not None]
    facts.sort(key=lambda fact: (min(fact.evidence).start, fact.type, sorted(fact.roles.items())))
    return facts


def _fact(reading: Reading, doc: Doc) -> Fact | None:
    kind = vocabulary.fact_type(reading.type)
    ordered = _body_first(reading.candidates, doc)
    scopes = [Scope(c.start, c.end, c.trigger) for c in ordered]
    later = followups(doc, reading.type, ordered) if kind.is_deal else []
    title = _title(ordered) if reading.type == "Role" else None
    status = _status(ordered, later, doc) if kind.is_deal else _state_status(ordered, doc, title)
    near = comentions(doc, reading.fillers()) if kind.is_deal else []
    everywhere = [*scopes, *later, *near]
    stake = (
        next((s for scope in everywhere if (s := stake_of(scope, doc)) is not None), None)
        if reading.type in _WITH_STAKE
        else None
    )
    first = [
        *sorted(scopes, key=lambda scope: scope.start),
        *later,
        *near,
    ]  # the headline's amount is the one that counts
    amount = next((m for scope in first if (m := amount_of(scope, doc)) is not None), None) if kind.is_deal else None
    date = next((d for scope in everywhere if (d := date_of(scope, doc)) is not None), None) if kind.is_deal else None
    if status == "announced" and _is_long_ago(date, doc):
        status = "in_effect"
    roles = _roles(reading)
    nodes: Sequence[Node] = doc._.kg_nodes
    types = {f"e{n + 1}": nodes[n].type for n in reading.fillers()}
    if vocabulary.problems(reading.type, roles, status, stake, types):
        return None
    evidence = _evidence(scopes, doc)
    return Fact(reading.type, roles, status, evidence, amount, stake, date, title, reading.confidence)


def _body_first(candidates: Sequence[Candidate], doc: Doc) -> list[Candidate]:
    prose = doc._.kg_prose
    return sorted(candidates, key=lambda c: (prose is not None and prose[c.start] == HEADING, c.start, -c.confidence))


def _roles(reading: Reading) -> dict[str, tuple[str, ...]]:
    """Name the fillers, roles in the vocabulary's order, equal partners in the order of the text."""
    kind = vocabulary.fact_type(reading.type)
    roles = {}
    for role in kind.roles:
        if role in reading.roles:
            numbers = sorted(reading.roles[role]) if role == kind.symmetric_role else reading.roles[role]
            roles[role] = tuple(f"e{n + 1}" for n in numbers)
    return roles


def _status(candidates: Sequence[Candidate], later: Sequence[Scope], doc: Doc) -> str:
    """The first sentence of the body decides, unless a later one says that the deal is off, denied or done."""
    found = [status_of(candidate, doc)[0] for candidate in candidates]
    told = [status for scope in later if (status := later_status(doc, scope.at, scope.start))]
    strong = [status for status in [*found, *told] if status in _STRONG]
    return next(iter([*strong, *told, *found]))


def _is_long_ago(date: str | None, doc: Doc) -> bool:
    """Whether the deal dates from before the last year: an old announcement told in passing has been carried out."""
    document = doc._.kg_document
    published = document.published if document is not None else None
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


def _evidence(scopes: Sequence[Scope], doc: Doc) -> tuple[Evidence, ...]:
    """The sentences that state the fact, without the white space around them; the first one tells most."""
    found: dict[int, Evidence] = {}
    for scope in scopes:
        start, last = doc[scope.start].idx, doc[scope.end - 1]
        quote = doc.text[start : last.idx + len(last)]
        start += len(quote) - len(quote.lstrip())
        quote = quote.strip()
        found.setdefault(start, Evidence(start, start + len(quote), quote))
    return tuple(list(found.values())[:_MOST_EVIDENCE])
