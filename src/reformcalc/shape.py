"""Plain values to a Dataset; what pydantic refuses becomes findings in our words.

An entry that cannot be read is reported and left out, so that the rules can still look at the
rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel, ValidationError

from reformcalc.errors import did_you_mean
from reformcalc.findings import Finding
from reformcalc.model import Dataset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

    from reformcalc.findings import Route
    from reformcalc.source import Plain


@dataclass(frozen=True, slots=True)
class Shaped:
    """What could be read: the dataset (None without its `about`), and what was left out."""

    dataset: Dataset | None
    findings: tuple[Finding, ...]
    unreadable: frozenset[tuple[str, str]]


def shape(plain: Mapping[str, Plain]) -> Shaped:
    """Read plain values as a dataset. Never raises."""
    try:
        return Shaped(Dataset.model_validate(plain), (), frozenset())
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
    findings = tuple(_finding(one) for one in details)
    unreadable = frozenset(
        (str(one["loc"][0]), str(one["loc"][1])) for one in details if len(one["loc"]) > 1
    )
    return Shaped(_remainder(plain, details, unreadable), findings, unreadable)


def _remainder(
    plain: Mapping[str, Plain],
    details: list[ErrorDetails],
    unreadable: frozenset[tuple[str, str]],
) -> Dataset | None:
    """Read again without the sections and entries that were refused."""
    refused = {str(one["loc"][0]) for one in details if len(one["loc"]) == 1}
    if "about" in refused | {section for section, _ in unreadable}:
        return None
    kept: dict[str, Any] = {}
    for section, entries in plain.items():
        if section in refused or not isinstance(entries, dict):
            continue
        kept[section] = {id_: one for id_, one in entries.items() if (section, id_) not in unreadable}
    return Dataset.model_validate(kept)


def _finding(error: ErrorDetails) -> Finding:
    on_key = "[key]" in error["loc"]
    route: Route = tuple(step for step in error["loc"] if step != "[key]")
    match error["type"]:
        case "extra_forbidden":
            what = "section" if len(route) == 1 else "field"
            hint = did_you_mean(str(route[-1]), _fields_at(route[:-1]))
            message = f'"{route[-1]}" is not a {what} here{hint}'
            return Finding("unknown-field", message, route, on_key=True)
        case "missing":
            message = f'"{route[-1]}" is missing; write it'
            return Finding("missing-field", message, route[:-1], on_key=True)
        case "too_short" if route[-1] == "claims":
            message = "no claim is given; write at least one: its source, the place, the words"
            return Finding("claims-given", message, route, on_key=True)
        case "too_short":
            return Finding("field-shape", "nothing is written here; write at least one", route)
        case "tuple_type" | "list_type":
            return Finding("field-shape", "a list is expected here", route)
        case "dict_type" | "model_type" | "model_attributes_type":
            return Finding("field-shape", "a mapping of fields is expected here", route)
        case rule:
            return Finding(rule, error["msg"], route, on_key=on_key)


def _fields_at(route: Route) -> list[str]:
    """Return the names that the format has at a place, for a hint."""
    model: type[BaseModel] = Dataset
    for step in route:
        for name, field in model.model_fields.items():
            if step in (name, field.alias):
                model = _model_in(field.annotation) or model
                break
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the first model that a type holds, however wrapped."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for one in get_args(annotation) if (found := _model_in(one))), None)
