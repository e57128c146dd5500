"""Which word of a sentence tells a deal between two parties, when no pattern has read it."""

from __future__ import annotations

import pytest

from kg.extraction import Extractor
from kg.extraction.candidates import Candidate
from kg.extraction.status import Verdict, status_of
from kg.extraction.triggers import tells_of, trigger_of

TEXTS = [
    ("Acquisition", "bought", "Kestrel bought Borland in May and sold a yacht."),
    ("Acquisition", "takeover", "Kestrel welcomed the takeover of Borland."),
    ("LegalDispute", "sued", "Kestrel, which makes trucks, sued Borland."),
    ("Supply", "contract", "Kestrel won a contract from Borland and bought a yacht."),
    ("Partnership", None, "Kestrel greeted Borland."),
]


@pytest.mark.parametrize(("kind", "word", "text"), TEXTS)
def test_the_word_that_tells_the_deal_is_found(extractor: Extractor, kind: str, word: str | None, text: str) -> None:
    doc = extractor.nlp(text)
    one, other = (next(token.i for token in doc if token.text == name) for name in ("Kestrel", "Borland"))
    found = trigger_of(doc, kind, (0, len(doc)), one, other)
    assert (None if found is None else doc[found].text) == word
    assert trigger_of(doc, kind, (0, len(doc)), other, one) == found


def test_a_word_tells_of_a_deal_as_the_right_part_of_speech(extractor: Extractor) -> None:
    doc = extractor.nlp("Kestrel will supply engines.")
    assert [token.text for token in doc if tells_of(token, "Supply")] == ["supply"]


@pytest.mark.parametrize(
    ("text", "word", "verdict"),
    [
        ("Kestrel abandoned its bid for Borland.", "bid", Verdict("terminated", "abandoned")),
        ("Kestrel bought Borland.", "bought", Verdict("in_effect", "tense", sure=False)),
    ],
)
def test_a_verdict_is_sure_when_words_tell_it(extractor: Extractor, text: str, word: str, verdict: Verdict) -> None:
    doc = extractor.nlp(text)
    trigger = next(token.i for token in doc if token.text == word)
    assert status_of(Candidate("Acquisition", {}, trigger, 0, len(doc), 0.5), doc) == verdict
