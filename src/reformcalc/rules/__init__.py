"""What must hold in a dataset beyond the shape of its fields.

To add a rule: write it in the module of its subject, name it in that module's RULES, and put a
bad and a good file under tests/rules/<rule-id>/. The bad ones say themselves what is found in them:
tests/rules/gallery.py tells how.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reformcalc.errors import did_you_mean
from reformcalc.findings import Finding
from reformcalc.record.references import ENTRY_KINDS
from reformcalc.rules import (
    areas,
    claims,
    dates,
    envelopes,
    money,
    names,
    natures,
    reading,
    recommendations,
    rounds,
    structure,
)
from reformcalc.rules.registry import Rule

if TYPE_CHECKING:
    from collections.abc import Collection

    from reformcalc.record.model import Dataset

# These walk from envelope to envelope: they are run once no circle is left.
_STRAIGHT = (
    structure.acyclic_links,
    *money.RULES,
    *envelopes.RULES,
    *dates.RULES,
    *rounds.RULES,
    *natures.RULES,
    *recommendations.RULES,
    *claims.RULES,
    *names.RULES,
    *areas.RULES,
)
_EXCUSABLE = sorted(rule.id for rule in (*structure.RULES, *_STRAIGHT) if rule.excusable)
_EXCEPTIONS = Rule(
    "exception-needed",
    "An exception is recorded only for a rule that allows it, and while it is needed.\n\n"
    "`exceptions` names a rule that an entry may break, with the reason. Once the entry no longer "
    "breaks it, or the rule does not exist, the line misleads: remove it. The answers rest on most "
    f"rules, so these alone allow exceptions: {', '.join(_EXCUSABLE)}.",
)
_ALL = (*reading.RULES, *structure.RULES, *_STRAIGHT, _EXCEPTIONS)
RULES: dict[str, Rule] = {rule.id: rule for rule in sorted(_ALL, key=lambda rule: rule.id)}


def graded(finding: Finding) -> Finding:
    """Return a finding of reading with the severity that its rule has."""
    severity = RULES[finding.rule].severity
    return finding if finding.severity is severity else replace(finding, severity=severity)


def check(dataset: Dataset, *, whole: bool = True) -> list[Finding]:
    """Return all that is wrong in a dataset, with recorded exceptions taken out.

    Its references resolve: `shape` sees to that. Where it had to leave entries out, `whole` is
    false, and exceptions that seem not to be needed are not reported.
    """
    findings = [one for rule in structure.RULES for one in rule.findings(dataset)]
    circular = {one.route[1] for one in findings if one.rule == structure.acyclic_envelopes.id}
    straight = _straightened(dataset, circular) if circular else dataset
    findings += [one for rule in _STRAIGHT for one in rule.findings(straight)]
    return _without_exceptions(dataset, findings, complete=whole and not circular)


def _straightened(dataset: Dataset, circular: Collection[str | int]) -> Dataset:
    """Take the links that close a circle out."""
    commitments = {
        id_: entry.model_copy(update={"part_of": ()}) if id_ in circular else entry
        for id_, entry in dataset.commitments.items()
    }
    return dataset.model_copy(update={"commitments": commitments})


def _without_exceptions(
    dataset: Dataset, findings: list[Finding], *, complete: bool
) -> list[Finding]:
    """Drop the findings that an entry's `exceptions` allow; report exceptions that allow none."""
    recorded = {
        (kind, id_, rule_id)
        for kind in ENTRY_KINDS
        for id_, entry in getattr(dataset, kind).items()
        for rule_id in entry.exceptions
    }
    allowed = {place for place in recorded if _is_excusable(place[2])}
    used = {(*finding.route[:2], finding.rule) for finding in findings}
    kept = [one for one in findings if (*one.route[:2], one.rule) not in allowed]
    idle = recorded - (used & allowed if complete else allowed)
    return kept + [_idle(*place) for place in sorted(idle)]


def _is_excusable(rule_id: str) -> bool:
    return rule_id in RULES and RULES[rule_id].excusable


def _idle(kind: str, id_: str, rule_id: str) -> Finding:
    """Say why an exception that is recorded allows nothing."""
    if _is_excusable(rule_id):
        message = f'this entry does not break "{rule_id}"; remove the exception'
    elif rule_id in RULES:
        message = f'"{rule_id}" allows no exception; remove it, and mend what breaks the rule'
    else:
        message = f'there is no rule "{rule_id}"{did_you_mean(rule_id, RULES)}'
    route = (kind, id_, "exceptions", rule_id)
    return Finding(_EXCEPTIONS.id, message, route, on_key=True)
