"""Is it what was asked for, on one screen: the verdict, what settles it, ranges on one scale."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from reformcalc import words
from reformcalc.answers.citing import citing
from reformcalc.answers.comparison import asked
from reformcalc.answers.comparison.asked import Unsuited
from reformcalc.answers.comparison.bases import BASES, chosen_rows, row_of
from reformcalc.answers.comparison.figures import (
    HEADINGS,
    TONES,
    bounds,
    evenly,
    range_of,
    run,
    scale,
    scaled_for,
    share_in_words,
    share_run,
    whole_millions,
    whole_percent,
)
from reformcalc.answers.comparison.sentences import rest_of
from reformcalc.answers.comparison.verdict import SETTLED, Said
from reformcalc.ledger.ledger import as_sum
from reformcalc.screen import Cell, Head, Line, LineKind, Listing, Screen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reformcalc.answers.comparison.comparison import Comparison
    from reformcalc.answers.comparison.verdict import CompareRow
    from reformcalc.values.years import FinancialYear

# The bases that answer an ask, by what it is for: the first two that can be had are told of.
_REAL_NEW = ("new-real-terms", "new-real-terms-asked-in-cash")
_REAL_ALL = (
    "asked-years-real-terms",
    "asked-years-real-terms-asked-in-cash",
    "real-terms",
    "real-terms-asked-in-cash",
)
_ANSWERING = {
    "new": ("new-asked-years", "new-each-year", "new-per-year-spending", *_REAL_NEW),
    "all": ("asked-years", "headline", "per-year-spending", *_REAL_ALL),
}
# Where no source says what it is for, one of each.
_EITHER = (
    "new-asked-years",
    "asked-years",
    "new-each-year",
    "headline",
    "new-per-year-spending",
    "per-year-spending",
    *_REAL_NEW[:1],
    *_REAL_ALL,
)
_OF_A_PART = (
    "Against all that was asked for, the money of a part can show neither that the ask is met nor "
    "that it is not: these shares say how large it is."
)
_IN_YEARS_ASKED = ("new-asked-years", "asked-years")


class Shown(NamedTuple):
    """A row of a comparison with what its screen calls it."""

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
        if prices := comparison.real_prices:
            for kind in ("new-", "asked-years-" if comparison.has_years else ""):
                yield f"Asked for in {prices.year} prices", f"{kind}real-terms"
                yield "Asked for in cash", f"{kind}real-terms-asked-in-cash"
        elif comparison.benchmark.per_year:
            yield "Yearly average", "new-per-year-spending"
            yield "Yearly average", "per-year-spending"
        else:
            years = len(self._asked_years)
            its = f"The {words.number(years)} year{'s' if years > 1 else ''} asked for"
            yield its, "new-asked-years"
            yield self._all_years, "new-each-year"
            yield "Once, when announced", "new-when-announced"
            yield its, "asked-years"
            yield self._all_years, "headline"

    @cached_property
    def main(self) -> list[Shown]:
        """The rows that answer: like for like, then of all years or of the other money."""
        ids = _ANSWERING.get(self.comparison.benchmark.asks_for or "", _EITHER)
        found = [one for one in self._rows if one.row.basis in ids]
        return sorted(found, key=lambda one: ids.index(one.row.basis))[:2]

    @cached_property
    def _asked_years(self) -> list[FinancialYear]:
        """The financial years that are asked for, where these are known."""
        comparison = self.comparison
        return sorted(asked.by_year(comparison)) if comparison.has_years else []

    @cached_property
    def _years_of_money(self) -> int:
        return len(self.comparison.years(self.comparison.counted))

    @property
    def _all_years(self) -> str:
        few = {0: "All years", 1: "All of its year", 2: "Both years"}
        years = self._years_of_money
        return few.get(years) or f"All {words.number(years)} years"

    # What is said.

    @cached_property
    def _ask(self) -> str:
        """What was asked for, in words: "£2.6bn"."""
        a_year = " a year" if self.comparison.benchmark.per_year else ""
        return f"{words.money(as_sum(self.comparison.benchmark.amount))}{a_year}"

    @property
    def _whose(self) -> str:
        """The ask by the name of who asks, or by its own where the record has another of theirs."""
        comparison = self.comparison
        if comparison.name == comparison.record.about.benchmark:
            return f"the {comparison.asked_by}'s {self._ask}"
        return f"{comparison.benchmark.name} ({self._ask})"

    @property
    def answer(self) -> str:
        """The verdict in plain words."""
        comparison = self.comparison
        if comparison.part:
            promised = words.phrase(comparison.all_money, words.short)
            return f"{comparison.part}: {promised} promised; {self._whose} is for more"
        prices = comparison.real_prices
        real = f" in {prices.year} prices" if prices else ""
        return f"{words.sentence(self._whose)}{real}: {self.verdict}"

    @property
    def in_short(self) -> str:
        """The ask and how it stands, in as few words as they need."""
        ask = f"{self._ask} ({self.comparison.asked_by})"
        if not self.main:
            return f"{ask}: {Said.NOT_SETTLED}"
        row, years = self.main[0].row, len(self._asked_years)
        its = f" in {_years(years)}" if row.basis in _IN_YEARS_ASKED else ""
        return f"{ask}: {row.standing}, {share_run(row)}{its}"

    @property
    def share(self) -> list[tuple[str, str]]:
        """The share of the first row that answers, with what it is of; nothing where none does."""
        if not self.main or self.comparison.part or not self.comparison.counted:
            return []
        title, row = self.main[0]
        money = HEADINGS[row.counts].split(",")[0].lower()
        share, ask = share_in_words(row), row.benchmark
        of_most = ""
        if " to " in share and self._asked_in_years(row) and ask.high != ask.low:
            of_most = f", the most of its years' {words.short(ask.low)}"
        told = f"{self._whose}{of_most}: {money}, {title[:1].lower()}{title[1:]}"
        return [(share, told)]

    @property
    def verdict(self) -> str:
        """How the money stands: like for like, and over all years where that is another verdict."""
        if not self.main:
            return Said.NOT_SETTLED
        first, second = self.main[0].row, self.main[-1].row
        if not self.comparison.benchmark.asks_for:
            return self._of_either()
        if not self.comparison.counted:
            day = words.day(self.comparison.record.as_of)
            return f"{first.standing}, nothing was promised by {day}"
        if first.standing == second.standing:
            return f"{first.standing}, {_promised(first)}"
        if self.comparison.real_prices:
            return f"{first.standing}, or {second.standing} if it was asked for in cash"
        over = words.number(self._years_of_money) if self._years_of_money > 1 else "all its money"
        its = _years(len(self._asked_years))
        return f"{first.standing} in its own {its}, {second.standing} over {over}"

    def _of_either(self) -> str:
        """Say the verdict where no source says what was asked for: it must hold of both."""
        standings = {one.row.standing for one in self.main}
        settled = sorted(standings & {*SETTLED})
        if len(settled) == 1:
            return f"{settled[0]}, whether new money was asked for or all"
        return f"{Said.NOT_SETTLED}: no source says whether new money was asked for or all"

    def _said(self) -> Iterator[str]:
        """Yield what the verdict rests on, and what would settle it."""
        if self.told:
            yield " ".join(self.told)

    @property
    def told(self) -> list[str]:
        """Say of each row that answers how much it is, and what would settle it, in a sentence."""
        if self.comparison.part:
            return [_OF_A_PART]
        if not self.comparison.counted:
            return []
        return [self._of(one.row, place) for place, one in enumerate(self.main)]

    @property
    def in_figures(self) -> str:
        """The rows that answer, each with its share of what was asked for."""
        shares = []
        for place, (title, row) in enumerate(self.main):
            kind = HEADINGS[row.counts].split(",")[0]
            again = place and row.counts == self.main[0].row.counts
            named = f"{title[:1].lower()}{title[1:]}"
            head = named if again else f"{kind}, {named}"
            share = share_in_words(row) if place else self._share_of_ask(row, self._ask)
            shares.append(f"{head}: {share}")
        return words.sentence("; ".join(shares)) or self.answer

    def _of(self, row: CompareRow, place: int) -> str:
        """Say of a row how much it is, and what it needs to be settled."""
        money, share = bounds(row.committed, row.benchmark), share_in_words(row)
        what = "New money" if row.counts == "new-money" else "All money, new or not,"
        in_years = row.basis in _IN_YEARS_ASKED or self.comparison.real_prices
        if place == 0:
            years = asked.in_prose(self._asked_years) if in_years else ""
            when = f" in {years}" if years else ""
            start = f"{what}{when} is {money}, {self._share_of_ask(row)}"
        elif row.counts != self.main[0].row.counts:
            start = f"{what} is {money}, {share}"
        elif self.comparison.real_prices:
            start = f"With the ask read as cash it is {share}"
            if row.standing is Said.SHORT and row.settling:
                need = whole_millions(row.settling.short)
                return f"{start}: short unless {need} or more of that is extra."
        else:
            span = self._years_of_money
            over = f"all {words.number(span)} years" if span > 1 else "all years"
            start = f"Over {over} it is {money}, {share}"
        return f"{start}{evenly(row)}{rest_of(row)}."

    def _share_of_ask(self, row: CompareRow, it: str = "it") -> str:
        """Say a share with what each end is of: the least is of the largest sum asked for.

        The years that an ask names may add to less than it.
        """
        ask, share = row.benchmark, share_in_words(row)
        if ask.high is None or ask.is_exact:
            return f"{share} of {it}"
        least, most = words.short(ask.low), words.short(ask.high)
        if row.share_percent_high is None or " to " not in share:
            return f"{share} of the {least} to {most} asked for"
        of_least = f"its years' {least}" if self._asked_in_years(row) else least
        low, high = share.split(" to ")
        return f"{low} of {most} to {high} of {of_least}"

    def _asked_in_years(self, row: CompareRow) -> bool:
        """Whether a row sets money against the years that an ask names, which add to less."""
        return row.basis in _IN_YEARS_ASKED and bool(self.comparison.benchmark.unreconciled)

    # What is listed.

    @property
    def _few(self) -> Listing:
        """The rows that carry the answer, as ranges on one scale."""
        rows = [one.row for one in self._rows]
        scaled = scaled_for(rows)
        lines: list[Line] = []
        for place, (title, row) in enumerate(self._rows):
            if not place or row.counts != rows[place - 1].counts:
                lines.append(Line((Cell(HEADINGS[row.counts]),), LineKind.HEADING))
            figures = Cell(run(row.committed, scaled)), Cell(share_run(row))
            lines.append(Line((Cell(title), *figures, range_of(row))))
        spread = any(row.spread for row in rows)
        stated = "as stated, or spread evenly over its years" if spread else "as stated"
        return Listing(
            heads=(
                Head(),
                Head(scaled.name, right=True),
                Head("Share", right=True),
                Head(grows=True),
            ),
            lines=tuple(lines),
            scale=scale([range_of(row) for row in rows], self._ask, stated),
        )

    @property
    def _all(self) -> Listing:
        """All rows that can be had, or those of some bases, with the verdict of each."""
        rows, _ = chosen_rows(self.comparison, self.bases)
        scaled = scaled_for(rows)
        lines: list[Line] = []
        above = ""
        for row in sorted(rows, key=lambda row: row.counts, reverse=True):  # new money first
            if row.counts != above:
                lines.append(Line((Cell(HEADINGS[row.counts]),), LineKind.HEADING))
            above = row.counts
            title = words.sentence(row.label).removesuffix(" (like for like)")
            figures = Cell(run(row.committed, scaled)), Cell(share_run(row))
            lines.append(Line((Cell(title), *figures, Cell(row.standing, TONES[row.standing]))))
        return Listing(
            heads=(
                Head(grows=True),
                Head(scaled.name, right=True),
                Head("Share", right=True),
                Head("Verdict"),
            ),
            lines=tuple(lines),
        )

    def _narrower(self) -> Iterator[str]:
        """Yield the benchmarks that ask for no more than what the money is limited to."""
        chosen = self.comparison.chosen
        for id_, ask in self.comparison.record.benchmarks.items():
            of_topics = ask.topics and {*ask.topics} <= {*chosen.topics}
            if id_ != self.comparison.name and (of_topics or ask.pillar in chosen.pillars):
                yield id_

    def _ways(self) -> Iterator[tuple[str, str]]:
        part = self.comparison.part
        for id_ in self._narrower() if part else ():
            yield "Asked for it alone", f"compare {id_}"
        if not self.every and not self.bases:
            yield "All ways", "--all"
        if self._years_of_money and not self.comparison.benchmark.per_year:
            yield "By year", "--chart"
        if self.comparison.benchmark.asks_for and not part:
            yield "Choices", "--sensitivity"
        yield "Why", "--explain"
        if self.every or self.bases:
            yield "Reasons", "--long"


def notes(comparison: Comparison) -> Iterator[str]:
    """Yield who says what of the ask, and where it stands: what would change how it is read."""
    if comparison.benchmark.cautions:
        yield comparison.benchmark.cautions[-1].text  # the newest
    record, amount = comparison.record, as_sum(comparison.benchmark.amount)
    if claims := citing(record, comparison.benchmark, amount.stated):
        prices = comparison.real_prices
        basis = f"In {prices.year} prices" if prices else "Cash"
        money = words.money(amount)
        yield f"{words.sentence(money)}: {record.citations(claims[:1])}. {basis}."


def _promised(row: CompareRow) -> str:
    """Say how much of the ask is promised; where only a reading of floors decides, as stated."""
    if row.standing is Said.NOT_MET and row.share_percent_high is None:
        return f"{whole_percent(row.share_percent)} of it as stated"
    return f"{share_in_words(row)} of it"


def _years(count: int) -> str:
    return "year" if count == 1 else f"{words.number(count)} years"
