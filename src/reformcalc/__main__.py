"""`python -m reformcalc`, and what the `reformcalc` command runs."""

from __future__ import annotations

import gc
import os
import sys

INTERRUPTED = 130


def run() -> None:
    """Run the command line; an interrupt before it has even started ends quietly too."""
    # A run ends before there is garbage worth looking for among what it reads, then or at its end.
    gc.disable()
    # Pydantic would look through all that is installed for plugins, and run those it finds.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "1"
    try:
        from reformcalc.cli import main  # noqa: PLC0415

        main()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    finally:
        gc.freeze()


if __name__ == "__main__":
    run()
