"""`reformcalc report`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reformcalc.cli.ask import Asked, asking
from reformcalc.cli.commands import command
from reformcalc.cli.options import Acts, Force
from reformcalc.cli.output import say, sourced

if TYPE_CHECKING:
    from collections.abc import Callable

    from reformcalc.report import Document


@command(
    epilog="Examples: reformcalc report briefing.html · reformcalc report briefing.md"
    " --as-of 2023-06-20 · reformcalc report briefing.html --acts thurrock --force"
)
@asking("as_of", "data")
def report(
    out: Annotated[
        str, typer.Argument(metavar="OUT", help="The file to write: .html, or .md to paste.")
    ],
    acts: Acts = None,
    force: Force = False,
    *,
    asked: Asked,
) -> None:
    """Write all answers of a day as one page, for a committee."""
    from reformcalc.answers.briefing import briefing
    from reformcalc.writing import replace_file

    path = Path(out)
    render = _renderer(path)
    answers = briefing(asked.record, asked.ids("bodies", acts))
    document = sourced(answers, asked.loaded, asked.settings)
    replace_file(path, render(document).encode(), force=force)
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
