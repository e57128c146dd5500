"""A dialogue about an article: every line does what it says, a mistake changes nothing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import ARTICLE, BASED, DEAL, ROLE

from kg.annotation import GoldEntity, GoldFact, faults
from kg.annotation.gold import to_json
from kg.annotation.session import COMMANDS, Point, Session
from kg.model import Money


def after(*lines: str) -> Session:
    """A session in which these lines were said, none of them a mistake."""
    session = Session(Point(ARTICLE))
    for line in lines:
        assert not any("!" in told for told in session.do(line)), line
    return session


def test_keeping_everything() -> None:
    for lines in (["", "keep", "k", ""], ["rest"], ["keep", "rest"]):
        session = after(*lines)
        assert session.state == "done"
        assert session.point.article == ARTICLE


def test_what_is_asked() -> None:
    asked = "\n".join(after().question())
    for words in (
        "Fact 1 of 3", "Acquisition, announced, USD 2 billion, 75.5 %, 2021-03-04", "acquirer: Veltrano Motors",
        "seller: Dunmore Bank", "evidence: Veltrano Motors agreed to buy Quorvia", "in: Veltrano buys Quorvia Veltrano",
    ):  # fmt: skip
        assert words in asked
    assert "Role, in effect, chief executive" in "\n".join(after("keep").question())
    assert "All 3 facts decided" in after("keep", "keep", "keep").question()[0]


CHANGES: list[tuple[str, dict[str, Any]]] = [
    ("status in talks", {"status": "in_talks"}),
    ("s Rumoured", {"status": "rumoured"}),
    ("amount 2.5 billion EUR", {"amount": Money(Decimal("2500000000.0"), "EUR")}),
    ("amount GBP 1,250,000", {"amount": Money(Decimal(1_250_000), "GBP")}),
    ("amount 30m USD", {"amount": Money(Decimal(30_000_000), "USD")}),
    ("amount -", {"amount": None}),
    ("amount", {"amount": None}),
    ("stake 50%", {"stake": 0.5}),
    ("stake 0.333", {"stake": 0.333}),
    ("stake 100 %", {"stake": 1.0}),
    ("stake -", {"stake": None}),
    ("date 2021", {"date": "2021"}),
    ("date -", {"date": None}),
    ("evidence agreed to buy Quorvia", {"evidence": "agreed to buy Quorvia"}),
    ("e Veltrano Motors agreed ... from  Dunmore", {"evidence": "Veltrano Motors agreed to buy Quorvia from Dunmore"}),
    ("role seller =", {"roles": {"acquirer": ("Veltrano Motors",), "target": ("Quorvia",)}}),
    (
        "role acq = veltrano; Ada Lund",
        {"roles": {"acquirer": ("Veltrano Motors", "Ada Lund"), "target": ("Quorvia",), "seller": ("Dunmore Bank",)}},
    ),
    ("r target = #3", {"roles": {**DEAL.roles, "target": ("Dunmore Bank",)}}),
    (
        "type merger",
        {"type": "Merger", "roles": {"party": ("Veltrano Motors", "Quorvia", "Dunmore Bank")}},
    ),
    (
        "type Investment",
        {
            "type": "Investment",
            "roles": {"investor": ("Veltrano Motors",), "investee": ("Quorvia",), "seller": ("Dunmore Bank",)},
        },
    ),
    ("type Divestment", {"type": "Divestment", "roles": {"seller": ("Veltrano Motors",), "target": ("Quorvia",)}}),
    (
        "type Ownership",
        {"type": "Ownership", "status": "in_effect", "roles": {"owner": ("Veltrano Motors",), "owned": ("Quorvia",)}},
    ),
]


@pytest.mark.parametrize(("line", "changes"), CHANGES)
def test_changing_a_fact(line: str, changes: dict[str, Any]) -> None:
    session = after(line)
    assert session.fact == replace(DEAL, **changes)
    assert session.point.article.facts[1:] == ARTICLE.facts[1:]
    session.do("undo")
    assert session.point == Point(ARTICLE)


def test_the_title_of_a_role() -> None:
    assert after("keep", "title  Chief  Executive").fact == replace(ROLE, title="Chief Executive")
    assert after("keep", "title -").fact == replace(ROLE, title=None)
    assert after("keep", "type BasedIn").fact == replace(
        ROLE, type="BasedIn", roles={"organization": ("Ada Lund",), "place": ("Veltrano Motors",)}, title=None
    )


def test_partners_become_two_sides() -> None:
    session = after("type Partnership", "role partner = Veltrano; Quorvia", "type Supply")
    assert session.fact is not None
    assert session.fact.roles == {"supplier": ("Veltrano Motors",), "customer": ("Quorvia",)}


def test_dropping_going_back_and_setting_aside() -> None:
    assert after("drop").point == Point(replace(ARTICLE, facts=(ROLE, BASED)))
    assert after("keep", "back").point == Point(ARTICLE)
    aside = after("unscored").point
    assert aside.article.facts == (ROLE, BASED)
    assert aside.article.unscored == (*ARTICLE.unscored, DEAL)
    assert after("unscored", "undo").point == Point(ARTICLE)
    assert after("d", "d", "d", "").state == "done"


def test_adding_a_fact_that_was_missed() -> None:
    session = after("keep", "keep", "keep", "add Competition")
    assert session.fact == GoldFact("Competition", {}, "in_effect")
    assert session.problems() == [
        "Competition needs at least 2 in the role competitor, not 0.",
        "it has no evidence",
    ]
    assert "not yet: Competition needs at least 2" in session.do("keep")[0]
    for line in ("role competitor = Quorvia; Dunmore Bank", "evidence Quorvia from Dunmore Bank", "keep", "keep"):
        assert session.do(line) == []
    assert session.state == "done"
    assert [fact.type for fact in session.point.article.facts] == ["Acquisition", "Role", "BasedIn", "Competition"]


def test_entities() -> None:
    session = after("entity Company  Veltrano", "alias Veltrano Motors =", "retype #3 = organization")
    assert [(e.name, e.type, e.aliases) for e in session.point.article.entities] == [
        ("Veltrano Motors", "Company", ()),
        ("Quorvia", "Company", ()),
        ("Dunmore Bank", "Organization", ()),
        ("Ada Lund", "Person", ()),
        ("Germany", "Place", ()),
        ("Veltrano", "Company", ()),
    ]
    renamed = after("rename Dunmore Bank = Dunmore", "alias Dunmore = Dunmore Bank").point.article
    assert renamed.facts[0].roles["seller"] == ("Dunmore",)
    assert renamed.entities[2].aliases == ("Dunmore Bank",)
    assert after("entity place Austria", "remove Austria").point.article == ARTICLE
    assert "  #1 Company Veltrano Motors (Veltrano)" in after().do("entities")


def test_renaming_where_a_name_stands_twice() -> None:
    twice = replace(ARTICLE, entities=(*ARTICLE.entities, GoldEntity("Quorvia", "Organization", ("Dunmore",))))
    session = Session(Point(twice))
    assert session.do("rename Quorvia = buy Quorvia") == []
    assert [e.aliases for e in session.point.article.entities if e.name == "buy Quorvia"] == [(), ("Dunmore",)]
    assert session.fact is not None
    assert session.fact.roles["target"] == ("buy Quorvia",)


MISTAKES = [
    ("frobnicate", "is no command"),
    ("st", "more than one command: status, stake"),
    ("type Takeover", "is no fact type: Acquisition, Merger"),
    ("type", "is no fact type"),
    ("status done", "is no status of Acquisition"),
    ("role seller Dunmore", "role acquirer = Alibaba; SAIC Motor"),
    ("role buyer = Quorvia", "is no role of Acquisition"),
    ("role seller = Tailspin", "'Tailspin' is no entity of the article yet: add it with entity Company Tailspin"),
    ("role seller = #9", "is no entity"),
    ("amount a lot", "an amount is a number and a currency code"),
    ("amount 2 billion", "an amount is a number and a currency code"),
    ("amount 2 zillion USD", "an amount is a number and a currency code"),
    ("stake 150%", "a stake is a part of the whole"),
    ("stake nan", "a stake is a part of the whole"),
    ("stake 1e9999999", "a stake is a part of the whole"),
    ("stake 1e9999999%", "a stake is a part of the whole"),
    ("amount 2000000 trillion USD", "an amount has at most 18 digits"),
    ("date 2021-02-30", "is no date"),
    ("title chief executive", "Acquisition has no title"),
    ("evidence Veltrano sold Quorvia", "do not stand in the article"),
    ("evidence", "do not stand in the article"),
    ("entity Company Tailspin", "'Tailspin' does not stand in the article"),
    ("entity Company Quorvia", "is an entity of the article already"),
    ("entity Firm Quorvia", "is no entity type"),
    ("alias Quorvia", "an entity is named before an equals sign"),
    ("alias Quorvia = QV", "'QV' does not stand in the article"),
    ("rename Quorvia = Dunmore Bank", "is another entity"),
    ("remove Quorvia", "takes part in a fact (Acquisition)"),
    ("back", "this is the first fact"),
    ("undo", "nothing was changed"),
    ("add", "is no fact type"),
]


@pytest.mark.parametrize(("line", "words"), MISTAKES)
def test_mistakes_change_nothing(line: str, words: str) -> None:
    session = Session(Point(ARTICLE))
    (told,) = session.do(line)
    assert told.startswith("  ! ")
    assert words in told
    assert session.point == Point(ARTICLE)
    assert session.state == "open"


def test_nothing_is_asked_about_once_all_is_decided() -> None:
    session = after("keep", "keep", "keep")
    for line in ("drop", "unscored", "type Merger", "role party = Quorvia"):
        assert "all facts are decided" in session.do(line)[0]


def test_an_article_that_is_wrong_as_a_whole_is_not_finished() -> None:
    wrong = replace(ARTICLE, unscored=(replace(BASED, status="denied"),))
    session = Session(Point(wrong, 3))
    assert "not yet: unscored 1" in session.do("")[0]
    assert session.state == "open"


def test_the_rest_is_kept_up_to_the_first_fact_that_is_wrong() -> None:
    session = Session(Point(replace(ARTICLE, facts=(DEAL, ROLE, replace(BASED, evidence="")))))
    assert "not yet: it has no evidence" in session.do("rest")[0]
    assert (session.point.decided, session.state) == (2, "open")
    assert [session.do(line) for line in ("evidence Veltrano is a German", "rest")] == [[], []]
    assert session.state == "done"


def test_showing_things() -> None:
    assert len(after().do("help")) == len(COMMANDS)
    assert "Veltrano buys Quorvia" in after().do("text")
    assert len(after().do("list")) == 3
    assert after("skip").state == "skipped"
    assert after("quit").state == "stopped"


WORDS = st.sampled_from(
    ["Veltrano", "#1", "#2", "=", ";", "Company", "Merger", "Role", "50%", "-", "2", "USD", "in", "acquirer", "party",
     "Quorvia from Dunmore Bank", "in_effect", "2021-03"]
)  # fmt: skip
LINES = st.builds(
    lambda command, rest: " ".join([command, *rest]), st.sampled_from([*COMMANDS, "", "x"]), st.lists(WORDS, max_size=5)
)


@given(st.lists(LINES, max_size=25))
def test_whatever_is_said_an_article_that_is_done_is_right(lines: list[str]) -> None:
    session = Session(Point(ARTICLE))
    for line in lines:
        session.do(line)
        assert 0 <= session.point.decided <= len(session.point.article.facts)
        assert session.question()
        if session.state != "open":
            break
    if session.state == "done":
        article = session.point.article
        assert all(fault.slight for fault in faults(to_json(article), article.text))
