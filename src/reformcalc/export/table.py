"""What a table is: a name, columns that each know their type and meaning, a key, and its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from reformcalc.values.due import Due
from reformcalc.values.money import Amount, Quantity, round_pounds
from reformcalc.values.years import FinancialYear

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from reformcalc.ledger.known import Known
    from reformcalc.record.model import Dataset
    from reformcalc.report import Report
    from reformcalc.screen import Screen

Value = str | int | float | bool | date | tuple[str, ...] | None


class Type(StrEnum):
    """What a column holds. Pounds are whole, a number is anything else, days are calendar days.

    A list is an array of JSON in a database, and its parts with semicolons between them elsewhere.
    """

    TEXT = "text"
    LIST = "list"
    WHOLE = "whole number"
    POUNDS = "pounds"
    NUMBER = "number"
    DAY = "day"
    TRUTH = "true or false"


@dataclass(frozen=True, slots=True)
class Content:
    """What is exported: the whole record, what is known of it on a day, and its answers then.

    A refused answer is its reason, and has none of the `screens`, which make what a terminal shows
    of an answer first. `limits` says what the answers are limited to, if anything.
    """

    dataset: Dataset
    digest: str
    record: Known
    answers: Mapping[str, Report[Any] | str]
    screens: Mapping[str, Callable[[], Screen]]
    limits: str = ""

    @property
    def as_of(self) -> date:
        """The day that the answers are of."""
        return self.record.as_of


@dataclass(frozen=True, slots=True)
class Record:
    """What a row is made of: a thing, the entry that it is of, and its place there, from 1."""

    entry: str
    thing: Any
    number: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `to` names the table whose key it holds; `get` takes its value from a record."""

    name: str
    type: Type
    meaning: str
    get: Callable[[Record], Any]
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the export."""

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    items: Callable[[Content], Iterable[Record]]

    @property
    def references(self) -> list[tuple[str, str]]:
        """Return the columns that hold another table's key, each with that table's name."""
        return [(column.name, column.to) for column in self.columns if column.to]

    def rows(self, content: Content) -> list[tuple[Value, ...]]:
        """Return the rows, each value plain."""
        return [
            tuple(plain(column.get(item)) for column in self.columns)
            for item in self.items(content)
        ]


def plain(value: Any) -> Value:
    """Return a value as text, a number, a day, a truth or a list; what says nothing as None."""
    if value is None:  # nearly always nothing or text, and there are many
        return None
    if type(value) is str:
        return value or None
    match value:
        case Amount() | Due():
            return value.text
        case Quantity():
            return value.amount.text
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case dict():
            return (
                joined(tuple(f"{name}: {_in_line(plain(one))}" for name, one in value.items()))
                or None
            )
        case tuple() | list():
            return tuple(str(plain(one)) for one in value) or None
        case FinancialYear():
            return str(value)
        case str():
            return str(value) or None
        case _:
            assert isinstance(value, int | float | date), value
            return value


def _in_line(value: Value) -> Value:
    """Return what stands under a name: of a list, its parts with commas between them."""
    return ", ".join(value) if isinstance(value, tuple) else value


def joined(value: Value) -> str | int | float | bool | date | None:
    """Return a value as one cell holds it: of a list, its parts with semicolons between them."""
    return "; ".join(value) if isinstance(value, tuple) else value


ID = Column("id", Type.TEXT, "its id", lambda item: item.entry)
NUMBER = Column("number", Type.WHOLE, "its place there, from 1", lambda item: item.number)


def _worded(meaning: str, words: str) -> str:
    """Say that a column holds the words, not what they stand for; of a meaning, its first part."""
    first = meaning.partition(";")[0]
    return first if "words" in first else f"{first}, {words}"


def of(name: str, to: str) -> Column:
    """Make the column of the entry that a row is part of."""
    return Column(name, Type.TEXT, f"the {name} that it is of", lambda item: item.entry, to)


def money(name: str, meaning: str, get: Callable[[Record], Amount | None]) -> tuple[Column, ...]:
    """Make the columns of a sum: its words, and the pounds that they stand for."""

    def pounds(bound: str) -> Callable[[Record], int | None]:
        def read(item: Record) -> int | None:
            value = getattr(get(item), bound, None)
            return None if value is None else round_pounds(value)

        return read

    prefix = "" if name == "amount" else f"{name}_"
    return (
        Column(name, Type.TEXT, _worded(meaning, "in the document's words"), get),
        Column(f"{name}_gbp", Type.POUNDS, "the figure stated", pounds("stated")),
        Column(f"{prefix}low_gbp", Type.POUNDS, "the least that its words mean", pounds("low")),
        Column(
            f"{prefix}high_gbp", Type.POUNDS, "the most; empty for no bound", pounds("high")
        ),
        Column(
            f"{prefix}qualifier",
            Type.TEXT,
            "how firm it is: exact, at-least, up-to, about or range",
            lambda item: getattr(get(item), "qualifier", None),
        ),
    )  # fmt: skip


def quantity(
    name: str, meaning: str, get: Callable[[Record], Quantity | None]
) -> tuple[Column, ...]:
    """Make the columns of a number: its words, its value and bounds, and its sign."""

    def number(bound: str) -> Callable[[Record], Any]:
        return lambda item: getattr(getattr(get(item), "amount", None), bound, None)

    return (
        Column(name, Type.TEXT, _worded(meaning, "in the document's words"), get),
        Column(f"{name}_number", Type.NUMBER, "the figure stated", number("stated")),
        Column(f"{name}_low", Type.NUMBER, "the least that its words mean", number("low")),
        Column(f"{name}_high", Type.NUMBER, "the most; empty for no bound", number("high")),
        Column(
            f"{name}_sign",
            Type.TEXT,
            "£ or %; empty for a count",
            lambda item: getattr(get(item), "unit", None),
        ),
    )


def when(name: str, meaning: str, get: Callable[[Record], Due | None]) -> tuple[Column, ...]:
    """Make the columns of a date: its words, and the days that they span."""
    return (
        Column(name, Type.TEXT, _worded(meaning, "in words"), get),
        Column(
            f"{name}_earliest",
            Type.DAY,
            "the first day that the words can mean",
            lambda item: getattr(get(item), "earliest", None),
        ),
        Column(
            f"{name}_latest",
            Type.DAY,
            "the last day that the words can mean",
            lambda item: getattr(get(item), "latest", None),
        ),
    )
