"""A calculator over a cited record of public promises: money, comparisons, deadlines.

from datetime import date
from reformcalc import Known, Question, load, totals

record = Known(load("bundled").valid(), date(2023, 6, 20))
report = totals(Question(record))
report.total.amount.stated    # Decimal, in pounds
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reformcalc.known import Known
    from reformcalc.loading import load
    from reformcalc.queries.common import Chosen
    from reformcalc.queries.compare import compare
    from reformcalc.queries.deadlines.answers import deadlines
    from reformcalc.queries.deadlines.dates import Dates
    from reformcalc.queries.measure import Measure
    from reformcalc.queries.question import Question
    from reformcalc.queries.totals import totals
    from reformcalc.rules import check

__version__ = "0.1.0"
__all__ = [
    "Chosen",
    "Dates",
    "Known",
    "Measure",
    "Question",
    "__version__",
    "check",
    "compare",
    "deadlines",
    "load",
    "totals",
]

_HOMES = {
    "Chosen": "reformcalc.queries.common",
    "Dates": "reformcalc.queries.deadlines.dates",
    "Known": "reformcalc.known",
    "Measure": "reformcalc.queries.measure",
    "Question": "reformcalc.queries.question",
    "check": "reformcalc.rules",
    "compare": "reformcalc.queries.compare",
    "deadlines": "reformcalc.queries.deadlines.answers",
    "load": "reformcalc.loading",
    "totals": "reformcalc.queries.totals",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: `--help` should not wait for the model."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(_HOMES[name]), name)
