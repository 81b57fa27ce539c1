"""Amounts as documents word them, and the figures and bounds that their words mean."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from reformcalc.values.money import (
    Qualifier,
    Range,
    Sum,
    amounts_in,
    change_between,
    in_proportion,
    parse_amount,
    parse_quantity,
    percentages_in,
    quantities_in,
    round_pounds,
    split,
    total,
)

EXACT, AT_LEAST = Qualifier.EXACT, Qualifier.AT_LEAST
UP_TO, ABOUT, RANGE = Qualifier.UP_TO, Qualifier.ABOUT, Qualifier.RANGE


def _millions(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value) * 10**6


@pytest.mark.parametrize(
    ("text", "stated", "low", "high", "qualifier"),
    [
        pytest.param("£45m", "45", "45", "45", EXACT, id="millions"),
        pytest.param("£45M", "45", "45", "45", EXACT, id="capital M"),
        pytest.param("£45 m", "45", "45", "45", EXACT, id="a space before the unit"),
        pytest.param("£30mn", "30", "30", "30", EXACT, id="mn"),
        pytest.param("£9 million", "9", "9", "9", EXACT, id="million in full"),
        pytest.param("£1.257bn", "1257", "1257", "1257", EXACT, id="billions with decimals"),
        pytest.param("£2.4 billion", "2400", "2400", "2400", EXACT, id="billion in full"),
        pytest.param("£1,569m", "1569", "1569", "1569", EXACT, id="commas before a unit"),
        pytest.param("£1,000", "0.001", "0.001", "0.001", EXACT, id="pounds with commas"),
        pytest.param("£3 thousand", "0.003", "0.003", "0.003", EXACT, id="thousand"),
        pytest.param("£500k", "0.5", "0.5", "0.5", EXACT, id="k"),
        pytest.param("£0.50", "0.0000005", "0.0000005", "0.0000005", EXACT, id="pence"),
        pytest.param("£0", "0", "0", "0", EXACT, id="nought"),
        pytest.param("  £45m\n", "45", "45", "45", EXACT, id="space around"),
        pytest.param("over £45m", "45", "45", None, AT_LEAST, id="over"),
        pytest.param("Over £45m", "45", "45", None, AT_LEAST, id="a capital letter"),
        pytest.param("over\n  £45m", "45", "45", None, AT_LEAST, id="a line break"),
        pytest.param("more than £45m", "45", "45", None, AT_LEAST, id="more than"),
        pytest.param("at least £45m", "45", "45", None, AT_LEAST, id="at least"),
        pytest.param("a minimum of £45m", "45", "45", None, AT_LEAST, id="a minimum of"),
        pytest.param("up to £9m", "9", "0", "9", UP_TO, id="up to"),
        pytest.param("worth up to £10m", "10", "0", "10", UP_TO, id="worth up to"),
        pytest.param("no more than £9m", "9", "0", "9", UP_TO, id="no more than"),
        pytest.param("a maximum of £9m", "9", "0", "9", UP_TO, id="a maximum of"),
        pytest.param("not more than £9m", "9", "0", "9", UP_TO, id="not more than"),
        pytest.param("not over £9m", "9", "0", "9", UP_TO, id="not over"),
        pytest.param("less than £9m", "9", "0", "9", UP_TO, id="less than"),
        pytest.param("Under £9m", "9", "0", "9", UP_TO, id="under"),
        pytest.param("below £9m", "9", "0", "9", UP_TO, id="below"),
        pytest.param("not less than £9m", "9", "9", None, AT_LEAST, id="not less than"),
        pytest.param("no less than £9m", "9", "9", None, AT_LEAST, id="no less than"),
        pytest.param("not under £9m", "9", "9", None, AT_LEAST, id="not under"),
        pytest.param("not below £9m", "9", "9", None, AT_LEAST, id="not below"),
        pytest.param("£25m to £27m", "25", "25", "27", RANGE, id="range: the lower is stated"),
        pytest.param("£0.9bn to £1,100m", "900", "900", "1100", RANGE, id="range of two units"),
    ],
)
def test_an_amount_means_its_figure_and_bounds(
    text: str, stated: str, low: str, high: str | None, qualifier: Qualifier
) -> None:
    """Each accepted wording has one stated figure, a low, a high and a qualifier."""
    amount = parse_amount(text)
    assert amount.stated == _millions(stated)
    assert amount.low == _millions(low)
    assert amount.high == _millions(high)
    assert amount.qualifier is qualifier


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        pytest.param("around £300m", "250", "350", id="300m: noughts are not digits"),
        pytest.param("roughly £2bn", "1500", "2500", id="2bn"),
        pytest.param("about £2.6bn", "2550", "2650", id="2.6bn"),
        pytest.param("approximately £160m", "155", "165", id="160m"),
        pytest.param("close to £1,000m", "500", "1500", id="commas do not matter"),
        pytest.param("about £2.60bn", "2595", "2605", id="a nought after the point is a digit"),
        pytest.param("nearly £300m", "250", "300", id="nearly: the low side only"),
        pytest.param("almost £2bn", "1500", "2000", id="almost: the low side only"),
    ],
)
def test_about_is_half_a_unit_of_the_last_significant_digit(text: str, low: str, high: str) -> None:
    """Half a unit of the last digit that is not a nought before the point."""
    amount = parse_amount(text)
    assert amount.qualifier is ABOUT
    assert (amount.low, amount.high) == (_millions(low), _millions(high))


def test_about_nought_does_not_go_below_it() -> None:
    """No amount has a low under £0."""
    assert parse_amount("about £0").low == 0


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        pytest.param("45m", 'write "£45m"', id="no pound sign"),
        pytest.param("over 45 million", 'write "over £45 million"', id="a word, no pound sign"),
        pytest.param("1,569m", 'write "£1,569m"', id="commas, no pound sign"),
        pytest.param("2.6", 'write "£2.6"', id="a bare number"),
        pytest.param("", '"£45m"', id="nothing"),
        pytest.param("£", '"£45m"', id="a bare sign"),
        pytest.param("5m to 6m", 'write "£5m to £6m"', id="a range, no pound sign"),
        pytest.param("£1.006", "parts of a penny", id="a fraction of a penny"),
        pytest.param("£20,000bn", "less than £10,000bn", id="more than any public sum"),
        pytest.param("£1 trillion", '"£1,000bn"', id="trillions"),
        pytest.param(
            f"£1.{'0' * 30}1bn", "parts of a penny", id="more digits than arithmetic keeps"
        ),
        pytest.param("-£5m", "less than £0", id="negative"),
        pytest.param("£-5m", "less than £0", id="negative after the sign"),
        pytest.param("$45m", '"£45m"', id="dollars"),
        pytest.param("£1,00", '"£45m"', id="a comma in the wrong place"),
        pytest.param("£1,0000m", '"£45m"', id="four digits after a comma"),
        pytest.param("£45trn", "in billions", id="a unit that we do not know"),
        pytest.param("£45m in all", '"£45m"', id="words after it"),
        pytest.param("£45m a year", "the sum of all its years", id="a year"),
        pytest.param("£45m p.a.", "the sum of all its years", id="a year in two letters"),
        pytest.param("c. £1.5m", 'write "about £1.5m"', id="circa"),
        pytest.param("~£1.5m", 'write "about £1.5m"', id="a wave"),
        pytest.param("£1.5m+", 'write "over £1.5m"', id="a plus"),
        pytest.param("<£2m", 'write "up to £2m"', id="less than"),
        pytest.param("£1-2m", 'write "£1m to £2m"', id="one unit for two"),
        pytest.param("£500k-£1m", 'write "£500k to £1m"', id="a unit each"),
        pytest.param("GBP 1.5m", 'write "£1.5m"', id="another sign"),
        pytest.param("£1.5m (est)", 'write "£1.5m"', id="with a doubt"),
        pytest.param("TBC", 'write "unknown"', id="to be confirmed"),
        pytest.param("nil", 'write "£0"', id="none at all"),
        pytest.param("up to the £2.6bn", '"£45m"', id="up to the is not a ceiling"),
        pytest.param("under the £9m", '"£45m"', id="under the is not a ceiling"),
        pytest.param("not £9m", '"£45m"', id="not alone is no word of ours"),
        pytest.param("£27m to £25m", "the smaller sum first", id="a range that runs backwards"),
        pytest.param("£27m to £27m", 'are equal; write "£27m"', id="a range of one figure"),
        pytest.param("over £25m to £27m", 'takes no "over"', id="a range with a word"),
        pytest.param("£25 to £27m", "the unit after both", id="a range with one unit"),
        pytest.param("£25m to 27m", '"£25m to £27m"', id="a range with one sign"),
        pytest.param("£25m to £26m to £27m", '"£25m to £27m"', id="a range of three"),
        pytest.param("£1.005", "parts of a penny", id="half a penny"),
        pytest.param("£10000bn", "less than £10,000bn", id="beyond any public sum"),
        pytest.param("£9999bn to £10000bn", "less than £10,000bn", id="the second beyond it"),
        pytest.param("99999999999999", "less than £10,000bn", id="beyond it, no pound sign"),
        pytest.param("£50.550m to £50.5555", "parts of a penny", id="the second of a range"),
        pytest.param("£50m - £60m", 'money; write "£50m to £60m"', id="a dash"),
        pytest.param("£50m–£60m", 'money; write "£50m to £60m"', id="a dash without spaces"),
        pytest.param("from £50m to £60m", 'write "£50m to £60m"', id="from"),
        pytest.param("Between £50m and £60m", 'write "£50m to £60m"', id="between"),
        pytest.param("between 50m and 60m", 'no pound sign; write "£50m to £60m"', id="unsigned"),
        pytest.param("£50m to over £60m", 'takes no "over"', id="a word in a range"),
        pytest.param("£50m to £60", "the unit after both", id="a range with the first unit"),
        pytest.param("less than £0", "no promise is less", id="less than nothing"),
        pytest.param("under £0m", "no promise is less", id="under nothing"),
        pytest.param("under £0.001m to £5m", 'takes no "under"', id="under something"),
        pytest.param("£2.6e9", '"£45m"', id="an exponent"),
        pytest.param("£" + "9" * 5000, "less than £10,000bn", id="a great many digits"),
    ],
)
def test_a_refused_amount_is_told_what_to_write(text: str, advice: str) -> None:
    """What is not an amount is refused, with the nearest form that is one."""
    with pytest.raises(ValueError, match=r"not an amount of money|no pound sign") as refusal:
        parse_amount(text)
    assert advice in str(refusal.value)


def test_the_words_of_an_amount_are_kept() -> None:
    """An amount keeps its text, in one line, and its qualifying word in small letters."""
    amount = parse_amount(" Worth  up to £10m ")
    assert (amount.text, amount.word) == ("Worth up to £10m", "worth up to")


@pytest.mark.parametrize(
    ("text", "pounds", "allowed"),
    [
        pytest.param("£1.1bn", "1115", True, id="555 and 560 round to 1.1bn"),
        pytest.param("£2.1bn", "2124", True, id="2,124 rounds to 2.1bn"),
        pytest.param("£36m", "35.5", True, id="27 and 8.5 round to 36"),
        pytest.param("£44m", "55", False, id="15 and 40 are not 44"),
        pytest.param("£2.4bn", "2350", True, id="the low edge of the rounding"),
        pytest.param("£2.4bn", "2450", True, id="the high edge of the rounding"),
        pytest.param("£2.4bn", "2349.9", False, id="under the rounding"),
        pytest.param("£2.4bn", "2450.1", False, id="over the rounding"),
        pytest.param("£300m", "301", False, id="printed digits, noughts included"),
        pytest.param("over £45m", "1000", True, id="over has no ceiling"),
        pytest.param("over £45m", "44.4", False, id="over has a floor"),
        pytest.param("up to £9m", "0", True, id="up to has no floor"),
        pytest.param("up to £9m", "9.6", False, id="up to has a ceiling"),
        pytest.param("£25m to £27m", "26", True, id="inside a range"),
        pytest.param("£25m to £27m", "28", False, id="above a range"),
    ],
)
def test_allows_is_the_bounds_and_the_printed_rounding(
    text: str, pounds: str, *, allowed: bool
) -> None:
    """Parts agree with a whole within its bounds or printed rounding."""
    value = _millions(pounds)
    assert value is not None
    assert parse_amount(text).allows(value) is allowed


@pytest.mark.parametrize(
    ("text", "unit", "stated", "low", "high"),
    [
        pytest.param("9,000", "", "9000", "9000", "9000", id="count"),
        pytest.param("up to 500", "", "500", "0", "500", id="count with a ceiling"),
        pytest.param("over 9,000", "", "9000", "9000", None, id="count with a floor"),
        pytest.param("1.5 million", "", "1500000", "1500000", "1500000", id="count in millions"),
        pytest.param("500 to 600", "", "500", "500", "600", id="range of counts"),
        pytest.param("0", "", "0", "0", "0", id="nought"),
        pytest.param("12.43%", "%", "12.43", "12.43", "12.43", id="percent"),
        pytest.param("12.43 per cent", "%", "12.43", "12.43", "12.43", id="per cent in words"),
        pytest.param("10% to 12%", "%", "10", "10", "12", id="range of percents"),
        pytest.param("-5.2%", "%", "-5.2", "-5.2", "-5.2", id="fall"),
        pytest.param("\N{MINUS SIGN}5 per cent", "%", "-5", "-5", "-5", id="fall with a minus"),
        pytest.param("+1.2%", "%", "1.2", "1.2", "1.2", id="rise"),
        pytest.param("£3,000", "£", "3000", "3000", "3000", id="pounds"),
        pytest.param(
            "12.43 Per Cent",
            "%",
            "12.43",
            "12.43",
            "12.43",
            id="per cent with capitals",
        ),
    ],
)
def test_a_quantity_has_a_unit(
    text: str, unit: str, stated: str, low: str, high: str | None
) -> None:
    """A number is a count, a percentage or pounds, with the bounds that its words mean."""
    quantity = parse_quantity(text)
    assert quantity.unit == unit
    assert quantity.amount.stated == Decimal(stated)
    assert quantity.amount.low == Decimal(low)
    assert quantity.amount.high == (None if high is None else Decimal(high))


@pytest.mark.parametrize(
    "text", ["", "many", "-5", "- 5%", "-up to 5%", "5%%", "%", "9,0000", "a dozen", "1/2"]
)
def test_a_refused_quantity_shows_the_accepted_forms(text: str) -> None:
    """What is not a number is refused, with an example of each kind."""
    with pytest.raises(ValueError, match="is not a number") as refusal:
        parse_quantity(text)
    assert all(form in str(refusal.value) for form in ('"9,000"', '"12.43%"', '"£3,000"'))


def test_pounds_and_percent_at_once_are_refused() -> None:
    """A number has one unit."""
    with pytest.raises(ValueError, match="not an amount of money"):
        parse_quantity("£5%")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        pytest.param("will provide over £45 million to launch", ["over £45 million"], id="over"),
        pytest.param(
            "£3 million and an additional £24 million", ["£3 million", "£24 million"], id="two"
        ),
        pytest.param(
            "£1.257 billion in year three and £233 million in year four",
            ["£1.257 billion", "£233 million"],
            id="two years of the Review",
        ),
        pytest.param("grants worth up to £10m.", ["worth up to £10m"], id="a full stop"),
        pytest.param("the £555m, of which £300m", ["£555m", "£300m"], id="commas between"),
        pytest.param("£3,000, tax-free", ["£3,000"], id="a comma after the figure"),
        pytest.param("£200m over two years", ["£200m"], id="over after the sum"),
        pytest.param("“Over £30 Million”", ["Over £30 Million"], id="quotes and capitals"),
        pytest.param("up to the £2.6bn asked", ["£2.6bn"], id="up to the is not a ceiling"),
        pytest.param("£45 minutes", ["£45"], id="m of minutes is not a unit"),
        pytest.param("500 foster carers in 2023", [], id="no pounds"),
        pytest.param(
            "to recover £5m",
            ["£5m"],
            id="recover is not over",
        ),
        pytest.param(
            "a turnover £5m larger",
            ["£5m"],
            id="turnover is not over",
        ),
        pytest.param("not more than £9m", ["not more than £9m"], id="not more than"),
        pytest.param("No more than £9m", ["No more than £9m"], id="no more than"),
        pytest.param("more, not less than £9m", ["not less than £9m"], id="not less than"),
        pytest.param("a little less than £9m", ["less than £9m"], id="less than"),
        pytest.param("stayed below £9m", ["below £9m"], id="below"),
        pytest.param("it cost under £9m", ["under £9m"], id="under a sum"),
        pytest.param("under the £9m programme", ["£9m"], id="under a programme of that size"),
        pytest.param("under our £9m programme", ["£9m"], id="under somebody's programme"),
        pytest.param("under a new £9m programme", ["£9m"], id="under a new programme"),
        pytest.param("to plunder £9m", ["£9m"], id="plunder is not under"),
        pytest.param("£2m less than £9m", ["£2m", "£9m"], id="a difference: less than"),
        pytest.param("£2 million more than £9m", ["£2 million", "£9m"], id="more than another"),
        pytest.param("5% under £9m", ["£9m"], id="a percentage under"),
        pytest.param("5 per cent below £9m", ["£9m"], id="per cent below"),
        pytest.param("£9m, less than £10m", ["£9m", "less than £10m"], id="a comma between"),
        pytest.param("in 2024 over £9m", ["over £9m"], id="a year is no sum"),
        pytest.param("£5m up to £9m", ["£5m", "up to £9m"], id="up to compares nothing"),
        (
            "c. £1.5m in 2026-27, circa £3.4m, approx. £2m",
            ["about £1.5m", "about £3.4m", "about £2m"],
        ),
        ("inc. £2m, and in 2.c. £3m", ["£2m", "£3m"]),
    ],
)
def test_every_sum_in_a_quotation_is_found(words: str, found: list[str]) -> None:
    """Each sum of pounds that a quotation prints is found, with its qualifying word."""
    assert [amount.text for amount in amounts_in(words)] == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        pytest.param("rose by 12.43% in 2024", ["12.43"], id="sign"),
        pytest.param("from 5 per cent to 7.5 per cent", ["5", "7.5"], id="words"),
        pytest.param("an increase of 1,000%", ["1000"], id="commas"),
        pytest.param("9,000 carers", [], id="none"),
    ],
)
def test_every_percentage_in_a_quotation_is_found(words: str, found: list[str]) -> None:
    """Each percentage that a quotation prints is found, and counts are not."""
    assert percentages_in(words) == [Decimal(one) for one in found]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("over 500 keepers", [("", "over 500")]),
        ("will cover 500 keepers", [("", "500")]),
        ("1.5 million children, up to 1,000 a year", [("", "1.5 million"), ("", "up to 1,000")]),
        ("a rise of up to 12% or 9 per cent", [("%", "up to 12%"), ("%", "9 per cent")]),
        ("£200m over 2 years", [("£", "£200m"), ("", "2")]),
        ("less than 500 of those under 25", [("", "less than 500"), ("", "under 25")]),
        ("more than £824.1m for 12 piers", [("£", "more than £824.1m"), ("", "12")]),
        ("£5% is nothing, 10 to 12 is", [("", "10"), ("", "12")]),
        ("2011/12 8.21 -5.2%", [("", "2011"), ("", "12"), ("", "8.21"), ("%", "-5.2%")]),
        ("+0.0%, then 10-12%", [("%", "+0.0%"), ("", "10"), ("%", "12%")]),
        ("no number at all", []),
    ],
)
def test_every_number_in_a_quotation_is_found(words: str, found: list[tuple[str, str]]) -> None:
    """Each number that a quotation prints is found, with its unit and its qualifying word."""
    assert [(one.unit, one.amount.text) for one in quantities_in(words)] == found


@pytest.mark.parametrize(
    ("pounds", "parts", "shares"),
    [
        pytest.param("10", 3, ["3.34", "3.33", "3.33"], id="one odd penny"),
        pytest.param("0.05", 3, ["0.02", "0.02", "0.01"], id="two odd pennies"),
        pytest.param("100.01", 2, ["50.01", "50.00"], id="halves"),
        pytest.param("237000000", 3, ["79000000"] * 3, id="237m is 79 a year"),
        pytest.param("45", 1, ["45"], id="one part"),
        pytest.param("0", 2, ["0", "0"], id="nothing"),
    ],
)
def test_a_split_is_in_pence_with_odd_pennies_first(
    pounds: str, parts: int, shares: list[str]
) -> None:
    """Even shares in pence, the odd pennies to the earliest years."""
    assert split(Decimal(pounds), parts) == [Decimal(share) for share in shares]


@pytest.mark.parametrize(
    ("pounds", "weights", "shares"),
    [
        ("10", ["1"], ["10"]),
        ("10", ["1", "1"], ["5", "5"]),
        ("10", ["1", "3"], ["2.50", "7.50"]),
        ("10", ["3", "1"], ["7.50", "2.50"]),
        ("10", ["1", "1", "1"], ["3.34", "3.33", "3.33"]),
        ("0.05", ["2", "1", "0"], ["0.04", "0.01", "0"]),
        ("1.005", ["1", "1"], ["0.505", "0.50"]),
    ],
)
def test_a_split_in_proportion_is_in_pence(
    pounds: str, weights: list[str], shares: list[str]
) -> None:
    """Each part has its share down to the penny; what that leaves goes to the first."""
    told = in_proportion(Decimal(pounds), [Decimal(weight) for weight in weights])
    assert told == [Decimal(share) for share in shares]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("one region", 1),
        ("two areas", 2),
        ("Twelve areas", 12),
        ("nineteen", 19),
        ("twenty", 20),
        ("thirty councils", 30),
        ("forty", 40),
        ("Fifty", 50),
        ("ninety of them", 90),
    ],
)
def test_numbers_that_are_spelt_out(words: str, number: int) -> None:
    """Small numbers in words are read as their digits would be, however they begin."""
    assert [one.amount.stated for one in quantities_in(words)] == [number]


def test_only_percentages_are_percentages() -> None:
    """Of several numbers in a quotation, those of pounds and of things are no percentages."""
    assert percentages_in("up 5% to £3m for 12 areas") == [Decimal(5)]


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("0.5", 1), ("1.5", 2), ("2.5", 3), ("2.49", 2), ("2.51", 3), ("7", 7)],
)
def test_pounds_round_halves_up(value: str, rounded: int) -> None:
    """Half a pound is rounded up, to even and odd alike."""
    assert round_pounds(Decimal(value)) == rounded


@pytest.mark.parametrize(
    ("low", "high", "qualifier"),
    [
        pytest.param("200", "200", EXACT, id="equal bounds"),
        pytest.param("45", None, AT_LEAST, id="no high"),
        pytest.param("0", None, AT_LEAST, id="no bound at all"),
        pytest.param("0", "89", UP_TO, id="a low of nought"),
        pytest.param("45", "134", RANGE, id="two bounds"),
        pytest.param("0", "0", EXACT, id="nothing"),
    ],
)
def test_the_words_of_a_sum_follow_its_bounds(
    low: str, high: str | None, qualifier: Qualifier
) -> None:
    """Equal is exact, no high at least, low nought up to, otherwise a range."""
    one = Sum(Decimal(low), Decimal(low), None if high is None else Decimal(high))
    assert one.qualifier is qualifier


def test_a_documents_own_word_names_its_qualifier() -> None:
    """A sum that is one document's figure keeps the qualifier of the document's word."""
    about = Sum(Decimal(300), Decimal(250), Decimal(350), "around")
    assert about.qualifier is ABOUT
    assert (about + Sum()).qualifier is RANGE


def test_sums_add_figure_by_figure_and_no_high_stays_none() -> None:
    """A sum with one part that has no ceiling has none itself; nothing adds to nothing."""
    exact, floor = Sum(Decimal(9), Decimal(9), Decimal(9)), Sum(Decimal(45), Decimal(45), None)
    assert total([exact, exact]) == Sum(Decimal(18), Decimal(18), Decimal(18))
    assert total([exact, floor]) == Sum(Decimal(54), Decimal(54), None)
    assert total([]) == Sum()


def test_figures_keep_every_digit() -> None:
    """Fifteen digits are read as they are; a sixteenth could be lost in arithmetic, so is not."""
    assert parse_amount("£1,234,567,890,123.45").stated == Decimal("1234567890123.45")
    assert parse_quantity("1.00000000000001").amount.stated == Decimal("1.00000000000001")
    with pytest.raises(ValueError, match="is not a number"):
        parse_quantity("1.000000000000001")


def test_about_nothing_is_within_half_a_pound() -> None:
    """The last digit of £0 is the pound itself."""
    assert parse_amount("about £0").high == Decimal("0.5")


def test_what_is_less_than_a_penny_goes_to_the_first_part() -> None:
    """A split loses nothing, not even of a sum in real terms."""
    assert split(Decimal("1.005"), 2) == [Decimal("0.505"), Decimal("0.50")]


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (parse_amount("£5m"), "stated"),
        (parse_amount("£5m").figure, "value"),
        (parse_quantity("5%"), "unit"),
        (Sum(), "stated"),
    ],
)
def test_values_cannot_be_changed(value: Any, field: str) -> None:
    """An amount that is shared by many answers stays what it is, and takes no other field."""
    with pytest.raises(AttributeError):
        setattr(value, field, None)
    assert not hasattr(value, "__dict__")


@pytest.mark.parametrize(
    ("before", "now", "least", "most"),
    [
        ("£8.31bn", "£8.51bn", "2.285", "2.529"),  # printed as 2.5%, and 2.4% by these
        ("£10.03bn", "£10.03bn", "-0.100", "0.100"),
        ("£8.66bn", "£8.21bn", "-5.309", "-5.084"),
        ("£0", "£1", "0.000", "200.000"),
    ],
)
def test_a_change_has_the_bounds_that_rounding_leaves(
    before: str, now: str, least: str, most: str
) -> None:
    """What was worked out before rounding lies between the two, and may be either."""
    bounds = change_between(parse_amount(before), parse_amount(now))
    assert [f"{one:.3f}" for one in bounds] == [least, most]


# Every range of nought to three pounds, and those without a high, which stand for up to MANY.
MANY = 20


def _range(low: int, high: int | None) -> Range:
    return Range(Decimal(low), None if high is None else Decimal(high))


RANGES = [
    _range(low, high)
    for low, high in product(range(4), (0, 1, 2, 3, None))
    if high is None or low <= high
]


def _pounds(bounds: Range) -> range:
    return range(int(bounds.low), (MANY if bounds.high is None else int(bounds.high)) + 1)


def test_ranges_hold_what_their_pounds_can_come_to() -> None:
    """Each pound of one is put beside each of the other; no money is less than nought."""
    for one, other in product(RANGES, RANGES):
        pairs = list(product(_pounds(one), _pounds(other)))
        sums, gaps = [a + b for a, b in pairs], [a - b for a, b in pairs]
        open_ = one.high is None or other.high is None
        assert one.plus(other) == _range(min(sums), None if open_ else max(sums)), (one, other)
        most = None if one.high is None else max(0, *gaps)
        assert one.without(other) == _range(max(0, min(gaps)), most), (one, other)
        less = one.around(one.low).less(other.around(other.low))
        least = None if other.high is None else min(gaps)
        assert (less.low, less.high) == (least, None if one.high is None else max(gaps)), (
            one,
            other,
        )


def test_ranges_meet_where_they_have_a_pound_in_common() -> None:
    """Where they have none, the end that is nearest to the other is what is left of the first."""
    for one, other in product(RANGES, RANGES):
        common = {*_pounds(one)} & {*_pounds(other)}
        assert one.meets(other) is bool(common), (one, other)
        both = one.meeting(other)
        if common:
            open_ = one.high is None and other.high is None
            assert both == _range(min(common), None if open_ else max(common)), (one, other)
        else:
            nearest = one.low if one.low > other.low else one.high
            assert (both.low, both.high) == (nearest, nearest), (one, other)


def test_the_nearest_of_a_range_is_in_it() -> None:
    for one, pounds in product(RANGES, range(5)):
        nearest = min(_pounds(one), key=lambda held: abs(held - pounds))
        assert one.nearest(Decimal(pounds)) == nearest, (one, pounds)
        held = one.holding(Decimal(pounds))
        assert held.stated == pounds
        assert held.low == min(pounds, one.low), (one, pounds)
        assert held.high == (None if one.high is None else max(pounds, one.high)), (one, pounds)
