"""How much has been promised, on one screen: what is promised, what counts, what of it is new."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.nothing import nothing
from reformcalc.answers.totals.groupings import GROUPINGS
from reformcalc.ledger.ledger import Standing
from reformcalc.screen import Cell, Head, Kind, Line, Listing, Screen
from reformcalc.values.money import NOTHING, NOUGHT, Sum

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from reformcalc.answers.question import Question, TotalsRow
    from reformcalc.ledger.ledger import Item

_NAMED = 4  # sums in doubt that are named one by one
_EACH_YEAR = "each-year"
# Groups whose rows add up to the total.
_ADDING_UP = ("envelope", "pillar", "year", "lead", "stage", "spending")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the screen: what is promised in its own words, what counts, what of it is new.

    `promised` is None for a group and for what no source itemises, `new` where that is asked for.
    """

    title: str
    counted: Decimal
    new: Sum | None
    promised: Sum | None = None
    note: str = ""


@dataclass(frozen=True)
class TotalsScreen:
    """The money of a question as people see it first, grouped by one of `GROUPINGS`.

    `every` shows parts too, and folds nothing; `exact` writes each figure to the pound.
    """

    question: Question
    by: str = "envelope"
    every: bool = False
    exact: bool = False

    def screen(self) -> Screen:
        """Set it out. Raises as `totals` does."""
        listings = (self._listing,) if self._rows else ()
        return Screen(
            answer=self._answer,
            said=tuple(self._said()),
            listings=listings,
            beside=tuple(self._beside()),
            notes=tuple(self._notes()),
            ways=tuple(self._ways()),
            whole=self.every,
        )

    @cached_property
    def _new_question(self) -> Question | None:
        """The same question of new money; None where it is of that already, and year by year.

        No source says of which year the new part of most sums is: rows of years would not match.
        """
        measure = self.question.measure
        if measure.new or self.by == "year":
            return None
        return replace(self.question, measure=replace(measure, new=_EACH_YEAR))

    def _new(self, ids: Collection[str]) -> Sum | None:
        asked = self._new_question
        return asked.money(asked.counted.intersection(ids)) if asked else None

    @cached_property
    def _total(self) -> _Row:
        question = self.question
        return _Row("Total", question.adds(question.counted), self._new(question.counted))

    @cached_property
    def _rows(self) -> list[_Row]:
        found = list(GROUPINGS[self.by](self.question))
        rows = list(self._of_sums(found) if self.by == "envelope" else self._of_groups(found))
        if self.every or self.by != "envelope":
            return rows
        return sorted(rows, key=lambda row: -row.counted)

    def _of_groups(self, found: Sequence[TotalsRow]) -> Iterator[_Row]:
        asked = self._new_question
        new = {row.id: row.amount for row in GROUPINGS[self.by](asked)} if asked else {}
        for row in found:
            its_new = new.get(row.id, NOTHING) if asked else None
            if self.every or row.adds_gbp or (its_new and its_new.high != 0):
                yield _Row(_headed(row, self.by), NOUGHT + row.adds_gbp, its_new)

    def _of_sums(self, found: Sequence[TotalsRow]) -> Iterator[_Row]:
        """Yield a row for each sum that counts and lies in no other, or for each of all."""
        inside = _inside(found)
        for row in found:
            own = row.kind == "not-itemised"
            if not self.every and (row.depth or not row.adds_gbp):
                continue
            id_ = row.parent if own and row.parent else row.id
            item = self.question.ledger.items[id_]
            name = "not broken down" if own else self._name(id_)
            yield _Row(
                title="  " * row.depth + name,
                counted=NOUGHT + row.adds_gbp,
                new=self._new({id_} if own else inside[row.id]),
                promised=None if own else item.money,
                note="" if own else self._note(row),
            )

    def _name(self, id_: str) -> str:
        item = self.question.ledger.items[id_]
        part = ", the part also there" if item.part_in else ""
        return f"{item.entry.name}{part}"

    def _note(self, row: TotalsRow) -> str:
        """Say where the rest of a sum is that does not count in its row."""
        parts = []
        scaled = self._scaled
        if row.elsewhere_gbp:
            held = words.listed(self._name(id_) for id_ in self._also_in(row.id))
            parts.append(f"{scaled(NOUGHT + row.elsewhere_gbp)} is counted in {held}")
        items = self.question.ledger.items
        gone = {
            id_
            for id_ in (row.id, *self.question.ledger.inside(row.id))
            if items[id_].standing is Standing.SUPERSEDED
        }
        if replaced := sum((items[id_].own.stated for id_ in gone), NOUGHT):
            parts.append(f"{scaled(replaced)} was replaced")
        return f"{', '.join(parts)}." if parts else ""

    def _also_in(self, id_: str) -> list[str]:
        """Return the outermost sums in whose rows a part of this one counts, largest first."""
        items = self.question.ledger.items
        held: dict[str, Decimal] = {}
        for inner in self.question.ledger.inside(id_) & self.question.counted:
            first = _first_root(items, inner)
            if first != id_:
                held[first] = held.get(first, NOUGHT) + items[inner].own.stated
        return sorted(held, key=lambda one: (-held[one], one))

    @cached_property
    def _scaled(self) -> words.Scaled:
        found = GROUPINGS[self.by](self.question)
        counted = [NOUGHT + row.adds_gbp for row in found]
        return words.Scaled([*counted, self._total.counted], exact=self.exact)

    @property
    def _listing(self) -> Listing:
        adds_up = self.by in _ADDING_UP
        return Listing(
            heads=self._heads,
            lines=tuple(map(self._line, self._rows)),
            total=self._line(self._total, Kind.TOTAL) if adds_up else None,
            folded=None if self.every else self._rest,
            least=3,
        )

    @property
    def _heads(self) -> tuple[Head, ...]:
        prices = self.question.measure.prices
        unit = f"{self._scaled.name}, {f'{prices.year} prices' if prices else 'cash'}"
        heads = [Head(unit, grows=True)]
        if self.by == "envelope":
            heads.append(Head("Promised", right=True))
        heads.append(Head("New" if self.question.measure.new else "Counted", right=True))
        if self._new_question:
            heads.append(Head("New", right=True))
        return tuple(heads)

    def _line(self, row: _Row, kind: Kind = Kind.ROW) -> Line:
        cells = [Cell(row.title)]
        if self.by == "envelope":
            cells.append(Cell(self._scaled.worded(row.promised) if row.promised else ""))
        cells.append(Cell(self._scaled(row.counted)))
        if row.new is not None:
            cells.append(Cell(self._scaled.bounds(row.new)))
        return Line(tuple(cells), kind, row.note)

    def _rest(self, hidden: Sequence[Line]) -> Line:
        """Return one row for the last ones, with what they add."""
        gone = self._rows[len(self._rows) - len(hidden) :]
        new = [row.new for row in gone if row.new is not None]
        row = _Row(
            f"{len(gone)} more" if self.by == "year" else f"{len(gone)} smaller",
            sum((row.counted for row in gone), NOUGHT),
            sum(new, NOTHING) if new else None,
        )
        return self._line(row)

    @property
    def _answer(self) -> str:
        question = self.question
        about = question.record.about.subject
        chosen = question.chosen.described(question.record)
        what = f"{about}: {chosen}" if chosen else about
        if question.total.missing:
            return nothing(question).answer
        new = {"announced": " of new money, counted once,", _EACH_YEAR: " of new money"}
        money = words.phrase(question.total.amount, self._written)
        return f"{money}{new.get(question.measure.new or '', '')} is promised for {what}"

    def _written(self, value: Decimal) -> str:
        return words.pounds(value) if self.exact else words.short(value)

    def _said(self) -> Iterator[str]:
        """Yield what the headline is of, and what of it is new, or why there is none."""
        question = self.question
        if question.total.missing:
            yield from filter(None, [nothing(question).more])
            yield f"As known on {words.day(question.record.as_of)}."
            return
        items = question.ledger.items
        years = {year for id_ in question.counted for year in items[id_].years or ()}
        span = f"{min(years)} to {max(years)}, as" if len(years) > 1 else "As"
        prices = question.measure.prices
        real = f" In {prices.year} prices." if prices else ""
        yield (
            f"{span} known on {words.day(question.record.as_of)}. Each pound is counted once.{real}"
        )
        new, doubt = self._total.new, question.may_add(question.unsure)
        said = []
        if new is not None and question.counted:
            all_new = new.is_exact and new.stated == self._total.counted
            money = "All" if all_new else _sentence(words.phrase(new, self._written))
            said.append(f"{money if new.high else 'None'} of it is new money.")
        if doubt:
            said.append(f"Another {self._written(doubt)} may or may not be extra.")
        if said:
            yield " ".join(said)

    def _beside(self) -> Iterator[str]:
        """Yield what is in doubt, and so in no row, by name."""
        question = self.question
        items = question.ledger.items
        sizes = {
            named: question.may_add(question.unsure & {named, *question.ledger.inside(named)})
            for group in question.doubt.groups
            for named in group.named
            if group.ids & question.unsure
        }
        sizes = {id_: size for id_, size in sizes.items() if size}
        if not sizes:
            return
        ordered = sorted(sizes, key=lambda id_: (-sizes[id_], id_))
        few = ordered if len(ordered) <= _NAMED + 1 or self.every else ordered[:_NAMED]
        named = []
        for id_ in few:
            size = self._scaled.worded(replace(items[id_].money, stated=sizes[id_]))
            named.append(f"{self._name(id_)} ({size})")
        rest = [sizes[id_] for id_ in ordered if id_ not in few]
        if rest:
            named.append(f"{len(rest)} smaller ({self._scaled(sum(rest, NOUGHT))})")
        whole = self._scaled(question.may_add(question.unsure))
        total = f"; in all {whole}" if len(named) > 1 else ""
        yield f"In doubt, so not in the total: {', '.join(named)}{total}"

    def _notes(self) -> Iterator[str]:
        """Yield what would change how the answer is read."""
        question = self.question
        if unsized := question.unsized():
            entries = question.record.commitments
            named = words.listed(entries[id_].name for id_ in unsized)
            yield f"No source says how much {named} is: in no total."
        outside = question.doubt.from_outside(question.counted)
        if outside:
            yield f"Up to {self._written(outside)} of it may be paid from what is not chosen here."
        if self.by == "topic":
            yield "A sum can have several topics, so these rows do not add up to the total."
        if left := question.without_years() if question.measure.prices else []:
            named = words.listed(self._name(id_) for id_ in left)
            yield f"Without what has no stated years: {named}."
        reviewed = question.record.about.reviewed
        if question.record.as_of > reviewed:
            yield f"Last reviewed {words.day(reviewed)}."

    def _ways(self) -> Iterator[tuple[str, str]]:
        if self.by == "envelope" and not self.every:
            yield "Parts", "--all"
        yield "Sources", "--long"
        yield "Why", "--explain"
        if self.by == "envelope":
            yield "By year", "--by year"


def _inside(rows: Iterable[TotalsRow]) -> dict[str, set[str]]:
    """Return the ids of the rows under each row, with its own."""
    found: dict[str, set[str]] = {}
    parents: dict[str, str | None] = {}
    for row in rows:
        if row.kind == "not-itemised":
            continue
        parents[row.id] = row.parent
        above: str | None = row.id
        while above is not None:
            found.setdefault(above, set()).add(row.id)
            above = parents.get(above)
    return found


def _first_root(items: Mapping[str, Item], id_: str) -> str:
    """Return the outermost sum in whose row an item counts, by first-listed envelopes."""
    while items[id_].parents:
        id_ = items[id_].parents[0]
    return id_


def _headed(row: TotalsRow, by: str) -> str:
    """Return what a group is called; of years, whether any source splits them."""
    if by != "year":
        return row.title
    years = row.id.replace("..", " to ")
    if years == row.id and "," not in years:
        return years if row.title == "" else "Years not stated"
    return f"{years}, no yearly split"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
