"""The words of the program and the record, each with what it means, defined once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Glossary:
    """What each word means, and what goes for all dates.

    `typed` is what those who have the program, or write a record, are told of some of them besides.
    """

    means: Mapping[str, str]
    typed: Mapping[str, str]
    after: str

    @cached_property
    def words(self) -> Mapping[str, str]:
        """All that is told of each word."""
        return {
            word: "; ".join(filter(None, (meaning, self.typed.get(word))))
            for word, meaning in self.means.items()
        }


@cache
def glossary() -> Glossary:
    """Return the glossary, which ships beside this module."""
    file = Path(__file__).with_name("glossary.toml")
    return Glossary(**tomllib.loads(file.read_text(encoding="utf-8")))
