"""Quotations looked up in the text of their documents, and the documents themselves."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reformcalc.answers.lookup.sources import check_quotations, sources
from reformcalc.ledger.known import Known
from reformcalc.printable import UNPRINTABLE
from reformcalc.reading import quotations
from tests.conftest import TINY, need
from tests.unit import builders

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.conftest import Result

DAY = ("--as-of", "2031-06-30")
DOCUMENT = """Page one

The harbour, it says, gets \u201cover \u00a330m for the quays\u201d and a re-
newed **dredger** [for \u00a312m](#). The regional harbour co-

---

<sup>12</sup> Gazette, a footnote of 1 March 2030.

  3

operatives come later \u2013 in 2033.<sup>13</sup>
"""


@pytest.mark.parametrize(
    ("fragment", "line"),
    [
        pytest.param('"over \u00a330m for the quays"', 3, id="straight for curly quotes"),
        pytest.param("a renewed dredger for \u00a312m", 3, id="line-end hyphen, emphasis and link"),
        pytest.param("regional harbour co-operatives come", 4, id="over a page foot"),
        pytest.param("regional harbour cooperatives", 4, id="with or without the hyphen"),
        pytest.param("come later - in 2033", 12, id="dashes"),
        pytest.param("a footnote of 1 March", 8, id="inside a footnote"),
        pytest.param("THE  HARBOUR,  it", 3, id="case and white space"),
    ],
)
def test_a_quotation_is_found_where_it_begins(fragment: str, line: int) -> None:
    """What extraction does to a text hides no quotation, and the line is that of its first word."""
    assert quotations.read(DOCUMENT).find(fragment) == line


@pytest.mark.parametrize(
    "fragment",
    [
        pytest.param("over \u00a331m for the quays", id="another figure"),
        pytest.param("over \u00a33", id="the first digit of a figure"),
        pytest.param("\u00a330", id="a figure without its unit"),
        pytest.param("2m](", id="the end of a figure"),
        pytest.param("The harb", id="half a word"),
        pytest.param("a footnote of 1 March 203", id="half a year, inside a footnote"),
        pytest.param("dredger for the quays", id="words that stand apart"),
        pytest.param("\u2014", id="a mark alone"),
        pytest.param("**", id="emphasis of nothing"),
        pytest.param("", id="nothing"),
    ],
)
def test_other_words_are_not_found(fragment: str) -> None:
    """A quotation is found by whole words: what only begins as one does is another."""
    assert quotations.read(DOCUMENT).find(fragment) is None


def test_the_nearest_passage_is_offered() -> None:
    """A quotation that is not there is set beside the passage most like it, with its line."""
    line, passage = quotations.read(DOCUMENT).nearest("over \u00a331m for the quays")
    assert (line, passage) == (3, '"over \u00a330m for the quays"')
    assert quotations.read("").nearest("anything") == (1, "")
    assert quotations.read(DOCUMENT).nearest("\u2014") == (1, "")


@pytest.fixture
def record(tmp_path: Path) -> tuple[Path, Path]:
    """Return a record whose Gazette has a text, and the folder of texts."""
    folder = tmp_path / "texts"
    folder.mkdir()
    text = TINY.read_text(encoding="utf-8").replace(
        "    published: 2030-03-01\n", "    published: 2030-03-01\n    file: gazette.txt\n"
    )
    path = tmp_path / "record.yaml"
    path.write_text(text, encoding="utf-8")
    return path, folder


def test_missing_quotations_fail_the_check(
    record: tuple[Path, Path], run: Callable[..., Result]
) -> None:
    """Found ones come with their line, missing ones with the nearest passage and exit code 1."""
    path, folder = record
    (folder / "gazette.txt").write_text("First line\n\u00a312m for a dredger\n", encoding="utf-8")
    asked = ("sources", "check", folder, "--data", path, *DAY, "--format", "json")
    result = run(*asked)
    assert result.code == 1
    rows = {row["says"]: row for row in json.loads(result.out)["rows"]}
    assert rows["\u00a312m for a dredger"]["standing"] == "found"
    assert rows["\u00a312m for a dredger"]["line"] == 2
    assert rows["over \u00a330m for the quays"]["standing"] == "missing"
    assert "nearest" in rows["over \u00a330m for the quays"]["nearest"]
    assert "now \u00a36m" not in rows  # of a source without a text: not checked, not missing


def test_a_check_that_finds_everything_passes(
    record: tuple[Path, Path], run: Callable[..., Result]
) -> None:
    """With every quotation in the text the exit code is 0."""
    path, folder = record
    words = run("sources", "check", folder, "--data", path, *DAY)
    assert words.code == 2  # no text yet
    assert "it holds none of gazette.txt" in words.err
    says = [
        line.split('says: "')[1].split('"')[0]
        for line in path.read_text(encoding="utf-8").splitlines()
        if "source: gazette-2030" in line
    ]
    (folder / "gazette.txt").write_text("\n\n".join(says), encoding="utf-8")
    result = run("sources", "check", folder, "--data", path, *DAY)
    assert result.code == 0
    assert "0 missing" in result.out
    assert "Not checked: " in result.out


@pytest.mark.parametrize("day", ["2030-06-30", "2031-03-30", "2031-06-30"])
def test_only_what_was_known_is_counted_and_checked(
    day: str, record: tuple[Path, Path], run: Callable[..., Result]
) -> None:
    """Of entries not yet known, and of documents not yet out, no quotation is looked up."""
    path, folder = record
    (folder / "gazette.txt").write_text("nothing of it", encoding="utf-8")
    asked = ("--data", path, "--as-of", day, "--format", "json")
    resting = json.loads(run("sources", *asked).out)["rows"]
    checked = json.loads(run("sources", "check", folder, *asked).out)
    number = sum(row["claims"] for row in resting)
    spoken = f"{int(day[-2:])} {'March' if '-03-' in day else 'June'} {day[:4]}"
    assert checked["headline"].startswith(f"{number} quotations of documents out by {spoken}: ")
    assert len(checked["rows"]) == sum(row["claims"] for row in resting if row["file"])
    known = {row["id"] for row in resting}
    assert {row["source"] for row in checked["rows"]} <= known
    assert ("gazette-2031" in known) is (day == "2031-06-30")


def test_what_is_announced_later_has_no_claim_and_no_quotation_yet() -> None:
    """A document that is out carries no claim of an entry that is known from a later day on."""
    dataset = builders.record(
        {"now": "£5m", "later": builders.commitment("£4m", announced="2023-02-03")}
    )
    for day, number in ((2, 1), (3, 2)):
        as_of = date(2023, 2, day)
        (row,) = sources(Known(dataset, as_of)).rows
        assert row.claims == number
        checked = check_quotations(Known(dataset, as_of), {})
        assert checked.headline.endswith(f": 0 found, 0 missing, {number} not checked")


def test_a_check_says_how_old_the_record_is(
    record: tuple[Path, Path], run: Callable[..., Result]
) -> None:
    """After the last review a check says so, as every answer does, in JSON too."""
    path, folder = record
    (folder / "gazette.txt").write_text("nothing of it", encoding="utf-8")
    asked = ("sources", "check", folder, "--data", path, "--as-of", "2032-01-01")
    said = "The record was last reviewed on 30 June 2031: what happened since is not in it."
    assert f"# {said}\n" in run(*asked).out
    assert said in json.loads(run(*asked, "--format", "json").out)["notes"]


def test_a_folder_that_is_not_there_is_named(run: Callable[..., Result], tmp_path: Path) -> None:
    """The check says which folder is missing, or which document cannot be read."""
    result = run("sources", "check", tmp_path / "none")
    assert result.code == 2
    assert "there is no such folder" in result.err


def test_a_document_that_is_no_text_is_named(
    record: tuple[Path, Path], run: Callable[..., Result]
) -> None:
    """A document in another encoding cannot be read; its name, place and remedy are said."""
    path, folder = record
    for mark in (b"", b"\xef\xbb\xbf"):
        (folder / "gazette.txt").write_bytes(mark + b"The first line\na caf\xe9\n")
        result = run("sources", "check", folder, "--data", path, *DAY)
        place = f"{folder / 'gazette.txt'}:2:6"
        message = f"Error: {place}: this is not UTF-8 text; save the file as UTF-8: in Notepad"
        assert (result.code, result.out) == (2, "")
        assert result.err.startswith(message)


def test_no_passage_of_what_lies_elsewhere_is_printed(
    record: tuple[Path, Path], run: Callable[..., Result]
) -> None:
    """A link out of the folder is refused; one that stays in it, or is the folder, is followed."""
    path, folder = record
    outside = folder.parent / "outside.txt"
    outside.write_text("over £30m of what is not shown", encoding="utf-8")
    link, linked = folder / "gazette.txt", folder.parent / "linked"
    linked.symlink_to(folder, target_is_directory=True)
    for target in ("../outside.txt", outside, "/proc/self/environ"):
        if Path(folder, target).exists():
            link.symlink_to(target)
            for name in (folder, linked):
                result = run("sources", "check", name, "--data", path, *DAY)
                assert (result.code, result.out) == (2, "")
                assert f"{name / 'gazette.txt'}: this link leads out of its folder" in result.err
            link.unlink()
    (folder / "as-read.txt").write_text("over £30m for a dredger", encoding="utf-8")
    link.symlink_to("as-read.txt")
    for name in (folder, linked):
        assert "nearest" in run("sources", "check", name, "--data", path, *DAY).out


def test_a_passage_is_not_longer_than_a_quotation() -> None:
    """Of a word without an end only the beginning is printed."""
    _, passage = quotations.read("a word " + "x" * 9_000).nearest("a word after word")
    assert len(passage) < 300
    assert passage.endswith("…")


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("see [the plan](https://a.example/b) for", "see the plan for"),
        ("see [the plan](https://a.example/b_(c)?d) for", "see the plan for"),
        (
            "see [the plan [1]](https://a.example/b) for",
            "see [the plan [1]](https://a.example/b) for",
        ),
        ("a [note] (of 2)", "a [note] (of 2)"),
        ("[[one](a) and [two](b)", "[one and two"),
    ],
)
def test_of_a_link_its_words_are_kept(written: str, folded: str) -> None:
    """An address is not what a document says; brackets that are no link stay."""
    assert quotations.fold(written) == folded.replace("-", "")


def test_a_document_sends_nothing_to_the_terminal(
    record: tuple[Path, Path], run: Callable[..., Result]
) -> None:
    """Control characters of a document are not passed on with the passage nearest to a claim."""
    path, folder = record
    (folder / "gazette.txt").write_text("over \x1b[31m£30m\x9b2J\n", encoding="utf-8")
    for format_ in ("table", "json", "csv", "markdown"):
        result = run("sources", "check", folder, "--data", path, *DAY, "--format", format_)
        assert result.code == 1
        assert not UNPRINTABLE.search(result.out)


def test_everything_checked_needs_no_note(
    record: tuple[Path, Path], run: Callable[..., Result]
) -> None:
    """Where every source has its text, nothing is left unchecked."""
    path, folder = record
    text = path.read_text(encoding="utf-8")
    for line in ("    published: March 2031\n", "    published: 2029-11-05\n"):
        text = text.replace(line, f"{line}    file: gazette.txt\n")
    text = text.replace(
        "    accessed: 2031-06-30\n", "    accessed: 2031-06-30\n    file: gazette.txt\n"
    )
    path.write_text(text, encoding="utf-8")
    (folder / "gazette.txt").write_text("nothing of it", encoding="utf-8")
    result = run("sources", "check", folder, "--data", path, *DAY)
    assert result.code == 1
    assert "0 not checked" in result.out
    assert "Not checked:" not in result.out


def test_the_record_stands_in_its_documents(run: Callable[..., Result]) -> None:
    """Every quotation of the five documents is found in their text."""
    folder = os.environ.get("REFORMCALC_SOURCES")
    if folder == "":
        pytest.skip("REFORMCALC_SOURCES is set and empty: the documents' text is not here")
    need(folder, "the documents' text, in a folder named by REFORMCALC_SOURCES")
    result = run("sources", "check", Path(str(folder)), "--as-of", "2026-11-21")
    assert result.code == 0, result.out
    assert " 0 missing" in result.out


def test_a_format_that_does_not_exist_is_refused_as_elsewhere(run: Callable[..., Result]) -> None:
    """A command that has another below it has no words of a library before its message."""
    for command in ("sources", "totals"):
        result = run(command, "--format", "xml")
        assert result.code == 2
        assert "Invalid value for '--format' / '-f': 'xml' is not one of 'table'" in result.err


def _read_in(*, kinds: Mapping[str, str | None]) -> str:
    """Return the notes on a record whose sums are printed in papers of some kinds.

    A £50m envelope holds £20m, and £7m stands beside it.
    """

    def said(says: str, *papers: str) -> list[dict[str, str]]:
        return [{"source": paper, "at": "page 1", "says": says} for paper in papers]

    commitments = {
        "envelope": builders.commitment("£50m", claims=said("gives £50m", "statement")),
        "beside": builders.commitment(
            "£7m", claims=[*said("it gives £7m", "paper"), *said("it is given", "statement")]
        ),
        "inside": builders.commitment(
            "£20m", part_of=["envelope"], claims=said("of it £20m", "paper", "answer")
        ),
    }
    sources_ = {
        id_: {"title": id_, "publisher": "DfE", "published": "2023-02-02"}
        | ({"kind": kind} if kind else {})
        for id_, kind in kinds.items()
    }
    dataset = builders.record(commitments, sources=sources_)
    return " ".join(sources(Known(dataset, date(2023, 2, 2))).sentences)


def test_the_money_is_said_to_rest_on_the_nearest_place_that_prints_it() -> None:
    """Each pound once: a claim counts that prints the sum, and of these the official one first."""
    kinds = {"statement": "official", "answer": "copy", "paper": "other"}
    assert (
        "Of £57m promised, each sum at the nearest place: £30m on official pages and documents; "
        "£20m on copies of them; and £7m on the press, councils, charities and others."
    ) in _read_in(kinds=kinds)
    silent = {"statement": "official", "answer": None, "paper": None}
    assert (
        "£30m on official pages and documents and £27m on sources of which it is not said."
    ) in _read_in(kinds=silent)


def test_a_record_that_says_nothing_of_its_sources_has_no_such_note() -> None:
    """Where no source has a kind, nothing is said of what the money rests on."""
    assert "nearest place" not in _read_in(kinds=dict.fromkeys(("statement", "answer", "paper")))


def test_before_any_money_nothing_is_said_to_rest_anywhere() -> None:
    """On a day on which no sum counts there is nothing to say where it is read."""
    dataset = builders.record(
        {},
        sources={
            "paper": {
                "title": "A paper",
                "publisher": "DfE",
                "published": "2023-02-02",
                "kind": "official",
            }
        },
    )
    notes = " ".join(sources(Known(dataset, date(2023, 2, 2))).sentences)
    assert "nearest place" not in notes
