"""Workbooks put together part by part, so that each can be as odd as a test needs it."""

from __future__ import annotations

import zipfile
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OF = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
HEAD = '<row r="1">' + "".join(
    f'<c r="{column}1" t="inlineStr"><is><t>{text}</t></is></c>'
    for column, text in zip("ABCD", ("Action", "Due", "Owner", "Status"), strict=True)
)  # without its end, so that a test can add to it
STYLES = ("General", "dd/mm/yyyy", "mmm-yy", "yyyy", "0%", 'h:mm "day"', "[$-809]d mmmm yyyy;@")


def sheet_xml(rows: str, *, before: str = "", after: str = "") -> str:
    """Return a sheet of rows below its headings; `rows` is XML."""
    return (
        f'<worksheet xmlns="{_MAIN}">{before}<sheetData>{HEAD}</row>{rows}</sheetData>{after}'
        "</worksheet>"
    )


def text(place: str, said: str) -> str:
    """Return a cell with a text of its own."""
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(said)}</t></is></c>'


def xlsx(
    sheets: Mapping[str, str],
    *,
    shared: Sequence[str] = (),
    properties: str = "",
    hidden: Sequence[str] = (),
    parts: Mapping[str, bytes] = MappingProxyType({}),
) -> bytes:
    """Return a workbook of sheets by name, each as XML; `shared` are XML too.

    `parts` replace or add files by name.
    """
    listing, links = "", ""
    files: dict[str, bytes] = {}
    for number, (name, xml) in enumerate(sheets.items(), 1):
        state = ' state="hidden"' if name in hidden else ""
        listing += f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="s{number}"{state}/>'
        links += _link(f"s{number}", "worksheet", f"worksheets/sheet{number}.xml")
        files[f"xl/worksheets/sheet{number}.xml"] = xml.encode()
    links += _link("t", "sharedStrings", "sharedStrings.xml")
    links += _link("y", "styles", "/xl/styles.xml")
    main = _link("b", "officeDocument", "xl/workbook.xml")
    files |= {
        "_rels/.rels": f"{_LINKS}{main}</Relationships>".encode(),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OF}"><workbookPr {properties}/>'
            f"<sheets>{listing}</sheets></workbook>"
        ).encode(),
        "xl/_rels/workbook.xml.rels": f"{_LINKS}{links}</Relationships>".encode(),
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{"".join(shared)}</sst>'.encode(),
        "xl/styles.xml": _styles().encode(),
    }
    files |= parts
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def _link(id_: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{id_}" Type="{_OF}/{kind}" Target="{target}"/>'


def _styles() -> str:
    codes = "".join(
        f'<numFmt numFmtId="{170 + n}" formatCode={quoteattr(code)}/>'
        for n, code in enumerate(STYLES)
    )
    used = "".join(f'<xf numFmtId="{170 + n}"/>' for n in range(len(STYLES)))
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts>{codes}</numFmts><cellStyleXfs><xf numFmtId="14"/>'
        f"</cellStyleXfs><cellXfs>{used}</cellXfs></styleSheet>"
    )
