"""How far to believe what: fits the regression that joins rules and network, and picks the confidence worth listing.

Both are fitted on articles that the network was not trained on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc

from kg.errors import ModelError
from kg.evaluation import compare, figures
from kg.extraction.learned import UNSEEN, Told
from kg.extraction.links import PairLink
from kg.extraction.result import kg_facts
from kg.extraction.weighing import Balance, logit_of, ruled, weigh
from kg.learning.corpus import GoldText, links_of
from kg.model import Extraction

_STRENGTH = 0.1  # of the prior that the types do not differ; inverse, as in scikit-learn
_STEPS = [n / 100 for n in range(10, 81, 2)]


@dataclass(frozen=True, slots=True)
class _Row:
    """One link between two entities of one text: what speaks for it, and whether it is true."""

    key: PairLink
    logit: float | None
    rule: float | None
    true: bool


def fit(texts: Sequence[GoldText], read: Callable[[], Sequence[Doc]]) -> dict[str, Any]:
    """Return the ``balance`` of a model card: for each pipeline its regression and least confidence.

    ``read`` gives the texts' documents with the candidates of the rules and the links of the network, anew each time
    (weighing changes candidates). Raises ``ModelError`` when the texts tell too little to weigh by.
    """
    rows = [row for text, doc in zip(texts, read(), strict=True) for row in _rows(text, doc)]
    balance = _with_least(_fit(rows, True), texts, read())
    fast = read()
    for doc in fast:
        doc._.kg_links = {}
    of_rules = _with_least(_fit([row for row in rows if row.rule is not None], False), texts, fast)
    return {"default": asdict(balance), "fast": asdict(of_rules)}


def _rows(text: GoldText, doc: Doc) -> list[_Row]:
    told: Mapping[PairLink, Told] = doc._.kg_links
    rules = ruled(doc, doc._.kg_candidates)
    linked, free = links_of(text, doc)
    return [
        _Row(key, told[key].logit if key in told else None, rules.get(key), key in linked)
        for key in sorted({*told, *rules}, key=lambda key: (key[0].type, key[0].head, key[0].tail, *key[1:]))
        if key not in free
    ]


def _fit(rows: Sequence[_Row], by_network: bool) -> Balance:
    types = sorted({row.key[0].type for row in rows})
    features = np.array(
        [
            [
                *_logits(row, by_network),
                row.rule is not None,
                0.0 if row.rule is None else logit_of(row.rule),
                *(row.key[0].type == kind for kind in types),
            ]
            for row in rows
        ],
        dtype=float,
    )
    truths = np.array([row.true for row in rows])
    if truths.all() or not truths.any():
        raise ModelError("the articles kept aside tell too little to weigh by; train on more gold articles")
    model = LogisticRegression(C=_STRENGTH, max_iter=2000).fit(features, truths)
    network, seconded, is_ruled, rule, *of_types = (round(float(weight), 4) for weight in model.coef_[0])
    by_type = dict(zip(types, of_types, strict=True))
    return Balance(round(float(model.intercept_[0]), 4), network, seconded, is_ruled, rule, by_type, 0.0, 0.0)


def _logits(row: _Row, by_network: bool) -> tuple[float, float]:
    """The network's logit, in the place for links that no rule reads, or in that for those that one does."""
    logit = max(UNSEEN, UNSEEN if row.logit is None else row.logit) if by_network else 0.0
    return (logit, 0.0) if row.rule is None else (0.0, logit)


def _with_least(balance: Balance, texts: Sequence[GoldText], docs: Sequence[Doc]) -> Balance:
    """Pick the confidences from which on F1 of deals, and that of states, is best."""
    extractions = []
    for doc in docs:
        doc._.kg_candidates = weigh(doc, balance)
        doc._.kg_least = None
        extractions.append(kg_facts(doc)._.kg)

    def best(view: str) -> float:
        return max(_STEPS, key=lambda least: (_worth(texts, extractions, least, view), -least))

    return replace(balance, least_deal=best("deals"), least_state=best("states"))


def _worth(texts: Sequence[GoldText], extractions: Sequence[Extraction], least: float, view: str) -> float:
    kept = [
        replace(found, facts=tuple(fact for fact in found.facts if fact.confidence >= least)) for found in extractions
    ]
    return figures(compare(text.gold, found, text.name) for text, found in zip(texts, kept, strict=True)).views[view].f1
