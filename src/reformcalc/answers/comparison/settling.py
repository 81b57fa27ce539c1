"""What would settle a comparison that is not decided: which unknown, how large, how much of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.values.money import NOUGHT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from reformcalc.values.money import Sum

_NAMED = 3  # of many sums the largest are named in a sentence; the rows of JSON have all


@dataclass(frozen=True, slots=True)
class Unknowns:
    """What no source tells of the promised side of a basis, by commitment, in pounds.

    `open` is how far each counted sum's bounds are apart, None for no bound, and `what` says what
    of it no source tells; `highest` is what the most of the money takes for granted. `doubts` is
    what each sum that does not count could add, a floor at what it states, and `kind` why it may.
    """

    open: Mapping[str, Decimal | None]
    what: str
    highest: str
    doubts: Mapping[str, Decimal]
    kind: str


@dataclass(frozen=True, slots=True)
class Settling:
    """What would settle a basis: the least of an unknown that would decide, in words and pounds."""

    text: str
    short: Decimal
    unknown: Decimal
    unknown_of: tuple[str, ...]
    in_doubt: Decimal
    in_doubt_of: tuple[str, ...]


def by_what_is_open(money: Sum, high: Decimal, asked: Decimal, told: Unknowns) -> Settling:
    """Say how much of what is open would meet the most that is asked for.

    `high` is the most that the money is.
    """
    short, unknown = asked - money.low, high - money.low
    sizes = [size for size in told.open.values() if size is not None]
    # Sums that share what is open, as in one envelope, are each as wide as that: named without it.
    apart = len(sizes) < len(told.open) or sum(sizes, NOUGHT) == unknown
    what = f"the {words.millions(unknown)} {told.what} {_named(told.open, sizes=apart)}"
    enough = short <= unknown
    text = f"{words.millions(short)} of {what} would meet it"
    if not enough:
        text = f"all of {what}, and {words.millions(short - unknown)} more, would meet it"
    doubt = _sum(told.doubts)
    if doubt and doubt >= (short if enough else short - unknown):
        much = "as much of" if enough else "what is missing of"
        text += f", or {much} the {words.millions(doubt)} {told.kind} {_named(told.doubts)}"
    return _settling(text, short, unknown, told)


def by_what_is_in_doubt(money: Sum, high: Decimal, asked: Decimal, told: Unknowns) -> Settling:
    """Say how much of what is in doubt would reach the least that is asked for.

    `high` is the most that the money is without that, which is less.
    """
    short = asked - high
    amount, doubt = words.millions(short), _sum(told.doubts)
    text = (
        f"{amount} short of {words.millions(asked)} {told.highest}, and reached only with {amount} "
        f"of the {words.millions(doubt)} {told.kind} {_named(told.doubts)}"
    )
    return _settling(text, short, high - money.low, told)


def _settling(text: str, short: Decimal, unknown: Decimal, told: Unknowns) -> Settling:
    return Settling(
        text,
        short,
        unknown,
        _largest(told.open),
        _sum(told.doubts),
        _largest(told.doubts),
    )


def _sum(sizes: Mapping[str, Decimal]) -> Decimal:
    return sum(sizes.values(), NOUGHT)


def _largest(sizes: Mapping[str, Decimal | None]) -> tuple[str, ...]:
    """Return ids, those without bound first, then the largest."""

    def place(id_: str) -> tuple[bool, Decimal, str]:
        size = sizes[id_]
        return size is not None, -(size or NOUGHT), id_

    return tuple(sorted(sizes, key=place))


def _named(open_: Mapping[str, Decimal | None], *, sizes: bool = True) -> str:
    """Name the largest of some sums, with what each is if asked for, and count the others."""
    order = _largest(open_)
    shown = order if len(order) <= _NAMED + 1 else order[:_NAMED]
    named = [f"{id_} {_size(open_[id_])}" if sizes else id_ for id_ in shown]
    named += [words.counted(rest, "other")] if (rest := len(order) - len(shown)) else []
    return f"({words.listed(named)})" if named else ""


def _size(size: Decimal | None) -> str:
    return "without bound" if size is None else words.millions(size)
