"""Names as scoring compares them: case, accents, punctuation, possessives and legal forms folded away."""

from __future__ import annotations

import re
import unicodedata

_LEGAL_FORMS = frozenset(
    word
    for line in (
        "co company corp corporation inc incorporated limited llc lp ltd plc pty",  # English
        "ab ag as asa bv gmbh kk nv oyj sa sas se spa srl",  # other languages
        "group holding holdings the",  # what names carry like a legal form ("Gap, The")
    )
    for word in line.split()
)
_POSSESSIVE = re.compile(r"['’]s?\b")
_WORD = re.compile("[a-z0-9]+")


def folded(name: str) -> str:
    """Return what a name has in common with its other spellings; two names are one when this is the same.

    A name without a Latin letter or digit is only put in lower case. A name that is nothing but legal forms and
    articles ("The Company") keeps one of its words.
    """
    latin = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    spelled = _POSSESSIVE.sub("", (latin or name).lower()).replace("&", " and ")
    words = _WORD.findall(spelled)
    if not words:
        return name.lower()
    first, last = 0, len(words)
    while last > 1 and words[last - 1] in _LEGAL_FORMS:
        last -= 1
    while first < last - 1 and words[first] == "the":
        first += 1
    return " ".join(words[first:last])
