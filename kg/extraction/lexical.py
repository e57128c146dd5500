"""Facts read off the words: regular expressions over a sentence in which each mention stands as a mark.

The patterns are data (``data/lexical.toml``, compiled by ``wording``); this module masks the sentence, matches, and
maps back to entities.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc, Span

from kg.extraction.candidates import Candidate, Reason, fitting
from kg.extraction.lexicon import words
from kg.extraction.segments import TICKER
from kg.extraction.state import Node, Reference
from kg.extraction.wording import CLOSE, MARK, OPEN, Pattern, component, mark, possible, title_start

_LETTERS = {"Company": "C", "Person": "P", "Organization": "O", "Product": "R", "Place": "L"}
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_BEFORE_NOUN = frozenset({"compound", "amod", "nmod"})
# Left out of the masked sentence: tickers, the agency's angle brackets, forms of address.
_NOISE = re.compile(  # and blanks before punctuation, in texts that were cut into words
    rf"\s*(?:{TICKER.pattern})|<|>(?=\W)|>$| (?=[,;:](?:\s|$))"
    r"|\b(?:Mr|Mrs|Ms|Dr|Sir|Dame|Lord|Lady|Prof|Professor)\.? (?=[A-Z])"
)
_BRACKET = re.compile(r"\s*\([^()]{1,60}\)")
_MOST_MARKS = 40


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence as the patterns see it; ``starts`` and ``origins`` map its pieces to offsets in the document."""

    text: str
    starts: list[int]
    origins: list[int]

    def origin(self, offset: int) -> int:
        """Return the offset in the document of a character; in a mark, that of its mention."""
        piece = bisect_right(self.starts, offset) - 1
        if self.text[self.starts[piece]] == OPEN:
            return self.origins[piece]
        return self.origins[piece] + offset - self.starts[piece]


class Lexical:
    """Matches the lexical patterns in the sentences of one document."""

    def __init__(self, doc: Doc, references: Sequence[Reference]) -> None:
        self.doc = doc
        self.text = doc.text  # which spaCy puts together anew at each use
        self.nodes: Sequence[Node] = doc._.kg_nodes
        self.references = references

    def read(self, sentence: Span, inside: Sequence[int], topic: int | None, main: int | None) -> Iterator[Candidate]:
        """Yield the facts that the patterns find among the references (by index) inside the sentence.

        A rival or a title that names no company belongs to ``topic``, the company that the sentence is about, or to
        ``main``, the company that the article is about.
        """
        if not inside or len(inside) > _MOST_MARKS:
            return
        masked = self.mask(sentence, inside)
        text = masked.text
        low = text.lower()
        kinds = [text[m.start() + 1] for m in MARK.finditer(text)]
        titles: list[int] | None = None
        candidates, needed = possible(frozenset(kinds), len(kinds) == 1)
        present = {word for word in needed if word in low}
        for pattern in candidates:
            if any(present.isdisjoint(choices) for choices in pattern.cues):
                continue
            if pattern.at_title:
                titles = [m.start() for m in title_start().finditer(low)] if titles is None else titles
                matches = [m for start in titles if (m := pattern.expression.match(text, start)) is not None]
            else:
                matches = list(pattern.expression.finditer(text))
            for match in matches:
                yield from self._candidates(pattern, match, sentence, masked, (topic, main))

    def _home(self, before: str, topic: int | None, main: int | None) -> int | None:
        """The company that a title or a rival without a company belongs to, given the sentence before it."""
        here = {
            n for i in MARK.findall(before) for n in self.references[int(i)].nodes if self.nodes[n].type == "Company"
        }
        if topic in here:
            return topic
        return next(iter(here)) if len(here) == 1 else main

    # -- the masked sentence ---------------------------------------------------------------------------------

    def mask(self, sentence: Span, inside: Sequence[int]) -> Masked:
        """Return the sentence in lower case with marks for mentions, finite verbs capitalised and asides left out."""
        position, pieces, starts, origins, length = sentence.start_char, list[str](), list[int](), list[int](), 0
        text = self._flat(sentence)
        for start, end, replacement in [*self._cuts(sentence, inside), (sentence.end_char, sentence.end_char, "")]:
            if start < position:
                continue
            for piece, origin in (
                (text[position - sentence.start_char : start - sentence.start_char], position),
                (replacement, start),
            ):
                if piece:
                    pieces.append(piece)
                    starts.append(length)
                    origins.append(origin)
                    length += len(piece)
            position = end
        return Masked("".join(pieces), starts, origins)

    def _flat(self, sentence: Span) -> str:
        """The sentence in lower case, character for character, with a capital for each finite verb."""
        text = self.text[sentence.start_char : sentence.end_char]
        low = text.lower()
        if len(low) != len(text):
            low = "".join(lower if len(lower := c.lower()) == 1 else c for c in text)
        low = re.sub(rf"[\s{OPEN}{CLOSE}]", " ", low)
        chars = list(low)
        for token in sentence:
            if token.tag_ in _FINITE:
                offset = token.idx - sentence.start_char
                upper = chars[offset].upper()
                chars[offset] = upper if len(upper) == 1 else chars[offset]
        return "".join(chars)

    def _cuts(self, sentence: Span, inside: Sequence[int]) -> list[tuple[int, int, str]]:
        """What to replace, in order: mentions by marks, tickers, forms of address and asides by nothing."""
        cuts: list[tuple[int, int, str]] = []
        spans = []
        for index in inside:
            reference = self.references[index]
            first, last = self.doc[reference.start], self.doc[reference.end - 1]
            spans.append((first.idx, last.idx + len(last), reference.nodes))
            cuts.append((first.idx, last.idx + len(last), mark(self._letter(reference), index)))
        text, offset = self.text[sentence.start_char : sentence.end_char], sentence.start_char
        cuts += [(m.start() + offset, m.end() + offset, "") for m in _NOISE.finditer(text)]
        cuts += [(start, end, "") for start, end in self._wider_places(inside, spans)]
        if "(" in text:
            for m in _BRACKET.finditer(text):
                start, end = m.start() + offset, m.end() + offset
                within = [span for span in spans if start <= span[0] < end]
                before = [span for span in spans if span[1] == start]
                if not within or (len(within) == 1 and before and before[0][2] == within[0][2]):
                    cuts.append((start, end, ""))
        return sorted(cuts)

    def _wider_places(
        self, inside: Sequence[int], spans: Sequence[tuple[int, int, tuple[int, ...]]]
    ) -> Iterator[tuple[int, int]]:
        """The second of two places ("Palo Alto, California"), with the comma after it in "a Newark, Del., firm"."""
        text = self.text
        places = [self._letter(self.references[index]) in "AL" for index in inside]
        for i, (one, other) in enumerate(pairwise(spans)):
            if places[i] and places[i + 1] and text[one[1] : other[0]] in {", ", " , "}:
                within = text[other[1] : other[1] + 1] == "," and text[: one[0]].endswith((" a ", " an ", " the "))
                yield one[1], other[1] + within

    def _letter(self, reference: Reference) -> str:
        node = self.nodes[reference.nodes[0]]
        if node.type == "Place":
            return "A" if reference.adjective or self._before_noun(reference) else "L"
        letter = _LETTERS[node.type]
        return letter.lower() if reference.nominal else letter

    def _before_noun(self, reference: Reference) -> bool:
        """Whether a place's name stands before a noun that it describes: "US retailer", "the Detroit automaker"."""
        last = self.doc[reference.end - 1]
        return (
            last.dep_ in _BEFORE_NOUN and last.head.i > last.i and not last.nbor().is_punct
            if last.i + 1 < len(self.doc)
            else False
        )

    # -- from a match to facts -------------------------------------------------------------------------------

    def _candidates(
        self,
        pattern: Pattern,
        match: re.Match[str],
        sentence: Span,
        masked: Masked,
        minds: tuple[int | None, int | None],
    ) -> Iterator[Candidate]:
        roles: dict[str, list[int]] = {}
        title = pattern.title
        for name, value in match.groupdict().items():
            if value is None:
                continue
            if name == "title":
                start = masked.origin(match.start("title"))
                title = self.text[start : start + len(value)]
                continue
            numbers = [n for index in MARK.findall(value) for n in self.references[int(index)].nodes]
            roles.setdefault(name.rstrip("2"), []).extend(numbers)
        home = self._home(masked.text[: match.start()], *minds)
        if pattern.default is not None and pattern.default not in roles:
            if home is None or (pattern.default == "organization" and not _of_a_company(title)):
                return
            roles[pattern.default] = [home]
        trigger = self._token_at(masked.origin(min(match.end(), len(masked.text)) - 1), sentence)
        reason = Reason(component(pattern, match), pattern.confidence, sentence.start, sentence.end)
        for split in _split(roles, pattern.each, home):
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
                    weak=pattern.default is not None,
                    reasons=[reason],
                )

    def _token_at(self, offset: int, sentence: Span) -> int:
        for token in sentence:
            if token.idx + len(token) > offset:
                return token.i
        return sentence.end - 1


def _of_a_company(title: str | None) -> bool:
    """Whether the title is one that belongs to the company that the sentence is about when it names none."""
    return title is not None and title.lower().endswith(tuple(words("titles", "company_heads")))


def _split(roles: Mapping[str, list[int]], each: str | None, main: int | None) -> Iterator[dict[str, list[int]]]:
    """One reading for each filler of the role ``each``; each rival ("other") is paired with its competitor."""
    if each is None or each not in roles:
        yield dict(roles)
        return
    rest = {name: numbers for name, numbers in roles.items() if name != each}
    for number in roles[each]:
        if each == "other":
            base = rest.get("competitor", [] if main is None else [main])
            yield {"competitor": [*base[:1], number]}
        else:
            yield {**rest, each: [number]}
