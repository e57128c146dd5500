"""The gold format: what is written is read again, and broken files are one sentence."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import ARTICLE, TEXT
from samples import sample_extractions

from kg.annotation import GoldArticle, GoldEntity, GoldFact, read_gold, write_gold
from kg.annotation.draft import draft
from kg.annotation.gold import as_text, from_json, to_json
from kg.annotation.sheet import from_sheet, to_sheet
from kg.documents import read
from kg.errors import SourceError
from kg.model import Document, Money
from kg.vocabulary import DEAL_TYPES, ENTITY_TYPES, FACT_TYPES


def test_the_form_of_a_file(tmp_path: Path) -> None:
    write_gold(ARTICLE, tmp_path / "001.json")
    data = json.loads((tmp_path / "001.json").read_text(encoding="utf-8"))
    assert list(data) == ["published", "entities", "facts", "unscored"]
    assert data["entities"][0] == {"name": "Veltrano Motors", "type": "Company", "aliases": ["Veltrano"]}
    assert data["facts"][0] == {
        "type": "Acquisition",
        "roles": {"acquirer": ["Veltrano Motors"], "target": "Quorvia", "seller": ["Dunmore Bank"]},
        "status": "announced",
        "amount": {"value": 2000000000, "currency": "USD"},
        "stake": 0.755,
        "date": "2021-03-04",
        "evidence": "Veltrano Motors agreed to buy Quorvia from Dunmore Bank for $2 billion",
    }
    assert data["facts"][1]["roles"]["title"] == "chief executive"
    assert (tmp_path / "001.txt").read_bytes() == TEXT.encode()


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write_gold(ARTICLE, tmp_path / "001.json")
    assert read_gold(tmp_path / "001.json") == ARTICLE
    (document,) = read([tmp_path / "001.txt"])
    assert isinstance(document, Document)
    assert (document.text, document.published) == (TEXT, "2021-03-04")


def test_the_evaluation_data_is_read_and_written_without_loss(shared: Path) -> None:
    for folder in ("train", "dev"):
        for path in sorted((shared / "eval" / folder).glob("*.json")):
            article = read_gold(path)
            assert from_json(json.loads(as_text(article)), article.text) == article, path


FACT = b'{"entities": [], "facts": [{"type": "Merger", "roles": {}, "status": "announced", "amount": %s}]}'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "is not valid JSON"),
        (b"[]", "is no gold file"),
        (b'{"facts": []}', "is no gold file"),
        (b'{"entities": [], "facts": [{"type": "Merger", "roles": [], "status": "announced"}]}', "is no gold file"),
        (b'{"entities": [{"name": 7, "type": "Company"}], "facts": []}', "is no gold file"),
        (b'{"entities": [], "facts": [{"type": "Merger", "roles": {}, "status": "x", "stake": true}]}', "is no gold"),
        (b'{"entities": [{"name": "A", "type": "Company", "aliases": "B"}], "facts": []}', "is no gold file"),
        (b"\xff", "is not valid JSON"),
        (FACT % b'{"value": Infinity, "currency": "USD"}', "an amount is no finite number below 10"),
        (FACT % b'{"value": NaN, "currency": "USD"}', "an amount is no finite number below 10"),
        (FACT % b'{"value": "1e999999999", "currency": "USD"}', "an amount is no finite number below 10"),
        (FACT % b'{"value": 1000000000000000000, "currency": "USD"}', "an amount is no finite number below 10"),
    ],
)
def test_broken_files_are_one_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "001.json").write_bytes(content)
    (tmp_path / "001.txt").write_text("x", encoding="utf-8")
    with pytest.raises(SourceError, match=words) as raised:
        read_gold(tmp_path / "001.json")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(("value", "kept"), [("1E+300", False), ("999999999999999999", True), ("-0.5", True)])
def test_a_first_version_has_no_amount_that_could_not_be_read_again(value: str, kept: bool) -> None:
    extraction, amount = sample_extractions()[0], Money(Decimal(value), "USD")
    article = draft(replace(extraction, facts=(replace(extraction.facts[0], amount=amount),)))
    assert article.facts[0].amount == (amount if kept else None)
    assert from_json(to_json(article), article.text) == article


def test_a_gold_file_needs_its_text(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read_gold(tmp_path / "001.json")
    (tmp_path / "001.json").write_text("{}", encoding="utf-8")
    with pytest.raises(SourceError, match="a gold file needs its text"):
        read_gold(tmp_path / "001.json")
    (tmp_path / "001.txt").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(SourceError, match="is not UTF-8"):
        read_gold(tmp_path / "001.json")


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(str.strip)
DATES = st.none() | st.sampled_from(["2015", "2015-03", "2015-03-12"])
MONEY = st.builds(Money, st.decimals(1, 10**12, places=2).map(Decimal.normalize), st.sampled_from(["USD", "EUR"]))


@st.composite
def facts(draw: st.DrawFn) -> GoldFact:
    kind = FACT_TYPES[draw(st.sampled_from(list(FACT_TYPES)))]
    fillers = st.lists(NAMES, min_size=1, max_size=3, unique=True).map(tuple)
    used = [role.name for role in kind.roles.values() if not role.literal and draw(st.booleans())]
    return GoldFact(
        kind.name,
        {role: draw(fillers) for role in used},
        draw(st.sampled_from(kind.statuses)),
        draw(NAMES | st.just("")),
        draw(st.none() | MONEY) if kind.name in DEAL_TYPES else None,
        draw(st.none() | st.floats(0.001, 1)),
        draw(DATES),
        draw(NAMES) if kind.name == "Role" and draw(st.booleans()) else None,
    )


@st.composite
def gold_articles(draw: st.DrawFn) -> GoldArticle:
    names = draw(st.lists(NAMES, unique=True, max_size=4))
    entities = tuple(GoldEntity(name, draw(st.sampled_from(ENTITY_TYPES))) for name in names)
    some = st.lists(facts(), max_size=3).map(tuple)
    return GoldArticle(draw(st.text(max_size=40)), draw(DATES), entities, draw(some), draw(some))


@given(gold_articles())
def test_any_article_survives_both_forms(article: GoldArticle) -> None:
    assert from_json(json.loads(as_text(article)), article.text) == article
    assert to_json(from_sheet(to_sheet(article), article.text, "sheet")) == to_json(article)
