"""Every command and format over the invented record, compared with files kept under golden/.

UPDATE_GOLDEN=1 writes the files anew; read the difference before committing it.
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
    "totals.txt": (None, ("totals",)),
    "totals-80.txt": (80, ("totals",)),
    "totals-120.txt": (120, ("totals",)),
    "totals-200.txt": (200, ("totals",)),
    "totals.json": (None, ("totals", "--format", "json")),
    "totals-pillar-80.txt": (80, ("totals", "--by", "pillar")),
    "totals-pillar.json": (None, ("totals", "--by", "pillar", "--format", "json")),
    "totals-topic.txt": (None, ("totals", "--by", "topic")),
    "totals-year.txt": (None, ("totals", "--by", "year")),
    "totals-year.json": (None, ("totals", "--by", "year", "--format", "json")),
    "totals-lead.txt": (None, ("totals", "--by", "lead")),
    "totals-stage.txt": (None, ("totals", "--by", "stage")),
    "totals-envelope.txt": (None, ("totals", "--envelope", "transfer-fund")),
    "totals-lamps.txt": (None, ("totals", "--topic", "lamps")),
    "totals-explain.txt": (None, ("totals", "--explain")),
    "totals-explain-80.txt": (80, ("totals", "--explain")),
    "totals-explain.json": (None, ("totals", "--explain", "--format", "json")),
    "totals-new-80.txt": (80, ("totals", "--new", "each-year")),
    "totals-new-pillar.json": (
        None,
        ("totals", "--new", "announced", "--by", "pillar", "--format", "json"),
    ),
    "totals-new-year.txt": (None, ("totals", "--new", "each-year", "--by", "year")),
    "totals-new-explain.txt": (None, ("totals", "--new", "announced", "--explain")),
    "totals-prices-80.txt": (80, ("totals", *PRICES)),
    "totals-prices-year.json": (None, ("totals", *PRICES, "--by", "year", "--format", "json")),
    "totals-prices-explain.txt": (None, ("totals", *PRICES, "--explain")),
    "compare-prices-80.txt": (80, ("compare", *PRICES, "--year-one", "2030-31")),
    "compare.txt": (None, ("compare",)),
    "compare-80.txt": (80, ("compare",)),
    "compare-120.txt": (120, ("compare",)),
    "compare-200.txt": (200, ("compare",)),
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
    "compare-basis-80.txt": (80, ("compare", "--explain", "--basis", "new-each-year")),
    "deadlines.txt": (None, ("deadlines",)),
    "deadlines-80.txt": (80, ("deadlines", "--all")),
    "deadlines-120.txt": (120, ("deadlines", "--all")),
    "deadlines-200.txt": (200, ("deadlines", "--all")),
    "deadlines.json": (None, ("deadlines", "--all", "--format", "json")),
    "deadlines-within.txt": (None, ("deadlines", "--within", "1y")),
    "totals.csv": (None, ("totals", "--format", "csv")),
    "totals.md": (None, ("totals", "--format", "markdown")),
    "compare.md": (None, ("compare", "--format", "markdown")),
    "deadlines.csv": (None, ("deadlines", "--all", "--format", "csv")),
    "deadlines.md": (None, ("deadlines", "--all", "--format", "markdown")),
    "conflicts-80.txt": (80, ("conflicts",)),
    "conflicts.json": (None, ("conflicts", "--format", "json")),
    "sources-80.txt": (80, ("sources",)),
    "sources.csv": (None, ("sources", "--format", "csv")),
    "list.txt": (None, ("list",)),
    "list-80.txt": (80, ("list",)),
    "list-milestones.json": (None, ("list", "milestones", "--format", "json")),
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
    monkeypatch.setattr("reformcalc.cli.app.terminal_width", lambda: width)
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
