"""How an answer leaves: as a screen, in a format, in a file, through a pager.

On a terminal people see the screen of an answer, where it has one; everywhere else the whole of it
goes out: every row, id and note.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from reformcalc.cli import terminal
from reformcalc.cli.app import emit, noted, say, stamped
from reformcalc.render import Format, render

if TYPE_CHECKING:
    from collections.abc import Callable

    from reformcalc.reading.load import Loaded
    from reformcalc.report import Report
    from reformcalc.screen import Screen

_ENDINGS = {
    ".txt": Format.TABLE,
    ".json": Format.JSON,
    ".csv": Format.CSV,
    ".md": Format.MARKDOWN,
    ".ics": Format.ICS,
}


@dataclass(frozen=True, slots=True)
class Output:
    """What was asked of an answer's form: its format, a file, how much of it, a pager."""

    format: Format | None
    file: str | None
    long: bool
    pager: bool

    @property
    def form(self) -> Format:
        """The format that was asked for, or that the name of the file stands for.

        Raises BadParameter for a file whose ending says nothing, where no format was named.
        """
        if self.format or self.file is None:
            return self.format or Format.TABLE
        ending = Path(self.file).suffix.lower()
        if ending not in _ENDINGS:
            raise typer.BadParameter(
                f'"{self.file}" ends in none of {", ".join(_ENDINGS)}; name a format, as '
                "--format csv",
                param_hint="--output",
            )
        return _ENDINGS[ending]

    @property
    def shows_screen(self) -> bool:
        """Whether the screen of an answer is what is asked for."""
        return self.form is Format.TABLE and not (self.file or self.long) and _watched()

    def send(
        self,
        loaded: Loaded | None,
        report: Callable[[], Report[Any]],
        screen: Callable[[], Screen] | None = None,
    ) -> None:
        """Send an answer where it was asked for: its screen, or else the whole of it.

        `loaded` is where it comes from, None where that is no dataset: files beside the shipped
        record are named, and JSON has the fingerprint of all, which takes time to work out.
        """
        if screen and self.shows_screen:
            self.show(screen(), loaded)
            return
        answer = noted(report(), loaded)
        if loaded and self.form is Format.JSON:
            answer = stamped(answer, loaded)
        if self.file is None:
            width = terminal.width()
            colour = width is not None and terminal.coloured()
            self.send_text(render(answer, self.form, width=width, colour=colour))
        else:
            self.send_text(render(answer, self.form, width=None))

    def send_text(self, text: str) -> None:
        """Write an answer that is in words already to the file, or print it."""
        if self.file is None:
            self._print(text)
            return
        from reformcalc.writing import replace_file

        # Excel reads a file as UTF-8 only where this mark begins it.
        encoding = "utf-8-sig" if self.form is Format.CSV else "utf-8"
        replace_file(self.file, text.encode(encoding), force=True)
        say(f"wrote {self.file}")

    def show(self, screen: Screen, loaded: Loaded | None) -> None:
        """Print a screen, as high as the terminal."""
        from reformcalc.cli.app import together
        from reformcalc.render.screen import Terminal, render_screen

        if loaded and loaded.added:
            screen = replace(screen, notes=(*screen.notes, together(loaded)))
        shown = Terminal(
            width=terminal.width() or terminal.NARROW,
            height=terminal.height() if terminal.is_terminal() and not screen.whole else None,
            colour=terminal.coloured(),
            ascii_only=terminal.only_ascii(),
        )
        self._print(render_screen(screen, shown))

    def _print(self, text: str) -> None:
        """Print a text, through a pager where it is longer than the screen."""
        if self.pager and terminal.pages() and text.count("\n") > terminal.height() + 1:
            terminal.page(text)
        else:
            emit(text)


def _watched() -> bool:
    """Whether a person reads the answer: on a terminal, or wherever colour is forced."""
    return terminal.is_terminal() or terminal.forced()
