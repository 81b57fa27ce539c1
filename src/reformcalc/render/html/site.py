"""The pages of a site: files beside one another, with their style and script in files of their own.

Nothing in a page runs or loads but those two, which a browser holds it to. Whatever its data says
is text: an id in a sentence becomes a link only where it is that of a page of the site.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from reformcalc.printable import on_the_web, printable
from reformcalc.record.ids import entry_id
from reformcalc.render.html.cells import Cells
from reformcalc.render.html.markup import element, escaped, joined
from reformcalc.render.html.page import environment
from reformcalc.render.html.ranges import drawn_range
from reformcalc.render.html.style import style_sheet
from reformcalc.rows import meaning
from reformcalc.screen import Cell, Range

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reformcalc.render.grid import GridColumn
    from reformcalc.report import Filter, Page, Report, Site
    from reformcalc.screen import Line, Scale

STYLE, SCRIPT, INDEX = "site.css", "site.js", "index.js"


def site_style() -> str:
    """Return the style sheet of all pages."""
    return style_sheet() + _beside("site.css")


def site_script() -> str:
    """Return the script of all pages: it finds and filters, and no page needs it to be read."""
    return _beside("site.js")


def _beside(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


class SitePages:
    """Draws the pages of one site."""

    def __init__(self, site: Site) -> None:
        """Take what all pages have in common."""
        self._site = site
        self._template = environment().get_template("site.html.jinja")
        self._sections = {kind for kind, _ in site.entries}
        self._pages = {address for _, address in site.menu}
        self._by_id: dict[str, tuple[str, str]] = {}
        self._by_name: dict[str, str] = {}
        twice: set[str] = set()
        for (_, id_), (address, name) in site.entries.items():
            self._by_id.setdefault(id_, (address, name))
            if self._by_name.setdefault(name, address) != address:
                twice.add(name)
        for name in twice:
            del self._by_name[name]

    def draw(self, page: Page) -> str:
        """Return a page as HTML, in UTF-8."""
        up = "../" * page.address.count("/")
        return self._template.render(
            site=self._site,
            page=page,
            up=up,
            files=(STYLE, SCRIPT),
            links=[(one.title, one.id) for one in page.sections if one.title],
            index=INDEX if page.address == "search.html" else None,
            table_cells=Cells(
                source=lambda id_: self._address("sources", id_, up),
                entry=lambda report, column, row: self._entry(page, report, column, row),
                written=lambda text: self._written(page, text),
            ),
            written=lambda text: self._written(page, text),
            named=lambda text: self._named(page, text),
            cells=lambda line, scale: self._cells(page, line, scale),
            marks=_marks,
        )

    def lead_on(self, page: Page, to: str) -> str:
        """Return a page that leads from a former address to another."""
        up = "../" * page.address.count("/")
        return self._template.environment.get_template("moved.html.jinja").render(
            page=page, to=up + to, up=up, style=STYLE
        )

    def _address(self, kind: str, id_: str, up: str) -> str:
        found = self._site.entries.get((kind, id_))
        return up + found[0] if found else ""

    def _entry(self, page: Page, report: Report[Any], column: GridColumn, place: int) -> str:
        """Return the address of what a row is of, for the column that has its name; else ""."""
        if not any(line.field == "id" for line in column.lines):
            return ""
        row = report.rows[place]
        kind = getattr(row, "kind", None)
        if kind not in self._sections:
            kind = meaning(report.row_type, "id").names
        up = "../" * page.address.count("/")
        if kind is None:  # rows of several kinds: what each is of, or is a part of, has one page
            found = self._by_id.get(entry_id(row.id))
            return up + found[0] if found else ""
        address = self._address(str(kind), row.id, up)
        return "" if address == up + page.address else address

    def _written(self, page: Page, text: str) -> Markup:
        """Return text with ids and web addresses as links; of an id alone, what it is called."""
        if text in self._by_id:
            return self._named(page, text)
        up = "../" * page.address.count("/")
        parts: list[Markup] = []
        end = 0
        for match in _LINKED.finditer(text):
            word = match[0]
            if match["web"]:
                word = word.rstrip(".,;)")
                link = element("a", word, href=word, rel="noreferrer")
            elif (found := self._by_id.get(word)) and found[0] != page.address:
                link = element("a", word, href=up + found[0])
            else:
                continue
            parts += [escaped(text[end : match.start()]), link]
            end = match.start() + len(word)
        return joined([*parts, escaped(text[end:])]) if parts else escaped(text)

    def _named(self, page: Page, text: str) -> Markup:
        """Return a heading: of an id, what it is called, as a link to its page."""
        found = self._by_id.get(text)
        if not found or found[0] == page.address:
            return escaped(found[1] if found else text)
        return element("a", found[1], href="../" * page.address.count("/") + found[0])

    def _cells(self, page: Page, line: Line, scale: Scale | None) -> Iterator[Markup]:
        """Yield the cells of a line of a screen; what is called as a page of the site leads there.

        A cell that is the id of an entry is for who types it: the cell before leads to its page.
        """
        up = "../" * page.address.count("/")
        *_, end = line.cells
        last = self._by_id.get(end.text) if isinstance(end, Cell) and len(line.cells) > 1 else None
        for place, cell in enumerate(line.cells[:-1] if last else line.cells):
            if isinstance(cell, Range):
                yield drawn_range(cell, scale) if scale else Markup("")
                continue
            text = printable(cell.text).strip()
            address = last[0] if last and not place else self._by_name.get(text, "")
            if cell.link.partition("#")[0] in self._pages:
                address = cell.link
            if address and address != page.address:
                yield element("a", text, href=up + address)
            elif cell.link and on_the_web(cell.link):
                yield element("a", text, href=cell.link, rel="noreferrer")
            else:
                yield escaped(text)


# An address on the web, or what may be an id of several words; one word alone says too little.
_LINKED = re.compile(r"(?P<web>https?://[^\s<>\"']+)|(?<![\w-])[a-z0-9]+(?:-[a-z0-9]+)+(?![\w-])")


def _marks(row: Any, filters: tuple[Filter, ...]) -> Markup:
    """Return what the script filters a row by, as attributes of it."""
    said = Markup("")
    for one in filters:
        if not one.options:
            continue  # the script reads what is shown
        value = getattr(row, one.field)
        values = value if isinstance(value, tuple) else (value,)
        values += tuple(wide for wide, narrow in one.wider if {*narrow} & {*values})
        held = " ".join(dict.fromkeys(printable(str(each)) for each in values if each))
        said += Markup(' data-{}="{}"').format(one.field, held)
    return said
