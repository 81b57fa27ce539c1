"""One's own plan as a spreadsheet: what is read, what is told, and that nothing goes in silence."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from reformcalc import load
from reformcalc.reading.files import titles
from reformcalc.reading.headings import headings
from reformcalc.reading.sheet import Cell, Row, Sheet, letters
from reformcalc.reading.workbook import Workbook
from tests.conftest import HANGS, PROJECT, TINY, need
from tests.unit.workbooks import sheet_xml, text, xlsx

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reformcalc.record.model import Milestone
    from tests.conftest import Result

    Encode = Callable[[str], bytes]

# What is not asked of the national record itself is read beside a few of its entries.
beside_a_few = pytest.mark.usefixtures("short_record")

SHEETS = PROJECT / "tests" / "data" / "sheets"
PLAN, PLAN_CSV = SHEETS / "plan.xlsx", SHEETS / "plan.csv"
# The ten ordinary mistakes of the plan of 26 rows, each by its place and what is said of it.
MISTAKES = [
    ("4:Compelted", 'this heading is taken for "completed"'),
    ("9:Due date", '"31/02/2027" is no day of the calendar; until then this row has no date'),
    ("11:RAG", '"Gren" is none of red, amber, green and done (did you mean "green"?)'),
    ("15", "nothing stands under Action (it says 2.3; Tom Reid; "),
    ("16:Due date", '"Q3 2027": a quarter or half names a financial year; write "Q3 2027-28"'),
    ("17:Action", 'this is the title of row 16 too; its id is "review-fees-and-allowances-2-5"'),
    ("18:Compelted", '"Sept 2026" is no day: this counts as done, on a day that is not known'),
    ("19:Due date", "#REF! stands here, and nothing is read; mend it"),
    ("20:Due date", "46477 is a number, not a date; if 31 March 2027 is meant, give the cell"),
    ("21:RAG", "this is red, and has a day on which it was done; check both"),
    ("22:Serves", 'did you mean "agency-rules-full-implementation"?'),
]
# What only a workbook has: other sheets, cells that are merged, rows that are hidden.
OF_A_WORKBOOK = [
    ("Archive", 'to read it as well, add --data "plan.xlsx#Archive"'),
    (
        "Actions:12",
        '"Priority 2: Fostering" is a heading across the sheet, so this row is left out',
    ),
    ("Actions:29", "row 29 is hidden, and is read like the others"),
]


def told(path: Path, run: Callable[..., Result], *beside: Path) -> list[str]:
    """Return the lines of `validate` that tell of a finding, each without its path."""
    lines = run("validate", *beside, path).out.splitlines()
    return [line.removeprefix(f"{path}:") for line in lines if "[sheet-" in line]


def assert_told(lines: list[str], expected: list[tuple[str, str]]) -> None:
    """Each line begins with one of the places, and has its words."""
    left = list(lines)
    for place, words in expected:
        found = [one for one in left if one.startswith(f"{place}: warning[sheet-") and words in one]
        assert found, (place, words, left)
        left.remove(found[0])
    assert left == []


def rows_of(
    path: Path | str, run: Callable[..., Result], *options: str | Path
) -> list[dict[str, object]]:
    """Return the rows of one's own plan that `deadlines --all` has."""
    asked = ("deadlines", "--all", "--data", path, "--as-of", "2026-11-30", "--format", "json")
    rows = json.loads(run(*asked, *options).out)["rows"]
    return [row for row in rows if row["where"] == "own plan"]


def test_each_of_ten_ordinary_mistakes_of_a_workbook_is_told(run: Callable[..., Result]) -> None:
    """By sheet, row and heading, with what to do; and nothing else is."""
    assert run("validate", PLAN).code == 0
    assert run("validate", PLAN, "--strict").code == 1
    mistakes = [(f"Actions:{place}", words) for place, words in MISTAKES]
    assert_told(told(PLAN, run), mistakes + OF_A_WORKBOOK)


OTHERWISE = "1 formula, as last worked out, the day stands first, as 31/01/2027 shows"


@beside_a_few
def test_it_is_said_what_is_read_as_what(run: Callable[..., Result]) -> None:
    """Column by column, before what is wrong; and what is left out by its name."""
    out = run("validate", PLAN).out
    account = out.partition(f"{PLAN}:")[0].replace(str(PLAN), "plan.xlsx").splitlines()
    assert account == [
        "plan.xlsx, Actions: 24 actions in 26 rows below the headings of row 4; 2 left out",
        "  A  Ref           kept as a note    24",
        "  B  Action        title             24",
        "  C  Lead officer  owner             24  1 merged with the row above",
        f"  D  Due date      due               23  2 undated, 3 not read, {OTHERWISE}",
        "  E  RAG           progress          22",
        "  F  Compelted     done               5  the day stands first, as 28/09/2026 shows",
        "  G  Serves        serves             2",
        "  H  Priority      left out          25",
        "  I  Comments      kept as a note     7",
        '  Sheet "Lists" (hidden): not read.',
        "  Rows 1 and 2 above the headings: not read.",
    ]


ENCODINGS: dict[str, Encode] = {
    "UTF-8 text, divided by commas": lambda said: said.encode(),
    "UTF-8 text, divided by commas ": lambda said: said.encode("utf-8-sig"),
    "Windows-1252 text, divided by commas": lambda said: said.encode("cp1252"),
    "UTF-16 text, divided by commas": lambda said: said.replace("\n", "\r\n").encode("utf-16"),
    "UTF-16 text, divided by tabs": lambda said: delimited(said, "\t").encode("utf-16-be"),
    "UTF-8 text, divided by semicolons": lambda said: delimited(said, ";").encode(),
    "UTF-8 text, divided by semicolons ": lambda said: ("sep=;\n" + delimited(said, ";")).encode(),
}


def delimited(said: str, divider: str) -> str:
    """Return a CSV text with its cells divided otherwise."""
    out = StringIO()
    csv.writer(out, delimiter=divider).writerows(csv.reader(StringIO(said)))
    return out.getvalue()


@beside_a_few
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_same_plan_as_csv_is_read_alike_in_every_encoding(
    encoding: str, run: Callable[..., Result], tmp_path: Path
) -> None:
    """Its encoding and what divides its cells are found out and told; the mistakes are the same."""
    path = tmp_path / "plan.csv"
    said = PLAN_CSV.read_text(encoding="utf-8")
    path.write_bytes(ENCODINGS[encoding](said))
    above = 1 if path.read_bytes().startswith(b"sep=") else 0
    moved = [
        (f"{int(place.partition(':')[0]) + above}{place[place.find(':'):] if ':' in place else ''}",
         words.replace("row 16", f"row {16 + above}"))
        for place, words in MISTAKES
    ]  # fmt: skip
    assert_told(told(path, run), moved)
    assert f"  {encoding.strip()}.\n" in run("validate", path).out
    rows = rows_of(path, run)
    assert rows == rows_of(PLAN_CSV, run)
    assert "Set up the care leavers\N{RIGHT SINGLE QUOTATION MARK} forum" in [
        row["title"] for row in rows
    ]


@beside_a_few
@pytest.mark.parametrize("path", [PLAN, PLAN_CSV])
def test_every_row_is_shown_or_told_as_left_out(path: Path, run: Callable[..., Result]) -> None:
    """Rows in are rows shown and rows told, by their titles; none is lost, and none is invented."""
    (account,) = json.loads(run("validate", path, "--format", "json").out)["sheets"]
    shown = rows_of(path, run)
    left = [one for one in load(path).findings if "left out" in one.finding.message]
    assert account["rows"] == 26
    assert len(shown) + len(left) == 26
    assert account["left_out"] == len(left)
    written = Workbook(PLAN.read_bytes())
    titles = {row.at(2).text for row in written.sheet(written.sheets[0]).rows if row.number > 4}
    assert {row["title"] for row in shown} <= titles


def test_a_workbook_is_as_libreoffice_makes_it(run: Callable[..., Result], tmp_path: Path) -> None:
    """What LibreOffice writes of the plan today is read as what it wrote once."""
    office = shutil.which("soffice")
    need(office, "soffice (LibreOffice Calc)")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    plan = SHEETS / "plan.fods"
    command = [
        str(office),
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        tmp_path,
        plan,
    ]
    subprocess.run([*map(str, command)], check=True, capture_output=True, timeout=HANGS)
    made = tmp_path / "plan.xlsx"
    assert told(made, run) == told(PLAN, run)
    assert rows_of(made, run) == rows_of(PLAN, run)


def test_a_row_is_the_same_as_in_light_yaml(tmp_path: Path) -> None:
    """The fields of a milestone of one's own are those of the columns."""
    path = tmp_path / "plan.csv"
    path.write_text(
        "Action,Due,Lead,Who,Status,Done,Serves,Ref,Notes\n"
        "Paint the bells,30/09/2031,Keeper,Ann,Red,,lamps-counted,7,Soon\n"
        "Oil them,TBC,,,,29/09/2031,,,\n"
        "Ring them,2031,,,,yes,,,\n",
        encoding="utf-8",
    )
    dataset = load(TINY, path).valid()
    one, done, ticked = (
        dataset.milestones[id_] for id_ in ("paint-the-bells", "oil-them", "ring-them")
    )
    assert (one.own, one.title, str(one.due.latest)) == (True, "Paint the bells", "2031-09-30")
    assert (one.owner, one.progress, one.serves) == ("Keeper; Ann", "red", "lamps-counted")
    assert one.note == "Ref: 7; Notes: Soon"
    assert (done.due.dated, done.due.text, str(done.outcome[0].day.latest)) == (
        False, "TBC", "2031-09-29",
    )  # fmt: skip
    assert ticked.progress == "done"


def _one_of_a_plan(tmp_path: Path, head: str, row: str) -> Milestone:
    return load(plan(tmp_path, head, row), "bundled").valid().milestones["paint"]


@beside_a_few
@pytest.mark.parametrize(
    ("said", "served"),
    [
        ("multi-agency-teams-duty", "multi-agency-teams-duty"),
        ("Child protection teams: duty in force", "multi-agency-teams-duty"),  # its label
        ("child protection teams: DUTY in force", "multi-agency-teams-duty"),
    ],
)
def test_what_an_action_serves_is_found_as_any_screen_names_it(
    said: str, served: str, tmp_path: Path
) -> None:
    """By its id, its title or its label, in letters of any size."""
    assert _one_of_a_plan(tmp_path, "Action,Due,Serves", f"Paint,2031,{said}").serves == served


@beside_a_few
@pytest.mark.parametrize(
    ("said", "progress"),
    [("Amber/Red", "red"), ("green - amber", "amber"), ("GREEN/AMBER", "amber"), ("Red", "red")],
)
def test_of_two_colours_the_worse_counts(said: str, progress: str, tmp_path: Path) -> None:
    """A rating between two is not softened."""
    one = _one_of_a_plan(tmp_path, "Action,Due,Status", f"Paint,2031,{said}")
    assert one.progress == progress


def plan(tmp_path: Path, *rows: str) -> Path:
    """Write a CSV file of rows, the headings first."""
    path = tmp_path / "plan.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("heading", "cell", "message"),
    [
        ("Due", "Septmber 2031", '"Septmber 2031" is read as "September 2031"; write it so'),
        ("Due", "see the minutes of the meeting at which " * 9, "this is not a date: it has"),
        (
            "Due",
            "in a while",
            '"by the end of 2026"; or where there is no date yet, "TBC"; until then this row has',
        ),
        ("Due", "end of FY", "write the last day by which it is to be done, as 2027-03-31"),
        ("Due", "Dec", 'write it with its year, as "December 2027"'),
        ("Due", "within 3 months of the-tide", "does not say which milestone it counts from"),
        ("Done", "In hand", "neither a day nor yes or no: this is not taken as done"),
        ("Done", "01/09/2031; 22/10/2031", "has 2 days, and does not come round: the last is"),
        ("Frequency", "monthly", "this cannot come round monthly: it has no date to begin with"),
        ("Frequency", "now and then", '"now and then" does not say how often'),
        ("Frequency", "termly", '"termly" has no days, since no calendar tells the terms'),
        ("Status", "Bleu", '(did you mean "blue"?); it is kept as a note'),
        ("Action", "Paint\u200bed", "letters that cannot be seen are left out: zero width space"),
        ("Action", "Paint\x07ed", "letters that cannot be seen are left out: U+0007"),
    ],
)
def test_a_cell_that_is_not_read_as_it_stands_is_told(
    heading: str, cell: str, message: str, run: Callable[..., Result], tmp_path: Path
) -> None:
    """Once, at its place, and the row answers with the rest."""
    head = ["Action", "Due", "Done", "Frequency", "Status"]
    row = dict.fromkeys(head, "") | {"Action": "Paint", heading: cell}
    path = plan(tmp_path, ",".join(head), ",".join(row.values()))
    (line,) = told(path, run, TINY)
    assert line.startswith(f"2:{heading}: warning[sheet-cells]: ")
    assert message in line
    assert len(rows_of(path, run, "--data", TINY)) == 1


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Paint,31/01/2027,,Weekly,Done", "this comes round weekly, so no status says that it is"),
        ("Paint,2027,,Monthly,", 'this cannot come round monthly: "2027"'),
        ("Paint,01/01/2027..31/05/2027,,Monthly,", "is too long a time to come round monthly"),
    ],
)
def test_what_comes_round_otherwise_than_it_can_falls_due_once(
    row: str, message: str, run: Callable[..., Result], tmp_path: Path
) -> None:
    """It is told, and stops no answer."""
    path = plan(tmp_path, "Action,Due,Done,Frequency,Status", row, "x,31/01/2027,,,")
    lines = told(path, run, TINY)
    assert any(message in line for line in lines), lines
    assert len(rows_of(path, run, "--data", TINY)) == 2


def test_what_comes_round_is_ticked_in_the_sheet(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """A date under Done keeps one time, and the next is due."""
    path = plan(
        tmp_path,
        "Action,Due,Done,How often",
        'Report,31/03/2026,"30/03/2026, 29/06/2026 and 30/09/2026",Quarterly',
        "Review,31/12/2025,30/12/2025,Annually",
        "Count,31/12/2026,no,one-off",
    )
    assert told(path, run, TINY) == []
    latest = {row["title"]: row["latest"] for row in rows_of(path, run, "--data", TINY)}
    assert latest == {"Report": "2026-12-31", "Review": "2026-12-31", "Count": "2026-12-31"}


@beside_a_few
def test_a_date_may_count_from_one_of_the_record(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """As in YAML, by the id of a milestone."""
    path = plan(tmp_path, "Action,Due", "Paint,within 6 weeks of kinship-local-offer-duty")
    assert told(path, run) == []
    assert [row["earliest"] for row in rows_of(path, run)] == ["2026-06-29"]


@beside_a_few
def test_a_later_date_is_the_one_that_is_due(run: Callable[..., Result], tmp_path: Path) -> None:
    """What stands under Revised date takes the place of the first, which is kept in the note."""
    path = plan(
        tmp_path, "Action,Due,Revised date", "Paint,31/03/2026,30/09/2026", "Oil,30/06/2026,"
    )
    assert [row["latest"] for row in rows_of(path, run)] == ["2026-06-30", "2026-09-30"]
    assert load(path).valid().milestones["paint"].note == "Due: 2026-03-31"


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Action|Due|Lead", "title due owner"),
        (
            "No.|What will we do?|By when|By whom|RAG rating (R/A/G)",
            "source title due owner progress",
        ),
        ("TASK|Target Completion Date|% complete|Update", "title due progress note"),
        ("Action|Owner / Lead|Deadline|Status|Progress", "title owner due progress note"),
        ("Milestone|Description|Date", "title note due"),
        ("Action|Completion date", "title due"),
        ("Action|Due date|Completion date", "title due done"),
        ("Action|Original date|Revised date|Completed Y/N", "title due revised done"),
        ("Action|Due|Cost|", "title due"),
        ("Actoins|Deadlines|Ownre", "title due owner"),
        ("Colour|Due", None),
        ("Action|Colour", None),
    ],
)
def test_headings_are_known_by_many_names(written: str, read_as: str | None) -> None:
    """In any order and any case, with brackets or without; the surest of several is read."""
    head = Row(1, {n: Cell(one) for n, one in enumerate(written.split("|"), 1) if one}, 1)
    found = headings(Sheet("", [head, Row(2, {1: Cell("x")}, 2)]))
    said = found and " ".join(one.read_as for one in found.columns if one.read_as)
    assert said == read_as


@beside_a_few
def test_ids_are_of_titles_and_stay_the_same(tmp_path: Path) -> None:
    """Whatever their order and their letters; two of one title are told apart."""
    rows = ["Réview the Fées!", "review the fees", "日本", "Ωμέγα", "x" * 80, "The " + "word " * 40]
    path = plan(tmp_path, "Action,Due", *(f"{one},TBC" for one in rows))
    ids = list(load(path).valid().milestones)
    for id_ in ("review-the-fees", "review-the-fees-2", "action", "x" * 60):
        assert id_ in ids
    (long,) = [one for one in ids if one.startswith("the-word")]
    assert len(long) <= 60
    assert long.endswith("word")
    turned = plan(tmp_path, "Action,Due", *(f"{one},TBC" for one in reversed(rows)))
    assert sorted(load(turned).valid().milestones) == sorted(ids)


@beside_a_few
def test_an_action_may_have_the_name_of_a_national_entry(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """Its id is told apart from that of the record, whose entry stays as it was."""
    path = plan(tmp_path, "Action,Due", "Kinship local offer duty,TBC")
    assert told(path, run) == []
    assert [row["id"] for row in rows_of(path, run)] == ["kinship-local-offer-duty-2"]


@beside_a_few
def test_two_sheets_are_read_beside_each_other(run: Callable[..., Result]) -> None:
    """Each by its name, after a #; two sheets may have the same title."""
    both = ("--data", f"{PLAN}#Archive")
    titles = [row["title"] for row in rows_of(PLAN, run, *both)]
    assert "Close the old plan" in titles
    assert len(titles) == 25
    assert len({row["id"] for row in rows_of(PLAN, run, "--data", f"{PLAN_CSV}")}) == 49
    assert len(rows_of(f"{PLAN}#actions", run, "--data", str(PLAN))) == 24  # the same, and once


@beside_a_few
@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "plan.xlsx#Nowhere",
            'there is no sheet "Nowhere"; there is "Actions", "Archive" and "Lists"',
        ),
        ("plan.xlsx#Lists", "Lists: error[sheet-readable]: no row has the headings of a plan"),
        ("plan.csv#Actions", 'a CSV file is one sheet; leave "#Actions" out'),
    ],
)
def test_a_sheet_that_is_not_there_is_told(
    name: str, message: str, run: Callable[..., Result]
) -> None:
    """With the names of those that are."""
    result = run("validate", SHEETS / name)
    assert result.code == 1
    assert message in result.out
    assert run("deadlines", "--data", SHEETS / name).code == 2


@beside_a_few
def test_a_hidden_sheet_is_read_only_when_it_is_named(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """And then that is told."""
    path = tmp_path / "plan.xlsx"
    row = f'<row r="2">{text("A2", "Paint")}</row>'
    path.write_bytes(xlsx({"Old": sheet_xml(row), "Plan": sheet_xml(row)}, hidden=["Old"]))
    assert [line for line in run("validate", path).out.splitlines() if "Old" in line] == [
        '  Sheet "Old" (hidden): not read.'
    ]
    assert "Old: warning[sheet-rows]: this sheet is hidden" in run("validate", f"{path}#Old").out


@beside_a_few
def test_what_is_out_of_sight_in_a_sheet_is_told(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """Hidden columns, formulas without a value, sheets that cannot be read, files never opened."""
    path = tmp_path / "plan.xlsm"
    row = f'<row r="2">{text("A2", "Paint")}<c r="B2"><f>TODAY()+30</f></c></row>'
    row += f'<row r="3" hidden="1">{text("A3", "Oil")}</row>'
    row += f'<row r="4" hidden="1">{text("A4", "Ring")}</row>'
    before = '<cols><col min="3" max="3" hidden="1"/></cols>'
    sheets = {"Plan": sheet_xml(row, before=before), "Odd": "<worksheet><"}
    path.write_bytes(xlsx(sheets, parts={"xl/vbaProject.bin": b"x"}))
    assert "  Macros: never opened.\n" in run("validate", path).out
    lines = told(path, run)
    assert [line.split("]: ")[0].partition(" warning")[0] for line in lines] == [
        "Odd:", "Plan:1:Owner:", "Plan:2:Due:", "Plan:3:",
    ]  # fmt: skip
    assert "this formula has no stored value, and none is worked out" in lines[2]
    assert "rows 3 and 4 are hidden, and are read like the others" in lines[3]
    assert len(rows_of(path, run)) == 3


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("plan.xls", b"\xd0\xcf\x11\xe0", "an older workbook (.xls), or one with a password"),
        ("plan.ods", b"PK", "this workbook is damaged"),
        ("plan.csv", b"PK\x03\x04", "this is a workbook, whatever its name says; name it .xlsx"),
        ("plan.csv", b"", "nothing is written in this file"),
        ("plan.csv", b"\xff\xfeA", "this is no UTF-16 text"),
        ("plan.csv", b"Action,Due\nn\x81,TBC\n", "plan.csv:2:1: error[sheet-readable]: this is no"),
        ("plan.csv", b'Action,Due\n"a,b\n' + b"x,y\n" * 9_000, "opened and not closed"),
        ("plan.csv", b"Action,Due\n" + b"x,y\n" * 5_001, "this file has more than 5,000 rows"),
        ("plan.csv", b"\n" * 20_001, "this file has more than 5,000 rows"),
        ("plan.csv", b"Action,Due\n", "no row below these headings is an action; write one"),
        ("plan.csv", b"Lamp,Colour\nA,red\n", "Row 1 says: Lamp | Colour"),
        ("plan.csv", b"Action,Due\n" + (b"x" * 32_000 + b",\n") * 126, "4,000,000 letters"),
        (
            "plan.xlsx",
            xlsx(
                {"Plan": sheet_xml('<row><c t="s"><v>0</v></c></row>' * 200)},
                shared=[f"<si><t>{'x' * 30_000}</t></si>"],
            ),
            "this sheet has more than 4,000,000 letters; save the plan alone as a sheet",
        ),
        ("plan.xlsx", xlsx({}), "nothing is written in this file"),
        ("plan.xlsx", xlsx({"Odd": "<worksheet><"}), "this sheet cannot be read"),
        ("plan.xlsx", xlsx({"Plan": "<worksheet/>"}), "nothing is written in this file"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    name: str, content: bytes, message: str, run: Callable[..., Result], tmp_path: Path
) -> None:
    """One error with what to do; and no question is answered."""
    path = tmp_path / name
    path.write_bytes(content)
    result = run("validate", TINY, path)
    assert (result.code, result.err) == (1, "")
    assert message in result.out
    assert "1 error in 2 files" in result.out
    assert run("deadlines", "--data", TINY, "--data", path).code == 2


@beside_a_few
def test_findings_of_a_sheet_have_their_place_in_every_format(run: Callable[..., Result]) -> None:
    """Sheet, row and heading stand beside line and column; an annotation says them in words."""
    found = json.loads(run("validate", PLAN, "--format", "json").out)["findings"]
    (one,) = [one for one in found if one["row"] == 22]
    assert (one["line"], one["column"]) == (22, 7)
    assert (one["sheet"], one["row"], one["heading"]) == ("Actions", 22, "Serves")
    out = run("validate", PLAN, "--format", "github").out
    assert f"::warning file={PLAN},line=22,col=7,title=sheet-cells::Actions:22:Serves: " in out
    assert "plan.xlsx, Actions: 24 actions in 26 rows" in out


def test_a_finding_of_the_record_on_a_row_has_its_cell(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """What the rules find is at the cell that the field was read from, and stops no answer."""
    path = plan(
        tmp_path,
        "Action,Due,Done,How often",
        'Report,31/03/2026,"30/03/2026, 31/03/2026",Quarterly',
    )
    out = run("validate", TINY, path).out
    (line,) = [line for line in out.splitlines() if "done-fits" in line]
    assert line.startswith(f"{path}:2:Done: warning[done-fits]: ")
    assert "ticked on 2026-03-30 already, so this day ticks no other" in line
    (row,) = rows_of(path, run, "--data", TINY)
    assert row["latest"] == "2026-06-30"


@beside_a_few
def test_an_answer_says_that_not_all_of_a_sheet_was_read(run: Callable[..., Result]) -> None:
    """In one note, with where it is told what was not; a sheet without remarks needs none."""
    data = ("--as-of", "2026-11-30", "--data")
    out = run("deadlines", *data, PLAN).out
    assert "together with plan.xlsx (24 of 26 rows; 14 warnings: validate plan.xlsx).\n" in out


@pytest.mark.parametrize(
    "title", ["18", "Total", "Grand total:", "Sub-totals", "Total actions", "–1"]
)
def test_a_total_is_no_action(title: str, run: Callable[..., Result], tmp_path: Path) -> None:
    """It is told as left out, whatever stands beside it."""
    path = plan(
        tmp_path, "Action,Due,Owner", "Total up the bills,31/03/2031,", f"{title},4,8 of HR"
    )
    (line,) = told(path, run, TINY)
    assert line.startswith("3: warning[sheet-rows]: ")
    assert "is a number or a total, and no action, so this row is left out" in line
    assert [row["title"] for row in rows_of(path, run, "--data", TINY)] == ["Total up the bills"]


def test_lines_of_two_encodings_are_read_each_in_its_own(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """As where rows of one file were pasted below those of another; it is told."""
    path = tmp_path / "plan.csv"
    rows = ["Action,Due\n", "Café,TBC\n", "Naïve,TBC\n"]
    path.write_bytes("".join(rows[:2]).encode() + rows[2].encode("cp1252"))
    said = "  Partly UTF-8 and partly Windows-1252 text, divided by commas.\n"
    assert said in run("validate", TINY, path).out
    assert [row["title"] for row in rows_of(path, run, "--data", TINY)] == ["Café", "Naïve"]


def test_a_row_that_may_be_a_heading_is_an_action_and_counted(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """A title alone may be either: it is shown, and the account names the row."""
    path = plan(tmp_path, "Action,Due", "Theme 1,", "Paint,31/03/2031", "Theme 2,")
    out = run("validate", TINY, path).out
    assert "3 actions in 3 rows" in out
    assert "  Rows 2 and 4 with nothing but a title: read as any other.\n" in out
    assert out.endswith("no findings in 2 files\n")


def test_a_sheet_may_have_the_sign_in_its_name(run: Callable[..., Result], tmp_path: Path) -> None:
    """What follows the first # after a spreadsheet names the sheet."""
    path = tmp_path / "a#b.xlsx"
    path.write_bytes(
        xlsx({"A": sheet_xml(""), "Plan #1": sheet_xml(f"<row>{text('A2', 'x')}</row>")})
    )
    assert "a#b.xlsx, Plan #1: 1 action in 1 row" in run("validate", TINY, f"{path}#Plan #1").out


@beside_a_few
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_new_plan_is_read_without_a_remark(
    ending: str, run: Callable[..., Result], tmp_path: Path
) -> None:
    """Its three examples are actions, and say themselves that they are to be replaced."""
    path = tmp_path / f"plan.{ending}"
    wrote = f"wrote {path}; check it with: reformcalc validate {path}\n"
    assert run("new", "plan", path).out == wrote
    result = run("validate", path)
    assert "3 actions in 3 rows below the headings of row 1\n" in result.out
    assert result.out.endswith("no findings in 1 file\n")
    shown = rows_of(path, run)
    assert len(shown) == 3
    notes = [one.note for id_, one in load(path).valid().milestones.items() if one.own]
    assert all("An example to replace" in str(note) for note in notes)


@beside_a_few
def test_a_new_plan_is_the_same_in_either_form(run: Callable[..., Result], tmp_path: Path) -> None:
    """And on standard output; another ending is refused."""
    for ending in ("xlsx", "csv"):
        run("new", "plan", tmp_path / f"plan.{ending}")
    assert rows_of(tmp_path / "plan.xlsx", run) == rows_of(tmp_path / "plan.csv", run)
    text_of_it = (tmp_path / "plan.csv").read_bytes().decode("utf-8-sig")
    assert run("new", "plan").out == text_of_it.replace("\r\n", "\n")
    refused = run("new", "plan", tmp_path / "plan.ods")
    assert (refused.code, refused.out) == (2, "")
    assert "name a file that ends in .xlsx or .csv" in refused.err


@beside_a_few
def test_an_answer_never_takes_the_place_of_the_plan(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """The sheet stays the master, be it named with its sheet."""
    path = tmp_path / "plan.csv"
    path.write_bytes(PLAN_CSV.read_bytes())
    result = run("deadlines", "--data", path, "-o", path)
    assert result.code == 2
    assert path.read_bytes() == PLAN_CSV.read_bytes()
    workbook = tmp_path / "plan.xlsx"
    workbook.write_bytes(PLAN.read_bytes())
    named = f"{workbook}#Actions"
    assert run("deadlines", "--data", named, "-f", "csv", "-o", workbook).code == 2


def test_a_folder_of_spreadsheets_names_one(run: Callable[..., Result]) -> None:
    """A folder is one of YAML; a sheet in it is to be named."""
    result = run("deadlines", "--data", SHEETS)
    assert result.code == 2
    assert "plan.csv" in result.err


@beside_a_few
def test_tab_completes_the_ids_of_a_sheet(tmp_path: Path) -> None:
    """They are offered beside those of the record."""
    path = plan(tmp_path, "Action,Due", "Paint the bells,TBC")
    offered = titles(path)["milestones"]
    assert "paint-the-bells" in offered
    assert "kinship-local-offer-duty" in offered


@beside_a_few
def test_an_action_is_added_to_a_sheet_in_its_own_program(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """`new milestone --into` is for YAML, and makes none under the name of a sheet."""
    path = tmp_path / "plan.xlsx"
    result = run("new", "milestone", "--into", path)
    assert (result.code, path.exists()) == (2, False)
    assert "add a row to it in a spreadsheet program" in result.err


@beside_a_few
def test_rows_that_are_no_action_are_told_and_those_out_of_sight_counted(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """Headings that come again, cells merged twice over, yes as a value, columns without end."""
    head = "".join(
        text(f"{letters(n)}2", said)
        for n, said in enumerate(
            ("Action", "Due", "Owner", "Done", "Serves", *map(str, range(40))), 1
        )
    )
    rows = [f'<row r="2">{head}</row>']
    for number in range(3, 12):
        done = f'<c r="D{number}" t="b"><v>1</v></c>'
        rows.append(f'<row r="{number}" hidden="1">{text(f"A{number}", f"x{number}")}{done}</row>')
    rows.append(f'<row r="12">{head.replace("2" + chr(34), "12" + chr(34))}</row>')
    merged = '<mergeCells><mergeCell ref="C3:C5"/><mergeCell ref="C4:C6"/></mergeCells>'
    path = tmp_path / "plan.xlsx"
    xml = sheet_xml("".join(rows), after=merged)
    path.write_bytes(xlsx({"Plan": xml}))
    lines = told(path, run)
    assert "rows 3, 4, 5, 6, 7, 8 and 3 more are hidden" in "".join(lines)
    assert "these are the headings again, so this row is left out" in "".join(lines)
    assert "  and 15 columns more\n" in run("validate", path).out
    assert {row["progress"] for row in rows_of(path, run)} == {"done"}
