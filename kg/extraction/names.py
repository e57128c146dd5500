"""``kg_names``: proper names, from the model's own named entities, legal forms, tickers, well-known names and context.

The small statistical model decides a name's type one occurrence at a time; here all occurrences of a form in the document
vote together with what stands around them, and every further occurrence of an accepted form becomes a name too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.gazetteer import well_known
from kg.extraction.lexicon import countries, table, words
from kg.extraction.state import Name, register

_LABELS = {
    "ORG": {"Company": 1.0},
    "PERSON": {"Person": 1.0},
    "GPE": {"Place": 1.2},
    "LOC": {"Place": 0.8},
    "NORP": {"Place": 0.4},
    "PRODUCT": {"Product": 0.9},
    "WORK_OF_ART": {"Product": 0.4},
    "FAC": {"Place": 0.3},
    "EVENT": {"Other": 0.8},
    "LAW": {"Other": 1.0},
}
_TICKER = re.compile(r"^[A-Z0-9]{1,8}(\.[A-Z]{1,3})?$")
_INITIAL = re.compile(r"^[A-Z]\.?$")
_CONNECTORS = frozenset(
    {"&", "of", "and", "de", "du", "di", "der", "la", "le", "des", "del", "for", "-", "'s", "’s", "'", "/"}
)
_QUOTES = frozenset("\"'“”‘’`<>()[]*_,;:")
_STAKES = frozenset(
    {
        "stake",
        "stakes",
        "shares",
        "share",
        "interest",
        "invest",
        "invested",
        "investment",
        "investor",
        "holding",
        "confidence",
        "stock",
        "position",
        "shareholder",
        "shareholders",
    }
)
_UNLABELLED = 0.25
_SPEECH = frozenset({"said", "says", "told", "added", "declined"})


@dataclass(slots=True)
class _Form:
    """One spelling of a name and the votes for each type that its occurrences gathered."""

    pieces: tuple[str, ...]
    spans: list[tuple[int, int]] = field(default_factory=list)
    votes: Counter[str] = field(default_factory=Counter)


@Language.component("kg_names", requires=["doc.ents", "token.pos"], assigns=["doc._.kg_names"])
def kg_names(doc: Doc) -> Doc:
    """Set ``doc._.kg_names``: non-overlapping proper names with their types, in the order of the text."""
    register()
    doc._.kg_names = _NameFinder(doc).find()
    return doc


class _NameFinder:
    """Finds the names of one document. The tokens' texts are read once, since spaCy makes a new string at each access."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.texts = [token.text for token in doc]
        prose = doc._.kg_prose
        self.prose = prose if prose is not None else bytearray(b"\1") * len(doc)
        self.vocabulary = frozenset(self.texts)
        self.forms: dict[str, _Form] = {}
        self.adjectives, self.places = countries()
        self.legal = words("names", "company", "legal_forms")

    def find(self) -> list[Name]:
        strong = dict.fromkeys(self._legal_names(), "legal")
        strong.update(dict.fromkeys(self._bracketed_names(), "legal"))
        taken = bytearray(len(self.doc))
        for start, end in sorted(strong, key=lambda s: (s[0] - s[1], s)):
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                self._note(start, end, {"Company": 6.0})
        for ent in self.doc.ents:
            if (votes := _LABELS.get(ent.label_)) and self.prose[ent.start]:
                for start, end in self._trimmed(ent.start, ent.end):
                    if not any(taken[start:end]) and not self._shouted(start, end):
                        taken[start:end] = b"\1" * (end - start)
                        self._note(start, end, votes)
        for start, end in self._known_names(taken):
            taken[start:end] = b"\1" * (end - start)
            self._note(start, end, {"Company": 1.5})
        for start, end in self._unlabelled(taken):
            self._note(start, end, {"Company": _UNLABELLED})
        surnames = Counter(form.pieces[-1] for form in self.forms.values() if len(form.pieces) == 1)
        for form in self.forms.values():
            self._doubt_person(form, surnames)
        types = {text: kind for text, form in self.forms.items() if (kind := self._type_of(text, form))}
        self._agree(types)
        return self._repeated(types)

    # -- candidates ---------------------------------------------------------------------------------------------------

    def _note(self, start: int, end: int, votes: dict[str, float]) -> None:
        form = self.forms.setdefault(self._text(start, end), _Form(tuple(self.texts[start:end])))
        form.spans.append((start, end))
        form.votes.update(votes)

    def _text(self, start: int, end: int) -> str:
        doc = self.doc
        last = doc[end - 1]
        return " ".join(doc.text[doc[start].idx : last.idx + len(last)].split())

    def _capital(self, i: int) -> bool:
        text = self.texts[i]
        return text[0].isupper() or (text[0].isdigit() and len(text) > 1) or (text[:1] in "eiu" and text[1:2].isupper())

    def _legal_names(self) -> Iterator[tuple[int, int]]:
        for i, text in enumerate(self.texts):
            if text not in self.legal or not self.prose[i] or i == 0:
                continue
            start = i
            while start > 0 and i - start < 9 and not self.doc[start].is_sent_start and self._may_precede(start - 1):
                start -= 1
            while start < i and self.texts[start] in _CONNECTORS:
                start += 1
            if start < i and self.texts[start] in {
                "The",
                "A",
                "An",
                "In",
                "At",
                "Under",
                "But",
                "And",
                "When",
                "While",
                "Both",
                "Under",
            }:
                start += 1
            if (
                start < i
                and any(self._capital(j) for j in range(start, i))
                and any(len(self.texts[j]) > 1 for j in range(start, i))
            ):
                end = i + 1
                while end < len(self.texts) and self.texts[end] in self.legal:
                    end += 1
                if (
                    self.texts[end : end + 1] == ["of"]
                    and self.texts[end + 1 : end + 2]
                    and self.texts[end + 1] in self.places
                ):
                    end += 2
                yield start, end

    def _after_opening(self, start: int, limit: int) -> int:
        """Skip what only begins the sentence: function words, and a dateline in mixed case."""
        while start < limit and self.doc[start].is_stop and self.doc[start].is_sent_start is not False:
            start += 1
        while start < limit and self.texts[start] in {"The", "A", "An"}:
            start += 1
        if self.doc[start].is_sent_start:
            for length in (2, 1):
                if (
                    start + length < limit
                    and " ".join(self.texts[start : start + length]) in self.places
                    and self._capital(start + length)
                ):
                    return start + length
        return start

    def _may_precede(self, i: int) -> bool:
        """Whether token ``i`` may belong to a legal name that goes on after it."""
        texts = self.texts
        text, after = texts[i], texts[i + 1]
        if text == "," and after in self.legal:
            return True
        if text in _CONNECTORS:
            if i == 0 or not self._capital(i - 1) or texts[i - 1] in self.legal:
                return False
            if text == "and":
                return after in self.legal or after in {"Sons", "Brothers"}
            return text not in {"'s", "’s", "-", "for"} and texts[i - 1].lower() not in _title_words()
        if text in self.adjectives or text in self.legal or not self._capital(i):
            return False
        return self.doc[i].pos_ not in {"VERB", "AUX", "PRON", "DET"} or after in self.legal

    def _bracketed_names(self) -> Iterator[tuple[int, int]]:
        """Names that a news agency writes in angle brackets: ``<Some Company Inc>``; tickers there are not names."""
        for i, text in enumerate(self.texts):
            if text != "<" or not self.prose[i]:
                continue
            for end in range(i + 2, min(i + 12, len(self.texts))):
                if self.texts[end] == ">":
                    inside = self.texts[i + 1 : end]
                    if len(inside) > 1 or not _TICKER.match(inside[0]):
                        yield i + 1, end
                    break

    def _trimmed(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        texts = self.texts
        for i in range(start, end):
            if texts[i] in {"(", "<"} and i > start:
                end = i
                break
            if "\n" in texts[i]:
                end = i
                break
        for i in range(start + 1, end - 1):
            if (
                texts[i] in {"'s", "’s"}
                and end - i > 1
                and (
                    self._text(start, i) in self.places
                    or self._text(start, i) in self.forms
                    or texts[end - 1] in self.legal
                )
            ):
                yield from self._trimmed(start, i)
                yield from self._trimmed(i + 1, end)
                return
        while start < end and (
            texts[start] in _QUOTES
            or texts[start] in {"The", "the", "a", "an", "A", "'s", "’s", "-", "/", ".", "$"}
            or not self._capital(start)
        ):
            start += 1
        while start < end - 1 and (
            texts[start] in self.adjectives or texts[start] in words("names", "person", "honorifics")
        ):
            if (
                texts[start] in self.adjectives
                and self.doc[start].ent_type_ == "ORG"
                and any(w in words("names", "organization", "words") for w in texts[start:end])
            ):
                break
            if texts[start] in self.adjectives and self._capital(start + 1) and not self._stands_alone(start + 1):
                break
            start += 1
        while end > start and (
            texts[end - 1] in _QUOTES
            or texts[end - 1] in {"'s", "’s", "-", "'", "/", "and", "of", "for", "."}
            or texts[end - 1].isspace()
        ):
            end -= 1
        if end > start and not (texts[start].isdigit() and end - start == 1):
            yield start, end

    def _stands_alone(self, i: int) -> bool:
        """Whether the word also occurs without an adjective of nationality before it."""
        return any(
            text == self.texts[i] and (j == 0 or self.texts[j - 1] not in self.adjectives)
            for j, text in enumerate(self.texts)
        )

    def _shouted(self, start: int, end: int) -> bool:
        """Whether the name stands in a line of capitals, where the model's word is worth nothing."""
        if self.prose[start] != 2:
            return False
        sentence = self.doc[start].sent
        letters = [c for c in sentence.text if c.isalpha()]
        return len(letters) > 12 and sum(c.isupper() for c in letters) > 0.8 * len(letters)

    def _known_names(self, taken: bytearray) -> Iterator[tuple[int, int]]:
        known = well_known()
        for i, text in enumerate(self.texts):
            if taken[i] or not self.prose[i] or text not in known:
                continue
            for form in known[text]:
                end = i + len(form)
                if tuple(self.texts[i:end]) == form and not any(taken[i:end]):
                    sure = len(form) > 1 or (
                        self.doc[i].pos_ == "PROPN" and not self.doc[i].is_sent_start and not self._near_capital(i, end)
                    )
                    if sure and not self._shouted(i, end):
                        yield i, end
                    break

    def _unlabelled(self, taken: bytearray) -> Iterator[tuple[int, int]]:
        """Runs of proper nouns that the model gave no label; only their context can make them names."""
        i, doc = 0, self.doc
        while i < len(doc):
            if taken[i] or self.prose[i] != 1 or doc[i].ent_type_ or doc[i].pos_ != "PROPN" or not self._capital(i):
                i += 1
                continue
            end = i + 1
            while (
                end < len(doc)
                and not taken[end]
                and doc[end].pos_ == "PROPN"
                and self._capital(end)
                and not doc[end].is_sent_start
            ):
                end += 1
            text = self.texts[i]
            if len(text) > 2 and text not in self.legal and not text.isdigit() and text.lower() not in self.vocabulary:
                yield i, end
            i = end

    def _doubt_person(self, form: _Form, surnames: Counter[str]) -> None:
        """A person is introduced by a full name and then called by the surname; a "person" who never is may be a firm."""
        if form.votes["Person"] <= 0:
            return
        pieces = form.pieces
        full = any(
            other.pieces[-1] == pieces[0] and len(other.pieces) > 1 and other.votes["Person"] > 0
            for other in self.forms.values()
        )
        if (len(pieces) == 1 and not full) or (
            len(pieces) > 1 and pieces[0] not in words("names", "person", "given") and not surnames[pieces[-1]]
        ):
            form.votes["Company"] += 0.6 * form.votes["Person"]
            if len(pieces) == 1:
                form.votes["Company"] += 0.6 * form.votes["Person"]
        elif len(pieces) > 1 and surnames[pieces[-1]]:
            form.votes["Person"] += 1.0

    def _near_capital(self, start: int, end: int) -> bool:
        """Whether the neighbour is capitalised too, so that the words may be part of a longer name."""
        before = start > 0 and self.texts[start - 1][0].isupper() and not self.doc[start - 1].is_sent_start
        return before or (end < len(self.texts) and self.texts[end][0].isupper())

    # -- types --------------------------------------------------------------------------------------------------------

    def _type_of(self, text: str, form: _Form) -> str | None:
        parts = text.split()
        if text in self.adjectives or text in self.places:
            if text in words("names", "organization", "names"):
                return "Organization"
            return "Place"
        if text in words("names", "generic", "words") or all(part in self.legal for part in parts):
            return None
        if _is_organization(text, parts):
            return "Organization"
        votes = form.votes
        known = well_known().get(parts[0], ())
        if tuple(parts) in known:
            votes["Company"] += 2.5 if len(parts) > 1 else 1.5
        if parts[-1] in words("names", "company", "name_words") and len(parts) > 1:
            votes["Company"] += 1.5
        if (
            parts[0] in words("names", "person", "given")
            and 2 <= len(parts) <= 4
            and "&" not in parts
            and "Company" not in _strong(votes)
        ):
            votes["Person"] += 1.5
        for start, end in form.spans:
            self._hear_context(start, end, votes)
        kind, weight = max(sorted(votes.items()), key=lambda item: item[1])
        if kind == "Other" or weight < 0.8:
            return None
        if kind in {"Company", "Person"} and len(text) < 2:
            return None
        if kind == "Person" and any(any(c.isdigit() for c in part) for part in parts):
            return None
        return kind

    def _hear_context(self, start: int, end: int, votes: Counter[str]) -> None:
        texts = self.texts
        before = texts[start - 1] if start else ""
        before2 = texts[start - 2] if start > 1 else ""
        after = texts[end] if end < len(texts) else ""
        after2 = texts[end + 1] if end + 1 < len(texts) else ""
        if (
            after in {"(", "<"}
            and _TICKER.match(after2)
            and (len(after2) <= 5 or "." in after2)
            and after2.upper() == after2
            and end + 2 < len(texts)
            and texts[end + 2] in {")", ">"}
        ):
            votes["Company"] += 3.0
        if before.lower() in words("names", "company", "descriptors"):
            votes["Company"] += 2.5
        if before in words("names", "person", "honorifics"):
            votes["Person"] += 4.0
        if before.lower() in _title_words() and (before != "director" or before2 != "of"):
            votes["Person"] += 1.5
        follower = after2 if after in {"'s", "’s", "'"} else after
        if follower in words("names", "company", "followers"):
            votes["Company"] += 1.2
        if follower.lower() in _title_words() and after != ",":
            votes["Company"] += 1.2
        if after == "," and (
            after2 in {"chief", "chairman", "president", "head", "analyst"}
            or (after2 in {"the", "a", "an"} and end + 2 < len(texts) and texts[end + 2] in _title_words())
        ):
            votes["Person"] += 2.0
        if before in {"of", "at", "with", "from"} and before2.lower() in _title_words():
            votes["Company"] += 1.5
        if after in _SPEECH and after2 in {"that", "it", "its"}:
            votes["Company"] += 0.5
        if after in {"'s", "’s"}:
            votes["Company"] += 0.1
        if (
            (after == "," and after2.isdigit() and len(after2) == 2)
            or after2 in {"who", "whose"}
            or (after in {"who", "whose"})
        ):
            votes["Person"] += 1.5
        if after in _SPEECH and self.prose[start] == 1 and end - start > 1:
            votes["Person"] += 0.3
        if after == "-" and after2 == "based":
            votes["Place"] += 3.0
        if before == "in" and before2.lower() not in _STAKES and end - start == 1:
            votes["Place"] += 0.5
        if (
            self.prose[start] == 1
            and start
            and self.doc[start].is_sent_start
            and self.doc[end - 1].is_upper
            and end < len(texts)
            and self.doc[end].is_sent_start
        ):
            votes["Place"] += 4.0
        if after == "-" and after2 in {"owned", "backed", "controlled", "led", "listed"}:
            votes["Company"] += 1.0

    def _agree(self, types: dict[str, str]) -> None:
        """Let a short form take the type of the one longer name that it abbreviates."""
        longer: dict[str, Counter[str]] = {}
        for text, kind in types.items():
            parts = text.split()
            if len(parts) < 2:
                continue
            if kind == "Person":
                longer.setdefault(parts[-1], Counter())["Person"] += 2 if parts[-1] != parts[0] else 0
            elif kind == "Company":
                head = parts[0] if parts[0] not in {"The", "Bank"} else " ".join(parts[:2])
                longer.setdefault(head, Counter())["Company"] += 2
                longer.setdefault(_bare(parts, self.legal), Counter())["Company"] += 4
        for text in types:
            kinds = longer.get(_possessed(text))
            if kinds and types[text] != "Place":
                kind, weight = max(sorted(kinds.items()), key=lambda item: item[1])
                own = self.forms[text].votes
                if (
                    types[text] != kind
                    and weight + own[kind] > own[types[text]]
                    and not (kind == "Company" and " " in text and weight < 4)
                ):
                    types[text] = kind

    # -- every occurrence ---------------------------------------------------------------------------------------------

    def _repeated(self, types: dict[str, str]) -> list[Name]:
        """Give every occurrence of an accepted form its name, longest first, and capitals in shouted headlines too."""
        by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for text, pieces, kind in self._spellings(types):
            by_first.setdefault(pieces[0], []).append((pieces, kind))
            shouted = tuple(piece.upper() for piece in pieces)
            if len(text) > 3 and shouted != pieces:
                by_first.setdefault(shouted[0], []).append((shouted, kind))
        for entries in by_first.values():
            entries.sort(key=lambda entry: (-len(entry[0]), entry))
        names: list[Name] = []
        i, texts = 0, self.texts
        while i < len(texts):
            found = None
            if self.prose[i] and texts[i] in by_first:
                found = next(((p, k) for p, k in by_first[texts[i]] if tuple(texts[i : i + len(p)]) == p), None)
            if found and self._is_name_here(i, i + len(found[0]), found[1]):
                end = i + len(found[0])
                text = self._text(i, end)
                names.append(Name(i, end, text, found[1], found[1] == "Place" and text in self.adjectives))
                i = end
            else:
                i += 1
        return names

    def _spellings(self, types: dict[str, str]) -> Iterator[tuple[str, tuple[str, ...], str]]:
        for text, kind in types.items():
            pieces = self.forms[text].pieces
            yield text, pieces, kind
            if kind != "Company":
                continue
            bare = list(pieces)
            while len(bare) > 1 and (bare[-1] in self.legal or bare[-1] == ","):
                bare.pop()
            short = " ".join(bare)
            if (
                short not in types
                and short not in words("names", "generic", "words")
                and len(short) > 2
                and not short.islower()
            ):
                yield short, tuple(bare), kind

    def _is_name_here(self, start: int, end: int, kind: str) -> bool:
        """Refuse a repeat that is part of another name, and a common word at the start of a sentence."""
        if (
            end - start == 1
            and self.doc[start].is_sent_start
            and self.doc[start].pos_ not in {"PROPN", "NOUN", "ADJ", "X", "NUM", "ADV"}
        ):
            return self.doc[start].ent_type_ != ""
        if kind == "Person" and end - start == 1 and end < len(self.texts) and self.texts[end] in self.legal:
            return False
        return (
            self.texts[start - 1] != "(" or not _TICKER.match(self.texts[start]) or "." not in self.texts[start]
            if start
            else True
        )


def _bare(parts: list[str], legal: frozenset[str]) -> str:
    while len(parts) > 1 and parts[-1] in legal:
        parts = parts[:-1]
    return " ".join(parts).rstrip(",")


def _possessed(text: str) -> str:
    return re.sub(r"['’]s?$", "", text)


def _strong(votes: Counter[str]) -> list[str]:
    return [kind for kind, weight in votes.items() if weight >= 6]


def _is_organization(text: str, parts: list[str]) -> bool:
    if text in words("names", "organization", "names"):
        return True
    cues = words("names", "organization", "words")
    return any(part in cues for part in parts) or any(" " in cue and cue in text for cue in cues)


def _title_words() -> frozenset[str]:
    heads = table("titles")["heads"]
    return frozenset(word for head in heads for word in head.lower().split()) - {"general", "board", "company", "fund"}
