from __future__ import annotations

from decimal import Decimal

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction.money import find_money


def found(text: str) -> list[tuple[str, str, str]]:
    return [(text[s.start : s.end], f"{s.money.value:f}", s.money.currency) for s in find_money(text)]


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        # symbols before
        ("a £600m deal", 600_000_000, "GBP"),
        ("for $4.5bn in cash", 4_500_000_000, "USD"),
        ("a $1.1-billion loan", 1_100_000_000, "USD"),
        ("US$3 million", 3_000_000, "USD"),
        ("U.S.$3 million", 3_000_000, "USD"),
        ("A$2.5 bn", 2_500_000_000, "AUD"),
        ("C$75 million", 75_000_000, "CAD"),
        ("HK$3 billion", 3_000_000_000, "HKD"),
        ("NZ$640 million", 640_000_000, "NZD"),
        ("S$12m", 12_000_000, "SGD"),
        ("R$1.3 billion", 1_300_000_000, "BRL"),
        ("NT$2bn", 2_000_000_000, "TWD"),
        ("€9 billion", 9_000_000_000, "EUR"),
        ("₹800 crore", 8_000_000_000, "INR"),
        ("₩690 billion", 690_000_000_000, "KRW"),
        ("$ 15.1 billion", 15_100_000_000, "USD"),
        ("$120M", 120_000_000, "USD"),
        ("$428 mill", 428_000_000, "USD"),
        ("$1,500", 1500, "USD"),
        ("£1,995,000", 1_995_000, "GBP"),
        ("$5 B", 5_000_000_000, "USD"),
        ("$250k", 250_000, "USD"),
        ("$1.2tn", 1_200_000_000_000, "USD"),
        # words before
        ("Rs 500 crore", 5_000_000_000, "INR"),
        ("Rs.640-crore", 6_400_000_000, "INR"),
        ("EUR 3.2 million", 3_200_000, "EUR"),
        ("EUR3.3bn", 3_300_000_000, "EUR"),
        ("CHF 3.9bn", 3_900_000_000, "CHF"),
        ("PLN 112m", 112_000_000, "PLN"),
        ("SEK 310 million", 310_000_000, "SEK"),
        ("SKr5bn", 5_000_000_000, "SEK"),
        ("SFr 3bn", 3_000_000_000, "CHF"),
        ("DM5bn", 5_000_000_000, "DEM"),
        ("RM3.2 billion", 3_200_000_000, "MYR"),
        ("RMB 80 million", 80_000_000, "CNY"),
        ("dlrs 13.5 mln", 13_500_000, "USD"),
        ("stg 40 mln", 40_000_000, "GBP"),
        ("R4.6bn", 4_600_000_000, "ZAR"),
        ("KSh300m", 300_000_000, "KES"),
        # after
        ("a 1-billion-yuan fund", 1_000_000_000, "CNY"),
        ("10 billion euro", 10_000_000_000, "EUR"),
        ("3.2m euros", 3_200_000, "EUR"),
        ("1.85 billion renminbi", 1_850_000_000, "CNY"),
        ("330 billion yen", 330_000_000_000, "JPY"),
        ("1.2 mln dlrs", 1_200_000, "USD"),
        ("about eight mln dlrs", 8_000_000, "USD"),
        ("240 mln H.K. Dlr loan", 240_000_000, "HKD"),
        ("3 mln Canadian dlrs", 3_000_000, "CAD"),
        ("5 billion Australian dollars", 5_000_000_000, "AUD"),
        ("100 million New Taiwan dollars", 100_000_000, "TWD"),
        ("4 billion Swiss francs", 4_000_000_000, "CHF"),
        ("6 mln French francs", 6_000_000, "FRF"),
        ("500 mln Danish crowns", 500_000_000, "DKK"),
        ("2 billion Norwegian kroner", 2_000_000_000, "NOK"),
        ("5 mln kronor", 5_000_000, "SEK"),
        ("5 bln marks", 5_000_000_000, "DEM"),
        ("10 bln lire", 10_000_000_000, "ITL"),
        ("5 mln pesetas", 5_000_000, "ESP"),
        ("4.6 billion rand", 4_600_000_000, "ZAR"),
        ("690 billion won", 690_000_000_000, "KRW"),
        ("5 bln riyals", 5_000_000_000, "SAR"),
        ("5 bln Qatari riyals", 5_000_000_000, "QAR"),
        ("3 lakh crore rupees", 3_000_000_000_000, "INR"),
        ("50 million Pakistani rupees", 50_000_000, "PKR"),
        ("140 million złoty", 140_000_000, "PLN"),
        ("10 million Uruguayan pesos", 10_000_000, "UYU"),
        ("3 billion Kazakhstani tenge", 3_000_000_000, "KZT"),
        ("500 million SEK", 500_000_000, "SEK"),
        ("25 million pounds sterling", 25_000_000, "GBP"),
        ("12 million US dollars", 12_000_000, "USD"),
        ("40 €", 40, "EUR"),
        # numbers in words
        ("half a billion dollars", 500_000_000, "USD"),
        ("a half-billion dollars", 500_000_000, "USD"),
        ("two billion pounds", 2_000_000_000, "GBP"),
        ("a million dollars", 1_000_000, "USD"),
        ("a quarter of a billion euros", 250_000_000, "EUR"),
        ("two and a half million pounds", 2_500_000, "GBP"),
        ("one and a half billion euros", 1_500_000_000, "EUR"),
        ("two hundred million yen", 200_000_000, "JPY"),
        ("seventy-five million euros", 75_000_000, "EUR"),
        ("for a symbolic euro", 1, "EUR"),
        ("a token one zloty", 1, "PLN"),
        ("one dlr", 1, "USD"),
        # odd digits
        ("1,5 billion euros", 1_500_000_000, "EUR"),
        ("CHF 1'500'000", 1_500_000, "CHF"),
        ("Rs 1,50,000", 150_000, "INR"),
        ("two mln dlr payment", 2_000_000, "USD"),
        (".5 mln dlrs", 500_000, "USD"),
    ],
)
def test_reads_an_amount(text: str, value: int, currency: str) -> None:
    spans = find_money(text)
    assert [(s.money.value, s.money.currency) for s in spans] == [(Decimal(value), currency)]


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("25 cents", "0.25", "USD"),
        ("1.2 cts", "0.012", "USD"),
        ("50p", "0.5", "GBP"),
        ("45 pence", "0.45", "GBP"),
        ("65 Canadian cents", "0.65", "CAD"),
        ("92-1/2 dlrs", "92.5", "USD"),
        ("$.50", "0.5", "USD"),
        ("25c a share", "0.25", "USD"),
    ],
)
def test_reads_small_amounts_exactly(text: str, value: str, currency: str) -> None:
    assert [(str(s.money.value), s.money.currency) for s in find_money(text)] == [(value, currency)]


def test_finds_each_currency_of_an_amount_given_in_several() -> None:
    text = "a 1-billion-yuan ($160 million, 150.9 million euros) fund; a 7.4bn Australian dollar ($5.8bn; £3bn) bid"
    assert found(text) == [
        ("1-billion-yuan", "1000000000", "CNY"),
        ("$160 million", "160000000", "USD"),
        ("150.9 million euros", "150900000", "EUR"),
        ("7.4bn Australian dollar", "7400000000", "AUD"),
        ("$5.8bn", "5800000000", "USD"),
        ("£3bn", "3000000000", "GBP"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "AMD 5 processors and TOP 10 lists",
        "CAD 3D drawings",
        "it won 12 orders after 2016 won fame",
        "12,000 pounds of coffee",
        "he lost 20 pounds",
        "40 million pounds of copper",
        "a 1080p screen",
        "5 million shares",
        "the 40 787-10s",
        "page 12",
        "a multi-billion dollar deal",
        "15 mln lbs",
        "2,000 employees and 3.5 percent",
        "",
    ],
)
def test_leaves_other_numbers_alone(text: str) -> None:
    assert find_money(text) == []


def test_does_not_read_a_following_word_as_a_scale() -> None:
    assert found("a $3 T-shirt for $5 more") == [("$3", "3", "USD"), ("$5", "5", "USD")]
    assert found("5 million pounds of debt") == [("5 million pounds", "5000000", "GBP")]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("13 bln to 14 bln dlrs", 13, 14),
        ("$13 bln to $14 bln", 13, 14),
        ("$10-12 billion", 10, 12),
        ("between $10 and $12 billion", 10, 12),
        ("€1.5 to €2 billion", 1.5, 2),
    ],
)
def test_reads_both_ends_of_a_range(text: str, low: float, high: float) -> None:
    spans = find_money(text)
    assert [float(s.money.value) / 1e9 for s in spans] == [low, high]
    assert [s.bound for s in spans] == ["more_than", "up_to"]
    assert len({s.money.currency for s in spans}) == 1


def test_a_rise_is_no_range() -> None:
    assert [s.bound for s in find_money("from $3 million to $4 million")] == [None, None]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("less than $200 million", "less_than"),
        ("more than $3 billion", "more_than"),
        ("over 5 mln dlrs", "more_than"),
        ("at least £5m", "more_than"),
        ("$4.5 billion-plus", "more_than"),
        ("up to £5m", "up_to"),
        ("as much as $1 billion", "up_to"),
        ("no more than $1 billion", "up_to"),
        ("about $1 billion", "about"),
        ("nearly 860 mln dlrs", "about"),
        ("just over 3m euros", "about"),
        ("worth $1 billion", None),
    ],
)
def test_notes_the_bound(text: str, bound: str | None) -> None:
    assert [s.bound for s in find_money(text)] == [bound]


@pytest.mark.parametrize(
    ("text", "per_unit"),
    [
        ("$27 a share", True),
        ("34 dlrs a share cash", True),
        ("27 dlrs per share", True),
        ("a 70-dlr-a-share bid", True),
        ("$3 apiece", True),
        ("£1 each", True),
        ("$50 a barrel", True),
        ("$5/share", True),
        ("$2 million per day", True),
        ("$50m-a-year contract", True),
        ("$27 million", False),
        ("$27 million in shares", False),
        ("$5 a rival said", False),
    ],
)
def test_notes_prices_per_unit(text: str, per_unit: bool) -> None:
    assert [s.per_unit for s in find_money(text)] == [per_unit]


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("The Swiss bank lent 5 million francs.", "CHF"),
        ("The Paris bank of France lent 5 million francs.", "FRF"),
        ("Prague: the Czech firm paid 5 million crowns.", "CZK"),
        ("The Oslo firm paid 5 million crowns.", "NOK"),
        ("A Mumbai firm paid 5 million rupees.", "INR"),
        ("A Karachi firm paid 5 million rupees.", "PKR"),
        ("The Casablanca group paid 850 million dirhams.", "MAD"),
        ("A Dubai group paid 850 million dirhams.", "AED"),
        ("The Tokyo firm raised ¥50bn.", "JPY"),
        ("The Shenzhen firm, of China, raised ¥50bn.", "CNY"),
        ("Someone raised ¥50bn.", "JPY"),
        ("The Buenos Aires firm of Argentina paid 5 million pesos.", "ARS"),
    ],
)
def test_places_in_the_text_decide_a_shared_name(text: str, currency: str) -> None:
    assert [s.money.currency for s in find_money(text)] == [currency]


@pytest.mark.parametrize(
    ("text", "currencies"),
    [
        ("It lent 240 mln H.K. Dlrs and bought flats for 1.4 billion dlrs.", ["HKD", "HKD"]),
        ("It bought flats for 1.4 billion dlrs with 240 mln H.K. Dlrs.", ["HKD", "HKD"]),
        ("It paid 5 mln Canadian dlrs, or 4 mln U.S. dlrs, after 3 mln dlrs.", ["CAD", "USD", "USD"]),
        ("It paid 5 million Australian dollars ($3.8 million).", ["AUD", "USD"]),
        ("It paid 3 mln dlrs.", ["USD"]),
    ],
)
def test_bare_dollars_are_those_the_text_names_in_full(text: str, currencies: list[str]) -> None:
    assert [span.money.currency for span in find_money(text)] == currencies


@pytest.mark.parametrize(
    "text",
    ["9" * 60 + " million dollars", "$1" + " million" * 500_000, "hundred " * 5000 + "dollars"],
)
def test_absurd_numbers_give_nothing(text: str) -> None:
    assert find_money(text) == []


ALPHABET = "$£€¥R sk0123456789.,-/'%mbnl()aeiouİßﬁ\n\u00a0K"
PIECES = st.sampled_from(
    [
        "$",
        "£",
        "US$",
        "Rs ",
        " million",
        "bn",
        " dlrs",
        "-",
        " to ",
        "1,000",
        "2.5",
        "half a ",
        " a share",
        ",",
        ".",
        "İ",
        "one",
        " pounds",
    ]
)


@settings(deadline=None)
@given(st.one_of(st.text(), st.text(alphabet=ALPHABET), st.lists(PIECES).map("".join)))
def test_any_text_gives_ordered_spans_within_it_and_always_the_same(text: str) -> None:
    spans = find_money(text)
    assert spans == find_money(text)
    end = 0
    for span in spans:
        assert end <= span.start < span.end <= len(text)
        assert span.money.value >= 0
        assert len(span.money.currency) == 3
        end = span.end


def test_the_component_sets_the_extension() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_money")
    doc = nlp("It paid £600m for the unit.")
    assert [span.money.currency for span in doc._.kg_money] == ["GBP"]
