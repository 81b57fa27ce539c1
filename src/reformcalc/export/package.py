"""The tables as a Tabular Data Package (Frictionless Data): a CSV file each, and what they mean.

https://specs.frictionlessdata.io/tabular-data-package/
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from reformcalc.export.licences import licence
from reformcalc.export.table import Type, joined
from reformcalc.render.csv import line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reformcalc.export.table import Content, Table

DESCRIPTOR = "datapackage.json"
_TYPES = {
    Type.TEXT: "string",
    Type.LIST: "string",
    Type.WHOLE: "integer",
    Type.POUNDS: "integer",
    Type.NUMBER: "number",
    Type.DAY: "date",
    Type.TRUTH: "boolean",
}


def package(tables: Sequence[Table], content: Content) -> dict[str, bytes]:
    """Return the files of the package by name."""
    files = {f"{table.name}.csv": _csv(table, content) for table in tables}
    descriptor = json.dumps(_descriptor(tables, content), ensure_ascii=False, indent=2)
    return {DESCRIPTOR: f"{descriptor}\n".encode(), **files}


def _csv(table: Table, content: Content) -> bytes:
    header = line(column.name for column in table.columns)
    return "".join([header, *(line(map(joined, row)) for row in table.rows(content))]).encode()


def _descriptor(tables: Sequence[Table], content: Content) -> dict[str, Any]:
    about = content.dataset.about
    sources = [source for _, source in sorted(content.dataset.sources.items())]
    keys = {table.name: table.key for table in tables}
    return {
        "profile": "tabular-data-package",
        "name": _slug(about.title),
        "title": about.title,
        "description": f"What was promised for {about.subject}: the record, and its answers as of "
        f"{content.as_of.isoformat()}.",
        "version": about.version,
        "contributors": [{"title": about.publisher, "role": "publisher"}],
        "licenses": list(_licences((about.licence, *(one.licence for one in sources)))),
        "sources": [
            {"title": f"{one.publisher}: {one.title}", **({"path": one.url} if one.url else {})}
            for one in sources
        ],
        "resources": [_resource(table, keys) for table in tables],
    }


def _licences(said: Iterable[str | None]) -> Iterator[dict[str, str]]:
    """Yield each licence once: the record's own, then those that its sources are under."""
    for words in dict.fromkeys(one for one in said if one):
        known = licence(words)
        yield {"name": known.name, **({"path": known.path} if known.path else {}), "title": words}


def _slug(text: str) -> str:
    """Return a text as a name: small letters, digits and hyphens."""
    slug = re.sub(r"[^a-z0-9]+", "-", text.lower().replace("'", ""))[:60].strip("-")
    return slug or "unnamed"


def _resource(table: Table, keys: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    fields = [
        {
            "name": column.name,
            "type": _TYPES[column.type],
            "description": column.meaning,
            **({"constraints": {"required": True}} if column.name in table.key else {}),
        }
        for column in table.columns
    ]
    references = [
        {
            "fields": [column],
            # A table that refers to itself is named "".
            "reference": {"resource": "" if to == table.name else to, "fields": list(keys[to])},
        }
        for column, to in table.references
    ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": table.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": fields,
            "primaryKey": list(table.key),
            "foreignKeys": references,
            "missingValues": [""],
        },
    }
