"""What a rule is, and how one is made from a function that yields what breaks it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from reformcalc.findings import Finding, Route, Severity
from reformcalc.record.model import Dataset
from reformcalc.record.references import ENTRY_KINDS


class Violation(NamedTuple):
    """A place where a rule is broken, and what is said of it: the rule makes a `Finding` of it.

    `message` says what is written, what must hold and how to put it right; the others are as in
    `Finding`. `severity` is for one that matters otherwise than the rule says.
    """

    route: Route
    message: str
    on_key: bool = False
    severity: Severity | None = None
    also: tuple[Route, ...] = ()
    there: str = ""


# How to put right what was not looked for.
LOOKED = "write looked: {on: DAY, reaches: DAY, searched: where you looked, for what}"
REACHES = "write reaches: DAY, the newest day that the pages which were read can tell of"

Check = Callable[[Dataset], Iterator[Violation]]


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that must hold.

    `explanation` begins with a sentence that says what; the rest says why, and how to put it
    right. `severity` is that of its findings. `check` is None for a rule that reading itself
    enforces. `on` are the sections whose entries it looks at. An entry may break an `excusable`
    one for a reason that it records: every query must survive that.

    Raises ValueError for an excusable one that nothing could be excused from: no entry is left to
    record it where reading enforces the rule, and only what adds up or falls due records any.
    """

    id: str
    explanation: str
    check: Check | None = None
    severity: Severity = Severity.ERROR
    excusable: bool = False
    on: tuple[str, ...] = ENTRY_KINDS

    def __post_init__(self) -> None:
        if self.excusable and self.check is None:
            raise ValueError(f'"{self.id}" is enforced by reading, and can allow no exception')
        for section in self.on:
            if self.excusable and section not in ENTRY_KINDS:
                raise ValueError(f'"{self.id}" is on {section}, which record no exceptions')

    def findings(self, dataset: Dataset) -> Iterator[Finding]:
        """Yield what breaks the rule; nothing if reading has seen to it."""
        for one in self.check(dataset) if self.check else ():
            assert one.route[0] in self.on, f'"{self.id}" does not say that it is on {one.route[0]}'
            yield Finding(
                self.id,
                one.message,
                one.route,
                one.severity or self.severity,
                on_key=one.on_key,
                also=one.also,
                there=one.there,
            )


def rule(
    id_: str,
    severity: Severity = Severity.ERROR,
    *,
    excusable: bool = False,
    on: tuple[str, ...] = ENTRY_KINDS,
) -> Callable[[Check], Rule]:
    """Make a rule of a function that yields what breaks it; its docstring is the explanation."""

    def make(check: Check) -> Rule:
        return Rule(id_, inspect.getdoc(check) or "", check, severity, excusable, on)

    return make
