"""What looks entries up asks the record of a day, and no dataset."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from reformcalc import load
from reformcalc.answers.lookup.conflicts import conflicts
from reformcalc.answers.lookup.entries import entries
from reformcalc.answers.lookup.show import show
from reformcalc.answers.lookup.sources import check_quotations, sources
from reformcalc.answers.question import Question
from reformcalc.answers.totals.explain import explain
from reformcalc.answers.totals.totals import totals
from reformcalc.ledger import settling
from reformcalc.ledger.known import Known
from tests.unit.builders import TODAY

if TYPE_CHECKING:
    import pytest

    from reformcalc.ledger.ledger import Ledger


def test_a_record_settles_its_money_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However much is asked of one day, its ledger is built for the first question alone."""
    built: list[Ledger] = []

    def build(*asked: object, **more: object) -> Ledger:
        built.append(settling.build(*asked, **more))  # type: ignore[arg-type]
        return built[-1]

    monkeypatch.setattr("reformcalc.ledger.known.build", build)
    record = Known(load().valid(), TODAY + timedelta(days=1))
    question = Question(record)
    for ask in (totals, explain):
        assert ask(question).rows
    for answer in (sources, entries, conflicts):
        assert answer(record).rows
    assert check_quotations(record, {}).rows == ()
    assert show(record, next(iter(record.commitments))).rows
    assert len(built) == 1
