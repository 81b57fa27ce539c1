"""`python -m reformcalc`, and what the `reformcalc` command runs."""

from __future__ import annotations

import sys

INTERRUPTED = 130


def run() -> None:
    """Run the command line; an interrupt before it has even started ends quietly too."""
    try:
        from reformcalc.cli import main  # noqa: PLC0415

        main()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    run()
