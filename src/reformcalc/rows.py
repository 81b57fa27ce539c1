"""Rows as plain values, under the names that JSON, CSV and exports share.

A field that holds money becomes whole pounds under keys ending `_gbp`; None means unknown or no
bound. Days stay days, and what is listed is a list.
"""

from __future__ import annotations

import re
from dataclasses import Field, fields
from decimal import Decimal
from enum import Enum
from typing import Any

from reformcalc.money import Sum, round_pounds

# Marks a field of a row that plain values leave out: people read what other fields say, or what
# another answer holds (--explain).
FOR_PEOPLE = {"for_people": True}
# Marks money that plain values leave empty where another field says in words why there is none.
UNLESS = "unless"


def flat(row: Any) -> dict[str, Any]:
    """Return a row as plain values, money as whole pounds."""
    result: dict[str, Any] = {}
    for one in fields(row):
        keys, value = _keys(one), getattr(row, one.name)
        if getattr(row, one.metadata.get(UNLESS, ""), None):
            result |= dict.fromkeys(keys)
        elif isinstance(value, Sum) and keys:
            result |= zip(keys, _money(value), strict=True)
        else:
            result |= dict.fromkeys(keys, _plain(value))
    return result


def names(row_type: Any) -> list[str]:
    """Return the keys that a type of row has, in order."""
    return [key for one in fields(row_type) for key in _keys(one)]


def _keys(one: Field[Any]) -> list[str]:
    if one.metadata.get("for_people"):
        return []
    if not re.search(r"\bSum\b", str(one.type)):
        return [one.name]
    prefix = "" if one.name == "amount" else f"{one.name}_"
    return [f"{one.name}_gbp", f"{prefix}low_gbp", f"{prefix}high_gbp", f"{prefix}qualifier"]


def _money(value: Sum) -> list[Any]:
    high = None if value.high is None else round_pounds(value.high)
    return [round_pounds(value.stated), round_pounds(value.low), high, value.qualifier.value]


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple) else value
