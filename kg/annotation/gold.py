"""Gold files: ``NNN.json``, what a careful reader takes from the article ``NNN.txt``.

::

    {"published": "2015-03-12",
     "entities": [{"name": "SAIC Motor", "type": "Company", "aliases": ["SAIC"]}],
     "facts": [{"type": "JointVenture", "roles": {"partner": ["Alibaba", "SAIC Motor"]}, "status": "announced",
                "amount": {"value": 1000000000, "currency": "CNY"}, "stake": 0.5, "date": "2015-03-12",
                "evidence": "words of the article"}],
     "unscored": [facts that a reader may or may not list]}

Roles are filled with entity names; one that only one can fill may be given as a plain string. The ``title`` of a Role
stands among its roles.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from kg.errors import SourceError
from kg.evaluation.corpus import load
from kg.export.files import write_whole
from kg.model import Money
from kg.vocabulary import FACT_TYPES

JSON = dict[str, Any]
_TITLE = "title"
_MOST = 10**18


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """Someone or something that the article names; ``aliases`` are the other proper names in it."""

    name: str
    type: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldFact:
    """A fact, its roles filled with entity names; ``evidence`` are words of the article, white space apart."""

    type: str
    roles: Mapping[str, tuple[str, ...]]
    status: str
    evidence: str = ""
    amount: Money | None = None
    stake: float | None = None
    date: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One annotated article; ``unscored`` facts are never counted for or against a system."""

    text: str
    published: str | None = None
    entities: tuple[GoldEntity, ...] = ()
    facts: tuple[GoldFact, ...] = ()
    unscored: tuple[GoldFact, ...] = field(default=())


def read_gold(path: Path) -> GoldArticle:
    """Return the article of a gold file, with the text beside it.

    Raises ``SourceError`` when either cannot be read or the file has not the form of a gold file. What it says is not
    judged: see ``kg.annotation.checks``.
    """
    data = load(path)
    text = read_text(path.with_suffix(".txt"))
    try:
        return from_json(data, text)
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as problem:
        raise SourceError(path.as_posix(), f"is no gold file as `kg annotate` writes them ({problem!r})") from problem


def write_gold(article: GoldArticle, path: Path) -> None:
    """Write ``NNN.json`` and, before it, ``NNN.txt``, each whole or not at all; raises ``ExportError``."""
    write_whole(path.with_suffix(".txt"), [article.text.encode("utf-8", "replace")])
    write_whole(path, [as_text(article).encode("utf-8", "replace")])


def as_text(article: GoldArticle) -> str:
    """Return the content of the article's gold file; the same article gives the same bytes."""
    return json.dumps(to_json(article), ensure_ascii=False, indent=1) + "\n"


def read_text(path: Path) -> str:
    """Return an article's text as it stands in its file; raises ``SourceError`` when it cannot be read."""
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise SourceError(path.as_posix(), f"cannot be read ({error.strerror}); a gold file needs its text") from None
    except UnicodeDecodeError:
        raise SourceError(path.as_posix(), "is not UTF-8 text; save it as that") from None


def from_json(data: Mapping[str, Any], text: str) -> GoldArticle:
    """Return the article of a gold file's data; raises ``KeyError``, ``TypeError`` or ``ValueError`` for other data."""
    return GoldArticle(
        text=text,
        published=_optional(data.get("published"), str),
        entities=tuple(_read_entity(item) for item in data["entities"]),
        facts=tuple(_read_fact(item) for item in data.get("facts", ())),
        unscored=tuple(_read_fact(item) for item in data.get("unscored", ())),
    )


def to_json(article: GoldArticle) -> JSON:
    """Return the data of an article's gold file."""
    return {
        "published": article.published,
        "entities": [{"name": e.name, "type": e.type, "aliases": list(e.aliases)} for e in article.entities],
        "facts": [fact_to_json(fact) for fact in article.facts],
        "unscored": [fact_to_json(fact) for fact in article.unscored],
    }


def fact_to_json(fact: GoldFact) -> JSON:
    """Return a fact as it stands in a gold file: what is absent left out."""
    kind = FACT_TYPES.get(fact.type)
    roles: JSON = {}
    for role, fillers in fact.roles.items():
        single = kind is not None and role in kind.roles and kind.roles[role].most == 1 and len(fillers) == 1
        roles[role] = fillers[0] if single else list(fillers)
    if fact.title is not None:
        roles[_TITLE] = fact.title
    optional = {
        "amount": None
        if fact.amount is None
        else {"value": _number(fact.amount.value), "currency": fact.amount.currency},
        "stake": fact.stake,
        "date": fact.date,
    }
    present = {key: value for key, value in optional.items() if value is not None}
    return {"type": fact.type, "roles": roles, "status": fact.status, **present, "evidence": fact.evidence}


def is_sum(value: float | Decimal) -> bool:
    """Whether this can be the value of an amount of money: a finite number nearer to 0 than 10^18, in whole units.

    No news tells of more, and what is beyond cannot always be written down in digits.
    """
    number = Decimal(value)
    return number.is_finite() and -_MOST < number < _MOST


def _read_entity(item: Mapping[str, Any]) -> GoldEntity:
    return GoldEntity(_is(item["name"], str), _is(item["type"], str), _strings(item.get("aliases", ())))


def _read_fact(item: Mapping[str, Any]) -> GoldFact:
    roles = {
        role: _strings([fillers] if isinstance(fillers, str) else fillers) for role, fillers in item["roles"].items()
    }
    title = roles.pop(_TITLE, ())
    return GoldFact(
        type=_is(item["type"], str),
        roles=roles,
        status=_is(item["status"], str),
        evidence=_is(item.get("evidence", ""), str),
        amount=_read_amount(item.get("amount")),
        stake=_optional(item.get("stake"), float),
        date=_optional(item.get("date"), str),
        title=title[0] if title else None,
    )


def _read_amount(item: Mapping[str, Any] | None) -> Money | None:
    if item is None:
        return None
    value = Decimal(str(item["value"]))
    if not is_sum(value):
        raise ValueError("an amount is no finite number below 10^18")
    return Money(value, _is(item["currency"], str))


def _is(value: Any, kind: type[Any]) -> Any:
    if isinstance(value, bool) or not isinstance(value, (int, float) if kind is float else kind):
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value


def _optional(value: Any, kind: type[Any]) -> Any:
    return None if value is None else _is(value, kind)


def _strings(values: Any) -> tuple[str, ...]:
    if isinstance(values, str):
        raise TypeError(f"{values!r} is no list")
    return tuple(_is(value, str) for value in values)


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
