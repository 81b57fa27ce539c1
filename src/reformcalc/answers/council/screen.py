"""What it means for one council, on one screen: what it is in, got, must do and waits for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.area_words import areas_known
from reformcalc.answers.council.rows import Aspect
from reformcalc.answers.serving import pair
from reformcalc.answers.states import TOLD
from reformcalc.ledger.milestones import State
from reformcalc.printable import on_the_web
from reformcalc.screen import Cell, Head, Line, LineKind, Listing, Screen, Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reformcalc.answers.council.council import Council
    from reformcalc.answers.council.rows import ForRow
    from reformcalc.ledger.known import Known

# The label of an aspect, the longest sum (a figure is never cut), what it is, and who says so, with
# a footnote's mark.
HEADS = (Head(most=9), Head(most=16), Head(grows=True), Head(most=14))
IN_A_LINE = (Head(most=9), Head(grows=True, wraps=True))
_LABEL = 9  # letters of the longest label, so that both kinds of lines begin alike
_SET_IN = " " * (_LABEL + 2)  # of a line that stands below a row: where its date begins
_FEW = 1  # names in a line, where the others are counted
_BINDING = 3  # of what binds, more of them


@dataclass(frozen=True)
class CouncilScreen:
    """What is known of one council as people see it first; `every` folds nothing."""

    council: Council
    every: bool = False

    def screen(self) -> Screen:
        """Return the answer for one screen."""
        said = self.council.of(Aspect.SAID)
        every = f"All, with {words.counted(len(said), 'note')}" if said else "All"
        return Screen(
            answer=answer(self.council),
            listings=tuple(self._listings()),
            notes=tuple(notes(self.council, every=self.every)),
            ways=(
                *([] if self.every else [(every, "--all")]),
                ("Sources, ids", "--long"),
                ("Changed", "--since 1w"),
            ),
            whole=self.every,
        )

    def _listings(self) -> Iterator[Listing]:
        if self.council.since:
            yield from self._changed()
        yield from self._rows("In", Aspect.IN, _name)
        yield from self._rows("Got", Aspect.GOT, _name)
        if self.every:
            yield from self._rows("Said", Aspect.SAID, _with_what_it_says)
        yield from self._not_known()
        yield from self._own_plan()
        yield from self._beside_a_plan("Its own", Aspect.OWN_PROMISE)
        binding = _FEW if self.council.of(Aspect.OWN_PLAN) else _BINDING
        yield from self._in_a_line("In force", Aspect.IN_FORCE, binding)
        yield from self._due()
        yield from self._later()
        yield from self._past()
        yield from self._beside_a_plan("Waits for", Aspect.WAITS_FOR)
        if not self.council.since:
            yield from self._changed()

    # A row for each, with its date and who says so.

    def _rows(
        self, label: str, aspect: Aspect, says: Callable[[ForRow], str], *, least: int = 1
    ) -> Iterator[Listing]:
        """Yield the rows of an aspect under its label; the last fold into a line."""
        if rows := self.council.of(aspect):
            yield self._listing(self._labelled(label, rows, says), least)

    def _listing(self, lines: Iterable[Line], least: int) -> Listing:
        heads = tuple(replace(head, wraps=self.every and head is not HEADS[0]) for head in HEADS)
        return Listing(heads, tuple(lines), folded=None if self.every else _more, least=least)

    def _labelled(
        self, label: str, rows: Iterable[ForRow], says: Callable[[ForRow], str]
    ) -> Iterator[Line]:
        """Yield a line for each row, of which the first has the label."""
        for row in rows:
            cells = (
                Cell(label.ljust(_LABEL), Tone.STRONG),
                Cell(row.in_short, tone(row), note=sure(row)),
                Cell(says(row), link=_link(self.council.record, row)),
                told(row, every=self.every),
            )
            yield Line(cells, cites=tuple((source, row.where) for source in row.sources))
            label = ""

    def _due(self) -> Iterator[Listing]:
        """Yield what falls due soon: what binds under another label than what is expected."""
        rows = self.council.of(Aspect.DUE)
        duties = [row for row in rows if row.nature == "duty"]
        others = [row for row in rows if row.nature != "duty"]
        if rows:
            lines = (
                *self._labelled("Must", duties, _name),
                *self._labelled("Expected", others, _name),
            )
            yield self._listing(lines, 4)

    def _own_plan(self) -> Iterator[Listing]:
        """Yield each entry of one's own plan, and below it how far it is from what it serves."""
        if not (rows := self.council.of(Aspect.OWN_PLAN)):
            return
        lines = []
        for row, line in zip(rows, self._labelled("Own plan", rows, _name), strict=True):
            lines.append(line)
            if row.serves and (served := pair(self.council.record, row.id)):
                below = Cell(f"{_SET_IN}{served.sentence}", Tone.QUIET)
                lines.append(Line((below,), LineKind.REMARK))
        yield self._listing(lines, 2)

    # A line for all of them.

    def _line(self, label: str, text: str) -> Iterator[Listing]:
        cells = (Cell(label.ljust(_LABEL), Tone.STRONG), Cell(text))
        yield Listing(IN_A_LINE, (Line(cells),))

    def _in_a_line(self, label: str, aspect: Aspect, most: int) -> Iterator[Listing]:
        """Yield names with their dates in a line; or a row each, where every row is asked for."""
        if self.every:
            yield from self._rows(label, aspect, _name)
        elif rows := self.council.of(aspect):
            yield from self._line(label, _dated(rows, most))

    def _beside_a_plan(self, label: str, aspect: Aspect) -> Iterator[Listing]:
        """Yield a row each; a line where one's own plan takes the room."""
        if self.council.of(Aspect.OWN_PLAN):
            yield from self._in_a_line(label, aspect, _FEW)
        else:
            yield from self._rows(label, aspect, _name)

    def _not_known(self) -> Iterator[Listing]:
        if self.every:
            yield from self._rows("Not known", Aspect.NOT_KNOWN, _any_share)
        elif rows := self.council.of(Aspect.NOT_KNOWN):
            yield from self._line("Not known", f"any share of {self._named(rows)}")

    def _later(self) -> Iterator[Listing]:
        """Yield what comes later, what has no date, and how much came about in part so far."""
        later, undated = self.council.of(Aspect.LATER), self.council.of(Aspect.NO_DATE)
        if self.every:
            yield from self._rows("Later", Aspect.LATER, _name)
            yield from self._rows("No date", Aspect.NO_DATE, lambda row: f"{row.name} ({row.when})")
            yield from self._rows("Partly", Aspect.PARTLY_MET, _name)
            return
        said = []
        if later:
            said.append(_dated(later, _FEW))
        if undated:
            duties = [bare(row.name) for row in undated if row.nature == "duty"]
            steps = len(undated) - len(duties)
            counts = [words.counted(steps, "step")] if steps else []
            if duties:
                counted = words.counted(len(duties), "duty", "duties")
                counts.insert(0, f"{counted} ({', '.join(words.few(duties, _FEW))})")
            said.append(f"undated: {', '.join(counts)}")
        if partly := self.council.of(Aspect.PARTLY_MET):
            said.append(f"{len(partly)} partly met")
        if said:
            yield from self._line("Later", "; ".join(said))

    def _past(self) -> Iterator[Listing]:
        if self.every:
            yield from self._rows("Past", Aspect.PAST, _name)
        elif rows := self.council.of(Aspect.PAST):
            yield from self._line("Past", f"no outcome known of {self._named(rows)}")

    def _changed(self) -> Iterator[Listing]:
        """Yield what changed since a day, a row each where the day was asked for."""
        rows = self.council.of(Aspect.CHANGED)
        if rows and (self.every or self.council.since):
            yield from self._rows("Changed", Aspect.CHANGED, _name, least=2)
            return
        since = words.short_day(self.council.since_day)
        named = self._named(rows) if rows else "nothing"
        yield from self._line("Changed", f"since {since}: {named}")

    def _named(self, rows: Sequence[ForRow]) -> str:
        most = len(rows) if self.every else _FEW
        return words.listed(words.few(list(dict.fromkeys(row.name for row in rows)), most))


def answer(council: Council) -> str:
    """Say in a line what a council is in, what it got, and what it must do by when."""
    duties = words.counted(len(council.of(Aspect.IN_FORCE)), "duty", "duties")
    coming = council.of(Aspect.DUE)
    # What is expected of a council, and binds it not, is not due from it.
    is_due = "due" if any(row.nature == "duty" for row in coming) or not coming else "expected"
    must = f"{duties} in force, {len(coming) or 'none'} {is_due} by {council.until:%b %Y}"
    if not council.is_named:
        return f"{council.name}: nothing is recorded that names it; {must}"
    inside, got = council.takes_part, council.gets
    where = words.counted(len({row.id for row in inside}), "programme")
    nil = sum(row.state == "nil" for row in got)
    sums = sum(row.amount is not None for row in got) - nil
    shared = sum(row.amount is not None and row.shared_by is not None for row in got)
    if shared and shared == sums:
        known = f"{words.counted(sums, 'shared sum')} known"
    else:
        known = words.counted(sums, "sum") + (f", {shared} shared" if shared else " known")
    money = [known] if sums or not nil else []
    money += [f"{nil} nil by rule"] if nil else []
    return f"{council.name}: in {where}; {', '.join(money)}; {must}"


def notes(council: Council, *, every: bool = True) -> Iterator[str]:
    """Yield of which day the answer is, what is not whole, and what was not looked for."""
    record = council.record
    yield as_known(record)
    promised = record.ever.days_of_money()
    if promised and record.as_of < promised[0]:
        yield f"The record has no promise of money before {words.day(promised[0])}."
    yield from areas_not_named(council, every=every)
    if every and council.of(Aspect.CHANGED):
        yield f"Changed: since {words.day(council.since_day)}."
    yield not_checked(council)


def as_known(record: Known) -> str:
    """Say of which day an answer is, and when the record was last reviewed if that was before."""
    reviewed = record.about.reviewed
    last = f"; last reviewed {words.day(reviewed)}" if record.as_of > reviewed else ""
    return f"As known on {words.day(record.as_of)}{last}."


def areas_not_named(council: Council, *, every: bool) -> Iterator[str]:
    """Yield of which programmes the record does not name all areas: it may be in these too."""
    if open_ := council.might_be_in:
        number = words.counted(len(open_), "programme")
        listed = words.listed(f"{one.entry.name} ({areas_known(one)})" for one in open_)
        might = f", and {council.name} may be in these too: {listed}" if every else ""
        yield f"Of {number} only some areas are named{might}."


def not_checked(council: Council) -> str:
    """Say whom nobody asked, and what was read of in part alone."""
    return f"Not checked with {council.name}; not all its own papers were read."


def bare(name: str) -> str:
    """Return the name of a duty without what its label says."""
    return name.removesuffix(": duty in force").removesuffix(" in force")


def sure(row: ForRow) -> str:
    """Say in a sentence what makes a date less than certain; of what has none, that is in it."""
    return f"{words.sentence(row.doubt)}." if row.doubt and row.in_short else ""


def told(row: ForRow, *, every: bool = True) -> Cell:
    """Say who says so, or how it stands; of our reading also, if all is, what it is read from."""
    if row.inferred:
        read_from = row.inferred if every else "no source says so"
        return Cell("our reading", note=f"Our reading: {read_from}.")
    if row.aspect in _BY_ITSELF:
        return Cell(TOLD[State(row.state)].stands.removeprefix("past, "))  # its date says so
    return Cell(row.who)


def _dated(rows: Sequence[ForRow], most: int) -> str:
    """Name some rows with their dates, and how firm these are, and count the others."""
    named = [
        f"{bare(row.name)} ({when})" if (when := _when(row)) else bare(row.name) for row in rows
    ]
    return words.listed(words.few(named, most))


def _when(row: ForRow) -> str:
    return f"{row.in_short}, not firm" if sure(row) else row.in_short


def _name(row: ForRow) -> str:
    return row.name


def _any_share(row: ForRow) -> str:
    return f"any share of {row.name}"


def _with_what_it_says(row: ForRow) -> str:
    return f"{row.name}: {row.says}"


def _more(gone: Sequence[Line]) -> Line:
    more = sum(line.kind is LineKind.ROW for line in gone)
    said = f"and {more} more: --all" if more else ""
    return Line((Cell(""), Cell(""), Cell(said, Tone.QUIET)))


# Of these the council itself, or its own file, says so: what is told is how they stand.
_BY_ITSELF = (Aspect.OWN_PLAN, Aspect.OWN_PROMISE, Aspect.PAST, Aspect.PARTLY_MET)


def tone(row: ForRow) -> Tone:
    """Return the colour of a date: what is late, due now, or binds."""
    if row.state in (State.OVERDUE, State.LATE):
        return Tone.BAD
    if row.state == State.DUE_NOW:
        return Tone.DOUBT
    return Tone.GOOD if row.aspect is Aspect.IN_FORCE else Tone.PLAIN


def _link(record: Known, row: ForRow) -> str:
    addresses = (record.source(id_).url or "" for id_ in row.sources)
    return next(filter(on_the_web, addresses), "")
