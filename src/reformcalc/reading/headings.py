"""Which row of a sheet has its headings, and what each column is for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reformcalc.reading.sheet import MOST_ABOVE, letters

if TYPE_CHECKING:
    from reformcalc.reading.sheet import Row, Sheet

_NEAR = 0.8  # as like as a slip of the pen leaves a word
_LONGEST = 80  # letters of a heading: longer ones are remarks
_MOST_SEEN = 200  # letters of a cell that are looked at as a heading
_LONG_ENOUGH = 5  # letters: shorter words are like many others

# What headings people write for each field, the surest first: where two columns could be it, the
# surer one is. The order of the fields is that in which they choose.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "title": (
        "action", "actions", "action required", "action needed", "agreed action", "title", "task",
        "tasks", "what", "what we will do", "what will we do", "action to be taken",
        "actions to be taken", "action title", "action description", "key action", "key actions",
        "milestone", "milestones", "deliverable", "deliverables", "activity", "activities", "step",
        "steps", "description", "objective", "recommendation", "item",
    ),
    "due": (
        "due", "due date", "date due", "deadline", "deadline date", "by", "by when", "target date",
        "target completion date", "target completion", "date for completion", "complete by",
        "completion due", "due by", "to be completed by", "planned date", "planned completion",
        "planned completion date", "original target date", "original due date", "original date",
        "when", "timescale", "timescales", "timeframe", "time frame", "end date", "finish date",
        "finish", "completion date", "due completion date", "target", "date",
    ),
    "revised": (
        "revised date", "revised due date", "revised due", "revised target date", "revised target",
        "revised deadline", "revised completion date", "new date", "new due date",
        "new target date", "extended to", "forecast date", "forecast completion date",
    ),
    "done": (
        "done", "done on", "date done", "completed", "date completed", "completed date",
        "completed on", "date of completion", "actual completion date", "actual completion",
        "actual date", "actual end date", "complete", "date complete", "closed", "date closed",
        "closed on", "completion date", "date met", "done date", "completed y/n", "complete y/n",
        "finished",
    ),
    "owner": (
        "lead", "owner", "lead officer", "action owner", "responsible officer",
        "responsible owner", "responsible", "responsibility", "who", "by whom", "who by",
        "who is responsible", "person responsible", "responsible person", "assigned to",
        "assignee", "lead person", "lead name", "lead manager", "officer", "named lead",
        "action lead", "accountable", "accountable officer", "sro", "senior responsible owner",
        "lead/owner", "owner/lead", "lead agency",
    ),
    "progress": (
        "rag", "rag rating", "rag status", "brag", "brag rating", "brag status", "status rag",
        "progress rag", "current rag", "rag progress", "status", "action status", "current status",
        "status update", "progress", "progress status", "% complete", "percent complete",
        "percentage complete",
    ),
    "repeats": ("repeats", "frequency", "how often", "recurs", "recurrence", "repeat"),
    "serves": (
        "serves", "national milestone", "national commitment", "national deadline",
        "national action", "reform milestone", "links to", "serves national",
    ),
    "source": (
        "source", "ref", "reference", "ref no", "reference number", "action ref",
        "action reference", "action no", "action number", "no", "number", "id", "action id",
        "source document", "source ref", "item no", "rec", "rec no", "recommendation no",
        "recommendation ref", "ofsted ref", "origin",
    ),
    "note": (
        "notes", "note", "comments", "comment", "update", "updates", "latest update",
        "progress update", "progress notes", "progress comments", "commentary", "narrative",
        "remarks", "update/comments", "comments/update", "latest position", "progress to date",
        "current position",
    ),
}  # fmt: skip
# Fields of which a row has one: of several columns the surest is read, and the others are notes or
# rivals. Of other fields, all columns that could be it are read.
_ONE = {
    "title": "note",
    "progress": "note",
    "due": "",
    "revised": "",
    "done": "",
    "repeats": "",
    "serves": "",
}
_ALL = {word for words in SYNONYMS.values() for word in words}


@dataclass(frozen=True, slots=True)
class Column:
    """A column under its heading: what it is `read_as`, empty where it is left out.

    `near` is the heading that a misspelt one was taken for; `rival` the field that it could be, and
    that another column is.
    """

    number: int
    heading: str
    read_as: str = ""
    near: str = ""
    rival: str = ""

    @property
    def name(self) -> str:
        """What a message calls it."""
        return self.heading or f"column {letters(self.number)}"


@dataclass(frozen=True, slots=True)
class Headings:
    """The row of the headings, and the columns below it."""

    row: Row
    columns: tuple[Column, ...]

    def of(self, read_as: str) -> list[Column]:
        """Return the columns that are read as a field."""
        return [column for column in self.columns if column.read_as == read_as]

    @property
    def known(self) -> int:
        """How many of the fields some column is read as."""
        return len({column.read_as for column in self.columns} - {""})


def headings(sheet: Sheet) -> Headings | None:
    """Return the headings of a sheet, None where no row near its top has those of a plan.

    They say what is to be done, and by when or by whom or how it stands: in any order, and under
    any of the names of a table.
    """
    last = max((column for row in sheet.rows for column in row.filled), default=0)
    found = [_read(row, last) for row in sheet.rows if row.number <= MOST_ABOVE]
    sure = [one for one in found if one.of("title") and one.known > 1]
    return max(sure, key=lambda one: (one.known, -one.row.number), default=None)


def known_headings(sheet: Sheet) -> int:
    """Say how many fields the headings of a sheet name: 0 where it has none."""
    found = headings(sheet)
    return found.known if found else 0


def _read(row: Row, last: int) -> Headings:
    """Take a row for the headings, and say what each column would be, to the last of the sheet."""
    written = {column: " ".join(row.at(column).text[:_MOST_SEEN].split()) for column in row.filled}
    meant = {column: _meant(text) for column, text in written.items()}
    read_as, rivals = _shared_out({column: one.heading for column, one in meant.items()})
    columns = []
    for number in range(1, last + 1):
        one = meant.get(number, _Meant("", near=False))
        near = one.heading if one.near and number in read_as else ""
        columns.append(
            Column(
                number,
                written.get(number, ""),
                read_as.get(number, ""),
                near,
                rivals.get(number, ""),
            )
        )
    return Headings(row, tuple(columns))


def _shared_out(meant: dict[int, str]) -> tuple[dict[int, str], dict[int, str]]:
    """Say which field each column is read as, and which other columns could be it."""
    read_as: dict[int, str] = {}
    rivals: dict[int, str] = {}
    for field, words in SYNONYMS.items():
        could = sorted(
            (words.index(word), column)
            for column, word in meant.items()
            if word in words and column not in read_as
        )
        for place, (_, column) in enumerate(could):
            if place == 0 or field not in _ONE:
                read_as[column] = field
                rivals.pop(column, None)
            elif _ONE[field]:
                read_as[column] = _ONE[field]
            else:
                rivals[column] = field
    return read_as, rivals


class _Meant(NamedTuple):
    """The heading of the table that one is, or, if it is `near` one, was most likely meant."""

    heading: str
    near: bool


@lru_cache(maxsize=512)
def _meant(heading: str) -> _Meant:
    """Return the heading of the table that one is, or is near to."""
    if len(heading) > _LONGEST:
        return _Meant("", near=False)
    whole = heading.casefold()
    without = re.sub(r"\([^)]*\)|\[[^]]*\]", " ", whole)
    for text in (whole, without):
        bare = " ".join(re.sub(r"[^\w%/ ]|_", " ", text).split())
        for form in (bare, bare.replace(" / ", "/"), bare.replace("/", " "), f"{bare}s"):
            if form in _ALL:
                return _Meant(form, near=False)
    short = " ".join(re.sub(r"[^\w ]", " ", without).split())
    likeness, near = max((_likeness(short.split(), one.split()), one) for one in _ALL)
    return _Meant(near, near=True) if likeness >= _NEAR else _Meant("", near=False)


def _likeness(words: list[str], others: list[str]) -> float:
    """Say how like two headings are that one long word alone tells apart; 0 for all others."""
    unlike = [pair for pair in zip(words, others, strict=False) if pair[0] != pair[1]]
    if len(words) != len(others) or len(unlike) != 1:
        return 0
    word, other = unlike[0]
    if len(word) < _LONG_ENOUGH or word[0] != other[0]:
        return 0
    return SequenceMatcher(None, word, other).ratio()
