"""Prose, headings and furniture as flags on tokens, and sentences that end where blocks end."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.extraction.segments import BODY, FURNITURE, HEADING, TICKER, kg_layout


def _laid_out(text: str) -> Doc:
    return kg_layout(spacy.blank("en")(text))


def _flags(doc: Doc, word: str) -> set[int]:
    return {doc._.kg_prose[token.i] for token in doc if token.text == word}


ARTICLE = """Zorban buys Varenna

March 12, 2015

Zorban agreed to buy Varenna, its rival in canned food, for $3 billion in cash, it said on Thursday.

Image: picture-agency/xyz

NEW YORK Quillon shares rose after the company said that it would look for partners in Europe.
"""


def test_headings_furniture_and_prose_have_flags() -> None:
    """The title is a heading, the credit furniture, the paragraphs are prose."""
    doc = _laid_out(ARTICLE)
    assert _flags(doc, "buys") == {HEADING}
    assert _flags(doc, "agreed") == {BODY}
    assert _flags(doc, "Image") == {FURNITURE}


def test_each_block_begins_a_sentence() -> None:
    """A headline without a full stop does not run into the first sentence."""
    doc = _laid_out(ARTICLE)
    starts = [token.text for token in doc if token.is_sent_start]
    assert starts.count("Zorban") == 2


def test_a_sentence_begins_after_a_dateline_in_capitals() -> None:
    """ "NEW YORK Quillon shares rose": the place is no part of the sentence."""
    doc = _laid_out(ARTICLE)
    assert next(token for token in doc if token.text == "Quillon").is_sent_start


@pytest.mark.parametrize("code", ["(ZRB.N)", "<ZRB>", "<ZRBN.L>", "(NYSE: ZRB)", "(ZRBG_p.DE)", "(ZRB .N)"])
def test_tickers_are_no_prose(code: str) -> None:
    """A share's code in brackets is furniture within the sentence."""
    doc = _laid_out(f"Zorban {code} agreed to buy Varenna, its rival in canned food, for $3 billion in cash.")
    inside = [token for token in doc if "ZRB" in token.text]
    assert inside
    assert all(doc._.kg_prose[token.i] == FURNITURE for token in inside)
    assert _flags(doc, "agreed") == {BODY}


@pytest.mark.parametrize("text", ["(Zorban)", "<Zorban Foods Inc>", "<VARENNA>", "(the bank)"])
def test_other_brackets_are_prose(text: str) -> None:
    """Names in brackets are words like others."""
    assert not TICKER.search(text)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_has_a_flag_for_each_token(text: str) -> None:
    """Whatever the text, there are as many flags as tokens."""
    doc = _laid_out(text)
    assert len(doc._.kg_prose) == len(doc)
