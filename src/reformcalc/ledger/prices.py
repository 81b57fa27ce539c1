"""What the cash of one financial year is worth in the prices of another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reformcalc.errors import Refused

if TYPE_CHECKING:
    from decimal import Decimal

    from reformcalc.ledger.known import Known
    from reformcalc.record.model import Deflators
    from reformcalc.values.years import FinancialYear


@dataclass(frozen=True, slots=True)
class Prices:
    """The prices of one financial year, by one release of a price index."""

    year: FinancialYear
    release: Deflators

    @classmethod
    def of(cls, record: Known, year: FinancialYear) -> Prices:
        """Return the prices of a year by the record's newest release.

        Raises Refused where the record has no release, or the release no such year.
        """
        if not record.deflators:
            raise Refused("the dataset has no deflators", "add a release of a price index to it")
        newest = max(record.deflators.values(), key=lambda one: (one.forecast_from, one.accessed))
        prices = cls(year, newest)
        prices.factor(year)
        return prices

    @property
    def described(self) -> str:
        """Name the release, who published it, and from when on it is a forecast."""
        release = self.release
        return f"{release.release}, {release.publisher}, a forecast from {release.forecast_from}"

    def factor(self, year: FinancialYear) -> Decimal:
        """Return what £1 of a year's cash is in these prices. Nothing is extrapolated."""
        index = self.release.index
        if year not in index:
            raise Refused(
                f"{self.release.release} has no index for {year}: it runs from {min(index)} to "
                f"{max(index)}",
                "ask for a year in it, or read a longer release with --deflators",
            )
        return index[self.year] / index[year]
