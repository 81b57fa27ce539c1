"""What the world does to a command: outputs that close or fill, files that vanish, no home."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reformcalc.errors import DatasetUnreadable
from reformcalc.printable import UNPRINTABLE, printable
from reformcalc.reading.load import load
from tests.conftest import HANGS, PROJECT, TINY, tab

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Result

REFORMCALC = (sys.executable, "-m", "reformcalc")
TOTALS = ("totals", "--data", str(TINY), "--as-of", "2031-06-30")
RULE = ("rule", "amount-form")  # an answer that needs no record, and is printed like any other
WRONG = str(PROJECT / "tests" / "rules" / "amount-form" / "bad-not-pounds.yaml")
needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
either_way = pytest.mark.usefixtures("_buffering")
needs_shell = pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")


@pytest.fixture(params=["", "1"], ids=["buffered", "unbuffered"])
def _buffering(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every process write as in a bare shell, and as in most container images."""
    monkeypatch.setenv("PYTHONUNBUFFERED", request.param)


def _shell(line: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell in which "$@" is the command."""
    command = ["sh", "-c", line, "sh", *REFORMCALC, *arguments]
    return subprocess.run(
        command, env=os.environ | environment, capture_output=True, timeout=HANGS, check=False
    )


@needs_shell
@pytest.mark.parametrize(
    ("arguments", "code", "unbuffered"),
    [
        (TOTALS, 0, ""),
        (RULE, 0, "1"),
        (("validate", WRONG), 1, ""),
        (("--help",), 0, "1"),
    ],  # in this process all are tried, each either way, by tests/unit/test_streams.py
)
def test_a_reader_that_stops_early_changes_nothing(
    arguments: tuple[str, ...], code: int, unbuffered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A closed pipe: no message, and the code that the command would have had."""
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    reading, writing = os.pipe()
    os.close(reading)
    process = subprocess.run(
        [*REFORMCALC, *arguments],
        stdout=writing,
        stderr=subprocess.PIPE,
        timeout=HANGS,
        check=False,
    )
    os.close(writing)
    assert (process.returncode, process.stderr) == (code, b"")


@needs_full
@pytest.mark.parametrize(("arguments", "unbuffered"), [(RULE, ""), (("--help",), "1")])
def test_an_answer_that_cannot_be_written_is_a_failure(
    arguments: tuple[str, ...], unbuffered: str
) -> None:
    """A full disk ends with 2 and one line, whatever was asked."""
    result = _shell('"$@" > /dev/full', *arguments, PYTHONUNBUFFERED=unbuffered)
    assert result.returncode == 2
    assert result.stderr == (b"Error: the answer cannot be written (No space left on device)\n")


@either_way
@needs_full
def test_completion_that_cannot_be_written_is_a_failure() -> None:
    """What a shell would offer is an answer too."""
    result = _shell('"$@" > /dev/full', **tab("reformcalc t"))
    assert result.returncode == 2
    assert result.stderr == (b"Error: the answer cannot be written (No space left on device)\n")


@either_way
@needs_shell
def test_a_disk_that_fills_part_way_is_a_failure(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """The beginning of an answer is not taken for the whole of it."""
    out = tmp_path / "schema.json"
    result = _shell(f'ulimit -f 8 && "$@" > "{out}"', "schema")
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr == b"Error: the answer cannot be written (File too large)\n"
    assert 0 < out.stat().st_size < len(run("schema").out)


@either_way
@needs_shell
def test_a_pipe_that_does_not_wait_for_its_reader() -> None:
    """What it does not take while it is full is not lost in silence either."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    with suppress(BlockingIOError):
        while os.write(writing, b"of another\n"):
            pass
    process = subprocess.run(
        [*REFORMCALC, *RULE], stdout=writing, stderr=subprocess.PIPE, timeout=HANGS, check=False
    )
    os.close(writing)
    os.close(reading)
    assert process.returncode == 2
    assert process.stderr.startswith(b"Error: the answer cannot be written (Resource temporarily")
    assert process.stderr.count(b"\n") == 1


@needs_full
@pytest.mark.parametrize(
    ("command", "closed", "code", "start"),
    [
        ("export out.sqlite", "> /dev/full", 2, "Error: wrote"),
        ("new dataset out.yaml", "> /dev/full", 2, "Error: wrote"),
        ("new dataset out.yaml", ">&-", 0, "wrote"),
    ],
)
def test_what_is_written_is_done_even_if_that_cannot_be_said(
    command: str, closed: str, code: int, start: str, tmp_path: Path
) -> None:
    """The file is there, and one line says so; an output that takes nothing is a failure."""
    name = command.rsplit(maxsplit=1)[-1]
    data = () if command.startswith("new") else TOTALS[1:]
    result = _shell(f'cd "{tmp_path}" && "$@" {closed}', *command.split(), *data)
    assert result.returncode == code
    assert result.stderr.decode().startswith(f"{start} {name.rstrip('/')}")
    assert result.stderr.count(b"\n") == 1
    names = {path.name for path in tmp_path.iterdir()}
    written = {name for name in names if not name.endswith(".metadata.yaml")}  # beside a database
    assert written == {name.rstrip("/")}


@needs_full
@pytest.mark.parametrize(
    ("line", "arguments", "code"),
    [
        ('"$@" 2> /dev/full', ("totals", "--data", "nowhere.yaml"), 2),
        ('"$@" 2>&-', ("totals", "--data", "nowhere.yaml"), 2),
        ('"$@" 2> /dev/full', ("totals", "--data", WRONG), 2),
        ('"$@" >&- 2>&-', RULE, 2),
        ('"$@" 2>&-', RULE, 0),
        ('"$@" <&-', TOTALS, 0),
    ],
)
def test_without_a_place_for_messages_the_code_still_tells(
    line: str, arguments: tuple[str, ...], code: int
) -> None:
    """Standard error closed or full: the exit code is what it would have been."""
    assert _shell(line, *arguments).returncode == code


@needs_shell
@pytest.mark.parametrize(
    ("line", "arguments"),
    [
        ('env -i PYTHONPATH="$PYTHONPATH" "$@"', TOTALS),
        ('LC_ALL=C PYTHONUTF8=0 PYTHONIOENCODING=ascii COLUMNS=0 TERM= "$@"', TOTALS),
        *(
            (f'env -i PYTHONUTF8=0 PYTHONIOENCODING={page} PYTHONPATH="$PYTHONPATH" "$@"', RULE)
            for page in ("cp1252", "utf-16")  # those of Windows
        ),
        ('cd / && LC_ALL=nonsense LANG=nonsense "$@"', RULE),
    ],
)
def test_home_and_locale_change_nothing(
    line: str, arguments: tuple[str, ...], run: Callable[..., Result]
) -> None:
    """Without a home or a locale the answer is the same, in UTF-8."""
    path = os.environ.get("PYTHONPATH", str(PROJECT / "src"))
    result = _shell(line, *arguments, PYTHONPATH=path)
    assert (result.returncode, result.stderr) == (0, b"")
    said = result.stdout.decode("utf-8")
    assert "£" in said
    assert said == run(*arguments).out


def _interrupted(process: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    """Press Ctrl-C until the process ends, and return what it wrote.

    Python may take the first one just before it waits for bytes, and look at it only afterwards.
    """
    for _ in range(30):
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=2)
    pytest.fail("the process does not end")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_ctrl_c_ends_with_130(tmp_path: Path) -> None:
    """An interrupt while reading ends with 130 and no traceback."""
    fifo = tmp_path / "slow.yaml"
    os.mkfifo(fifo)
    command = [*REFORMCALC, "validate", str(fifo)]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A job in the background is started deaf to Ctrl-C, and so would all be that it starts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    ) as process:
        writing = os.open(fifo, os.O_WRONLY)  # waits until the command opens it
        try:
            out, err = _interrupted(process)
        finally:
            process.kill()
            os.close(writing)
    assert (process.returncode, out) == (130, b"")
    assert b"Traceback" not in err


def test_ctrl_c_in_the_middle_of_an_answer(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An interrupt while an answer is made writes none of it."""

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("reformcalc.cli.output.render", interrupt)
    result = run(*TOTALS)
    assert (result.code, result.out) == (130, "")


@needs_shell
def test_a_file_that_vanishes_while_a_folder_is_read(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """A file that is listed, and not there when it is opened, is named; nothing is answered."""
    (tmp_path / "record.yaml").write_text(TINY.read_text(encoding="utf-8"), encoding="utf-8")
    gone = tmp_path / "sources.yaml"
    gone.symlink_to(tmp_path / "nowhere")
    result = run("totals", "--data", tmp_path)
    assert (result.code, result.out) == (2, "")
    assert result.err == f"Error: {gone}: there is no such file or folder; check the path\n"


def test_a_file_without_an_end(tmp_path: Path) -> None:
    """What has no end is read up to a limit and refused."""
    path = tmp_path / "endless.yaml"
    with path.open("wb") as file:
        file.truncate((256 << 20) + 1)
    with pytest.raises(DatasetUnreadable, match="it is larger than"):
        load(path)


@pytest.mark.parametrize("nothing", ["", "  "])
@pytest.mark.parametrize(
    ("command", "named"),
    [
        ("totals --envelope", "--envelope"),
        ("totals --by", "--by"),
        ("totals --pillar", "--pillar"),
        ("totals --deflators", "--deflators"),
        ("totals --data", "--data"),
        ("totals --data bundled --data", "--data"),
        ("deadlines --within", "--within"),
        ("deadlines --text", "--text"),
        ("deadlines --format ics --alarm", "--alarm"),
        ("diff bundled bundled --was", "--was"),
        ("diff bundled", "NEW"),
        ("compare", "[BENCHMARK]"),
        ("validate bundled", "[PATH]..."),
        ("export", "OUT"),
        ("new dataset", "[FILE]"),
        ("sources --data", "--data"),
        ("sources check", "DIR"),
    ],
)
def test_an_empty_value_is_no_wish(
    command: str, named: str, nothing: str, run: Callable[..., Result]
) -> None:
    """`--envelope "$UNSET"` is a slip: the option is named, and nothing is read or answered."""
    result = run(*command.split(), nothing)
    assert (result.code, result.out) == (2, "")
    assert f"Invalid value for '{named}': it is empty" in result.err


@needs_shell
@pytest.mark.parametrize(("sides", "named"), [((":", "bundled"), "OLD"), (("bundled", ":"), "NEW")])
def test_two_unset_variables_joined_are_no_paths(
    sides: tuple[str, str], named: str, run: Callable[..., Result]
) -> None:
    """`diff "$BEFORE:$MORE"` of nothing names no record, least of all the bundled one."""
    result = run("diff", *sides)
    assert (result.code, result.out) == (2, "")
    assert f"Invalid value for {named}" in result.err
    assert '":" joins no paths' in result.err


@pytest.mark.parametrize("command", ["report", "export", "new dataset"])
def test_a_dash_is_the_name_of_no_file(
    command: str, run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`-` is nowhere taken for the name of a file to write."""
    monkeypatch.chdir(tmp_path)
    result = run(*command.split(), "-")
    assert (result.code, result.out) == (2, "")
    assert "Invalid value for " in result.err
    assert list(tmp_path.iterdir()) == []


def test_an_empty_path_is_not_the_folder_one_is_in() -> None:
    """`load("")` is a slip too, not a wish to read whatever lies around."""
    with pytest.raises(DatasetUnreadable, match="an empty path"):
        load("")


@pytest.mark.parametrize("arguments", [("validate",), ("totals", "--data"), ("sources", "check")])
@pytest.mark.parametrize("name", ["a" * 5_000, "evil\x1b[31m\nname"])
def test_a_path_that_cannot_be_is_named_in_one_line(
    arguments: tuple[str, ...], name: str, run: Callable[..., Result]
) -> None:
    """A name that is too long or full of control characters is a message, safely printed."""
    result = run(*arguments, name)
    assert (result.code, result.out) == (2, "")
    assert result.err.count("\n") == 1
    assert "\x1b" not in result.err


_NAMES = ["evil\x1b[31m", "red\u202etxt", os.fsdecode(b"b\xffd")]  # the last is not UTF-8


@pytest.mark.usefixtures("short_record")
@needs_shell
@pytest.mark.parametrize("name", _NAMES)
def test_a_file_named_to_do_harm_is_named_harmlessly(
    name: str, run: Callable[..., Result], tmp_path: Path
) -> None:
    """What the name of a file beside the record holds is obeyed by no terminal, in any format."""
    ours = tmp_path / f"{name}.yaml"
    ours.write_text("bodies: {ours: {title: Ours}}\n", encoding="utf-8")
    data = ("--data", "bundled", "--data", ours, "--as-of", "2022-06-01")
    for format_ in ("table", "csv", "json", "markdown", "ics"):
        result = run("deadlines", *data, "--format", format_)
        assert (result.code, result.err) == (0, ""), format_
        assert not UNPRINTABLE.search(result.out.replace("\r\n", "\n")), format_
        assert ("together with" in result.out) is (format_ != "csv"), format_


@pytest.mark.usefixtures("short_record")
@needs_shell
@pytest.mark.parametrize("name", _NAMES)
@pytest.mark.parametrize("suffix", [".md", ".html"])
def test_no_name_of_a_file_harms_a_report(
    suffix: str, name: str, run: Callable[..., Result], tmp_path: Path
) -> None:
    """Nor does it stand as it is in a page that is written, or in the line that says so."""
    ours, page = tmp_path / f"{name}.yaml", tmp_path / f"{name}{suffix}"
    ours.write_text("bodies: {ours: {title: Ours}}\n", encoding="utf-8")
    early = ("--as-of", "2022-06-01")  # before there was much to report
    result = run("report", page, "--data", "bundled", "--data", ours, *early)
    assert (result.code, result.out) == (0, f"wrote {printable(str(page))}\n")
    written = page.read_text(encoding="utf-8")
    assert "together with" in written
    assert not UNPRINTABLE.search(written)


@needs_shell
@pytest.mark.parametrize("name", _NAMES)
@pytest.mark.parametrize(
    "command", ["report {}.txt", "export {}.txt", "totals {}", "--{} totals", "totals --{}", "{}"]
)
def test_a_refusal_of_a_name_harms_nothing(
    command: str, name: str, run: Callable[..., Result]
) -> None:
    """What cannot be a name, or stands in the wrong place, is quoted harmlessly too."""
    result = run(*command.format(name).split(" "))
    assert (result.code, result.out) == (2, "")
    assert not UNPRINTABLE.search(result.err)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user who is not root")
def test_a_folder_that_may_not_be_read_is_named(run: Callable[..., Result], tmp_path: Path) -> None:
    """A folder without permission ends with 2 and its name."""
    locked = tmp_path / "locked"
    locked.mkdir(mode=0)
    result = run("validate", locked)
    assert result.code == 2
    assert f"{locked}: it cannot be read (Permission denied)" in result.err


@needs_shell
def test_a_read_only_folder_is_enough(tmp_path: Path) -> None:
    """Nothing is written beside the data or where one stands, so neither has to be writable."""
    record = tmp_path / "record.yaml"
    record.write_text(TINY.read_text(encoding="utf-8"), encoding="utf-8")
    tmp_path.chmod(0o555)
    result = _shell(f'cd "{tmp_path}" && "$@"', "totals", "--data", "record.yaml", *TOTALS[3:])
    tmp_path.chmod(0o755)
    assert (result.returncode, result.stderr) == (0, b"")
    assert [path.name for path in tmp_path.iterdir()] == ["record.yaml"]
