"""What people read keeps to the house style: documents, default screens, and the report."""

from __future__ import annotations

import re
from datetime import date

import pytest

from docs import generate
from reformcalc import Known, load
from reformcalc.answers.briefing import METHOD, Paper, briefing
from reformcalc.render.markdown import render_document
from tests import house_style
from tests.conftest import PROJECT

DAYS = ("2023-06-20", "2023-12-31", "2025-03-31", "2026-11-30")
FAMILY_HUBS = ("--data", "examples/family-hubs.yaml")
# Pages that have such words for a reason.
EXCEPTED = {
    "docs/commands.md": "names the values of options",
    "docs/export.md": "names the columns and words of a contract with programs",
    "docs/json.md": "likewise",
    "docs/python.md": "likewise",
    "docs/rules.md": "shows broken records, and messages that quote them",
}
PAGES = [
    name
    for name in (
        *("README.md", "CONTRIBUTING.md", "SECURITY.md"),
        *sorted(f"docs/{path.name}" for path in (PROJECT / "docs").glob("*.md")),
    )
    if name not in EXCEPTED
]


# What a page or an answer shows that is not said in its own words.
NOT_SAID = (
    r"^```(?!console|text)\w.*?^```",  # code, and records as one writes them
    r"^\$ [^\n]*",  # a command line
    r"`[^`\n]*`",  # what one types, or what programs read
    r"--[a-z-]+ [\w-]+",  # an option with its word, as a hint has it
    r'"[^"\n]*"',  # a quotation, or a title
)


def _said(text: str) -> str:
    """Return what a page or an answer says in its own words."""
    for pattern in NOT_SAID:
        text = re.sub(pattern, "", text, flags=re.DOTALL | re.MULTILINE)
    return text


@pytest.mark.parametrize("page", PAGES)
def test_a_page_keeps_to_the_house_style(page: str) -> None:
    """No document has a word that is not to be used."""
    text = (PROJECT / page).read_text(encoding="utf-8")
    assert house_style.faults(_said(text)) == []


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("command", ["totals", "compare", "deadlines"])
def test_a_screen_keeps_to_the_house_style(command: str, day: str) -> None:
    """No answer of a terminal has one, whatever the day."""
    assert house_style.faults(_said(generate.answer(command, "--as-of", day))) == []


@pytest.mark.parametrize("command", ["totals", "deadlines"])
def test_a_screen_of_another_programme_keeps_to_it(command: str) -> None:
    """Nor has one of another record."""
    shown = generate.answer(command, *FAMILY_HUBS, "--as-of", "2026-11-30")
    assert house_style.faults(_said(shown)) == []


@pytest.mark.parametrize("day", DAYS)
def test_the_report_keeps_to_the_house_style(day: str) -> None:
    """Nor has the report of the bundled record."""
    document = briefing(Paper(Known(load().valid(), date.fromisoformat(day)), full=True))
    assert house_style.faults(_said(render_document(document))) == []


def test_a_word_that_is_not_to_be_used_is_found() -> None:
    """Each word is found as it stood on a screen, and what is said instead has none itself."""
    once = {
        "£4bn promised, perhaps £463.96m more": "up to £464m",
        "perhaps: may lie in the fund": "in doubt",
        "not decided": "not settled",
        "from 2026-27..2028-29": "2026-27 to 2028-29",
        "dfe to act": "DfE",
        "Gap -£384.5m": "−£384m",
        "until 31 Aug 2023\nto the season\n": "no more than",
    }
    for said, instead in once.items():
        assert instead in " ".join(house_style.faults(said))
    fine = (
        "DfE: −£384.5m in 2026-27 to 2028-29, £29m–£45m; up to £464m more is in doubt, not settled"
    )
    assert house_style.faults(fine) == []
    assert [word for word in house_style.WORDS if house_style.faults(word.instead)] == []


def test_what_the_report_rests_on_stands_under_words_of_the_glossary() -> None:
    """Where a paragraph of "How it is counted" is about a word, the glossary has that word."""
    glossary = (PROJECT / "docs" / "glossary.md").read_text(encoding="utf-8")
    words = set(re.findall(r"^\| ([^|]*) \|", glossary, re.MULTILINE))
    named = [word.lower() for word in re.findall(r"^([A-Z][a-z ]*):", METHOD, re.MULTILINE)]
    assert len(named) > 5
    assert [word for word in named if word not in words] == []
