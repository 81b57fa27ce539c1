"""The questions that take a dataset and a day, asked of the record of a day.

Each goes once the question itself takes the record.
"""
# ruff: noqa: PLC0415, SLF001

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reformcalc.known import Known
    from reformcalc.queries.comparison.verdicts import CompareRow
    from reformcalc.queries.over_years import YearRow
    from reformcalc.queries.sensitivity import ChoiceRow
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
