"""What it means for one council as a paper: where it stands on a page, then a table of each kind.

A column holds one kind of thing: a day, a sum, who says so, how it stands. What the first page
lists whole, no later table lists again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from reformcalc import words
from reformcalc.answers.council.rows import Aspect
from reformcalc.answers.council.screen import (
    areas_not_named,
    as_known,
    not_checked,
    sure,
    told,
    tone,
)
from reformcalc.answers.deadlines.said import NOT_NOTHING, settled_on, short_names
from reformcalc.answers.milestone_words import how_late, length
from reformcalc.answers.recommendations.screen import TONES
from reformcalc.answers.responses import answer, in_words, last
from reformcalc.answers.serving import pair
from reformcalc.answers.states import TOLD
from reformcalc.ledger.milestones import PAST, State
from reformcalc.report import Section
from reformcalc.screen import Cell, Head, Line, LineKind, Listing, Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from reformcalc.answers.council.council import Council
    from reformcalc.answers.council.rows import ForRow
    from reformcalc.answers.deadlines.rows import DeadlineRow
    from reformcalc.record.model import Recommendation

_MOST = 8  # rows of a table of the first page
_AHEAD = (Aspect.DUE, Aspect.LATER, Aspect.OWN_PROMISE, Aspect.OWN_PLAN)
_LATE = (State.LATE, State.OVERDUE)
_TO_COME = (State.DUE_NOW, State.UPCOMING, *_LATE)
# What came of what was asked, in this order: what is past and open, then in part, then the rest.
_OUTCOMES = (
    *PAST, State.PARTLY_MET, State.MET, State.MET_LATE, State.ENDED, State.DROPPED,
    State.SUPERSEDED,
)  # fmt: skip

# The columns of a table: what heads each, and its cell of a row.
Columns = tuple[tuple[Head, "Callable[[Any], Cell]"], ...]


@dataclass(frozen=True)
class CouncilPaper:
    """The parts of a paper that are of one council; `entries` are the recommendations of the day.

    Each part is a section, empty where there is nothing of it.
    """

    council: Council
    entries: Mapping[str, Recommendation]

    # The page that answers.

    def position(self) -> Section:
        """Return where it stands: figures, what is due next, money told of it, what was asked."""
        tables = (self._ahead(_MOST), self._money(_MOST), self._recommended(_MOST))
        return Section(
            "", f"Where {self.council.name} stands",
            sentences=(self._named, *self._changed),
            figures=tuple(self._figures()),
            listings=tuple(filter(None, tables)),
            notes=(as_known(self.council.record), not_checked(self.council)),
        )  # fmt: skip

    @property
    def _named(self) -> str:
        """Say in what it is named, and what it must do whether it is or not."""
        council = self.council
        inside = {row.id for row in council.takes_part}
        if inside:
            named = f"{council.name} takes part in {words.counted(len(inside), 'programme')}"
        elif council.is_named:
            named = f"{council.name} is named in no programme"
        else:
            named = f"Nothing in the record names {council.name}"
        binding = len(council.of(Aspect.IN_FORCE))
        duties = words.counted(binding, "duty", "duties")
        must = f"{duties} in force {_verb(binding, 'bind', 'binds')} it"
        coming = council.of(Aspect.DUE)
        things = f"{words.counted(len(coming), 'thing')} {_verb(len(coming), 'are', 'is')}"
        # What is expected of a council, and binds it not, is not due from it.
        binds = any(row.nature == "duty" for row in coming)
        asked = f"{things} {'due from' if binds else 'expected of'} it"
        return f"{named}; {must}, and {asked} by {words.day(council.until)}."

    @property
    def _changed(self) -> Sequence[str]:
        """Say what is new of it since a day."""
        rows = self.council.of(Aspect.CHANGED)
        told = dict.fromkeys(f"{row.name} ({row.in_short})" for row in rows)
        names = words.listed(told) or "nothing"
        return [f"Changed since {words.day(self.council.since_day)}: {names}."]

    def _figures(self) -> Iterator[tuple[str, str]]:
        """Yield what is ahead of it, what binds it, what money is told of it, and what is open."""
        council = self.council
        ahead = [row for row in self._rows_ahead if row.state not in _LATE]
        late, undated = len(self._rows_ahead) - len(ahead), len(council.of(Aspect.NO_DATE))
        beside = f"; {late} late" if late else ""
        beside += f"; {undated} more {_verb(undated, 'have', 'has')} no day yet" if undated else ""
        yield str(len(ahead)), f"{'date' if len(ahead) == 1 else 'dates'} ahead of it{beside}"
        if ahead:
            first = ahead[0]
            doubt = f" ({first.doubt})" if sure(first) else ""
            yield first.in_short, f"next: {first.name}{doubt}"
        duties = len(council.of(Aspect.IN_FORCE))
        yield str(duties), f"{'duty' if duties == 1 else 'duties'} in force for it"
        yield self._money_figure
        unknown, past = council.of(Aspect.NOT_KNOWN), council.of(Aspect.PAST)
        open_ = [f"any share of {words.counted(len(unknown), 'programme')}"] if unknown else []
        open_ += [f"what came of {words.counted(len(past), 'date')} past"] if past else []
        if open_:
            yield str(len(unknown) + len(past)), f"not known: {words.listed(open_)}"

    @property
    def _money_figure(self) -> tuple[str, str]:
        """How many sums are told of it, for how many programmes, and how many are not its alone."""
        got = self.council.gets
        sums = [row for row in got if row.amount is not None and row.state != "nil"]
        counts = {
            "shared with others": sum(row.shared_by is not None for row in sums),
            "provisional": sum(row.state == "provisional" for row in sums),
            "nil by rule": sum(row.state == "nil" for row in got),
            "with no sum printed": sum(row.amount is None for row in got),
        }
        programmes = words.counted(len({row.id for row in sums}), "programme")
        said = [f"of money told of it, for {programmes}" if sums else "no sum is told of it"]
        said += [f"{count} {what}" for what, count in counts.items() if count]
        return words.counted(len(sums), "sum") if sums else "none", ", ".join(said)

    # A section for each kind.

    def dates(self) -> Section:
        """Return what binds it, what has no day yet, what others promised, and its own plan."""
        council = self.council
        binding = self._rows_in(Aspect.IN_FORCE, State.IN_FORCE, State.UNDER_WAY)
        undated = self._rows_in(Aspect.NO_DATE, State.UNDATED)
        rest = self._ahead() if len(self._rows_ahead) > _MOST else None
        no_day = (
            _WHAT,
            _PROMISED_BY,
            (Head("Waits for"), lambda row: Cell("; ".join(filter(None, (row.when, row.doubt))))),
        )
        soon = f"Promised by others, by {words.day(council.until)}"
        tables = (
            rest,
            _table("In force", ((Head("Since"), _day), _WHAT, (Head("Set by"), _PROMISED_BY[1])),
                   binding),
            _table("Asked of it, with no day yet", no_day, undated),
            _table(soon, (*self._when, _PROMISED_BY), council.of(Aspect.WAITS_FOR)),
            self._own_plan(),
        )  # fmt: skip
        return self._section(f"What {council.name} must do, and when", tables)

    def money(self) -> Section:
        """Return what it takes part in, what it gets, and of which money no source says."""
        council = self.council
        takes_part = (
            (Head("Since"), _day), (Head("Programme", grows=True), self._entry),
            (Head("As"), lambda row: Cell(row.says)), (Head("Told by"), told),
        )  # fmt: skip
        said = (
            (Head("Programme"), self._entry),
            (Head("What is said", grows=True), lambda row: Cell(row.says)),
            (Head("Told by"), told),
        )  # fmt: skip
        unknown = ((Head("Programme", grows=True), self._entry), (Head("Told of by"), told))
        tables = (
            _table("Takes part in", takes_part, council.takes_part),
            self._money() if len(council.gets) > _MOST else None,
            _table("Said of it, and no allocation", said, council.of(Aspect.SAID)),
            _table(
                f"Money of which no source says what {council.name} gets, if anything",
                unknown,
                council.of(Aspect.NOT_KNOWN),
            ),
        )
        section = self._section(f"What {council.name} is in, and its money", tables)
        return replace(section, notes=tuple(areas_not_named(council, every=True)))

    def recommended(self) -> Section:
        """Return all that was recommended to it, where the first page has not all."""
        rest = self._recommended() if len(self._to_it) > _MOST else None
        return self._section(f"What was recommended to {self.council.name}", (rest,))

    def outcomes(self) -> Section:
        """Return what came of what was asked of it, and what nobody knows of."""
        columns = (
            (Head("What", grows=True), self._named_row),
            (Head("Promised by"), self._leads),
            (Head("How it stands"), self._stands),
            (Head("Was due"), self._was_due), (Head("Came"), self._came),
        )  # fmt: skip
        rows = [row for row in self.council.asked_of_it if row.state in _OUTCOMES and not row.own]
        rows.sort(key=self._by_outcome)
        section = self._section(
            f"What came of what was asked of {self.council.name}",
            (_table("", columns, rows),),
        )
        past = any(row.state in PAST for row in rows)
        return replace(section, notes=(NOT_NOTHING,) * past)

    def _section(self, title: str, tables: Iterable[Listing | None]) -> Section:
        return Section("", title, listings=tuple(filter(None, tables)))

    # Its tables.

    @cached_property
    def _rows_ahead(self) -> list[ForRow]:
        """What has a day ahead on which it must act, or is to by its own plan; soonest first."""
        rows = (row for aspect in _AHEAD for row in self.council.of(aspect))
        ahead = [row for row in rows if row.state in _TO_COME and row.day]
        return sorted(ahead, key=lambda row: (row.day or date.max, row.id))

    def _rows_in(self, aspect: Aspect, *states: State) -> list[ForRow]:
        """Return the rows of an aspect, and with them its own promises that stand so."""
        own = (row for row in self.council.of(Aspect.OWN_PROMISE) if row.state in states)
        return [*self.council.of(aspect), *own]

    def _ahead(self, most: int | None = None) -> Listing | None:
        columns = (*self._when, (Head("Asked as"), _asked_as), _PROMISED_BY)
        return _table("Due next", columns, self._rows_ahead, most)

    def _money(self, most: int | None = None) -> Listing | None:
        columns: Columns = (
            (Head("Sum", right=True), _sum), (Head("For"), _years),
            (Head("Programme", grows=True), _programme), (Head("Terms"), _terms),
            (Head("Told by"), told),
        )  # fmt: skip
        return _table("Money told of it", columns, self.council.gets, most)

    def _recommended(self, most: int | None = None) -> Listing | None:
        record = self.council.record
        groups = record.groups.above([self.council.body])
        named = {id_ for entry in self._to_it for id_ in entry.to if id_ in groups}
        whom = short_names(record, sorted(named)) or self.council.name
        columns = (
            (Head("Made"), lambda entry: Cell(words.published(entry.made))),
            (Head("What", grows=True), lambda entry: Cell(entry.name)),
            (Head("Asked by"), lambda entry: Cell(record.bodies[entry.by].name)),
            (Head("Answer"), _answer),
        )
        return _table(f"Recommended to {whom}", columns, self._to_it, most, self._cites)

    @cached_property
    def _to_it(self) -> list[Recommendation]:
        """The recommendations made to it, or to a group that it is a member of."""
        asked = {self.council.body, *self.council.record.groups.above([self.council.body])}
        return [entry for entry in self.entries.values() if asked & {*entry.to}]

    def _cites(self, entry: Recommendation) -> tuple[words.Cited, ...]:
        response = last(entry)
        return self.council.record.cited((response or entry).claims)

    def _own_plan(self) -> Listing | None:
        """Return its own plan, below each entry how far it is from what it serves."""
        columns = (
            *self._when,
            (Head("How it stands"), lambda row: Cell(TOLD[State(row.state)].stands)),
            (Head("Who"), lambda row: Cell(row.who)),
        )
        rows = self.council.of(Aspect.OWN_PLAN)
        if (listing := _table("Its own plan", columns, rows)) is None:
            return None
        lines: list[Line] = []
        for row, line in zip(rows, listing.lines, strict=True):
            lines.append(line)
            if row.serves and (served := pair(self.council.record, row.id)):
                lines.append(Line((Cell(served.sentence, Tone.QUIET),), LineKind.REMARK))
        return replace(listing, lines=tuple(lines))

    # Its cells.

    @property
    def _when(self) -> Columns:
        return (Head("When"), _day), (Head("In"), self._in), _WHAT

    def _in(self, row: ForRow) -> Cell:
        """Say how long it is to the last day of something, or how late it is."""
        if row.state == State.DUE_NOW:
            return Cell("due now", Tone.DOUBT)
        days = (row.day - self.council.record.as_of).days if row.day else -1
        if row.state in _LATE:
            return Cell(f"{length(-days)} late", Tone.BAD)
        return Cell(length(days) if days >= 0 else "")  # what is done is in no time to come

    def _entry(self, row: ForRow) -> Cell:
        return Cell(self.council.record.section(row.kind)[row.id].name)

    def _named_row(self, row: DeadlineRow) -> Cell:
        return Cell(self.council.record.milestones[row.id].name)

    def _leads(self, row: DeadlineRow) -> Cell:
        return Cell(short_names(self.council.record, row.lead))

    def _was_due(self, row: DeadlineRow) -> Cell:
        """Say when it was first promised for; what never had a date, in its words."""
        return Cell(words.as_said(self.council.record.status(row.id).first_dated.text))

    def _stands(self, row: DeadlineRow) -> Cell:
        late = self.council.record.status(row.id).late
        told = TOLD[row.state]
        lateness = f", {how_late(late)}" if late and late[0] > 0 else ""
        return Cell(
            f"{told.stands.removesuffix(' late') if lateness else told.stands}{lateness}", told.tone
        )

    def _came(self, row: DeadlineRow) -> Cell:
        """Say when its outcome came, as far as that is known."""
        outcome = self.council.record.status(row.id).outcome
        return Cell(words.published(outcome.day) if outcome else "")

    def _by_outcome(self, row: DeadlineRow) -> tuple[int, int]:
        """Order by how something stands; within that, what came or was due last is first."""
        day = settled_on(self.council.record, row) or row.latest or date.min
        return _OUTCOMES.index(row.state), -day.toordinal()


def _table(
    title: str,
    columns: Columns,
    rows: Sequence[Any],
    most: int | None = None,
    cites: Callable[[Any], tuple[words.Cited, ...]] = lambda row: row.cited,
) -> Listing | None:
    """Return rows as a table under a title, and how many more there are; of none there is none."""
    if not rows:
        return None
    lines = [Line(tuple(cell(row) for _, cell in columns), cites=cites(row)) for row in rows[:most]]
    if more := len(rows) - len(lines):
        lines.append(Line((Cell(f"and {more} more, below", Tone.QUIET),), LineKind.REMARK))
    return Listing(tuple(head for head, _ in columns), tuple(lines), title=title)


def _verb(number: int, many: str, one: str) -> str:
    """Write a verb as its subject has it: "duties bind", "duty binds"."""
    return one if number == 1 else many


def _day(row: ForRow) -> Cell:
    return Cell(row.in_short, tone(row), note=sure(row))


def _asked_as(row: ForRow) -> Cell:
    """Say whether something binds, is expected, or is its own to do."""
    if row.aspect is Aspect.OWN_PLAN:
        return Cell("own plan")
    if row.aspect is Aspect.OWN_PROMISE:
        return Cell("of it alone")
    return Cell("duty" if row.nature == "duty" else "expected")


def _sum(row: ForRow) -> Cell:
    if row.state == "nil":
        return Cell("nil")
    return Cell(words.money(row.amount) if row.amount else "not printed")


def _years(row: ForRow) -> Cell:
    return Cell(words.spelt(row.when) or "not said")


def _programme(row: ForRow) -> Cell:
    return Cell(f"{row.entry}: {row.purpose}" if row.purpose else row.entry)


def _terms(row: ForRow) -> Cell:
    """Say how firm a sum is, and whose."""
    firm = "nil by rule" if row.state == "nil" else row.state
    shared = f"shared by {row.shared_by}" if row.shared_by else ""
    return Cell(", ".join(filter(None, (firm, shared))))


def _answer(entry: Recommendation) -> Cell:
    given, response = answer(entry), last(entry)
    day = f", {words.published(response.on)}" if response else ""
    return Cell(f"{in_words(given)}{day}", TONES.get(given, Tone.PLAIN))


_WHAT = (Head("What", grows=True), lambda row: Cell(row.name))
_PROMISED_BY = (Head("Promised by"), lambda row: Cell(row.who))
