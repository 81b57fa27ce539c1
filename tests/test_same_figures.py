"""The same figures in every form that an answer can take.

To add a form: write a function that reads its figures back, and name it in FORMS.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from reformcalc.values.money import Qualifier, parse_amount
from reformcalc.words import as_said
from tests.conftest import TINY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from tests.conftest import Result

QUESTIONS = {"totals": (), "compare": (), "deadlines": ("--all",)}
DATASETS = {"bundled": ("bundled", "2026-11-21"), "tiny": (str(TINY), "2031-06-30")}

Row = tuple[str, ...]
Figures = dict[str, list[Row]]  # of each question: the figures of its rows, in order


@dataclass(frozen=True)
class Asker:
    """Asks the command line about one dataset on one day."""

    run: Callable[..., Result]
    folder: Path
    data: str
    day: str
    questions: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: QUESTIONS)
    exported: Callable[[str], Path] | None = None  # what has been exported already, by its name

    def __call__(self, *arguments: str | Path) -> str:
        result = self.run(*arguments, "--data", self.data, "--as-of", self.day)
        assert (result.code, result.err) == (0, "")
        return result.out

    def export(self, name: str) -> Path:
        """Return what is exported to a name."""
        if self.exported:
            return self.exported(name)
        self("export", self.folder / name)
        return self.folder / name

    def each(self, form: str, read: Callable[[str], Iterable[Row]]) -> Figures:
        """Ask each question in a form, and read the rows of the answers."""
        return {
            name: list(read(self(name, *more, "--format", form)))
            for name, more in self.questions.items()
        }


def from_json(ask: Asker) -> Figures:
    return ask.each("json", lambda text: map(_figures, json.loads(text)["rows"]))


def from_csv(ask: Asker) -> Figures:
    return ask.each("csv", lambda text: map(_figures, csv.DictReader(io.StringIO(text))))


def from_markdown(ask: Asker) -> Figures:
    def rows(text: str) -> Iterable[Row]:
        lines = [line[2:-2] for line in text.splitlines() if line.startswith("| ")]
        header, _, *body = [line.split(" | ") for line in lines]
        return _printed(header, (row for row in body if row[0] != "**Total**"))

    return ask.each("markdown", rows)


def from_table(ask: Asker) -> Figures:
    def rows(text: str) -> Iterable[Row]:
        _, header, *body = [line for line in text.splitlines() if line]
        named = re.split(r" {2,}", header)
        # Cells in the middle may be empty: figures stand last, states and dates first.
        lines = [re.split(r" {2,}", line) for line in body if line[0] != "#"]
        filled = [[*row[:2], *[""] * (len(named) - len(row)), *row[2:]] for row in lines]
        return _printed(named, (row for row in filled if row[0] != "Total"))

    return ask.each("table", rows)


def from_package(ask: Asker) -> Figures:
    package = ask.export("package")

    def rows(name: str) -> list[Row]:
        with (package / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return [_figures(row) for row in csv.DictReader(file)]

    return {name: rows(name) for name in QUESTIONS}


def from_sqlite(ask: Asker) -> Figures:
    with closing(sqlite3.connect(ask.export("record.sqlite"))) as database:
        database.row_factory = sqlite3.Row
        return {
            name: [_figures(dict(row)) for row in database.execute(f"SELECT * FROM {name}")]
            for name in QUESTIONS
        }


def from_xlsx(ask: Asker) -> Figures:
    # So the sheets that are asked for are read, and no others.
    book = openpyxl.load_workbook(ask.export("record.xlsx"), read_only=True)

    def rows(name: str) -> list[Row]:
        # Excel allows no two names that differ in capitals alone, and people read "Deadlines".
        sheet = name if name in book.sheetnames else f"{name}_data"
        header, *body = book[sheet].iter_rows(values_only=True)
        return [_figures(dict(zip(map(str, header), row, strict=True))) for row in body]

    with closing(book):
        return {name: rows(name) for name in QUESTIONS}


class _Tables(HTMLParser):
    """The tables of a page, by section: a row has its group first, then its cells by heading."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sections: dict[str, list[list[str]]] = {}
        self.headings: dict[str, list[str]] = {}
        self.section, self.group = "", ""
        self.in_cell = self.below = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "section":
            self.section, self.group = given["id"] or "", ""
            self.sections[self.section], self.headings[self.section] = [], []
        elif tag == "tr":
            self.row: list[str] = []
            self.is_group = given.get("class") == "group"
        elif tag in ("th", "td"):
            self.row.append("")
            self.in_cell = True
        self.below |= tag == "small"

    def handle_endtag(self, tag: str) -> None:
        self.in_cell &= tag not in ("th", "td")
        self.below &= tag != "small"
        if tag == "thead":
            self.headings[self.section] = self.row
        elif tag == "tr" and self.is_group:
            self.group = self.row[0]
        elif tag == "tr" and self.headings[self.section] and self.row[0] != "Total":
            self.sections[self.section].append([self.group, *self.row])

    def handle_data(self, data: str) -> None:
        if self.in_cell and not self.below:
            self.row[-1] += data


def from_html(ask: Asker) -> Figures:
    ask("report", ask.folder / "report.html", "--full")
    page = _Tables((ask.folder / "report.html").read_text(encoding="utf-8"))

    def rows(*sections: str) -> list[Row]:
        return [
            one
            for name in sections
            for one in _printed(["group", *page.headings[name]], page.sections[name])
        ]

    return {
        "totals": rows("sums"),
        "compare": rows("compare"),
        "deadlines": rows("open", "undated", "settled"),
    }


FORMS: dict[str, Callable[[Asker], Figures]] = {
    "json": from_json,
    "csv": from_csv,
    "markdown": from_markdown,
    "table": from_table,
    "package": from_package,
    "sqlite": from_sqlite,
    "xlsx": from_xlsx,
    "html": from_html,
}


EXPECTED: dict[str, Figures] = {}  # of each dataset, what its JSON has


def _figures(row: Mapping[str, Any]) -> Row:
    """Return the figures of a row that has them as numbers."""
    if "state" in row:
        return row["state"], row["due"]
    if "basis" in row:
        low, high = (_percent(row[f"share_percent_{bound}"]) for bound in ("low", "high"))
        share = f"{low} to {high}" if high else f"at least {low}"
        share = low if low == high else share
        return _sum(row, "committed"), _sum(row, "benchmark"), share
    return (_sum(row, "amount"),)


def _sum(row: Mapping[str, Any], name: str) -> str:
    prefix = "" if name == "amount" else f"{name}_"
    qualifier = row[f"{prefix}qualifier"]
    if qualifier == "range":
        return f"{_rounded(row[f'{prefix}low_gbp'])} to {_rounded(row[f'{prefix}high_gbp'])}"
    # What is added up is said by its bounds, "at least" of the low; one sum as a source states it.
    figure = f"{prefix}low" if prefix and qualifier == "at-least" else name
    return f"{qualifier} {_rounded(row[f'{figure}_gbp'])}"


def _printed(header: list[str], rows: Iterable[list[str]]) -> Iterable[Row]:
    """Return the figures of rows that have them in words."""
    for row in rows:
        cells = dict(zip(header, row, strict=True))
        if "Due" in cells:
            yield next(iter(cells.values())).lower().replace(" ", "-"), cells["Due"]
        elif "Share" in cells:
            yield _read(cells["Promised"]), _read(cells["Asked"]), cells["Share"]
        else:
            yield (_read(cells["Promised"]),)


def _read(words: str) -> str:
    amount = parse_amount(words)
    if amount.qualifier is Qualifier.RANGE:
        assert amount.high is not None
        return f"{_rounded(amount.low)} to {_rounded(amount.high)}"
    return f"{amount.qualifier} {_rounded(amount.stated)}"


def _rounded(pounds: Any) -> str:
    """Write pounds as a table does that has no finer figure: in millions, one decimal."""
    return f"{(Decimal(pounds) / 10**6).quantize(Decimal('0.1'), ROUND_HALF_UP)}m"


def _percent(share: Any) -> str:
    if share in (None, ""):  # no bound
        return ""
    return f"{Decimal(str(share)).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


@pytest.mark.parametrize("dataset", DATASETS)
@pytest.mark.parametrize("form", [form for form in FORMS if form != "json"])
def test_every_form_has_the_figures_of_the_json(
    form: str,
    dataset: str,
    run: Callable[..., Result],
    exported_whole: Callable[[str], Path],
    tmp_path: Path,
) -> None:
    """Totals, shares and dates are the same, row by row, wherever they are read."""
    exported = exported_whole if dataset == "bundled" else None
    ask = Asker(run, tmp_path, *DATASETS[dataset], exported=exported)
    if dataset not in EXPECTED:
        EXPECTED[dataset] = from_json(ask)
    expected = {**EXPECTED[dataset]}
    if form == "html":  # a page says dates as prose does: a financial year is told by its form
        expected["deadlines"] = [(state, as_said(due)) for state, due in expected["deadlines"]]
    assert min(map(len, expected.values())) >= 5
    assert FORMS[form](ask) == expected
