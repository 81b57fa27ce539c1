"""What the formats do to text that would do something elsewhere."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reformcalc import load
from reformcalc.answers.comparison.compare import compare
from reformcalc.answers.comparison.explain import explain as explain_compare
from reformcalc.answers.comparison.over_years import over_years
from reformcalc.answers.comparison.sensitivity import sensitivity
from reformcalc.answers.deadlines.answers import deadlines
from reformcalc.answers.lookup.conflicts import conflicts
from reformcalc.answers.lookup.entries import entries
from reformcalc.answers.lookup.sources import sources
from reformcalc.answers.totals.explain import explain
from reformcalc.answers.totals.groupings import GROUPINGS
from reformcalc.answers.totals.totals import totals
from reformcalc.ledger.known import Known
from reformcalc.render.csv import line as csv_line
from reformcalc.render.csv import render_csv
from reformcalc.render.grid import BREAKS, grid_of
from reformcalc.render.markdown import render_markdown
from reformcalc.render.plain import render_plain
from reformcalc.render.table import render_table
from reformcalc.render.terminal import Terminal
from reformcalc.report import ID, Column, Report, Shape
from reformcalc.rows import Kind, means
from tests.conftest import TINY
from tests.unit.builders import TODAY, ask, asked_of, commitment, comparing, dates_of, record

if TYPE_CHECKING:
    from collections.abc import Callable

    from reformcalc.record.model import Dataset
    from tests.conftest import Result


@dataclass(frozen=True)
class _Row:
    name: str = field(metadata=means("its name", Kind.TEXT))
    count: int | None = field(metadata=means("how many", Kind.WHOLE))


@dataclass(frozen=True)
class _Change:
    id: str = field(metadata=means("which", Kind.ID))
    says: str = field(metadata=means("the change in words", Kind.SENTENCE))


def _report(*rows: _Row) -> Report[_Row]:
    return Report(
        name="made",
        as_of=date(2031, 6, 30),
        dataset=None,
        headline="Made",
        rows=rows,
        row_type=_Row,
        columns=(Column("name", "Name"), Column("count", "Count")),
        group=Column("name"),
    )


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "-5%+1", "@sum", "\t1", "\uff1d1", "\uff20sum"]
)
def test_a_spreadsheet_runs_nothing(text: str) -> None:
    """Text that a spreadsheet would take for a formula is kept text; numbers stay numbers."""
    lines = list(csv.reader(io.StringIO(render_csv(_report(_Row(text, -3))))))
    assert lines == [["name", "count"], [f"'{text}", "-3"]]


@pytest.mark.parametrize("text", ["-5.2%", "+0%"])
def test_a_percentage_with_its_sign_is_a_number(text: str) -> None:
    """No spreadsheet runs it, so nothing is put before it."""
    assert render_csv(_report(_Row(text, 3))).splitlines()[1] == f"{text},3"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("x;=1+1", "x;'=1+1"),
        ("x; =1+1", "x;' =1+1"),
        ("x;-1", "x;'-1"),
        ("x; -y", "x; -y"),
        ('x;"=1+1"', 'x;\'"=1+1"'),
        ("x\t@sum\t\uff1d1", "x\t'@sum\t'\uff1d1"),
        ("=1;=2", "'=1;'=2"),
        ("x; y - z=1", "x; y - z=1"),
        ('say "x", y', 'say "x", y'),
    ],
)
def test_a_spreadsheet_that_splits_elsewhere_runs_nothing(text: str, cell: str) -> None:
    """Split at semicolons or tabs too, no cell is a formula, and none is split that need not be."""
    _, written = render_csv(_report(_Row(text, 3))).splitlines()
    assert next(csv.reader([written])) == [cell, "3"]
    assert written.startswith('"')
    for delimiter in ";\t":
        for split in next(csv.reader([written], delimiter=delimiter)):
            assert not split.lstrip('"').startswith(("=", "+", "-", "@", "\uff1d"))
            assert not split.lstrip(' "').startswith(("=", "+", "@"))


@given(st.lists(st.text(alphabet="a=;,\t\"'- \r\n", max_size=12), min_size=2, max_size=4))
def test_csv_is_read_back(cells: list[str]) -> None:
    """Whatever stands in cells, readers of CSV find as many, and their text but apostrophes."""
    (read,) = csv.reader(io.StringIO(csv_line(cells), newline=""))
    assert [one.replace("'", "") for one in read] == [one.replace("'", "") for one in cells]


def test_csv_of_nothing_has_its_header() -> None:
    """Without rows the fields are still named, and what is unknown is empty."""
    assert render_csv(_report()) == "name,count\n"
    assert render_csv(_report(_Row("a", None))) == "name,count\na,\n"


def test_csv_without_rows_has_the_same_header(run: Callable[..., Result]) -> None:
    """An answer without rows names the columns that it would have."""
    asked = ("deadlines", "--data", TINY, "--as-of", "2031-06-30", "--format", "csv", "--state")
    (header,) = run(*asked, "dropped").out.splitlines()
    assert header == run(*asked, "overdue").out.splitlines()[0]


def test_markdown_shows_markup_as_text() -> None:
    """Marks that Markdown would obey are shown as they are."""
    text = render_markdown(_report(_Row("a|b *c* [d](e) <f> `g` #h ~i~ &lt; $j$", 1)))
    assert "a\\|b \\*c\\* \\[d\\](e) \\<f\\> \\`g\\` \\#h \\~i\\~ \\&lt; \\$j\\$" in text
    assert render_markdown(_report()) == "**Made**\n"


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://a.b/c_d*e#f", "<https://a.b/c_d*e#f>"),
        ("https://a.b/c|d", "<https://a.b/c%7Cd>"),
        ("https://a.b/c> <script>", "https://a.b/c\\> \\<script\\>"),
        ("javascript:a_b", "javascript:a\\_b"),
    ],
)
def test_markdown_keeps_addresses_whole(address: str, written: str) -> None:
    """An address of the web is a link as it is, and cannot end its cell or begin markup."""
    assert f"| {written} |" in render_markdown(_report(_Row(address, 1)))


@pytest.mark.parametrize(
    "query", ["totals", "compare", "deadlines", "conflicts", "sources", "list"]
)
def test_csv_has_the_rows_of_the_json(query: str, run: Callable[..., Result]) -> None:
    """CSV and JSON carry the same rows, field for field."""
    asked = (query, "--data", TINY, "--as-of", "2031-06-30", "--format")
    rows = json.loads(run(*asked, "json").out)["rows"]
    lines = list(csv.DictReader(io.StringIO(run(*asked, "csv").out)))
    assert [list(line) for line in lines] == [list(row) for row in rows]
    for line, row in zip(lines, rows, strict=True):
        for name, value in row.items():
            if isinstance(value, int):
                assert line[name] == json.dumps(value)


@pytest.mark.parametrize("asked", [(), *(("--by", by) for by in GROUPINGS), ("--explain",)])
@pytest.mark.parametrize("format_", ["csv", "json"])
def test_real_terms_say_in_which_prices_they_are(
    asked: tuple[str, ...], format_: str, run: Callable[..., Result]
) -> None:
    """Each row names the year, the release and its forecast, where no note can; cash has none."""
    data = ("--data", TINY, "--as-of", "2031-06-30", "--format", format_)
    index = ("--prices", "2029-30", "--deflators", TINY.with_name("deflators.yaml"))
    said = "2029-30 prices by Harbour prices of 2031, Harbour Office, a forecast from 2031-32"
    for prices, written in ((index, {said}), (("--prices", "cash"), {"", None})):
        text = run("totals", *asked, *data, *prices).out
        rows = json.loads(text)["rows"] if format_ == "json" else csv.DictReader(io.StringIO(text))
        found = {row["prices"] for row in rows}
        assert found
        assert found <= written


@pytest.mark.parametrize("width", [80, 90, 100, 120])
def test_nothing_is_cut_of_the_record_at_any_width(width: int) -> None:
    """Each id and each bound of a figure stands whole in the table, on lines that fit.

    So does a web address, which may be longer than a line: then it has one for itself.
    """
    for report in _of_the_record():
        drawn = render_table(report, Terminal(width))
        long = [line.strip() for line in drawn.splitlines() if len(line) > width]
        assert all(re.fullmatch(r"https?://\S+", line) for line in long)
        for cells in grid_of(report).columns:
            if cells.right or cells.shape is Shape.NAME:
                parts = {part.strip("│├└ ") for text in cells.texts for part in BREAKS.split(text)}
                assert not {part for part in parts if part not in drawn}


@cache
def _of_the_record() -> list[Report[Any]]:
    """Return the answers of a day, made once for all widths."""
    today, record = date(2026, 11, 21), load().valid()
    return [
        totals(ask(record, today)),
        *(totals(ask(record, today), by=by) for by in ("year", "lead")),
        explain(ask(record, today)),
        explain(ask(record, today, new="each-year")),
        compare(comparing(record, today)),
        sensitivity(comparing(record, today)),
        over_years(comparing(record, today)),
        explain_compare(comparing(record, today)),
        deadlines(dates_of(record, today)),
        entries(Known(record, today)),
        sources(Known(record, today)),
    ]


def _drawn(report: Report[Any]) -> str:
    return render_table(report, Terminal(100))


@pytest.mark.parametrize(("levels", "width"), [(2, 16), (2, 27), (60, 80)])
def test_a_tree_without_room_is_drawn_all_the_same(levels: int, width: int) -> None:
    """However narrow the terminal, or deep the record, the titles stand below the ids in order."""
    entries: dict[str, Any] = {
        f"c{level}": {
            **commitment(f"£{levels - level}m", part_of=f"c{level - 1}" if level else None),
            "title": f"Harbour works {level}",
        }
        for level in range(levels)
    }
    drawn = render_table(totals(ask(record(entries), TODAY)), Terminal(width))
    letters = re.sub(r"[\s│├└]", "", drawn)
    places = [letters.find(f"Harbourworks{level}") for level in range(levels)]
    assert places == sorted(places)
    assert -1 not in places
    assert render_table(totals(ask(record(entries), TODAY)), Terminal(1))


@pytest.mark.parametrize("render", [render_plain, render_markdown, _drawn])
def test_output_grows_with_what_it_says(render: Callable[[Report[Any]], str]) -> None:
    """Ten times as many sums in one another, or one long title, do not make each row longer."""

    def length(levels: int, title: str = "Works") -> int:
        entries = {
            f"c{level:03}": {
                **commitment("£900m", part_of=f"c{level - 1:03}" if level else None),
                "title": title if level == 9 else "Works",
            }
            for level in range(levels)
        }
        return len(render(totals(ask(record(entries), TODAY))))

    assert length(300) < 12 * length(30)
    assert length(30, "works " * 9_000) < length(30) + 40 * 160 + 3 * 54_000


def test_what_is_too_deep_to_draw_is_marked() -> None:
    """Twelve levels of a tree are drawn; what lies deeper stands at the last, behind "…"."""
    entries = {
        f"c{level:02}": commitment("£9m", part_of=f"c{level - 1:02}" if level else None)
        for level in range(15)
    }
    grid = grid_of(totals(ask(record(entries), TODAY)))
    assert [*grid.branched(grid.columns[0])] == [
        "c00",
        *(f"{'  ' * (level - 1)}└ c{level:02}" for level in range(1, 12)),
        f"{'  ' * 11}├ c12",
        f"{'  ' * 11}├ … c13",
        f"{'  ' * 11}└ … c14",
    ]


def test_a_narrow_tree_has_its_titles_below_its_ids() -> None:
    """Where figures and ids leave no room for titles, these stand below, with the tree drawn on."""
    record = load().valid()
    report = totals(ask(record, date(2026, 11, 21)))
    drawn = [line[2:] for line in render_table(report, Terminal(80)).splitlines()]
    begins = next(n for n, line in enumerate(drawn) if line.startswith("stable-homes "))
    lines = [line[:60].rstrip() for line in drawn[begins : begins + 8]]
    assert lines == [
        "stable-homes",
        "│ Stable Homes, Built on Love: first phase",
        "│ House of Commons Library, 20 June 2023, Summary,",
        "│ Government proposals for whole system reform",
        "├ ffc-pathfinder",
        "│ │ Families First for Children pathfinder",
        "│ │ House of Commons Library, 20 June 2023, section 3.2,",
        "│ │ Families First for Children Pathfinder",
    ]
    left = next(line for line in drawn[begins:] if "└ not broken down" in line)
    assert left.startswith("│ └ not broken down  ")
    wide = render_table(report, Terminal(120))
    assert "├ ffc-pathfinder" in wide
    assert "│ │ Families First for Children pathfinder" not in wide


_LONGEST = [letter * 29 + "-" + letter * 30 for letter in "abc"]  # sixty letters, the most


def _with_the_longest_ids() -> Dataset:
    told = {"title": "A title of some words, more than one line has", "years": "2024-25..2026-27"}
    first, second, third = _LONGEST
    promises = {
        first: commitment("over £1,234.567m", **told),
        second: commitment("£25m to £27m", **told, part_of=[first]),
        third: commitment("£1m", **told, part_of=[second]),
    }
    return record(promises).model_copy(update={"benchmarks": asked_of("£2bn").benchmarks})


@pytest.mark.parametrize("width", [80, 90, 100, 120])
def test_the_longest_ids_stand_whole(width: int) -> None:
    """design 9: ids are never cut, nor the figures beside them, on lines that fit."""
    dataset = _with_the_longest_ids()
    reports: list[Report[Any]] = [
        totals(ask(dataset, TODAY)),
        explain(ask(dataset, TODAY)),
        entries(Known(dataset, TODAY)),
        explain_compare(comparing(dataset, TODAY, "ask")),
    ]
    for report in reports:
        drawn = render_table(report, Terminal(width))
        assert max(map(len, drawn.splitlines())) <= width
        assert [id_ for id_ in _LONGEST if id_ not in drawn] == []
        figures = [text for cells in grid_of(report).columns if cells.right for text in cells.texts]
        assert [text for text in figures if text not in drawn] == []


def test_an_id_without_room_stands_above_its_figures() -> None:
    """Where an id and its figures are wider than a line, the id has one, drawn into the tree."""
    report = totals(ask(_with_the_longest_ids(), TODAY))
    lines = render_table(report, Terminal(80)).splitlines()[3:15]
    first, second, third = _LONGEST
    assert [" ".join(line.split()) for line in lines] == [
        first,
        "│ A title of some words, more than one line has over £1,234.567m",
        "│ DfE, 2 February 2023, page 1",
        f"├ {second}",
        "│ │ A title of some words, more than one line has £25.000m to £27.000m",
        "│ │ DfE, 2 February 2023, page 1",
        f"│ ├ {third}",
        "│ │ A title of some words, more than one line has £1.000m",
        "│ │ DfE, 2 February 2023, page 1",
        "│ └ not broken down £24.000m to £26.000m",
        "└ not broken down at least £1,207.567m",
        "Total at least £1,234.567m",
    ]


def test_a_heading_stands_whole_whatever_its_column() -> None:
    """An id that heads a group can be copied, however narrow the first column is."""
    report = conflicts(Known(load().valid(), date(2026, 11, 21)))
    for colour in (False, True):
        lines = render_table(report, Terminal(80, colour=colour)).splitlines()
        ids = dict.fromkeys(row.entry for row in report.rows)
        written = [f"  \x1b[1m{id_}\x1b[0m" if colour else f"  {id_}" for id_ in ids]
        assert [line for line in lines if line in written] == written


def test_colour_changes_no_word() -> None:
    """With colour a table has the same text: bold where it answers, dim behind it."""
    report = deadlines(dates_of(load(TINY).valid(), date(2031, 6, 30)))
    plain = render_table(report, Terminal(80))
    colourful = render_table(report, Terminal(80, colour=True))
    assert re.sub(r"\x1b\[[0-9;]*m", "", colourful) == plain
    assert colourful.startswith("\x1b[1mAs of 30 June 2031: ")
    assert "\x1b[2mdredger-reviewed\x1b[0m" in colourful


def test_a_long_id_leaves_room_for_its_sentence() -> None:
    """Without figures too, what no column of words is left for stands below the id."""
    row = _Change("a-very-long-id" * 4, "one two three four five six seven eight nine ten")
    report = Report(
        name="made",
        as_of=date(2031, 6, 30),
        dataset=None,
        headline="Made",
        rows=(row,),
        row_type=_Change,
        columns=(ID, Column("says", shape=Shape.SENTENCE)),
    )
    assert f"  {row.id}\n  {row.says}\n" in render_table(report, Terminal(80))
