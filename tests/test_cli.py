"""The command line as its users meet it: what it answers, what it refuses, how it ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml

import reformcalc
from reformcalc.answers.totals.groupings import GROUPINGS
from reformcalc.cli.commands import GROUPS, names
from reformcalc.ledger.milestones import State
from reformcalc.reading.files import bundled
from reformcalc.record.fingerprint import fingerprint
from reformcalc.render import OF_SOME, Format
from tests.conftest import TINY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reformcalc.findings import Plain
    from tests.conftest import Result

QUERIES = ("totals", "compare", "deadlines", "conflicts", "sources", "list", "show dredger")
DAY = ("--as-of", "2031-06-30")
BROKEN = """about:
  title: T
  subject: s
  scope: England
  publisher: p
  version: "1"
  licence: l
  reviewed: 2031-06-30
bodies: {b: {title: B}}
pillars: {p: {title: P}}
sources: {s: {title: S, publisher: P, published: 2031-01-01}}
commitments:
  one:
    title: One
    amount: 45m
    lead: b
    pillar: p
    part_of: [twoo]
    claims: [{source: s, at: page 1, says: "£45m"}]
  two:
    title: Two
    amount: £45m
    lead: b
    pillar: p
    claims: [{source: s, at: page 1, says: "£54m"}]
"""


def test_version_is_printed(run: Callable[..., Result]) -> None:
    """--version prints one line."""
    assert run("--version").out == f"reformcalc {reformcalc.__version__}\n"


@pytest.mark.parametrize("command", [*names()])
def test_help_has_examples(command: str, run: Callable[..., Result]) -> None:
    """The help of every command says what it is for and ends with examples."""
    result = run(*command.split(), "--help")
    assert result.code == 0
    assert f"reformcalc {command}" in re.split("Examples?:", result.out)[1]


@pytest.mark.parametrize("command", ["", *names()])
def test_help_fits_two_screens(command: str, run: Callable[..., Result]) -> None:
    """Help has 48 lines or fewer of 80 columns, says no type of a program, and cuts nothing off."""
    lines = run(*command.split(), "--help").out.splitlines()
    assert len(lines) <= 48
    assert max(map(len, lines)) <= 80
    assert not any("<" in line or "..." in line.partition("  ")[2] for line in lines[1:])


def test_help_tells_each_command_in_a_line(run: Callable[..., Result]) -> None:
    """The list of commands has each once, in its group, on one line that is whole."""
    lines = run("--help").out.splitlines()
    for heading, members in GROUPS.items():
        start = lines.index(f"{heading}:") + 1
        listed = lines[start : start + len(members)]
        assert [line.split()[0] for line in listed] == [*members]
        assert all(line.endswith(".") and line.startswith("  ") for line in listed)
        assert not lines[start + len(members)].startswith("  ")


def test_help_groups_options_and_sets_out_examples(run: Callable[..., Result]) -> None:
    """Options stand under what they are for; an example can be copied as a line."""
    out = run("totals", "--help").out
    order = [
        "What it is about:", "--by GROUP", "What limits it:", "--topic ID", "How it is written:",
        "-f, --format FORMAT", "--no-pager", "Examples:",
        "\n  reformcalc totals --topic fostering --explain\n",
    ]  # fmt: skip
    assert [*map(out.index, order)] == sorted(map(out.index, order))
    assert "What limits it" not in run("new", "--help").out
    assert "Usage: reformcalc new [OPTIONS] KIND [FILE]\n" in run("new", "--help").out
    assert "Usage: reformcalc find [OPTIONS] WORDS...\n" in run("find", "--help").out


def test_help_names_every_grouping_and_state(run: Callable[..., Result]) -> None:
    """The help lists every word that --by and --state take."""
    by = " ".join(run("totals", "--help").out.split())
    state = " ".join(run("deadlines", "--help").out.split()).replace("- ", "-")
    assert all(name in by for name in GROUPINGS)
    assert all(name in state for name in State)


@pytest.mark.parametrize("format_", [one for one in Format if one not in OF_SOME])
@pytest.mark.parametrize("query", QUERIES)
def test_every_query_answers_in_every_format(
    query: str, format_: Format, run: Callable[..., Result]
) -> None:
    """Each query can be asked for in each format."""
    result = run(*query.split(), "--data", TINY, *DAY, "--format", format_)
    assert (result.code, result.err) == (0, "")
    assert result.out.endswith("\n")


@pytest.mark.parametrize("query", QUERIES)
def test_json_keeps_its_contract(query: str, run: Callable[..., Result]) -> None:
    """JSON carries its version, the day, the dataset and flat rows."""
    result = json.loads(run(*query.split(), "--data", TINY, *DAY, "--format", "json").out)
    assert result["schema"] == 2
    assert result["report"] == query.split(maxsplit=1)[0]
    assert result["as_of"] == "2031-06-30"
    assert set(result["dataset"]) == {"title", "version", "digest"}
    assert result["rows"]
    assert not any(isinstance(value, dict) for row in result["rows"] for value in row.values())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("totals", "--as-of", "20/6/2023"), 'has its year last; write "2023-06-20"'),
        (("totals", "--by", "pilar"), 'did you mean "pillar"?'),
        (("totals", "--by", "PILLAR"), 'did you mean "pillar"?'),
        (("totals", "--format", "xml"), "'--format' / '-f': 'xml' is not one of 'table', 'json'"),
        (("--as-of", "2031-01-01", "totals"), "write it after: totals --as-of"),
        (("--as-of=2031-01-01", "totals"), "write it after: totals --as-of"),
        (("totals", "--pillar", "quay"), 'did you mean "quays"?'),
        (("totals", "--topic", "x"), 'there is no topic "x"; there are: dredging, lamps'),
        (("totals", "--explain", "--by", "year"), "leave out --by"),
        (("totals", "--new", "yearly"), "there are: announced, each-year"),
        (("compare", "--year-one", "2023"), 'write "2023-24"'),
        (("show", "beacon-loans", "--as-of", "2030-06-01"), "not yet known"),
        (("totals", "--lead", "inquirry"), 'there is no body "inquirry"; did you mean "inquiry"?'),
        (("totals", "--envelope", "quay-pln"), 'did you mean "quay-plan"?'),
        (("totals", "--envelope", "beacon-loans", "--as-of", "2030-06-01"), "not yet known"),
        (("compare", "lamps"), "ask: compare --topic lamps"),
        (("compare", "--as-of", "2029-01-01"), "was announced on 2029-11-05"),
        (("deadlines", "--within", "6 months"), 'write it as "90d", "6m" or "1y"'),
        (("deadlines", "--within", "9999y"), "leads beyond the calendar"),
        (("deadlines", "--state", "tardy"), 'there is no state "tardy"'),
        (("deadlines", "--acts", "prot-councils"), 'did you mean "port-councils"?'),
        (("list", "commitment"), 'there is no kind "commitment"; did you mean "commitments"?'),
        (("show", "dreger"), 'did you mean "dredger"?'),
        (("totals", "dredging"), '(dredging); did you mean "--topic dredging"?'),
        (("totals", "Dreging", "--by", "year"), '(Dreging); did you mean "--topic dredging"?'),
        (("totals", "pillar"), 'did you mean "--by pillar"?'),
        (("totals", "explain"), 'did you mean "--explain"?'),
        (("find", "qu\u202eay"), "letters that cannot be seen (right-to-left override)"),
        (("report", "out.md", "--title", "\u200b"), "cannot be seen (zero width space)"),
        (("site", "out", "--base", "https://a.org/\x07"), "cannot be seen (U+0007)"),
        (("conflicts", "xyzzy", "json"), "unexpected extra argument(s) (xyzzy json)\n"),
        (("totals", "--new"), "--data stands where its value should; write that before: announced"),
        (("totals", "--cite"), "No such option: --cite (of other commands: show)"),
        (("show", "zzz"), f"reformcalc list\nOf the same record it is asked with --data {TINY}\n"),
    ],
)
def test_a_wrong_option_gets_one_message(
    arguments: tuple[str, ...], said: str, run: Callable[..., Result]
) -> None:
    """A wrong word is named, with the remedy; the exit code is 2 and nothing is answered."""
    result = run(*arguments, "--data", TINY)
    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert "Traceback" not in result.err


def test_two_dashes_may_stand_before_a_command(run: Callable[..., Result]) -> None:
    """They end the options, of which there are none here, and are no option themselves."""
    assert run("--", "rule", "amount-form").code == 0


def test_an_unknown_rule_gets_a_suggestion(run: Callable[..., Result]) -> None:
    """`rule` names the nearest rule."""
    result = run("rule", "amount-from")
    assert result.code == 2
    assert 'did you mean "amount-form"?' in result.err
    assert "every rule: reformcalc rule" in run("rule", "zzz").err


def test_a_rule_is_explained(run: Callable[..., Result]) -> None:
    """`rule` says what must hold and why, also as JSON."""
    assert "pounds, as a document would word it" in run("rule", "amount-form").out
    rows = json.loads(run("rule", "--format", "json").out)["rows"]
    assert all(row["holds"].endswith((".", '"')) for row in rows)


@pytest.mark.parametrize("command", ["totals", "validate"])
def test_a_missing_path_is_named(command: str, run: Callable[..., Result], tmp_path: Path) -> None:
    """A path that does not exist ends with 2 and its name, whatever was asked."""
    missing = tmp_path / "nowhere.yaml"
    option = () if command == "validate" else ("--data",)
    result = run(command, *option, missing)
    assert result.code == 2
    assert f"{missing}: there is no such file or folder" in result.err


def test_a_folder_without_yaml_is_named(run: Callable[..., Result], tmp_path: Path) -> None:
    """A folder that holds no YAML cannot be a dataset."""
    result = run("validate", tmp_path)
    assert result.code == 2
    assert "holds no .yaml file" in result.err


def test_validate_prints_everything_that_is_wrong(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """Faults of form, reference and content come in one run, each with its place; exit code 1."""
    path = tmp_path / "broken.yaml"
    path.write_text(BROKEN, encoding="utf-8")
    result = run("validate", path)
    assert result.code == 1
    lines = [line for line in result.out.splitlines() if ": error[" in line]
    assert [line.split("[")[1].split("]")[0] for line in lines] == [
        "amount-form",
        "unknown-reference",
        "figures-in-claims",
        "sums-explained",
    ]
    assert f'{path}:15:13: error[amount-form]: "45m" has no pound sign; write "£45m"' in lines[0]
    assert "   15 |     amount: 45m\n      |             ^^^\n" in result.out
    assert 'did you mean "two"?' in lines[1]
    assert result.out.endswith("4 errors in 1 file\n")


def test_a_fault_after_wide_letters_is_pointed_at(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """The mark counts the columns of a terminal, of which such a letter takes two."""
    path = tmp_path / "wide.yaml"
    path.write_text("日本: &x £5\n", encoding="utf-8")
    out = run("validate", path).out
    assert "    1 | 日本: &x £5\n      |       ^^^^^\n" in out


def test_a_query_answers_nothing_of_a_broken_dataset(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """A query of invalid data prints the findings to standard error and ends with 2."""
    path = tmp_path / "broken.yaml"
    path.write_text(BROKEN, encoding="utf-8")
    result = run("totals", "--data", path)
    assert (result.code, result.out) == (2, "")
    assert "error[amount-form]" in result.err
    assert "nothing is answered" in result.err


def test_findings_as_json(run: Callable[..., Result], tmp_path: Path) -> None:
    """JSON findings carry rule, severity, place, route and message."""
    path = tmp_path / "broken.yaml"
    path.write_text(BROKEN, encoding="utf-8")
    first = json.loads(run("validate", path, "--format", "json").out)["findings"][0]
    assert first == {
        "rule": "amount-form",
        "severity": "error",
        "path": path.as_posix(),
        "line": 15,
        "column": 13,
        "sheet": None,
        "row": None,
        "heading": None,
        "route": ["commitments", "one", "amount", 0, "is"],
        "message": '"45m" has no pound sign; write "£45m"',
    }


def test_findings_as_annotations(run: Callable[..., Result], tmp_path: Path) -> None:
    """GitHub annotations name file, line and column, and escape what would end them."""
    path = tmp_path / "a,b%.yaml"
    path.write_text(BROKEN, encoding="utf-8")
    first = run("validate", path, "--format", "github").out.splitlines()[0]
    assert first.startswith("::error file=")
    assert "a%2Cb%25.yaml,line=15,col=13,title=amount-form::" in first


def test_warnings_fail_only_when_strict(run: Callable[..., Result], tmp_path: Path) -> None:
    """A warning is printed and passes; with --strict it fails."""
    text = TINY.read_text(encoding="utf-8").replace(
        "supersedes: [beacon-grant]", "supersedes: [beacon-pot]"
    )
    path = tmp_path / "warned.yaml"
    path.write_text(text, encoding="utf-8")
    relaxed, strict = run("validate", path), run("validate", path, "--strict")
    assert (relaxed.code, strict.code) == (0, 1)
    assert "warning[components-left-standing]" in relaxed.out
    assert run("totals", "--data", path, *DAY).code == 0


def test_several_files_are_one_dataset(run: Callable[..., Result], tmp_path: Path) -> None:
    """One's own file beside the shipped record adds to it, by --data or by REFORMCALC_DATA."""
    ours = tmp_path / "ours.yaml"
    ours.write_text(
        """
milestones:
  our-plan:
    title: Write our plan
    promised: 2023-03-01
    due: July 2023
    lead: thurrock
    pillar: family-help
    claims: [{source: thurrock-spring-2023, at: page 1, says: by July 2023}]
""",
        encoding="utf-8",
    )
    asked = ("deadlines", "--as-of", "2023-06-20", "--lead", "thurrock")
    assert "our-plan" in run(*asked, "--data", "bundled", "--data", ours).out
    assert "our-plan" not in run(*asked).out


def test_the_environment_names_the_data(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """REFORMCALC_DATA is a list of paths, and --data goes before it."""
    pieces = TINY.read_text(encoding="utf-8").split("\nmilestones:")
    first, second = tmp_path / "first.yaml", tmp_path / "second.yml"
    first.write_text(pieces[0], encoding="utf-8")
    second.write_text("milestones:" + pieces[1], encoding="utf-8")
    monkeypatch.setenv("REFORMCALC_DATA", f"{first}{os.pathsep}{second}")
    assert "walls-report" in run("deadlines", *DAY).out
    assert "stable-homes" in run("totals", "--data", "bundled", "--as-of", "2023-06-20").out


@pytest.mark.parametrize("field", ["claims", "lead", "part_of", "moved", "topics"])
def test_an_order_that_answers_show_is_content(field: str) -> None:
    """Which claim is cited, who is named first, which move is the last: lists keep their order."""
    one: Plain = {"milestones": {"step": {field: ["a", "b"]}}}
    other: Plain = {"milestones": {"step": {field: ["b", "a"]}}}
    assert fingerprint(one) != fingerprint(other)


def test_order_and_file_layout_change_nothing(run: Callable[..., Result], tmp_path: Path) -> None:
    """Datasets that mean the same give the same JSON, byte for byte."""
    content = yaml.load(TINY.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    folder = tmp_path / "layout"
    folder.mkdir()
    for place, (section, entries) in enumerate(reversed(content.items())):
        shuffled = dict(reversed(entries.items()))
        text = yaml.safe_dump({section: shuffled}, sort_keys=False, allow_unicode=True)
        (folder / f"{place}.yaml").write_text(text, encoding="utf-8")
    for query in QUERIES[:3]:
        asked = (query, *DAY, "--format", "json")
        assert run(*asked, "--data", TINY).out == run(*asked, "--data", folder).out


def _reversed(value: Any) -> Any:
    """Return plain values with every mapping in them the other way round."""
    if isinstance(value, dict):
        return {key: _reversed(one) for key, one in reversed(value.items())}
    return [_reversed(one) for one in value] if isinstance(value, list) else value


def test_no_answer_turns_on_what_the_digest_does_not_see(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """With every mapping of the record written the other way round each answer is the same."""
    content: dict[str, Any] = {}
    for path in sorted(bundled().glob("*.yaml")):
        content |= yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    turned = tmp_path / "turned.yaml"
    turned.write_text(json.dumps(_reversed(content), ensure_ascii=False), encoding="utf-8")
    questions = [
        ("totals", "--explain"),
        ("totals", "--by", "pillar"),
        ("compare", "--sensitivity"),
        ("deadlines", "--all"),
        ("deadlines", "--slipped"),
        ("conflicts",),
        ("sources",),
        ("list",),
        ("show", "care-review"),
        ("show", "ffc-pathfinder"),
        ("show", "gdp-june-2026"),
        ("show", "spending-real"),
    ]
    for question in questions:
        asked = (*question, "--as-of", "2026-11-21", "--format", "json")
        one, other = (run(*asked, "--data", data) for data in ("bundled", turned))
        assert (one.code, one.out) == (0, other.out)
    assert "Nothing changed" in run("diff", "bundled", turned).out


def test_a_part_of_a_dataset_is_told_to_give_the_folder(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """A file whose ids are in its neighbours gets one finding, not one per reference."""
    others, milestones = TINY.read_text(encoding="utf-8").split("milestones:\n")
    (tmp_path / "others.yaml").write_text(others, encoding="utf-8")
    (tmp_path / "milestones.yaml").write_text(f"milestones:\n{milestones}", encoding="utf-8")
    assert run("validate", tmp_path).code == 0
    result = run("validate", tmp_path / "milestones.yaml")
    assert result.code == 1
    assert result.out.count("error[") == 1
    assert "give the folder" in result.out


def test_a_fault_of_ours_is_one_line(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An unforeseen failure is one line that says what to report; the traceback is for asking."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("reformcalc.cli.app.read", fail)
    result = run("totals")
    assert result.code == 2
    assert result.err.count("\n") == 1
    assert "ZeroDivisionError: oops" in result.err
    monkeypatch.setenv("REFORMCALC_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        reformcalc.cli.main(["totals"])


def test_the_command_is_installed() -> None:
    """The console script answers like `python -m reformcalc`."""
    script = shutil.which("reformcalc", path=os.path.dirname(sys.executable))  # noqa: PTH120
    assert script is not None
    out = subprocess.run([script, "--version"], capture_output=True, check=True, text=True).stdout
    assert out == f"reformcalc {reformcalc.__version__}\n"
