"""The site: pages that lead to one another, say what the commands say, and run no data."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from html import unescape
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from reformcalc import load
from reformcalc.answers.council.council import Council
from reformcalc.answers.council.rows import HEADINGS, Aspect
from reformcalc.answers.entry_words import figure
from reformcalc.answers.lookup.find import find
from reformcalc.answers.written import title
from reformcalc.errors import Unwritable
from reformcalc.ledger.known import Known
from reformcalc.record.model import Dataset, Entry
from reformcalc.site import addresses
from reformcalc.site.files import site_files
from reformcalc.writing import update_folder
from tests.conftest import PROJECT, TINY, need

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.conftest import Result

TODAY = date(2026, 11, 30)
BASE = "https://example.org/reform/"
LIST = "site-files.txt"

# They list all of a kind, and are as long as that; a page of anything else is less than 100 kB.
LONG = {"sources.html", "everything.html", "deadlines.html"}


# What a page consists of, in the one way in which ours are written: text without "<" and ">", and
# elements in small letters with their attributes in quotes. Python's own parser, which takes all
# that browsers do, needs three times as long for the site.
_PART = re.compile(
    r"([^<>]+)"
    r"|<([a-z][a-z0-9]*)((?:\s+[a-zA-Z-]+[0-9]?(?:=\"[^\"<>]*\")?)*)\s*/?>"
    r"|</([a-z][a-z0-9]*)>|<!doctype html>|(.)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([a-zA-Z-]+[0-9]?)(?:=\"([^\"]*)\")?")


class _Links:
    """What a page leads to and is made of."""

    def __init__(self, page: str) -> None:
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        for text, tag, attributes, end, other in _PART.findall(page):
            assert not other, other
            if text:
                self.text.append(unescape(text))
            elif end:
                assert self.open.pop() == end
            elif tag:
                found = {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
                self.elements.append((tag, found))
                if tag not in ("meta", "link", "input"):
                    self.open.append(tag)

    def of(self, attribute: str) -> Iterator[str]:
        for _, attributes in self.elements:
            if value := attributes.get(attribute):
                yield value


def built(record: Known) -> Mapping[str, str]:
    """Return the files of the site of a record, as text."""
    files = site_files(record, digest="d", base=BASE)
    return {name: content.decode() for name, content in files}


@pytest.fixture(scope="session")
def record() -> Known:
    """Return the bundled record of a day."""
    return Known(load().valid(), TODAY)


@pytest.fixture(scope="session")
def site(record: Known) -> Mapping[str, str]:
    """Return the site of the bundled record: it is built once."""
    return built(record)


@pytest.fixture(scope="session")
def small() -> Mapping[str, str]:
    """Return the site of a small record."""
    return built(Known(load(TINY).valid(), date(2031, 6, 30)))


@pytest.fixture(scope="session")
def pages(site: Mapping[str, str]) -> dict[str, _Links]:
    """Return the pages of that site, taken apart."""
    return pages_of(site)


def pages_of(site: Mapping[str, str]) -> dict[str, _Links]:
    """Return the pages of a site, taken apart."""
    return {name: _Links(text) for name, text in site.items() if name.endswith(".html")}


def test_every_page_is_whole_and_leads_somewhere(
    site: Mapping[str, str], pages: Mapping[str, _Links]
) -> None:
    """Each element is closed, each id one, and each link to the site leads to a part of a page."""
    ids = {name: list(page.of("id")) for name, page in pages.items()}
    for name, page in pages.items():
        assert page.open == [], name
        assert len(ids[name]) == len(set(ids[name])), name
        for address in (*page.of("href"), *page.of("src"), *page.of("action")):
            if re.match("https?://", address):
                continue
            path, _, part = re.sub(r"[?][^#]*", "", address).partition("#")
            file = normpath(join(dirname(name), path)) if path else name
            assert file in site, (name, address)
            assert not part or part in ids[file], (name, address)


def test_nothing_is_run_or_loaded_but_our_own(
    site: Mapping[str, str], pages: Mapping[str, _Links]
) -> None:
    """No style or script is in a page, nothing loads from elsewhere, and a policy says so."""
    for name, page in pages.items():
        for tag, attributes in page.elements:
            assert tag not in ("style", "img", "iframe", "object", "embed", "base"), name
            assert not {one for one in attributes if one.startswith("on") or one == "style"}, name
            loads = attributes.get("src") or (tag == "link" and attributes["href"]) or ""
            assert not loads.startswith(("http", "//")), name
        (policy,) = (
            attributes["content"] or ""
            for _, attributes in page.elements
            if attributes.get("http-equiv") == "Content-Security-Policy"
        )
        assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self';")
        assert "unsafe" not in policy
    assert not re.search(r"url\(|@import|https?:", site["site.css"] + site["site.js"])
    assert not re.search(r"innerHTML|eval|document\.write", site["site.js"])


def test_every_entry_has_a_page_with_its_figure(record: Known, site: Mapping[str, str]) -> None:
    """At the address made of its section and id, with what the commands give for its figure."""
    for kind in Dataset.KINDS:
        for id_, entry in record.section(kind).items():
            text = unescape(site[f"{kind}/{id_}.html"])
            assert f"<h1>{title(entry)}</h1>" in text
            said = figure(record, kind, id_)
            assert not said or kind in ("sources", "bodies") or f'"lead">{said}<' in text, id_


def test_pages_say_what_the_commands_say(
    run: Callable[..., Result], site: Mapping[str, str]
) -> None:
    """Each sentence and each figure of a command's answer is on its page."""
    for command, page in (
        ("totals", "money"),
        ("totals --by year", "money"),
        ("totals --by lead", "money"),
        ("totals --topic kinship", "topics/kinship"),
        ("compare", "comparison"),
        ("compare --sensitivity", "comparison"),
        ("deadlines --all --local", "deadlines"),
        ("recommendations", "recommendations"),
        ("sources", "sources"),
        ("conflicts", "conflicts"),
        ("for dorset", "bodies/dorset"),
        ("for local-authorities", "councils"),
    ):
        text = " ".join(_Links(site[f"{page}.html"]).text)
        text = " ".join(text.split())
        result = run(*command.split(), "--as-of", TODAY.isoformat(), "--format", "markdown")
        rows = [line for line in result.out.splitlines() if line.startswith("| ")][2:]
        figures = {one for row in rows for one in re.findall(r"£[\d.,]+[a-z]*|\d+\.\d%", row)}
        missing = sorted(one for one in figures if one.rstrip(".,") not in text)
        assert (command, missing) == (command, [])


def test_nothing_is_said_to_those_who_have_the_program(pages: Mapping[str, _Links]) -> None:
    """No page names a command, an option, or a value as it is typed."""
    typed = re.compile(
        r"reformcalc (?!contributors)[a-z]|(?<!\S)--[a-z]|`|not-known|\d{4}-\d\d\.\."
    )
    told = {name: typed.search(" ".join(page.text)) for name, page in pages.items()}
    assert {name: found[0] for name, found in told.items() if found} == {}


def test_a_council_is_told_of_thing_by_thing(record: Known, pages: Mapping[str, _Links]) -> None:
    """Each thing that the command tells of stands under a heading of its own, with all its rows."""
    council = Council(record, "kent")
    page = pages["bodies/kent.html"]
    ids = [*page.of("id")]
    text = " ".join(" ".join(page.text).split())
    for aspect in Aspect:
        rows = council.of(aspect)
        assert (aspect.value in ids) is bool(rows)
        assert not rows or HEADINGS[aspect] in text
        for row in rows:
            assert row.title in text
            assert f"../{row.kind}/{row.id}.html" in {*page.of("href")}
    assert "2026-27 to 2028-29" in text


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("topics/kinship", "Kinship care: £139m is promised: Kinship Zones, 2026-28 (£126m); "),
        ("topics/kinship", "(£9m); and Kinship strategy, 2024-25 (£4m)."),
        ("topics/kinship", "Due next: Kinship training contract, latest end, March 2027."),
        ("topics/kinship", "9 of 12 recommendations on Kinship care have an answer"),
        ("topics/inspection", "No money is recorded for Inspection."),
        ("topics/consultation", "Of 3 dates that are past, no outcome is known."),
        ("bodies/dfe", "Listed are the "),
    ],
)
def test_a_word_is_answered_first(pages: Mapping[str, _Links], page: str, says: str) -> None:
    """What was promised of it, what is due next, what is past, and what was answered."""
    assert says in " ".join(" ".join(pages[f"{page}.html"].text).split())


def test_a_page_is_small(site: Mapping[str, str]) -> None:
    """Less than 100 kB, but for the long lists; all together less than 30 MB."""
    sizes = {name: len(text.encode()) for name, text in site.items()}
    large = {name for name, size in sizes.items() if name.endswith(".html") and size > 100_000}
    assert large <= LONG
    assert sum(sizes.values()) < 30e6


def test_the_feed_and_the_map(site: Mapping[str, str]) -> None:
    """The newest first, each with an id that no other has and a page; every page is on the map."""
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ET.fromstring(site["feed.xml"])
    entries = feed.findall(f"{atom}entry")
    days = [entry.findtext(f"{atom}updated") for entry in entries]
    assert days == sorted(days, key=str, reverse=True)
    assert feed.findtext(f"{atom}updated") == days[0]
    ids = [entry.findtext(f"{atom}id") for entry in entries]
    assert len(set(ids)) == len(ids) == 60
    for entry in entries:
        link = entry.find(f"{atom}link")
        assert link is not None
        assert link.attrib["href"].removeprefix(BASE) in site
    places = [one.text or "" for one in ET.fromstring(site["sitemap.xml"]).iter() if one.text]
    mapped = {one.removeprefix(BASE) for one in places if one.startswith(BASE)}
    assert mapped == {name for name in site if name.endswith(".html")}


@pytest.mark.parametrize(
    ("id_", "page"),
    [("con", "con-"), ("com1", "com1-"), ("nul", "nul-"), ("conwy", "conwy"), ("com10", "com10")],
)
def test_a_page_can_be_written_on_windows(id_: str, page: str) -> None:
    """There, what has the name of a device is no file, whatever its ending."""
    assert addresses.address("bodies", id_) == f"bodies/{page}.html"


def test_without_an_address_of_its_own() -> None:
    """There is no map, and the links of the feed are relative to it."""
    record = Known(load(TINY).valid(), date(2031, 6, 30))
    files = {name: one.decode() for name, one in site_files(record, digest="", dated=False)}
    assert not files.keys() & {"sitemap.xml", "deadlines.ics"}
    assert 'href="index.html"' in files["feed.xml"]
    assert "deadlines.ics" not in files["deadlines.html"]


def test_the_calendar_is_that_of_the_command(
    run: Callable[..., Result], site: Mapping[str, str]
) -> None:
    """What is subscribed to is what `deadlines --format ics` writes."""
    written = run("deadlines", "--as-of", TODAY.isoformat(), "--format", "ics").out
    assert site["deadlines.ics"].replace("\r", "").strip() == written.replace("\r", "").strip()


def test_filters_offer_what_rows_have(site: Mapping[str, str]) -> None:
    """Each option of a filter is of some row, and each value of a row is an option."""
    page = _Links(site["deadlines.html"])
    named = [a["name"] or "" for tag, a in page.elements if tag == "select"]
    assert named == ["acts", "lead", "topics", "pillar", "state"]
    options = {a["value"] for tag, a in page.elements if tag == "option"} - {"", None}
    held = {
        one
        for _, a in page.elements
        for key in named
        for one in (a.get(f"data-{key}") or "").split()
    }
    assert held == options


def test_hostile_words_stay_text() -> None:
    """A title, a quotation or a name that is markup is read, not obeyed; so is an address."""
    dataset = load(TINY).valid()
    evil = '<script>alert("x")</script>\'"><img src=x onerror=alert(1)> </script>\x07\u202e\u2028'
    updates: dict[str, Any] = {
        kind: {id_: _harmed(one, evil) for id_, one in getattr(dataset, kind).items()}
        for kind in Dataset.KINDS
        if kind not in ("sources", "deflators")
    }
    updates["sources"] = {
        id_: one.model_copy(update={"title": evil, "publisher": evil, "url": "javascript:alert(1)"})
        for id_, one in dataset.sources.items()
    }
    updates["about"] = dataset.about.model_copy(update={"title": evil, "publisher": evil})
    files = built(Known(dataset.model_copy(update=updates), date(2031, 6, 30)))
    for name, page in pages_of(files).items():
        scripts = [a["src"] for tag, a in page.elements if tag == "script"]
        assert all((one or "").endswith(".js") for one in scripts), name
        assert not [tag for tag, _ in page.elements if tag == "img"], name
        assert not any(one.lower().startswith("javascript") for one in page.of("href")), name
        assert not set("\x07\u202e\u2028") & set(files[name]), name
    assert "\u2028" not in files["index.js"]
    ET.fromstring(files["feed.xml"])


def _harmed(entry: Any, evil: str) -> Any:
    """Return an entry that is called, and quoted with, what would do harm."""
    changed: dict[str, Any] = {"title": evil}
    if isinstance(entry, Entry):
        says = {"says": evil, "at": evil}
        claims = tuple(claim.model_copy(update=says) for claim in entry.claims)
        changed |= {"label": None, "note": evil, "claims": claims}
    return entry.model_copy(update=changed)


def test_another_programme_has_no_word_of_this_one(record: Known) -> None:
    """A site of another record is called as that is, and names nothing of the bundled one."""
    other = load(PROJECT / "examples" / "family-hubs.yaml").valid()
    files = built(Known(other, TODAY))
    own = {str(title(one)) for kind in Dataset.KINDS for one in getattr(other, kind).values()}
    told = " ".join(files.values())
    assert record.about.title not in told
    for kind in ("commitments", "milestones", "benchmarks", "topics", "pillars"):
        for entry in record.section(kind).values():
            if len(entry.title) > 14 and not any(entry.title in one for one in own):
                assert entry.title not in told
    assert f"<h1>{other.about.title}</h1>" in files["index.html"]
    assert "councils.html" not in files


def test_a_former_id_leads_on() -> None:
    """The page of a renamed entry stands under its new id, and the old address leads there."""
    dataset = load(TINY).valid()
    id_ = next(iter(dataset.commitments))
    renamed = dataset.commitments[id_].model_copy(update={"formerly": ("as-it-was",)})
    changed = dataset.model_copy(update={"commitments": dataset.commitments | {id_: renamed}})
    files = built(Known(changed, date(2031, 6, 30)))
    page = files["commitments/as-it-was.html"]
    assert f'content="0; url=../commitments/{id_}.html"' in page
    assert f'<a href="../commitments/{id_}.html">' in page
    assert f'commitments/{id_}.html"' in files["index.js"]


@pytest.mark.parametrize(("id_", "file"), [("con", "con-"), ("lpt1", "lpt1-"), ("con-1", "con-1")])
def test_no_page_has_the_name_of_a_device(id_: str, file: str) -> None:
    """Windows has no file called so, whatever its ending; no id ends in a hyphen."""
    assert addresses.address("topics", id_) == f"topics/{file}.html"


def test_the_index_is_what_the_command_finds_by(record: Known, site: Mapping[str, str]) -> None:
    """Every entry is in it, with its page."""
    index = json.loads(site["index.js"].split("INDEX = ", 1)[1].rstrip(";\n"))
    every = {f"{kind}/{id_}.html" for kind in Dataset.KINDS for id_ in record.section(kind)}
    assert {entry[0] for entry in index["entries"]} == every
    assert len(site["index.js"].encode()) < 1_000_000


# The folder.


def test_a_second_run_touches_nothing(tmp_path: Path, small: Mapping[str, str]) -> None:
    """The same files are left as they were; what changed is written, what is no more removed."""
    out = tmp_path / "site"
    files = [(name, text.encode()) for name, text in small.items()]
    assert update_folder(out, files, LIST) == (len(files), 0, 0)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    assert update_folder(out, files, LIST) == (0, len(files), 0)
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before
    (out / "robots.txt").write_text("theirs", encoding="utf-8")
    (out / "bodies" / "theirs.html").write_text("theirs", encoding="utf-8")
    fewer = [("index.html", b"new"), *[one for one in files if one[0].startswith("topics/")]]
    removed = len(files) - len(fewer)
    assert update_folder(out, fewer, LIST) == (1, len(fewer) - 1, removed)
    assert (out / "index.html").read_bytes() == b"new"
    assert (out / "robots.txt").is_file()
    assert (out / "bodies" / "theirs.html").is_file()
    assert not (out / "commitments").exists()


def test_a_folder_of_other_things_is_refused(tmp_path: Path) -> None:
    """Nothing is written to it, and it is said what is in it, and what to do."""
    out = tmp_path / "papers"
    out.mkdir()
    (out / "minutes.txt").write_text("theirs", encoding="utf-8")
    with pytest.raises(Unwritable, match=r'holds other things \("minutes.txt"\).*an empty folder'):
        update_folder(out, [("index.html", b"")], LIST)
    assert [path.name for path in out.iterdir()] == ["minutes.txt"]
    (out / LIST).write_text("", encoding="utf-8")
    with pytest.raises(Unwritable, match=r'"minutes.txt" is there and was not written by this'):
        update_folder(out, [("minutes.txt", b"")], LIST)
    assert (out / "minutes.txt").read_text(encoding="utf-8") == "theirs"
    with pytest.raises(Unwritable, match="this is not a folder"):
        update_folder(out / "minutes.txt", [("index.html", b"")], LIST)
    with pytest.raises(Unwritable, match="there is no folder to make it in"):
        update_folder(tmp_path / "no" / "such", [("index.html", b"")], LIST)


def test_a_list_cannot_name_what_is_not_there(tmp_path: Path) -> None:
    """A list that was written to harm removes nothing outside its folder, nor through a link."""
    out, other = tmp_path / "site", tmp_path / "other"
    update_folder(out, [("index.html", b"a"), ("bodies/a.html", b"a")], LIST)
    other.mkdir()
    (other / "a.html").write_text("theirs", encoding="utf-8")
    shutil.rmtree(out / "bodies")
    (out / "bodies").symlink_to(other)
    names = ["index.html", "bodies/a.html", "../other/a.html", str(other / "a.html"), "../", ""]
    (out / LIST).write_text("\n".join(names), encoding="utf-8")
    update_folder(out, [("index.html", b"b")], LIST)
    assert (other / "a.html").read_text(encoding="utf-8") == "theirs"


def test_the_command(run: Callable[..., Result], tmp_path: Path) -> None:
    """It says what it did, where to begin, and refuses an address that is none."""
    out = tmp_path / "site"
    asked = ("site", out, "--data", TINY, "--as-of", "2031-06-30")
    first, second = run(*asked), run(*asked)
    assert re.fullmatch(
        rf"wrote {re.escape(str(out))}: \d+ files written, 0 as they were, 0 removed; open \S+\n",
        first.out,
    )
    assert "no files written" in second.out
    wrong = run(*asked, "--base", "example.org")
    assert wrong.code == 2
    assert "write it as https://example.org/reform/" in wrong.err
    assert run(*asked, "--base", "https://example.org/x").code == 0
    assert "https://example.org/x/index.html" in (out / "sitemap.xml").read_text(encoding="utf-8")


# In a browser.

# Of the long lists a few rows, made as all are: axe looks at no row that is filtered away.
KINDS_OF_PAGE = (
    "index.html", "comparison.html", "deadlines.html?state=in-force", "search.html?q=kinshp",
    "councils.html?called=kent", "commitments/transformation-fund.html",
    "milestones/kinship-local-offer-duty.html", "topics/kinship.html", "bodies/dorset.html",
)  # fmt: skip
AXE = {"resultTypes": ["violations"], "preload": False}
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}  # all that a dark page differs in


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a browser, where there is one."""
    chromium = shutil.which("chromium")
    need(chromium, "chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-quic", "--disable-background-networking"],
        )
        yield started
        started.close()


@pytest.fixture(scope="module")
def folder(site: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder in which the site of the bundled record stands."""
    out = tmp_path_factory.mktemp("web") / "site"
    update_folder(out, [(name, text.encode()) for name, text in site.items()], LIST)
    return out


def test_each_kind_of_page_in_a_browser(browser: Browser, folder: Path) -> None:
    """No error, no request elsewhere, nothing to scroll sideways, and axe finds nothing."""
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

    for width in (390, 1280):
        page = browser.new_page(viewport={"width": width, "height": 900})
        said, asked = _listen(page)
        for name in KINDS_OF_PAGE:
            page.goto(f"{folder.as_uri()}/{name}")
            for scheme, options in (("light", AXE), ("dark", AXE | COLOURS)):
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                found = Axe().run(page, options=options).response["violations"]
                broken = [(one["id"], one["nodes"][0]["html"]) for one in found]
                assert broken == [], (name, width, scheme)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert said == []
        assert all(one.startswith(folder.as_uri()) for one in asked)
        page.close()


def _listen(page: Page) -> tuple[list[str], list[str]]:
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    return said, asked


FOUND = {
    "dorset": "bodies/dorset.html",
    "£555m": "commitments/transformation-fund.html",
    "555 million": "commitments/transformation-fund.html",
    "law commission": "bodies/law-commission.html",
    "kinship": "topics/kinship.html",
    "in doubt": "glossary.html",
}


def test_search_finds_as_the_command_does(browser: Browser, folder: Path, record: Known) -> None:
    """What is typed into the box of any page finds what `find` does, in the same order."""
    page = browser.new_page(viewport={"width": 390, "height": 900})
    for text, first in FOUND.items():
        page.goto((folder / "method.html").as_uri())
        page.get_by_role("searchbox").fill(text)
        page.get_by_role("searchbox").press("Enter")
        page.wait_for_selector("#found li")
        links = page.eval_on_selector_all(
            "#found a", "all => all.map(one => one.getAttribute('href'))"
        )
        assert links[0] == first, text
        rows = [
            "glossary.html" if row.kind == "glossary" else f"{row.kind}/{row.id}.html"
            for row in find(record, text)
        ]
        assert links == rows[:100], text
    page.close()


@pytest.mark.parametrize(
    ("text", "shown", "first"),
    [
        ("dorsett", "dorset", "bodies/dorset.html"),
        ("kinshp allowance", "kinship allowance", "recommendations/kinship-allowance.html"),
        ("fosterign", "fostering", "topics/fostering.html"),
        ("kinship xyzzy", "kinship", "topics/kinship.html"),
        ("overdue", "overdue", "deadlines.html?state=overdue"),
        ("late", "late", "deadlines.html?state=overdue"),
        ("conflicts", "conflicts", "conflicts.html"),
        ("where sources differ", "where sources differ", "conflicts.html"),
        ("xyzzy", "", ""),
    ],
)
def test_no_word_is_a_dead_end(
    browser: Browser, folder: Path, text: str, shown: str, first: str
) -> None:
    """For a word that the record does not have, what is nearest is shown, and said to be."""
    page = browser.new_page()
    page.goto((folder / "search.html").as_uri() + f"?q={text}")
    said = page.locator("#status").inner_text()
    links = page.eval_on_selector_all("#found a", "all => all.map(one => one.getAttribute('href'))")
    if text == shown:
        assert said == f"{len(links)} found for “{text}”"
    else:
        assert said.startswith(f"Nothing in the record has “{text}”.")
        assert (f"found for “{shown}”" in said) is bool(shown)
    assert bool(links) is bool(shown)
    assert not first or links[0] == first
    assert "JavaScript" not in page.locator("main").inner_text()
    page.close()


def test_a_phone_has_room_for_the_page(browser: Browser, folder: Path) -> None:
    """The menu has two lines and leads to the rest; long lists are folded, or sought in."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto((folder / "index.html").as_uri())
    places = [one.bounding_box() for one in page.locator("header nav a:visible").all()]
    assert len({place["y"] for place in places if place}) == 2
    page.get_by_role("link", name="More", exact=True).click()
    assert page.locator("#pages").get_by_role("link", name="Glossary").is_visible()
    page.locator("#answers").get_by_role("link", name="Due next").click()
    assert page.url.endswith("deadlines.html#next")
    first = page.locator("#next tbody tr").first.inner_text()
    assert "until 31 Dec 2026" in first
    page.goto((folder / "conflicts.html").as_uri())
    page.get_by_text("Those in the table: ").click()
    page.get_by_role("navigation", name="Those in the table").get_by_role("link").last.click()
    assert re.search("#of-[a-z0-9-]+$", page.url)
    page.goto((folder / "councils.html").as_uri())
    page.get_by_label("Letters of its name").fill("KENT")
    shown = page.locator("tbody tr:visible")
    assert [shown.nth(place).locator("th").inner_text() for place in range(shown.count())] == [
        "Kent"
    ]
    assert page.url.endswith("?called=KENT")
    page.close()


def test_a_filtered_view_has_an_address(browser: Browser, folder: Path) -> None:
    """What is chosen is in the address, and the address shows what was chosen."""
    page = browser.new_page()
    page.goto((folder / "deadlines.html").as_uri() + "?acts=dfe&state=met")
    shown = page.locator("#all tbody tr:not(.group):visible")
    marks = shown.evaluate_all("all => all.map(one => [one.dataset.acts, one.dataset.state])")
    assert marks
    assert all("dfe" in acts.split() and state == "met" for acts, state in marks)
    assert page.locator("#all [role=status]").inner_text() == f"{len(marks)} of 206 shown"
    page.get_by_label("Who must act").select_option("")
    assert page.url.endswith("?state=met")
    assert shown.count() > len(marks)
    page.close()


def test_without_scripts_all_can_be_read(browser: Browser, folder: Path) -> None:
    """Home, an entry, a council and all dates are there; what only a script can do is not."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for name, says in (
        ("index", "£4.0bn"), ("commitments/transformation-fund", "£237m"),
        ("bodies/dorset", "Families First for Children pathfinder"), ("deadlines", "Met late"),
    ):  # fmt: skip
        page.goto((folder / f"{name}.html").as_uri())
        assert says in page.locator("main").inner_text()
    assert not page.locator("form.filters").first.is_visible()
    context.close()
