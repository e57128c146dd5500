"""The model's named entities → clean names: what a small model drags along is cut off, and joined names are parted.

The rest of the document is the witness: "Adding Some Firm" is cut to "Some Firm" when that stands elsewhere by itself,
and "Some-Other" is two firms when both do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.gazetteer import well_known
from kg.extraction.lexicon import countries, words
from kg.extraction.reading import Reading, title_words
from kg.extraction.segments import HEADING

_QUOTES = frozenset("\"'“”‘’`<>()[]*_,;:|$£€%.-–—/…") | {"'s", "’s", "--", "``", "''"}
_BREAKS = frozenset('(<[|;:"“”$£€') | {"--", "–", "—", "..."}
_BETWEEN = frozenset({"to", "v", "v.", "vs", "vs.", "versus", "from", "with", "as"})
_POSSESSIVES = frozenset({"'s", "’s"})
_ARTICLES = frozenset({"The", "the", "a", "an", "A", "An"})
_LOOSE_ENDS = frozenset({"and", "of", "for", "de", "&", "the", "in", "at", "on", "to", "e", "y"})
_JOINTS = frozenset({"&", "e", "y", "et", "und", "of", "de", "du", "del", "di"})
# Nouns that a place after "of" belongs to.
_PLACED = frozenset(
    {
        "Bank",
        "Banque",
        "Banco",
        "House",
        "University",
        "Institute",
        "Museum",
        "College",
        "School",
        "Port",
        "Airport",
        "City",
        "State",
    }
)
_FELLOWS = frozenset({"Associates", "Brothers", "Co", "Co.", "Company", "Partners", "Son", "Sons"})
_GROWING = frozenset({"ORG", "PERSON", "PRODUCT", "FAC", "NORP", "LOC"})
_LOWER_TAILS = frozenset({"pharma", "plc"})
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_MOST_LOOKED_AT = 60
_LONGEST = 30  # tokens; a longer span of the model is no name, and is not taken apart
_LONGEST_NAME = 20  # words: what is longer is looked for nowhere else


class Cleaner:
    """Cleans the spans of one document."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.adjectives, self.places = countries()
        self.legal = words("names", "company", "legal_forms")
        self.honorifics = words("names", "person", "honorifics")
        self.offices = words("names", "person", "offices")
        self.descriptors = words("names", "company", "descriptors")
        self.roles = title_words() | self.descriptors
        self.name_words = words("names", "company", "name_words")
        self.bodies = words("names", "organization", "words")
        self._positions: dict[str, list[int]] = {}
        for i, text in enumerate(reading.texts):
            if reading.capitals[i]:
                self._positions.setdefault(text, []).append(i)

    def clean(self, start: int, end: int, label: str) -> Iterator[tuple[int, int]]:
        """Yield the names that the model's span from ``start`` to ``end`` holds."""
        if end - start > _LONGEST:
            return
        end = self._until_break(start, end)
        parted = self._parted(start, end, label)
        if len(parted) > 1:
            for piece in parted:
                yield from self.clean(*piece, label)
            return
        start, end = self.without_edges(start, end)
        start = self._without_opening(start, end, label)
        end = self._without_tail(start, end)
        if start < end:
            start, end = self._grown(start, end, label)
            if not (
                end - start == 1 and not self.reading.texts[start][:1].isalpha() and self.reading.texts[start].isdigit()
            ):
                yield start, end

    def stands_alone(self, start: int, end: int) -> bool:
        """Tell whether the words of the span also stand elsewhere without a capitalised neighbour."""
        reading = self.reading
        if end - start > _LONGEST_NAME:
            return False
        pieces = reading.texts[start:end]
        for i in self._positions.get(pieces[0], ())[:_MOST_LOOKED_AT]:
            j = i + len(pieces)
            if i == start or (len(pieces) > 1 and not reading.is_run(i, pieces)) or not reading.prose[i]:
                continue
            before = i and not reading.opens[i] and self._binds(i - 1)
            after = j < len(reading) and not reading.opens[j] and self._binds(j)
            if not before and not after:
                return True
        return False

    def _binds(self, i: int) -> bool:
        return self.reading.capitals[i] or self.reading.texts[i] in {"-", "&"}

    def _until_break(self, start: int, end: int) -> int:
        for i in range(start, end):
            text = self.reading.texts[i]
            if "\n" in text or (i > start and (text in _BREAKS or self.reading.opens[i])):
                return i
        return end

    def _parted(self, start: int, end: int, label: str) -> list[tuple[int, int]]:
        """Cut a span at possessives, commas, "and", hyphens and slashes, where they part two names."""
        reading, texts = self.reading, self.reading.texts
        for i in range(start + 1, end - 1):
            text = texts[i]
            if text in _POSSESSIVES and self._owns(start, i, end):
                return [(start, i), (i + 1, end)]
            if text in {"'", "’"} and texts[i + 1] == "s":
                return [(start, i), (min(i + 2, end), end)]
            if text == "," and texts[i + 1].rstrip(".") + "." not in self.legal and texts[i + 1] not in self.legal:
                return [(start, i), (i + 1, end)]
            if text == "and" and label != "WORK_OF_ART" and self._are_two(start, i, end):
                return [(start, i), (i + 1, end)]
            if (text in _BETWEEN or (text.islower() and reading.classes[i] == "VERB")) and reading.capitals[i + 1]:
                return [(start, i), (i + 1, end)]
            if text in {"-", "/"} and (reading.spaces[i - 1] or reading.spaces[i] or self._are_two(start, i, end)):
                return [(start, i), (i + 1, end)]
        return [(start, end)]

    def _owns(self, start: int, i: int, end: int) -> bool:
        """Tell whether the possessive at ``i`` is the grammar's, not part of a name such as "Some's Kitchen"."""
        left = self.reading.text(start, i)
        if left in self.places or self.reading.texts[end - 1] in self.legal:
            return True
        return self._known(start, i) or self.stands_alone(start, i) or self.stands_alone(i + 1, end)

    def _are_two(self, start: int, i: int, end: int) -> bool:
        if not self.reading.capitals[i + 1]:
            return False
        texts = self.reading.texts
        if not self.bodies.isdisjoint(texts[i + 1 : end]) and self.bodies.isdisjoint(texts[start:i]):
            return False
        left, right = self.stands_alone(start, i), self.stands_alone(i + 1, end)
        if self.reading.texts[i] == "and":
            several = i - start > 1 and end - i > 2 and self.bodies.isdisjoint(texts[start:end])
            if self.reading.low(start - 1) == "the" or texts[start] in _ARTICLES:
                return (left and right) or several
            if self.reading.word(start - 1) == "," and start > 1 and self.reading.capitals[start - 2]:
                return True
            return left or right or (i - start > 1 and end - i > 2) or self._known(start, i) or self._known(i + 1, end)
        return (left and right) or ((left or right) and self.reading.prose[start] == HEADING)

    def _known(self, start: int, end: int) -> bool:
        pieces = tuple(self.reading.texts[start:end])
        return pieces in well_known().get(pieces[0], ())

    def without_edges(self, start: int, end: int) -> tuple[int, int]:
        """Return the span without quotes, articles, numbers and small words at its edges."""
        reading, texts = self.reading, self.reading.texts
        while start < end and (texts[start] in _QUOTES or texts[start] in _ARTICLES or not reading.capitals[start]):
            start += 1
        if end - start > 1 and _YEAR.match(texts[start]):
            start += 1
        while end > start and (
            texts[end - 1] in _QUOTES
            or texts[end - 1] in _LOOSE_ENDS
            or texts[end - 1].isspace()
            or (end - start > 1 and self._is_small_tail(end - 1))
        ):
            end -= 1
        return start, end

    def _is_small_tail(self, i: int) -> bool:
        """Tell whether a last word in small letters is no part of the name; "Jun-ho" and "Some pharma" keep theirs."""
        text = self.reading.texts[i]
        return text.islower() and text not in _LOWER_TAILS and self.reading.texts[i - 1] != "-"

    def _without_opening(self, start: int, end: int, label: str) -> int:
        """Skip what only introduces the name: nationality, honorific, role, dateline, first word of a sentence."""
        while start < end - 1 and self._introduces(start, end, label):
            start += 1
        return start

    def _introduces(self, start: int, end: int, label: str) -> bool:
        reading = self.reading
        text, rest = reading.texts[start], start + 1
        if not reading.capitals[rest]:
            return False
        if text in self.honorifics:
            return True
        if text in self.adjectives:
            is_acronym = end - rest == 1 and len(reading.texts[rest]) > 1 and reading.texts[rest].isupper()
            return is_acronym or self.stands_alone(rest, end) or (label != "ORG" and end - rest > 1)
        if reading.begins_with_function_word(start):
            return True
        low = reading.lower[start]
        if text in self.offices:
            return label == "PERSON" or end - rest == 2
        if low in self.roles and (label == "PERSON" or reading.opens[start] or reading.prose[start] == HEADING):
            if low in self.descriptors and reading.texts[rest] not in self.name_words and text not in self.name_words:
                return True
            return label == "PERSON" or end - rest > 1 or self.stands_alone(rest, end)
        opening = reading.opens[start] and (label != "PERSON" or reading.classes[start] != "PROPN")
        weak = opening or reading.prose[start] == HEADING or text in self.places or low in reading.vocabulary
        return weak and self.stands_alone(rest, end) and not self._twice(start, end)

    def _twice(self, start: int, end: int) -> bool:
        """Tell whether the whole span stands elsewhere in the document too."""
        pieces = self.reading.texts[start:end]
        found = self._positions.get(pieces[0], ())[:_MOST_LOOKED_AT]
        return any(i != start and self.reading.is_run(i, pieces) for i in found)

    def _without_tail(self, start: int, end: int) -> int:
        """Cut off a role after a firm, and "of" and a place, which only a bank or a public body keeps."""
        texts = self.reading.texts
        while end - start > 1 and texts[end - 1] in self.offices and self.stands_alone(start, end - 1):
            end -= 1
        for i in range(start + 1, end - 1):
            if texts[i] == "of" and self.reading.text(i + 1, end) in self.places:
                kept = texts[i - 1] in _PLACED or not self.bodies.isdisjoint(texts[start:i])
                return end if kept else i
        return end

    def _grown(self, start: int, end: int, label: str) -> tuple[int, int]:
        """Take in what the model cut off: free proper nouns on either side, and words after a joint."""
        reading, texts = self.reading, self.reading.texts
        if label not in _GROWING:
            return start, self._end_of_body(end) if label == "GPE" else end
        start = self._grown_left(start, end)
        while end < len(reading) and not reading.opens[end] and texts[end - 1] not in self.legal:
            if (self._may_join(end) or self._was_torn_off(end)) and not self.stands_alone(start, end):
                end += 1
            elif texts[end] == "and" and self.reading.word(end + 1) in _FELLOWS:
                end += 2
            elif self._is_joint(end) and not (texts[end] == "of" and texts[end - 1] not in _PLACED):
                end += 2 + (texts[end + 1] == "the")
            else:
                break
        return start, min(end, len(reading))

    def _end_of_body(self, end: int) -> int:
        """Return where the public body ends that a place begins the name of: "U.S. Department of Something"."""
        last = end
        while last < len(self.reading) and self._may_join(last):
            last += 1
        return last if not self.bodies.isdisjoint(self.reading.texts[end:last]) else end

    def _grown_left(self, start: int, end: int) -> int:
        reading = self.reading
        is_body = not self.bodies.isdisjoint(reading.texts[start:end])
        if is_body and start > 1 and reading.texts[start - 1] == "and" and self._may_join(start - 2):
            start -= 2
        while start > 0 and not reading.opens[start] and self._may_join(start - 1):
            if self.stands_alone(start, end):
                break
            start -= 1
        return start

    def _may_join(self, i: int) -> bool:
        reading, text = self.reading, self.reading.texts[i]
        return (
            not reading.labels[i]
            and reading.capitals[i]
            and reading.classes[i] == "PROPN"
            and text[0].isalpha()
            and text not in self.adjectives
            and text not in self.places
            and reading.lower[i] not in self.roles
            and text not in self.honorifics
            and not reading.opens[i]
        )

    def _was_torn_off(self, i: int) -> bool:
        """Tell whether the model made a name of its own of a last word that never stands by itself."""
        reading = self.reading
        return (
            reading.labels[i] in _GROWING | {"GPE"}
            and reading.capitals[i]
            and (i + 1 == len(reading) or not reading.labels[i + 1])
            and reading.texts[i] not in self.places
            and reading.texts[i] not in self.adjectives
            and not self.stands_alone(i, i + 1)
        )

    def _is_joint(self, i: int) -> bool:
        reading = self.reading
        after = i + 2 if reading.word(i) == "of" and reading.word(i + 1) == "the" else i + 1
        joined = after < len(reading) and reading.capitals[after]
        return joined and reading.texts[i] in _JOINTS and not reading.labels[i]
