"""Makes records that `validate` accepts, and asks all questions of each."""

from __future__ import annotations

import copy
import json
import random
import traceback
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reformcalc import load, totals
from reformcalc.answers.question import Question
from reformcalc.answers.totals.over_time import over_time
from reformcalc.ledger.known import Known
from reformcalc.ledger.measure import NEW, Measure
from reformcalc.rules import RULES
from tests.oracle.answers import (
    FAILED,
    FORM,
    ORDER,
    Mismatch,
    Said,
    Tally,
    bounds_of,
    compared,
    millions,
    total_row,
)
from tests.oracle.asks import Comparison, separate
from tests.oracle.records import DAYS, LAST, made
from tests.oracle.shrinking import shrunk
from tests.oracle.solving import Contradiction
from tests.oracle.sums import Totals
from tests.oracle.truth import Polytope, World

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from reformcalc.ledger.measure import NewMoney
    from reformcalc.record.model import Dataset
    from tests.oracle.truth import Record


MEASURED: tuple[NewMoney | None, ...] = (None, *NEW)


def validated(record: Record, folder: Path, *, excused: bool = False) -> Dataset | None:
    """Return a record as the program reads it, None where a rule refuses it.

    `excused` writes an exception for each finding that allows one, into the record.
    """
    path = folder / "record.yaml"
    path.write_text(json.dumps(record), encoding="utf-8")  # which is YAML, quicker to write
    loaded = load(path)
    errors = [one.finding for one in loaded.findings if one.finding.severity == "error"]
    if not errors:
        return loaded.valid()
    if not excused or not all(RULES[one.rule].excusable for one in errors):
        return None
    for one in errors:
        kind, id_ = map(str, one.route[:2])
        record[kind][id_].setdefault("exceptions", {})[one.rule] = "made up"
    return validated(record, folder)


def records(seeds: range, folder: Path) -> Iterator[tuple[int, Record, Dataset, date]]:
    """Yield a record that is accepted for each seed of which one is made, and a day to ask for."""
    for seed in seeds:
        record = made(seed)
        if dataset := validated(record, folder, excused=seed % 4 == 0):
            chance = random.Random(seed)
            day = LAST if chance.random() < 0.6 else date.fromisoformat(chance.choice(DAYS))
            yield seed, record, dataset, day


def mismatches(
    record: Record, dataset: Dataset, day: date, tally: Tally, folder: Path
) -> Iterator[Mismatch]:
    """Yield what differs, and that it failed where the program does."""
    try:
        yield from _mismatches(record, dataset, day, tally, folder)
    except Exception as error:  # noqa: BLE001  whatever it is, a smaller record shows it better
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno} {type(error).__name__}"
        yield Mismatch(FAILED, where, "all questions", day, f"{where}: {error}", "an answer")


def _mismatches(
    record: Record, dataset: Dataset, day: date, tally: Tally, folder: Path
) -> Iterator[Mismatch]:
    """Yield what differs. Where the words contradict one another, nothing is expected."""
    world = World(record, day)
    known = Known(dataset, day)
    asked = Totals(world, known)
    yield from _over_time(record, known, tally)
    tally.counts["records"] += 1
    try:
        plain = [*asked.plain(), *asked.named()]
        yield from compared(world, Polytope(world), plain, tally)
        by_year = [*asked.years(), *asked.in_prices()]
        yield from compared(world, Polytope(world, years=True), by_year, tally)
        yield from compared(world, Polytope(world, new=True), list(asked.new()), tally)
        ask = record["benchmarks"]["ask"]
        yield from Comparison(world, ask, known, tally).mismatches()
        yield from separate(record, known, tally)
    except Contradiction:
        tally.counts["with words that contradict one another"] += 1
    yield from _reworded(record, known, folder)


def _over_time(record: Record, known: Known, tally: Tally) -> Iterator[Mismatch]:
    """Yield what differs of the total on earlier days, as said on the last.

    A row is the total from its day on: on the days between the figures are the same.
    """
    family = "totals --over-time"
    rows = {str(one["day"]): one for one in over_time(Question(known)).to_dicts()}
    row: dict[str, Any] = dict.fromkeys(("amount_gbp", "low_gbp", "high_gbp", "perhaps_gbp"), 0)
    for day in sorted({*rows, *(one for one in DAYS if one <= str(known.as_of))}):
        row = rows.get(day, row)
        world = World(record, date.fromisoformat(day))
        try:
            yield from compared(world, Polytope(world), [*_then(world, row, family)], tally)
        except Contradiction:
            continue


def _then(world: World, row: dict[str, Any], family: str) -> Iterator[Said]:
    """Ask what counted on a day, and what was in doubt."""
    (sure, counted), (doubt, in_doubt) = (
        (world.own(some), sum(world.stated[one.id] for one in some))
        for some in (world.sure, world.perhaps)
    )
    yield Said(family, family, *bounds_of(row), sure, counted)
    family, perhaps = f"perhaps of {family}", millions(row["perhaps_gbp"])
    yield Said(family, family, perhaps, None, 0, doubt, in_doubt)


def _reworded(record: Record, known: Known, folder: Path) -> Iterator[Mismatch]:
    """Yield what changes where the same is written otherwise: no total may."""
    spelt = spelt_out(record, known.ledger.items.keys())
    for kind, reworded in ((ORDER, backwards(record)), (FORM, spelt)):
        if reworded == record or not (other := validated(reworded, folder)):
            continue
        again = Known(other, known.as_of)
        for new in MEASURED:
            before, after = (
                total_row(totals(Question(one, measure=Measure.asked(one, new))))
                for one in (known, again)
            )
            asked = f"totals --new {new}" if new else "totals"
            if before != after:
                was, now = (str(list(map(str, one.values()))) for one in (before, after))
                yield Mismatch(kind, asked, asked, known.as_of, now, f"{was}, as before")


def backwards(record: Record) -> Record:
    """Return a record with the envelopes of each sum in the other order."""
    record = copy.deepcopy(record)
    for entry in record["commitments"].values():
        entry.get("part_of", []).reverse()
    return record


def spelt_out(record: Record, known: Collection[str]) -> Record:
    """Return a record in which the part of a sum that lies in a known envelope is an entry (7)."""
    record = copy.deepcopy(record)
    entries = record["commitments"]
    for id_, entry in [*entries.items()]:
        links = entry.get("part_of", ())
        for link in [one for one in links if "amount" in one and one["in"] in known]:
            links.remove(link)
            part = f"{id_}-{link['in']}"
            same = ("title", "lead", "pillar", "claims", "inferred", "announced", "topics")
            also = ("spending", "stage", "continues")
            entries[part] = {name: entry[name] for name in (*same, *also) if name in entry}
            entries[part] |= {"amount": link["amount"], "part_of": [id_, link["in"]]}
            for one in entries.values():
                if id_ in one.get("supersedes", ()):
                    one["supersedes"] = [*one["supersedes"], part]
        if not links:
            entry.pop("part_of", None)
    return record


def smallest(
    record: Record, day: date, found: Mismatch, folder: Path
) -> tuple[Record, list[Mismatch]]:
    """Return the smallest record found that still differs so, and all that differs, that first."""

    def differing(candidate: Record) -> list[Mismatch]:
        candidate = copy.deepcopy(candidate)
        dataset = validated(candidate, folder)
        return list(mismatches(candidate, dataset, day, Tally(), folder)) if dataset else []

    def same(candidate: Record) -> bool:
        return any(one.shape == found.shape for one in differing(candidate))

    small = shrunk(record, same)
    return small, sorted(differing(small), key=lambda one: one.shape != found.shape) or [found]
