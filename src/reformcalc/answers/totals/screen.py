"""How much has been promised, on one screen: what is promised, what counts, what of it is new.

One meaning a column, and each adds up. Promised is what a source states, in its own words; Counted
is what it comes to once each pound is counted once, an open sum ("over £27m") at its figure; New is
how much of that was not being spent before, between bounds only where no source tells it apart. How
much larger an open sum can be is no part of a column: the answer above says it of the whole.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from reformcalc import words
from reformcalc.answers.nothing import nothing
from reformcalc.answers.totals.groupings import GROUPINGS, counts
from reformcalc.errors import UnknownId
from reformcalc.ledger.ledger import Standing
from reformcalc.screen import Cell, Head, Line, LineKind, Listing, Screen, Tone
from reformcalc.values.money import NOTHING, NOUGHT, Sum

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from reformcalc.answers.question import Question, TotalsRow
    from reformcalc.answers.totals.groupings import Grouping
    from reformcalc.ledger.measure import NewMoney

_Money = TypeVar("_Money", "Decimal", Sum)

_NAMED = 3  # sums in doubt that are named one by one
_ROOM = 216  # letters that these have: three lines
_ONE = Decimal(1)
_EACH_YEAR: NewMoney = "each-year"
_NOT_AVAILABLE = ".."
_TIMELESS = "no years to deflate"
# Groups that share sums with each other: what they add is no total.
_SHARING = "topic"


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the screen, in pounds. What does not apply to it is None, and stands empty.

    `promised` is what is stated, in its own words; `counted` what counts, `new` how much of that
    is, `doubt` what may be counted elsewhere. `lacking` is what cannot be worked out.
    """

    title: str
    counted: Decimal | None
    new: Sum | None
    doubt: Decimal = NOUGHT
    promised: Sum | None = None
    note: str = ""
    link: str = ""
    lacking: bool = False
    cites: tuple[words.Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class _Rows:
    """What something of each sum comes to: of itself, and with all in the rows under its own."""

    each: Mapping[str, Decimal]
    under: Mapping[str, Decimal]

    def of(self, id_: str, *, own: bool = False) -> Decimal:
        """Return it for the row of a sum, or for what of the sum is its own."""
        return (self.each if own else self.under).get(id_, NOUGHT)


@dataclass(frozen=True)
class TotalsScreen:
    """The money of a question as people see it first, grouped by one of `GROUPINGS`.

    `every` shows parts too, and folds nothing; `exact` writes each figure to the pound.
    """

    question: Question
    by: Grouping = "envelope"
    every: bool = False
    exact: bool = False

    def screen(self) -> Screen:
        """Set it out. Raises as `totals` does."""
        if self.by not in GROUPINGS:
            raise UnknownId("grouping", self.by, GROUPINGS)
        return Screen(
            answer=self.answer,
            said=tuple(self.said()),
            listings=(self._listing,) if self._rows else (),
            beside=tuple(self._beside()),
            notes=tuple(self.notes()),
            ways=tuple(self._ways()),
            whole=self.every,
        )

    @cached_property
    def _new_questions(self) -> tuple[Question, Question] | None:
        """The same question of money known to be new, and of what may be; None by year.

        No source says of which year the new part of most sums is: rows of years would not match.
        """
        measure = self.question.measure
        if self.by == "year" and not measure.new:
            return None
        new = replace(measure, new=measure.new or _EACH_YEAR)
        most = replace(new, untold_as_new=True)
        return replace(self.question, measure=new), replace(self.question, measure=most)

    @cached_property
    def _is_new(self) -> tuple[_Rows, _Rows] | None:
        """What of each sum is known to be new, and what may be."""
        asked = self._new_questions
        return asked and (self._in_rows(asked[0].adds_each()), self._in_rows(asked[1].adds_each()))

    @cached_property
    def _counts(self) -> _Rows:
        """What each sum adds."""
        return self._in_rows(self.question.adds_each())

    @cached_property
    def _may_count(self) -> _Rows:
        """What each sum may add that is in doubt."""
        question = self.question
        return self._in_rows({id_: question.may_add([id_]) for id_ in question.unsure})

    def _in_rows(self, each: Mapping[str, Decimal]) -> _Rows:
        """Add up what sums come to in each row, in one walk up from the last: parts stand last."""
        found: defaultdict[str, Decimal] = defaultdict(lambda: NOUGHT)
        for row in reversed(self._found):
            if row.kind != "not-itemised":
                found[row.id] += each.get(row.id, NOUGHT)
                if row.parent:
                    found[row.parent] += found[row.id]
        return _Rows(each, found)

    @cached_property
    def _total(self) -> _Row:
        question = self.question
        counted = question.adds(question.counted)
        new = None
        if self._new_questions:
            low, high = (one.adds(one.counted) for one in self._new_questions)
            new = Sum(low, low, high)
        return _Row("Total", counted, new, question.may_add(question.unsure))

    @cached_property
    def _found(self) -> Sequence[TotalsRow]:
        return list(GROUPINGS[self.by](self.question))

    @cached_property
    def _rows(self) -> list[_Row]:
        if self.by != "envelope":
            return list(self._of_groups())
        rows = list(self._of_sums())
        return rows if self.every else sorted(rows, key=self._size, reverse=True)

    def _size(self, row: _Row) -> Decimal:
        """What a row is sorted by: what it counts or, of new money alone, what it may be."""
        if self.question.measure.new and row.new is not None:
            return row.new.high or NOUGHT
        return row.counted or NOUGHT

    def _of_groups(self) -> Iterator[_Row]:
        asked = self._new_questions or ()
        new = [{row.id: row for row in GROUPINGS[self.by](one)} for one in asked]
        for row in self._found:
            if not (self.every or row.missing == _TIMELESS or counts(row)):
                continue
            none = row.amount == NOTHING and row.missing != _TIMELESS
            its_new = [found.get(row.id) for found in new]
            ends = [NOUGHT + one.adds_gbp if one else NOUGHT for one in its_new]
            # Of money of one size, where the part that is old lies is all that is open.
            if row.amount.is_exact and its_new and its_new[0] and not self.question.measure.new:
                ends = [its_new[0].amount.low, its_new[0].amount.high or ends[1]]
            yield _Row(
                title=self._headed(row),
                counted=None if none else NOUGHT + row.adds_gbp,
                new=None if none or not new else Sum(ends[0], ends[0], ends[1]),
                doubt=NOUGHT + row.perhaps_gbp,
                lacking=row.missing == _TIMELESS,
            )

    def _headed(self, row: TotalsRow) -> str:
        """Return what a group is called; of years, whether any source splits them."""
        if self.by == "lead":
            bodies = self.question.record.bodies
            return words.listed(bodies[one].name for one in row.id.split("+"))
        if self.by != "year":
            return words.sentence(row.title)
        if row.id == "not-stated":
            return "Years not stated"
        years = row.id.replace("..", " to ")
        one_year = years == row.id and "," not in years
        return years if one_year else f"{years}, no yearly split"

    def _of_sums(self) -> Iterator[_Row]:
        """Yield a row for each sum that counts and lies in no other, or for each of all."""
        for row in self._found:
            if row.depth and not self.every:
                continue
            made = self._of_sum(row)
            if self.every or made.counted or (made.new and made.new.high):
                yield made

    @cached_property
    def _not_split(self) -> set[str]:
        """The sums in which old money lies that no source parts among them, with what holds it."""
        ledger = self.question.ledger
        found: set[str] = set()
        for id_, item in ledger.items.items():
            if item.before is not None and item.before != "all" and item.before.high != NOUGHT:
                inside = ledger.inside(id_) & self.question.counted
                if any(ledger.items[one].before is None for one in inside):
                    found |= {id_, *inside}
        return found

    def _new_between(self, id_: str, *, own: bool) -> list[Decimal] | None:
        """Return the least and the most that can be new of a sum; None where its size is open."""
        ledger, asked = self.question.ledger, self._new_questions
        ids = {id_} if own else ({id_} | ledger.inside(id_)) & self.question.counted
        if asked is None or not self.question.money(ids).is_exact:
            return None
        new = asked[0].money(ids)
        return None if new.high is None else [new.low, new.high]

    def _of_sum(self, row: TotalsRow) -> _Row:
        question, own = self.question, row.kind == "not-itemised"
        id_ = row.parent if own and row.parent else row.id
        new = self._is_new and [one.of(id_, own=own) for one in self._is_new]
        if new and (own or row.depth) and id_ in self._not_split:
            new = self._new_between(id_, own=own) or new
        # A sum whose money all counts in other rows, or no longer, has none in this one: not £0.
        held = self._holds.of(id_, own=own)
        return _Row(
            title="  " * row.depth + ("not broken down" if own else question.called(id_)),
            counted=self._counts.of(id_, own=own) if held else None,
            new=Sum(new[0], new[0], new[1]) if held and new else None,
            doubt=self._may_count.of(id_, own=own),
            promised=None if own else question.ledger.items[id_].money,
            note="" if own else self._note(id_),
            link="" if own else self._link(row),
            cites=row.cited,
            lacking=row.missing == _TIMELESS,
        )

    @cached_property
    def _holds(self) -> _Rows:
        """How many sums count, and have money."""
        question = self.question
        holding = (id_ for id_ in question.counted if question.ledger.items[id_].holds_money)
        return self._in_rows(dict.fromkeys(holding, _ONE))

    @cached_property
    def _number(self) -> _Rows:
        """How many sums count."""
        return self._in_rows(dict.fromkeys(self.question.counted, _ONE))

    @cached_property
    def _inside(self) -> Mapping[str, Decimal]:
        """How many sums count that lie in each, in whatever rows."""
        return self.question.ledger.in_each(self._number.each)

    @cached_property
    def _replaced(self) -> Mapping[str, Decimal]:
        """What is stated of the sums in each that another has replaced."""
        items = self.question.ledger.items
        gone = (id_ for id_ in self.question.selected & items.keys()
                if items[id_].standing is Standing.SUPERSEDED)  # fmt: skip
        return self.question.ledger.in_each({id_: items[id_].own.stated for id_ in gone})

    @cached_property
    def _outermost(self) -> Mapping[str, str]:
        """The outermost row that each row is under: each pound is under one."""
        found: dict[str, str] = {}
        for row in self._found:
            if row.kind != "not-itemised":
                found[row.id] = found[row.parent] if row.parent else row.id
        return found

    def _link(self, row: TotalsRow) -> str:
        sources = self.question.record.sources
        return next((sources[id_].url or "" for id_ in row.sources), "")

    def _note(self, id_: str) -> str:
        """Say where the rest of a sum is that does not count in its row."""
        scaled = self.scaled
        parts: list[str] = []
        if self._inside[id_] > self._number.of(id_):
            parts += self._away(id_)
        if replaced := self._replaced[id_]:
            parts.append(f"{scaled(replaced)} replaced")
        if (doubt := self._may_count.of(id_)) and self._number.of(id_):
            parts.append(f"{scaled(doubt)} in doubt")
        return f"{', '.join(parts)}." if parts else ""

    def _away(self, id_: str) -> Iterator[str]:
        """Say what of a sum counts in rows that are not under its own, and in which."""
        under = {id_}
        for row in self._found:
            if row.parent in under:
                under.add(row.id)
        held: defaultdict[str, Decimal] = defaultdict(lambda: NOUGHT)
        for one in sorted(self.question.ledger.inside(id_) & self.question.counted - under):
            held[self._outermost[one]] += self._counts.of(one, own=True)
        if away := sum(held.values(), NOUGHT):
            largest = sorted(filter(held.get, held), key=lambda one: (-held[one], one))
            named = _rows_of([self.question.called(one) for one in largest])
            yield f"{self.scaled(away)} counted in {named}"

    @cached_property
    def scaled(self) -> words.Scaled:
        """How figures are written: in one unit, by their size."""
        total = self._total
        found = [NOUGHT + row.adds_gbp for row in self._found]
        most = (total.new and total.new.high) or NOUGHT
        sizes = [*found, total.counted or NOUGHT, total.doubt, most]
        return words.Scaled(sizes, exact=self.exact)

    @property
    def _listing(self) -> Listing:
        return Listing(
            heads=tuple(head for head, _ in self._columns),
            lines=tuple(map(self._line, self._rows)),
            total=None if self.by == _SHARING else self._line(self._total, LineKind.TOTAL),
            folded=None if self.every else self._rest,
            least=3,
        )

    @property
    def unit(self) -> str:
        """What figures are in."""
        prices = self.question.measure.prices
        return f"{self.scaled.name}, {f'{prices.year} prices' if prices else 'cash'}"

    @cached_property
    def _columns(self) -> list[tuple[Head, Callable[[_Row], Cell]]]:
        """The columns, each with how a row fills it."""
        scaled = self.scaled
        columns: list[tuple[Head, Callable[[_Row], Cell]]] = [
            (
                Head(self.unit, grows=True, wraps=self.every),
                lambda row: Cell(row.title, link=row.link),
            )
        ]

        def add(head: str, fill: Callable[[_Row], Cell]) -> None:
            columns.append((Head(head, right=True), fill))

        if self.by == "envelope":
            real = self.question.measure.prices is not None
            add(
                "Promised (cash)" if real else "Promised",
                lambda row: Cell(scaled.worded(row.promised) if row.promised else ""),
            )
        if not self.question.measure.new:
            add("Counted", lambda row: Cell(_figure(row, row.counted, scaled)))
        if self._total.doubt and self._doubt_has_column:
            add("In doubt", lambda row: Cell(scaled(row.doubt) if row.doubt else "", Tone.DOUBT))
        if self._new_questions:
            add("New", lambda row: Cell(_figure(row, row.new, scaled.bounds)))
        return columns

    @property
    def _doubt_has_column(self) -> bool:
        """Whether what is in doubt stands in the rows; else it is named below them."""
        return self.every or self.by != "envelope"

    def _line(self, row: _Row, kind: LineKind = LineKind.ROW) -> Line:
        first, *others = (fill(row) for _, fill in self._columns)
        return Line((replace(first, note=row.note), *others), kind, row.cites)

    def _rest(self, hidden: Sequence[Line]) -> Line:
        """Return one row for the last ones, with what they add, where they share nothing."""
        gone = self._rows[len(self._rows) - len(hidden) :]
        title = f"{len(gone)} more" if self.by == "year" else f"{len(gone)} smaller"
        if self.by == _SHARING:
            return Line((Cell(title),))
        new = [row.new for row in gone if row.new is not None]
        counted = [row.counted for row in gone if row.counted is not None]
        return self._line(
            _Row(
                title,
                sum(counted, NOUGHT) if counted else None,
                sum(new, Sum()) if new else None,
                sum((row.doubt for row in gone), NOUGHT),
            )
        )

    @property
    def answer(self) -> str:
        """The figure, in a sentence."""
        question = self.question
        if question.total.missing:
            return nothing(question).answer
        promised = f"{self.promised}{' of new money' if question.measure.new else ''} is promised"
        if not self._is_limited:
            return words.sentence(f"{promised} for {question.record.about.subject}")
        once = ", counted once when announced" if question.measure.new == "announced" else ""
        return words.sentence(": ".join(filter(None, [self._chosen, promised])) + once)

    @property
    def _is_limited(self) -> bool:
        """Whether it is of some of the money, so that what all of it is for is said below."""
        return bool(self._chosen or self.question.measure.new)

    @property
    def _chosen(self) -> str:
        """What the question is limited to, in words."""
        chosen, record = self.question.chosen, self.question.record
        others = replace(chosen, envelope=None).described(record)
        around = record.commitments[chosen.envelope].name if chosen.envelope else ""
        return "; ".join(filter(None, [others, around]))

    def _written(self, value: Decimal) -> str:
        return words.pounds(value) if self.exact else words.short(value)

    def _phrase(self, value: Sum) -> str:
        """Write a sum in words; bounds that read alike as one figure."""
        if value.high is not None and self._written(value.low) == self._written(value.high):
            return self._written(value.stated)
        return words.phrase(value, self._written)

    def said(self) -> Iterator[str]:
        """Yield what the headline is of, and what of it is new, or why there is none."""
        question, items = self.question, self.question.ledger.items
        if question.total.missing:
            yield from filter(None, [nothing(question).more])
            yield f"As known on {words.day(question.record.as_of)}."
            return
        years = {year for id_ in question.counted for year in items[id_].years or ()}
        span = f"{min(years)} to {max(years)}, as" if len(years) > 1 else "As"
        prices = question.measure.prices
        real = f" In {prices.year} prices." if prices else ""
        if self._is_limited:
            span = f"For {question.record.about.subject}, {span[:1].lower()}{span[1:]}"
        yield (
            f"{span} known on {words.day(question.record.as_of)}. Each pound is counted once.{real}"
        )
        said = []
        if question.counted and not question.measure.new and not question.total.missing:
            said.append(self._of_it_new)
        if self._total.doubt:
            said.append(f"Another {self._written(self._total.doubt)} may or may not be extra.")
        if said:
            yield " ".join(said)

    @property
    def _of_it_new(self) -> str:
        """How much of the headline is new."""
        new, counted = self._new_money(_EACH_YEAR), self._total.counted
        if new.high == 0:
            return "None of it is new money."
        if new.is_exact and new.stated == counted:
            return "All of it is new money."
        if new.low == 0 and (new.high is None or new.high == counted):
            return "No source says how much of it is new money."
        each, once = self._phrase(new), self._phrase(self._new_money("announced"))
        if each == once:
            return f"{words.sentence(each)} of it is new money."
        return f"{words.sentence(each)} of it is new money, counted in each year ({once} once)."

    @property
    def made_of(self) -> list[str]:
        """What the figure is made of, each sum by its name with what it counts."""
        return [f"{row.title} ({self._written(row.counted)})" for row in self._rows if row.counted]

    @property
    def promised(self) -> str:
        """The figure alone."""
        return self._phrase(self.question.total.amount)

    @property
    def new(self) -> str:
        """How much of it is new, in each year that it lasts."""
        return self._phrase(self._new_money(_EACH_YEAR))

    def _new_money(self, how: NewMoney) -> Sum:
        measure = replace(self.question.measure, new=how)
        return replace(self.question, measure=measure).total.amount

    def _beside(self) -> Iterator[str]:
        """Yield what is in doubt, and so in no row, by name."""
        sizes = {} if self._doubt_has_column else self._doubtful()
        if not sizes:
            return
        ordered = sorted(sizes, key=lambda id_: (-sizes[id_], id_))
        many = len(ordered) if len(ordered) <= _NAMED + 1 else _NAMED
        text = self._named(ordered, sizes, many)
        while many > 1 and len(text) > _ROOM:
            many -= 1
            text = self._named(ordered, sizes, many)
        yield text

    def _doubtful(self) -> dict[str, Decimal]:
        """Return how much is in doubt of each sum that lies in no other such."""
        question = self.question
        sizes = {
            named: question.may_add(question.unsure & {named, *question.ledger.inside(named)})
            for group in question.doubt.groups
            for named in group.named
            if group.ids & question.unsure
        }
        return {id_: size for id_, size in sizes.items() if size}

    def _named(self, ordered: Sequence[str], sizes: Mapping[str, Decimal], many: int) -> str:
        """Say what is in doubt: the largest by name, the others as one."""
        items, scaled, brief = self.question.ledger.items, self.scaled, self._brief(ordered)
        named = []
        for id_ in ordered[:many]:
            word = items[id_].money.word if items[id_].money.stated == sizes[id_] else ""
            size = scaled.worded(Sum(sizes[id_], sizes[id_], sizes[id_], word))
            named.append(f"{brief[id_]} ({size})")
        if rest := [sizes[id_] for id_ in ordered[many:]]:
            named.append(f"{len(rest)} smaller ({scaled(sum(rest, NOUGHT))})")
        total = f"; in all {scaled(self._total.doubt)}" if len(named) > 1 else ""
        doubt = self.question.doubt.about(ordered[0])
        if len(ordered) == 1 and doubt and doubt.inside:
            held = self.question.named(doubt.inside)
            total = f", which may be part of {held}"
        return f"In doubt, so not in the total: {', '.join(named)}{total}"

    def _brief(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the names of some sums without the years they end in, where these tell nothing."""
        brief = {id_: re.sub(r", \d{4}(-\d\d)?$", "", self.question.called(id_)) for id_ in ids}
        every = list(brief.values())
        return {
            id_: name if every.count(name) == 1 else self.question.called(id_)
            for id_, name in brief.items()
        }

    def notes(self) -> Iterator[str]:
        """Yield what would change how the answer is read."""
        question = self.question
        if unsized := question.missing_sums():
            named = question.named(unsized)
            yield f"{named}: sum unknown."
        if outside := question.doubt.from_outside(question.counted):
            yield f"Up to {self._written(outside)} of it may be paid from what is not chosen here."
        if self.by == "stage":
            yield "Paid is what was handed out; no source of the record says what was spent."
        if self.by == _SHARING:
            yield (
                "A sum can have several topics, and is in doubt here only where what it may be "
                "part of has the same one: rows do not add up to the total."
            )
        if left := question.without_years() if question.measure.prices else []:
            one = "sum has" if len(left) == 1 else "sums have"
            yield f"{len(left)} {one} no stated years, and so no real terms (--long)."
        reviewed = question.record.about.reviewed
        if question.record.as_of > reviewed:
            yield f"Last reviewed {words.day(reviewed)}."

    def _ways(self) -> Iterator[tuple[str, str]]:
        if not self.every:
            yield "Parts" if self.by == "envelope" else "All", "--all"
        yield "Sources", "--long"
        if self.by == "envelope":
            yield "Why", "--explain"
            yield "By year", "--by year"


def _figure(row: _Row, value: _Money | None, write: Callable[[_Money], str]) -> str:
    """Write a figure of a row: nothing where it has none, ".." where it cannot be worked out."""
    if row.lacking:
        return _NOT_AVAILABLE
    return "" if value is None else write(value)


def _rows_of(names: Sequence[str]) -> str:
    """Name some rows; those that begin alike by what they share."""
    shared: list[str] = []
    for same in zip(*(name.split() for name in names), strict=False):
        if len(set(same)) > 1:
            break
        shared.append(same[0])
    if len(names) > 1 and len(shared) > 1:
        return f"the {' '.join(shared).rstrip(',:')} rows"
    return words.listed(names)
