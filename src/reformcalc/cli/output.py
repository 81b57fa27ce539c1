"""How an answer leaves: as a screen, in a format, in a file, through a pager.

On a terminal people see the screen of an answer, where it has one; everywhere else the whole of it
goes out: every row, id and note. The only module that prints.
"""

from __future__ import annotations

import errno
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import typer

from reformcalc.cli import terminal
from reformcalc.cli.bar import working
from reformcalc.errors import ReformcalcError, Unwritable
from reformcalc.printable import printable
from reformcalc.render import ENDINGS, OF_DOCUMENTS, Format, render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reformcalc.cli.settings import Settings
    from reformcalc.reading.load import Loaded
    from reformcalc.report import Chart, Document, Report, Work
    from reformcalc.screen import Screen

_WORKING = "Working out the answer"
Answer = TypeVar("Answer", "Report[Any]", "Document")


def form_of(format_: Format | None, file: str | None) -> Format:
    """Return the format that was asked for, or that the name of the file stands for.

    Raises BadParameter for a file whose ending says nothing, where no format was named, and
    Unwritable for a folder.
    """
    if file is not None and Path(file).is_dir():
        raise Unwritable(f"{file}: this is a folder; name a file in it")
    if file == "-":
        raise typer.BadParameter(
            "this is no file; leave it out to print the answer", param_hint="--output"
        )
    if format_ or file is None:
        return format_ or Format.TABLE
    ending = Path(file).suffix.lower()
    if ending not in ENDINGS:
        raise typer.BadParameter(
            f'"{file}" ends in none of {", ".join(ENDINGS)}; name a format, as --format csv',
            param_hint="--output",
        )
    return ENDINGS[ending]


@dataclass(frozen=True, slots=True)
class Output:
    """What was asked of an answer's form: its format, a file, how much of it, a pager.

    `settings` are what decided what no option did: an answer names them.
    """

    form: Format
    file: str | None
    long: bool
    pager: bool
    settings: Settings

    @property
    def shows_screen(self) -> bool:
        """Whether the screen of an answer is what is asked for."""
        return self.form is Format.TABLE and not (self.file or self.long) and terminal.watched()

    def send(
        self,
        loaded: Loaded | None,
        report: Callable[[], Report[Any]],
        screen: Callable[[], Screen] | None = None,
        chart: Callable[[], Chart] | None = None,
    ) -> None:
        """Send an answer where it was asked for: its screen, its chart, or else the whole of it.

        `loaded` is where it comes from, None where that is no dataset: files beside the shipped
        record are named, and JSON has the fingerprint of all, which takes time to work out. Raises
        BadParameter for a form that only lists of documents have.
        """
        if self.form in OF_DOCUMENTS:
            raise typer.BadParameter(
                "is of documents: ask for sources, or for show ID --cite", param_hint="--format"
            )
        if screen and self.shows_screen:
            self.show(working(_WORKING, screen), loaded)
            return
        if self.form is Format.SVG:
            self._draw(chart)
            return
        self.send_text(working(_WORKING, lambda: self._written(report(), loaded)))

    def _written(self, answer: Report[Any], loaded: Loaded | None) -> str:
        """Return an answer in its form, with what it rests on."""
        answer = noted(answer, loaded, self.settings)
        if loaded and self.form is Format.JSON:
            answer = stamped(answer, loaded)
        return render(answer, self.form, None if self.file else terminal.seen())

    def send_works(self, works: Sequence[Work]) -> None:
        """Send documents as a list of references has them, in the form that was asked for."""
        from reformcalc.render.works import render_bibtex, render_csl

        self.send_text((render_csl if self.form is Format.CSL else render_bibtex)(works))

    def _draw(self, chart: Callable[[], Chart] | None) -> None:
        """Send a chart as a picture. Raises BadParameter where an answer has none."""
        if chart is None:
            raise typer.BadParameter(
                "it is a picture, which these have: compare, compare --over-years, "
                "totals --over-time and show ID --chart",
                param_hint="--output" if self.file else "--format",
            )
        from reformcalc.render.html import render_svg

        self.send_text(working(_WORKING, lambda: render_svg(chart())))

    def send_text(self, text: str) -> None:
        """Write an answer that is in words already to the file, or print it."""
        if self.file is None:
            self._print(text)
            return
        keep([Path(self.file)], self.settings, "--output")
        from reformcalc.writing import replace_file

        # Excel reads a file as UTF-8 only where this mark begins it.
        encoding = "utf-8-sig" if self.form is Format.CSV else "utf-8"
        replace_file(self.file, text.encode(encoding), force=True)
        say(f"wrote {self.file}{self._other_than_called}")

    @property
    def _other_than_called(self) -> str:
        """Say which format a file has whose name is of another."""
        ending = Path(self.file or "").suffix.lower()
        called = ENDINGS.get(ending, self.form)
        fits = called in (self.form, Format.TABLE) or (
            ending == ".json" and self.form is Format.CSL
        )
        return "" if fits else f", in the format {self.form} that was asked for, not {called}"

    def show(self, screen: Screen, loaded: Loaded | None) -> None:
        """Print a screen to who watches, as high as the terminal."""
        from reformcalc.render.screen import render_screen

        shown = terminal.seen()
        assert shown is not None
        if screen.whole:
            shown = replace(shown, height=None)
        if made_of := origin(loaded, self.settings):
            screen = replace(screen, notes=(*screen.notes, made_of))
        self._print(render_screen(screen, shown))

    def _print(self, text: str) -> None:
        """Print a text, through a pager where it is longer than the screen."""
        longer = text.count("\n") > terminal.height() + 1  # the prompt alone is below it
        if not (self.pager and longer and terminal.page(text)):
            emit(text)


def keep(written: Iterable[Path], settings: Settings, option: str) -> None:
    """Raise BadParameter where a file to write is one that was read: it would be lost."""
    held = dict.fromkeys(map(_which, settings.read), "the record that is asked")
    if settings.place:
        held[_which(settings.place)] = "the file of settings"
    for path in written:
        which = _which(path)
        if which and which in held:
            raise typer.BadParameter(
                f'"{path}" is {held[which]}; name another file', param_hint=option
            )


def _which(path: Path) -> tuple[int, int] | None:
    """Return what a file is known by under all its names, None where there is none."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def noted(report: Report[Any], loaded: Loaded | None, settings: Settings) -> Report[Any]:
    """Return a report with a note that says what it was made of, if not of ours alone."""
    made_of = origin(loaded, settings)
    if not made_of:
        return report
    from reformcalc.report import Note

    return replace(report, notes=(*report.notes, Note(made_of)), settings=settings.obeyed)


def origin(loaded: Loaded | None, settings: Settings) -> str:
    """Say which files were read beside the shipped record, and which settings decided."""
    said = [together(loaded)] if loaded and loaded.added else []
    return " ".join([*said, *filter(None, [settings.told])])


def together(loaded: Loaded) -> str:
    """Say which files the shipped record was read together with."""
    from reformcalc.words import listed

    names = [f"{printable(path.name)}{_of_plan(loaded, path)}" for path in loaded.added]
    return f"The record was read together with {listed(names)}."


def _of_plan(loaded: Loaded, path: Path) -> str:
    """Say how much of a sheet was read, and where one is told what was not."""
    accounts = [plan.account for plan in loaded.plans if plan.path == path]
    told = sum(one.path == path for one in loaded.findings) if accounts else 0
    rows, actions = (sum(getattr(one, name) for one in accounts) for name in ("rows", "actions"))
    if rows == actions and not told:
        return ""
    from reformcalc.words import counted

    most = "all" if rows == actions else f"{actions} of"
    return f" ({most} {counted(rows, 'row')}; {counted(told, 'warning')}: validate {path.name})"


def sourced(document: Document, loaded: Loaded, settings: Settings) -> Document:
    """Return a document with the fingerprint of its data, and what it was made of."""
    if made_of := origin(loaded, settings):
        document = replace(document, imprint=f"{made_of} {document.imprint}")
    return stamped(document, loaded)


def stamped(answer: Answer, loaded: Loaded) -> Answer:
    """Return an answer with the fingerprint of the data that it comes from."""
    assert answer.dataset is not None
    return replace(answer, dataset=replace(answer.dataset, digest=loaded.digest))


def emit(text: str, code: int = 0) -> None:
    """Print an answer, and end with `code` if it is not 0. Raises OSError as `streams` does."""
    sys.stdout.write(text)
    if code:
        raise typer.Exit(code)


def say(message: str) -> None:
    """Print what was done, in one line: it names files, which can be named to harm a terminal.

    Where there is no standard output nobody waits for it, and it is said on standard error. An
    output that is there and takes nothing is a failure, though what was asked is done.
    """
    try:
        emit(f"{printable(message)}\n")
    except OSError as error:
        if error.errno == errno.EBADF:
            tell(message)
            return
        tell(f"Error: {message}; but that cannot be written ({error.strerror})")
        raise typer.Exit(ReformcalcError.exit_code) from None


def tell(message: str) -> None:
    """Print a line to standard error."""
    tell_all(f"{printable(message)}\n")


def tell_all(text: str) -> None:
    """Print lines to standard error that hold nothing a terminal would obey."""
    sys.stderr.write(text)
