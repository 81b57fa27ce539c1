"""What a rule is, and how one is made from a function."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reformcalc.findings import Finding, Severity
from reformcalc.model import Dataset

Check = Callable[[Dataset], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that must hold.

    `explanation` begins with a sentence that says what; the rest says why, and how to put it
    right. `check` is None for a rule that reading itself enforces. An entry may break an
    `excusable` one for a reason that it records: every query must survive that.

    Raises ValueError for an excusable one that reading enforces: no entry is left to record it.
    """

    id: str
    explanation: str
    check: Check | None = None
    severity: Severity = Severity.ERROR
    excusable: bool = False

    def __post_init__(self) -> None:
        if self.excusable and self.check is None:
            raise ValueError(f'"{self.id}" is enforced by reading, and can allow no exception')


def rule(
    id_: str, severity: Severity = Severity.ERROR, *, excusable: bool = False
) -> Callable[[Check], Rule]:
    """Make a rule of a function that yields findings; its docstring is the explanation."""

    def make(check: Check) -> Rule:
        return Rule(id_, inspect.getdoc(check) or "", check, severity, excusable)

    return make
