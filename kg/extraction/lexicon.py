"""The word lists and patterns of extraction, read once from the data files beside this module."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any


@cache
def table(name: str) -> Mapping[str, Any]:
    """Return the parsed data file ``data/NAME.toml``."""
    return tomllib.loads((resources.files("kg.extraction") / "data" / f"{name}.toml").read_text("utf-8"))


@cache
def fingerprint() -> str:
    """Return eight hexadecimal digits that change when any word list or pattern changes."""
    files = sorted((resources.files("kg.extraction") / "data").iterdir(), key=lambda file: file.name)
    return hashlib.sha256(b"".join(file.read_bytes() for file in files if file.name.endswith(".toml"))).hexdigest()[:8]


@cache
def words(name: str, *path: str) -> frozenset[str]:
    """Return the list at ``path`` of data file ``name`` as a set."""
    node: Any = table(name)
    for key in path:
        node = node[key]
    return frozenset(node)


@cache
def countries() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return two maps to a country's usual name: from adjectives ("Chinese") and from names ("U.S.")."""
    places = table("places")
    adjectives = {form: name for name, forms in places["adjectives"].items() for form in forms}
    names = {name: name for name in places["adjectives"]}
    names.update({form: name for name, forms in places["names"].items() for form in forms})
    names.update({name: name for name in places["names"]})
    names.update({place: place for place in places["others"]["places"]})
    return adjectives, names
