"""Figures and days in words: what a reader adds up on paper must add up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from reformcalc import words
from reformcalc.values.due import parse_when
from reformcalc.values.money import Sum, parse_amount
from reformcalc.words import (
    MoneyWriter,
    as_said,
    citation,
    counted,
    day,
    listed,
    millions,
    money,
    percent,
    pounds,
    published,
)
from tests.unit.builders import commitment, record

if TYPE_CHECKING:
    from collections.abc import Iterable

MILLION = Decimal(10) ** 6


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param("45000000", "£45m", id="millions"),
        pytest.param("2600000000", "£2.6bn", id="billions"),
        pytest.param("1257000000", "£1.257bn", id="three decimals"),
        pytest.param("2523400000", "£2,523.4m", id="four decimals of a billion are millions"),
        pytest.param("3460000", "£3.46m", id="two decimals"),
        pytest.param("1234567", "£1,234,567", id="no unit keeps it in three decimals"),
        pytest.param("999999", "£999,999", id="under a million"),
        pytest.param("1000", "£1,000", id="thousands"),
        pytest.param("1234567.89", "£1,234,567.89", id="pence"),
        pytest.param("12.5", "£12.50", id="pence have two decimals"),
        pytest.param("1297234567.9", "£1,297,234,567.90", id="however large the sum"),
        pytest.param("0", "£0", id="nought"),
        pytest.param("-45000000", "−£45m", id="the minus before the sign"),
        pytest.param("0.5", "£0.50", id="half a pound"),
    ],
)
def test_pounds_are_written_in_the_largest_unit_that_loses_nothing(value: str, text: str) -> None:
    """A figure keeps every penny, in billions or millions if three decimals are enough."""
    assert pounds(Decimal(value)) == text


@pytest.mark.parametrize(
    ("stated", "low", "high", "word", "text"),
    [
        pytest.param("200", "200", "200", "", "£200m", id="exact"),
        pytest.param("89", "0", "89", "", "up to £89m", id="up to"),
        pytest.param("45", "45", "134", "", "£45m to £134m", id="range"),
        pytest.param("50", "45", None, "", "at least £45m", id="at least the low"),
        pytest.param("45", "45", None, "over", "over £45m", id="the document's over"),
        pytest.param("300", "250", "350", "around", "around £300m", id="the document's around"),
        pytest.param("9", "0", "9", "worth up to", "worth up to £9m", id="worth up to"),
        pytest.param("0", "0", "0", "", "£0", id="nothing"),
    ],
)
def test_a_sum_is_written_with_its_bounds(
    stated: str, low: str, high: str | None, word: str, text: str
) -> None:
    """Words follow the bounds, and a document's figure keeps the document's own word."""
    ceiling = None if high is None else Decimal(high) * MILLION
    assert money(Sum(Decimal(stated) * MILLION, Decimal(low) * MILLION, ceiling, word)) == text


def _column(values: Iterable[str], *, divided: bool = False) -> list[str]:
    figures = [Decimal(value) * MILLION for value in values]
    write = MoneyWriter(figures, divided=divided)
    return [write(figure) for figure in figures]


def test_a_financial_year_is_told_by_its_form() -> None:
    """Prose has no mark of a financial year; any other date is as it is written."""
    assert as_said("FY 2026-27 to FY 2028-29") == "2026-27 to 2028-29"
    assert as_said("by the end of March 2027") == "by the end of March 2027"


def test_a_column_adds_up_on_paper() -> None:
    """One unit, and as many decimals as the finest row: 27.00, not 27."""
    column = _column(["1.82", "3.3", "21.88", "27"])
    assert column == ["£1.82m", "£3.30m", "£21.88m", "£27.00m"]
    *parts, whole = [Decimal(text.strip("£m")) for text in column]
    assert sum(parts) == whole


@pytest.mark.parametrize(
    ("values", "column"),
    [
        pytest.param(["45", "2600"], ["£45m", "£2,600m"], id="millions beside billions"),
        pytest.param(["0.0005", "0.001"], ["£500", "£1,000"], id="pounds under a million"),
        pytest.param(["0", "45"], ["£0", "£45m"], id="nought has no unit"),
        pytest.param(["-1.5", "2"], ["−£1.5m", "£2.0m"], id="negative"),
        pytest.param(["2", "0.009"], ["£2.000m", "£0.009m"], id="three decimals at most"),
        pytest.param(["2", "0.0095"], ["£2,000,000", "£9,500"], id="finer than three decimals"),
        pytest.param(
            ["1.234567", "2.345678", "3.580245"],
            ["£1,234,567", "£2,345,678", "£3,580,245"],
            id="every figure finer",
        ),
        pytest.param(["9", "0.00000001"], ["£9,000,000.00", "£0.01"], id="a penny"),
        pytest.param(["0.0000125"], ["£12.50"], id="pence have two decimals"),
        pytest.param(["0.001", "0.0000125"], ["£1,000.00", "£12.50"], id="or none"),
    ],
)
def test_a_column_has_one_unit(values: list[str], column: list[str]) -> None:
    """The largest figure of a column sets its unit, the finest its decimals, or pounds for both."""
    assert _column(values) == column


@pytest.mark.parametrize(
    ("values", "column"),
    [
        pytest.param(["66.66666667", "200"], ["£66.7m", "£200.0m"], id="a tenth of a million"),
        pytest.param(["-66.66666667", "1"], ["−£66.7m", "£1.0m"], id="negative"),
        pytest.param(["66.66666667", "1.257"], ["£66.667m", "£1.257m"], id="beside one in full"),
        pytest.param(["66.66666667", "0.0095003"], ["£66.67m", "£0.01m"], id="a first digit"),
        pytest.param(["66.66666667", "0.0004003"], ["£66,666,667", "£400"], id="no third decimal"),
        pytest.param(["0.0714285714", "0.5"], ["£71,429", "£500,000"], id="no millions: the pound"),
        pytest.param(["0.0000125", "0.00000375"], ["£12.50", "£3.75"], id="pence in full"),
        pytest.param(["0.000003125"], ["£3"], id="no whole pence"),
        pytest.param(["0.0000004286"], ["£0.43"], id="less than a pound"),
        pytest.param(["66.66666667", "0"], ["£66.7m", "£0"], id="nothing is £0"),
    ],
)
def test_a_column_of_what_was_divided_is_rounded(values: list[str], column: list[str]) -> None:
    """A tenth of a million says enough of a share or a deflated sum, unless that is £0."""
    assert _column(values, divided=True) == column


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param("1050000", "£1.1m", id="after an even digit"),
        pytest.param("1150000", "£1.2m", id="after an odd one"),
        pytest.param("-1050000", "−£1.1m", id="below nought, away from it"),
        pytest.param("999999", "£999,999", id="less than a million in full"),
        pytest.param("71428.571", "£71,429", id="or to the pound"),
        pytest.param("1049999.99", "£1m", id="not quite a half"),
    ],
)
def test_millions_round_halves_up(value: str, text: str) -> None:
    """Millions have one decimal where they need it, halves rounded up."""
    assert millions(Decimal(value)) == text


def test_pence_round_halves_up() -> None:
    """A part of a penny is rounded, halves up, after even and odd digits alike."""
    said = [pounds(Decimal(value)) for value in ("0.125", "0.135")]
    assert said == ["£0.13", "£0.14"]


def test_a_column_rounds_halves_up() -> None:
    """A figure finer than its column is rounded, halves up, after even and odd digits alike."""
    write = MoneyWriter([MILLION])
    assert [write(Decimal(half) * MILLION) for half in ("1.5", "2.5")] == ["£2m", "£3m"]


def test_an_empty_column_is_written_in_pounds() -> None:
    """A writer for no values still writes nought."""
    assert MoneyWriter([])(Decimal(0)) == "£0"


def test_nothing_is_written_as_minus_nought() -> None:
    """What rounds to nought is nought, not minus nought."""
    assert not MoneyWriter([MILLION])(Decimal(-400)).startswith("-")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param("7.65", "7.7%", id="halves up"),
        pytest.param("7.649999", "7.6%", id="under a half"),
        pytest.param("15.45", "15.5%", id="halves up after an even digit"),
        pytest.param("0", "0.0%", id="nought"),
        pytest.param("1234.55", "1,234.6%", id="thousands"),
        pytest.param(
            "-0.04",
            "0.0%",
            id="just under nought",
        ),
    ],
)
def test_percent_has_one_decimal_halves_up(value: str, text: str) -> None:
    """Shares have one decimal in tables."""
    assert percent(Decimal(value)) == text


def test_no_percentage_is_nothing() -> None:
    """Where there is no share, the cell is empty."""
    assert percent(None) == ""


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["a, of b", "c"], "a, of b and c"),
        (["a, of b", "c", "d"], "a, of b; c; and d"),
        (["a", "b", "c, of d"], "a; b; and c, of d"),
    ],
)
def test_words_are_listed_as_a_sentence_does(words: list[str], text: str) -> None:
    """The last is joined with "and"; semicolons tell apart what has commas of its own."""
    assert listed(words) == text


@pytest.mark.parametrize(
    ("number", "text"), [(0, "no rows"), (1, "1 row"), (2, "2 rows"), (12, "12 rows")]
)
def test_a_number_agrees_with_its_noun(number: int, text: str) -> None:
    """One row, two rows, no rows."""
    assert counted(number, "row") == text


def test_an_irregular_plural_is_given() -> None:
    """A noun whose plural is not in s says so."""
    assert counted(2, "entry", "entries") == "2 entries"


def test_a_day_has_no_leading_nought() -> None:
    """Days are written as 2 February 2023."""
    assert day(date(2023, 2, 2)) == "2 February 2023"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        pytest.param("2023-06-20", "20 June 2023", id="a day"),
        pytest.param("June 2023", "June 2023", id="a month keeps its words"),
        pytest.param(
            "2023-02-02..2023-06-20",
            "between 2 February 2023 and 20 June 2023",
            id="two bounds",
        ),
    ],
)
def test_when_a_document_was_published_is_written_in_words(written: str, text: str) -> None:
    """A day is spelt out, two days are bounds, anything else keeps its words."""
    assert published(parse_when(written)) == text


def test_a_citation_says_who_which_when_and_where() -> None:
    """Who is quoted, publisher, date, place; the title where these would leave two documents."""
    claims = [
        {"source": "paper", "at": "page 3", "says": "words", "by": "A Minister"},
        {"source": "web", "at": "page", "says": "words"},
        {"source": "news", "at": "page", "says": "words"},
        {"source": "other-news", "at": "paragraph 2", "says": "words"},
    ]
    on = {"publisher": "The Paper", "published": "2023-06-20"}
    sources = {
        "paper": {"title": "A paper", "publisher": "DfE", "published": "2023-06-20"},
        "web": {"title": "A page", "publisher": "Ofsted", "accessed": "2026-11-21"},
        "news": {"title": "News", **on},
        "other-news": {"title": "Other news", **on, "published": "20 June 2023"},
        "old-news": {"title": "Old news", **on, "published": "2023-06-19"},
    }
    dataset = record({"a": commitment("£1m", claims=claims)}, sources=sources)
    said = [citation(dataset, claim) for claim in dataset.commitments["a"].claims]
    assert said == [
        "A Minister, DfE, 20 June 2023, page 3",
        'Ofsted, "A page", undated',
        'The Paper, "News", 20 June 2023',
        'The Paper, "Other news", 20 June 2023, paragraph 2',
    ]


@pytest.mark.parametrize("text", ["£45m", "£2.6bn", "£3.46m", "£253.5m", "£1,000"])
def test_written_pounds_are_read_back(text: str) -> None:
    """What we write is an amount that we accept, with the same figure."""
    assert pounds(parse_amount(text).stated) == text


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (30, 30, "£30m short"),
        (-30, -30, "£30m over"),
        (0, 0, "£0"),
        (10, 30, "£10m to £30m short"),
        (-30, -10, "£10m to £30m over"),
        (-30, 10, "£10m short to £30m over"),
        (0, 10, "£0 to £10m short"),
        (-10, 0, "£0 to £10m over"),
        (None, 10, "at most £10m short"),
        (None, -10, "at least £10m over"),
        (10, None, "at least £10m short"),
        (-10, None, "at most £10m over"),
        (None, None, "no bound"),
    ],
)
def test_a_shortfall_says_its_side(least: int | None, most: int | None, said: str) -> None:
    """No sign has to be read: what is lacking is short, what is too much is over."""
    low, high = (None if end is None else Decimal(end) * 10**6 for end in (least, most))
    assert words.shortfall(low, high, words.millions) == said


@pytest.mark.parametrize(
    ("names", "said"),
    [("ab", "a and b"), ("abc", "a, b and c"), ("abcd", "a, b, c and 1 more"), ("a", "a")],
)
def test_a_few_are_named_and_the_others_counted(names: str, said: str) -> None:
    """As many as asked for are named, and no count stands where nothing is left."""
    assert listed(words.few(names, 3)) == said


def test_words_begin_a_sentence_and_are_quoted() -> None:
    """Only the first letter changes; marks within a quotation are single ones."""
    assert words.sentence("the DfE") == "The DfE"
    assert words.sentence("") == ""
    assert words.quoted("a \u201cb\u201d") == "\u201ca \u2018b\u2019\u201d"
    assert words.signed("£1m", down=True) == "\u2212£1m"
    assert words.signed("£1m", down=False) == "+£1m"
