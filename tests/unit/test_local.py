"""What is known of one body on a day: what it takes part in, what it gets, what is said of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from reformcalc.answers.area_words import allocations_known, areas_known
from reformcalc.ledger.known import Known
from reformcalc.ledger.local import (
    Programme,
    allocations_of,
    areas_of,
    notes_of,
    programme,
    programmes,
)
from reformcalc.reading.load import load
from tests.unit.builders import TODAY, commitment, record

LOADED = load().valid()
PAPER = [{"source": "paper", "at": "page 1", "says": "words"}]
LATER = [{"source": "list", "at": "page 1", "says": "words"}]
BODIES = {
    "councils": {"title": "All councils", "kind": "group"},
    "dfe": {"title": "Department for Education", "kind": "department"},
    "east": {"title": "The East", "kind": "region", "member_of": "councils"},
    "hilltop": {"title": "Hilltop Council", "kind": "council", "member_of": "east"},
    "lowtown": {"title": "Lowtown Council", "kind": "council", "member_of": "east"},
    "seaside": {"title": "Seaside Council", "kind": "council", "member_of": "councils"},
}
SOURCES = {
    "list": {"title": "A list", "publisher": "DfE", "published": "2024-05-01"},
    "paper": {"title": "A paper", "publisher": "DfE", "published": "2023-02-02"},
}


def known(as_of: date = TODAY, **fields: Any) -> Known:
    """Return a record of one sum, "trial", with some fields, as known on a day."""
    trial = commitment("£9m") | fields
    return Known(record({"trial": trial}, bodies=BODIES, sources=SOURCES), as_of)


def _areas(*bodies: str, **fields: Any) -> dict[str, Any]:
    return {"bodies": list(bodies), "claims": PAPER, **fields}


def _gets(*bodies: str, **fields: Any) -> dict[str, Any]:
    return {"bodies": list(bodies), "is": "allocated", "claims": PAPER, **fields}


@pytest.mark.parametrize(
    ("body", "named"),
    [("hilltop", ["hilltop"]), ("lowtown", ["east"]), ("east", ["east"]), ("seaside", [])],
)
def test_a_body_is_in_what_names_it_or_a_group_that_it_is_in(body: str, named: list[str]) -> None:
    """A list that names a region is of each of its councils, and one that names both of the one."""
    dataset = known(areas=_areas("east", "hilltop"))
    assert [one.named for one in areas_of(dataset, body)] == named


def test_a_milestone_says_who_takes_part_too() -> None:
    """Sums come before steps."""
    step = {"title": "A step", "promised": "2023-02-02", "due": "2030", "lead": "dfe"}
    dataset = record(
        {"trial": commitment("£9m") | {"areas": _areas("hilltop")}},
        bodies=BODIES,
        sources=SOURCES,
        milestones={"step": {**step, "claims": PAPER, "areas": _areas("hilltop")}},
    )
    found = areas_of(Known(dataset, TODAY), "hilltop")
    assert [(one.kind, one.id) for one in found] == [
        ("commitments", "trial"), ("milestones", "step"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({"claims": LATER}, date(2024, 5, 1)),  # when its first document came out
        ({"claims": LATER, "named": "2023-07-26"}, date(2023, 7, 26)),
        ({"claims": PAPER, "named": "July 2023"}, date(2023, 7, 31)),
    ],
)
def test_nobody_is_in_it_before_that_was_said(fields: dict[str, Any], day: date) -> None:
    """A list, an allocation and a note are known from their own day, or else from their claims'."""
    areas = {"bodies": "hilltop", **fields}
    stated = {("stated" if name == "named" else name): value for name, value in fields.items()}
    gets, note = {**stated, "is": "provisional"}, {**stated, "note": "It hopes for more."}
    said = {
        "areas": areas,
        "allocations": [{"bodies": "hilltop", **gets}],
        "body_notes": [{"bodies": "hilltop", **note}],
    }
    before, after = known(date.fromordinal(day.toordinal() - 1), **said), known(day, **said)
    for asked in (areas_of, allocations_of, notes_of):
        assert (len(asked(before, "hilltop")), len(asked(after, "hilltop"))) == (0, 1)


def test_a_later_allocation_takes_the_place_of_an_earlier_one() -> None:
    """Of the same bodies, years and purpose, in whatever order they are written."""
    first = _gets("hilltop", amount="£2m to £3m", years="2024-25")
    allocations = [
        {**first, "amount": "£2.5m", "claims": LATER},
        first,
        _gets("hilltop", amount="£1m", years="2025-26"),
        _gets("hilltop", amount="£4m", years="2024-25", purpose="homes"),
        _gets("lowtown", "hilltop", amount="£5m", years="2024-25"),
    ]

    def amounts(as_of: date, body: str) -> set[str]:
        found = allocations_of(known(as_of, allocations=allocations), body)
        return {one.part.amount.text for one in found if one.part.amount}

    assert amounts(date(2024, 4, 30), "hilltop") == {"£2m to £3m", "£1m", "£4m", "£5m"}
    assert amounts(TODAY, "hilltop") == {"£2.5m", "£1m", "£4m", "£5m"}
    assert amounts(TODAY, "lowtown") == {"£5m"}


def test_allocations_add_nothing_to_a_total() -> None:
    """The ledger of a record with allocations is the ledger without."""
    plain = known()
    given = known(allocations=[_gets("hilltop", amount="£2m"), _gets("east", amount="£3m")])
    assert given.ledger.money({"trial"}) == plain.ledger.money({"trial"})


def counted(**fields: Any) -> Programme:
    """Return what is known of the areas and the allocations of one sum."""
    return programme(known(**fields), "commitments", "trial")


@pytest.mark.parametrize(
    ("areas", "said"),
    [
        ([], ""),
        ([_areas("hilltop", "lowtown", in_all="2")], "2 of 2 known"),
        ([_areas(in_all="79")], "0 of 79 known"),
        ([_areas("hilltop")], "1 known, of how many no source says"),
        (
            [_areas("hilltop", wave="first", in_all="1"), _areas("lowtown", wave="second")],
            "2 known, of how many no source says",
        ),
        (
            [_areas("hilltop", in_all="1"), _areas("lowtown", inferred="a reason", in_all="2")],
            "2 of 2 known, 1 by inference",
        ),
        (  # what is named once is not inferred
            [_areas("hilltop", in_all="2"), _areas("hilltop", inferred="a reason")],
            "1 of 2 known",
        ),
        (
            [
                _areas("hilltop", "lowtown", in_all="2"),
                _areas("lowtown", wave="trailblazers", in_all="1", among_others="true"),
            ],
            "2 of 2 known",
        ),
    ],
)
def test_how_many_of_how_many_take_part(areas: list[dict[str, Any]], said: str) -> None:
    """Each wave is counted once, as last said, and what is not known of one is not of the whole."""
    assert areas_known(counted(areas=areas)) == said


@pytest.mark.parametrize(
    ("allocations", "said"),
    [
        ([], ""),
        ([_gets("hilltop")], ""),  # of an unknown sum
        ([_gets("hilltop", amount="£1m")], "the sums of 1"),
        (
            [
                _gets("hilltop", amount="£1m", years="2024-25"),
                _gets("hilltop", amount="£1m", years="2025-26"),
                _gets("hilltop", "lowtown", amount="£2m"),
                {**_gets("seaside"), "is": "nil"},
            ],
            "the sums of 1, 1 sum that several share and 1 that get none by rule",
        ),
    ],
)
def test_of_how_many_it_is_known_what_they_get(
    allocations: list[dict[str, Any]], said: str
) -> None:
    """A body counts once, a shared sum apart, and who gets nothing by rule is known too."""
    assert allocations_known(counted(allocations=allocations)) == said


def test_what_says_nothing_of_bodies_is_no_programme() -> None:
    """Only entries with areas or allocations are counted."""
    assert programmes(known()) == ()
    assert [one.id for one in programmes(known(allocations=[_gets("hilltop")]))] == ["trial"]


@pytest.mark.parametrize(
    ("body", "held", "gets"),
    [
        ("dorset", {"ffc-pathfinder", "family-hubs-transformation-fund"}, {"nil"}),
        ("thurrock", {"kinship-zones", "fostering-recruitment", "family-hubs-2022-25"}, set()),
        ("north-tyneside", {"fostering-recruitment"}, set()),
        ("lewisham", {"ffc-pathfinder", "family-hubs-2022-25"}, {"nil", "£3.3m", "£4m"}),
        ("swindon", set(), set()),
    ],
)
def test_councils_that_were_looked_up_by_hand(body: str, held: set[str], gets: set[str]) -> None:
    """What the record has of some councils is what the pages say of them."""
    bundled = Known(LOADED, date(2026, 11, 30))
    assert {one.id for one in areas_of(bundled, body)} == held
    parts = [one.part for one in allocations_of(bundled, body)]
    assert {one.amount.text if one.amount else one.firm for one in parts} == gets
