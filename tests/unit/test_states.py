"""How each state of milestones is told."""

from __future__ import annotations

from reformcalc.answers.states import TOLD
from reformcalc.ledger.milestones import State


def test_every_state_is_told_in_the_order_of_states() -> None:
    """Reports count by this table, and list rows by the order of states: the two are one."""
    assert [*TOLD] == [*State]
    assert all(all(told[:5]) for told in TOLD.values())
