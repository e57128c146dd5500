"""Text → the language it is in, when that is clearly not English.

Most English is told by its commonest words alone; only what lacks them is put to py3langid, whose model takes most of a
second to load. News full of names and figures is easily taken for another language, so a wide margin is asked for.
"""

from __future__ import annotations

import re

from kg.layout import BlockKind, blocks

_SHORTEST = 100
_SAMPLE = 1_000
_COMMON = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "for",
        "that",
        "with",
        "by",
        "from",
        "was",
        "said",
        "its",
        "has",
        "which",
        "would",
        "will",
    ]
)
_COMMON_SHARE = 0.12
_MARGIN = 0.5
_WORD = re.compile(r"[^\W\d_]+")
_NOT_A_LANGUAGE = "zxx"


def other_language(text: str) -> str | None:
    """Return the English name (or the ISO code) of the text's language, ``None`` for English or when in doubt.

    It is judged by the first 1,000 characters of prose; fewer than 100 are too few to tell.
    """
    sample = _prose(text)
    if len(sample) < _SHORTEST:
        return None
    words = _WORD.findall(sample.lower())
    if sum(word in _COMMON for word in words) >= _COMMON_SHARE * len(words):
        return None
    return _classify(sample)


def _prose(text: str) -> str:
    sample = ""
    for block in blocks(text[: 10 * _SAMPLE]):
        if block.kind is not BlockKind.FURNITURE:
            sample += text[block.start : block.end][:_SAMPLE] + " "
        if len(sample) >= _SAMPLE:
            break
    return sample[:_SAMPLE].strip()


def _classify(sample: str) -> str | None:
    from py3langid import rank  # slow to load, and hardly ever needed

    scores = dict(rank(sample.lower()))
    code, best = max(scores.items(), key=lambda scored: scored[1])
    if code == _NOT_A_LANGUAGE or (best - scores["en"]) / len(sample) < _MARGIN:
        return None
    return _name(code)


def _name(code: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code).get_language_name("en") or code
    except (UnknownLocaleError, ValueError):
        return f"another language ({code})"
