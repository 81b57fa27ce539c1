"""Whatever stands in a plan's cells: every row is read or told, and no cell stops an answer."""

from __future__ import annotations

import csv
from io import StringIO

from hypothesis import given, settings
from hypothesis import strategies as st

from reformcalc.findings import Severity
from reformcalc.reading.files import File
from reformcalc.reading.merge import merge
from reformcalc.reading.plan import Others
from reformcalc.reading.shape import shape
from reformcalc.reading.source import parse
from reformcalc.reading.spreadsheet import read_spreadsheet
from reformcalc.rules import graded
from tests.conftest import TINY

HEADINGS = ("Action", "Due", "Revised date", "Done", "Status", "Repeats", "Serves", "Who", "Cost")
SAID = (
    "", "", "Paint", "paint", "TBC", "31/03/2027", "03/04/2027", "3/31/2027", "31/02/2027",
    "Mar-27",
    "w/c 7 Dec 2026", "within 2 months of the-tide", "monthly", "termly", "Red", "done", "yes", "-",
    "lamps-counted", "#REF!", "46477", "undated: x", "\u200b", "Action", "1900", "..", '"', "=1+1",
)  # fmt: skip
CELL = st.one_of(st.sampled_from(SAID), st.text(max_size=12))
ROWS = st.lists(st.lists(CELL, min_size=len(HEADINGS), max_size=len(HEADINGS)), max_size=6)
RECORD = File(TINY, parse(TINY.read_text(encoding="utf-8")))


@given(ROWS)
@settings(max_examples=60)
def test_every_row_is_read_or_told_and_every_action_is_valid(rows: list[list[str]]) -> None:
    """Rows are actions and rows left out, each told; and what is read has the shape of a record."""
    out = StringIO()
    csv.writer(out).writerows([HEADINGS, *rows])
    read = read_spreadsheet(
        out.getvalue().encode("utf-8", "replace"),
        "plan.csv",
        None,
        Others({"lamps-counted": ()}, ()),
    )
    assert read.account is not None
    told = [one for one in read.findings if "so this row is left out" in one.message]
    assert read.account.left_out == len(told)
    assert read.account.rows == len(told) + len(read.places)
    merged = merge([RECORD, File(TINY.with_name("plan.csv"), read)])
    findings = [graded(one) for one in shape(merged.plain).findings]
    errors = [one for one in findings if one.severity is Severity.ERROR]
    assert [one for one in errors if one.rule not in ("claims-given", "missing-field")] == []
