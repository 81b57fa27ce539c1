"""The rows of a sheet as milestones of one's own plan, with all that was not read as it stands.

A row is an action or is told as left out; a cell is read, kept as a note, or told. What is wrong
with a row is a warning: the others answer, and the row stays with what could be read of it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.errors import did_you_mean
from reformcalc.findings import Finding, Position
from reformcalc.printable import UNPRINTABLE, unseen
from reformcalc.reading.headings import SYNONYMS, Column, Headings
from reformcalc.reading.plan_words import is_nothing, period_of, progress_of, ticked
from reformcalc.reading.sheet import Cell, Merge, Row, Sheet, letters, numbers
from reformcalc.reading.sheet_dates import Habit, done_day, due_words, habits, told, undated
from reformcalc.values.due import parse_due
from reformcalc.values.recurrence import meeting

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from reformcalc.findings import Plain
    from reformcalc.reading.sheet_dates import Order
    from reformcalc.values.due import Due

_LONGEST_ID = 60
_MOST_OF_TITLE = 200  # letters of a title that its id can be of
_LONGEST_QUOTED = 40
_DATES = ("due", "revised", "done")
_NO_DUE = undated("no date given")
_MOST_TIMES = 200  # days in one cell
_MOST_HINTS = 100  # misspelt ids: to look for the nearest of each takes a while
_NO_LETTER = re.compile(r"[\W\d_]*")
_TOTAL = re.compile(r"(?:grand |sub[ -]?)?totals?(?: (?:number of )?actions)?:?", re.IGNORECASE)
_YEARS = 9  # the longest time from one 29 February to the next, and one more


@dataclass(frozen=True, slots=True)
class Others:
    """What is read beside a sheet: what the milestones that it may serve are called; ids in use."""

    milestones: Mapping[str, Sequence[str]]
    taken: Collection[str]


@dataclass(frozen=True, slots=True)
class ReadAs:
    """A column in the account of what was read as what: `cells` of it, and what to know of it."""

    letter: str
    heading: str
    read_as: str  # empty where it is left out
    cells: int
    said: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """What was read as what: every row is an action or left out, every column read or left out."""

    sheet: str
    headings: int  # their row
    rows: int
    actions: int
    columns: tuple[ReadAs, ...]
    said: tuple[str, ...]

    @property
    def left_out(self) -> int:
        """How many rows are no action."""
        return self.rows - self.actions


@dataclass(slots=True)
class PlanRead:
    """The milestones of a sheet, where each stands in it, and what is to be told."""

    account: Account
    milestones: dict[str, Plain]
    findings: list[Finding]
    places: dict[str, dict[str, Position]]  # by id and field; under "" that of the title
    titles: dict[int, str]  # by line


def read_plan(sheet: Sheet, head: Headings, others: Others) -> PlanRead:
    """Read the rows below the headings of a sheet."""
    return _Reader(sheet, head, others).read()


@dataclass(slots=True)
class _Entry:
    """A milestone in the making: its fields, and the notes that keep what has no field."""

    row: Row
    fields: dict[str, Plain] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


class _Reader:
    """Reads one sheet, row by row."""

    def __init__(self, sheet: Sheet, head: Headings, others: Others) -> None:
        self._sheet, self._head, self._others = sheet, head, others
        self._called: dict[str, set[str]] = {}  # ids, by a title or a label in small letters
        for id_, names in others.milestones.items():
            for name in names:
                self._called.setdefault(name.casefold(), set()).add(id_)
        self._findings: list[Finding] = []
        self._said: list[str] = [*sheet.said]
        self._entries: dict[str, _Entry] = {}
        self._seen: dict[str, int] = {}  # titles, by the row that has each first
        self._ids = set(others.taken)
        self._same: Counter[str] = Counter()  # how often an id was made of the same words
        self._hints = 0
        self._counts: Counter[int] = Counter()
        self._columns: dict[int, Counter[str]] = {one.number: Counter() for one in head.columns}
        below = [row for row in sheet.rows if row.number > head.row.number]
        self._given = [row for row in below if row.filled]
        self._rows = _filled(self._given, sheet.merges)
        dates = [column for name in _DATES for column in head.of(name)]
        (title,) = head.of("title")
        self._across = {
            one.top for one in sheet.merges if one.left <= title.number < one.right
        }  # rows with headings of their own
        self._habits = habits(
            {
                column.number: [(row.number, row.at(column.number)) for row in self._rows]
                for column in dates
            }
        )

    def read(self) -> PlanRead:
        self._look_at_headings()
        for given, row in zip(self._given, self._rows, strict=True):
            if why := self._no_action(given, row):
                self._tell_row(row, f"{why}, so this row is left out")
            else:
                self._take(row)
        self._look_at_dates()
        self._look_at_hidden()
        milestones = {id_: self._milestone(entry) for id_, entry in self._entries.items()}
        places = {id_: self._places(entry.row) for id_, entry in self._entries.items()}
        titles = {entry.row.line: str(entry.fields["title"]) for entry in self._entries.values()}
        titles |= {
            row.line: _quotable(_line_of(row)) for row in self._rows if row.line not in titles
        }
        return PlanRead(self._account(), milestones, self._findings, places, titles)

    # What stands where

    def _place(self, row: Row, column: Column | None = None) -> Position:
        number, heading = (column.number, column.name) if column else (1, "")
        return Position(row.line, number, sheet=self._sheet.name, row=row.number, heading=heading)

    def _tell(self, rule: str, row: Row, column: Column | None, message: str) -> None:
        self._findings.append(Finding(rule, message, at=self._place(row, column)))

    def _tell_row(self, row: Row, message: str) -> None:
        self._tell("sheet-rows", row, None, message)

    def _tell_cell(self, row: Row, column: Column, message: str) -> None:
        self._tell("sheet-cells", row, column, message)

    def _places(self, row: Row) -> dict[str, Position]:
        (title,) = self._head.of("title")
        named = {one.read_as: one for one in reversed(self._head.columns) if one.read_as}
        if "revised" in named and row.at(named["revised"].number).text:
            named["due"] = named["revised"]
        return {name: self._place(row, column) for name, column in named.items()} | {
            "": self._place(row, title)
        }

    # Rows

    def _no_action(self, given: Row, row: Row) -> str:
        """Say why a row is no action, "" where it is one."""
        (title,) = self._head.of("title")
        if _same_texts(given, self._head.row):
            return "these are the headings again"
        said = self._text(row, title)
        if not said:
            others = "; ".join(_quotable(given.at(column).text) for column in given.filled)
            cell = row.at(title.number)
            why = f" but {cell.text}" if cell.error else ""
            return f"nothing{why} stands under {title.name} (it says {others})"
        if _NO_LETTER.fullmatch(said) or _TOTAL.fullmatch(said):
            return f"{_quoted(said)} is a number or a total, and no action"
        if given.filled == [title.number] and row.number in self._across:
            return f"{_quoted(said)} is a heading across the sheet"
        return ""

    def _take(self, row: Row) -> None:
        """Read a row as an action."""
        (column,) = self._head.of("title")
        title = self._text(row, column)
        entry = _Entry(row, {"title": title})
        for name in SYNONYMS:
            for one in self._head.of(name):
                self._take_cell(entry, one)
        entry.fields.setdefault("due", _NO_DUE)
        self._fit_rounds(entry)
        first = self._seen.setdefault(title.casefold(), row.number)
        id_ = self._id(title, self._reference(row) if first != row.number else "")
        if first != row.number:
            message = f'this is the title of row {first} too; its id is "{id_}"'
            self._tell_cell(row, column, f"{message}: give it a title of its own")
        self._ids.add(id_)
        self._entries[id_] = entry

    def _id(self, title: str, more: str) -> str:
        """Make an id of a title: the same for the same title, and told apart from those taken."""
        name = _slug(f"{title[:_MOST_OF_TITLE]} {more}") or "action"
        while True:
            self._same[name] += 1
            number = self._same[name]
            end = f"-{number}" if number > 1 else ""
            id_ = f"{name[: _LONGEST_ID - len(end)].rstrip('-')}{end}"
            if id_ not in self._ids:
                return id_

    def _reference(self, row: Row) -> str:
        return next((self._text(row, one) for one in self._head.of("source")), "")

    # Cells

    def _text(self, row: Row, column: Column) -> str:
        """Return the text of a cell in a line, "" for an error."""
        cell = row.at(column.number)
        return "" if cell.error else _clean(cell.text)

    def _take_cell(self, entry: _Entry, column: Column) -> None:
        """Read one cell into its field, or tell why it is not read."""
        cell = entry.row.at(column.number)
        if not self._can_be_read(entry.row, column, cell):
            return
        self._counts[column.number] += 1
        if hidden := unseen(" ".join(cell.text.split())):
            named = words.listed(words.few(hidden, 6))
            self._tell_cell(entry.row, column, f"letters that cannot be seen are left out: {named}")
        match column.read_as:
            case "due" | "revised":
                self._due(entry, column, cell)
            case "done":
                self._done(entry, column, cell)
            case "progress":
                self._progress(entry, column, cell)
            case "repeats":
                self._repeats(entry, column, cell)
            case "serves":
                self._serves(entry, column, cell)
            case "owner":
                held = entry.fields.get("owner")
                owner = self._text(entry.row, column)
                entry.fields["owner"] = f"{held}; {owner}" if held else owner
            case "source" | "note":
                _note(entry, column, self._text(entry.row, column))
            case _:  # the title, read already
                pass

    def _can_be_read(self, row: Row, column: Column, cell: Cell) -> bool:
        """Tell of what has no text to read; whether there is any."""
        if cell.error:
            self._tell_cell(row, column, f"{cell.text} stands here, and nothing is read; mend it")
        elif cell.formula and not cell.text:
            message = (
                "this formula has no stored value, and none is worked out; open the workbook in a "
                "spreadsheet program and save it"
            )
            self._tell_cell(row, column, message)
        if cell.formula and cell.text and not cell.error:
            self._columns[column.number]["formula"] += 1
        text = "" if cell.error else _clean(cell.text)
        return bool(text) and (column.read_as == "title" or not is_nothing(text))

    def _due(self, entry: _Entry, column: Column, cell: Cell) -> None:
        kinds = self._columns[column.number]
        try:
            order = self._habits[column.number].order
            read = due_words(cell, order, self._others.milestones)
        except ValueError as error:
            words_of_it, said = undated(_clean(cell.text)), "not read"
            self._tell_cell(entry.row, column, f"{error}; until then this row has no date")
        else:
            words_of_it = read.words
            due = parse_due(words_of_it)
            said = due.precision if due.dated else "undated"
            if read.taken:
                self._tell_cell(entry.row, column, f"{read.taken}; write it so, if that is right")
        kinds[said] += 1
        before = entry.fields.get("due")
        if before and before != words_of_it:
            _note(entry, self._head.of("due")[0], parse_due(str(before)).text)
        entry.fields["due"] = words_of_it

    def _done(self, entry: _Entry, column: Column, cell: Cell) -> None:
        days = _days(cell, self._habits[column.number].order)
        if days and all(days):
            entry.fields["done"] = [str(day) for day in days]
        elif (tick := ticked(cell)) is None:
            self._half_done(entry, column, cell)
        elif tick:
            entry.fields["progress"] = "done"

    def _half_done(self, entry: _Entry, column: Column, cell: Cell) -> None:
        """Read what stands where the day is expected on which something was done."""
        said = _clean(cell.text)
        try:
            dated = parse_due(due_words(cell, self._habits[column.number].order).words).dated
        except ValueError:
            dated = False
        _note(entry, column, said)
        if dated:
            entry.fields["progress"] = "done"
            message = f"{_quoted(said)} is no day: this counts as done, on a day that is not known"
        else:
            message = f"{_quoted(said)} is neither a day nor yes or no: this is not taken as done"
        self._tell_cell(entry.row, column, f"{message}; write the day, as 31/03/2027")

    def _progress(self, entry: _Entry, column: Column, cell: Cell) -> None:
        said = _clean(cell.text)
        try:
            progress, whole = progress_of(said)
        except ValueError as error:
            self._tell_cell(entry.row, column, f"{error}; it is kept as a note")
            progress, whole = "", False
        if not whole:
            _note(entry, column, said)
        if progress and entry.fields.get("progress") != "done":
            entry.fields["progress"] = progress
        if progress in ("red", "amber") and "done" in entry.fields:
            message = f"this is {progress}, and has a day on which it was done; check both"
            self._tell_cell(entry.row, column, message)

    def _repeats(self, entry: _Entry, column: Column, cell: Cell) -> None:
        said = _clean(cell.text)
        try:
            if period := period_of(said):
                entry.fields["repeats"] = period
        except ValueError as error:
            _note(entry, column, said)
            self._tell_cell(entry.row, column, f"{error}; it is kept as a note")

    def _serves(self, entry: _Entry, column: Column, cell: Cell) -> None:
        said = _clean(cell.text)
        known = self._others.milestones
        named = {said} if said in known else self._called.get(said.casefold(), set())
        if len(named) == 1:
            (entry.fields["serves"],) = named
            return
        _note(entry, column, said)
        self._hints += 1
        near = did_you_mean(said, (*known, *self._called)) if self._hints <= _MOST_HINTS else ""
        hint = near or "; find its id: reformcalc find WORDS"
        message = f"{_quoted(said)} is no milestone of the record, and is kept as a note{hint}"
        self._tell_cell(entry.row, column, message)

    def _fit_rounds(self, entry: _Entry) -> None:
        """Tell of what cannot come round as it is written, and let it fall due once."""
        period, due = entry.fields.get("repeats"), parse_due(str(entry.fields["due"]))
        done = entry.fields.get("done")
        if period:
            why = "it has no date to begin with" if not due.earliest else _meets(due, str(period))
            if why:
                del entry.fields["repeats"]
                column = self._head.of("repeats")[0]
                _note(entry, column, str(period))
                self._tell_cell(entry.row, column, f"this cannot come round {period}: {why}")
            elif entry.fields.get("progress") == "done":
                del entry.fields["progress"]
                message = f"this comes round {period}, so no status says that it is done"
                column = self._head.of("repeats")[0]
                self._tell_cell(entry.row, column, f"{message}; write the days under Done")
        if isinstance(done, list) and len(done) > 1 and "repeats" not in entry.fields:
            column = self._head.of("done")[0]
            entry.fields["done"] = [max(map(str, done))]
            _note(entry, column, words.listed(map(str, done)))
            message = f"this has {len(done)} days, and does not come round: the last is taken"
            self._tell_cell(entry.row, column, f"{message}; say how often under Repeats")

    # The whole

    def _look_at_headings(self) -> None:
        row = self._head.row
        for column in self._head.columns:
            if column.near:
                message = (
                    f'this heading is taken for "{column.near}"; write it so, if that is right'
                )
                self._tell("sheet-headings", row, column, message)
            elif column.rival:
                others = words.listed(f'"{one.name}"' for one in self._head.of(column.rival))
                message = (
                    f'this could be the column "{column.rival}" as well as {others}, and is left '
                    "out; give it another heading, or swap them"
                )
                self._tell("sheet-headings", row, column, message)
        if not self._head.of("due") and not self._head.of("revised"):
            message = (
                "no heading says when things fall due, so no row has a date; write one, as Due"
            )
            self._tell("sheet-headings", row, None, message)

    def _look_at_dates(self) -> None:
        for column in self._head.columns:
            seen = self._habits.get(column.number, Habit())
            if seen.assumed:
                row = next(one for one in self._rows if one.number == seen.assumed[0])
                self._tell("sheet-dates", row, column, told(seen))

    def _look_at_hidden(self) -> None:
        hidden = [row.number for row in self._rows if row.hidden]
        if hidden:
            row = next(one for one in self._rows if one.hidden)
            verb = "is hidden, and is" if len(hidden) == 1 else "are hidden, and are"
            message = f"row {numbers(hidden)} {verb} read like the others"
            self._tell_row(row, message if len(hidden) == 1 else f"rows{message[3:]}")
        for column in self._head.columns:
            if column.read_as and column.number in self._sheet.hidden_columns:
                message = "this column is hidden, and is read like the others"
                self._tell("sheet-headings", self._head.row, column, message)

    def _milestone(self, entry: _Entry) -> Plain:
        return entry.fields | ({"note": "; ".join(entry.notes)} if entry.notes else {})

    def _account(self) -> Account:
        above = [row.number for row in self._sheet.rows if row.number < self._head.row.number]
        said = [*self._said]
        if above:
            lines = "row" if len(above) == 1 else "rows"
            said.append(f"{lines} {numbers(above)} above the headings: not read")
        (title,) = self._head.of("title")
        bare = [
            one.row.number for one in self._entries.values() if one.row.filled == [title.number]
        ]
        if bare:
            lines = "row" if len(bare) == 1 else "rows"
            said.append(f"{lines} {numbers(bare)} with nothing but a title: read as any other")
        used = {column for row in self._rows for column in row.filled}
        columns = tuple(
            self._read_as(one) for one in self._head.columns if one.heading or one.number in used
        )
        number, actions = len(self._rows), len(self._entries)
        return Account(
            self._sheet.name, self._head.row.number, number, actions, columns, tuple(said)
        )

    def _read_as(self, column: Column) -> ReadAs:
        kinds = self._columns[column.number]
        said = [
            f"{kinds[name]} {what}"
            for name, what in (("undated", "undated"), ("not read", "not read"))
            if kinds[name]
        ]
        if kinds["formula"]:
            what = (
                "formula, as last worked out"
                if kinds["formula"] == 1
                else "formulas, as last worked out"
            )
            said.append(f"{kinds['formula']} {what}")
        merged = sum(
            bool(row.at(column.number).text and not given.at(column.number).text)
            for given, row in zip(self._given, self._rows, strict=True)
        )
        if merged:
            said.append(f"{merged} merged with the row above")
        seen = self._habits.get(column.number)
        if seen and seen.shown and self._counts[column.number]:
            said.append(f"the {seen.order} stands first, as {seen.shown} shows")
        number = column.number
        cells = (
            self._counts[number]
            if column.read_as
            else sum(bool(row.at(number).text) for row in self._rows)
        )
        if column.read_as == "progress" and not cells:
            said.append("empty: a colour alone cannot be read")
        return ReadAs(letters(number), column.heading, column.read_as, cells, ", ".join(said))


def _days(cell: Cell, order: Order | None) -> list[date | None]:
    """Return the days that a cell gives, parted by commas and the like; None for what is none."""
    whole = done_day(cell, order)
    if whole or cell.day:
        return [whole]
    parts = re.split(r"[;,\n&]| and ", cell.text, maxsplit=_MOST_TIMES)
    return [done_day(Cell(one), order) for one in parts if one.strip()]


def _meets(due: Due, period: str) -> str:
    """Say why a date cannot come round, "" where it can."""
    assert due.earliest is not None
    try:
        met = meeting(due, period, until=date(due.earliest.year + _YEARS, 12, 31))
    except ValueError as error:
        return str(error)
    return f"one time would begin before another, {met[0].text}, has ended" if met else ""


def _filled(rows: list[Row], merges: Sequence[Merge]) -> list[Row]:
    """Return rows with what is merged over several of them written in each."""
    ordered = sorted(merges, key=lambda one: (one.left, one.top))
    by_number = {row.number: row for row in rows}
    numbers_of_rows = [row.number for row in rows]
    added: dict[int, dict[int, Cell]] = {}
    reached = (0, 0)  # a column, and how far down it merges were seen: none lies in another
    for one in ordered:
        if (one.left, one.top) <= reached or one.top not in by_number:
            continue
        reached = (one.left, one.bottom)
        start = bisect_right(numbers_of_rows, one.top)
        end = bisect_right(numbers_of_rows, one.bottom)
        for number in numbers_of_rows[start:end]:
            added.setdefault(number, {})[one.left] = by_number[one.top].at(one.left)
    return [replace(row, cells=added.get(row.number, {}) | row.cells) for row in rows]


def _same_texts(one: Row, other: Row) -> bool:
    return one.filled == other.filled and all(
        one.at(column).text == other.at(column).text for column in one.filled
    )


def _note(entry: _Entry, column: Column, text: str) -> None:
    """Keep words of a cell in the note, under its heading."""
    entry.notes.append(f"{column.name}: {text}")


def _clean(text: str) -> str:
    """Return text in a line, without what cannot be seen."""
    line = " ".join(text.split())
    return " ".join(UNPRINTABLE.sub("", line).split()) if UNPRINTABLE.search(line) else line


def _slug(text: str) -> str:
    """Make the letters of an id of a text, whole words as far as they fit."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    parts = re.findall("[a-z0-9]+", plain.replace("'", ""))
    name = ""
    for part in parts:
        longer = f"{name}-{part}" if name else part[:_LONGEST_ID]
        if len(longer) > _LONGEST_ID:
            break
        name = longer
    return name


def _quotable(text: str) -> str:
    clean = _clean(text)
    return clean if len(clean) <= _LONGEST_QUOTED else f"{clean[: _LONGEST_QUOTED - 1]}…"


def _quoted(text: str) -> str:
    return f'"{_quotable(text)}"'


def _line_of(row: Row) -> str:
    return " | ".join(_clean(row.at(column).text) for column in row.filled)
