"""A document as one self-contained HTML page: no script, no request to anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.render.html import charts
from reformcalc.render.html.markup import element, escaped
from reformcalc.render.html.style import style_sheet
from reformcalc.render.html.tables import table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from reformcalc.report import Document, Section

# Even if markup slipped through, the browser would run and load nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


_MADE = "Made with reformcalc."


def render_page(document: Document) -> str:
    """Return a document as an HTML page, in UTF-8."""
    head = "".join(
        (
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{escaped(_POLICY)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            element("title", escaped(document.title)),
            element("style", style_sheet()),
        )
    )
    body = "".join(
        (
            element("a", "Skip to the answers", href="#answers", class_="skip"),
            element("header", element("h1", escaped(document.title)) + _standing(document)),
            element("nav", element("ul", _contents(document)), aria_label="Contents"),
            element("main", "".join(_sections(document)), id="answers"),
            element(
                "footer",
                _standing(document) + element("p", escaped(f"{document.imprint} {_MADE}")),
            ),
        )
    )
    page = element("html", element("head", head) + element("body", body), lang="en-GB")
    return f"<!doctype html>\n{page}\n"


def _standing(document: Document) -> str:
    """Say which day and which data a page is of."""
    data = document.dataset
    return element(
        "p",
        escaped(
            f"As of {words.day(document.as_of)}. Data: {data.title}, version {data.version} "
            f"({data.digest})."
        ),
        class_="quiet",
    )


def _contents(document: Document) -> str:
    return "".join(
        element("li", element("a", escaped(section.title), href=f"#{section.id}"))
        for section in document.sections
    )


def _sections(document: Document) -> Iterator[str]:
    reports = [one.report for one in document.sections if one.report]
    listed = {row.id for report in reports if report.cited for row in report.rows}
    return (_section(section, listed) for section in document.sections)


def _section(section: Section, listed: Collection[str]) -> str:
    parts = [element("h2", escaped(section.title), id=f"{section.id}-title")]
    parts += [element("p", escaped(sentence)) for sentence in section.sentences]
    report = section.report
    if report is not None:
        parts.append(_drawn(section))
        parts.append(table(report, section.title, listed))
        notes = "".join(element("li", escaped(note.text)) for note in report.notes)
        parts.append(element("ul", notes, class_="notes") if notes else "")
    return element("section", "".join(parts), id=section.id, aria_labelledby=f"{section.id}-title")


def _drawn(section: Section) -> str:
    report = section.report
    assert report is not None
    if section.spans:
        return charts.timeline(section.spans, report.as_of)
    if section.drawn == "years":
        return charts.over_years(report.bars)
    return charts.ranges(report.bars) if section.drawn == "ranges" else ""
