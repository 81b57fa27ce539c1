"""`reformcalc schema`."""

from __future__ import annotations

from reformcalc.cli.commands import command
from reformcalc.cli.output import emit


@command(epilog="Example: reformcalc schema > schema.json")
def schema() -> None:
    """The format as a JSON Schema, which editors check against."""
    import json

    from reformcalc.record.schema import schema as build

    emit(json.dumps(build(), ensure_ascii=False, indent=2) + "\n")
