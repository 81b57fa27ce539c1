"""Small datasets for tests, written as plain values and read by the model like any file."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from reformcalc import load
from reformcalc.answers.chosen import Chosen
from reformcalc.answers.comparison.comparison import Comparison
from reformcalc.answers.deadlines.dates import Dates
from reformcalc.answers.question import Question
from reformcalc.ledger.known import Known
from reformcalc.ledger.measure import Measure
from reformcalc.ledger.settling import build
from reformcalc.record.model import Dataset, Deflators

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from reformcalc.ledger.ledger import Ledger
    from reformcalc.ledger.measure import NewMoney
    from reformcalc.values.years import FinancialYear

JUNE_2023 = date(2023, 6, 20)
TODAY = date(2026, 11, 21)  # no test reads the clock
MILLION = 1_000_000

_ABOUT = {
    "title": "A test record",
    "subject": "nothing real",
    "publisher": "Tests",
    "version": "1",
    "licence": "none",
    "reviewed": "2026-11-21",
}


@cache
def _bundled() -> Dataset:
    return load().valid()


@cache
def _bundled_on(day: date) -> Known:
    return Known(_bundled(), day)


def known(dataset: Dataset, as_of: date) -> Known:
    """Return a record as known on a day: of the bundled one, worked out once for each day."""
    return _bundled_on(as_of) if dataset is _bundled() else Known(dataset, as_of)


def ask(
    dataset: Dataset,
    as_of: date,
    *,
    chosen: Chosen | None = None,
    new: NewMoney | None = None,
    prices: FinancialYear | None = None,
) -> Question:
    """Ask of the money of a day: all that was promised, in cash, where no more is said."""
    then = known(dataset, as_of)
    return Question(then, chosen or Chosen(), Measure.asked(then, new, prices))


def dates_of(dataset: Dataset, as_of: date, **asked: Any) -> Dates:
    """Ask of the dates of a day: all that concerns more than one council, unless more is said."""
    return Dates(known(dataset, as_of), **asked)


def comparing(
    dataset: Dataset,
    as_of: date,
    benchmark_id: str | None = None,
    *,
    chosen: Chosen | None = None,
    year_one: FinancialYear | None = None,
    prices: FinancialYear | None = None,
) -> Comparison:
    """Set the money of a day against what was asked for: by the record's own benchmark."""
    then = known(dataset, as_of)
    measure = Measure.asked(then, prices=prices)
    return Comparison(
        then, chosen or Chosen(), measure, benchmark_id=benchmark_id, year_one=year_one
    )


def commitment(amount: Any = None, **fields: Any) -> dict[str, Any]:
    """Write one commitment: what the model needs is filled in where the test does not say."""
    entry: dict[str, Any] = {
        "title": "A promise",
        "lead": "dfe",
        "pillar": "families",
        "announced": "2023-02-02",
        "claims": [{"source": "paper", "at": "page 1", "says": "a promise"}],
        **fields,
    }
    if amount is not None:
        entry["amount"] = amount
    return {name: value for name, value in entry.items() if value is not None}


def labelled(commitments: Mapping[str, Any]) -> dict[str, Any]:
    """Give each commitment its id as its label, to be told by in sentences."""
    return {
        id_: {**(commitment(one) if isinstance(one, str) else one), "label": id_}
        for id_, one in commitments.items()
    }


def record(commitments: Mapping[str, Any], **sections: Any) -> Dataset:
    """Read a record of commitments: an amount as text, or the fields of a commitment."""
    entries = {
        id_: commitment(one) if isinstance(one, str) else one for id_, one in commitments.items()
    }
    return Dataset.model_validate(
        {
            "about": _ABOUT,
            "bodies": {"dfe": {"title": "Department for Education"}},
            "pillars": {"families": {"title": "Families"}},
            "sources": {
                "paper": {"title": "A paper", "publisher": "DfE", "published": "2023-02-02"}
            },
            **sections,
            "commitments": entries,
        }
    )


def asked_of(asked: str, *promises: Any, **fields: Any) -> Dataset:
    """Make a record of some promises ("promise-0" and on) and a benchmark, "ask"."""
    claims = [{"source": "paper", "at": "page 1", "says": "an ask"}]
    ask = {"title": "An ask", "by": "dfe", "announced": "2023-02-02", "claims": claims}
    return record(
        {f"promise-{place}": promise for place, promise in enumerate(promises)},
        benchmarks={"ask": {**ask, "amount": asked, **fields}},
        pillars={id_: {"title": id_.capitalize()} for id_ in ("families", "help")},
        topics={id_: {"title": id_.capitalize()} for id_ in ("boats", "lamps", "nets")},
    )


def ledger(commitments: Mapping[str, Any], as_of: date = TODAY, **sections: Any) -> Ledger:
    """Set up the ledger of a record as known on a day."""
    return build(record(commitments, **sections), as_of)


def deflators(index: Mapping[FinancialYear, Decimal]) -> Deflators:
    """Make a release of a price index."""
    return Deflators.model_validate(
        {
            "release": "A release",
            "publisher": "Tests",
            "url": "https://example.org",
            "accessed": "2026-11-21",
            "licence": "none",
            "base": "2023-24",
            "forecast_from": "2026-27",
            "index": {str(year): str(value) for year, value in index.items()},
        }
    )
