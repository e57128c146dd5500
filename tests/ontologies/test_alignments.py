"""Alignments join terms of ours with terms of the vocabularies that they name, and nothing else."""

from __future__ import annotations

import pytest
from rdflib import ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, Graph, URIRef

from kg import vocabulary as v

MAPPINGS = {SKOS.closeMatch, SKOS.narrowMatch, SKOS.relatedMatch, RDFS.subClassOf, RDFS.subPropertyOf}
WANTED = (
    "https://spec.edmcouncil.org/fibo/ontology/BE/LegalEntities/FormalBusinessOrganizations/JointVenture",
    "https://spec.edmcouncil.org/fibo/ontology/CAE/CorporateEvents/CorporateActions/MergerAcquisition",
    "https://spec.edmcouncil.org/fibo/ontology/BE/OwnershipAndControl/CorporateControl/hasSubsidiary",
    "http://bods.openownership.org/vocabulary/sharesExact",
    "http://bods.openownership.org/vocabulary/sharesMin",
    "http://bods.openownership.org/vocabulary/sharesMax",
    "https://vocab.openownership.org/terms#shareExact",
    "https://www.gleif.org/ontology/L2/hasParent",
)


@pytest.fixture(scope="module")
def mappings() -> list[tuple[URIRef, URIRef, URIRef]]:
    graph = Graph().parse(v.ontology_path("alignments.ttl"))
    header = graph.value(predicate=RDF.type, object=OWL.Ontology)
    return sorted(triple for triple in graph if triple[0] != header)


def test_each_mapping_starts_at_a_term_of_ours(mappings: list[tuple[URIRef, URIRef, URIRef]]) -> None:
    own = set(Graph().parse(v.ontology_path("corporate.ttl")).subjects(RDFS.isDefinedBy, None))
    for subject, predicate, value in mappings:
        assert subject in own
        assert predicate in MAPPINGS
        assert not value.startswith(v.NAMESPACE)


def test_mapped_terms_of_the_web_vocabularies_exist(mappings: list[tuple[URIRef, URIRef, URIRef]]) -> None:
    for _subject, _predicate, value in mappings:
        for vocabulary in (ORG, PROV, SDO):
            if value.startswith(str(vocabulary)):
                assert value in vocabulary, value


@pytest.mark.parametrize("term", WANTED)
def test_the_best_known_terms_of_the_field_are_aligned(
    term: str, mappings: list[tuple[URIRef, URIRef, URIRef]]
) -> None:
    assert URIRef(term) in {value for _subject, _predicate, value in mappings}
