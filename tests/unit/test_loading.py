"""Reading files: what cannot be opened, and references that are no text."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest

from reformcalc import load
from reformcalc.errors import DatasetUnreadable
from reformcalc.reading.files import titles
from reformcalc.reading.shape import shape
from reformcalc.record.model import Dataset
from reformcalc.record.references import NAMING, dangling, unknown
from tests.conftest import TINY

if TYPE_CHECKING:
    from collections.abc import Callable

    from reformcalc.findings import Plain


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


def _naming(kind: str) -> set[str]:
    """Return the fields of a kind of entry that name ids."""
    entry = get_args(Dataset.model_fields[kind].annotation)[1]
    return {
        name
        for name, field in entry.model_fields.items()
        if name != "formerly"  # ids of its own, which it had before
        if "id-form" in str(field.annotation)
        or any(getattr(one, "rule", "") == "id-form" for one in field.metadata)
    }


@pytest.mark.parametrize("kind", Dataset.KINDS)
def test_every_field_that_names_ids_is_followed(kind: str) -> None:
    """An id that nothing defines is found in every field that holds one."""
    naming = _naming(kind)
    assert (kind in NAMING) is bool(naming)
    for name in naming:
        (found,) = dangling({kind: {"entry": {name: "nowhere"}}})
        assert found.field == name


def test_what_is_inferred_names_nothing() -> None:
    """The reason for a field of our reading may begin as a date that waits for a milestone."""
    step: Plain = {"due": "2024", "inferred": {"due": "within 6 months of publication"}}
    assert dangling({"milestones": {"step": step}}) == []


def test_a_file_named_twice_is_one_file() -> None:
    """What is read once is counted once."""
    assert len(load(TINY, TINY).files) == 1


def test_a_file_spelt_in_several_ways_is_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its path from here, from the root, round about and by a link: the first is what is named."""
    path = tmp_path / "tiny.yaml"
    path.write_bytes(TINY.read_bytes())
    (tmp_path / "linked").symlink_to(tmp_path, target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    around = Path("linked", "..", tmp_path.name, "tiny.yaml")
    spellings = [Path("tiny.yaml"), path, tmp_path / "linked" / "tiny.yaml", around]
    for first, *others in (spellings, spellings[::-1]):
        loaded = load(first, *others)
        assert (loaded.files, loaded.findings) == ((first,), ())
    assert titles("tiny.yaml", path) == titles(path)


def test_a_link_that_leads_to_itself_cannot_be_read(tmp_path: Path) -> None:
    """Where a path ends nowhere, the system's own reason is given."""
    path = tmp_path / "loop.yaml"
    path.symlink_to(path)
    with pytest.raises(DatasetUnreadable, match="cannot be read"):
        load(path)


def test_a_neighbour_without_an_end_is_not_waited_for(tmp_path: Path) -> None:
    """A named pipe beside a lone file is passed over, as it is by completion."""
    path = tmp_path / "own.yaml"
    path.write_text("bodies: {}\n", encoding="utf-8")
    os.mkfifo(tmp_path / "pipe.yaml")
    assert [one.finding.rule for one in load(path).findings] == ["missing-field"]


def test_a_folder_is_not_read_beyond_itself(tmp_path: Path) -> None:
    """A pipe, a socket, a folder and a link that leads out are refused by name, and not opened."""
    folder = tmp_path / "record"
    folder.mkdir()
    outside = tmp_path / "outside.yaml"
    outside.write_text("secret\n", encoding="utf-8")
    odd = folder / "odd.yaml"
    makers: list[tuple[Callable[[], object], str]] = [
        (lambda: os.mkfifo(odd), "this is not a file; take it out of the folder"),
        (lambda: os.mknod(odd, stat.S_IFSOCK | 0o600), "this is not a file"),
        (odd.mkdir, "this is not a file"),
        (lambda: odd.symlink_to("../outside.yaml"), "this link leads out of its folder"),
        (lambda: odd.symlink_to(outside), "name the file that it leads to"),
        (lambda: odd.symlink_to("/dev/zero"), "this is not a file"),
    ]
    for make, said in makers:
        make()
        with pytest.raises(DatasetUnreadable, match=said) as refusal:
            load(folder)
        assert str(refusal.value).startswith(f"{odd}: ")
        odd.rmdir() if odd.is_dir() else odd.unlink()


def test_a_link_is_followed_where_it_stays_or_is_named(tmp_path: Path) -> None:
    """A folder may be a link and hold links to its own files; one that leads out must be named."""
    folder = tmp_path / "record"
    folder.mkdir()
    (tmp_path / "linked").symlink_to(folder, target_is_directory=True)
    (folder / "about.yml.txt").write_text("bodies: {}\n", encoding="utf-8")
    (folder / "own.yaml").symlink_to("about.yml.txt")
    outside = tmp_path / "outside.yaml"
    outside.write_text("topics: {}\n", encoding="utf-8")
    (folder / "out.yaml").symlink_to(outside)
    for name in (folder, tmp_path / "linked"):
        assert load(name, name / "out.yaml").files == (name / "out.yaml", name / "own.yaml")


def test_what_leads_nowhere_takes_what_leads_to_it_along() -> None:
    """Of a thousand sums in one another the outermost is in nothing: none is left, and soon."""
    sums: dict[str, Plain] = {f"c-{n}": {"part_of": f"c-{n + 1}"} for n in range(1_000)}
    shaped = shape({"about": {}, "commitments": sums})
    lost = [one for one in shaped.findings if one.rule == "unknown-reference"]
    assert [one.route for one in lost] == [("commitments", "c-999", "part_of")]


def test_the_nearest_id_is_looked_for_only_while_that_is_quick() -> None:
    """A thousand dangling references to a thousand topics do not take a thousand times as long."""
    topics: dict[str, Plain] = {f"topic-{n}": {} for n in range(1_000)}
    lost: dict[str, Plain] = {f"a-{n}": {"topics": [f"topik-{n}"]} for n in range(1_000)}
    messages = [one.message for one in unknown({"topics": topics, "commitments": lost})]
    assert len(messages) == 1_000
    assert 'did you mean "topic-0"?' in messages[0]
    assert messages[-1].endswith(
        "; correct it (reformcalc list topics has them), or define it under topics"
    )


@pytest.mark.parametrize("name", ["notes.txt", "notes.yaml"])
def test_a_neighbour_that_cannot_be_read_is_passed_over(name: str, tmp_path: Path) -> None:
    """What is wrong in the file asked for is said, whatever else is in its folder, or nothing."""
    path = tmp_path / name
    path.write_text("bodies: {}\n", encoding="utf-8")
    if path.suffix == ".yaml":
        (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    assert [one.finding.rule for one in load(path).findings] == ["missing-field"]
