"""How answers behave on a terminal: colour, links, a pager, files, and what people type."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reformcalc.answers.chosen import meant
from reformcalc.cli import terminal
from reformcalc.ledger.known import Known
from reformcalc.reading.load import load
from reformcalc.render.terminal import Piece, wrapped, written
from reformcalc.values.due import typed_day
from tests.conftest import PROJECT, TINY
from tests.terminal import Terminal, ours

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Result

DAY = ("--as-of", "2031-06-30")
MINE = ("--data", str(TINY), *DAY)
PLAIN = {"LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "PATH": os.environ["PATH"]}


LONG = ("totals", "--long", *MINE)


def shown(*arguments: str, **settings: str) -> tuple[int, str]:
    """Run a command on a terminal of 80 by 24; return its exit code and all that it wrote."""
    with Terminal(ours(*arguments), PLAIN | settings) as screen:
        code = screen.finish()
        return code, screen.text


@pytest.mark.parametrize(
    ("settings", "on_terminal", "in_pipe"),
    [
        ({}, True, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),  # as if it were not set
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": ""}, True, False),
        ({"CLICOLOR_FORCE": "1"}, True, True),
        ({"CLICOLOR_FORCE": "0"}, True, False),
        ({"CLICOLOR_FORCE": ""}, True, False),
        ({"CLICOLOR": "0"}, False, False),
        ({"CLICOLOR": "1"}, True, False),
        ({"TERM": "dumb"}, False, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
        ({"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}, False, False),
        ({"FORCE_COLOR": "1", "CLICOLOR": "0"}, True, True),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True, True),
        ({"CLICOLOR_FORCE": "1", "CLICOLOR": "0"}, True, True),
        ({"CLICOLOR": "1", "TERM": "dumb"}, False, False),
    ],
)
def test_who_decides_on_colour(
    settings: dict[str, str],
    on_terminal: bool,  # noqa: FBT001
    in_pipe: bool,  # noqa: FBT001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """NO_COLOR wins over what forces colour, and that over what asks for none."""
    monkeypatch.setenv("TERM", "xterm")
    for name in ("FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    for there, coloured in ((True, on_terminal), (False, in_pipe)):
        monkeypatch.setattr(terminal, "is_terminal", lambda there=there: there)
        assert terminal.coloured() is coloured
        # Only a terminal has links: a log of a pipe shows their letters.
        assert terminal.linked() is (there and coloured)


def test_some_terminals_know_no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that would print the letters of an address is given none."""
    monkeypatch.setattr(terminal, "is_terminal", lambda: True)
    monkeypatch.setenv("TERM", "linux")
    assert terminal.coloured()
    assert not terminal.linked()


def test_forced_colour_shows_what_a_terminal_would(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where colour is forced, a pipe has the screen of an answer, or its table, in colour."""
    plain = run("totals", *MINE).out
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    screen, table = run("totals", *MINE).out, run("totals", "--long", *MINE).out
    assert plain.startswith("# ")
    assert all(text.startswith("\x1b[1m") for text in (screen, table))
    assert "\x1b" not in run("totals", "--format", "csv", *MINE).out


def test_a_screen_names_the_files_read_beside_the_record(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is read together with the shipped record is named on the screen as in the report."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    own = PROJECT / "docs" / "example-council.yaml"
    out = run("totals", "--data", "bundled", "--data", own, "--as-of", "2026-11-30").out
    said = re.sub(r"\x1b\[[0-9]*m", "", out)
    assert "read together with example-council.yaml" in " ".join(said.split())


@pytest.mark.parametrize("width", [10, 20, 40, 60])
def test_an_address_is_never_broken(width: int) -> None:
    """Whatever the width, an address stands on one line, and what is beside it on others."""
    address = "https://example.org/a/very/long/way/to/a/page?of=it"
    lines = [*wrapped(f"See {address}, page 4, incomprehensibilities.", width)]
    assert sum(address in line for line in lines) == 1
    assert all(len(line) <= width for line in lines if address not in line)
    assert " ".join(lines).count(" ") >= 3


def test_an_address_is_a_link() -> None:
    """An address in a text leads where it says, without the full stop; its letters are harmless."""
    piece = Piece("at https://example.org/ä(b).")
    linked = written([[piece]], colour=True, links=True)
    assert linked == (
        "at \x1b]8;;https://example.org/%C3%A4(b\x1b\\https://example.org/ä(b\x1b]8;;\x1b\\).\n"
    )
    assert written([[piece]], colour=True) == "at https://example.org/ä(b).\n"


PAGER = """#!/bin/sh
echo "less is set to $LESS" > "$SEEN"
cat >> "$SEEN"
echo paged
exit 3
"""


@pytest.fixture
def pager(tmp_path: Path) -> tuple[str, Path]:
    """Return a pager that says so, and the file in which it keeps what it was shown."""
    program, seen = tmp_path / "fake-pager", tmp_path / "seen"
    program.write_text(PAGER)
    program.chmod(0o755)
    return str(program), seen


def test_what_is_longer_than_the_screen_goes_through_a_pager(pager: tuple[str, Path]) -> None:
    """The pager has all of it and is told what git tells it; what it ends with is no failure."""
    program, seen = pager
    code, text = shown(*LONG, PAGER=program, SEEN=str(seen))
    assert (code, text) == (0, "paged\n")
    first, answer = seen.read_text(encoding="utf-8").split("\n", 1)
    assert first == "less is set to FRX"
    assert answer == shown(*LONG, "--no-pager", PAGER=program)[1]
    assert answer.count("\n") > 24
    shown(*LONG, PAGER=f"{program} --with 'an option'", SEEN=str(seen), LESS="S")
    assert seen.read_text(encoding="utf-8").startswith("less is set to S\n")


def test_without_a_pager_an_answer_runs_through() -> None:
    """PAGER that is empty, cat, not there or no command: the answer is printed, all of it."""
    through = shown(*LONG, "--no-pager")
    assert through[0] == 0
    for pager in ("", "cat", "no-such-pager", "'open"):
        assert shown(*LONG, PAGER=pager) == through, pager


def test_a_pager_that_cannot_start_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that the system refuses to run leaves the answer to be printed."""
    broken = tmp_path / "broken"
    broken.write_bytes(b"\x7fELF")
    broken.chmod(0o755)
    monkeypatch.setattr(terminal, "is_terminal", lambda: True)
    for pager, takes in ((str(broken), False), ("'open", False), ("", False), ("true", True)):
        monkeypatch.setenv("PAGER", pager)
        assert terminal.page("an answer\n") is takes
    assert shown(*LONG, PAGER=str(broken)) == shown(*LONG, "--no-pager")


def test_a_pager_can_be_left_early() -> None:
    """To leave the pager before it has read all is no failure, and leaves no message."""
    code, text = shown(*LONG, PAGER="head -n 1")
    assert code == 0
    assert text.count("\n") == 1


def test_what_fits_the_screen_needs_no_pager(pager: tuple[str, Path]) -> None:
    """A default screen, and all that is in a pipe or a file, goes through no pager."""
    program, seen = pager
    assert "paged" not in shown("totals", *MINE, PAGER=program, SEEN=str(seen))[1]
    assert not seen.exists()


def test_ctrl_c_is_left_to_the_pager(tmp_path: Path) -> None:
    """Ctrl-C while the pager is open reaches the pager alone: the command goes on with it."""
    program = tmp_path / "pager"
    # A shell that reads may miss a signal which comes just before; one that waits may not.
    program.write_text(
        "#!/bin/sh\ntrap 'echo stopped; exit' INT\necho ready\nwhile :; do sleep 0.2; done\n"
    )
    program.chmod(0o755)
    with Terminal(ours(*LONG), PLAIN | {"PAGER": str(program)}) as screen:
        screen.expect("ready")
        screen.type("\x03")
        screen.expect("stopped")
        assert screen.finish() == 0
        assert "Traceback" not in screen.seen


ANSWERS = (
    "totals",
    "totals --explain",
    "compare",
    "compare --over-years",
    "deadlines",
    "find lamps",
    "show dredger",
    "list",
    "conflicts",
    "sources",
)


@pytest.mark.parametrize("query", ANSWERS)
@pytest.mark.parametrize("ending", [".txt", ".json", ".csv", ".md"])
def test_every_answer_can_be_a_file(
    query: str, ending: str, run: Callable[..., Result], tmp_path: Path
) -> None:
    """The ending of its name is the format; it holds what a pipe would get, all of it."""
    form = {".txt": "table", ".json": "json", ".csv": "csv", ".md": "markdown"}[ending]
    file = tmp_path / f"answer{ending}"
    file.write_text("of last week")
    asked = (*query.split(), *MINE)
    result = run(*asked, "-o", file)
    assert (result.code, result.out, result.err) == (0, f"wrote {file}\n", "")
    written = file.read_bytes()
    assert written.startswith(b"\xef\xbb\xbf") is (ending == ".csv")
    piped = run(*asked, "--format", form).out
    assert written.decode("utf-8-sig").replace("\r\n", "\n") == piped.replace("\r\n", "\n")
    assert [*tmp_path.iterdir()] == [file]


@pytest.mark.parametrize(
    ("query", "name", "begins"),
    [
        ("deadlines", "x.ics", "BEGIN:VCALENDAR"),
        ("compare --chart", "x.txt", "£"),
        ("totals --format csv", "x.txt", "\ufeffid,"),
        ("totals --json", "x.md", "{"),
        ("totals", "x.TXT", "# "),
    ],
)
def test_a_format_that_is_named_wins(
    query: str, name: str, begins: str, run: Callable[..., Result], tmp_path: Path
) -> None:
    """What --format says is written, whatever the file is called; calendars and charts too."""
    file = tmp_path / name
    result = run(*query.split(), *MINE, "--output", file)
    assert (result.code, result.err) == (0, "")
    assert file.read_text(encoding="utf-8").startswith(begins)
    assert (", in the format json that was asked for, not markdown" in result.out) is (
        name == "x.md"
    )


@pytest.mark.parametrize(
    ("query", "name", "said"),
    [
        ("totals", "folder", "this is a folder"),
        ("totals --format csv", "folder", "this is a folder"),
        ("totals", "missing/x.csv", "there is no folder"),
        ("totals", "locked/x.csv", "cannot be written"),
        ("totals", "x.xlsx", "ends in none of .txt, .json, .csv, .md, .ics"),
        ("totals", "x", "ends in none of"),
        ("totals", "x.ics", "is a calendar, of deadlines alone"),
        ("totals --format ics", "x.txt", "is a calendar, of deadlines alone"),
        ("totals --json --format csv", "x.txt", "is another format"),
        ("deadlines", "x.pdf", "ends in none of"),
    ],
)
def test_a_file_that_cannot_be_written_is_told_once(
    query: str, name: str, said: str, run: Callable[..., Result], tmp_path: Path
) -> None:
    """One message, exit code 2, and nothing is left half-written."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "locked").symlink_to("/proc/self")
    before = {*tmp_path.iterdir(), *(tmp_path / "folder").iterdir()}
    result = run(*query.split(), *MINE, "-o", tmp_path / name)
    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert result.err.count("Error") == 1
    assert {*tmp_path.iterdir(), *(tmp_path / "folder").iterdir()} == before


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2023-06-20", date(2023, 6, 20)),
        ("2023-6-2", date(2023, 6, 2)),
        ("2023/06/20", date(2023, 6, 20)),
        ("20 June 2023", date(2023, 6, 20)),
        (" 20th  june, 2023 ", date(2023, 6, 20)),
        ("20 Jun 2023", date(2023, 6, 20)),
        ("1 Sept 2023", date(2023, 9, 1)),
        ("June 20, 2023", date(2023, 6, 20)),
        ("Tuesday 20 June 2023", date(2023, 6, 20)),
        ("Tue, June 20th, 2023", date(2023, 6, 20)),
        ("31 May 2023", date(2023, 5, 31)),
    ],
)
def test_a_day_is_read_as_people_type_it(text: str, meant: date) -> None:
    """A day with one reading is taken, however it is typed."""
    assert typed_day(text) == meant


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("20/6/2023", 'has its year last; write "2023-06-20"'),
        ("6/20/2023", 'has its year last; write "2023-06-20"'),
        ("20.06.2023", 'write "2023-06-20"'),
        ("1/2/2023", 'can be read two ways; write "2023-02-01" or "2023-01-02"'),
        ("2/2/2023", 'has its year last; write "2023-02-02"'),
        ("35/35/2023", "there is no such day"),
        ("30 February 2023", "there is no such day"),
        ("2023-2-30", "there is no such day"),
        ("June 2023", 'write it as year-month-day: "2023-12-31"'),
        ("20 Jun 23", "is not a day"),
        ("yesterday", "is not a day"),
        ("20 June 2023 " * 12, "is not a day"),
    ],
)
def test_a_day_that_can_be_misread_is_offered(text: str, said: str) -> None:
    """A month in figures before its year is not guessed at: the day is offered as we write it."""
    with pytest.raises(ValueError, match=re.escape(said)):
        typed_day(text)


def test_days_can_be_typed_for_every_option(run: Callable[..., Result]) -> None:
    """--as-of and --announced-after read them alike, and name themselves where they cannot."""
    data = ("--data", TINY)
    for option in ("--as-of", "--announced-after"):
        assert run("totals", *data, option, "30 June 2031").out == (
            run("totals", *data, option, "2031-06-30").out
        )
        result = run("totals", *data, option, "30/6/2031")
        assert f'Invalid value for {option}: "30/6/2031" has its year last' in result.err


@pytest.mark.parametrize(
    ("option", "typed", "id_"),
    [
        ("--topic", "DREDGING", "dredging"),
        ("--pillar", "Quays", "quays"),
        ("--lead", "PORT councils", "port-councils"),
        ("--envelope", "Quay-Plan", "quay-plan"),
    ],
)
def test_ids_can_be_typed_in_any_case(
    option: str, typed: str, id_: str, run: Callable[..., Result]
) -> None:
    """An id is known in capitals, and with spaces for its hyphens."""
    result = run("totals", option, typed, *MINE)
    assert result == run("totals", option, id_, *MINE)
    assert result.code == 0


@pytest.mark.parametrize(
    ("kind", "word", "id_"),
    [
        ("bodies", "DfE", "dfe"),
        ("bodies", "Department for Education", "dfe"),
        ("bodies", "councils", "local-authorities"),
        ("bodies", "treasury", "hmt"),
        ("topics", "Kinship care", "kinship"),
        ("commitments", "STABLE HOMES", "stable-homes"),
        ("bodies", "bristol city council", "bristol"),
        ("bodies", "", ""),
    ],
)
def test_a_name_stands_for_its_id(kind: str, word: str, id_: str) -> None:
    """A title or a label is as good as an id, and any usual name of a body."""
    assert meant(Known(load().valid(), date(2026, 11, 30)), kind, word) == id_


def test_a_name_of_several_bodies_offers_them(run: Callable[..., Result]) -> None:
    """Which of two councils is meant is not guessed at."""
    result = run("deadlines", "--acts", "Cheshire")
    assert (result.code, result.out) == (2, "")
    assert result.err.splitlines() == [
        '"Cheshire" can mean 2 bodies. Write one of them:',
        "  cheshire-east              Cheshire East",
        "  cheshire-west-and-chester  Cheshire West",
    ]


def test_a_name_that_two_have_stands_for_neither(tmp_path: Path) -> None:
    """A word that names two entries is left as it is, and refused."""
    text = TINY.read_text(encoding="utf-8")
    titles = re.search(r"^topics:\n((?:  .*\n)+)", text, re.MULTILINE)
    assert titles
    same = re.sub(r"(title: ).*", r"\1The same", titles[1])
    file = tmp_path / "two.yaml"
    file.write_text(text.replace(titles[1], same), encoding="utf-8")
    record = Known(load(file).valid(), date(2031, 6, 30))
    assert meant(record, "topics", "the same") == "the same"


@pytest.mark.parametrize("options", [("--json",), ("--format", "csv")])
def test_the_record_that_is_asked_is_never_replaced(
    options: tuple[str, ...], run: Callable[..., Result], tmp_path: Path
) -> None:
    """A slip of the hand that names the record as the output loses nothing."""
    own = tmp_path / "own.yaml"
    own.write_text(TINY.read_text("utf-8"), "utf-8")
    linked = tmp_path / "linked.json"
    linked.symlink_to(own)
    for name in (own, linked):
        result = run("totals", "--data", own, "-o", name, *options)
        assert (result.code, result.out) == (2, "")
        assert "is the record that is asked; name another file" in result.err
    assert own.read_text("utf-8") == TINY.read_text("utf-8")


@pytest.mark.parametrize(
    "command",
    [
        ("report", "own.md", "--data", "own.md", "--force"),
        ("export", "own.xlsx", "--data", "own.xlsx", "--force"),
        ("export", "own.db", "--data", "own.metadata.yaml", "--force"),
        ("export", "folder", "--data", "folder/milestones.csv", "--force"),
        ("diff", "own.md", str(TINY), "-f", "json", "-o", "own.md"),
        ("deadlines", "--data", "own.md", "-f", "ics", "-o", "own.md"),
        ("totals", "--data", str(TINY), "--deflators", "prices.md", "-o", "prices.md"),
        ("totals", "--data", str(TINY), "-f", "json", "-o", "reformcalc.toml"),
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_nothing_that_was_read_is_ever_replaced(
    command: tuple[str, ...],
    run: Callable[..., Result],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever is written and however it is named: the record, a plan, prices, the settings."""
    monkeypatch.chdir(tmp_path)
    for name in ("own.md", "own.metadata.yaml"):
        Path(name).write_text(TINY.read_text("utf-8"), "utf-8")
    assert run("new", "plan", "own.xlsx").code == 0
    Path("folder").mkdir()
    assert run("new", "plan", "folder/milestones.csv").code == 0
    prices = (TINY.parent / "deflators.yaml").read_text("utf-8")
    Path("prices.md").write_text(prices, "utf-8")
    Path("reformcalc.toml").write_text('format = "json"\n', "utf-8")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    result = run(*command)
    assert (result.code, result.out) == (2, "")
    assert re.search("is the (record that is asked|file of settings); name another", result.err)
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (("site", "-"), "pages need a folder; name one"),
        (("site", "loop"), "loop: it cannot be written"),
        (("totals", "--data", "loop/own.yaml"), "own.yaml: it cannot be read"),
        (("new", "milestone", "--into", "loop/"), "loop: "),
        (("report", f"{'r' * 300}.html"), "rrr.html: it cannot be written"),
        (("export", f"{'e' * 300}.xlsx"), "eee.xlsx: it cannot be opened"),
        (("totals", "-o", f"{'t' * 300}.csv"), "ttt.csv: it cannot be opened"),
        (("export", "q\udcff.sqlite"), "this name is no UTF-8 text"),
    ],
    ids=range(8),
)
def test_a_name_that_no_file_can_have_is_named(
    command: tuple[str, ...],
    says: str,
    run: Callable[..., Result],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One message says which it is and why, and nothing is made."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REFORMCALC_DATA", str(TINY))
    Path("loop").symlink_to("loop")
    result = run(*command)
    assert (result.code, result.out) == (2, "")
    assert says in result.err
    assert "has a fault" not in result.err
    assert [one.name for one in tmp_path.iterdir()] == ["loop"]


def test_a_dash_is_no_file(run: Callable[..., Result]) -> None:
    """What other programs mean by a dash is what happens without -o."""
    result = run("totals", "--json", "-o", "-")
    assert (result.code, result.out) == (2, "")
    assert "leave it out to print the answer" in result.err
    assert not Path("-").exists()
