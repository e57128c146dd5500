"""The user's own part of the ontology → nothing, or one sentence on the first fault in it.

What is asked of a user's fact types is what ``corporate.ttl`` keeps to and all other code relies on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.ontology import NAMESPACE, OWL, POSITION, RDFS, SKOS, Node, Ontology, Term, ours, short

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)
_COUNTS = ("cardinality", "minCardinality", "maxCardinality")
_FROM, _SISTER, _SUBJECT, _OBJECT = (
    f"{NAMESPACE}{name}" for name in ("fromType", "reportedAs", "subjectRole", "objectRole")
)


def refuse_faults(ontology: Ontology) -> None:
    """Raise ``VocabularyError`` when something in the user's file cannot be a fact type, role or edge."""
    checks = _Checks(ontology)
    types = list(checks.fact_types())
    if not types:
        raise ontology.fault("it defines no fact type: a class below ckg:Deal or ckg:State")
    used: set[Term] = set()
    for type_ in types:
        used |= {type_, *checks.check_type(type_)}
    for term in ontology.own_terms:
        if term.value.startswith(NAMESPACE) and term not in used:
            raise ontology.fault(f"{short(term)} is no fact type of this file, nor a role or an edge of one")


class _Checks:
    """The checks of one user's file; each method returns the terms that it has found to be right."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        kinds = ontology.one(ontology.one(ours("entityType"), f"{RDFS}range"), f"{OWL}oneOf")
        self._kinds = ontology.members(kinds)

    def fact_types(self) -> Iterator[NamedNode]:
        """Yield the fact types of the user's file."""
        bases = {ours("Deal"), ours("State")}
        for term in self._ontology.own_terms:
            found = bases & set(self._ontology.all(term, f"{RDFS}subClassOf"))
            if len(found) == 2:
                raise self._ontology.fault(f"{short(term)} is both a deal and a state: choose one")
            if found:
                yield term

    def check_type(self, type_: NamedNode) -> set[Term]:
        """Check a fact type with its roles and edges, and return those that are the user's own."""
        self._check_name(type_)
        self._check_words(type_)
        self._ontology.number(type_, POSITION)
        roles = list(self._roles(type_))
        edges = self._edges(type_, roles)
        self._check_mutual(type_, roles)
        return {*roles, *edges}

    def _roles(self, type_: NamedNode) -> Iterator[NamedNode]:
        supers = self._ontology.all(type_, f"{RDFS}subClassOf")
        restrictions = [node for node in supers if self._ontology.is_a(node, f"{OWL}Restriction")]
        if not restrictions:
            raise self._ontology.fault(f"{short(type_)} has no roles: give it an owl:Restriction for each")
        seen: set[Term] = set()
        filled = False
        for restriction in restrictions:
            role = self._ontology.one(restriction, f"{OWL}onProperty")
            if role in seen:
                raise self._ontology.fault(f"{short(type_)} has the role {short(role)} twice")
            seen.add(role)
            filled = self._check_counts(type_, role, restriction) or filled
            yield self._checked_role(type_, role)
        if not filled:
            raise self._ontology.fault(f"{short(type_)} has no role that must be filled: give one owl:minCardinality 1")

    def _check_counts(self, type_: NamedNode, role: Term, restriction: Term) -> bool:
        """Check how many fill a role, and return whether anyone must."""
        self._ontology.number(restriction, POSITION)
        stated = [name for name in _COUNTS if self._ontology.all(restriction, OWL + name)]
        counts = {name: self._ontology.number(restriction, OWL + name) for name in stated}
        least = counts.get("minCardinality", counts.get("cardinality", 0))
        most = counts.get("maxCardinality", counts.get("cardinality"))
        if not counts or most == 0 or (most is not None and least > most):
            raise self._ontology.fault(
                f"how many fill the role {short(role)} of {short(type_)} must be said with owl:cardinality, "
                "owl:minCardinality or owl:maxCardinality, and at least one must be able to"
            )
        return least > 0

    def _checked_role(self, type_: NamedNode, role: Term) -> NamedNode:
        if not isinstance(role, NamedNode):
            raise self._ontology.fault(f"a role of {short(type_)} has no name")
        if role not in self._ontology.own_terms:
            if role not in self._our_roles():
                raise self._ontology.fault(f"{short(role)}, a role of {short(type_)}, is defined nowhere")
        else:
            self._check_name(role)
            self._check_words(role)
        if not self._ontology.is_a(role, f"{OWL}ObjectProperty"):
            raise self._ontology.fault(f"{short(role)}, a role of {short(type_)}, must be an owl:ObjectProperty")
        self._check_fillers(role)
        return role

    def _our_roles(self) -> set[Term]:
        on_property = f"{OWL}onProperty"
        classes = [
            term for base in ("Deal", "State") for term in self._ontology.subjects(f"{RDFS}subClassOf", ours(base))
        ]
        supers = [node for term in classes if term not in self._ontology.own_terms for node in self._supers(term)]
        return {role for node in supers for role in self._ontology.all(node, on_property)}

    def _supers(self, term: Node) -> list[Term]:
        return self._ontology.all(term, f"{RDFS}subClassOf")

    def _check_fillers(self, role: NamedNode) -> None:
        range_ = self._ontology.one(role, f"{RDFS}range")
        unions = self._ontology.all(range_, f"{OWL}unionOf")
        fillers = self._ontology.members(unions[0]) if unions else [range_]
        wrong = [filler for filler in fillers if filler not in self._kinds]
        if wrong or not fillers:
            kinds = ", ".join(short(kind) for kind in self._kinds)
            raise self._ontology.fault(
                f"the rdfs:range of {short(role)} must be one of {kinds}, or an owl:unionOf them"
            )

    def _edges(self, type_: NamedNode, roles: list[NamedNode]) -> set[Term]:
        properties = self._ontology.subjects(_FROM, type_)
        sisters = {sister for edge in properties for sister in self._ontology.all(edge, _SISTER)}
        if not [edge for edge in properties if edge not in sisters]:
            raise self._ontology.fault(f"{short(type_)} has no edges: name it in the ckg:fromType of a property")
        for edge in properties:
            self._check_edge(type_, edge, roles)
            if edge not in sisters:
                self._check_sister(type_, edge, properties)
        return set(properties)

    def _check_edge(self, type_: NamedNode, edge: Node, roles: list[NamedNode]) -> None:
        self._check_name(edge)
        self._ontology.one(edge, _FROM)
        ends = [self._ontology.one(edge, predicate) for predicate in (_SUBJECT, _OBJECT)]
        for end in ends:
            if end not in roles:
                raise self._ontology.fault(
                    f"the edge {short(edge)} names {short(end)}, which is no role of {short(type_)}"
                )
        if (ends[0] == ends[1]) != self._ontology.is_a(edge, f"{OWL}SymmetricProperty"):
            raise self._ontology.fault(
                f"the edge {short(edge)} must be an owl:SymmetricProperty when its two roles are one, and only then"
            )

    def _check_sister(self, type_: NamedNode, edge: Node, properties: list[Node]) -> None:
        sisters = self._ontology.all(edge, _SISTER)
        if ours("State") in self._supers(type_):
            if sisters:
                raise self._ontology.fault(f"{short(edge)} is the edge of a state, which is never only reported")
        elif len(sisters) != 1 or sisters[0] not in properties:
            raise self._ontology.fault(
                f"{short(edge)} must name in ckg:reportedAs one more edge from {short(type_)}, "
                "which stands for it while the deal is only reported"
            )

    def _check_mutual(self, type_: NamedNode, roles: list[NamedNode]) -> None:
        """A role links its own fillers in all types that have it or in none: edges are compared by role alone."""
        if sum(self._is_mutual(type_, role) for role in roles) > 1:
            raise self._ontology.fault(f"{short(type_)} has more than one role with an owl:SymmetricProperty")
        for role in roles:
            restrictions = self._ontology.subjects(f"{OWL}onProperty", role)
            types = [term for node in restrictions for term in self._ontology.subjects(f"{RDFS}subClassOf", node)]
            if len({self._is_mutual(term, role) for term in types}) > 1:
                raise self._ontology.fault(
                    f"{short(role)} has an owl:SymmetricProperty in one fact type and none in another: use another role"
                )

    def _is_mutual(self, type_: Node, role: Node) -> bool:
        """Whether an edge of the type links those who fill the role with each other."""
        edges = self._ontology.subjects(_SUBJECT, role)
        return any(
            self._ontology.is_a(edge, f"{OWL}SymmetricProperty") and type_ in self._ontology.all(edge, _FROM)
            for edge in edges
        )

    def _check_name(self, term: Node) -> None:
        if not isinstance(term, NamedNode) or not _NAME.fullmatch(term.value.removeprefix(NAMESPACE)):
            raise self._ontology.fault(
                f"the fact type, role or edge {short(term)} must be named by ckg: with letters, digits and _ after it"
            )

    def _check_words(self, term: NamedNode) -> None:
        for predicate in (f"{RDFS}label", f"{SKOS}definition"):
            if not self._ontology.one(term, predicate).value.strip():
                raise self._ontology.fault(f"{short(term)} has an empty {short(predicate)}")
