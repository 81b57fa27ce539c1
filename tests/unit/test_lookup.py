"""What looks entries up asks the record of a day, and no dataset."""

from __future__ import annotations

import importlib
import inspect
import re
from typing import TYPE_CHECKING

import pytest

from reformcalc import ledger, load
from reformcalc.known import Known
from reformcalc.queries.conflicts import conflicts
from reformcalc.queries.entries import entries
from reformcalc.queries.explain import explain
from reformcalc.queries.question import Question
from reformcalc.queries.show import show
from reformcalc.queries.sources import check_quotations, sources
from reformcalc.queries.totals import totals
from tests.unit.builders import TODAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reformcalc.ledger import Ledger

_MODULES = (
    "briefing", "citing", "conflicts", "diff", "entries", "entry_words", "show", "sources",
    "written",
)  # fmt: skip


def _functions(home: object, name: str) -> Iterator[object]:
    for one in vars(home).values():
        if getattr(one, "__module__", "") == name:
            if inspect.isfunction(one):
                yield one
            elif inspect.isclass(one):
                yield from _functions(one, name)


@pytest.mark.parametrize("module", _MODULES)
def test_nothing_takes_a_dataset(module: str) -> None:
    """Who has the record of a day cannot forget the day."""
    name = f"reformcalc.queries.{module}"
    functions = list(_functions(importlib.import_module(name), name))
    assert functions
    for one in functions:
        said = " ".join(map(str, inspect.get_annotations(one).values()))  # type: ignore[arg-type]
        assert not re.search(r"\bDataset\b", said), one


def test_a_record_settles_its_money_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However much is asked of one day, its ledger is built for the first question alone."""
    built: list[Ledger] = []

    def build(*asked: object, **more: object) -> Ledger:
        built.append(ledger.build(*asked, **more))  # type: ignore[arg-type]
        return built[-1]

    monkeypatch.setattr("reformcalc.known.build", build)
    record = Known(load().valid(), TODAY)
    question = Question(record)
    for ask in (totals, explain):
        assert ask(question).rows
    for answer in (sources, entries, conflicts):
        assert answer(record).rows
    assert check_quotations(record, {}).rows == ()
    assert show(record, next(iter(record.commitments))).rows
    assert len(built) == 1
