"""What is new as an Atom feed (RFC 4287), and the map of a site (sitemaps.org)."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from reformcalc.printable import printable
from reformcalc.site.addresses import address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reformcalc.answers.news import NewsRow
    from reformcalc.report import Report, Site

_NEWEST = 60  # things that happened


def atom(site: Site, report: Report[NewsRow], base: str | None) -> str:
    """Return the newest of what happened as a feed.

    Its ids stay the same for good: they are made of the entry, the day and, of several things on a
    day, which one it is. Without the address of the site its links are relative to the feed.
    """
    newest = report.rows[:_NEWEST]
    updated = max((row.day for row in newest), default=site.as_of)
    root = base or ""
    attribute = f" xml:base={quoteattr(base)}" if base else ""
    seen: Counter[str] = Counter()
    return "\n".join([
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB"{attribute}>',
        f"<title>{_text(site.title)}</title>",
        f"<id>{_text(root + 'feed.xml' if base else _urn(site.title))}</id>",
        f"<updated>{updated.isoformat()}T00:00:00Z</updated>",
        f"<author><name>{_text(site.imprint)}</name></author>",
        f'<link rel="self" href={quoteattr(root + site.feed)}/>',
        f'<link href={quoteattr(root + "index.html")}/>',
        *(line for row in newest for line in _entry(row, root, seen)),
        "</feed>",
        "",
    ])  # fmt: skip


def _entry(row: NewsRow, root: str, seen: Counter[str]) -> Iterator[str]:
    day, page = row.day.isoformat(), address(row.kind, row.id)
    id_ = f"{page.removesuffix('.html')}/{day}"
    seen[id_] += 1
    yield "<entry>"
    yield f"<title>{_text(row.title)}</title>"
    yield f"<id>{_urn(f'{id_}/{seen[id_]}')}</id>"
    yield f"<updated>{day}T00:00:00Z</updated>"
    yield f"<link href={quoteattr(root + page)}/>"
    yield f"<summary>{_text(f'{row.says} ({row.place})')}</summary>"
    yield "</entry>"


def _urn(name: str) -> str:
    """Return a name as a URN; of letters that it may not have, none."""
    return f"urn:x-reformcalc:{re.sub(r'[^a-z0-9/]+', '-', name.lower()).strip('-')}"


def _text(text: str) -> str:
    return escape(printable(text))


def sitemap(addresses: Iterable[str], base: str) -> str:
    """Return the map of a site that stands at an address."""
    return "\n".join([
        '<?xml version="1.0" encoding="utf-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *(f"<url><loc>{escape(base + one)}</loc></url>" for one in addresses),
        "</urlset>",
        "",
    ])  # fmt: skip
