"""`reformcalc conflicts`."""

from __future__ import annotations

from reformcalc.cli.ask import Asked, asking
from reformcalc.cli.commands import command


@command(
    epilog="Examples: reformcalc conflicts · reformcalc conflicts --topic fostering"
    " · reformcalc conflicts --as-of 2023-06-20 --format markdown"
)
@asking("pillar", "topic", "lead", "as_of", "data", "output")
def conflicts(asked: Asked) -> None:
    """Where sources differ: who says what, which is used, and why."""
    from reformcalc.answers.lookup.conflicts import conflicts as query

    asked.answer(lambda: query(asked.record, asked.chosen))
