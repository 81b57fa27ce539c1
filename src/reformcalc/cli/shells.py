"""Tab in a shell: what it is told, and how it is installed.

typer has scripts of its own. They offer the names of files wherever nothing else is offered, a day
among it; in zsh they run what is offered; and they install for the shell that runs them, whichever
is named.
"""

from __future__ import annotations

import os
import shlex
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reformcalc.cli.completion import FILES
from reformcalc.errors import DatasetUnreadable, ReformcalcError, Unwritable
from reformcalc.printable import printable

if TYPE_CHECKING:
    from collections.abc import Callable

_ASKED = "_REFORMCALC_COMPLETE"  # the shell that asks; its scripts say what is typed beside it
_WORDS, _WORD = "_REFORMCALC_WORDS", "_REFORMCALC_WORD"
_A_FILE = 3  # the exit code by which its script is told that a file's name may stand there
INSTALL, SHOW = "--install-completion", "--show-completion"
SHELLS = ("bash", "fish", "powershell", "zsh")


def asks() -> bool:
    """Whether this run is a press of Tab."""
    return _ASKED in os.environ


def offer(command: Any, send: Callable[[str], object]) -> int:
    """Send what may stand where Tab was pressed, in lines; return the exit code.

    Whatever goes wrong offers nothing and says nothing.
    """
    shell = os.environ[_ASKED]
    found = []
    with suppress(Exception):
        found = _found(command) if shell in SHELLS else []
    if any(one.help == FILES for one in found):
        return _A_FILE
    option, given, _ = os.environ.get(_WORD, "").partition("=")
    # bash alone takes what stands after the = for a word.
    prefix = f"{option}=" if given and option.startswith("--") and shell != "bash" else ""
    send("".join(f"{_line(shell, prefix + one.value, one.help)}\n" for one in found))
    return 0


def _found(command: Any) -> list[Any]:
    """Return what typer has for the word that is typed, each with its value and its help."""
    # Not promised to others; the tests with the newest typer watch over it.
    from typer._click.shell_completion import _resolve_context, _resolve_incomplete

    words = [_meant(word) for word in os.environ.get(_WORDS, "").split("\n")[1:]]
    if words[-1:] == ["="]:  # bash parts --by=year into three words
        words.pop()
    context = _resolve_context(command, {}, "reformcalc", words)
    asked, word = _resolve_incomplete(context, words, _meant(os.environ.get(_WORD, "")))
    return asked.shell_complete(context, word)


def _meant(word: str) -> str:
    """Return a word without the quotes of the shell, of which the last may yet be to come."""
    for closed in (word, f'{word}"', f"{word}'"):
        with suppress(ValueError):
            return "".join(shlex.split(closed))
    return word


def _line(shell: str, value: str, title: str | None) -> str:
    title = printable(title or "")
    if not title or shell == "bash":
        return value
    if shell == "zsh":  # which takes what follows the first colon, and a backslash from both
        title = title.replace("\\", "\\\\")
        return f"{value.replace(':', chr(92) + ':')}:{title}"
    return f"{value}\t{title}"


def script(shell: str) -> str:
    """Return what a shell runs to have Tab complete. Raises ReformcalcError where there is none."""
    from reformcalc.reading.files import template_text

    named = {"pwsh": "powershell"}.get(shell, shell)
    if named not in SHELLS:
        words = f"{', '.join(SHELLS[:-1])} or {SHELLS[-1]}"
        raise ReformcalcError(f'"{printable(shell)}" has no completion; write {words}')
    return template_text(f"completion.{named}")


def install(shell: str) -> str:
    """Have a shell load its script, and return what was done, and what is to do.

    Raises ReformcalcError where it has none, and Unwritable where its files cannot be written.
    """
    from reformcalc.reading.files import as_it_is
    from reformcalc.writing import put_files

    content = script(shell).encode()
    if shell not in _PLACES:
        raise ReformcalcError(
            f"the settings of {shell} are left as they are; what --show-completion {shell} prints "
            "goes into the file that $PROFILE names"
        )
    place, settings, line = _PLACES[shell]
    path = _home("XDG_CONFIG_HOME", ".config") / place if shell == "fish" else _home() / place
    files = {path: content}
    done = f"Completion for {shell} is in {path}"
    try:
        if settings:
            loads = (_home("ZDOTDIR") if shell == "zsh" else _home()) / settings
            # A path has the bytes that it has, be they no text.
            loading = os.fsencode(line.format(path=shlex.quote(str(path))))
            held = as_it_is(loads)
            if loading not in map(bytes.strip, held.splitlines()):
                parted = b"" if held.endswith(b"\n") or not held else b"\n"
                files[loads] = held + parted + loading + b"\n"
            done += f", which {loads} loads"
        put_files(files)
    except (DatasetUnreadable, Unwritable) as error:
        remedy = f"reformcalc --show-completion {shell} prints it, to be kept elsewhere"
        raise Unwritable(f"{error}; {remedy}") from None
    return f"{done}.\nA new {shell} has it; in one that runs: exec {shell}\n"


def _home(variable: str = "", below: str = "") -> Path:
    """Return one's home folder, or the one below it that a variable can name in its place.

    Raises Unwritable where none is known.
    """
    named = os.environ.get(variable, "")
    if Path(named).is_absolute():
        return Path(named)
    home = os.path.expanduser("~")  # noqa: PTH111  Path.home can fail
    # Of an empty HOME the root of all folders is made.
    if not Path(home).is_absolute() or os.environ.get("HOME") == "":
        raise Unwritable("no home folder is known to write completion to; set HOME to a full path")
    return Path(home) / below


# Where the script goes, and the file of settings that has to have a line to load it, if any does.
_PLACES = {
    "bash": (".bash_completions/reformcalc.sh", ".bashrc", "source {path}"),
    "fish": ("fish/completions/reformcalc.fish", "", ""),
    "zsh": (".zfunc/_reformcalc", ".zshrc", "fpath+=~/.zfunc; autoload -Uz compinit; compinit"),
}


def current() -> str:
    """Return the shell that this was typed into. Raises ReformcalcError where that is unknown."""
    import shellingham

    try:
        name: str = shellingham.detect_shell()[0]
    except shellingham.ShellDetectionFailure:
        raise ReformcalcError(
            "which shell this is cannot be seen; name it, as --install-completion zsh"
        ) from None
    return name
