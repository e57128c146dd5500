"""Facts read off the words: regular expressions over a sentence in which each mention stands as a mark.

The patterns are data (``data/lexical.toml``); this module masks the sentence, matches, and maps back to entities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span

from kg.extraction.candidates import Candidate, fitting
from kg.extraction.segments import TICKER
from kg.extraction.lexicon import table, words
from kg.extraction.state import Node, Reference

# The marks begin and end with private-use characters, so that no text can forge one.
_OPEN, _CLOSE = "\ue000", "\ue001"
_LETTERS = {"Company": "C", "Person": "P", "Organization": "O", "Product": "R", "Place": "L"}
_WORD = r"[\w’'&./%$£€,-]+ "
# A word inside a noun phrase: not one that ends it.
_INNER = r"(?!(?:and|or|but|said|says|to|of|with|for|by|in|at|from|that|which|who|will|would|has|have|had|is|was|are|were|its|their|his|as|on|against|over|than) )[\w’'&./%$£€-]+ "
_NOISE = re.compile(rf"\s*(?:{TICKER.pattern})|<|>(?=\W)|>$")
_MOST_MARKS = 40


@dataclass(frozen=True, slots=True)
class _Pattern:
    type: str
    confidence: float
    each: str | None
    default_organization: bool
    expression: re.Pattern[str]
    cue: str


@cache
def _title() -> str:
    titles = table("titles")
    heads = "|".join(re.escape(head.lower()) for head in sorted(titles["heads"], key=lambda h: (-len(h), h)))
    modifiers = "|".join(re.escape(word) for word in sorted(titles["modifiers"], key=lambda w: (-len(w), w)))
    one = rf"(?:(?:{modifiers})[ -]){{0,3}}(?:{heads})"
    return rf"(?P<title>{one}(?:(?: and |, |/){one})?)"


def _expand(text: str) -> str:
    text = (
        text.replace("{s}", "(?:'s|’s|')")
        .replace("{art}", "(?:the |a |an |its |their )?")
        .replace("{desc}", f"(?:{_WORD}|{_OPEN}[ALR]\\d+{_CLOSE} ){{0,5}}?")
    )
    text = re.sub(r"\{desc(\d)\}", lambda m: f"(?:{_WORD}|{_OPEN}[AL]\\d+{_CLOSE} ){{0,{m[1]}}}?", text)
    text = re.sub(r"\{np(\d)\}", lambda m: f"(?:{_INNER}|{_OPEN}[AL]\\d+{_CLOSE} ){{0,{m[1]}}}?", text)
    text = text.replace("{title}", _title())

    def mark(match: re.Match[str]) -> str:
        one = f"{_OPEN}[{match[2]}]\\d+{_CLOSE}"
        body = rf"{one}(?:(?:,? and |, |,? or | & ){one})*" if match[3] else one
        return f"(?P<{match[1]}>{body})"

    return re.sub(r"\{(\w+):([A-Za-z]+)(\+?)\}", mark, text)


@cache
def _patterns() -> tuple[_Pattern, ...]:
    return tuple(
        _Pattern(
            entry["type"],
            entry["confidence"],
            entry.get("each"),
            entry.get("default_organization", False),
            re.compile(_expand(text)),
            text,
        )
        for entry in table("lexical")["pattern"]
        for text in entry["text"]
    )


class Lexical:
    """Matches the lexical patterns in the sentences of one document."""

    def __init__(self, doc: Doc, references: Sequence[Reference]) -> None:
        self.doc = doc
        self.nodes: Sequence[Node] = doc._.kg_nodes
        self.references = references

    def read(self, sentence: Span, inside: Sequence[int], main: int | None) -> Iterator[Candidate]:
        """Yield the facts that the patterns find among the references (by index) inside the sentence.

        ``main`` is the company that the article is about, which a title without a company belongs to.
        """
        if not inside or len(inside) > _MOST_MARKS:
            return
        masked, origin = self._mask(sentence, inside)
        for pattern in _patterns():
            for match in pattern.expression.finditer(masked):
                yield from self._candidates(pattern, match, sentence, origin, main)

    def _mask(self, sentence: Span, inside: Sequence[int]) -> tuple[str, list[int]]:
        """Return the masked sentence and, for each of its characters, the offset in the document's text."""
        position, pieces, origin = sentence.start_char, [], []
        for index in inside:
            reference = self.references[index]
            first, last = self.doc[reference.start], self.doc[reference.end - 1]
            if first.idx < position:
                continue
            self._append(position, first.idx, pieces, origin)
            mark = f"{_OPEN}{self._letter(reference)}{index}{_CLOSE}"
            pieces.append(mark)
            origin += [first.idx] * len(mark)
            position = last.idx + len(last)
        self._append(position, sentence.end_char, pieces, origin)
        return "".join(pieces), [*origin, sentence.end_char]

    def _append(self, start: int, end: int, pieces: list[str], origin: list[int]) -> None:
        """Add the words between two marks in lower case, without tickers and the agency's angle brackets."""
        text = self.doc.text[start:end]
        position = 0
        for piece in _NOISE.finditer(text):
            pieces.append(_flat(text[position : piece.start()]))
            origin += range(start + position, start + piece.start())
            position = piece.end()
        pieces.append(_flat(text[position:]))
        origin += range(start + position, end)

    def _letter(self, reference: Reference) -> str:
        node = self.nodes[reference.nodes[0]]
        if node.type == "Place":
            return "A" if reference.adjective else "L"
        letter = _LETTERS[node.type]
        return letter.lower() if reference.nominal else letter

    def _candidates(
        self, pattern: _Pattern, match: re.Match[str], sentence: Span, origin: list[int], main: int | None
    ) -> Iterator[Candidate]:
        roles: dict[str, list[int]] = {}
        title = None
        for name, value in match.groupdict().items():
            if value is None:
                continue
            if name == "title":
                start = origin[match.start("title")]
                title = self.doc.text[start : start + len(value)]
                continue
            numbers = [
                n
                for index in re.findall(rf"{_OPEN}[A-Za-z](\d+){_CLOSE}", value)
                for n in self.references[int(index)].nodes
            ]
            roles.setdefault(name.rstrip("2"), []).extend(numbers)
        if pattern.default_organization and "organization" not in roles:
            if main is None or not title or title.lower() not in words("titles", "company_heads"):
                return
            roles["organization"] = [main]
        trigger = self._token_at(origin[min(match.end() - 1, len(origin) - 1)], sentence)
        for split in _split(roles, pattern.each, main):
            fit = fitting(pattern.type, split, self.nodes)
            if fit is not None:
                yield Candidate(
                    pattern.type,
                    fit,
                    trigger,
                    sentence.start,
                    sentence.end,
                    pattern.confidence,
                    title=title,
                    reasons=[f"words: {pattern.cue}"],
                )

    def _token_at(self, offset: int, sentence: Span) -> int:
        for token in sentence:
            if token.idx + len(token) > offset:
                return token.i
        return sentence.end - 1


def _split(roles: Mapping[str, list[int]], each: str | None, main: int | None) -> Iterator[dict[str, list[int]]]:
    if each is None or each not in roles:
        yield dict(roles)
        return
    rest = {name: numbers for name, numbers in roles.items() if name != each}
    base = rest.get("competitor", [] if main is None else [main])
    for number in roles[each]:
        yield {"competitor": [*base[:1], number]}


def _flat(text: str) -> str:
    """Lower case and single blanks, character for character, so that offsets hold."""
    return "".join(
        " " if c.isspace() or c in {_OPEN, _CLOSE} else (low if len(low := c.lower()) == 1 else c) for c in text
    )
