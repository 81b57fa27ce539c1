"""The failures that we raise on purpose. Each carries the exit code that the command ends with.

Wrong data is not a failure: it is a `Finding`. These are for what stops a command altogether.

Exit codes: 0 done; 1 the check that was asked for failed; 2 the command could not run;
130 interrupted.
"""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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


class UnknownId(ReformcalcError):
    """An id, kind or rule that does not exist; the message offers the nearest, or a `remedy`."""

    def __init__(self, what: str, wrong: str, known: Iterable[str], remedy: str = "") -> None:
        hint = did_you_mean(wrong, known) or f"; there are: {_some(known)}"
        more = f"; {remedy}" if remedy else ""
        super().__init__(f'there is no {what} "{wrong}"{hint}{more}')


class Refused(ReformcalcError):
    """A question that has no honest answer: the `reason`, and a `remedy`, what to ask instead."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(f"{reason}; {remedy}" if remedy else reason)
        self.reason, self.remedy = reason, remedy

    def of(self, what: str) -> Refused:
        """Return the same refusal, said of something."""
        return Refused(f"{what}: {self.reason}", self.remedy)


def _some(known: Iterable[str]) -> str:
    """List words, or the first of many."""
    listed = sorted(known)
    shown = ", ".join(listed[:_SHOWN])
    return f"{shown} and {len(listed) - _SHOWN} more" if len(listed) > _SHOWN else shown or "none"


_SHOWN = 24  # words that fit a few lines


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """Return `; did you mean "x"?` for the nearest of words in small letters, or nothing."""
    near = _nearest(wrong.lower(), tuple(known))
    return f'; did you mean "{near[0]}"?' if near else ""


@lru_cache(maxsize=256)  # one slip of the pen is most often made again and again
def _nearest(wrong: str, known: tuple[str, ...]) -> list[str]:
    return get_close_matches(wrong, known, n=1, cutoff=0.6)
