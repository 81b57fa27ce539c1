"""The failures that we raise on purpose. Each carries the exit code that the command ends with.

Wrong data is not a failure: it is a `Finding`. These are for what stops a command altogether.

Exit codes: 0 done; 1 the check that was asked for failed; 2 the command could not run;
130 interrupted; 129 or 143 told to end while it wrote.
"""

from __future__ import annotations

from datetime import date, datetime
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reformcalc.findings import Located


class ReformcalcError(Exception):
    """Base of the failures whose message is meant for the person at the terminal."""

    exit_code = 2


class DatasetUnreadable(ReformcalcError):
    """A path that is missing, cannot be opened, or holds no YAML file."""


class Unwritable(ReformcalcError):
    """A file that cannot be written, or that is there already."""


class DatasetInvalid(ReformcalcError):
    """A query was asked of a dataset with errors; `findings` holds all, of so many `files`."""

    def __init__(self, findings: Sequence[Located], files: int) -> None:
        super().__init__(f"{len(findings)} findings")
        self.findings, self.files = findings, files


class SettingsInvalid(ReformcalcError):
    """A file of settings with what it cannot say; `findings` holds all of it."""

    def __init__(self, findings: Sequence[Located]) -> None:
        super().__init__("; ".join(one.finding.message for one in findings))
        self.findings = findings


class UnknownId(ReformcalcError):
    """An id, kind or rule that does not exist; the message offers the nearest, or a `remedy`.

    `called` has what each is called, so that a person can tell which of several was meant.
    """

    def __init__(
        self,
        what: str,
        wrong: str,
        known: Iterable[str],
        remedy: str = "",
        *,
        called: Mapping[str, str] | None = None,
    ) -> None:
        near = _nearest_of("-".join(wrong.split()), tuple(known), called or {})
        near = near or "; none is like it"
        more = remedy or (_ALL if near.endswith("like it") else "")
        if more:
            more = f" {more[:1].upper()}{more[1:]}" if near.endswith("?") else f"; {more}"
        super().__init__(f'there is no {what} "{wrong}"{near}{more}')


_ALL = "what there is: reformcalc list"


class NotADay(ReformcalcError, TypeError):
    """Something else than a date where a day is asked for: text, or a day with an hour."""

    def __init__(self, what: str, value: object) -> None:
        kind = "text" if isinstance(value, str) else f"of type {type(value).__name__}"
        super().__init__(f"{what} is a day, and this is {kind}: {value!r}; {_as_day(value)}")


def _as_day(value: object) -> str:
    """Say how to write what is meant as a day."""
    if isinstance(value, datetime):
        return "write .date() after it"
    try:
        return f"write {date.fromisoformat(str(value))!r}".replace("datetime.", "")
    except ValueError:
        return "write date(2026, 11, 30), from datetime"


def need_day(what: str, value: object) -> None:
    """Raise NotADay where a value is no day; one with an hour cannot be compared with one."""
    if not isinstance(value, date) or isinstance(value, datetime):
        raise NotADay(what, value)


class Several(ReformcalcError):
    """Words that mean several entries: `offered` are a few of them, each with what it is called.

    `more` is how many besides, and `kind` what they are, where only such could be meant.
    """

    def __init__(
        self, words: str, offered: Sequence[tuple[str, str]], more: int, kind: str = ""
    ) -> None:
        named = ", ".join(id_ for id_, _ in offered)
        super().__init__(f'"{words}" can mean {len(offered) + more} {kind or "entries"}: {named}')
        self.words, self.offered, self.more, self.kind = words, offered, more, kind


class Refused(ReformcalcError):
    """A question that has no honest answer: the `reason`, and a `remedy`, what to ask instead."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(f"{reason}; {remedy}" if remedy else reason)
        self.reason, self.remedy = reason, remedy

    def of(self, what: str) -> Refused:
        """Return the same refusal, said of something."""
        return Refused(f"{what}: {self.reason}", self.remedy)


def _nearest_of(wrong: str, known: Sequence[str], called: Mapping[str, str]) -> str:
    """Offer the nearest of the words that exist: all where they are few and none is near.

    Returns "" where they are many and none is.
    """
    sure = get_close_matches(wrong.lower(), known, n=1, cutoff=_SURE)
    near = sure or _nearest(wrong.lower(), tuple(known), _OFFERED)
    if len(near) == 1:
        return f'; did you mean "{near[0]}"?'
    if near:
        said = [f'"{one}"{f" ({called[one]})" if called.get(one) else ""}' for one in near]
        return f"; did you mean {_either(said)}?"
    if len(known) <= _SHOWN:
        return f"; there are: {', '.join(sorted(known)) or 'none'}"
    return ""


def _either(said: Sequence[str]) -> str:
    *first, last = said
    return f"{', '.join(first)} or {last}" if first else last


_SURE = 0.85  # as like as a slip of the pen leaves a word
_OFFERED = 5  # words that a person looks through
_SHOWN = 24  # words that fit a few lines


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """Return `; did you mean "x"?` for the nearest of words in small letters, or nothing."""
    near = _nearest(wrong.lower(), tuple(known), 1)
    return f'; did you mean "{near[0]}"?' if near else ""


def nearest(wrong: str, known: Iterable[str], most: int) -> list[str]:
    """Return the words in small letters that are most like one, the nearest first."""
    return _nearest(wrong.lower(), tuple(known), most)


@lru_cache(maxsize=256)  # one slip of the pen is most often made again and again
def _nearest(wrong: str, known: tuple[str, ...], most: int) -> list[str]:
    return get_close_matches(wrong, known, n=most, cutoff=0.6)
