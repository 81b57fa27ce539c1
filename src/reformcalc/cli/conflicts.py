"""`reformcalc conflicts`."""

from __future__ import annotations

from reformcalc.cli.app import (
    AsOf,
    Data,
    FormatOption,
    Lead,
    Pillar,
    Topic,
    answer,
    choose,
    day,
)
from reformcalc.cli.commands import command
from reformcalc.render import Format


@command(
    epilog="Examples: reformcalc conflicts · reformcalc conflicts --topic fostering"
    " · reformcalc conflicts --as-of 2023-06-20 --format markdown"
)
def conflicts(
    pillar: Pillar = None,
    topic: Topic = None,
    lead: Lead = None,
    as_of: AsOf = None,
    data: Data = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Where sources differ: who says what, which is used, and why."""
    from reformcalc.queries import conflicts as query

    today = day(as_of)
    chosen = choose(pillar, topic, lead)
    answer(data, format_, lambda dataset: query.conflicts(dataset, as_of=today, chosen=chosen))
