"""The tables as an SQLite database: typed, with keys and references that it enforces itself.

The schema carries what each table and column means as comments, which SQLite keeps. Lists are
arrays of JSON, views answer what people ask, and words are found by full-text search: Datasette
shows all three, and follows the references.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

from reformcalc.errors import Unwritable
from reformcalc.export.table import Type
from reformcalc.export.views import VIEWS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reformcalc.export.table import Column, Content, Table, Value

_TYPES = {
    Type.TEXT: "TEXT",
    Type.LIST: "TEXT",
    Type.WHOLE: "INTEGER",
    Type.POUNDS: "INTEGER",
    Type.NUMBER: "NUMERIC",
    Type.DAY: "TEXT",
    Type.TRUTH: "INTEGER",
}
# The tables whose words can be searched for, and where these stand.
SEARCHED = {
    "entries": ("title",),
    "claims": ("says", "means", "place"),
    "commitments": ("title", "label", "note", "reason"),
    "milestones": ("title", "label", "note"),
    "recommendations": ("title", "label", "note"),
    "figures": ("title", "label", "note"),
    "deadlines": ("title", "due", "searched"),
    "sources": ("title", "publisher", "note"),
    "bodies": ("title", "short", "also_called"),
}


def database(tables: Sequence[Table], content: Content) -> bytes:
    """Return the database as the bytes of its file, put together in memory.

    Raises Unwritable where this Python's SQLite cannot hand over what it has there.
    """
    with closing(sqlite3.connect(":memory:")) as connection:
        if not hasattr(connection, "serialize"):
            raise Unwritable("this Python's SQLite is too old for it; export .xlsx or a folder")
        _fill(connection, tables, content)
        return connection.serialize()


def _fill(connection: sqlite3.Connection, tables: Sequence[Table], content: Content) -> None:
    keys = {table.name: table.key for table in tables}
    # References are checked once all is there: to enforce them meanwhile, SQLite would look through
    # all that may name a row for each row.
    connection.execute("PRAGMA foreign_keys = OFF")
    with connection:
        for table in tables:
            connection.execute(_schema(table, keys))
        for table in tables:
            places = ", ".join("?" for _ in table.columns)
            rows = [tuple(map(_stored, row)) for row in table.rows(content)]
            into = f'INSERT INTO "{table.name}" VALUES ({places})'  # noqa: S608  names of ours
            connection.executemany(into, rows)
        for name, words in SEARCHED.items():
            connection.execute(
                f'CREATE VIRTUAL TABLE "{name}_fts" USING fts5 '
                f"({_names(words)}, content=\"{name}\", tokenize='porter')"
            )
            connection.execute(f'INSERT INTO "{name}_fts" ("{name}_fts") VALUES (\'rebuild\')')  # noqa: S608  names of ours
        for view in VIEWS:
            connection.execute(view.sql)
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    assert broken is None, f"a row names what no table has: {broken}"


def _schema(table: Table, keys: Mapping[str, tuple[str, ...]]) -> str:
    """Return the statement that makes a table; `keys` has the key of every table."""
    lines = [(_column(column, table.key), f" -- {column.meaning}") for column in table.columns]
    lines.append((f"PRIMARY KEY ({_names(table.key)})", ""))
    for column, to in table.references:
        there = f'REFERENCES "{to}" ({_names(keys[to])}) DEFERRABLE INITIALLY DEFERRED'
        lines.append((f'FOREIGN KEY ("{column}") {there}', ""))
    *first, (last, _) = lines
    body = "".join(f"  {line},{meaning}\n" for line, meaning in first)
    return f'CREATE TABLE "{table.name}" ( -- {table.meaning}\n{body}  {last}\n)'


def _column(column: Column, key: tuple[str, ...]) -> str:
    needed = " NOT NULL" if column.name in key else ""
    truth = f' CHECK ("{column.name}" IN (0, 1))' if column.type is Type.TRUTH else ""
    return f'"{column.name}" {_TYPES[column.type]}{needed}{truth}'


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _stored(value: Value) -> str | float | None:
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, date) else value
