"""What stands beside the figure of an entry: what it counts, and what was said of it."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from reformcalc import load
from reformcalc.answers.chosen import EVERYTHING
from reformcalc.answers.diff import diff
from reformcalc.answers.diff_screen import DiffScreen
from reformcalc.answers.lookup import entry_screen
from reformcalc.answers.lookup.conflicts import conflicts
from reformcalc.answers.lookup.find import find
from reformcalc.answers.lookup.show import show
from reformcalc.ledger.known import Known
from reformcalc.render.screen import render_screen
from reformcalc.render.terminal import Terminal
from tests.unit.builders import TODAY, commitment, record

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Result

PAPER = {"source": "paper", "at": "page 1"}
SAID = {
    "on": "2023-02-03",
    "by": "ann",
    "role": "Shadow Minister",
    "claims": [{**PAPER, "says": "a piecemeal approach, short by £9m"}],
}
TOLD = {
    "on": "2023-02-02",
    "by": "guild",
    "reported": "true",
    "note": "A note.",
    "claims": [{**PAPER, "says": "it was slow"}, {**PAPER, "says": "small"}],
}
AREAS = {
    "title": "Areas of the first wave",
    "kind": "count",
    "value": "up to 3",
    "unit": "areas",
    "by": "dfe",
    "items": [
        {"title": "Dorset", "body": "dorset", "claims": [{**PAPER, "says": "in Dorset"}]},
        {
            "title": "A plan",
            "tested": "2023-11-06",
            "note": "Late.",
            "claims": [{**PAPER, "says": "with a plan on 6 November 2023"}],
        },
    ],
    "claims": [{**PAPER, "says": "up to 3 areas"}],
}


def _known(as_of: date = TODAY, **figure: Any) -> Known:
    bodies = {
        "ann": {"title": "Ann Other MP", "short": "Ann Other"},
        "dfe": {"title": "Department for Education"},
        "dorset": {"title": "Dorset Council"},
        "guild": {"title": "Guild of Social Workers"},
    }
    dataset = record(
        {"money": commitment("£1m", title="The money", statements=[SAID, TOLD])},
        bodies=bodies,
        figures={"areas": {**AREAS, **figure}},
    )
    return Known(dataset, as_of)


def _drawn(known: Known, text: str, height: int = 24) -> str:
    screen = entry_screen.screen(known, text)
    return render_screen(screen, Terminal(100, height))


def test_show_tells_what_was_said_of_an_entry_in_order_of_the_days() -> None:
    """Who, as what, in which words; where these are a document's own, that is said."""
    said = [
        "2 February 2023, Guild of Social Workers: as reported, “it was slow” … “small”. A note.",
        "3 February 2023, Ann Other, Shadow Minister: “a piecemeal approach, short by £9m”",
    ]
    rows = show(_known(), "money").rows
    assert [row.value for row in rows if row.value in said] == said
    first = next(row for row in rows if row.value == said[0])
    assert (first.field, first.source, first.place) == (
        "said",
        "paper",
        "DfE, 2 February 2023, page 1",
    )
    assert [row.value for row in rows if row.field == "claim"] == ['"a promise"']
    drawn = " ".join(_drawn(_known(), "money").split())
    assert all(sentence in drawn for sentence in ("Said of it", *said))


def test_show_tells_what_a_person_or_a_body_said_and_of_what() -> None:
    """By whichever name they are asked for."""
    said = "3 February 2023, of The money, as Shadow Minister: “a piecemeal approach, short by £9m”"
    rows = show(_known(), "Ann Other").rows
    assert [(row.field, row.value) for row in rows][1:] == [
        ("said", said), ("named by", "money: The money"),
    ]  # fmt: skip
    drawn = " ".join(_drawn(_known(), "ann").split())
    assert "Named by 1 commitment. What they said" in drawn
    assert said in drawn
    assert "deadlines --acts" not in drawn  # nothing is to be done by her


def test_what_was_said_later_is_not_there_yet() -> None:
    """As of a day, what was said by then is all that is told of."""
    then = _known(date(2023, 2, 2))
    assert "Ann Other" not in _drawn(then, "money")
    assert "Guild of Social Workers" in _drawn(then, "money")
    assert [row.field for row in show(then, "ann").rows] == ["short"]
    assert find(then, "piecemeal") == []


@pytest.mark.parametrize(
    ("words", "found", "text"),
    [
        ("ann other", ("bodies", "ann", "short"), "Ann Other"),
        ("shadow minister", ("commitments", "money", "statement"), "Ann Other, Shadow Minister"),
        ("piecemeal", ("commitments", "money", "statement"), "Ann Other, Shadow Minister"),
        ("£9m", ("commitments", "money", "statement"), "Ann Other, Shadow Minister"),
        ("plan", ("figures", "areas", "item"), "A plan (to hold on 6 November 2023; Late"),
        ("dorset", ("bodies", "dorset", "id"), "dorset"),
    ],
)
def test_find_leads_to_who_said_it_and_to_what_is_counted(
    words: str, found: tuple[str, str, str], text: str
) -> None:
    """By the speaker, the office, the words, a sum in them; by the name of an item."""
    rows = find(_known(), words)
    assert (rows[0].kind, rows[0].id, rows[0].where) == found
    assert rows[0].text.startswith(text)


def test_find_leads_from_a_place_to_what_counts_it() -> None:
    """The name of an area is in the list of those that take part."""
    assert [row.id for row in find(_known(), "dorset")] == ["dorset", "areas"]


def test_show_numbers_what_a_figure_counts() -> None:
    """Each with what it is in the record, and the words that name it."""
    rows = [row for row in show(_known(), "areas").rows if row.value[1:3] == ". "]
    assert [(row.field, row.value) for row in rows] == [
        ("items", '1. Dorset [dorset]: "in Dorset"'),
        (
            "",
            '2. A plan (to hold on 6 November 2023; Late): "with a plan on 6 November 2023"',
        ),
    ]
    assert rows[0].source == "paper"
    drawn = _drawn(_known(), "areas").splitlines()
    head = next(number for number, line in enumerate(drawn) if "Listed: 2 of up to 3 areas" in line)
    assert drawn[head].endswith("To see it: show")
    assert drawn[head + 1].split() == ["1", "Dorset", "dorset"]


def test_a_list_says_whether_it_is_whole() -> None:
    """Of a whole one only the number that is counted is told; of ids only where there are some."""
    items = [{"title": one, "claims": [{**PAPER, "says": one}]} for one in ("North", "South")]
    known = _known(items=items, value="2", whole="true")
    assert "true" in [row.value for row in show(known, "areas").rows if row.field == "whole"]
    drawn = _drawn(known, "areas")
    assert "  Listed: 2 areas\n  1  North\n  2  South\n" in drawn


def test_a_figure_that_is_promised_for_a_day_names_its_milestone(
    run: Callable[..., Result],
) -> None:
    """The first pathfinder areas were promised, and came."""
    shown = run("show", "families-first-first-wave", "--as-of", "2026-11-30", "-f", "json").out
    fields = {row["field"]: row["value"] for row in json.loads(shown)["rows"]}
    assert fields["milestone"] == "ffc-pathfinder-wave-1"
    known = Known(load().valid(), date(2026, 11, 30))
    assert "Promised as: Families First pathfinder: first wave, met" in _drawn(
        known, "families-first-first-wave"
    )


def test_what_is_said_of_a_figure_is_no_dispute_about_it() -> None:
    """Another sum in a speaker's words is no figure of the entry, and no claim for it."""
    claims = [{**PAPER, "says": "£1m"}, {**PAPER, "says": "£2m", "variant": "true"}]
    entry = commitment("£1m", title="The money", claims=claims, statements=[SAID])
    bodies = {"dfe": {"title": "DfE"}, "ann": {"title": "Ann Other MP"}}
    rows = conflicts(Known(record({"money": entry}, bodies=bodies), TODAY)).rows
    assert [row.says for row in rows] == ["The money: £1m", '"£1m"', '"£2m"']


def test_diff_tells_what_was_said_since() -> None:
    """Once, with who said it, and not as a quotation or a note of the record-keeper."""
    then, now = _known(date(2023, 2, 2)), _known(date(2023, 2, 3))
    rows = [row for row in diff(then, now).rows if row.kind in ("statements", "claims")]
    said = "3 February 2023, Ann Other, Shadow Minister: “a piecemeal approach, short by £9m”"
    assert [(row.kind, row.id, row.says) for row in rows] == [
        ("statements", "money", f"added: {said}")
    ]
    drawn = render_screen(DiffScreen(then, now, EVERYTHING).screen(), Terminal(80, 22))
    assert [line.split() for line in drawn.splitlines() if "Ann" in line or "Said" in line] == [
        ["Said"],
        ["The", "money", "Ann", "Other", "3", "February", "2023"],
    ]
    assert "of the record alone" not in drawn
