"""The file of settings: where it is looked for, what it decides, and how an answer says so."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from tests.conftest import TINY, tab

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Result

DAY = ("--as-of", "2031-06-30")
NAME = "reformcalc.toml"
TOLD = "Settings of "


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder that holds a small record and nothing else, outside any home."""
    monkeypatch.setenv("HOME", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "elsewhere"))
    work = tmp_path / "work"
    work.mkdir()
    (work / "tiny.yaml").write_text(TINY.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.chdir(work)
    return work


def test_settings_decide_what_no_option_does_and_are_named(
    run: Callable[..., Result], folder: Path
) -> None:
    """The record and the format are those of the file, and the answer says which of its keys."""
    (folder / NAME).write_text('data = "tiny.yaml"\nformat = "json"\n', encoding="utf-8")
    answer = json.loads(run("totals", *DAY).out)
    assert answer["dataset"]["title"] == "Harbour renewal"
    assert answer["settings"] == {"file": NAME, "keys": ["data", "format"]}
    assert answer["notes"][-1] == f"{TOLD}{NAME}: data, format."


@pytest.mark.parametrize(
    ("arguments", "environment", "keys"),
    [
        ((), "", "data, format"),
        (("--format", "csv"), "", ""),
        (("--json", "--data", "tiny.yaml"), "", ""),
        (("--data", "tiny.yaml"), "", "format"),
        ((), "tiny.yaml", "format"),
        (("-o", "answer.md"), "", "data"),
    ],
)
def test_what_is_typed_goes_first_then_the_environment(
    arguments: tuple[str, ...],
    environment: str,
    keys: str,
    *,
    run: Callable[..., Result],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Only what the file decided is said to be its: an option wins, then the environment."""
    (folder / NAME).write_text('data = ["tiny.yaml"]\nformat = "markdown"\n', encoding="utf-8")
    monkeypatch.setenv("REFORMCALC_DATA", environment)
    result = run("totals", *DAY, *arguments)
    answer = (folder / "answer.md").read_text("utf-8") if "-o" in arguments else result.out
    assert result.code == 0
    assert "arbour renewal" in answer or "csv" in arguments
    assert (f"{TOLD}{NAME}: {keys}." in answer) is bool(keys)  # CSV has no notes


def test_paths_are_relative_to_the_file_from_wherever_it_is_obeyed(
    run: Callable[..., Result], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder below, the file is named from there and leads to the same record."""
    (folder / ".git").mkdir()
    (folder / NAME).write_text('data = ["bundled", "ours.yaml"]\n', encoding="utf-8")
    ours = "pillars:\n  ours: {title: Our own}\n"
    (folder / "ours.yaml").write_text(ours, encoding="utf-8")
    below = folder / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    file = f"../../{NAME}"
    with_ours = f"The record was read together with ours.yaml. {TOLD}{file}: data."
    assert with_ours in run("totals", *DAY).out
    assert with_ours in run().out
    assert f" files. {TOLD}{file}: data." in run("validate").out
    checked = json.loads(run("validate", "--format", "json").out)
    assert checked["settings"] == {"file": file, "keys": ["data"]}
    assert f"{TOLD}{file}: data." in run("export", "record.sqlite", *DAY).out
    run("report", "page.md", *DAY)
    assert f"{TOLD}{file}: data." in (below / "page.md").read_text(encoding="utf-8")
    assert TOLD not in run("validate", "bundled").out


@pytest.mark.parametrize(
    ("marks", "obeyed"),
    [
        ("", "nothing"),  # neither a repository nor at home: only the folder itself counts
        ("work/.git", "work"),
        (".git", "top"),
        ("work/a/.git", "nothing"),
        ("home", "work"),
    ],
)
def test_the_file_is_looked_for_up_to_the_repository_or_home(
    marks: str,
    obeyed: str,
    run: Callable[..., Result],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The nearest file counts, in no folder above the root of the repository or one's home."""
    top = folder.parent
    (folder / "a" / "b").mkdir(parents=True)
    places = [top] if obeyed == "top" else [top, folder]
    for place in places:
        (place / NAME).write_text('format = "json"\n', encoding="utf-8")
    if marks == "home":
        monkeypatch.setenv("HOME", str(folder))
        monkeypatch.setenv("USERPROFILE", str(folder))
    elif marks:
        (top / marks).mkdir()
    monkeypatch.chdir(folder / "a" / "b")
    out = run("totals", *DAY, "--data", str(TINY)).out
    if obeyed == "nothing":
        assert out.startswith("# ")
    else:
        depth = {"work": "../../", "top": "../../../"}[obeyed]
        assert json.loads(out)["settings"]["file"] == f"{depth}{NAME}"


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ('dtaa = "x"', "1:1", 'there is no setting "dtaa"; did you mean "data"?'),
        (
            '\n [colour]\nred = "x"',
            "2:3",
            'no setting "colour"; the settings are data, for, format',
        ),
        ('format = "jsno"', "1:1", 'json, csv, markdown; did you mean "json"?'),
        ('format = "ics"', "1:1", "one of the formats: table, json, csv, markdown"),
        ('\n"\\u0061" = 1', "1:1", 'there is no setting "a"'),  # written in no letters of its own
        ("for = 3", "1:1", '"for" takes the name or code of a body: "NAME"'),
        ('for = ["a", "b"]', "1:1", '"for" takes the name'),
        (r'data = "a\u0000b"', "1:1", '"data" has a letter that no name has'),
        ("data = []", "1:1", '"data" takes a path, or a list of paths'),
        ('data = ["a", 1]', "1:1", '"data" takes a path, or a list of paths'),
        ('# ours\n"data" = " "', "2:2", '"data" takes a path, or a list of paths'),
        ("data = ours.yaml", "1:8", "this is not TOML (Invalid value)"),
        ('for = "Dorset', "1:1", "this is not TOML"),
        (r'data = "C:\Users\ours.yaml"', "1:13", "with \\ stands in single quotes: data = 'C:"),
        ("data = [", "1:1", "this is not TOML"),
        (f"for = {'9' * 5000}", "1:1", "this is not TOML"),
        (f"for = {'[' * 9999}", "1:1", "values nest too deep"),
    ],
    ids=range(17),
)
def test_what_is_wrong_in_it_is_found_with_its_place_and_remedy(
    text: str, place: str, says: str, run: Callable[..., Result], folder: Path
) -> None:
    """Nothing is answered by settings that do not say what they seem to."""
    (folder / NAME).write_text(text, encoding="utf-8")
    result = run("totals", *DAY)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"{NAME}:{place}: error: ")
    assert says in result.err


def test_all_that_is_wrong_is_told_at_once_in_order(
    run: Callable[..., Result], folder: Path
) -> None:
    """Two slips are two findings, by their places."""
    (folder / NAME).write_text('"who" = "x"\nfor = ""\n', encoding="utf-8")
    lines = run("deadlines").err.splitlines()
    assert [line.split(": ")[0] for line in lines if NAME in line] == [f"{NAME}:1:2", f"{NAME}:2:1"]
    assert lines[-1] == "2 errors in 1 file"


def _pipe(path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("needs a system with named pipes")
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (_pipe, "this is not a file"),
        (lambda path: path.mkdir(), "this is not a file"),
        (lambda path: path.symlink_to(path), "it cannot be read"),
        (lambda path: path.symlink_to("nowhere"), "there is no such file"),
        (lambda path: path.symlink_to("/dev/zero"), "this is not a file"),
        (lambda path: path.write_bytes(b"for = '\xff'"), f"{NAME}:1:8: this is not UTF-8 text"),
        (lambda path: path.write_bytes(b"#" * 100_000), "larger than any file of settings"),
    ],
    ids=["pipe", "folder", "loop", "dangling", "device", "latin-1", "huge"],
)
def test_what_is_no_file_of_settings_is_one_clear_message(
    make: Callable[[Path], None], says: str, run: Callable[..., Result], folder: Path
) -> None:
    """Whatever bears its name is refused in a line, and nothing waits for it."""
    make(folder / NAME)
    result = run("totals", *DAY)
    assert (result.code, result.out) == (2, "")
    assert result.err.count("\n") == 1
    assert says in result.err


def test_a_path_that_it_names_and_is_not_there_says_where_it_is_named(
    run: Callable[..., Result], folder: Path
) -> None:
    """Who never typed the path is told where it stands; who typed another is not."""
    (folder / NAME).write_text('data = "gone.yaml"\n', encoding="utf-8")
    assert run("totals").err.endswith(f"check the path (it is named in {NAME})\n")
    assert run("totals", "--data", "lost.yaml").err.endswith("check the path\n")


def test_a_working_folder_that_is_gone_has_no_settings(
    run: Callable[..., Result], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What somebody else removed stops no answer."""
    gone = folder / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    try:
        gone.rmdir()
    except OSError:
        pytest.skip("the system keeps the folder that one works in")
    assert run("totals", *DAY, "--data", str(TINY)).code == 0


def test_tab_completes_from_the_record_of_the_settings(
    run: Callable[..., Result], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ids are those of the record that the answer would be of; broken settings offer nothing."""
    for name, value in tab("reformcalc show ").items():
        monkeypatch.setenv(name, value)
    (folder / NAME).write_text('data = "tiny.yaml"\n', encoding="utf-8")
    assert "quay-plan" in run().out.split()
    (folder / NAME).write_text("data = \n", encoding="utf-8")
    result = run()
    assert (result.out.split(), result.err) == ([], "")
