"""The documents are true: their examples run, and what they must name they name."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

import reformcalc
from docs import generate
from reformcalc import load, totals
from reformcalc.reading.source import parse
from reformcalc.record.model import Dataset
from reformcalc.render import Format
from tests.conftest import PROJECT
from tests.unit.builders import ask

if TYPE_CHECKING:
    from pathlib import Path


def test_generated_pages_are_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    """The README's examples and the generated pages are what the program says now."""
    monkeypatch.setattr("sys.argv", ["generate.py", "--check"])
    assert generate.main() == 0


def test_examples_do_not_age() -> None:
    """Every example names its day, so that its output is the same tomorrow."""
    pages = [(PROJECT / name).read_text(encoding="utf-8") for name in generate.PAGES_WITH_EXAMPLES]
    asked = re.findall(r"^\$ reformcalc (.*)$", "\n".join(pages), re.MULTILINE)
    assert asked
    assert [one for one in asked if "--as-of" not in one] == []


def _fenced(page: str, language: str) -> list[str]:
    text = (PROJECT / page).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def test_the_small_dataset_is_valid(tmp_path: Path) -> None:
    """The whole dataset that docs/dataset.md shows has no findings."""
    (example,) = [text for text in _fenced("docs/dataset.md", "yaml") if "about:" in text]
    path = tmp_path / "example.yaml"
    path.write_text(example, encoding="utf-8")
    assert [one.finding for one in load(path).findings] == []


def test_the_second_record_is_valid_and_adds_up() -> None:
    """The worked record of another programme has no findings; announced, it came to £1,482m."""
    loaded = load(PROJECT / "examples" / "family-hubs.yaml")
    assert loaded.findings == ()
    dataset = loaded.valid()
    report = totals(ask(dataset, date(2026, 11, 22)))
    assert report.total is not None
    assert report.total.adds_gbp == 928_000_000
    stated = [one.amount[0].value.stated for one in dataset.commitments.values()]
    assert sum(stated) == 1_482_000_000


@pytest.mark.parametrize(
    ("place", "section"),
    [
        ("section 2.1, Early help", "section 2.1, Early help"),
        ("section 2.1, footnote 3", "section 2.1"),
        ("section 2.12", generate.ELSEWHERE),
    ],
)
def test_a_place_lies_in_the_nearest_section(place: str, section: str) -> None:
    """A place belongs to the longest section that it begins with, and to no other number."""
    assert generate.section_of(place, ("section 2.1", "section 2.1, Early help")) == section


def test_every_quotation_of_a_document_lies_in_one_of_its_sections() -> None:
    """No claim of the five documents names a place that they do not have."""
    page = (PROJECT / "docs" / "documents.md").read_text(encoding="utf-8")
    assert page.count("\n## ") == 5
    assert generate.ELSEWHERE not in page


def test_every_example_of_an_entry_is_yaml() -> None:
    """Each example in docs/dataset.md is well formed."""
    for text in _fenced("docs/dataset.md", "yaml"):
        assert parse(text).findings == ()


def test_the_python_example_runs() -> None:
    """What the README shows of the Python interface gives what it says."""
    (example,) = _fenced("README.md", "python")
    names: dict[str, object] = {}
    exec(example, names)
    amount = names["report"].total.amount  # type: ignore[attr-defined]
    assert (amount.low, amount.high) == (45_000_000, 134_000_000)


def test_every_python_example_shows_what_it_prints() -> None:
    """Each example in docs/python.md is run, and what stands below it is what it printed."""
    page = (PROJECT / "docs" / "python.md").read_text(encoding="utf-8")
    assert len(generate.PYTHON_EXAMPLE.findall(page)) == page.count("```python") > 5
    assert generate.worked(page) == page
    with pytest.raises(ZeroDivisionError):
        generate.worked("```python\n1 / 0\n```\n\n```text\n```")


@pytest.mark.parametrize(
    ("page", "named"),
    [
        (
            "docs/json.md",
            [
                f"## {name}"
                for name in ("totals", "compare", "deadlines", "recommendations", "conflicts")
            ],
        ),
        (
            "docs/dataset.md",
            [f"`{kind}`" for kind in ("figures", "milestones", "recommendations", "deflators")],
        ),
        (
            "docs/dependencies.md",
            ["typer", "pydantic", "rich", "Jinja2", "MarkupSafe", "PyYAML", "XlsxWriter"],
        ),
        ("docs/python.md", [f"`{name}`" for name in reformcalc.__all__ if name != "__version__"]),
        ("docs/glossary.md", ["| envelope |", "| benchmark |", "| perhaps |", "| overdue |"]),
        ("README.md", [format_.value for format_ in Format]),
    ],
)
def test_pages_name_what_they_must(page: str, named: list[str]) -> None:
    """What a reader would look up is in the page for it."""
    text = (PROJECT / page).read_text(encoding="utf-8")
    assert [name for name in named if name not in text] == []


def test_every_section_is_a_kind() -> None:
    """`list` can be asked for every section of a dataset."""
    assert set(Dataset.model_fields) == {"about", *Dataset.KINDS}
