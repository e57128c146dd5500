"""Extraction takes no longer a word in long texts than in short ones, and the plot of it is drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from linearity import Point, draw, measure, text_of
from throughput import sample

from kg.extraction import Extractor

SHORT = 1_000  # words
MOST = 2.0  # times as long a word: what is quadratic takes 4 and 16 times


def test_news_of_four_and_sixteen_times_the_length(shared: Path) -> None:
    assert shared.is_dir()
    articles = [article["text"] for article in sample(80)]
    short, *longer = measure(Extractor(), [SHORT, 4 * SHORT, 16 * SHORT], articles)
    assert [point.words // SHORT for point in longer] == [4, 16]
    assert all(point.seconds_a_word < MOST * short.seconds_a_word for point in longer), (short, longer)
    assert longer[1].facts > longer[0].facts > 0


def test_texts_are_as_long_as_asked() -> None:
    articles = ["one two three\nfour five", "six seven"]
    assert text_of(2, articles) == "one two three\n"
    assert text_of(6, articles).split() == ["one", "two", "three", "four", "five", "six", "seven"]
    with pytest.raises(ValueError, match="the articles have 7 words, not 8"):
        text_of(8, articles)


def test_the_same_points_give_the_same_picture(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    points = [Point(1_000, 0.5, 10, 5), Point(4_000, 2.1, 30, 18)]
    for name in ("one.svg", "two.svg", "one.png"):
        draw(points, tmp_path / name)
    drawn = (tmp_path / "one.svg").read_text(encoding="utf-8")
    assert drawn == (tmp_path / "two.svg").read_text(encoding="utf-8")
    assert "<svg" in drawn
    assert (tmp_path / "one.png").read_bytes().startswith(b"\x89PNG")
