"""The shared samples are what they promise."""

from __future__ import annotations

from samples import sample_extractions


def test_offsets_fit_the_texts() -> None:
    for extraction in sample_extractions():
        text = extraction.document.text
        for entity in extraction.entities:
            assert all(text[m.start : m.end] == m.text for m in entity.mentions)
        for fact in extraction.facts:
            assert fact.evidence
            assert all(text[e.start : e.end] == e.quote for e in fact.evidence)
            assert all(extraction.entity(i) for ids in fact.roles.values() for i in ids)


def test_every_type_and_status_occurs() -> None:
    facts = [fact for extraction in sample_extractions() for fact in extraction.facts]
    assert len({fact.type for fact in facts}) == 16
    assert len({fact.status for fact in facts}) == 6
