"""Every command and format over the invented record, compared with files kept under golden/.

Each answer is kept at one width, or as one line per row; tests/property has what holds at every
width. UPDATE_GOLDEN=1 writes the files anew; read the difference before committing it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.conftest import PROJECT, TINY

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Result

GOLDEN = PROJECT / "tests" / "golden"
DAY = ("--as-of", "2031-06-30")
PRICES = ("--prices", "2029-30", "--deflators", str(TINY.with_name("deflators.yaml")))

# name of the golden file: terminal width (None: a pipe), arguments
CASES: dict[str, tuple[int | None, tuple[str, ...]]] = {
    "totals-80.txt": (80, ("totals",)),
    "totals.json": (None, ("totals", "--format", "json")),
    "totals-pillar-80.txt": (80, ("totals", "--by", "pillar")),
    "totals-topic.txt": (None, ("totals", "--by", "topic")),
    "totals-year.txt": (None, ("totals", "--by", "year")),
    "totals-lead.txt": (None, ("totals", "--by", "lead")),
    "totals-stage.txt": (None, ("totals", "--by", "stage")),
    "totals-envelope.txt": (None, ("totals", "--envelope", "transfer-fund")),
    "totals-explain-80.txt": (80, ("totals", "--explain")),
    "totals-explain.json": (None, ("totals", "--explain", "--format", "json")),
    "totals-new-80.txt": (80, ("totals", "--new", "each-year")),
    "totals-new-year.txt": (None, ("totals", "--new", "each-year", "--by", "year")),
    "totals-new-explain.txt": (None, ("totals", "--new", "announced", "--explain")),
    "totals-prices-80.txt": (80, ("totals", *PRICES)),
    "totals-prices-explain.txt": (None, ("totals", *PRICES, "--explain")),
    "compare-prices-80.txt": (80, ("compare", *PRICES, "--year-one", "2030-31")),
    "compare-80.txt": (80, ("compare",)),
    "compare.json": (None, ("compare", "--format", "json")),
    "compare-lamp-society.txt": (None, ("compare", "lamp-society")),
    "compare-sensitivity-80.txt": (80, ("compare", "--sensitivity")),
    "compare-sensitivity.json": (None, ("compare", "--sensitivity", "--format", "json")),
    "compare-over-years-80.txt": (80, ("compare", "--over-years", "--year-one", "2030-31")),
    "compare-over-years.json": (
        None,
        ("compare", "--over-years", "--year-one", "2030-31", "--format", "json"),
    ),
    "compare-chart-80.txt": (80, ("compare", "--chart", "--year-one", "2030-31")),
    "compare-explain.txt": (None, ("compare", "--explain")),
    "deadlines-80.txt": (80, ("deadlines", "--all")),
    "deadlines.json": (None, ("deadlines", "--all", "--format", "json")),
    "totals.csv": (None, ("totals", "--format", "csv")),
    "totals.md": (None, ("totals", "--format", "markdown")),
    "deadlines.csv": (None, ("deadlines", "--all", "--format", "csv")),
    "conflicts-80.txt": (80, ("conflicts",)),
    "sources-80.txt": (80, ("sources",)),
    "list-80.txt": (80, ("list",)),
    "diff-80.txt": (80, ("diff", str(TINY), str(TINY), "--was", "2030-06-30")),
    "diff.md": (
        None,
        ("diff", str(TINY), str(TINY), "--was", "2030-06-30", "--format", "markdown"),
    ),
    "show-80.txt": (80, ("show", "dredger-bought")),
    "show-commitment.txt": (None, ("show", "pilot-boats")),
    "show-benchmark.json": (None, ("show", "harbour-inquiry", "--format", "json")),
}


@pytest.mark.parametrize("name", CASES)
def test_output_is_as_kept(
    name: str, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command prints, byte for byte, what its golden file holds."""
    width, arguments = CASES[name]
    monkeypatch.setattr("reformcalc.cli.terminal.width", lambda: width)
    monkeypatch.setenv("NO_COLOR", "1")
    data = () if arguments[0] == "diff" else ("--data", TINY)  # which names its two itself
    result = run(*arguments, *data, *DAY)
    assert (result.code, result.err) == (0, "")
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.write_text(result.out, encoding="utf-8")
    assert result.out == path.read_text(encoding="utf-8")


def test_every_golden_file_is_of_a_case() -> None:
    """No golden file is left behind by a case that has gone."""
    assert {path.name for path in GOLDEN.iterdir()} == set(CASES)


@pytest.mark.parametrize("name", [name for name in CASES if CASES[name][0]])
def test_no_line_is_wider_than_the_terminal(name: str) -> None:
    """A table fits the terminal that it was made for."""
    width, _ = CASES[name]
    lines = (GOLDEN / name).read_text(encoding="utf-8").splitlines()
    assert width is not None
    assert max(len(line) for line in lines) <= width
