"""Financial years, 1 April to 31 March, written `2023-24`; and runs of them, `2023-24..2024-25`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_YEAR = re.compile(r"([0-9]{4})-([0-9]{2})")
_RUN = re.compile(rf"{_YEAR.pattern}(?:\.\.{_YEAR.pattern})?")
# What is written for the two dots.
_BETWEEN = re.compile(r"\s+(?:to|and|[–-])\s+|\s*(?:\.{2,}|…)\s*")
_ONE = 'one as "2023-24"'
MOST_YEARS = 50  # of a run: contracts of public bodies last up to 40
_SEVERAL = '"2023-24", or "2023-24..2024-25" for several'


@dataclass(frozen=True, slots=True, order=True)
class FinancialYear:
    """A financial year by the calendar year in which it starts."""

    start: int

    def __str__(self) -> str:
        return f"{self.start}-{(self.start + 1) % 100:02}"

    @property
    def before(self) -> FinancialYear:
        """The year before it."""
        return FinancialYear(self.start - 1)


@dataclass(frozen=True, slots=True, order=True)
class Years:
    """A run of financial years, first and last included."""

    first: FinancialYear
    last: FinancialYear

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}..{self.last}"

    def __iter__(self) -> Iterator[FinancialYear]:
        return iter(_run(self.first.start, self.last.start))

    def __len__(self) -> int:
        return self.last.start - self.first.start + 1

    def shared(self, other: Years) -> Years | None:
        """Return the years that both cover, or None where they have none in common."""
        first = self.first if self.first.start > other.first.start else other.first
        last = self.last if self.last.start < other.last.start else other.last
        return Years(first, last) if first.start <= last.start else None


@lru_cache(maxsize=1024)  # the same few runs are gone through for every sum
def _run(first: int, last: int) -> tuple[FinancialYear, ...]:
    return tuple(FinancialYear(start) for start in range(first, last + 1))


def written(years: Iterable[FinancialYear]) -> str:
    """Write some years as their runs, in order: "2022-23, 2025-26..2026-27"; "" for none."""
    runs: list[Years] = []
    for year in sorted(years):
        if runs and runs[-1].last.start + 1 == year.start:
            runs[-1] = Years(runs[-1].first, year)
        else:
            runs.append(Years(year, year))
    return ", ".join(map(str, runs))


def financial_year_of(day: date) -> FinancialYear:
    """Return the financial year that a day falls in."""
    return FinancialYear(day.year if day >= date(day.year, 4, 1) else day.year - 1)


def parse_year(text: str) -> FinancialYear:
    """Read `2023-24`. Raises ValueError where the second year does not follow the first."""
    return _year(text, _ONE)


def _year(text: str, accepted: str) -> FinancialYear:
    match = _YEAR.fullmatch(text.strip())
    if near := re.fullmatch(r"((?:19|20|21)\d\d)(?:/\d{2,4}|-\d{4})?", text.strip()):
        raise ValueError(f'"{text}" is not a financial year; write "{FinancialYear(int(near[1]))}"')
    if match is None or not 1900 <= int(match[1]) <= 2200:
        raise ValueError(f'"{text}" is not a financial year; write {accepted}')
    year = FinancialYear(int(match[1]))
    if str(year) != text.strip():
        raise ValueError(f'"{text}" is not a financial year: {match[1]} is followed by "{year}"')
    return year


def parse_years(text: str) -> Years:
    """Read `2023-24` or `2023-24..2024-25`. Raises ValueError where the last is not after.

    A run has at most `MOST_YEARS`: a longer one is a slip of the pen.
    """
    first, dots, last = text.partition("..")
    try:
        years = Years(_year(first, _SEVERAL), _year(last if dots else first, _SEVERAL))
    except ValueError:
        run = _BETWEEN.sub("..", " ".join(text.split())).strip(".")
        if run != text and _RUN.fullmatch(run):
            advice = f'write "{run}"'
        elif dots and (not first or not last or ".." in last):
            advice = f"write {_SEVERAL}"
        else:
            raise  # it is of one of the years, and quotes that
        message = f'"{text}" is not a financial year or a run of them; {advice}'
        raise ValueError(message) from None
    if years.first > years.last:
        raise ValueError(f'"{text}" runs backwards; write the earlier year first')
    if len(years) > MOST_YEARS:
        raise ValueError(
            f'"{text}" is {len(years)} years; no promise is for more than {MOST_YEARS}, so check '
            "both ends"
        )
    return years
