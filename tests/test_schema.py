"""The JSON Schema says of a file what the program says of its form."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from reformcalc.reading.files import bundled
from reformcalc.record.schema import schema
from tests.conftest import PROJECT, TINY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Result

VALIDATOR = Draft202012Validator(schema())


def _written(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@pytest.mark.parametrize("path", [*sorted(bundled().glob("*.yaml")), TINY], ids=lambda p: p.name)
def test_the_schema_takes_what_is_right(path: Path) -> None:
    """Files that the program takes have no fault by the schema."""
    assert list(VALIDATOR.iter_errors(_written(path))) == []


@pytest.mark.parametrize(
    ("fault", "where"),
    [
        ({"commitments": {"a": {"titl": "x"}}}, "$.commitments.a"),
        ({"milestones": {"a": {"due": ["spring 2024"]}}}, "$.milestones.a.due"),
        ({"commitments": {"a": {"spending": "revnue"}}}, "$.commitments.a.spending"),
        ({"comitments": {}}, "$"),
    ],
)
def test_the_schema_marks_what_is_wrong(fault: Any, where: str) -> None:
    """Misspelt fields, wrong shapes and words outside a list are faults at their place."""
    assert where in {error.json_path for error in VALIDATOR.iter_errors(fault)}


def test_check_jsonschema_takes_what_is_right_and_finds_what_is_wrong(tmp_path: Path) -> None:
    """The tool of editors and hooks agrees: the schema is one, and a record keeps to it."""

    def check(*arguments: str | Path) -> tuple[int, str]:
        command = [sys.executable, "-m", "check_jsonschema", *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    ours = PROJECT / "docs" / "schema.json"
    assert check("--check-metaschema", ours)[0] == 0
    assert check("--schemafile", ours, TINY)[0] == 0
    broken = tmp_path / "broken.yaml"
    text = TINY.read_text(encoding="utf-8")
    broken.write_text(text.replace("spending_years: 3", "spending_yeers: 3"), encoding="utf-8")
    code, said = check("--schemafile", ours, broken)
    assert code == 1
    assert "spending_yeers" in said


def test_every_field_says_what_it_is() -> None:
    """An editor has a description to show for every field."""
    silent = [
        f"{name}.{field}"
        for name, part in schema()["$defs"].items()
        for field, said in part.get("properties", {}).items()
        if "description" not in said
    ]
    assert silent == []


def test_editors_find_the_schema(run: Callable[..., Result]) -> None:
    """Each shipped file names the schema in its first line, and that is what `schema` prints."""
    printed = json.loads(run("schema").out)
    for path in bundled().glob("*.yaml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        named = bundled() / first.removeprefix("# yaml-language-server: $schema=")
        assert named.resolve() == PROJECT / "docs" / "schema.json"
        assert json.loads(named.read_text(encoding="utf-8")) == printed
