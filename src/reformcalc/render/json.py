"""Reports as JSON: the contract with programs, version 2.

The rows are flat; see `reformcalc.rows`. None is written null and means unknown or no bound.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from reformcalc.printable import UNPRINTABLE
from reformcalc.rows import flat

if TYPE_CHECKING:
    from reformcalc.report import Report

SCHEMA = 2


def render_json(report: Report[Any]) -> str:
    """Return a report as indented JSON."""
    answer: dict[str, Any] = {
        "schema": SCHEMA,
        "report": report.name,
        "as_of": report.as_of.isoformat(),
    }
    if report.dataset is not None:
        answer["dataset"] = asdict(report.dataset)
    if report.settings is not None:
        answer["settings"] = report.settings._asdict()
    answer |= {"headline": report.headline, "rows": report.to_dicts()}
    if report.total is not None:
        answer["total"] = flat(report.total)
    answer["notes"] = list(report.sentences)
    return json_text(answer)


def json_text(value: Any) -> str:
    """Write a value as indented JSON, with escapes for what a terminal would obey."""
    text = json.dumps(value, default=date.isoformat, ensure_ascii=False, indent=2)
    return UNPRINTABLE.sub(lambda found: json.dumps(found[0])[1:-1], text) + "\n"
