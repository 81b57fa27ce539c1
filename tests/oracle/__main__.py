"""Counts what is compared, and shows each kind of mismatch once, on a record as small as it gets.

python -m tests.oracle FIRST LAST [FOLDER]     writes them into FOLDER too
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from datetime import date  # noqa: TC003
from pathlib import Path

from tests.oracle.answers import Mismatch, Tally
from tests.oracle.asking import mismatches, records, smallest
from tests.oracle.records import text_of
from tests.oracle.truth import Record  # noqa: TC001


def main(first: int, last: int, into: Path | None) -> None:
    """Try the seeds from `first` to before `last`."""
    tally = Tally()
    shapes: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], tuple[int, Record, date, Mismatch]] = {}
    folder = Path(tempfile.mkdtemp())
    for _, record, dataset, day in records(range(first, last), folder):
        for found in mismatches(record, dataset, day, tally, folder):
            shapes[found.shape] += 1
            size = len(text_of(record))
            if found.shape not in examples or size < examples[found.shape][0]:
                examples[found.shape] = size, record, day, found
    print(tally)
    shown: set[tuple[str, str]] = set()
    for shape, count in shapes.most_common():
        print(f"{count:5} {': '.join(shape)}")
    for shape in sorted(examples, key=lambda one: (not one[0].startswith("uns"), len(one[1]))):
        if shape in shown:
            continue
        _, record, day, found = examples[shape]
        small, (one, *others) = smallest(record, day, found, folder)
        shown |= {shape, *(other.shape for other in others)}
        said = "\n".join(map(str, (one, *others)))
        print(f"\n{said}\n{text_of({'commitments': small['commitments']})}")
        if into:
            name = "-".join(" ".join(shape).replace("--", "").split())
            (into / f"{name}.yaml").write_text(text_of(small), encoding="utf-8")
            (into / f"{name}.txt").write_text(f"{said}\n", encoding="utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None)
