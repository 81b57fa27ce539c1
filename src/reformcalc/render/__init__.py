"""Reports to text: one function per format, none of which knows a query."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reformcalc.render.terminal import Terminal
    from reformcalc.report import Report


class Format(StrEnum):
    """The formats that every query can be asked for."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"
    ICS = "ics"  # of dates alone: a calendar is made of events, and not of any report
    SVG = "svg"  # of what has a chart alone
    CSL = "csl"  # of documents alone, as lists of references have them
    BIBTEX = "bibtex"


# What only some answers have a form for.
OF_SOME = frozenset({Format.ICS, Format.SVG, Format.CSL, Format.BIBTEX})
OF_DOCUMENTS = frozenset({Format.CSL, Format.BIBTEX})

# What a file that is to hold an answer is called.
ENDINGS = {
    ".txt": Format.TABLE,
    ".json": Format.JSON,
    ".csv": Format.CSV,
    ".md": Format.MARKDOWN,
    ".ics": Format.ICS,
    ".svg": Format.SVG,
    ".bib": Format.BIBTEX,
}


class FindingsFormat(StrEnum):
    """The formats that what is wrong can be asked for in."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


def render(report: Report[Any], format_: Format, terminal: Terminal | None) -> str:
    """Return a report as text that ends with a newline.

    `terminal` is None in a pipe, where a table has one line per row whatever its width. Each format
    is imported when it is asked for.
    """
    match format_:
        case Format.JSON:
            from reformcalc.render.json import render_json  # noqa: PLC0415

            return render_json(report)
        case Format.CSV:
            from reformcalc.render.csv import render_csv  # noqa: PLC0415

            return render_csv(report)
        case Format.MARKDOWN:
            from reformcalc.render.markdown import render_markdown  # noqa: PLC0415

            return render_markdown(report)
        case _ if terminal is None:
            from reformcalc.render.plain import render_plain  # noqa: PLC0415

            return render_plain(report)
        case _:
            from reformcalc.render.table import render_table  # noqa: PLC0415

            return render_table(report, terminal)
