"""No input is slow for its size: eight times as much takes about eight times as long.

What grew with the square took 64 times as long, and is far from the bound.
"""

from __future__ import annotations

from datetime import date, timedelta
from time import process_time
from typing import TYPE_CHECKING, Any

import pytest

from reformcalc.answers.comparison.compare import compare
from reformcalc.answers.deadlines.answers import deadlines
from reformcalc.answers.totals.screen import TotalsScreen
from reformcalc.answers.totals.totals import totals
from reformcalc.reading import quotations
from reformcalc.reading.source import parse
from reformcalc.rules import check
from reformcalc.values.due import parse_due
from reformcalc.values.money import amounts_in, parse_amount, quantities_in
from reformcalc.values.years import parse_years
from tests.unit import builders
from tests.unit.builders import dates_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from reformcalc.record.model import Dataset

TIMES = 8
BOUND = 28  # between 8 and 64, whatever else the machine does


def _refused(read: Callable[[str], object]) -> Callable[[str], object]:
    def refuse(text: str) -> None:
        with pytest.raises(ValueError, match=r"."):
            read(text)

    return refuse


def _seconds(work: Callable[[], object]) -> float:
    """Return what a work takes of the processor."""
    start = process_time()
    work()
    return process_time() - start


def _grows_evenly(some: Callable[[], object], more: Callable[[], object]) -> bool:
    """Whether more of a work takes no longer than it should beside some of it.

    A busy machine may make it seem so: what seems slow is looked at twice again.
    """
    bound = BOUND * max(0.001, *(_seconds(some) for _ in range(3)))
    return any(_seconds(more) < bound for _ in range(3))


def _nearest(text: str) -> tuple[int, str]:
    return quotations.read(text).nearest("nothing like that")


@pytest.mark.parametrize(
    ("work", "unit", "number"),
    [
        pytest.param(_refused(parse_amount), "£1 to ", 4000, id="an amount of many sums"),
        pytest.param(_refused(parse_amount), "£ - ", 3000, id="an amount of many signs"),
        pytest.param(_refused(parse_amount), "between ", 3000, id="an amount of many words"),
        pytest.param(amounts_in.__wrapped__, "£1/", 10_000, id="sums of a quotation"),
        pytest.param(amounts_in.__wrapped__, "£2m less than £9m ", 300, id="sums compared"),
        pytest.param(quantities_in.__wrapped__, "2 over 3% ", 200, id="numbers of a quotation"),
        pytest.param(quantities_in.__wrapped__, "1,111", 500, id="one long number"),
        pytest.param(
            lambda text: _refused(parse_years)(f"2023-24{text}x"), " ", 3000, id="years far apart"
        ),
        pytest.param(_refused(parse_due), "the of ", 3000, id="a date of many words"),
        pytest.param(parse, "-", 3000, id="dashes"),
        pytest.param(lambda text: parse(f"{text}\u200b"), "-", 3000, id="dashes in an indent"),
        pytest.param(parse, "# -a-\u0300\n", 1000, id="comments with marks"),
        pytest.param(quotations.read, "[", 3000, id="brackets"),
        pytest.param(quotations.read, "[a](", 2000, id="links that do not end"),
        pytest.param(quotations.read, "[a](b()", 2000, id="links of links"),
        pytest.param(quotations.read, "<sup>1", 2000, id="footnotes that do not end"),
        pytest.param(lambda text: quotations.read(f"{text}x\n{text}x"), " ", 3000, id="spaces"),
        pytest.param(_nearest, "nothing like those ", 500, id="a passage that comes again"),
    ],
)
def test_work_grows_with_the_input(work: Callable[[str], object], unit: str, number: int) -> None:
    """Eight times the text takes less than 28 times the work."""
    assert _grows_evenly(lambda: work(unit * number), lambda: work(unit * number * TIMES))


def test_each_figure_of_an_entry_is_looked_up_once() -> None:
    """However many figures an entry states, its claims are read once: no revision reads them all.

    So it is where no claim says them, and where they stand in no order.
    """

    def revised(number: int) -> Callable[[], object]:
        day = date(2000, 1, 1)
        amount = [
            {
                "from": str(day + timedelta(days=place % (number // 2))),
                "is": f"£{place + 1}m",
                "claims": [{"source": "paper", "at": "page", "says": f"£{place + place % 2}m"}],
            }
            for place in range(number)
        ]
        record = builders.record({"sum": builders.commitment(amount)})
        return lambda: check(record)

    assert _grows_evenly(revised(100), revised(800))


def test_members_are_followed_once() -> None:
    """Whose duties fall to a body is found in one walk over the bodies, however deep they lie."""

    def chain(length: int) -> Callable[[], object]:
        bodies = {"dfe": {"title": "The Department"}} | {
            f"b{place}": {"title": "B", "member_of": [f"b{place - 1}"] if place else []}
            for place in range(length)
        }
        record = builders.record({}, bodies=bodies)
        return lambda: deadlines(dates_of(record, builders.TODAY, acts=("b0",)))

    assert _grows_evenly(chain(500), chain(4_000))


def _nested(levels: int, amount: str, **fields: Any) -> Dataset:
    """Make a record of envelopes in one another, of as many pounds as there are inside each."""
    entries = {
        f"c{level:05}": builders.commitment(
            f"{amount}{levels - level}m",
            part_of=f"c{level - 1:05}" if level else None,
            years="2023-24..2024-25",
            **fields,
        )
        for level in range(levels)
    }
    claims = [{"source": "paper", "at": "page 1", "says": "an ask"}]
    ask = {"title": "An ask", "by": "dfe", "announced": "2023-02-02", "claims": claims}
    asks = {"ask": {**ask, "amount": "£5bn", "asks_for": "new"}}
    return builders.record(entries, benchmarks=asks)


@pytest.mark.parametrize(
    ("amount", "fields"),
    [
        pytest.param("£", {}, id="sums of one size"),
        pytest.param("over £", {}, id="sums of open size"),
        pytest.param("over £", {"existing": "up to £1m"}, id="told to be old in part"),
    ],
)
@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda one: totals(builders.ask(one, builders.TODAY)), id="totals"),
        pytest.param(
            lambda one: totals(builders.ask(one, builders.TODAY, new="announced")), id="new"
        ),
        pytest.param(
            lambda one: compare(builders.comparing(one, builders.TODAY, "ask")), id="compare"
        ),
        pytest.param(
            lambda one: TotalsScreen(builders.ask(one, builders.TODAY), every=True).screen(),
            id="screen",
        ),
    ],
)
def test_rows_of_a_deep_record_take_no_walk_each(
    ask: Callable[[Dataset], object], amount: str, fields: dict[str, str]
) -> None:
    """Eight times as many envelopes in each other take less than 28 times the work."""

    some, more = (_nested(levels, amount, **fields) for levels in (60, 480))
    assert _grows_evenly(lambda: ask(some), lambda: ask(more))
