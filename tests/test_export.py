"""Exports, opened by the programs that they are for."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import sys
from contextlib import closing
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Annotated, Any

import openpyxl
import pytest
from pydantic import Field

from reformcalc import load
from reformcalc.answers.deadlines.answers import deadlines
from reformcalc.answers.question import TotalsRow
from reformcalc.answers.totals.totals import totals
from reformcalc.export import package, people, sqlite, xlsx
from reformcalc.export.answers import ANSWERS, content
from reformcalc.export.record import tables_of
from reformcalc.export.table import Type, joined
from reformcalc.export.tables import TABLES
from reformcalc.export.workbook import sheet_of
from reformcalc.record.fields import Day, Id, Ids, Money, Names, Truth, WhenWords, Year
from reformcalc.record.model import Claim, Dataset, Entry, Part
from reformcalc.rows import key_names
from reformcalc.values.money import round_pounds
from tests.conftest import PROJECT, TINY
from tests.unit.builders import ask, dates_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from reformcalc.export.table import Table
    from tests.conftest import Result

DAY = date(2031, 6, 30)
TODAY = date(2026, 11, 21)
DATASETS = {"bundled": ("bundled", TODAY), "tiny": (str(TINY), DAY)}

Rows = list[tuple[Any, ...]]


@pytest.fixture
def exported(
    run: Callable[..., Result], tmp_path: Path, exported_whole: Callable[[str], Path]
) -> Callable[..., Path]:
    """Return a function that exports a dataset to a name and returns the path.

    What is exported of the bundled record is made once of each name, and only to be read.
    """

    def call(name: str, data: str | Path = TINY, day: date = DAY) -> Path:
        if data == "bundled":
            assert day == TODAY
            return exported_whole(name)
        out = Path(f"{tmp_path}/{name}")
        written = f"{out.parent}/{name}"
        result = run("export", written, "--data", data, "--as-of", day.isoformat(), "--force")
        assert (result.code, result.err) == (0, "")
        assert result.out.startswith(f"wrote {written}: {len(TABLES)} tables")
        return out

    return call


def _as_cells(tables: dict[str, Rows]) -> dict[str, Rows]:
    """Return tables with each list as one cell holds it."""
    return {name: [tuple(map(joined, row)) for row in rows] for name, rows in tables.items()}


def _csv(folder: Path) -> dict[str, Rows]:
    """Read a package with a CSV reader, each cell by the type that its descriptor gives."""
    read: dict[str, Callable[[str], Any]] = {
        "string": str,
        "integer": int,
        "number": float,
        "date": date.fromisoformat,
        "boolean": {"true": True, "false": False}.__getitem__,
    }
    tables = {}
    for resource in json.loads((folder / package.DESCRIPTOR).read_text("utf-8"))["resources"]:
        types = [read[field["type"]] for field in resource["schema"]["fields"]]
        with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
            _, *lines = csv.reader(file)
        tables[resource["name"]] = [
            tuple(type_(cell) if cell else None for type_, cell in zip(types, line, strict=True))
            for line in lines
        ]
    return tables


def _sqlite(path: Path) -> dict[str, Rows]:
    with closing(sqlite3.connect(path)) as database:
        return {
            table.name: [
                tuple(
                    _typed(column.type, one) for column, one in zip(table.columns, row, strict=True)
                )
                for row in database.execute(f'SELECT * FROM "{table.name}"')
            ]
            for table in TABLES
        }


def _typed(type_: Type, stored: Any) -> Any:
    """Return what SQLite, which has neither, stores for a day or a truth."""
    if stored is not None and type_ is Type.LIST:
        return tuple(json.loads(stored))
    if stored is not None and type_ is Type.DAY:
        return date.fromisoformat(stored)
    return bool(stored) if stored is not None and type_ is Type.TRUTH else stored


@lru_cache(2)
def _book(path: Path) -> Workbook:
    return openpyxl.load_workbook(path)


def _xlsx(path: Path) -> dict[str, Rows]:
    book = _book(path)
    return {
        table.name: [
            tuple(one.date() if isinstance(one, datetime) else one for one in row)
            for row in sheet.iter_rows(min_row=2, max_col=len(table.columns), values_only=True)
        ]
        for sheet, table in _of_tables(book)
    }


def _of_tables(book: Workbook) -> list[tuple[Worksheet, Table]]:
    """Return the sheet of each table: they stand after those that people use."""
    return list(zip(book.worksheets[-len(TABLES) :], TABLES, strict=True))


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_form_has_the_same_rows(dataset: str, exported: Callable[..., Path]) -> None:
    """A CSV reader, sqlite3 and openpyxl read the same values, of the same types."""
    data, day = DATASETS[dataset]
    loaded = load(data)
    held = content(loaded.valid(), as_of=day, digest=loaded.digest)
    expected = {table.name: table.rows(held) for table in TABLES}
    assert _csv(exported("package/", data, day)) == _as_cells(expected)
    assert _sqlite(exported("record.sqlite", data, day)) == expected
    assert _xlsx(exported("record.xlsx", data, day)) == _as_cells(expected)
    assert [name for name, rows in expected.items() if not rows] == (
        ["times_kept"]
        if dataset == "bundled"
        else [
            "answered",
            "stages",
            "areas",
            "allocations",
            "body_notes",
            "figure_years",
            "figure_changes",
            "times_kept",
            "milestone_areas",
            "recommendations",
            "responses",
            "recommendation_looks",
            "recommendation_asked_before",
            "deflators",
            "deflator_years",
        ]
    )


def test_frictionless_takes_the_package(exported: Callable[..., Path]) -> None:
    """The package is valid: types, keys and references hold in every row."""
    from frictionless import validate  # it takes long to import, and one process alone needs it

    out = exported("package", "bundled", TODAY)
    report = validate(str(out / package.DESCRIPTOR))
    assert report.flatten(["message"]) == []
    assert report.valid
    descriptor = json.loads((out / package.DESCRIPTOR).read_text("utf-8"))
    assert descriptor["licenses"]
    assert len(descriptor["sources"]) == len(load().valid().sources)


FAULTS = {
    "memberships": ("dredger,quay-plan,", "dredger,quay-plans,", "foreign-key"),
    "claims": ("milestones/dredger-bought,", "commitments/dredger-bought,", "foreign-key"),
    "commitments": ("beacon-loans,", "beacon-grant,", "primary-key"),
    "amounts": (",12000000,", ",twelve,", "type-error"),
}
# What refers to the commitment whose key is broken so.
LEFT_WITHOUT = {"amounts", "entries", "new_money", "relations"}


def test_the_package_says_enough_to_find_a_fault(exported: Callable[..., Path]) -> None:
    """What somebody breaks in a CSV file is found by what the descriptor says of it, alone."""
    from frictionless import validate

    out = exported("package")
    for table, (old, new, _) in FAULTS.items():
        path = out / f"{table}.csv"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    report = validate(str(out / package.DESCRIPTOR))
    found = {(task.name, error.type) for task in report.tasks for error in task.errors}
    assert found == {(table, error) for table, (_, _, error) in FAULTS.items()} | {
        (table, "foreign-key") for table in LEFT_WITHOUT
    }


def test_sqlite_keeps_its_own_keys(exported: Callable[..., Path]) -> None:
    """The database is sound, and refuses a key that is taken or a reference that leads nowhere."""
    with closing(sqlite3.connect(exported("record.sqlite", "bundled", TODAY))) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        database.execute("PRAGMA foreign_keys = ON")
        for statement in (
            "INSERT INTO pillars SELECT * FROM pillars LIMIT 1",
            "INSERT INTO memberships (commitment, envelope) VALUES ('nothing', 'of-the-kind')",
            "UPDATE commitments SET counted = 'maybe'",
        ):
            with pytest.raises(sqlite3.IntegrityError), database:
                database.execute(statement)
        (said,) = database.execute("SELECT sql FROM sqlite_master WHERE name = 'totals'").fetchone()
        assert "what it and the rows under it add to the total" in said


def test_the_questions_in_the_documents(exported: Callable[..., Path]) -> None:
    """The SQL in docs/export.md runs, and finds what `totals` shows."""
    page = (PROJECT / "docs" / "export.md").read_text("utf-8")
    *_, inside, added = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    with closing(sqlite3.connect(exported("record.sqlite", "bundled", TODAY))) as database:
        rows = database.execute(inside).fetchall()
        ((fostering,),) = database.execute(added).fetchall()
    dataset = load().valid()
    shown = {
        (row.id, round_pounds(row.amount.stated), row.adds_gbp, row.where)
        for row in totals(ask(dataset, TODAY)).rows
        if row.parent == "stable-homes"
    }
    assert len(shown) > 1
    assert set(rows) == shown
    # What a table adds up is in doubt as in the whole answer: of fostering, 27 + 15 + 25.
    whole = ask(dataset, TODAY)
    about = {i for i in whole.counted if "fostering" in whole.ledger.items[i].entry.topics}
    assert fostering == round_pounds(whole.adds(about)) == 67_000_000


@pytest.mark.parametrize("day", [date(2023, 6, 20), TODAY])
def test_a_choice_adds_up_from_what_each_counts(day: date) -> None:
    """`counted` adds to the row of each pillar, in doubt as in the whole, and to the total."""
    dataset = load().valid()
    (table,) = [one for one in TABLES if one.name == "counted"]
    counted = table.rows(content(dataset, as_of=day, digest=""))
    names = [column.name for column in table.columns]
    counts = {row[0]: row[names.index("counts_gbp")] for row in counted}
    for pillar in (None, *dataset.pillars):
        report = totals(ask(dataset, day), by="pillar")
        rows = {row.id: row for row in report.rows}
        whole = rows[pillar] if pillar else report.total
        assert isinstance(whole, TotalsRow)
        picked = [
            amount
            for id_, amount in counts.items()
            if pillar in (None, dataset.commitments[str(id_).partition("~")[0]].pillar)
        ]
        assert sum(picked) == whole.adds_gbp  # type: ignore[arg-type]


def test_who_must_act_is_listed_also_where_that_is_the_lead(
    exported: Callable[..., Path],
) -> None:
    """A join finds the deadlines of a body that `deadlines --acts` finds."""
    with closing(sqlite3.connect(exported("record.sqlite", "bundled", TODAY))) as database:
        query = (
            "SELECT deadlines.id FROM deadlines JOIN entry_bodies ON kind = 'milestones' "
            "AND entry = deadlines.id AND field = 'acts' AND body = 'dfe' "
            "WHERE state = 'not-checked'"
        )
        found = {id_ for (id_,) in database.execute(query)}
    rows = deadlines(dates_of(load().valid(), TODAY, acts=["dfe"]), ["not-checked"]).rows
    assert found == {row.id for row in rows} != set()


LOOKS = {Type.POUNDS: "£#,##0;-£#,##0", Type.DAY: "yyyy-mm-dd", Type.WHOLE: "0"}


def test_a_workbook_to_work_with(exported: Callable[..., Path]) -> None:
    """Pounds look like pounds, days like days; headers stay in sight; the cover comes first."""
    book = _book(exported("record.xlsx", "bundled", TODAY))
    first = ["Cover", "Money", "Deadlines", "Recommendations"]
    assert book.sheetnames == first + [sheet_of(table.name) for table in TABLES]
    assert {name.lower() for name in first} <= set(people.NAMES)
    assert len({name.lower() for name in book.sheetnames}) == len(book.sheetnames)
    assert book.properties.created == datetime(2026, 11, 21)  # noqa: DTZ001  a day, not a moment
    for sheet, table in _of_tables(book):
        assert sheet.freeze_panes == "B2"
        assert sheet.print_title_rows == "$1:$1"
        assert [one.ref for one in sheet.tables.values()] == (
            [sheet.dimensions] if sheet.max_row > 1 else []
        )
        for column, cells in zip(table.columns, sheet.iter_cols(min_row=2), strict=True):
            looks = {cell.number_format for cell in cells if cell.value is not None}
            assert looks <= {LOOKS.get(column.type, "General")}
            assert {cell.font.name for cell in cells} <= {"Arial"}
            assert "f" not in {cell.data_type for cell in cells}
    notes = [row[2] for row in book["notes"].iter_rows(min_row=2, values_only=True)]
    assert any(str(note).startswith("It turns on the basis") for note in notes)


FORMULAS = {  # by the commitment whose title it is made
    "Beacon grant": "=1+1", "Beacon loans": "+1", "Beacon pot": "-1", "Lamp plan": "@sum",
    "Pilot boats": "http://example.org", "Quay plan": "{=1}", "Transfer fund": "1",
}  # fmt: skip


def test_text_is_never_a_formula(exported: Callable[..., Path], tmp_path: Path) -> None:
    """What looks like a formula stays text in a workbook, and is made safe in CSV."""
    data = tmp_path / "formulas.yaml"
    source = TINY.read_text("utf-8")
    for title, text in FORMULAS.items():
        assert source.count(f"title: {title}\n") == 1
        source = source.replace(f"title: {title}\n", f'title: "{text}"\n')
    data.write_text(source, encoding="utf-8")
    book = openpyxl.load_workbook(exported("record.xlsx", data))
    cells = [cell for row in book["commitments"].iter_rows() for cell in row]
    said = {row[1] for row in _csv(exported("package", data))["commitments"]}
    titles = {row[1] for row in _sqlite(exported("record.db", data))["commitments"]}
    for text in FORMULAS.values():
        found = [cell for cell in cells if cell.value == text]
        assert [(cell.data_type, cell.hyperlink) for cell in found] == [("s", None)], text
        assert (f"'{text}" if text[0] in "=+-@" else text) in said
        assert text in titles


def test_the_same_bytes_each_time(exported: Callable[..., Path]) -> None:
    """The same record and day give the same files, byte for byte."""
    for name in ("record.sqlite", "record.xlsx"):
        assert exported(name).read_bytes() == exported(f"again-{name}").read_bytes()
    first, second = exported("first"), exported("second")
    assert {path.name for path in first.iterdir()} == {path.name for path in second.iterdir()}
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes()


@pytest.mark.parametrize("name", ["package", "record.sqlite", "record.xlsx"])
def test_what_is_there_is_kept(
    name: str, run: Callable[..., Result], exported: Callable[..., Path]
) -> None:
    """A second export is refused with the remedy, and replaces the first where it is forced."""
    out = exported(name)
    asked = ("export", out, "--data", TINY, "--as-of", "2030-06-30")
    before = {path: path.read_bytes() for path in (out, *out.glob("*")) if path.is_file()}
    refused = run(*asked)
    assert refused.code == 2
    assert refused.err == f"Error: {out}: exists already; not overwritten (--force replaces it)\n"
    assert all(path.read_bytes() == old for path, old in before.items())
    assert run(*asked, "--force").code == 0
    assert any(path.read_bytes() != old for path, old in before.items())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("out.csv", 'ends in ".csv"; end the name in .sqlite, .db or .xlsx'),
        ("version-1.2", 'version-1.2/" for a folder'),
        ("nowhere/out.xlsx", "there is no folder"),
        ("nowhere/out", "there is no folder"),
        ("there.txt/", "is not a folder"),
    ],
)
def test_where_it_cannot_go(
    name: str, said: str, run: Callable[..., Result], tmp_path: Path
) -> None:
    """A place that cannot be written to is refused with what to do, and nothing is written."""
    (tmp_path / "there.txt").write_text("mine", encoding="utf-8")
    result = run("export", f"{tmp_path}/{name}", "--data", TINY, "--as-of", "2031-06-30", "--force")
    assert result.code == 2
    assert said in " ".join(result.err.replace("│", " ").split())
    assert [path.name for path in tmp_path.iterdir()] == ["there.txt"]


def test_tables_have_no_stream(run: Callable[..., Result]) -> None:
    """A dash, which elsewhere means the output, is refused and makes no folder of that name."""
    result = run("export", "-", "--data", TINY)
    assert result.code == 2
    assert "tables need a folder or a file" in result.err


def test_endings_are_read_in_any_case(exported: Callable[..., Path]) -> None:
    """A folder may have any ending where it is one, and a file's may be in capitals."""
    assert exported("RECORD.DB").read_bytes().startswith(b"SQLite format 3")
    assert (exported("version-1.2/") / package.DESCRIPTOR).is_file()


def test_a_workbook_needs_its_extra(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without XlsxWriter the message says how to get it; the other forms need nothing more."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    asked = ("--data", TINY, "--as-of", "2031-06-30")
    result = run("export", tmp_path / "out.xlsx", *asked)
    assert (result.code, list(tmp_path.iterdir())) == (2, [])
    assert "pip install XlsxWriter (with pipx: pipx inject reformcalc XlsxWriter)" in result.err
    assert run("export", tmp_path / "out.sqlite", *asked).code == 0


def test_a_text_too_long_for_a_cell(
    run: Callable[..., Result], exported: Callable[..., Path], tmp_path: Path
) -> None:
    """A text that a workbook would cut is refused with its place, and the database holds it."""
    data = tmp_path / "long.yaml"
    long = "long " * 7000
    source = TINY.read_text("utf-8")
    data.write_text(source.replace("title: Pilot boats", f"title: {long}"), encoding="utf-8")
    result = run("export", tmp_path / "out.xlsx", "--data", data, "--as-of", "2031-06-30")
    assert result.code == 2
    assert "a workbook has no room for this; export a folder" in result.err
    assert long.strip() in {row[1] for row in _sqlite(exported("out.db", data))["totals"]}


def test_an_sqlite_that_cannot_hand_over_what_it_has_in_memory(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where this Python was built with such a one, the message says what else to export."""
    old = SimpleNamespace(close=lambda: None)  # no serialize
    monkeypatch.setattr(sqlite, "sqlite3", SimpleNamespace(connect=lambda _: old))
    result = run("export", tmp_path / "out.db", "--data", TINY, "--as-of", "2031-06-30")
    assert (result.code, list(tmp_path.iterdir())) == (2, [])
    message = "this Python's SQLite is too old for it; export .xlsx or a folder"
    assert result.err == f"Error: {message}\n"


def test_a_day_before_the_benchmark(exported: Callable[..., Path]) -> None:
    """Where no comparison can be had its table is empty, and the notes say why."""
    tables = _csv(exported("package", day=date(2029, 1, 1)))
    assert tables["compare"] == []
    assert ("compare", 1) in {row[:2] for row in tables["notes"]}
    (said,) = [note for about, _, note in tables["notes"] if about == "compare"]
    assert said.startswith("No comparison: ")
    assert tables["commitments"]  # the record is whole on any day


def test_a_record_that_is_not_latin(exported: Callable[..., Path], tmp_path: Path) -> None:
    """A package has a name even where its title has no letter that a name can hold."""
    data = tmp_path / "other.yaml"
    source = TINY.read_text("utf-8")
    data.write_text(source.replace("title: Harbour renewal", "title: Гавань"), encoding="utf-8")
    descriptor = json.loads((exported("package", data) / package.DESCRIPTOR).read_text("utf-8"))
    assert (descriptor["name"], descriptor["title"]) == ("unnamed", "Гавань")


def test_the_answers_have_every_key_of_the_json() -> None:
    """Each answer's table has the keys of that command's JSON, in order."""
    held = content(load(TINY).valid(), as_of=DAY, digest="")
    for table in ANSWERS:
        report = held.answers[table.name]
        assert not isinstance(report, str)
        assert [column.name for column in table.columns] == key_names(report.row_type)


# Fields of an entry that have a table of their own, or that two columns say.
ELSEWHERE = {
    "commitments": {"claims", "statements", "amount", "profile", "stage", "part_of", "years"}
    | {"restates", "may_overlap", "supersedes", "areas", "allocations", "body_notes"},
    "benchmarks": {"claims", "statements", "by", "profile", "unreconciled", "cautions"},
    "figures": {"claims", "statements", "by", "years", "series", "breaks", "changes", "items"},
    "milestones": {"claims", "statements", "moved", "outcome", "looked", "done", "areas"},
    "sources": set(),
    "pillars": set(),
    "deflators": {"index"},
}


@pytest.mark.parametrize("kind", ELSEWHERE)
def test_nothing_of_the_record_is_left_out(kind: str) -> None:
    """Every field of the record is a column of its table, or has a table of its own."""
    (table,) = [table for table in TABLES if table.name == kind]
    entry = Dataset.model_fields[kind].annotation.__args__[1]  # type: ignore[union-attr]
    columns = {column.name for column in table.columns}
    assert set(entry.model_fields) - columns == ELSEWHERE[kind]


class Reply(Part, dated_by=("on",)):
    """What was answered to it."""

    on: Day = Field(description="when it was answered")
    by: Annotated[Id, Names("bodies")] = Field(description="who answered")
    claims: tuple[Claim, ...] = Field((), description="who says so")


class Recommendation(Entry, dated_by=("announced",), figure="cost"):
    """What a review asks somebody to do."""

    announced: WhenWords = Field(description="when it was made")
    cost: Money | None = Field(None, description="what it would cost; in all")
    by_year: dict[Year, Money] = Field({}, description="what it would cost in each year")
    figure_id: Annotated[Id, Names("figures")] | None = Field(None, description="what it answers")
    accepted: Truth = Field(default=False, description="whether it was accepted")
    replies: tuple[Reply, ...] = Field((), description="what was answered")
    replaces: Annotated[Ids, Names("recommendations")] = Field((), description="what it replaces")
    repeats: Annotated[Ids, Names("recommendations")] = Field((), description="what it says again")


def test_a_section_that_is_new_exports_itself() -> None:
    """Tables and columns follow from what a kind of entry holds; none is written for it."""
    tables = {one.name: one for one in tables_of("recommendations", Recommendation)}
    columns = {
        name: [(one.name, one.type, one.to) for one in table.columns]
        for name, table in tables.items()
    }
    parent = ("recommendation", Type.TEXT, "recommendations")
    assert columns["recommendations"][-10:] == [
        ("announced", Type.TEXT, None),
        ("announced_earliest", Type.DAY, None),
        ("announced_latest", Type.DAY, None),
        ("cost", Type.TEXT, None),
        ("cost_gbp", Type.POUNDS, None),
        ("cost_low_gbp", Type.POUNDS, None),
        ("cost_high_gbp", Type.POUNDS, None),
        ("cost_qualifier", Type.TEXT, None),
        ("figure_id", Type.TEXT, "figures"),
        ("accepted", Type.TRUTH, None),
    ]
    assert columns["recommendation_replies"] == [
        parent,
        ("number", Type.WHOLE, None),
        ("on", Type.DAY, None),
        ("by", Type.TEXT, "bodies"),
    ]
    assert [name for name, *_ in columns["recommendation_by_year"]][:3] == [
        "recommendation", "year", "by_year",
    ]  # fmt: skip
    assert columns["recommendation_relations"] == [
        parent,
        ("relation", Type.TEXT, None),
        ("other", Type.TEXT, "recommendations"),
    ]
    assert tables["recommendations"].meaning == "What a review asks somebody to do."
    two = {
        id_: Recommendation.model_validate(
            {
                "title": id_,
                "claims": [{"source": "paper", "at": "page 1", "says": "so"}],
                "announced": "March 2030",
                "cost": "over £2m",
                "by_year": {"2030-31": "£2m"},
                "replies": [{"on": "2031-01-02", "by": "dfe"}],
                "replaces": "other",
            }
        )
        for id_ in ("second", "first")
    }
    held: Any = SimpleNamespace(dataset=SimpleNamespace(recommendations=two))
    assert [row[0] for row in tables["recommendations"].rows(held)] == ["first", "second"]
    assert tables["recommendation_replies"].rows(held)[0] == ("first", 1, date(2031, 1, 2), "dfe")
    assert tables["recommendation_relations"].rows(held)[1] == ("second", "replaces", "other")
    assert tables["recommendation_by_year"].rows(held)[0][:4] == (
        "first",
        "2030-31",
        "£2m",
        2000000,
    )


def test_every_column_says_what_it_means() -> None:
    """No column is without a meaning, no table has a column twice, and each key is its own."""
    for table in TABLES:
        columns = [column.name for column in table.columns]
        assert len(columns) == len(set(columns))
        assert set(table.key) <= set(columns)
        assert all(column.meaning for column in table.columns)
        assert {to for _, to in table.references} <= {other.name for other in TABLES}
        assert len(table.name) <= 31, "the longest name of a sheet"
    assert xlsx.__doc__
