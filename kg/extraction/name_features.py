"""A spelling and all its occurrences in a document → the features that tell what it names.

A feature is a short readable phrase ("label ORG", "after title", "last=motors") with a value from 0 up, and
``name_types`` weighs how much each speaks for each type. All occurrences of a form are heard together, since
a small model decides one occurrence at a time and often differently.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from math import sqrt

from kg.extraction.gazetteer import well_known
from kg.extraction.lexicon import countries, words
from kg.extraction.name_forms import Form, of_sources
from kg.extraction.reading import Reading, title_words
from kg.extraction.segments import HEADING
from kg.extraction.spans import TICKER, Span, legal_forms

_ARTICLES = frozenset({"The", "the"})
_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_SPEECH = frozenset({"said", "says", "told", "added", "declined"})
_BOSSES = frozenset({"chief", "chairman", "president", "head", "analyst", "founder", "director", "managing", "who"})
_DEAL_HYPHENS = frozenset({"owned", "backed", "controlled", "led", "listed", "based", "made", "style", "funded"})


class Features:
    """The features of the forms of one document."""

    def __init__(self, reading: Reading, found: Mapping[str, Form]) -> None:
        self.reading = reading
        self.adjectives, self.places = countries()
        self.relatives = _Relatives(found)
        self.company_words = words("names", "company", "name_words")
        self.descriptors = words("names", "company", "descriptors")
        self.followers = words("names", "company", "followers")
        self.given = words("names", "person", "given")
        self.honorifics = words("names", "person", "honorifics")
        self.generic = words("names", "generic", "words")
        self.product_cues = words("names", "product", "cues")
        self.titles = title_words()

    def of(self, form: Form) -> dict[str, float]:
        """Return the features of a form with their values."""
        features = dict.fromkeys(self._of_spelling(form), 1.0)
        features.update(dict.fromkeys(self.relatives.of(form), 1.0))
        found: Counter[str] = Counter()
        for span in form.spans:
            found[f"label {span.source}"] += 1
            found.update(set(self._of_place(span)))
        root = sqrt(len(form.spans))
        features.update({feature: count / root for feature, count in found.items()})
        features.update(dict.fromkeys(of_sources(self.reading, form, frozenset(features)), 1.0))
        return features

    # -- the spelling -------------------------------------------------------------------------------------------------

    def _of_spelling(self, form: Form) -> Iterator[str]:
        pieces = form.pieces
        first, last = pieces[0], pieces[-1]
        yield "any"
        yield f"words {min(len(pieces), 5)}"
        yield f"times {min(len(form.spans), 4)}"
        yield from self._of_letters(form.text, pieces)
        yield from self._of_lists(form.text, pieces)
        if len(pieces) > 1:
            yield f"last={last.lower()}"
            yield f"first={first.lower()}"
        if first.lower() in self.reading.vocabulary and first != first.lower():
            yield "first word also in lower case"
        if last.lower() in self.reading.vocabulary and last != last.lower():
            yield "last word also in lower case"
        if all(self.reading.prose[span.start] == HEADING for span in form.spans):
            yield "only in headings"
        if all(self.reading.opens[span.start] for span in form.spans):
            yield "only at openings"

    def _of_letters(self, text: str, pieces: tuple[str, ...]) -> Iterator[str]:
        if text.isupper():
            yield f"capitals {min(len(text), 7)}"
        elif len(pieces) == 1:
            if not text[:1].isupper():
                yield "begins small"
            elif any(c.isupper() for c in text[1:]):
                yield "capital inside"
            yield f"letters {min(len(text), 9)}"
        if any(c.isdigit() for c in text):
            yield "digit"
            if text[:1].isdigit():
                yield "digit first"
        for mark in ("&", "-", "of", "and", "/", "."):
            if mark in pieces:
                yield f"has {mark}"
        if any(piece in _POSSESSIVES for piece in pieces):
            yield "has 's"
        if any(len(piece) == 2 and piece[1] == "." for piece in pieces):
            yield "has initial"
        if any(piece.islower() for piece in pieces):
            yield "has small word"

    def _of_lists(self, text: str, pieces: tuple[str, ...]) -> Iterator[str]:
        legal, first, last, several = legal_forms(), pieces[0], pieces[-1], len(pieces) > 1
        if last in legal and several:
            yield "legal form"
        if last in self.company_words:
            yield "company word last" if several else "company word alone"
        elif any(piece in self.company_words for piece in pieces):
            yield "company word"
        if first in self.given:
            yield "given name first" if several else "given name alone"
        if first in self.honorifics:
            yield "honorific first"
        if pieces in well_known().get(first, ()):
            yield "well known several" if several else "well known"
        elif several and (first,) in well_known().get(first, ()):
            yield "well known first"
        if text in self.places or text in self.adjectives:
            yield "place"
        elif first in self.places or first in self.adjectives:
            yield "place first"
        if several and last in self.places:
            yield "place last"
        if text in self.generic or (not several and text in legal):
            yield "generic"
        if last.lower() in self.titles:
            yield "title last"
        if first.lower() in self.titles:
            yield "title first"
        if is_organization(text, pieces):
            yield "public body"

    # -- where it stands ----------------------------------------------------------------------------------------------

    def _of_place(self, span: Span) -> Iterator[str]:
        reading, start, end = self.reading, span.start, span.end
        before, before2 = reading.low(start - 1), reading.low(start - 2)
        after, after2 = reading.low(end), reading.low(end + 1)
        opens = reading.opens[start]
        if opens:
            yield "opens"
        else:
            yield f"left={before}"
            yield from self._of_left(before, before2, reading.word(start - 1))
        yield f"right={after}"
        yield from self._of_right(end, after, after2)
        yield f"class {reading.classes[start]}"
        if before == "(" and after == ")":
            yield "in brackets"
        if opens and (end == len(reading) or reading.opens[end]):
            yield "alone in sentence"
        if before == "in" and before2 not in _investing():
            yield "in"

    def _of_left(self, before: str, before2: str, written: str) -> Iterator[str]:
        if before in self.descriptors:
            yield "after descriptor"
        if written in self.honorifics:
            yield "after honorific"
        if before in self.titles and (before != "director" or before2 != "of"):
            yield "after title"
        if before in {"of", "at", "with", "from", "for"} and before2 in self.titles:
            yield "title of"
        if written in self.adjectives:
            yield "after nationality"
        if before in _POSSESSIVES:
            yield "owned"
        if before in {",", "and", "or"}:
            yield f"before {before2} {before}" if before2 in {"as", "including"} else "in list"

    def _of_right(self, end: int, after: str, after2: str) -> Iterator[str]:
        reading = self.reading
        code = reading.word(end + 1)
        if after in {"(", "<"} and TICKER.match(code) and reading.word(end + 2) in {")", ">"}:
            yield "ticker" if len(code) <= 5 or "." in code else "bracket"
        follower = after2 if after in _POSSESSIVES else after
        if follower in self.followers:
            yield "before follower"
        if follower in self.titles:
            yield "before title"
        if follower in self.product_cues:
            yield "before product word"
        if after in _POSSESSIVES:
            yield "possessive"
            yield f"owns={after2}"
        elif after == ",":
            if after2 in _BOSSES or (after2 in {"the", "a", "an"} and reading.low(end + 2) in self.titles):
                yield "comma title"
            elif after2.isdigit() and len(after2) == 2:
                yield "age"
            elif after2 in {"which", "whose", "who", "a", "an", "the"}:
                yield f"comma {after2}"
        elif after == "-" and after2 in _DEAL_HYPHENS:
            yield f"hyphen {after2}"
        elif after in _SPEECH and after2 in {"that", "it", "its", "he", "she", "in", "on"}:
            yield f"said {after2}"


class _Relatives:
    """Which forms of a document are parts of others: a surname of a full name, a short form of a firm."""

    def __init__(self, found: Mapping[str, Form]) -> None:
        self.first: dict[str, set[str]] = {}
        self.last: dict[str, set[str]] = {}
        self.alone: set[str] = set()
        self.bare: set[str] = set()
        legal, company_words = legal_forms(), words("names", "company", "name_words")
        for form in found.values():
            pieces = form.pieces
            kinds = {span.source for span in form.spans}
            if len(pieces) == 1:
                self.alone.add(form.text)
                continue
            if not kinds.isdisjoint({"ORG", "legal", "known"}):
                kinds.add("firm")
            if pieces[-1] in legal or pieces[-1] in company_words:
                kinds.add("named firm")
            self.first.setdefault(pieces[0], set()).update(kinds)
            self.last.setdefault(pieces[-1], set()).update(kinds)
            core = _bare(pieces, legal)
            if core != pieces:
                self.bare.add(" ".join(core))

    def of(self, form: Form) -> Iterator[str]:
        pieces = form.pieces
        if len(pieces) == 1:
            for kind in sorted(self.last.get(form.text, ())):
                yield f"last word of {kind}"
            for kind in sorted(self.first.get(form.text, ())):
                yield f"first word of {kind}"
        else:
            if pieces[-1] in self.alone:
                yield "last word alone"
            if pieces[0] in self.alone:
                yield "first word alone"
        if form.text in self.bare:
            yield "bare of legal form"


def _bare(pieces: tuple[str, ...], legal: frozenset[str]) -> tuple[str, ...]:
    while len(pieces) > 1 and (pieces[-1] in legal or pieces[-1] in {",", "."}):
        pieces = pieces[:-1]
    return pieces


def is_organization(text: str, pieces: tuple[str, ...]) -> bool:
    """Tell whether a name is that of a public or other non-business body by its words."""
    if text in words("names", "organization", "names"):
        return True
    single, several = _bodies()
    return any(piece in single for piece in pieces) or any(cue in text for cue in several)


@cache
def _bodies() -> tuple[frozenset[str], tuple[str, ...]]:
    cues = words("names", "organization", "words")
    return frozenset(cue for cue in cues if " " not in cue), tuple(sorted(cue for cue in cues if " " in cue))


@cache
def _investing() -> frozenset[str]:
    return words("names", "company", "investing")
