"""Rules that read the quotations: the figure must stand in the words that it is taken from."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from reformcalc.findings import Severity
from reformcalc.ledger.ledger import in_all
from reformcalc.ledger.milestones import says_due
from reformcalc.record.history import claims_of, evidence
from reformcalc.record.model import Commitment, Dataset, Part, Revision
from reformcalc.record.parts import fields_of
from reformcalc.record.references import ENTRY_KINDS
from reformcalc.rules.registry import Violation, rule
from reformcalc.values.due import dues_in_short
from reformcalc.values.money import (
    Amount,
    Qualifier,
    Quantity,
    amounts_in,
    change_between,
    parse_quantity,
    percentages_in,
    quantities_in,
)
from reformcalc.words import pounds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from decimal import Decimal

    from reformcalc.findings import Route
    from reformcalc.record.model import Claim, Entry, FigureEntry
    from reformcalc.record.parts import Held
    from reformcalc.values.due import Due
    from reformcalc.values.years import FinancialYear

T = TypeVar("T")
_FEW = 8


@rule("figures-in-claims", excusable=True)
def figures_in_claims(dataset: Dataset) -> Iterator[Violation]:
    """Each figure stands in the words of one of its claims, with the same firmness.

    "over £45m" needs a claim whose words say over, more than or at least £45 million. Quote the
    words that carry it; where they spell it out, write the figure under `means`; where the figure
    is our reading, name its field under `inferred` with what it is read from.
    """
    for kind in ENTRY_KINDS:
        for id_, entry in getattr(dataset, kind).items():
            words = _Words(entry)
            for field, route, figures in _stated(entry):
                if lacking := _lacking(figures, words):
                    yield from _absent(words, field, (kind, id_, *route), lacking)


class _Stated(NamedTuple):
    """Figures that an entry states in one place: the field, the route inside it, and what they are.

    Pounds of several years are looked for together, other numbers each by itself.
    """

    field: str
    route: Route
    figures: Sequence[Amount | Quantity]


def _stated(entry: Entry) -> Iterator[_Stated]:
    """Yield the figures of an entry that a source must say: those of its own fields, as revised.

    What we work out, or put where it belongs, stands in a part with its reason.
    """
    for field, inside in _fields_with_figures(type(entry)):
        held = getattr(entry, field.name)
        if not held:
            continue
        if inside is None:
            figures = _values(held)
            if field.type is Quantity:
                yield from (_Stated(field.name, (field.name,), [one]) for one in figures)
            else:
                yield _Stated(field.name, (field.name,), figures)
        elif issubclass(inside, Revision):
            for place, revision in enumerate(held):
                figures = _values(revision.value)
                yield _Stated(field.name, (field.name, place, "is"), figures)


@lru_cache(maxsize=16)
def _fields_with_figures(part: type[Part]) -> tuple[tuple[Held, type[Part] | None], ...]:
    """Return the fields of an entry that hold figures, each with the part that does, if any."""
    return tuple(
        (one, one.part)
        for one in fields_of(part)
        if one.part is None or one.part.is_evidence
        if one.type in (Amount, Quantity) or (one.part and _fields_with_figures(one.part))
    )


def _figures_in(part: Part) -> list[Amount | Quantity]:
    """Return the figures in the fields of a part, and in the parts that these hold."""
    found: list[Amount | Quantity] = []
    for field, inside in _fields_with_figures(type(part)):
        held = getattr(part, field.name)
        if not held:
            continue
        if inside is None:
            found += _values(held)
        else:
            for each in held if field.many else (held,):
                found += _figures_in(each)
    return found


def _values(held: Any) -> Sequence[Amount | Quantity]:
    """Return the figures that a field holds itself: one, or one for each year."""
    return [*held.values()] if isinstance(held, dict) else [held]


class Said:
    """The sums that some words say, or their figures of a unit, each looked up at once."""

    def __init__(self, amounts: Sequence[Amount]) -> None:
        self.amounts = amounts
        self._looked_in = _to_look_in(amounts)

    def has(self, amount: Amount) -> bool:
        """Whether a figure is said as firmly, though perhaps in other words."""
        if amount in self._looked_in:
            return True
        if amount.qualifier is Qualifier.RANGE:
            return {amount.low, amount.high} <= self.texts.keys()
        return (amount.stated, amount.qualifier) in self._firmly

    @cached_property
    def texts(self) -> dict[Decimal, str]:
        """How each of them is written, by what it comes to."""
        return {one.stated: one.text for one in self.amounts}

    @cached_property
    def _firmly(self) -> set[tuple[Decimal, Qualifier]]:
        return {(one.stated, one.qualifier) for one in self.amounts}


class _Words:
    """The words of an entry's claims whose figures are used, with what they say."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self._figures: dict[str, Said] = {}

    @cached_property
    def sums(self) -> Said:
        """The sums in pounds that they say."""
        return Said([amount for words in self._used for amount in amounts_in(words)])

    def figures(self, unit: str) -> Said:
        """Return the figures of a unit that they say."""
        if unit not in self._figures:
            found = [one for words in self._used for one in quantities_in(words)]
            self._figures[unit] = Said([one.amount for one in found if one.unit == unit])
        return self._figures[unit]

    @cached_property
    def _used(self) -> list[str]:
        return [claim.wording for claim in evidence(self.entry) if not claim.variant]


def _to_look_in(values: Sequence[T]) -> Collection[T]:
    """Return values to look others up in. Of a few, to compare each is faster than to hash it."""
    return values if len(values) <= _FEW else frozenset(values)


def _lacking(figures: Sequence[Amount | Quantity], words: _Words) -> list[str]:
    """Return the texts of figures that no claim of the entry words."""
    lacking = []
    for one in figures:
        if isinstance(one, Quantity):
            amount, said = one.amount, words.figures(one.unit)
        else:
            amount, said = one, words.sums
        if not said.has(amount):
            lacking.append(amount.text)
    return lacking


def _absent(words: _Words, field: str, route: Route, texts: Sequence[str]) -> Iterator[Violation]:
    if not texts or field in words.entry.inferred:
        return
    wanted = parse_quantity(texts[0])
    said = words.figures(wanted.unit).texts
    if wanted.amount.stated in said:
        message = (
            f'a claim says "{said[wanted.amount.stated]}", not "{texts[0]}"; write the amount as '
            "the words have it, or quote words that say it so"
        )
    else:
        other = next(iter(said.values()), "") if len(said) == 1 else ""
        message = (
            f'no claim of this entry says "{texts[0]}"; '
            + (f'write "{other}", as a claim has it, or ' if other else "")
            + f"quote the words that do, or name {field} under inferred with what it is read from"
        )
    yield Violation(route, message)


@rule("figure-given")
def figure_given(dataset: Dataset) -> Iterator[Violation]:
    """A figure has a value, or a series of them by year."""
    for id_, figure in dataset.figures.items():
        if figure.value is None and not figure.series:
            message = "no figure is given; write value, or series for one by year"
            yield Violation(("figures", id_), message, on_key=True)


@rule("changes-fit-series")
def changes_fit_series(dataset: Dataset) -> Iterator[Violation]:
    """A printed change is that of the printed values, within the rounding of all three.

    A percentage that was worked out before rounding need not be what the rounded values give; one
    that no values in their place could give is a slip. No change leads over a break.
    """
    for id_, figure in dataset.figures.items():
        for year, change in figure.changes.items():
            if message := _misfit(figure, year, change):
                yield Violation(("figures", id_, "changes", str(year)), message, on_key=True)


def _misfit(figure: FigureEntry, year: FinancialYear, change: Quantity) -> str:
    """Say what is wrong with a printed change, "" where nothing is."""
    before, now = figure.series.get(year.before), figure.series.get(year)
    if before is None or now is None:
        return f"the series has no value for {year} and the year before; write both, or neither"
    if year in figure.breaks:
        return f"{year} is not comparable with the year before; leave its change out"
    if change.unit != "%":
        return f'"{change.amount.text}" is no percentage; write the change as "-5.2%"'
    least, most = change_between(before.amount, now.amount)
    half = change.amount.figure.printed / 2
    if most < change.amount.stated - half or least > change.amount.stated + half:
        return (
            f"{before.amount.text} to {now.amount.text} is {least:.2f}% to {most:.2f}%, not "
            f"{change.amount.text}; check all three"
        )
    return ""


@rule("items-fit-count")
def items_fit_count(dataset: Dataset) -> Iterator[Violation]:
    """A list of what a figure counts has no more items than that, and a whole one as many.

    `whole: true` says that the list has all; a list without it may be a part of what is counted.
    What is counted is a number of things: no sum of money, and no percentage. No item stands twice.
    """
    for id_, figure in dataset.figures.items():
        count, listed = figure.value, len(figure.items)
        if not listed:
            if figure.whole:
                message = "a list is said to be whole, and there is none; write items"
                yield Violation(("figures", id_, "whole"), message)
            continue
        if count is None or count.unit:
            said = f'"{count.amount.text}"' if count else "no one number"
            message = f"items are listed of {said}; only a number of things has items"
            yield Violation(("figures", id_, "items"), message, on_key=True)
            continue
        if message := _unlike(count.amount, listed, whole=figure.whole):
            yield Violation(("figures", id_, "items"), message, on_key=True)
        names: set[str] = set()
        for place, item in enumerate(figure.items):
            if item.title in names:
                message = f'"{item.title}" is listed twice; take one out'
                yield Violation(("figures", id_, "items", place, "title"), message)
            names.add(item.title)


def _unlike(count: Amount, listed: int, *, whole: bool) -> str:
    """Say how a number of items differs from what is counted, "" where it fits."""
    if count.high is not None and listed > count.high:
        return f"counted: {count.text}; listed: {listed}; take out what is not counted"
    if whole and listed < count.low:
        said = f"counted: {count.text}; listed: {listed}"
        return f'{said}; add what is missing, or take out "whole: true"'
    return ""


@rule("sums-explained", excusable=True)
def sums_explained(dataset: Dataset) -> Iterator[Violation]:
    """Each sum and percentage in a quotation is a figure of its entry, or marked as a variant.

    Where a source gives another figure, write `variant: true` on its claim and say under `choice`
    why the other one is used.
    """
    for kind in (kind for kind in ENTRY_KINDS if _fields_with_figures(Dataset.kind(kind))):
        for id_, entry in getattr(dataset, kind).items():
            figures = _figures(entry)
            if not any(_strange(claim, figures) for claim in evidence(entry)):
                continue  # nearly always, and there are many
            for route, claim in claims_of(entry, as_evidence=True):
                if strange := _strange(claim, figures):
                    message = (
                        f"these words say {strange}, which is no figure of this entry; quote "
                        'others, or write "variant: true"'
                    )
                    yield Violation((kind, id_, *route, "says"), message)


def _strange(claim: Claim, figures: Collection[Decimal]) -> str:
    """Return the first figure in a claim's words that is none of these, "" if there is none."""
    if claim.variant:
        return ""
    for amount in amounts_in(claim.says):
        if amount.stated not in figures:
            return pounds(amount.stated)
    for rate in percentages_in(claim.says):
        if rate not in figures:
            return f"{rate}%"
    return ""


def _figures(entry: Entry) -> Collection[Decimal]:
    """Return every figure of an entry, in pounds or in its own unit."""
    figures = _figures_in(entry)
    existing = entry.existing if isinstance(entry, Commitment) else None
    if existing is not None and existing != "all":
        figures += in_all(existing)  # of two forms, which its type alone does not tell apart
    amounts = [one.amount if isinstance(one, Quantity) else one for one in figures]
    bounds = [bound for one in amounts for bound in (one.stated, one.high) if bound is not None]
    return _to_look_in(bounds)


@rule("due-in-claims", excusable=True)
def due_in_claims(dataset: Dataset) -> Iterator[Violation]:
    """Each date that a milestone falls due, or a condition is tested, stands in one of its claims.

    A relative date ("by the end of the year") is written resolved: keep the words as printed under
    `says` and what they stand for under `means`. One's own plan is its own source: there this is a
    warning, no claim is needed, and its words may be shorter ("Mar-27", "31/03/2027").
    """
    for id_, milestone in dataset.milestones.items():
        if not milestone.claims:
            continue  # in one's own plan the file is the source; else another rule's
        said = _said(milestone.due, milestone.claims) or (
            milestone.own and _said_in_short(milestone.due, milestone.claims)
        )
        if "due" not in milestone.inferred and not said:
            yield _not_said(milestone.due, ("milestones", id_, "due"), own=milestone.own)
        if milestone.until and not _said(milestone.until, milestone.claims):
            yield _not_said(milestone.until, ("milestones", id_, "until"), own=milestone.own)
        for place, time in enumerate(milestone.terms):
            if "terms" not in milestone.inferred and not _said(time, milestone.claims):
                yield _not_said(time, ("milestones", id_, "terms", place), own=milestone.own)
        for place, move in enumerate(milestone.moved):
            if move.claims and not _said(move.to, move.claims):
                route: Route = ("milestones", id_, "moved", place, "to")
                yield _not_said(move.to, route, own=milestone.own)
    yield from _tested_in_claims(dataset)


def _tested_in_claims(dataset: Dataset) -> Iterator[Violation]:
    for id_, figure in dataset.figures.items():
        for place, item in enumerate(figure.items):
            if item.tested and not _said(item.tested, item.claims):
                route: Route = ("figures", id_, "items", place, "tested")
                yield _not_said(item.tested, route, own=figure.own)


def _said(due: Due, claims: Sequence[Claim]) -> bool:
    """Whether a claim gives a date; the two ends of FROM..TO may stand in different ones."""
    if any(says_due(due, claim) for claim in claims):
        return True
    ends = due.ends or ()
    return bool(ends) and all(any(says_due(end, one) for one in claims) for end in ends)


def _said_in_short(due: Due, claims: Sequence[Claim]) -> bool:
    """Whether a claim gives a date in a form that the format does not accept as a date."""
    return any(due.same_days(one) for claim in claims for one in dues_in_short(claim.wording))


def _not_said(due: Due, route: Route, *, own: bool) -> Violation:
    """Say that no claim gives a date; in one's own plan, which is its own source, only warn."""
    message = f'no claim says "{due.text}"; below says, add the line "means: {due.text}"'
    if own:
        message += ", or take claims out: your own plan needs none"
        return Violation(route, message, severity=Severity.WARNING)
    return Violation(route, f"{message}, or quote the words that do")


RULES = (
    figure_given,
    figures_in_claims,
    changes_fit_series,
    items_fit_count,
    sums_explained,
    due_in_claims,
)
