"""`reformcalc site`."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reformcalc.cli import completion
from reformcalc.cli.ask import Asked, asking
from reformcalc.cli.bar import working
from reformcalc.cli.commands import command
from reformcalc.cli.output import keep, origin, say

if TYPE_CHECKING:
    from reformcalc.writing import Updated

LIST = "site-files.txt"  # what is in the folder by this command


@command(
    epilog="Examples: reformcalc site public/ · reformcalc site public/ --as-of 2026-11-30"
    " --base https://example.org/reform/"
)
@asking("as_of", "data")
def site(
    out: Annotated[
        str,
        typer.Argument(
            metavar="OUT",
            help="A new folder, an empty one, or one that this command wrote.",
            autocompletion=completion.files,
        ),
    ],
    base: Annotated[
        str | None,
        typer.Option(
            "--base",
            metavar="URL",
            help="The address that the site is to have, for its feed and sitemap.xml.",
        ),
    ] = None,
    *,
    asked: Asked,
) -> None:
    """The record and its answers as a web site of static pages."""
    from reformcalc import words
    from reformcalc.site.files import site_files
    from reformcalc.writing import update_folder

    if out == "-":
        raise typer.BadParameter("pages need a folder; name one", param_hint="OUT")
    loaded, dated = asked.loaded, find_spec("icalendar") is not None
    files = site_files(
        asked.record,
        digest=loaded.digest,
        imprint=origin(loaded, asked.settings),
        base=_base(base),
        dated=dated,
    )

    def write() -> Updated:
        pages = dict(files)
        keep([Path(out) / name for name in (LIST, *pages)], asked.settings, "OUT")
        return update_folder(out, pages.items(), LIST)

    done = working("Writing the pages", write)
    left = "" if dated else "; no calendar: it needs the package icalendar"
    say(
        f"wrote {out}: {words.counted(done.written, 'file')} written, {done.kept} as they were, "
        f"{done.removed} removed{left}; open {out.rstrip('/')}/index.html"
    )


def _base(typed: str | None) -> str | None:
    """Return an address that others can be added to. Raises BadParameter for what is none."""
    if typed is None:
        return None
    if not re.fullmatch(r"https?://[^\s<>\"'?#]+", typed):
        raise typer.BadParameter(
            f'"{typed}" is no address; write it as https://example.org/reform/', param_hint="--base"
        )
    return f"{typed.rstrip('/')}/"
