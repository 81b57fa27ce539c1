"""How many recommendations have which answer, what answers name, and how that is shown."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from reformcalc.answers.chosen import Chosen
from reformcalc.answers.lookup.holding import Holding
from reformcalc.answers.question import Question
from reformcalc.answers.recommendations.asking import ANSWERS, GROUPINGS, Asking
from reformcalc.answers.recommendations.recommendations import recommendations
from reformcalc.answers.recommendations.screen import screen
from reformcalc.answers.responses import Answer
from reformcalc.errors import UnknownId
from reformcalc.ledger.known import Known
from reformcalc.reading.load import load
from reformcalc.render.screen import render_screen
from reformcalc.render.terminal import Terminal
from tests.conftest import PROJECT
from tests.unit.builders import MILLION, TODAY, commitment, record

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Result

FILE = PROJECT / "tests" / "data" / "asked.yaml"
ASKED = load(FILE).valid()
LAST = "2031-06-30"


def asking(day: str = LAST, chosen: Chosen | None = None, by: str = "review", *only: str) -> Asking:
    return Asking(Known(ASKED, date.fromisoformat(day)), chosen or Chosen(), by, only)


def shown(asks: Asking, *, every: bool = False, width: int = 80) -> list[str]:
    """Return the lines of a screen of 24 lines."""
    text = render_screen(screen(asks, every=every), Terminal(width, None if every else 22))
    return text.splitlines()


@pytest.mark.parametrize("by", GROUPINGS)
@pytest.mark.parametrize("day", ["2029-11-05", "2030-03-01", "2031-02-01", LAST])
def test_counts_add_up_however_they_are_grouped(by: str, day: str) -> None:
    """Each is in one group and has one answer, whatever the day and the grouping."""
    asks = asking(day, None, by)
    ids = [id_ for group in asks.groups for id_ in group.ids]
    assert sorted(ids) == sorted(asks.entries)
    assert sum(asks.answers.values()) == len(asks.entries)
    assert sum((asks.count(group.ids) for group in asks.groups), asks.count(())) == asks.answers


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("review", [("inquiry", "Inquiry", 5), ("council-of-pilots", "Pilots", 2)]),
        (
            "pillar",
            [("bells", "Bells", 4), ("both", "Bells and lamps", 1), ("lamps", "Lamps", 1),
             ("", "No pillar stated", 1)],
        ),
        (
            "chapter",
            [("Bells", "Bells", 3), ("Lamps", "Lamps", 2), ("not stated", "Not stated", 2)],
        ),
        (
            "response",
            [("accepted", "Accepted", 2), ("in-part", "In part", 1), ("exploring", "Exploring", 1),
             ("rejected", "Rejected", 1), ("none", "No answer", 2)],
        ),
    ],
)  # fmt: skip
def test_groups(by: str, groups: list[tuple[str, str, int]]) -> None:
    """The largest group is first; answers stand in their own order."""
    found = [(one.id, one.title, len(one.ids)) for one in asking(LAST, None, by).groups]
    assert found == groups


def test_only_what_was_answered_so_or_is_chosen() -> None:
    """An answer, a pillar and a topic each keep to some; the rest of the record is as it was."""
    assert set(asking(LAST, None, "review", "rejected").entries) == {"bells-by-law"}
    assert set(asking(LAST, Chosen(topics=("fog",))).entries) == {"bell-money", "bells-in-fog"}
    assert set(asking(LAST, Chosen(pillars=("lamps",))).entries) == {"lamps-for-all"}


@pytest.mark.parametrize(
    ("by", "only", "message"),
    [("reviews", (), "grouping"), ("review", ("acepted",), "response")],
)
def test_what_does_not_exist_is_refused(by: str, only: tuple[str, ...], message: str) -> None:
    """A grouping or an answer that there is not is refused, with the nearest."""
    with pytest.raises(UnknownId, match=message):
        asking(LAST, None, by, *only)


def test_the_total_counts_each_pound_once() -> None:
    """Rows show all that each names; the total has it once, and says by how much they exceed it."""
    report = recommendations(asking())
    money = {row.id: row.amount.stated for row in report.rows}
    assert money["bell-money"] == 10_000_000  # the pot, with the £4m inside it
    assert money["bells-in-fog"] == 10_000_000  # the pot and what is inside it, once
    assert money["lamps-for-all"] == 2_000_000
    assert report.total is not None
    assert report.total.amount.stated == 12_000_000
    assert sum(money.values()) - 12_000_000 == 10_000_000
    assert any(
        "£12m, each pound once; the rows add to £10m more" in one for one in report.sentences
    )


def test_money_that_counts_nothing_is_no_nought() -> None:
    """What no answer names, and what is named and counts nothing, each say so."""
    rows = {row.id: row for row in recommendations(asking()).rows}
    assert rows["bells-by-law"].missing == "none named"
    replaced = ASKED.commitments["lamp-money"].model_copy(
        update={"counted": False, "reason": "of another programme"}
    )
    changed = ASKED.model_copy(
        update={"commitments": {**ASKED.commitments, "lamp-money": replaced}}
    )
    asks = Asking(Known(changed, date.fromisoformat(LAST)), Chosen(pillars=("lamps",)))
    (row,) = recommendations(asks).rows
    assert row.missing == "recorded, but in no total"
    assert any("none that counts" in one for one in recommendations(asks).sentences)
    assert any(line.endswith("counts nothing") for line in shown(asks, every=True))


def test_money_in_doubt_is_said_and_not_counted() -> None:
    """A sum that may already lie in another is in no total; the line has it beside."""
    doubtful = ASKED.commitments["lamp-money"].model_copy(
        update={"may_overlap": ("bell-pot",), "reason": "nobody says"}
    )
    changed = ASKED.model_copy(
        update={"commitments": {**ASKED.commitments, "lamp-money": doubtful}}
    )
    asks = Asking(Known(changed, date.fromisoformat(LAST)))
    report = recommendations(asks)
    assert report.total is not None
    assert report.total.amount.stated == 10_000_000
    assert report.total.perhaps_gbp == 2_000_000
    assert any("Another £2m is in doubt" in one for one in report.sentences)
    lamps = Asking(Known(changed, date.fromisoformat(LAST)), Chosen(pillars=("lamps",)))
    assert any(line.endswith("in doubt") for line in shown(lamps, every=True))


def test_a_met_step_never_makes_a_recommendation_done() -> None:
    """All steps met, the answer is what was answered: there is no word for done."""
    entry = ASKED.recommendations["pilots-heard"]
    met = entry.responses[0].model_copy(update={"milestones": ("bells-cast",)})
    changed = ASKED.model_copy(
        update={
            "recommendations": {
                **ASKED.recommendations,
                "pilots-heard": entry.model_copy(update={"responses": (met,)}),
            }
        }
    )
    asks = Asking(Known(changed, date.fromisoformat(LAST)))
    row = next(row for row in recommendations(asks).rows if row.id == "pilots-heard")
    assert (row.steps_met, row.response) == (1, "exploring")
    assert {*Answer} == {"accepted", "in-part", "testing", "exploring", "rejected", "none"}


def test_an_answer_later_than_the_day_is_not_shown() -> None:
    """The report of a day holds nothing of a later answer: no word, no money, no step, no look."""
    rows = {row.id: row for row in recommendations(asking("2031-01-31")).rows}
    fog, lamps = rows["bells-in-fog"], rows["lamps-for-all"]
    assert (fog.response, fog.responses, fog.steps) == ("testing", 1, ("bells-cast", "fog-tests"))
    assert (lamps.response, lamps.commitments, lamps.missing) == ("exploring", (), "none named")
    assert rows["lamps-of-glass"].looked is None
    report = recommendations(asking("2031-01-31"))
    assert "Of those without an answer, 2 had not been looked for by that day." in report.sentences


@pytest.mark.parametrize(
    ("day", "only", "said"),
    [
        (LAST, (), "5 of 7 recommendations have an answer, 1 rejected; 2 have none"),
        ("2030-02-28", (), "None of 5 recommendations has an answer"),
        (LAST, ("rejected",), "1 of 7 recommendations was rejected"),
        (LAST, ("none",), "2 of 7 recommendations have no answer"),
        (LAST, ("accepted", "none"), "4 of 7 recommendations: 2 accepted, 2 no answer"),
        (LAST, ("testing",), "No recommendation had the answer testing by 30 June 2031"),
        ("2029-01-01", (), "No recommendation was made by 1 January 2029"),
    ],
)
def test_the_first_line_is_the_answer(day: str, only: tuple[str, ...], said: str) -> None:
    """Report and screen say the same first: how many, and what was answered."""
    asks = asking(day, None, "review", *only)
    assert recommendations(asks).headline == said
    assert shown(asks)[0] == said


def test_one_of_one_is_in_the_singular() -> None:
    """A choice of one, answered or not, reads as a sentence does."""
    one = asking(LAST, Chosen(pillars=("lamps",)))
    assert recommendations(one).headline == ("1 of 1 recommendation on Lamps has an answer")
    bells = asking("2030-03-01", Chosen(pillars=("bells",)))
    assert recommendations(bells).headline == (
        "3 of 3 recommendations on Bells have an answer, 1 rejected"
    )
    fog = asking(LAST, Chosen(pillars=("bells",)))
    assert recommendations(fog).headline.endswith("have an answer, 1 rejected; 1 has none")


@pytest.mark.parametrize("by", GROUPINGS)
@pytest.mark.parametrize("only", [(), *((one,) for one in ANSWERS), ("accepted", "none")])
@pytest.mark.parametrize("every", [False, True])
def test_a_screen_fits(by: str, only: tuple[str, ...], *, every: bool) -> None:
    """No line is wider than the terminal, and the default is no higher than 22 lines."""
    lines = shown(asking(LAST, None, by, *only), every=every)
    assert max(map(len, lines)) <= 80
    assert every or len(lines) <= 22


def test_the_screen_of_counts() -> None:
    """A line for each body, a total, what was rejected and not answered, money and steps."""
    assert shown(asking()) == [
        "5 of 7 recommendations have an answer, 1 rejected; 2 have none",
        "Asked for by two bodies, as known on 30 June 2031. What is accepted is promised,",
        "and need not be done.",
        "",
        "  Asked by  All  Accepted  In part  Testing  Exploring  Rejected  None",
        "  Inquiry     5         2        1                   1         1",
        "  Pilots      2                                                      2",
        "  Total       7         2        1                   1         1     2",
        "  Rejected: Bells by law",
        "  No answer: Bells in fog, asked for again; Lamps of glass",
        "  Money named in answers: £12m, each pound once; the rows add to £10m more, as",
        "  several name it.",
        "  5 steps named in answers: 1 met, 1 partly met, 1 to come, 1 past, no outcome",
        "  known, 1 dropped or replaced.",
        "",
        "Inquiry made over 9; 5 are in the record.",
        "One by one: --all   No answer: --response none   Story of one: show ID",
    ]


def test_the_screen_by_response() -> None:
    """A line for each answer, with what such answers name; the total has each once."""
    assert shown(asking(LAST, None, "response"))[4:11] == [
        "  Answer     All  Money named  Steps met  partly  to come  past  gone",
        "  Accepted     2         £12m          1       1        1     1     1",
        "  In part      1         £10m",
        "  Exploring    1",
        "  Rejected     1",
        "  No answer    2",
        "  Total        7         £12m          1       1        1     1     1",
    ]


def test_the_screen_one_by_one() -> None:
    """Each stands under its group, with its answer, the day and the money that is named."""
    assert shown(asking(), every=True)[4:14] == [
        "                                 Answer     On               Money named",
        "  Inquiry: 5",
        "  £30m for bells                 in part    1 March 2030            £10m",
        "  Bells by law                   rejected   1 March 2030",
        "  Bells that ring in fog         accepted   1 February 2031         £10m",
        "  A lamp for every harbour       accepted   1 February 2031          £2m",
        "  Pilots to be heard             exploring  1 March 2030",
        "  Pilots: 2",
        "  Bells in fog, asked for again  no answer",
        "  Lamps of glass                 no answer",
    ]


def test_many_groups_fold_into_one_row_that_adds_up() -> None:
    """What has no room is one row with its counts, so that the columns add up to the total."""
    many = {
        f"ask-{n}": ASKED.recommendations["bells-by-law"].model_copy(update={"chapter": f"C{n}"})
        for n in range(20)
    }
    changed = Known(ASKED.model_copy(update={"recommendations": many}), date.fromisoformat(LAST))
    lines = shown(Asking(changed, by="chapter"))
    assert len(lines) == 22
    folded = next(line.split() for line in lines if "smaller" in line)
    rows = [line.split() for line in lines if line.startswith("  C") and "hapter" not in line]
    assert int(folded[0]) == int(folded[2]) == int(folded[3]) == 20 - len(rows)
    listed = shown(Asking(changed, responses=("rejected",)))
    named = [line for line in listed if line.startswith("  Bells by law")]
    assert f"  and {20 - len(named)} more" in listed


def test_what_the_record_does_not_hold_is_said() -> None:
    """The limits of the record stand below its answer."""
    about = ASKED.about.model_copy(update={"limits": "No record of whistles."})
    asks = Asking(Known(ASKED.model_copy(update={"about": about}), date.fromisoformat(LAST)))
    assert "No record of whistles." in recommendations(asks).sentences


def test_how_many_others_count_is_said_of_all_alone() -> None:
    """A figure of the record that counts them stands beside; of a choice it would say nothing."""
    said = "Inquiry made over 9; 5 are in the record."
    assert said in recommendations(asking()).sentences
    assert said not in recommendations(asking("2030-04-30")).sentences
    assert said not in recommendations(asking(LAST, Chosen(pillars=("bells",)))).sentences
    assert said not in recommendations(asking(LAST, None, "review", "none")).sentences


def test_after_the_last_review_the_screen_says_so() -> None:
    """A later day says how old the record is."""
    assert shown(asking("2031-07-01"))[-2].endswith("Last reviewed 30 June 2031.")


def test_the_command(run: Callable[..., Result]) -> None:
    """The options of the command are those of the question; a pipe has every row."""
    result = run("recommendations", "--data", FILE, "--as-of", LAST, "--by", "pillar",
                 "--response", "accepted", "--format", "csv")  # fmt: skip
    assert result.code == 0
    ids = [line.partition(",")[0] for line in result.out.splitlines()[1:]]
    assert [one for one in ids if one] == ["bells-in-fog", "lamps-for-all"]
    assert run("recommendations", "--data", FILE, "--response", "perhaps").code == 2


def test_the_command_on_a_terminal(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where colour is forced, the screen is shown, and --all lists one by one."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "Asked by" in run("recommendations", "--data", FILE, "--as-of", LAST).out
    assert "Inquiry: 5" in run("recommendations", "--data", FILE, "--as-of", LAST, "--all").out


def test_the_part_of_a_sum_that_counts_elsewhere_counts_though_the_sum_never_does() -> None:
    """Of a baseline of £9m £3m lie in a promise: an answer that names the baseline names those."""
    claims = [{"source": "paper", "at": "page", "says": "words"}]
    answer = {"on": "2023-02-02", "is": "accepted", "commitments": ["baseline"], "claims": claims}
    made = record(
        {
            "promise": "£20m",
            "baseline": commitment(
                "£9m",
                counted="false",
                reason="a baseline",
                part_of=[{"in": "promise", "amount": "£3m", "reason": "its share"}],
            ),
        },
        recommendations={
            "ask": {
                "title": "An ask",
                "by": "dfe",
                "made": "2023-02-02",
                "to": "dfe",
                "chapter": "One",
                "responses": [answer],
                "claims": claims,
            }
        },
    )
    then = Known(made, TODAY)
    named = Asking(then).money(["ask"]).amount
    total = Question(then, Chosen(envelope="baseline")).total.amount
    for money in (named, total):
        assert {money.low, money.stated, money.high} == {3 * MILLION}
    assert "In no total, but for £3m in another sum. a baseline" in Holding(then, "baseline").told()
