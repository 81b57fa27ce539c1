"""The gallery of broken files, each of which says itself what is found in it.

A folder per rule holds `bad*` and `good*`, each a file or a folder of files. A file is read
together with `_base.yaml`, unless its first line is the comment `# alone`. Beside it, it is one's
own plan, of which less is asked; with a first line `# of the record` it is a part of the record,
as if it lay in one folder with the base. A folder is read whole, unless one of its files is to be
read alone.

In a bad file the line of a finding ends with `# error: RULE` or `# warning: RULE`, with commas
between several rules; where no comment can stand there, the line before says `# error below: RULE`.
A comment `# says: WORDS` on a line of its own gives words that stand in the message of such a
finding of the folder's rule: the way out, where the program can see it. A file of no bytes can say
nothing, and is an error of its folder's rule on line 1.
"""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from reformcalc.reading.load import load

if TYPE_CHECKING:
    from reformcalc.reading.load import Loaded

GALLERY = Path(__file__).parent
BASE = GALLERY / "_base.yaml"

_RULES = r"[a-z0-9-]+(?:, [a-z0-9-]+)*"
_MARK = re.compile(
    rf" *# (?P<severity>error|warning)(?P<below> below)?: (?P<rules>{_RULES})(?=  #|$)"
)
_SAYS = re.compile(r" *# says: (?P<words>.+)$")
_ALONE = "# alone"
_OF_THE_RECORD = "# of the record"
_RECORDS = TemporaryDirectory()  # a folder for each case that is of the record, with the base


class Found(NamedTuple):
    """A finding as a file says it, or as it was found: in the file of a name, on a line."""

    file: str
    line: int
    rule: str
    severity: str


def cases(kind: str, rule: str = "*") -> list[str]:
    """Return all cases that are `bad` or `good`, or those of one rule."""
    return sorted(str(path.relative_to(GALLERY)) for path in GALLERY.glob(f"{rule}/{kind}*"))


BAD, GOOD = cases("bad"), cases("good")


def rule_of(case: str) -> str:
    """Return the rule that a case is about."""
    return case.split("/", maxsplit=1)[0]


def read(case: str) -> Loaded:
    """Load the files of a case, with the base unless they stand alone."""
    read_from = files(case)
    if _text(read_from[0]).startswith(_OF_THE_RECORD):
        return of_the_record(read_from[0])
    together = [] if any(_alone(path) for path in read_from) else [BASE]
    return load(*together, *read_from)


def of_the_record(path: Path) -> Loaded:
    """Load a file as if it lay in one folder with the base."""
    folder = Path(_RECORDS.name) / path.parent.name / path.stem
    folder.mkdir(parents=True, exist_ok=True)
    for one in (BASE, path):
        (folder / one.name).write_bytes(one.read_bytes())
    return load(folder)


def found(loaded: Loaded) -> list[Found]:
    """Return what was found, in the form in which files say it."""
    return [
        Found(one.path.name, one.position.line, one.finding.rule, one.finding.severity)
        for one in loaded.findings
    ]


def expected(case: str) -> list[Found]:
    """Return what is found in a case by what its files say."""
    return [one for path in files(case) for one in expected_in(path)]


def expected_in(path: Path) -> list[Found]:
    """Return what is found in a file by what it says itself."""
    if not path.stat().st_size:
        return [Found(path.name, 1, path.parent.name, "error")]
    return [
        Found(path.name, number + (mark["below"] is not None), rule, mark["severity"])
        for number, line in enumerate(_text(path).split("\n"), start=1)
        for mark in _MARK.finditer(line)
        for rule in mark["rules"].split(", ")
    ]


def words(case: str) -> list[str]:
    """Return the words that the files of a case expect in messages of its rule."""
    lines = [line for path in files(case) for line in _text(path).split("\n")]
    return [says["words"] for line in lines if (says := _SAYS.match(line))]


def shown(case: str) -> str:
    """Return the text of a case without what it says of itself; "" for one of several files."""
    path = GALLERY / case
    lines = _text(path).split("\n") if path.is_file() else []
    unmarked = [_MARK.sub("", line) for line in lines if not _SAYS.match(line)]
    return "\n".join(line for line in unmarked if line not in (_ALONE, _OF_THE_RECORD)).strip()


def files(case: str) -> list[Path]:
    """Return the files of a case that are named to the program, without the base."""
    path = GALLERY / case
    if path.is_file():
        return [path]
    inside = sorted(path.iterdir())
    return [one for one in inside if _alone(one)] or inside


def _alone(path: Path) -> bool:
    return _text(path).startswith(_ALONE)


def _text(path: Path) -> str:
    """Return what a file says in ASCII, be it in another encoding."""
    return path.read_bytes().replace(b"\0", b"").decode(errors="replace")
