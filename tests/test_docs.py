"""The documents are true: their examples run, and what they must name they name."""

from __future__ import annotations

import re
import shlex
import shutil
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

import pytest

import reformcalc
from docs import generate
from reformcalc import load, totals
from reformcalc.cli.commands import GROUPS
from reformcalc.reading.source import parse
from reformcalc.record.model import Dataset
from reformcalc.render import Format
from tests.conftest import PROJECT
from tests.unit.builders import ask

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Result

# The documents that people read, without the record of what changed.
PAGES = [
    *("README.md", "CONTRIBUTING.md", "SECURITY.md"),
    *sorted(f"docs/{path.name}" for path in (PROJECT / "docs").glob("*.md")),
]
# Those whose every option is one of ours.
OF_USE = ("README", "docs/answers", "docs/glossary", "docs/json", "docs/method", "docs/own-plan")


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
        ("docs/glossary.md", ["| envelope |", "| benchmark |", "| in doubt |", "| overdue |"]),
        ("README.md", [f"`{format_}`" for format_ in Format]),
    ],
)
def test_pages_name_what_they_must(page: str, named: list[str]) -> None:
    """What a reader would look up is in the page for it."""
    text = (PROJECT / page).read_text(encoding="utf-8")
    assert [name for name in named if name not in text] == []


def test_every_section_is_a_kind() -> None:
    """`list` can be asked for every section of a dataset."""
    assert set(Dataset.model_fields) == {"about", *Dataset.KINDS}


def _read(page: str) -> str:
    return (PROJECT / page).read_text(encoding="utf-8")


def _anchors(page: str) -> set[str]:
    """Return what the headings of a page are called in a link, as GitHub makes it of them."""
    headings = re.findall(r"^#+ (.*)$", _read(page), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    """A link between documents leads to a file that is there, and to a heading that it has."""
    here = (PROJECT / page).parent
    links = re.findall(r"\]\(([^)#\s]*)(?:#([^)\s]*))?\)", _read(page))
    astray = []
    for path, anchor in links:
        if path.startswith(("https:", "http:")):
            continue
        to = (here / path).resolve() if path else PROJECT / page
        if not to.exists() or (anchor and anchor not in _anchors(str(to.relative_to(PROJECT)))):
            astray.append(f"{path}#{anchor}")
    assert astray == []


def test_the_index_has_every_page() -> None:
    """`docs/README.md` leads to each document, and each thing beside them that people open."""
    index = _read("docs/README.md")
    kinds = (".md", ".json", ".yaml")
    files = [path.name for path in (PROJECT / "docs").iterdir() if path.suffix in kinds]
    assert [name for name in files if f"]({name})" not in index and name != "README.md"] == []


def test_the_readme_is_short() -> None:
    """It has 200 lines at most: what is more is a page of its own."""
    assert _read("README.md").count("\n") <= 200


def test_the_picture_is_there_and_light() -> None:
    """The README shows the report, in less than 150 kB."""
    picture = PROJECT / "docs" / "report.png"
    assert "](docs/report.png)" in _read("README.md")
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size < 150_000


@pytest.fixture
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder that has the files which the documents name."""
    (tmp_path / "docs").mkdir()
    for name in ("docs/example-council.yaml", "plan.yaml"):  # a plan is any file of that kind
        shutil.copy(PROJECT / "docs" / "example-council.yaml", tmp_path / name)
    shutil.copytree(PROJECT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    # What is written is read by its own tests. Here a site has no pages but its index, and files of
    # tables hold none.
    for name in ("front_pages", "entry_pages"):
        monkeypatch.setattr(f"reformcalc.site.files.{name}", lambda *_: ())
    for name in ("workbook.workbook", "sqlite.database"):
        monkeypatch.setattr(f"reformcalc.export.{name}", lambda *_: b"")
    monkeypatch.setattr("reformcalc.export.package.package", lambda *_: {"tables.csv": b""})


@pytest.mark.usefixtures("_elsewhere")
def test_the_readme_has_a_line_for_every_command(run: Callable[..., Result]) -> None:
    """Each command has its line in the table of commands, and what the line shows runs."""
    lines = re.findall(r"^\| `([^`]*)` \|", _read("README.md"), re.MULTILINE)
    asked = [shlex.split(line) for line in lines]
    assert [words[0] for words in asked] == list(chain.from_iterable(GROUPS.values()))
    failed = {" ".join(words): run(*words) for words in asked}
    assert {line: done for line, done in failed.items() if done.code} == {}


@pytest.mark.usefixtures("_elsewhere")
@pytest.mark.parametrize("page", PAGES)
def test_the_command_lines_of_a_page_run(page: str, run: Callable[..., Result]) -> None:
    """What a document tells people to type is understood, from its first line to its last."""
    lines = [
        line.removeprefix("reformcalc ").split(" > ")[0]
        for line in "\n".join(_fenced(page, "sh")).splitlines()
        if line.startswith("reformcalc ")
    ]
    done = {line: run(*shlex.split(line, comments=True)) for line in lines}
    # A job that has something to say fails with 1: that is what it is for.
    refused = {line: one for line, one in done.items() if one.code > ("--fail-on" in line)}
    assert refused == {}


def test_every_option_that_is_named_is_there() -> None:
    """No document names an option that no command has."""
    ours = set(re.findall(r"--[a-z][a-z-]*", generate.commands_page()))
    named = {
        (page, option)
        for page in PAGES
        if page.startswith(OF_USE)
        for code in re.findall(r"`([^`\n]*)`", _read(page))
        for option in re.findall(r"(?<!\S)--[a-z][a-z-]*", code)
    }
    assert len(named) > 20
    assert {one for one in named if one[1] not in ours} == set()
