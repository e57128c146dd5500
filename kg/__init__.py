"""``kg`` reads business news and answers, with proof, who does business with whom.

::

    import kg

    graph = kg.build(["article.html"])
    graph.deals("Alibaba")
    graph.query("SELECT ?a ?b WHERE { ?a ckg:jointVentureWith ?b }")
    graph.write("deals.ttl")

Names are loaded when they are first used, so that ``import kg`` is quick and loads no language model.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.building import BuildReport, build, extract, open  # noqa: A004 - read as ``kg.open("folder")``
    from kg.errors import (
        ExportError,
        KgError,
        ModelError,
        QueryError,
        SourceError,
        StoreError,
        UnknownNameError,
        VocabularyError,
    )
    from kg.graph import Graph
    from kg.listing import DealList
    from kg.model import (
        Claim,
        Deal,
        Document,
        Edge,
        Entity,
        Evidence,
        Extraction,
        Fact,
        Identity,
        Mention,
        Money,
        StatusStep,
        Support,
    )
    from kg.store.results import QueryResult

_HOMES = {
    "kg.building": ("BuildReport", "build", "extract", "open"),
    "kg.errors": (
        "ExportError",
        "KgError",
        "ModelError",
        "QueryError",
        "SourceError",
        "StoreError",
        "UnknownNameError",
        "VocabularyError",
    ),
    "kg.graph": ("Graph",),
    "kg.listing": ("DealList",),
    "kg.model": (
        "Claim",
        "Deal",
        "Document",
        "Edge",
        "Entity",
        "Evidence",
        "Extraction",
        "Fact",
        "Identity",
        "Mention",
        "Money",
        "StatusStep",
        "Support",
    ),
    "kg.store.results": ("QueryResult",),
}

__all__ = [
    "BuildReport",
    "Claim",
    "Deal",
    "DealList",
    "Document",
    "Edge",
    "Entity",
    "Evidence",
    "ExportError",
    "Extraction",
    "Fact",
    "Graph",
    "Identity",
    "KgError",
    "Mention",
    "ModelError",
    "Money",
    "QueryError",
    "QueryResult",
    "SourceError",
    "StatusStep",
    "StoreError",
    "Support",
    "UnknownNameError",
    "VocabularyError",
    "build",
    "extract",
    "open",
]


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            value = getattr(import_module(home), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'kg' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
