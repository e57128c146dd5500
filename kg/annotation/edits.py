"""What a person types about a fact or an entity → the corrected fact or article; nothing is changed in place.

Each edit raises ``KgError`` with one sentence when it cannot be made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

from kg.annotation.checks import squeezed
from kg.annotation.gold import GoldArticle, GoldEntity, GoldFact, is_sum
from kg.documents.dates import is_iso_date
from kg.errors import KgError
from kg.extraction.llm.grounding import Ground
from kg.model import Money
from kg.vocabulary import ENTITY_TYPES, FACT_TYPES

NONE = ("", "-")
_SCALES = {"k": 10**3, "thousand": 10**3, "m": 10**6, "mln": 10**6, "million": 10**6}
_SCALES |= {"b": 10**9, "bn": 10**9, "bln": 10**9, "billion": 10**9, "trillion": 10**12}
_NUMBER = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<scale>[A-Za-z]*)")


def one_of(words: str, known: Iterable[str], what: str) -> str:
    """Return the name among the known ones that is meant, by its beginning in any case."""
    names = list(known)
    folded = words.strip().lower().replace(" ", "_")
    exact = [name for name in names if name.lower() == folded]
    meant = exact or [name for name in names if folded and name.lower().startswith(folded)]
    if not meant:
        raise KgError(f"{words.strip()!r} is no {what}: {', '.join(names)}")
    if len(meant) > 1:
        raise KgError(f"{words.strip()!r} is the beginning of more than one {what}: {', '.join(meant)}")
    return meant[0]


def new_fact(words: str) -> GoldFact:
    """Return an empty fact of the type that is named."""
    kind = FACT_TYPES[one_of(words, FACT_TYPES, "fact type")]
    return GoldFact(kind.name, {}, "announced" if kind.is_deal else kind.statuses[0])


def with_type(fact: GoldFact, words: str) -> GoldFact:
    """Return the fact as one of another type, its fillers in the roles that most likely correspond."""
    kind = FACT_TYPES[one_of(words, FACT_TYPES, "fact type")]
    roles = [role.name for role in kind.roles.values() if not role.literal]
    if set(fact.roles) <= set(roles):
        moved = dict(fact.roles)
    elif kind.symmetric_role:
        moved = {kind.symmetric_role: tuple(dict.fromkeys(name for names in fact.roles.values() for name in names))}
    elif len(fact.roles) == 1:
        (names,) = fact.roles.values()
        moved = {role: names[n : n + 1] for n, role in enumerate(roles[: len(names)])}
    else:
        moved = dict(zip(roles, fact.roles.values(), strict=False))
    status = fact.status if fact.status in kind.statuses else kind.statuses[0]
    title = fact.title if any(role.literal for role in kind.roles.values()) else None
    return replace(fact, type=kind.name, roles=moved, status=status, title=title)


def with_status(fact: GoldFact, words: str) -> GoldFact:
    """Return the fact with another status."""
    return replace(fact, status=one_of(words, FACT_TYPES[fact.type].statuses, f"status of {fact.type}"))


def with_role(article: GoldArticle, fact: GoldFact, words: str) -> GoldFact:
    """Return the fact with other fillers of a role: ``acquirer = Alibaba; SAIC Motor``, none after ``=`` for nobody."""
    named, equals, fillers = words.partition("=")
    if not equals:
        raise KgError("a role is written with its fillers: role acquirer = Alibaba; SAIC Motor")
    kind = FACT_TYPES[fact.type]
    role = one_of(named, (role.name for role in kind.roles.values() if not role.literal), f"role of {fact.type}")
    names = tuple(dict.fromkeys(entity_name(article, name) for name in _listed(fillers)))
    roles = {**fact.roles, role: names}
    return replace(fact, roles={name: roles[name] for name in kind.roles if roles.get(name)})


def with_amount(fact: GoldFact, words: str) -> GoldFact:
    """Return the fact with an amount, ``2.5 billion USD`` or ``EUR 300m``, or without one."""
    if words.strip() in NONE:
        return replace(fact, amount=None)
    currency = re.search(r"\b[A-Z]{3}\b", words)
    rest = words.replace(currency[0], " ", 1) if currency else words
    number = _NUMBER.fullmatch(rest.strip())
    scale = _SCALES.get(number["scale"].lower(), 0 if number["scale"] else 1) if number else 0
    if currency is None or number is None or not scale:
        raise KgError("an amount is a number and a currency code: amount 2.5 billion USD")
    value = Decimal(number["number"].replace(",", "")) * scale
    if not is_sum(value):
        raise KgError("an amount has at most 18 digits before the point: amount 2.5 billion USD")
    return replace(fact, amount=Money(value, currency[0]))


def with_stake(fact: GoldFact, words: str) -> GoldFact:
    """Return the fact with a stake, ``50%`` or ``0.5``, or without one."""
    if words.strip() in NONE:
        return replace(fact, stake=None)
    percent = words.strip().endswith("%")
    try:
        stake = float(Decimal(words.strip().rstrip("%").strip()) / (100 if percent else 1))
    except (ArithmeticError, ValueError):
        stake = 0.0
    if not 0 < stake <= 1:
        raise KgError("a stake is a part of the whole: stake 50% or stake 0.5")
    return replace(fact, stake=stake)


def with_date(fact: GoldFact, words: str) -> GoldFact:
    """Return the fact with a date, ``2015``, ``2015-03`` or ``2015-03-12``, or without one."""
    date = words.strip()
    if date not in NONE and not is_iso_date(date):
        raise KgError(f"{date!r} is no date: write 2015, 2015-03 or 2015-03-12")
    return replace(fact, date=None if date in NONE else date)


def with_title(fact: GoldFact, words: str) -> GoldFact:
    """Return the fact with a job title, or without one."""
    if not any(role.literal for role in FACT_TYPES[fact.type].roles.values()):
        raise KgError(f"{fact.type} has no title")
    return replace(fact, title=None if words.strip() in NONE else " ".join(words.split()))


def with_evidence(article: GoldArticle, fact: GoldFact, words: str) -> GoldFact:
    """Return the fact with other evidence; the words may be shortened with ``...`` and must stand in the article."""
    found = Ground(article.text).quote(words)
    if found is None:
        raise KgError("these words do not stand in the article: copy them, or shorten a long stretch with ...")
    return replace(fact, evidence=squeezed(found.quote))


def entity_name(article: GoldArticle, words: str) -> str:
    """Return the name of the entity that is meant by its name, an alias, or its number in the list (``#3``)."""
    wanted = " ".join(words.split())
    number = re.fullmatch(r"#(\d{1,5})", wanted)
    if number and 1 <= int(number[1]) <= len(article.entities):
        return article.entities[int(number[1]) - 1].name
    for same in (str, str.lower):
        for entity in article.entities:
            if same(wanted) in [same(form) for form in (entity.name, *entity.aliases)]:
                return entity.name
    raise KgError(f"{wanted!r} is no entity of the article yet: add it with entity Company {wanted}")


def with_entity(article: GoldArticle, words: str) -> GoldArticle:
    """Return the article with a further entity: ``Company SAIC Motor``."""
    kind, _, name = words.strip().partition(" ")
    type_, name = one_of(kind, ENTITY_TYPES, "entity type"), " ".join(name.split())
    _must_stand(article, name, type_)
    if any(entity.name == name for entity in article.entities):
        raise KgError(f"{name!r} is an entity of the article already; retype {name} = {type_} changes its type")
    return replace(article, entities=(*article.entities, GoldEntity(name, type_)))


def with_aliases(article: GoldArticle, words: str) -> GoldArticle:
    """Return the article with other aliases of an entity: ``SAIC Motor = SAIC; Shanghai Auto``."""
    name, aliases = _assigned(article, words, "alias SAIC Motor = SAIC; Shanghai Auto")
    forms = tuple(dict.fromkeys(_listed(aliases)))
    for form in forms:
        _must_stand(article, form, "")
    return _changed(article, name, lambda entity: replace(entity, aliases=forms))


def retyped(article: GoldArticle, words: str) -> GoldArticle:
    """Return the article with an entity of another type: ``SAIC Motor = Company``."""
    name, kind = _assigned(article, words, "retype SAIC Motor = Company")
    type_ = one_of(kind, ENTITY_TYPES, "entity type")
    return _changed(article, name, lambda entity: replace(entity, type=type_))


def renamed(article: GoldArticle, words: str) -> GoldArticle:
    """Return the article with an entity under another name, in all its facts: ``SAIC = SAIC Motor``."""
    old, new = _assigned(article, words, "rename SAIC = SAIC Motor")
    new = " ".join(new.split())
    _must_stand(article, new, next(entity.type for entity in article.entities if entity.name == old))
    if any(other.name == new for other in article.entities if other.name != old):
        raise KgError(f"{new!r} is another entity of the article: remove one of the two")

    def moved(fact: GoldFact) -> GoldFact:
        return replace(
            fact, roles={role: tuple(new if n == old else n for n in names) for role, names in fact.roles.items()}
        )

    def known(entity: GoldEntity) -> GoldEntity:
        return replace(entity, name=new, aliases=tuple(alias for alias in entity.aliases if alias != new))

    changed = _changed(article, old, known)
    return replace(changed, facts=tuple(map(moved, article.facts)), unscored=tuple(map(moved, article.unscored)))


def without_entity(article: GoldArticle, words: str) -> GoldArticle:
    """Return the article without an entity that no fact needs."""
    name = entity_name(article, words)
    for fact in (*article.facts, *article.unscored):
        if any(name in names for names in fact.roles.values()):
            raise KgError(f"{name!r} takes part in a fact ({fact.type}): change or drop that first")
    return replace(article, entities=tuple(entity for entity in article.entities if entity.name != name))


def _changed(article: GoldArticle, name: str, change: Callable[[GoldEntity], GoldEntity]) -> GoldArticle:
    return replace(article, entities=tuple(change(e) if e.name == name else e for e in article.entities))


def _assigned(article: GoldArticle, words: str, example: str) -> tuple[str, str]:
    name, equals, value = words.partition("=")
    if not equals or not name.strip():
        raise KgError(f"an entity is named before an equals sign: {example}")
    return entity_name(article, name), value


def _must_stand(article: GoldArticle, form: str, type_: str) -> None:
    """A country may have its usual name where the article has only the adjective; all else must stand there."""
    if not form or (type_ != "Place" and form not in squeezed(article.text)):
        raise KgError(f"{form!r} does not stand in the article: give the name as it is written there")


def _listed(words: str) -> list[str]:
    return [" ".join(part.split()) for part in words.split(";") if part.strip() not in NONE]
