"""Reading files: what cannot be opened, and references that are no text."""

from __future__ import annotations

from pathlib import Path

import pytest

from reformcalc import load
from reformcalc.errors import DatasetUnreadable
from reformcalc.references import dangling


@pytest.mark.parametrize("method", ["read_bytes", "iterdir"])
def test_what_may_not_be_opened_is_named(
    method: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file or folder that the system refuses is named with the system's own reason."""
    path = tmp_path / "locked.yaml"
    path.write_text("about: {}", encoding="utf-8")

    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, method, refuse)
    with pytest.raises(DatasetUnreadable, match=r"cannot be read \(Permission denied\)"):
        load(path if method == "read_bytes" else tmp_path)


def test_a_list_inside_a_list_names_nothing() -> None:
    """Where an id should stand and a list does, no reference is made of it."""
    assert dangling({"commitments": {"a": {"lead": [["x"], "y"]}}})[0].name == "y"
