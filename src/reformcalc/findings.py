"""What is wrong in a dataset, and where: the value types that every other module speaks in.

A route names a place by keys and list positions (`("commitments", "send", "amount")`); a position
is a line and a column in a file. Rules and the model speak in routes; `merge` turns a route into a
position at the edge. This module imports nothing of ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

Route = tuple[str | int, ...]
# What YAML says, before anything is made of it: text, and lists and mappings of such.
Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"


class Severity(StrEnum):
    """How much a finding matters: an error stops queries, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Position(NamedTuple):
    """A place in a text: line and column count from 1, width is in characters.

    In a sheet they are the line that a row begins on, and the number of its column; `sheet`, `row`
    and `heading` say it as people see it. A file of one sheet gives no name, and what is about a
    whole row no heading.
    """

    line: int
    column: int
    width: int = 1
    sheet: str = ""
    row: int = 0
    heading: str = ""

    @property
    def named(self) -> str:
        """The place as a path is followed by it: "14:5", in a sheet "Actions:14:Due"."""
        if not (self.row or self.sheet):
            return f"{self.line}:{self.column}"
        parts = (self.sheet, str(self.row or ""), self.heading)
        return ":".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong in the data.

    `rule` is the id of the rule that is broken, and `severity` is what that rule says, whoever
    reports it. `message` says what is written, what must hold and how to put it right. `route` says
    where; `at` says it where a route cannot (a second key of the same name). `on_key` puts the
    caret under the key rather than under its value. `names` is what is named here and defined
    nowhere. `also` are other routes that it is about, the likeliest cause first, for those who
    cannot change what is at `route`; `there` is then the rest of a message that begins: with "ID",
    """

    rule: str
    message: str
    route: Route = ()
    severity: Severity = Severity.ERROR
    at: Position | None = None
    on_key: bool = False
    names: str = ""
    also: tuple[Route, ...] = ()
    there: str = ""


@dataclass(frozen=True, slots=True)
class Located:
    """A finding with its place in a file and the text of that line."""

    finding: Finding
    path: Path
    position: Position
    excerpt: str
