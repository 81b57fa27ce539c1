"""What the speed is measured on is a valid record, and a valid journal."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

from bench.generated import COMPONENTS, journal, record
from reformcalc import load
from tests.conftest import need

if TYPE_CHECKING:
    from pathlib import Path


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


def test_the_journal_is_one_that_hledger_checks(tmp_path: Path) -> None:
    """As many transactions as asked for, beside the two lines that open its accounts."""
    hledger = shutil.which("hledger")
    need(hledger, "hledger")
    journal(tmp_path / "large.journal", 7)
    command = [str(hledger), "-f", str(tmp_path / "large.journal")]
    subprocess.run([*command, "check"], check=True)
    said = subprocess.run([*command, "stats"], check=True, capture_output=True, text=True).stdout
    assert re.search(r"^(?:Transactions|Txns) +: 9 ", said, re.MULTILINE)
