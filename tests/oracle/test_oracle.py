"""The program against a second implementation and a linear program: see `truth` for what they are.

`DEEP` is how many seeds are tried, 2,000 in `make deep`; four of five give a record that `validate`
accepts.
`python -m tests.oracle` counts what is compared.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.oracle.answers import Tally
from tests.oracle.asking import mismatches, records, smallest
from tests.oracle.records import text_of

if TYPE_CHECKING:
    from pathlib import Path

SEEDS = int(os.environ.get("DEEP", "60"))
AT_ONCE = 20


@pytest.mark.parametrize("first", range(0, SEEDS, AT_ONCE))
def test_answers_hold_for_every_assignment_that_the_words_allow(first: int, tmp_path: Path) -> None:
    """Bounds contain each and, of trees and exact shared sums, no more; verdicts hold in each."""
    for seed, record, dataset, day in records(range(first, first + AT_ONCE), tmp_path):
        for found in mismatches(record, dataset, day, Tally(), tmp_path):
            small, (one, *_) = smallest(record, day, found, tmp_path)
            pytest.fail(f"seed {seed}: {one}\n\n{text_of(small)}")
