"""How far a deal is, by the words around its trigger: denied, called off, rumoured, in talks, announced, in effect."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Doc, Token

from kg.extraction.candidates import Candidate
from kg.extraction.lexicon import table, words

_MODIFIERS = frozenset({"aux", "auxpass", "neg", "advmod", "amod", "prt", "acomp", "attr", "compound", "mark"})
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
_FUTURE = frozenset(
    {"will", "would", "'ll", "shall", "to", "could", "may", "might", "should", "can", "expected", "expects"}
)


@cache
def _phrases(status: str, key: str) -> re.Pattern[str]:
    options = sorted(table("status")[status].get(key, ()), key=lambda p: (-len(p), p))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, options)) + r")\b") if options else re.compile(r"(?!)")


def status_of(candidate: Candidate, doc: Doc) -> tuple[str, str]:
    """Return the status that the sentence gives the deal, and the reason for it in a word or two."""
    path = _path(doc, candidate.trigger, candidate.start)
    near = {token.lower_ for token in path} | {
        child.lower_ for token in path for child in token.children if child.dep_ in _MODIFIERS
    }
    sentence = doc[candidate.start : candidate.end].text.lower()
    for status in ("denied", "terminated"):
        if match := _phrases(status, "phrases").search(sentence):
            return status, match[0]
        cue = near & words("status", status, "path")
        if cue and not near & _MODALS and not (status == "denied" and candidate.type == "LegalDispute"):
            return status, min(cue)
    if candidate.type == "LegalDispute":
        return _legal(near, sentence)
    if candidate.status == "in_effect":
        return "in_effect", "pattern"
    if match := _phrases("rumoured", "sentence").search(sentence):
        return "rumoured", match[0]
    if cue := near & words("status", "rumoured", "path"):
        return "rumoured", min(cue)
    if (match := _phrases("in_talks", "phrases").search(sentence)) or (near & words("status", "in_talks", "path")):
        return "in_talks", match[0] if match else "talks"
    if candidate.status:
        return candidate.status, "pattern"
    return _tense(candidate, path, near, sentence)


def later_status(doc: Doc, at: int, start: int) -> str | None:
    """Return what a later sentence says became of the deal that token ``at`` takes up: "the deal was abandoned"."""
    path = _path(doc, at, start)
    near = {token.lower_ for token in path} | {
        child.lower_ for token in path for child in token.children if child.dep_ in _MODIFIERS
    }
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
        if head is token or token.dep_ in _OWN_CLAUSE or head.i < start:
            break
        if token.dep_ in {"ccomp", "conj"} and head.lower_ in _SPEECH:
            break
        token = head
    return path


def _legal(near: set[str], sentence: str) -> tuple[str, str]:
    decided = {
        "ruled",
        "fined",
        "convicted",
        "ordered",
        "guilty",
        "awarded",
        "verdict",
        "upheld",
        "judgment",
        "liable",
        "penalised",
        "fine",
        "won",
        "lost",
    }
    if cue := near & decided:
        return "in_effect", min(cue)
    return "announced", "filed or pending" if "filed" in sentence else "pending"


def _tense(candidate: Candidate, path: list[Token], near: set[str], sentence: str) -> tuple[str, str]:
    if match := _phrases("in_effect", "phrases").search(sentence):
        return "in_effect", match[0]
    if cue := near & {
        "completed",
        "complete",
        "completes",
        "completion",
        "closed",
        "finalised",
        "finalized",
        "concluded",
    }:
        return ("announced", "not yet") if near & {"expected", "will", "expects"} else ("in_effect", min(cue))
    if candidate.type == "Investment" and path[0].lower_ in _SHOWN:
        return "in_effect", path[0].lower_
    if cue := near & words("status", "in_effect", "paid"):
        return "in_effect", min(cue)
    if cue := _offers(path[0]):
        return "announced", min(cue)
    planned = near & words("status", "announced", "path")
    if planned - {"to", "deal"} or near & _FUTURE:
        return "announced", min(planned or near & _FUTURE)
    if match := _phrases("announced", "phrases").search(sentence):
        return "announced", match[0]
    trigger = path[0]
    if trigger.pos_ in {"VERB", "AUX"} and candidate.type in _DONE_BY_AGREEMENT:
        if trigger.tag_ in {"VBZ", "VBP", "VB"}:
            return "announced", "present tense"
        if trigger.tag_ == "VBG" and any(child.dep_ == "aux" for child in trigger.children):
            return "announced", "under way"
    return str(table("status")["default"][candidate.type]), "tense"


def _offers(trigger: Token) -> set[str]:
    """The word for an offer at the trigger: what is only bid for has not been bought."""
    near = {trigger.lower_} | {child.lower_ for child in trigger.children if child.dep_ in {"dobj", "nsubjpass"}}
    return near & words("status", "announced", "offers")
