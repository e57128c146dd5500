"""What is wrong with a gold file: nothing more and nothing less than the evaluation data's own checker finds."""

from __future__ import annotations

import copy
import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made import ARTICLE, TEXT

from kg.annotation import faults
from kg.annotation.gold import to_json

JSON = dict[str, Any]


@pytest.fixture(scope="module")
def checker(shared: Path) -> Callable[[JSON, str], list[str]]:
    """The faults that the evaluation data's own checker finds; data of another form counts as one fault."""
    spec = importlib.util.spec_from_file_location("check_gold", shared / "eval" / "check_gold.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    def check(data: JSON, text: str) -> list[str]:
        try:
            return list(module.faults(data, text))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            return [repr(error)]

    return check


def test_a_good_file_has_only_a_slight_fault() -> None:
    (fault,) = faults(to_json(ARTICLE), TEXT)
    assert str(fault) == "entity 'Germany': 'Germany' does not stand in the article"
    assert fault.slight


def test_both_agree_on_the_evaluation_data(shared: Path, checker: Callable[[JSON, str], list[str]]) -> None:
    for path in sorted((shared / "eval").glob("*/*.json")):
        if path.parent.name not in ("train", "dev"):
            continue
        data, text = json.loads(path.read_text(encoding="utf-8")), path.with_suffix(".txt").read_text(encoding="utf-8")
        found = faults(data, text)
        assert len(found) == len(checker(data, text)), path
        assert all(fault.slight for fault in found), path


def change(path: list[str | int], value: Any) -> Callable[[JSON], None]:
    """An edit that sets what stands at a path, or deletes it for ``None``."""

    def edit(data: JSON) -> None:
        node: Any = data
        for key in path[:-1]:
            node = node[key]
        if value is None:
            del node[path[-1]]
        else:
            node[path[-1]] = value

    return edit


DEAL: list[str | int] = ["facts", 0]
BROKEN: list[tuple[list[str | int], Any, int]] = [
    (["facts"], None, 0),
    (["entities"], None, 1),
    (["entities", 0, "name"], None, 1),
    (["entities", 1, "type"], "Firm", 1),
    (["entities", 3, "name"], "Adam Lund", 2),  # not in the text, and no entity of the fact
    (["entities", 0, "aliases"], ["VLT"], 1),
    (["entities", 1, "name"], "Dunmore Bank", 2),  # twice, and the target is no entity
    ([*DEAL, "type"], "Takeover", 1),
    ([*DEAL, "type"], None, 1),
    ([*DEAL, "roles"], None, 1),
    ([*DEAL, "roles", "acquirer"], None, 1),
    ([*DEAL, "roles", "acquirer"], ["Tailspin"], 1),
    ([*DEAL, "roles", "target"], ["Quorvia", "Ada Lund"], 1),
    ([*DEAL, "roles", "buyer"], ["Ada Lund"], 1),
    ([*DEAL, "status"], "done", 1),
    ([*DEAL, "status"], None, 1),
    (["facts", 2, "status"], "rumoured", 1),
    ([*DEAL, "amount"], {"value": "2", "currency": "USD"}, 1),
    ([*DEAL, "amount"], {"value": 2, "currency": "$"}, 1),
    ([*DEAL, "amount"], {"currency": "USD"}, 1),
    ([*DEAL, "amount"], "2 billion", 1),
    ([*DEAL, "stake"], 0, 1),
    ([*DEAL, "stake"], 75.5, 1),
    ([*DEAL, "date"], "March 2021", 1),
    ([*DEAL, "evidence"], "Veltrano Motors sold", 1),
    ([*DEAL, "evidence"], "", 1),
    ([*DEAL, "evidence"], None, 1),
    (["facts", 1, "roles", "title"], ["chief executive", "chairman"], 1),
    (["unscored", 0, "type"], "Rumour", 1),
]


@pytest.mark.parametrize(("path", "value", "count"), BROKEN)
def test_both_agree_on_broken_files(
    path: list[str | int], value: Any, count: int, checker: Callable[[JSON, str], list[str]]
) -> None:
    data = copy.deepcopy(to_json(ARTICLE))
    change(path, value)(data)
    found = [fault for fault in faults(data, TEXT) if not fault.slight]
    theirs = [fault for fault in checker(data, TEXT) if "'Germany' is not in the article" not in fault]
    assert (len(found), len(theirs)) == (count, count)


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (["facts", 2, "roles", "place"], "Quorvia", "place of BasedIn cannot be a Company"),
        ([*DEAL, "roles", "target"], "Veltrano Motors", "fills more than one place"),
        ([*DEAL, "amount"], {"value": float("nan"), "currency": "USD"}, "is no number"),
        ([*DEAL, "amount"], {"value": float("inf"), "currency": "USD"}, "is no number"),
        ([*DEAL, "amount"], {"value": 10**400, "currency": "USD"}, "is no number below 10^18"),
        ([*DEAL, "stake"], float("inf"), "is not above 0"),
        pytest.param([*DEAL, "stake"], 10**400, "is not above 0", id="a stake beyond all floats"),
        ([*DEAL, "date"], "2015-99-99", "the date '2015-99-99' is not written"),
        (["published"], "12 March", "published: '12 March' is not written 2015, 2015-03 or 2015-03-12"),
        (["entities", 1, "name"], " ", "is no name"),
    ],
)
def test_what_the_vocabulary_calls_impossible_is_a_fault_too(path: list[str | int], value: Any, words: str) -> None:
    data = copy.deepcopy(to_json(ARTICLE))
    change(path, value)(data)
    assert any(words in str(fault) for fault in faults(data, TEXT))


@pytest.mark.parametrize("published", [None, "", "2021", "2021-03-04", "2021-03-04T10:00:00Z"])
def test_dates_of_publication_may_be_missing_and_have_a_time_of_day(published: str | None) -> None:
    assert faults({**to_json(ARTICLE), "published": published}, None) == []


def test_without_a_text_words_are_not_looked_up() -> None:
    assert faults(to_json(ARTICLE), None) == []


@pytest.mark.parametrize("data", [None, [], "x", 7, {"entities": 1, "facts": 2}, {"entities": ["x"], "facts": []}])
def test_data_of_another_form_is_one_fault(data: Any) -> None:
    (fault,) = faults(data, TEXT)
    assert "has not the form of a gold file" in str(fault)
