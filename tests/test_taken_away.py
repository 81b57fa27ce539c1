"""What is taken away says what the commands say, and opens in the programs that it is for."""

from __future__ import annotations

import json
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import openpyxl
import pytest

from reformcalc import load
from reformcalc.answers.chosen import Chosen
from reformcalc.answers.question import Question
from reformcalc.answers.totals.screen import TotalsScreen
from reformcalc.answers.totals.totals import totals
from reformcalc.export.answers import content
from reformcalc.export.people import sheets
from reformcalc.export.views import QUERIES
from reformcalc.export.workbook import workbook
from reformcalc.export.xlsx import lines
from reformcalc.ledger.known import Known
from reformcalc.ledger.measure import Measure
from reformcalc.reading.source import parse
from reformcalc.values.money import round_pounds
from tests.conftest import HANGS, PROJECT, TINY, need

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reformcalc.export.people import Sheet
    from reformcalc.export.table import Content
    from tests.conftest import Result

DAY = date(2026, 11, 30)
KINSHIP = Chosen(topics=("kinship",))


@pytest.fixture(scope="module")
def kinship() -> Content:
    """Return what is exported of one topic of the bundled record."""
    return content(load().valid(), as_of=DAY, chosen=KINSHIP)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory, kinship: Content) -> Path:
    """Return the workbook of it, without the tables for programs."""
    path = tmp_path_factory.mktemp("book") / "kinship.xlsx"
    path.write_bytes(workbook((), kinship))
    return path


def _columns(sheet: Sheet) -> dict[str, list[Any]]:
    return {
        one.head: [row[place].value for row in sheet.rows] for place, one in enumerate(sheet.fields)
    }


def test_the_sheets_have_the_figures_of_the_commands(kinship: Content) -> None:
    """What the money adds up to is what `totals` shows of the same choice, new money too."""
    money, *_ = sheets(kinship)
    shown = TotalsScreen(Question(Known(load().valid(), DAY), KINSHIP))
    columns = _columns(money)
    total = [sum(columns[one]) for one in
             ("Counted, £", "New, at least, £", "New, at most, £", "In doubt, £")]  # fmt: skip
    assert money.title == shown.screen().answer
    question = shown.question
    counted = round_pounds(question.adds(question.counted))
    assert total[0] == counted == 139_000_000
    assert total[1] <= total[2] <= counted
    assert total[3] == question.perhaps(question.unsure)
    assert all(title for title in columns["Commitment"])


def test_views_have_the_rows_of_the_sheets(run: Callable[..., Result], tmp_path: Path) -> None:
    """The database answers what the first sheets do, with the same figures, names and words."""
    out = tmp_path / "kinship.sqlite"
    assert run("export", out, "--topic", "kinship", "--as-of", DAY).code == 0
    money, deadlines, recommendations = sheets(content(load().valid(), as_of=DAY, chosen=KINSHIP))
    pounds = "amount_gbp, counts_gbp, perhaps_gbp, new_low_gbp, new_high_gbp"
    pairs = (
        (money, "money", ("Commitment", "Stated, £", "Counted, £", "In doubt, £",
         "New, at least, £", "New, at most, £", "Pillar", "Lead", "Why it counts so", "Source"),
         f'title, {pounds}, pillar, lead, reason, "where"'),
        (deadlines, "due", ("Milestone", "First day", "Last day", "Promised by", "Source"),
         'title, earliest, latest, lead, "where"'),
        (recommendations, "replies", ("Recommendation", "Asked by", "Answered", "Source"),
         'title, "by", answered_on, "where"'),
    )  # fmt: skip
    with closing(sqlite3.connect(out)) as database:
        for sheet, view, heads, columns in pairs:
            found = database.execute(f"SELECT {columns} FROM {view}").fetchall()
            held = zip(*(map(_stored, _columns(sheet)[head]) for head in heads), strict=True)
            assert sorted(found, key=str) == sorted(held, key=str)
            assert found
        (claims,) = database.execute("SELECT count(*) FROM claims").fetchone()
        assert claims > 1000, "the record is whole"


def test_sql_gives_the_figures_of_the_commands(run: Callable[..., Result], tmp_path: Path) -> None:
    """The sentences of docs/export.md run, and the first adds up to what `totals` shows.

    Those of the views are the questions that Datasette has at hand. Each view has an address
    wherever a source of its row has one.
    """
    out = tmp_path / "reform.sqlite"
    assert run("export", out, "--as-of", DAY).code == 0
    page = (PROJECT / "docs" / "export.md").read_text(encoding="utf-8")
    sentences = re.findall(r"```sql\n(.*?);\n```", page, re.DOTALL)
    assert sentences[: len(QUERIES)] == [one.sql for one in QUERIES]
    with closing(sqlite3.connect(out)) as database:
        found = [database.execute(one).fetchall() for one in sentences]
        assert all(found)
        ((counts, doubt, least, most),) = found[0]
        assert sum(row[1] for row in found[1]) == doubt
        for view, table in (("money", "counted"), ("due", "deadlines"), ("replies", "answered")):
            known = (
                f"SELECT {table}.id FROM {table}, json_each({table}.sources) AS one "
                "JOIN sources ON sources.id = one.value WHERE sources.url IS NOT NULL"
            )
            (wrong,) = database.execute(
                f"SELECT count(*) FROM {view} WHERE (url IS NOT NULL) <> (id IN ({known}))"
            ).fetchone()
            assert wrong == 0
    question = Question(Known(load().valid(), DAY))
    assert (counts, doubt) == (question.total.adds_gbp, question.total.perhaps_gbp)
    assert (counts, doubt) == (3_998_500_000, 471_140_000)
    new = replace(question, measure=Measure(new="each-year")).total.amount
    assert (least, most) == (round_pounds(new.low), round_pounds(new.high or new.low))


def test_what_a_journalist_would_add_up_is_the_total(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """Each column of pounds of the view adds up to a figure of `totals`, or says that it does not.

    What counts has years wherever `totals --by year` has it in one.
    """
    out = tmp_path / "reform.sqlite"
    assert run("export", out, "--as-of", DAY).code == 0
    question = Question(Known(load().valid(), DAY))
    new = replace(question, measure=Measure(new="each-year")).total.amount
    assert new.high is not None
    figures = {
        "counts_gbp": question.total.adds_gbp,
        "perhaps_gbp": question.total.perhaps_gbp,
        "new_low_gbp": round_pounds(new.low),
        "new_high_gbp": round_pounds(new.high),
    }
    described = out.with_suffix(".metadata.yaml").read_text(encoding="utf-8")
    told: Any = parse(described).value
    for name in ("databases", "reform", "tables", "money"):
        told = told[name]
    assert "To add up: counts_gbp" in told["description"]
    with closing(sqlite3.connect(out)) as database:
        names = [row[1] for row in database.execute("PRAGMA table_info(money)")]
        pounds = [name for name in names if name.endswith("_gbp")]
        assert {*figures} < {*pounds}
        for name in pounds:
            (added,) = database.execute(f"SELECT SUM({name}) FROM money").fetchone()
            if name in figures:
                assert added == figures[name]
            else:
                assert name in {"amount_gbp", "low_gbp", "high_gbp"}
        assert "these do not add up" in told["columns"]["amount_gbp"]
        (without,) = database.execute(
            "SELECT total(counts_gbp) FROM money WHERE first_year IS NULL"
        ).fetchone()
    by_year = {row.id: row.adds_gbp for row in totals(question, "year").rows}
    assert without == by_year["not-stated"] == 0


def test_dates_are_those_of_the_command(run: Callable[..., Result]) -> None:
    """A sheet has the rows of `deadlines --all`, and says how many of one council it leaves out."""
    exported = content(load().valid(), as_of=DAY)
    _, deadlines, _ = sheets(exported)
    asked = run("deadlines", "--all", "--as-of", DAY, "--format", "json")
    assert len(deadlines.rows) == len(json.loads(asked.out)["rows"]) == 179
    assert "Of one council alone, and not listed: 27." in deadlines.said
    assert "Of 179: 54 met" in exported.screens["deadlines"]().said[0]


def _stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value or (0 if value == 0 else None)


def test_what_people_open_first(book: Path) -> None:
    """The cover says the day, leads to every sheet, and has the answers, notes and licence."""
    opened = openpyxl.load_workbook(book)
    cover = opened["Cover"]
    said = {str(a.value): str(b.value) for a, b in cover.iter_rows(max_col=2)}
    assert said["As known on"] == "30 November 2026"
    assert said["Limited to"] == "Kinship care"
    assert said["How much is promised"].startswith("Kinship care: £139m is promised")
    assert {"Notes", "Licence", "Kept by", "Version"} <= set(said)
    links = {
        str(cell.hyperlink.location).split("!")[0].strip("'"): cell.value
        for (cell,) in cover.iter_rows(max_col=1)
        if cell.hyperlink
    }
    assert list(links) == list(links.values()) == opened.sheetnames[1:]


def test_sheets_to_work_with(book: Path) -> None:
    """Each has a real table with its filter, its head in sight and on each page, days and links."""
    opened = openpyxl.load_workbook(book)
    for sheet in opened.worksheets[1:]:
        (table,) = sheet.tables.values()
        head = int(re.findall(r"\d+", table.ref)[0])
        assert table.autoFilter is not None
        assert sheet.freeze_panes == f"B{head + 1}"
        assert sheet.print_title_rows == f"${head}:${head}"
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage  # type: ignore[union-attr]
        assert not sheet.merged_cells.ranges
        cells = [cell for row in sheet.iter_rows(min_row=head + 1) for cell in row]
        assert {one.number_format for one in cells if isinstance(one.value, datetime)} <= {
            "dd/mm/yyyy"
        }
        assert any(one.hyperlink and str(one.hyperlink.target).startswith("http") for one in cells)
    state = {cell.value: cell.fill.fgColor.rgb for cell in opened["Deadlines"]["B"]}
    assert state["Met"] != state["Upcoming"]
    answers = {cell.value: cell.fill.fgColor.rgb for cell in opened["Recommendations"]["F"]}
    assert len({answers["Accepted"], answers["Testing"], answers["No answer"]}) == 3
    money = opened["Money"]
    last = [cell.value for cell in money[money.max_row]]
    assert last[0] == "Sum of the rows shown"
    assert last[3] == "=SUBTOTAL(109,[Counted, £])"


@pytest.mark.parametrize(
    ("text", "width", "least", "most"),
    [
        ("", 10, 1, 1),
        ("word", 10, 1, 1),
        ("several words that take more than one line", 10, 4, 6),
        ("first\nsecond", 40, 2, 2),
        ("W" * 40, 10, 5, 9),
        ("a " + "W" * 40 + " b", 10, 5, 10),
    ],
)
def test_how_many_lines_a_text_takes(text: str, width: int, least: int, most: int) -> None:
    """Words that no line holds are broken; a line too many is allowed, one too few is not."""
    assert least <= lines(text, width, 12) <= most
    assert lines(text, width, 10) <= lines(text, width, 12)


def test_a_sheet_of_one_council(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One council is there where it was asked for, by any of its names; several are refused."""
    monkeypatch.setattr("reformcalc.export.tables.TABLES", ())  # none for programs
    out = tmp_path / "dorset.xlsx"
    asked = ("export", out, "--as-of", DAY, "--topic", "kinship")
    assert run(*asked, "--for", "Dorset Council").code == 0
    sheet = openpyxl.load_workbook(out)["Council"]
    assert str(sheet["A1"].value).startswith("Dorset: in 2 programmes")
    assert "Families First for Children pathfinder" in {cell.value for cell in sheet["B"]}
    wide = sum(one.width for one in sheet.column_dimensions.values())
    assert max(len(str(sheet[f"A{row}"].value)) for row in range(1, 6)) <= wide
    refused = run(*asked, "--for", "North East", "--force")
    assert refused.code == 2
    assert "is for one council" in refused.err


def test_neither_file_is_written_where_one_is_there(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """A description that is there is kept, and no database is written without it."""
    about = tmp_path / "tiny.metadata.yaml"
    about.write_text("mine", encoding="utf-8")
    asked = ("--data", TINY, "--as-of", "2031-06-30")
    refused = run("export", tmp_path / "tiny.sqlite", *asked)
    assert refused.code == 2
    assert "tiny.metadata.yaml: exists already" in refused.err
    assert [one.name for one in tmp_path.iterdir()] == ["tiny.metadata.yaml"]
    assert about.read_text(encoding="utf-8") == "mine"


def test_several_databases_in_one_folder(run: Callable[..., Result], tmp_path: Path) -> None:
    """Each has a description of its own; what somebody has for the folder is not touched."""
    whole = tmp_path / "metadata.yaml"
    whole.write_text("mine", encoding="utf-8")
    for name, day in (("before", "2031-05-31"), ("after", "2031-06-30")):
        done = run("export", tmp_path / f"{name}.sqlite", "--data", TINY, "--as-of", day, "--force")
        assert done.out.endswith(f"; {name}.metadata.yaml beside it, for Datasette\n")
    assert whole.read_text(encoding="utf-8") == "mine"
    for name, day in (("before", "31 May 2031"), ("after", "30 June 2031")):
        said = (tmp_path / f"{name}.metadata.yaml").read_text(encoding="utf-8")
        assert re.findall(r'^"description": ".* as known on (.*)\."$', said, re.MULTILINE) == [day]
        assert re.findall(r'^"databases":\n  "(\w+)":$', said, re.MULTILINE) == [name]


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def test_in_libreoffice(book: Path, tmp_path: Path) -> None:
    """LibreOffice prints every word of every cell: none is cut, and the pages are few."""
    office, reader = shutil.which("soffice"), shutil.which("pdftotext")
    need(office, "soffice (LibreOffice Calc)")
    need(reader, "pdftotext (poppler-utils)")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, book]
    subprocess.run([*map(str, command)], check=True, capture_output=True, timeout=HANGS)
    printed = subprocess.run(
        [str(reader), "-layout", str(tmp_path / "kinship.pdf"), "-"],
        check=True, capture_output=True, encoding="utf-8",
    ).stdout  # fmt: skip
    assert printed.count("\f") <= 12, "pages"
    written = " ".join(
        cell.value
        for sheet in openpyxl.load_workbook(book).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and not cell.value.startswith("=")
    )
    assert _words(written) - _words(printed) == Counter()
    assert "###" not in printed


def test_in_datasette(run: Callable[..., Result], tmp_path: Path) -> None:
    """Datasette follows a claim to its entry, finds words, counts topics, says what all means."""
    out = tmp_path / "tiny.sqlite"
    assert run("export", out, "--data", TINY, "--as-of", "2031-06-30").code == 0
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    about = str(tmp_path / "tiny.metadata.yaml")
    command = [sys.executable, "-m", "datasette", str(out), "-m", about, "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/-/versions.json")
            page = _read(f"{address}/tiny/claims")
            (link,) = set(re.findall(r'href="(/tiny/entries/milestones~2Fdredger-bought)"', page))
            entry = _read(address + link)
            assert "claims?entry_key=milestones" in entry
            entries = _read(f"{address}/tiny/entries?id=dredger-bought")
            assert 'href="/tiny/milestones/dredger-bought"' in entries
            assert "What the sources say of each entry" in page
            found = json.loads(_read(f"{address}/tiny/entries.json?_search=pilot&_shape=array"))
            assert [one["id"] for one in found] == ["pilot-boats"]
            money = json.loads(_read(f"{address}/tiny/money.json"))
            assert {"pillar", "topics"} <= set(money["facet_results"])
            assert money["facet_results"]["topics"]["type"] == "array"
            first = _read(f"{address}/tiny")
            for begun in ("notes", "figures-of-totals", "in-doubt", "money", "due", "replies"):
                assert f'href="tiny/{begun}"' in first
            figures = json.loads(_read(f"{address}/tiny/figures-of-totals.json?_shape=arrays"))
            assert figures["rows"][0][0] > 0
        finally:
            server.terminate()


def _read(address: str) -> str:
    with urlopen(address, timeout=HANGS) as answer:  # of this machine alone
        text: str = answer.read().decode()
    return text


def _wait_for(address: str) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            _read(address)
        except OSError:
            assert time.monotonic() < until, "Datasette does not answer"
            time.sleep(0.2)
        else:
            return
