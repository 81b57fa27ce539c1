"""Files written whole or not at all: to a temporary file beside the target, then renamed."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from reformcalc.errors import Unwritable


def write_file(name: str | Path, content: bytes, *, force: bool | None = None) -> None:
    """Write a file. What is there already is kept, unless `force`, and until all is written.

    `force` is None where the command has no such option. Raises Unwritable where the file is there,
    its folder is not, or it cannot be written.
    """
    path = Path(name)
    try:
        if path.is_dir():
            raise Unwritable(f"{path}: this is a folder; name a file")
        if path.exists() and not force:
            instead = "" if force is None else ", or replace it with --force"
            raise Unwritable(f"{path}: this file is there already; name a new one{instead}")
        _replace(path, content)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Unwritable(f"{path}: it cannot be written ({reason})") from None


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    whole = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        whole.chmod(0o666 & ~_umask())  # as any new file; a temporary one is its owner's alone
        whole.replace(path)
    finally:
        whole.unlink(missing_ok=True)  # it is renamed by now, unless something went wrong


def _umask() -> int:
    """Return which permissions new files do not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
