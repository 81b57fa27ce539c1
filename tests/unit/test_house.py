"""What keeps the house as it is planned (docs/design.md), beside the import contracts."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

from reformcalc import answers
from tests.conftest import PROJECT

ANSWERS = Path(answers.__file__).parent
MODULES = sorted(str(path.relative_to(ANSWERS)) for path in ANSWERS.rglob("*.py"))

# What-if questions change the record itself, whatever the day.
TAKES_A_DATASET = {"comparison/links.py"}


@pytest.mark.parametrize("module", MODULES)
def test_an_answer_takes_the_record_of_a_day(module: str) -> None:
    """No answer has a dataset, under whatever name: who filters by day can forget a kind of entry.

    Of `Dataset` they only ask what sections there are, as of `Dataset.KINDS`.
    """
    tree = ast.parse((ANSWERS / module).read_text(encoding="utf-8"))
    asked = {one.value for one in ast.walk(tree) if isinstance(one, ast.Attribute)}
    held = [
        one.lineno
        for one in ast.walk(tree)
        if isinstance(one, ast.Name) and one.id == "Dataset" and one not in asked
    ]
    assert bool(held) == (module in TAKES_A_DATASET), held


def test_every_module_of_answers_is_shared_or_knows_families() -> None:
    """A module that is in no family is named by the contract on one side or the other."""
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    (contract,) = (one for one in settings["importlinter"]["contracts"] if "share" in one["name"])
    named = sorted(contract["source_modules"] + contract["forbidden_modules"])
    every = {Path(module).parts[0].removesuffix(".py") for module in MODULES} - {"__init__"}
    assert named == sorted(f"{answers.__name__}.{one}" for one in every)


def test_the_layers_are_few() -> None:
    """Nine layers say the order of the whole tree, and answers have five parameters at most."""
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    layers, *_ = settings["importlinter"]["contracts"]
    assert len(layers["layers"]) <= 9
    assert layers["exhaustive"]
    excused = settings["ruff"]["lint"]["per-file-ignores"]
    assert not [path for path in excused if "answers" in path or "ledger" in path]
