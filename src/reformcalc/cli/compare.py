"""`reformcalc compare`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from reformcalc.cli import completion
from reformcalc.cli.app import (
    AsOf,
    Data,
    DeflatorsFile,
    FormatOption,
    Lead,
    Pillar,
    Prices,
    Topic,
    answer,
    choose,
    day,
    emit_chart,
    emit_report,
    parsed,
    price_year,
)
from reformcalc.cli.commands import command
from reformcalc.render import Format

if TYPE_CHECKING:
    from collections.abc import Callable

    from reformcalc.model import Dataset
    from reformcalc.report import Report


@command(
    epilog="Examples: reformcalc compare · reformcalc compare care-review-family-help"
    " · reformcalc compare --sensitivity · reformcalc compare --chart"
    " · reformcalc compare --as-of 2023-06-20 --format json"
)
def compare(
    benchmark: Annotated[
        str | None,
        typer.Argument(
            metavar="[BENCHMARK]",
            help="What to compare with; the dataset's own by default (see: list benchmarks).",
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
            autocompletion=completion.words("reformcalc.queries.comparison.bases:BASES"),
        ),
    ] = None,
    sensitivity: Annotated[
        bool,
        typer.Option(
            "--sensitivity", help="Start from like for like and change one choice at a time."
        ),
    ] = False,
    over_years: Annotated[
        bool,
        typer.Option(
            "--over-years", help="Year by year and cumulative, and when it reaches the ask."
        ),
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
            help="The financial year that the benchmark's year 1 is taken to be, as 2022-23.",
        ),
    ] = None,
    prices: Prices = None,
    deflators: DeflatorsFile = None,
    pillar: Pillar = None,
    topic: Topic = None,
    lead: Lead = None,
    as_of: AsOf = None,
    data: Data = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """How the money stands against what was asked for, on each basis."""
    from reformcalc.years import parse_year

    view = _view(sensitivity=sensitivity, over_years=over_years, chart=chart, explain=explain)
    takes_bases = view in ("compare", "explain")
    if basis and not takes_bases:
        raise typer.BadParameter(f"does not go with --{view}; leave one out", param_hint="--basis")
    if chart and format_ is not Format.TABLE:
        raise typer.BadParameter(
            "is drawn for a terminal; ask for --over-years in another format", param_hint="--chart"
        )
    today, price_base = day(as_of), price_year(prices)
    chosen, first = choose(pillar, topic, lead), parsed(parse_year, year_one, "--year-one")

    def ask(dataset: Dataset) -> Report[Any]:
        from reformcalc.known import Known
        from reformcalc.queries.comparison.comparison import Comparison
        from reformcalc.queries.measure import Measure

        record, query = Known(dataset, today), _query(view)
        measure = Measure.asked(record, prices=price_base)
        comparison = Comparison(record, chosen, measure, benchmark_id=benchmark, year_one=first)
        return query(comparison, basis or ()) if takes_bases else query(comparison)

    answer(data, format_, ask, deflators=deflators, emit=emit_chart if chart else emit_report)


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
            from reformcalc.queries.comparison.sensitivity import sensitivity

            return sensitivity
        case "over-years" | "chart":
            from reformcalc.queries.comparison.over_years import over_years

            return over_years
        case "explain":
            from reformcalc.queries.comparison.explain import explain

            return explain
        case _:
            from reformcalc.queries.comparison.compare import compare

            return compare
