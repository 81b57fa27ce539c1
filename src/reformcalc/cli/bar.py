"""A progress bar on standard error, for what takes over a second on a terminal."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from reformcalc.cli.terminal import moving
from reformcalc.progress import silent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rich.progress import Progress

    from reformcalc.progress import Track

T = TypeVar("T")
PATIENCE = 1.0  # seconds before the bar is shown


@contextmanager
def bar() -> Iterator[Track]:
    """Give what tells of progress. The bar goes without a trace when the work is over.

    Nothing is imported, and nothing shown, in a pipe or where the terminal wants no decoration.
    """
    terminal = sys.stderr is not None and sys.stderr.isatty()
    if not terminal or not moving():
        yield silent
        return
    from threading import Timer

    work = _Bar()
    timer = Timer(PATIENCE, work.show)
    timer.daemon = True
    timer.start()
    try:
        yield work.track
    finally:
        timer.cancel()
        work.hide()


def working(what: str, work: Callable[[], T]) -> T:
    """Do one thing that may take long, and tell that it is being done."""
    with bar() as track:
        (done,) = [work() for _ in track([what], what)]
    return done


class _Bar:
    """What is being done and how far it is, shown from a thread of its own."""

    def __init__(self) -> None:
        from threading import Lock

        self._lock = Lock()
        self._over = False
        self._shown: Progress | None = None
        self._at = ("", 0, 0)

    def track(self, items: Sequence[T], what: str, then: str = "") -> Iterable[T]:
        for place, item in enumerate(items):
            self._tell(what, place, len(items))
            yield item
        self._tell(then, 0, 1)

    def _tell(self, what: str, done: int, of: int) -> None:
        self._at = (what, done, of)
        if self._shown:
            self._draw(self._shown)

    def _draw(self, shown: Progress) -> None:
        what, done, of = self._at
        for task in shown.task_ids:
            shown.remove_task(task)
        # Of one thing no part can be told: without a total the bar only moves.
        shown.add_task(what, completed=done, total=of if of > 1 else None)

    def show(self) -> None:
        with self._lock:
            if self._over:
                return
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn

            columns = (TextColumn("{task.description}", markup=False), BarColumn())
            shown = Progress(*columns, console=Console(stderr=True), transient=True)
            self._draw(shown)
            shown.start()
            self._shown = shown

    def hide(self) -> None:
        with self._lock:
            self._over = True
            if self._shown:
                self._shown.stop()
