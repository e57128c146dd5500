"""The shapes let a right graph pass and find each single fault; they agree with the vocabulary."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH

from kg import vocabulary as v
from kg.shapes import shapes as all_shapes

CKG = Namespace(v.NAMESPACE)
CKGS = Namespace("https://w3id.org/corporate-kg/shapes#")
PREFIXES = """
PREFIX id: <https://w3id.org/corporate-kg/id/>
PREFIX doc: <https://w3id.org/corporate-kg/id/document/00112233445566aa#>
PREFIX deal: <https://w3id.org/corporate-kg/id/deal/>
PREFIX state: <https://w3id.org/corporate-kg/id/state/>
PREFIX company: <https://w3id.org/corporate-kg/id/company/>
PREFIX person: <https://w3id.org/corporate-kg/id/person/>
PREFIX product: <https://w3id.org/corporate-kg/id/product/>
"""
DOCUMENT = "<https://w3id.org/corporate-kg/id/document/00112233445566aa>"
WORDS = "<https://w3id.org/corporate-kg/id/document/00112233445566aa#char=0,79>"

# (triples taken out, triples put in, words of the message that must follow)
FAULTS = [
    # documents, words, money
    (f"{DOCUMENT} dcterms:identifier ?x", "", "exactly one identifier"),
    (f"{DOCUMENT} dcterms:source ?x", "", "exactly one source"),
    (f"{DOCUMENT} ckg:origin ?x", "", "at least one origin"),
    ("", f"{DOCUMENT} ckg:origin ''", "at least one origin"),
    ("", f"{DOCUMENT} schema:headline 'Another'", "at most one headline"),
    (f"{DOCUMENT} schema:datePublished ?x", f"{DOCUMENT} schema:datePublished '2031-03-12'", "date of publication"),
    (f"{WORDS} oa:exact ?x", "", "given exactly once"),
    (f"{WORDS} oa:exact ?x", f"{WORDS} oa:exact ''", "given exactly once"),
    (f"{WORDS} oa:start ?x", "", "start at exactly one offset"),
    (f"{WORDS} oa:start ?x", f"{WORDS} oa:start -1", "start at exactly one offset"),
    (f"{WORDS} oa:end ?x", f"{WORDS} oa:end 79.5", "end at exactly one offset"),
    (f"{WORDS} oa:end ?x", f"{WORDS} oa:end 0", "end after they start"),
    (f"{WORDS} a oa:TextPositionSelector", "", "they have offsets"),
    ("deal:jv-amount schema:currency ?x", "deal:jv-amount schema:currency 'euro'", "exactly one currency"),
    ("deal:jv-amount schema:value ?x", "deal:jv-amount schema:value 'much'", "exactly one value"),
    ("deal:jv-amount schema:value ?x", "", "exactly one value"),
    # entities
    ("company:quorvia rdfs:label ?x", "", "exactly one label"),
    ("", "company:quorvia rdfs:label 'Kworvia'", "exactly one label"),
    ("", "company:quorvia skos:altLabel ''", "further name is text"),
    ("", "company:quorvia skos:altLabel 'Quorvia'", "differs from the label"),
    ("", "company:quorvia a schema:Place", "more than one of company"),
    ("", "[] a ckg:Company ; rdfs:label 'Nobody'", "named by an IRI"),
    ("doc:e1 rdfs:label ?x", "", "An entity of a document has exactly one label"),
    ("doc:e1 ckg:inDocument ?x", "", "exactly one document"),
    ("doc:e1 ckg:entityType ?x", "doc:e1 ckg:entityType ckg:Deal", "one of the five kinds"),
    ("doc:e1 ckg:entityType ?x", "doc:e1 ckg:entityType schema:Person", None),
    ("", "doc:e1 ckg:mention doc:e2", "mention is quoted words"),
    ("", "doc:e1 ckg:identity company:quorvia", "at most one identity"),
    # claims
    ("doc:claim-1 ckg:claimType ?x", "", "exactly one type"),
    ("", "doc:claim-1 ckg:claimType ckg:Partnership", "exactly one type"),
    ("doc:claim-1 ckg:claimType ?x", "doc:claim-1 ckg:claimType ckg:Wedding", "exactly one type"),
    ("doc:claim-1 ckg:claimStatus ?x", "", "A claim has exactly one status"),
    ("doc:claim-1 ckg:claimStatus ?x", "doc:claim-1 ckg:claimStatus ckg:done", "A claim has exactly one status"),
    ("doc:claim-2 ckg:claimStatus ?x", "doc:claim-2 ckg:claimStatus ckg:rumoured", "is in effect or terminated"),
    ("doc:claim-1 ckg:confidence ?x", "", "A claim has exactly one confidence"),
    ("doc:claim-1 ckg:confidence ?x", "doc:claim-1 ckg:confidence 1.1", "A claim has exactly one confidence"),
    ("", "doc:claim-1 ckg:support 'a network'", "What supports a claim is text"),
    ("", "doc:claim-1 ckg:support ', 0.5, characters 0–79'", "What supports a claim is text"),
    ("", "doc:claim-1 ckg:support 'network, 1.5, characters 0–79'", "What supports a claim is text"),
    ("", "doc:claim-1 ckg:support doc:e1", "What supports a claim is text"),
    ("doc:claim-1 ckg:claimStake ?x", "doc:claim-1 ckg:claimStake 50.0", "A claim has at most one stake"),
    ("doc:claim-1 ckg:claimDate ?x", "doc:claim-1 ckg:claimDate 'March'", "A claim has at most one date"),
    ("", "doc:claim-1 ckg:claimTitle 'chair'", "Only a claim that a position is held"),
    ("", "doc:claim-2 ckg:claimTitle 'chair'", "at most one job title"),
    ("doc:claim-1 ckg:claimAmount ?x", "doc:claim-1 ckg:claimAmount 5", "A claim has at most one amount"),
    ("doc:claim-1 oa:hasSelector ?x", "", "A claim has evidence"),
    ("doc:claim-1 oa:hasSelector ?x", "doc:claim-1 oa:hasSelector doc:e1", "A claim has evidence"),
    ("doc:claim-1 prov:wasQuotedFrom ?x", "", "quoted from exactly one document"),
    ("doc:claim-1 ckg:participation ?x", "", "A claim has participations"),
    ("doc:claim-1 ckg:participation doc:claim-1-partner-2", "", "joint venture has at least two partners"),
    ("doc:claim-2-person-1 ckg:role ?x", "doc:claim-2-person-1 ckg:role ckg:organization", "exactly one person"),
    ("doc:claim-1-partner-2 ckg:role ?x", "doc:claim-1-partner-2 ckg:role ckg:lender", "no other role"),
    ("doc:claim-1-partner-2 ckg:role ?x", "", "exactly one role"),
    ("doc:claim-1-partner-2 ckg:participant ?x", "", "exactly one participant"),
    ("doc:claim-1-partner-2 schema:position ?x", "", "A participation has exactly one position"),
    ("", "doc:claim-2 ckg:participation doc:claim-1-partner-1", "belongs to exactly one claim"),
    ("doc:e3 ckg:entityType ?x", "doc:e3 ckg:entityType ckg:Company", "in the role person is a person"),
    ("", "doc:claim-1 a ckg:Deal", "neither a deal nor a state"),
    # deals and states
    ("deal:jv a ckg:JointVenture", "", "exactly one of the deal types"),
    ("", "deal:jv a ckg:Merger", "exactly one of the deal types"),
    ("deal:jv a ckg:Deal", "", "A joint venture is a ckg:Deal too"),
    ("deal:jv rdfs:label ?x", "", "A deal has exactly one label"),
    ("deal:jv ckg:status ?x", "", "A deal has exactly one status"),
    ("state:role ckg:status ?x", "state:role ckg:status ckg:rumoured", "A state has exactly one status, in effect or"),
    ("state:role-step-1 ckg:toStatus ?x", "state:role-step-1 ckg:toStatus ckg:denied", "history of a state"),
    ("deal:jv ckg:confidence ?x", "deal:jv ckg:confidence '-0.1'^^xsd:decimal", "A deal has exactly one confidence"),
    ("deal:jv prov:wasDerivedFrom ?x", "", "A deal is derived from at least one claim"),
    ("deal:jv ckg:history ?x", "", "history of at least one"),
    ("", "deal:jv ckg:amount doc:claim-1-amount", "A deal has at most one amount"),
    ("", "deal:jv ckg:statedAmount deal:jv-step-1", "further stated amount"),
    ("", "deal:jv ckg:stake 0.6", "A deal has at most one stake"),
    ("deal:jv ckg:date ?x", "deal:jv ckg:date '2031'^^xsd:integer", "A deal has at most one date"),
    ("deal:jv ckg:partner company:quorvia", "", "A joint venture has at least two partners"),
    ("", "deal:jv ckg:vehicle company:quorvia", "nobody is both partner and vehicle"),
    ("", "deal:jv ckg:lender company:quorvia", "Only a financing has the role lender"),
    ("", "deal:jv ckg:title 'chair'", "Only a position held has the role title"),
    ("", "state:role ckg:title 'chair'", "at most one job title"),
    ("state:role ckg:person ?x", "state:role ckg:person company:quorvia", "in the role person is a person"),
    ("state:role ckg:person ?x", "state:role ckg:person product:veltrano-arc", "in the role person is a person"),
    ("state:role ckg:organization ?x", "state:role ckg:organization person:ilse-marquand", "in the role organization"),
    ("", "deal:jv ckg:partner company:unheard-of", "in the role partner is one of the five kinds"),
    ("deal:jv-step-1 ckg:toStatus ?x", "", "exactly one status, out of the six"),
    ("deal:jv-step-1 schema:position ?x", "deal:jv-step-1 schema:position 0", "status change has exactly one"),
    ("deal:jv-step-1 prov:wasDerivedFrom ?x", "", "A status change is derived from"),
    ("", "deal:jv-step-1 ckg:onDate '2031'^^xsd:gYear", "A status change has at most one date"),
    # edges
    ("company:quorvia ckg:jointVentureWith ?x", "", "ckg:jointVentureWith runs both ways"),
    ("", "company:quorvia ckg:acquired company:quorvia", "ckg:acquired to itself"),
]  # fmt: skip


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return all_shapes()


@pytest.fixture(scope="module")
def conforming() -> Graph:
    return Graph().parse(Path(__file__).parent / "conforming.ttl")


def messages(data: Graph, shapes: Graph) -> list[str]:
    _conforms, report, _text = pyshacl.validate(data, shacl_graph=shapes)
    assert isinstance(report, Graph)
    return sorted(str(message) for message in report.objects(None, SH.resultMessage))


def test_a_right_graph_passes(conforming: Graph, shapes: Graph) -> None:
    assert messages(conforming, shapes) == []


@pytest.mark.parametrize(("out", "put", "words"), FAULTS)
def test_each_fault_is_found(out: str, put: str, words: str | None, conforming: Graph, shapes: Graph) -> None:
    broken = Graph()
    broken += conforming
    for prefix, namespace in conforming.namespaces():
        broken.bind(prefix, namespace)
    before = len(broken)
    if out:
        broken.update(f"{PREFIXES} DELETE WHERE {{ {out} }}")
        assert len(broken) < before
    if put:
        broken.update(f"{PREFIXES} INSERT DATA {{ {put} }}")
    found = messages(broken, shapes)
    assert [message for message in found if words in message] if words else not found, found


def test_a_second_name_that_repeats_the_first_is_only_a_warning(conforming: Graph, shapes: Graph) -> None:
    broken = Graph()
    broken += conforming
    broken.add((URIRef("https://w3id.org/corporate-kg/id/company/quorvia"), SKOS.altLabel, Literal("Quorvia")))
    assert pyshacl.validate(broken, shacl_graph=shapes, allow_warnings=True)[0]


def test_every_shape_has_a_message_and_a_target(shapes: Graph) -> None:
    named = {shape for shape in shapes.subjects(RDF.type, None) if str(shape).startswith(str(CKGS))}
    assert len(named) > 100
    targets = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
    for shape in named:
        assert any((shape, target, None) in shapes for target in targets), shape
        inner = list(shapes.objects(shape, SH.property))
        assert all((node, SH.message, None) in shapes for node in inner or [shape]), shape


def members(shapes: Graph, head: object) -> set[str]:
    return {str(item) for item in Collection(shapes, head)}


@pytest.mark.parametrize("name", v.FACT_TYPES)
def test_cardinalities_are_those_of_the_vocabulary(name: str, shapes: Graph) -> None:
    for role in v.fact_type(name).roles.values():
        if (role.least, role.most) == (0, None):
            continue
        shape = CKGS[f"{name}-{role.name}"]
        assert shapes.value(shape, SH.path) == CKG[role.name]
        least, most = shapes.value(shape, SH.minCount), shapes.value(shape, SH.maxCount)
        assert (int(least or 0), int(most) if most else None) == (role.least, role.most)


@pytest.mark.parametrize("name", v.FACT_TYPES)
def test_roles_of_claims_are_those_of_the_vocabulary(name: str, shapes: Graph) -> None:
    roles = [role for role in v.fact_type(name).roles.values() if not role.literal]
    parts = list(shapes.objects(CKGS[f"{name}Claim"], SH.property))
    (allowed,) = [node for node in parts if (node, SH.hasValue, None) in shapes]
    assert members(shapes, shapes.value(allowed, SH["in"])) == {str(CKG[role.name]) for role in roles}
    assert set(shapes.objects(allowed, SH.hasValue)) == {CKG[role.name] for role in roles if role.least}
    counted = {}
    for node in parts:
        shape = shapes.value(node, SH.qualifiedValueShape)
        if shape:
            least, most = shapes.value(node, SH.qualifiedMinCount), shapes.value(node, SH.qualifiedMaxCount)
            counted[shapes.value(shape, SH.hasValue)] = (least and int(least), most and int(most))
    expected = {role.name: (role.least if role.least > 1 else None, role.most) for role in roles}
    assert counted == {CKG[role]: counts for role, counts in expected.items() if counts != (None, None)}


@pytest.mark.parametrize("role", sorted({r.name: r for t in v.FACT_TYPES.values() for r in t.roles.values()}.items()))
def test_fillers_and_types_of_roles_are_those_of_the_vocabulary(role: tuple[str, v.Role], shapes: Graph) -> None:
    name, fillers = role[0], {v.ENTITY_CLASSES[type_] for type_ in role[1].fillers}
    types = {str(CKG[type_.name]) for type_ in v.FACT_TYPES.values() if name in type_.roles}
    assert classes(shapes, CKGS[f"{name}Domain"]) == types
    if fillers:
        assert classes(shapes, CKGS[f"{name}Range"]) == fillers
        (inner,) = shapes.objects(CKGS[f"{name}Participation"], SH.property)
        assert members(shapes, shapes.value(inner, SH["in"])) == fillers


def classes(shapes: Graph, shape: URIRef) -> set[str]:
    single = shapes.value(shape, SH["class"])
    if single:
        return {str(single)}
    return members(shapes, shapes.value(shapes.value(shape, SH.qualifiedValueShape), SH["in"]))


def test_every_edge_is_kept_from_running_to_itself(shapes: Graph) -> None:
    for rule in (rule for type_ in v.FACT_TYPES.values() for rule in type_.edges):
        for property_ in filter(None, (rule.property, rule.reported)):
            shape = CKGS[f"{property_}Edge"]
            assert (shape, SH.disjoint, CKG[property_]) in shapes
            both = CKGS[f"{property_}Edge-inverse"]
            assert ((both, SH.equals, CKG[property_]) in shapes) == rule.symmetric


def test_every_own_term_in_the_shapes_exists(shapes: Graph) -> None:
    known = set(Graph().parse(v.ontology_path("corporate.ttl")).subjects(RDFS.label, None))
    used = {term for triple in shapes for term in triple if isinstance(term, URIRef) and term.startswith(CKG)}
    assert used <= known
