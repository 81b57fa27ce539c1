"""The package as a library: what it gives is typed, and turns into rows."""

from __future__ import annotations

from datetime import date
from typing import assert_type

import reformcalc
from reformcalc.answers.comparison.verdict import CompareRow
from reformcalc.answers.deadlines.rows import DeadlineRow
from reformcalc.answers.question import TotalsRow
from reformcalc.findings import Finding
from reformcalc.report import Report
from tests.conftest import TINY
from tests.unit.builders import ask, comparing, dates_of

DAY = date(2031, 6, 30)
DATASET = reformcalc.load(TINY).valid()


def test_results_are_typed() -> None:
    """A type checker knows what each question gives; mypy reads these lines."""
    assert_type(list(reformcalc.check(DATASET)), list[Finding])
    assert_type(reformcalc.totals(ask(DATASET, DAY)), Report[TotalsRow])
    assert_type(reformcalc.compare(comparing(DATASET, DAY)), Report[CompareRow])
    assert_type(reformcalc.deadlines(dates_of(DATASET, DAY)), Report[DeadlineRow])


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
