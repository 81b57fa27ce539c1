"""What must hold of a table on a terminal, however wide that is."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reformcalc import load
from reformcalc.answers.comparison.compare import compare
from reformcalc.answers.comparison.explain import explain as explain_compare
from reformcalc.answers.comparison.over_years import over_years
from reformcalc.answers.comparison.sensitivity import sensitivity
from reformcalc.answers.deadlines.answers import deadlines, slipped
from reformcalc.answers.lookup.conflicts import conflicts
from reformcalc.answers.lookup.entries import entries
from reformcalc.answers.lookup.show import show
from reformcalc.answers.lookup.sources import sources
from reformcalc.answers.totals.explain import explain
from reformcalc.answers.totals.over_time import over_time
from reformcalc.answers.totals.totals import totals
from reformcalc.ledger.known import Known
from reformcalc.render.grid import TOTAL, grid_of
from reformcalc.render.table import render_table
from reformcalc.render.terminal import Terminal, wrapped
from reformcalc.values.years import FinancialYear
from tests.conftest import DEEP, TINY
from tests.unit.builders import TODAY, ask, commitment, comparing, dates_of, record

if TYPE_CHECKING:
    from collections.abc import Callable

    from reformcalc.record.model import Dataset
    from reformcalc.report import Report

DAY = date(2031, 6, 30)
# Where columns give way one after the other; then, where all have room.
WIDTHS = (*range(40, 100, 1 if DEEP else 3), *range(100, 201, 1 if DEEP else 25))
REPORTS: dict[str, Callable[[Dataset], Report[Any]]] = {
    "totals": lambda tiny: totals(ask(tiny, DAY)),
    "totals by pillar": lambda tiny: totals(ask(tiny, DAY), by="pillar"),
    "totals by year": lambda tiny: totals(ask(tiny, DAY), by="year"),
    "explain": lambda tiny: explain(ask(tiny, DAY, new="each-year")),
    "over time": lambda tiny: over_time(ask(tiny, DAY)),
    "compare": lambda tiny: compare(comparing(tiny, DAY)),
    "explain compare": lambda tiny: explain_compare(comparing(tiny, DAY)),
    "over years": lambda tiny: over_years(comparing(tiny, DAY, year_one=FinancialYear(2030))),
    "sensitivity": lambda tiny: sensitivity(comparing(tiny, DAY)),
    "deadlines": lambda tiny: deadlines(dates_of(tiny, DAY)),
    "slipped": lambda tiny: slipped(dates_of(tiny, DAY)),
    "conflicts": lambda tiny: conflicts(Known(tiny, DAY)),
    "sources": lambda tiny: sources(Known(tiny, DAY)),
    "entries": lambda tiny: entries(Known(tiny, DAY)),
    "show": lambda tiny: show(Known(tiny, DAY), "dredger-bought"),
}


def _letters(*texts: str) -> Counter[str]:
    """Count what is written, but not the lines of a tree."""
    return Counter(re.sub(r"[\s│├└]", "", "".join(texts)))


@pytest.mark.parametrize("name", REPORTS)
def test_every_terminal_shows_the_same_words(name: str) -> None:
    """No line is wider than the terminal, and each holds all words once; headings may give way."""
    report = REPORTS[name](load(TINY).valid())
    grid = grid_of(report)
    assert grid.size
    cells = [text for one in grid.columns for line in one.lines for text in line.texts]
    totals_ = [TOTAL, *(one.total for one in grid.columns[1:])] if grid.has_total else []
    groups = [grid.begins_group(row) for row in range(grid.size)]
    marks = [re.sub(r"[^…]", "", branch) for branch in grid.branches]
    said = _letters(report.headline, *report.sentences, *cells, *totals_, *groups, *marks)
    headers = _letters(*(one.header for one in grid.columns))
    for width in WIDTHS:
        drawn = render_table(report, Terminal(width))
        assert max(map(cell_len, drawn.splitlines())) <= width
        assert not said - _letters(drawn)
        assert not _letters(drawn) - said - headers
        run_on = re.sub(r"\s", "", drawn)
        for sentence in (report.headline, *report.sentences):
            assert re.sub(r"\s", "", sentence) in run_on


@pytest.mark.parametrize("width", [40, 41, 79, 80])
def test_wide_letters_fit_too(width: int) -> None:
    """A letter that takes two columns is counted as two."""
    told = {**commitment("£900m"), "title": "港の灯りを守る計画 " * 12}
    drawn = render_table(totals(ask(record({"a": told}), TODAY)), Terminal(width))
    assert max(map(cell_len, drawn.splitlines())) <= width
    assert drawn.count("港の灯りを守る計画") + drawn.count("港") >= 12


@given(st.text(alphabet="ab £│港\u0301\n", max_size=60), st.integers(2, 30))
def test_broken_text_is_whole(text: str, width: int) -> None:
    """Broken text fits, and has every letter once, in order."""
    lines = list(wrapped(text, width))
    assert all(cell_len(line) <= width for line in lines)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)


@given(st.lists(st.text(alphabet="abc", min_size=1, max_size=9), max_size=12), st.integers(10, 40))
def test_words_are_broken_only_where_they_must_be(words: list[str], width: int) -> None:
    """What has room on a line stands whole, and no word that would fit is left for the next."""
    lines = list(wrapped(" ".join(words), width))
    assert " ".join(lines).split() == words
    for line, following in pairwise(lines):
        assert len(f"{line} {following.split()[0]}") > width
