"""The options that many commands share, given to each as one value: what was asked.

    @command(epilog="Example: ...")
    @asking("pillar", "as_of", "data", "format")
    def conflicts(*, asked: Asked) -> None:
        asked.answer(query(asked.record, asked.chosen))

The options stand where `asked` stands among the command's own.
"""

from __future__ import annotations

import inspect
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from reformcalc.cli import app, options
from reformcalc.render import Format

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from reformcalc.known import Known
    from reformcalc.loading import Loaded
    from reformcalc.queries.common import Chosen
    from reformcalc.report import Report
    from reformcalc.years import FinancialYear

    Function = Callable[..., None]


class _Option(NamedTuple):
    annotation: Any
    default: Any = None


_SHARED = {
    "prices": _Option(options.Prices),
    "deflators": _Option(options.DeflatorsFile),
    "pillar": _Option(options.Pillar),
    "topic": _Option(options.Topic),
    "lead": _Option(options.Lead),
    "as_of": _Option(options.AsOf),
    "data": _Option(options.Data),
    "format": _Option(options.FormatOption, Format.TABLE),
}


def asking(*names: str) -> Callable[[Function], Function]:
    """Give a command the named options, in this order, and hand it one `asked` for them all."""
    shared = [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
        )
        for name, (annotation, default) in ((name, _SHARED[name]) for name in names)
    ]

    def give(function: Function) -> Function:
        def command(**given: Any) -> None:
            asked = Asked({name: given.pop(name) for name in names})
            function(asked=asked, **given)

        command.__name__, command.__doc__ = function.__name__, function.__doc__
        parameters: list[inspect.Parameter] = []
        for own in inspect.signature(function, eval_str=True).parameters.values():
            # Typer passes each by its name, so that the order is only that of the help.
            named = own.replace(kind=inspect.Parameter.KEYWORD_ONLY)
            parameters += shared if own.name == "asked" else [named]
        command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        return command

    return give


class Asked:
    """What the shared options say, each read when it is first asked for."""

    def __init__(self, given: dict[str, Any]) -> None:
        """Keep the options as they were typed."""
        self._given = given

    @cached_property
    def day(self) -> date:
        """The day to answer for."""
        return app.day(self._given["as_of"])

    @cached_property
    def loaded(self) -> Loaded:
        """The dataset that was named, with what is known of its files."""
        return app.read(self._given["data"], self._given.get("deflators"))

    @cached_property
    def record(self) -> Known:
        """The record as known on the day. Raises DatasetInvalid."""
        from reformcalc.known import Known

        day = self.day  # first: what is wrong with it should not wait for a large file
        return Known(self.loaded.valid(), day)

    @cached_property
    def chosen(self) -> Chosen:
        """What the question is limited to."""
        from reformcalc.queries.common import Chosen

        pillars, topics, leads = (
            app.once(self._given[name]) for name in ("pillar", "topic", "lead")
        )
        return Chosen(pillars, topics, leads)

    @property
    def prices(self) -> FinancialYear | None:
        """The year in whose prices to answer; None for cash."""
        return app.price_year(self._given["prices"])

    @property
    def format(self) -> Format:
        """How to write the answer."""
        format_: Format = self._given["format"]
        return format_

    def answer(self, report: Report[Any]) -> None:
        """Print a report."""
        app.emit_report(report, self.format, self.loaded)
