from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction.stakes import find_stakes


def found(text: str) -> list[tuple[float, str]]:
    return [(round(span.stake, 4), span.kind) for span in find_stakes(text)]


@pytest.mark.parametrize(
    ("text", "stake"),
    [
        ("a 50-50 joint venture", 0.5),
        ("a 50/50 joint venture", 0.5),
        ("a 60/40 joint venture", 0.6),
        ("a business owned 55:45", 0.55),
        ("a fifty-fifty venture", 0.5),
        ("an equally owned company", 0.5),
        ("a 40 percent stake in Northgate", 0.4),
        ("a 40 pct stake", 0.4),
        ("a 40% stake", 0.4),
        ("a 40 per cent stake", 0.4),
        ("a 5.4-pct stake", 0.054),
        ("a 49-percent holding", 0.49),
        ("a 51 per cent interest in the unit", 0.51),
        ("a stake of around 23 percent", 0.23),
        ("a six pct shareholding", 0.06),
        ("a twenty-five per cent stake", 0.25),
        ("a 17.5 stake", 0.175),
        ("a 0.5 pct interest", 0.005),
        ("a controlling 57 percent stake", 0.57),
        ("Weston bought 26% of Indian firm Hallam", 0.26),
        ("Weston owns 23.4 percent of Hallam", 0.234),
        ("Weston, which owns 30 pct, said so.", 0.3),
        ("Hallam is 83 pct owned by Weston", 0.83),
        ("the 82 pct owned Hallam subsidiary", 0.82),
        ("which is 69.65 pct held by Weston", 0.6965),
        ("Weston takes its holding to 29.9 percent", 0.299),
        ("its stake to nearly 11 per cent", 0.11),
        ("it acquired 100 pct of the outstanding shares of Hallam", 1.0),
        ("726,700 shares, or 9.5 pct", 0.095),
        ("it retains 51.00%", 0.51),
        ("the fund sits on 14.9 per cent", 0.149),
        ("Weston is left with 61%.", 0.61),
        ("its biggest shareholder, with 11.4%", 0.114),
        ("a 2.3 pct share of Hallam's common stock", 0.023),
        ("30.5 percent of the capital", 0.305),
        ("9.8 percent of the enlarged capital", 0.098),
        ("half of the company", 0.5),
        ("just over half of the company", 0.5),
        ("bought just over half of Hallam", 0.5),
        ("a third of the company", 0.3333),
        ("one-third of its shares", 0.3333),
        ("a two-thirds stake", 0.6667),
        ("a quarter stake in Clear", 0.25),
        ("three quarters of the shares", 0.75),
        ("three-quarters of the company", 0.75),
        ("a tenth of the equity", 0.1),
        ("a half share in the venture", 0.5),
        ("owned half by Weston", 0.5),
        ("a wholly owned subsidiary", 1.0),
        ("a wholly-owned unit", 1.0),
        ("all the outstanding shares of Hallam", 1.0),
        ("the entire share capital of Hallam", 1.0),
    ],
)
def test_a_share_of_a_company(text: str, stake: float) -> None:
    assert (stake, "share") in found(text)


@pytest.mark.parametrize(
    ("text", "stake"),
    [
        ("shares rose 5 percent", 0.05),
        ("Shares of Weston were up 4.8 percent at $12", 0.048),
        ("sales fell 3 percent", 0.03),
        ("an interest rate of 4 percent", 0.04),
        ("a market share of 20%", 0.2),
        ("20% share of the market", 0.2),
        ("a 5 percent rise", 0.05),
        ("its stock lost 2.1 pct", 0.021),
        ("10 percent of sales", 0.1),
        ("a 35% premium", 0.35),
        ("Weston Holdings will pay 63 dollars a share, a premium of 16.5 percent to the last price", 0.165),
        ("unemployment of 5.2%", 0.052),
        ("Weston has 14% of the US food market", 0.14),
        ("95 pct of the country's exports", 0.95),
        ("cut 10 per cent of its workforce", 0.1),
        ("kept rates on hold at 4.75%", 0.0475),
        ("more than half of consumers", 0.5),
        ("a third of all global sales", 0.3333),
        ("shares took a haircut of more than 7%", 0.07),
        ("a 6 percent bond", 0.06),
        ("a 50-50 chance", 0.5),
    ],
)
def test_any_other_percentage(text: str, stake: float) -> None:
    assert found(text) == [(stake, "percent")]


@pytest.mark.parametrize(
    "text",
    [
        "a majority stake",
        "the third quarter",
        "in the first half of the year",
        "a third party",
        "a half-hour talk",
        "half a billion dollars",
        "two and a half years",
        "its third biggest rival",
        "a quarter earlier",
        "rates rose 2 percentage points",
        "up 150 percent",
        "a 5-95 record, 20-80-90",
        "40 shares",
        "a second-half profit",
        "behalf of the company",
        "a quarter of a percent",
        "a quarter percentage point",
        "",
    ],
)
def test_no_fraction_at_all(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("It raised its stake from 5 to 9 percent.", [(0.05, "percent"), (0.09, "share")]),
        ("lifted its interest from 50 per cent to 74 per cent", [(0.5, "percent"), (0.74, "share")]),
        ("raised its stake to 9.5 pct, from 474,900, or 6.2 pct.", [(0.095, "share"), (0.062, "percent")]),
        ("He cut his interest in Hallam Inc. to 22% from 27% overnight", [(0.22, "share"), (0.27, "percent")]),
        ("a stake of 10-15 percent", [(0.1, "share"), (0.15, "share")]),
        (
            "Weston will own 80 pct, Hallam 14 pct and Clear of France, six pct.",
            [(0.8, "share"), (0.14, "share"), (0.06, "share")],
        ),
        ("Weston owns 8 percent. Its shares rose 3 percent.", [(0.08, "share"), (0.03, "percent")]),
    ],
)
def test_several_in_one_sentence(text: str, spans: list[tuple[float, str]]) -> None:
    assert found(text) == spans


def test_the_span_holds_the_words_of_the_figure() -> None:
    text = "It bought a 40 per cent stake and two-thirds of the rest."
    assert [text[span.start : span.end] for span in find_stakes(text)] == ["40 per cent", "two-thirds"]


PIECES = st.sampled_from(
    [
        "40",
        " percent",
        "%",
        " pct",
        " stake",
        "half",
        " of ",
        "a third",
        "50-50",
        " to ",
        "from ",
        "İ",
        "its ",
        "own ",
        ". ",
    ]
)


@settings(deadline=None)
@given(st.one_of(st.text(), st.text(alphabet="0123456789%./- halfstkeownİß\n"), st.lists(PIECES).map("".join)))
def test_any_text_gives_ordered_spans_within_it_and_always_the_same(text: str) -> None:
    spans = find_stakes(text)
    assert spans == find_stakes(text)
    end = 0
    for span in spans:
        assert end <= span.start < span.end <= len(text)
        assert 0 <= span.stake <= 1
        assert span.kind in ("share", "percent")
        end = span.end


def test_the_component_sets_the_extension() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_stakes")
    doc = nlp("It holds a 40 percent stake.")
    assert [span.stake for span in doc._.kg_stakes] == [0.4]
