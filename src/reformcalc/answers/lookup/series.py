"""A figure by year: drawn, with its changes as printed and as worked out, and beside promises."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.chosen import age
from reformcalc.answers.citing import citing
from reformcalc.answers.lookup.meant import meant
from reformcalc.answers.question import Question
from reformcalc.errors import Refused
from reformcalc.ledger.measure import Measure
from reformcalc.report import Chart, Column, Note, Report, Shape
from reformcalc.rows import Kind, computed, means
from reformcalc.screen import Cell, Head, Line, LineKind, Listing, Range, Scale, Screen
from reformcalc.values.money import NOUGHT, round_pounds
from reformcalc.values.years import Years

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reformcalc.ledger.known import Known
    from reformcalc.record.model import FigureEntry
    from reformcalc.values.money import Quantity
    from reformcalc.values.years import FinancialYear


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A year of a figure that is given by year."""

    id: str = field(metadata=means("the figure", Kind.ID, names="figures"))
    year: str = field(metadata=means("the financial year", Kind.TEXT))
    value: str = field(metadata=means("its value, in the document's words", Kind.TEXT))
    value_gbp: int | None = field(
        metadata=means("the same in pounds; empty where it is no money", Kind.POUNDS)
    )
    breaks: bool = field(
        metadata=means("whether it cannot be compared with the years before", Kind.TRUTH)
    )
    change_percent: Decimal | None = field(
        metadata=means("the change on the year before, as printed", Kind.PERCENTAGE)
    )
    worked_percent: Decimal | None = field(
        metadata=means(
            "the same worked out from the values as printed, to as many decimals; empty over a "
            "break",
            Kind.PERCENTAGE,
        )
    )

    @property
    @computed(Kind.TEXT)
    def remark(self) -> str:
        """That it cannot be compared with the years before, where that is so."""
        return "not comparable with the years before" if self.breaks else ""

    @property
    def differs(self) -> bool:
        """Whether the change as printed is not what the values as printed give."""
        return self.change_percent is not None and self.change_percent != self.worked_percent


def series(record: Known, text: str) -> Report[SeriesRow]:
    """Return a figure year by year. Raises as `meant` does, and Refused where it has no years."""
    id_, figure = _with_years(record, text)
    rows = tuple(_rows(id_, figure))
    return Report(
        name="series",
        as_of=record.as_of,
        dataset=record.stamp,
        headline=_headline(figure),
        rows=rows,
        row_type=SeriesRow,
        columns=(
            Column("year", shape=Shape.NAME),
            Column("value", shape=Shape.FIGURE),
            Column("change_percent", "Change, %"),
            Column("worked_percent", "From these values, %"),
            Column("remark"),
        ),
        notes=(
            *(Note(f"{one}.") for one in (*_broken(figure), *_differing(rows))),
            *map(Note, beside_promises(record, figure)),
            Note(f"As of {words.day(record.as_of)}."),
            *age(record),
        ),
    )


def screen(record: Known, text: str) -> Screen:
    """Return the same drawn: a bar for each year, with the breaks between them."""
    id_, figure = _with_years(record, text)
    rows, values = tuple(_rows(id_, figure)), [one.amount.stated for one in figure.series.values()]
    lines: list[Line] = []
    for row, value in zip(rows, values, strict=True):
        if row.breaks:
            told = f"Break: {row.year} and later are not comparable with the years before"
            lines.append(Line((Cell(told),), LineKind.HEADING))
        changed = f"{words.percent(row.change_percent)}{'*' if row.differs else ' '}"
        lines.append(
            Line((Cell(row.year), Cell(row.value), Cell(changed), Range(NOUGHT, None, value)))
        )
    changes = Head("Change" if figure.changes else "", right=True)
    heads = (Head("Year"), Head("", right=True), changes, Head(grows=True))
    return Screen(
        answer=_headline(figure),
        said=tuple(beside_promises(record, figure)),
        listings=(Listing(heads, tuple(lines), scale=_scale(figure, values)),),
        notes=tuple(f"* {one}." for one in _differing(rows)),
        ways=(("Who says so", f"show {id_}"),),
    )


def chart(record: Known, text: str) -> Chart:
    """Return the same as a picture that says whose figures these are. Raises likewise."""
    id_, figure = _with_years(record, text)
    last = [*figure.series.values()][-1]
    cited = record.citations(citing(record, figure, last.amount.stated)[:1])
    basis = "; cash" if figure.price_basis == "cash" else ""
    counted = "£" if last.unit == "£" else last.unit.strip()
    return Chart(
        name=id_,
        title=_headline(figure),
        unit=words.sentence(f"{counted} by financial year{basis}."),
        source=f"Source: {cited or record.about.title}.",
        as_of=record.as_of,
        listing=screen(record, text).listings[0],
    )


def _with_years(record: Known, text: str) -> tuple[str, FigureEntry]:
    id_ = meant(record, text)
    figure = record.figures.get(id_)
    if figure is None or not figure.series:
        raise Refused(
            f'"{id_}" is given for no run of years', "ask for one that is, as spending-cash"
        )
    return id_, figure


def _headline(figure: FigureEntry) -> str:
    """Return its name and its ends; of one that breaks off the ends that can be compared."""
    since = max(figure.breaks, default=None)
    (first, was), *_, (last, now) = (
        (year, value) for year, value in figure.series.items() if since is None or year >= since
    )
    ends = f"{was.amount.text} in {first}, {now.amount.text} in {last}"
    return f"{figure.title}: {ends}"


def _rows(id_: str, figure: FigureEntry) -> Iterator[SeriesRow]:
    for year, value in figure.series.items():
        printed = figure.changes.get(year)
        yield SeriesRow(
            id_,
            str(year),
            value.amount.text,
            round_pounds(value.amount.stated) if value.unit == "£" else None,
            year in figure.breaks,
            printed.amount.stated if printed else None,
            _worked(figure, year, printed),
        )


_TENTH = Decimal("0.1")


def _worked(figure: FigureEntry, year: FinancialYear, printed: Quantity | None) -> Decimal | None:
    """Work out the change on the year before, to as many decimals as one is printed with."""
    before = figure.series.get(year.before)
    if before is None or not before.amount.stated or year in figure.breaks:
        return None
    unit = printed.amount.figure.printed if printed else _TENTH
    change = (figure.series[year].amount.stated / before.amount.stated - 1) * 100
    return change.quantize(unit, rounding=ROUND_HALF_UP)


def _broken(figure: FigureEntry) -> Iterator[str]:
    for year in figure.breaks:
        yield f"{year} and later years are not comparable with those before"


def _differing(rows: Sequence[SeriesRow]) -> Iterator[str]:
    """Say which printed changes are not what the printed values give."""
    printed = [row for row in rows if row.change_percent is not None]
    differing = [row for row in printed if row.differs]
    if differing:
        each = words.listed(
            f"{words.percent(row.worked_percent)} in {row.year}" for row in differing
        )
        yield (
            f"{len(differing)} of {len(printed)} changes differ by rounding from what the values "
            f"as printed give: {each}"
        )


def beside_promises(record: Known, figure: FigureEntry) -> Iterator[str]:
    """Say what a year of promises is of a year of spending, where that is in cash."""
    spent = _last_year(figure)
    if figure.price_basis != "cash" or spent is None:
        return
    year, value = spent
    question = Question(record)
    items = question.ledger.items
    dated = [id_ for id_ in question.counted if items[id_].holds_money and items[id_].years]
    if not dated:
        return
    runs = [run for id_ in dated if (run := items[id_].years)]
    years = Years(min(run.first for run in runs), max(run.last for run in runs))
    if year in years:
        promised = Question(record, measure=Measure(years=frozenset([year]))).money(dated).stated
        which, of = f"What is promised for {year}", f"the {value.amount.text} of that year"
        spread = "spread evenly where no source splits it"
    else:
        promised = question.money(dated).stated / len(years)
        which, of = "A year of what is promised", f"the {value.amount.text} of {year}"
        spread = f"spread evenly over {str(years).replace('..', ' to ')}"
    share = words.percent(promised / value.amount.stated * 100)
    yield (
        f"{which} is {words.short(promised)}, {share} of {of}: all sums that count, new or not, "
        f"{spread}; cash, each year in its own prices."
    )


def _last_year(figure: FigureEntry) -> tuple[FinancialYear, Quantity] | None:
    """Return the last year that a sum of pounds is given for, None where it is none of a year."""
    if figure.series:
        year, value = [*figure.series.items()][-1]
    elif figure.value and figure.years and len(figure.years) == 1:
        year, value = figure.years.first, figure.value
    else:
        return None
    return (year, value) if value.unit == "£" and value.amount.stated else None


_STEPS = tuple(Decimal(one) for one in ("1", "2", "5"))


def _scale(figure: FigureEntry, values: Sequence[Decimal]) -> Scale:
    """Return a scale from nought to the largest value, with two or three round marks."""
    most = max(values)
    step = next(
        step.scaleb(power)
        for power in range(most.adjusted() - 1, most.adjusted() + 1)
        for step in _STEPS
        if most / step.scaleb(power) < _MARKS
    )
    marks = (step * n for n in range(int(most / step) + 1))
    sign = next(iter(figure.series.values())).unit
    return Scale(tuple((mark, _mark(mark, sign)) for mark in marks), None, most)


_MARKS = 4


def _mark(value: Decimal, sign: str) -> str:
    if sign == "£":
        return words.pounds(value)
    return f"{value.normalize():,f}{sign}"
