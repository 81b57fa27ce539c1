"""What is said of the entries of each section of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc.answers.entry_words import WORDS
from reformcalc.record.model import Dataset

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Result


def test_every_section_has_words(run: Callable[..., Result]) -> None:
    """No section of the record is left without a row, nor out of what `list --help` offers."""
    assert set(WORDS) == set(Dataset.KINDS)
    offered = " ".join(run("list", "--help").out.split())
    assert f"{', '.join(Dataset.KINDS[:-1])} or {Dataset.KINDS[-1]};" in offered
