"""Text → entities and facts with their evidence: a spaCy pipeline, one component a file.

In the order of work: ``kg_layout`` (before the model), the model's own tagger, parser and named entities, ``kg_names``,
``kg_entities``, ``kg_nominals``, ``kg_money``, ``kg_stakes``, ``kg_dates``, ``kg_relations``, ``kg_facts``.
"""

from __future__ import annotations

from kg.extraction.pipeline import DEFAULT_MODEL, PIPELINES, Extractor, components, load

__all__ = ["DEFAULT_MODEL", "PIPELINES", "Extractor", "components", "load"]
