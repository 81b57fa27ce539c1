"""The questions that take a dataset and a day, asked of the record of a day.

Each goes once the question itself takes the record.
"""
# ruff: noqa: PLC0415, SLF001

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reformcalc.known import Known
    from reformcalc.model import Milestone
    from reformcalc.queries.comparison.verdicts import CompareRow
    from reformcalc.queries.deadlines import DeadlineRow
    from reformcalc.queries.over_years import YearRow
    from reformcalc.queries.sensitivity import ChoiceRow
    from reformcalc.queries.story import Step
    from reformcalc.report import Report


def compare(record: Known) -> Report[CompareRow]:
    from reformcalc.queries import compare as query

    return query.compare(record._dataset, as_of=record.as_of)


def sensitivity(record: Known) -> Report[ChoiceRow]:
    from reformcalc.queries import sensitivity as query

    return query.sensitivity(record._dataset, as_of=record.as_of)


def over_years(record: Known) -> Report[YearRow]:
    from reformcalc.queries import over_years as query

    return query.over_years(record._dataset, as_of=record.as_of)


def deadlines(record: Known, **asked: Any) -> Report[DeadlineRow]:
    from reformcalc.queries import deadlines as query

    return query.deadlines(record._dataset, as_of=record.as_of, **asked)


def slipped(record: Known, **asked: Any) -> Report[DeadlineRow]:
    from reformcalc.queries import deadlines as query

    return query.slipped(record._dataset, as_of=record.as_of, **asked)


def story(record: Known, milestone: Milestone) -> list[Step]:
    from reformcalc.queries import story as query

    return query.story(record._dataset, milestone, record.as_of)
