"""What the speed is measured on is a valid record, and a valid journal."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from typing import TYPE_CHECKING

from bench.generated import COMPONENTS, journal, record
from reformcalc import compare, load
from reformcalc.answers.totals.totals import totals
from tests.conftest import need
from tests.unit.builders import ask, comparing

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 1, 1)


def test_the_large_record_has_nothing_wrong_in_it(tmp_path: Path) -> None:
    """Ten components to an envelope, a claim for each sum, and no finding to spend time on."""
    record(tmp_path / "large.yaml", 5 * (COMPONENTS + 1))
    loaded = load(tmp_path / "large.yaml")
    assert not loaded.findings
    entries = loaded.valid().commitments.values()
    assert len(entries) == 55
    assert sum(not entry.part_of for entry in entries) == 5
    assert {len(entry.claims) for entry in entries} == {1}
    assert len({entry.amount[0].value.stated for entry in entries}) == 55


def test_the_record_that_is_asked_of_has_what_every_command_asks_for(tmp_path: Path) -> None:
    """Years and topics for all sums, what was being spent before for some, and an ask."""
    record(tmp_path / "asked.yaml", 10 * (COMPONENTS + 1), milestones=30)
    loaded = load(tmp_path / "asked.yaml")
    assert not loaded.findings
    dataset = loaded.valid()
    assert len(dataset.milestones) == 30
    assert len({milestone.due.text for milestone in dataset.milestones.values()}) == 30
    entries = dataset.commitments.values()
    assert all(entry.years and entry.topics for entry in entries)
    assert sum(entry.existing is not None for entry in entries) == 2 * COMPONENTS
    new = totals(ask(dataset, DAY, new="each-year")).total
    assert new is not None
    assert new.amount.high is not None
    assert 0 < new.amount.low < new.amount.high
    assert compare(comparing(dataset, DAY, "ask")).rows


def test_the_journal_is_one_that_hledger_checks(tmp_path: Path) -> None:
    """As many transactions as asked for, beside the two lines that open its accounts."""
    hledger = shutil.which("hledger")
    need(hledger, "hledger")
    journal(tmp_path / "large.journal", 7)
    command = [str(hledger), "-f", str(tmp_path / "large.journal")]
    subprocess.run([*command, "check"], check=True)
    said = subprocess.run([*command, "stats"], check=True, capture_output=True, text=True).stdout
    assert re.search(r"^(?:Transactions|Txns) +: 9 ", said, re.MULTILINE)
