"""Findings as SARIF 2.1.0, which code scanning and editors read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from reformcalc import __version__
from reformcalc.render.json import json_text
from reformcalc.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from reformcalc.findings import Located

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(found: Sequence[Located], message: Callable[[Located], str]) -> str:
    """Return a log of one run; `message` is what is said of a finding, fit to print."""
    broken = sorted({one.finding.rule for one in found})
    driver = {
        "name": "reformcalc",
        "version": __version__,
        "rules": [_rule(id_) for id_ in broken],
    }
    results = [
        {
            "ruleId": one.finding.rule,
            "ruleIndex": broken.index(one.finding.rule),
            "level": one.finding.severity.value,
            "message": {"text": message(one)},
            "locations": [{"physicalLocation": _place(one)}],
        }
        for one in found
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(id_: str) -> dict[str, Any]:
    rule = RULES[id_]
    holds, _, more = rule.explanation.partition("\n\n")
    described = {
        "id": id_,
        "shortDescription": {"text": " ".join(holds.split())},
        "defaultConfiguration": {"level": rule.severity.value},
    }
    return {**described, "help": {"text": " ".join(more.split())}} if more else described


def _place(one: Located) -> dict[str, Any]:
    at = one.position
    return {
        "artifactLocation": {"uri": _address(one.path)},
        "region": {
            "startLine": at.line,
            "startColumn": at.column,
            "endColumn": at.column + max(1, at.width),
        },
    }


def _address(path: Path) -> str:
    """Return where a file is: from the folder one is in, or the whole way where it is given so."""
    if path.is_absolute():
        return path.as_uri()
    # A colon in the first part would be read as the end of a scheme.
    return quote(path.as_posix(), safe="/", errors="surrogateescape")
