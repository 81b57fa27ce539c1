"""Files written whole or not at all: to a temporary file beside the target, then renamed."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from reformcalc.errors import OutputRefused


def replace_file(path: Path, content: bytes, *, force: bool = False) -> None:
    """Write a file. What stands there already is kept, unless `force`, and until all is written.

    Raises OutputRefused where the file exists, its folder does not, or it cannot be written.
    """
    if path.exists() and not force:
        raise OutputRefused(f"{path} exists; choose another name, or replace it with --force")
    if path.is_dir():
        raise OutputRefused(f"{path} is a folder; name a file")
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise OutputRefused(f"{path} cannot be written ({error.strerror})") from None
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        beside.chmod(0o666 & ~_umask())
        beside.replace(path)
    except OSError as error:
        raise OutputRefused(f"{path} cannot be written ({error.strerror})") from None
    finally:
        beside.unlink(missing_ok=True)  # it is renamed by now, unless something went wrong


def _umask() -> int:
    """Return which permissions new files do not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
