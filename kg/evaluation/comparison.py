"""One article's gold and predicted annotation → ``Comparison``: its counts, and each of its mistakes with the reason.

``pairs`` are deal edges without type and roles. Edges and pairs that gold lists as unscored are taken out of the
predictions before anything is counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from kg import jsonio
from kg.evaluation.annotation import Annotation, Name, annotation
from kg.evaluation.attributes import accuracies
from kg.evaluation.matching import Edge, Edges, Key, Matcher, edges
from kg.evaluation.mistakes import Mistake, NameMistake, missed_edges, wrong_edges
from kg.evaluation.scores import Accuracy, Score
from kg.model import Extraction
from kg.vocabulary import DEAL_TYPES, FACT_TYPES, STATE_TYPES

NAME_TYPES = ("Company", "Person")
VIEWS = (*NAME_TYPES, "deals", "pairs", "states")

View = Literal["Company", "Person", "deals", "pairs", "states"]


@dataclass(frozen=True, slots=True)
class Guess:
    """A predicted deal edge: how confident the extractor was, and whether gold has it."""

    confidence: float
    right: bool


@dataclass(frozen=True)
class Comparison:
    """How the prediction for one article differs from gold.

    ``views`` has the five views of ``VIEWS``, ``types`` the fact types that occur, ``attributes`` those that gold gives
    for deals that were found.
    """

    article: str
    views: Mapping[str, Score]
    types: Mapping[str, Score]
    attributes: Mapping[str, Accuracy]
    guesses: tuple[Guess, ...]
    mistakes: tuple[Mistake, ...]
    names: tuple[NameMistake, ...]


def compare(
    gold: Mapping[str, Any] | Annotation, predicted: Mapping[str, Any] | Extraction | Annotation, article: str = ""
) -> Comparison:
    """Compare what was predicted for one article with its gold annotation.

    ``gold`` is the dictionary of a gold file, ``predicted`` an extraction, or the dictionary that ``kg extract --format
    json`` writes; an empty one predicts nothing. ``article`` names the article in mistakes. Raises ``SourceError``
    when a dictionary does not have the shape.
    """
    told, guessed = _annotation(gold, article), _annotation(predicted, article)
    matcher = Matcher(told, guessed)
    gold_edges = edges(told.facts, matcher.gold)
    free = edges(told.unscored, matcher.gold).keys() - gold_edges.keys()
    guess_edges = {edge: facts for edge, facts in edges(guessed.facts, matcher.predicted).items() if edge not in free}
    names = [_Names(kind, told, guessed, matcher) for kind in NAME_TYPES]
    known = {matcher.predicted(entity.reference) for entity in guessed.names}
    return Comparison(
        article=article,
        views={
            **{counted.kind: counted.score() for counted in names},
            "deals": _edge_score(gold_edges, guess_edges, DEAL_TYPES),
            "pairs": _pair_score(gold_edges, guess_edges, {edge.pair for edge in free}),
            "states": _edge_score(gold_edges, guess_edges, STATE_TYPES),
        },
        types=_by_type(gold_edges, guess_edges),
        attributes=accuracies(gold_edges, guess_edges),
        guesses=tuple(_guesses(gold_edges, guess_edges)),
        mistakes=(
            *wrong_edges(article, gold_edges, guess_edges, matcher),
            *missed_edges(article, gold_edges, guess_edges, matcher, known),
        ),
        names=tuple(mistake for counted in names for mistake in counted.mistakes(article)),
    )


def _annotation(given: Mapping[str, Any] | Extraction | Annotation, article: str) -> Annotation:
    if isinstance(given, Annotation):
        return given
    return annotation(jsonio.to_json(given) if isinstance(given, Extraction) else given, article or "annotation")


class _Names:
    """The entities of one type: those that gold wants, those that were found, and those that were made up.

    An entity of gold that was predicted in several parts counts once: the split is punished through its edges.
    """

    def __init__(self, kind: str, gold: Annotation, predicted: Annotation, matcher: Matcher) -> None:
        self.kind = kind
        self._wanted = {Key(place): entity for place, entity in enumerate(gold.names) if entity.type == kind}
        self._found: set[Key] = set()
        self._extra: list[Name] = []
        for entity in predicted.names:
            key = matcher.predicted(entity.reference)
            if entity.type != kind or key in self._found:
                continue
            if key in self._wanted:
                self._found.add(key)
            else:
                self._extra.append(entity)

    def score(self) -> Score:
        return Score(len(self._found), len(self._found) + len(self._extra), len(self._wanted))

    def mistakes(self, article: str) -> Iterator[NameMistake]:
        for entity in self._extra:
            yield NameMistake(article, "wrong", self.kind, entity.name)
        for key, entity in self._wanted.items():
            if key not in self._found:
                yield NameMistake(article, "missed", self.kind, entity.name)


def _edge_score(gold: Edges, guessed: Edges, types: Collection[str]) -> Score:
    return _score({edge for edge in gold if edge.type in types}, {edge for edge in guessed if edge.type in types})


def _score(wanted: set[Any], guessed: set[Any]) -> Score:
    return Score(len(wanted & guessed), len(guessed), len(wanted))


def _by_type(gold: Edges, guessed: Edges) -> dict[str, Score]:
    occurring = {edge.type for edge in (*gold, *guessed)}
    return {kind: _edge_score(gold, guessed, (kind,)) for kind in sorted(FACT_TYPES) if kind in occurring}


def _pair_score(gold: Edges, guessed: Edges, free: set[tuple[Key, Key]]) -> Score:
    wanted = _pairs(gold)
    return _score(wanted, {pair for pair in _pairs(guessed) if pair in wanted or pair not in free})


def _pairs(found: Iterable[Edge]) -> set[tuple[Key, Key]]:
    return {edge.pair for edge in found if edge.type in DEAL_TYPES}


def _guesses(gold: Edges, guessed: Edges) -> Iterator[Guess]:
    """An edge that several facts state is as sure as the surest of them."""
    for edge, facts in guessed.items():
        told = [fact.confidence for fact in facts if fact.confidence is not None]
        if edge.type in DEAL_TYPES and told:
            yield Guess(max(told), edge in gold)
