"""Text made safe for the page, and values in words."""

from __future__ import annotations

import json
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Money
from kg.views import wording
from kg.views.escape import html_text, script_json, shown

any_text = st.text(st.characters(codec=None)) | st.text("<>&\"'/\u2028\u202e\ud800\x00!-script", max_size=30)


@given(any_text)
def test_json_in_the_page_reads_back_and_cannot_end_its_block(text: str) -> None:
    written = script_json({"key": [text]})
    assert json.loads(written) == {"key": [shown(text)]}
    assert not set("<>&\u2028\u2029") & set(written)
    written.encode("utf-8")


@given(any_text)
def test_html_reads_back_as_text_alone(text: str) -> None:
    pieces: list[str] = []
    tags: list[str] = []

    class Reader(HTMLParser):
        def handle_data(self, data):
            pieces.append(data)

        def handle_starttag(self, tag, attrs):
            tags.append(tag)

    reader = Reader(convert_charrefs=True)
    reader.feed(f"<p>{html_text(text)}</p>")
    reader.close()
    assert "".join(pieces) == shown(text)
    assert tags == ["p"]


@given(any_text)
def test_what_is_shown_is_shown_as_it_is(text: str) -> None:
    assert shown(shown(text)) == shown(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Hélios & Söhne, 北京", "Hélios & Söhne, 北京"),
        ("שלום\u200f!", "שלום\u200f!"),
        ("safe\u202egnp.exe", "safe⟨U+202E⟩gnp.exe"),
        ("line\nline\ttab", "line\nline\ttab"),
        ("\x00\ud800", "\ufffd\ufffd"),
    ],
)
def test_only_deceiving_and_unshowable_characters_change(text: str, wanted: str) -> None:
    assert shown(text) == wanted


@pytest.mark.parametrize(
    ("value", "currency", "words"),
    [
        ("1000000000", "CNY", "CNY 1 billion"),
        ("4500000000", "USD", "USD 4.5 billion"),
        ("90500000", "GBP", "GBP 90.5 million"),
        ("1234567", "EUR", "EUR 1.235 million"),
        ("30000", "GBP", "GBP 30,000"),
        ("27", "USD", "USD 27"),
        ("0.5", "USD", "USD 0.5"),
        ("2E+12", "JPY", "JPY 2 trillion"),
        ("999999", "USD", "USD 999,999"),
    ],
)
def test_money(value: str, currency: str, words: str) -> None:
    assert wording.money(Money(Decimal(value), currency)) == words


@pytest.mark.parametrize(("fraction", "words"), [(0.5, "50 %"), (0.075, "7.5 %"), (1.0, "100 %"), (0.333, "33.3 %")])
def test_stake(fraction: float, words: str) -> None:
    assert wording.stake(fraction) == words


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2015-03-12", "12 March 2015"),
        ("2015-03", "March 2015"),
        ("2015", "2015"),
        ("2015-13", "2015-13"),
        ("2015-02-30", "2015-02-30"),
        ("sometimes!", "sometimes!"),
    ],
)
def test_date(iso: str, words: str) -> None:
    assert wording.date(iso) == words


@pytest.mark.parametrize(
    ("role", "count", "label"),
    [("acquirer", 1, "Acquirer"), ("partner", 2, "Partners"), ("party", 2, "Parties"), ("vehicle", 1, "Vehicle")],
)
def test_role_label(role: str, count: int, label: str) -> None:
    assert wording.role_label(role, count) == label
