"""``kg.evaluation`` says what the evaluation data's own ``score.py`` says, digit by digit."""

from __future__ import annotations

import importlib.util
import json
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from gold_made import NAMES, corpora
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reference import assert_agrees, lay_out, reference

from kg.evaluation import Evaluation, compare, evaluate, read_gold_folder, read_predictions
from kg.evaluation.folding import folded

Corpus = dict[str, tuple[dict[str, Any], dict[str, Any] | None]]


@pytest.fixture(scope="module")
def score(shared: Path) -> ModuleType:
    """``score.py`` as a module: a process for each of a thousand examples would take minutes."""
    spec = importlib.util.spec_from_file_location("score_of_the_evaluation", shared / "eval" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judged(gold: Path, predicted: Path) -> Evaluation:
    articles = read_gold_folder(gold)
    predictions = read_predictions(articles, predicted)
    return evaluate([compare(each.gold, predictions.get(each.name, {}), each.name) for each in articles])


def as_predicted(gold: dict[str, Any]) -> dict[str, Any]:
    """The facts of gold, their fillers by the ids of entities, as an extraction has them."""
    ids = {entity["name"]: f"e{number}" for number, entity in enumerate(gold["entities"], start=1)}
    entities = [{**entity, "id": ids[entity["name"]]} for entity in gold["entities"]]
    facts = []
    for fact in gold["facts"]:
        filled = {role: [names] if isinstance(names, str) else names for role, names in fact["roles"].items()}
        roles = {role: [ids.get(name, name) for name in names] for role, names in filled.items() if role != "title"}
        facts.append({**fact, "roles": roles, "evidence": [{"quote": fact.get("evidence", "")}]})
    return {"entities": entities, "facts": facts}


def corrupted(gold: dict[str, Any], number: int) -> dict[str, Any]:
    """A prediction with every third entity lost, every fifth mistyped, facts shuffled, turned round and retyped."""
    found = as_predicted(gold)
    for place, entity in enumerate(found["entities"]):
        if (place + number) % 5 == 0:
            entity["type"] = "Person" if entity["type"] == "Company" else "Company"
    found["entities"] = [entity for place, entity in enumerate(found["entities"]) if (place + number) % 3]
    found["entities"] += [{**entity, "id": f"{entity['id']}b"} for entity in found["entities"][:2]]
    for place, fact in enumerate(found["facts"]):
        if (place + number) % 4 == 0:
            fact["roles"] = dict(zip(fact["roles"], reversed(fact["roles"].values()), strict=True))
        if (place + number) % 7 == 0:
            fact["type"] = "Supply"
        fact["status"] = "rumoured" if place % 2 else fact["status"]
    return found


@pytest.mark.parametrize("part", ["dev", "train"])
def test_gold_against_itself_and_against_corrupted_copies(shared: Path, tmp_path: Path, part: str) -> None:
    folder = shared / "eval" / part
    golds = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))}
    itself = lay_out(tmp_path / "itself", {name: as_predicted(gold) for name, gold in golds.items()})
    found = judged(folder, itself)
    assert_agrees(found, reference(shared, folder, itself))
    # Not 1: a name that an article has for two entities is that of the first, where types do not tell them apart.
    assert min(found.figures.views[view].f1 for view in ("deals", "pairs", "states")) > 0.999
    broken = {name: corrupted(gold, number) for number, (name, gold) in enumerate(golds.items()) if number % 9}
    corrupt = lay_out(tmp_path / "corrupt", broken)
    found = judged(folder, corrupt)
    assert_agrees(found, reference(shared, folder, corrupt))
    assert 0.1 < found.figures.views["deals"].f1 < 0.9


@settings(max_examples=15, deadline=None)
@given(corpora())
def test_made_up_files(shared: Path, corpus: Corpus) -> None:
    with tempfile.TemporaryDirectory() as name:
        gold = lay_out(Path(name, "gold"), {article: told for article, (told, _) in corpus.items()})
        guesses = {article: guess for article, (_, guess) in corpus.items() if guess is not None}
        predicted = lay_out(Path(name, "predicted"), guesses)
        found = evaluate([compare(told, guess or {}, article) for article, (told, guess) in corpus.items()])
        assert_agrees(found, reference(shared, gold, predicted))


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(corpora())
def test_made_up_dictionaries(score: ModuleType, corpus: Corpus) -> None:
    found = evaluate([compare(told, guess or {}, article) for article, (told, guess) in corpus.items()])
    expected = score.score([(article, told, guess or {}) for article, (told, guess) in corpus.items()])
    assert_agrees(found, expected)


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=30) | st.lists(st.sampled_from((*NAMES, "'s", "’s", "&", "the", "Inc."))).map(" ".join))
def test_names_are_folded_alike(score: ModuleType, name: str) -> None:
    assert folded(name) == score.fold(name)


def test_sources_are_scored_as_if_they_were_folders(shared: Path, tmp_path: Path) -> None:
    folder = shared / "eval" / "dev"
    articles = read_gold_folder(folder)
    golds = {each.name: json.loads(each.path.read_text("utf-8")) for each in articles}
    guesses = {name: corrupted(gold, number) for number, (name, gold) in enumerate(golds.items())}
    predicted = lay_out(tmp_path / "predicted", guesses)
    sources = {each.name: each.source or "" for each in articles}
    found = evaluate([compare(each.gold, guesses[each.name], each.name) for each in articles], sources)
    assert sum(figures.articles for figures in found.sources.values()) == len(articles)
    for source, figures in found.sources.items():
        part = {name: gold for name, gold in golds.items() if sources[name] == source}
        alone = lay_out(tmp_path / "gold" / source, part)
        expected = reference(shared, alone, predicted)
        expected.pop("errors")
        assert figures.to_json() == expected
