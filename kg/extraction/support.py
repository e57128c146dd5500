"""What components read → the ``support`` of a fact: each reading once, in the order of the text, and not too many."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Support

MOST = 8
"""How much support a fact lists: a deal that an article tells twenty times is explained by a few of them."""


def listed(found: Iterable[Support]) -> tuple[Support, ...]:
    """Return the surest reading of each component in each stretch of text.

    Of too many, each component's surest one comes before any component's second, so that the surest component cannot
    crowd out the others.
    """
    once: dict[tuple[int, int, str], Support] = {}
    for support in sorted(found, key=_surest_first):
        once.setdefault((support.start, support.end, support.component), support)
    first: dict[str, Support] = {}
    for support in once.values():
        first.setdefault(support.component, support)
    kept = sorted(once.values(), key=lambda s: (first[s.component] is not s, _surest_first(s)))[:MOST]
    return tuple(sorted(kept))


def _surest_first(support: Support) -> tuple[float, Support]:
    return -support.confidence, support
