"""What people write in a plan who have never seen YAML, and the line that they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reformcalc import load
from reformcalc.reading.other_kinds import as_a_table, of_another_kind
from tests.rules.gallery import BASE

if TYPE_CHECKING:
    from pathlib import Path

ACTION = "milestones:\n  offer:\n    title: Publish our offer\n    due: 2027-03-31\n"
DAY = "done: 2026-11-20"


def _first(text: str, tmp_path: Path) -> str:
    path = tmp_path / "ours.yaml"
    path.write_text(text, encoding="utf-8")
    return load(BASE, path).findings[0].finding.message


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("status: complete", "write progress: done; or the day"),
        ("status: 20/11/2026", f"write {DAY}"),
        ("Status: On track", "write progress: green"),
        ("status: Not started", "delete the line"),
        ("status: see the minutes", "write progress: red, amber, green or done"),
        ("RAG: Amber", "write progress: amber"),
        ("progress: complete", "write progress: done"),
        ("progress: Red", "write progress: red"),
        ("progress: in progress", "write progress: amber"),
        ("progress: 50%", "write progress: red, amber, green or done"),
        ("outcome: met", f"write {DAY}, with the day"),
        ("outcome: 20/11/2026", f"write {DAY}"),
        ("outcome: late", "write progress: red in place of this line"),
        ("done: yes", f"the day on which it was done, as {DAY}"),
        ("done: 20.11.2026", f"write {DAY}"),
        ("done: not yet", "delete this line until it is done"),
        ("done: November 2026", f"write one, as {DAY}"),
        ("deadline: 2027", 'did you mean "due"? write due: 2027'),
        ("responsible officer: Jane", 'did you mean "owner"? write owner: Jane'),
        ("comments: slow", 'did you mean "note"? write note: slow'),
        ("links: [a, b]", 'did you mean "serves"? write serves:'),
        ("priority: high", "write what it says under note, or delete the line"),
        ("owner: [Bob, Jane]", "write owner: Bob, Jane"),
        ("serves: [a-duty, an-aim]", "write serves: a-duty, and give another an action of its own"),
        ("lead: Jane Smith", "a person is written as owner: Jane Smith"),
        ("lead: Harbour Office", 'did you mean "harbour-office"?'),
        ("topics: [Training of keepers]", 'did you mean "training"?'),
        ("topics: [“buoys”]", 'did you mean "buoys"?'),
        ("topics: buoys, training", "for several write [buoys, training]"),
        ("pillar: nothing like it", "there are across, keepers, lamps"),
        ("serves: register of lamps", 'did you mean "lamp-register"?'),
        ("moved: spring 2027", "write moved: {to: spring 2027, on: 2026-11-02}"),
        ("moved: {to: spring 2027}", "as on: 2026-11-02"),
        ("claims: our plan, page 4", "in your own plan take the line out"),
        ("repeats: every month", 'did you mean "monthly"?'),
        ("repeats: bi-monthly", 'did you mean "every 2 months"?'),
        ("repeats: mnthly", 'did you mean "monthly"?'),
        ("repeats: termly", "terms: [2027-04-09, 2027-07-23]"),
    ],
)
def test_a_line_of_a_plan_is_put_right(line: str, shown: str, tmp_path: Path) -> None:
    """The first message has the line to write in its place."""
    assert shown in _first(f"{ACTION}    {line}\n", tmp_path)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (ACTION.replace("due:", "deadline:"), "write due: 2027-03-31"),
        (ACTION.replace("title:", "Action:"), "write title: Publish our offer"),
        (ACTION.replace("    due: 2027-03-31\n", ""), "as due: 2027-03-31"),
        (ACTION.replace("    due", "due"), "begin the line with four spaces"),
        (ACTION.replace("milestones:", "actions:"), "write milestones:"),
        (ACTION.replace("  offer:\n    title", "  - title"), "in place of the hyphen write a name"),
        ("offer:\n  title: Publish\n  due: 2027\n", 'write the line "milestones:"'),
        ("title: Publish our offer\n", 'below the line "milestones:"'),
        ("milestones:\n  title: Publish\n", "a name for the action is missing"),
        ("milestones:\n  offer: Publish\n", "as title: Publish our offer"),
        ("- title: Publish our offer\n", "this is no plan and no record"),
        ("Publish our offer by March\n", "this is no plan and no record"),
        ("Action,Owner,Due\nPublish,JS,31/03/2027\n", "this is a table (CSV), not YAML"),
    ],
)
def test_a_plan_of_another_form_is_put_right(text: str, shown: str, tmp_path: Path) -> None:
    """So has that of a file whose lines stand otherwise."""
    assert shown in _first(text, tmp_path)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"PK\x03\x04..xl/workbook.xml", "an Excel workbook, not text; give it under its own name"),
        (b"PK\x03\x04..word/document.xml", "a Word document, not text; save it as plain text"),
        (b"PK\x03\x04..", "a workbook or a zip file"),
        (b"\xd0\xcf\x11\xe0", "an old workbook or document"),
        (b"%PDF-1.7", "a PDF"),
        ("a: b".encode("utf-16"), "UTF-16, not UTF-8 text; save the file as UTF-8: in Notepad"),
    ],
)
def test_a_file_of_another_program_is_told(raw: bytes, kind: str) -> None:
    """What it is, and how to give it."""
    assert kind in of_another_kind(raw)


@pytest.mark.parametrize(
    "text", ["# a, title, due\n", "title: a, due\n", "some words, and more\n", ""]
)
def test_a_plan_is_no_table(text: str) -> None:
    """Text with commas is not taken for one: it has no headings, or is a field or a comment."""
    assert of_another_kind(text.encode()) == as_a_table(text) == ""
