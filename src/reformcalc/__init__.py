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
    from reformcalc.answers.chosen import Chosen
    from reformcalc.answers.comparison.compare import compare
    from reformcalc.answers.comparison.comparison import Comparison
    from reformcalc.answers.deadlines.answers import deadlines
    from reformcalc.answers.deadlines.dates import Dates
    from reformcalc.answers.question import Question
    from reformcalc.answers.totals.totals import totals
    from reformcalc.ledger.known import Known
    from reformcalc.ledger.measure import Measure
    from reformcalc.reading.load import load
    from reformcalc.rules import check

__version__ = "0.2.0"
__all__ = [
    "Chosen",
    "Comparison",
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
    "Chosen": "reformcalc.answers.chosen",
    "Dates": "reformcalc.answers.deadlines.dates",
    "Comparison": "reformcalc.answers.comparison.comparison",
    "Known": "reformcalc.ledger.known",
    "Measure": "reformcalc.ledger.measure",
    "Question": "reformcalc.answers.question",
    "check": "reformcalc.rules",
    "deadlines": "reformcalc.answers.deadlines.answers",
    "compare": "reformcalc.answers.comparison.compare",
    "load": "reformcalc.reading.load",
    "totals": "reformcalc.answers.totals.totals",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: `--help` should not wait for the model."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """Name what there is, for those who look for it with Tab, before any of it is imported."""
    return sorted(__all__)
