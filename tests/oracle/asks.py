"""The questions of `compare`: each basis, and its verdict."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, NamedTuple

from reformcalc import Chosen, compare
from reformcalc.answers.comparison import comparison
from reformcalc.answers.comparison.sensitivity import sensitivity
from reformcalc.errors import Refused
from reformcalc.ledger.measure import Measure
from tests.oracle.answers import LOOSE, STATED, UNSOUND, Mismatch, Said, compared, millions
from tests.oracle.solving import Contradiction
from tests.oracle.sums import of_pillar
from tests.oracle.truth import NEARLY, Polytope, World, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reformcalc.ledger.known import Known
    from tests.oracle.answers import Tally
    from tests.oracle.truth import Item, Record

ALL, ONCE, EACH = "all money", "announced", "each-year"  # what a row counts
NOT_DECIDED = "not-decided"
# What a row can say of an ask for new spending, and of one for all spending (10).
CAN = {
    (ALL, "new"): {"not-met"},
    (ALL, "all"): {"met", "not-met"},
    (ONCE, "new"): {"met"},
    (ONCE, "all"): {"met"},
    (EACH, "new"): {"met", "not-met"},
    (EACH, "all"): {"met"},
}


class Basis(NamedTuple):
    """What a row sets against what: `years` None is all money, `per` divides it."""

    counts: str
    years: set[int] | None
    per: int
    low: float  # of the ask
    stated: float
    high: float


def separate(record: Record, known: Known, tally: Tally) -> Iterator[Mismatch]:
    """Yield what differs of rows in which a sum is taken out of an envelope (24).

    The figures of such a row are those of a record without the link, with floors as for verdicts.
    Where what the link leaves untold is taken as new, only all money is looked at.
    """
    links = [one for entry in record["commitments"].values() for one in entry.get("part_of", ())]
    if not any("inferred" in one for one in links):
        return
    try:
        rows = sensitivity(_asked(known)).to_dicts()
    except Refused:  # there is no like for like
        return
    ask = record["benchmarks"]["ask"]
    for row in rows:
        id_, envelope = row["commitment"], row["envelope"]
        if id_ is None:
            continue
        changed = copy.deepcopy(record)
        entry = changed["commitments"][id_]
        entry["part_of"] = [
            one
            for one in entry["part_of"]
            if (one["in"] if isinstance(one, dict) else one) != envelope
        ]
        try:
            apart = Comparison(World(changed, known.as_of), ask, known, tally)
            yield from apart.of_link(row, f"-{id_}-outside-{envelope}")
        except Contradiction:
            tally.counts["links without which words contradict one another"] += 1


def _asked(known: Known) -> comparison.Comparison:
    return comparison.Comparison(known, Chosen(), Measure.asked(known))


class Comparison:
    """The rows of one record's comparison on one day."""

    def __init__(self, world: World, ask: Record, known: Known, tally: Tally) -> None:
        self.world, self.ask, self.record, self.tally = world, ask, known, tally
        if ask.keys() & {"pillar", "topics"}:
            chosen = world.chosen(one for one in world.items.values() if self._chosen(one))
            self.sure, self.doubt, self.partly = chosen.sure, chosen.in_doubt, chosen.partly
        else:
            self.sure, self.doubt, self.partly = world.sure, world.perhaps, []
        if "pillar" in ask:  # what is of no one pillar might be of this one (10)
            cross = of_pillar("px")
            self.doubt += [one for one in (*world.sure, *world.perhaps) if cross(one)]

    def _chosen(self, item: Item) -> bool:
        if "pillar" in self.ask:
            return bool(item.entry["pillar"] == self.ask["pillar"])
        topics = {*self.ask.get("topics", ())}
        return not topics or bool(topics & {*item.entry.get("topics", ())})

    def mismatches(self) -> Iterator[Mismatch]:
        """Yield what differs, of sums first, then of verdicts."""
        if (
            self.partly or self.world.weighs_rough_figures
        ):  # of what counts in part, no assignment says which years, and what is new
            self.tally.counts["comparisons with a sum that counts in part"] += 1
            return
        self.covered, self.span = self._covered()
        rows = compare(_asked(self.record)).to_dicts()
        held = any(one.profile and self.world.inside[one.id] for one in self.world.items.values())
        # Which years a sum inside one with yearly figures could have is not said (11); nor which
        # what holds a sum has, of which the size is open and the years add up to one.
        unasked = {"real-terms", *(("same-financial-years", "first-two-years") if held else ())}
        if any(o.profile and o.words.low != o.words.high for o in self.world.items.values()):
            unasked |= {"per-year-spending", "per-year-programme", "same-financial-years"}
        bases = {
            row["basis"]: (row, self._basis(row["basis"]))
            for row in rows
            if row["basis"] not in unasked
        }
        for years in (False, True):
            for counts in (ALL, ONCE, EACH):
                some = [
                    one
                    for one in bases.values()
                    if one[1].counts == counts and (one[1].years is not None) == years
                ]
                if some:
                    yield from self._sums(some, new=counts != ALL, years=years)
                    yield from self._verdicts(some, new=counts != ALL, years=years)

    def of_link(self, row: dict[str, Any], told: str) -> Iterator[Mismatch]:
        """Yield what differs of a row that says what is so without a link."""
        family, day = "compare --sensitivity, as separate", self.world.day
        if self.partly:
            return
        stated = sum(self.world.stated[one.id] for one in self.sure)
        if self.world.stated_fits and abs(millions(row["all_money_gbp"]) - stated) > NEARLY:
            said = f"{millions(row['all_money_gbp']):g}"
            yield Mismatch(STATED, f"all money of {family}", family, day, said, f"{stated:g}")
        start, _, new = row["basis"].rpartition(told)
        if new:
            return
        self.covered, self.span = self._covered()
        basis = self._basis(start)
        terms = self._terms(self.sure, basis)
        stated, low, high = (millions(row[f"committed_{end}gbp"]) for end in ("", "low_", "high_"))
        one = Said(family, row["basis"], stated, low, high, terms, None, basis.per, sharp=False)
        fresh, years = basis.counts != ALL, basis.years is not None
        careful = Polytope(self.world, verdicts=True, new=fresh, years=years)
        yield from compared(self.world, careful, [one], self.tally)

    def _covered(self) -> tuple[list[int], int]:
        """Return the years in which there could be money, and from first to last of any sum's."""
        dated = [one for one in self.sure if self.world.years[one.id]]
        years = sorted({year for one in dated for year in self.world.years[one.id] or ()})
        wanted = [self.world.own(self.sure, {year}) for year in years]
        wanted += [self.world.own([one]) for one in dated]
        could = [high > NEARLY for _, high in Polytope(self.world, years=True).solve(wanted)]
        some = [one for one, money in zip(dated, could[len(years) :], strict=True) if money]
        theirs = {year for one in some for year in self.world.years[one.id] or ()}
        covered = [year for year, money in zip(years, could, strict=False) if money]
        return covered, max(theirs) - min(theirs) + 1 if theirs else 1

    def _asked_by_year(self) -> dict[int, float]:
        """Return the yearly figures, {} where no source says which years these are."""
        profile = self.ask.get("profile", {})
        if any(name.startswith("year") for name in profile):
            if "year_one" not in self.ask:
                return {}
            first = int(self.ask["year_one"]["is"][:4])
            return {first + int(n.split()[1]) - 1: read(s).stated for n, s in profile.items()}
        return {int(name[:4]): read(said).stated for name, said in profile.items()}

    def _basis(self, basis: str) -> Basis:
        words = read(self.ask["amount"])
        high = words.for_verdicts().high
        whole = words.low, words.stated, high
        profile = [read(one).stated for one in self.ask.get("profile", {}).values()]
        gap = read(self.ask["unreconciled"]["amount"]).stated if "unreconciled" in self.ask else 0
        covered = set(self.covered)
        match basis:
            case "headline" | "without-capital":
                return Basis(ALL, None, 1, *whole)
            case "yearly-figures":
                return Basis(ALL, None, 1, *(sum(profile),) * 3)
            case "per-year-spending" | "per-year-programme":
                length = int(self.ask[f"{basis.removeprefix('per-year-')}_years"])
                low, stated, high = (one / length for one in whole)
                return Basis(ALL, covered, self.span, low, stated, high)
            case "first-two-years":
                two = sum(profile[:2])
                return Basis(ALL, set(self.covered[:2]), 1, two, two, two + gap)
            case "same-financial-years":
                asked = self._asked_by_year()
                both = covered & set(asked)
                sum_ = sum(asked[year] for year in both)
                return Basis(ALL, both, 1, sum_, sum_, sum_ + gap)
            case "asked-years" | "new-asked-years":
                asked, low = self._asked_by_year(), sum(profile)
                counts = ALL if basis == "asked-years" else EACH
                return Basis(counts, set(asked), 1, low, low + gap, low + gap)
            case "new-when-announced":
                return Basis(ONCE, None, 1, *whole)
            case "new-each-year":
                return Basis(EACH, None, 1, *whole)
        raise AssertionError(basis)

    def _items(self, row: dict[str, Any]) -> list[Item]:
        if row["basis"] != "without-capital":
            return self.sure
        return [one for one in self.sure if one.entry.get("spending") != "capital"]

    def _terms(self, items: list[Item], basis: Basis) -> dict[Any, float]:
        if basis.counts == ALL:
            return self.world.own(items, basis.years)
        return self.world.new(items, basis.counts, basis.years)

    def _sums(
        self, rows: list[tuple[dict[str, Any], Basis]], *, new: bool, years: bool
    ) -> Iterator[Mismatch]:
        asked = []
        for row, basis in rows:
            items = self._items(row)
            stated, low, high = (
                millions(row[f"committed_{end}gbp"]) for end in ("", "low_", "high_")
            )
            known = not new and not years
            expected = sum(self.world.stated[one.id] for one in items) if known else None
            name = f"compare {row['basis']}"
            terms = self._terms(items, basis)
            # Of new money in some years the bounds may be wider than they need be.
            sharp = not years or (self.world.tight_by_year and not new)
            asked.append(Said(name, name, stated, low, high, terms, expected, basis.per, sharp))
            figure = millions(row["benchmark_gbp"])
            if abs(figure - basis.stated) > NEARLY:
                family, day = f"ask of {name}", self.world.day
                yield Mismatch(STATED, family, family, day, f"{figure:g}", f"{basis.stated:g}")
        yield from compared(
            self.world, Polytope(self.world, new=new, years=years), asked, self.tally
        )

    def _verdicts(
        self, rows: list[tuple[dict[str, Any], Basis]], *, new: bool, years: bool
    ) -> Iterator[Mismatch]:
        """Set verdicts against every assignment; one is given where all agree (10)."""
        asked = []
        for row, basis in rows:
            could = [*self.sure, *self.doubt]  # the capital too that a row leaves out
            most = self._terms(could, basis)
            if years:  # money of no stated year might fall in any
                timeless = [one for one in could if not self.world.years[one.id]]
                most |= self._terms(timeless, basis._replace(years=None))
            asked += [self._terms(self._items(row), basis), most]
        careful = Polytope(self.world, verdicts=True, new=new, years=years)
        found = careful.solve(asked)
        worded = Polytope(self.world, new=new, years=years)
        for (row, basis), (low, _), (_, high), terms in zip(
            rows, found[::2], found[1::2], asked[::2], strict=True
        ):
            self.tally.counts["verdicts"] += 1
            decided = row["verdict"] != NOT_DECIDED or low < basis.high * basis.per - NEARLY
            # "Met" need not rest on how verdicts read the floor of what is beside a sum.
            least = low if decided else worded.solve([terms])[0][0]
            yield from self._verdict(row, basis, least / basis.per, high / basis.per)

    def _verdict(
        self, row: dict[str, Any], basis: Basis, low: float, high: float
    ) -> Iterator[Mismatch]:
        wanted = [self.ask["asks_for"]] if "asks_for" in self.ask else ["new", "all"]
        may = set.intersection(*(CAN[basis.counts, one] for one in wanted))
        verdict, name = row["verdict"], f"verdict of compare {row['basis']}"

        def mismatch(kind: str) -> Mismatch:
            program = f"{verdict} ({row['verdict_reason']})"
            truth = (
                f"between {low:g} and {high:g} against {basis.low:g} to {basis.high:g}, "
                f"and may say {' or '.join(sorted(may)) or 'nothing'}"
            )
            return Mismatch(kind, name, name, self.world.day, program, truth)

        met, not_met = low >= basis.high - NEARLY, high < basis.low - NEARLY
        if verdict == "met" and not (met and "met" in may):
            yield mismatch(f"{UNSOUND} met")
        if verdict == "not-met" and not (high < basis.low + NEARLY and "not-met" in may):
            yield mismatch(f"{UNSOUND} not met")
        # What leaves capital out need not say "not met", nor any row "met" of an ask without end.
        sharp = row["basis"] != "without-capital" and not read(self.ask["amount"]).floor_only
        sharp = sharp and (
            basis.years is None or (self.world.tight_by_year and basis.counts == ALL)
        )
        # What is in doubt could lengthen the years that an average is over: the most is wider.
        sharp = sharp and not (row["basis"].startswith("per-year") and self.doubt)
        tight = self.world.tight_when_new if "new" in name else self.world.tight
        if verdict == NOT_DECIDED and sharp and tight:
            if met and "met" in may:
                yield mismatch(f"{LOOSE} met")
            if not_met and "not-met" in may:
                yield mismatch(f"{LOOSE} not met")
