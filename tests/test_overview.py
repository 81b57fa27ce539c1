"""`reformcalc` alone: the answers in short, and the way in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from reformcalc import load
from reformcalc.answers.overview import overview
from reformcalc.cli import start, terminal
from reformcalc.cli.commands import GROUPS
from reformcalc.ledger.known import Known
from tests.conftest import PROJECT, TINY
from tests.unit.builders import TODAY, asked_of, commitment, record

if TYPE_CHECKING:
    from collections.abc import Callable

    from reformcalc.record.model import Dataset
    from tests.conftest import Result

RECORD = load().valid()


def _answers(dataset: Dataset, day: date = TODAY) -> list[str]:
    return [one.answer for one in overview(Known(dataset, day))[1]]


def test_the_answers_of_the_record() -> None:
    """What is promised, was asked for, falls due next and was answered; with their commands."""
    title, answers = overview(Known(RECORD, date(2026, 11, 30)))
    assert title == "Children's social care reform in England, as known on 30 November 2026"
    assert [tuple(one) for one in answers] == [
        ("Promised", "£4.0bn, £2.4bn to £3.0bn of it new", "totals"),
        ("Asked for", "£2.6bn (Care Review): short, 29–97% in four years", "compare"),
        (
            "Due next",
            "by end 2026: Consultation on inspection framework",
            "deadlines",
        ),
        ("Answered", "64 of 106 recommendations, 4 rejected", "recommendations"),
        ("Councils", "what each of 153 is in, got and must do", "for COUNCIL"),
    ]


@pytest.mark.parametrize(
    ("promise", "said"),
    [
        (commitment("£40m", existing="£0"), "£40m, all of it new"),
        (commitment("£40m", existing="all"), "£40m, none of it new"),
        (commitment("£40m"), "£40m; no source says how much of it is new"),
        (commitment("over £40m"), "at least £40m; no source says how much of it is new"),
        (commitment("£40m", existing="£10m"), "£40m, £30m of it new"),
    ],
)
def test_how_much_is_new_is_said_in_words(promise: dict[str, object], said: str) -> None:
    """All of it, none of it, or how much."""
    assert _answers(record({"one": promise}))[0] == said


def test_what_a_record_does_not_hold_is_said() -> None:
    """No money, no ask and no dates are each said as that, and never as nought."""
    assert _answers(record({})) == [
        "no money that counts is recorded by this day",
        "no sum that was asked for is recorded by this day",
        "no dates are recorded by this day",
        "no recommendation is recorded by this day",
    ]
    assert _answers(asked_of("£50m", "£40m"))[1] == "1 sum recorded: name one (list benchmarks)"
    later = date(2099, 1, 1)
    assert _answers(load(TINY).valid(), later)[2] == "nothing dated is to come"


def test_it_is_one_screen_with_the_way_in(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal the commands stand below the answers, every one of them, in 22 lines."""
    monkeypatch.setattr(terminal, "is_terminal", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    result = run()
    assert (result.code, result.err) == (0, "")
    lines = result.out.splitlines()
    assert len(lines) <= 22
    assert max(map(len, lines)) <= 80
    assert [line.split("  ")[-1].split()[0] for line in lines[2:7]] == [*GROUPS["Answers"]]
    assert "reformcalc --help" in result.out


def test_the_way_in_names_every_command() -> None:
    """The groups of the help: what answers stands above, what else there is below."""
    above = tuple(one.command for one in overview(Known(RECORD, TODAY))[1])
    below = start.ways()
    for group, members in GROUPS.items():
        named = above if group == "Answers" else below[group].replace(";", ",").split(", ")
        assert [one.split()[0] for one in named[: len(members)]] == [*members]


def test_in_a_pipe_it_is_the_answers_alone(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line for each below the heading, each with its command; of the record that is set.

    Where that has no councils, there is none for them.
    """
    monkeypatch.setenv("REFORMCALC_DATA", str(PROJECT / "examples" / "family-hubs.yaml"))
    result = run()
    title, *answers = result.out.splitlines()
    assert (result.code, len(answers)) == (0, len(GROUPS["Answers"]) - 1)
    assert title.startswith("Family Hubs and Start for Life in England, as known on ")
    assert answers[1] == "Asked for: no sum that was asked for is recorded by this day (compare)"


def test_help_stays_help(run: Callable[..., Result]) -> None:
    """--help lists the commands and answers nothing."""
    assert "Usage: reformcalc" in run("--help").out
    assert "Promised" not in run("--help").out
