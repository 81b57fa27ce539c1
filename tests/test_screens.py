"""What people see first: the default screen of every command, and the questions they came with."""

from __future__ import annotations

import os
import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from reformcalc.reading.load import load
from reformcalc.record.model import Dataset
from tests.conftest import PROJECT
from tests.terminal import Shown, shown

if TYPE_CHECKING:
    from _pytest.mark.structures import ParameterSet

DAYS = ("2023-06-20", "2023-12-31", "2025-03-31", "2026-11-30")
SMALL, LARGE = (80, 24), (120, 40)
BUNDLED, OTHER = "bundled", str(PROJECT / "examples" / "family-hubs.yaml")
PLAIN = {
    "LC_ALL": "C.UTF-8",
    "NO_COLOR": "1",
    "PAGER": "cat",
    "PATH": os.environ["PATH"],
    "TERM": "xterm",
}
# Each command as it is asked for by default, a word in place of what another record calls it.
# A line here is all that a new screen needs.
SCREENS = (
    "totals",
    "totals --by pillar",
    "totals --by topic",
    "totals --by year",
    "totals --by lead",
    "totals --by stage",
    "totals --by spending",
    "totals --new announced",
    "totals --envelope {envelope}",
    "totals --over-time",
    "compare",
    "deadlines",
    "find {words}",
    "show {envelope}",
    "list",
    "conflicts",
    "sources",
    "diff --was {before}",
    "",
)
WORDS = {
    BUNDLED: {"envelope": "stable-homes", "words": "law commission", "before": "2023-02-01"},
    OTHER: {"envelope": "family-hubs-2022-25", "words": "family hubs", "before": "2021-09-01"},
}
# What is not there yet, to be emptied: screens that are not built, what a screen does not yet keep
# to (the first line, ids, adding up), and questions that no screen answers.
NOT_BUILT: frozenset[str] = frozenset()
NOT_KEPT: dict[str, set[str]] = {}
NOT_ANSWERED: frozenset[int] = frozenset()
BUILT = [one for one in SCREENS if one not in NOT_BUILT]
# Of what is grouped by topic, a sum can be in several groups; days have a total each.
OF_MONEY = [
    one
    for one in BUILT
    if one.startswith("totals") and one not in ("totals --by topic", "totals --over-time")
]


class Asked(NamedTuple):
    """A record, and a day, that every screen is asked of."""

    data: str
    day: str

    @property
    def named(self) -> str:
        return f"{Path(self.data).stem} on {self.day}"


ASKED = [Asked(BUNDLED, day) for day in DAYS] + [Asked(OTHER, "2026-11-30")]
LAST = ASKED[-2:]  # of each record: to look at another size of terminal, these say enough


@cache
def _drawn(data: str, size: tuple[int, int]) -> dict[tuple[str, str], Shown]:
    """Return every screen that is built, of each day that one record is asked about."""
    asked = [one for one in (ASKED if size == SMALL else LAST) if one.data == data]
    each = [(command, one) for one in asked for command in BUILT]
    found = shown([_arguments(*one) for one in each], size, PLAIN | {"REFORMCALC_DATA": data})
    named = [(command, one.day) for command, one in each]
    return dict(zip(named, found, strict=True))


def screen(command: str, asked: Asked, size: tuple[int, int]) -> Shown:
    """Return what a command shows of one record and day, on one size of terminal."""
    return _drawn(asked.data, size)[command, asked.day]


def _arguments(command: str, asked: Asked) -> list[str]:
    # A bare command has no day: it is of today.
    day = ["--as-of", asked.day] if command else []
    return command.format(**WORDS[asked.data]).split() + day


def everywhere(
    commands: list[str], keeping: str = "", asked: list[Asked] = ASKED
) -> list[ParameterSet]:
    """Return each of some screens of each record and day, but of those that do not yet keep to it.

    Each is named for the screen, the record and the day.
    """
    return [
        pytest.param(command, one, id=f"{command or 'bare'} of {one.named}")
        for one in asked
        for command in commands
        if command not in NOT_KEPT.get(keeping, ())
    ]


@pytest.mark.parametrize(("command", "asked"), everywhere(BUILT))
def test_a_screen_fits(command: str, asked: Asked) -> None:
    """With the command and the next prompt, an answer fits the terminal, and no line is wider."""
    _fits(command, asked, SMALL)


@pytest.mark.parametrize(("command", "asked"), everywhere(BUILT, asked=LAST))
def test_a_screen_fits_a_larger_terminal(command: str, asked: Asked) -> None:
    """Nor is a line wider than a terminal that has more room."""
    _fits(command, asked, LARGE)


def _fits(command: str, asked: Asked, size: tuple[int, int]) -> None:
    columns, lines = size
    found = screen(command, asked, size)
    assert found.code in (0, 2), found.text
    assert len(found.lines) <= lines - 2, found.text
    assert max(map(len, found.lines)) <= columns, found.text


@pytest.mark.parametrize(("command", "asked"), everywhere(BUILT, "first line", LAST))
def test_the_first_line_is_the_answer(command: str, asked: Asked) -> None:
    """A wider terminal shows the same first line: at 80 columns it is broken nowhere."""
    first = screen(command, asked, SMALL).lines[0]
    assert first == screen(command, asked, LARGE).lines[0]
    assert first[0].isupper() or not first[0].isalpha()


@cache
def _ids(data: str) -> frozenset[str]:
    """Return the ids of a record that are no word of English."""
    dataset = load(data).valid()
    every = {id_ for kind in Dataset.KINDS for id_ in getattr(dataset, kind)}
    return frozenset(id_ for id_ in every if "-" in id_ or "_" in id_)


@pytest.mark.parametrize(("command", "asked"), everywhere(BUILT, "ids"))
def test_no_sentence_has_an_id(command: str, asked: Asked) -> None:
    """Ids stand in columns and in commands to type, and never in what is said."""
    said = "\n".join(
        line for line in screen(command, asked, SMALL).lines if line and line[0] != " "
    )
    said = re.sub(r"reformcalc [^.;]*|--\S+(?: [a-z0-9-]+)?", "", said)
    words = {word.strip(".,;:()¹²³⁴⁵⁶⁷⁸⁹ ") for word in said.split()}
    assert not words & _ids(asked.data)


@pytest.mark.parametrize(("command", "asked"), everywhere(OF_MONEY, "adding up"))
def test_columns_add_up(command: str, asked: Asked) -> None:
    """What the rows of a column say adds up to its total, within what rounding each can do.

    The least and the most that sums can be do so too. Those of groups are wider, as each group is
    at its least or most by itself, which all cannot be at once.
    """
    shows = screen(command, asked, SMALL)
    columns = _columns(shows.lines)
    assert columns or "is promised" not in shows.lines[0], shows.text
    for name, (rows, total) in columns.items():
        least, most = (sum((row[end] for row in rows if row), Decimal(0)) for end in (0, -1))
        spare = Decimal(len(rows) + 1) / 2
        assert least - spare <= total[0] <= total[-1] <= most + spare, (name, shows.text)
        if "--by" not in command:
            assert abs(least - total[0]) <= spare, (name, shows.text)
            assert abs(most - total[-1]) <= spare, (name, shows.text)


def _columns(lines: list[str]) -> dict[str, tuple[list[list[Decimal]], list[Decimal]]]:
    """Return the figures of each column that has a total: of each row, and of the total."""
    head = next((line for line in lines if re.match(r"  £ .*\b(Counted|New)\b", line)), "")
    start, found = lines.index(head) if head else 0, {}
    rows = []
    for line in lines[start + 1 :]:
        rows.append(line)
        if re.match(r"  Total\b", line):
            break
    else:
        return {}
    for word in re.finditer("Counted|New", head):
        *cells, total = [_figures(row, word.end()) for row in rows]
        found[word[0]] = (cells, total)
    return found


def _figures(row: str, end: int) -> list[Decimal]:
    """Return the figures of the cell of a row that ends at some column, as far as there is one."""
    ends = len(row) >= end and not row[end - 1].isspace()
    cell = re.split(r"\s{2,}", row[:end])[-1] if ends else ""
    return [Decimal(one.replace(",", "")) for one in re.findall(r"\d[\d,]*(?:\.\d+)?", cell)]


class Question(NamedTuple):
    """What somebody came with: what to type, and what the first screen must say, as patterns."""

    number: int
    asks: str
    command: str
    says: tuple[str, ...]
    not_said: tuple[str, ...] = ()


QUESTIONS = (
    Question(1, "Has the £2.6bn been met?", "compare", (r"^The Care Review's £2\.6bn: short",)),
    Question(2, "… in the four years that were asked for?", "compare", (r"four years", r"\d+%")),
    Question(3, "How much has been promised in all?", "totals", (r"^£4\.0bn is promised",)),
    Question(4, "How much of it is new?", "totals", (r"£2\.4bn to £3\.0bn of it is new",)),
    Question(
        5, "New money for fostering, by year?",
        "totals --topic fostering --by year --new each-year",
        (r"new money", r"2023-24 to 2024-25, no yearly split"),
    ),
    Question(6, "How much for kinship care?", "totals --topic kinship", (r"^Kinship care: £139m",)),
    Question(7, "What is the £555m?", "find £555m", (r"Transformation Fund",)),
    Question(
        8, "Does the £555m overlap the £2.4bn?", "totals",
        (r"Transformation Fund", r"318 (?:is )?counted in .*Families First"),
    ),
    Question(
        9, "How much since 2024 is capital?", "totals --by spending --announced-after 2023-12-31",
        (r"[Cc]apital +\d{3}\b",),
    ),
    Question(
        10, "What changed between the Autumn Budget 2024 and the Spending Review 2025?",
        "diff bundled bundled --was 2024-10-30 --as-of 2025-06-11", (r"Spending Review|555",),
    ),
    Question(
        11, "A cited table to paste", "totals --format markdown",
        (r"\|", r"Parliament, 29 January|House of Commons Library"),
    ),
    Question(
        12, "Real terms, 2025-26 prices", "totals --prices 2025-26",
        (r"2025-26 prices",), (r"£0\b",),
    ),
    Question(
        13, "Which figures are disputed?", "conflicts", (r"differ on \d+ entries", r"Fostering")
    ),
    Question(14, "Plot it", "compare --chart", (r"●|━|█|│",)),
    Question(15, "A CSV for Excel", "totals --format csv", (r"^id,title",)),
    Question(
        16, "Which of the recommendations got money?", "recommendations", (r"recommendation",),
        (r"No such command",),
    ),
    Question(
        17, "What did the Government say to recommendation X?", "show kinship-allowance",
        (r"Asked by", r"testing"), (r"^Nothing",),
    ),
    Question(
        18, "What does my council get?", "for lewisham",
        (r"£4m +Families First pathfinder, 2025-26", r"any share of"), (r"£0",),
    ),
    Question(
        19, "What is due in the next six months?", "deadlines --within 6m",
        (r"9 may fall due by 30 May 2027", r"Family Help and protection teams ready"),
    ),
    Question(
        20, "Which national promises are late?", "deadlines --state overdue", (r"no outcome found",)
    ),
    Question(21, "How many promises were kept?", "deadlines", (r"\d+ met\b",)),
    Question(
        22, "How has the total grown?", "totals --over-time",
        (r"3,49[12]", r"4,32[23]", r"3,99[89]"),
    ),
    Question(
        23, "Why did it fall by £324m after December 2025?", "totals --over-time",
        (r"284 .*part of", r"40 .*replaced"),
    ),
    Question(24, "How much has been spent?", "totals --by stage", (r"spent|outturn",)),
)  # fmt: skip


@cache
def _answers() -> dict[int, Shown]:
    asked = [one for one in QUESTIONS if one.number not in NOT_ANSWERED]
    commands = []
    for one in asked:
        day = [] if "--as-of" in one.command else ["--as-of", "2026-11-30"]
        commands.append([*one.command.split(), *day])
    found = shown(commands, SMALL, PLAIN)
    return {one.number: screen for one, screen in zip(asked, found, strict=True)}


def test_there_are_24_questions() -> None:
    """Every question that people brought is in the table, once."""
    assert [one.number for one in QUESTIONS] == [*range(1, 25)]


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(one, id=f"{one.number} {one.asks}")
        for one in QUESTIONS
        if one.number not in NOT_ANSWERED
    ],
)
def test_a_question_is_answered_or_refused_with_the_truth(question: Question) -> None:
    """The first screen says what was asked for, or that the record does not hold it."""
    screen = _answers()[question.number]
    first = "\n".join(screen.lines[:22])
    for pattern in question.says:
        assert re.search(pattern, first) or re.search(pattern, " ".join(first.split())), first
    for pattern in question.not_said:
        assert not re.search(pattern, first), first
