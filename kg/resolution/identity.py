"""Entities of many documents → identities: one for each company, person, product, place or organization.

What unites: the same type and the same key of the name; a name that is a short form which exactly one other identity
goes by. A person's single name ("Ma") unites within its document only. The result does not depend on the order in which
documents come.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.model import Entity, Identity
from kg.resolution.names import is_first_word, is_short_form, normalise, slug

_LONGEST_SLUG = 80

Key = tuple[str, str, str]
"""Entity type, key of the name, and the document where a name means something in that document only (else empty)."""


@dataclass(frozen=True)
class Resolution:
    """All identities, in the order of their ids."""

    identities: tuple[Identity, ...]

    def identity_of(self, member: str) -> Identity:
        """Return the identity of ``DOCUMENT_ID#ENTITY_ID``; raises ``KeyError`` when it was not resolved."""
        return self._by_member[member]

    @cached_property
    def _by_member(self) -> dict[str, Identity]:
        return {member: identity for identity in self.identities for member in identity.members}


@dataclass
class _Cluster:
    """Entities taken for the same one so far."""

    names: Counter[str] = field(default_factory=Counter)
    aliases: set[str] = field(default_factory=set)
    members: list[str] = field(default_factory=list)

    def add(self, member: str, entity: Entity) -> None:
        self.names[entity.name] += 1
        self.aliases.update(entity.aliases)
        self.members.append(member)

    def join(self, other: _Cluster) -> None:
        self.names += other.names
        self.aliases |= other.aliases
        self.members += other.members

    def name(self, key: Key) -> str:
        """Return the name that most documents give; of several the longest, then the first in alphabetical order.

        A country goes by its usual name when any document uses it, however many say "US" or "American".
        """
        names = [name for name in self.names if name.casefold() == key[1]] if key[0] == "Place" else []
        return min(names or self.names, key=lambda name: (-self.names[name], -len(name), name))


def resolve(documents: Iterable[tuple[str, Sequence[Entity]]]) -> Resolution:
    """Return the identities of the entities of documents, each given as its id and its entities."""
    clusters: dict[Key, _Cluster] = defaultdict(_Cluster)
    for document_id, entities in documents:
        for entity in entities:
            clusters[_key(document_id, entity)].add(f"{document_id}#{entity.id}", entity)
    joined = _join(clusters, _short_forms(clusters))
    ids = _ids(joined)
    identities = (_identity(ids[key], key, cluster) for key, cluster in joined.items())
    return Resolution(tuple(sorted(identities, key=lambda identity: identity.id)))


def _key(document_id: str, entity: Entity) -> Key:
    key = normalise(entity.name, entity.type)
    private = entity.type == "Person" and " " not in key
    return entity.type, key, document_id if private else ""


def _short_forms(clusters: Mapping[Key, _Cluster]) -> dict[Key, Key]:
    """Return, for each cluster whose name is a short form of exactly one other cluster's, that other one."""
    by_alias: dict[Key, set[Key]] = defaultdict(set)
    by_first_word: dict[Key, set[Key]] = defaultdict(set)
    for key, cluster in clusters.items():
        kind, name, private = key
        if private:
            continue
        for alias in cluster.aliases:
            short = normalise(alias, kind)
            if is_short_form(short, name):
                by_alias[kind, short, ""].add(key)
        if kind == "Company":
            first = name.partition(" ")[0]
            if is_first_word(first, name):
                by_first_word[kind, first, ""].add(key)
    found: dict[Key, Key] = {}
    for key in clusters:
        fuller = (by_alias.get(key, set()) or by_first_word.get(key, set())) - {key}
        single_person = key[0] == "Person" and " " not in key[1]
        if len(fuller) == 1 and not single_person:
            found[key] = next(iter(fuller))
    return found


def _join(clusters: Mapping[Key, _Cluster], fuller: Mapping[Key, Key]) -> dict[Key, _Cluster]:
    """Unite clusters with the fuller ones that they are short for; names only grow, so no chain runs in a ring."""
    joined: dict[Key, _Cluster] = {}
    for key in sorted(clusters):
        head = key
        while head in fuller:
            head = fuller[head]
        joined.setdefault(head, _Cluster()).join(clusters[key])
    return joined


def _ids(clusters: Mapping[Key, _Cluster]) -> dict[Key, str]:
    """Give each cluster an id of its own: the first of those that share a slug keeps it plain."""
    ids: dict[Key, str] = {}
    taken: set[str] = set()
    for key in sorted(clusters):
        kind, _, private = key
        local = slug(clusters[key].name(key))
        if private or not local or len(local) > _LONGEST_SLUG or f"{kind.lower()}/{local}" in taken:
            digest = hashlib.sha256("\0".join(key).encode("utf-8", "surrogatepass")).hexdigest()[:8]
            local = f"{local[:_LONGEST_SLUG]}-{digest}".lstrip("-")
        ids[key] = f"{kind.lower()}/{local}"
        taken.add(ids[key])
    return ids


def _identity(identity_id: str, key: Key, cluster: _Cluster) -> Identity:
    name = cluster.name(key)
    aliases = (set(cluster.names) | cluster.aliases) - {name}
    return Identity(identity_id, key[0], name, tuple(sorted(aliases)), tuple(sorted(cluster.members)))
