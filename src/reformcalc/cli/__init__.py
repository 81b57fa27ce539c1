"""The command line: one module per command, `app` for what they share, `commands` for them all.

To add a command: write its module, name it here, and put it in a group of `commands`.
"""

from reformcalc.cli import (
    compare,
    conflicts,
    council,
    deadlines,
    diff,
    entries,
    export,
    find,
    new,
    recommendations,
    report,
    rule,
    schema,
    show,
    site,
    sources,
    totals,
    validate,
)
from reformcalc.cli.app import main

__all__ = [
    "compare",
    "conflicts",
    "council",
    "deadlines",
    "diff",
    "entries",
    "export",
    "find",
    "main",
    "new",
    "recommendations",
    "report",
    "rule",
    "schema",
    "show",
    "site",
    "sources",
    "totals",
    "validate",
]
