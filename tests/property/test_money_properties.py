"""What must hold of every amount, sum and split."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from reformcalc.values.money import (
    Sum,
    amounts_in,
    parse_amount,
    parse_quantity,
    percentages_in,
    quantities_in,
    round_pounds,
    split,
    total,
)
from reformcalc.words import MoneyWriter, pounds
from tests.conftest import tries

if TYPE_CHECKING:
    from collections.abc import Callable

few = tries(15)

WORDS = (
    "", "over ", "more than ", "at least ", "a minimum of ", "up to ", "worth up to ",
    "no more than ", "not more than ", "not over ", "a maximum of ", "less than ", "under ",
    "below ", "no less than ", "not less than ", "not under ", "not below ", "about ", "around ",
    "roughly ", "approximately ", "close to ", "nearly ", "almost ",
)  # fmt: skip
SCALES = {"": 1, "k": 10**3, " thousand": 10**3, "m": 10**6, "mn": 10**6, " million": 10**6,
          "bn": 10**9, " billion": 10**9}  # fmt: skip

numbers = st.decimals(0, 9999, places=2)
pence = st.decimals(0, 10**12, places=2)
# Text made of the parts of amounts comes nearer to one than random characters do.
PIECES = (
    "£", "45", "1,000", "0", ".", "5", "m", "bn", " ", "million", "over", "up to", "to", "%", "-",
    "£25m", "£27m", "per cent", "about", "\n", "٤", "½", "9" * 40,
)  # fmt: skip
nearly_amounts = st.lists(
    st.sampled_from(PIECES),
    max_size=8,
).map("".join)
texts = st.one_of(st.text(max_size=40), nearly_amounts)


@few
@given(numbers, st.sampled_from(sorted(SCALES)), st.sampled_from(WORDS), st.booleans())
def test_a_written_amount_is_read_back(
    number: Decimal,
    scale: str,
    word: str,
    commas: bool,  # noqa: FBT001 - drawn by position
) -> None:
    """Whatever the word, the unit and the commas, the stated figure is the one written."""
    figure = f"{number:,f}" if commas else f"{number:f}"
    amount = parse_amount(f"{word}£{figure}{scale}")
    assert amount.stated == number * SCALES[scale]
    assert amount.word == word.strip()


@few
@given(numbers, st.sampled_from(sorted(SCALES)), st.sampled_from(WORDS))
def test_the_bounds_of_an_amount_contain_its_figure(number: Decimal, scale: str, word: str) -> None:
    """Low, stated and high stand in that order, none is negative, and all three are allowed."""
    amount = parse_amount(f"{word}£{number:f}{scale}")
    assert 0 <= amount.low <= amount.stated
    assert amount.high is None or amount.stated <= amount.high
    assert amount.allows(amount.stated)
    assert amount.allows(amount.low)
    assert amount.high is None or amount.allows(amount.high)


@few
@given(numbers, numbers)
def test_a_range_is_read_only_from_low_to_high(one: Decimal, other: Decimal) -> None:
    """A range states its lower figure, and is refused where it does not rise."""
    text = f"£{one:f}m to £{other:f}m"
    if one < other:
        amount = parse_amount(text)
        assert (amount.stated, amount.low) == (one * 10**6, one * 10**6)
        assert amount.high == other * 10**6
    else:
        assert _refused(parse_amount, text)


def _refused(parse: Callable[[str], object], text: str) -> bool:
    """Whether a parser refuses a text with ValueError; any other exception fails the test."""
    try:
        parse(text)
    except ValueError as refusal:
        return bool(str(refusal))
    return False


@tries(40)
@given(texts)
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    """A parser of amounts or quantities returns a value or raises ValueError, nothing else."""
    amount, quantity = _refused(parse_amount, text), _refused(parse_quantity, text)
    if "£" in text:
        assert amount == quantity
    else:
        assert amount


@tries(40)
@given(texts)
def test_any_quotation_can_be_searched(text: str) -> None:
    """Every figure found in a quotation is one in its own right, and is printed there."""
    for amount in amounts_in(text):
        assert parse_amount(amount.text) == amount
        assert amount.text in " ".join(text.split())
    for quantity in quantities_in(text):
        assert parse_quantity(quantity.amount.text) == quantity
        assert quantity.amount.text in " ".join(text.split())
    assert all(one >= 0 for one in percentages_in(text))


@few
@given(numbers, st.sampled_from(sorted(SCALES)), st.sampled_from(WORDS))
def test_an_amount_is_found_in_a_sentence(number: Decimal, scale: str, word: str) -> None:
    """A quotation that prints an amount yields it, with its word."""
    text = f"{word}£{number:f}{scale}"
    (found,) = amounts_in(f"the Government will provide {text}, it says")
    assert found == parse_amount(text)


@few
@given(pence, st.integers(1, 12))
def test_a_split_conserves_its_sum(value: Decimal, parts: int) -> None:
    """The shares add up to the penny, differ by a penny at most, and never rise."""
    shares = split(value, parts)
    assert sum(shares) == value
    assert len(shares) == parts
    assert max(shares) - min(shares) <= Decimal("0.01")
    assert shares == sorted(shares, reverse=True)


@few
@given(st.decimals(-(10**12), 10**12, places=4))
def test_rounding_to_pounds_moves_by_half_a_pound_at_most(value: Decimal) -> None:
    """A rounded sum is the nearest whole pound, and a half is rounded away from nought."""
    rounded = round_pounds(value)
    assert abs(rounded - value) <= Decimal("0.5")
    assert abs(round_pounds(Decimal(rounded) + Decimal("0.5"))) == abs(rounded) + (rounded >= 0)


@few
@given(pence)
def test_written_pounds_lose_nothing(value: Decimal) -> None:
    """What `pounds` writes is read back as the same figure, to the penny."""
    assert parse_amount(pounds(value)).stated == value


@few
@given(
    st.lists(st.integers(0, 10**7), min_size=1, max_size=8), st.sampled_from(["1000", "1", "0.01"])
)
def test_a_column_adds_up_on_paper(numbers: list[int], finest: str) -> None:
    """Figures in thousands, pounds or pence, in one column, add to their total."""
    figures = [one * Decimal(finest) for one in numbers]
    write = MoneyWriter([*figures, sum(figures, Decimal(0))])
    printed = [Decimal(write(one).strip("£m").replace(",", "")) for one in figures]
    whole = Decimal(write(sum(figures, Decimal(0))).strip("£m").replace(",", ""))
    assert sum(printed, Decimal(0)) == whole


@few
@given(st.lists(pence, min_size=1, max_size=8), st.integers(1, 9))
def test_no_money_is_written_as_nothing(figures: list[Decimal], parts: int) -> None:
    """What is at least a penny is never £0, whatever stands beside it, divided or not."""
    column = [one / parts for one in figures]
    write = MoneyWriter(column, divided=parts > 1)
    assert all((write(one) == "£0") == (one < Decimal("0.005")) for one in column)


sums = st.builds(
    lambda low, more, most, bounded: Sum(low + more, low, low + more + most if bounded else None),
    pence, pence, pence, st.booleans(),
)  # fmt: skip


@few
@given(st.lists(sums, max_size=6))
def test_a_total_is_the_same_in_any_order_with_its_bounds_around_it(parts: list[Sum]) -> None:
    """Adding sums is exact, does not depend on their order, and keeps low <= stated <= high."""
    together = total(parts)
    assert together == total(parts[::-1])
    assert together.stated == sum((part.stated for part in parts), Decimal(0))
    assert together.low <= together.stated
    assert together.high is None or together.stated <= together.high
    assert (together.high is None) is any(part.high is None for part in parts)
