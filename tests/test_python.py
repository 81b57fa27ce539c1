"""The package as a library: what it gives is typed, and turns into rows."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, assert_type, get_args, get_origin

import polars as pl
import pytest

import reformcalc
from docs import generate
from reformcalc.answers.comparison.bases import BASES
from reformcalc.answers.comparison.verdict import BasisId, CompareRow
from reformcalc.answers.deadlines.rows import DeadlineRow
from reformcalc.answers.deadlines.since import Changes
from reformcalc.answers.question import TotalsRow
from reformcalc.answers.totals.groupings import GROUPINGS, Grouping
from reformcalc.errors import NotADay, ReformcalcError
from reformcalc.findings import Finding
from reformcalc.ledger.measure import NEW, NewMoney
from reformcalc.ledger.milestones import State, StateWord
from reformcalc.report import Report
from tests.conftest import PROJECT, TINY
from tests.unit.builders import ask, comparing, dates_of

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = date(2031, 6, 30)
DATASET = reformcalc.load(TINY).valid()


def test_results_are_typed() -> None:
    """A type checker knows what each question gives; mypy reads these lines."""
    assert_type(list(reformcalc.check(DATASET)), list[Finding])
    assert_type(reformcalc.totals(ask(DATASET, DAY)), Report[TotalsRow])
    assert_type(reformcalc.compare(comparing(DATASET, DAY)), Report[CompareRow])
    assert_type(reformcalc.deadlines(dates_of(DATASET, DAY)), Report[DeadlineRow])


def test_tab_shows_what_there_is() -> None:
    """Names are offered before any is imported: an interpreter asks for them with `dir`."""
    asked = "import reformcalc, sys; print(*dir(reformcalc)); print('pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    names, loaded = done.stdout.splitlines()
    assert names.split() == sorted(reformcalc.__all__)
    assert loaded == "False"


def test_words_that_an_editor_offers_are_those_there_are() -> None:
    """The types of words name each grouping, basis, state and kind of new money, in order."""
    assert get_args(Grouping) == tuple(GROUPINGS)
    assert get_args(BasisId) == tuple(BASES)
    assert get_args(StateWord) == tuple(State)
    assert get_args(NewMoney) == NEW


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("2023-06-20", "as_of is a day, and this is text: '2023-06-20'; write date(2023, 6, 20)"),
        ("June 2023", "as_of is a day, and this is text: 'June 2023'; write date(2026, 11, 30), "),
        (datetime(2023, 6, 20, tzinfo=UTC), "write .date() after it"),
        (
            2023,
            "as_of is a day, and this is of type int: 2023; write date(",
        ),
    ],
)
def test_what_is_no_day_is_refused_where_it_is_given(value: Any, says: str) -> None:
    """Text, a year, or a day with an hour is refused with what to write, not compared later."""
    with pytest.raises(NotADay) as refused:
        reformcalc.Known(DATASET, value)
    assert says in str(refused.value)
    assert isinstance(refused.value, (ReformcalcError, TypeError))
    with pytest.raises(NotADay, match="announced_after is a day"):
        reformcalc.Chosen(announced_after=value)
    with pytest.raises(NotADay, match="since is a day"):
        Changes(dates_of(DATASET, DAY), value)


def _reports() -> Iterator[Report[Any]]:
    """Yield answers of two records and days, some of them without a row."""
    for dataset in (DATASET, reformcalc.load("bundled").valid()):
        for day in (date(2000, 1, 1), date(2023, 6, 20), date(2026, 11, 30), DAY):
            yield reformcalc.totals(ask(dataset, day))
            yield reformcalc.totals(ask(dataset, day), "year")
            yield reformcalc.deadlines(dates_of(dataset, day), tuple(State))
            with suppress(ReformcalcError):
                yield reformcalc.compare(comparing(dataset, day))


def test_each_value_is_of_the_type_of_its_column() -> None:
    """What `types` says of a key holds of each of its values, whichever the answer and the day."""
    for report in _reports():
        types = report.types
        for row in report.to_dicts():
            assert list(row) == list(types)
            for key, value in row.items():
                kind = get_origin(types[key]) or types[key]
                assert value is None or type(value) is kind, (key, value)


def test_the_frames_of_two_days_are_one() -> None:
    """A column keeps its type where nothing stands in it, so frames fit together."""
    frames = [
        pl.DataFrame(report.to_dicts(), report.types)
        for day in (date(2000, 1, 1), date(2031, 2, 1), DAY)
        for report in [reformcalc.deadlines(dates_of(DATASET, day))]
    ]
    assert frames[0].is_empty()
    both = pl.concat(frames)
    assert both.schema["days_late_low"] == pl.Int64
    assert both.schema["latest"] == pl.Date
    assert both.schema["lead"] == pl.List(pl.String)
    assert len(both) == sum(map(len, frames))


def test_the_page_on_python_runs() -> None:
    """Every example of docs/python.md runs, one after the other, and prints what stands there."""
    page = (PROJECT / "docs" / "python.md").read_text(encoding="utf-8")
    assert generate.worked(page) == page
    assert (
        page.count("```python\n")
        == page.count("```text\n")
        == len(generate.PYTHON_EXAMPLE.findall(page))
    )


def test_rows_are_plain_values() -> None:
    """Rows for a data frame hold text, numbers, days and lists, and no type of ours."""
    (sum_,) = [
        row for row in reformcalc.totals(ask(DATASET, DAY)).to_dicts() if row["id"] == "quay-plan"
    ]
    assert sum_["amount_gbp"] == 30_000_000
    assert sum_["qualifier"] == "at-least"
    (step,) = [
        row
        for row in reformcalc.deadlines(dates_of(DATASET, DAY)).to_dicts()
        if row["id"] == "walls-report"
    ]
    assert (step["latest"], step["lead"]) == (DAY, ["port-councils"])
    shares = [
        row["share_percent"] for row in reformcalc.compare(comparing(DATASET, DAY)).to_dicts()
    ]
    assert 56.8 in shares
    plain = (str, int, float, bool, date, list, type(None))
    for report in (
        reformcalc.totals(ask(DATASET, DAY)),
        reformcalc.compare(comparing(DATASET, DAY)),
        reformcalc.deadlines(dates_of(DATASET, DAY)),
    ):
        assert {type(value) for row in report.to_dicts() for value in row.values()} <= {*plain}
