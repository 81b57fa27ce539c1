"""The command line: one module per command, `app` for what they share.

To add a command: write its module, and name it here.
"""

from reformcalc.cli import compare, deadlines, entries, rule, show, totals, validate
from reformcalc.cli.app import main

__all__ = ["compare", "deadlines", "entries", "main", "rule", "show", "totals", "validate"]
