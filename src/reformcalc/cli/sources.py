"""`reformcalc sources` and `reformcalc sources check`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reformcalc.cli import completion
from reformcalc.cli.app import FAILED
from reformcalc.cli.ask import Asked, asking
from reformcalc.cli.bar import bar
from reformcalc.cli.commands import Command, Group, add
from reformcalc.render import OF_DOCUMENTS

sources_app = typer.Typer(
    cls=Group,
    rich_markup_mode=None,
    add_completion=False,
    help="The documents that the record rests on, with their claims.",
    epilog="Examples: reformcalc sources · reformcalc sources --format bibtex -o sources.bib · "
    "reformcalc sources --format csl · reformcalc sources check DIR",
    context_settings={"help_option_names": ["-h", "--help"]},
)
add("sources", sources_app)


@sources_app.callback(invoke_without_command=True)
@asking("all", "long", "as_of", "data", "output")
def sources(context: typer.Context, asked: Asked) -> None:
    if context.invoked_subcommand:
        return
    from reformcalc.answers.lookup import sources as query
    from reformcalc.answers.lookup.cite import works

    if asked.output.form in OF_DOCUMENTS:
        asked.output.send_works(works(asked.record, asked.record.sources))
        return
    asked.answer(
        lambda: query.sources(asked.record),
        lambda: query.screen(asked.record, every=asked.every),
    )


@sources_app.command(cls=Command, epilog="Example: reformcalc sources check ../documents")
@asking("as_of", "data", "output")
def check(
    folder: Annotated[
        str,
        typer.Argument(
            metavar="DIR",
            help="The folder that holds the documents' text.",
            autocompletion=completion.files,
        ),
    ],
    asked: Asked,
) -> None:
    """Look every quotation up in its document's own text.

    Each is found with its line, or missing with the nearest passage; sources without a text in the
    folder are not checked. Ends with exit code 1 if any is missing.
    """
    from reformcalc.answers.lookup import sources as query
    from reformcalc.reading.files import documents

    record = asked.record
    texts = documents(asked.loaded.valid(), folder)
    asked.settings.read += [Path(folder) / name for name in texts]
    with bar() as track:
        report = query.check_quotations(record, texts, track)
    asked.answer(lambda: report)
    if any(row.standing is query.Lookup.MISSING for row in report.rows):
        raise typer.Exit(FAILED)
