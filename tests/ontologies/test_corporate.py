"""corporate.ttl is whole: each term explained, each term that it uses defined, and the README true to it."""

from __future__ import annotations

import pytest
from rdflib import ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, Graph, Literal, Namespace, URIRef

from kg import vocabulary as v

CKG = Namespace(v.NAMESPACE)


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(v.ontology_path("corporate.ttl"))


def own_terms(ontology: Graph) -> set[URIRef]:
    return {term for term in ontology.subjects() if isinstance(term, URIRef) and term.startswith(CKG)}


def test_every_term_has_a_label_a_definition_and_an_example(ontology: Graph) -> None:
    header = URIRef(v.NAMESPACE.rstrip("#"))
    for term in sorted(own_terms(ontology)):
        for predicate in (RDFS.label, SKOS.definition, SKOS.example):
            texts = list(ontology.objects(term, predicate))
            assert len(texts) == 1, (term, predicate)
            assert isinstance(texts[0], Literal)
            assert texts[0].language == "en"
            assert texts[0].strip()
        assert ontology.value(term, RDFS.isDefinedBy) == header


def test_every_own_term_that_is_used_is_defined(ontology: Graph) -> None:
    used = {term for triple in ontology for term in triple if isinstance(term, URIRef) and term.startswith(CKG)}
    assert used == own_terms(ontology)


def test_terms_taken_from_elsewhere_exist_there(ontology: Graph) -> None:
    for triple in ontology:
        for term in triple:
            for vocabulary in (ORG, OWL, PROV, RDFS, SDO, SKOS):
                if isinstance(term, URIRef) and term.startswith(str(vocabulary)):
                    assert term in vocabulary, term


def test_the_header_says_what_it_is(ontology: Graph) -> None:
    header = URIRef(v.NAMESPACE.rstrip("#"))
    assert (header, RDF.type, OWL.Ontology) in ontology
    assert (header, OWL.versionInfo, None) in ontology
    assert "not registered yet" in str(ontology.value(header, SKOS.editorialNote))


def test_both_directions_of_an_edge_agree(ontology: Graph) -> None:
    for firm, reported in ontology.subject_objects(CKG.reportedAs):
        assert reported == URIRef(f"{firm}Reported")
        for predicate in (CKG.fromType, CKG.subjectRole, CKG.objectRole, RDF.type):
            assert set(ontology.objects(firm, predicate)) == set(ontology.objects(reported, predicate))
