"""What the model says of itself: what dates each part, what its fields name, which claim."""

from __future__ import annotations

import types
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from reformcalc.record import model, parts
from reformcalc.record.history import by_then, known_on
from reformcalc.record.model import ALWAYS, Dataset, Documents, Entry, Part
from reformcalc.record.references import ENTRY_KINDS, NAMING, dangling
from tests.unit.builders import commitment, record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reformcalc.findings import Plain

ON = "2024-03-04"
DAYS = (date(2024, 3, 3), date(2024, 3, 4))
EVERY = [
    one
    for one in vars(model).values()
    if isinstance(one, type) and issubclass(one, Part) and one is not Part
]


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        pytest.param({}, r"from when it is known.*dated_by=", id="nothing"),
        pytest.param({"figure": None}, "from when it is known", id="no day"),
        pytest.param({"dated_by": ALWAYS}, r"what its figure is.*figure=", id="no figure"),
        pytest.param(
            {"dated_by": ("by",), "figure": None}, "dated by by, and has no", id="no such day"
        ),
        pytest.param(
            {"dated_by": ALWAYS, "figure": "sum"}, "is sum, which is no", id="no such sum"
        ),
        pytest.param(
            {"dated_by": ALWAYS, "figure": "title", "before": "was"}, "is was, which", id="before"
        ),
    ],
)
def test_a_kind_that_does_not_say_enough_cannot_be_defined(
    said: dict[str, Any], refused: str
) -> None:
    """A kind of entry says what dates it and what its figure is, of what it has."""
    with pytest.raises(TypeError, match=refused):
        types.new_class("Recommendation", (Entry,), said)


def test_a_part_says_what_dates_it_too() -> None:
    """No part of an entry can be defined without a word on its day, nor by claims it lacks."""
    with pytest.raises(TypeError, match="Reply does not say from when it is known"):
        types.new_class("Reply", (Part,))
    with pytest.raises(TypeError, match="Reply is dated by claims"):
        types.new_class("Reply", (Part,), {"dated_by": (Documents.ALL,)})


def test_what_is_always_known_is_said() -> None:
    """Of the sections of a record, words and price indices alone have no day."""
    always = {kind for kind in Dataset.KINDS if Dataset.kind(kind).dated_by == ALWAYS}
    assert always == {"pillars", "topics", "bodies", "deflators"}
    assert ENTRY_KINDS[:4] == ("commitments", "benchmarks", "figures", "milestones")
    assert set(NAMING) == {*ENTRY_KINDS, "bodies"}


@pytest.mark.parametrize("part", EVERY, ids=lambda part: part.__name__)
def test_every_id_says_what_it_names(part: type[Part]) -> None:
    """A field that is read as an id names the entries of a section; former ids name none now."""
    for held, field in zip(parts.fields_of(part), part.model_fields.values(), strict=True):
        said = f"{field.annotation} {field.metadata}"
        if "id-form" in said and held.by is None and held.name != "formerly":
            assert held.section in Dataset.KINDS, held.name


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("due", "6 weeks before nowhere"),
        ("terms", ["within 2  months of nowhere"]),
        ("moved", [{"to": "within 1 day of nowhere"}]),
        ("done", [{"on": ON, "time": "2 weeks before nowhere"}]),
        ("claims", [{"source": "nowhere"}]),
        ("outcome", {"claims": [{"source": "nowhere"}]}),
        ("commitment", "nowhere"),
        ("lead", ["nowhere"]),
    ],
)
def test_what_a_field_names_is_followed_wherever_it_stands(field: str, value: Any) -> None:
    """Ids and dates that wait for a milestone are found, in the fields of parts as well."""
    plain: Mapping[str, Plain] = {"milestones": {"step": {field: value}}}
    (found,) = dangling(plain)
    assert found.name == "nowhere"
    assert found.route[:3] == ("milestones", "step", field)
    assert found.field in (field, "to", "time", "source")


def test_an_envelope_is_named_by_itself_or_among_fields() -> None:
    """What lies in an envelope names it alone, or with the part that lies in it."""
    held: Plain = {"part_of": ["a", {"in": "b", "amount": "£1m"}]}
    found = [(one.field, one.route[2:], one.name) for one in dangling({"commitments": {"x": held}})]
    assert found == [("part_of", ("part_of", 0), "a"), ("part_of", ("part_of", 1, "in"), "b")]


ASKED = {"amount": "£1m", "announced": "2023-02-02"}
STEP = {"promised": "2023-02-02", "due": "2025", "lead": "dfe"}
COUNT = {"kind": "count", "value": "4", "unit": "boats", "announced": "2023-02-02"}
COMMON = {"title": "One", "claims": [{"source": "paper", "at": "page 1", "says": "so"}]}
LATER: dict[str, dict[str, Any]] = {
    "milestones": {"step": {**COMMON, **STEP, "promised": ON}},
    "benchmarks": {"ask": {**COMMON, **ASKED, "by": "dfe", "announced": ON}},
}


@pytest.mark.parametrize(
    ("section", "fields", "field", "link"),
    [
        ("benchmarks", {**ASKED, "by": "dfe"}, "part_of", "ask"),
        ("milestones", STEP, "commitment", "later"),
        ("figures", {**COUNT, "by": "dfe"}, "milestone", "step"),
    ],
)
def test_a_link_to_what_is_not_yet_known_is_not_there(
    section: str, fields: dict[str, Any], field: str, link: str
) -> None:
    """Of whatever kind an entry is, it is linked to another once both are known, not before."""
    one = {**COMMON, **fields, field: link, "inferred": {field: "as we read it"}}
    held: dict[str, Any] = LATER | {section: {**LATER.get(section, {}), "one": one}}
    dataset = record({"later": commitment("£1m", announced=ON)}, **held)
    entry = getattr(dataset, section)["one"]
    before, after = (by_then(dataset, entry, day) for day in DAYS)
    assert (getattr(before, field), before.inferred) == (None, {})
    assert after == entry


def test_nothing_of_an_entry_is_known_before_its_day() -> None:
    """A kind that exists only here is dated, linked and told by what its class says."""

    class Reply(Part, dated_by=("on",)):
        on: date
        claims: tuple[model.Claim, ...] = ()

    class Recommendation(Entry, dated_by=("on",), figure="answers"):
        on: date
        replies: tuple[Reply, ...] = ()
        last: Reply | None = None
        answers: str | None = None

    dataset = record({"a": "£1m"})
    days = [date(2024, 1, 1), date(2024, 3, 4)]
    first, last = (Reply.model_construct(on=day, claims=()) for day in days)
    entry = Recommendation.model_construct(
        on=days[0], replies=(first, last), last=last, answers=None, claims=()
    )
    assert known_on(dataset, entry) == days[0]
    then = by_then(dataset, entry, days[0])
    assert (then.replies, then.last) == ((first,), None)
    assert by_then(dataset, entry, days[1]) is entry
    claiming = [one.name for one in parts.claiming_parts_of(Recommendation)]
    assert claiming == ["statements", "replies", "last"]
