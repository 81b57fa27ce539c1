"""What Datasette is told of a database: whose it is, what each table and column means, its facets.

https://docs.datasette.io/en/stable/metadata.html
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from reformcalc import words
from reformcalc.export.licences import licence
from reformcalc.export.views import QUERIES, VIEWS, View

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reformcalc.export.table import Column, Content, Table

# A database's own: what is called so alone may be somebody's, and is of a whole folder.
ENDING = ".metadata.yaml"
# The columns by which people narrow a table down, where it has them.
_FACETS = ("state", "response", "pillar", "kind", "stage")
_TOPICS: Mapping[str, str] = {"array": "topics"}


def metadata(tables: Sequence[Table], content: Content, name: str) -> bytes:
    """Return the file for a database of a name, without its ending."""
    about = content.dataset.about
    known = licence(about.licence)
    limits = f" Limited to: {content.limits}." if content.limits else ""
    columns = {table.name: table.columns for table in tables}
    said = {
        "title": about.title,
        "description": f"What was promised for {about.subject}: the record, and its answers as "
        f"known on {words.day(content.as_of)}.{limits}",
        "license": about.licence,
        **({"license_url": known.path} if known.path else {}),
        "source": about.publisher,
        "databases": {
            name: {
                "description_html": _first(name),
                "queries": {
                    query.name: {"title": query.title, "sql": query.sql} for query in QUERIES
                },
                "tables": {
                    **{
                        view.name: {
                            "description": view.meaning,
                            "facets": [*view.facets, _TOPICS],
                            "columns": _meanings([columns[one] for one in view.tables], view),
                        }
                        for view in VIEWS
                    },
                    **{table.name: _table(table) for table in tables},
                },
            }
        },
    }
    return "".join(f"{line}\n" for line in _lines(said)).encode()


def _meanings(tables: Sequence[Sequence[Column]], view: View) -> dict[str, str]:
    """Return what the columns of a view mean, as the tables say it that they are of."""
    meant = {column.name: column.meaning for table in reversed(tables) for column in table}
    return {name: meant[name] for name in view.columns}


def _first(name: str) -> str:
    """Return where to begin, with a link to each: the page has them below all tables."""
    told = (
        ("notes", "The answers in a sentence each, and what they rest on."),
        *((query.name, f"{query.title}.") for query in QUERIES),
        *((view.name, view.meaning) for view in VIEWS),
    )
    links = (
        f'<li><a href="{quote(name)}/{address}">{address}</a>: {meaning}</li>'
        for address, meaning in told
    )
    return f"<p>Begin with:</p><ul>{''.join(links)}</ul>"


def _table(table: Table) -> dict[str, Any]:
    names = [column.name for column in table.columns]
    facets = [*(one for one in _FACETS if one in names), *([_TOPICS] if "topics" in names else [])]
    return {
        "description": table.meaning,
        **({"label_column": "title"} if "title" in names else {}),
        **({"facets": facets} if facets else {}),
        "columns": {column.name: column.meaning for column in table.columns},
    }


def _lines(said: Mapping[str, Any], deep: str = "") -> Iterator[str]:
    """Write names and values as YAML: text as JSON quotes it, which is YAML too."""
    for name, value in said.items():
        key = f"{deep}{json.dumps(name, ensure_ascii=False)}:"
        if isinstance(value, dict):
            yield key
            yield from _lines(value, f"{deep}  ")
        else:
            yield f"{key} {json.dumps(value, ensure_ascii=False)}"
