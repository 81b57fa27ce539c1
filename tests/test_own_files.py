"""One's own entries: begun from a template, read beside the national record, never changing it."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reformcalc import load
from reformcalc.answers.chosen import singular
from reformcalc.cli.new import ALONE, Kind
from reformcalc.findings import Severity
from reformcalc.reading.files import template
from reformcalc.record.model import Dataset
from tests.conftest import PROJECT, TINY

if TYPE_CHECKING:
    from collections.abc import Callable

    from reformcalc.findings import Located
    from tests.conftest import Result

# What is not asked of the national record itself is read beside a few of its entries.
beside_a_few = pytest.mark.usefixtures("short_record")

KINDS = tuple(kind for kind in Kind if kind is not Kind.PLAN)
WEB = "https://x.y/z.yaml"
WHOLE = """\
bodies:
  our-council: {title: Our council, member_of: local-authorities}
sources:
  our-plan: {title: Our plan, publisher: Our council, published: 2026-03-02}
milestones:
  our-offer:
    title: Publish our offer
    promised: 2026-03-02
    due: by the end of 2026
    lead: our-council
    pillar: family-networks
    claims: [{source: our-plan, at: page 4, says: by the end of 2026}]
"""


@beside_a_few
@pytest.mark.parametrize("kind", KINDS)
def test_a_new_entry_is_valid(kind: str, run: Callable[..., Result], tmp_path: Path) -> None:
    """What `new` prints passes every rule, beside the bundled record or alone, as its top says."""
    path = tmp_path / "ours.yaml"
    path.write_text(run("new", kind).out, encoding="utf-8")
    beside = () if kind == "dataset" else ("bundled",)
    assert f"#   reformcalc validate {' '.join((*beside, 'ours.yaml'))}" in template(kind)
    result = run("validate", *beside, path)
    assert (result.code, result.err) == (0, ""), result.out
    assert found(*beside, path) == []


def test_every_section_has_something_to_start_from() -> None:
    """Whatever a record can hold, there is an entry of it to begin with."""
    for section in Dataset.KINDS:
        assert {section, singular(section)} & {*KINDS}, section


@pytest.mark.parametrize("record", ["bundled", PROJECT / "examples" / "family-hubs.yaml"])
def test_what_is_begun_goes_together(record: str | Path, tmp_path: Path) -> None:
    """An entry of each kind can lie beside any record, and beside the others; or in its folder."""
    paths = [tmp_path / f"{kind}.yaml" for kind in KINDS if kind not in (*ALONE, Kind.MILESTONE)]
    for path in paths:
        path.write_text(template(path.stem), encoding="utf-8")
    assert [str(one) for one in load(record, *paths).findings] == []
    (tmp_path / "record.yaml").write_text(template("dataset"), encoding="utf-8")
    assert [str(one) for one in load(tmp_path).findings] == []


def found(*paths: str | Path) -> list[Located]:
    """Return what is found in the last of some files, read beside the others."""
    return [one for one in load(*paths).findings if one.path == paths[-1]]


def test_the_example_of_the_documents_is_valid() -> None:
    """The invented council's deadlines, which the README lists, pass every rule."""
    assert found("bundled", PROJECT / "docs" / "example-council.yaml") == []


def test_a_file_of_the_first_version_is_valid_and_answered(run: Callable[..., Result]) -> None:
    """As it was before a milestone had a nature: every field that came since may be absent."""
    path = PROJECT / "tests" / "data" / "first-version.yaml"
    assert found("bundled", path) == []
    assert run("validate", "bundled", path).code == 0
    data = ("--data", "bundled", "--data", path, "--as-of", "2026-11-21", "--format", "json")
    answer = json.loads(run("deadlines", "--lead", "riverside", *data).out)
    assert [(row["id"], row["state"], row["latest"]) for row in answer["rows"]] == [
        ("riverside-agency-return", "overdue", "2026-09-30"),  # by its own plan, nobody sent it
        ("riverside-family-help-teams", "due-now", "2026-11-30"),
        ("riverside-kinship-offer", "due-now", "2026-12-29"),
    ]


@beside_a_few
@pytest.mark.parametrize(
    ("named", "own"),
    [
        (["bundled", "ours.yaml"], True),
        (["bundled", "ours"], True),
        (["ours.yaml", "bundled"], True),
        (["whole.yaml", "ours.yaml"], True),
        (["record"], False),
        (["record", "record/ours.yaml"], False),
    ],
)
def test_ones_own_is_what_comes_without_an_about(
    named: list[str], *, own: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file or folder that says what a record is, is one; what is given beside it is one's own."""
    monkeypatch.chdir(tmp_path)
    bodies = WHOLE
    for folder, name in (("", "ours.yaml"), ("ours", "plan.yaml"), ("record", "ours.yaml")):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / name).write_text(bodies, encoding="utf-8")
    lists = "pillars: {family-networks: {title: A}}\ntopics: {kinship: {title: B}}\n"
    about = template("dataset").partition("\npillars:")[0].replace("  benchmark: the-ask\n", "")
    for name in ("whole.yaml", "record/about.yaml"):
        bodies = "bodies: {local-authorities: {title: All}}\n"
        (tmp_path / name).write_text(f"{about}\n{lists}{bodies}", encoding="utf-8")
    dataset = load(*named).dataset
    assert dataset is not None
    assert dataset.milestones["our-offer"].own is own


@beside_a_few
@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--fail-on", "overdue"), 1),
        (("--fail-on", "overdue", "--lead", "dfe"), 0),
        (("--fail-on", "due-now", "--lead", "dfe", "--text", "second programme"), 0),
    ],
)
def test_a_job_fails_on_ones_own_plan(
    options: tuple[str, ...], code: int, run: Callable[..., Result], tmp_path: Path
) -> None:
    """Red where our own is past and not done; of the record, only for what a source calls late."""
    path = tmp_path / "ours.yaml"
    path.write_text(template("milestone"), encoding="utf-8")
    data = ("--data", "bundled", "--data", path, "--as-of", "2027-01-01")
    result = run("deadlines", *options, *data)
    assert result.code == code
    said = "Failed, as --fail-on overdue asks: our-kinship-offer (overdue).\n"
    assert result.err == (said if code else "")


def test_what_a_source_calls_late_fails_a_job(run: Callable[..., Result], tmp_path: Path) -> None:
    """A national entry is late from a claim of a later day, and not before."""
    late = (
        "    outcome:\n      not-met: 2031-03-15\n      claims:\n"
        '        - {source: gazette-2031, at: page 3, says: "no survey yet"}\n'
    )
    text = TINY.read_text(encoding="utf-8")
    at = text.index("  lamps-counted:")
    path = tmp_path / "late.yaml"
    path.write_text(text[:at] + late + text[at:], encoding="utf-8")
    asked = ("deadlines", "--fail-on", "overdue", "--data", path, "--as-of")
    assert run(*asked, "2031-03-14").code == 0
    result = run(*asked, "2031-03-15")
    assert result.code == 1
    assert "late      by the end of 2030" in result.out


@beside_a_few
def test_what_repeats_is_ticked_in_ones_own_plan(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """With its commented repeats, a milestone of our own has the times that were kept."""
    text = re.sub(r"(?m)^    # (?=repeats:|done:)", "    ", template("milestone"))
    path = tmp_path / "ours.yaml"
    path.write_text(text, encoding="utf-8")
    assert found("bundled", path) == []
    data = ("--data", "bundled", "--data", path, "--as-of", "2027-06-01", "--format", "json")
    (row,) = json.loads(run("deadlines", "--lead", "our-council", *data).out)["rows"]
    assert (row["state"], row["latest"]) == ("upcoming", "2027-12-31")


@beside_a_few
def test_what_a_new_milestone_offers_is_valid_too(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """With its commented fields taken in, a milestone has moved and been met."""
    text = re.sub(r"(?m)^    # (?=moved:|done:|note:)", "    ", template("milestone"))
    path = tmp_path / "ours.yaml"
    path.write_text(text.replace("done: 2026-12-18", "done: 2027-04-12"), encoding="utf-8")
    assert found("bundled", path) == []
    data = ("--data", "bundled", "--data", path, "--as-of", "2027-06-01")
    shown = run("show", "our-kinship-offer", *data).out
    assert "2 November 2026: moved to spring 2027, 5 months later" in shown
    assert "12 April 2027: met, 3 months late" in shown


@beside_a_few
@pytest.mark.parametrize("wanted", ["part_of:", "may_overlap:|reason:"])
def test_what_a_new_commitment_offers_is_valid_too(
    wanted: str, run: Callable[..., Result], tmp_path: Path
) -> None:
    """A sum of one's own can lie in a national one, or perhaps lie in it."""
    path = tmp_path / "ours.yaml"
    text = re.sub(rf"(?m)^    # (?={wanted})", "    ", template("commitment"))
    path.write_text(text.replace("[ID]", "[families-first-2026-29]"), encoding="utf-8")
    assert found("bundled", path) == []


PLAN = (
    "\ufeff# Ours\r\nmilestones:\r\n    # first things\r\n    a:  # A\r\n      title: A\r\n"
    "      due: 2027\r\n"
)
ADDED = "{indent}new-action:\n{indent}  title: What is to be done\n{indent}  due: 2027-03-31 "


@beside_a_few
@pytest.mark.parametrize(
    ("before", "indent", "after"),
    [
        ("", "  ", ""),
        ("# only a comment", "  ", ""),
        ("bodies: {b: {title: B}}\n", "  ", ""),
        ("milestones:\n", "  ", ""),
        ("milestones:\n  a:\n    title: A\n    due: 2027", "  ", ""),
        (PLAN, "    ", "\r\n# of bodies\r\nbodies:\r\n  b: {title: B}\r\n"),
        ("milestones:\n  a: {title: A, due: 2027}\n", "  ", "\n\n# the end"),
    ],
)
def test_an_action_is_added_and_all_else_kept(
    before: str, indent: str, after: str, run: Callable[..., Result], tmp_path: Path
) -> None:
    """`new milestone --into` adds an action to its section: what there was stays byte for byte."""
    path = tmp_path / "ours.yaml"
    if before:
        path.write_bytes(f"{before}{after}".encode())
    assert run("new", "milestone", "--into", path).code == 0
    assert run("new", "milestone", "--into", path).out.startswith('added "new-action-2" to ')
    content = path.read_bytes().decode()
    assert content.startswith(before)
    assert content.endswith(after)
    new = content.removeprefix(before).replace("\r\n", "\n")
    assert ADDED.format(indent=indent) in new
    assert ("\r" in content.removeprefix(before)) is ("\r" in before)
    assert found("bundled", path) == []
    assert [one.name for one in tmp_path.iterdir()] == ["ours.yaml"]


def test_nothing_is_added_to_the_record_that_is_shipped(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its word is no file of one's own, and none of that name is begun."""
    monkeypatch.chdir(tmp_path)
    result = run("new", "milestone", "--into", "bundled")
    assert result.code == 2
    assert '"bundled" is the record that the program ships with; name a file' in result.err
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"milestones: {a: {title: A, due: 2027}}\n", "do not stand each on lines of their own"),
        (b"milestones:\n  - title: A\n", "do not stand each on lines of their own"),
        (b"milestones:\n\ta: b\n", "it cannot be read; reformcalc validate says why"),
        (b"- a\n", "it cannot be read; reformcalc validate says why"),
        ("milestones:\n  a:\n    title: £\n".encode("utf-16"), "save the file as UTF-8"),
    ],
)
def test_what_cannot_be_added_to_stays(
    content: bytes, said: str, run: Callable[..., Result], tmp_path: Path
) -> None:
    """A file that cannot be read, or has its actions in a line, is left as it is."""
    path = tmp_path / "ours.yaml"
    path.write_bytes(content)
    result = run("new", "milestone", "--into", path)
    assert (result.code, result.out) == (2, "")
    assert said in " ".join(result.err.split())
    assert path.read_bytes() == content
    assert run("new", "dataset", "--into", path).code == 2


LIGHT = """\
milestones:
  offer:
    title: Publish our kinship local offer
    due: {due}
    serves: {serves}
    owner: Ada, head of kinship
    progress: amber
"""
AHEAD = "families-first-operational"  # by March 2027


@beside_a_few
@pytest.mark.parametrize(
    ("due", "serves", "days", "told"),
    [
        ("2027-04-11", AHEAD, 11, "ours lands 11 days later than"),
        ("2027-03-20", AHEAD, -11, "ours lands 11 days earlier than"),
        ("March 2027", AHEAD, 0, "ours lands on the same day as"),
        ("once it is agreed", AHEAD, None, "cannot be compared with Family Help and protection"),
        ("2027-04-11", "advocacy-standards", None, "theirs has no date"),
        ("2026-10-30\n    done: 2026-10-31", AHEAD, -151, "ours landed 5 months earlier than"),
    ],
)
def test_ones_own_stands_beside_what_it_serves(
    due: str,
    serves: str,
    days: int | None,
    told: str,
    *,
    run: Callable[..., Result],
    tmp_path: Path,
) -> None:
    """Rows say what is served and the days between; a screen, a sentence, a calendar say so too."""
    path = tmp_path / "ours.yaml"
    path.write_text(LIGHT.format(due=due, serves=serves), encoding="utf-8")
    assert found("bundled", path) == []
    asked = ("--data", path, "--as-of", "2026-11-30")  # alone, it is read beside the record
    answer = json.loads(run("deadlines", "--all", *asked, "--format", "json").out)
    (row,) = (row for row in answer["rows"] if row["own"])
    assert (row["serves"], row["days_after_served"]) == (serves, days)
    assert (row["owner"], row["progress"]) == ("Ada, head of kinship", "amber")
    assert (row["lead"], row["sources"], row["where"]) == ([], [], "own plan")
    assert told in run("deadlines", "--all", *asked).out
    shown = run("show", "offer", *asked).out
    assert told in shown
    assert "served by" in run("show", serves, *asked).out
    if days is not None:
        calendar = run("deadlines", "--all", *asked, "--format", "ics").out.replace("\r\n ", "")
        assert told in calendar
        assert "Owner: Ada\\, head of kinship." in calendar


@beside_a_few
def test_a_plan_is_done_by_a_day_or_by_a_word(run: Callable[..., Result], tmp_path: Path) -> None:
    """A day under done is when it was met; without one, progress says that it is."""
    path = tmp_path / "ours.yaml"
    done = LIGHT.format(due="October 2026", serves=AHEAD).replace("amber", "done")
    dated = done.replace("progress: done", "done: 2026-11-20").replace("offer:", "other:")
    path.write_text(done + dated.removeprefix("milestones:\n"), encoding="utf-8")
    asked = ("--data", path, "--as-of", "2026-11-30", "--format", "json")
    rows = json.loads(run("deadlines", "--all", *asked).out)["rows"]
    states = {row["id"]: (row["state"], row["outcome_on"]) for row in rows if row["own"]}
    assert states == {"offer": ("met", None), "other": ("met-late", "2026-11-20")}
    before = ("--data", path, "--as-of", "2026-11-19", "--format", "json")
    rows = json.loads(run("deadlines", *before).out)["rows"]
    assert [row["id"] for row in rows if row["state"] == "overdue"] == ["other"]


@beside_a_few
def test_a_plan_that_names_one_body_is_led_by_it(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """Where files of one's own define one body, that leads; else it is whoever asks that acts."""
    path = tmp_path / "ours.yaml"
    text = LIGHT.format(due="2027-03-01", serves=AHEAD)
    asked = ("--as-of", "2026-11-30", "--format", "json")
    for bodies, lead in (("bodies: {ours: {title: Ours}}\n", ["ours"]), ("", [])):
        path.write_text(bodies + text, encoding="utf-8")
        rows = json.loads(run("deadlines", "--data", path, *asked).out)["rows"]
        assert [row["lead"] for row in rows if row["own"]] == [lead]
    acts = ("--acts", "local-authorities", "--data", path)
    assert '"offer"' in run("deadlines", *acts, *asked).out
    assert '"offer"' not in run("deadlines", "--lead", "dfe", "--data", path, *asked).out


CITED = """\
bodies: {ours: {title: Ours}}
sources: {our-plan: {title: Our plan, publisher: Ours, published: 2026-03-02}}
milestones:
  offer:
    title: Publish our offer
    promised: 2026-03-02
    due: DUE
    claims: [{source: our-plan, at: page 4, says: SAYS}]
"""


@beside_a_few
@pytest.mark.parametrize(
    ("due", "says", "warned"),
    [
        ("2027-03-31", "by 31/03/2027", False),
        ("2027-04-01", "1/4/2027", False),
        ("March 2027", "Mar-27", False),
        ("March 2027", "by April 2027", True),
    ],
)
def test_ones_own_words_may_be_short(due: str, says: str, *, warned: bool, tmp_path: Path) -> None:
    """A date as people shorten it is that date in one's own plan; another is told of still."""
    path = tmp_path / "ours.yaml"
    path.write_text(CITED.replace("DUE", due).replace("SAYS", says), encoding="utf-8")
    found = [one.finding.rule for one in load(path).findings]
    assert found == ["due-in-claims"] * warned


@beside_a_few
def test_ones_own_plan_may_be_written_on_after_its_day(tmp_path: Path) -> None:
    """What was done since the plan was published is a warning that says how it is written."""
    path = tmp_path / "ours.yaml"
    text = CITED.replace("DUE", "2026-11-30").replace("SAYS", "30 November 2026")
    claim = "claims: [{source: our-plan, at: page 4, says: done}]"
    path.write_text(f"{text}    outcome: {{met: 2026-11-20, {claim}}}\n", encoding="utf-8")
    (one,) = load(path).findings
    assert (one.finding.rule, one.finding.severity) == ("source-not-older", Severity.WARNING)
    assert one.finding.message.endswith("or write done: 2026-11-20 in place of outcome")


@beside_a_few
def test_money_of_ones_own_is_read_beside_the_record(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """A file of promises that has no about, and leans on the record's lists, adds to that."""
    path = tmp_path / "ours.yaml"
    whole = re.sub(r"(?ms)^pillars:.*?^$", "", template("commitment"))
    whole = whole.replace("pillar: our-housing", "pillar: family-help")
    path.write_text(whole, encoding="utf-8")
    assert run("validate", path).code == 0
    path.write_text(whole.replace("amount: over £1.5m", "amount: 1.5m"), encoding="utf-8")
    result = run("validate", path)
    assert result.code == 1
    assert '"1.5m" has no pound sign; write "£1.5m"' in result.out.splitlines()[0]


@beside_a_few
@pytest.mark.parametrize("beside", ["a record's other files", "a record"])
def test_what_is_no_plan_alone_is_not_read_as_one(
    beside: str, run: Callable[..., Result], tmp_path: Path
) -> None:
    """A part of another record, and a record without its about, are not put beside ours."""
    path = tmp_path / "ours.yaml"
    text = LIGHT.format(due="2027-03-01", serves=AHEAD)
    if beside == "a record":
        path.write_text(f"pillars: {{p: {{title: P}}}}\n{text}", encoding="utf-8")
    else:
        path.write_text(text, encoding="utf-8")
        (tmp_path / "about.yaml").write_text("about: {title: Other}\n", encoding="utf-8")
    result = run("validate", path)
    assert result.code == 1
    assert "in 1 file\n" in result.out


def test_a_new_file_is_written_and_an_old_one_kept(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """`new KIND FILE` writes a new file, whole; what is there already stays as it was."""
    path = tmp_path / "ours.yaml"
    result = run("new", "milestone", path)
    assert result.out == f"wrote {path}; check it with: reformcalc validate bundled {path}\n"
    assert path.read_text(encoding="utf-8") == template("milestone")
    path.write_text("mine", encoding="utf-8")
    again = run("new", "dataset", path)
    assert (again.code, again.out) == (2, "")
    assert "exists already; not overwritten (name a new one)" in again.err
    assert path.read_text(encoding="utf-8") == "mine"
    assert [one.name for one in tmp_path.iterdir()] == ["ours.yaml"]


@pytest.mark.parametrize("name", ["nowhere/ours.yaml", "a\0b.yaml"])
def test_what_cannot_be_written_is_said(
    name: str, run: Callable[..., Result], tmp_path: Path
) -> None:
    """A folder that is not there, or a name that can be no file's, gets one message."""
    result = run("new", "milestone", tmp_path / name)
    assert (result.code, result.out) == (2, "")
    assert "cannot be written (" in result.err or "there is no folder" in result.err
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_takes_no_more_leaves_nothing(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the file cannot be put in its place, neither it nor a part of it stays behind."""

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    result = run("new", "milestone", tmp_path / "ours.yaml")
    assert "it cannot be written (No space left on device)" in result.err
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_kind_is_refused(run: Callable[..., Result]) -> None:
    """The kinds that can be begun are named."""
    result = run("new", "milestones")
    assert result.code == 2
    assert "'commitment', 'benchmark', 'figure', 'milestone'," in " ".join(result.err.split())


@beside_a_few
@pytest.mark.parametrize("first", ["bundled", "ours"])
def test_a_national_entry_is_not_changed(
    first: str, run: Callable[..., Result], tmp_path: Path
) -> None:
    """An own file that defines a national id is what is at fault, in whichever order they come."""
    path = tmp_path / "ours.yaml"
    text = template("milestone").replace("our-kinship-offer:", "kinship-strategy:")
    path.write_text(text, encoding="utf-8")
    names = ["bundled", path] if first == "bundled" else [path, "bundled"]
    result = run("validate", *names)
    assert result.code == 1
    assert re.search(
        rf"{path}:\d+:3: error\[duplicate-id\]: \"kinship-strategy\" is an", result.out
    )
    flowing = " ".join(result.out.split())
    assert "your files may refer to it, and not change it; give yours another id" in flowing
    asked = run("deadlines", "--data", "bundled", "--data", path, "--as-of", "2026-11-21")
    assert (asked.code, asked.out) == (2, "")


@beside_a_few
def test_an_about_of_ones_own_is_not_taken(run: Callable[..., Result], tmp_path: Path) -> None:
    """A file that adds to the bundled record does not say what the record is."""
    path = tmp_path / "ours.yaml"
    path.write_text("about:\n  title: Ours\n", encoding="utf-8")
    flowing = " ".join(run("validate", "bundled", path).out.split())
    assert '"about" is written by the bundled record, which this file adds to' in flowing


@beside_a_few
def test_a_council_may_write_itself_down_again(tmp_path: Path) -> None:
    """A body of the record that is defined again in one's own file is as the record has it."""
    path = tmp_path / "ours.yaml"
    path.write_text(
        "bodies: {dorset: {title: Our Dorset, member_of: local-authorities}}\n", encoding="utf-8"
    )
    for names in (("bundled", path), (path, "bundled")):
        loaded = load(*names)
        assert loaded.findings == ()
        assert loaded.valid().bodies["dorset"].title == "Dorset Council"


@beside_a_few
def test_own_deadlines_stand_among_the_national_ones(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """Ours count from national milestones, and are listed beside them for who must act."""
    path = tmp_path / "ours.yaml"
    text = template("milestone").replace(
        "due: by the end of 2026", "due: within 6 months of kinship-local-offer-duty"
    )
    path.write_text(text, encoding="utf-8")
    data = ("--data", "bundled", "--data", path, "--as-of", "2026-11-21")
    result = run("deadlines", "--acts", "our-council", *data)
    assert (result.code, result.err) == (0, "")
    lines = [line for line in result.out.splitlines() if "our-kinship-offer" in line]
    assert len(lines) == 1
    assert "until 29 Dec 2026" in lines[0]  # six months from 29 June 2026
    assert "multi-agency-teams-duty" in result.out  # a duty of all councils is ours


@beside_a_few
def test_answers_name_the_files_that_were_added(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever reads an answer is told that it is not of the shipped record alone."""
    path = tmp_path / "ours.yaml"
    path.write_text(template("milestone"), encoding="utf-8")
    said = "The record was read together with ours.yaml."
    asked = ("--as-of", "2026-11-21")
    for command in ("totals", "compare", "deadlines"):
        notes = json.loads(
            run(command, "--data", "bundled", "--data", path, *asked, "--format", "json").out
        )["notes"]
        assert notes[-1] == said
        assert said not in run(command, *asked).out
        assert said not in run(command, "--data", TINY, "--as-of", "2031-06-30").out
    for answer in (("compare", "--chart"), ("deadlines", "--format", "ics")):
        told = run(*answer, "--data", "bundled", "--data", path, *asked).out
        assert said in told.replace("\r\n ", "").replace("\\,", ",")
        assert "read together" not in run(*answer, *asked).out.replace("\r\n ", "")
    changes = ("deadlines", "--since", "1m", "--format", "markdown")
    assert said in run(*changes, "--data", "bundled", "--data", path, *asked).out
    assert said not in run(*changes, *asked).out
    assert "read together" not in run().out
    monkeypatch.setenv("REFORMCALC_DATA", f"bundled{os.pathsep}{path}")
    assert run().out.endswith(f"{said}\n")
    page = tmp_path / "page.html"
    run("report", page, "--data", "bundled", "--data", path, *asked)
    assert said in page.read_text(encoding="utf-8")


@beside_a_few
def test_a_file_beside_the_record_is_compared_with_it(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """`diff` reads several paths together, joined as in PATH."""
    path = tmp_path / "ours.yaml"
    path.write_text(template("milestone"), encoding="utf-8")
    both = f"bundled{os.pathsep}{path}"
    result = run("diff", "bundled", both, "--as-of", "2026-11-21")
    assert result.code == 0
    assert "our-kinship-offer" in result.out
    odd = tmp_path / f"odd{os.pathsep}name.yaml"
    odd.write_text(TINY.read_text(encoding="utf-8"), encoding="utf-8")
    assert run("diff", TINY, odd, "--as-of", "2031-06-30").code == 0


@beside_a_few
def test_an_entry_is_not_proposed_for_itself(run: Callable[..., Result], tmp_path: Path) -> None:
    """The nearest id to one that nothing defines is that of another entry."""
    path = tmp_path / "ours.yaml"
    path.write_text(
        "bodies:\n  our-council:\n    title: Ours\n    member_of: our-councils\n", encoding="utf-8"
    )
    result = run("validate", "bundled", path)
    assert 'member_of names "our-councils"' in result.out
    assert 'did you mean "our-council"' not in result.out


PART = """\
  {id}:
    title: Our part of the grant
    amount: {amount}
    announced: {day}
    lead: dfe
    pillar: cross-cutting
    part_of: [{within}]
    claims:
      - {{source: our-minutes, at: item 4, says: "{amount} is our part"}}
"""
PAPER = """\
sources:
  our-minutes:
    title: Minutes
    publisher: Our council
    published: 2026-11-02
"""


def _own(path: Path, *parts: str) -> Path:
    path.write_text(f"{PAPER}commitments:\n{''.join(parts)}", encoding="utf-8")
    return path


def test_a_part_that_is_too_large_is_reported_where_it_can_be_corrected(tmp_path: Path) -> None:
    """Of a national grant and one's own part of it, the line of the part is shown, and named."""
    part = PART.format(
        id="our-part", amount="£4.1bn", day="2026-11-02", within="prevention-grant-2025-26"
    )
    path = _own(tmp_path / "ours.yaml", part)
    outer, inner = found("bundled", path)
    for one in (outer, inner):
        assert (one.path, one.excerpt) == (path, "    part_of: [prevention-grant-2025-26]")
        assert one.finding.route == ("commitments", "our-part", "part_of")
        assert (one.finding.rule, one.finding.severity) == ("components-within-envelope", "warning")
    assert 'inside "families-first-2025-26" adds to £4,371.5m' in outer.finding.message
    assert inner.finding.message == (
        'with "our-part", what is inside "prevention-grant-2025-26" adds to £4.1bn from '
        "2026-11-02, more than £270m; correct this part, or take it out of that sum"
    )


def test_of_several_parts_the_last_announced_and_largest_is_shown(tmp_path: Path) -> None:
    """What was announced last is the likeliest to be wrong, and of that what is largest."""
    within = "prevention-grant-2025-26"
    parts = [
        PART.format(id=id_, amount=amount, day=day, within=within)
        for id_, amount, day in (
            ("our-a", "£260m", "2026-11-01"),
            ("our-b", "£30m", "2026-11-02"),
            ("our-c", "£40m", "2026-11-02"),
            ("our-d", "£40m", "2026-11-02"),
        )
    ]
    shown = found("bundled", _own(tmp_path / "ours.yaml", *parts))
    assert {one.finding.route[1] for one in shown} == {"our-c"}
    parts[0] = PART.format(id="our-a", amount="£300m", day="2026-11-02", within=within)
    parts[1] = PART.format(id="our-b", amount="£300m", day="2026-11-02", within=within)
    shown = found("bundled", _own(tmp_path / "ours.yaml", *parts))
    assert {one.finding.route[1] for one in shown} == {"our-a"}


def test_an_envelope_of_ones_own_is_reported_where_it_is(tmp_path: Path) -> None:
    """Where the larger sum can be corrected too, it is shown, as within the national record."""
    whole = PART.replace("    part_of: [{within}]\n", "")
    parts = [
        PART.format(id="our-part", amount="£9m", day="2026-11-02", within="our-whole"),
        whole.format(id="our-whole", amount="£5m", day="2026-11-02"),
    ]
    (one,) = found("bundled", _own(tmp_path / "ours.yaml", *parts))
    assert one.excerpt == "    amount: £5m"
    assert one.finding.message.startswith("what is inside it adds to £9m")


def test_what_is_wrong_within_the_national_record_stays_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no part is of one's own, the larger sum is shown, for those who keep the record."""
    gallery = PROJECT / "tests" / "rules"
    for path in (
        gallery / "_base.yaml",
        gallery / "components-within-envelope/bad-exact-excess.yaml",
    ):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr("reformcalc.reading.files.bundled", lambda: tmp_path)
    (one,) = load("bundled").findings
    assert "error: components-within-envelope" in one.excerpt
    assert one.finding.message.startswith("what is inside it adds to")


@pytest.mark.parametrize("id_", ["our-budget", "an-own-budget"])
def test_a_label_of_the_record_is_another_for_ones_own(id_: str, tmp_path: Path) -> None:
    """Where ours has the label of a national entry, ours is shown, whichever id comes first."""
    part = PART.format(id=id_, amount="£4m", day="2026-11-02", within="prevention-grant-2025-26")
    labelled = part.replace("    amount:", "    label: Autumn Budget 2024\n    amount:", 1)
    (one,) = found("bundled", _own(tmp_path / "ours.yaml", labelled))
    assert (one.excerpt, one.finding.rule) == ("    label: Autumn Budget 2024", "labels-differ")
    assert '"Autumn Budget 2024"' in one.finding.message
    assert one.finding.message.endswith("another label")


@pytest.mark.parametrize(
    "arguments",
    [
        ("totals", "--data", WEB),
        ("totals", "--deflators", WEB),
        ("validate", WEB),
        ("diff", WEB, "bundled"),
        ("sources", "check", WEB),
        ("totals", "--data", "file:///C:/z.yaml"),
        ("totals",),  # by a file of settings
    ],
)
def test_an_address_is_no_path(
    arguments: tuple[str, ...],
    run: Callable[..., Result],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing is read by an address; the message has it as it was written."""
    monkeypatch.chdir(tmp_path)
    if arguments == ("totals",):
        (tmp_path / "reformcalc.toml").write_text(f'data = "{WEB}"\n', encoding="utf-8")
    result = run(*arguments)
    assert (result.code, result.out) == (2, "")
    address = next((one for one in arguments if "://" in one), WEB)
    told = f"Error: {address}: this is an address; save what is there, and name the file"
    assert result.err.startswith(told)
