"""Proper names and their types, from invented articles: what is found, what is cut off, and what is none."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from told import read

from kg.extraction import Extractor
from kg.extraction.reading import is_capital


def _found(extractor: Extractor, text: str) -> dict[str, str]:
    return {name: entity.type for entity in read(extractor, text).entities for name in (entity.name, *entity.aliases)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Quillstone Motor Ltd agreed to buy a rival on Monday.", "Quillstone Motor Ltd"),
        ("The buyer is Hutnik Zorban sp. z o.o. of Krakow.", "Hutnik Zorban sp. z o.o."),
        ("The seller, Acero Varenna S.A. de C.V., said it was pleased.", "Acero Varenna S.A. de C.V."),
        ("Zorban d.o.o. makes shoes and sells them in Croatia.", "Zorban d.o.o."),
        ("Shares in Kuching Palm Berhad rose 4 percent.", "Kuching Palm Berhad"),
        ("The owner is Varenna & Sons, a family business.", "Varenna & Sons"),
        ("Shareholders of Bank of Zorbania approved the sale of its stake in Quillon Insurance.", "Bank of Zorbania"),
        ("<Varenna Foods Inc> said it sold its canning unit for 3 mln dlrs.", "Varenna Foods Inc"),
        ("The company, Zorban Power and Light Co, raised its prices.", "Zorban Power and Light Co"),
        ("Nordström Zorban Oy said its profit rose.", "Nordström Zorban Oy"),
    ],
)
def test_companies_with_a_legal_form(extractor: Extractor, text: str, name: str) -> None:
    """A legal form of any country ends the name of a company."""
    assert _found(extractor, text).get(name) == "Company"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rival chipmaker Quillontech said it would sue Varenna Semiconductor.", "Quillontech"),
        ("Analysts at Zorban Securities expect lower profits at drugmaker Varenna Pharma.", "Varenna Pharma"),
        ("Online retailer zBuyster agreed to be bought. zBuyster's shares rose 20 percent.", "zBuyster"),
    ],
)
def test_companies_by_context(extractor: Extractor, text: str, name: str) -> None:
    """What stands before and after a name tells that it is a company."""
    assert _found(extractor, text).get(name) == "Company"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Chief executive Helen Barrow said on Monday that sales at Quillon Foods had risen.", "Helen Barrow"),
        ("Mr Varenna, 54, joined the bank in 1999. He studied law.", "Varenna"),
        ('"We are pleased," said Baek Jun-ho, chairman of Zorban Motors.', "Baek Jun-ho"),
        ("Judge Otto Quill dismissed the suit against Zorban Motors Ltd.", "Otto Quill"),
    ],
)
def test_people(extractor: Extractor, text: str, name: str) -> None:
    """Names of people come without their titles."""
    assert _found(extractor, text).get(name) == "Person"


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Chinese carmaker Zorban Auto opened a plant in Hungary.", "China", "Place"),
        ("The U.S. Federal Trade Commission sued Zorban Motors Ltd.", "U.S. Federal Trade Commission", "Organization"),
        ("The deal needs the approval of the European Commission.", "European Commission", "Organization"),
        ("Zorban Motors Ltd said it would move to Lisbon.", "Lisbon", "Place"),
    ],
)
def test_other_types(extractor: Extractor, text: str, name: str, kind: str) -> None:
    """Places come by name and by adjective; public bodies are no companies."""
    assert _found(extractor, text).get(name) == kind


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        ("On Monday Zorban Motors Ltd said its CEO would leave in March.", {"Monday", "March", "CEO"}),
        ("Zorban Motors Ltd paid 30 million USD to a German rival in Q3.", {"USD", "Q3"}),
        ("Zorban Motors Ltd (ZRBN.N) and Quillon Foods Inc (QLN.O) agreed to merge.", {"ZRBN.N", "QLN.O", "ZRBN"}),
        ("The Chairman of Zorban Motors Ltd spoke to shareholders.", {"Chairman", "The Chairman"}),
        ("Zorban Motors Ltd's EBITDA and VAT bills rose.", {"EBITDA", "VAT"}),
    ],
)
def test_what_is_no_name(extractor: Extractor, text: str, nothing: set[str]) -> None:
    """Days, months, roles, currencies and tickers are nothing."""
    found = _found(extractor, text)
    assert "Zorban Motors Ltd" in found
    assert not nothing & found.keys()


def test_two_firms_joined_by_a_hyphen_or_a_possessive_are_two(extractor: Extractor) -> None:
    """The rest of the article shows that the model's one name is two."""
    text = (
        "Shares rose on news of the Zorban-Varenna deal. Carmaker Zorban said it would buy Varenna for $3 billion. "
        "Varenna's shares rose. Zorban shares fell. Zorban's Varenna bid needs approval, Zorban said."
    )
    found = _found(extractor, text)
    assert "Zorban" in found
    assert "Varenna" in found
    assert not {"Zorban-Varenna", "Zorban's Varenna"} & found.keys()


def test_every_occurrence_is_a_mention_with_its_offsets(extractor: Extractor) -> None:
    """Mentions are the words of the text at their offsets, in order."""
    text = "Quillstone Motor Ltd sold a unit. ZORBAN said Quillstone Motor Ltd had asked 3 mln dlrs for it."
    (entity,) = [e for e in read(extractor, text).entities if e.name == "Quillstone Motor Ltd"]
    named = [mention for mention in entity.mentions if mention.text.startswith("Quillstone")]
    assert [mention.start for mention in named] == [0, 46]
    assert all(text[mention.start : mention.end] == mention.text for mention in entity.mentions)


def test_the_same_text_gives_the_same_entities(extractor: Extractor) -> None:
    """Nothing depends on what was read before."""
    text = "Quillstone Motor Ltd, Varenna Foods Inc and Zorban agreed to merge, Helen Barrow of Zorban said."
    first = read(extractor, text).entities
    read(extractor, "Zorban is a village in Peru. Varenna, 48, lives there.")
    assert read(extractor, text).entities == first


@pytest.mark.parametrize("word", ["Zorban", "eBay", "zBuyster", "3M", "4D", "ZAR", "Ö", "X5"])
def test_capital_words(word: str) -> None:
    """Words that names are made of."""
    assert is_capital(word)


@pytest.mark.parametrize("word", ["zorban", "3", "1999", "-", "$", "🚀", "شركة", "'s"])
def test_words_without_capital(word: str) -> None:
    """Words that no name begins with."""
    assert not is_capital(word)


_WORDS = "Zorb Inc Ltd and & - 's of the The ( ) < > Bank U.S. 🚀 شركة SAID said , . A S.A. de C.V. z o.o. Mr Helen"
_HOSTILE = st.lists(st.sampled_from([*_WORDS.split(), "\n", "\n\n"]), max_size=60)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=_HOSTILE, between=st.sampled_from([" ", ""]))
def test_no_sequence_of_words_crashes(extractor: Extractor, words: list[str], between: str) -> None:
    """Any mixture of the words that the rules look for is read, and mentions stay within the text."""
    text = between.join(words)
    for entity in read(extractor, text).entities:
        assert all(0 <= mention.start < mention.end <= len(text) for mention in entity.mentions)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=120))
def test_no_text_crashes(extractor: Extractor, text: str) -> None:
    """Any Unicode text is read."""
    read(extractor, text)


@pytest.mark.parametrize(
    "text",
    [
        ", ".join(f"Zorban{i} Alloys Ltd" for i in range(1000)) + " agreed to merge.",
        "🚀 " * 3000,
        "شركة النفط " * 1500,
        "ZORBAN MOTORS INC TO BUY VARENNA FOODS CORP. " * 200,
        "X's " * 3000,
        "Zorban-" * 3000,
        "<" * 3000,
    ],
    ids=["list", "emoji", "right to left", "capitals", "possessives", "hyphens", "brackets"],
)
def test_strange_texts_are_read_in_time(extractor: Extractor, text: str) -> None:
    """Lists, emoji, right-to-left text and capitals neither crash nor blow up."""
    started = time.perf_counter()
    read(extractor, text)
    assert time.perf_counter() - started < 60
