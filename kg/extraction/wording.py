"""The lexical patterns of ``data/lexical.toml`` made ready: expanded, compiled, and with what they need to match.

A sentence is matched as text in lower case in which each mention is a mark (``mark``) and each finite verb begins with
a capital, so that a run of words inside a noun phrase (``{np}``, ``{desc}``) cannot cross a verb. Most patterns need
words that most sentences lack: ``Pattern.cues`` and ``Pattern.marks`` let the reader skip them without a search.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kg.extraction.lexicon import table

# The marks begin and end with private-use characters, so that no text can forge one.
OPEN, CLOSE = "\ue000", "\ue001"
MARK = re.compile(rf"{OPEN}[A-Za-z](\d+){CLOSE}")
# Not inside a noun phrase: words that end one. A capital is a finite verb.
_ENDS = (
    "and|or|but|to|of|with|for|by|in|at|from|that|which|who|whose|its|their|his|her|as|on|against|over|than|because|behind"
    "|when|while|if|where|after|before|under|into|about|between|not|said|saying|around|during|through|amid"
)
_WORD = r"(?-i:(?![A-Z])[\w’'&./%$£€,-]+ )"
_INNER = rf"(?!(?:{_ENDS}) )(?-i:(?![A-Z])[\w’'&./%$£€-]+ )"
_POSSESSIVE = r"(?: ?['’‘] ?s\b|['’](?= ))"
_PLACE = rf"(?-i:{OPEN}[AL]\d+{CLOSE})(?:{_POSSESSIVE}|[- ](?:based|listed|headquartered|owned))? "
_MACRO = re.compile(r"\{([a-z]\w*)(?::([A-Za-z]+)([+!]*))?\}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One wording: a match needs one of the words of each set of ``cues``, and of each set of ``marks`` one letter."""

    type: str
    confidence: float
    each: str | None
    default: str | None
    title: str | None
    expression: re.Pattern[str]
    text: str
    cues: tuple[frozenset[str], ...]
    marks: tuple[str, ...]
    at_title: bool  # a match begins with a job title


def mark(letter: str, index: int) -> str:
    """Return what stands in the masked sentence for reference ``index``; the letter tells its kind."""
    return f"{OPEN}{letter}{index}{CLOSE}"


@cache
def possible(letters: frozenset[str], alone: bool) -> tuple[tuple[Pattern, ...], tuple[str, ...]]:
    """Return the patterns that a sentence with mentions of these kinds can match, and all words that they need.

    ``alone``: the sentence has one mention, which is too few for most patterns.
    """
    found = tuple(
        pattern
        for pattern in patterns()
        if all(letters & set(choice) for choice in pattern.marks) and (len(pattern.marks) < 2 or not alone)
    )
    return found, tuple(sorted({word for pattern in found for choices in pattern.cues for word in choices}))


@cache
def patterns() -> tuple[Pattern, ...]:
    """Return the patterns of the data file, compiled."""
    return tuple(
        Pattern(
            entry["type"],
            entry["confidence"],
            entry.get("each"),
            entry.get("default"),
            entry.get("title"),
            re.compile(expand(text), re.IGNORECASE),
            text,
            _cues(text),
            tuple(letters for letters, optional in _marks(text) if not optional),
            re.sub(r"\(\?<!.*?\)", "", text).startswith(r"\b{title}"),
        )
        for entry in table("lexical")["pattern"]
        for text in entry["text"]
    )


def component(pattern: Pattern, match: re.Match[str]) -> str:
    """Return what a match is called: the words that the pattern went by ("words: stake in"), or else whom it names."""
    found, at = list[str](), match.start()
    title = match.span("title") if "title" in pattern.expression.groupindex else (at, at)
    for choices in pattern.cues:
        word = _one_of(choices).search(match.string, at, match.end())
        if word is not None:
            start, at = title if title[0] <= word.start() < title[1] else word.span()
            found.append(match.string[start:at].lower())
    if found:
        return f"words: {' '.join(found)}"
    return f"names: {', '.join(name for name in pattern.expression.groupindex if not name[-1].isdigit())}"


@cache
def _one_of(words: frozenset[str]) -> re.Pattern[str]:
    """What finds the words of a set of cues, with their endings."""
    return re.compile(rf"\b{_alternatives(list(words))}\w*", re.IGNORECASE)


@cache
def title_start() -> re.Pattern[str]:
    """Return what finds the job titles in a sentence in lower case."""
    return re.compile(rf"\b{_title()}")


# -- macros --------------------------------------------------------------------------------------------------


def expand(text: str) -> str:
    """Return the pattern as a regular expression."""
    return _MACRO.sub(_expansion, text)


def _expansion(match: re.Match[str]) -> str:
    name, letters, flags = match.groups()
    if letters:
        one = f"(?-i:{OPEN}[{letters}]\\d+{CLOSE})"
        if "!" in flags:
            one += _no_possessor()
        body = rf"{one}(?:, {one}){{0,10}}(?:,? (?:and|or|&) {one})?" if "+" in flags else one
        return f"(?P<{name}>{body})"
    if (run := re.fullmatch(r"(np|desc)(\d?)", name)) is not None:
        return _run(run[1], int(run[2] or 5))
    return _macros()[name]


def _run(kind: str, most: int) -> str:
    """Words between two parts of a pattern, as few as possible: of one noun phrase (``np``), or looser (``desc``)."""
    word = _INNER if kind == "np" else _WORD
    return rf"(?:{word}|{_PLACE}){{0,{most}}}?(?:(?:and )?{_macros()['rival']})?"


@cache
def _macros() -> Mapping[str, str]:
    groups = {name: _alternatives(words) for name, words in _lists().items()}
    title = _title()
    fixed = {
        "s": _POSSESSIVE,
        "art": r"(?:the |a |an |its |their |his |her |another |one of the )?",
        "sep": r"(?:, | [-–—]{1,3} | \()",
        "title": f"(?P<title>{title})",
        "office": rf"(?:(?-i:{OPEN}[CO]\d+{CLOSE}){_POSSESSIVE}? (?:{_INNER}){{0,2}}?{title} )?",
        "rival": rf"(?-i:{OPEN}C\d+{CLOSE}) (?:arch-?)?(?:rival|competitor|supplier|partner|unit|owner),? ",
        "mark": f"{OPEN}\\w\\d+{CLOSE}",
    }
    return {**groups, **fixed}


@cache
def _lists() -> Mapping[str, list[str]]:
    """The word lists of the data file; ``heads`` has the plurals of ``head`` too."""
    own: Mapping[str, list[str]] = table("lexical")["words"]
    return {**own, "heads": sorted({*own["heads"], *(f"{word}s" for word in own["head"])})}


@cache
def _no_possessor() -> str:
    of_another = "(?:arch-?)?(?:rival|competitor|supplier|unit|subsidiary|owner|parent)s?"
    return rf"(?!{_POSSESSIVE} (?:\w+ ){{0,3}}(?-i:{OPEN}C)| {of_another}\b)"


def _alternatives(words: list[str]) -> str:
    return f"(?:{'|'.join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))})"


@cache
def _title() -> str:
    titles = table("titles")
    heads = _alternatives([head.lower() for head in titles["heads"]])
    one = rf"(?:{_alternatives(titles['modifiers'])}[ -]){{0,3}}{heads}s?\b"
    return rf"{one}(?:(?: and |, |/| & ){one})?"


# -- what a pattern needs ------------------------------------------------------------------------------------


def _marks(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the letters of each mention of the pattern, and whether the mention may be missing."""
    for part, optional in _parts(text):
        for match in _MACRO.finditer(part):
            if match[2]:
                yield match[2], optional or "|" in _MACRO.sub("", part)


def _cues(text: str) -> tuple[frozenset[str], ...]:
    """Return sets of words: a sentence that lacks all words of one set cannot match the pattern."""
    found = []
    for part, optional in _parts(text):
        if optional:
            continue
        if part.startswith("{"):
            choices = _macro_words(part)
        elif part.startswith("("):
            choices = [_longest(choice) for choice in part.removeprefix("(?:").removesuffix(")").split("|")]
        else:
            choices = [_longest(part)]
        if choices and all(len(choice) > 1 for choice in choices):
            found.append(_reduced(choices))
    return tuple(found)


def _macro_words(macro: str) -> list[str]:
    """The words of which a macro needs one: none for a macro that may match nothing."""
    if macro == "{title}":
        return [head.lower() for head in table("titles")["heads"]]
    return list(_lists().get(macro.strip("{}"), ()))


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Split a pattern into macros, groups and the words between them; each with whether it may be missing."""
    text = re.sub(r"\{(\d)[\d,]*\}", lambda m: "*" if m[1] == "0" else "", text)
    for match in re.finditer(r"\{[a-z]\w*(?::[^}]*)?\}|(\((?:[^()\\]|\\.|\([^()]*\))*\))|[^{}()]+", text):
        part = match[0]
        repeated = match[1] is not None and text[match.end() : match.end() + 1] in {"?", "*"}
        optional = repeated or part.startswith(("(?!", "(?=", "(?<"))
        nested = match[1] is not None and "(" in part[3:]
        yield part, optional or nested


def _longest(part: str) -> str:
    """The longest run of plain letters that every match of the part has."""
    plain = re.sub(r"\\.|\[[^\]]*\][?*+]?(?:\{[^}]*\})?|.[?*]|[^\w -]", "\0", part)
    return max((run.strip() for run in plain.split("\0")), key=len, default="").lower()


def _reduced(words: list[str]) -> frozenset[str]:
    """The words without those that contain another of them: what to look for is the same."""
    return frozenset(word for word in words if not any(other != word and other in word for other in words))
