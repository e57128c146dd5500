"""Files that are no articles: read as they stand or refused in one sentence, in time that grows with their length."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hostile_texts import SHAPES
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.documents import read
from kg.errors import SourceError
from kg.model import Document

LANGUAGES = {"German": "German", "Chinese": "Chinese", "right to left": "Arabic"}
"""Shapes that are clearly in another language, and how that is called."""

MARKUP = {
    "a.html": ("<div>", "<table><tr><td>a", "<b>word ", "&amp;&lt;", "<!-- ", "<a href='x'>word</a> ", "<p>word\n\n"),
    "a.md": ("*a_", "[", "> ", "`", "- ", "![](", "| a | b |\n", "# ", "<", "1. ", "**word** "),
}
SIZE = 1_500  # repetitions
MOST = 10  # times as long for four times the text: what is quadratic takes 16


def read_one(path: Path) -> Document | SourceError:
    (found,) = read([path])
    return found


def assert_sound(path: Path) -> None:
    found = read_one(path)
    if isinstance(found, SourceError):
        assert str(found).startswith(f"{path.as_posix()}: ")
        assert "\n" not in str(found)
    else:
        assert found.text.strip()
        assert found == read_one(path)
        if path.suffix == ".txt":
            assert found.text == path.read_bytes().decode()


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_is_read_or_refused(tmp_path: Path, shape: str, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    text = SHAPES[shape](300)
    path.write_bytes((f"<html><body><p>{text}</p></body></html>" if suffix == ".html" else text).encode())
    assert_sound(path)


@pytest.mark.parametrize(("shape", "language"), LANGUAGES.items())
def test_another_language_is_named(tmp_path: Path, shape: str, language: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SHAPES[shape](300), encoding="utf-8")
    assert f"reads as {language}, not English" in str(read_one(path))


@pytest.mark.parametrize("shape", ["a list of companies", "all capitals", "tickers", "a table", "emoji", "money"])
def test_english_in_a_strange_shape_is_not_refused(tmp_path: Path, shape: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SHAPES[shape](300), encoding="utf-8")
    assert isinstance(read_one(path), Document)


@pytest.mark.parametrize(("name", "unit"), [(name, unit) for name, units in MARKUP.items() for unit in units])
def test_time_grows_with_the_length_only(tmp_path: Path, name: str, unit: str) -> None:
    def seconds(size: int) -> float:
        path = tmp_path / name
        path.write_text("Northwind agreed to buy Tailspin.\n\n" + unit * size, encoding="utf-8")
        taken = []
        for _ in range(3):  # the machine may be busy with other things for one of them
            started = time.process_time()
            read_one(path)
            taken.append(time.process_time() - started)
        return min(taken)

    seconds(10)
    assert seconds(4 * SIZE) < MOST * max(seconds(SIZE), 0.05)


PIECES = st.sampled_from([SHAPES[shape](8) for shape in SHAPES] + [unit for units in MARKUP.values() for unit in units])


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.lists(PIECES | st.text(st.characters(codec="utf-8"), max_size=20), max_size=8).map("".join))
def test_any_mixture_is_read_or_refused(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode())
    assert_sound(path)
