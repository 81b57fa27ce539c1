"""Is it what was asked for, on one screen: the verdict, what settles it, ranges on one scale."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from reformcalc import words
from reformcalc.answers.citing import citing
from reformcalc.answers.comparison import asked, settling
from reformcalc.answers.comparison.asked import Unsuited
from reformcalc.answers.comparison.bases import BASES, chosen_rows, row_of
from reformcalc.answers.comparison.verdict import NOT_SETTLED
from reformcalc.ledger.ledger import as_sum
from reformcalc.screen import Cell, Head, Kind, Line, Listing, Range, Scale, Screen, Tone
from reformcalc.values.money import NOUGHT, Sum

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reformcalc.answers.comparison.comparison import Comparison
    from reformcalc.answers.comparison.settling import Settling
    from reformcalc.answers.comparison.verdict import CompareRow
    from reformcalc.values.years import FinancialYear

_ALL_OF_IT = Decimal(100)  # per cent: what was asked for
_MARKS = 5  # words on an axis that are still easily read
_NAMED = 2  # sums that a sentence names one by one
TONES = {"met": Tone.GOOD, "not met": Tone.BAD, "short": Tone.BAD, NOT_SETTLED: Tone.DOUBT}
HEADINGS = {"new-money": "New money", "all-money": "All money, new or not"}


class Shown(NamedTuple):
    """A row of a comparison with what the screen calls it."""

    title: str
    row: CompareRow


@dataclass(frozen=True)
class CompareScreen:
    """A comparison as people see it first.

    `bases` keeps to some of BASES; `every` shows all that can be had, and folds nothing.
    """

    comparison: Comparison
    bases: tuple[str, ...] = ()
    every: bool = False

    def screen(self) -> Screen:
        """Set it out. Raises as `compare` does."""
        listing = self._all if self.every or self.bases or not self._rows else self._few
        return Screen(
            answer=self.answer,
            said=tuple(self._said()),
            listings=(listing,),
            notes=tuple(notes(self.comparison)),
            ways=tuple(self._ways()),
            whole=self.every,
        )

    # What is compared.

    @cached_property
    def _rows(self) -> list[Shown]:
        """The rows that carry the answer; where none can be had the table of all says why."""
        found = []
        for title, basis in self._wanted():
            try:
                found.append(Shown(title, row_of(self.comparison, BASES[basis])))
            except Unsuited:
                continue
        return found

    def _wanted(self) -> Iterator[tuple[str, str]]:
        """Yield the bases that carry the answer, new money first, each with its title."""
        comparison = self.comparison
        dated, its = comparison.has_years, self._its_years
        if prices := comparison.real_prices:
            kinds = ("new-", "asked-years-" if dated else "")
            for kind in kinds:
                yield f"Asked for in {prices.year} prices", f"{kind}real-terms"
                yield "Asked for in cash", f"{kind}real-terms-asked-in-cash"
        elif comparison.benchmark.per_year:
            yield "Yearly average", "new-per-year-spending"
            yield "Yearly average", "per-year-spending"
        else:
            if dated:
                yield its, "new-asked-years"
            yield self._all_years, "new-each-year"
            yield "Once, when announced", "new-when-announced"
            if dated:
                yield its, "asked-years"
            yield self._all_years, "headline"

    @cached_property
    def _asked_years(self) -> list[FinancialYear]:
        """The financial years that are asked for, where these are known."""
        comparison = self.comparison
        return sorted(asked.by_year(comparison)) if comparison.has_years else []

    @property
    def _its_years(self) -> str:
        years = len(self._asked_years)
        if not years:
            return ""
        return f"The {words.number(years)} year{'s' if years > 1 else ''} asked for"

    @cached_property
    def _years_of_money(self) -> int:
        return len(self.comparison.years(self.comparison.counted))

    @property
    def _all_years(self) -> str:
        years = self._years_of_money
        few = {0: "All years", 1: "Its one year", 2: "Both years"}
        return few.get(years) or f"All {words.number(years)} years"

    @cached_property
    def main(self) -> list[Shown]:
        """The rows that answer: like for like, then of all years; or else all that there are."""
        wanted = {
            "new": ("new-asked-years", "new-each-year", "new-per-year-spending", "new-real-terms",
                    "new-real-terms-asked-in-cash"),
            "all": ("asked-years", "headline", "per-year-spending", "asked-years-real-terms",
                    "real-terms", "asked-years-real-terms-asked-in-cash",
                    "real-terms-asked-in-cash"),
        }  # fmt: skip
        either = (*wanted["new"], *wanted["all"])
        ids = wanted.get(self.comparison.benchmark.asks_for or "", either)
        found = [one for one in self._rows if one.row.basis in ids]
        return sorted(found, key=lambda one: ids.index(one.row.basis))[:2]

    # What is said.

    @cached_property
    def _ask(self) -> str:
        """What was asked for, in words: "£2.6bn"."""
        a_year = " a year" if self.comparison.benchmark.per_year else ""
        return f"{words.money(as_sum(self.comparison.benchmark.amount))}{a_year}"

    @property
    def _whose(self) -> str:
        """The ask by the name of who asks, or by its own where the record has others of theirs."""
        comparison = self.comparison
        if comparison.name == comparison.record.about.benchmark:
            return f"The {comparison.asked_by}'s {self._ask}"
        return f"{comparison.benchmark.name} ({self._ask})"

    @property
    def answer(self) -> str:
        """The verdict in plain words."""
        comparison = self.comparison
        prices = comparison.real_prices
        real = f" in {prices.year} prices" if prices else ""
        if comparison.part:
            promised = words.phrase(comparison.all_money, words.short)
            whose = self._whose
            the = f"t{whose[1:]}" if whose.startswith("The ") else whose
            return f"{comparison.part}: {promised} promised; {the} is for more"
        if not self.main:
            return f"{self._whose}{real}: {NOT_SETTLED}"
        return f"{self._whose}{real}: {self.verdict}"

    @property
    def in_short(self) -> str:
        """The ask and how it stands, in as few words as they need."""
        row = self.main[0].row if self.main else None
        if row is None:
            return f"{self._ask} ({self.comparison.asked_by}): {NOT_SETTLED}"
        its = f" in its {words.number(len(self._asked_years))} years" if self._asked_years else ""
        return f"{self._ask} ({self.comparison.asked_by}): {row.standing}, {share_run(row)}{its}"

    @property
    def verdict(self) -> str:
        """How the money stands: like for like, and over all years where that is another verdict."""
        if not self.main:
            return NOT_SETTLED
        first, *others = self.main
        if not self.comparison.benchmark.asks_for:
            return self._of_either()
        if self.comparison.real_prices:
            alike = all(one.row.standing == first.row.standing for one in others)
            second = others[0].row.standing if others else ""
            return (
                first.row.standing if alike
                else f"{first.row.standing}, or {second} if it was asked for in cash"
            )  # fmt: skip
        if others and others[0].row.standing != first.row.standing:
            years = words.number(len(self._asked_years))
            over = (
                f"over {words.number(self._years_of_money)}" if self._years_of_money else "over all"
            )
            return f"{first.row.standing} in its own {years} years, {others[0].row.standing} {over}"
        if not self.comparison.counted:
            day = words.day(self.comparison.record.as_of)
            return f"{first.row.standing}, nothing was promised by {day}"
        return f"{first.row.standing}, {_share(first.row)} promised"

    def _of_either(self) -> str:
        """Say the verdict where no source says what was asked for: it must hold of both."""
        standings = {one.row.standing for one in self._rows}
        settled = [one for one in ("met", "not met") if one in standings]
        if len(settled) == 1:
            return f"{settled[0]}, whether new money was asked for or all"
        return f"{NOT_SETTLED}: no source says whether new money was asked for"

    def _said(self) -> Iterator[str]:
        """Yield what the verdict rests on, and what would settle it."""
        if self.comparison.part:
            yield (
                "Against all that was asked for, the money of a part can show neither that the ask "
                "is met nor that it is not: these shares say how large it is."
            )
            return
        if not self.comparison.counted:
            return
        said = [self._of(one, place) for place, one in enumerate(self.main)]
        if said:
            yield " ".join(said)

    def _of(self, one: Shown, place: int) -> str:
        """Say of a row how much it is, and what it needs to be settled."""
        row = one.row
        what = "New money" if row.counts == "new-money" else "All money, new or not,"
        money = _between(row.committed, row.benchmark)
        share = _share(row)
        dated = row.basis in ("new-asked-years", "asked-years") or (
            self.comparison.real_prices and self._asked_years
        )
        years = asked.in_prose(self._asked_years) if dated else ""
        if place == 0:
            where = f" in {years}" if years else ""
            start = f"{what}{where} is {money}, {share} of {'it' if row.standing else 'the ask'}"
        elif self.comparison.real_prices:
            start = f"With the ask read as cash it is {share}"
            if row.standing == "short" and row.settling:
                return f"{start}: short unless {_money(row.settling.short)} or more of it is extra."
        elif row.counts != self.main[0].row.counts:
            start = f"{what} is {money}, {share}"
        else:
            start = f"Over {self._span_of_money()} it is {money}, {share}"
        return f"{start}{_evenly(row)}{self._settled(row)}."

    def _span_of_money(self) -> str:
        years = self._years_of_money
        return f"the promises' {words.number(years)} years" if years > 1 else "all years"

    def _settled(self, row: CompareRow) -> str:
        """Say what a row rests on where it has a verdict, or else what would settle it."""
        told = row.settling
        if row.standing == "met":
            return ": met even at its lowest"
        if row.standing == "not met":
            return ": less even at its highest" if not row.committed.is_exact else ""
        if told is None:
            return f" ({row.verdict_reason})"
        if row.standing == "short":
            return self._short(told)
        return self._open(told)

    def _short(self, told: Settling) -> str:
        """Say how much of what is in doubt would be needed, and what else for that."""
        need, doubt = _money(told.short), _money(told.in_doubt)
        named, granted = self._names(told.told.doubts), told.told.granted
        rest = ""
        if granted:
            falls = (
                "falls in these years as far as it can"
                if told.told.in_years
                else "is new that may be"
            )
            rest = f" and all else {falls}"
        kind = _kind(told)
        return f": short unless {need} or more of the {doubt} {kind}{named} is extra{rest}"

    def _open(self, told: Settling) -> str:
        """Say how much of what may or may not count would be needed."""
        more = told.short - told.unknown
        sizes: Mapping[str, Decimal | None] = told.told.open
        shared = sum((size or NOUGHT for size in sizes.values()), NOUGHT) != told.unknown
        unknown, named = f"{_money(told.unknown)} that {told.told.may_be}", self._names(sizes)
        if shared:  # each is as wide as what they share
            named = ""
        doubt = f"the {_money(told.in_doubt)} {_kind(told)} is extra"
        if more > 0:
            also = " (what is in doubt may be that)" if told.in_doubt >= more else ""
            return f": all of the {unknown}{named} and {_money(more)} more{also} would meet it"
        also = f", or as much of {doubt}" if told.in_doubt >= told.short else ""
        is_ = f"is {' and '.join(told.told.untold)}" if told.told.untold else "counts"
        return f": met if {_money(told.short)} of the {unknown} {is_}{named}{also}"

    def _names(self, sizes: Mapping[str, Decimal | None]) -> str:
        """Name the few sums that something is of, with the size of each."""
        order = settling.largest(sizes)
        if not order or len(order) > _NAMED:
            return ""
        return f" ({'; '.join(self._name(id_, sizes[id_]) for id_ in order)})"

    def _name(self, id_: str, size: Decimal | None) -> str:
        name = self.comparison.name_of(id_)
        return name if size is None else f"{name}, {_money(size)}"

    # What is listed.

    @property
    def _few(self) -> Listing:
        """The rows that carry the answer, as ranges on one scale."""
        rows = self._rows
        return self._listing(rows, lines=tuple(self._sections(rows)))

    def _sections(self, rows: Sequence[Shown]) -> Iterator[Line]:
        scaled = _scaled(one.row for one in rows)
        above = ""
        for title, row in rows:
            if row.counts != above:
                yield Line((Cell(HEADINGS[row.counts]),), Kind.HEADING)
            above = row.counts
            yield Line(
                (Cell(title), Cell(_run(row.committed, scaled)), Cell(share_run(row)), _range(row))
            )

    def _listing(self, rows: Sequence[Shown], lines: tuple[Line, ...]) -> Listing:
        unit = _scaled(one.row for one in rows).name
        return Listing(
            heads=(Head(), Head(unit, right=True), Head("Share", right=True), Head(grows=True)),
            lines=lines,
            scale=_scale([one.row for one in rows], self._ask),
        )

    @property
    def _all(self) -> Listing:
        """All rows that can be had, with the verdict of each."""
        rows, _ = chosen_rows(self.comparison, self.bases)
        return all_rows(rows)

    def _narrower(self) -> Iterator[str]:
        """Yield the benchmarks that ask for no more than what the money is limited to."""
        chosen = self.comparison.chosen
        for id_, ask in self.comparison.record.benchmarks.items():
            of_topics = ask.topics and {*ask.topics} <= {*chosen.topics}
            if id_ != self.comparison.name and (of_topics or ask.pillar in chosen.pillars):
                yield id_

    def _ways(self) -> Iterator[tuple[str, str]]:
        for id_ in self._narrower() if self.comparison.part else ():
            yield "Asked for it alone", f"compare {id_}"
        if not self.every and not self.bases:
            yield "All ways", "--all"
        if self._years_of_money and not self.comparison.benchmark.per_year:
            yield "By year", "--chart"
        if not self.comparison.part:
            yield "Choices", "--sensitivity"
        yield "Why", "--explain"
        if self.every or self.bases:
            yield "Reasons", "--long"


def all_rows(rows: Sequence[CompareRow]) -> Listing:
    """List rows with the verdict of each, under the money that they count."""
    scaled = _scaled(rows)
    lines: list[Line] = []
    above = ""
    for row in sorted(rows, key=lambda row: row.counts, reverse=True):  # new money first
        if row.counts != above:
            lines.append(Line((Cell(HEADINGS[row.counts]),), Kind.HEADING))
        above = row.counts
        title = f"{row.label[0].upper()}{row.label[1:]}".removesuffix(" (like for like)")
        verdict = Cell(row.standing, TONES[row.standing])
        lines.append(
            Line((Cell(title), Cell(_run(row.committed, scaled)), Cell(share_run(row)), verdict))
        )
    heads = (
        Head(grows=True),
        Head(scaled.name, right=True),
        Head("Share", right=True),
        Head("Verdict"),
    )
    return Listing(heads, tuple(lines))


def notes(comparison: Comparison) -> Iterator[str]:
    """Yield who says what of the ask, and where it stands: what would change how it is read."""
    if comparison.benchmark.cautions:
        yield comparison.benchmark.cautions[-1].text  # the newest
    record, amount = comparison.record, as_sum(comparison.benchmark.amount)
    if claims := citing(record, comparison.benchmark, amount.stated):
        prices = comparison.real_prices
        basis = f"In {prices.year} prices" if prices else "Cash"
        place = record.citations(claims[:1])
        money = words.money(amount)
        yield f"{money[0].upper()}{money[1:]}: {place}. {basis}."


def _kind(told: Settling) -> str:
    return "in doubt" if told.told.kind == "in doubt" else "that may belong to it"


def _share(row: CompareRow) -> str:
    """Write the share in whole per cent: "29% to 97%"."""
    high = row.share_percent_high
    return words.between(
        whole_percent(row.share_percent_low), None if high is None else whole_percent(high)
    )


def share_run(row: CompareRow) -> str:
    low = whole_percent(row.share_percent_low)
    if row.share_percent_high is None:
        return f"{low} or more"
    high = whole_percent(row.share_percent_high)
    return high if low == high else f"{low.removesuffix('%')}–{high}"


def whole_percent(value: Decimal) -> str:
    """Write a percentage whole, but for what would round to all or to nothing and is neither."""
    whole = value.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    if (whole == _ALL_OF_IT) is not (value == _ALL_OF_IT) or (value and not whole):
        tenth = value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
        hides = (tenth == _ALL_OF_IT) is not (value == _ALL_OF_IT) or not tenth
        return f"{value.normalize():f}%" if hides else f"{tenth:f}%"
    return f"{whole:,f}%"


def _evenly(row: CompareRow) -> str:
    """Give what an even spread over the years comes to, where the bounds leave that open."""
    money = row.committed
    if not row.spread or money.stated in (money.low, money.high):
        return ""
    return f" ({words.short(money.stated)}, {whole_percent(row.share_percent)}, if evenly spread)"


def _between(money: Sum, ask: Sum) -> str:
    """Write the bounds of money: in millions where billions would hide a difference."""
    ends = [money.low] if money.high is None else [money.low, money.high]
    beside = [end for end in (ask.low, ask.high, *ends) if end is not None]
    close = any(_billions(end) == _billions(one) and end != one for end in ends for one in beside)
    write = _money if close or ends[-1] < 10**9 else _billions
    return (
        words.between(*map(write, ends))
        if len(ends) == 2
        else words.between(write(money.low), None)
    )


def _billions(value: Decimal) -> str:
    return f"£{(value / 10**9).quantize(Decimal('0.1'), rounding=ROUND_HALF_UP):f}bn"


def _money(value: Decimal) -> str:
    """Write money in whole millions, or less than ten in as many digits as it needs."""
    if abs(value) < 10**7:
        return words.short(value) if value == round(value, -6) else words.millions(value)
    return f"£{(value / 10**6).quantize(Decimal(1), rounding=ROUND_HALF_UP):,f}m"


def _scaled(rows: Iterable[CompareRow]) -> words.Scaled:
    ends = [
        end for row in rows for end in (row.committed.low, row.committed.high) if end is not None
    ]
    return words.Scaled(ends)


def _run(money: Sum, scaled: words.Scaled) -> str:
    """Write the bounds of money in the unit of its column: "762–2,446"."""
    low = scaled(money.low)
    if money.high is None:
        return f"{low} or more"
    high = scaled(money.high)
    return low if low == high else f"{low}–{high}"


def _range(row: CompareRow) -> Range:
    """Return the share as a range, its stated figure where that is more than one of its ends."""
    money = row.committed
    tells = row.spread or row.counts == "all-money" or money.is_exact
    stated = row.share_percent if tells else None
    return Range(row.share_percent_low, stated, row.share_percent_high, TONES[row.standing])


def _scale(rows: Sequence[CompareRow], ask: str) -> Scale:
    """Return the scale of some shares, with the ask at 100 per cent."""
    spread = any(row.spread for row in rows)
    stated = "as stated, or spread evenly over its years" if spread else "as stated"
    return scale([_range(row) for row in rows], ask, stated)


def scale(ranges: Sequence[Range], ask: str, stated: str) -> Scale:
    """Return a scale in per cent from nought to what is most, with the ask at 100."""
    ends = (one.stated or one.low if one.high is None else one.high for one in ranges)
    most = max(_ALL_OF_IT, *ends)
    step = Decimal(50)
    while most / step > _MARKS:
        step *= 2
    marks = tuple((step * n, f"{step * n:f}%") for n in range(int(most / step) + 1))
    return Scale(marks, _ALL_OF_IT, most, stated, ask)
