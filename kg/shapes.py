"""The shapes of ``ontologies/shapes.ttl``, with those that fact types of a user's own need to the same effect.

Ours are written by hand, for their messages; those of a user's types follow from the vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import SH

from kg.ontology import NAMESPACE
from kg.store.terms import PREFIXES
from kg.vocabulary import (
    DEAL_TYPES,
    ENTITY_CLASSES,
    FACT_TYPES,
    OWN_TYPES,
    STATE_TYPES,
    FactType,
    Role,
    ontology_path,
)

NAMESPACE_OF_SHAPES = "https://w3id.org/corporate-kg/shapes#"


@cache
def shapes() -> rdflib.Graph:
    """Return all shapes as one graph."""
    graph = rdflib.Graph().parse(ontology_path("shapes.ttl"), format="turtle")
    if OWN_TYPES:
        _lengthen(graph)
        graph.parse(data=_turtle(), format="turtle")
    return graph


def _lengthen(graph: rdflib.Graph) -> None:
    """Put the user's types and roles into the closed lists of our shapes."""
    for shape, names in (
        ("Claim-claimType", FACT_TYPES),
        ("Participation-role", _roles()),
        ("Deal-type", DEAL_TYPES),
        ("State-type", STATE_TYPES),
    ):
        subject = rdflib.URIRef(NAMESPACE_OF_SHAPES + shape)
        inner = graph.value(subject, SH.qualifiedValueShape) or subject
        head = graph.value(inner, SH["in"])
        if head is None:
            raise TypeError(f"shapes.ttl: {shape} has no list of what it allows")
        listed = Collection(graph, head)
        for name in names:
            if (term := rdflib.URIRef(NAMESPACE + name)) not in listed:
                listed.append(term)
    for role in _own_roles():  # a role of ours that a user's type has too belongs to more types than before
        graph.remove((rdflib.URIRef(f"{NAMESPACE_OF_SHAPES}{role}Domain"), None, None))


def _roles() -> dict[str, Role]:
    """Return all roles that entities fill, by name."""
    return {role.name: role for kind in FACT_TYPES.values() for role in kind.roles.values() if not role.literal}


def _own_roles() -> dict[str, Role]:
    return {role.name: role for name in OWN_TYPES for role in FACT_TYPES[name].roles.values()}


def _turtle() -> str:
    """Return the shapes of the user's types, their roles and their edges."""
    ours = {role for name, kind in FACT_TYPES.items() if name not in OWN_TYPES for role in kind.roles}
    lines = [f"@prefix {prefix}: <{iri}> ." for prefix, iri in PREFIXES.items()]
    lines += [f"@prefix sh: <{SH}> .", f"@prefix ckgs: <{NAMESPACE_OF_SHAPES}> ."]
    for name in OWN_TYPES:
        lines += [*_claim(FACT_TYPES[name]), *_type(FACT_TYPES[name]), *_edges(FACT_TYPES[name])]
    for role in _own_roles().values():
        lines.append(_domain(role))
        if role.name not in ours:
            lines += _fillers(role)
    return "\n".join(lines)


def _claim(kind: FactType) -> Iterator[str]:
    """Yield the shape of a type's claims: which roles they have, how many fill each, and which status."""
    yield f"ckgs:{kind.name}Claim a sh:PropertyShape ; sh:targetNode ckg:{kind.name} ;"
    yield "    sh:path [ sh:inversePath ckg:claimType ] ;"
    filled = "".join(f"sh:hasValue ckg:{role.name} ; " for role in kind.roles.values() if role.least)
    yield (
        f"    sh:property [ sh:path ( ckg:participation ckg:role ) ; {filled}sh:in {_terms(kind.roles)} ;"
        f' sh:message "A claim of the type {kind.name} has the roles {", ".join(kind.roles)} and no other." ] ;'
    )
    for role in kind.roles.values():
        least = f"sh:qualifiedMinCount {role.least} ; " if role.least > 1 else ""  # one is said above
        most = f"sh:qualifiedMaxCount {role.most} ; " if role.most else ""
        if least or most:
            yield (
                f"    sh:property [ sh:path ckg:participation ; {least}{most}"
                f"sh:qualifiedValueShape [ sh:path ckg:role ; sh:hasValue ckg:{role.name} ] ;"
                f' sh:message "A claim of the type {kind.name} has {_number(role)} in the role {role.name}." ] ;'
            )
    yield (
        f"    sh:property [ sh:path ckg:claimStatus ; sh:in {_terms(kind.statuses)} ;"
        f' sh:message "A claim of the type {kind.name} is {" or ".join(kind.statuses)}." ] .'
    )


def _type(kind: FactType) -> Iterator[str]:
    """Yield the shapes of a type's deals or states."""
    base = "Deal" if kind.is_deal else "State"
    yield (
        f"ckgs:{kind.name} a sh:NodeShape ; sh:targetClass ckg:{kind.name} ; sh:class ckg:{base} ;"
        f' sh:message "What is of the type {kind.name} is a ckg:{base} too." .'
    )
    for role in kind.roles.values():
        most = f" ; sh:maxCount {role.most}" if role.most else ""
        yield (
            f"ckgs:{kind.name}-{role.name} a sh:PropertyShape ; sh:targetClass ckg:{kind.name} ;"
            f" sh:path ckg:{role.name} ; sh:minCount {role.least}{most} ;"
            f' sh:message "What is of the type {kind.name} has {_number(role)} in the role {role.name}." .'
        )
    for one, other in combinations(kind.roles, 2):
        yield (
            f"ckgs:{kind.name}-{one}-not-{other} a sh:PropertyShape ; sh:targetClass ckg:{kind.name} ;"
            f" sh:path ckg:{one} ; sh:disjoint ckg:{other} ;"
            f' sh:message "In what is of the type {kind.name} nobody is both {one} and {other}." .'
        )


def _domain(role: Role) -> str:
    types = [name for name, kind in FACT_TYPES.items() if role.name in kind.roles]
    return (
        f"ckgs:{role.name}Domain a sh:PropertyShape ; sh:targetSubjectsOf ckg:{role.name} ; sh:path rdf:type ;"
        f" sh:qualifiedValueShape [ sh:in {_terms(types)} ] ; sh:qualifiedMinCount 1 ;"
        f' sh:message "Only the types {", ".join(types)} have the role {role.name}." .'
    )


def _fillers(role: Role) -> Iterator[str]:
    """Yield who may fill a role, in deals and in claims."""
    kinds = [kind for kind in ENTITY_CLASSES if kind in role.fillers]
    listed = " ".join(f"<{ENTITY_CLASSES[kind]}>" for kind in kinds)
    message = f'sh:message "Who or what is in the role {role.name} is a {" or ".join(kinds)}."'
    yield (
        f"ckgs:{role.name}Range a sh:PropertyShape ; sh:targetObjectsOf ckg:{role.name} ; sh:path rdf:type ;"
        f" sh:qualifiedValueShape [ sh:in ( {listed} ) ] ; sh:qualifiedMinCount 1 ; {message} ."
    )
    yield (
        f"ckgs:{role.name}Participation a sh:PropertyShape ; sh:targetNode ckg:{role.name} ;"
        f" sh:path [ sh:inversePath ckg:role ] ;"
        f" sh:property [ sh:path ( ckg:participant ckg:entityType ) ; sh:in ( {listed} ) ; {message} ] ."
    )


def _edges(kind: FactType) -> Iterator[str]:
    for rule in kind.edges:
        for edge in filter(None, (rule.property, rule.reported)):
            target = f"sh:targetSubjectsOf ckg:{edge}"
            yield (
                f"ckgs:{edge}Edge a sh:NodeShape ; {target} ; sh:disjoint ckg:{edge} ;"
                f' sh:message "Nobody has the edge ckg:{edge} to itself." .'
            )
            if rule.symmetric:
                yield (
                    f"ckgs:{edge}Edge-inverse a sh:PropertyShape ; {target} ; sh:targetObjectsOf ckg:{edge} ;"
                    f" sh:path [ sh:inversePath ckg:{edge} ] ; sh:equals ckg:{edge} ;"
                    f' sh:message "The edge ckg:{edge} runs both ways." .'
                )


def _terms(names: Iterable[str]) -> str:
    return f"( {' '.join(f'ckg:{name}' for name in names)} )"


def _number(role: Role) -> str:
    if role.least == role.most:
        return f"exactly {role.least}"
    least = f"at least {role.least}" if role.least else ""
    most = f"at most {role.most}" if role.most else ""
    return " and ".join(filter(None, (least, most))) or "any number"
