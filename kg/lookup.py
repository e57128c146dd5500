"""Names that people type → what a graph holds under them, or a sentence that says what it holds instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from kg.errors import UnknownNameError, VocabularyError
from kg.model import Deal, Identity
from kg.resolution.names import normalise
from kg.store.reading import DocumentInfo
from kg.store.terms import BASE
from kg.vocabulary import ENTITY_TYPES, STATUSES, fact_type


def identity(identities: Sequence[Identity], name: str) -> Identity:
    """Return the identity that a name means best; raises ``UnknownNameError`` with close matches."""
    wanted = name.strip()
    fitting = [(fit, candidate) for candidate in identities if (fit := _fit(candidate, wanted)) is not None]
    if not fitting:
        raise UnknownNameError(f"The graph holds no {wanted!r}; {_hint(identities, wanted)}")
    return min(fitting, key=_rank)[1]


def _fit(identity: Identity, name: str) -> int | None:
    """Return how well a name fits, 0 best; ``None`` when it does not."""
    if name.removeprefix(BASE) == identity.id or name == identity.name:
        return 0
    key = normalise(name, identity.type)
    if key == normalise(identity.name, identity.type):
        return 1
    if name in identity.aliases:
        return 2
    return 3 if any(key == normalise(alias, identity.type) for alias in identity.aliases) else None


def _rank(fitting: tuple[int, Identity]) -> tuple[int, int, int, str]:
    fit, identity = fitting
    return fit, ENTITY_TYPES.index(identity.type), -len(identity.members), identity.id


def _hint(identities: Sequence[Identity], name: str) -> str:
    names = {form.casefold(): identity.name for identity in identities for form in (identity.name, *identity.aliases)}
    close = get_close_matches(name.casefold(), names, n=3, cutoff=0.6)
    if not close:
        return "list the companies with: kg companies"
    return "did you mean " + " or ".join(dict.fromkeys(names[match] for match in close)) + "?"


def documents(held: Sequence[DocumentInfo], source: str) -> list[DocumentInfo]:
    """Return the documents with this origin, source, URL or id; raises ``UnknownNameError`` when there is none."""
    found = [info for info in held if source in (info.id, info.source, info.url, *info.origins)]
    if not found:
        raise UnknownNameError(f"The graph holds no document from {source!r}; list them with: kg documents")
    return found


def deal(facts: Mapping[str, Deal], deal_id: str) -> Deal:
    """Return the deal or state of this id or IRI; raises ``UnknownNameError``."""
    local = deal_id.removeprefix(BASE)
    if local not in facts:
        raise UnknownNameError(f"The graph holds no deal {deal_id!r}; list them with: kg deals")
    return facts[local]


def fact_types(single: str | None, several: Iterable[str] | None, default: Iterable[str]) -> frozenset[str]:
    """Return the fact types asked for; raises ``VocabularyError`` for an unknown one."""
    if single is not None:
        return frozenset({fact_type(single).name})
    return frozenset(default) if several is None else frozenset(fact_type(name).name for name in several)


def check_status(status: str | None) -> None:
    """Raise ``VocabularyError`` for a status that does not exist."""
    if status is not None and status not in STATUSES:
        raise VocabularyError(f"There is no status {status!r}; choose one of {', '.join(STATUSES)}.")


def check_entity_type(type_: str | None) -> None:
    """Raise ``VocabularyError`` for an entity type that does not exist."""
    if type_ is not None and type_ not in ENTITY_TYPES:
        raise VocabularyError(f"There is no entity type {type_!r}; choose one of {', '.join(ENTITY_TYPES)}.")
