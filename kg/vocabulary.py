"""Turns ``ontologies/corporate.ttl`` into the fact types, roles, statuses and edge rules that all other code uses.

The ontology is the single source: nothing here names a fact type, role or status of its own. It is read once, when this
module is imported, together with the file of a user's own fact types that ``KG_ONTOLOGY`` may name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import NamedNode

from kg.errors import VocabularyError
from kg.ontology import NAMESPACE, OWL, RDFS, SKOS, VARIABLE, Ontology, Term, local, ours, own_file
from kg.own_types import refuse_faults


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


_CARDINALITIES = {"cardinality": (True, True), "minCardinality": (True, False), "maxCardinality": (False, True)}


def _read_role(ontology: Ontology, restriction: Term) -> Role:
    property_ = ontology.one(restriction, f"{OWL}onProperty")
    least, most = 0, None
    for kind, (is_least, is_most) in _CARDINALITIES.items():
        for value in ontology.all(restriction, OWL + kind):
            least = int(value.value) if is_least else least
            most = int(value.value) if is_most else most
    literal = ontology.is_a(property_, f"{OWL}DatatypeProperty")
    fillers = frozenset() if literal else _read_fillers(ontology, property_)
    return Role(local(property_), least, most, fillers, literal)


def _read_fillers(ontology: Ontology, property_: Term) -> frozenset[str]:
    range_ = ontology.one(property_, f"{RDFS}range")
    unions = ontology.all(range_, f"{OWL}unionOf")
    return frozenset(local(member) for member in (ontology.members(unions[0]) if unions else [range_]))


def _read_edges(ontology: Ontology, type_: NamedNode, order: Sequence[str]) -> tuple[EdgeRule, ...]:
    properties = ontology.subjects(f"{NAMESPACE}fromType", type_)
    sisters = {sister for property_ in properties for sister in ontology.all(property_, f"{NAMESPACE}reportedAs")}
    rules = []
    for property_ in properties:
        if property_ not in sisters:
            reported = [local(sister) for sister in ontology.all(property_, f"{NAMESPACE}reportedAs")]
            rules.append(
                EdgeRule(
                    property=local(property_),
                    reported=reported[0] if reported else None,
                    subject_role=local(ontology.one(property_, f"{NAMESPACE}subjectRole")),
                    object_role=local(ontology.one(property_, f"{NAMESPACE}objectRole")),
                    symmetric=ontology.is_a(property_, f"{OWL}SymmetricProperty"),
                )
            )
    return tuple(sorted(rules, key=lambda rule: (order.index(rule.subject_role), order.index(rule.object_role))))


def _read_statuses(ontology: Ontology, kind: NamedNode) -> tuple[str, ...]:
    for superclass in ontology.all(kind, f"{RDFS}subClassOf"):
        if ours("status") in ontology.all(superclass, f"{OWL}onProperty"):
            allowed = ontology.one(ontology.one(superclass, f"{OWL}allValuesFrom"), f"{OWL}oneOf")
            return tuple(local(status) for status in ontology.members(allowed))
    raise VocabularyError(f"corporate.ttl: {kind} must say which statuses it allows.")


def _read_type(ontology: Ontology, type_: NamedNode) -> FactType:
    supers = ontology.all(type_, f"{RDFS}subClassOf")
    kind = ours("Deal") if ours("Deal") in supers else ours("State")
    restrictions = sorted((s for s in supers if ontology.is_a(s, f"{OWL}Restriction")), key=ontology.position)
    roles = {role.name: role for role in (_read_role(ontology, restriction) for restriction in restrictions)}
    edges = _read_edges(ontology, type_, list(roles))
    return FactType(
        name=local(type_),
        label=ontology.one(type_, f"{RDFS}label").value,
        definition=ontology.one(type_, f"{SKOS}definition").value,
        is_deal=kind == ours("Deal"),
        roles=MappingProxyType(roles),
        edges=edges,
        symmetric_role=next((rule.subject_role for rule in edges if rule.symmetric), None),
        statuses=_read_statuses(ontology, kind),
    )


def _read_types(ontology: Ontology) -> Mapping[str, FactType]:
    found = []
    for kind in ("Deal", "State"):
        classes = ontology.subjects(f"{RDFS}subClassOf", ours(kind))
        found += sorted((term for term in classes if isinstance(term, NamedNode)), key=ontology.position)
    return MappingProxyType({local(term): _read_type(ontology, term) for term in found})


def _read_collection(ontology: Ontology, name: str) -> frozenset[str]:
    return frozenset(local(member) for member in ontology.all(ours(name), f"{SKOS}member"))


def _read_entity_classes(ontology: Ontology) -> Mapping[str, str]:
    kinds = ontology.members(ontology.one(ontology.one(ours("entityType"), f"{RDFS}range"), f"{OWL}oneOf"))
    return MappingProxyType({local(kind): kind.value for kind in kinds})


def _read_ontology() -> Ontology:
    ontology = Ontology(ontology_path("corporate.ttl"), own_file())
    if ontology.fingerprint:
        refuse_faults(ontology)
    return ontology


_ONTOLOGY = _read_ontology()

ENTITY_CLASSES: Mapping[str, str] = _read_entity_classes(_ONTOLOGY)
"""The IRI of each entity type's class."""

ENTITY_TYPES: tuple[str, ...] = tuple(ENTITY_CLASSES)

FACT_TYPES: Mapping[str, FactType] = _read_types(_ONTOLOGY)
"""Every fact type by name: deals first, then states."""

DEAL_TYPES: tuple[str, ...] = tuple(name for name, type_ in FACT_TYPES.items() if type_.is_deal)
STATE_TYPES: tuple[str, ...] = tuple(name for name, type_ in FACT_TYPES.items() if not type_.is_deal)

OWN_TYPES: tuple[str, ...] = tuple(name for name in FACT_TYPES if ours(name) in _ONTOLOGY.own_terms)
"""The fact types of the file that ``KG_ONTOLOGY`` names, deals first."""

OWN_FINGERPRINT: str = _ONTOLOGY.fingerprint
"""Eight hexadecimal digits that change when that file does; empty without one."""

STATUSES: tuple[str, ...] = _read_statuses(_ONTOLOGY, ours("Deal"))
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
        raise VocabularyError(
            f"There is no fact type {name!r}; the vocabulary has {known} (types of your own come from the file that "
            f"{VARIABLE} names)."
        ) from None


def definition(name: str) -> str:
    """Return how the ontology defines a term of its own (a fact type, role or status).

    Raises ``VocabularyError`` for a name that the vocabulary does not have.
    """
    found = _ONTOLOGY.all(ours(name), f"{SKOS}definition")
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
