"""Files and folders are written whole or not at all."""

from __future__ import annotations

import errno
import os
import signal
from pathlib import Path

import pytest

from reformcalc.errors import Unwritable
from reformcalc.writing import replace_file, replace_folder, update_folder


def _held(folder: Path) -> dict[str, bytes]:
    """Return everything under a folder, hidden or not."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_file_is_written_and_kept_unless_forced(tmp_path: Path) -> None:
    """A new file is written; one that is there is kept, and replaced only where that is asked."""
    path = tmp_path / "out.bin"
    replace_file(path, b"old")
    with pytest.raises(Unwritable, match=r"out\.bin: exists already; not overwritten \(--force"):
        replace_file(path, b"new")
    assert _held(tmp_path) == {"out.bin": b"old"}
    replace_file(path, b"new", force=True)
    assert _held(tmp_path) == {"out.bin": b"new"}


def test_a_folder_is_written_and_kept_unless_forced(tmp_path: Path) -> None:
    """So is a folder; what the new one no longer has does not stay behind."""
    path = tmp_path / "out"
    replace_folder(path, {"a": b"1", "b": b"2"})
    with pytest.raises(Unwritable, match="exists already"):
        replace_folder(path, {"a": b"3"})
    replace_folder(path, {"a": b"3", "b": b"4", "c": b"5"}, force=True)
    assert _held(tmp_path) == {"out/a": b"3", "out/b": b"4", "out/c": b"5"}


def test_the_longest_name_can_be_written(tmp_path: Path) -> None:
    """A name of as many letters as a file may have is written, and replaced, like any other."""
    most = os.pathconf(tmp_path, "PC_NAME_MAX") if hasattr(os, "pathconf") else 255
    file, folder = tmp_path / ("f" * most), tmp_path / ("d" * most)
    for content in (b"old", b"new"):
        replace_file(file, content, force=True)
        replace_folder(folder, {"a": content}, force=True)
    assert _held(tmp_path) == {f"{folder.name}/a": b"new", file.name: b"new"}
    assert len(list(tmp_path.iterdir())) == 2


def test_a_name_of_a_letter_more_is_named(tmp_path: Path) -> None:
    """A name that is too long is refused with the path."""
    path = tmp_path / ("f" * 256)
    with pytest.raises(Unwritable, match="ffff: it cannot be written"):
        replace_file(path, b"new")


def test_what_cannot_be_cleared_away_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where what was begun can neither be put in its place nor removed, the path is named too."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(Unwritable, match=r"out: it cannot be written \(Permission denied\)"):
        replace_file(tmp_path / "out", b"new")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """What a link leads to is replaced, not the link."""
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_bytes(b"old")
    link.symlink_to(real)
    replace_file(link, b"new", force=True)
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_a_folder_with_anything_else_is_never_replaced(tmp_path: Path) -> None:
    """Even where it is forced, a folder that holds another file is left as it is."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "holiday.jpg").write_bytes(b"sea")
    with pytest.raises(Unwritable, match=r'out: "holiday.jpg" in this folder would be lost'):
        replace_folder(tmp_path / "out", {"a": b"1"}, force=True)
    assert _held(tmp_path) == {"out/holiday.jpg": b"sea"}


def test_a_folder_of_the_name_of_a_file_is_not_replaced(tmp_path: Path) -> None:
    """What lies in a folder that has the name of a file to write would be lost too."""
    (tmp_path / "out" / "a").mkdir(parents=True)
    with pytest.raises(Unwritable, match='"a" in this folder would be lost'):
        replace_folder(tmp_path / "out", {"a": b"1"}, force=True)


def test_the_root_is_not_replaced(tmp_path: Path) -> None:
    """The root of all folders holds other files, and is refused like any that does."""
    with pytest.raises(Unwritable, match="in this folder would be lost"):
        replace_folder(tmp_path.root, {}, force=True)


def test_a_file_is_no_folder_and_a_folder_no_file(tmp_path: Path) -> None:
    """Neither is replaced by the other, even where it is forced."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"old")
    with pytest.raises(Unwritable, match="folder: this is not a file"):
        replace_file(tmp_path / "folder", b"new", force=True)
    with pytest.raises(Unwritable, match="file: this is not a folder"):
        replace_folder(tmp_path / "file", {}, force=True)
    assert _held(tmp_path) == {"file": b"old"}


def test_no_folder_is_made_on_the_way(tmp_path: Path) -> None:
    """A misspelt folder is said to be missing, and not made."""
    with pytest.raises(Unwritable, match=r"there is no folder .*nowhere to write it in"):
        replace_file(tmp_path / "nowhere" / "out", b"")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space left"), KeyboardInterrupt()])
def test_nothing_half_written_stays(
    failure: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk or Ctrl-C leaves what was there before, and nothing else."""
    replace_file(tmp_path / "file", b"old")
    replace_folder(tmp_path / "folder", {"a": b"old", "b": b"old"})
    before = _held(tmp_path)
    write = Path.write_bytes

    def fail(path: Path, content: bytes) -> int:
        if path.name == "a":  # the first file of a folder is still written
            return write(path, content)
        write(path, content[:1])
        raise failure

    monkeypatch.setattr(Path, "write_bytes", fail)
    expected = KeyboardInterrupt if isinstance(failure, KeyboardInterrupt) else Unwritable
    with pytest.raises(expected):
        replace_file(tmp_path / "file", b"new", force=True)
    with pytest.raises(expected):
        replace_folder(tmp_path / "folder", {"a": b"new", "b": b"new"}, force=True)
    with pytest.raises(expected):
        replace_folder(tmp_path / "another", {"a": b"new", "b": b"new"})
    assert _held(tmp_path) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


@pytest.mark.parametrize("there", [True, False])
def test_a_folder_that_cannot_take_its_place(
    *, there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the last step fails, the old folder is back in its place."""
    path = tmp_path / "out"
    if there:
        replace_folder(path, {"a": b"old"})
    before = _held(tmp_path)
    rename = Path.rename

    def fail(one: Path, target: Path) -> Path:
        if one.suffix == ".new":
            raise OSError(errno.EACCES, "Permission denied")
        return rename(one, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(Unwritable, match=r"out: it cannot be written \(Permission denied\)"):
        replace_folder(path, {"a": b"new"}, force=True)
    assert _held(tmp_path) == before
    assert len(list(tmp_path.iterdir())) == (1 if there else 0)


def test_a_file_keeps_who_may_read_it(tmp_path: Path) -> None:
    """What only its owner could read stays so when it is replaced."""
    path = tmp_path / "own.json"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o600)
    replace_file(path, b"new", force=True)
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_link_that_leads_to_itself_is_named(tmp_path: Path) -> None:
    """A link in a circle is a place that cannot be written, and no fault."""
    path = tmp_path / "loop.json"
    path.symlink_to(path)
    with pytest.raises(Unwritable, match="cannot be written"):
        replace_file(path, b"new", force=True)


def test_an_update_follows_no_link_out_of_its_folder(tmp_path: Path) -> None:
    """A link, or a file, in the place of a folder is refused before anything is written."""
    files = {"page.html": b"1", "below/page.html": b"2"}
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    update_folder(out, files.items(), "list.txt")
    (out / "below" / "page.html").unlink()
    (out / "below").rmdir()
    elsewhere.mkdir()
    (out / "below").symlink_to(elsewhere)
    before = _held(tmp_path)
    for _ in range(2):
        with pytest.raises(Unwritable, match="below: this is a link or a file"):
            update_folder(out, {**files, "page.html": b"3"}.items(), "list.txt")
        assert _held(tmp_path) == before
        (out / "below").unlink()
        (out / "below").write_bytes(b"mine")
        before = _held(tmp_path)


def test_a_folder_that_leads_to_itself_is_named(tmp_path: Path) -> None:
    """A link in a circle holds no folder."""
    path = tmp_path / "loop"
    path.symlink_to(path)
    with pytest.raises(Unwritable, match="loop: "):
        update_folder(path, {"page.html": b"1"}.items(), "list.txt")


def test_a_file_that_was_changed_meanwhile_is_kept(tmp_path: Path) -> None:
    """What was made of what a file held does not replace what somebody else wrote since."""
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"theirs")
    for was in (b"ours", b""):
        with pytest.raises(Unwritable, match="it was changed meanwhile; run again"):
            replace_file(path, b"new", force=True, was=was)
    path.unlink()
    with pytest.raises(Unwritable, match="changed meanwhile"):
        replace_file(path, b"new", force=True, was=b"ours")
    assert _held(tmp_path) == {}
    replace_file(path, b"new", force=True, was=b"")
    assert _held(tmp_path) == {"plan.yaml": b"new"}


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
@pytest.mark.parametrize("renamed", [1, 2])
def test_a_process_that_is_told_to_end_leaves_a_folder_whole(
    name: str, renamed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the steps too: nothing is lost, nothing is left behind, and the code says which."""
    if not hasattr(signal, name):
        pytest.skip("needs a system with this signal")
    number = getattr(signal, name)
    path = tmp_path / "out"
    replace_folder(path, {"a": b"old"})
    rename, done = Path.rename, [0]

    def told(one: Path, target: Path) -> Path:
        moved = rename(one, target)
        done[0] += 1
        if done[0] == renamed:
            os.kill(os.getpid(), number)
        return moved

    monkeypatch.setattr(Path, "rename", told)
    # The machine of a test may ignore it, as nohup does.
    before = signal.signal(number, signal.SIG_DFL)
    try:
        with pytest.raises(SystemExit) as ended:
            replace_folder(path, {"a": b"new"}, force=True)
        assert signal.getsignal(number) is signal.SIG_DFL
    finally:
        signal.signal(number, before)
    assert ended.value.code == 128 + number
    assert _held(tmp_path) == {"out/a": b"old" if renamed == 1 else b"new"}
    assert [one.name for one in tmp_path.iterdir()] == ["out"]
