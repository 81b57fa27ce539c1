"""No number of faults is slow to report: eight times as many take about eight times as long."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING

import pytest

from bench import generated
from reformcalc.reading.load import load
from reformcalc.render import FindingsFormat
from reformcalc.render.findings import render_findings

if TYPE_CHECKING:
    from pathlib import Path

SOME, TIMES = 100, 8
BOUND = 28  # what grew with the square would take 64 times as long

WRITTEN = "    pillar: one\n"
FAULTS = {
    "a date that is misspelt": (WRITTEN, "    announced: {place}th Febuary 2023\n" + WRITTEN),
    "a date of another form": (WRITTEN, "    announced: 13/13/{place}\n" + WRITTEN),
    "a field that is misspelt": (WRITTEN, "    pilar{place}: one\n" + WRITTEN),
    "a field that is left out": (WRITTEN, ""),
    "an id that is misspelt": (WRITTEN, "    pillar: onne{place}\n"),
    "words without the figure": ('says: "£', 'says: "no £x'),
    "no words": ("    claims:\n", "    claims: []\n    ignored{place}:\n"),
    "a figure that is not pounds": ("amount: £", "amount: "),
    "a key that is written twice": (WRITTEN, WRITTEN * 2),
}


def _seconds(path: Path) -> tuple[float, int]:
    """Return how long the processor takes to say all that is wrong, and how much that is."""
    start = process_time()
    found = load(path).findings
    for format_ in FindingsFormat:
        render_findings(found, 1, format_)
    return process_time() - start, len(found)


def _faulty(path: Path, number: int, old: str, new: str) -> Path:
    """Write a record with a fault in each commitment."""
    generated.record(path, number)
    head, *parts = path.read_text(encoding="utf-8").split("    title: Sum number")
    faulty = [part.replace(old, new.replace("{place}", str(n))) for n, part in enumerate(parts)]
    path.write_text("    title: Sum number".join([head, *faulty]), encoding="utf-8")
    return path


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_are_told_in_time_that_grows_with_them(tmp_path: Path, fault: str) -> None:
    """Eight times the faults take less than 28 times the time, and each of them is reported."""
    some = _faulty(tmp_path / "some.yaml", SOME, *FAULTS[fault])
    many = _faulty(tmp_path / "many.yaml", SOME * TIMES, *FAULTS[fault])
    least = min(_seconds(some)[0] for _ in range(3))
    taken, found = _seconds(many)
    assert found >= SOME * TIMES
    assert taken < BOUND * max(least, 0.001)
