"""The format of a dataset as a JSON Schema, with descriptions, patterns and examples.

For editors: they complete and explain fields, and mark slips of form as one writes. What must hold
beyond form, such as that an id is defined, is for `reformcalc validate`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema

from reformcalc.record.forms import FORMS
from reformcalc.record.model import Dataset

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import core_schema

# A name and no address: the program prints the schema, and an editor is given the file.
IDENTIFIER = "urn:reformcalc:record"


def schema() -> dict[str, Any]:
    """Return the schema of one file of a dataset: a file need not hold every section."""
    made: dict[str, Any] = Dataset.model_json_schema(schema_generator=_ForEditors)
    made.pop("required")
    parts = made.pop("$defs")
    for name, part in parts.items():
        part["title"] = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()
        if name in _WHOLE:
            part["defaultSnippets"] = [_whole(name)]
    for section in made["properties"].values():
        part = section if "$ref" in section else section["additionalProperties"]
        section["description"] = parts[part["$ref"].rpartition("/")[2]]["description"]
    made["title"] = "A file of a reformcalc dataset"
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": IDENTIFIER,
        **_shared(made),
        "$defs": {**_shared(parts), **FORMS},
    }


# What an editor writes in at once: the fields that rules ask for, beside those of form.
_CLAIMS = [{"source": "", "at": "", "says": ""}]
_WHOLE: Mapping[str, Mapping[str, Any]] = {
    "Commitment": {
        "title": "", "amount": "", "announced": "", "lead": "", "pillar": "", "topics": "",
        "years": "", "claims": _CLAIMS,
    },
    "Benchmark": {
        "title": "", "amount": "", "asks_for": "", "announced": "", "by": "", "claims": _CLAIMS,
    },
    "FigureEntry": {
        "title": "", "kind": "", "value": "", "unit": "", "by": "", "announced": "",
        "claims": _CLAIMS,
    },
    "Milestone": {
        "title": "", "promised": "", "due": "", "lead": "", "pillar": "", "topics": "",
        "claims": _CLAIMS, "looked": {"on": "", "reaches": "", "searched": ""},
    },
    "Recommendation": {
        "title": "", "by": "", "made": "", "to": "", "chapter": "", "pillar": "",
        "claims": _CLAIMS, "responses": [{"on": "", "is": "", "claims": _CLAIMS}],
    },
    "Response": {"on": "", "is": "", "claims": _CLAIMS},
    "Search": {"on": "", "reaches": "", "searched": ""},
    "Source": {
        "title": "", "publisher": "", "kind": "", "published": "", "url": "", "accessed": "",
    },
    "Body": {"title": "", "short": "", "kind": "", "member_of": ""},
    "Move": {"to": "", "on": "", "claims": _CLAIMS},
    "Allocation": {"bodies": "", "is": "", "amount": "", "years": "", "claims": _CLAIMS},
    "About": {
        "title": "", "subject": "", "scope": "", "publisher": "", "version": "", "licence": "",
        "reviewed": "",
    },
}  # fmt: skip


def _whole(name: str) -> dict[str, Any]:
    """Return what an editor offers to write of a part: its fields, with a place to go to in each.

    JSON Schema does not know of it; the servers that editors have for YAML do.
    """
    places = count(1)

    def placed(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {field: placed(held) for field, held in value.items()}
        return [*map(placed, value)] if isinstance(value, list) else f"${next(places)}"

    label = "figure" if name == "FigureEntry" else name.lower()
    return {
        "label": f"a whole {label}",
        "description": "with what rules ask for beside the fields that are needed",
        "body": placed(_WHOLE[name]),
    }


class _ForEditors(GenerateJsonSchema):
    """Says what may be written: nothing stands for no value, and a name is its own title."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002  pydantic asks
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Leave out what a field is when it is left out: editors would write it in."""
        return self.generate_inner(schema["schema"])

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        made = super().dict_schema(schema)
        return {**made, "propertyNames": self.generate_inner(schema["keys_schema"])}


def _shared(value: Any) -> Any:
    """Name each form where it stands, and say of each way to write a field what it is."""
    if isinstance(value, list):
        return [_shared(one) for one in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("form"), str):
        form = f"#/$defs/{value['form']}"
        return {**{name: one for name, one in value.items() if name != "form"}, "$ref": form}
    if value.get("type") == "object" and "minLength" in value:  # as pydantic words it
        value = {**value, "minProperties": value["minLength"]}
        del value["minLength"]
    ways = value.get("anyOf") or value.get("oneOf")
    if isinstance(ways, list):
        rest = {name: _shared(one) for name, one in value.items() if name not in ("anyOf", "oneOf")}
        return {**rest, "anyOf": [_titled(_shared(one)) for one in _flat(ways)]}
    return {name: _shared(one) for name, one in value.items()}


def _flat(ways: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the ways to write a field, those of each way beside the others."""
    return [inner for one in ways for inner in one.get("anyOf", (one,))]


def _titled(way: dict[str, Any]) -> dict[str, Any]:
    """Say what a way to write a field is, where it is neither a form nor a part with a title."""
    if "enum" in way:
        return {"title": "a word", **way}
    return {"title": _TITLES[way["type"]], **way} if "type" in way else way


_TITLES = {"array": "a list", "object": "an amount for each year"}
