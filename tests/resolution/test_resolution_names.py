"""Names that are the same have the same key, and others do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolution.names import is_first_word, is_short_form, normalise, normalise_title, slug
from kg.vocabulary import ENTITY_TYPES


@pytest.mark.parametrize(
    ("type_", "names"),
    [
        (
            "Company",
            ["Veltrano", "VELTRANO", "Veltrano Inc.", "Veltrano, Inc", "Veltrano Corp., Ltd.", "the Veltrano's"],
        ),
        ("Company", ["Quorvia & Sons", "Quorvia and Sons Ltd", "Quorvia  &  Sons PLC"]),
        ("Company", ["Hélios", "Helios", "HE\u0301LIOS S.A.", "Ｈｅｌｉｏｓ"]),
        ("Company", ["Söhne Straße GmbH", "Sohne Strasse"]),
        ("Company", ["T.R.W. Motors", "TRW Motors"]),
        ("Company", ["Brightmoor-Sarrow", "Brightmoor Sarrow"]),
        ("Place", ["United States", "US", "U.S.", "the United States", "USA", "America", "American"]),
        ("Place", ["Britain", "UK", "U.K.", "United Kingdom"]),
        ("Person", ["Ingrid Sæther", "ingrid sæther", "Ingrid Sæther's"]),
    ],
)
def test_written_differently(type_: str, names: list[str]) -> None:
    assert len({normalise(name, type_) for name in names}) == 1


@pytest.mark.parametrize(
    ("type_", "one", "other"),
    [
        ("Company", "Veltrano", "Veltrano Motors"),
        ("Company", "Veltrano", "Veltrano UK"),
        ("Company", "Veltrano Group", "Veltrano Bank"),
        ("Person", "Ma", "Jo"),
        ("Company", "The", "Limited"),
        ("Company", "株式会社", "有限会社"),
    ],
)
def test_not_the_same(type_: str, one: str, other: str) -> None:
    assert normalise(one, type_) != normalise(other, type_)


@pytest.mark.parametrize("name", ["The", "Ltd", "Co", "!!!", "&", "'s", "A.G.", "SpA", "...", "_"])
def test_a_name_of_nothing_but_form_keeps_a_key(name: str) -> None:
    assert normalise(name, "Company")


@given(st.text(min_size=1, max_size=30), st.sampled_from(ENTITY_TYPES))
def test_any_name_has_a_key_and_a_slug(name: str, type_: str) -> None:
    key = normalise(name, type_)
    assert key or not name.strip()
    assert not set(slug(name)) & set(' /#?<>"{}|\\^`')


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("SAIC Motor", "saic-motor"),
        ("Zhōu & Söhne", "zhōu-söhne"),
        ("  A--B__C ", "a-b-c"),
        ("東京 電力", "東京-電力"),
        ("हिन्दी", "हिन्दी"),
        ("!?", ""),
        ("<script>", "script"),
    ],
)
def test_slugs(name: str, expected: str) -> None:
    assert slug(name) == expected


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("veltrano", "veltrano motors", True),
        ("vm", "veltrano motors", True),
        ("qas", "quorvia and sons", True),
        ("qs", "quorvia and sons", True),
        ("velt", "veltrano motors", True),
        ("quorvia", "veltrano motors", False),
        ("veltrano motors", "veltrano motors", False),
        ("", "veltrano", False),
    ],
)
def test_short_forms(short: str, full: str, expected: bool) -> None:
    assert is_short_form(short, full) is expected


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("veltrano", "veltrano group", True),
        ("veltrano", "veltrano group holding", True),
        ("veltrano", "veltrano bank", False),
        ("veltrano", "veltrano", False),
        ("v", "v group", False),
    ],
)
def test_first_words(short: str, full: str, expected: bool) -> None:
    assert is_first_word(short, full) is expected


def test_titles() -> None:
    assert normalise_title("Chief Executive Officer") == normalise_title("chief executive") == normalise_title("CEO")
    assert normalise_title("Chairwoman") == normalise_title("chairman")
    assert normalise_title("Head of Sales") == "head of sales"
