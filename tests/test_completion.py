"""What a shell offers at a press of Tab: commands, options, words, and the ids of the record."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import rich

from reformcalc.answers.comparison.bases import BASES
from reformcalc.answers.totals.groupings import GROUPINGS
from reformcalc.ledger.milestones import State
from reformcalc.record.model import Dataset
from tests.conftest import TINY, need

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Result

SCRIPTS = Path(sys.executable).parent


@pytest.fixture
def offered(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> Callable[..., set[str]]:
    """Return a function that gives what is offered for the last word of a line."""
    monkeypatch.setitem(sys.modules, "rich", rich)  # put back after what `hasten` does

    def call(line: str) -> set[str]:
        monkeypatch.setenv("_REFORMCALC_COMPLETE", "complete_bash")
        monkeypatch.setenv("COMP_WORDS", line)
        monkeypatch.setenv("COMP_CWORD", str(len(line.split(" ")) - 1))
        result = run()
        assert (result.code, result.err) == (0, "")
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
        ('reformcalc totals --as-of "2023 --topic kin', set()),
        ("reformcalc no-such-command --topic kin", set()),
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


def _environment(**more: str) -> dict[str, str]:
    """Return what a shell needs to find the command, and a home without settings."""
    kept = {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}
    path = f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": path, "TERM": "dumb", "LC_ALL": "C.UTF-8", **kept, **more}


def _script(shell: str, home: Path) -> Path:
    """Have typer install the completion of a shell in a home of its own."""
    subprocess.run(
        ["reformcalc", "--install-completion", shell],
        env=_environment(HOME=str(home), _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1"),
        check=True,
        capture_output=True,
    )
    return home


LINES = [
    ("reformcalc conf", "conflicts"),
    ("reformcalc totals --env", "--envelope"),
    ("reformcalc show stable-h", "stable-homes"),
]
# How each shell is started without anybody's settings, and what loads the completion then.
SHELLS = {
    "bash": (["--norc", "--noprofile", "-i"], "source .bash_completions/reformcalc.sh"),
    "zsh": (["-f", "-i"], "fpath+=(~/.zfunc); autoload -Uz compinit; compinit -u"),
}


@pytest.mark.parametrize(("line", "word"), LINES)
@pytest.mark.parametrize("shell", SHELLS)
def test_tab_completes_in_a_shell(shell: str, line: str, word: str, tmp_path: Path) -> None:
    """With what --install-completion writes, Tab finishes a command, an option and an id."""
    pytest.importorskip("pty")
    need(found := shutil.which(shell), shell)
    from tests.terminal import Terminal

    arguments, load = SHELLS[shell]
    environment = _environment(HOME=str(_script(shell, tmp_path)), PS1="> ")
    assert found is not None
    with Terminal([found, *arguments], environment) as terminal:
        terminal.type(f"cd; {load}; echo rea''dy\r")
        terminal.expect("ready\r\n")
        terminal.type(f"{line}\t\t")  # the first Tab has zsh load the completion
        terminal.expect(line[: line.rindex(" ") + 1] + word)


@pytest.mark.parametrize(("line", "word"), LINES)
def test_fish_offers_completions(line: str, word: str, tmp_path: Path) -> None:
    """With what --install-completion writes, fish offers a command, an option and an id."""
    need(found := shutil.which("fish"), "fish")
    home = _script("fish", tmp_path)
    assert found is not None
    asked = subprocess.run(
        [found, "-c", f"complete -C '{line}'"],
        env=_environment(HOME=str(home)),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert [one.split("\t")[0] for one in asked.stdout.splitlines()] == [word]
