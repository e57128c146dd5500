"""``Story``: what the making of facts needs to know of a whole document, gathered once.

Text, spans and sentences are looked up by position, so the cost of a fact does not grow with the document's length.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import Protocol, TypeVar

from spacy.tokens import Doc

from kg import vocabulary
from kg.extraction.dates import DateSpan
from kg.extraction.lexicon import table, words
from kg.extraction.money import MoneySpan
from kg.extraction.segments import BODY, HEADING
from kg.extraction.stakes import StakeSpan
from kg.extraction.state import Node
from kg.extraction.triggers import tells_of

_CLOSE = 60  # characters between a figure and the name that it is of
_MOST_COMENTIONS = 2
_REACH = 2  # sentences after the one that tells of a deal
_LEAD = 4  # sentences of prose that tell an article's news
_AROUND = (4, 6)  # sentences that name a party, before and after the one that tells of its deal


@dataclass(frozen=True, slots=True)
class Scope:
    """A sentence that speaks of a fact: its tokens ``start`` to ``end``, and the token ``at`` that names the fact."""

    start: int
    end: int
    at: int


class _Span(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


S = TypeVar("S", bound=_Span)


class Story:
    """One document as the facts see it."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = doc.text
        self.nodes: Sequence[Node] = doc._.kg_nodes
        self.money: Sequence[MoneySpan] = doc._.kg_money or ()
        self.stakes: Sequence[StakeSpan] = doc._.kg_stakes or ()
        self.dates: Sequence[DateSpan] = doc._.kg_dates or ()
        document = doc._.kg_document
        self.published: str | None = document.published if document is not None else None
        self._prose: bytearray | None = doc._.kg_prose
        self._deals = {c.start for c in doc._.kg_candidates or () if c.type in vocabulary.DEAL_TYPES}

    def is_heading(self, token: int) -> bool:
        """Whether a token stands in a title or heading."""
        return self._prose is not None and self._prose[token] == HEADING

    def _is_body(self, token: int) -> bool:
        return self._prose is None or self._prose[token] == BODY

    def bounds(self, scope: Scope) -> tuple[int, int]:
        """Return the character offsets of a sentence, end exclusive."""
        last = self.doc[scope.end - 1]
        return self.doc[scope.start].idx, last.idx + len(last)

    def words(self, start: int, end: int) -> tuple[int, int]:
        """Return the character offsets of tokens ``start`` to ``end`` without the white space around them."""
        first, last = self.bounds(Scope(start, end, start))
        stretch = self.text[first:last]
        return first + len(stretch) - len(stretch.lstrip()), first + len(stretch.rstrip())

    def inside(self, spans: Sequence[S], scope: Scope) -> list[S]:
        """Return those of the spans (ordered by start) that lie within the sentence."""
        start, end = self.bounds(scope)
        first = bisect_left(spans, start, key=attrgetter("start"))
        last = bisect_left(spans, end, key=attrgetter("start"))
        return [span for span in spans[first:last] if span.end <= end]

    def nearest(self, spans: Sequence[S], scope: Scope) -> S | None:
        """Return the span that stands nearest to the word that names the fact."""
        at = self.doc[scope.at].idx
        return min(spans, key=lambda s: (min(abs(s.start - at), abs(s.end - at)), s.start), default=None)

    def companies(self, start: int, end: int) -> list[int]:
        """Return the companies that the tokens mention."""
        references = self.doc._.kg_references
        first = bisect_left(references, start, key=attrgetter("start"))
        last = bisect_right(references, end - 1, key=attrgetter("start"))
        return sorted({n for r in references[first:last] for n in r.nodes if self.nodes[n].type == "Company"})

    def named_after(self, offset: int, between: re.Pattern[str]) -> set[int]:
        """Return the company that is named after a character offset, if what lies between fits the pattern."""
        token = self.doc.char_span(offset, offset + 1, alignment_mode="expand")
        references = self.doc._.kg_references
        number = bisect_left(references, token.start if token is not None else len(self.doc), key=attrgetter("start"))
        for position in range(number, len(references)):
            reference = references[position]
            gap = self.text[offset : self.doc[reference.start].idx]
            if len(gap) >= _CLOSE:
                break
            # "of Spanish carmaker X": what tells where a company is from is not what the share is of.
            if not reference.nominal and any(self.nodes[n].type == "Company" for n in reference.nodes):
                return set(reference.nodes) if between.match(gap) else set()
        return set()

    def closest(self, start: int, end: int, numbers: Collection[int]) -> tuple[int, int] | None:
        """Return the tokens of the two mentions of different entities, all of ``numbers``, that stand nearest."""
        references = self.doc._.kg_references
        first = bisect_left(references, start, key=attrgetter("start"))
        last = bisect_left(references, end, key=attrgetter("start"))
        wanted = set(numbers)
        found = [(r.start, n) for r in references[first:last] for n in r.nodes if n in wanted]
        pairs = [(b - a, a, b) for (a, one), (b, other) in pairwise(found) if one != other]
        return min(pairs)[1:] if pairs else None

    # -- sentences about a deal that do not tell it themselves --------------------------------------------------------

    def followups(self, type_name: str, ends: Sequence[int]) -> list[Scope]:
        """Return the sentences that come next after tokens ``ends`` and take the deal up: "the deal", "its offer".

        A sentence that tells of a deal itself is left out: it speaks of its own.
        """
        nouns = set(table("followups")["nouns"].get(type_name, ())) | words("followups", "any")
        found: dict[int, Scope] = {}
        for end in ends:
            for _ in range(_REACH):
                if end >= len(self.doc):
                    break
                sentence = self.doc[end].sent
                end = sentence.end
                if sentence.start in self._deals or not self._is_body(sentence.start):
                    break
                for token in sentence:
                    determiner = self.doc[token.left_edge.i].lower_
                    if token.lower_ in nouns and determiner in words("followups", "determiners"):
                        found.setdefault(sentence.start, Scope(sentence.start, sentence.end, token.i))
                        break
        return list(found.values())

    def comentions(self, numbers: Collection[int]) -> list[Scope]:
        """Return the first sentences of prose that name two of the entities and tell of no deal themselves."""
        count: dict[int, int] = {}
        for number in set(numbers):
            for start in self._named_in.get(number, ()):
                count[start] = count.get(start, 0) + 1
        both = sorted(start for start, named in count.items() if named > 1 and start not in self._deals)
        found = [start for start in both if self._is_body(start)][:_MOST_COMENTIONS]
        return [Scope(start, self.doc[start].sent.end, start) for start in found]

    def echoes(self, type_name: str, numbers: Collection[int], at: int) -> list[Scope]:
        """Return sentences around token ``at`` that name one of the entities, a deal of this type, no other company."""
        found: dict[int, Scope] = {}
        for number in sorted(set(numbers)):
            starts = self._named_in.get(number, [])
            here = bisect_left(starts, at)
            for start in starts[max(0, here - _AROUND[0]) : here + _AROUND[1]]:
                if start != at and start not in found:
                    end = self.doc[start].sent.end
                    if set(self.companies(start, end)) - set(numbers):
                        continue
                    word = next((i for i in range(start, end) if tells_of(self.doc[i], type_name)), None)
                    if word is not None:
                        found[start] = Scope(start, end, word)
        return [found[start] for start in sorted(found)]

    @cached_property
    def _lead(self) -> tuple[int, int]:
        """The token and the character at which the first sentences of prose end."""
        read = 0
        end = 0
        for sentence in self.doc.sents:
            if self._prose is None or self._prose[sentence.start]:
                read += self._is_body(sentence.start)
                end = sentence.end
                if read == _LEAD:
                    break
        return end, self.doc[end - 1].idx + len(self.doc[end - 1]) if end else 0

    @property
    def lead_end(self) -> int:
        """The character offset at which the first sentences of the article end."""
        return self._lead[1]

    def is_lead(self, token: int) -> bool:
        """Whether a token stands in the article's title or first sentences, which tell its news."""
        return token < self._lead[0]

    @cached_property
    def _named_in(self) -> dict[int, list[int]]:
        """The starts of the sentences that name each entity."""
        starts: dict[int, list[int]] = {}
        for reference in self.doc._.kg_references:
            if not reference.nominal:
                start = self.doc[reference.start].sent.start
                for node in reference.nodes:
                    sentences = starts.setdefault(node, [])
                    if not sentences or sentences[-1] != start:
                        sentences.append(start)
        return starts
