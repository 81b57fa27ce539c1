"""What a shell offers at a press of Tab: commands, options, words, and the ids of the record."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import shellingham
from typer.main import get_command

from reformcalc.answers.comparison.bases import BASES
from reformcalc.answers.totals.groupings import GROUPINGS
from reformcalc.cli.commands import _COMMANDS, names
from reformcalc.ledger.milestones import State
from reformcalc.record.model import Dataset
from tests.conftest import TINY, need, tab

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Result

SCRIPTS = Path(sys.executable).parent


@pytest.fixture
def asked(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Return a function that presses Tab at the end of a line."""

    def call(line: str, shell: str = "bash") -> Result:
        for name, value in tab(line, shell).items():
            monkeypatch.setenv(name, value)
        result = run()
        assert result.err == ""
        return result

    return call


@pytest.fixture
def offered(asked: Callable[..., Result]) -> Callable[..., set[str]]:
    """Return a function that gives what is offered for the last word of a line."""

    def call(line: str) -> set[str]:
        result = asked(line)
        assert result.code == 0
        return set(result.out.split())

    return call


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("reformcalc tot", {"totals"}),
        ("reformcalc sources ", {"check"}),
        ("reformcalc totals --env", {"--envelope"}),
        ("reformcalc totals --by ", set(GROUPINGS)),
        ("reformcalc totals --new each", {"each-year"}),
        ("reformcalc totals --format m", {"markdown"}),
        ("reformcalc compare --basis new-when", {"new-when-announced"}),
        ("reformcalc compare --basis ", set(BASES)),
        ("reformcalc deadlines --state part", {"partly-met"}),
        ("reformcalc deadlines --state ", set(State)),
        ("reformcalc list ", set(Dataset.KINDS)),
        ("reformcalc rule amount-f", {"amount-form"}),
        ("reformcalc show stable-h", {"stable-homes"}),
        ("reformcalc compare care-review-fam", {"care-review-family-help"}),
        ("reformcalc totals --envelope stable", {"stable-homes"}),
        ("reformcalc totals --pillar family-h", {"family-help"}),
        ("reformcalc totals --topic kin", {"kinship"}),
        ("reformcalc deadlines --lead thur", {"thurrock"}),
        ("reformcalc deadlines --lead dors", set()),
        ("reformcalc deadlines --acts local", {"local-authorities"}),
        ("reformcalc deadlines --acts dors", {"dorset"}),
        (f"reformcalc totals --data {TINY} --topic ", {"dredging", "lamps"}),
        (f"reformcalc totals --data {TINY} --data bundled --topic lam", {"lamps"}),
        (
            f"reformcalc show --data {TINY} dredger",
            {"dredger", "dredger-bought", "dredger-reviewed"},
        ),
        (f"reformcalc show --data {TINY} ti", set()),
        ("reformcalc --version totals --topic kin", {"kinship"}),
        ("reformcalc totals --format nonsense --as-of never --topic kin", {"kinship"}),
        ('reformcalc totals --topic "ki', {"kinship"}),
        ("reformcalc no-such-command --topic kin", set()),
        ("reformcalc totals --by=ye", {"year"}),
        ("reformcalc totals --by = ye", {"year"}),  # how bash parts it
    ],
)
def test_what_can_follow_is_offered(
    line: str, words: set[str], offered: Callable[[str], set[str]]
) -> None:
    """The last word of a line is completed to what that place takes, of the record that it names.

    Where a word can have many more beginnings, some of them are looked for.
    """
    found = offered(line)
    assert found >= words if line.endswith(" ") else found == words


def test_councils_are_offered_once_their_name_is_begun(
    offered: Callable[[str], set[str]],
) -> None:
    """At a press of Tab those stand who lead or act, not each council that takes part."""
    for option in ("--lead", "--acts"):
        found = offered(f"reformcalc deadlines {option} ")
        assert {"dfe", "ofsted", "thurrock"} <= found
        assert "dorset" not in found


def test_the_environment_names_the_record(
    offered: Callable[[str], set[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without --data, ids come from the record that REFORMCALC_DATA names."""
    monkeypatch.setenv("REFORMCALC_DATA", str(TINY))
    assert offered("reformcalc totals --topic ") == {"dredging", "lamps"}


@pytest.mark.parametrize(
    "content",
    [
        b"commitments: [",
        b"\xff\xfe\x00",
        b"",
        b"commitments: none\n",
        b"- a list\n",
        b"commitments: {$(touch ran): {}, '`touch ran`': {}, 'a b': {}, '*': {}, \"'\": {}}\n",
    ],
)
def test_a_broken_record_offers_nothing(
    content: bytes, offered: Callable[[str], set[str]], tmp_path: Path
) -> None:
    """What cannot be read, or is no id, is not offered: no message, nothing for a shell to run."""
    path = tmp_path / "broken.yaml"
    path.write_bytes(content)
    assert offered(f"reformcalc show --data {path} ") == set()
    assert offered(f"reformcalc show --data {tmp_path / 'nowhere'} ") == set()
    assert offered(f"reformcalc deadlines --data {tmp_path / 'nowhere'} --acts ") == set()
    (tmp_path / "empty").mkdir()
    assert offered(f"reformcalc show --data {tmp_path / 'empty'} ") == set()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_completing_waits_for_nobody(offered: Callable[[str], set[str]], tmp_path: Path) -> None:
    """A pipe that nobody writes to is passed over: Tab must not hang."""
    path = tmp_path / "pipe.yaml"
    os.mkfifo(path)
    assert offered(f"reformcalc show --data {path} ") == set()


# What may stand where an option has a word for its value, or an argument its name.
FILES = {"PATH", "FILE", "DIR", "OUT", "OLD", "NEW"}
NOTHING = {"DAY", "YEAR", "LENGTH", "TEXT", "URL"}


def _places() -> Iterator[tuple[str, str]]:
    """Yield each place of a line where a value may stand, with the word that help has for it."""
    for name in names():
        command = get_command(_COMMANDS[name.split()[0]])
        for below in name.split()[1:]:
            command = command.commands[below]  # type: ignore[attr-defined]
        before = ""
        for one in command.params:
            word = (one.metavar or "").strip("[].")
            if one.param_type_name == "argument":
                yield f"reformcalc {name} {before}", word
                before += "x "
            elif not one.is_flag:  # type: ignore[attr-defined]
                yield f"reformcalc {name} {one.opts[0]} ", word


@pytest.mark.parametrize(("line", "word"), [pytest.param(*one, id=one[0]) for one in _places()])
def test_files_are_offered_where_one_stands_and_nowhere_else(
    line: str, word: str, asked: Callable[..., Result]
) -> None:
    """A day, a year or a text is completed with nothing; a path with the files that there are."""
    result = asked(line)
    if word in FILES:
        assert (result.code, result.out) == (3, "")
    elif word in NOTHING or line.endswith(("--author ", "--text ", " find ")):
        assert (result.code, result.out) == (0, "")
    else:
        assert result.code == 0
        assert result.out != ""


ODD = """commitments:
  quay-one: {title: 'Lamps: "new" ones, [40%] `x` $(touch ran) \\n {a,b} Barrow''s * ~ é'}
  quay-two: {title: "two\\tlines\\nof it", label: "A label: stands"}
  quay-three: {title: [no, text]}
  quay-four: none
"""
TITLES = {
    "quay-four": "",
    "quay-one": """Lamps: "new" ones, [40%] `x` $(touch ran) \\n {a,b} Barrow's * ~ é""",
    "quay-three": "",
    "quay-two": "A label: stands",
}


def test_titles_stand_beside_ids(asked: Callable[..., Result], tmp_path: Path) -> None:
    """zsh and fish are told what each is called, each as it reads it; bash would insert it."""
    path = tmp_path / "odd.yaml"
    path.write_text(ODD, encoding="utf-8")
    lines = {
        shell: sorted(asked(f"reformcalc show --data {path} quay-", shell).out.splitlines())
        for shell in ("bash", "fish", "zsh")
    }
    assert lines["bash"] == list(TITLES)
    assert [one.partition("\t")[::2] for one in lines["fish"]] == list(TITLES.items())
    told = [one.partition(":")[::2] for one in lines["zsh"]]
    assert [(id_, title.replace("\\\\", "\\")) for id_, title in told] == list(TITLES.items())


def test_a_script_of_another_release_is_told_nothing(asked: Callable[..., Result]) -> None:
    """What the scripts of typer ask is not answered: zsh would run the answer."""
    result = asked("reformcalc sh", "complete_zsh")
    assert (result.code, result.out) == (0, "")


def _environment(**more: str) -> dict[str, str]:
    """Return what a shell needs to find the command, and a home without settings."""
    kept = {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}
    path = f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": path, "TERM": "dumb", "LC_ALL": "C.UTF-8", **kept, **more}


def _at_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a folder be the home of whoever runs the command, who has set nothing."""
    monkeypatch.setenv("HOME", str(home))
    for name in ("ZDOTDIR", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)


def _install(home: Path, *shell: str) -> subprocess.CompletedProcess[str]:
    """Have the completion of a shell installed in a home of its own."""
    return subprocess.run(
        ["reformcalc", "--install-completion", *shell],
        env=_environment(HOME=str(home)),
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


@pytest.mark.parametrize(
    ("shell", "files"),
    [
        ("bash", (".bash_completions/reformcalc.sh", ".bashrc")),
        ("fish", (".config/fish/completions/reformcalc.fish", "")),
        ("zsh", (".zfunc/_reformcalc", ".zshrc")),
    ],
)
def test_installing_says_what_it_did(
    shell: str,
    files: tuple[str, str],
    run: Callable[..., Result],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is for the shell that is named, says which files it wrote, and what is left to do."""
    script, settings = files
    if settings:
        (tmp_path / settings).write_bytes(b"alias caf\xe9=ls")
        (tmp_path / settings).chmod(0o600)
    _at_home(tmp_path, monkeypatch)
    done = [run("--install-completion", shell) for _ in range(2)]
    told = f"Completion for {shell} is in {tmp_path / script}"
    told += f", which {tmp_path / settings} loads" if settings else ""
    expected = f"{told}.\nA new {shell} has it; in one that runs: exec {shell}\n"
    assert [(one.code, one.out, one.err) for one in done] == [(0, expected, "")] * 2
    assert (tmp_path / script).is_file()
    assert {one.name for one in tmp_path.iterdir()} == {
        script.split("/", maxsplit=1)[0],
        settings,
    } - {""}
    if settings:  # it is kept, and has one line more
        held = (tmp_path / settings).read_bytes().splitlines()
        assert held[0] == b"alias caf\xe9=ls"
        assert len(held) == 2
        assert (tmp_path / settings).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ksh"], '"ksh" has no completion; write bash, fish, powershell or zsh'),
        (["zsh", "bash"], "it takes one shell"),
        (["powershell"], "--show-completion powershell prints goes into the file that $PROFILE"),
        (
            ["zsh"],
            "it cannot be written (Not a directory); reformcalc --show-completion zsh prints it",
        ),
    ],
)
def test_what_cannot_be_installed_is_one_message(
    arguments: list[str],
    message: str,
    run: Callable[..., Result],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Another shell, PowerShell, whose settings are left alone, and a home that is no folder."""
    home = tmp_path / "home"
    home.write_text("")
    _at_home(home, monkeypatch)
    done = run("--install-completion", *arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Error: ")
    assert done.err.count("\n") == 1
    assert message in done.err


def test_a_folder_of_settings_that_is_named_is_kept_to(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """zsh looks in ZDOTDIR and fish in XDG_CONFIG_HOME: a line elsewhere would load nothing."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("ZDOTDIR", str(tmp_path / "z"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "x"))
    assert run("--install-completion", "zsh").code == 0
    assert run("--install-completion", "fish").code == 0
    held = {one.relative_to(tmp_path).as_posix() for one in tmp_path.rglob("*") if one.is_file()}
    assert held == {"z/.zshrc", ".zfunc/_reformcalc", "x/fish/completions/reformcalc.fish"}


@pytest.mark.parametrize("name", ["home", "h\udcff"])
def test_a_line_that_is_commented_out_loads_nothing(
    name: str, run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the line itself is one that loads it, also below a name that is no text."""
    home = tmp_path / name
    try:
        home.mkdir()
    except OSError:
        pytest.skip("needs a system whose names may be any bytes")
    monkeypatch.setenv("HOME", str(home))
    settings = home / ".bashrc"
    assert run("--install-completion", "bash").code == 0
    line = settings.read_bytes()
    assert line.startswith(b"source ")
    settings.write_bytes(b"# " + line)
    assert run("--install-completion", "bash").code == 0
    assert settings.read_bytes() == b"# " + line + line


def test_settings_that_are_no_file_are_refused(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing waits for a pipe that nobody writes to."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("needs a system with named pipes")
    monkeypatch.setenv("HOME", str(tmp_path))
    os.mkfifo(tmp_path / ".bashrc")
    result = run("--install-completion", "bash")
    assert (result.code, result.out) == (2, "")
    assert ".bashrc: this is not a file" in result.err
    assert [one.name for one in tmp_path.iterdir()] == [".bashrc"]


@pytest.mark.parametrize("home", ["", ".", "here"])
def test_a_home_that_is_no_full_path_is_asked_for(
    home: str, run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would be another folder in each place."""
    if os.name == "nt":
        pytest.skip("Windows keeps one's home elsewhere")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", home)
    result = run("--install-completion", "bash")
    assert (result.code, result.out) == (2, "")
    assert "set HOME to a full path" in result.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("option", ["--install-completion", "--show-completion"])
def test_an_empty_name_is_no_shell(option: str, run: Callable[..., Result]) -> None:
    """A variable that is not set does not stand for the shell that this is."""
    for typed in ((option, ""), (f"{option}=",)):
        result = run(*typed)
        assert (result.code, result.out) == (2, "")
        assert "it is empty" in result.err


@pytest.mark.parametrize("shell", ["bash", "fish", "zsh"])
def test_the_shell_that_runs_it_is_seen(shell: str, tmp_path: Path) -> None:
    """Without a name, completion is installed for the shell that it was typed into."""
    need(found := shutil.which(shell), shell)
    assert found is not None
    done = subprocess.run(
        [found, "-c", "reformcalc --install-completion; true"],
        env=_environment(HOME=str(tmp_path)),
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.stdout.startswith(f"Completion for {shell} is in {tmp_path}")


def test_where_no_shell_is_seen_it_is_asked_for(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What started it may be no shell."""

    def none() -> tuple[str, str]:
        raise shellingham.ShellDetectionFailure

    monkeypatch.setattr(shellingham, "detect_shell", none)
    result = run("--show-completion")
    assert (result.code, result.out) == (2, "")
    assert "--install-completion zsh" in result.err


# How each shell is started without anybody's settings, and what loads the completion then.
SHELLS = {
    "bash": (["--norc", "--noprofile", "-i"], "source .bash_completions/reformcalc.sh"),
    "zsh": (["-f", "-i"], "fpath+=(~/.zfunc); autoload -Uz compinit; compinit -u"),
    "zsh, as it is printed": (
        ["-f", "-i"],
        'autoload -Uz compinit; compinit -u; eval "$(reformcalc --show-completion zsh)"',
    ),
}
# What is typed, and what Tab makes of it.
LINES = [
    ("reformcalc conf", "reformcalc conflicts"),
    ("reformcalc totals --env", "reformcalc totals --envelope"),
    ("reformcalc show stable-h", "reformcalc show stable-homes"),
    ("reformcalc totals --envelope=stable-h", "reformcalc totals --envelope=stable-homes"),
    ("reformcalc totals --data od", "reformcalc totals --data odd.yaml"),
    ("reformcalc show --data odd.yaml quay-tw", "reformcalc show --data odd.yaml quay-two"),
    ("reformcalc totals --as-of od", "reformcalc totals --as-of od"),
    ("reformcalc totals --prices=od", "reformcalc totals --prices=od"),
]


@pytest.mark.parametrize("how", SHELLS)
def test_tab_completes_in_a_shell(how: str, tmp_path: Path) -> None:
    """With what --install-completion writes, Tab finishes commands, options, ids and files.

    Where a day stands, no file is offered.
    """
    pytest.importorskip("pty")
    shell = how.partition(",")[0]
    need(found := shutil.which(shell), shell)
    from tests.terminal import Terminal

    arguments, load = SHELLS[how]
    assert _install(tmp_path, shell).returncode == 0
    (tmp_path / "odd.yaml").write_text(ODD, encoding="utf-8")
    environment = _environment(HOME=str(tmp_path), PS1="> ")
    assert found is not None
    with Terminal([found, *arguments], environment) as terminal:
        terminal.type(f"cd; {load}; echo rea''dy\r")
        terminal.expect("ready\r\n")
        for line, completed in LINES:
            # What stands there after it is printed.
            terminal.type(f'{line}\t\x01set -- \x05; echo "<$*>"\r')
            terminal.expect(f"\r\n<{completed}>")


def test_zsh_shows_what_each_is_called(tmp_path: Path) -> None:
    """Each title stands beside its id as it is written, and nothing of it is run."""
    pytest.importorskip("pty")
    need(found := shutil.which("zsh"), "zsh")
    from tests.terminal import Terminal

    assert _install(tmp_path, "zsh").returncode == 0
    (tmp_path / "odd.yaml").write_text(ODD, encoding="utf-8")
    environment = _environment(HOME=str(tmp_path), PS1="> ")
    assert found is not None
    with Terminal([found, "-f", "-i"], environment, (160, 24)) as terminal:
        terminal.type(f"cd; {SHELLS['zsh'][1]}; echo rea''dy\r")
        terminal.expect("ready\r\n")
        terminal.type("reformcalc show --data odd.yaml qu\t\t")
        for title in filter(None, TITLES.values()):
            terminal.expect(f"-- {title}")
    assert not (tmp_path / "ran").exists()


def test_fish_offers_completions(tmp_path: Path) -> None:
    """With what --install-completion writes, fish offers the same, with what each is called."""
    need(found := shutil.which("fish"), "fish")
    assert _install(tmp_path, "fish").returncode == 0
    (tmp_path / "odd.yaml").write_text(ODD, encoding="utf-8")
    lines = ["reformcalc show --data odd.yaml qu", *(line for line, _ in LINES)]
    assert found is not None
    asked = subprocess.run(
        [found, "-c", "cd; " + "; ".join(f"complete -C '{one}'; echo" for one in lines)],
        env=_environment(HOME=str(tmp_path)),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    titled, *offered = asked.stdout.split("\n\n")
    told = dict(one.partition("\t")[::2] for one in titled.splitlines())
    assert told == TITLES
    assert not (tmp_path / "ran").exists()
    for (line, completed), found_ in zip(LINES, offered, strict=True):
        word = completed.split(" ", 1)[1].split()[-1]
        values = [one.split("\t")[0] for one in found_.splitlines()]
        assert values == ([word] if line != completed else []), line
