"""Reports as Markdown: a table to paste into a paper, with its headline and notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from reformcalc.render.cells import columns, heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reformcalc.report import Document, Report


def render_markdown(report: Report[Any]) -> str:
    """Return the headline in bold, the table, and the notes as a list."""
    lines = [f"**{_escaped(report.headline)}**", ""]
    if report.rows:
        lines += [*_table(report), ""]
    lines += [f"- {_escaped(note)}" for note in report.sentences]
    return "\n".join(lines).rstrip() + "\n"


def render_document(document: Document) -> str:
    """Return a document as headings, sentences, tables and notes. Charts are left to the page."""
    data = document.dataset
    lines = [
        f"# {_escaped(document.title)}",
        "",
        f"Data: {_escaped(data.title)}, version {_escaped(data.version)} ({data.digest}).",
        "",
    ]
    for section in document.sections:
        lines += [f"## {_escaped(section.title)}", ""]
        for sentence in section.sentences:
            lines += [_escaped(sentence), ""]
        if section.report is not None:
            lines += [*_table(section.report), ""]
            lines += [f"- {_escaped(note.text)}" for note in section.report.notes]
            lines += [""] * bool(section.report.notes)
    lines.append(_escaped(document.imprint))
    return "\n".join(lines).rstrip() + "\n"


def _table(report: Report[Any]) -> list[str]:
    table: list[tuple[Sequence[str], bool]] = []
    if report.group:
        names = [heading(report, row) for row in report.rows]
        table.append(([report.group.field, *names, ""], False))
    for place, cells in enumerate(columns(report)):
        header = cells.column.header.replace("\n", " ") or cells.column.field.replace("_", " ")
        total = cells.total if place else "**Total**"
        table.append(([header, *cells.texts, total], cells.right))
        table += [([one.column.field, *one.texts, ""], False) for one in cells.under]
    rows = [
        [_escaped(text) for text in texts] for texts in zip(*(t for t, _ in table), strict=True)
    ]
    if report.total is None:
        rows.pop()
    rule = ["---:" if right else "---" for _, right in table]
    return [f"| {' | '.join(row)} |" for row in [rows[0], rule, *rows[1:]]]


def _escaped(text: str) -> str:
    """Keep text from being read as markup, and the branches of a tree from being folded."""
    if text == "**Total**":
        return text
    if re.fullmatch(r"https?://[^\s<>]+", text):  # a link, in which nothing else is markup
        return f"<{text.replace('|', '%7C')}>"
    text = re.sub(r"([\\`*_~\[\]<>|#&$])", r"\\\1", text)
    return re.sub(r"(?<=[│├└ ]) (?=[│├└ ])|^ ", "\u00a0", text)
