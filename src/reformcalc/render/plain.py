"""Reports as plain aligned text for a pipe: one line per row, notes behind `#`, no colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reformcalc.render.grid import grid_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reformcalc.report import Report

_GAP = "  "
_WIDEST = 160  # columns that every row is given; a longer text moves what follows in its own row


def render_plain(report: Report[Any]) -> str:
    """Return a report as lines: the headline, a line of headers, the rows, the total, the notes."""
    lines = [f"# {report.headline}"]
    if report.rows:
        grid = grid_of(report)
        columns = [
            _aligned(
                [f"# {one.name}" if first else one.name, *one.texts, *[one.total] * grid.has_total],
                right=one.right,
            )
            for first, one in ((not place, one) for place, one in enumerate(grid.flat()))
        ]
        lines += [_GAP.join(parts).rstrip() for parts in zip(*columns, strict=True)]
    lines += [f"# {sentence}" for sentence in report.sentences]
    return "\n".join(lines) + "\n"


def _aligned(texts: Sequence[str], *, right: bool) -> Iterator[str]:
    width = min(max(len(text) for text in texts), _WIDEST)
    return (text.rjust(width) if right else text.ljust(width) for text in texts)
