"""Reports as values: notes with their hints, and copies that can be sent elsewhere."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

from reformcalc.answers.totals.totals import totals
from reformcalc.report import Note
from tests.unit.builders import TODAY, ask, record


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        (Note("Each once."), "Each once."),
        (Note("Each once.", " (--explain)"), "Each once (--explain)."),
        (Note("No. 1, etc.", ": say. why"), "No. 1, etc: say. why."),
        (Note("To cite: page 2 (read)"), "To cite: page 2 (read)"),
    ],
)
def test_a_hint_goes_on_from_its_note(note: Note, sentence: str) -> None:
    """A hint stands before the full stop of its note; a note without one is as it was given."""
    assert str(note) == sentence


def test_a_report_can_be_copied_in_every_way() -> None:
    """A report with notes and hints goes to another process, or to plain values, and back."""
    report = totals(ask(record({"a": "£1m"}), TODAY))
    assert any(note.hint for note in report.notes)
    assert copy.deepcopy(report) == report
    assert pickle.loads(pickle.dumps(report)) == report
    assert dataclasses.asdict(report)["notes"][0] == dataclasses.asdict(report.notes[0])
