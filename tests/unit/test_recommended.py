"""What was asked for and answered, as the record of a day has it, and the story of one."""

from __future__ import annotations

from datetime import date

import pytest

from reformcalc.answers.lookup.entries import entries
from reformcalc.answers.lookup.show import show
from reformcalc.answers.responses import (
    Answer,
    Steps,
    answer,
    answered,
    asked_again,
    money_named,
    standing,
    steps_named,
)
from reformcalc.ledger.known import Known
from reformcalc.reading.load import load
from tests.conftest import PROJECT

ASKED = load(PROJECT / "tests" / "data" / "asked.yaml").valid()


def on(day: str) -> Known:
    return Known(ASKED, date.fromisoformat(day))


def told(day: str, id_: str) -> list[str]:
    """Return the lines of a story."""
    lines: list[str] = []
    for row in show(on(day), id_).rows:
        if row.field not in ("story", "") or (row.field == "" and not lines):
            break
        lines.append(row.value)
    return lines


def test_what_came_later_is_not_known_yet() -> None:
    """A recommendation is known from its day, an answer from its own, a search from its own."""
    assert not on("2029-11-04").recommendations
    before, after = on("2030-12-31"), on("2031-06-30")
    assert len(before.recommendations["bells-in-fog"].responses) == 1
    assert len(after.recommendations["bells-in-fog"].responses) == 2
    assert not before.recommendations["lamps-of-glass"].looked
    assert after.recommendations["lamps-of-glass"].looked


def test_an_answer_does_not_name_what_was_not_there_yet() -> None:
    """A step or a sum of a later day is in no answer of an earlier one."""
    late = ASKED.model_copy(deep=False)
    entry = late.recommendations["pilots-heard"]
    response = entry.responses[0].model_copy(
        update={"milestones": ("bells-cast", "bells-tuned"), "commitments": ("lamp-money",)}
    )
    entries_ = {**late.recommendations}
    entries_["pilots-heard"] = entry.model_copy(update={"responses": (response,)})
    late = late.model_copy(update={"recommendations": entries_})
    then = Known(late, date(2030, 12, 31)).recommendations["pilots-heard"].responses[0]
    assert then.milestones == ("bells-cast",)
    assert then.commitments == ()
    now = Known(late, date(2031, 6, 30)).recommendations["pilots-heard"].responses[0]
    assert now.milestones == ("bells-cast", "bells-tuned")
    assert now.commitments == ("lamp-money",)


@pytest.mark.parametrize(
    ("day", "id_", "stands", "said"),
    [
        ("2030-02-28", "bells-by-law", Answer.NONE, "no answer, and not looked for"),
        ("2030-03-01", "bells-by-law", Answer.REJECTED, "rejected, 1 March 2030"),
        ("2031-01-31", "bells-in-fog", Answer.TESTING, "testing, 1 March 2030"),
        ("2031-02-01", "bells-in-fog", Answer.ACCEPTED, "accepted, 1 February 2031"),
        ("2031-06-30", "bell-money", Answer.IN_PART, "in part, 1 March 2030"),
        ("2031-06-30", "lamps-of-glass", Answer.NONE, "no answer found"),
        ("2031-06-29", "lamps-of-glass", Answer.NONE, "no answer, and not looked for"),
    ],
)
def test_the_last_answer_by_the_day_stands(day: str, id_: str, stands: Answer, said: str) -> None:
    """A later answer takes the place of an earlier one; none is told from not looked for."""
    entry = on(day).recommendations[id_]
    assert answer(entry) is stands
    assert answered(entry) == said


def test_all_answers_name_money_and_steps() -> None:
    """What an earlier answer names is named still, each thing once and in order."""
    entry = on("2031-06-30").recommendations["bells-in-fog"]
    assert money_named(entry) == ("bell-pot", "fog-bells")
    assert steps_named(entry) == ("bells-cast", "fog-tests", "bells-tuned")


def test_steps_stand_in_five_ways() -> None:
    """A step came, came in part, is to come, is past or was given up: each is one of these."""
    record = on("2031-06-30")
    steps = standing(record, record.milestones)
    assert steps == Steps(came=1, partly=1, to_come=1, past=1, gone=1)
    assert steps.total == len(record.milestones)
    assert str(steps) == (
        "1 met, 1 partly met, 1 to come, 1 past, no outcome known, 1 dropped or replaced"
    )
    assert str(Steps()) == ""


def test_who_asked_again() -> None:
    """The later one names the earlier; both tell of it, once the later one is made."""
    assert asked_again(on("2030-05-01"), "bells-in-fog") == ("fog-bells-again",)
    assert asked_again(on("2030-04-30"), "bells-in-fog") == ()


def test_the_story_of_one_in_order() -> None:
    """Asked, answered each time with money and steps, asked again, and how the steps stand."""
    assert told("2031-06-30", "bells-in-fog") == [
        "5 November 2029: Inquiry asks HO and Pilots",
        "1 March 2030: testing",
        "money named in it: Bell pot, £10m (bell-pot); Bells for fog, £4m (fog-bells)",
        (
            "steps named in it: Cast the bells, met (bells-cast); "
            "Test bells in fog, dropped (fog-tests)"
        ),
        "1 May 2030: Pilots asks for the same or most of it (fog-bells-again)",
        "1 February 2031: accepted",
        "steps named in it: Tune the bells, upcoming (bells-tuned)",
        "that these belong to it is our reading: the later answer does not name the Inquiry",
        (
            "30 June 2031: of 3 steps named, 1 met, 1 to come, 1 dropped or replaced. "
            "A step that is met is not the recommendation done."
        ),
    ]


def test_stories_of_the_others() -> None:
    """Money that is asked for, a refusal with what is done instead, and a search stand in words."""
    assert told("2031-06-30", "bell-money")[:2] == [
        "5 November 2029: Inquiry asks HO, for £30m (inquiry-ask)",
        "1 March 2030: in part. No document sets the one against the other.",
    ]
    assert told("2031-06-30", "bells-by-law")[1] == (
        "1 March 2030: rejected; instead, a letter to every harbour"
    )
    assert told("2031-06-30", "lamps-for-all")[-2:] == [
        "money named in it: Lamps, by year, no one figure (lamp-money)",
        (
            "30 June 2031: of 2 steps named, 1 partly met, 1 past, no outcome known. "
            "A step that is met is not the recommendation done."
        ),
    ]
    assert told("2031-06-30", "fog-bells-again") == [
        "5 November 2029: Inquiry had asked for the same or most of it (bells-in-fog)",
        "1 May 2030: Pilots asks HO",
        (
            "30 June 2031: looked in pages up to 20 June 2031, and found no answer. "
            "Searched: the notice board"
        ),
    ]


def test_each_can_be_cited() -> None:
    """One line to paste has what was asked, and each answer, with its words and their place."""
    (note,) = (one for one in show(on("2030-12-31"), "bells-in-fog").sentences if "cite" in one)
    assert note == (
        'To cite: asked by Inquiry: "bells should ring in fog", Harbour Inquiry, Report of the '
        'Inquiry, 5 November 2029, Chapter 2; testing, 1 March 2030: "bells are tested in fog", '
        "Harbour Office, The answer, 1 March 2030, Bells."
    )


def test_a_list_of_them_says_how_each_stands() -> None:
    """`list recommendations` has the answer of the day beside each."""
    rows = entries(on("2031-06-30"), "recommendations").rows
    assert {row.id: row.says for row in rows}["bells-by-law"] == "rejected, 1 March 2030"


def test_a_document_and_a_body_are_named_by_recommendations() -> None:
    """Who asks, who is asked and what is quoted lead to the recommendation."""
    for id_, user in (
        ("inquiry", "bells-by-law"),
        ("council-of-pilots", "bells-in-fog"),
        ("answer-2031", "lamps-for-all"),
    ):
        named = [row.value for row in show(on("2031-06-30"), id_).rows if row.field == "named by"]
        assert any(one.startswith(f"{user}: ") for one in named)
