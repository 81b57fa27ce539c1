"""All tables of the export, in the order in which people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc.export.answers import ANSWERS, NEW_MONEY, NOTES
from reformcalc.export.record import RECORD
from reformcalc.export.table import Column, Record, Table, Type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reformcalc.export.table import Content


def _columns(_: Content) -> Iterator[Record]:
    return (
        Record(table.name, column, number)
        for table in TABLES
        for number, column in enumerate(table.columns, 1)
    )


COLUMNS = Table(
    "columns",
    "What every column of every table means.",
    ("sheet", "name"),
    (
        Column("sheet", Type.TEXT, "the table", lambda item: item.entry),
        Column("name", Type.TEXT, "the column", lambda item: item.thing.name),
        Column("type", Type.TEXT, "what it holds", lambda item: item.thing.type),
        Column("meaning", Type.TEXT, "what it means", lambda item: item.thing.meaning),
    ),
    _columns,
)

TABLES: tuple[Table, ...] = (NOTES, *ANSWERS, NEW_MONEY, *RECORD, COLUMNS)
