"""What is said of the entries of each section of the record."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from reformcalc.record.model import Dataset
from tests.conftest import TINY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Result


def test_help_names_every_section(run: Callable[..., Result]) -> None:
    """No section of the record is left out of what `list --help` offers."""
    offered = " ".join(run("list", "--help").out.split())
    assert f"{', '.join(Dataset.KINDS[:-1])} or {Dataset.KINDS[-1]};" in offered


# A program whose record has a section that only its model knows.
_PROGRAM = """
import json
import os
import sys
from typing import Annotated

from pydantic import Field

from reformcalc.record import model
from reformcalc.record.fields import IN_ORDER, Id, Names, Text, WhenWords


class Inspection(model.Entry, dated_by=("on",), figure="grade"):
    "What an inspector found of a council."

    of: Annotated[Id, Names("bodies")] = Field(description="the council")
    on: WhenWords = Field(description="when it was published")
    grade: Text = Field(description="what it was found to be")


class Dataset(model.Dataset, dated_by=()):
    inspections: Annotated[dict[Id, Inspection], IN_ORDER] = {}
    KINDS = (*model.Dataset.KINDS, "inspections")


model.Dataset = Dataset

from reformcalc.cli import main

for environment, question in json.loads(sys.argv[1]):
    os.environ |= environment
    try:
        main(question)
    except SystemExit as end:
        assert not end.code, question
    print(end="\\f")
"""
_INSPECTION = """
inspections:
  north-port-2031:
    title: Inspection of North Port
    pillar: quays
    of: north-port
    on: 2031-03-15
    grade: needs paint
    claims: [{source: gazette-2031, at: top, says: "North Port needs paint"}]
"""


SECTION, ENTRY = "inspections", "north-port-2031"
_DAY = "--as-of 2031-06-30"
SAID = {
    "validate": "",
    f"list {_DAY}": SECTION,
    f"list {SECTION} {_DAY}": "needs paint",
    f"find paint {_DAY}": ENTRY,
    f"show {ENTRY} {_DAY}": "needs paint",
    f"show north-port {_DAY}": ENTRY,
    f"sources {_DAY}": "",
    f"conflicts {_DAY}": "",
    f"diff --was 2031-03-01 {_DAY}": "inspection",
    f"diff --was 2031-03-01 {_DAY} --json": f'"kind": "{SECTION}"',
}


def test_a_new_section_is_in_every_answer(tmp_path: Path) -> None:
    """A section that only the model knows is checked, listed, shown, compared and exported.

    It is so on a screen as in a pipe.
    """
    program, record, tables = (tmp_path / name for name in ("new.py", "record.yaml", "tables"))
    program.write_text(_PROGRAM, encoding="utf-8")
    record.write_text(TINY.read_text(encoding="utf-8") + _INSPECTION, encoding="utf-8")
    screen = {"FORCE_COLOR": "1", "COLUMNS": "80", "PAGER": "cat"}
    questions = [(where, asked.split()) for where in ({}, screen) for asked in SAID]
    questions.append(({}, ["export", str(tables)]))
    environment = {
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "REFORMCALC_DATA": str(record),
    }
    done = subprocess.run(
        [sys.executable, program, json.dumps(questions)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=environment,
    )
    assert (done.returncode, done.stderr) == (0, "")
    *answers, _, after = done.stdout.split("\f")
    assert after == ""
    said = zip((*SAID, *SAID), (*SAID.values(), *SAID.values()), answers, strict=True)
    assert [question for question, told, answer in said if told not in answer] == []
    assert answers[1] != answers[1 + len(SAID)], "a pipe has the whole, and no screen"
    (table,) = tables.rglob(f"{SECTION}.csv")
    assert ENTRY in table.read_text(encoding="utf-8")
