"""A comparison as pictures: its ranges on one scale, and its money by year beside the ask."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.citing import citing
from reformcalc.answers.comparison.figures import HEADINGS
from reformcalc.answers.comparison.over_years import over_years
from reformcalc.answers.comparison.screen import CompareScreen
from reformcalc.answers.comparison.views import over_years_screen
from reformcalc.ledger.ledger import as_sum
from reformcalc.report import Chart

if TYPE_CHECKING:
    from reformcalc.answers.comparison.comparison import Comparison


def ranges_chart(comparison: Comparison) -> Chart:
    """Return the ranges of the comparison's screen. Raises as that does."""
    shown = CompareScreen(comparison)
    screen = shown.screen()
    prices = comparison.real_prices
    priced = f"{prices.year} prices" if prices else "cash"
    return Chart(
        name="compare",
        title=screen.answer,
        unit=f"Money as a share of what was asked for, per cent; {priced}.",
        source=_whose(comparison),
        as_of=comparison.record.as_of,
        listing=screen.listings[0],
        figure=2,
    )


def years_chart(comparison: Comparison) -> Chart:
    """Return the money that was asked for, new or all, summed up year by year. Raises likewise."""
    kind = comparison.benchmark.asks_for or "new"
    report = over_years(comparison)
    counted = [row.counts == kind for row in report.rows]
    bars = [bar for bar, wanted in zip(report.bars, counted, strict=True) if wanted]
    prices = comparison.real_prices
    priced = f"{prices.year} prices" if prices else "cash"
    money = HEADINGS[f"{kind}-money"]
    return Chart(
        name="over-years",
        title=over_years_screen(comparison).answer,
        unit=f"{money}, summed up to the end of each financial year; {priced}.",
        source=_whose(comparison),
        as_of=comparison.record.as_of,
        bars=tuple(replace(bar, group=money) for bar in bars),
    )


def _whose(comparison: Comparison) -> str:
    """Say whose figures these are: what was asked for with its document, and the record."""
    record, amount = comparison.record, as_sum(comparison.benchmark.amount)
    claims = citing(record, comparison.benchmark, amount.stated)[:1]
    asked = f"{words.money(amount)}: {record.citations(claims)}; promises: " if claims else ""
    return f"Source: {asked}{record.about.title}, version {record.stamp.version}."
