"""How far a deal is, by the words around its trigger: denied, called off, rumoured, in talks, announced, in effect."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from operator import attrgetter

from spacy.tokens import Doc, Token

from kg.extraction.candidates import Candidate
from kg.extraction.lexicon import table, words

_MODIFIERS = frozenset({"aux", "auxpass", "neg", "advmod", "amod", "prt", "acomp", "attr", "compound", "mark"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_ASIDE = frozenset({"relcl", "appos"})  # what hangs on a name and not on what the sentence says
_OWN_CLAUSE = frozenset({"advcl", "relcl", "parataxis"})
_SPEECH = frozenset({"said", "says", "say", "told", "reported", "reports", "added", "wrote"})
_LONGEST_PATH = 8
_DONE_BY_AGREEMENT = frozenset({"Acquisition", "Merger", "JointVenture", "Divestment"})
_SHOWN = frozenset({"unveiled", "unveils", "disclosed", "discloses", "revealed", "reveals"})
_DONE = frozenset({"completed", "closed", "finalised", "finalized", "concluded"})
# What may fail, or is threatened with it, has not failed.
_MODALS = frozenset(
    {"could", "may", "might", "can", "if", "unless", "threaten", "threatens", "threatened", "threatening"}
)
_DOUBT = frozenset({"could", "may", "might"})
_FUTURE = frozenset({"will", "would", "'ll", "shall", "could", "may", "might", "should", "can", "expected", "expects"})


@cache
def _phrases(status: str, key: str) -> re.Pattern[str]:
    options = sorted(table("status")[status].get(key, ()), key=lambda p: (-len(p), p))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, options)) + r")\b") if options else re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status and the reason for it in a word or two; ``sure`` when words say so, not only the tense or the type."""

    status: str
    reason: str
    sure: bool = True


def status_of(candidate: Candidate, doc: Doc) -> Verdict:
    """Return the status that the sentence gives the deal."""
    path = _path(doc, candidate.trigger, candidate.start)
    near = _near(doc, path)
    aside = any(token.dep_ in _ASIDE for token in path)
    sentence = "" if aside else doc[candidate.trigger].sent.text.lower()
    legal = candidate.type == "LegalDispute"
    if path[0].lower_ in words("status", "in_effect", "standing") and not near & words("titles", "former"):
        return Verdict("in_effect", path[0].lower_)
    for status in ("denied", "terminated"):
        if match := _phrases(status, "phrases").search(sentence):
            return Verdict(status, match[0])
        cue = near & words("status", status, "path")
        open_yet = near & (_MODALS | _FUTURE if legal else _MODALS)
        if cue and not open_yet and not (status == "denied" and legal):
            return Verdict(status, min(cue))
    if legal:
        return _legal(near, sentence)
    if candidate.status == "in_effect":
        return Verdict("in_effect", "pattern")
    if match := _phrases("rumoured", "sentence").search(sentence) or _in_clause(doc, path, sentence):
        return Verdict("rumoured", match[0])
    if cue := (near - _DOUBT) & words("status", "rumoured", "path") or _doubts(path):
        return Verdict("rumoured", min(cue))
    if (match := _phrases("in_talks", "phrases").search(sentence)) or (near & words("status", "in_talks", "path")):
        return Verdict("in_talks", match[0] if match else "talks")
    if candidate.status:
        return Verdict(candidate.status, "pattern", sure=False)
    return _tense(candidate, path, near, sentence)


def _in_clause(doc: Doc, path: list[Token], sentence: str) -> re.Match[str] | None:
    """Return the rumour that a clause of the path tells."""
    start, end = path[0].sent.start_char, path[0].sent.end_char
    for match in _phrases("rumoured", "clause").finditer(sentence):
        last = min(end, start + match.end())  # a capital may be longer in lower case
        span = doc.char_span(min(end - 1, start + match.start()), last, alignment_mode="expand")
        if any(token in path for word in span or () for token in _up_to_verb(word)):
            return match
    return None


def _up_to_verb(word: Token) -> Iterator[Token]:
    yield word
    for token in () if word.pos_ == "VERB" else word.ancestors:
        yield token
        if token.pos_ == "VERB":
            break


def _near(doc: Doc, path: list[Token]) -> set[str]:
    """The words on the path and their auxiliaries and close modifiers, without those of names ("May Stores")."""
    found = {token.i: token for token in path}
    found.update({child.i: child for token in path for child in token.children if child.dep_ in _MODIFIERS})
    return {token.lower_ for i, token in found.items() if not _is_named(doc, i)}


def _is_named(doc: Doc, i: int) -> bool:
    references = doc._.kg_references or ()
    number = bisect_right(references, i, key=attrgetter("start")) - 1
    return number >= 0 and i < references[number].end and not references[number].nominal


def _doubts(path: list[Token]) -> set[str]:
    """The modals of what is said to be done, not of what the deal itself could lead to ("the merger could hurt")."""
    found: set[str] = set()
    for token in path:
        found |= {child.lower_ for child in token.children if child.dep_ == "aux"} & _DOUBT
        if token.dep_ in _SUBJECTS:
            break
    return found


def later_status(doc: Doc, at: int, start: int) -> str | None:
    """Return what a later sentence says became of the deal that token ``at`` takes up: "the deal was abandoned"."""
    path = _path(doc, at, start)
    near = _near(doc, path)
    for status in ("denied", "terminated"):
        if near & words("status", status, "path") and not near & _MODALS:
            return status
    return "in_effect" if near & _DONE and not near & _FUTURE else None


def _path(doc: Doc, trigger: int, start: int) -> list[Token]:
    """The trigger and the words that govern it, up to the edge of its clause."""
    token, path = doc[trigger], []
    for _ in range(_LONGEST_PATH):
        path.append(token)
        head = token.head
        if head == token or token.dep_ in _OWN_CLAUSE or head.i < start:
            break
        if token.dep_ in {"ccomp", "conj"} and head.lower_ in _SPEECH:
            break
        token = head
    return path


def _legal(near: set[str], sentence: str) -> Verdict:
    if cue := near & words("status", "in_effect", "decided"):
        return Verdict("in_effect", min(cue))
    if match := _phrases("in_effect", "decisions").search(sentence):
        return Verdict("in_effect", match[0])
    filed = near & words("status", "announced", "filed")
    return Verdict("announced", min(filed) if filed else "pending", sure=bool(filed))


def _tense(candidate: Candidate, path: list[Token], near: set[str], sentence: str) -> Verdict:
    trigger = path[0]
    if match := _phrases("in_effect", "phrases").search(sentence):
        return Verdict("in_effect", match[0])
    if cue := near & words("status", "in_effect", "completed"):
        if near & {"expected", "will", "expects"}:
            return Verdict("announced", "not yet")
        return Verdict("in_effect", min(cue))
    if candidate.type == "Investment" and trigger.lower_ in _SHOWN:
        return Verdict("in_effect", trigger.lower_)
    if cue := near & words("status", "in_effect", "paid"):
        return Verdict("in_effect", min(cue))
    if cue := _offers(trigger):
        return Verdict("announced", min(cue))
    planned = near & words("status", "announced", "path")
    if planned - {"deal"} or near & _FUTURE:
        return Verdict("announced", min(planned or near & _FUTURE))
    if match := _phrases("announced", "phrases").search(sentence):
        return Verdict("announced", match[0])
    if "to" in near:
        return Verdict("announced", "to", sure=False)
    if trigger.pos_ in {"VERB", "AUX"} and candidate.type in _DONE_BY_AGREEMENT:
        if trigger.tag_ in {"VBZ", "VBP", "VB"}:
            return Verdict("announced", "present tense", sure=False)
        if trigger.tag_ == "VBG" and any(child.dep_ == "aux" for child in trigger.children):
            return Verdict("announced", "under way", sure=False)
    usual = table("status")["default"].get(candidate.type, "announced")  # a type of the user's own has none
    return Verdict(str(usual), "tense", sure=False)


def _offers(trigger: Token) -> set[str]:
    """The word for an offer at the trigger: what is only bid for has not been bought."""
    near = {trigger.lower_} | {child.lower_ for child in trigger.children if child.dep_ in {"dobj", "nsubjpass"}}
    return near & words("status", "announced", "offers")
