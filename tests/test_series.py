"""A figure by year: drawn with its breaks, its changes as printed and as worked out."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from reformcalc import compare, load
from reformcalc.answers.lookup import entry_screen, series
from reformcalc.answers.lookup.show import show
from reformcalc.errors import Refused
from reformcalc.ledger.known import Known
from reformcalc.render.screen import render_screen
from reformcalc.render.terminal import Terminal
from tests.unit.builders import TODAY, commitment, comparing, record

if TYPE_CHECKING:
    from collections.abc import Callable

    from reformcalc.screen import Screen
    from tests.conftest import Result

PAPER = {"source": "paper", "at": "page 1", "says": "a table"}
SPENT = {
    "title": "Spent",
    "kind": "baseline",
    "unit": "a year",
    "by": "dfe",
    "price_basis": "cash",
    "series": {"2020-21": "£80m", "2021-22": "£90m", "2022-23": "£40m", "2023-24": "£50m"},
    "breaks": ["2022-23"],
    "changes": {"2021-22": "+12.4%", "2023-24": "+25.0%"},
    "claims": [PAPER],
}


def _known(promises: dict[str, Any] | None = None, **figure: Any) -> Known:
    figures = {"spent": {**SPENT, **figure}}
    return Known(record(promises or {}, figures=figures), TODAY)


def _drawn(screen: Screen, width: int = 60) -> list[str]:
    return render_screen(screen, Terminal(width, 22)).splitlines()


@cache
def _bundled(day: date = date(2026, 11, 30)) -> Known:
    return Known(load().valid(), day)


def test_a_series_is_drawn_from_nought_with_its_breaks() -> None:
    """Bars are as long as values are large, and what is set side by side can be compared."""
    lines = _drawn(series.screen(_known(), "spent"))
    assert lines[0] == "Spent: £40m in 2022-23, £50m in 2023-24"
    axis, first, second, broken, third, fourth = lines[2:8]
    assert axis.split() == ["Year", "Change", "£0", "£50m"]
    assert broken.startswith("  Break: 2022-23 and later are not comparable")
    bars = [line.count("━") for line in (first, second, third, fourth)]
    assert [round(90 * bar / bars[1]) for bar in bars] == pytest.approx([80, 90, 40, 50], abs=3)
    assert second.split()[:3] == ["2021-22", "£90m", "12.4%*"]
    assert fourth.split()[:3] == ["2023-24", "£50m", "25.0%"]


def test_the_years_of_a_figure_are_told_with_their_breaks() -> None:
    """On its own page too, where they stand in a row."""
    told = " ".join(_drawn(entry_screen.screen(_known(), "spent"), 80))
    assert "£90m in 2021-22, after a break £40m in 2022-23, £50m in 2023-24." in told


def test_a_series_without_changes_has_no_column_of_them() -> None:
    """Nor a word of what differs."""
    lines = _drawn(series.screen(_known(changes={}), "spent"))
    assert lines[2].split() == ["Year", "£0", "£50m"]
    assert "differ" not in "".join(lines)


def test_the_rows_tell_printed_changes_from_worked_ones() -> None:
    """None is worked out over a break, nor where there is no year before."""
    rows = series.series(_known(), "spent").rows
    assert [(row.year, row.breaks, str(row.change_percent), str(row.worked_percent))
            for row in rows] == [
        ("2020-21", False, "None", "None"),
        ("2021-22", False, "12.4", "12.5"),
        ("2022-23", True, "None", "None"),
        ("2023-24", False, "25.0", "25.0"),
    ]  # fmt: skip
    assert [row.value_gbp for row in rows] == [80_000_000, 90_000_000, 40_000_000, 50_000_000]
    assert [row.remark for row in rows if row.breaks] == ["not comparable with the years before"]


def test_a_series_of_something_else_has_no_pounds() -> None:
    """Its scale has its own unit, and nothing is promised beside it."""
    known = _known(
        {"money": commitment("£9m", years="2023-24")},
        series={"2020-21": "1,100", "2021-22": "2,000"},
        breaks=[],
        changes={},
    )
    assert [row.value_gbp for row in series.series(known, "spent").rows] == [None, None]
    axis = _drawn(series.screen(known, "spent"))[2]
    assert axis.split() == ["Year", "0", "1,000", "2,000"]
    rates = _known(series={"2020-21": "4%", "2021-22": "7%"}, breaks=[], changes={})
    assert _drawn(series.screen(rates, "spent"))[2].split() == ["Year", "0%", "2%", "4%", "6%"]


@pytest.mark.parametrize("text", ["stable-homes", "looked-after-children"])
def test_what_has_no_years_is_not_drawn(text: str, run: Callable[..., Result]) -> None:
    """A sum or a figure of one year is no run of them."""
    with pytest.raises(Refused, match="is given for no run of years"):
        series.series(_bundled(), text)
    assert run("show", text, "--chart").code == 2


def test_the_command_gives_the_series_in_every_format(run: Callable[..., Result]) -> None:
    """In a pipe and in JSON it is rows, with the notes of the drawing."""
    answer = json.loads(run("show", "spending-real", "--chart", "-f", "json").out)
    assert answer["report"] == "series"
    assert [row["year"] for row in answer["rows"] if row["breaks"]] == ["2014-15"]
    assert min(row["change_percent"] or 0 for row in answer["rows"]) == -5.2
    assert " −5.2" in run("show", "spending-real", "--chart").out
    piped = run("show", "spending-cash", "--chart").out
    assert "2021-22  £11.27bn" in piped
    assert "# 2014-15 and later years are not comparable with those before." in piped


def test_four_of_ten_changes_of_the_record_are_rounded_otherwise() -> None:
    """The Commons Library worked its percentages out before rounding."""
    notes = series.series(_bundled(), "spending-real").sentences
    (said,) = [note for note in notes if "differ" in note]
    assert said == (
        "4 of 10 changes differ by rounding from what the values as printed give: 2.4% in 2013-14, "
        "2.7% in 2017-18, 4.2% in 2018-19 and 4.6% in 2021-22."
    )


@pytest.mark.parametrize("day", [date(2023, 6, 20), date(2026, 11, 30)])
@pytest.mark.parametrize("size", [(80, 22), (120, 38)])
def test_the_series_of_the_record_fit_a_screen(day: date, size: tuple[int, int]) -> None:
    """With their breaks and what is promised beside them."""
    width, height = size
    for id_ in ("spending-cash", "spending-real"):
        screen = series.screen(_bundled(day), id_)
        lines = render_screen(screen, Terminal(width, height)).splitlines()
        assert len(lines) <= height
        assert max(map(len, lines)) <= width
        assert sum("Break: 2014-15" in line for line in lines) == 1


def test_a_year_of_promises_stands_beside_a_year_of_spending() -> None:
    """Money of that year where there is any, else what compare counts in an average year."""
    known = _known({"money": commitment("£9m", years="2022-23..2024-25")})
    (said,) = series.beside_promises(known, known.figures["spent"])
    assert said.startswith("What is promised for 2023-24 is £3m, 6.0% of the £50m of that year: ")
    known = _known({"money": commitment("£9m", years="2024-25..2025-26"), "open": "£1m"})
    (said,) = series.beside_promises(known, known.figures["spent"])
    assert said == (
        "A year of what is promised is £5m, 9.0% of the £50m of 2023-24: all sums that count, new "
        "or not, spread evenly over 2024-25 to 2025-26; cash, each year in its own prices."
    )
    assert said in [row.value for row in show(known, "spent").rows if row.field == "promised"]
    assert said in " ".join(_drawn(entry_screen.screen(known, "spent"), 100)).replace("  ", " ")


def test_it_is_the_average_that_compare_has() -> None:
    """The same sums, over the same years."""
    for day, printed in ((date(2023, 6, 20), "£100m, 0.9%"), (date(2026, 11, 30), "£571m, 5.1%")):
        (said,) = series.beside_promises(_bundled(day), _bundled(day).figures["spending-cash"])
        assert f"A year of what is promised is {printed} of the £11.27bn of 2021-22" in said
        asked = comparing(load().valid(), day, "extra-funding-lga")
        (row,) = [row for row in compare(asked).rows if row.basis == "per-year-spending"]
        assert f"£{row.committed.stated / 10**6:.0f}m" in said


@pytest.mark.parametrize(
    "figure",
    [
        {"price_basis": "2022-23"},
        {"price_basis": "not stated"},
        {"series": {}, "changes": {}, "value": "£5m"},  # of no year
        {"series": {}, "changes": {}, "value": "£5m", "years": "2023-24..2024-25"},
        {"series": {"2023-24": "500"}, "breaks": [], "changes": {}},
        {"series": {"2023-24": "£0"}, "breaks": [], "changes": {}},
    ],
)
def test_promises_stand_beside_nothing_but_cash_of_a_year(figure: dict[str, Any]) -> None:
    """Prices of one year, several years, and what is no money are no such thing."""
    known = _known({"money": commitment("£9m", years="2022-23..2024-25")}, **figure)
    assert list(series.beside_promises(known, known.figures["spent"])) == []


def test_where_nothing_is_promised_for_a_year_nothing_is_said() -> None:
    """A sum of no stated year is in no year."""
    known = _known({"money": "£9m"}, series={}, changes={}, value="£50m", years="2023-24")
    assert list(series.beside_promises(known, known.figures["spent"])) == []
