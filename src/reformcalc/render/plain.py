"""Reports as plain aligned text for a pipe: one line per row, notes behind `#`, no colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reformcalc.render.cells import columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reformcalc.report import Report

_GAP = "  "
_WIDEST = 160  # columns that every row is given; a longer text moves what follows in its own row


def render_plain(report: Report[Any]) -> str:
    """Return a report as lines: the headline, a line of headers, the rows, the total, the notes."""
    table: list[tuple[Sequence[str], bool]] = []
    if report.group:
        names = [str(getattr(row, report.group.field)) for row in report.rows]
        table.append(([report.group.field, *names, ""], False))
    for place, cells in enumerate(columns(report)):
        header = cells.column.header.replace("\n", " ") or cells.column.field
        table.append(([header, *cells.texts, cells.total if place else "Total"], cells.right))
        table += [([one.column.field, *one.texts, ""], False) for one in cells.under]
    lines = [f"# {report.headline}"]
    if report.rows:
        first, right = table[0]
        table[0] = ([f"# {first[0]}", *first[1:]], right)
        aligned = [_aligned(texts, right=right) for texts, right in table]
        rows = [_GAP.join(parts).rstrip() for parts in zip(*aligned, strict=True)]
        has_total = report.total is not None
        lines += rows if has_total else rows[:-1]
    lines += [f"# {note}" for note in report.sentences]
    return "\n".join(lines) + "\n"


def _aligned(texts: Sequence[str], *, right: bool) -> list[str]:
    width = min(max(len(text) for text in texts), _WIDEST)
    return [text.rjust(width) if right else text.ljust(width) for text in texts]
