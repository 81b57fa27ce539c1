"""What people write in a plan of how things stand, to the few words that a record has for it."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

from reformcalc.values.recurrence import TERMLY, parse_period

if TYPE_CHECKING:
    from reformcalc.reading.sheet import Cell

_PROGRESS = {
    "red": ("red", "r", "off track", "overdue", "late", "behind", "stalled", "blocked"),
    "amber": ("amber", "a", "yellow", "y", "at risk", "delayed", "slipping", "behind schedule"),
    "green": ("green", "g", "on track", "on target", "on schedule"),
    "done": (
        "done", "blue", "b", "complete", "completed", "closed", "achieved", "met", "finished",
        "delivered", "implemented", "action complete", "action completed", "100%",
    ),
}  # fmt: skip
_MEANT = {word: progress for progress, words in _PROGRESS.items() for word in words}
_OPEN = {
    "open", "in progress", "not started", "started", "ongoing", "on-going", "pending", "underway",
    "under way", "planned", "new", "to do", "not due", "not yet due", "not yet started", "active",
    "partially complete", "partly complete", "on hold", "paused", "not complete", "incomplete",
    "not applicable", "tbc", "tba", "not rated", "unrated", "grey",
    "outstanding", "not done", "in development",
}  # fmt: skip
_TICKED = {
    "yes", "y", "x", "true", "done", "complete", "completed", "closed", "✓", "✔", "☑", "100%",
}  # fmt: skip
_UNTICKED = {"no", "n", "false", "not yet", "0%", "☐", "not complete"}
_NOTHING = {"", "-", "–", "—", "n/a", "na", "none", "nil"}  # "" is what is left of "."
_PERIODS = {
    "annual": "yearly", "annually": "yearly", "every year": "yearly", "every week": "weekly",
    "every month": "monthly", "every quarter": "quarterly", "fortnightly": "every 2 weeks",
    "bi-annual": "half-yearly", "biannual": "half-yearly", "biannually": "half-yearly",
    "six-monthly": "half-yearly", "6-monthly": "half-yearly", "6 monthly": "half-yearly",
    "six monthly": "half-yearly", "twice a year": "half-yearly", "every term": TERMLY,
    "bimonthly": "every 2 months",
}  # fmt: skip
_LONGEST = 25  # letters of a status: longer ones are remarks
_ONCE = {"once", "one-off", "one off", "no", "n", "single", "does not repeat"}


def is_nothing(text: str) -> bool:
    """Whether a cell says that nothing is to be written in it; such a one is read no further."""
    return _bare(text) in _NOTHING


@lru_cache(maxsize=512)
def progress_of(text: str) -> tuple[str, bool]:
    """Return the progress that a status says, "" for none, and whether that is all that it says.

    A status that begins with a colour says it, whatever follows; of two, as "amber/red", the worse
    counts. Raises ValueError for one that
    cannot be told.
    """
    bare = _bare(text)
    if bare in _MEANT:
        return _MEANT[bare], True
    if bare in _OPEN or re.fullmatch(r"\d{1,2}(?:\.\d+)?%", bare):
        return "", False
    if pair := re.fullmatch(r"(red|amber|green) ?[/-] ?(red|amber|green)", bare):
        worse = min(pair.groups(), key=("red", "amber", "green").index)
        return _MEANT[worse], False
    # One letter alone is a colour; before other words it may be anything.
    first = re.match(r"(red|amber|green|blue|complete|completed|closed|done)\b(?! by\b)", bare)
    if first:
        return _MEANT[first[1]], False
    known = [word for word in _MEANT if len(word) > 2] if len(bare) <= _LONGEST else []
    near = get_close_matches(bare, known, n=1, cutoff=0.75)
    hint = f' (did you mean "{near[0]}"?)' if near else ""
    raise ValueError(f'"{text}" is none of red, amber, green and done{hint}')


def ticked(cell: Cell) -> bool | None:
    """Return whether a cell says that something is done, None where it says neither."""
    if cell.truth is not None:
        return cell.truth
    bare = _bare(cell.text)
    if bare in _TICKED:
        return True
    return False if bare in _UNTICKED or bare in _OPEN else None


def period_of(text: str) -> str:
    """Return how often something comes round, "" for once. Raises ValueError as `parse_period`."""
    bare = _bare(text)
    if bare in _ONCE:
        return ""
    period = parse_period(_PERIODS.get(bare, bare))
    if period == TERMLY:
        raise ValueError(
            '"termly" has no days, since no calendar tells the terms; write a row for each term'
        )
    return period


def _bare(text: str) -> str:
    return " ".join(text.split()).casefold().strip(" .:;()[]")
