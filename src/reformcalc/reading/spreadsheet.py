"""A workbook or CSV file as a file of one's own plan: which sheet is read, and what it says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.findings import Finding, Position
from reformcalc.reading.delimited import read_delimited
from reformcalc.reading.headings import headings, known_headings
from reformcalc.reading.plan import Account, Others, PlanRead, read_plan
from reformcalc.reading.sheet import MOST_LETTERS, Sheet, Unreadable
from reformcalc.reading.workbook import Workbook

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from reformcalc.findings import Plain, Route
    from reformcalc.reading.headings import Headings
    from reformcalc.reading.workbook import SheetName

_DELIMITED = (".csv", ".tsv")
_NO_HEADINGS = (
    "no row has the headings of a plan: write what is to be done (Action or Title) beside by when "
    "(Due), who (Owner) or how it stands (Status); reformcalc new plan begins one"
)


@dataclass(frozen=True)
class Spreadsheet:
    """What a spreadsheet says, as YAML that is parsed does: values, findings, places.

    `value` is None, and there is no account, where it cannot be read at all.
    """

    value: Plain | None
    findings: tuple[Finding, ...]
    account: Account | None = None
    places: Mapping[str, Mapping[str, Position]] = field(default_factory=dict)
    rows: Mapping[int, str] = field(default_factory=dict)  # what each says, by its line

    def locate(self, route: Route, *, on_key: bool = False) -> Position:  # noqa: ARG002  as of YAML
        """Return the cell of a route, or else that of the title of its row."""
        fields = self.places.get(str(route[1]) if len(route) > 1 else "", {})
        named = str(route[2]) if len(route) > 2 else ""
        return fields.get(named) or fields.get("") or Position(1, 1)

    def excerpt(self, at: Position) -> str:
        """Return what the row of a place is about."""
        return self.rows.get(at.line, "") if at.row else ""


def read_spreadsheet(raw: bytes, name: str, sheet: str | None, others: Others) -> Spreadsheet:
    """Read the bytes of a spreadsheet of a name; whatever is wrong with it is a finding.

    `sheet` names one of a workbook; else the first is read that has headings of a plan.
    """
    try:
        if name.lower().endswith(_DELIMITED):
            return _read_delimited(raw, sheet, others)
        book = Workbook(raw)
        return (
            _read_first(book, name, others) if sheet is None else _read_named(book, sheet, others)
        )
    except Unreadable as error:
        return _refused(str(error), error.line)


def _refused(message: str, line: int = 1, sheet: str = "") -> Spreadsheet:
    at = Position(line, 1, sheet=sheet)
    return Spreadsheet(None, (Finding("sheet-readable", message, at=at),))


def _read_delimited(raw: bytes, sheet: str | None, others: Others) -> Spreadsheet:
    if sheet is not None:
        return _refused(f'a CSV file is one sheet; leave "#{sheet}" out')
    read = read_delimited(raw, known_headings)
    head = headings(read)
    return _refused(_lacking([read])) if head is None else _read(read, head, others)


def _read_first(book: Workbook, name: str, others: Others) -> Spreadsheet:
    """Read the first sheet that has the headings of a plan, and tell of the others that have."""
    seen, told = [], []
    for one in book.sheets:
        if one.hidden:
            continue
        try:
            seen.append((one, book.glance(one)))
        except Unreadable as error:
            told.append(_of_sheet(one.name, f"this sheet cannot be read: {error}"))
    plans = [one for one, sheet in seen if headings(sheet)]
    if not plans:
        return _refused(told[0].message if told else _lacking([sheet for _, sheet in seen]))
    first, *more = plans
    told += [_of_sheet(one.name, _ANOTHER.format(name, one.name)) for one in more]
    return _read_sheet(book, first, others, told)


def _read_named(book: Workbook, named: str, others: Others) -> Spreadsheet:
    wanted = next((one for one in book.sheets if one.name.casefold() == named.casefold()), None)
    if wanted is None:
        there = words.listed(f'"{one.name}"' for one in book.sheets)
        return _refused(f'there is no sheet "{named}"; there is {there}')
    hidden = "this sheet is hidden, and is read since it was named"
    return _read_sheet(
        book, wanted, others, [_of_sheet(wanted.name, hidden)] if wanted.hidden else []
    )


def _read_sheet(
    book: Workbook, which: SheetName, others: Others, told: Sequence[Finding]
) -> Spreadsheet:
    sheet = book.sheet(which)
    head = headings(sheet)
    if head is None:
        return _refused(_lacking([sheet]), sheet=sheet.name)
    told_of = {which.name, *(one.at.sheet for one in told if one.at)}
    sheet.said += _left_out(book, told_of)
    return _read(sheet, head, others, told)


def _read(
    sheet: Sheet, head: Headings, others: Others, more: Sequence[Finding] = ()
) -> Spreadsheet:
    if sum(len(cell.text) for row in sheet.rows for cell in row.cells.values()) > MOST_LETTERS:
        return _refused(
            f"this sheet has more than {MOST_LETTERS:,} letters; save the plan alone as a sheet",
            sheet=sheet.name,
        )
    read: PlanRead = read_plan(sheet, head, others)
    value: Plain = {"milestones": read.milestones} if read.milestones else {}
    findings = (*more, *read.findings)
    if not read.milestones:
        at = Position(head.row.line, 1, sheet=sheet.name, row=head.row.number)
        message = "no row below these headings is an action; write one"
        findings = (*findings, Finding("sheet-readable", message, at=at))
    return Spreadsheet(value, findings, read.account, read.places, read.titles)


def _lacking(sheets: Sequence[Sheet]) -> str:
    """Say that no headings were found, and what the first rows say instead."""
    for sheet in sheets:
        for row in sheet.rows[:1]:
            found = [" ".join(row.at(column).text.split()) for column in row.filled[:6]]
            of = f' of "{sheet.name}"' if sheet.name else ""
            return f"{_NO_HEADINGS}. Row {row.number}{of} says: {' | '.join(found)[:120]}"
    return "nothing is written in this file"


_ANOTHER = (
    "this sheet has the headings of a plan too, and is not read; to read it as well, add "
    '--data "{}#{}"'
)


def _of_sheet(name: str, message: str) -> Finding:
    return Finding("sheet-rows", message, at=Position(1, 1, sheet=name))


def _left_out(book: Workbook, told_of: Collection[str]) -> Iterator[str]:
    """Say what of a workbook is not read, beside the sheets that findings tell of."""
    others = [one for one in book.sheets if one.name not in told_of]
    if others:
        named = [f'"{one.name}"{" (hidden)" if one.hidden else ""}' for one in others]
        noun = "sheet" if len(others) == 1 else "sheets"
        yield f"{noun} {words.listed(words.few(named, 6))}: not read"
    if book.unopened:
        yield f"{words.listed(book.unopened)}: never opened"
