"""Records that are huge: each ends with its findings, within a stated time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Result

MILLION = 1_000_000
CLAIM = "claims: [{source: s, at: page, says: x}]"


def _lost(entries: int) -> str:
    """Write entries whose references all lead nowhere."""
    lines = (f"  a-{n}: {{title: T, pillar: p-{n}, lead: l-{n}, {CLAIM}}}" for n in range(entries))
    return "\n".join(["commitments:", *lines])


SIZES = {
    "a line of 50 MB": ("about: " + "x" * 50 * MILLION, "field-shape", 10),
    "a title of 50 MB": ("about:\n  title: " + "x" * 50 * MILLION, "missing-field", 10),
    "a comment of 50 MB": ("#" * 50 * MILLION, "not-empty", 10),
    "a million empty lines": ("\n" * MILLION, "not-empty", 10),
    "a million brackets": ("[" * MILLION, "nesting-depth", 5),
    "a million levels of mappings": ("{a: " * MILLION, "nesting-depth", 5),
    "a hundred thousand times one key": ("a: b\n" * 100_000, "duplicate-key", 60),
    "ten thousand entries that lead nowhere": (_lost(10_000), "unknown-reference", 60),
}


@pytest.mark.parametrize("name", SIZES)
def test_size_alone_breaks_nothing(name: str, run: Callable[..., Result], tmp_path: Path) -> None:
    """A huge record has its findings within a stated number of seconds of work."""
    content, rule, seconds = SIZES[name]
    path = tmp_path / "huge.yaml"
    path.write_text(content, encoding="utf-8")
    began = time.process_time()
    result = run("validate", path)
    assert time.process_time() - began < seconds
    assert result.code == 1
    assert f"error[{rule}]" in result.out
