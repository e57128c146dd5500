"""Text made safe for the page."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
