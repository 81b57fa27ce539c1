"""What the record says of seven councils, checked by hand against where it was found."""

from __future__ import annotations

import os
import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest

from reformcalc.answers.council.council import Council
from reformcalc.answers.council.members import Members
from reformcalc.answers.council.rows import Aspect
from reformcalc.answers.council.screen import CouncilScreen
from reformcalc.answers.places import place, places
from reformcalc.errors import Refused, UnknownId
from reformcalc.ledger.known import Known
from reformcalc.reading.load import load
from reformcalc.render.screen import render_screen
from reformcalc.render.terminal import Terminal
from tests.conftest import PROJECT

if TYPE_CHECKING:
    from reformcalc.answers.council.rows import ForRow

DAY = date(2026, 11, 30)
SCREENS = PROJECT / "tests" / "screens"
DRAWN = ("dorset", "thurrock")
UNNAMED = "leeds"  # of which the record has nothing


@cache
def record() -> Known:
    """Return the bundled record on the day."""
    return Known(load().valid(), DAY)


@cache
def council(body: str) -> Council:
    """Return what it says of a council."""
    return Council(record(), body)


@cache
def drawn(body: str) -> str:
    """Return the screen of a council on a small terminal."""
    return render_screen(CouncilScreen(council(body)).screen(), Terminal(80, 22))


# The council, what of it, the entry, what is said, when, and words of who says so.
SAID = [
    ("dorset", "in", "ffc-pathfinder", "first wave, since", "26 July 2023", "LocalGov"),
    ("dorset", "got", "families-first-transformation-grant", "nothing, by rule", "2025-26", ""),
    ("dorset", "said", "ffc-pathfinder", "could lack £3.5m", "", "BBC"),
    ("thurrock", "in", "kinship-zones", "", "27 February 2026", "Kinship"),
    ("thurrock", "in", "fostering-recruitment", "Foster East", "29 May 2024", "Central"),
    ("thurrock", "own-promise", "eastern-region-fostering-hub", "met 29 May 2024", "April", ""),
    ("north-tyneside", "in", "fostering-recruitment", "Foster with North East", "2024", "Mutual"),
    ("north-tyneside", "own-promise", "north-tyneside-case-study", "not checked", "August", ""),
    ("lewisham", "in", "ffc-pathfinder", "second wave", "10 April 2024", "Express and Star"),
    ("lewisham", "got", "ffc-second-wave", "£3.3m", "", "London News Online"),
    ("lewisham", "got", "ffc-pathfinder-2025-26", "£4m", "2025-26", "Lewisham"),
    ("lewisham", "got", "families-first-transformation-grant", "nothing, by rule", "2025-26", ""),
    ("kent", "got", "prevention-grant-2025-26", "£6.7m", "2025-26", "CYP Now"),
    ("kent", "got", "best-start-family-hubs-2026-29", "£15,354,500, prov", "2026-27", "Kent"),
    ("kent", "said", "family-finding", "bid for £715,000", "", "Kent"),
    ("rutland", "got", "families-first-transformation-grant", "no sum printed", "2025-26", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "aspect", "id_", "says", "when", "who"),
    SAID,
    ids=[f"{one[0]} {one[1]} {one[2]}" for one in SAID],
)
def test_what_is_said_of_a_council(  # noqa: PLR0917  a table of facts
    body: str, aspect: str, id_: str, says: str, when: str, who: str
) -> None:
    """Each fact stands under its aspect with its words, its day and who says so."""
    rows = [row for row in council(body).of(Aspect(aspect)) if row.id == id_]
    assert any(says in row.says and when in row.when and who in row.where for row in rows), rows


@pytest.mark.parametrize("day", [date(2026, 12, 1), date(2027, 4, 15), date(2028, 7, 1)], ids=str)
@pytest.mark.parametrize("body", ["kent", "milton-keynes", "coventry"])
def test_each_is_one_screen_on_later_days_too(body: str, day: date) -> None:
    """What has nothing more to fold closes up, so that the answer is not scrolled away."""
    later = Council(Known(load().valid(), day), body)
    lines = render_screen(CouncilScreen(later).screen(), Terminal(80, 22)).splitlines()
    assert len(lines) <= 22


@pytest.mark.parametrize("body", [*DRAWN, "north-tyneside", "lewisham", "kent", "rutland", UNNAMED])
def test_each_is_one_screen_with_what_binds_all(body: str) -> None:
    """22 lines hold what it is in and got, and what it must have done by March 2027."""
    lines = drawn(body).splitlines()
    assert len(lines) <= 22
    assert max(map(len, lines)) <= 80
    assert "3 duties in force" in " ".join(lines)
    firm = re.compile("Mar 2027 [¹²³]   Family Help and protection teams ready")
    assert any(map(firm.search, lines))
    assert re.search("[¹²³] Low confidence\\.", " ".join(lines))
    assert any(line.startswith("  Not known  any share of ") for line in lines)


@pytest.mark.parametrize("body", DRAWN)
def test_screens_are_as_kept(body: str) -> None:
    """The screens of two councils; UPDATE_GOLDEN=1 writes them anew."""
    path = SCREENS / f"for-{body}.txt"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.write_text(drawn(body), encoding="utf-8")
    assert drawn(body) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("ascii_only", [False, True])
def test_a_sum_is_never_cut(*, ascii_only: bool) -> None:
    """What Kent got is whole on a small terminal, also where a pound sign takes four letters."""
    screen = CouncilScreen(council("kent")).screen()
    lines = render_screen(screen, Terminal(80, 22, ascii_only=ascii_only)).splitlines()
    assert any("15,354,500  provisional" in line for line in lines)


def test_a_council_that_nothing_names_gets_its_duties_and_an_honest_rest() -> None:
    """It is in no list and got no sum that is known; the lists that are not whole are counted."""
    said = council(UNNAMED)
    assert not said.is_named
    assert drawn(UNNAMED).startswith("Leeds: nothing is recorded that names it; 3 duties in force")
    assert [row.id for row in said.of(Aspect.IN_FORCE)] == [
        row.id for row in council("kent").of(Aspect.IN_FORCE)
    ]
    open_ = {one.id: (one.named, one.in_all) for one in said.might_be_in}
    assert open_["family-finding"] == (2, 45)
    assert "ffc-pathfinder" not in open_  # its list is whole
    assert "Of 6 programmes only some areas are named" in " ".join(drawn(UNNAMED).split())


def test_nobody_is_told_of_a_share_in_what_others_alone_are_in() -> None:
    """A programme whose list is whole, and what carries it on, is no unknown share of others."""
    unknown = {row.id for row in council(UNNAMED).of(Aspect.NOT_KNOWN)}
    assert unknown.isdisjoint(("ffc-pathfinder", "ffc-second-wave", "ffc-pathfinder-2025-26"))
    assert "prevention-grant-2025-26" in unknown


def test_what_concerns_another_council_alone_is_not_there() -> None:
    """The record's promises of Thurrock and North Tyneside are of nobody else."""

    def local(rows: tuple[ForRow, ...]) -> set[str]:
        return {row.id for row in rows if row.id.startswith(("thurrock-", "north-tyneside-"))}

    assert local(council("kent").rows) == set()
    its_own = local(council("thurrock").rows)
    assert "thurrock-impact-assessment" in its_own
    assert not any(id_.startswith("north-tyneside-") for id_ in its_own)


def test_a_region_is_its_councils_in_a_line_each() -> None:
    """The twelve of the North East, all in its fostering hub, North Tyneside in nothing else."""
    rows = {row.id: row for row in Members(record(), "north-east").rows}
    assert len(rows) == 12
    assert all("fostering-recruitment" in row.takes_part for row in rows.values())
    assert rows["north-tyneside"].takes_part == ("fostering-recruitment",)
    assert rows["north-tyneside"].code == "E08000022"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("England", ["local-authorities"]),
        ("Cumbria", ["cumberland", "westmorland-and-furness"]),  # as it was split
        ("Blaby", []),  # a district: its county has children's services
    ],
)
def test_names_of_more_than_a_council_or_of_none(said: str, found: list[str]) -> None:
    """England is all councils and no region, Cumbria what became of it; other places are none."""
    assert places(record(), said) == found
    if not found:
        with pytest.raises(UnknownId, match=r"there are 153 councils, their .*list bodies"):
            place(record(), said)


def test_a_place_of_another_country_is_said_to_be_there() -> None:
    """No near name in England is offered for it."""
    with pytest.raises(Refused, match="Cardiff is in Wales, not in England"):
        place(record(), "Cardiff")
