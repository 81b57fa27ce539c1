"""The options that many commands share, given to each as one value: what was asked.

    @command(epilog="Example: ...")
    @asking("pillar", "as_of", "data", "output")
    def conflicts(*, asked: Asked) -> None:
        asked.answer(lambda: query(asked.record, asked.chosen))

The options stand where `asked` stands among the command's own.
"""

from __future__ import annotations

import inspect
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from reformcalc.cli import app, options
from reformcalc.cli.output import Output, form_of
from reformcalc.cli.settings import Settings
from reformcalc.render import Format

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from reformcalc.answers.chosen import Chosen
    from reformcalc.ledger.known import Known
    from reformcalc.reading.load import Loaded
    from reformcalc.report import Chart, Report
    from reformcalc.screen import Screen
    from reformcalc.values.years import FinancialYear

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
    "alarm": _Option(options.Alarm),
    "all": _Option(options.All, default=False),
    "whole": _Option(options.All, default=False),
    "exact": _Option(options.Exact, default=False),
    "long": _Option(options.Long, default=False),
    "format": _Option(options.FormatOption),
    "json": _Option(options.JsonOption, default=False),
    "output": _Option(options.OutputFile),
    "no_pager": _Option(options.NoPager, default=False),
}
# What is asked of the form of every answer.
_FORM = ("format", "json", "output", "no_pager")


def asking(*names: str) -> Callable[[Function], Function]:
    """Give a command the named options, in this order, and hand it one `asked` for them all.

    "output" stands for all that every answer can be asked for: its format, a file, no pager.
    --all is "all" where a screen itself can show every row, "whole" where the report alone does.
    """
    names = tuple(one for name in names for one in (_FORM if name == "output" else (name,)))
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
        return app.read(self._given["data"], self.settings, self._given.get("deflators"))

    @cached_property
    def settings(self) -> Settings:
        """What decides where an option does not."""
        return Settings()

    @cached_property
    def record(self) -> Known:
        """The record as known on the day. Raises DatasetInvalid."""
        from reformcalc.ledger.known import Known

        day = self.day  # first: what is wrong with it should not wait for a large file
        return Known(self.loaded.valid(), day)

    @cached_property
    def chosen(self) -> Chosen:
        """What the question is limited to."""
        from reformcalc.answers.chosen import Chosen

        return Chosen(
            self.ids("pillars", self._given.get("pillar")),
            self.ids("topics", self._given.get("topic")),
            self.ids("bodies", self._given.get("lead")),
        )

    def ids(self, kind: str, typed: Sequence[str] | None) -> tuple[str, ...]:
        """Return the ids that were meant by what was typed for a repeatable option."""
        from reformcalc.answers.chosen import meant

        return app.once([meant(self.record, kind, word) for word in typed or ()])

    def id(self, kind: str, typed: str | None) -> str | None:
        """Return the id that was meant by what was typed, None where nothing was."""
        return next(iter(self.ids(kind, [typed] if typed else [])), None)

    @property
    def prices(self) -> FinancialYear | None:
        """The year in whose prices to answer; None for cash."""
        return app.price_year(self._given["prices"])

    @property
    def every(self) -> bool:
        """Whether every row is asked for (--all)."""
        return bool(self._given.get("all"))

    @property
    def exact(self) -> bool:
        """Whether figures are asked for to the pound."""
        return bool(self._given.get("exact"))

    @property
    def alarm(self) -> str | None:
        """How long before a day a calendar is to remind of it."""
        alarm: str | None = self._given["alarm"]
        return alarm

    @cached_property
    def output(self) -> Output:
        """What is asked of the form of the answer.

        Raises BadParameter for two formats, and for a calendar of what has no dates.
        """
        format_ = self._given["format"]
        if self._given["json"]:
            if format_ not in (None, Format.JSON):
                raise typer.BadParameter("is another format; leave one out", param_hint="--json")
            format_ = Format.JSON
        file = self._given["output"]
        if not (format_ or file):
            format_ = self.settings.format
        form = form_of(format_, file)
        if form is Format.ICS and "alarm" not in self._given:
            asked_by = "--format" if format_ else "--output"
            raise typer.BadParameter("is a calendar, of deadlines alone", param_hint=asked_by)
        return Output(
            form,
            file,
            long=bool(self._given.get("long") or self._given.get("whole")),
            pager=not self._given["no_pager"],
            settings=self.settings,
        )

    def answer(
        self,
        report: Callable[[], Report[Any]],
        screen: Callable[[], Screen] | None = None,
        chart: Callable[[], Chart] | None = None,
    ) -> None:
        """Send an answer: its screen to who watches, its chart as a picture, else the whole."""
        self.output.send(self.loaded, report, screen, chart)
