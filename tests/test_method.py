"""The sums in docs/method.md: the arithmetic of each line, and that the program agrees with it."""

from __future__ import annotations

import ast
import operator
import re
from datetime import date
from decimal import Decimal

import pytest

from reformcalc import compare, load
from reformcalc.values.years import parse_year
from tests.conftest import PROJECT
from tests.unit.builders import comparing

RECORD = load().valid()
PAGE = (PROJECT / "docs" / "method.md").read_text(encoding="utf-8")
_OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def _lines() -> list[tuple[str, str, str, str, str]]:
    """Return day, basis, which figure, sum and result of every line."""
    found = []
    for day, text in re.findall(r"```sums (\S+)\n(.*?)```", PAGE, re.DOTALL):
        for line in text.splitlines():
            name, result = line.split(" = ")
            basis, which, worked = re.findall(r"^(\S+)( low| high)?  +(.*)$", name)[0]
            found.append((day, basis, which.strip() or "stated", worked, result))
    return found


def _worked(node: ast.AST) -> Decimal:
    match node:
        case ast.Expression(body=body):
            return _worked(body)
        case ast.Constant(value=value):
            return Decimal(str(value))
        case ast.BinOp(left=left, op=op, right=right):
            result = _OPERATORS[type(op)](_worked(left), _worked(right))
            assert isinstance(result, Decimal)
            return result
    raise AssertionError(ast.dump(node))


@pytest.mark.parametrize(("day", "basis", "which", "worked", "result"), _lines())
def test_every_sum_is_right(day: str, basis: str, which: str, worked: str, result: str) -> None:
    """The line adds up, and the program answers the same on that day."""
    share = result.endswith("%")
    printed = Decimal(result.rstrip("%"))
    by_hand = _worked(ast.parse(worked, mode="eval")) * (100 if share else 1)
    assert round(by_hand, 1) == printed
    prices = parse_year("2022-23") if "real-terms" in basis else None
    (row,) = compare(comparing(RECORD, date.fromisoformat(day), prices=prices), [basis]).rows
    shares = (row.share_percent, row.share_percent_low, row.share_percent_high)
    sums = (row.committed.stated, row.committed.low, row.committed.high)
    ours = (shares if share else sums)[("stated", "low", "high").index(which)]
    assert ours is not None
    assert round(ours / (1 if share else 10**6), 1) == printed


def test_the_page_works_every_basis_of_june() -> None:
    """Each row of June 2023 that `compare` prints in cash has its line."""
    rows = compare(comparing(RECORD, date(2023, 6, 20))).rows
    worked = {basis for day, basis, *_ in _lines() if day == "2023-06-20"}
    assert {row.basis for row in rows} <= worked
