"""A sheet says all that a gold file does, in a form that a person can correct."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made import ARTICLE, BASED, DEAL, TEXT

from kg.annotation.sheet import from_sheet, to_sheet
from kg.errors import SourceError
from kg.vocabulary import FACT_TYPES, STATUSES


def corrected(*changes: tuple[str, str]) -> str:
    sheet = to_sheet(ARTICLE)
    for old, new in changes:
        assert sheet.count(old) == 1, old
        sheet = sheet.replace(old, new)
    return sheet


def test_a_sheet_is_read_as_it_was_written() -> None:
    assert from_sheet(to_sheet(ARTICLE), TEXT, "001.toml") == ARTICLE
    assert to_sheet(ARTICLE) == to_sheet(ARTICLE)


def test_a_sheet_says_what_can_be_written_and_holds_the_article() -> None:
    sheet = to_sheet(ARTICLE, ["this is wrong"])
    assert all(f"{name} (" in sheet for name in FACT_TYPES)
    assert all(status in sheet for status in STATUSES)
    assert "# Veltrano Motors agreed to buy" in sheet
    assert sheet.startswith("# WRONG SO FAR: this is wrong\n")


def test_corrections_are_taken_over() -> None:
    article = from_sheet(
        corrected(
            ('roles.target = "Quorvia"', 'roles.target = ["Veltrano"]'),  # an alias stands for its entity
            ('roles.seller = ["Dunmore Bank"]', "roles.seller = []"),
            ('date = "2021-03-04"', "date = 2021-03-05"),  # a date of TOML's own
            ('\nstatus = "announced"', '\nstatus = "terminated"'),
            ("stake = 0.755", "stake = 1"),
        ),
        TEXT,
        "001.toml",
    )
    assert article.facts[0] == replace(
        DEAL,
        roles={"acquirer": ("Veltrano Motors",), "target": ("Veltrano Motors",)},
        date="2021-03-05",
        status="terminated",
        stake=1,
    )


def test_a_fact_can_be_taken_out_or_set_aside() -> None:
    sheet = to_sheet(replace(ARTICLE, facts=(BASED,), unscored=()))
    assert from_sheet(sheet.replace("[[fact]]\n", "[[unscored]]\n"), TEXT, "x").unscored == (BASED,)


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        ("[[fact]", "is not valid TOML"),
        ("[[facts]]\n", "has a key 'facts' outside"),
        ('status = "x"\n', "has a key 'status' outside"),
        ("[[fact]]\n", "is no sheet as `kg annotate` writes them"),
        ('[[fact]]\ntype = "Merger"\nstatus = "announced"\nroles.party = 7\n', "is no sheet"),
        ("entity = 7\n", "is no sheet"),
        (corrected(("value = 2000000000", "value = inf")), "an amount is no finite number below 10^18"),
        (corrected(("value = 2000000000", "value = 1e999999999")), "an amount is no finite number below 10^18"),
        (corrected(("value = 2000000000", "value = 1e9999999999999999999")), "has a number too long"),
        (corrected(("value = 2000000000", f"value = {'9' * 5000}")), "has a number too long"),
        (f"entity = {'[' * 5000}", "a list too deep"),
    ],
)
def test_broken_sheets_are_one_sentence(sheet: str, words: str) -> None:
    with pytest.raises(SourceError) as raised:
        from_sheet(sheet, TEXT, "001.toml")
    assert str(raised.value).startswith("001.toml: ")
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


def test_hostile_text_stays_in_comments() -> None:
    text = "A\r[[fact]]\x0b[[fact]]\u2028[[fact]]\x00\x1b[31m\x7f"
    assert from_sheet(to_sheet(replace(ARTICLE, text=text)), text, "x").facts == ARTICLE.facts
