"""`reformcalc report`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reformcalc.cli import completion
from reformcalc.cli.ask import Asked, asking
from reformcalc.cli.bar import working
from reformcalc.cli.commands import command
from reformcalc.cli.options import Force
from reformcalc.cli.output import keep, say, sourced

if TYPE_CHECKING:
    from collections.abc import Callable

    from reformcalc.report import Document


@command(
    epilog="Examples: reformcalc report briefing.html · reformcalc report briefing.md"
    " --as-of 2023-06-20 · reformcalc report briefing.html --for thurrock --force"
    " · reformcalc report all.html --full"
)
@asking("pillar", "topic", "as_of", "data")
def report(
    out: Annotated[
        str,
        typer.Argument(
            metavar="OUT",
            help="The file to write: .html, or .md to paste.",
            autocompletion=completion.files,
        ),
    ],
    body: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="BODY",
            help="For this body: what it is in and gets, and when it must act.",
            autocompletion=completion.bodies("lead", "acts", also_others=True),
        ),
    ] = None,
    section: Annotated[
        list[str] | None,
        typer.Option(
            "--section",
            metavar="NAME",
            help="Only this section, as deadlines; repeatable.",
            autocompletion=completion.words("reformcalc.answers.briefing:PARTS"),
        ),
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="All that is behind the answers too, folded.")
    ] = False,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Its title.")] = None,
    author: Annotated[
        str | None, typer.Option("--author", metavar="NAME", help="Who hands it in.")
    ] = None,
    force: Force = False,
    *,
    asked: Asked,
) -> None:
    """Write the answers of a day as a paper of six pages at most."""
    from reformcalc.answers.briefing import Paper, briefing
    from reformcalc.cli.app import once
    from reformcalc.writing import replace_file

    path = Path(out)
    render = _renderer(path)
    paper = Paper(
        asked.record,
        asked.chosen,
        asked.id("bodies", body),
        once(section or []),
        full=full,
        title=" ".join((title or "").split()),  # a heading is one line
        author=" ".join((author or "").split()),
    )
    text = working(
        "Writing the paper",
        lambda: render(sourced(briefing(paper), asked.loaded, asked.settings)),
    )
    keep([path], asked.settings, "OUT")
    replace_file(path, text.encode(), force=force)
    say(f"wrote {path}")


def _renderer(path: Path) -> Callable[[Document], str]:
    """Import what writes a file of this name."""
    match path.suffix.lower():
        case ".html" | ".htm":
            from reformcalc.render.html import render_page

            return render_page
        case ".md":
            from reformcalc.render.markdown import render_document

            return render_document
    raise typer.BadParameter(f'"{path.name}" ends in neither .html nor .md', param_hint="OUT")
