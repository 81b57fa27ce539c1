"""Which documents a sum is cited to: never one that prints another sum."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from reformcalc.answers.citing import citing
from reformcalc.answers.lookup.show import show
from reformcalc.answers.totals.totals import totals
from reformcalc.ledger.known import Known
from tests.unit.builders import MILLION, TODAY, ask, commitment, record

BEFORE = date(2024, 12, 18)
SOURCES = {
    "early": {"title": "A", "publisher": "DfE", "published": "2024-11-29"},
    "also": {"title": "B", "publisher": "DfE", "published": "2024-12-01"},
    "late": {"title": "C", "publisher": "DfE", "published": "2025-03-20"},
}


def _claims(*said: str) -> list[dict[str, str]]:
    """Write claims, each as "source: words"."""
    pairs = (one.split(": ") for one in said)
    return [{"source": source, "at": "page 1", "says": words} for source, words in pairs]


def _cited(entry: dict[str, Any], as_of: date, millions: str = "263") -> list[str]:
    dataset = record({"sum": {**entry, "announced": "2024-11-28"}}, sources=SOURCES)
    value = Decimal(millions) * MILLION
    return [
        claim.source for claim in citing(Known(dataset, as_of), dataset.commitments["sum"], value)
    ]


@pytest.mark.parametrize(
    ("said", "then", "now"),
    [
        pytest.param(["early: £263m"], ["early"], ["early"], id="printed by then"),
        pytest.param(["also: £1m", "early: £263m"], ["early"], ["early"], id="the one of two"),
        pytest.param(["early: £250m", "late: £263m"], [], ["late"], id="another sum by then"),
        pytest.param(["early: a grant", "late: £263m"], [], ["late"], id="no sum by then"),
        pytest.param(["late: £263m"], [], ["late"], id="nothing out by then"),
        pytest.param(
            ["early: £250m", "also: £13m", "late: £263m"],
            ["early", "also"],
            ["late"],
            id="its parts by then",
        ),
        pytest.param(
            ["early: £250m", "also: £5m", "late: £13m"],
            ["early", "also"],
            ["early", "late"],
            id="its parts, of which one came later",
        ),
        pytest.param(["early: £250m and £13m more"], ["early"], ["early"], id="its parts in one"),
        pytest.param(
            ["early: £263m of all", "also: £263m again"], ["early"], ["early"], id="the first"
        ),
        pytest.param(
            ["early: £131.5m to each of two", "late: as before"],
            ["early"],
            ["early", "late"],
            id="worked out, since nobody prints it",
        ),
        pytest.param(
            ["early: £0 and £400m", "late: £263m"], [], ["late"], id="no part is nothing, or more"
        ),
    ],
)
def test_a_sum_is_cited_to_what_prints_it_or_its_parts(
    said: list[str], then: list[str], now: list[str]
) -> None:
    """A document that was out, else those of its parts; none while only later ones print it."""
    entry = commitment("£263m", claims=_claims(*said))
    assert (_cited(entry, BEFORE), _cited(entry, TODAY)) == (then, now)


def test_a_sum_of_years_is_cited_to_what_gives_the_years() -> None:
    """3 x £523m: no document need print the whole, and a later one that does changes nothing."""
    years = {"years": "2026-27..2028-29", "profile": dict.fromkeys(("2026-27", "2027-28"), "£523m")}
    claims = _claims("early: £523m in each year", "late: £1,569m")
    assert _cited(commitment(**years, claims=claims), BEFORE, "1569") == ["early"]


def test_many_sums_are_not_tried_without_end() -> None:
    """Of thirty sums in the words only the first twelve are tried together."""
    said = [f"early: £{2**place} here" for place in range(30)]
    entry = commitment("£7", claims=_claims(*said))
    assert _cited(entry, TODAY, "0.000007") == ["early"] * 3
    assert len(_cited(commitment("£1", claims=_claims(*said)), TODAY, "805.306368")) == 30


def test_answers_say_that_only_later_documents_print_a_sum() -> None:
    """The row of totals has no source and says why, and show gives no line that misleads."""
    entry = commitment(
        "£263m", announced="2024-11-28", claims=_claims("early: £250m", "late: £263m")
    )
    dataset = record({"grant": entry}, sources=SOURCES)
    (row,) = totals(ask(dataset, BEFORE)).rows
    assert (row.where, row.sources, row.remark) == (None, (), "no document dated by then prints it")
    said = show(Known(dataset, BEFORE), "grant").sentences[-1]
    assert said == "To cite: no document dated by then prints £263m."
    said = show(Known(dataset, TODAY), "grant").sentences[-1]
    assert said.startswith('To cite: £263m: "£263m", DfE')
