"""Deadlines on one screen: to come, past, moved, and what changed since a day."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from reformcalc import load
from reformcalc.answers.chosen import Chosen
from reformcalc.answers.deadlines.answers import slipped
from reformcalc.answers.deadlines.dates import Dates, past_too, since_when
from reformcalc.answers.deadlines.listing import Listing
from reformcalc.answers.deadlines.moved_screen import MovedScreen
from reformcalc.answers.deadlines.screen import DeadlinesScreen
from reformcalc.answers.deadlines.since import Change, Changes
from reformcalc.answers.deadlines.since_screen import ChangesScreen
from reformcalc.answers.milestone_words import by_when, how_far, how_late, how_long, length
from reformcalc.errors import Refused
from reformcalc.ledger.known import Known
from reformcalc.ledger.milestones import OPEN, PAST, State
from reformcalc.render.screen import render_screen
from reformcalc.render.terminal import Terminal
from reformcalc.screen import Cell, Tone
from reformcalc.values.due import parse_due
from tests.conftest import PROJECT, TINY
from tests.unit.builders import record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from reformcalc.record.model import Dataset
    from reformcalc.screen import Screen
    from tests.conftest import Result

DAY = date(2026, 11, 30)
CLAIM = [{"source": "paper", "at": "page 1", "says": "so it is"}]
COUNCIL = PROJECT / "docs" / "example-council.yaml"
BODIES = {
    "dfe": {"title": "Department for Education", "short": "DfE"},
    "ofsted": {"title": "Ofsted"},
    "councils": {"title": "All councils", "short": "councils"},
    "lowtown": {"title": "Lowtown Council", "member_of": "councils"},
}


def _of(own: Sequence[str] = (), /, **steps: dict[str, Any]) -> Dataset:
    """Return a record of some milestones; those that are named are of one's own plan."""
    plain: dict[str, Any] = {"promised": "2023-02-02", "lead": "dfe", "claims": CLAIM}
    milestones = {
        id_.replace("_", "-"): plain | {"title": f"Step {id_}"} | fields
        for id_, fields in steps.items()
    }
    dataset = record({}, milestones=milestones, bodies=BODIES)
    for id_ in own:
        dataset.milestones[id_].mark_own()
    return dataset


def _screen(
    dataset: Dataset, *states: str, day: date = DAY, until: date | None = None, **asked: Any
) -> Screen:
    listing = Listing(Dates(Known(dataset, day), **asked), past_too(states or OPEN), until)
    return DeadlinesScreen(listing, bool(states)).screen()


def _text(screen: Screen, width: int = 80, height: int | None = 22) -> str:
    return render_screen(screen, Terminal(width, height))


def _tone(screen: Screen, title: str) -> list[Tone]:
    """Return the colours of the row with a title: of its day, of how long it is."""
    for listing in screen.listings:
        for line in listing.lines:
            cells = [cell for cell in line.cells if isinstance(cell, Cell)]
            if any(cell.text == title for cell in cells):
                return [cell.tone for cell in cells[:2]]
    raise AssertionError(title)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "no days"), (1, "1 day"), (20, "20 days"), (21, "3 weeks"), (60, "8 weeks"),
        (61, "2 months"), (244, "8 months"), (396, "13 months"), (731, "24 months"),
        (760, "2 years"), (1187, "3 years"),
    ],
)  # fmt: skip
def test_lengths_are_said_as_people_say_them(days: int, said: str) -> None:
    """Days, then weeks, months up to 24, then years."""
    assert length(days) == said


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("late 2027", "late 2027"), ("by summer 2023", "summer 2023"), ("by 2027", "by end 2027"),
        ("by the end of 2027", "by end 2027"), ("March 2027", "Mar 2027"),
        ("from September 2027", "Sep 2027"), ("December 2027", "Dec 2027"),
        ("16 September 2026", "16 Sep 2026"), ("31 December 2027", "31 Dec 2027"),
        ("2026-10-31", "31 Oct 2026"), ("2026-12-18", "18 Dec 2026"),
        ("FY 2025-26", "Mar 2026"), ("July to August 2023", "Aug 2023"),
        ("after 2 February 2025", "open-ended"),
    ],
)  # fmt: skip
def test_every_span_is_labelled_by_its_end(due: str, said: str) -> None:
    """A column of dates has the end of each span, in eleven letters at most."""
    parsed = parse_due(due)
    assert by_when(parsed.text, parsed.latest) == said
    assert len(said) <= 11


@pytest.mark.parametrize(
    ("due", "state", "said"),
    [
        ("31 March 2027", State.UPCOMING, "in 4 months"),
        ("late 2027", State.UPCOMING, "within 13 months"),
        ("after March 2027", State.UPCOMING, "in 4 months or later"),
        ("2026", State.DUE_NOW, "until 31 Dec 2026"),
        ("after 2025", State.DUE_NOW, "open-ended"),
        ("March 2026", State.LATE, "8 months late"),
        ("March 2026", State.NOT_CHECKED, "8 months ago"),
        ("March 2026", State.MET, ""),
    ],
)
def test_how_long_is_measured_to_the_end(due: str, state: State, said: str) -> None:
    """Never "in 4 weeks, until 31 December": one end, the last, for what is to come and past."""
    assert how_long(parse_due(due), state, DAY) == said


def test_lateness_and_moves_have_one_unit_where_they_can() -> None:
    """Two bounds in one unit name it once."""
    assert how_late((153, 244)) == "5 to 8 months late"
    assert how_late((1, 92)) == "1 day to 3 months late"
    assert how_late((33, 33)) == "4 weeks late"
    assert (how_far(None), how_far(0)) == ("no telling how far", "the last day stayed")
    assert (how_far(365), how_far(-365)) == ("12 months later", "12 months earlier")


MANY: dict[str, dict[str, Any]] = {
    **{f"coming_{n}": {"due": f"{n} March 2027"} for n in range(1, 20)},
    "now": {"due": "2026"},
    "mid": {"due": "mid 2026"},
    "spring": {"due": "spring 2026", "looked": {"on": "2026-11-01", "reaches": "2026-10-01",
                                                "searched": "pages"}},
    "late_one": {"due": "2025", "outcome": {"not-met": "2026-02-01", "claims": CLAIM}},
    "old_1": {"due": "2023"},
    "old_2": {"due": "autumn 2023", "lead": "ofsted"},
    "met": {"due": "2024", "outcome": {"met": "2024-05-01", "claims": CLAIM}},
    "met_late": {"due": "2024", "outcome": {"met": "2026-05-01", "claims": CLAIM}},
    "part": {"due": "2024", "outcome": {"partly-met": "2024-05-01", "claims": CLAIM}},
    "gone": {"due": "2024", "outcome": {"dropped": "2024-05-01", "claims": CLAIM}},
    "some_day": {"due": "in due course"},
    "binds": {"due": "2024", "nature": "duty", "acts": "councils",
              "outcome": {"in-force": "2024-05-01", "claims": CLAIM}},
    "runs": {"due": "2025..2027", "nature": "programme"},
    "ran": {"due": "2023..2024", "nature": "programme"},
}  # fmt: skip


def test_the_first_screen() -> None:
    """The counts, what is to come, what is past newest first, the rest in a line."""
    assert _text(_screen(_of(**MANY))).splitlines() == [
        "1 late, 20 to come, 1 under way, 1 in force; 1 past with no outcome found, 3",
        "unchecked",
        "Of 33: 1 met, 1 met late, 1 partly met, 1 dropped or replaced, 1 ended; 1",
        "undated.",
        "",
        "  To come",
        "  by end 2026  due now    Step now       DfE",
        "  1 Mar 2027   3 months   Step coming_1  DfE",
        "  2 Mar 2027   3 months   Step coming_2  DfE",
        "  and 17 more, the last in March 2027",
        "  Late: a source says that it had not happened",
        "  by end 2025  11 months  Step late_one  DfE",
        "  Past, no outcome found (that does not mean that nothing was done)",
        "  spring 2026  6 months   Step spring    DfE",
        "  Not checked since they fell due",
        "  mid 2026     3 months   Step mid       DfE",
        "  and 2 older than a year: --state not-checked",
        "  In force   Step binds (1 May 2024)",
        "  Under way  Step runs",
        "",
        "As known on 30 November 2026; last reviewed 21 November 2026.",
        "All 33: --all   Sources, ids, searches: --long   Changed: --since 1w",
    ]


@pytest.mark.parametrize("height", range(16, 60, 4))
def test_what_has_no_room_is_counted(height: int) -> None:
    """A screen folds to its height, and the rows shown and counted are all that there are."""
    screen = _screen(_of(**MANY))
    lines = _text(screen, height=height).splitlines()
    assert len(lines) <= max(height, 22)  # as far as it folds
    shown = sum("Step coming" in line or "Step now" in line for line in lines)
    folded = [line for line in lines if "more, the last in March 2027" in line]
    assert shown + sum(int(line.split()[1]) for line in folded) == 20


def test_colours_say_what_words_say() -> None:
    """Late and no outcome are red, due now is yellow, met is green."""
    screen = _screen(_of(**MANY))
    assert _tone(screen, "Step late_one") == [Tone.BAD, Tone.BAD]
    assert _tone(screen, "Step spring") == [Tone.BAD, Tone.BAD]
    assert _tone(screen, "Step now") == [Tone.DOUBT, Tone.DOUBT]
    assert _tone(screen, "Step mid") == [Tone.PLAIN, Tone.PLAIN]
    assert _tone(_screen(_of(**MANY), *State), "Step met") == [Tone.GOOD, Tone.GOOD]


def test_all_of_a_state_that_was_asked_for_is_listed() -> None:
    """--all and --state fold nothing, say how the score was a year ago, and head each state."""
    text = _text(_screen(_of(**MANY), *State))
    assert text.count("Step ") == len(MANY)
    assert "2 of 33 met, 1 of them late; 1 of 33 a year ago." in text
    assert "--all" not in text
    assert "  1 May 2026   16 months  Step met_late" in text
    old = _text(_screen(_of(**MANY), "not-checked"))
    assert "Step old_1" in old
    assert old.startswith("3 past and unchecked\n")
    assert "older than a year" not in old
    assert _text(_screen(_of(**MANY), "superseded")).startswith("none dropped or replaced\n")


def test_what_is_said_of_a_choice_of_states_adds_up_to_all() -> None:
    """What is listed, what was met and what is not listed are all that is asked about."""
    record = Known(load().valid(), date(2026, 11, 30))
    shown = (State.DUE_NOW, State.UPCOMING, *PAST, State.IN_FORCE, State.UNDER_WAY)
    for states in (shown, (State.UPCOMING,), (State.MET, State.UNDATED), tuple(State)):
        listing = Dates(record).listing(states)
        (said,) = DeadlinesScreen(listing, chosen=True).screen().said
        score, _, others = said.partition(" Not listed: ")
        met, every = map(int, re.findall(r"^(\d+) of (\d+) met", score)[0])
        rest = sum(map(int, re.findall(r"\d+", others)))
        listed = sum(row.state not in (State.MET, State.MET_LATE) for row in listing.rows)
        assert met + listed + rest == every == 179
    assert "68 of 179 met" in score
    within = Dates(record).listing(shown, "3m")
    assert "Not listed" not in DeadlinesScreen(within, chosen=True).screen().said[0]


def test_undated_promises_that_were_kept_on_one_day_are_listed() -> None:
    """Neither has a day of its own to be sorted by: the day on which they were done is enough."""
    kept = {"due": "in due course", "outcome": {"met": "2024-05-01", "claims": CLAIM}}
    text = _text(_screen(_of(horns=kept, bells=kept, drums=kept | {"due": "May 2024"}), "met"))
    assert text.startswith("3 met")
    assert all(f"Step {one}" in text for one in ("bells", "drums", "horns"))


def test_one_that_is_long_past_is_no_fold() -> None:
    """A line that would stand for one row shows the row."""
    assert "Step only" in _text(_screen(_of(only={"due": "2023"})))


def test_where_all_is_long_past_the_newest_two_are_shown() -> None:
    """A heading has more below it than a number; what is older still is counted."""
    years = {f"of_{year}": {"due": str(year)} for year in (2019, 2020, 2021, 2022)}
    lines = _text(_screen(_of(**years))).splitlines()
    shown = [line.split()[-2] for line in lines if "Step" in line]
    assert shown == ["of_2022", "of_2021"]
    assert "  and 2 older than a year: --state not-checked" in lines
    few = _text(_screen(_of(one={"due": "2023"}, two={"due": "2022"})))
    assert "Step one" in few
    assert "Step two" in few
    assert "older" not in few


def test_who_is_said_to_those_who_ask() -> None:
    """Who promised it; for a promiser who must act; for those who act whether they must."""
    steps: dict[str, dict[str, Any]] = {
        "duty": {"due": "2027", "nature": "duty", "acts": "councils"},
        "hope": {"due": "2027", "nature": "aim", "acts": "councils"},
        "ours": {"due": "2027", "lead": "lowtown"},
        "other": {"due": "2027"},
    }
    dataset = _of(["ours"], **steps)
    asked = _text(_screen(dataset, acts=["lowtown"]))
    assert asked.startswith("For Lowtown Council, your own plan: none overdue, 1 to come\n")
    assert "\nNationally: 2 to come." in asked
    assert "Step duty  duty" in asked
    assert "Step hope  expected" in asked
    assert "Step ours\n" in asked
    assert "With what falls to councils." in " ".join(asked.split())
    led = _text(_screen(dataset, chosen=Chosen(leads=("dfe",))))
    assert led.startswith("Promised by DfE: 3 to come\n")
    assert "Step duty   councils" in led
    assert any(line.endswith("Step other") for line in led.splitlines())
    assert "Step other  DfE" in _text(_screen(dataset))
    acting = _text(_screen(dataset, acts=["dfe"]))
    assert "Step other  DfE" in acting


def test_ones_own_plan_is_never_folded_away() -> None:
    """What is overdue in one's own plan stands above what nobody has checked, however old."""
    steps = {f"ours_{n}": {"due": f"{n} May 2023", "lead": "lowtown"} for n in range(1, 4)}
    text = _text(_screen(_of(["ours-1", "ours-2", "ours-3"], **steps, x={"due": "2026-01-01"})))
    assert text.startswith("Your own plan: 3 overdue\nNationally: 1 past and unchecked.\n")
    assert "Your own plan, overdue" in text
    assert text.count("Step ours") == 3


def test_a_horizon_is_said_beside_what_it_limits() -> None:
    """--within counts what is to come by its day."""
    text = _text(_screen(_of(**MANY), until=date(2027, 3, 5)))
    assert "6 may fall due by 5 March 2027" in text


def test_a_list_of_nothing_says_why() -> None:
    """Before the record begins, for what it does not hold, and for words that stand elsewhere."""
    dataset = _of(**MANY)
    for states in ((), tuple(State)):
        assert _text(_screen(dataset, *states, day=date(2019, 1, 1))) == (
            "No promise with a date is recorded by 1 January 2019\n"
        )
    assert _text(_screen(dataset, text=["zebra"])) == (
        'With "zebra": nothing in the record has these words\n'
    )
    led = Chosen(leads=("ofsted",))
    assert _text(_screen(_of(other={"due": "2027"}), chosen=led)) == (
        "Promised by Ofsted: no deadline is recorded by 30 November 2026\n"
    )
    assert _text(_screen(_of(other={"due": "2027", "acts": "ofsted"}), chosen=led)) == (
        "Promised by Ofsted: no deadline is recorded by 30 November 2026; what they must\n"
        "do: --acts ofsted\n"
    )
    assert _text(_screen(dataset, chosen=Chosen(leads=("lowtown",)))) == (
        "Promised by Lowtown Council: no deadline is recorded by 30 November 2026; all\n"
        "that is known of Lowtown Council: reformcalc for lowtown\n"
    )
    local = _of(ours={"due": "2027", "lead": "lowtown"}, other={"due": "2027"})
    assert "1 of one council alone: --local" in _text(_screen(local))
    only_met = _of(met=MANY["met"], binds=MANY["binds"])
    assert _text(_screen(only_met)).startswith("1 in force\n")
    assert _text(_screen(_of(met=MANY["met"]))).startswith("none is open\n")


def test_names_of_a_line_are_as_many_as_it_has_room_for() -> None:
    """What is in force is named in a line, and the rest of it counted."""
    duty = MANY["binds"]
    few = _of(a=duty | {"title": "Short"}, b=duty | {"title": "Brief"})
    assert "In force  Short (1 May 2024) and Brief (1 May 2024)" in _text(_screen(few))
    many = _of(**{f"d_{n}": duty | {"title": f"A duty of many words, number {n}"} for n in "123"})
    line = next(line for line in _text(_screen(many)).splitlines() if "In force" in line)
    assert line.endswith("and 2 more")
    binding = _of(**{f"d_{n}": duty for n in range(6)})
    lines = _text(_screen(binding, acts=["councils"])).splitlines()
    assert lines[0] == "For councils: 6 in force"
    assert lines[2:7] == [
        "  In force  Step d_0 (1 May 2024)",
        "            Step d_1 (1 May 2024)",
        "            Step d_2 (1 May 2024)",
        "            Step d_3 (1 May 2024)",
        "            and 2 more",
    ]
    fewer = _of(**{f"d_{n}": duty for n in range(4)})
    assert "more" not in _text(_screen(fewer, acts=["councils"]))


def test_topics_and_pillars_begin_the_answer() -> None:
    """What the list is limited to stands first, by its names."""
    dataset = load(TINY).valid()
    asked = Chosen(pillars=("lights",), topics=("lamps",))
    text = _text(_screen(dataset, day=date(2031, 6, 30), chosen=asked))
    assert text.splitlines()[0].startswith("Lights, ")


MOVED: dict[str, dict[str, Any]] = {
    "far": {"due": "2026", "moved": [{"to": "2027", "on": "2025-01-01", "claims": CLAIM}]},
    "back": {"due": "2027", "moved": [{"to": "2026", "on": "2025-01-01", "claims": CLAIM}]},
    "open_end": {
        "due": "2026",
        "moved": [{"to": "after 2027", "on": "2025-01-01", "claims": CLAIM}],
    },
    "past": {"due": "2024", "moved": [{"to": "2025", "on": "2024-01-01", "claims": CLAIM}]},
    "stays": {"due": "2027"},
}


def _moved(dataset: Dataset, height: int | None = 22) -> str:
    listing = Listing(Dates(Known(dataset, DAY)), tuple(State))
    rows = slipped(listing.dates).rows
    return render_screen(MovedScreen(listing, rows).screen(), Terminal(80, height))


def test_what_moved_is_shown_by_where_it_stands_now() -> None:
    """How far, from when to when; open and past apart; an earlier date has a minus."""
    assert _moved(_of(**MOVED)).splitlines() == [
        "4 dates of 5 moved",
        "0 of 5 met; 0 of 5 a year ago.",
        "",
        "  Moved       First said   Now",
        "  Still to come",
        "  12 months   by end 2026  by end 2027  Step far",
        "  −12 months  by end 2027  by end 2026  Step back",
        "  ..          by end 2026  open-ended   Step open_end",
        "  Past its later date too",
        "  12 months   by end 2024  by end 2025  Step past",
        "",
        "As known on 30 November 2026; last reviewed 21 November 2026.",
        "Sources, ids, who moved it: --long   Changed: --since 1w",
    ]
    assert _moved(_of()).startswith("No promise with a date is recorded")
    assert _moved(_of(stays=MOVED["stays"])).startswith("no dates of 1 moved")
    many = {f"far_{n}": MOVED["far"] for n in range(30)}
    folded = _moved(_of(**many))
    assert len(folded.splitlines()) <= 22
    shown = folded.count("Step far")
    assert f"and {30 - shown} more: --long" in folded


SINCE = date(2026, 11, 23)


def _changes(dataset: Dataset, since: date = SINCE, day: date = DAY, **asked: Any) -> Changes:
    return Changes(Dates(Known(dataset, day), **asked), since)


NOT_YET = {"on": "2026-10-01", "reaches": "2026-09-01", "searched": "pages"}
FOUND_NONE = {"on": "2026-11-25", "reaches": "2026-11-20", "searched": "pages"}


@pytest.mark.parametrize(
    ("fields", "change", "says"),
    [
        (
            {"due": "2027", "moved": [{"to": "2028", "on": "2026-11-25", "claims": CLAIM}]},
            Change.MOVED,
            'from "2027" to "2028", 12 months later',
        ),
        (
            {"due": "2027", "moved": [{"to": "after 2028", "on": "2026-11-25", "claims": CLAIM}]},
            Change.MOVED,
            'from "2027" to "after 2028"',
        ),
        (
            {
                "due": "in due course",
                "moved": [{"to": "late 2028", "on": "2026-11-25", "claims": CLAIM}],
            },
            Change.MOVED,
            'first dated: "late 2028"',
        ),
        ({"due": "24 November 2026..5 December 2026"}, Change.DUE, "due now, until 5 Dec 2026"),
        ({"due": "2026-11-25"}, Change.DUE, 'past, not checked: it was due "2026-11-25"'),
        (
            {"due": "spring 2026", "looked": [NOT_YET | {"reaches": "2026-05-01"}, FOUND_NONE]},
            Change.SEARCHED,
            'it was due "spring 2026"',
        ),
        (
            {"due": "2026", "outcome": {"met": "2026-11-25", "claims": CLAIM}},
            Change.OUTCOME,
            "met 25 November 2026",
        ),
        (
            {"due": "spring 2026", "outcome": {"met": "2026-11-25", "claims": CLAIM}},
            Change.OUTCOME,
            "met late 25 November 2026, 6 to 9 months late",
        ),
        (
            {"due": "2026", "outcome": {"superseded": "2026-11-25", "claims": CLAIM}},
            Change.OUTCOME,
            "replaced 25 November 2026",
        ),
        (
            {"due": "spring 2026", "outcome": {"not-met": "2026-11-25", "claims": CLAIM}},
            Change.OUTCOME,
            "not met by 25 November 2026",
        ),
        ({"due": "2027", "promised": "2026-11-24"}, Change.PROMISED, 'due "2027"'),
        (
            {
                "due": "2026",
                "nature": "duty",
                "acts": "dfe",
                "outcome": {"in-force": "2026-11-25", "claims": CLAIM},
            },
            Change.IN_FORCE,
            "in force since 25 November 2026",
        ),
        (
            {
                "due": "2025",
                "outcome": {"not-met": "2026-05-01", "claims": CLAIM},
                "moved": [{"to": "2028", "on": "2026-11-25", "claims": CLAIM}],
            },
            Change.MOVED,
            'from "2025" to "2028", 3 years later',
        ),
        (
            {"due": "2026-11-25..2027", "nature": "programme"},
            Change.UNDER_WAY,
            "under way",
        ),
        ({"due": "2025..2026-11-25", "nature": "programme"}, Change.ENDED, "ended"),
        ({"due": "2027-02-25"}, Change.IN_VIEW, 'due "2027-02-25", in 3 months'),
    ],
)
def test_each_thing_that_can_happen(fields: dict[str, Any], change: Change, says: str) -> None:
    """Two days of one record are compared, and each change is said with what it was."""
    (row,) = _changes(_of(step=fields)).rows
    assert (row.change, row.says) == (change, says)


@pytest.mark.parametrize(
    "fields",
    [
        {"due": "2030"},
        {"due": "in due course"},
        {"due": "after 2027"},
        {"due": "2027-01-25"},  # in view on both days
        {"due": "2026"},
        {"due": "2024"},
        {"due": "2024", "outcome": {"met": "2024-05-01", "claims": CLAIM}},
        {"due": "after 23 November 2025"},  # open-ended for a year, then undated
    ],
)
def test_an_ordinary_week_has_nothing(fields: dict[str, Any]) -> None:
    """What stands as it stood is no change, and the screen says that there is none."""
    changes = _changes(_of(step=fields))
    assert changes.rows == ()
    assert _text(ChangesScreen(changes).screen()).startswith(
        "Nothing changed since 23 November 2026\n"
    )
    assert changes.message().title == "Nothing changed since 23 November 2026"


def test_a_time_that_was_kept_is_said() -> None:
    """What comes round has a change for each time that is ticked, due or coming into view."""
    step: dict[str, Any] = {"due": "30 September 2026", "repeats": "quarterly", "lead": "lowtown"}
    kept = step | {"done": [{"on": "2026-11-25", "time": "30 September 2026"}]}
    rows = _changes(_of(["step"], step=kept)).rows
    assert [(row.change, row.says) for row in rows] == [
        (Change.OUTCOME, "kept for 30 September 2026"),
        (Change.IN_VIEW, 'due "30 December 2026", in 4 weeks'),
    ]
    text = _text(ChangesScreen(_changes(_of(["step"], step=kept))).screen())
    assert "kept for 30 September 2026" in text


def test_what_of_ones_own_is_overdue_still_comes_first() -> None:
    """It is no change, and is listed before what changed, with what it serves below it."""
    steps: dict[str, dict[str, Any]] = {
        "ours": {"due": "2026-10-30", "serves": "theirs", "lead": "lowtown"},
        "theirs": {"due": "2026", "moved": [{"to": "2027", "on": "2026-11-25", "claims": CLAIM}]},
    }
    changes = _changes(_of(["ours"], **steps))
    assert [(row.change, row.happened) for row in changes.rows] == [
        (Change.STILL_OVERDUE, False),
        (Change.MOVED, True),
    ]
    text = _text(ChangesScreen(changes).screen())
    assert text.startswith("1 change since 23 November 2026; 1 of your own plan still overdue\n")
    assert "\n    ours lands 14 months earlier than Step theirs, by end 2027\n" in text
    assert "\n    yours, Step ours: ours lands 14 months earlier\n" in text


def test_a_plan_stands_before_the_record_on_one_screen() -> None:
    """Overdue first, then to come, each beside what it serves; whose it is where bodies differ."""
    steps: dict[str, dict[str, Any]] = {
        f"ours_{n}": {"due": f"2027-0{n}-10", "serves": "theirs", "owner": f"Ada {n}"}
        for n in range(1, 9)
    }
    late = {"due": "2026-11-01", "progress": "red", "lead": "lowtown"}
    steps |= {"late": late, "theirs": {"due": "March 2027"}, "old": {"due": "2024"}}
    own = ["late", *(f"ours-{n}" for n in range(1, 9))]
    text = _text(_screen(_of(own, **steps)))
    assert text.startswith("Your own plan: 1 overdue, 8 to come\nNationally: 1 to come; 1 past")
    order = ["Your own plan, overdue", "Your own plan, to come", "To come nationally"]
    assert sorted(order, key=text.index) == order
    assert "1 Nov 2026   4 weeks    Step late    red  Lowtown" in text
    assert "ours lands 3 weeks earlier than Step theirs, Mar 2027" in text
    assert "more of your own plan" in text
    assert "Past nationally: --state overdue" in text
    assert len(text.splitlines()) <= 22
    every = _text(_screen(_of(own, **steps), *State))
    assert all(f"Step ours_{n}" in every for n in range(1, 9))


ALL: dict[str, dict[str, Any]] = {
    "moved": {"due": "2027", "moved": [{"to": "2028", "on": "2026-11-25", "claims": CLAIM}]},
    "due_now": {"due": "24 November 2026..5 December 2026"},
    "fell_due": {"due": "2026-11-25"},
    "met": {"due": "2026", "outcome": {"met": "2026-11-25", "claims": CLAIM}},
    "span": {"due": "2026", "outcome": {"met": "24 November to 26 November 2026", "claims": CLAIM}},
    "not_met": {"due": "2025", "outcome": {"not-met": "2026-11-25", "claims": CLAIM}},
    "new": {"due": "2027", "promised": "2026-11-24"},
    "new_undated": {"due": "in due course", "promised": "2026-11-24"},
    "view": {"due": "2027-02-25"},
}


def test_the_changes_of_a_week_on_one_screen() -> None:
    """Under the heading of each kind, the few words that are left to say, red where it slipped."""
    screen = ChangesScreen(_changes(_of(**ALL))).screen()
    text = _text(screen)
    assert text.startswith("9 changes since 23 November 2026\n")
    for said in (
        "  Moved\n  Step moved        by end 2027 to by end 2028",
        "Step due_now      due now, 5 Dec 2026",
        "Step fell_due     past, not checked, 25 Nov 2026",
        "Step met          met, 25 Nov 2026",
        "Step not_met      not met, 25 Nov 2026",
        "Step span         met, by 26 Nov 2026",
        "Step new          by end 2027",
        "Step new_undated  no date",
        "  Coming into view\n  Step view         25 Feb 2027",
        "To mail: --format markdown",
    ):
        assert said in text
    many = ChangesScreen(_changes(_of(**{f"s_{n}": ALL["met"] for n in range(40)}))).screen()
    assert "more: --long" in _text(many)


def test_only_an_earlier_day_can_be_compared_with() -> None:
    """The same day, or a later one, is refused; a length counts back, a day is read as typed."""
    with pytest.raises(Refused, match="is not before"):
        _changes(_of(), since=DAY)
    assert since_when(DAY, "1w") == SINCE
    assert since_when(DAY, "23 November 2026") == SINCE
    with pytest.raises(ValueError, match="not a day"):
        since_when(DAY, "last week")
    assert _text(ChangesScreen(_changes(_of())).screen()) == (
        "No promise with a date is recorded by 30 November 2026\n"
    )


def _run_plan(run: Callable[..., Result], day: str, *options: str) -> Result:
    data = ("--data", "bundled", "--data", COUNCIL)
    return run("deadlines", *data, "--lead", "riverside", "--as-of", day, *options)


@pytest.mark.parametrize(
    ("day", "options", "code"),
    [
        ("2026-10-19", ("--since", "1w", "--fail-on", "changed"), 0),
        ("2026-12-01", ("--since", "1w", "--fail-on", "changed"), 1),
        ("2026-11-30", ("--fail-on", "overdue"), 0),
        ("2026-12-01", ("--fail-on", "overdue"), 1),
        ("2026-12-01", ("--since", "1w", "--fail-on", "overdue"), 1),
        ("2026-11-29", ("--since", "1w", "--fail-on", "overdue"), 0),
        ("2026-12-20", ("--since", "1w", "--fail-on", "overdue"), 1),  # still overdue
        ("2026-12-20", ("--since", "1w", "--fail-on", "changed"), 0),
    ],
)
def test_a_job_is_green_until_something_of_ones_own_slips(
    day: str, options: tuple[str, ...], code: int, run: Callable[..., Result]
) -> None:
    """An ordinary week ends with 0, the day after one's own last day with 1 and a line on why."""
    result = _run_plan(run, day, *options)
    assert result.code == code
    said = "riverside-family-help-teams (overdue)" in result.err
    assert (said or not result.err) is True
    assert said is bool(code)


def test_a_message_can_be_sent_as_it_is(run: Callable[..., Result], tmp_path: Path) -> None:
    """--since --format markdown writes headings and sentences, each with its source."""
    message = _run_plan(run, "2026-12-01", "--since", "1w", "--format", "markdown").out
    lines = message.splitlines()
    assert lines[0] == "# Promised by Riverside Council: 1 change since 24 November 2026"
    assert "## Fell due" in lines
    assert (
        'Have every family help team in place (Head of Early Help): overdue: it was due "autumn '
        '2026"; ours lands 4 months earlier than Family Help and protection teams ready, Mar 2027. '
        "Source: own plan."
    ) in lines
    later = _run_plan(run, "2026-12-20", "--since", "1w", "--format", "markdown").out.splitlines()
    assert later[0].endswith("since 13 December 2026; 1 of your own plan still overdue")
    assert "## Still overdue, by your own plan" in later
    file = tmp_path / "week.md"
    assert _run_plan(run, "2026-12-01", "--since", "1w", "-o", str(file)).code == 0
    assert file.read_text("utf-8") == message


def test_changes_are_rows_in_json(run: Callable[..., Result]) -> None:
    """Each change is a row, with how the milestone stood and stands."""
    answer = json.loads(_run_plan(run, "2026-12-01", "--since", "2026-11-24", "--json").out)
    (row,) = answer["rows"]
    assert (answer["report"], row["change"]) == ("deadlines-since", "due")
    assert (row["state_was"], row["state"], row["own"]) == ("due-now", "overdue", True)
    nothing = _run_plan(run, "2026-10-19", "--since", "1w").out
    assert "Promised by Riverside Council: nothing changed since 12 October 2026" in nothing
    plain = run("deadlines", "--data", TINY, "--as-of", "2031-06-30", "--since", "1d").out
    assert plain.startswith("# As of 30 June 2031: ")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--since", "1w", "--slipped"), "lists what changed"),
        (("--since", "1w", "--all"), "lists what changed"),
        (("--since", "1w", "--format", "ics"), "lists what changed"),
        (("--since", "last week"), "--since"),
        (("--since", "2031-06-30"), "is not before"),
        (("--fail-on", "changed"), "add --since 1w"),
    ],
)
def test_what_does_not_fit_is_refused(
    options: tuple[str, ...], said: str, run: Callable[..., Result]
) -> None:
    """A comparison with nothing, or of what it is not, is refused with what to write."""
    result = run("deadlines", *options, "--data", TINY, "--as-of", "2031-06-30")
    assert (result.code, result.out) == (2, "")
    assert said in " ".join(result.err.split())


@pytest.mark.parametrize(
    ("options", "first"),
    [
        ((), "4 to come; 1 past with no outcome found"),
        (("--within", "3m"), "3 may fall due by 30 September 2031; 1 past with no outcome found"),
        (("--state", "upcoming"), "2 to come"),
        (("--slipped",), "1 date of 7 moved"),
        (("--since", "1m"), "1 change since 30 May 2031"),
    ],
)
def test_who_watches_sees_the_screen(
    options: tuple[str, ...],
    first: str,
    run: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where colour is forced, the screen is shown; with --long the whole report."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    asked = ("--data", TINY, "--as-of", "2031-06-30")
    assert run("deadlines", *options, *asked).out.startswith(f"\x1b[1m{first}\x1b[0m\n")
    assert run("deadlines", *options, "--long", *asked).out[4:].startswith("As of 30 June 2031: ")
