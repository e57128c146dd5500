"""A gold article ⇄ a sheet: a commented TOML file that a person corrects in an editor."""

from __future__ import annotations

import json
import textwrap
import tomllib
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from kg.annotation.gold import GoldArticle, GoldFact, fact_to_json, from_json
from kg.errors import SourceError
from kg.vocabulary import DEAL_TYPES, ENTITY_TYPES, FACT_TYPES, STATE_TYPES, FactType

SUFFIX = ".toml"
_WIDTH = 110
_KEYS = {"published", "entity", "fact", "unscored"}

_HEAD = """\
Correct what was extracted from the article at the end of this file, save, and give this file to `kg annotate`.
Delete the whole [[fact]] that is none, copy one for what was missed, and write [[unscored]] over one that a reader may
or may not list. Names in roles are names of entities, or of aliases of them. Evidence is copied from the article.
What is absent is left out: amount, stake (a part of 1), date (2015, 2015-03 or 2015-03-12), title (of a Role).
"""


def to_sheet(article: GoldArticle, problems: Sequence[str] = ()) -> str:
    """Return the article as a sheet; ``problems`` are told at its top."""
    lines = [*_comment("WRONG SO FAR: " + problem for problem in problems), *_comment(_HEAD.splitlines()), "#"]
    lines += [*_comment(_vocabulary()), ""]
    if article.published is not None:
        lines += [f"published = {_value(article.published)}", ""]
    for entity in article.entities:
        lines += ["[[entity]]", f"name = {_value(entity.name)}", f"type = {_value(entity.type)}"]
        lines += [f"aliases = {_value(list(entity.aliases))}", ""]
    for name, facts in (("fact", article.facts), ("unscored", article.unscored)):
        for fact in facts:
            lines += [f"[[{name}]]", *_fact(fact), ""]
    lines += [*_comment(["THE ARTICLE", ""])]
    for paragraph in article.text.splitlines():
        lines += _comment(textwrap.wrap(paragraph, _WIDTH) or [""])
    return "\n".join(lines) + "\n"


def from_sheet(content: str, text: str, name: str) -> GoldArticle:
    """Return the article of a sheet, with the text that it is about; ``name`` is the sheet's, for messages.

    Raises ``SourceError`` when the sheet is not TOML or lacks what a sheet has. What it says is not judged.
    """
    try:
        data = tomllib.loads(content, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise SourceError(name, f"is not valid TOML ({error}); mend the line") from None
    except (ValueError, ArithmeticError, RecursionError):
        raise SourceError(name, "has a number too long or a list too deep to be read; mend that") from None
    unknown = sorted(set(data) - _KEYS)
    if unknown:
        raise SourceError(name, f"has a key {unknown[0]!r} outside [[entity]], [[fact]] and [[unscored]]; move it")
    try:
        aliases = _aliases(data)
        return from_json(
            {
                "published": str(data["published"]) if "published" in data else None,
                "entities": data.get("entity", []),
                "facts": [_read(fact, aliases) for fact in data.get("fact", [])],
                "unscored": [_read(fact, aliases) for fact in data.get("unscored", [])],
            },
            text,
        )
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as problem:
        raise SourceError(name, f"is no sheet as `kg annotate` writes them ({problem!r}); mend the entry") from None


def _fact(fact: GoldFact) -> Iterator[str]:
    """The lines of a fact; roles that stand empty in it are shown, since a sheet is where they get filled."""
    data = fact_to_json(fact)
    kind = FACT_TYPES.get(fact.type)
    for key, value in data.items():
        if key == "roles":
            for role in kind.roles if kind else value:
                yield f"roles.{role} = {_value(value.get(role, [] if kind and not kind.roles[role].literal else ''))}"
        else:
            yield f"{key} = {_value(value)}"


def _read(fact: dict[str, Any], aliases: dict[str, str]) -> dict[str, Any]:
    """Return a fact of a sheet as it would stand in a gold file: numbers plain, empty roles left out."""
    roles = {}
    for role, fillers in fact["roles"].items():
        names = [fillers] if isinstance(fillers, str) else list(fillers)
        filled = [name if role == "title" else aliases.get(name, name) for name in names if name]
        if filled:
            roles[role] = filled
    stake, date = fact.get("stake"), fact.get("date")
    figures = {"stake": float(stake) if isinstance(stake, Decimal) else stake, "date": str(date) if date else None}
    return {**fact, **figures, "roles": roles}


def _aliases(data: dict[str, Any]) -> dict[str, str]:
    """Map each alias to the name of its entity; what is a name itself stands for itself."""
    found = {alias: entity["name"] for entity in data.get("entity", []) for alias in entity.get("aliases", [])}
    return found | {entity["name"]: entity["name"] for entity in data.get("entity", [])}


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    # A JSON string is a TOML string but for the one control character that JSON leaves as it is.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _comment(lines: Iterator[str] | Sequence[str]) -> list[str]:
    """Comment lines: a control character would end a comment or make the sheet unreadable."""
    printable = ("".join(c if c.isprintable() else " " for c in line) for line in lines)
    return [f"# {line}".rstrip() for line in printable]


def _vocabulary() -> Iterator[str]:
    yield f"Entity types: {', '.join(ENTITY_TYPES)}"
    for names in (DEAL_TYPES, STATE_TYPES):
        yield f"{', '.join(_with_roles(FACT_TYPES[name]) for name in names)}:"
        yield f"    status {', '.join(FACT_TYPES[names[0]].statuses)}"


def _with_roles(kind: FactType) -> str:
    return f"{kind.name} ({', '.join(kind.roles)})"
