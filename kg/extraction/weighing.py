"""``kg_weigh``: joins what the rules and the network read into one list of candidates with calibrated confidence.

The confidence of a link between two entities is a logistic regression over what speaks for it: the network's logit, the
rules' own confidence, and the type of the fact. It is fitted on articles that neither was made from; ``kg evaluate``
shows how far the confidences hold elsewhere.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg import vocabulary
from kg.errors import ModelError
from kg.extraction.candidates import NETWORK, Candidate, Reason, fitting
from kg.extraction.encoder import WEIGHTS, read_card
from kg.extraction.learned import UNSEEN, Links, Told
from kg.extraction.links import Link, PairLink
from kg.extraction.segments import HEADING
from kg.extraction.state import register

_HEADING_DISCOUNT = 0.85
_SURE = 0.95
_LEAST, _MOST = 0.001, 0.999  # nothing read in a text is impossible or certain
_LOWEST = 0.1  # facts less sure than that are not listed, whatever the user asks for


@dataclass(frozen=True, slots=True)
class Balance:
    """The weights of one pipeline's regression, and the least confidences of the deals and states that are listed.

    ``network`` weighs the network's logit where no rule reads the link, ``seconded`` where one does; ``ruled`` and
    ``rule`` stand for a rule's reading and its log odds.
    """

    bias: float
    network: float
    seconded: float
    ruled: float
    rule: float
    types: Mapping[str, float]
    least_deal: float
    least_state: float

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Balance:
        """Make one of the entry of a model card."""
        bias, network, seconded, ruled, rule = (data[n] for n in ("bias", "network", "seconded", "ruled", "rule"))
        return cls(bias, network, seconded, ruled, rule, data["types"], data["least_deal"], data["least_state"])

    def least(self, type_name: str) -> float:
        """Return the confidence from which on a fact of this type is worth listing."""
        return self.least_deal if vocabulary.fact_type(type_name).is_deal else self.least_state

    def confidence(self, link: Link, logit: float | None, rule: float | None) -> float:
        """Return the probability that a link is right, from the network's logit and the rules' confidence in it."""
        seen = max(UNSEEN, UNSEEN if logit is None else logit)
        score = self.bias + self.types.get(link.type, 0.0)
        if rule is None:
            score += self.network * seen
        else:
            score += self.seconded * seen + self.ruled + self.rule * logit_of(rule)
        return min(_MOST, max(_LEAST, 1.0 / (1.0 + math.exp(-score))))


def logit_of(probability: float) -> float:
    """Return the log odds of a probability, kept away from certainty."""
    kept = min(_SURE, max(1 - _SURE, probability))
    return math.log(kept / (1 - kept))


def balance(weights: Path, pipeline: str) -> Balance:
    """Return the regression of a pipeline (``default`` or ``fast``) from the card of a folder of weights."""
    try:
        return Balance.read(read_card(weights)["balance"][pipeline])
    except (KeyError, TypeError) as error:
        raise ModelError(f"{weights} holds no weights that kg train made ({error!r}); name another folder") from None


@Language.factory(
    "kg_weigh",
    default_config={"weights": None, "pipeline": "default"},
    requires=["doc._.kg_candidates"],
    assigns=["doc._.kg_candidates"],
)
class KgWeigh:
    """Gives the candidates of the rules their confidence, and adds those of the network.

    Facts are listed from confidence ``doc.user_data["kg_least"]`` on, or else from the ones that training found best.
    """

    def __init__(  # spaCy gives the first two
        self,
        nlp: Language,  # noqa: ARG002
        name: str,  # noqa: ARG002
        weights: str | None,
        pipeline: str,
    ) -> None:
        self.balance = balance(Path(weights) if weights else WEIGHTS, pipeline)

    def __call__(self, doc: Doc) -> Doc:
        """Replace ``doc._.kg_candidates``."""
        register()
        least = doc.user_data.get("kg_least")
        doc._.kg_least = self.balance.least if least is None else lambda _type: least
        doc._.kg_candidates = weigh(doc, self.balance)
        return doc


def weigh(doc: Doc, balance: Balance) -> list[Candidate]:
    """Return the candidates of rules and network with calibrated confidence, in the order of the text."""
    candidates: Sequence[Candidate] = doc._.kg_candidates or ()
    told: Links = doc._.kg_links or {}
    rules = ruled(doc, candidates)
    sure = {
        key: balance.confidence(key[0], told[key].logit if key in told else None, rules.get(key))
        for key in {*told, *rules}
    }
    for candidate in candidates:
        keys = list(pair_links(candidate.type, candidate.roles))
        candidate.confidence = (
            sum(sure[key] for key in keys) / len(keys)
            if keys
            else balance.confidence(Link(candidate.type, "", ""), None, candidate.confidence)
        )
        if seen := [told[key] for key in keys if key in told]:
            surest = max(seen, key=lambda t: t.logit)
            candidate.statuses = surest.statuses
            candidate.reasons.append(_reason(surest))
    more = list(_read_by_network(doc, told, sure, set(rules)))
    return sorted([*candidates, *more], key=lambda c: (c.start, c.trigger, c.type))


def _reason(told: Told) -> Reason:
    """What the network by itself says of a link."""
    return Reason(NETWORK, 1.0 / (1.0 + math.exp(-told.logit)), told.start, told.end)


def pair_links(type_name: str, roles: Mapping[str, Sequence[int]]) -> Iterator[PairLink]:
    """Yield the links of a fact, each in its one direction; symmetric ones with the lower number first."""
    kind = vocabulary.fact_type(type_name)
    fillers = [(role, n) for role in kind.roles for n in roles.get(role, ())]
    order = list(kind.roles)
    for (role, a), (other, b) in permutations(fillers, 2):
        if a == b or order.index(role) > order.index(other):
            continue
        if role == other and (role != kind.symmetric_role or a > b):
            continue
        yield Link(type_name, role, other), a, b


def ruled(doc: Doc, candidates: Iterable[Candidate]) -> dict[PairLink, float]:
    """Return the confidence of the rules in each link: sentences add up as independent evidence (noisy or)."""
    best: dict[PairLink, dict[int, float]] = {}
    prose = doc._.kg_prose
    for candidate in candidates:
        heading = prose is not None and prose[candidate.start] == HEADING
        confidence = candidate.confidence * (_HEADING_DISCOUNT if heading else 1.0)
        for key in pair_links(candidate.type, candidate.roles):
            sentences = best.setdefault(key, {})
            sentences[candidate.start] = max(sentences.get(candidate.start, 0.0), min(_SURE, confidence))
    return {key: 1.0 - math.prod(1.0 - each for each in sentences.values()) for key, sentences in best.items()}


# -- the network's links as candidates ---------------------------------------------------------------------------------


@dataclass(slots=True)
class _Fact:
    """Links put together: the first two roles of a deal, and who else has a part in it."""

    type: str
    roles: dict[str, list[int]]
    told: Told
    links: list[float] = field(default_factory=list)


def _read_by_network(
    doc: Doc, told: Links, sure: Mapping[PairLink, float], known: set[PairLink]
) -> Iterator[Candidate]:
    facts: list[_Fact] = []
    at: defaultdict[tuple[str, int], list[_Fact]] = defaultdict(list)
    # Where rules and network read one deal of two entities, the rules say who plays which role.
    settled = {(link.type, frozenset(ends)) for link, *ends in known}
    chosen = [key for key in told if sure[key] >= _LOWEST and (key[0].type, frozenset(key[1:])) not in settled]
    for key in sorted(chosen, key=lambda k: (-sure[k], k[1], k[2], k[0].type, k[0].head, k[0].tail)):
        link, a, b = key
        here = at[link.type, told[key].start]
        joined = next((fact for fact in here if _joins(fact, key)), None)
        if joined is not None:
            for role, n in ((link.head, a), (link.tail, b)):
                if n not in joined.roles.setdefault(role, []):
                    joined.roles[role].append(n)
            joined.links.append(sure[key])
        else:
            roles = {link.head: [a]}
            roles.setdefault(link.tail, []).append(b)
            facts.append(_Fact(link.type, roles, told[key], [sure[key]]))
            here.append(facts[-1])
    told_of: set[tuple[str, int, frozenset[int]]] = set()
    for fact in facts:
        roles = fitting(fact.type, fact.roles, doc._.kg_nodes) or {}
        parties = frozenset(n for numbers in roles.values() for n in numbers)
        # Of three parties who change roles between readings of one sentence the surest reading counts.
        again = len(parties) > 2 and (fact.type, fact.told.start, parties) in told_of
        told_of.add((fact.type, fact.told.start, parties))
        if roles and not again:
            yield Candidate(
                fact.type,
                roles,
                fact.told.trigger,
                fact.told.start,
                fact.told.end,
                max(fact.links),
                reasons=[_reason(fact.told)],
                statuses=fact.told.statuses,
            )


def _joins(fact: _Fact, key: PairLink) -> bool:
    """Whether a link adds a further role to a fact of its type that the network reads in the same place: its seller."""
    link, a, b = key
    if link.is_symmetric:
        return False
    mine = {(role, n) for role, numbers in fact.roles.items() for n in numbers}
    ends = {(link.head, a), (link.tail, b)}
    new = ends - mine
    return len(new) == 1 and next(iter(new))[0] not in fact.roles
