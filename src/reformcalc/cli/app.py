"""What the commands share: the clock, errors, exit codes.

The only module that knows today's date, or ends the process.
"""

from __future__ import annotations

import os
import re
import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar, overload

import typer

from reformcalc import __version__
from reformcalc.cli import shells, streams
from reformcalc.cli.bar import bar
from reformcalc.cli.commands import Commands
from reformcalc.cli.output import emit, tell, tell_all
from reformcalc.cli.settings import Settings
from reformcalc.errors import (
    DatasetInvalid,
    DatasetUnreadable,
    ReformcalcError,
    SettingsInvalid,
    Several,
)
from reformcalc.printable import printable
from reformcalc.render import FindingsFormat

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reformcalc.reading.load import Loaded
    from reformcalc.values.years import FinancialYear

T = TypeVar("T")
FAILED = 1  # the check that was asked for failed
INTERRUPTED = 130

app = typer.Typer(
    name="reformcalc",
    cls=Commands,
    help="What was promised for children's social care reform in England, against what was asked "
    "for, and what is due next. Every figure is cited.",
    epilog="Examples: reformcalc totals --as-of 2023-06-20 · reformcalc compare · "
    "reformcalc deadlines --within 6m · reformcalc show stable-homes",
    invoke_without_command=True,
    add_completion=False,  # `shells` has it
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and end the process with its exit code."""
    with streams.whole():
        code = _run(arguments)
    sys.exit(code)


def _run(arguments: Sequence[str] | None) -> int:
    """Run one command and return its exit code; failures become one message each."""
    try:
        if shells.asks():
            return shells.offer(typer.main.get_command(app), emit)
        app(args=arguments, prog_name="reformcalc")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except ReformcalcError as error:
        complain(error)
        _tell_of_the_record(str(error), sys.argv[1:] if arguments is None else arguments)
        return error.exit_code
    except OSError as error:  # a name that no file can have, or an output that takes nothing
        named = error.filename is not None
        what = f"{error.filename}: it cannot be opened" if named else "the answer cannot be written"
        tell(f"Error: {what} ({error.strerror})")
        return ReformcalcError.exit_code
    except Exception as error:  # a fault of ours: one line, and how to report it
        if os.environ.get("REFORMCALC_DEBUG") == "1":
            raise
        tell(
            f"reformcalc {__version__} has a fault ({type(error).__name__}: {error}). Please "
            f"report it where you have reformcalc from, with the command and the data; "
            "REFORMCALC_DEBUG=1 shows where."
        )
        return ReformcalcError.exit_code
    return 0


# A command that looks something up, in a message.
_LOOKS_UP = re.compile(r"reformcalc (?:list|show|find|for|deadlines)\b|can mean [0-9]+ entries")


def _tell_of_the_record(message: str, arguments: Sequence[str]) -> None:
    """Say how a command that a message names asks the record that options named."""
    named: list[str] = []
    for place, word in enumerate(arguments):
        if word.startswith("--data="):
            named.append(word)
        elif word == "--data":
            named += arguments[place : place + 2]
    if named and _LOOKS_UP.search(message):
        import shlex

        tell(f"Of the same record it is asked with {printable(shlex.join(named))}")


def complain(error: ReformcalcError) -> None:
    """Print a failure to standard error; an invalid dataset prints all that is wrong in it."""
    if isinstance(error, DatasetInvalid):
        from reformcalc.render.findings import render_findings

        tell_all(render_findings(error.findings, error.files, FindingsFormat.TEXT))
        tell("The dataset has errors, so nothing is answered; fix them and run again.")
    elif isinstance(error, SettingsInvalid):
        from reformcalc.render.findings import render_findings

        tell_all(render_findings(error.findings, 1, FindingsFormat.TEXT))
    elif isinstance(error, Several):
        _offer(error)
    else:
        tell(f"Error: {error}")


def _offer(error: Several) -> None:
    """Print the few entries that some words can mean, each with what to type for it."""
    number = len(error.offered) + error.more
    what, way = (error.kind, "") if error.kind else ("entries", "reformcalc show ")
    tell(f'"{error.words}" can mean {number} {what}. {"Show" if way else "Write"} one of them:')
    widest = max(len(id_) for id_, _ in error.offered)
    for id_, called in error.offered:
        tell(f"  {way}{id_:{widest}}  {called}")
    if error.more:
        tell(f"and {error.more} more: reformcalc find {error.words}")


def day(text: str | None, option: str = "--as-of") -> date:
    """Return the day to answer for. The one place that reads the clock."""
    if text is None:
        return date.today()  # noqa: DTZ011  the user's own day, wherever they are
    from reformcalc.values.due import typed_day

    return parsed(typed_day, text, option)


@overload
def parsed(parse: Callable[[str], T], text: str, option: str) -> T: ...
@overload
def parsed(parse: Callable[[str], T], text: str | None, option: str) -> T | None: ...
def parsed(parse: Callable[[str], T], text: str | None, option: str) -> T | None:
    """Read an option's text; what is wrong with it is a usage error that names the option."""
    try:
        return None if text is None else parse(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None


def price_year(prices: str | None) -> FinancialYear | None:
    """Read --prices: a financial year, or "cash" for none."""
    from reformcalc.values.years import parse_year

    return parsed(parse_year, None if prices == "cash" else prices, "--prices")


def read(
    data: Sequence[str] | None, settings: Settings | None = None, deflators: str | None = None
) -> Loaded:
    """Read the dataset that is named: by options, or by what decides in their place.

    Raises DatasetUnreadable, which says where an unreadable path is named, if it was not typed.
    """
    from reformcalc.reading.load import load

    settings = settings or Settings()
    paths = settings.data(data)
    try:
        with bar() as track:
            loaded = load(*paths, deflators=deflators, track=track)
    except DatasetUnreadable as error:
        obeyed = settings.obeyed
        if obeyed and "data" in obeyed.keys:
            raise DatasetUnreadable(f"{error} (it is named in {obeyed.file})") from None
        raise
    settings.read += loaded.files
    return loaded


def once(given: Sequence[str] | None) -> tuple[str, ...]:
    """Return what a repeatable option was given, each word once: to say it twice is no more."""
    return tuple(dict.fromkeys(given or ()))


def _print_version(context: typer.Context, wanted: bool) -> None:  # noqa: FBT001  typer calls it
    if wanted and not context.resilient_parsing:  # which is how a line is read to complete it
        emit(f"reformcalc {__version__}\n")
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    *,
    _install: Annotated[
        bool,
        typer.Option(shells.INSTALL, help="Have Tab complete in this shell, or the one named."),
    ] = False,
    _show: Annotated[
        bool, typer.Option(shells.SHOW, help="Print the script for that instead.")
    ] = False,
    _version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_print_version,
            is_eager=True,
            help="Print the version and stop.",
        ),
    ] = False,
) -> None:
    """Take the options that go before any command; where there is none, answer in short."""
    if context.invoked_subcommand is None and not context.resilient_parsing:
        from reformcalc.cli.start import in_short

        in_short()
