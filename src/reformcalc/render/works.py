"""Documents as lists of references have them: CSL-JSON and BibTeX, which citation managers read.

https://docs.citationstyles.org and https://www.bibtex.org. A document is a web page where it has an
address, else a report; who published it stands for its author.
"""

from __future__ import annotations

import json
import re
from calendar import monthrange
from itertools import takewhile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from reformcalc.report import Work


def render_csl(works: Sequence[Work]) -> str:
    """Return documents as CSL-JSON."""
    items = [dict(_item(work)) for work in works]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _item(work: Work) -> Iterator[tuple[str, Any]]:
    yield "id", work.id
    yield "type", "webpage" if work.url else "report"
    yield "title", work.title
    yield "author", [{"literal": work.publisher}]
    yield "publisher", work.publisher
    if issued := _parts(work.first, work.last):
        yield "issued", {"date-parts": issued}
    if work.accessed:
        yield "accessed", {"date-parts": _parts(work.accessed, work.accessed)}
    if work.url:
        yield "URL", work.url


def _parts(first: date | None, last: date | None) -> list[list[int]]:
    """Return the days between which something was: as one day, month or year where they are it."""
    if first is None or last is None:
        return []
    if first == last:
        return [[first.year, first.month, first.day]]
    whole_months = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if whole_months and (first.year, first.month) == (last.year, last.month):
        return [[first.year, first.month]]
    if whole_months and (first.month, last.month) == (1, 12) and first.year == last.year:
        return [[first.year]]
    return [[one.year, one.month, one.day] for one in (first, last)]


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPECIAL = re.compile(r"[\\{}&%$#_~^]")
_WORDS = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def render_bibtex(works: Sequence[Work]) -> str:
    """Return documents as BibTeX."""
    return "\n".join(map(_entry, works))


def _entry(work: Work) -> str:
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(work))
    return f"@misc{{{work.id},\n{fields}}}\n"


def _fields(work: Work) -> Iterator[tuple[str, str]]:
    """Yield the fields of a document; braces keep capitals, and names of bodies, as they are."""
    yield "author", f"{{{{{_tex(work.publisher)}}}}}"
    yield "title", f"{{{{{_tex(work.title)}}}}}"
    # A run of days has the year, or the month, that all of it is in.
    parts = zip(*_parts(work.first, work.last), strict=False)
    same = [one[0] for one in takewhile(lambda ends: len(set(ends)) == 1, parts)]
    if same:
        yield "year", f"{{{same[0]}}}"
    if same[1:]:
        yield "month", _MONTHS[same[1] - 1]
    if work.url:
        yield "url", f"{{{work.url}}}"
    if work.accessed:
        yield "urldate", f"{{{work.accessed.isoformat()}}}"


def _tex(text: str) -> str:
    """Return a text in which TeX sees letters alone."""
    return _SPECIAL.sub(lambda one: _WORDS.get(one[0], f"\\{one[0]}"), text)
