"""`reformcalc compare`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from reformcalc.cli import completion, terminal
from reformcalc.cli.app import parsed
from reformcalc.cli.ask import Asked, asking
from reformcalc.cli.commands import command
from reformcalc.cli.output import noted
from reformcalc.render import Format

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reformcalc.answers.comparison.comparison import Comparison
    from reformcalc.report import Chart, Report
    from reformcalc.screen import Screen


@command(
    epilog="Examples: reformcalc compare · reformcalc compare care-review-family-help"
    " · reformcalc compare --sensitivity · reformcalc compare --chart"
    " · reformcalc compare -o chart.svg · reformcalc compare --chart -o years.svg"
    " · reformcalc compare --as-of 2023-06-20 --format json"
)
@asking("all", "long", "prices", "deflators", "pillar", "topic", "lead", "as_of", "data", "output")
def compare(
    benchmark: Annotated[
        str | None,
        typer.Argument(
            metavar="[BENCHMARK]",
            help="What to compare with (see: reformcalc list benchmarks).",
            show_default=False,
            autocompletion=completion.ids("benchmarks"),
        ),
    ] = None,
    basis: Annotated[
        list[str] | None,
        typer.Option(
            "--basis",
            metavar="ID",
            help="Only this basis; repeatable.",
            autocompletion=completion.words("reformcalc.answers.comparison.bases:BASES"),
        ),
    ] = None,
    sensitivity: Annotated[
        bool,
        typer.Option("--sensitivity", help="Like for like, with one choice changed at a time."),
    ] = False,
    over_years: Annotated[
        bool,
        typer.Option("--over-years", help="Year by year, and when it reaches the ask."),
    ] = False,
    chart: Annotated[
        bool, typer.Option("--chart", help="Draw the cumulative sums of --over-years.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="List what each basis counts, by commitment.")
    ] = False,
    year_one: Annotated[
        str | None,
        typer.Option(
            "--year-one",
            metavar="YEAR",
            help="Take this for the benchmark's year 1, as 2022-23.",
        ),
    ] = None,
    *,
    asked: Asked,
) -> None:
    """How the money stands against what was asked for."""
    view = _view(sensitivity=sensitivity, over_years=over_years, chart=chart, explain=explain)
    if basis and view not in ("compare", "explain"):
        raise typer.BadParameter(f"does not go with --{view}; leave one out", param_hint="--basis")
    if chart and asked.output.form not in (Format.TABLE, Format.SVG):
        raise typer.BadParameter(
            "is drawn for a terminal, or in a file that ends in .svg; ask for --over-years in "
            "another format",
            param_hint="--chart",
        )
    from reformcalc.answers.comparison.comparison import Comparison
    from reformcalc.ledger.measure import Measure
    from reformcalc.values.years import parse_year

    first = parsed(parse_year, year_one, "--year-one")
    measure = Measure.asked(asked.record, prices=asked.prices)
    comparison = Comparison(
        asked.record,
        asked.chosen,
        measure,
        benchmark_id=asked.id("benchmarks", benchmark),
        year_one=first,
    )
    bases = [basis or ()] if view in ("compare", "explain") else []
    query = _query(view)
    if chart and asked.output.form is Format.TABLE and not asked.output.shows_screen:
        _draw(asked, query(comparison))
    else:
        asked.answer(
            lambda: query(comparison, *bases),
            _screen(view, comparison, asked, *bases),
            _chart(view, comparison),
        )


def _screen(
    view: str, comparison: Comparison, asked: Asked, bases: Sequence[str] = ()
) -> Callable[[], Screen] | None:
    """Return what makes the screen of a view."""

    def made() -> Screen:
        from reformcalc.answers.comparison import views
        from reformcalc.answers.comparison.screen import CompareScreen

        match view:
            case "explain":
                return views.explain_screen(comparison, bases, every=asked.every)
            case "sensitivity":
                return views.sensitivity_screen(comparison, every=asked.every)
            case "over-years" | "chart":
                return views.over_years_screen(comparison, every=asked.every)
            case _:
                return CompareScreen(comparison, tuple(bases), asked.every).screen()

    return made


def _chart(view: str, comparison: Comparison) -> Callable[[], Chart] | None:
    """Return what draws a view as a picture, None where none does."""
    if view in ("sensitivity", "explain"):
        return None

    def made() -> Chart:
        from reformcalc.answers.comparison import charts

        draw = charts.ranges_chart if view == "compare" else charts.years_chart
        return draw(comparison)

    return made


def _draw(asked: Asked, report: Report[Any]) -> None:
    """Draw a report's chart, in ASCII where the terminal has no more."""
    from reformcalc.render.chart import render_chart

    asked.output.send_text(
        render_chart(
            noted(report, asked.loaded, asked.settings),
            width=terminal.width() or terminal.NARROW,
            ascii_only=terminal.only_ascii(),
        )
    )


def _view(**flags: bool) -> str:
    """Return the one view that is asked for. Raises BadParameter for two."""
    wanted = [name.replace("_", "-") for name, flag in flags.items() if flag]
    if len(wanted) > 1:
        raise typer.BadParameter(
            f"does not go with --{wanted[1]}; ask for one at a time", param_hint=f"--{wanted[0]}"
        )
    return wanted[0] if wanted else "compare"


def _query(view: str) -> Callable[..., Report[Any]]:
    """Import the query behind a view."""
    match view:
        case "sensitivity":
            from reformcalc.answers.comparison.sensitivity import sensitivity

            return sensitivity
        case "over-years" | "chart":
            from reformcalc.answers.comparison.over_years import over_years

            return over_years
        case "explain":
            from reformcalc.answers.comparison.explain import explain

            return explain
        case _:
            from reformcalc.answers.comparison.compare import compare

            return compare
