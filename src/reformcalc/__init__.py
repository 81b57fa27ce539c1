"""A calculator over a cited record of public promises: money, comparisons, deadlines.

from datetime import date
from reformcalc import load, totals

dataset = load("bundled").valid()
report = totals(dataset, as_of=date(2023, 6, 20))
report.total.amount.stated    # Decimal, in pounds
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reformcalc.loading import load
    from reformcalc.queries.common import Chosen
    from reformcalc.queries.compare import compare
    from reformcalc.queries.deadlines import deadlines
    from reformcalc.queries.totals import totals
    from reformcalc.rules import check

__version__ = "0.1.0"
__all__ = ["Chosen", "__version__", "check", "compare", "deadlines", "load", "totals"]

_HOMES = {
    "Chosen": "reformcalc.queries.common",
    "check": "reformcalc.rules",
    "compare": "reformcalc.queries.compare",
    "deadlines": "reformcalc.queries.deadlines",
    "load": "reformcalc.loading",
    "totals": "reformcalc.queries.totals",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: `--help` should not wait for the model."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(_HOMES[name]), name)
