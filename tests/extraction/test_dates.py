from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.extraction.dates import find_dates

THURSDAY = "2015-03-12"


def dates(text: str, published: str | None = THURSDAY) -> list[str]:
    return [span.date for span in find_dates(text, published)]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        # absolute
        ("on March 12, 2015", "2015-03-12"),
        ("on 12 March 2015", "2015-03-12"),
        ("dated June 5, 2014", "2014-06-05"),
        ("the 12th of March, 2015", "2015-03-12"),
        ("Feb. 29, 2012", "2012-02-29"),
        ("on 2015-03-12", "2015-03-12"),
        ("on 2015/03/12", "2015-03-12"),
        ("31/03/2015", "2015-03-31"),
        ("03/31/2015", "2015-03-31"),
        ("04/04/2015", "2015-04-04"),
        ("12.03.2015", "2015-03-12"),
        ("12-Mar-2015", "2015-03-12"),
        ("26-FEB-87", "1987-02-26"),
        ("in May 2014", "2014-05"),
        ("since Sept. 2013", "2013-09"),
        ("In MARCH 2014", "2014-03"),
        ("in 2003", "2003"),
        ("by 2020", "2020"),
        ("late 2015", "2015"),
        ("first quarter of 2016", "2016"),
        ("the fourth quarter 2014", "2014"),
        ("Q4 2014", "2014"),
        ("its 2013 buyout", "2013"),
        ("the 2008 crisis", "2008"),
        ("fiscal 2016", "2016"),
        ("founded in 1834", "1834"),
        ("an arrangement going back to 1998", "1998"),
        ("in 2012's biggest deal", "2012"),
        ("March 9-11, 2015", "2015-03"),
        # days counted from publication
        ("on Thursday", "2015-03-12"),
        ("on Wednesday", "2015-03-11"),
        ("on Friday", "2015-03-06"),
        ("Friday's close", "2015-03-06"),
        ("late on Monday", "2015-03-09"),
        ("last Thursday", "2015-03-05"),
        ("next Thursday", "2015-03-19"),
        ("next Monday", "2015-03-16"),
        ("this Friday", "2015-03-13"),
        ("today", "2015-03-12"),
        ("Today it said", "2015-03-12"),
        ("yesterday", "2015-03-11"),
        ("the day before yesterday", "2015-03-10"),
        ("tomorrow", "2015-03-13"),
        ("last night", "2015-03-11"),
        ("this morning", "2015-03-12"),
        ("two days ago", "2015-03-10"),
        ("three days ago", "2015-03-09"),
        # days without a year: the nearest
        ("on March 3", "2015-03-03"),
        ("Jan 3", "2015-01-03"),
        ("on Dec. 20", "2014-12-20"),
        ("on April 1", "2015-04-01"),
        ("12 February", "2015-02-12"),
        ("Wednesday, March 11", "2015-03-11"),
        ("on Wednesday, 11 March 2015", "2015-03-11"),
        ("since March 9 of last year", "2014-03-09"),
        # months
        ("in December", "2014-12"),
        ("in March", "2015-03"),
        ("since January", "2015-01"),
        ("in May", "2014-05"),
        ("in May it merged", "2014-05"),
        ("until June", "2015-06"),
        ("expected in September", "2015-09"),
        ("last August", "2014-08"),
        ("next May", "2015-05"),
        ("in August last year", "2014-08"),
        ("in October this year", "2015-10"),
        ("this month", "2015-03"),
        ("last month", "2015-02"),
        ("earlier this month", "2015-03"),
        ("next month", "2015-04"),
        # weeks: what both ends share
        ("earlier this week", "2015-03"),
        ("this week", "2015-03"),
        ("last week", "2015-03"),
        ("three weeks ago", "2015-02"),
        ("over the weekend", "2015-03"),
        ("last weekend", "2015-03"),
        # years
        ("last year", "2014"),
        ("earlier this year", "2015"),
        ("early next year", "2016"),
        ("late last year", "2014"),
        ("two years ago", "2013"),
        ("a year ago", "2014"),
        ("last summer", "2014"),
        ("this spring", "2015"),
        ("last quarter", "2014"),
    ],
)
def test_reads_a_date(text: str, date: str) -> None:
    assert dates(text) == [date]


@pytest.mark.parametrize(
    "text",
    [
        "2,000 people",
        "some 2000 employees",
        "of 2000 workers",
        "in 1987 stores",
        "$2015",
        "2015 dlrs",
        "by 2000 GMT",
        "a Boeing 787-2000",
        "the 1990s",
        "in the mid 1990's",
        "the Sunday Times said",
        "on Black Friday",
        "every Monday",
        "USA Today said",
        "It may buy 12 units",
        "May rises to speak",
        "they march on",
        "March on Washington",
        "March 5 percent higher",
        "04/03/2015",
        "2015-13-40",
        "31/02/2015",
        "2004-05",
        "more than two years ago",
        "a decade ago",
        "",
    ],
)
def test_leaves_other_words_alone(text: str) -> None:
    assert dates(text) == []


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("in May 2014", None, ["2014-05"]),
        ("on Thursday, last year and in December", None, []),
        ("on March 12", None, []),
        ("last year", "2015", ["2014"]),
        ("last month", "2015", []),
        ("last month", "2015-01", ["2014-12"]),
        ("in December", "2015-01", ["2014-12"]),
        ("on Thursday", "2015-03", []),
        ("today", "2015-03", ["2015-03"]),
        ("last week", "2015-01-05", []),
        ("last week", "1987-03-02", ["1987-02"]),
        ("three weeks ago", "2015-01-20", []),
        ("in 2003", "not a date", ["2003"]),
        ("last year", "2015-02-31", []),
        ("last year", "0001", []),
        ("on Feb. 29", "2016-03-02", ["2016-02-29"]),
        ("on Feb. 29", "2014-03-02", []),
        ("in the spring", "2011-09-20", ["2011"]),
        ("last June", "2020-09-24", []),
        ("Last month", "2015-03-12", ["2015-02"]),
    ],
)
def test_says_no_more_than_publication_allows(text: str, published: str | None, expected: list[str]) -> None:
    assert dates(text, published) == expected


def test_counts_on_from_the_date_before() -> None:
    assert dates("It was formed in 2000 and six years later sold.") == ["2000", "2006"]
    assert dates("Signed in 2009, it lapsed the following year.") == ["2009", "2010"]
    assert dates("It was formed in 2010 and nine years later sold.") == ["2010"]


def test_spans_hold_the_words_of_the_date() -> None:
    text = "Earlier this week, on March 3, 2014, in 2003 and two years ago."
    words = [text[span.start : span.end] for span in find_dates(text, THURSDAY)]
    assert words == ["Earlier this week", "March 3, 2014", "2003", "two years ago"]


PIECES = st.sampled_from(
    [
        "March",
        " 12",
        ", ",
        "2015",
        " last ",
        "year",
        "on Thursday",
        " two",
        " weeks ago",
        "-",
        "/",
        "12",
        "İ",
        "may ",
        "in ",
        "31",
        "the ",
    ]
)
PUBLISHED = st.one_of(st.none(), st.text(max_size=12), st.dates().map(str), st.dates().map(lambda day: str(day)[:7]))


@settings(deadline=None)
@given(st.one_of(st.text(), st.text(alphabet="0123456789/-. MarchyJuneİß\n"), st.lists(PIECES).map("".join)), PUBLISHED)
def test_any_text_gives_ordered_spans_within_it_and_always_the_same(text: str, published: str | None) -> None:
    spans = find_dates(text, published)
    assert spans == find_dates(text, published)
    end = 0
    for span in spans:
        assert end <= span.start < span.end <= len(text)
        assert re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", span.date)
        end = span.end


def test_the_component_counts_from_the_document_s_publication() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_dates")
    had = Doc.has_extension("kg_document")
    if not had:
        Doc.set_extension("kg_document", default=None)
    try:
        doc = nlp.make_doc("It said so on Wednesday.")
        doc._.kg_document = SimpleNamespace(published=THURSDAY)
        assert [span.date for span in nlp(doc)._.kg_dates] == ["2015-03-11"]
        assert nlp("It said so on Wednesday.")._.kg_dates == []
    finally:
        if not had:
            Doc.remove_extension("kg_document")
