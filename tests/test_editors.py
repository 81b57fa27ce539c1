"""What an editor shows of a record as one writes it, by the server that most editors have."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from reformcalc.cli.new import Kind
from reformcalc.reading.files import template
from reformcalc.reading.load import load
from tests.conftest import PROJECT, need, of_npm
from tests.language_server import Editor
from tests.rules.gallery import BASE, GALLERY, expected_in, found

if TYPE_CHECKING:
    from collections.abc import Iterator

FAULTS = GALLERY / "_faults-of-form.yaml"
NAMED = "# yaml-language-server: $schema=schema.json\n"


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """Return an editor in a folder that has the schema."""
    need(shutil.which("node"), "node")
    server = of_npm("yaml-language-server") / "bin" / "yaml-language-server"
    folder = tmp_path_factory.mktemp("editor")
    shutil.copy(PROJECT / "docs" / "schema.json", folder)
    with Editor(str(server), folder) as opened:
        yield opened


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("|", {"about", "commitments", "milestones", "topics", "bodies", "sources"}),
        ("commitments:\n  bells:\n    |", {"title", "amount", "announced", "claims", "part_of"}),
        ("commitments:\n  bells:\n    title: Bells\n    |", {"amount", "announced", "claims"}),
        ("milestones:\n  bells:\n    title: Bells\n    |", {"due", "owner", "progress", "serves"}),
        ("topics:\n  bells:\n    |", {"title", "short"}),
        ("commitments:\n  bells:\n    claims:\n      - |", {"source", "at", "says", "variant"}),
        ("commitments:\n  bells:\n    amount:\n      - |", {"is", "from", "claims"}),
        ("milestones:\n  bells:\n    outcome:\n      |", {"met", "partly-met", "dropped", "known"}),
        ("commitments:\n  bells:\n    spending: |", {"revenue", "capital", "mixed"}),
        ("commitments:\n  bells:\n    stage: |", {"announced", "allocated", "paid"}),
        ("milestones:\n  bells:\n    progress: |", {"red", "amber", "green", "done"}),
        ("commitments:\n  bells:\n    counted: |", {"true", "false"}),
    ],
)
def test_an_editor_offers_what_can_stand_there(
    before: str, words: set[str], editor: Editor
) -> None:
    """At the top, in an entry, in a list, after a field of few words: what fits is offered."""
    offered = editor.offered(f"{abs(hash(before))}.yaml", NAMED + before)
    assert words <= set(offered)
    assert not [text for text in offered.values() if "null" in text]


@pytest.mark.parametrize(
    ("before", "label", "lines"),
    [
        (
            "commitments:\n  bells:\n    |",
            "a whole commitment",
            ["amount: ", "announced: ", "  at: "],
        ),
        ("milestones:\n  bells:\n    looked: |", "a whole search", ["  reaches: "]),
        ("recommendations:\n  bells:\n    |", "a whole recommendation", ["chapter: ", "made: "]),
    ],
)
def test_an_editor_writes_a_whole_entry(
    before: str, label: str, lines: list[str], editor: Editor
) -> None:
    """What rules ask for, beyond what the form needs, is written in at once."""
    written = editor.offered(f"{abs(hash(label))}.yaml", NAMED + before)[label]
    fields = {re.sub(r"[$][0-9]+", "", line) for line in written.replace("- ", "  ").split("\n")}
    assert {line for line in lines if not any(one.endswith(line) for one in fields)} == set()


@pytest.mark.parametrize(
    ("under", "said"),
    [
        ("com|mitments:\n  bells:\n    title: Bells\n", "A public promise of money"),
        ("commitments:\n  bells:\n    am|ount: £5m\n", "what is promised, as stated"),
        ("commitments:\n  bells:\n    amount: £|5m\n", "over £45m"),
        ("topics:\n  bells:\n    sh|ort: Bells\n", "its name in a sentence"),
    ],
)
def test_an_editor_explains_a_word(under: str, said: str, editor: Editor) -> None:
    """Pointed at, a section, a field and a value say what they mean, and the forms of it."""
    assert said in editor.hover(f"{abs(hash(under))}.yaml", NAMED + under)


def test_an_editor_marks_what_validate_finds(editor: Editor) -> None:
    """In a file of 22 faults it marks all those of form, each on its line, and nothing else."""
    faults = sorted(expected_in(FAULTS))
    assert sorted(found(load(BASE, FAULTS))) == faults
    assert len(faults) == 22
    marked = editor.marked("faults.yaml", NAMED + FAULTS.read_text(encoding="utf-8"))
    of_form = [one.line for one in faults if one.rule != "unknown-reference"]
    assert sorted(line - 1 for line, _ in marked) == of_form
    assert len(of_form) == 20
    (said,) = [message for line, message in marked if line - 1 == faults_line("amount-form")]
    assert said.startswith('Not an amount, as "£45m", "over £45m"')
    assert not [message for _, message in marked if message.startswith("Incorrect type")]
    assert 'Yes is written "true", and no "false"' in {message for _, message in marked}


def faults_line(rule: str) -> int:
    """Return the line of the one fault of a rule."""
    (line,) = [one.line for one in expected_in(FAULTS) if one.rule == rule]
    return line


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.PLAN])
def test_an_editor_takes_what_new_writes(kind: str, editor: Editor) -> None:
    """What `new` writes names the schema, by which it is checked and has no fault."""
    text = template(kind)
    assert text.startswith(NAMED)
    assert editor.marked(f"{kind}.yaml", text) == []
    broken = re.sub("(title|release):", "titel:", text, count=1)
    assert "Property titel is not allowed." in {
        message for _, message in editor.marked(f"{kind}-broken.yaml", broken)
    }
