"""An extraction becomes the quads of one graph, and comes back from them equal."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hostile import extractions
from hypothesis import HealthCheck, given, settings
from invented import Said, Told
from pyoxigraph import Literal, Quad, RdfFormat, Store, parse, serialize
from samples import sample_extractions

from kg.errors import SourceError, StoreError
from kg.model import Document, Entity, Evidence, Extraction, Fact, Mention, Support
from kg.store.claims import EXTRACTOR, ORIGIN, extraction_quads, read_extraction, read_told
from kg.store.support import SUPPORT
from kg.store.terms import document_iri

SLOW = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
ONE = Told("one", [Said("JointVenture", {"partner": ["Veltrano", "Quorvia"]})]).extraction()


@SLOW
@given(extractions())
def test_round_trip_of_hostile_words(extraction: Extraction) -> None:
    quads = extraction_quads(extraction)
    assert len(set(quads)) == len(quads)
    assert {quad.graph_name for quad in quads} == {document_iri(extraction.document.id)}
    assert read_extraction(quads) == extraction


@SLOW
@given(extractions())
def test_round_trip_through_a_store_and_text(extraction: Extraction) -> None:
    store = Store()
    store.extend(extraction_quads(extraction))
    text = serialize(store, format=RdfFormat.N_QUADS) or b""
    assert read_extraction(store) == extraction
    assert read_extraction(parse(text, format=RdfFormat.N_QUADS)) == extraction


def test_round_trip_of_the_samples() -> None:
    for extraction in sample_extractions():
        back = read_extraction(reversed(extraction_quads(extraction)))
        assert back.document == extraction.document
        assert back.facts == tuple(replace(f, evidence=tuple(sorted(f.evidence))) for f in extraction.facts)
        assert [entity.name for entity in back.entities] == [entity.name for entity in extraction.entities]


def test_a_name_of_100_kb_survives() -> None:
    name = "Näme <b>\"'\\\n" * 9000
    document = Document(name, "s", "o")
    extraction = Extraction(document, (Entity("e1", name, "Company", (), (Mention(0, len(name), name),)),), ())
    assert read_extraction(extraction_quads(extraction)) == extraction


def test_order_comes_back_as_documented() -> None:
    entity = Entity("e1", "Veltrano Motors", "Company", ("V", "A"), (Mention(4, 5, "b"), Mention(0, 1, "a")))
    back = read_extraction(extraction_quads(Extraction(Document("a   b", "s", "o"), (entity,), ())))
    assert back.entities[0].aliases == ("A", "V")
    assert [mention.start for mention in back.entities[0].mentions] == [0, 4]


def test_told_is_all_but_the_words() -> None:
    for extraction in sample_extractions():
        published, entities, facts = read_told(extraction_quads(extraction))
        assert published == extraction.document.published
        assert [entity.id for entity in entities] == [entity.id for entity in extraction.entities]
        assert [fact.roles for fact in facts] == [fact.roles for fact in extraction.facts]


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (replace(ONE, facts=(replace(ONE.facts[0], evidence=(Evidence(0, 3, "xyz"),)),)), "'xyz' do not stand at 0–3"),
        (replace(ONE, facts=(replace(ONE.facts[0], evidence=(Evidence(-1, 0, ""),)),)), "do not stand at -1–0"),
        (replace(ONE, entities=(replace(ONE.entities[0], id="claim-1"),)), "'claim-1'"),
        (replace(ONE, entities=(ONE.entities[0], ONE.entities[0])), "'e1' is used twice"),
        (replace(ONE, entities=(replace(ONE.entities[0], type="Firm"),)), "unknown type 'Firm'"),
        (replace(ONE, entities=ONE.entities[:1]), "names the entity 'e2', which is not listed"),
        (replace(ONE, facts=(replace(ONE.facts[0], support=(Support(0, 9999, "network", 0.5),)),)), "'network' read"),
        (replace(ONE, facts=(replace(ONE.facts[0], support=(Support(0, 1, "\ud83d", 0.5),)),)), "lone surrogates"),
        (Extraction(Document("half \ud83d", "src", "o"), (), ()), "lone surrogates"),
        (Extraction(Document("text", "half \ud83d", "o"), (), ()), "lone surrogates"),
    ],
)
def test_what_does_not_fit_its_document_is_refused(broken: Extraction, says: str) -> None:
    with pytest.raises(SourceError, match=says) as error:
        extraction_quads(broken)
    assert str(error.value).startswith(broken.document.source)


@pytest.mark.parametrize("missing", [EXTRACTOR, ORIGIN])
def test_a_graph_that_lacks_something_is_a_broken_store(missing: object) -> None:
    quads = [quad for quad in extraction_quads(ONE) if quad.predicate != missing]
    with pytest.raises(StoreError, match="build it again"):
        read_extraction(quads)


def test_a_graph_with_two_titles_is_a_broken_store() -> None:
    titled = replace(ONE, document=replace(ONE.document, title="one"))
    other = replace(ONE, document=replace(ONE.document, title="two"))
    quads: set[Quad] = {*extraction_quads(titled), *extraction_quads(other)}
    with pytest.raises(StoreError, match=r"exactly one .*headline and has 2"):
        read_extraction(quads)


READ = replace(ONE, facts=(replace(ONE.facts[0], support=(Support(3, 9, "verb: buy, 0.7", 0.25),)),))


def test_support_is_one_text_that_people_can_read() -> None:
    (literal,) = [quad.object for quad in extraction_quads(READ) if quad.predicate == SUPPORT]
    assert literal == Literal("verb: buy, 0.7, 0.25, characters 3–9")
    assert read_extraction(extraction_quads(READ)) == READ


def test_a_graph_from_before_support_was_kept_is_read() -> None:
    quads = [quad for quad in extraction_quads(READ) if quad.predicate != SUPPORT]
    assert read_extraction(quads) == ONE


def test_support_in_other_words_is_a_broken_store() -> None:
    quads = extraction_quads(READ)
    (found,) = [quad for quad in quads if quad.predicate == SUPPORT]
    quads.append(Quad(found.subject, SUPPORT, Literal("a feeling"), found.graph_name))
    with pytest.raises(StoreError, match="build it again"):
        read_extraction(quads)


def test_no_quads_are_no_document() -> None:
    with pytest.raises(StoreError, match="0 documents"):
        read_extraction([])


def test_claims_are_numbered_in_their_order_beyond_nine() -> None:
    facts = [Said("Partnership", {"partner": ["Veltrano", f"Quorvia {n}"]}) for n in range(12)]
    extraction = Told("many", facts).extraction()
    back = read_extraction(sorted(extraction_quads(extraction), key=str))
    assert back == extraction


def test_fact_with_the_same_filler_order_is_kept() -> None:
    fact = Fact("Partnership", {"partner": ("e2", "e1")}, "announced", ())
    extraction = replace(ONE, facts=(fact,))
    assert read_extraction(extraction_quads(extraction)).facts[0].roles == {"partner": ("e2", "e1")}
