"""The other views of a comparison on one screen: its parts, its choices, its years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.comparison.bases import chosen_rows
from reformcalc.answers.comparison.explain import parts
from reformcalc.answers.comparison.figures import (
    HEADINGS,
    TONES,
    scale,
    share_in_words,
    share_run,
    whole_percent,
)
from reformcalc.answers.comparison.over_years import over_years
from reformcalc.answers.comparison.screen import CompareScreen, notes
from reformcalc.answers.comparison.sensitivity import sensitivity
from reformcalc.screen import Cell, Head, Line, LineKind, Listing, Range, Screen
from reformcalc.values.money import NOUGHT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from reformcalc.answers.comparison.comparison import Comparison
    from reformcalc.answers.comparison.explain import PartRow
    from reformcalc.answers.comparison.over_years import YearRow
    from reformcalc.answers.comparison.sensitivity import ChoiceRow
    from reformcalc.answers.comparison.verdict import CompareRow
    from reformcalc.values.money import Sum

_COUNTS = (
    "Counts: evenly spread where years matter. Could: if all of it is new that no source calls old."
)
_SO_FAR = "So far: evenly spread; the bar is from what lies wholly inside the years to what could."


def explain_screen(
    comparison: Comparison, bases: Sequence[str] = (), *, every: bool = False
) -> Screen:
    """Show what each sum adds to the rows that answer, to some bases, or to all (`every`)."""
    main = [] if bases or every else [one.row for one in CompareScreen(comparison).main]
    rows = main or chosen_rows(comparison, bases)[0]
    found = [(row, list(parts(comparison, row))) for row in rows]
    told = [part for _, some in found for part in some]
    scaled = words.Scaled([NOUGHT + part.could_gbp for part in told])
    listings = [_parts_of(comparison, row, some, scaled, every=every) for row, some in found]
    return Screen(
        answer=_largest_part(comparison, *found[0]),
        listings=tuple(listings),
        notes=(_COUNTS, *(_range(row) for row in rows if row.spread)),
        ways=(("All ways", "--all"), ("To the pound", "--long"), ("One way", "--basis ID")),
        whole=every,
    )


def _plain(row: CompareRow) -> str:
    return words.sentence(row.label).removesuffix(" (like for like)")


def _range(row: CompareRow) -> str:
    """Say why the range of a row is wider than what its sums could add, evenly spread."""
    least, most = row.committed.low, row.committed.high
    span = words.between(words.short(least), None if most is None else words.short(most))
    return f"{_plain(row)}: {span} in all, since a sum may fall in any of its own years."


def _largest_part(comparison: Comparison, row: CompareRow, some: Sequence[PartRow]) -> str:
    """Say what a row comes to, and which sum is most of it."""
    label = _plain(row)
    money = words.short(row.committed.stated)
    if not some or not some[0].counts_gbp:
        return f"{label}: {money}"
    most = words.short(NOUGHT + some[0].counts_gbp)
    return f"{label}: {money}, {most} of it from {comparison.name_of(some[0].id)}"


def _parts_of(
    comparison: Comparison,
    row: CompareRow,
    some: Sequence[PartRow],
    scaled: words.Scaled,
    *,
    every: bool,
) -> Listing:
    """List what went into a row, under its label, with what it adds up to."""

    def line(
        title: str, of: Sequence[PartRow], years: str = "", kind: LineKind = LineKind.ROW
    ) -> Line:
        figures = (
            scaled(NOUGHT + sum(part.counts_gbp for part in of)),
            scaled(NOUGHT + sum(part.could_gbp for part in of)),
        )
        return Line((Cell(title), Cell(years), *map(Cell, figures)), kind)

    label = words.sentence(row.label)
    lines = [
        line(comparison.name_of(part.id), [part], (part.years or "").replace("..", " to "))
        for part in some
    ]

    def rest(hidden: Sequence[Line]) -> Line:
        return line(f"{len(hidden)} smaller", some[len(some) - len(hidden) :])

    return Listing(
        heads=(
            Head(scaled.name, grows=True),
            Head("Years"),
            Head("Counts", right=True),
            Head("Could", right=True),
        ),
        lines=(Line((Cell(label),), LineKind.HEADING), *lines),
        total=line("Total", some, kind=LineKind.TOTAL),
        folded=None if every else rest,
        least=4,
    )


def sensitivity_screen(comparison: Comparison, *, every: bool = False) -> Screen:
    """Show what each single choice makes of the like-for-like answer, what moves it most first."""
    report = sensitivity(comparison)
    base, *others = report.rows
    choices = [row for row in others if row.commitment is None]
    apart = [row for row in others if row.commitment is not None]
    listings = [_choices("One choice made otherwise", [base, *choices], every=every)]
    if apart:
        heading = "Counted apart from the sum that we take it to be part of"
        listings.append(_choices(heading, apart, _apart(comparison, apart), every=every))
    return Screen(
        answer=_moves(base, choices),
        listings=tuple(listings),
        ways=(("All choices", "--all"), ("Reasons", "--long")),
        whole=every,
    )


def _moves(base: ChoiceRow, choices: Sequence[ChoiceRow]) -> str:
    """Say what one choice at a time makes of the share."""
    every = [base, *choices]
    highs = [row.share_percent_high for row in every if row.share_percent_high is not None]
    low = whole_percent(min(row.share_percent_low for row in every))
    ends = words.between(low, whole_percent(max(highs)) if len(highs) == len(every) else None)
    alike = f"Like for like {share_in_words(base)}, {base.standing}"
    if ends == share_in_words(base):
        return f"{alike}; no choice alone moves it further"
    return f"{alike}; one choice alone can make it {ends}"


def _apart(comparison: Comparison, rows: Sequence[ChoiceRow]) -> list[str]:
    """Name the sums that are counted apart, each with what is supposed of it besides.

    One that could lie in two others is told from itself by the name of the other.
    """
    entries = comparison.record.commitments
    found = []
    for row in rows:
        assert row.commitment is not None
        assert row.envelope is not None
        _, _, besides = row.label.rpartition("as separate")
        found.append((f"{entries[row.commitment].name}{besides}", entries[row.envelope].name))
    names = [name for name, _ in found]
    return [
        f"{name}, outside {around}" if names.count(name) > 1 else name for name, around in found
    ]


def _choices(
    heading: str,
    rows: Sequence[ChoiceRow],
    named: Sequence[str] = (),
    *,
    every: bool,
) -> Listing:
    def line(row: ChoiceRow, label: str) -> Line:
        cells = (
            Cell(words.sentence(label)),
            Cell(share_run(row)),
            Cell(row.standing, TONES[row.standing]),
        )
        return Line(cells)

    def rest(hidden: Sequence[Line]) -> Line:
        return Line((Cell(f"and {len(hidden)} that move it less"),))

    return Listing(
        heads=(
            Head(grows=True),
            Head("Share", right=True),
            Head("Verdict"),
        ),
        lines=(
            Line((Cell(heading),), LineKind.HEADING),
            *map(line, rows, named or [row.label for row in rows]),
        ),
        folded=None if every else rest,
        least=3,
    )


def over_years_screen(comparison: Comparison, *, every: bool = False) -> Screen:
    """Show year by year what is promised and asked for, and when it is reached.

    The money that was asked for, new or all, or both (`every`).
    """
    report = over_years(comparison)
    wanted = comparison.benchmark.asks_for or "new"
    kinds = dict.fromkeys((wanted, "new", "all")) if every else (wanted,)
    rows = [row for kind in kinds for row in report.rows if row.counts == kind]
    ask = comparison.benchmark.amount
    finding = report.finding.replace("what was asked for", words.pounds(ask.stated))
    finding = finding.replace(" in each year", "", 1)
    figures = [
        end
        for row in rows
        for end in (row.committed_so_far.stated, row.committed_so_far.high)
        if end is not None
    ]
    scaled = words.Scaled(figures)
    lines = list(_years(rows, scaled, ask.stated))
    ranges = [cell for line in lines for cell in line.cells if isinstance(cell, Range)]
    return Screen(
        answer=words.sentence(finding),
        listings=(
            Listing(
                heads=(
                    Head(scaled.name),
                    Head("Promised", right=True),
                    Head("Asked", right=True),
                    Head("So far", right=True),
                    Head("Asked so far", right=True),
                    Head(grows=True),
                ),
                lines=tuple(lines),
                scale=scale(ranges, words.pounds(ask.stated), "if evenly spread"),
            ),
        ),
        notes=(_SO_FAR, *_year_one(comparison), *list(notes(comparison))[-1:]),
        ways=(("All money too", "--all"), ("Bounds and notes", "--long")),
        whole=every,
    )


def _year_one(comparison: Comparison) -> Iterator[str]:
    if comparison.numbered and comparison.first_year:
        yield f"Year 1 is read as {comparison.first_year}."


def _years(rows: Iterable[YearRow], scaled: words.Scaled, ask: Decimal) -> Iterator[Line]:
    above = ""
    for row in rows:
        if row.counts != above:
            yield Line((Cell(HEADINGS[f"{row.counts}-money"]),), LineKind.HEADING)
        above = row.counts
        figures = (row.committed, row.benchmark, row.committed_so_far, row.benchmark_so_far)
        cells = ("" if one is None else scaled(one.stated) for one in figures)
        yield Line((Cell(row.year), *map(Cell, cells), _share_of(row.committed_so_far, ask)))


def _share_of(money: Sum, ask: Decimal) -> Range:
    """Return money as a range, in per cent of what was asked for."""
    low, stated = (value * 100 / ask for value in (money.low, money.stated))
    return Range(low, stated, None if money.high is None else money.high * 100 / ask)
