"""The report: one page that is safe, readable by everyone, and asks nothing of the network."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from base64 import b64encode
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from itertools import product
from typing import TYPE_CHECKING, Literal, NamedTuple

import pytest

from reformcalc import load
from reformcalc.answers.briefing import Paper, briefing
from reformcalc.answers.chosen import Chosen
from reformcalc.answers.council.council import Council
from reformcalc.answers.council.paper import CouncilPaper
from reformcalc.answers.council.rows import Aspect
from reformcalc.errors import UnknownId
from reformcalc.ledger.known import Known
from reformcalc.render.html import charts, render_page
from reformcalc.render.html.style import PALETTE, style_sheet
from reformcalc.render.markdown import render_document
from reformcalc.report import Bar, Stretch
from reformcalc.screen import Cell, LineKind
from tests.conftest import PROJECT, TINY, need

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser

    from reformcalc.report import Document, Section
    from tests.conftest import Result

TODAY = date(2026, 11, 21)
LAST = date(2026, 11, 30)  # of the record


def test_only_a_page_loads_what_writes_it() -> None:
    """The template and its library are left alone by every other answer."""
    program = (
        "import sys; from reformcalc.__main__ import run; import atexit; "
        "atexit.register(lambda: print('LOADED', 'jinja2' in sys.modules)); "
        "sys.argv = ['reformcalc', *sys.argv[1:]]; run()"
    )
    data = ("--data", str(TINY), "--as-of", "2031-06-30")
    for asked in (["totals", *data], ["deadlines", *data, "--format", "markdown"]):
        done = subprocess.run(
            [sys.executable, "-c", program, *asked], capture_output=True, text=True, check=True
        )
        assert done.stdout.endswith("LOADED False\n")


class _Outline(HTMLParser):
    """What a page is made of: its elements with their attributes, in order, and their text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def named(self, *tags: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag in tags]


@cache
def reported(day: date) -> Document:
    """Return the report of the bundled record on a day."""
    return briefing(Paper(Known(load().valid(), day), full=True))


@pytest.fixture(scope="module")
def page() -> str:
    """Return the page of the bundled record, today."""
    return render_page(reported(TODAY))


def test_the_page_is_well_formed_and_whole(page: str) -> None:
    """Every element is closed, ids are unique, and every entry of the contents leads somewhere."""
    outline = _Outline(page)
    assert outline.open == []
    ids = [attributes["id"] for _, attributes in outline.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    local = [a["href"] for a in outline.named("a") if (a["href"] or "").startswith("#")]
    assert local
    assert {(href or "").removeprefix("#") for href in local} <= set(ids)
    sections = [section["id"] for section in outline.named("section")]
    assert sections == [
        "in-short", "money", "deadlines", "recommendations", "sums", "pillars", "compare",
        "sensitivity", "over-years", "open", "undated", "slipped", "settled", "answers",
        "conflicts", "method", "sources",
    ]  # fmt: skip


def test_the_page_loads_nothing(page: str) -> None:
    """No picture, no font, no sheet from elsewhere; links are of the web, the page or its data.

    Its one script is in it, and the browser is told the digest of what it may run.
    """
    outline = _Outline(page)
    used = {tag for tag, _ in outline.elements}
    assert not used & {"img", "link", "iframe", "object", "embed", "form", "base"}
    assert "url(" not in style_sheet()
    assert "@import" not in style_sheet()
    for attributes in outline.named("a"):
        kinds = r"https?://|#|data:text/csv;charset=utf-8,[\w%.~/-]+$"
        assert re.match(kinds, attributes["href"] or "")
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = b64encode(sha256(script.encode()).digest()).decode()
    (policy,) = [one["content"] or "" for one in outline.named("meta") if "http-equiv" in one]
    assert f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}';" in policy
    assert not re.search(r"fetch|XMLHttp|import|https?:|innerHTML|eval", script)
    for _, attributes in outline.elements:
        assert not any(name.startswith("on") or name in ("src", "style") for name in attributes)


def test_charts_and_tables_speak(page: str) -> None:
    """Each chart has a title and a description, each table a caption and headings with a scope."""
    outline = _Outline(page)
    pictures = outline.named("svg")
    # Ranges and years of the paper; the choices, two sums over years; of what is due, 16 not
    # checked in two pictures, one now, 16 coming in two, and what is partly met.
    assert len(pictures) == 11
    assert len(outline.named("desc")) == len(pictures)
    assert all(one["role"] == "img" and one["aria-label"] for one in pictures)
    assert len(outline.named("caption")) == len(outline.named("table")) > 5
    assert all(heading.get("scope") for heading in outline.named("th"))
    assert outline.named("html")[0]["lang"] == "en-GB"


def test_nothing_from_the_data_is_markup() -> None:
    """A title with a script in it stays text, in every section, and so does a wrong address."""
    dataset = load(TINY).valid()
    evil = "<script>alert('x')</script> & \"more\"\x07\u202e"
    updates = {
        "commitments": {
            id_: one.model_copy(update={"title": evil}) for id_, one in dataset.commitments.items()
        },
        "milestones": {
            id_: one.model_copy(update={"title": evil}) for id_, one in dataset.milestones.items()
        },
        "sources": {
            id_: one.model_copy(update={"title": evil, "url": "javascript:alert(1)"})
            for id_, one in dataset.sources.items()
        },
        "about": dataset.about.model_copy(update={"title": evil}),
    }
    written = render_page(
        briefing(Paper(Known(dataset.model_copy(update=updates), date(2031, 6, 30)), full=True))
    )
    outline = _Outline(written)
    assert len(outline.named("script")) == 1  # our own
    assert any("<script>alert('x')</script>" in text for text in outline.text)
    assert not any("javascript" in (a.get("href") or "") for a in outline.named("a"))
    assert "\x07" not in written
    assert "\u202e" not in written


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# Which colours stand on which, and the contrast that they need: 4.5 for text, 3 for shapes.
CONTRASTS = (
    ("text", "page", 4.5),
    ("text", "stripe", 4.5),
    ("quiet", "page", 4.5),
    ("quiet", "stripe", 4.5),
    ("link", "page", 4.5),
    ("link", "stripe", 4.5),
    ("late", "page", 4.5),
    ("late", "stripe", 4.5),
    ("good", "page", 4.5),
    ("good", "stripe", 4.5),
    ("doubt", "page", 4.5),
    ("doubt", "stripe", 4.5),
    ("line", "page", 3),
    ("sure", "page", 3),
    ("could", "page", 2.4),  # always beside a figure and a solid edge
    ("asked", "page", 3),
)


@pytest.mark.parametrize("scheme", [0, 1])
@pytest.mark.parametrize(("above", "below", "needed"), CONTRASTS)
def test_colours_can_be_told_apart(above: str, below: str, needed: float, scheme: int) -> None:
    """Text stands out from what it is on by 4.5 to 1, shapes by 3 to 1, light and dark."""
    first, second = (_luminance(PALETTE[name][scheme]) for name in (above, below))
    contrast = (max(first, second) + 0.05) / (min(first, second) + 0.05)
    assert contrast >= needed


SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def test_in_a_browser(page: str, tmp_path: Path) -> None:
    """In Chromium the page has no error, no request, nothing to scroll sideways, and few sheets.

    The whole of it is shown, since what the paper has is in it too; the paper alone is printed.
    """
    chromium = shutil.which("chromium")
    need(chromium, "chromium")
    from playwright.sync_api import sync_playwright

    path, paper = tmp_path / "report.html", tmp_path / "paper.html"
    path.write_text(page, encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-quic", "--disable-background-networking"],
        )
        for width, scheme in product((390, 768, 1280), SCHEMES):
            seen = _seen(browser, path.as_uri(), width, scheme)
            case = f"{width} columns, {scheme}: {seen}"
            assert seen.said == [], case
            assert seen.asked == [path.as_uri()], case
            assert seen.needs <= width, case
            assert (seen.background == "rgb(255, 255, 255)") is (scheme == "light"), case
            assert seen.focused == "Skip to the answers", case
        for body in (None, "kent", "thurrock"):
            document = briefing(Paper(Known(load().valid(), LAST), body=body))
            paper.write_text(render_page(document), encoding="utf-8")
            sheets = _printed(browser, paper.as_uri())
            assert len(sheets) <= 6
            assert _seen(browser, paper.as_uri(), 390, "dark").needs <= 390
            assert _alone_at_the_foot(document, sheets) == []
        assert _filtered(browser, path.as_uri(), "kinship zones") == {
            "hidden": True, "left": True, "said": True, "opened": True, "closed": True,
        }  # fmt: skip
        browser.close()


def _printed(browser: Browser, address: str) -> list[list[str]]:
    """Return the lines of each sheet of A4 that a page is printed on, without its number."""
    shown = browser.new_page()
    shown.goto(address)
    printed = shown.pdf(prefer_css_page_size=True)
    shown.close()
    read = shutil.which("pdftotext")
    need(read, "pdftotext")
    assert read
    text = subprocess.run(
        [read, "-layout", "-", "-"], input=printed, capture_output=True, check=True
    ).stdout.decode()
    sheets = [
        [" ".join(line.split()) for line in sheet.splitlines() if line.strip()]
        for sheet in text.removesuffix("\f").split("\f")
    ]
    for number, lines in enumerate(sheets, 1):
        assert lines.pop() == f"{number} of {len(sheets)}"
    return sheets


def _alone_at_the_foot(document: Document, sheets: list[list[str]]) -> list[str]:
    """Return the lines at the foot of a sheet that only head what is on the next."""
    headings = {section.title for section in document.sections}
    for section in document.sections:
        for one in section.listings:
            headings |= {" ".join(head.text for head in one.heads if head.text), one.title}
            headings |= {
                line.cells[0].text
                for line in one.lines
                if line.kind is LineKind.HEADING and isinstance(line.cells[0], Cell)
            }
    return [lines[-1] for lines in sheets if lines[-1] in headings]


def _filtered(browser: Browser, address: str, words: str) -> dict[str, bool]:
    """Say whether the filter box leaves the rows that have some words, and opens what is folded."""
    shown = browser.new_page()
    shown.goto(address)
    rows = shown.locator("tbody tr:not(.group)")
    every, folded = rows.count(), shown.locator("#sums details")
    shown.get_by_label("Show rows with").fill(words)
    left = [
        row.lower()
        for row in shown.locator("tbody tr:not(.group):not([hidden])").all_text_contents()
    ]
    found = {
        "hidden": 0 < len(left) < every,
        "left": all(word in row for row in left for word in words.split()),
        "said": shown.get_by_role("status").text_content() == f"{len(left)} of {every} rows",
        "opened": folded.get_attribute("open") is not None,
    }
    shown.get_by_label("Show rows with").fill("")
    found["closed"] = folded.get_attribute("open") is None
    shown.close()
    return found


class _Seen(NamedTuple):
    """What a browser said of a page, asked for, and shows of it."""

    said: list[str]
    asked: list[str]
    needs: int
    background: str
    focused: str


def _seen(browser: Browser, address: str, width: int, scheme: Literal["light", "dark"]) -> _Seen:
    shown = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    said: list[str] = []
    asked: list[str] = []
    shown.on("console", lambda message: said.append(message.text))
    shown.on("pageerror", lambda error: said.append(str(error)))
    shown.on("request", lambda request: asked.append(request.url))
    shown.goto(address)
    needs = shown.evaluate("document.documentElement.scrollWidth")
    background = shown.evaluate("getComputedStyle(document.body).backgroundColor")
    shown.keyboard.press("Tab")
    focused = shown.evaluate("document.activeElement.textContent")
    shown.close()
    return _Seen(said, asked, needs, background, focused)


def test_before_the_money_has_years() -> None:
    """What cannot be answered on a day is left out, and the page says why."""
    dataset = load(TINY).valid()
    document = briefing(Paper(Known(dataset, date(2029, 12, 31)), full=True))
    assert "over-years" not in {section.id for section in document.sections}
    assert any("which years" in said for said in document.sections[0].notes)
    early = reported(date(2021, 1, 1)).sections[0].notes
    why = '"care-review" was announced on 2022-05-23, after 2021-01-01.'
    assert [said for said in early if "care-review" in said] == [
        f"What was asked for: {why}",
        f"Every way to compare, What the answer turns on and Year by year: {why}",
    ]
    later = briefing(Paper(Known(dataset, date(2034, 1, 1)), full=True))
    assert any("last reviewed" in said for said in later.sections[0].notes)


def _bar(low: int, high: int | None) -> Bar:
    return Bar(
        group="a group",
        label="a label",
        low=Decimal(low),
        stated=Decimal(low),
        high=None if high is None else Decimal(high),
        against=Decimal(100),
        target="what was asked for",
    )


def test_charts_of_open_figures() -> None:
    """A figure without a ceiling is said to have none, and the target is named."""
    drawn = charts.ranges([_bar(10, None), _bar(20, 40), _bar(30, 30)])
    assert "a label: at least 10.0%" in drawn
    assert "a label: 20.0% to 40.0%" in drawn
    assert "a label: 30.0%<" in drawn
    assert "100%: what was asked for" in drawn
    open_ended = charts.over_years([_bar(10, None)])
    assert "from £10 to without end" in open_ended
    for chart in (drawn, open_ended):
        assert len(re.findall(r'<path d="M[^"]+Z" class="could"', chart)) == 1
        assert 'class="of-open-could"' in chart
    assert "open-could" not in charts.ranges([_bar(20, 40)]) + charts.over_years([_bar(20, 40)])


def test_a_timeline_of_what_has_no_last_day() -> None:
    """What has no last day ends in an arrow; what moved has an outline."""
    moved = (date(2026, 1, 1), date(2026, 2, 1))
    spans = [
        Stretch(
            "due now", "after May 2026: something long enough for two lines, and still more of it",
            date(2026, 5, 1), None, None,
        ),
        Stretch("upcoming", "2027: more", date(2027, 1, 1), date(2027, 12, 31), moved),
    ]  # fmt: skip
    drawn = charts.timeline(spans, TODAY)
    assert drawn.count('class="first"') == 1
    assert ">after May 2026: something long enough for two lines, and<" in drawn
    assert ">still more of it<" in drawn
    assert 'aria-label="Upcoming, as of 21 November 2026"' in drawn
    assert "<desc>2027: more</desc>" in drawn
    assert len(re.findall(r'<path d="M[^"]+Z" class="sure"', drawn)) == 1
    assert re.findall(r'class="of-([\w-]+)"', drawn) == ["sure", "open-sure", "first", "asked"]


@pytest.mark.parametrize(("spans", "figures"), [(1, [1]), (14, [14]), (15, [8, 7]), (30, [10] * 3)])
def test_a_timeline_is_shared_out_over_figures(spans: int, figures: list[int]) -> None:
    """No figure is too long for a sheet of paper; each has its years and its name."""
    span = Stretch("upcoming", "2027: more", date(2027, 1, 1), date(2027, 12, 31), None)
    drawn = charts.timeline([span] * spans, TODAY).split("</figure>")[:-1]
    assert [figure.count('class="sure"') for figure in drawn] == figures
    assert all(">2027<" in figure for figure in drawn)
    names = [re.findall(r"<figcaption>(.*?)<", figure)[0] for figure in drawn]
    assert names == ["Upcoming", *["Upcoming, continued"] * (len(figures) - 1)]


def test_a_long_timeline_names_some_of_its_years() -> None:
    """Each year has a line, and at most nine have their names."""
    span = Stretch("due now", "2023 to 2042", date(2023, 1, 1), date(2042, 12, 31), None)
    drawn = charts.timeline([span], TODAY)
    assert drawn.count('class="grid"') == 20
    assert re.findall(r">(20\d\d)<", drawn) == [str(year) for year in range(2023, 2043, 3)]


def test_a_key_names_what_is_drawn() -> None:
    """A colour or line that a timeline does not have is not in its key."""
    span = Stretch("upcoming", "2027: more", date(2027, 1, 1), date(2027, 12, 31), None)
    assert re.findall(r'class="of-([\w-]+)"', charts.timeline([span], TODAY)) == ["sure", "asked"]
    late = replace(span, group="overdue", first=(date(2026, 1, 1), date(2026, 2, 1)))
    for group in ("overdue", "late"):
        drawn = charts.timeline([replace(late, group=group), span], TODAY)
        assert re.findall(r'class="of-([\w-]+)"', drawn) == ["late", "sure", "first", "asked"]
    not_found = [replace(late, group=group) for group in ("no outcome found", "not checked")]
    assert 'class="of-late"' not in charts.timeline([*not_found, span], TODAY)


def test_each_sum_leads_to_its_document(page: str) -> None:
    """Under each sum stands where a document prints it, as a link to that document's row."""
    rows = re.findall(r"<tr>(?:(?!</tr>).)*?families-first-uplift.*?</tr>", page, re.DOTALL)
    assert '<a href="#source-pq-106342">UK Parliament (via Parallel Parliament), 29 ' in rows[0]
    assert '<li id="source-pq-106342">' in page


@pytest.mark.parametrize("day", [date(2023, 6, 20), date(2025, 6, 12)])
def test_links_lead_somewhere_on_any_day(day: date) -> None:
    """A document that was not out yet has no row to lead to, and so no link."""
    outline = _Outline(render_page(reported(day)))
    ids = {attributes.get("id") for _, attributes in outline.elements}
    local = [a["href"] or "" for a in outline.named("a")]
    assert {href[1:] for href in local if href.startswith("#")} <= ids


@pytest.mark.parametrize("most", [1, 9, 77, 320, 4999, 2_600_000_000])
def test_a_scale_has_room_for_all(most: int) -> None:
    """The highest line of a chart is at or above its highest bar, with two to five steps."""
    drawn = charts.over_years([replace(_bar(most, most), against=Decimal(most))])
    labels = re.findall(r">£([\d.,]+)(bn|m|)<", drawn)
    top = max(
        Decimal(figure.replace(",", "")) * {"bn": 10**9, "m": 10**6, "": 1}[unit]
        for figure, unit in labels
    )
    assert top >= most
    assert 2 <= len(labels) <= 6


def test_report_writes_a_page_or_markdown(run: Callable[..., Result], tmp_path: Path) -> None:
    """The name's end says which; an existing file is kept, unless --force."""
    asked = ("--data", TINY, "--as-of", "2031-06-30")
    for name, begins in (("a.html", "<!doctype html>"), ("a.htm", "<!doctype"), ("a.md", "# ")):
        path = tmp_path / name
        result = run("report", path, *asked)
        assert (result.code, result.out) == (0, f"wrote {path}\n")
        assert path.read_text(encoding="utf-8").startswith(begins)
    path.write_text("mine", encoding="utf-8")
    refused = run("report", path, *asked)
    assert refused.code == 2
    assert "--force replaces it" in refused.err
    assert path.read_text(encoding="utf-8") == "mine"
    assert run("report", path, *asked, "--force").code == 0
    assert path.read_text(encoding="utf-8") != "mine"
    wrong = run("report", tmp_path / "a.pdf", *asked)
    assert wrong.code == 2
    assert ".html nor .md" in wrong.err


def test_the_first_page_answers() -> None:
    """The verdict, what settles it, four figures, the ranges, the dispute line by line."""
    document = reported(TODAY)
    first = document.sections[0]
    verdict, own, every = first.sentences
    assert verdict.endswith("£2.6bn: short in its own four years, not settled over seven.")
    assert "short unless £78m or more of the £471m in doubt is extra" in own
    assert "met if £191m of the £575m that may be new is new" in every
    assert [figure for figure, _ in first.figures] == [
        "£4.0bn", "£2.4bn to £3.0bn", "29% to 97%", "17",
    ]  # fmt: skip
    assert first.chart
    assert first.chart.title == (
        "New money, the four years asked for: 29% of £2.6bn to 97% of its years' £2.5bn; "
        "all seven years: 93% to 115%"
    )
    dispute, rest = first.listings
    assert [len(line.cites) for line in dispute.lines] == [1, 1, 1]
    due, recommended = (cell.text for line in rest.lines for cell in line.cells[1:]
                        if isinstance(cell, Cell))  # fmt: skip
    assert due == (
        "by end 2026: Consultation on inspection framework (Ofsted); Mar 2027: Family Help and "
        "protection teams ready (DfE, low confidence); 15 more"
    )
    assert recommended == "64 of 106 recommendations have an answer, 4 rejected; 42 have none"
    assert "The yearly figures asked for add to £77m less than the headline" in first.notes[0]
    assert document.cite.endswith("version 2026.11, as known on 21 November 2026.")


def test_a_colon_in_a_name_splits_no_sentence() -> None:
    """What is found is said whole, whatever the name of who asks has in it."""
    dataset = load().valid()
    body = dataset.bodies["care-review-team"]
    named = body.model_copy(update={"short": "Care: a Review"})
    bodies = dataset.bodies | {"care-review-team": named}
    renamed = briefing(
        Paper(Known(dataset.model_copy(update={"bodies": bodies}), TODAY), full=True)
    )
    leads = [said for one in renamed.sections if one.report for said in one.sentences]
    for begins in (
        "Like for like 29.3% to 96.9%; one choice at a time moves it to ",
        "New money in each year could reach what was asked for in 2027-28 at ",
    ):
        assert len([one for one in leads if one.startswith(begins)]) == 1


def test_markdown_has_every_section(run: Callable[..., Result], tmp_path: Path) -> None:
    """The page to paste has the sections of the page to attach, with their tables."""
    path = tmp_path / "a.md"
    run("report", path, "--as-of", "2023-06-20")
    text = path.read_text(encoding="utf-8")
    assert re.findall("^## (.*)$", text, re.MULTILINE) == [
        "In short", "How much was promised", "What falls due",
        "What was recommended, and what was answered", "How it is counted", "Sources",
    ]  # fmt: skip
    assert re.search(r"^\| .* \| 200 \| 8% \|$", text, re.MULTILINE)


@pytest.mark.parametrize("day", [date(2023, 6, 20), date(2025, 6, 12), TODAY])
def test_a_page_names_no_command_and_says_nothing_twice(day: date) -> None:
    """Who reads a page has no program; a caution of three answers stands at the first."""
    sections = reported(day).sections
    notes = [note for one in sections if one.report for note in one.report.sentences]
    assert notes
    assert not [
        note for note in notes if "reformcalc" in note or re.search(r"(^|[ (])--[a-z]", note)
    ]
    assert len({*notes}) == len(notes)
    assert not {*notes} & {*sections[0].sentences}
    leads = [sentence for one in sections[1:] if one.report for sentence in one.sentences]
    assert len({*leads}) == len(leads)


def test_a_page_has_names_licences_and_terms(page: str) -> None:
    """Who must act is named, sources have their licence and day, the page has whose it is."""
    assert "Department for Education; to act: Local authorities" in page
    row = re.findall(r'<li id="source-commons-library-2023">.*?</li>', page, re.DOTALL)[0]
    licence = load().valid().sources["commons-library-2023"].licence
    assert licence
    assert licence in row
    footer = page[page.index("<footer>") :]
    assert "Record kept by the reformcalc contributors." in footer
    assert "under the MIT licence" in footer
    assert "Made with reformcalc." in footer


def test_each_of_several_sources_is_a_link(page: str) -> None:
    """A sum that no one document prints leads to each of those that give its parts."""
    several = re.findall(r"<small>(<a [^>]*>[^<]*</a>(?:; <a [^>]*>[^<]*</a>)+)</small>", page)
    assert several
    for one in several:
        assert all(f'id="{href}"' in page for href in re.findall(r'href="#([^"]+)"', one))
    # The name of one publisher has the mark that stands between two citations.
    assert re.search(r'<a href="#[^"]+">Ministry of [^<]*; Department for Education', page)


def test_a_page_for_one_body(run: Callable[..., Result], tmp_path: Path) -> None:
    """--for tells what a council is in, and keeps to the dates on which it must act."""
    path = tmp_path / "a.md"
    asked = ("--as-of", "2026-11-30")
    assert run("report", path, "--for", "thurrock", *asked).code == 0
    text = path.read_text(encoding="utf-8")
    of_one = text[text.index("## Where Thurrock stands") : text.index("## The programme")]
    assert "| 27 Feb 2026 | Kinship Zones, 2026-28" in of_one
    assert re.search(
        r"Agency workers: regional price caps [^|]*\| DfE \| past, no outcome found \| spring 2025",
        of_one,
    )
    assert text.startswith(
        "# Children's social care reform in England: Thurrock, as of 30 November 2026\n\n"
        "As known on 30 November 2026. Data: "
    )
    for national in ("What falls due", "How much was promised", "What was recommended, and"):
        assert f"## {national}" not in text
    alone = ("--section", "deadlines", "--force")
    assert run("report", path, "--for", "thurrock", *asked, *alone).code == 0
    falls_due = path.read_text(encoding="utf-8")
    assert "For Thurrock: 4 to come" in falls_due
    assert "Best Start Family Hub in every council" in falls_due
    assert "£2.4bn for prevention" not in falls_due
    assert run("report", path, "--for", "thurrock", *asked, "--full", "--force").code == 0
    text = path.read_text(encoding="utf-8")
    assert "£4.0bn is promised for children's social care reform" in text
    assert run("report", path, "--for", "mole-valley", *asked, "--force").code == 2


def test_a_council_comes_before_england() -> None:
    """What is its own stands first, a page that answers; the national figures say whose they are.

    The dates of the national figures are England's too, of any paper for a place.
    """
    record = Known(load().valid(), LAST)
    parts = briefing(Paper(record, body="kent")).sections
    assert [one.title for one in parts] == [
        "Where Kent stands",
        "What Kent must do, and when",
        "What Kent is in, and its money",
        "What came of what was asked of Kent",
        "The programme as a whole",
        "How it is counted",
    ]
    first, _, money, _, whole, _ = parts
    assert first.sentences[0] == (
        "Kent takes part in 3 programmes; 3 duties in force bind it, and 1 thing is expected of it "
        "by 30 May 2027."
    )
    figures = {told: figure for figure, told in first.figures}
    assert figures == {
        "dates ahead of it; 9 more have no day yet": "4",
        "next: Family Help and protection teams ready (low confidence)": "Mar 2027",
        "duties in force for it": "3",
        "of money told of it, for 3 programmes, 2 shared with others, 1 provisional": "4 sums",
        "not known: any share of 4 programmes and what came of 3 dates past": "7",
    }
    assert [one.title for one in first.listings] == [
        "Due next", "Money told of it", "Recommended to councils",
    ]  # fmt: skip
    (national,) = briefing(Paper(record, sections=("in-short",))).sections
    assert whole.figures == national.figures
    assert whole.listings == national.listings
    (areas,) = money.notes
    assert areas.startswith(
        "Of 5 programmes only some areas are named, and Kent may be in these too: Best Start "
        "Family Hubs, grants 2025-26 (8 known"
    )
    assert "; Family finding, befriending, mentoring (2 of 45 known); " in areas


def test_a_column_of_a_councils_paper_holds_one_kind() -> None:
    """A day, a sum, a name: no head names two kinds, and no cell of a column is of another.

    What is our reading, subject to something or of low confidence says so below its table, and
    what the first page lists whole stands nowhere else.
    """
    record = Known(load().valid(), LAST)
    day = r"([0-9]{1,2} )?[A-Z][a-z]{2} [0-9]{4}|(by end|late|spring|early|mid) [0-9]{4}"
    kinds = {
        "Since": day,
        "When": day,
        "In": r"due now|[0-9]+ (days?|weeks?|months?|years?)( late)?",
        "Asked as": "duty|expected|own plan|of it alone",
        "Sum": r"nil|not printed|(about |up to |over )?£[0-9.,]+(m|bn)?",
        "For": r"not said|[0-9]{4}-[0-9]{2}( to [0-9]{4}-[0-9]{2})?",
        "Terms": r"(allocated|provisional|nil by rule|indicative)(, shared by [0-9]+)?",
    }
    seen: set[str] = set()
    for body in ("kent", "thurrock", "dorset", "leeds", "north-tyneside", "wolverhampton"):
        sections = [
            one for one in briefing(Paper(record, body=body)).sections if one.id.startswith("for")
        ]
        listings = [one for section in sections for one in section.listings]
        for listing in listings:
            assert listing.lines
            for place, head in enumerate(listing.heads):
                assert not re.search(r"\bor\b|,", head.text)
                if kind := kinds.get(head.text):
                    seen.add(head.text)
                    for line in listing.lines:
                        cell = line.cells[place]
                        assert isinstance(cell, Cell)
                        assert re.fullmatch(kind, cell.text), (body, head.text, cell.text)
        titles = [one.title for one in listings if one.title]
        assert len(titles) == len({*titles})
        notes = [note for listing in listings for note in listing.notes]
        assert "Low confidence." in notes
        readings = [
            cell
            for listing in listings
            for line in listing.lines
            for cell in line.cells
            if isinstance(cell, Cell) and cell.text == "our reading"
        ]
        assert all(re.match("Our reading: .{20}", cell.note) for cell in readings)
    assert seen == {*kinds}


def test_nothing_that_is_known_of_a_council_is_missing_from_its_paper() -> None:
    """Each row of `for` stands in one of its tables, whatever it is about and however it stands."""
    record = Known(load().valid(), LAST)
    seen: set[str] = set()
    for body in ("thurrock", "north-tyneside", "kent", "dorset", "wolverhampton", "leeds"):
        council = Council(record, body)
        paper = CouncilPaper(council, record.recommendations)
        parts = (paper.position(), paper.dates(), paper.money(), paper.outcomes())
        told = {
            cell.text
            for part in parts
            for listing in part.listings
            for line in listing.lines
            for cell in line.cells
            if isinstance(cell, Cell)
        }
        for row in council.rows:
            entry = record.section(row.kind)[row.id].name
            (changed,) = [one for one in parts[0].sentences if one.startswith("Changed")]
            assert any(text == entry or text.startswith(f"{entry}:") for text in told) or (
                row.aspect == "changed" and row.name in changed
            ), (body, row.aspect, row.state, entry)
            seen.add(row.aspect)
    assert seen >= {*Aspect} - {Aspect.OWN_PLAN}


def test_ones_own_plan_stands_in_a_councils_paper() -> None:
    """What of it is late is first and counted apart; what an entry serves stands below it."""
    plan = PROJECT / "docs" / "example-council.yaml"
    record = Known(load("bundled", plan).valid(), date(2027, 1, 30))
    paper = CouncilPaper(Council(record, "dorset"), record.recommendations)
    page = paper.position()
    assert page.figures[0] == ("4", "dates ahead of it; 3 late; 9 more have no day yet")
    assert page.figures[1][0] == "Mar 2027"
    due, *_ = page.listings
    told = [[one.text for one in line.cells if isinstance(one, Cell)] for line in due.lines]
    assert told[0] == [
        "autumn 2026", "2 months late", "Have every family help team in place", "own plan",
        "Riverside Council",
    ]  # fmt: skip
    assert [one[1].endswith("late") for one in told] == [True] * 3 + [False] * 4
    (own,) = [one for one in paper.dates().listings if one.title == "Its own plan"]
    served = [line.cells[0] for line in own.lines if line.kind is LineKind.REMARK]
    assert len(served) == 2
    assert all(isinstance(one, Cell) and one.text.startswith("ours lands ") for one in served)


def test_what_a_first_page_has_no_room_for_stands_below() -> None:
    """A long table is cut on the first page, says by how much, and is whole in its own section."""
    record = Known(load().valid(), LAST)
    every = dict(record.recommendations)
    to_councils = next(one for one in every.values() if "local-authorities" in one.to)
    many = every | {f"{number}": to_councils for number in range(9)}
    paper = CouncilPaper(Council(record, "kent"), many)
    *_, short = paper.position().listings
    (whole,) = paper.recommended().listings
    more = len(whole.lines) - 8
    assert more > 0
    last = short.lines[-1].cells[0]
    assert isinstance(last, Cell)
    assert (len(short.lines), last.text) == (9, f"and {more} more, below")


def test_a_paper_says_what_its_short_names_stand_for() -> None:
    """Whoever reads one paper alone learns who DfE is; a name that says it itself is not told."""
    record = Known(load().valid(), LAST)
    for body, named in (("kent", "MHCLG"), (None, "CMA")):
        last = briefing(Paper(record, body=body)).sections[-1]
        (told,) = [note for note in last.notes if note.startswith("Short names: ")]
        assert "; DfE: Department for Education; " in told
        assert f"{named}: " in told
        assert "Kent" not in told
        for one in record.bodies.values():
            if one.short and f"{one.short}: " in told:
                assert one.short.lower() not in one.title.lower()


def test_a_region_has_its_councils_and_a_department_its_dates() -> None:
    """What is no council has what there is of it."""
    record = Known(load().valid(), date(2026, 11, 30))
    region = next(id_ for id_, one in record.bodies.items() if one.name == "North East")
    names = [one.title for one in briefing(Paper(record, body=region)).sections]
    assert names == ["For North East", "The programme as a whole", "How it is counted"]
    assert "for" not in [one.id for one in briefing(Paper(record, body="ofsted")).sections]


def test_nobody_elses_lateness_is_in_a_paper() -> None:
    """What concerns one council alone is in no paper but its own."""
    record = Known(load().valid(), date(2026, 11, 30))

    def said(paper: Paper) -> str:
        return render_document(briefing(paper))

    assert "Costs of 2023-24: within the budget" in said(Paper(record, body="thurrock"))
    for paper in (Paper(record, full=True), Paper(record, body="dorset", full=True)):
        assert "Costs of 2023-24: within the budget" not in said(paper)


def test_a_paper_keeps_to_what_is_chosen() -> None:
    """A section alone, a topic alone, a title and an author of one's own."""
    record = Known(load().valid(), date(2026, 11, 30))
    paper = Paper(
        record, Chosen(topics=("fostering",)), sections=("money", "in-short"),
        title="Fostering", author="A. Clerk",
    )  # fmt: skip
    document = briefing(paper)
    assert [section.id for section in document.sections] == ["in-short", "money"]
    assert document.sections[1].chart is None  # of a part there is no verdict by year
    assert document.cite.startswith("A. Clerk. “Fostering”. ")
    page = render_page(document)
    assert '<meta name="author" content="A. Clerk">' in page
    assert "<h1>Fostering</h1>" in page
    assert "\nA. Clerk\n" in render_document(document)
    with pytest.raises(UnknownId, match="moneys"):
        Paper(record, sections=("moneys",))


def test_a_title_is_one_line(run: Callable[..., Result], tmp_path: Path) -> None:
    """A line break in a title would make text of its second half."""
    path = tmp_path / "a.md"
    asked = ("--title", "Where\nKent stands", "--section", "deadlines", "--data", TINY)
    assert run("report", path, *asked).code == 0
    assert path.read_text(encoding="utf-8").startswith("# Where Kent stands\n")


def test_only_what_is_cited_is_listed_and_once() -> None:
    """Each document of the list is cited in what is shown, by its number, in that order."""
    document = briefing(Paper(Known(load().valid(), date(2026, 11, 30)), sections=("deadlines",)))
    (section,) = document.sections
    cited = [id_ for one in section.listings for line in one.lines for id_, _ in line.cites]
    assert [one.id for one in document.references] == [*dict.fromkeys(cited)]
    text = render_document(document)
    for number, one in enumerate(document.references, 1):
        assert f"\\[{number}\\]" in text
        assert re.search(rf"^{number}\. {re.escape(one.title[:12])}", text, re.MULTILINE)


def test_the_same_figures_in_every_format() -> None:
    """What a cell of the page says, the paper to paste says, and so does its screen."""
    record = Known(load().valid(), date(2026, 11, 30))
    document = briefing(Paper(record))
    page, text = render_page(document), render_document(document)
    figures = [
        cell.text
        for section in document.sections
        for listing in section.listings
        for line in listing.lines
        for cell, head in zip(line.cells, listing.heads, strict=False)
        if isinstance(cell, Cell) and head.right and cell.text
    ]
    assert len(figures) > 50
    for figure in {*figures}:
        assert f'class="figure">{figure}<' in page or f">{figure}</td>" in page
        assert f" {figure} |" in text


def test_only_what_has_moved_has_an_outline() -> None:
    """The days first promised are drawn where the last of them is not the last now."""
    for section in reported(TODAY).sections:
        if section.id == "open":
            assert section.report
            moved = [bool(row.slipped_days) for row in section.report.rows if row.earliest]
            assert [span.first is not None for span in section.spans] == moved
            assert {*moved} == {True, False}


def test_a_page_says_why_a_basis_is_left_out_and_no_command() -> None:
    """The reason stands on the page; what to ask instead is for those who have the program."""
    dataset = load().valid()
    ask = dataset.benchmarks["care-review"].model_copy(update={"year_one": None})
    changed = dataset.model_copy(
        update={"benchmarks": dataset.benchmarks | {"care-review": ask}, "deflators": {}}
    )
    document = briefing(Paper(Known(changed, TODAY), full=True))
    notes = [note for one in document.sections if one.report for note in one.report.sentences]
    assert "Without same-financial-years: no source says which financial year is year 1." in notes
    assert not [note for note in notes if re.search(r"(^|[ (])--[a-z]", note)]


def test_a_paper_for_a_body_that_there_is_not_is_refused(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """One message names it, and nothing is written; a body that there is stands in the title."""
    path = tmp_path / "a.md"
    result = run("report", path, "--for", "nosuch")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith('Error: there is no body "nosuch"')
    assert not path.exists()
    assert run("report", path, "--for", "kent", "--as-of", "2026-11-30").code == 0
    assert path.read_text(encoding="utf-8").startswith(
        "# Children's social care reform in England: Kent, as of 30 November 2026\n"
    )


def test_an_ask_that_nobody_disputes_has_no_dispute() -> None:
    """Without a warning of the record the first page has none; one of one sentence is one line."""
    dataset = load().valid()
    ask = dataset.benchmarks["care-review"]
    first_pages: list[Section] = []
    told = ask.cautions[0].model_copy(update={"claims": ask.cautions[-1].claims})
    for cautions in ((), (told,)):
        changed = dataset.benchmarks | {
            "care-review": ask.model_copy(update={"cautions": cautions})
        }
        record = Known(dataset.model_copy(update={"benchmarks": changed}), LAST)
        first_pages += briefing(Paper(record, sections=("in-short",))).sections
    none, one = first_pages
    assert len(none.listings) == 1
    dispute, _ = one.listings
    assert [head.text for head in dispute.heads] == ["Warning"]
    assert len(dispute.lines) == 1
