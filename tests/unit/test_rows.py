"""What the fields of rows mean and are, for every row of every answer."""

from __future__ import annotations

import importlib
import pkgutil
import re
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from reformcalc import answers, load
from reformcalc.answers.comparison.compare import compare
from reformcalc.answers.comparison.explain import explain as explain_compare
from reformcalc.answers.comparison.over_years import YearRow, over_years
from reformcalc.answers.comparison.sensitivity import sensitivity
from reformcalc.answers.deadlines.answers import deadlines, slipped
from reformcalc.answers.diff import diff
from reformcalc.answers.lookup.conflicts import conflicts
from reformcalc.answers.lookup.entries import entries
from reformcalc.answers.lookup.rulebook import rulebook
from reformcalc.answers.lookup.show import show
from reformcalc.answers.lookup.sources import sources
from reformcalc.answers.totals.explain import explain
from reformcalc.answers.totals.over_time import over_time
from reformcalc.answers.totals.totals import totals
from reformcalc.ledger.known import Known
from reformcalc.rows import Kind, flat, for_people, key_names, keys, kind_of, meaning, means
from reformcalc.values.money import Sum
from tests.conftest import TINY
from tests.unit.builders import ask, comparing, dates_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reformcalc.report import Column, Report


def _rows() -> Iterator[Any]:
    """Yield every type of row, from wherever it stands."""
    for module in pkgutil.walk_packages(answers.__path__, f"{answers.__name__}."):
        for name, one in vars(importlib.import_module(module.name)).items():
            if (
                re.fullmatch("[A-Z].*Row", name)
                and is_dataclass(one)
                and one.__module__ == module.name
            ):
                yield one


ROWS = sorted(_rows(), key=lambda one: str(one.__name__))
SAID = [(row, one) for row in ROWS for one in fields(row)]
# What a field is typed as, by its kind.
TYPED = {
    Kind.SUM: "Sum",
    Kind.SHORTFALL: "Bounds",
    Kind.POUNDS: "int",
    Kind.WHOLE: "int",
    Kind.PERCENTAGE: "Decimal",
    Kind.POINTS: "Decimal",
    Kind.DAY: "date",
    Kind.TRUTH: "bool",
    Kind.CITED: "words.Cited",
    Kind.ID: "str",
    Kind.TEXT: "str",
    Kind.SENTENCE: "str",
    Kind.WORD: "str|State|Verdict|Said|Change|Lookup|Aspect",
}


def test_rows_are_found() -> None:
    """The rows of the commands are among those that are looked at."""
    assert {"TotalsRow", "CompareRow", "DeadlineRow", "DiffRow", "EntryRow"} < {
        row.__name__ for row in ROWS
    }


@pytest.mark.parametrize(
    ("row", "one"), SAID, ids=[f"{row.__name__}-{one.name}" for row, one in SAID]
)
def test_every_field_says_what_it_means_and_is(row: Any, one: Any) -> None:
    """A field has a meaning in words, and the kind that its type can hold."""
    says = meaning(row, one.name)
    assert re.fullmatch(r"[^\n|`]*[a-z0-9)]", says.text), "a phrase, for tables and comments"
    if says.kind is not Kind.INSIDE:
        one_of = f"(?:{TYPED[says.kind]})"
        typed = rf"tuple\[{one_of}, \.\.\.\]" if says.many else rf"{one_of}( \| None)?"
        assert re.fullmatch(typed, one.type)
    assert one.name.endswith("_gbp") == (says.kind is Kind.POUNDS)


def test_money_that_is_missing_names_the_field_that_says_why() -> None:
    """What leaves money empty is a field of the same row."""
    named = {(row, meaning(row, one.name).unless) for row, one in SAID}
    assert {name for row, name in named if name and name not in {o.name for o in fields(row)}} == (
        set()
    )
    assert any(name for _, name in named)


@dataclass(frozen=True)
class _Row:
    amount: Sum | None = field(metadata=means("what it states", Kind.SUM, unless="missing"))
    asked: Sum | None = field(metadata=means("what is asked for", Kind.SUM))
    share: Decimal = field(metadata=means("a share", Kind.PERCENTAGE))
    on: date = field(metadata=means("the day", Kind.DAY))
    of: tuple[str, ...] = field(metadata=means("of which", Kind.ID, many=True))
    remark: str = field(metadata=for_people("a remark", Kind.SENTENCE))
    missing: str | None = field(metadata=means("why there is none", Kind.TEXT))


@pytest.mark.parametrize("missing", [None, "in doubt alone"])
def test_plain_values_have_the_keys_that_are_described(missing: str | None) -> None:
    """Money is pounds under four keys, empty where it is missing; people's fields are left out."""
    half = Decimal("0.5")
    row = _Row(
        Sum(half, half, None), None, Decimal("12.5"), date(2030, 1, 2), ("a",), "seen", missing
    )
    plain = flat(row)
    assert list(plain) == key_names(_Row) == [key.name for key in keys(_Row)]
    money = [1, 1, None, "at-least"] if missing is None else [None] * 4
    assert [*plain.values()] == [
        *money, None, None, None, None, 12.5, date(2030, 1, 2), ["a"], missing
    ]  # fmt: skip
    kinds = {key.name: key.kind for key in keys(_Row)}
    assert (kinds["low_gbp"], kinds["asked_high_gbp"]) == (Kind.POUNDS, Kind.POUNDS)
    assert (kinds["asked_qualifier"], kinds["on"]) == (Kind.WORD, Kind.DAY)


def test_a_property_says_what_it_is() -> None:
    """What people read beside the fields is described with them."""
    assert kind_of(YearRow, "evenly_gbp") is Kind.POUNDS
    assert meaning(YearRow, "evenly_gbp").text == "What is promised for the year, evenly spread."
    assert kind_of(YearRow, "reached") is Kind.WORD


def _reports() -> Iterator[Report[Any]]:
    """Yield an answer of each command that there is."""
    dataset, today = load(TINY).valid(), date(2031, 6, 30)
    question, record = ask(dataset, today), Known(dataset, today)
    yield from (totals(question), explain(question), over_time(question))
    comparison = comparing(dataset, today)
    for view in (compare, explain_compare, over_years, sensitivity):
        yield view(comparison)
    dates = dates_of(dataset, today)
    yield from (deadlines(dates), slipped(dates))
    yield from (conflicts(record), sources(record), entries(record), show(record, "dredger"))
    yield diff(record.on(date(2030, 6, 30)), record)
    yield rulebook(as_of=today)


def _named(columns: Iterable[Column]) -> Iterator[str]:
    for one in columns:
        yield from filter(None, (one.field, one.link, one.cites, one.instead))
        yield from _named(one.under)


def test_every_column_that_people_see_says_what_it_is() -> None:
    """What a column shows is a field that says its kind, or a property that does."""
    for report in _reports():
        columns = [*report.columns, *([report.group] if report.group else [])]
        kinds = {name: kind_of(report.row_type, name) for name in _named(columns)}
        assert Kind.INSIDE not in kinds.values()
        written = {name for name, kind in kinds.items() if kind is Kind.POUNDS}
        assert written == {name for name in kinds if name.endswith("_gbp")}
