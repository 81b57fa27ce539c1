"""The tables of the record: every entry with all that is said of it, whatever the day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reformcalc.export.table import (
    ID,
    NUMBER,
    Column,
    Record,
    Table,
    Type,
    field,
    money,
    of,
    quantity,
    when,
)
from reformcalc.history import claims_of, outcome_day
from reformcalc.ledger import as_sum, in_all
from reformcalc.milestones import outcome_kind
from reformcalc.model import (
    OUTCOME_KINDS,
    Benchmark,
    Caution,
    Claim,
    Commitment,
    Deflators,
    Entry,
    FigureEntry,
    Membership,
    Milestone,
    Outcome,
    Pillar,
    Revision,
    Search,
    Source,
    StageRevision,
    Word,
)
from reformcalc.money import round_pounds, total
from reformcalc.references import ENTRY_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reformcalc.export.table import Content


def _entries(kind: str) -> Callable[[Content], Iterator[Record]]:
    """Return what lists the entries of a kind, in the order of their ids."""
    return lambda content: (
        Record(id_, entry) for id_, entry in sorted(getattr(content.dataset, kind).items())
    )


def _parts(kind: str, get: Callable[[Any], Iterable[Any]]) -> Callable[[Content], Iterator[Record]]:
    """Return what lists some part of every entry of a kind, numbered within its entry."""
    return lambda content: (
        Record(item.entry, part, number)
        for item in _entries(kind)(content)
        for number, part in enumerate(get(item.thing), 1)
    )


def _of_all(get: Callable[[Entry], Iterable[Any]]) -> Callable[[Content], Iterator[Record]]:
    """Return what lists some part of every entry of every kind, each with its kind."""
    return lambda content: (
        Record(item.entry, (kind, item.thing), item.number)
        for kind in ENTRY_KINDS
        for item in _parts(kind, get)(content)
    )


def _listed(value: Any) -> tuple[str, ...]:
    """Return the ids that a field names, whether it takes one or many."""
    return (value,) if isinstance(value, str) else value or ()


def _named_as(entry: Entry, name: str) -> tuple[str, ...]:
    """Return the ids that a field of an entry names; who leads a milestone acts if nobody else."""
    if name == "acts" and isinstance(entry, Milestone):
        return entry.acts or entry.lead
    return _listed(getattr(entry, name, None))


def _existing(item: Record) -> int | None:
    existing = item.thing.existing
    if existing is None or existing == "all":
        return None
    return round_pounds(total(map(as_sum, in_all(existing))).stated)


def _part(item: Record) -> str | None:
    """Return the field that a claim stands at, where not at the entry itself."""
    route, _ = item.thing[1]
    return None if route[0] == "claims" else str(route[0])


def _part_number(item: Record) -> int | None:
    """Return which of several parts a claim stands at."""
    route, _ = item.thing[1]
    return route[1] + 1 if isinstance(route[1], int) and route[0] != "claims" else None


def _claim(
    name: str, type_: Type = Type.TEXT, *, named: str | None = None, to: str | None = None
) -> Column:
    """Make a column of a field of a claim."""
    column = field(Claim, name, type_, named=named, to=to)
    return replace(column, get=lambda item: getattr(item.thing[1][1], name))


def _word_list(name: str, meaning: str, *more: Column) -> Table:
    columns = (ID, field(Word, "title"), field(Word, "short"), *more)
    return Table(name, meaning, ("id",), columns, _entries(name))


_KIND = Column("kind", Type.TEXT, "the section that it is in", lambda item: item.thing[0])
_ENTRY = Column("entry", Type.TEXT, "the id of the entry", lambda item: item.entry)
_TO_ENTRIES = ((("kind", "entry"), "entries"),)


def _named(name: str, word: str, words: str, fields: tuple[str, ...]) -> Table:
    """Make the table of the words of one list that entries name."""
    return Table(
        name,
        f"Which {words} each entry names, one in a row.",
        ("kind", "entry", "field", word),
        (
            _KIND,
            _ENTRY,
            Column("field", Type.TEXT, f"as what: {', '.join(fields)}", lambda i: i.thing[1][0]),
            Column(word, Type.TEXT, f"id of the {word}", lambda i: i.thing[1][1], to=words),
        ),
        _of_all(
            lambda entry: [(field_, one) for field_ in fields for one in _named_as(entry, field_)]
        ),
        _TO_ENTRIES,
    )


_COMMON = (
    ID,
    field(Entry, "title"),
    field(Entry, "label"),
    field(Entry, "pillar", to="pillars"),
    field(Entry, "also_pillars"),
    field(Entry, "topics"),
    field(Entry, "scope"),
    field(Entry, "confidence"),
    field(Entry, "choice"),
    field(Entry, "inferred"),
    field(Entry, "exceptions"),
    field(Entry, "note"),
)
_FIRST_YEAR = Column(
    "first_year",
    Type.TEXT,
    "the first financial year that it covers",
    lambda item: item.thing.years and item.thing.years.first,
)
_LAST_YEAR = Column(
    "last_year",
    Type.TEXT,
    "the last financial year that it covers",
    lambda item: item.thing.years and item.thing.years.last,
)


_COMMITMENTS = (
    Table(
        "commitments",
        "Promises of money; `amounts` has what each states, `memberships` what holds it.",
        ("id",),
        (
            *_COMMON,
            field(Commitment, "lead"),
            *when("announced", "when it was first promised", lambda item: item.thing.announced),
            _FIRST_YEAR,
            _LAST_YEAR,
            field(Commitment, "existing"),
            Column("existing_gbp", Type.POUNDS, "the same where it is a sum", _existing),
            field(Commitment, "continues", to="commitments"),
            field(Commitment, "spending"),
            field(Commitment, "counted", Type.TRUTH),
            field(Commitment, "reason"),
        ),
        _entries("commitments"),
    ),
    Table(
        "amounts",
        "What each commitment states, and from which day on; where it states its years only, "
        "`profiles` has them.",
        ("commitment", "number"),
        (
            of("commitment", "commitments"),
            NUMBER,
            field(Revision, "since", Type.DAY),
            *money("amount", "what is promised", lambda item: item.thing.value),
        ),
        _parts("commitments", lambda entry: entry.amount),
    ),
    Table(
        "profiles",
        "How much of a commitment falls in which financial year, where a source says so.",
        ("commitment", "number"),
        (
            of("commitment", "commitments"),
            NUMBER,
            Column("since", Type.DAY, "the day on which it was stated", lambda i: i.thing[0]),
            Column("year", Type.TEXT, "the financial year", lambda item: item.thing[1]),
            *money("amount", "what falls in the year", lambda item: item.thing[2]),
        ),
        _parts(
            "commitments",
            lambda entry: [
                (revision.since, year, amount)
                for revision in entry.profile
                for year, amount in revision.value.items()
            ],
        ),
    ),
    Table(
        "stages",
        "How far the money of a commitment had come, and from which day on.",
        ("commitment", "number"),
        (
            of("commitment", "commitments"),
            NUMBER,
            field(Revision, "since", Type.DAY),
            field(StageRevision, "value", named="stage"),
        ),
        _parts("commitments", lambda entry: entry.stage),
    ),
    Table(
        "memberships",
        "Which envelopes hold a commitment; answers show it under the first.",
        ("commitment", "envelope"),
        (
            of("commitment", "commitments"),
            field(Membership, "envelope", to="commitments"),
            NUMBER,
            *money("amount", "the part in it; all of it if empty", lambda item: item.thing.amount),
            field(Membership, "reason"),
            field(Membership, "inferred"),
        ),
        _parts("commitments", lambda entry: entry.part_of),
    ),
    Table(
        "relations",
        "What else commitments say of each other.",
        ("commitment", "relation", "other"),
        (
            of("commitment", "commitments"),
            Column(
                "relation",
                Type.TEXT,
                "restates, may_overlap or supersedes",
                lambda item: item.thing[0],
            ),
            Column(
                "other", Type.TEXT, "the other commitment", lambda i: i.thing[1], to="commitments"
            ),
        ),
        _parts(
            "commitments",
            lambda entry: [
                (relation, other)
                for relation in ("restates", "may_overlap", "supersedes")
                for other in getattr(entry, relation)
            ],
        ),
    ),
)

_BENCHMARKS = (
    Table(
        "benchmarks",
        "Outside figures to compare with.",
        ("id",),
        (
            *_COMMON,
            field(Benchmark, "by", named="body", to="bodies"),
            *money("amount", "what is asked for in all", lambda item: item.thing.amount),
            *when("announced", "when it was published", lambda item: item.thing.announced),
            field(Benchmark, "asks_for"),
            field(Benchmark, "spending_years", Type.WHOLE),
            field(Benchmark, "programme_years", Type.WHOLE),
            field(Benchmark, "per_year", Type.TRUTH),
            field(Benchmark, "price_basis"),
            field(Benchmark, "part_of", to="benchmarks"),
            Column(
                "year_one",
                Type.TEXT,
                "the financial year that year 1 is read as",
                lambda item: item.thing.year_one and item.thing.year_one.year,
            ),
            Column(
                "year_one_reason",
                Type.TEXT,
                "why it is read so",
                lambda item: item.thing.year_one and item.thing.year_one.reason,
            ),
            Column(
                "unreconciled_gbp",
                Type.POUNDS,
                "what its years fall short of its amount",
                lambda i: i.thing.unreconciled and round_pounds(i.thing.unreconciled.amount.stated),
            ),
            Column(
                "unreconciled_reason",
                Type.TEXT,
                "what is known of why",
                lambda item: item.thing.unreconciled and item.thing.unreconciled.reason,
            ),
        ),
        _entries("benchmarks"),
    ),
    Table(
        "benchmark_years",
        "How much of a benchmark is asked for in which year.",
        ("benchmark", "number"),
        (
            of("benchmark", "benchmarks"),
            NUMBER,
            Column(
                "year",
                Type.TEXT,
                'the financial year, or "year 1" where the source only counts',
                lambda i: f"year {i.thing[0]}" if isinstance(i.thing[0], int) else i.thing[0],
            ),
            *money("amount", "what is asked for in the year", lambda item: item.thing[1]),
        ),
        _parts("benchmarks", lambda entry: entry.profile.items()),
    ),
    Table(
        "cautions",
        "Warnings that go with the use of a benchmark.",
        ("benchmark", "number"),
        (of("benchmark", "benchmarks"), NUMBER, field(Caution, "text", named="caution")),
        _parts("benchmarks", lambda entry: entry.cautions),
    ),
)

_FIGURES = (
    Table(
        "figures",
        "Numbers that are not a promise of money in total.",
        ("id",),
        (
            *_COMMON,
            field(FigureEntry, "kind"),
            *quantity("value", "the number", lambda item: item.thing.value),
            *quantity("was", "the number before", lambda item: item.thing.was),
            field(FigureEntry, "unit"),
            field(FigureEntry, "by", named="body", to="bodies"),
            *when("announced", "when it was first said", lambda item: item.thing.announced),
            *when("due", "when it is to be reached", lambda item: item.thing.due),
            field(FigureEntry, "milestone", to="milestones"),
            _FIRST_YEAR,
            _LAST_YEAR,
        ),
        _entries("figures"),
    ),
    Table(
        "figure_years",
        "The values of a figure that has one for each financial year.",
        ("figure", "year"),
        (
            of("figure", "figures"),
            Column("year", Type.TEXT, "the financial year", lambda item: item.thing[0]),
            *quantity("value", "the number", lambda item: item.thing[1]),
            Column(
                "breaks",
                Type.TRUTH,
                "whether it cannot be compared with the years before",
                lambda item: item.thing[2],
            ),
        ),
        _parts(
            "figures",
            lambda entry: [
                (year, value, year in entry.breaks) for year, value in entry.series.items()
            ],
        ),
    ),
)

_MILESTONES = (
    Table(
        "milestones",
        "Steps, duties, programmes and aims, as first promised.",
        ("id",),
        (
            *_COMMON,
            field(Milestone, "nature"),
            *when("promised", "when it was promised", lambda item: item.thing.promised),
            *when("due", "when it falls", lambda item: item.thing.due),
            Column("due_edtf", Type.TEXT, "the same in ISO 8601-2", lambda i: i.thing.due.edtf),
            field(Milestone, "repeats"),
            field(Milestone, "terms"),
            *when("until", "when it last comes round", lambda item: item.thing.until),
            field(Milestone, "lead"),
            field(Milestone, "acts"),
            field(Milestone, "commitment", to="commitments"),
            field(Milestone, "conditions"),
        ),
        _entries("milestones"),
    ),
    Table(
        "moves",
        "Later dates for a milestone, in order.",
        ("milestone", "number"),
        (
            of("milestone", "milestones"),
            NUMBER,
            *when("due", "the new date", lambda item: item.thing.to),
            *when("given", "when the new date was given", lambda item: item.thing.on),
        ),
        _parts("milestones", lambda entry: entry.moved),
    ),
    Table(
        "outcomes",
        "What came of a milestone; several where it came in parts.",
        ("milestone", "number"),
        (
            of("milestone", "milestones"),
            NUMBER,
            Column(
                "outcome",
                Type.TEXT,
                ", ".join(OUTCOME_KINDS),
                lambda item: outcome_kind(item.thing),
            ),
            *when("came", "when it came", lambda item: outcome_day(item.thing)),
            field(Outcome, "known", Type.DAY),
            field(Outcome, "note"),
        ),
        _parts("milestones", lambda entry: entry.outcome),
    ),
    Table(
        "looks",
        "Searches for what came of a milestone, which found no outcome.",
        ("milestone", "number"),
        (
            of("milestone", "milestones"),
            NUMBER,
            Column("looked", Type.DAY, "the day of the search", lambda item: item.thing.on),
            field(Search, "reaches", Type.DAY),
            field(Search, "searched"),
        ),
        _parts("milestones", lambda entry: entry.looked),
    ),
    Table(
        "times_kept",
        "The times of what repeats that were kept.",
        ("milestone", "number"),
        (
            of("milestone", "milestones"),
            NUMBER,
            Column("kept", Type.DAY, "the day on which it was done", lambda item: item.thing.on),
            *when("time", "which time it is said to be", lambda item: item.thing.time),
        ),
        _parts("milestones", lambda entry: entry.done),
    ),
)

_SOURCES = (
    Table(
        "sources",
        "The documents that the record rests on.",
        ("id",),
        (
            ID,
            field(Source, "title"),
            field(Source, "publisher"),
            field(Source, "kind"),
            *when("published", "when it was published", lambda item: item.thing.published),
            field(Source, "url"),
            field(Source, "accessed", Type.DAY),
            field(Source, "file"),
            field(Source, "licence"),
            field(Source, "note"),
        ),
        _entries("sources"),
    ),
    Table(
        "deflators",
        "Releases of a price index.",
        ("id",),
        (
            ID,
            field(Deflators, "release"),
            field(Deflators, "publisher"),
            field(Deflators, "url"),
            field(Deflators, "accessed", Type.DAY),
            field(Deflators, "licence"),
            field(Deflators, "base"),
            field(Deflators, "forecast_from"),
        ),
        _entries("deflators"),
    ),
    Table(
        "deflator_years",
        "The index of each financial year of a release.",
        ("deflator", "year"),
        (
            of("deflator", "deflators"),
            Column("year", Type.TEXT, "the financial year", lambda item: item.thing[0]),
            Column("index_number", Type.NUMBER, "the index", lambda item: item.thing[1]),
            Column("forecast", Type.TRUTH, "whether it is a forecast", lambda i: i.thing[2]),
        ),
        _parts(
            "deflators",
            lambda release: [
                (year, index, year >= release.forecast_from)
                for year, index in release.index.items()
            ],
        ),
    ),
)

_PARTS = "amount, profile, stage, moved, outcome, done, cautions, year_one or unreconciled"

_ENTRIES = (
    Table(
        "entries",
        "Commitments, benchmarks, figures and milestones, under their section and id.",
        ("kind", "id"),
        (_KIND, ID, Column("title", Type.TEXT, "what it is", lambda item: item.thing[1].title)),
        _of_all(lambda entry: (entry,)),
    ),
    Table(
        "claims",
        "What the sources say of each entry, in their own words.",
        ("kind", "entry", "number"),
        (
            _KIND,
            _ENTRY,
            NUMBER,
            Column("part", Type.TEXT, f"{_PARTS}; empty for the entry and its first figure", _part),
            Column(
                "part_number",
                Type.WHOLE,
                "its number in the table of such parts; of profile, which revision",
                _part_number,
            ),
            _claim("source", to="sources"),
            _claim("at", named="place"),
            _claim("says"),
            _claim("means"),
            _claim("by", named="quoted"),
            _claim("variant", Type.TRUTH),
        ),
        _of_all(claims_of),
        _TO_ENTRIES,
    ),
    _named("entry_pillars", "pillar", "pillars", ("pillar", "also_pillars")),
    _named("entry_topics", "topic", "topics", ("topics",)),
    _named("entry_bodies", "body", "bodies", ("lead", "acts", "by")),
)
_WORDS = (
    _word_list("pillars", "The parts of the reform.", field(Pillar, "unassigned", Type.TRUTH)),
    _word_list("topics", "Subjects that entries are filed under."),
    _word_list("bodies", "Departments, councils and other organisations."),
    Table(
        "body_members",
        "Which bodies are members of which.",
        ("body", "member_of"),
        (
            of("body", "bodies"),
            Column("member_of", Type.TEXT, "what it is one of", lambda i: i.thing, to="bodies"),
        ),
        _parts("bodies", lambda entry: entry.member_of),
    ),
)

RECORD = (
    *_COMMITMENTS,
    *_BENCHMARKS,
    *_FIGURES,
    *_MILESTONES,
    *_ENTRIES,
    *_SOURCES,
    *_WORDS,
)
