"""Numbers in digits and in words, with their scale."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.numbers import any_of, find_numbers, words_value, written_scale


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("One of 12 firms, two hundred and five, 3.5 mln, twenty-one", ["1", "12", "205", "3500000", "21"]),
        ("1,250 trucks and 1,2 more", ["1250"]),
        ("5 1/2 years", ["5.5"]),
        ("half a billion", ["500000000"]),
        ("a hundred million", ["100000000"]),
        ("2bn or 300k", ["2000000000", "300000"]),
        ("someone, and ten", ["10"]),
        ("no numbers", []),
    ],
)
def test_numbers_in_words_and_digits(text: str, values: list[str]) -> None:
    assert [number.value for number in find_numbers(text)] == [Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("text", "scale"), [("5", 1), ("5 mln", 10**6), ("5 billion", 10**9), ("half a million", 10**6)]
)
def test_scale_as_written(text: str, scale: int) -> None:
    (number,) = find_numbers(text)
    assert number.scaled is (scale > 1)
    assert written_scale(text, number) == scale


def test_words_that_are_no_number_have_no_value() -> None:
    assert words_value(["of", "the"]) is None
    assert words_value(["two", "and", "a", "half", "billion"]) == Decimal(2_500_000_000)


@given(st.sets(st.text(st.sampled_from("ab. -$"), min_size=1, max_size=5), min_size=1, max_size=12))
def test_any_of_matches_the_words_and_nothing_else(words: set[str]) -> None:
    pattern = re.compile(any_of(words))
    assert all(pattern.fullmatch(word) for word in words)
    assert not any(pattern.fullmatch(word + "x") for word in words)
