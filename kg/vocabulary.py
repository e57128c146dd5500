"""Turns ``ontologies/corporate.ttl`` into the fact types, roles, statuses and edge rules that all other code uses.

The ontology is the single source: nothing here names a fact type, role or status of its own. It is read once, when this
module is imported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from kg.errors import VocabularyError

NAMESPACE = "https://w3id.org/corporate-kg/ontology#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_POSITION = "https://schema.org/position"

_Node = NamedNode | BlankNode
_Term = NamedNode | BlankNode | Literal


@dataclass(frozen=True)
class Role:
    """A role of a fact type: how many fill it (``most`` is ``None`` when unlimited) and entities of which types may.

    A ``literal`` role (a job title) is plain text, has no fillers, and is kept outside a fact's ``roles``.
    """

    name: str
    least: int
    most: int | None
    fillers: frozenset[str]
    literal: bool = False


@dataclass(frozen=True)
class EdgeRule:
    """How a fact becomes an edge: from each filler of one role to each filler of the other.

    ``reported`` is the property that stands in for ``property`` while the deal is only rumoured or in talks; states
    have none. A ``symmetric`` edge runs both ways between any two fillers of its one role.
    """

    property: str
    reported: str | None
    subject_role: str
    object_role: str
    symmetric: bool


@dataclass(frozen=True)
class FactType:
    """A kind of deal or state, with its roles and the edges that follow from it, in the ontology's order.

    ``symmetric_role`` is the role whose fillers are all linked with each other (partners, parties, competitors).
    """

    name: str
    label: str
    definition: str
    is_deal: bool
    roles: Mapping[str, Role]
    edges: tuple[EdgeRule, ...]
    symmetric_role: str | None
    statuses: tuple[str, ...]


def ontology_path(name: str) -> Path:
    """Return the path of a file of the ontology, such as ``shapes.ttl``; raises ``VocabularyError`` when missing."""
    package = Path(__file__).resolve().parent
    for folder in (package / "ontologies", package.parent / "ontologies"):
        if (folder / name).is_file():
            return folder / name
    raise VocabularyError(f"The ontology file {name!r} is missing beside the package: install corporate-kg again.")


class _Ontology:
    """The triples of the ontology, with the few look-ups that reading it takes."""

    def __init__(self, path: Path) -> None:
        self._objects: dict[tuple[_Node, str], list[_Term]] = {}
        self._subjects: dict[tuple[str, _Term], list[_Node]] = {}
        try:
            for quad in parse(path=path, format=RdfFormat.TURTLE):
                subject, predicate, value = quad.subject, quad.predicate.value, quad.object
                if isinstance(subject, (NamedNode, BlankNode)) and isinstance(value, (NamedNode, BlankNode, Literal)):
                    self._objects.setdefault((subject, predicate), []).append(value)
                    self._subjects.setdefault((predicate, value), []).append(subject)
        except (SyntaxError, OSError) as error:
            raise VocabularyError(
                f"The ontology {path.name} cannot be read: {error}; install corporate-kg again."
            ) from error

    def all(self, subject: _Term, predicate: str) -> list[_Term]:
        return [] if isinstance(subject, Literal) else self._objects.get((subject, predicate), [])

    def one(self, subject: _Term, predicate: str) -> _Term:
        values = self.all(subject, predicate)
        if len(values) != 1:
            raise VocabularyError(f"corporate.ttl: {subject} must have exactly one {predicate}, and has {len(values)}.")
        return values[0]

    def subjects(self, predicate: str, value: _Term) -> list[_Node]:
        return self._subjects.get((predicate, value), [])

    def members(self, head: _Term) -> list[_Term]:
        """Return the members of an RDF list."""
        found = []
        while head != NamedNode(f"{_RDF}nil"):
            found.append(self.one(head, f"{_RDF}first"))
            head = self.one(head, f"{_RDF}rest")
        return found

    def position(self, subject: _Term) -> int:
        return int(self.one(subject, _POSITION).value)

    def is_a(self, subject: _Term, type_: str) -> bool:
        return NamedNode(type_) in self.all(subject, f"{_RDF}type")


def _own(name: str) -> NamedNode:
    return NamedNode(NAMESPACE + name)


def _local(term: _Term) -> str:
    return term.value.replace("/", "#").rpartition("#")[2]


_CARDINALITIES = {"cardinality": (True, True), "minCardinality": (True, False), "maxCardinality": (False, True)}


def _read_role(ontology: _Ontology, restriction: _Term) -> Role:
    property_ = ontology.one(restriction, f"{_OWL}onProperty")
    least, most = 0, None
    for kind, (is_least, is_most) in _CARDINALITIES.items():
        for value in ontology.all(restriction, _OWL + kind):
            least = int(value.value) if is_least else least
            most = int(value.value) if is_most else most
    literal = ontology.is_a(property_, f"{_OWL}DatatypeProperty")
    fillers = frozenset() if literal else _read_fillers(ontology, property_)
    return Role(_local(property_), least, most, fillers, literal)


def _read_fillers(ontology: _Ontology, property_: _Term) -> frozenset[str]:
    range_ = ontology.one(property_, f"{_RDFS}range")
    unions = ontology.all(range_, f"{_OWL}unionOf")
    return frozenset(_local(member) for member in (ontology.members(unions[0]) if unions else [range_]))


def _read_edges(ontology: _Ontology, type_: NamedNode, order: Sequence[str]) -> tuple[EdgeRule, ...]:
    properties = ontology.subjects(f"{NAMESPACE}fromType", type_)
    sisters = {sister for property_ in properties for sister in ontology.all(property_, f"{NAMESPACE}reportedAs")}
    rules = []
    for property_ in properties:
        if property_ not in sisters:
            reported = [_local(sister) for sister in ontology.all(property_, f"{NAMESPACE}reportedAs")]
            rules.append(
                EdgeRule(
                    property=_local(property_),
                    reported=reported[0] if reported else None,
                    subject_role=_local(ontology.one(property_, f"{NAMESPACE}subjectRole")),
                    object_role=_local(ontology.one(property_, f"{NAMESPACE}objectRole")),
                    symmetric=ontology.is_a(property_, f"{_OWL}SymmetricProperty"),
                )
            )
    return tuple(sorted(rules, key=lambda rule: (order.index(rule.subject_role), order.index(rule.object_role))))


def _read_statuses(ontology: _Ontology, kind: NamedNode) -> tuple[str, ...]:
    for superclass in ontology.all(kind, f"{_RDFS}subClassOf"):
        if _own("status") in ontology.all(superclass, f"{_OWL}onProperty"):
            allowed = ontology.one(ontology.one(superclass, f"{_OWL}allValuesFrom"), f"{_OWL}oneOf")
            return tuple(_local(status) for status in ontology.members(allowed))
    raise VocabularyError(f"corporate.ttl: {kind} must say which statuses it allows.")


def _read_type(ontology: _Ontology, type_: NamedNode) -> FactType:
    supers = ontology.all(type_, f"{_RDFS}subClassOf")
    kind = _own("Deal") if _own("Deal") in supers else _own("State")
    restrictions = sorted((s for s in supers if ontology.is_a(s, f"{_OWL}Restriction")), key=ontology.position)
    roles = {role.name: role for role in (_read_role(ontology, restriction) for restriction in restrictions)}
    edges = _read_edges(ontology, type_, list(roles))
    return FactType(
        name=_local(type_),
        label=ontology.one(type_, f"{_RDFS}label").value,
        definition=ontology.one(type_, f"{_SKOS}definition").value,
        is_deal=kind == _own("Deal"),
        roles=MappingProxyType(roles),
        edges=edges,
        symmetric_role=next((rule.subject_role for rule in edges if rule.symmetric), None),
        statuses=_read_statuses(ontology, kind),
    )


def _read_types(ontology: _Ontology) -> Mapping[str, FactType]:
    found = [
        subject
        for kind in ("Deal", "State")
        for subject in ontology.subjects(f"{_RDFS}subClassOf", _own(kind))
        if isinstance(subject, NamedNode)
    ]
    types = (_read_type(ontology, type_) for type_ in sorted(found, key=ontology.position))
    return MappingProxyType({type_.name: type_ for type_ in types})


def _read_collection(ontology: _Ontology, name: str) -> frozenset[str]:
    return frozenset(_local(member) for member in ontology.all(_own(name), f"{_SKOS}member"))


def _read_entity_classes(ontology: _Ontology) -> Mapping[str, str]:
    kinds = ontology.members(ontology.one(ontology.one(_own("entityType"), f"{_RDFS}range"), f"{_OWL}oneOf"))
    return MappingProxyType({_local(kind): kind.value for kind in kinds})


_ONTOLOGY = _Ontology(ontology_path("corporate.ttl"))

ENTITY_CLASSES: Mapping[str, str] = _read_entity_classes(_ONTOLOGY)
"""The IRI of each entity type's class."""

ENTITY_TYPES: tuple[str, ...] = tuple(ENTITY_CLASSES)

FACT_TYPES: Mapping[str, FactType] = _read_types(_ONTOLOGY)
"""Every fact type by name: deals first, then states."""

DEAL_TYPES: tuple[str, ...] = tuple(name for name, type_ in FACT_TYPES.items() if type_.is_deal)
STATE_TYPES: tuple[str, ...] = tuple(name for name, type_ in FACT_TYPES.items() if not type_.is_deal)

STATUSES: tuple[str, ...] = _read_statuses(_ONTOLOGY, _own("Deal"))
"""Every status, from the first rumour to the end."""

FIRM_STATUSES: frozenset[str] = _read_collection(_ONTOLOGY, "FirmStatus")
"""Statuses of what may be taken as a fact."""

REPORTED_STATUSES: frozenset[str] = _read_collection(_ONTOLOGY, "ReportedStatus")
"""Statuses of what is only said or talked about."""


def fact_type(name: str) -> FactType:
    """Return the fact type of this name; raises ``VocabularyError`` for a name that the vocabulary does not have."""
    try:
        return FACT_TYPES[name]
    except KeyError:
        known = ", ".join(FACT_TYPES)
        raise VocabularyError(f"There is no fact type {name!r}; the vocabulary has {known}.") from None


def definition(name: str) -> str:
    """Return how the ontology defines a term of its own (a fact type, role or status).

    Raises ``VocabularyError`` for a name that the vocabulary does not have.
    """
    found = _ONTOLOGY.all(_own(name), f"{_SKOS}definition")
    if not found:
        raise VocabularyError(f"There is no term {name!r} with a definition in the vocabulary.")
    return found[0].value


def problems(
    type: str,  # noqa: A002 - the word that facts, claims and deals use
    roles: Mapping[str, Sequence[str]],
    status: str,
    stake: float | None = None,
    filler_types: Mapping[str, str] | None = None,
) -> list[str]:
    """Say why a fact cannot be, one sentence for each reason; an empty list for a possible fact.

    ``roles`` maps role names to the ids of their fillers, ``filler_types`` ids to entity types (an id that it lacks may
    fill any role). Raises ``VocabularyError`` for an unknown fact type.
    """
    kind = fact_type(type)
    found = [f"{type} has no role {name!r}." for name in roles if name not in kind.roles]
    for role in kind.roles.values():
        found += _role_problems(type, role, roles.get(role.name, ()), filler_types or {})
    found += _repeated_fillers(kind, roles)
    if status not in kind.statuses:
        found.append(f"{type} cannot have the status {status!r}, only {', '.join(kind.statuses)}.")
    if stake is not None and not 0 <= stake <= 1:
        found.append(f"A stake lies between 0 and 1, not at {stake}.")
    return found


def _role_problems(type_: str, role: Role, fillers: Sequence[str], types: Mapping[str, str]) -> list[str]:
    if role.literal:
        return []
    found = []
    if len(set(fillers)) < role.least:
        found.append(f"{type_} needs at least {role.least} in the role {role.name}, not {len(set(fillers))}.")
    if role.most is not None and len(set(fillers)) > role.most:
        found.append(f"{type_} takes at most {role.most} in the role {role.name}, not {len(set(fillers))}.")
    wrong = (filler for filler in fillers if filler in types and types[filler] not in role.fillers)
    found += [f"The {role.name} of {type_} cannot be a {types[filler]} ({filler})." for filler in wrong]
    return found


def _repeated_fillers(kind: FactType, roles: Mapping[str, Sequence[str]]) -> list[str]:
    fillers = [filler for role in kind.roles.values() if not role.literal for filler in roles.get(role.name, ())]
    repeated = sorted({filler for filler in fillers if fillers.count(filler) > 1})
    return [f"{filler} fills more than one place of {kind.name}: nobody deals with itself." for filler in repeated]
