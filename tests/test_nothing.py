"""Why there is no figure, in words: £0 stands for none of several truths."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from reformcalc import load
from reformcalc.answers.chosen import Chosen
from reformcalc.answers.nothing import nothing
from reformcalc.errors import Refused
from reformcalc.values.years import parse_year
from tests.unit.builders import ask, commitment, comparing, record

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Result

RECORD = load().valid()
TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("chosen", "day", "said"),
    [
        pytest.param(
            Chosen(),
            date(2020, 1, 1),
            "The record has no promise of money before 31 October 2021.",
            id="a day before the record begins",
        ),
        pytest.param(
            Chosen(leads=("thurrock",)),
            TODAY,
            "Thurrock promised no money that is recorded. What it gets of what others promised, "
            "as far as sources say: reformcalc for thurrock.",
            id="the allocation of a council",
        ),
        pytest.param(
            Chosen(leads=("thurrock",)),
            date(2023, 1, 1),
            "Thurrock promised no money that is recorded. What it gets of what others promised, "
            "as far as sources say: reformcalc for thurrock.",
            id="a council of which nothing is recorded by then",
        ),
        pytest.param(
            Chosen(leads=("moj",)),
            TODAY,
            "No money is recorded for Ministry of Justice.",
            id="a department that has promised none",
        ),
        pytest.param(
            Chosen(topics=("adoption",)),
            TODAY,
            "No money that counts is recorded for Adoption and special guardianship. "
            "What is recorded lies in other sums, or never counts: --explain says why.",
            id="sums that never count",
        ),
    ],
)
def test_why_there_is_no_figure(chosen: Chosen, day: date, said: str) -> None:
    """Each reason has its own words, with what to ask instead where there is anything."""
    question = ask(RECORD, day, chosen=chosen)
    assert question.total.missing
    assert nothing(question).sentences == said
    with pytest.raises(Refused):
        comparing(RECORD, day, chosen=chosen)


def test_an_envelope_of_unknown_size_says_so(run: Callable[..., Result]) -> None:
    """An envelope that no source sizes is named with the reason, once, and explained."""
    asked = ("--envelope", "ffc-pathfinder-2025-26", "--as-of", "2026-11-30")
    for more in ((), ("--explain",), ("--by", "year"), ("--over-time",)):
        result = run("totals", *asked, *more)
        assert result.code == 0
    out = run("totals", *asked).out
    assert out.count("No source gives a sum for all ten areas") == 1
    assert "No source says how large it is: Families First pathfinder, 2025-26." in out
    row = json.loads(run("totals", *asked, "--explain", "--json").out)["rows"][0]
    assert (row["id"], row["amount_gbp"]) == ("ffc-pathfinder-2025-26", None)


def test_real_terms_without_years_say_so() -> None:
    """A sum of no stated year has no figure in real terms, and the answer says that."""
    chosen = Chosen(envelope="working-together-grants")
    asked = ask(RECORD, TODAY, chosen=chosen, prices=parse_year("2025-26"))
    said = nothing(asked).sentences
    assert said.startswith("No figure for all inside ")
    assert said.endswith(" in real terms: its sums have no stated years.")


def test_what_is_in_doubt_alone_is_no_nought() -> None:
    """Money that may all lie in what was known before is said to be that, with its size."""
    later = commitment("£5m", announced="2024-02-02", may_overlap=["first"], title="Later")
    asked = ask(
        record({"first": "£10m", "later": later}),
        date(2025, 1, 1),
        chosen=Chosen(announced_after=date(2023, 12, 31)),
    )
    assert nothing(asked).sentences == (
        "All that is recorded for nothing real, announced after 31 December 2023 is in doubt. "
        "Up to £5m may be part of other sums, and is in no total."
    )


@pytest.mark.parametrize("view", [(), ("--explain",), ("--sensitivity",), ("--over-years",)])
def test_nothing_is_compared_with_nothing(
    view: tuple[str, ...], run: Callable[..., Result]
) -> None:
    """What counts nothing is refused by every view, with the reason, in place of £0 and 0%."""
    result = run("compare", "--lead", "thurrock", "--as-of", "2026-11-30", *view)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("Error: as known on 30 November 2026, nothing can be compared. ")
    assert "Thurrock promised no money that is recorded" in result.err


def test_that_nothing_was_promised_yet_is_an_answer(run: Callable[..., Result]) -> None:
    """Where nothing was chosen, £0 against what was asked for is the truth of an early day."""
    result = run("compare", "--as-of", "2022-05-23")
    assert result.code == 0


def test_explain_has_no_sum_of_what_does_not_count(run: Callable[..., Result]) -> None:
    """The total of --explain is null with its reason where --by has it so."""
    asked = ("totals", "--topic", "adoption", "--as-of", "2026-11-30", "--json")
    plain = json.loads(run(*asked).out)["total"]
    explained = json.loads(run(*asked, "--explain").out)["total"]
    assert plain["amount_gbp"] is explained["amount_gbp"] is None
    assert plain["missing"] == explained["reason"] == "recorded, but in no total"
