"""Names → keys: two names with the same key are the same name, written differently.

A key folds case, accents, punctuation, possessives, legal forms ("Ltd", "AG") and a leading "the". It decides nothing
about who is meant; ``identity`` does.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from cleanco.clean import basename, prepare_default_terms

from kg.resolution.wording import COUNTRIES, GENERIC_WORDS, NO_LEGAL_FORM, TITLES

_WITH_LEGAL_FORM = frozenset({"Company", "Organization"})
_POSSESSIVE = re.compile(r"['’]s?\Z")
_APOSTROPHE = re.compile(r"['’`]")
_ACRONYM_DOT = re.compile(r"(?<=\b\w)\.(?=\w\b|\s|\Z)")
_NOT_WORD = re.compile(r"[^\w]+|_+")
_ACCENTS = re.compile("[\u0300-\u036f]")


@lru_cache(maxsize=100_000)
def normalise(name: str, type: str) -> str:  # noqa: A002 - the word that entities use
    """Return the key of a name for an entity type; never empty for a name that has any visible character."""
    plain = unicodedata.normalize("NFKC", name).strip()
    plain = _POSSESSIVE.sub("", plain) or plain
    if type in _WITH_LEGAL_FORM:
        plain = _without_legal_form(plain)
    key = _fold(plain)
    if key.startswith("the ") and len(key) > 4:
        key = key[4:]
    if type == "Place":
        key = COUNTRIES.get(key, key)
    return key or name.strip().casefold()


def normalise_title(title: str) -> str:
    """Return the key of a job title: "Chief Executive Officer" and "CEO" have the same one."""
    key = _fold(unicodedata.normalize("NFKC", title))
    return TITLES.get(key, key)


def slug(name: str) -> str:
    """Return a name as part of an IRI: lower case, letters of any script and digits kept, the rest hyphens."""
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).lower())
    kept = "".join(c if c.isalnum() or unicodedata.category(c) in {"Mn", "Mc"} else "-" for c in plain)
    return re.sub("-+", "-", kept).strip("-")


def is_short_form(short: str, full: str) -> bool:
    """Tell whether a key may be a short form of a longer one: some of its words, their initials, or its beginning."""
    if not short or len(short) >= len(full):
        return False
    words, initials = full.split(), "".join(word[0] for word in full.split())
    packed = short.replace(" ", "")
    if set(short.split()) <= set(words):
        return True
    return packed in (initials, initials.replace("a", "")) or full.replace(" ", "").startswith(packed)


def is_first_word(short: str, full: str) -> bool:
    """Tell whether a key is the first word of another that adds only general words ("alibaba", "alibaba group")."""
    first, _, rest = full.partition(" ")
    return bool(rest) and short == first and len(short) > 1 and all(word in GENERIC_WORDS for word in rest.split())


def _fold(name: str) -> str:
    decomposed = unicodedata.normalize("NFD", name.casefold().replace("&", " and "))
    plain = unicodedata.normalize("NFC", _ACCENTS.sub("", decomposed))
    plain = _ACRONYM_DOT.sub("", _APOSTROPHE.sub("", plain))
    return " ".join(_NOT_WORD.sub(" ", plain).split())


def _without_legal_form(name: str) -> str:
    """Take legal forms off the end, as long as a name remains; cleanco is asked only where it can find one."""
    for _ in range(3):
        words = name.split()
        if len(words) < 2 or _ending(words[-1]) not in _legal_endings():
            break
        shorter = basename(name).strip(" ,")
        if not shorter or shorter == name or shorter.casefold() == "the":
            break
        name = shorter
    return name


@cache
def _legal_endings() -> frozenset[str]:
    return frozenset(_ending(str(words[-1])) for _, words in prepare_default_terms() if words) - NO_LEGAL_FORM


def _ending(word: str) -> str:
    return word.replace(".", "").strip(",()").casefold()
