"""Files and folders written whole or not at all. The only writer of files.

What is new is put together beside its place, under a hidden name, and takes its place in one step.
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reformcalc.errors import Unwritable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def replace_file(name: str | Path, content: bytes, *, force: bool | None = False) -> None:
    """Write a file. `force` is None where the command has no --force.

    Raises Unwritable where it cannot be written, or is there and not forced.
    """
    replace_files({Path(name): content}, force=force)


def replace_files(files: Mapping[Path, bytes], *, force: bool | None = False) -> None:
    """Write several files: none of them where one cannot be written. Raises as `replace_file`."""
    with ExitStack() as stack:
        new = {path: stack.enter_context(_beside(path, force=force)) for path in files}
        for path, whole in new.items():
            if path.exists() and not path.is_file():
                raise Unwritable(f"{path}: this is not a file; name another")
            whole.write_bytes(files[path])
            if path.exists():
                shutil.copymode(path, whole)  # who could not read it before still cannot
        for path, whole in new.items():
            whole.replace(path.resolve())


def put_files(files: Mapping[Path, bytes]) -> None:
    """Write several files, in folders that are made where they are missing, over what is there.

    Raises Unwritable where one of them cannot be written, and then writes none.
    """
    for path in files:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Unwritable(f"{path}: it cannot be written ({error.strerror})") from None
    replace_files(files, force=True)


def replace_folder(name: str | Path, files: Mapping[str, bytes], *, force: bool = False) -> None:
    """Write a folder of files, given by name.

    Raises Unwritable where it cannot be written, or is there and not forced. A folder that holds
    any other file is never replaced, as that would be lost.
    """
    path = Path(name)
    with _beside(path, force=force) as whole:
        if path.exists() and not path.is_dir():
            raise Unwritable(f"{path}: this is not a folder; name another")
        there = path.iterdir() if path.exists() else ()
        if others := sorted(one.name for one in there if one.name not in files or one.is_dir()):
            raise Unwritable(
                f'{path}: "{others[0]}" in this folder would be lost; take it out, or name '
                "another folder"
            )
        whole.mkdir()
        for file, content in files.items():
            (whole / file).write_bytes(content)
        _swap(whole, path.resolve())


class Updated(NamedTuple):
    """What an update of a folder did: how many files it wrote, left as they were, and removed."""

    written: int
    kept: int
    removed: int


def update_folder(name: str | Path, files: Iterable[tuple[str, bytes]], listed: str) -> Updated:
    """Write files into a folder, and touch only those that changed.

    `listed` is the file that lists them there, by which an update knows its own: of what it wrote
    before it removes what is no more, and no other file is written over or removed. Raises
    Unwritable where the folder holds anything and no such list, or a file that is in the way.
    """
    path = Path(name)
    new = dict(files)
    try:
        mine = _mine(path, listed)
        if others := sorted(one for one in new.keys() - mine if (path / one).exists()):
            raise Unwritable(
                f'{path}: "{others[0]}" is there and was not written by this command; move it, or '
                "name another folder"
            )
        path.mkdir(exist_ok=True)
        # First what will be there, so that what a stopped update leaves is known as its own.
        _put(path / listed, _list(mine | new.keys()))
        written = sum(_put(path / one, content) for one, content in new.items())
        gone = [one for one in sorted(mine - new.keys()) if (path / one).is_file()]
        for one in gone:
            (path / one).unlink()
        for folder in {(path / one).parent for one in gone} - {path}:
            if not any(folder.iterdir()):
                folder.rmdir()
        _put(path / listed, _list(new))
    except OSError as error:
        raise Unwritable(f"{path}: it cannot be written ({error.strerror or error})") from None
    return Updated(written, len(new) - written, len(gone))


# What is listed can be of a folder in the folder, and of no other place.
_WITHIN = re.compile(r"(?:[a-z0-9-]+/)?[a-z0-9-]+(?:\.[a-z]+)+")


def _mine(path: Path, listed: str) -> set[str]:
    """Return the files that an update wrote before. Raises Unwritable where it wrote none."""
    if not path.exists():
        if not path.resolve().parent.is_dir():
            raise Unwritable(f"{path}: there is no folder to make it in; make it first")
        return set()
    if not path.is_dir():
        raise Unwritable(f"{path}: this is not a folder; name another")
    if not (path / listed).is_file():
        if there := sorted(one.name for one in path.iterdir()):
            raise Unwritable(
                f'{path}: this folder holds other things ("{there[0]}"), and no list of what this '
                f"command wrote ({listed}); name a new or an empty folder"
            )
        return set()
    lines = (path / listed).read_text(encoding="utf-8", errors="replace").splitlines()
    folders = {one for one in path.iterdir() if one.is_dir() and not one.is_symlink()}
    return {
        line
        for line in lines
        if _WITHIN.fullmatch(line) and ("/" not in line or path / line.split("/")[0] in folders)
    }


def _list(names: Iterable[str]) -> bytes:
    return "".join(f"{one}\n" for one in sorted(names)).encode()


def _put(path: Path, content: bytes) -> bool:
    """Write a file that is not so already, in one step; return whether it was written."""
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(exist_ok=True)
    whole = _hidden(path, "new")
    try:
        whole.write_bytes(content)
        whole.replace(path)
    finally:
        whole.unlink(missing_ok=True)
    return True


@contextmanager
def _beside(path: Path, *, force: bool | None) -> Iterator[Path]:
    """Give a place beside a path to write to, and leave nothing there whatever happens."""
    try:
        real, there = path.resolve(), path.exists()
    except (OSError, RuntimeError, ValueError) as error:  # a name that no file can have
        reason = getattr(error, "strerror", None) or error
        raise Unwritable(f"{path}: it cannot be written ({reason})") from None
    if there and not force:
        remedy = "name a new one" if force is None else "--force replaces it"
        raise Unwritable(f"{path}: exists already; not overwritten ({remedy})")
    if not real.parent.is_dir():
        raise Unwritable(f"{path}: there is no folder {real.parent} to write it in; make it first")
    whole = _hidden(real, "new")
    try:
        try:
            yield whole
        finally:
            shutil.rmtree(whole) if whole.is_dir() else whole.unlink(missing_ok=True)
    except OSError as error:
        raise Unwritable(f"{path}: it cannot be written ({error.strerror or error})") from None


def _swap(new: Path, old: Path) -> None:
    """Put a new folder in the place of an old one, which stays if that fails."""
    aside = _hidden(old, "old")
    if old.exists():
        old.rename(aside)
    try:
        new.rename(old)
    except BaseException:
        if aside.exists():
            aside.rename(old)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _hidden(path: Path, what: str) -> Path:
    """Return a hidden name beside a path, which nobody else has.

    It is short, and has nothing of the path's own name, which may be as long as any can be.
    """
    return path.parent / f".reformcalc-{os.urandom(8).hex()}.{what}"
