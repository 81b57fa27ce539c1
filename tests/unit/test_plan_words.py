"""What a plan writes of how things stand, and of how often they come round."""

from __future__ import annotations

from datetime import date

import pytest

from reformcalc.reading.plan_words import is_nothing, period_of, progress_of, ticked
from reformcalc.reading.sheet import Cell, numbers


@pytest.mark.parametrize(
    ("said", "progress", "whole"),
    [
        ("Red", "red", True),
        (" OFF  TRACK. ", "red", True),
        ("r", "red", True),
        ("at risk", "amber", True),
        ("On schedule", "green", True),
        ("[Complete]", "done", True),
        ("100%", "done", True),
        ("99%", "", False),
        ("5.5%", "", False),
        ("In progress", "", False),
        ("Not applicable", "", False),
        ("red-amber", "red", False),
        ("Green / Red", "red", False),
        ("Amber: waiting for the tide", "amber", False),
        ("completed, but for the buoys", "done", False),
    ],
)
def test_a_status_says_how_it_stands(said: str, progress: str, *, whole: bool) -> None:
    """With whether that is all it says: what else it does is kept as a note."""
    assert progress_of(said) == (progress, whole)


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("gren", "green"),
        ("On trak", "on track"),
        ("Compleat", "complete"),
        ("done by Friday", None),  # it is to be
        ("redder", None),
        ("101%", "100%"),
        ("see the minutes", None),
        ("ab", None),  # of so few letters nothing is guessed
        (f"action completed{'d' * 9}", "action completed"),  # 25 letters, a status
        (f"action completed{'d' * 10}", None),  # 26, a remark
    ],
)
def test_a_status_that_cannot_be_told_is_refused(said: str, hint: str | None) -> None:
    """With what was most likely meant."""
    with pytest.raises(ValueError, match="is none of red, amber, green and done") as refused:
        progress_of(said)
    meant = f'done (did you mean "{hint}"?)' if hint else "done"
    assert str(refused.value).endswith(meant)


@pytest.mark.parametrize(
    ("cell", "done"),
    [
        (Cell("TRUE", truth=True), True),
        (Cell("yes", truth=False), False),
        (Cell("Yes."), True),
        (Cell("✓"), True),
        (Cell("N"), False),
        (Cell("On hold"), False),
        (Cell("perhaps"), None),
        (Cell("2031-03-30", day=date(2031, 3, 30)), None),
    ],
)
def test_a_cell_is_ticked_or_not_or_says_neither(cell: Cell, *, done: bool | None) -> None:
    assert ticked(cell) is done


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ("One-off", ""),
        ("no", ""),
        ("Annually", "yearly"),
        ("Fortnightly", "every 2 weeks"),
        ("six  monthly", "half-yearly"),
        ("Every 6 weeks", "every 6 weeks"),
    ],
)
def test_how_often_is_said_as_people_say_it(said: str, period: str) -> None:
    assert period_of(said) == period


def test_a_term_has_no_days() -> None:
    for said in ("termly", "every term"):
        with pytest.raises(ValueError, match="no calendar tells the terms"):
            period_of(said)


def test_nothing_is_said_in_a_few_ways() -> None:
    assert all(map(is_nothing, ("N/A", " — ", ".", "...", "none.", "( )", "Nil")))
    assert not any(map(is_nothing, ("0", "no", "?", "none of it")))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([5], "5"),
        ([5, 8], "5 and 8"),
        ([1, 2, 3, 4, 5, 6], "1, 2, 3, 4, 5 and 6"),
        ([1, 2, 3, 4, 5, 6, 9], "1, 2, 3, 4, 5, 6 and 1 more"),
        ([1, 2, 3, 4, 5, 6, 9, 10], "1, 2, 3, 4, 5, 6 and 2 more"),
    ],
)
def test_rows_are_named_in_a_line(rows: list[int], said: str) -> None:
    """As many as can be looked up one by one."""
    assert numbers(rows) == said
