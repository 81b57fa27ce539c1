"""`reformcalc sources` and `reformcalc sources check`."""

from __future__ import annotations

from typing import Annotated

import typer

from reformcalc.cli.app import FAILED, AsOf, Data, FormatOption, answer, day, emit_report, read
from reformcalc.cli.bar import bar
from reformcalc.cli.commands import Command, Group, add
from reformcalc.render import Format

sources_app = typer.Typer(
    cls=Group,
    rich_markup_mode=None,
    add_completion=False,
    help="The documents that the record rests on, with how many claims each carries.",
    epilog="Examples: reformcalc sources · reformcalc sources check DIR",
    context_settings={"help_option_names": ["-h", "--help"]},
)
add("sources", sources_app)


@sources_app.callback(invoke_without_command=True)
def sources(
    context: typer.Context,
    as_of: AsOf = None,
    data: Data = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    if context.invoked_subcommand:
        return
    from reformcalc.queries import sources as query

    today = day(as_of)
    answer(data, format_, lambda dataset: query.sources(dataset, as_of=today))


@sources_app.command(cls=Command, epilog="Example: reformcalc sources check ../documents")
def check(
    folder: Annotated[
        str, typer.Argument(metavar="DIR", help="The folder that holds the documents' text.")
    ],
    as_of: AsOf = None,
    data: Data = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Look every quotation up in its document's own text.

    Each is found with its line, or missing with the nearest passage; sources without a text in the
    folder are not checked. Ends with exit code 1 if any is missing.
    """
    from reformcalc.files import documents
    from reformcalc.queries import sources as query

    loaded = read(data)
    dataset = loaded.valid()
    texts = documents(dataset, folder)
    with bar() as track:
        report = query.check_quotations(dataset, texts, as_of=day(as_of), track=track)
    emit_report(report, format_, loaded)
    if any(row.standing is query.Lookup.MISSING for row in report.rows):
        raise typer.Exit(FAILED)
