"""Figures, days and citations in words: the same in findings, answers and every format."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from reformcalc.values.money import NOUGHT, NUMBERS, PENNY, Qualifier, Sum

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date
    from typing import TypeAlias

    from reformcalc.record.model import Claim, Dataset
    from reformcalc.values.due import Due

    Cited: TypeAlias = tuple[str, str]

_BILLIONS, _MILLIONS, _POUNDS = (Decimal(10**9), "bn"), (Decimal(10**6), "m"), (Decimal(1), "")
_MOST_PLACES = 3
_THIRD_DECIMAL = Decimal(10**3)  # of a million, in pounds
MINUS = "\N{MINUS SIGN}"
WHOLE_PAGE = "page"  # the place of what stands on a web page


def pounds(value: Decimal) -> str:
    """Write pounds in the largest unit that keeps every penny in at most three decimals.

    Pounds themselves have two, where there are pence, or none.
    """
    for unit, sign in (_BILLIONS, _MILLIONS):
        scaled = value / unit
        if abs(scaled) >= 1 and scaled == round(scaled, _MOST_PLACES):
            return _signed(_plain(scaled), sign)
    pence = value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return _signed(_plain(pence) if pence == round(pence) else f"{pence:,.2f}", "")


def millions(value: Decimal) -> str:
    """Write pounds in millions with one decimal where they need it, less than a million in full."""
    if abs(value) >= 10**6:
        value = value.quantize(Decimal("1E5"), rounding=ROUND_HALF_UP)
    return MoneyWriter([value], divided=True)(value)


def between(low: str | None, high: str | None) -> str:
    """Write two bounds as a sentence would; None stands for no bound."""
    match low, high:
        case None, None:
            return "no bound"
        case None, _:
            return f"at most {high}"
        case _, None:
            return f"at least {low}"
        case _:
            return low if low == high else f"{low} to {high}"


def shortfall(least: Decimal | None, most: Decimal | None, write: Callable[[Decimal], str]) -> str:
    """Write what is lacking between two bounds: "£190.5m short to £384.5m over"; None: no bound."""

    def side(end: Decimal) -> str:
        return f"{write(abs(end))} {'over' if end < 0 else 'short'}" if end else write(end)

    if least is None:
        return "no bound" if most is None else f"at {'least' if most < 0 else 'most'} {side(most)}"
    if most is None:
        return f"at {'most' if least < 0 else 'least'} {side(least)}"
    if least < 0 < most:
        return f"{side(most)} to {side(least)}"
    near, far = sorted((least, most), key=abs)
    return side(far) if near == far else f"{write(abs(near))} to {side(far)}"


def money(value: Sum) -> str:
    """Write a sum with its bounds in words: "£200m", "up to £89m", "£45m to £134m"."""
    return phrase(value, pounds)


def phrase(value: Sum, write: Callable[[Decimal], str]) -> str:
    """Write a sum in words, each figure by `write`."""
    match value.qualifier:
        case Qualifier.EXACT:
            return write(value.stated)
        case Qualifier.AT_LEAST:
            return f"{value.word or 'at least'} {write(value.stated if value.word else value.low)}"
        case Qualifier.RANGE if value.high is not None:
            return f"{write(value.low)} to {write(value.high)}"
        case _:
            figure = value.stated if value.word or value.high is None else value.high
            return f"{value.word or 'up to'} {write(figure)}"


class MoneyWriter:
    """Writes pounds in one unit, with as many decimals as the finest of a column needs.

    Millions where there are any and three decimals write every figure, else pounds, with pence
    where one has them: so a column adds up on paper. Figures that were `divided` may have no end;
    those are rounded, and none to nothing.
    """

    def __init__(self, values: Iterable[Decimal], *, divided: bool = False) -> None:
        figures = [abs(value) for value in values]
        million = max(figures, default=NOUGHT) >= 10**6
        if divided:
            figures = [_shortened(value, million=million) for value in figures]
        million = million and all(value % _THIRD_DECIMAL == 0 for value in figures)
        self._unit, self._sign = _MILLIONS if million else _POUNDS
        places = range(_MOST_PLACES + 1) if million else (0, 2)
        *fewer, most = places
        scaled = [value / self._unit for value in figures]
        whole = (n for n in fewer if all(value == round(value, n) for value in scaled))
        self._last = Decimal(1).scaleb(-next(whole, most))

    def __call__(self, value: Decimal) -> str:
        scaled = (value / self._unit).quantize(self._last, rounding=ROUND_HALF_UP)
        return _signed(f"{scaled:,f}", self._sign) if scaled else "£0"


def percent(value: Decimal | None) -> str:
    """Write a percentage with one decimal, halves up; "" for none."""
    if value is None:
        return ""
    rounded = value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return f"{MINUS if rounded < 0 else ''}{abs(rounded):,f}%"


@lru_cache(maxsize=1024)  # what many rows came from is of few days
def day(when: date) -> str:
    """Write a day as 20 June 2023."""
    return f"{when.day} {when:%B} {when.year}"


def short_day(when: date) -> str:
    """Write a day as 20 Jun 2023."""
    return f"{when.day} {when:%b} {when.year}"


def as_said(due: str) -> str:
    """Write the words of a date as prose has them: a financial year is told by its form."""
    return due.replace("FY ", "")


def spelt(text: str) -> str:
    """Write spans as prose has them: "2023-24..2024-25" is "2023-24 to 2024-25"."""
    return re.sub(r"(?<=\d)\.\.(?=\d{4}-)", " to ", text)


def counted(number: int, one: str, many: str | None = None) -> str:
    """Write a number with its noun: "1 row", "2 rows", "no rows"."""
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


def number(count: int) -> str:
    """Write a small number in words, as sentences do: "four"; a large one in digits."""
    spelt = (word for word, value in NUMBERS.items() if value == count and count <= 10)
    return next(spelt, str(count))


def listed(words: Iterable[str]) -> str:
    """Join words as a sentence does: "a, b and c"; "" for none.

    Where one of several has a comma of its own, semicolons tell them apart: "a; b, of c; and d".
    """
    every = [*words] or [""]
    *first, last = every
    if len(every) > 2 and any("," in one for one in every):
        return f"{'; '.join(first)}; and {last}"
    return f"{', '.join(first)} and {last}" if first else last


def few(names: Sequence[str], most: int) -> list[str]:
    """Return the first names, and as one more how many others there are: "3 more"."""
    return [*names[:most], *([f"{len(names) - most} more"] if len(names) > most else [])]


def sentence(text: str) -> str:
    """Begin a text with a capital letter, and leave all others as they are."""
    return text[:1].upper() + text[1:]


def quoted(text: str) -> str:
    """Write the words of a source between marks; those within them are single ones."""
    inner = text.replace("\N{LEFT DOUBLE QUOTATION MARK}", "\N{LEFT SINGLE QUOTATION MARK}")
    inner = inner.replace("\N{RIGHT DOUBLE QUOTATION MARK}", "\N{RIGHT SINGLE QUOTATION MARK}")
    return f"\N{LEFT DOUBLE QUOTATION MARK}{inner}\N{RIGHT DOUBLE QUOTATION MARK}"


def signed(figure: str, *, down: bool) -> str:
    """Write a change with its sign before the figure."""
    return f"{MINUS if down else '+'}{figure}"


def citation(dataset: Dataset, claim: Claim) -> str:
    """Write where a claim stands: who said it, publisher, title where needed, date, place.

    The title is needed where the document has no date, or another has the same publisher and date.
    Of a web page, the place is the page: that says nothing.
    """
    source = dataset.sources[claim.source]
    date = published(source.published) if source.published else "undated"
    needed = source.published is None or claim.source in dataset.namesakes
    title = f'"{source.title}"' if needed else None
    place = None if claim.at == WHOLE_PAGE else claim.at
    return ", ".join(part for part in (claim.by, source.publisher, title, date, place) if part)


def cited(dataset: Dataset, claims: Iterable[Claim]) -> tuple[Cited, ...]:
    """Return where several claims stand, each place once, with the id of its source."""
    return tuple(dict.fromkeys((claim.source, citation(dataset, claim)) for claim in claims))


def citations(dataset: Dataset, claims: Iterable[Claim]) -> str:
    """Write where several claims stand, each place once."""
    return "; ".join(text for _, text in cited(dataset, claims))


def published(when: Due) -> str:
    """Write when a document was published: "20 June 2023", "between 2 February and ..."."""
    assert when.earliest is not None, when.text  # parse_when dates all that it accepts
    assert when.latest is not None, when.text
    if when.earliest == when.latest:
        return day(when.latest)
    if when.precision == "interval":
        return f"between {day(when.earliest)} and {day(when.latest)}"
    return when.text


def _shortened(value: Decimal, *, million: bool) -> Decimal:
    """Round what a division left to a tenth of a million or, in a column without any, to the pound.

    A smaller figure keeps its first digit. What its column can write in full stays as it is.
    """
    finest, digit = (_THIRD_DECIMAL, 5) if million else (PENNY, 0)
    if value % finest == 0:
        return value
    return value.quantize(Decimal(1).scaleb(min(digit, value.adjusted())), rounding=ROUND_HALF_UP)


def _signed(figure: str, sign: str) -> str:
    minus = MINUS if figure.startswith("-") else ""
    return f"{minus}£{figure.lstrip('-')}{sign}"


def _plain(number: Decimal) -> str:
    """Write a number without trailing noughts after the point, with thousands commas."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def short(value: Decimal) -> str:
    """Write pounds as a headline does: "£4.0bn", "£139m", "£460,000"."""
    for (unit, sign), places in ((_BILLIONS, 1), (_MILLIONS, 0)):
        scaled = _rounded(value / unit, places)
        if abs(scaled) >= 1:
            return _signed(f"{scaled:,f}", sign)
    return _signed(f"{_rounded(value, 0):,f}", "")


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


class Scaled:
    """Writes the figures of a column in one unit that its head names: whole ones, as people read.

    Millions where the largest is ten or more, thousands where it is a million, else pounds. A
    figure too small to show as a whole one has a decimal; only nothing is 0. `exact` writes every
    figure to the pound.
    """

    def __init__(self, values: Iterable[Decimal], *, exact: bool = False) -> None:
        most = max((abs(value) for value in values), default=NOUGHT)
        units = ((10**7, Decimal(10**6), "£ million"), (10**6, Decimal(10**3), "£ thousand"))
        found = ((unit, name) for least, unit, name in units if most >= least and not exact)
        self._unit, self.name = next(found, (Decimal(1), "£"))

    def __call__(self, value: Decimal) -> str:
        scaled = value / self._unit
        whole = _rounded(scaled, 0)
        if whole or not scaled:
            return f"{whole:,f}" if whole else "0"
        tenth = _rounded(scaled, 1)
        return f"{tenth:f}" if tenth else "<0.1"

    def bounds(self, value: Sum) -> str:
        """Write the least and the most that a sum can be: "1,656", "0–560", "at least 45"."""
        if value.high is None:
            return f"at least {self(value.low)}"
        low, high = self(value.low), self(value.high)
        return low if low == high else f"{low}–{high}"

    def worded(self, value: Sum) -> str:
        """Write a sum with the word of its document: "over 2,400", "up to 9", "560"."""
        if value.word:
            return f"{value.word} {self(value.stated)}"
        return self(value.stated) if value.high is not None else f"over {self(value.stated)}"
