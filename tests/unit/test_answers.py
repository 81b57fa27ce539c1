"""Reports as values: what they are made of can be copied and sent elsewhere."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import TYPE_CHECKING

import pytest

from reformcalc.queries.totals import totals
from reformcalc.report import Hinted
from tests.unit.builders import TODAY, ask, record

if TYPE_CHECKING:
    from collections.abc import Callable


def _pickled(note: Hinted) -> Hinted:
    read: Hinted = pickle.loads(pickle.dumps(note))
    return read


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, _pickled])
@pytest.mark.parametrize(
    ("note", "hint"), [("Each once", " (--explain)"), ("No. 1, etc.", ": say. why."), ("", "")]
)
def test_a_note_keeps_its_hint(copied: Callable[[Hinted], Hinted], note: str, hint: str) -> None:
    """A copy of a note has the same words, with its hint and without."""
    one = copied(Hinted(note, hint))
    assert (one, one.alone) == (f"{note}{hint}.", f"{note}.")
    assert isinstance(one, Hinted)


def test_a_report_can_be_copied_in_every_way() -> None:
    """A report with notes and hints goes to another process, or to plain values, and back."""
    report = totals(ask(record({"a": "£1m"}), TODAY))
    assert any(isinstance(note, Hinted) for note in report.notes)
    assert copy.deepcopy(report) == report
    assert pickle.loads(pickle.dumps(report)) == report
    assert dataclasses.asdict(report)["notes"] == report.notes
