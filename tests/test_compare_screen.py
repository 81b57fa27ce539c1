"""Whether the money is what was asked for, on one screen: its verdict, what settles it, ranges."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from reformcalc import load
from reformcalc.answers.chosen import Chosen
from reformcalc.answers.comparison.comparison import Comparison
from reformcalc.answers.comparison.figures import whole_percent
from reformcalc.answers.comparison.screen import CompareScreen
from reformcalc.answers.comparison.views import (
    explain_screen,
    over_years_screen,
    sensitivity_screen,
)
from reformcalc.cli import terminal
from reformcalc.errors import Refused
from reformcalc.ledger.known import Known
from reformcalc.render.screen import render_screen
from reformcalc.render.terminal import Terminal
from reformcalc.values.years import FinancialYear, parse_year
from tests.conftest import PROJECT
from tests.unit.builders import TODAY, asked_of, commitment, comparing, deflators

if TYPE_CHECKING:
    from collections.abc import Callable

    from reformcalc.record.model import Dataset
    from tests.conftest import Result

RECORD = load().valid()
DAYS = (
    date(2023, 1, 1),
    date(2023, 6, 20),
    date(2023, 12, 31),
    date(2025, 3, 31),
    date(2026, 11, 30),
)
NOW = DAYS[-1]
OVERLAP = {"may_overlap": ["promise-0"], "reason": "no source says"}


def _screen(comparison: Comparison, **asked: Any) -> str:
    return render_screen(CompareScreen(comparison, **asked).screen(), Terminal(80, 22))


def _lines(dataset: Dataset, **asked: Any) -> list[str]:
    return _screen(comparing(dataset, TODAY, "ask", **asked)).splitlines()


@pytest.mark.parametrize(
    ("day", "name", "prices"),
    [
        *(
            (day, name, None)
            for day, name in product(DAYS, RECORD.benchmarks)
            if name in Known(RECORD, day).benchmarks
        ),
        *((day, "care-review", parse_year("2022-23")) for day in DAYS[1:]),
    ],
)
@pytest.mark.parametrize("width", [80, 120])
def test_every_benchmark_of_every_day_has_one_screen(
    day: date, name: str, prices: Any, width: int
) -> None:
    """22 lines at most, none over the width, and no id in a sentence."""
    comparison = comparing(RECORD, day, name, prices=prices)
    text = render_screen(CompareScreen(comparison).screen(), Terminal(width, 22))
    lines = text.splitlines()
    assert len(lines) <= 22
    assert max(map(len, lines)) <= width
    assert not any(id_ in text for id_ in RECORD.commitments if "-" in id_)
    assert "not decided" not in text


def test_the_record_of_november_2026_is_short_and_not_settled() -> None:
    """The first line is the answer; what settles it adds up with the row that it is of."""
    text = _screen(comparing(RECORD, NOW))
    assert text.startswith(
        "The Care Review's £2.6bn: short in its own four years, not settled over seven\n"
    )
    prose = " ".join(text.split())
    assert "£0.8bn to £2.4bn, 29% of £2.6bn to 97% of its years' £2.5bn (" in prose
    assert "(£1.3bn, 49%, if evenly spread)" in prose
    assert "short unless £78m or more of the £471m in doubt is extra" in prose
    assert "met if £191m of the £575m that may be new is new" in prose
    assert prose.count("£471m in doubt") == 2
    assert "All money, new or not" in text
    assert "│ £2.6bn" in text
    assert "Disputed: met, says the Review's author" in text


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (DAYS[0], ["not met, nothing was promised by 1 January 2023"]),
        (DAYS[1], ["not met, 8% of it", "A minister warned against the comparison"]),
        (DAYS[3], ["not met, 18% to 22% of it", "less even at its highest"]),
    ],
)
def test_earlier_days_have_their_own_verdict_and_caution(day: date, said: list[str]) -> None:
    """What was known then is judged, with what was said of it by then."""
    text = " ".join(_screen(comparing(RECORD, day)).split())
    assert all(words in text for words in said)
    assert "Disputed" not in text


def test_real_terms_have_a_verdict_for_each_reading_of_the_ask() -> None:
    """The ask may be in those prices or in cash: both are on the screen."""
    text = _screen(comparing(RECORD, NOW, prices=parse_year("2022-23")))
    assert text.startswith("The Care Review's £2.6bn in 2022-23 prices: short, 26% to 85% of it\n")
    assert text.count("Asked for in 2022-23 prices") == text.count("Asked for in cash") == 2
    prose = " ".join(text.split())
    assert "With the ask read as cash it is 29% to 95%: short unless £113m or more" in prose


def test_a_part_of_the_money_is_no_verdict() -> None:
    """Of fostering alone it is said what it is, and where an ask for fostering alone stands."""
    comparison = comparing(RECORD, NOW, chosen=Chosen(topics=("fostering",)))
    text = _screen(comparison)
    assert text.startswith("Fostering: £139m to £140m promised; the Care Review's £2.6bn is for")
    assert "can show neither" in text
    assert "compare care-review-foster-carers" in text
    assert "short" not in text.partition("Disputed")[0]
    assert "--sensitivity" not in text


NEW = commitment("£40m", existing="£0")
FIRST_LINES = [
    pytest.param(
        [NEW, "£25m"], {}, "not settled: no source says whether new money was asked for or all",
        id="nobody says what was asked for",
    ),
    pytest.param(
        [commitment("£60m", existing="£0")], {}, "met, whether new money was asked for or all",
        id="met of both",
    ),
    pytest.param(["£20m"], {}, "not met, whether new money was asked for or all", id="of neither"),
    pytest.param([NEW], {"asks_for": "new"}, "not met, 80% of it", id="not met"),
    pytest.param(
        [NEW, commitment("£15m", **OVERLAP)], {"asks_for": "new"}, "short, 80% of it",
        id="only doubt could do it",
    ),
    pytest.param(["£40m to £60m"], {"asks_for": "all"}, "not settled, 80% to 120% of it",
                 id="wide"),
    pytest.param([commitment("over £60m", existing="£0")], {"asks_for": "new"},
                 "met, at least 120% of it", id="a floor that reaches it"),
    pytest.param(["over £45m", "£1m"], {"asks_for": "all"}, "not met, 92% of it as stated",
                 id="a floor as verdicts read it"),
    pytest.param([], {"asks_for": "new"}, "not met, nothing was promised by 21 November 2026",
                 id="nothing"),
    pytest.param(
        [commitment("£40m", existing="£0", years="2023-24"), commitment("£30m", existing="£0")],
        {"asks_for": "new", "profile": {"2023-24": "£50m"}},
        "short in its own year, met over all its money",
        id="one year",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("promises", "fields", "said"), FIRST_LINES)
def test_the_first_line_is_the_verdict(
    promises: list[Any], fields: dict[str, Any], said: str
) -> None:
    """A verdict in plain words, of what was asked for by its name."""
    lines = _lines(asked_of("£50m", *promises, **fields))
    assert " ".join(lines[:2]).startswith(f"An ask (£50m): {said}")


@pytest.mark.parametrize(
    ("asked", "promises", "said"),
    [
        ("£50m", ["over £40m"], "met if all of the £10m that is left open by its wording counts"),
        (
            "£50m to £70m",
            ["£40m to £60m", commitment("£15m", **OVERLAP)],
            "(A promise, £20m) and £10m more (what is in doubt may be that) would meet it",
        ),
        ("£50m to £70m", ["£40m to £60m"], "(A promise, £20m) and £10m more would meet it"),
        (
            "£50m",
            ["£40m to £60m", commitment("£15m", **OVERLAP)],
            "counts (A promise, £20m), or as much of the £15m in doubt is extra",
        ),
        (
            "£50m",
            ["over £45m", "£1m"],
            'less even at its highest ("over £45m" read as less than £46m)',
        ),
    ],
)
def test_what_would_settle_it_is_said(asked: str, promises: list[Any], said: str) -> None:
    """money.md 23: how much of what is open or in doubt would be enough, in whole millions."""
    text = " ".join(_lines(asked_of(asked, *promises, asks_for="all")))
    assert said in text


def test_what_may_be_new_is_said_of_new_money() -> None:
    """What is in doubt has to be extra and new; for what is short all else has to count too."""
    dataset = asked_of("£50m", NEW, "£25m", commitment("£15m", **OVERLAP), asks_for="new")
    assert "as much of the £15m in doubt is extra and new" in " ".join(_lines(dataset))
    short = asked_of("£80m", NEW, "£25m", commitment("£15m", **OVERLAP), asks_for="new")
    assert "is extra and all else is new that may be" in " ".join(_lines(short))


def test_a_yearly_ask_is_set_against_a_year() -> None:
    """An average of the money's years, and no sum over them."""
    promise = commitment("£200m", existing="£0", years="2024-25..2026-27")
    dataset = asked_of("£50m", promise, asks_for="new", per_year="true")
    lines = _lines(dataset)
    assert lines[0] == "An ask (£50m a year): met, 133% of it"
    assert sum("Yearly average" in line for line in lines) == 2
    assert "--chart" not in lines[-1]


def test_an_ask_in_prices_is_told_by_its_other_rows_or_refused() -> None:
    """Of cash no row can be had: as `compare` does, the screen says what to ask instead."""
    dataset = asked_of("£50m", NEW, asks_for="new", price_basis="2023-24")
    with pytest.raises(Refused, match="--prices 2023-24"):
        _lines(dataset)


def test_real_terms_of_an_ask_in_cash_have_one_reading() -> None:
    """An ask that is known to be in cash is read so alone, and its verdict is one."""
    index = {FinancialYear(year): Decimal(100) for year in range(2020, 2030)}
    promise = commitment("£40m", existing="£0", years="2023-24")
    dataset = asked_of(
        "£50m", promise, asks_for="new", price_basis="cash", profile={"2023-24": "£50m"}
    ).model_copy(update={"deflators": {"flat": deflators(index)}})
    lines = _lines(dataset, prices=parse_year("2023-24"))
    assert lines[0] == "An ask (£50m) in 2023-24 prices: not met, 80% of it"
    assert not any("Asked for in 2023-24" in line for line in lines)


def test_two_readings_of_the_ask_can_have_two_verdicts() -> None:
    """£48m of 2022-23 is less than £50m in its prices, and more than £5m and £45m a year later."""
    index = {FinancialYear(2022): Decimal(100), FinancialYear(2023): Decimal(110)}
    promise = commitment("£48m", existing="£0", years="2022-23")
    dataset = asked_of(
        "£50m", promise, asks_for="new", profile={"2022-23": "£5m", "2023-24": "£45m"}
    ).model_copy(update={"deflators": {"rising": deflators(index)}})
    (first, *_) = _lines(dataset, prices=parse_year("2022-23"))
    assert first == ("An ask (£50m) in 2022-23 prices: not met, or met if it was asked for in cash")


def test_what_no_row_can_be_had_of_is_not_settled() -> None:
    """Of an ask for each year and money of no stated year nothing is said, but to who insists."""
    dataset = asked_of("£50m", NEW, asks_for="new", per_year="true")
    screen = CompareScreen(comparing(dataset, TODAY, "ask"))
    assert screen.answer == "An ask (£50m a year): not settled"
    assert screen.in_short == "£50m a year (Department for Education): not settled"
    with pytest.raises(Refused, match="ask for per-year-spending"):
        screen.screen()


def test_every_basis_is_one_option_away() -> None:
    """--all has the verdict of each basis, --basis those that are named."""
    text = _screen(comparing(RECORD, NOW), every=True)
    assert text.count("not settled") >= 6
    assert "Yearly average (the ask ÷ 4)" in text
    assert "Reasons: --long" in text
    assert "Once, when announced" not in text
    some = _screen(comparing(RECORD, NOW), bases=("headline",))
    assert "All money against all that was asked for" in some
    assert "Yearly average" not in some


@pytest.mark.parametrize(
    ("view", "name"),
    [
        (view, name)
        for view in (explain_screen, sensitivity_screen, over_years_screen)
        for name, ask in RECORD.benchmarks.items()
        if not (ask.per_year and view is over_years_screen)  # it is asked for in each year
    ],
)
def test_the_other_views_are_screens_too(name: str, view: Any) -> None:
    """Each opens with an answer, keeps to 22 lines, and folds nothing with --all."""
    comparison = comparing(RECORD, NOW, name)
    lines = render_screen(view(comparison), Terminal(80, 22)).splitlines()
    assert len(lines) <= 22
    assert max(map(len, lines)) <= 80
    assert any(letter.isdigit() for letter in lines[0])
    whole = render_screen(view(comparison, every=True), Terminal(80)).splitlines()
    assert len(whole) >= len(lines)


def test_what_each_basis_counts_adds_up() -> None:
    """The parts that are shown, and the line for the others, add up to the total."""
    text = render_screen(explain_screen(comparing(RECORD, NOW)), Terminal(80, 22))
    assert text.startswith("New money in the years asked for: £1.3bn, £270m of it from ")
    for block in text.split("Counts: ")[0].split("New money")[2:]:
        rows = [line.split() for line in block.splitlines()[1:]]
        end = next(place for place, row in enumerate(rows) if row[:1] == ["Total"])
        *added, total = [int(row[-2].replace(",", "")) for row in rows[: end + 1]]
        assert abs(sum(added) - total) <= len(added) / 2
    said = "New money in the years asked for: £762m to £2.4bn in all, since a sum may fall in any"
    assert said in " ".join(text.split())
    assert "New money, each year: £" not in text


def test_of_nothing_no_part_is_most() -> None:
    """Where a basis counts nothing, its first line says £0 and names no sum."""
    screen = explain_screen(comparing(asked_of("£50m", "£20m", asks_for="new"), TODAY, "ask"))
    assert screen.answer == "New money, each year: £0"


def test_choices_say_how_far_they_move_the_answer() -> None:
    """The first line has the answer and the furthest that one choice makes of it."""
    text = render_screen(sensitivity_screen(comparing(RECORD, NOW)), Terminal(80, 22))
    first = "Like for like 29% to 97%, short; one choice alone can make it 19% to 117%\n"
    assert text.startswith(first)
    assert "Counted apart from the sum that we take it to be part of" in text
    alone = comparing(asked_of("£50m", NEW, asks_for="new"), TODAY, "ask")
    assert sensitivity_screen(alone).answer.endswith("not met; no choice alone moves it further")


def test_years_say_when_the_ask_is_reached() -> None:
    """What was asked for is named by its sum; --all has all money beside the new."""
    comparison = comparing(RECORD, NOW)
    text = " ".join(render_screen(over_years_screen(comparison), Terminal(80, 22)).split())
    assert text.startswith("New money could reach £2.6bn in 2027-28 at the earliest; evenly spread")
    assert "Year 1 is read as 2023-24." in text
    assert "All money" not in text.partition("All money too")[0]
    both = render_screen(over_years_screen(comparison, every=True), Terminal(80))
    assert both.count("2026-27") == 2


@pytest.mark.parametrize(
    ("value", "written"),
    [("0", "0%"), ("0.4", "0.4%"), ("0.02", "0.02%"), ("0.0004", "0.0004%"), ("48.6", "49%"),
     ("99.6", "99.6%"), ("99.97", "99.97%"), ("100", "100%"), ("100.2", "100.2%"),
     ("1234.5", "1,235%")],
)  # fmt: skip
def test_only_all_is_100_per_cent_and_only_nothing_is_none(value: str, written: str) -> None:
    """Shares are whole, but for those that would round to another answer."""
    assert whole_percent(Decimal(value)) == written


def test_a_share_far_over_the_ask_has_an_axis_that_can_be_read() -> None:
    """However far the money goes beyond the ask, five marks at most stand on the axis."""
    lines = _lines(asked_of("£10m", commitment("£200m", existing="£0"), asks_for="new"))
    (axis,) = [line for line in lines if "Share" in line]
    assert 2 <= axis.count("%") <= 6


def test_the_record_itself_names_who_asks() -> None:
    """The record's own benchmark goes by who asks, another by its own name."""
    known = Known(RECORD, NOW)
    assert CompareScreen(Comparison(known)).in_short == (
        "£2.6bn (Care Review): short, 29–97% in four years"
    )
    workforce = CompareScreen(Comparison(known, benchmark_id="care-review-workforce"))
    assert workforce.answer == "Care Review: social workers (£253m): short, 5% of it"
    assert workforce.in_short == "£253m (Care Review): short, 5%"


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ((), "The Care Review's £2.6bn: short in its own four years"),
        (("--explain",), "New money in the years asked for: £1.3bn"),
        (("--sensitivity",), "Like for like 29% to 97%, short"),
        (("--over-years",), "New money could reach £2.6bn in 2027-28 at the earliest"),
        (("--chart",), "New money could reach £2.6bn in 2027-28 at the earliest"),
        (("--basis", "headline"), "The Care Review's £2.6bn: short in its own four years"),
    ],
)
def test_who_watches_sees_a_screen_and_others_the_whole(
    asked: tuple[str, ...],
    first: str,
    run: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On a terminal the answer comes first; --long and a pipe have the table and all its notes."""
    whole = run("compare", *asked, "--as-of", "2026-11-30")
    monkeypatch.setattr(terminal, "is_terminal", lambda: True)
    monkeypatch.setattr(terminal, "height", lambda: 22)
    monkeypatch.setenv("NO_COLOR", "1")
    screen = run("compare", *asked, "--as-of", "2026-11-30")
    assert screen.out.startswith(first)
    assert len(screen.out.splitlines()) <= 22
    long = run("compare", *asked, "--as-of", "2026-11-30", "--long")
    assert "As of 30 November 2026. Cash" in " ".join(long.out.split())
    assert "As of 30 November 2026. Cash" in " ".join(whole.out.split())


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("kinship",), "ask: compare --topic kinship"),
        (("workforce",), "ask: compare --pillar workforce"),
        (("--basis", "headlin"), 'did you mean "headline"?'),
    ],
)
def test_what_is_mistyped_is_answered_by_what_may_be_meant(
    asked: tuple[str, ...], said: str, run: Callable[..., Result]
) -> None:
    """A topic or a pillar is no benchmark: its option is named."""
    result = run("compare", *asked)
    assert result.code == 2
    assert said in result.err


def test_a_record_of_no_ask_says_so(run: Callable[..., Result]) -> None:
    """Where nothing was asked for, no benchmark can be named."""
    result = run("compare", "--data", PROJECT / "examples" / "family-hubs.yaml")
    assert result.code == 2
    assert "the record holds no sum that was asked for; ask: totals" in result.err


def test_an_unknown_basis_is_answered_by_the_five_nearest(run: Callable[..., Result]) -> None:
    """Never by the list of all, nor as if there were no others."""
    result = run("compare", "--basis", "xyz")
    assert result.code == 2
    assert result.err.partition("; the nearest are: ")[2].count(",") == 4
    assert "there are" not in result.err
