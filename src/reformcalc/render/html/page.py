"""A document as one self-contained HTML page: no request to anywhere, no script but our own."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reformcalc import words
from reformcalc.printable import on_the_web, printable
from reformcalc.render.grid import TOTAL, grid_of
from reformcalc.render.html import charts
from reformcalc.render.html.cells import Cells, classes
from reformcalc.render.html.pictures import figure
from reformcalc.render.html.style import style_sheet
from reformcalc.screen import Cell

if TYPE_CHECKING:
    from reformcalc.report import Document, Section
    from reformcalc.screen import Line


def render_page(document: Document) -> str:
    """Return a document as an HTML page, in UTF-8."""
    script = _script()
    numbers = {one.id: number for number, one in enumerate(document.references, 1)}
    return (
        environment()
        .get_template("page.html.jinja")
        .render(
            document=document,
            numbers=numbers,
            style=Markup(style_sheet()),  # noqa: S704  our own
            script=Markup(script),  # noqa: S704  likewise
            script_digest=b64encode(sha256(script.encode()).digest()).decode(),
            table_cells=Cells(source=lambda id_: f"#source-{id_}" if id_ in numbers else ""),
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
        cells=_cells,
        classes=classes,
        day=words.day,
        drawn=_drawn,
        figure=figure,
        grid_of=grid_of,
        on_the_web=on_the_web,
        total=TOTAL,
    )
    return made


def _script() -> str:
    """Return what filters the rows of a page; the browser runs this text and no other."""
    return Path(__file__).with_name("filter.js").read_text(encoding="utf-8")


def _cells(line: Line) -> list[Cell]:
    """Return the cells of a line that are words: a range is in the chart."""
    return [cell for cell in line.cells if isinstance(cell, Cell)]


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
