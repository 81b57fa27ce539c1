"""Files and folders written whole or not at all. The only writer of files.

What is new is put together beside its place, under a hidden name, and takes its place in one step.
"""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from reformcalc.errors import Unwritable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


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
