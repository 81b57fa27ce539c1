"""What keeps the house as it is planned (docs/design.md), beside the import contracts."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import tomllib
from typing import TYPE_CHECKING

import pytest

from reformcalc import answers
from tests.conftest import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

MODULES = sorted(
    one.name for one in pkgutil.walk_packages(answers.__path__, f"{answers.__name__}.")
)


def _functions(home: object, module: str) -> Iterator[object]:
    for one in vars(home).values():
        if getattr(one, "__module__", "") == module:
            if inspect.isfunction(one):
                yield one
            elif inspect.isclass(one):
                yield from _functions(one, module)


@pytest.mark.parametrize("module", MODULES)
def test_an_answer_takes_the_record_of_a_day(module: str) -> None:
    """No function takes a dataset and a day: who filters by hand can forget a kind of entry."""
    for one in _functions(importlib.import_module(module), module):
        said = [str(kind) for kind in inspect.get_annotations(one).values()]  # type: ignore[arg-type]
        datasets = any(re.search(r"\bDataset\b", kind) for kind in said)
        days = any(re.search(r"\bdate\b", kind) for kind in said)
        assert not (datasets and days), one


def test_the_layers_are_few() -> None:
    """Nine layers say the order of the whole tree, and answers have five parameters at most."""
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    layers, *_ = settings["importlinter"]["contracts"]
    assert len(layers["layers"]) <= 9
    assert layers["exhaustive"]
    excused = settings["ruff"]["lint"]["per-file-ignores"]
    assert not [path for path in excused if "answers" in path or "ledger" in path]
