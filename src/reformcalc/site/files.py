"""All files of a site: the pages, what they are found by, what is new, and how it looks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reformcalc.answers.briefing import kept_by
from reformcalc.answers.chosen import singular
from reformcalc.answers.deadlines.answers import deadlines
from reformcalc.answers.deadlines.dates import Dates
from reformcalc.answers.deadlines.events import IN_A_CALENDAR, calendar_name, events, left_out
from reformcalc.answers.lookup import find
from reformcalc.answers.lookup.find import folded
from reformcalc.answers.lookup.glossary import glossary
from reformcalc.answers.news import news
from reformcalc.printable import printable
from reformcalc.render.html.site import INDEX, SCRIPT, STYLE, SitePages, site_script, site_style
from reformcalc.report import Page, Site
from reformcalc.site.addresses import address, entries, former
from reformcalc.site.entry_pages import entry_pages
from reformcalc.site.feeds import atom, sitemap
from reformcalc.site.front_pages import CALENDAR, front_pages, menu, sought

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reformcalc.ledger.known import Known

FEED, SITEMAP = "feed.xml", "sitemap.xml"


def site_files(
    record: Known, *, digest: str, imprint: str = "", base: str | None = None, dated: bool = True
) -> Iterator[tuple[str, bytes]]:
    """Yield each file of the site of a record: its address in it, and its bytes.

    `digest` is the fingerprint of the record's files. `base` is the address on the web that the
    site is to have, which a map of it needs. `dated` says whether it has a calendar, which needs a
    package of its own.
    """
    stamp = record.stamp
    site = Site(
        title=record.about.title,
        as_of=record.as_of,
        dataset=type(stamp)(stamp.title, stamp.version, digest),
        imprint=" ".join(filter(None, (imprint, kept_by(record)))),
        menu=menu(record),
        entries=entries(record),
        feed=FEED,
        calendar=CALENDAR if dated else None,
    )
    drawn = SitePages(site)
    addresses = []
    for page in (*front_pages(record, site.calendar), *entry_pages(record)):
        addresses.append(page.address)
        yield page.address, drawn.draw(page).encode()
    for was, entry in former(record):
        now, called = site.entries[entry]
        yield was, drawn.lead_on(Page(was, called, ()), now).encode()
    yield STYLE, site_style().encode()
    yield SCRIPT, site_script().encode()
    yield INDEX, _index(record).encode()
    yield FEED, atom(site, news(record), base).encode()
    if dated:
        yield CALENDAR, _calendar(record).encode()
    if base:
        yield SITEMAP, sitemap(addresses, base).encode()


def _index(record: Known) -> str:
    """Return what the pages are found by, as a script: in a folder a page can load nothing else."""
    held = {
        "small": sorted(find.SMALL),
        "naming": find.NAMING,
        "whole": find.WHOLE_WORD,
        "together": find.TOGETHER,
        "words": [
            ["glossary.html", word, printable(meaning), folded(word)]
            for word, meaning in glossary().means.items()
        ],
        "pages": [
            [place, title, [*map(folded, (title, *others))]]
            for place, title, others in sought(record)
        ],
        "entries": [
            [
                address(one.kind, one.id),
                singular(one.kind),
                printable(one.name),
                printable(one.says),
                one.factor,
                [printable(name) for name in one.names],
                [[weight, printable(text)] for weight, text in one.texts.items()],
                [[weight, int(value)] for value, weight in one.sums.items()],
            ]
            for one in find.index(record)
        ],
    }
    written = json.dumps(held, ensure_ascii=False, separators=(",", ":"))
    return f'"use strict";\nconst INDEX = {written};\n'


def _calendar(record: Known) -> str:
    """Return the dates as a calendar, as the command for them writes it."""
    from reformcalc.render.ics import render_ics  # noqa: PLC0415  an optional extra

    dates = Dates(record)
    report = deadlines(dates, IN_A_CALENDAR)
    return render_ics(
        events(record, report),
        name=calendar_name(dates),
        notes=(report.headline, *left_out(report), *report.sentences),
        as_of=report.as_of,
    )
