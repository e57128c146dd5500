"""Claims of all documents → deals, and deals → edges.

Claims of one type tell of one deal when their core agrees: the fillers of every required role, the one filler of an
optional role (the target of an acquisition, the vehicle of a joint venture) and the job title. A claim that leaves such
an optional part out joins the one deal that it fits; when it fits several, it stays a deal of its own. The result is a
pure function of the claims and does not depend on their order.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Claim, Deal, Edge
from kg.resolution.names import normalise_title, slug
from kg.resolution.timeline import Timeline, claim_order
from kg.vocabulary import FACT_TYPES, FIRM_STATUSES, REPORTED_STATUSES, FactType, problems

_LONGEST_SLUG = 80


@dataclass(frozen=True, order=True)
class _Core:
    """What claims must agree on to tell of one deal; ``optional`` holds what a thinner claim may leave out."""

    type: str
    required: tuple[tuple[str, str], ...]
    optional: tuple[tuple[str, str], ...]

    def fits(self, fuller: _Core) -> bool:
        """Tell whether a claim with this core may tell of a deal with the fuller one."""
        return (
            len(self.required) + len(self.optional) > 1
            and self.type == fuller.type
            and self.required == fuller.required
            and len(self.optional) < len(fuller.optional)
            and set(self.optional) <= set(fuller.optional)
        )


def consolidate(claims: Iterable[Claim], names: Mapping[str, str]) -> tuple[Deal, ...]:
    """Return the deals and states that the claims tell, in the order of their ids.

    ``names`` gives each identity's name for the labels. A claim that cannot be once its fillers are identified (both
    partners turned out to be the same company) makes no deal.
    """
    cells: dict[_Core, list[Claim]] = defaultdict(list)
    for claim in claims:
        if not problems(claim.fact.type, claim.roles, claim.fact.status, claim.fact.stake):
            cells[_core(claim)].append(claim)
    deals = (_deal(core, found, names) for core, found in _unite(cells).items())
    return tuple(sorted(deals, key=lambda deal: deal.id))


def edges(deals: Iterable[Deal]) -> tuple[Edge, ...]:
    """Return the edges that follow from deals: plain ones from what is firm, reported ones from rumours and talks."""
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for deal in deals:
        for rule in FACT_TYPES[deal.type].edges:
            predicate = _predicate(deal.status, rule.property, rule.reported)
            if predicate is None:
                continue
            for subject in deal.roles.get(rule.subject_role, ()):
                for target in deal.roles.get(rule.object_role, ()):
                    if subject != target:
                        found[subject, predicate, target].add(deal.id)
    return tuple(Edge(*key, deals=tuple(sorted(ids))) for key, ids in sorted(found.items()))


def _predicate(status: str, firm: str, reported: str | None) -> str | None:
    if status in FIRM_STATUSES:
        return firm
    return reported if status in REPORTED_STATUSES else None


def _core(claim: Claim) -> _Core:
    kind = FACT_TYPES[claim.fact.type]
    required, optional, others = set(), set(), set()
    for role in kind.roles.values():
        fillers = {(role.name, filler) for filler in claim.roles.get(role.name, ())}
        if role.least > 0:
            required |= fillers
        elif role.most == 1:
            optional |= fillers
        else:
            others |= fillers
    if len(required | optional) < 2:
        # A purchase without a named target is known by its seller.
        optional |= others
    if claim.fact.title is not None:
        optional.add(("title", normalise_title(claim.fact.title)))
    return _Core(kind.name, tuple(sorted(required)), tuple(sorted(optional)))


def _unite(cells: Mapping[_Core, list[Claim]]) -> dict[_Core, list[Claim]]:
    """Join each thinner cell with the one fuller cell that it fits."""
    by_required: dict[tuple[str, tuple[tuple[str, str], ...]], list[_Core]] = defaultdict(list)
    for core in cells:
        by_required[core.type, core.required].append(core)
    united: dict[_Core, list[Claim]] = defaultdict(list)
    for core, claims in cells.items():
        rivals, home = by_required[core.type, core.required], core
        while (fuller := _fuller(home, rivals, cells)) is not None:
            home = fuller
        united[home] += claims
    return united


def _fuller(core: _Core, rivals: Sequence[_Core], cells: Mapping[_Core, list[Claim]]) -> _Core | None:
    fuller = [rival for rival in rivals if core.fits(rival)]
    sellers = {value for role, value in core.optional if role == "seller"}
    if sellers:
        # Known by its seller: it joins the purchase of a target that some claim says came from that seller.
        fuller += [rival for rival in rivals if sellers <= _sellers(cells[rival], rival)]
    return fuller[0] if len(fuller) == 1 else None


def _sellers(claims: Sequence[Claim], core: _Core) -> set[str]:
    if any(role == "seller" for role, _ in core.optional):
        return set()
    return {seller for claim in claims for seller in claim.roles.get("seller", ())}


def _deal(core: _Core, claims: Sequence[Claim], names: Mapping[str, str]) -> Deal:
    kind = FACT_TYPES[core.type]
    timeline = Timeline(claims)
    roles = _roles(kind, claims)
    title = timeline.title()
    return Deal(
        id=_id(kind, core, roles),
        type=kind.name,
        label=_label(kind, roles, title, names),
        status=timeline.status,
        roles=roles,
        claims=tuple(sorted((claim.id for claim in claims), key=claim_order)),
        history=timeline.steps,
        documents=tuple(sorted({claim.document for claim in claims})),
        amount=timeline.amount(),
        amounts=timeline.amounts(),
        stake=timeline.stake(),
        date=timeline.date(),
        title=title,
        confidence=max(claim.fact.confidence for claim in claims),
    )


def _roles(kind: FactType, claims: Sequence[Claim]) -> dict[str, tuple[str, ...]]:
    found = {
        role: tuple(sorted({filler for claim in claims for filler in claim.roles.get(role, ())})) for role in kind.roles
    }
    return {role: fillers for role, fillers in found.items() if fillers}


def _id(kind: FactType, core: _Core, roles: Mapping[str, Sequence[str]]) -> str:
    key = "\0".join((core.type, *(f"{role}={value}" for role, value in (*core.required, *core.optional))))
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    people = [filler.partition("/")[2] for fillers in roles.values() for filler in fillers]
    readable = slug("-".join((kind.name, *people)))[:_LONGEST_SLUG].rstrip("-")
    return f"{'deal' if kind.is_deal else 'state'}/{readable}-{digest}"


def _label(kind: FactType, roles: Mapping[str, Sequence[str]], title: str | None, names: Mapping[str, str]) -> str:
    sides = [" and ".join(names.get(filler, filler) for filler in fillers) for fillers in roles.values()]
    what = kind.label if title is None else title
    return f"{' → '.join(sides)}: {what}"
