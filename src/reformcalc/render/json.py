"""Reports as JSON: the contract with programs, version 1.

Rows are flat. A field that holds money becomes whole pounds under keys ending `_gbp`; None is
written null and means unknown or no bound.
"""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from reformcalc.money import Sum, round_pounds
from reformcalc.printable import UNPRINTABLE

if TYPE_CHECKING:
    from reformcalc.report import Report

SCHEMA = 1
# Fields for people only: what they say is in other fields.
_FOR_PEOPLE = ("when", "remark", "share", "gap")


def render_json(report: Report[Any]) -> str:
    """Return a report as indented JSON."""
    answer: dict[str, Any] = {
        "schema": SCHEMA,
        "report": report.name,
        "as_of": report.as_of.isoformat(),
    }
    if report.dataset is not None:
        answer["dataset"] = flat(report.dataset)
    answer |= {"headline": report.headline, "rows": [flat(row) for row in report.rows]}
    if report.total is not None:
        answer["total"] = flat(report.total)
    answer["notes"] = list(report.notes)
    return json_text(answer)


def json_text(value: Any) -> str:
    """Write a value as indented JSON, with escapes for what a terminal would obey."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return UNPRINTABLE.sub(lambda found: json.dumps(found[0])[1:-1], text) + "\n"


def flat(row: Any) -> dict[str, Any]:
    """Return a row as plain values, money as whole pounds."""
    result: dict[str, Any] = {}
    for one in fields(row):
        value = getattr(row, one.name)
        if isinstance(value, Sum):
            result |= _money(one.name, value)
        elif one.name not in _FOR_PEOPLE:
            result[one.name] = _plain(value)
    return result


def _money(name: str, value: Sum) -> dict[str, Any]:
    prefix = "" if name == "amount" else f"{name}_"
    return {
        f"{name}_gbp": round_pounds(value.stated),
        f"{prefix}low_gbp": round_pounds(value.low),
        f"{prefix}high_gbp": None if value.high is None else round_pounds(value.high),
        f"{prefix}qualifier": value.qualifier.value,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
