"""Text from documents cannot steer the terminal; tables, JSON and CSV carry the same values."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cli import output


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("plain Größe 株式会社", "plain Größe 株式会社"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;new title\x07after", "after"),
        ("\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9b2Jcleared", "cleared"),
        ("\x1bcreset", "reset"),
        ("over\rwritten", "overwritten"),
        ("bell\x07\x08\x00", "bell"),
        ("right\u202eleft\u2066", "rightleft"),
        ("half \ud800 pair", "half \ufffd pair"),
        ("two\nlines\tand a tab", "two lines and a tab"),
        ("[bold]markup[/bold]", "[bold]markup[/bold]"),
    ],
)
def test_clean_takes_control_out(hostile: str, shown: str) -> None:
    assert output.clean(hostile) == shown


@given(st.text())
def test_clean_leaves_nothing_unprintable(text: str) -> None:
    cleaned = output.clean(text, lines=True)
    assert not [
        c for c in cleaned if (ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160 or 0xD800 <= ord(c) < 0xE000
    ]
    assert output.clean(cleaned, lines=True) == cleaned


def test_clean_is_quick_on_open_sequences() -> None:
    assert output.clean("\x1b]" * 50_000 + "end") == ""


@pytest.mark.parametrize(
    ("text", "shown"), [("short", "short"), ("a" * 4 + " " + "b" * 9, "aaaa …"), ("c" * 20, "c" * 10 + " …")]
)
def test_shortened_cuts_at_a_word(text: str, shown: str) -> None:
    assert output.shortened(text, 10) == shown


RECORDS = [{"name": 'A "B" [red]', "deals": 2}, {"name": "C,\x1b[2JD", "deals": 0}]
ROWS = [(str(record["name"]), str(record["deals"])) for record in RECORDS]


def test_table_escapes_markup_and_control(capsys: pytest.CaptureFixture[str]) -> None:
    output.listing("table", ("Name", "Deals"), ROWS, RECORDS)
    printed = capsys.readouterr().out
    assert 'A "B" [red]' in printed
    assert "C,D" in printed
    assert "\x1b" not in printed


def test_json_and_jsonl_give_the_records(capsys: pytest.CaptureFixture[str]) -> None:
    output.listing("json", ("Name", "Deals"), ROWS, RECORDS)
    assert json.loads(capsys.readouterr().out) == RECORDS
    output.listing("jsonl", ("Name", "Deals"), ROWS, RECORDS)
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == RECORDS


def test_csv_gives_the_rows(capsys: pytest.CaptureFixture[str]) -> None:
    output.listing("csv", ("Name", "Deals"), ROWS, RECORDS)
    assert list(csv.reader(io.StringIO(capsys.readouterr().out))) == [["Name", "Deals"], *map(list, ROWS)]


def test_csv_holds_no_formula(capsys: pytest.CaptureFixture[str]) -> None:
    output.listing("csv", ("Title",), [('=HYPERLINK("http://evil.example")',), ("@cmd",), ("1 - 2",)], [])
    titles = [row[0] for row in csv.reader(io.StringIO(capsys.readouterr().out))]
    assert titles == ["Title", '\'=HYPERLINK("http://evil.example")', "'@cmd", "1 - 2"]


def test_data_is_cleaned_only_for_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    output.data("raw \x1b[31m")
    assert capsys.readouterr().out == "raw \x1b[31m\n"
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    output.data("raw \x1b[31m\nnext")
    assert capsys.readouterr().out == "raw \nnext\n"


def test_messages_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    output.complain("bad\x1b[2J name")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "kg: bad name\n"
