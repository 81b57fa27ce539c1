"""Every day of the real record, from before its first entry to when most of it is over.

    python -m pytest tests/deep/test_every_day.py -k 2024

On each day the money, the states of all milestones and one command, another each day; on days that
the record names, on those on which an answer changes and on the first of each month all commands:

- each answers, or refuses with one sentence: never a fault, and 0, 1 or 2;
- the total changes only with what `diff --was` the day before names, and by as much as that is;
- a state changes as `diff` says; what was met is never open again unless an outcome was revised;
- explained parts add up, and a table, JSON, CSV and Markdown have the same figures.

What is wrong is gathered for a quarter of a year, so that one run shows all of it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pytest

from reformcalc import load, totals
from reformcalc.answers.question import Question
from reformcalc.ledger.known import Known
from reformcalc.ledger.milestones import OPEN, State
from tests.conftest import PROJECT
from tests.test_same_figures import FORMS, QUESTIONS, Asker, from_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import Result

FIRST, LAST = date(2022, 1, 1), date(2030, 1, 1)
QUARTERS = [date(year, month, 1) for year in range(2022, 2030) for month in (1, 4, 7, 10)]
ONE_DAY = timedelta(days=1)
DONE = {State.MET, State.MET_LATE}
KINDS = ("commitments", "benchmarks", "figures", "milestones", "recommendations", "sources")
COMMANDS = (
    "totals --all --long --exact",
    "totals --by pillar",
    "totals --by topic",
    "totals --by year",
    "totals --by lead",
    "totals --by stage",
    "totals --by spending",
    "totals --topic kinship --explain",
    "totals --new announced",
    "totals --new each-year --by pillar",
    "totals --prices 2022-23",
    "totals --over-time",
    "compare --long",
    "compare --sensitivity",
    "compare --over-years",
    "compare --prices 2022-23",
    "deadlines",
    "deadlines --within 6m --local",
    "deadlines --since 3m",
    "deadlines --all --format ics",
    "recommendations --all",
    "recommendations --by pillar",
    "for leeds",
    "for england --all",
    "find kinship",
    "find £45m",
    "list",
    "conflicts --explain",
    "sources --all",
)


def _named() -> set[date]:
    """Return the days that the record names."""
    files = (PROJECT / "data").glob("*.yaml")
    said = {
        found
        for path in files
        for found in re.findall(r"\b2\d{3}-\d\d-\d\d\b", path.read_text(encoding="utf-8"))
    }
    return {date.fromisoformat(one) for one in said}


@dataclass(frozen=True)
class Day:
    """What the record comes to on a day."""

    record: Known

    @cached_property
    def money(self) -> tuple[Any, ...]:
        total = totals(Question(self.record)).total
        assert total is not None
        amount = total.amount
        return amount.stated, amount.low, amount.high, total.perhaps_gbp

    @cached_property
    def states(self) -> dict[str, State]:
        return {id_: self.record.status(id_).state for id_ in self.record.milestones}

    @cached_property
    def known(self) -> dict[str, set[str]]:
        return {kind: set(self.record.section(kind)) for kind in KINDS}

    def differs(self, other: Day) -> bool:
        return (self.money, self.states, self.known) != (other.money, other.states, other.known)


class Days:
    """Asks of one day after another, and gathers what is wrong."""

    def __init__(self, run: Callable[..., Result], folder: Path) -> None:
        self.run, self.folder = run, folder
        self.wrong: list[str] = []
        self.dataset = load().valid()
        self.named = _named()

    def ask(self, day: date, command: str) -> Result:
        """Run a command; what it says must be an answer or a refusal."""
        result = self.run(*command.split(), "--as-of", str(day))
        refused = result.code == 2 and not result.out and result.err.startswith("Error: ")
        if result.code not in (0, 1, 2) or "has a fault" in result.err or "Traceback" in result.err:
            self._say(day, f"{command}: {result.err or result.code}")
        elif result.code and not refused:
            self._say(day, f"{command}: code {result.code}, {result.err!r}")
        elif not result.code and not result.out.strip():
            self._say(day, f"{command}: says nothing")
        return result

    def rows(self, day: date, command: str) -> dict[str, Any] | None:
        result = self.ask(day, f"{command} --format json")
        return None if result.code else json.loads(result.out)

    def _say(self, day: date, what: str) -> None:
        self.wrong.append(f"{day}: {what}")

    def go(self, first: date, until: date) -> None:
        """Look at each day from the first to before the last."""
        before = Day(Known(self.dataset, first - ONE_DAY))
        day = first
        while day < until:
            now = Day(Known(self.dataset, day))
            changed = now.differs(before)
            for id_, state in before.states.items():
                if state in DONE and now.states.get(id_) in OPEN and not self._revised(day, id_):
                    self._say(day, f"{id_}: {state}, then {now.states[id_]}")
            if changed:
                self._compare(day, before, now)
            if changed or day in self.named or day.day == 1:
                self._explained(day, now)
                self._forms(day)
                for command in (*COMMANDS, *self._shown(now, day)):
                    self.ask(day, command)
            else:
                self.ask(day, COMMANDS[day.toordinal() % len(COMMANDS)])
            before, day = now, day + ONE_DAY

    def _shown(self, now: Day, day: date) -> Iterator[str]:
        """Show an entry of each kind, another each day."""
        for ids in now.known.values():
            if ids:
                yield f"show {sorted(ids)[day.toordinal() % len(ids)]}"

    def _revised(self, day: date, id_: str) -> bool:
        report = self.rows(day, f"diff --was {day - ONE_DAY}")
        return report is not None and any(
            row["id"] == id_ and row["field"] == "outcome" for row in report["rows"]
        )

    def _compare(self, day: date, before: Day, now: Day) -> None:
        """Set what changed beside what `diff` names."""
        report = self.rows(day, f"diff --was {day - ONE_DAY}")
        if report is None:
            self._say(day, "diff refuses")
            return
        rows = report["rows"]
        causes = [row for row in rows if row["kind"] == "commitments"]
        total = [row for row in rows if row["kind"] == "total"]
        rise = int(now.money[0] - before.money[0])
        if now.money != before.money and not (causes and total):
            self._say(day, f"the total changes from {before.money} to {now.money}: {rows}")
        if now.money == before.money and total:
            self._say(day, f"diff names a total that is the same: {total}")
        if rise != sum(row["difference_gbp"] or 0 for row in causes):
            self._say(day, f"the total rises by {rise}, but {[row['says'] for row in causes]}")
        theirs = {
            row["id"] for row in rows if row["kind"] == "deadlines" and row["field"] == "state"
        }
        ours = {id_ for id_, state in now.states.items() if before.states.get(id_, state) != state}
        if theirs != ours:
            self._say(day, f"states change of {sorted(ours)}, diff has {sorted(theirs)}")
        new = {kind: now.known[kind] - before.known[kind] for kind in ("commitments", "milestones")}
        for kind, ids in new.items():
            said = {"milestones": "deadlines"}.get(kind, kind)
            added = {row["id"] for row in rows if row["kind"] == said and row["change"] == "added"}
            if ids - added:
                self._say(day, f"diff does not name the new {kind} {sorted(ids - added)}")

    def _explained(self, day: date, now: Day) -> None:
        """Add up the parts of what is explained."""
        report = self.rows(day, "totals --explain")
        if report and sum(row["counts_gbp"] for row in report["rows"]) != now.money[0]:
            self._say(day, f"explained parts do not add up to {now.money[0]}")
        parts, whole = self.rows(day, "compare --explain"), self.rows(day, "compare")
        if parts is None or whole is None:
            if parts != whole:
                self._say(day, "compare answers with or without --explain alone")
            return
        for row in whole["rows"]:
            some = [one["counts_gbp"] for one in parts["rows"] if one["basis"] == row["basis"]]
            if abs(sum(some) - row["committed_gbp"]) > len(some):
                self._say(day, f"parts of {row['basis']}: {sum(some)} of {row['committed_gbp']}")

    def _forms(self, day: date) -> None:
        """Read the same figures in each form."""
        asked = {
            name: more
            for name, more in QUESTIONS.items()
            if (report := self.rows(day, " ".join((name, *more)))) and report["rows"]
        }
        asker = Asker(self.run, self.folder, "bundled", str(day), asked)
        expected = from_json(asker)
        for form in ("table", "csv", "markdown"):
            try:
                found = FORMS[form](asker)
            except Exception as error:  # noqa: BLE001  what cannot be read back is wrong too
                self._say(day, f"{form} cannot be read: {error!r}")
                continue
            for name, rows in expected.items():
                if found[name] != rows:
                    odd = [one for one in zip(rows, found[name], strict=False) if one[0] != one[1]]
                    self._say(day, f"{name} as {form}: {odd[:3] or (len(rows), len(found[name]))}")


@pytest.mark.parametrize("first", QUARTERS, ids=str)
def test_each_day_answers_and_changes_only_for_a_cause(
    first: date, run: Callable[..., Result], tmp_path: Path
) -> None:
    """Of a quarter of a year."""
    later = [one for one in (*QUARTERS, LAST + ONE_DAY) if one > first]
    days = Days(run, tmp_path)
    days.go(first, min(later))
    if days.wrong:
        pytest.fail("\n".join(days.wrong), pytrace=False)
