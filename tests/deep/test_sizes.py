"""Records and plans that are large or huge: each is answered or refused within a stated time.

Times are those of the processor; on a machine that others use too they can be twice as long.
"""

from __future__ import annotations

import time
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.deep.families import FAMILIES, record
from tests.unit.workbooks import sheet_xml, text, xlsx

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Result

MILLION = 1_000_000
CLAIM = "claims: [{source: s, at: page, says: x}]"


def _lost(entries: int) -> str:
    """Write entries whose references all lead nowhere."""
    lines = (f"  a-{n}: {{title: T, pillar: p-{n}, lead: l-{n}, {CLAIM}}}" for n in range(entries))
    return "\n".join(["commitments:", *lines])


SIZES = {
    "a line of 50 MB": ("about: " + "x" * 50 * MILLION, "field-shape", 10),
    "a title of 50 MB": ("about:\n  title: " + "x" * 50 * MILLION, "missing-field", 10),
    "a comment of 50 MB": ("#" * 50 * MILLION, "not-empty", 10),
    "a million empty lines": ("\n" * MILLION, "not-empty", 10),
    "a million brackets": ("[" * MILLION, "nesting-depth", 5),
    "a million levels of mappings": ("{a: " * MILLION, "nesting-depth", 5),
    "a hundred thousand times one key": ("a: b\n" * 100_000, "duplicate-key", 60),
    "ten thousand entries that lead nowhere": (_lost(10_000), "unknown-reference", 60),
}


@pytest.mark.parametrize("name", SIZES)
def test_size_alone_breaks_nothing(name: str, run: Callable[..., Result], tmp_path: Path) -> None:
    """A huge record has its findings within a stated number of seconds of work."""
    content, rule, seconds = SIZES[name]
    path = tmp_path / "huge.yaml"
    path.write_text(content, encoding="utf-8")
    began = time.process_time()
    result = run("validate", path)
    assert time.process_time() - began < seconds
    assert result.code == 1
    assert f"error[{rule}]" in result.out


# Every command, and what of it takes longest. What one family cannot be asked ends with 2.
COMMANDS = {
    "validate RECORD": 5,
    "totals --all --long": 5,
    "totals --new each-year": 5,
    "totals --by year --json": 5,
    "compare ask --explain": 5,
    "compare ask --sensitivity": 5,
    "compare ask --over-years": 5,
    "deadlines --all": 5,
    "deadlines --since 3y": 5,
    "deadlines -o OUT/dates.ics --all": 5,
    "recommendations --all": 5,
    "for of-b": 5,
    "find sum of money": 5,
    "show b": 5,
    "list commitments": 5,
    "conflicts --explain": 5,
    "sources --all": 5,
    "diff --was 2022-01-01": 5,
    "report OUT/page.html --full": 8,
    "export OUT/tables.sqlite": 8,
    "export OUT/tables": 8,
    "export OUT/tables.xlsx": 20,
}


@pytest.mark.parametrize("name", FAMILIES)
def test_no_record_of_1_mb_is_slow(
    name: str, run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a record of 1 MB strains, each command answers it or says why not."""
    monkeypatch.setenv("FORCE_COLOR", "1")  # screens, which people see
    path = tmp_path / "large.yaml"
    path.write_text(record(FAMILIES[name], MILLION), encoding="utf-8")
    took: dict[str, float] = {}
    for words in COMMANDS:
        line = words.replace("OUT", str(tmp_path)).replace("RECORD", str(path)).split()
        data = [] if words.startswith("validate") else ["--data", path, "--as-of", "2026-11-30"]
        began = time.process_time()
        result = run(*line, *data)
        took[words] = time.process_time() - began
        assert result.code in (0, 2), (words, result.err[:200])
        assert "has a fault" not in result.err, words
    assert {words: took[words] for words in took if took[words] > COMMANDS[words]} == {}


@pytest.mark.parametrize(
    ("words", "most"),
    [
        ("validate RECORD", 60),
        ("totals --data RECORD --as-of 2026-11-30", 120),
        ("deadlines --data RECORD --as-of 2026-11-30", 120),
    ],
)
def test_a_record_of_50_mb_is_answered(
    words: str, most: int, run: Callable[..., Result], tmp_path: Path
) -> None:
    """It takes two to three gigabytes; on a terminal a bar tells that the work goes on."""
    path = tmp_path / "huge.yaml"
    kind = "milestones" if words.startswith("deadlines") else "commitments"
    path.write_text(record(FAMILIES[kind], 50 * MILLION), encoding="utf-8")
    began = time.process_time()
    assert run(*words.replace("RECORD", str(path)).split()).code == 0
    assert time.process_time() - began < most


def _rows(row: Callable[[int], str], letters: int = MILLION) -> bytes:
    """Write a CSV file of as many letters, in no more rows than are read."""
    written = ["Action,Due,Owner,Status,Repeats,Done,Serves,Notes\n"]
    while len(written) < 4_900 and letters > 0:
        written.append(row(len(written)))
        letters -= len(written[-1])
    return "".join(written).encode()


def _sheet(number: int, row: Callable[[int], str], after: str = "") -> bytes:
    rows = "".join(f'<row r="{n}">{row(n)}</row>' for n in range(2, number + 2))
    return xlsx({"Plan": sheet_xml(rows, after=after)})


def _merged(number: int) -> str:
    return "".join(f'<mergeCell ref="B2:B{n + 2}"/>' for n in range(1, number))


def _crowded() -> bytes:
    """Return an archive of more files than any workbook has."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for number in range(20_000):
            archive.writestr(str(number), "")
    return out.getvalue()


DAYS = "; ".join(f"{n % 28 + 1:02}/{n % 12 + 1:02}/{2000 + n % 20}" for n in range(200))
PLANS: dict[str, Callable[[], bytes]] = {
    "rows.csv": lambda: _rows(
        lambda n: f"Paint {n} {'x' * 150},31/03/2027,Jo,Red,monthly,,,note\n"
    ),
    "one title.csv": lambda: _rows(lambda _: f"Paint,31/03/2027,Jo,Red,,,,{'x' * 170}\n"),
    "nothing right.csv": lambda: _rows(
        lambda n: (
            f"P{n},{n}th of Marhc,Jo,Redd {n},montly {n},31/02/20{n},harbour-{n},{'x' * 120}\n"
        )
    ),
    "days done.csv": lambda: _rows(lambda n: f'Paint {n},31/03/2020,Jo,Red,weekly,"{DAYS}"\n'),
    "long cells.csv": lambda: _rows(lambda _: f'"{"£1m to £2m by spring " * 1_500}",31/03/2027\n'),
    "long dates.csv": lambda: _rows(lambda n: f'Paint {n},"{"spring 2024 or " * 2_000}"\n'),
    "columns.csv": lambda: b"Action,Due," + b"Statuss," * 125_000 + b"\nPaint,2027\n",
    "commas.csv": lambda: b"Action,Due\n" + b"," * MILLION,
    "quotation marks.csv": lambda: b"Action,Due\n" + b'"' * MILLION,
    "lines.csv": lambda: b"Action,Due\n" + b"\n" * MILLION,
    "commas of 30 MB.csv": lambda: b"Action,Due\n" + b"," * 30 * MILLION,
    "one cell of 30 MB.csv": lambda: b'Action,Due\n"' + b"x" * 30 * MILLION,
    "50 MB.csv": lambda: b"Action,Due\n" + b"Paint,31/03/2027\n" * (3 * MILLION),
    "50 MB.xlsx": lambda: b"PK\x03\x04" + bytes(50 * MILLION),
    "rows.xlsx": lambda: _sheet(4_900, lambda n: text(f"A{n}", f"Paint {n}") + text(f"B{n}", "x")),
    "cells.xlsx": lambda: _sheet(
        900, lambda n: text(f"A{n}", f"P{n}") + "".join(f"<c><v>{n}</v></c>" for _ in range(190))
    ),
    "merges.xlsx": lambda: _sheet(
        4_900,
        lambda n: text(f"A{n}", f"P{n}"),
        f"<mergeCells>{_merged(100_000)}</mergeCells>",
    ),
    "sheets.xlsx": lambda: xlsx({f"Plan {n}": sheet_xml("") for n in range(1_500)}),
    "a text of 4,900 cells.xlsx": lambda: xlsx(
        {"Plan": sheet_xml("".join('<row><c t="s"><v>0</v></c></row>' for _ in range(4_900)))},
        shared=[f"<si><t>{'Paint it ' * 3_600}</t></si>"],
    ),
    "a cell of 200 MB.xlsx": lambda: _sheet(1, lambda _: text("A2", " " * 200 * MILLION)),
    "20,000 files.xlsx": _crowded,
}


@pytest.mark.parametrize("name", PLANS)
def test_no_plan_is_slow(name: str, run: Callable[..., Result], tmp_path: Path) -> None:
    """A plan of 1 MB, or one that seems to be, is read or refused within five seconds."""
    path = tmp_path / name
    path.write_bytes(PLANS[name]())
    began = time.process_time()
    result = run("validate", path)
    assert time.process_time() - began < 5
    assert result.code in (0, 1, 2)
    assert "has a fault" not in result.err
