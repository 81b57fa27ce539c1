"""A record of another programme: whatever is asked of it, no word comes from the bundled one."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest

from reformcalc.answers.lookup.glossary import glossary
from reformcalc.answers.totals.groupings import GROUPINGS
from reformcalc.cli.new import Kind
from reformcalc.ledger.known import Known
from reformcalc.reading.load import load
from reformcalc.record.model import Dataset, Word
from reformcalc.rules import RULES
from tests.conftest import TINY
from tests.terminal import shown
from tests.test_screens import PLAIN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from tests.conftest import Result

# Three invented records: between them every section, councils, regions and answers.
DATA = TINY.parent
OTHERS = (TINY, DATA / "asked.yaml", DATA / "councils.yaml")
TINY_DAY = date(2031, 6, 30)
# What the bundled record is about, beyond what its entries and bodies are called.
SUBJECT = (
    "kinship", "foster[a-z]*", "adopti[a-z]+", "child(?!_)[a-z]*", "care", "reform(?!calc)[a-z]*",
    "social", "family", "families", "the review", "england[a-z]*", "2023-06-20", "£2[.]6bn",
    "£555m",
)  # fmt: skip
# Words of the bundled record that mean as much in any other.
ANYWHERE = {
    "all", "cabinet", "charities", "council", "councils", "data", "government", "local authorities",
    "london", "more than one pillar", "parliament", "rate", "reading", "spending",
}  # fmt: skip


@cache
def _names() -> frozenset[str]:
    """Return what the bundled record calls its words, its bodies and its entries, and their ids."""
    found: set[str] = set()
    record = load().valid()
    for kind in Dataset.KINDS:
        for id_, entry in getattr(record, kind).items():
            found |= {id_, getattr(entry, "title", ""), getattr(entry, "name", "")}
            found.add(getattr(entry, "short", None) or "" if isinstance(entry, Word) else "")
    return frozenset(name.lower() for name in found if len(name) > 3) - ANYWHERE


@cache
def _foreign(own: str) -> tuple[list[str], list[tuple[str, frozenset[str]]]]:
    """Return what of the bundled record the text of another does not have: patterns, and names.

    Each name is with its words: a text that lacks one of these need not be searched for it, as it
    would be for a thousand names at each letter.
    """
    names = sorted((name for name in _names() if name not in own), key=len, reverse=True)
    subject = [one for one in SUBJECT if not re.search(rf"\b{one}\b", own)]
    return subject, [(re.escape(name), frozenset(re.findall(r"\w+", name))) for name in names]


def _leaks(path: Path, told: Iterable[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Return what was told with a word of the bundled record: where, and around it."""
    subject, names = _foreign(path.read_text(encoding="utf-8").lower())
    found = []
    for asked, text in told:
        held = set(re.findall(r"\w+", text.lower()))
        sought = [*subject, *(name for name, words in names if words <= held)]
        if match := re.search(rf"(?<![\w-])(?:{'|'.join(sought)})(?![\w-])", text.lower()):
            found.append((asked, match[0], text[max(0, match.start() - 60) : match.end() + 30]))
    return found


def _questions(record: Known) -> Iterator[str]:
    """Yield every question that the commands take, of what a record has."""
    yield from (f"totals --by {group}" for group in GROUPINGS)
    yield from ("totals --all", "totals --explain --all", "totals --over-time", "totals --long")
    yield from ("totals --new announced", "totals --new each-year --explain", "totals --exact")
    yield from ("compare", "compare --all", "compare --sensitivity", "compare --over-years")
    yield from ("compare --explain", "compare --chart", "deadlines --all", "deadlines --long")
    yield from ("deadlines --state met", "deadlines --since 10y", "deadlines --local --all")
    yield from (f"recommendations --all --by {by}" for by in ("review", "pillar", "chapter"))
    yield from ("recommendations --by response --long", "conflicts", "sources", "sources --long")
    yield from ("list", "find council", "find £5m", "find zzz", "show zzz", "for zzz", "for")
    yield from (
        "totals --topic zzz",
        "totals --pillar zzz",
        "deadlines --acts zzz",
        "diff --was 10y",
    )
    for kind in Dataset.KINDS:
        yield f"list {kind}"
        yield from (f"show {id_} --all" for id_ in record.section(kind))
    for id_, body in record.bodies.items():
        yield from (f"for {id_}", f"for {id_} --all") if body.kind else ()


def _known(path: Path) -> Known:
    return Known(load(path).valid(), TINY_DAY)


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_no_answer_has_a_word_of_this_programme(path: Path, run: Callable[..., Result]) -> None:
    """Every question, whole and as a screen: words, hints and refusals are of the record."""
    questions = [*_questions(_known(path))]
    of_it = ("--data", str(path), "--as-of", str(TINY_DAY))
    told = []
    for question in questions:
        result = run(*question.split(), *of_it)
        told.append((question, f"{result.out}\n{result.err}"))
    lines = [[*question.split(), *of_it, "--no-pager"] for question in questions]
    environment = {**PLAIN, "REFORMCALC_DATA": str(path)}
    screens = shown([*lines, []], (100, 40), environment)
    told += zip([*questions, "(nothing)"], (screen.text for screen in screens), strict=True)
    assert _leaks(path, told) == []


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_no_file_has_a_word_of_this_programme(
    path: Path, run: Callable[..., Result], tmp_path: Path
) -> None:
    """Papers, tables, a database, a workbook's text and every page of a site."""
    of_it = ("--data", path, "--as-of", TINY_DAY)
    bodies = [id_ for id_, body in _known(path).bodies.items() if body.kind]
    asked: list[tuple[str, ...]] = [("report", "all.html"), ("report", "all.md")]
    asked += [("export", "tables"), ("site", "pages")]
    asked += [("report", "one.html", "--for", id_) for id_ in bodies[:1]]
    asked += [("export", "all.xlsx"), ("export", "all.sqlite")]
    told = []
    for command, name, *more in asked:
        result = run(command, tmp_path / name, *more, *of_it)
        assert result.code == 0, result.err
    for file in tmp_path.rglob("*"):
        if file.suffix == ".xlsx":
            told.append((file.name, _text_of(file)))
        elif file.suffix not in (".sqlite", "") and file.is_file():
            text = file.read_text(encoding="utf-8")
            told.append(
                (str(file.relative_to(tmp_path)), re.sub(r"(?s)<(style|script).*?</\1>", "", text))
            )
    assert len(told) > 30
    assert _leaks(path, told) == []


def test_a_record_without_councils_says_so(run: Callable[..., Result]) -> None:
    """What no body of a record can be is refused with how one is written, and with no list."""
    result = run("for", "zzz", "--data", DATA / "asked.yaml")
    assert result.code == 2
    assert "no council is in the record" in result.err
    assert "reformcalc new body" in result.err


def _text_of(workbook: Path) -> str:
    """Return what a workbook says, cell by cell."""
    from openpyxl import load_workbook

    book = load_workbook(workbook)
    rows = (row for sheet in book for row in sheet.iter_rows(values_only=True))
    cells = (str(value) for row in rows for value in row if value is not None)
    return "\n".join([*book.sheetnames, *cells])


def test_the_format_has_no_word_of_this_programme(run: Callable[..., Result]) -> None:
    """The schema, the rules, the words explained, and what is begun beside any record."""
    told = [("schema", run("schema").out), ("rule", run("rule").out)]
    told += [(f"rule {id_}", run("rule", id_).out) for id_ in RULES if id_ not in NAMING_THE_PLACE]
    told += [(f"show {word}", run("show", word).out) for word in glossary().words]
    told += [(f"new {kind}", run("new", kind).out) for kind in Kind if kind not in OWN_PLAN]
    assert _leaks(TINY, told) == []


# The rule that says what is assumed where no place is named.
NAMING_THE_PLACE = {"scope-said"}
# One's own plan is kept beside the bundled record, and names an entry of it.
OWN_PLAN = {Kind.MILESTONE, Kind.PLAN}
