"""The format of a dataset as a JSON Schema, with descriptions and examples.

For editors: they complete and explain fields, and mark slips of form as one writes. What must hold
beyond form is for `reformcalc validate`.
"""

from __future__ import annotations

from typing import Any

from reformcalc.record.model import Dataset


def schema() -> dict[str, Any]:
    """Return the schema of one file of a dataset: a file need not hold every section."""
    result: dict[str, Any] = _short(Dataset.model_json_schema(by_alias=True, mode="validation"))
    result.pop("required", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **result,
        "title": "A file of a reformcalc dataset",
    }


def _short(value: Any) -> Any:
    """Write a choice of simple types in one line, and leave out titles that repeat field names."""
    if isinstance(value, list):
        return [_short(one) for one in value]
    if not isinstance(value, dict):
        return value
    short = {
        name: _short(one)
        for name, one in value.items()
        if not (name == "title" and isinstance(one, str))
    }
    kinds = [one.get("type") for one in short.get("anyOf", ()) if list(one) == ["type"]]
    if kinds and len(kinds) == len(short["anyOf"]):
        del short["anyOf"]
        short["type"] = kinds
    return short
