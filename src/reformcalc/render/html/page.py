"""A document as one self-contained HTML page: no script, no request to anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reformcalc import words
from reformcalc.printable import on_the_web, printable
from reformcalc.render.grid import BREAKS, TOTAL, grid_of
from reformcalc.render.html import charts
from reformcalc.render.html.style import style_sheet

if TYPE_CHECKING:
    from reformcalc.report import Document, Section


def render_page(document: Document) -> str:
    """Return a document as an HTML page, in UTF-8."""
    reports = [one.report for one in document.sections if one.report]
    listed = {row.id for report in reports if report.cited for row in report.rows}
    return (
        environment()
        .get_template("page.html.jinja")
        .render(
            document=document,
            style=Markup(style_sheet()),  # noqa: S704  our own
            source=lambda id_: f"#source-{id_}" if id_ in listed else "",
            entry=lambda *_: "",
            written=lambda text: text,
            named=lambda text: text,
        )
    )


def environment() -> Environment:
    """Return what draws templates, with what each of them needs."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals.update(
        day=words.day,
        drawn=_drawn,
        grid_of=grid_of,
        on_the_web=on_the_web,
        parts=BREAKS.split,
        total=TOTAL,
    )
    return made


def _shown(value: Any) -> Any:
    """Return what is written of a value: of data nothing that a browser would not show."""
    return value if isinstance(value, Markup) else printable(str(value))


def _drawn(section: Section) -> Markup:
    report = section.report
    assert report is not None
    if section.spans:
        return charts.timeline(section.spans, report.as_of)
    if section.drawn == "years":
        return charts.over_years(report.bars)
    return charts.ranges(report.bars) if section.drawn == "ranges" else Markup()
