"""Reading files: what cannot be opened, and references that are no text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reformcalc import load
from reformcalc.errors import DatasetUnreadable
from reformcalc.references import dangling, unknown

if TYPE_CHECKING:
    from reformcalc.source import Plain


@pytest.mark.parametrize("method", ["open", "iterdir"])
def test_what_may_not_be_opened_is_named(
    method: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file or folder that the system refuses is named with the system's own reason."""
    path = tmp_path / "locked.yaml"
    path.write_text("about: {}", encoding="utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, method, refuse)
    with pytest.raises(DatasetUnreadable, match=r"cannot be read \(Permission denied\)"):
        load(path if method == "open" else tmp_path)


def test_a_list_inside_a_list_names_nothing() -> None:
    """Where an id should stand and a list does, no reference is made of it."""
    plain: dict[str, Plain] = {"commitments": {"a": {"lead": [["x"], "y"], "pillar": {"z": "z"}}}}
    assert [one.name for one in dangling(plain)] == ["y"]


def test_the_nearest_id_is_looked_for_only_while_that_is_quick() -> None:
    """A thousand dangling references to a thousand topics do not take a thousand times as long."""
    topics: dict[str, Plain] = {f"topic-{n}": {} for n in range(1_000)}
    lost: dict[str, Plain] = {f"a-{n}": {"topics": [f"topik-{n}"]} for n in range(1_000)}
    messages = [one.message for one in unknown({"topics": topics, "commitments": lost})]
    assert len(messages) == 1_000
    assert 'did you mean "topic-0"?' in messages[0]
    assert messages[-1].endswith("; define it under topics, or correct it")


@pytest.mark.parametrize("name", ["notes.txt", "notes.yaml"])
def test_a_neighbour_that_cannot_be_read_is_passed_over(name: str, tmp_path: Path) -> None:
    """What is wrong in the file asked for is said, whatever else is in its folder, or nothing."""
    path = tmp_path / name
    path.write_text("bodies: {}\n", encoding="utf-8")
    if path.suffix == ".yaml":
        (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    assert [one.finding.rule for one in load(path).findings] == ["missing-field"]
