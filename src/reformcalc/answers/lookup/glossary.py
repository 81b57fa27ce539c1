"""The words of the program and the record, each with what it means, defined once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Glossary:
    """What each word means, and what goes for all dates."""

    words: Mapping[str, str]
    after: str


@cache
def glossary() -> Glossary:
    """Return the glossary, which ships beside this module."""
    file = Path(__file__).with_name("glossary.toml")
    return Glossary(**tomllib.loads(file.read_text(encoding="utf-8")))
