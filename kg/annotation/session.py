"""A dialogue about one article: each fact is shown, and a line of words says what becomes of it.

A session needs no terminal: it is told lines and answers with lines, and can be taken up again where it was left.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from kg import wording
from kg.annotation import edits
from kg.annotation.checks import faults
from kg.annotation.gold import GoldArticle, GoldFact, to_json
from kg.errors import KgError
from kg.vocabulary import FACT_TYPES

State = Literal["open", "done", "skipped", "stopped"]
_CONTEXT = 160  # characters of the article around a fact's evidence

COMMANDS: Mapping[str, tuple[str, str]] = {
    "keep": ("", "keep this fact as it is shown and go on (Enter alone does the same)"),
    "drop": ("", "this is no fact: leave it out"),
    "unscored": ("", "a reader may or may not list it: keep it, but count it neither way"),
    "type": ("TYPE", "it is of another type, such as: type Merger"),
    "role": ("ROLE = NAME; NAME", "who fills a role; nobody after = empties it"),
    "status": ("STATUS", "how far it has come, such as: status in talks"),
    "amount": ("NUMBER CODE", "its size, such as: amount 2.5 billion USD; - for none"),
    "stake": ("PART", "such as: stake 50%; - for none"),
    "date": ("DATE", "2015, 2015-03 or 2015-03-12; - for none"),
    "title": ("WORDS", "the job title of a Role; - for none"),
    "evidence": ("WORDS", "the words of the article that state it, shortened with ..."),
    "add": ("TYPE", "a fact that was missed, before the one shown"),
    "entities": ("", "list the entities with their numbers, which stand for their names (#3)"),
    "entity": ("TYPE NAME", "add one, such as: entity Company SAIC Motor"),
    "alias": ("NAME = FORM; FORM", "its other names in the article"),
    "rename": ("NAME = NEW NAME", "its fullest name in the article"),
    "retype": ("NAME = TYPE", "what kind of entity it is"),
    "remove": ("NAME", "an entity that no fact needs"),
    "text": ("", "show the article"),
    "list": ("", "list all facts"),
    "back": ("", "back to the fact before"),
    "undo": ("", "take back the last change"),
    "rest": ("", "keep the rest as it is, up to the first fact that is wrong, and finish when none is"),
    "skip": ("", "leave this article for later and go on with the next"),
    "quit": ("", "stop; what is done stays, and the next run goes on here"),
    "help": ("", "this list; beginnings of words are enough (k, dr, ty Merger)"),
}
"""What can be said: each command with the words that follow it, and what it does."""

_ON_FACTS: Mapping[str, Callable[[GoldFact, str], GoldFact]] = {
    "type": edits.with_type,
    "status": edits.with_status,
    "amount": edits.with_amount,
    "stake": edits.with_stake,
    "date": edits.with_date,
    "title": edits.with_title,
}
_ON_FACTS_IN_TEXT: Mapping[str, Callable[[GoldArticle, GoldFact, str], GoldFact]] = {
    "role": edits.with_role,
    "evidence": edits.with_evidence,
}
_ON_ARTICLES: Mapping[str, Callable[[GoldArticle, str], GoldArticle]] = {
    "entity": edits.with_entity,
    "alias": edits.with_aliases,
    "rename": edits.renamed,
    "retype": edits.retyped,
    "remove": edits.without_entity,
}
_SHORT = {
    "": "keep",
    "d": "drop",
    "e": "evidence",
    "r": "role",
    "s": "status",
    "t": "type",
    "u": "unscored",
    "a": "add",
    "?": "help",
}


@dataclass(frozen=True)
class Point:
    """Where a session stands: the article as corrected so far, and the number of facts that are decided."""

    article: GoldArticle
    decided: int = 0


class Session:
    """Corrects one article; ``point`` is what must be kept to take it up again."""

    def __init__(self, point: Point) -> None:
        self.point = point
        self.state: State = "open"
        self._before: list[Point] = []

    @property
    def fact(self) -> GoldFact | None:
        """The fact that is being asked about; none once all are decided."""
        facts = self.point.article.facts
        return facts[self.point.decided] if self.point.decided < len(facts) else None

    def question(self) -> list[str]:
        """Return what is asked now, with the fact and what is wrong with it."""
        article, decided = self.point.article, self.point.decided
        if self.fact is None:
            return [
                f"All {wording.count(len(article.facts), 'fact')} decided: add TYPE for one that was missed, or Enter."
            ]
        shown = [f"Fact {decided + 1} of {len(article.facts)}", *described(self.fact), *_around(article, self.fact)]
        return [*shown, *(f"  ! {problem}" for problem in self.problems())]

    def problems(self) -> list[str]:
        """Return what is wrong with the fact being asked about; all decided, with the article as a whole."""
        article = self.point.article
        asked = article if self.fact is None else replace(article, facts=(self.fact,), unscored=())
        found = (fault for fault in faults(to_json(asked), article.text) if not fault.slight)
        return [fault.problem if fault.where.startswith("facts") and self.fact else str(fault) for fault in found]

    def do(self, line: str) -> list[str]:
        """Carry out a line of words and return the answer; a mistake changes nothing.

        ``rest`` that comes to a fact that is wrong keeps those before it, and that fact is asked about next.
        """
        word, _, rest = line.strip().partition(" ")
        try:
            command = _SHORT.get(word.lower()) or edits.one_of(word, COMMANDS, "command")
            return self._do(command, rest.strip())
        except KgError as problem:
            return [f"  ! {problem}"]

    def _do(self, command: str, words: str) -> list[str]:
        article = self.point.article
        if command in _ON_FACTS:
            return self._set(_ON_FACTS[command](self._asked(), words))
        if command in _ON_FACTS_IN_TEXT:
            return self._set(_ON_FACTS_IN_TEXT[command](article, self._asked(), words))
        if command in _ON_ARTICLES:
            return self._go(replace(self.point, article=_ON_ARTICLES[command](article, words)))
        if command in ("skip", "quit"):
            self.state = "skipped" if command == "skip" else "stopped"
            return []
        moves = {"keep": self._keep, "drop": self._drop, "unscored": self._unscored, "back": self._back}
        moves |= {"undo": self._undo, "rest": self._rest}
        if command in moves:
            return moves[command]()
        if command == "add":
            place = self.point.decided
            facts = (*article.facts[:place], edits.new_fact(words), *article.facts[place:])
            return self._go(replace(self.point, article=replace(article, facts=facts)))
        return self._told(command)

    def _told(self, command: str) -> list[str]:
        article = self.point.article
        if command == "entities":
            forms = [
                (n, e, f" ({', '.join(e.aliases)})" if e.aliases else "") for n, e in enumerate(article.entities, 1)
            ]
            return [f"  #{number} {entity.type} {entity.name}{also}" for number, entity, also in forms]
        if command == "text":
            return [line for part in article.text.splitlines() for line in textwrap.wrap(part, 100) or [""]]
        if command == "list":
            return [f"  {n}. {' '.join(described(fact)).strip()}" for n, fact in enumerate(article.facts, 1)]
        return [f"  {' '.join([name, words]).strip()}: {what}" for name, (words, what) in COMMANDS.items()]

    def _asked(self) -> GoldFact:
        if self.fact is None:
            raise KgError("all facts are decided: back shows the last one again, add TYPE makes a new one")
        return self.fact

    def _go(self, point: Point) -> list[str]:
        self._before.append(self.point)
        self.point = point
        return []

    def _set(self, fact: GoldFact) -> list[str]:
        article, place = self.point.article, self.point.decided
        facts = (*article.facts[:place], fact, *article.facts[place + 1 :])
        return self._go(replace(self.point, article=replace(article, facts=facts)))

    def _keep(self) -> list[str]:
        problems = self.problems()
        if problems:
            raise KgError(f"not yet: {problems[0].rstrip('.')}; mend that, or drop it")
        if self.fact is None:
            self.state = "done"
            return []
        return self._go(replace(self.point, decided=self.point.decided + 1))

    def _drop(self) -> list[str]:
        self._asked()
        article, place = self.point.article, self.point.decided
        facts = article.facts[:place] + article.facts[place + 1 :]
        return self._go(replace(self.point, article=replace(article, facts=facts)))

    def _unscored(self) -> list[str]:
        fact = self._asked()
        self._drop()
        article = self.point.article
        self.point = replace(self.point, article=replace(article, unscored=(*article.unscored, fact)))
        return []

    def _back(self) -> list[str]:
        if not self.point.decided:
            raise KgError("this is the first fact")
        return self._go(replace(self.point, decided=self.point.decided - 1))

    def _undo(self) -> list[str]:
        if not self._before:
            raise KgError("nothing was changed since this article was opened")
        self.point = self._before.pop()
        return []

    def _rest(self) -> list[str]:
        while self.fact is not None:
            self._keep()
        return self._keep()


def described(fact: GoldFact) -> list[str]:
    """Return a fact in words: its type and status, who takes part, its figures, its evidence."""
    kind = FACT_TYPES[fact.type]
    figures = [wording.money(fact.amount), wording.stake(fact.stake), fact.date or "", fact.title or ""]
    roles = [f"  {role}: {'; '.join(fact.roles[role])}" for role in kind.roles if fact.roles.get(role)]
    head = f"  {fact.type}, {wording.status_name(fact.status)}"
    return [", ".join([head, *(figure for figure in figures if figure)]), *roles, f"  evidence: {fact.evidence}"]


def _around(article: GoldArticle, fact: GoldFact) -> list[str]:
    """Return the article around the evidence, where that does not stand alone."""
    words = " ".join(article.text.split())
    at = words.find(fact.evidence) if fact.evidence else -1
    if at < 0:
        return []
    start, end = max(0, at - _CONTEXT), at + len(fact.evidence) + _CONTEXT
    return [f"  in: {'…' if start else ''}{words[start:end]}{'…' if end < len(words) else ''}"]
