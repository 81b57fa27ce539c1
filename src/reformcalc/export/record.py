"""The tables of the record: every entry with all that is said of it, whatever the day.

They are read off the model: a table for each section, one for each field that holds many parts or
a value for each year, and columns by what a field holds. What is written here is only how the
tables and columns that people know by now are called, in which order they stand, and the few that
are worked out. A field or a section that is new exports itself.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from reformcalc.answers.chosen import singular
from reformcalc.export.table import (
    ID,
    NUMBER,
    Column,
    Record,
    Table,
    Type,
    money,
    of,
    quantity,
    when,
)
from reformcalc.ledger.ledger import as_sum, in_all
from reformcalc.record.history import claims_of
from reformcalc.record.model import (
    OUTCOME_KINDS,
    Allocation,
    Benchmark,
    Caution,
    Claim,
    Commitment,
    Dataset,
    Entry,
    FigureEntry,
    Kept,
    Milestone,
    Move,
    Outcome,
    Recommendation,
    Response,
    Search,
    Statement,
)
from reformcalc.record.parts import (
    Held,
    claiming_parts_of,
    fields_of,
    named_in,
    naming,
    parts_naming,
)
from reformcalc.record.references import ENTRY_KINDS
from reformcalc.values.due import Due
from reformcalc.values.money import Amount, Quantity, round_pounds, total
from reformcalc.values.years import FinancialYear, Years
from reformcalc.words import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from reformcalc.export.table import Content
    from reformcalc.record.model import Part

    Get = Callable[[Record], Any]

# The fields that come first, in the columns of their section and in the order of its tables.
_COMMON = (
    "title", "label", "pillar", "also_pillars", "topics", "scope", "confidence", "choice",
    "inferred", "exceptions", "note",
)  # fmt: skip
_FIRST = {
    "commitments": (
        *_COMMON, "amount", "profile", "stage", "part_of", "lead", "announced", "years", "existing",
        "continues",
    ),
    "benchmarks": (
        *_COMMON, "by", "amount", "announced", "asks_for", "spending_years", "programme_years",
        "per_year", "price_basis", "part_of", "year_one", "unreconciled",
    ),
    "figures": (
        *_COMMON, "kind", "value", "was", "series", "unit", "by", "announced", "due", "milestone",
    ),
    "milestones": (
        *_COMMON, "nature", "promised", "due", "repeats", "terms", "until", "lead", "acts",
        "commitment", "conditions", "moved", "outcome", "looked",
    ),
    "recommendations": (
        *_COMMON, "by", "made", "to", "chapter", "asks_money", "figures", "responses", "looked",
    ),
}  # fmt: skip
# What entries of every kind have, which one table holds for all.
_OF_ALL = ("claims", "statements")
# Tables that are called otherwise than by their section and field.
_CALLED = {
    "amount": "amounts",
    "stage": "stages",
    "part_of": "memberships",
    "profile": "benchmark_years",
    "cautions": "cautions",
    "series": "figure_years",
    "moved": "moves",
    "looked": "looks",
    "done": "times_kept",
    "index": "deflator_years",
    "member_of": "body_members",
    "responses": "responses",
    "areas": "areas",
    "allocations": "allocations",
    "body_notes": "body_notes",
}
# Where another section has a field of that name, and its table the shorter one.
_CALLED_IN = {
    ("recommendations", "looked"): "recommendation_looks",
    ("milestones", "areas"): "milestone_areas",
}
# Columns that are called otherwise than their field.
_NAMED: Mapping[tuple[type[Part], str], str] = {
    (Benchmark, "by"): "body",
    (FigureEntry, "by"): "body",
    (Recommendation, "by"): "body",
    (Response, "on"): "answered",
    (Statement, "on"): "said",
    (Response, "response"): "response",
    (Caution, "text"): "caution",
    (Move, "to"): "due",
    (Move, "on"): "given",
    (Allocation, "firm"): "firm",
    (Search, "on"): "looked",
    (Kept, "on"): "kept",
    (Claim, "at"): "place",
    (Claim, "by"): "quoted",
}
_IN_YEAR = {"profile": "amount", "series": "value", "index": "index_number"}
_TYPES = {date: Type.DAY, bool: Type.TRUTH, int: Type.WHOLE, Decimal: Type.NUMBER}


def _thing(item: Record) -> Any:
    return item.thing


def _value(held: Held, of_: Get) -> Get:
    """Return what takes the value of a field from a record, empty where its part is."""
    return lambda item: getattr(of_(item), held.name, None)


def _columns(held: Held, name: str, get: Get, meaning: str = "") -> Iterator[Column]:
    """Yield the columns of a field, by what it holds."""
    meaning = meaning or held.meaning
    if held.part and not held.many:
        # What it is comes first, under its own name.
        for inner in sorted(fields_of(held.part), key=lambda one: one.written != "is"):
            if inner.written == "is":
                yield from _columns(inner, name, _value(inner, get), meaning)
            elif inner.name != "claims":
                yield from _columns(inner, f"{name}_{inner.name}", _value(inner, get))
    elif held.many or held.by:
        yield Column(name, Type.LIST if held.many and not held.by else Type.TEXT, meaning, get)
    elif held.type in _SEVERAL:
        yield from _SEVERAL[held.type](name, meaning, get)
    else:
        type_ = _TYPES.get(held.type, Type.TEXT)
        yield Column(name, type_, meaning, get, held.section)


def _run(_: str, meaning: str, get: Get) -> tuple[Column, ...]:
    """Make the columns of a run of financial years: the first, and the last."""
    return tuple(
        Column(f"{end}_year", Type.TEXT, f"the {end} of {meaning}", _end(get, end))
        for end in ("first", "last")
    )


# What takes more than one column.
_SEVERAL: Mapping[Any, Callable[[str, str, Get], tuple[Column, ...]]] = {
    Amount: money,
    Quantity: quantity,
    Due: when,
    Years: _run,
}


def _end(get: Get, end: str) -> Get:
    return lambda item: getattr(get(item), end, None)


def _existing(item: Record) -> int | None:
    existing = item.thing.existing
    if existing is None or existing == "all":
        return None
    return round_pounds(total(map(as_sum, in_all(existing))).stated)


def _gap(item: Record) -> int | None:
    gap = item.thing.unreconciled
    return None if gap is None else round_pounds(gap.amount.stated)


# What is worked out beside the columns of a field, or in their place.
_BESIDE: Mapping[tuple[type[Part], str], Column] = {
    (Commitment, "existing"): Column(
        "existing_gbp", Type.POUNDS, "the same where it is a sum", _existing
    ),
    (Milestone, "due"): Column(
        "due_edtf", Type.TEXT, "the same in ISO 8601-2", lambda item: item.thing.due.edtf
    ),
}
_INSTEAD: Mapping[tuple[type[Part], str], tuple[Column, ...]] = {
    (Benchmark, "unreconciled"): (
        Column("unreconciled_gbp", Type.POUNDS, "what its years fall short of its amount", _gap),
        Column(
            "unreconciled_reason",
            Type.TEXT,
            "what is known of why",
            lambda item: getattr(item.thing.unreconciled, "reason", None),
        ),
    ),
    (FigureEntry, "breaks"): (),  # figure_years has them
}
_OF_A_YEAR = {
    "series": Column(
        "breaks",
        Type.TRUTH,
        "whether it cannot be compared with the years before",
        lambda item: item.thing[1] in item.thing[0].breaks,
    ),
    "index": Column(
        "forecast",
        Type.TRUTH,
        "whether it is a forecast",
        lambda item: item.thing[1] >= item.thing[0].forecast_from,
    ),
}


def _of_part(part: type[Part], held: Held, holder: Held | None = None) -> Iterator[Column]:
    """Yield the columns of a field of an entry, or of a part that a field of one holds."""
    if (part, held.name) in _INSTEAD:
        yield from _INSTEAD[part, held.name]
        return
    get = _value(held, _thing)
    if holder and held.written == "is" and (part, held.name) not in _NAMED:
        yield from _columns(held, holder.name, get, holder.meaning)
    else:
        yield from _columns(held, _NAMED.get((part, held.name), held.name), get)
    if beside := _BESIDE.get((part, held.name)):
        yield beside


def _entries(section: str) -> Callable[[Content], Iterator[Record]]:
    """Return what lists the entries of a section, in the order of their ids."""
    return lambda content: (
        Record(id_, entry) for id_, entry in sorted(getattr(content.dataset, section).items())
    )


def _parts(
    section: str, get: Callable[[Any], Iterable[Any]]
) -> Callable[[Content], Iterator[Record]]:
    """Return what lists some part of every entry of a section, numbered within its entry."""
    return lambda content: (
        Record(item.entry, part, number)
        for item in _entries(section)(content)
        for number, part in enumerate(get(item.thing), 1)
    )


def _of_all(get: Callable[[Entry], Iterable[Any]]) -> Callable[[Content], Iterator[Record]]:
    """Return what lists some part of every entry that carries claims, each with its section."""
    return lambda content: (
        Record(item.entry, (section, item.thing), item.number)
        for section in ENTRY_KINDS
        for item in _parts(section, get)(content)
    )


def tables_of(section: str, kind: type[Part]) -> Iterator[Table]:
    """Yield the table of a section, then those of what its entries hold many of."""
    first = _FIRST.get(section, _COMMON if issubclass(kind, Entry) else ())
    held = {one.name: one for one in fields_of(kind) if one.name not in _OF_ALL}
    ordered = [held.pop(name) for name in first if name in held] + [*held.values()]
    columns, tables, links = [ID], [], []
    for one in ordered:
        if one.many and one.part:
            tables.append(_special(section, one) or _of_parts(section, one))
        elif one.by and one.by is not str:
            tables.append(_of_years(section, one))
        elif one.many and one.section == section:
            links.append(one)
        else:
            columns += _of_part(kind, one)
    yield Table(section, _first_line(kind), ("id",), tuple(columns), _entries(section))
    yield from tables
    if links:
        yield _links(section, links)


def _first_line(part: type[Part]) -> str:
    return (part.__doc__ or "").partition("\n")[0]


def _of_parts(section: str, held: Held) -> Table:
    """Make the table of the parts that a field holds; what names an entry is in its key."""
    assert held.part
    word = singular(section)
    fields = [one for one in fields_of(held.part) if one.name != "claims"]
    naming_ = [one for one in fields if one.name == held.short and one.section]
    columns = [of(word, section)]
    for one in naming_:
        columns += _of_part(held.part, one, held)
    key = (word, columns[-1].name if naming_ else NUMBER.name)
    columns.append(NUMBER)
    for one in fields:
        if one not in naming_:
            columns += _of_part(held.part, one, held)
    called = _CALLED_IN.get((section, held.name)) or _CALLED.get(held.name, f"{word}_{held.name}")
    return Table(
        called,
        _first_line(held.part),
        key,
        tuple(columns),
        _parts(section, _held_in(held)),
    )


def _held_in(held: Held) -> Callable[[Any], Iterable[Any]]:
    return lambda entry: getattr(entry, held.name)


def _of_years(section: str, held: Held) -> Table:
    """Make the table of a field with a value for each year; where these are counted, numbered."""
    word, counted = singular(section), held.by is not FinancialYear
    meaning = 'the financial year, or "year 1" where the source only counts'
    columns = [
        of(word, section),
        *([NUMBER] if counted else []),
        Column("year", Type.TEXT, meaning if counted else "the financial year", _year),
        *_columns(
            held._replace(by=None), _IN_YEAR.get(held.name, held.name), lambda item: item.thing[2]
        ),
        *([_OF_A_YEAR[held.name]] if held.name in _OF_A_YEAR else []),
    ]
    return Table(
        _CALLED.get(held.name, f"{word}_{held.name}"),
        f"Of each {word}: {held.meaning}.",
        (word, NUMBER.name if counted else "year"),
        tuple(columns),
        _parts(section, lambda entry: [(entry, *one) for one in getattr(entry, held.name).items()]),
    )


def _year(item: Record) -> Any:
    year = item.thing[1]
    return f"year {year}" if isinstance(year, int) else year


def _links(section: str, held: list[Held]) -> Table:
    """Make the table of what entries say of others of their section."""
    word = singular(section)
    if len(held) == 1:
        (one,) = held
        other = Column(one.name, Type.TEXT, one.meaning, _thing, section)
        return Table(
            _CALLED.get(one.name, f"{word}_{one.name}"),
            f"Of each {word}: {one.meaning}.",
            (word, one.name),
            (of(word, section), other),
            _parts(section, _held_in(one)),
        )
    return Table(
        "relations" if section == "commitments" else f"{word}_relations",
        f"What else {section} say of each other.",
        (word, "relation", "other"),
        (
            of(word, section),
            Column(
                "relation", Type.TEXT, _or(one.name for one in held), lambda item: item.thing[0]
            ),
            Column("other", Type.TEXT, f"the other {word}", lambda item: item.thing[1], to=section),
        ),
        _parts(
            section,
            lambda entry: [(one.name, other) for one in held for other in one.ids_in(entry)],
        ),
    )


def _or(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last


def _special(section: str, held: Held) -> Table | None:
    """Return the table of parts that have one row for several fields, or several for one."""
    if held.part is Outcome:
        return _OUTCOMES
    return _PROFILES if (section, held.name) == ("commitments", "profile") else None


_PROFILES = Table(
    "profiles",
    "How much of a commitment falls in which financial year, where a source says so.",
    ("commitment", "number"),
    (
        of("commitment", "commitments"),
        NUMBER,
        Column("since", Type.DAY, "the day on which it was stated", lambda item: item.thing[0]),
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
)
_KNOWN, _NOTE = (one for one in fields_of(Outcome) if one.name in ("known", "note"))
_OUTCOMES = Table(
    "outcomes",
    "What came of a milestone; several where it came in parts.",
    ("milestone", "number"),
    (
        of("milestone", "milestones"),
        NUMBER,
        Column("outcome", Type.TEXT, ", ".join(OUTCOME_KINDS), lambda item: item.thing.kind),
        *when("came", "when it came", lambda item: item.thing.day),
        *_of_part(Outcome, _KNOWN),
        *_of_part(Outcome, _NOTE),
    ),
    _parts("milestones", lambda entry: entry.outcome),
)


def _key(item: Record) -> str:
    """Return what tells an entry from all others: two sections may have the same id."""
    return f"{item.thing[0]}/{item.entry}"


_KIND = Column("kind", Type.TEXT, "the section that it is in", lambda item: item.thing[0])
_ENTRY = Column("entry", Type.TEXT, "the id of the entry", lambda item: item.entry)
_OF_ENTRY = (
    Column("entry_key", Type.TEXT, "the entry that it is of", _key, "entries"),
    _KIND,
    _ENTRY,
)


def _part(item: Record) -> str | None:
    """Return the field that a claim stands at, where not at the entry itself."""
    route, _ = item.thing[1]
    return None if route[0] == "claims" else str(route[0])


def _part_number(item: Record) -> int | None:
    """Return which of several parts a claim stands at."""
    route, _ = item.thing[1]
    return route[1] + 1 if isinstance(route[1], int) and route[0] != "claims" else None


def _kinds() -> list[type[Part]]:
    return [Dataset.kind(section) for section in ENTRY_KINDS]


def _claims() -> Table:
    """Make the table of what the sources say of every entry."""
    at = dict.fromkeys(one.name for kind in _kinds() for one in claiming_parts_of(kind))
    columns = [
        *_OF_ENTRY,
        NUMBER,
        Column("part", Type.TEXT, f"{_or(at)}; empty for the entry and its first figure", _part),
        Column(
            "part_number",
            Type.WHOLE,
            "its number in the table of such parts; of profile, which revision",
            _part_number,
        ),
    ]
    for one in fields_of(Claim):
        get = _value(one, lambda item: item.thing[1][1])
        columns += _columns(one, _NAMED.get((Claim, one.name), one.name), get)
    return Table(
        "claims",
        "What the sources say of each entry, in their own words.",
        ("kind", "entry", "number"),
        tuple(columns),
        _of_all(claims_of),
    )


def _statements() -> Table:
    """Make the table of what was said of every entry."""
    columns = [*_OF_ENTRY, NUMBER]
    for one in fields_of(Statement):
        if one.name != "claims":
            get = _value(one, lambda item: item.thing[1])
            columns += _columns(one, _NAMED.get((Statement, one.name), one.name), get)
    return Table(
        "statements",
        _first_line(Statement),
        ("kind", "entry", "number"),
        tuple(columns),
        _of_all(lambda entry: entry.statements),
    )


def _words(section: str) -> Table:
    """Make the table of the words of one list that entries name."""
    word = singular(section)
    fields = tuple(
        dict.fromkeys(
            one.name
            for kind in _kinds()
            for one in (*naming(kind, section), *parts_naming(kind, section))
        )
    )
    return Table(
        f"entry_{section}",
        f"Which {section} each entry names, one in a row.",
        ("kind", "entry", "field", word),
        (
            *_OF_ENTRY,
            Column("field", Type.TEXT, f"as what: {_or(fields)}", lambda item: item.thing[1][0]),
            Column(word, Type.TEXT, f"id of the {word}", lambda item: item.thing[1][1], section),
        ),
        _of_all(lambda entry: _named_by(entry, section)),
    )


def _named_by(entry: Entry, section: str) -> Iterator[tuple[str, str]]:
    """Yield the words that an entry names; who leads a milestone acts if nobody else does."""
    for one in naming(type(entry), section):
        ids = one.ids_in(entry)
        if one.name == "acts" and isinstance(entry, Milestone):
            ids = ids or entry.lead
        yield from ((one.name, id_) for id_ in ids)
    for one in parts_naming(type(entry), section):
        parts = getattr(entry, one.name)
        yield from ((one.name, id_) for id_ in dict.fromkeys(named_in(parts, section)))


def _itself(section: str) -> Column:
    """Make the column that leads from an entry to its row in the table of its section."""
    word = singular(section)

    def id_(item: Record) -> str | None:
        return item.entry if item.thing[0] == section else None

    return Column(word, Type.TEXT, f"its id, if it is a {word}", id_, section)


_ENTRIES = Table(
    "entries",
    f"{listed(ENTRY_KINDS).capitalize()}, each with what its claims and names point at.",
    ("key",),
    (
        Column("key", Type.TEXT, "its section and id, as commitments/ID", _key),
        _KIND,
        ID,
        Column("title", Type.TEXT, "what it is", lambda item: item.thing[1].title),
        *(_itself(section) for section in ENTRY_KINDS),
    ),
    _of_all(lambda entry: (entry,)),
)
_LISTS = ("pillars", "topics", "bodies")
_OTHERS = ("sources", "deflators", *_LISTS)

RECORD = (
    *(table for section in ENTRY_KINDS for table in tables_of(section, Dataset.kind(section))),
    _ENTRIES,
    _claims(),
    _statements(),
    *map(_words, _LISTS),
    *(table for section in _OTHERS for table in tables_of(section, Dataset.kind(section))),
)
