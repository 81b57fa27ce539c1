"""What must hold in a dataset beyond the shape of its fields.

To add a rule: write it in the module of its subject, name it in that module's RULES, and put a
bad and a good file under tests/rules/<rule-id>/.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reformcalc.errors import did_you_mean
from reformcalc.findings import Finding, Severity
from reformcalc.rules import claims, dates, money, reading, references
from reformcalc.rules.registry import Rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from reformcalc.findings import Route
    from reformcalc.model import Dataset

_EXCEPTIONS = Rule(
    "exception-needed",
    "An exception is recorded only while it is needed.\n\n"
    "`exceptions` names a rule that an entry may break, with the reason. Once the entry no longer "
    "breaks it, or the rule does not exist, the line misleads: remove it.",
)
_ALL = (
    *reading.RULES, *references.RULES, *money.RULES, *dates.RULES, *claims.RULES, _EXCEPTIONS,
)  # fmt: skip
RULES: dict[str, Rule] = {rule.id: rule for rule in sorted(_ALL, key=lambda rule: rule.id)}


def check(dataset: Dataset, unreadable: Collection[tuple[str, str]] = ()) -> list[Finding]:
    """Return all that is wrong in a dataset, with recorded exceptions taken out.

    Entries with a reference that leads nowhere, or in a circle, are reported and left out of what
    follows, so that one slip does not hide the rest. `unreadable` names the entries, as section
    and id, that could not be read: they count as defined.
    """
    lost = {one.route for one in references.dangling(dataset) if (one.section, one.name) in unreadable}
    findings = [one for one in _run(dataset, references.RULES) if one.route not in lost]
    sound = dataset
    broken = {one.route[:2] for one in findings} | {route[:2] for route in lost}
    while broken:
        sound = _without(sound, broken)
        broken = {one.route[:2] for one in references.dangling(sound)}
    findings += _run(sound, (*money.RULES, *dates.RULES, *claims.RULES))
    return _without_exceptions(dataset, findings, complete=sound is dataset and not unreadable)


def _run(dataset: Dataset, rules: tuple[Rule, ...]) -> Iterator[Finding]:
    for one in rules:
        for finding in one.check(dataset) if one.check else ():
            warning = Severity.WARNING in (finding.severity, one.severity)
            severity = Severity.WARNING if warning else Severity.ERROR
            yield replace(finding, rule=one.id, severity=severity)


def _without(dataset: Dataset, broken: Collection[Route]) -> Dataset:
    """Return the dataset less the entries at these routes."""
    kept: dict[str, object] = {
        kind: {id_: one for id_, one in getattr(dataset, kind).items() if (kind, id_) not in broken}
        for kind in {str(route[0]) for route in broken} - {"about"}
    }
    if ("about", "benchmark") in broken:
        kept["about"] = dataset.about.model_copy(update={"benchmark": None})
    return dataset.model_copy(update=kept)


def _without_exceptions(
    dataset: Dataset, findings: list[Finding], *, complete: bool
) -> list[Finding]:
    """Drop the findings that an entry's `exceptions` allow; report exceptions not needed."""
    allowed = {
        (kind, id_, rule_id)
        for kind in references.ENTRY_KINDS
        for id_, entry in getattr(dataset, kind).items()
        for rule_id in entry.exceptions
    }
    used = {(*finding.route[:2], finding.rule) for finding in findings}
    kept = [one for one in findings if (*one.route[:2], one.rule) not in allowed]
    return kept + [_not_needed(*place) for place in sorted(allowed - used) if complete]


def _not_needed(kind: str, id_: str, rule_id: str) -> Finding:
    if rule_id in RULES:
        message = f'this entry does not break "{rule_id}"; remove the exception'
    else:
        message = f'there is no rule "{rule_id}"{did_you_mean(rule_id, RULES)}'
    route = (kind, id_, "exceptions", rule_id)
    return Finding(_EXCEPTIONS.id, message, route, on_key=True)
