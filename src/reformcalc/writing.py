"""Files and folders written whole or not at all. The only writer of files.

What is new is put together beside its place, under a hidden name, and takes its place in one step.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import current_thread, main_thread
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from reformcalc.errors import Unwritable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def replace_file(
    name: str | Path, content: bytes, *, force: bool | None = False, was: bytes | None = None
) -> None:
    """Write a file. `force` is None where the command has no --force.

    `was` is what the file held when the new content was made of it. Raises Unwritable where it
    cannot be written, is there and not forced, or holds something else than it did.
    """
    path = Path(name)
    replace_files({path: content}, force=force, was={} if was is None else {path: was})


def replace_files(
    files: Mapping[Path, bytes],
    *,
    force: bool | None = False,
    was: Mapping[Path, bytes] = MappingProxyType({}),
) -> None:
    """Write several files: none of them where one cannot be written. Raises as `replace_file`."""
    with _ending(), ExitStack() as stack:
        new = {path: stack.enter_context(_beside(path, force=force)) for path in files}
        for path, whole in new.items():
            if path.exists() and not path.is_file():
                raise Unwritable(f"{path}: this is not a file; name another")
            whole.write_bytes(files[path])
            if path.exists():
                shutil.copymode(path, whole)  # who could not read it before still cannot
        for path, held in was.items():
            if (path.read_bytes() if path.exists() else b"") != held:
                raise Unwritable(f"{path}: it was changed meanwhile; run again")
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
    with _ending(), _beside(path, force=force) as whole:
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
    Unwritable where the folder holds anything and no such list, or what is in the way: a file, or
    a link in the place of a folder, which leads out of it.
    """
    path = Path(name)
    new = dict(files)
    with _ending():
        return _update(path, new, listed)


def _update(path: Path, new: Mapping[str, bytes], listed: str) -> Updated:
    try:
        mine = _mine(path, listed)
        for folder in sorted({(path / one).parent for one in new} - {path}):
            if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
                raise Unwritable(f"{folder}: this is a link or a file; a folder belongs here")
        if others := sorted(one for one in new.keys() - mine if os.path.lexists(path / one)):
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
    except (OSError, RuntimeError, ValueError) as error:
        raise _unwritable(path, error) from None
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
        real, there = _real(path), path.exists()
    except (OSError, RuntimeError, ValueError) as error:  # a name that no file can have
        raise _unwritable(path, error) from None
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
        raise _unwritable(path, error) from None


def _real(path: Path) -> Path:
    """Return where a path leads to. Raises OSError where that is round in a circle of links.

    From Python 3.13 on such a link is returned as it is, and would be written over.
    """
    real = path.resolve()
    if real.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return real


def _unwritable(path: Path, error: Exception) -> Unwritable:
    reason = getattr(error, "strerror", None) or error
    return Unwritable(f"{path}: it cannot be written ({reason})")


def _swap(new: Path, old: Path) -> None:
    """Put a new folder in the place of an old one, which stays if that fails."""
    aside = _hidden(old, "old")
    try:
        if old.exists():
            old.rename(aside)
        new.rename(old)
    finally:
        if not old.exists() and aside.exists():
            aside.rename(old)
        shutil.rmtree(aside, ignore_errors=True)


# What asks a process to end, and would end it at once, with what it has begun left behind.
_ENDS = [getattr(signal, one) for one in ("SIGTERM", "SIGHUP") if hasattr(signal, one)]


@contextmanager
def _ending() -> Iterator[None]:
    """Have a process that is told to end meanwhile clear away first what it has begun.

    Who ignores a signal (`nohup`), or has a way of their own with it, keeps that.
    """

    def end(number: int, _: object) -> NoReturn:
        for one in taken:
            signal.signal(one, signal.SIG_IGN)
        raise SystemExit(128 + number)

    ours = current_thread() is main_thread()  # no other may change what a signal does
    taken = [one for one in _ENDS if ours and signal.getsignal(one) is signal.SIG_DFL]
    for one in taken:
        signal.signal(one, end)
    try:
        yield
    finally:
        for one in taken:
            signal.signal(one, signal.SIG_DFL)


def _hidden(path: Path, what: str) -> Path:
    """Return a hidden name beside a path, which nobody else has.

    It is short, and has nothing of the path's own name, which may be as long as any can be.
    """
    return path.parent / f".reformcalc-{os.urandom(8).hex()}.{what}"
