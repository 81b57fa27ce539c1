"""One entry on one screen: what it is, how much or when, who, what came of it, who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reformcalc import words
from reformcalc.answers.area_words import allocations_known, areas_known
from reformcalc.answers.chosen import names, singular
from reformcalc.answers.citing import citing
from reformcalc.answers.entry_words import figure, words_of
from reformcalc.answers.lookup import beside
from reformcalc.answers.lookup.find import shortened
from reformcalc.answers.lookup.glossary import glossary
from reformcalc.answers.lookup.holding import Holding
from reformcalc.answers.lookup.meant import meant, renamed
from reformcalc.answers.lookup.named import users
from reformcalc.answers.lookup.series import beside_promises
from reformcalc.answers.places import is_place
from reformcalc.answers.serving import pair, pairs
from reformcalc.answers.written import name, title, written
from reformcalc.ledger.ledger import Standing
from reformcalc.ledger.local import programme
from reformcalc.ledger.milestones import dated_by
from reformcalc.record.model import Dataset
from reformcalc.record.references import ENTRY_KINDS
from reformcalc.screen import Cell, Head, Line, Listing, Screen, Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reformcalc.ledger.known import Known
    from reformcalc.ledger.local import Programme
    from reformcalc.record.model import (
        Benchmark,
        Commitment,
        Deflators,
        FigureEntry,
        Milestone,
        Recommendation,
        Source,
        Word,
    )

_LONG = 240  # characters of a note that are worth their lines
_FEW = 3  # sums that are named in a sentence
_SAID_AT_MOST = 150  # characters of what was said of an entry, where many say something
_STEPS = 6  # of a story that a screen has room for


def screen(record: Known, text: str) -> Screen:
    """Return what some words mean as people see it first. Raises as `meant` does."""
    id_ = meant(record, text)
    found = [kind for kind in Dataset.KINDS if id_ in record.section(kind)]
    if not found:
        return Screen(
            answer=f"{id_}: {glossary().words[id_]}",
            ways=(("All words", "docs/glossary.md"), ("In the record", f"find {id_}")),
        )
    kind, *others = found
    entry = record.section(kind)[id_]
    now = renamed(record, text)
    about = _SAID.get(kind, _as_written)(record, id_, entry)
    said = [
        *([now] if now else []),
        *about,
        *_steps(_told(record, kind, id_)),
        *_after(record, kind, id_),
    ]
    return Screen(
        answer=": ".join(filter(None, (title(entry), _headed(record, kind, id_)))),
        said=tuple(said),
        listings=tuple(listings(record, kind, id_)),
        notes=tuple(_notes(record, id_, entry, others)),
        ways=tuple(_ways(record, kind, id_)),
    )


def told(record: Known, kind: str, id_: str) -> tuple[str, ...]:
    """Return what is said of an entry in sentences, without the steps of its story."""
    entry = record.section(kind)[id_]
    return (*_SAID.get(kind, _as_written)(record, id_, entry), *_after(record, kind, id_))


def _after(record: Known, kind: str, id_: str) -> Iterator[str]:
    """Yield who takes part in an entry, and the words that say it best."""
    if kind in ("commitments", "milestones"):
        yield from _programme(programme(record, kind, id_))
    if kind in ENTRY_KINDS:
        yield from _quoted(record, kind, id_)


def _headed(record: Known, kind: str, id_: str) -> str:
    if kind != "milestones":
        return "" if kind == "sources" else figure(record, kind, id_)
    now = record.status(id_)
    return f"{now.due.text}, {now.state.replace('-', ' ')}"


def _commitment(record: Known, id_: str, entry: Commitment) -> Iterator[str]:
    parts = [names(record, entry.lead)]
    if entry.announced:
        parts.append(f"announced {words.published(entry.announced)}")
    if entry.years:
        parts.append(f"for {str(entry.years).replace('..', ' to ')}")
    if entry.stage and entry.stage[-1].value != "announced":
        parts.append(str(entry.stage[-1].value))
    parts += [entry.spending] if entry.spending else []
    yield f"{', '.join(parts)}. {_pillar(record, entry)}"
    if entry.profile:
        by_year = ", ".join(
            f"{one.text} in {year}" for year, one in entry.profile[-1].value.items()
        )
        yield f"By year: {by_year}."
    if len(entry.amount) > 1:
        earlier = (f"{one.value.text} until then" for one in entry.amount[-2:-1])
        since = entry.amount[-1].since
        yield f"Since {words.day(since)}; {words.listed(earlier)}." if since else ""
    yield " ".join(Holding(record, id_).told(_FEW))


def _programme(asked: Programme) -> Iterator[str]:
    """Say how many of those that take part are known, and of how many what they get."""
    if areas := areas_known(asked):
        yield f"Who takes part: {areas}."
    if allocations := allocations_known(asked):
        yield f"Who gets what: known are {allocations}. No total has it."


def _pillar(record: Known, entry: Any) -> str:
    return f"Pillar: {record.pillars[entry.pillar].name}." if entry.pillar else ""


def _benchmark(record: Known, _id: str, entry: Benchmark) -> Iterator[str]:
    asks = {"new": " of new money", "all": " in all, new or not", None: ""}[entry.asks_for]
    over = f", over {words.counted(entry.spending_years, 'year')}" if entry.spending_years else ""
    yield (
        f"Asked for{asks} by {record.bodies[entry.by].title}, "
        f"{words.published(entry.announced)}{over}."
    )
    if entry.profile:
        years = (
            f"{one.text} in {f'year {year}' if isinstance(year, int) else year}"
            for year, one in entry.profile.items()
        )
        yield f"{words.listed(years)}."
    if entry.unreconciled:
        gap = words.pounds(entry.unreconciled.amount.stated)
        yield f"Its years fall short of it by {gap}: {entry.unreconciled.reason}"
    for caution in entry.cautions[:1]:
        yield f"Caution: {shortened(caution.text, _LONG)}"


def _figure(record: Known, _id: str, entry: FigureEntry) -> Iterator[str]:
    when = f", {words.published(entry.announced)}" if entry.announced else ""
    was = f" It was {entry.was.amount.text} before." if entry.was else ""
    yield f"{entry.kind.title()}: {record.bodies[entry.by].title}{when}.{was}"
    if entry.milestone:
        step = record.milestones[entry.milestone]
        state = record.status(entry.milestone).state.replace("-", " ")
        yield f"Promised as: {step.name}, {state} ({entry.milestone})."
    if entry.series:
        by_year = (
            f"{'after a break ' if year in entry.breaks else ''}{one.amount.text} in {year}"
            for year, one in entry.series.items()
        )
        every = ", ".join(by_year)
        yield f"{shortened(f'By year: {every}', 2 * _LONG)}."
    yield from beside_promises(record, entry)


def _milestone(record: Known, id_: str, entry: Milestone) -> Iterator[str]:
    acts = f"; who must act: {names(record, entry.acts)}" if entry.acts else ""
    who = entry.owner or names(record, entry.lead)
    if entry.own:
        stands = ", ".join(filter(None, ("Your own plan", who, entry.progress)))
        yield f"{stands}{acts}. {_pillar(record, entry)}"
    else:
        yield f"{entry.nature.title()}, promised by {who}{acts}. {_pillar(record, entry)}"
    if served := pair(record, id_):
        yield words.sentence(f"{served.sentence}.")


def _recommendation(record: Known, _id: str, entry: Recommendation) -> Iterator[str]:
    chapter = f" Chapter: {entry.chapter}." if entry.chapter else ""
    yield f"Asked by {record.bodies[entry.by].title} of {names(record, entry.to)}.{chapter}"


def _steps(told: Iterable[str]) -> Iterator[str]:
    """Yield the steps of a story, each shortened; of many the first and the last ones."""
    steps = [shortened(step, 160) for step in told]
    if len(steps) > _STEPS:
        left = len(steps) - _STEPS
        steps = [steps[0], f"({words.counted(left, 'step')} more: --all)", *steps[1 - _STEPS :]]
    yield from steps


def _told(record: Known, kind: str, id_: str) -> Iterator[str]:
    """Yield the steps of a story; of the searches that found nothing only the last, and that."""
    told_by = words_of(kind).story
    steps = list(told_by(record, id_)) if told_by else []
    searches = [step for step in steps if step.searched]
    for step in steps:
        if step not in searches[:-1]:
            yield step.told


def _source(_record: Known, _id: str, entry: Source) -> Iterator[str]:
    when = words.published(entry.published) if entry.published else "undated"
    read = f", read on {words.day(entry.accessed)}" if entry.accessed else ""
    yield f"{entry.publisher}, {when}{read}. Licence: {entry.licence or 'not stated'}."
    if entry.url:
        yield entry.url
    if entry.note:
        yield entry.note


def _word(record: Known, id_: str, _entry: Word) -> Iterator[str]:
    kind = next(one for one in ("pillars", "topics", "bodies") if id_ in record.section(one))
    count = [section for section, _, _ in users(record, kind, id_)]
    said = [
        words.counted(count.count(one), singular(one), one) for one in Dataset.KINDS if one in count
    ]
    yield f"Named by {words.listed(said)}." if said else "Nothing in the record names it."


def _deflators(_record: Known, _id: str, entry: Deflators) -> Iterator[str]:
    years = list(entry.index)
    yield (
        f"{entry.publisher}: a price index for {years[0]} to {years[-1]}, {entry.base} = 100, "
        f"a forecast from {entry.forecast_from}."
    )
    yield entry.url


def _as_written(_record: Known, _id: str, entry: Any) -> Iterator[str]:
    """Yield the fields of an entry of which nothing else is said."""
    for field, lines in written(entry):
        yield shortened(f"{field[:1].upper()}{field[1:]}: {', '.join(lines)}", _LONG)


_SAID: dict[str, Callable[[Known, str, Any], Iterator[str]]] = {
    "commitments": _commitment,
    "benchmarks": _benchmark,
    "figures": _figure,
    "milestones": _milestone,
    "recommendations": _recommendation,
    "sources": _source,
    "pillars": _word,
    "topics": _word,
    "bodies": _word,
    "deflators": _deflators,
}


def _quoted(record: Known, kind: str, id_: str) -> Iterator[str]:
    """Yield the words that say it best, with where they stand."""
    entry = record.section(kind)[id_]
    if kind == "milestones":
        claim = dated_by(entry, record.status(id_))
        cited = [claim] if claim and record.is_out(claim) else []
    else:
        cited = citing(record, entry, words_of(kind).value(entry))
    for claim in cited[:1]:
        yield f"{words.quoted(claim.says)} ({record.citation(claim)})"


def listings(record: Known, kind: str, id_: str) -> Iterator[Listing]:
    """Yield what is in an entry, serves it, is counted or was said of it, and names it."""
    if kind == "commitments":
        yield from _inside(Holding(record, id_))
    elif kind == "milestones":
        yield from _served_by(record, id_)
    if kind in ENTRY_KINDS:
        yield from _counted(record.section(kind)[id_])
    yield from _said(record, kind, id_)
    if kind in ENTRY_KINDS:
        return
    if naming := list(users(record, kind, id_)):
        lines = [
            Line((
                Cell(name(entry)),
                Cell(figure(record, section, user).partition(" (")[0]),
                Cell(user, Tone.QUIET),
            ))
            for section, user, entry in naming
        ]  # fmt: skip
        heads = (Head("Named by", grows=True), Head(most=16), Head("To see it: show"))
        yield Listing(heads, tuple(lines), folded=_rest, least=3)


def _counted(entry: Any) -> Iterator[Listing]:
    """Yield what a figure counts, numbered, with what to show of each."""
    items = beside.items_of(entry)
    if items:
        lines = [
            Line((
                Cell(f"{number}  {beside.item_in_words(item)}"),
                Cell(beside.item_is(item), Tone.QUIET),
            ))
            for number, item in enumerate(items, 1)
        ]  # fmt: skip
        named = "To see it: show" if any(map(beside.item_is, items)) else ""
        heads = (Head(f"Listed: {beside.listed(entry)}", grows=True, wraps=True), Head(named))
        yield Listing(heads, tuple(lines), folded=_rest, least=3)


def _said(record: Known, kind: str, id_: str) -> Iterator[Listing]:
    """Yield what was said of an entry, or by a body."""
    every = beside.told(record, kind, id_)
    most = _LONG if kind == "bodies" else _SAID_AT_MOST
    lines = tuple(Line((Cell(shortened(said, most)),)) for said, _ in every)
    if lines:
        named = "What they said" if kind == "bodies" else "Said of it"
        # A sum is told with what is in it: then there is room for a line of each.
        head = Head(named, grows=True, wraps=kind != "commitments")
        yield Listing((head,), lines, folded=_rest)


def _served_by(record: Known, id_: str) -> Iterator[Listing]:
    """Yield what serves a milestone in one's own plan, and how far the dates are apart."""
    lines = [
        Line((
            Cell(record.milestones[one.own].name),
            Cell(one.told),
            Cell(one.own, Tone.QUIET),
        ))
        for one in pairs(record) if one.served == id_
    ]  # fmt: skip
    if lines:
        heads = (Head("In your own plan", grows=True), Head(), Head("To see it: show"))
        yield Listing(heads, tuple(lines), folded=_rest, least=3)


def _inside(holding: Holding) -> Iterator[Listing]:
    """Yield what is in a sum, with what each part states and adds."""
    if not holding.parts:
        return
    lines = [
        Line((
            Cell(part.name),
            Cell(part.stated),
            Cell(words.pounds(part.counts) if part.counts else _UNCOUNTED[part.standing]),
        ))
        for part in holding.parts
    ]  # fmt: skip
    if holding.own:
        lines.append(Line((Cell("not broken down"), Cell(""), Cell(words.pounds(holding.own)))))
    heads = (
        Head("In it", grows=True), Head("Promised", right=True), Head("Counted", right=True),
    )  # fmt: skip
    yield Listing(heads, tuple(lines), folded=_rest, least=3)


_UNCOUNTED = {
    Standing.COUNTED: "in its parts",
    Standing.UNSURE: "in doubt",
    Standing.SUPERSEDED: "replaced",
    Standing.RESTATED: "repeats",
    Standing.NEVER: "never",
}


def _rest(hidden: Sequence[Line]) -> Line:
    return Line((Cell(f"and {len(hidden)} more: --all"),))


def _notes(record: Known, id_: str, entry: Any, others: Sequence[str]) -> Iterator[str]:
    if choice := getattr(entry, "choice", None):
        yield f"Why this figure or date: {shortened(choice, _LONG)}"
    if getattr(entry, "confidence", "high") != "high":
        yield f"Confidence: {entry.confidence}."
    for kind in others:
        yield f"Also a {singular(kind)} of that id, {figure(record, kind, id_)}: --all."


def _ways(record: Known, kind: str, id_: str) -> Iterator[tuple[str, str]]:
    if kind == "bodies" and is_place(record, id_):
        yield "What it is in, gets and must do", f"for {id_}"
    yield "All that is said, and how to cite it", "--all"
    if kind == "figures" and record.figures[id_].series:
        yield "Drawn", "--chart"
    if kind in ("pillars", "topics"):
        yield "Its money", f"totals --{singular(kind)} {id_}"
    if kind == "bodies" and _acts(record, id_):
        yield "What it must do", f"deadlines --acts {id_}"


def _acts(record: Known, id_: str) -> bool:
    """Whether a body has anything to do, itself or as a member of others."""
    every = record.milestones.values()
    return bool(record.bodies[id_].member_of) or any(id_ in (*m.lead, *m.acts) for m in every)
