"""Reports as Markdown: a table to paste into a paper, with its headline and notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from reformcalc.render.grid import TOTAL, grid_of

if TYPE_CHECKING:
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
    grid = grid_of(report)
    columns = list(grid.flat(headings=True))
    names = [_escaped(one.name.replace("_", " ")) for one in columns]
    rules = ["---:" if one.right else "---" for one in columns]
    rows = [map(_escaped, texts) for texts in zip(*(one.texts for one in columns), strict=True)]
    total = [f"**{TOTAL}**" if one.total == TOTAL else _escaped(one.total) for one in columns]
    every = [names, rules, *rows, *[total] * grid.has_total]
    return [f"| {' | '.join(row)} |" for row in every]


def _escaped(text: str) -> str:
    """Keep text from being read as markup, and the branches of a tree from being folded."""
    if re.fullmatch(r"https?://[^\s<>]+", text):  # a link, in which nothing else is markup
        return f"<{text.replace('|', '%7C')}>"
    text = re.sub(r"([\\`*_~\[\]<>|#&$])", r"\\\1", text)
    return re.sub(r"(?<=[│├└ ]) (?=[│├└ ])|^ ", "\u00a0", text)
