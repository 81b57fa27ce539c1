"""Data is only ever data: no command of ours connects, starts, runs or writes anything.

Python tells an audit hook of every file opened, process started, socket made and code compiled.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

from reformcalc import load
from reformcalc.cli.commands import names
from tests.conftest import HANGS, PROJECT, TINY

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

DAY = ("--as-of", "2031-06-30")
COMMANDS = (
    *(
        (query, *DAY, "--format", format_)
        for query in (
            "totals",
            "compare",
            "deadlines",
            "recommendations",
            "conflicts",
            "sources",
            "list",
        )
        for format_ in ("table", "json", "csv", "markdown")
    ),
    ("show", "dredger", *DAY),
    ("for", "north-port", *DAY),
    ("for", "port-councils", *DAY),
    ("find", "quay", *DAY),
    ("find", "dredger", *DAY),
    ("totals", "--explain", *DAY),
    ("totals", "--by", "year", *DAY),
    ("validate", str(TINY)),
    ("validate", "bundled"),
    ("rule",),
    ("schema",),
    ("diff", str(TINY), str(TINY)),
)
WRITES = {
    "open",
    "os.chmod",
    "os.rename",
    "os.mkdir",
    "os.remove",
    "os.rmdir",
    "shutil.copymode",
    "shutil.rmtree",
}
# Runs with a hook on, and writes what it was told of to the file of a descriptor opened before.
WATCHED = """
import json, os, sys
told, log = [], os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT)
HARMFUL = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn",
    "os.startfile", "os.kill", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link",
    "os.symlink", "os.chmod", "os.chown", "os.truncate", "os.utime", "shutil.", "tempfile.",
    "ctypes.", "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.", "winreg.", "pty.",
)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC

def hook(event, arguments):
    if event == "open" and (arguments[2] or 0) & WRITING:
        told.append([event, str(arguments[0])])
    elif event in ("compile", "exec", "marshal.loads", "pickle.find_class"):
        told.append([event, repr(arguments)[:4000]])
    elif event.startswith(HARMFUL):
        told.append([event, repr(arguments)[:400]])

from reformcalc.cli import main
if len(commands := json.loads(sys.argv[2])) > 9:  # a record is read once for them all
    from tests.remembering import remember
    remember()
sys.dont_write_bytecode = True
sys.addaudithook(hook)
codes = []
exec(compile(sys.argv[3], "provoked", "exec"))
for command in commands:
    try:
        main(command)
    except SystemExit as end:
        codes.append(end.code or 0)
os.write(log, json.dumps([codes, told]).encode())
"""
# What a record could hope to have run, read or fetched.
EVIL = """
about: !!python/object/apply:os.system ["touch pwned"]
sources:
  __import__('os').system('touch pwned'):
    title: "{{ 7 * 7 }} ${HOME} $(touch pwned) `touch pwned` %x {0.__class__}"
    url: http://127.0.0.1:9/
    file: ../../../etc/passwd
    published: __import__('os').system('touch pwned')
commitments: {a: {amount: "£1m if exec('touch') else 0", title: !!python/name:os.system }}
"""


def _told(
    folder: Path, commands: list[tuple[str, ...]], provoked: str = ""
) -> tuple[list[int], list[tuple[str, str]]]:
    """Run commands with the hook on; return their exit codes and what the hook was told."""
    log = folder / "told.json"
    source = os.environ.get("PYTHONPATH", str(PROJECT / "src"))
    subprocess.run(
        [sys.executable, "-c", WATCHED, str(log), json.dumps(commands), provoked],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": f"{source}{os.pathsep}{PROJECT}"},
        check=True,
        capture_output=True,
        timeout=HANGS,
    )
    codes, told = json.loads(log.read_text(encoding="utf-8"))
    return codes, [(event, what) for event, what in told]


def test_the_hook_sees_what_would_be_harm(tmp_path: Path) -> None:
    """A file, a process, a socket and a program made on purpose are all told of."""
    provoked = (
        "open('made', 'w'); import subprocess, socket; subprocess.run(['true']); "
        "socket.socket().close(); eval('7 * 7')"
    )
    _, told = _told(tmp_path, [], provoked)
    events = {event for event, _ in told}
    assert {"open", "subprocess.Popen", "socket.__new__", "exec"} <= events
    assert any("7 * 7" in what for event, what in told if event == "compile")


def test_no_command_harms_anything(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Every query in every format connects to nothing, starts nothing and writes no file."""
    commands = [
        (*command, "--data", str(TINY)) if command[0] not in ("validate", "rule", "schema", "diff")
        else command
        for command in COMMANDS
    ]  # fmt: skip
    documents = tmp_path_factory.mktemp("documents")
    named = next(one.file for one in load().valid().sources.values() if one.file)
    (documents / named).write_text("none of its words", encoding="utf-8")
    commands.append(("sources", "check", str(documents)))
    asked = {" ".join(command) for command in commands}
    silent = [name for name in names() if not any(one.startswith(name) for one in asked)]
    assert silent == ["export", "new", "report", "site"]  # which write where they are told to
    codes, told = _told(tmp_path, commands)
    assert codes == [*[0] * (len(commands) - 1), 1]
    assert [one for one in told if one[0] not in ("compile", "exec", "marshal.loads")] == []
    assert [path.name for path in tmp_path.iterdir()] == ["told.json"]


def test_nothing_in_a_record_is_run(tmp_path: Path) -> None:
    """A record full of programs, templates and tags is refused without one of them running."""
    path = tmp_path / "evil.yaml"
    path.write_text(EVIL, encoding="utf-8")
    commands = ("validate", "totals --data", "show a --data")
    codes, told = _told(tmp_path, [(*one.split(), str(path)) for one in commands])
    assert codes == [1, 2, 2]
    assert not any("pwned" in what or "127.0.0.1" in what for _, what in told)
    assert [one for one in told if one[0] not in ("compile", "exec", "marshal.loads")] == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["evil.yaml", "told.json"]


def test_no_plugin_of_another_package_is_loaded(tmp_path: Path) -> None:
    """A package that registers itself with pydantic is not imported by a command."""
    about = tmp_path / "plugin-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: plugin\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[pydantic]\nplugin = plugin:plugin\n")
    (tmp_path / "plugin.py").write_text("raise RuntimeError('the plugin was loaded')\n")
    source = os.environ.get("PYTHONPATH", str(PROJECT / "src"))
    command = [sys.executable, "-m", "reformcalc", "validate", str(TINY)]
    environment = os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{source}"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_record_names_no_file_outside_the_folder(tmp_path: Path) -> None:
    """`sources check DIR` opens only files that lie in DIR under the very name that is written."""
    text = TINY.read_text(encoding="utf-8")
    record = tmp_path / "record.yaml"
    assert text.count("    publisher:") > 1
    record.write_text(
        text.replace("    publisher:", "    file: ../secret.txt\n    publisher:", 1),
        encoding="utf-8",
    )
    codes, told = _told(tmp_path, [("sources", "check", str(tmp_path), "--data", str(record))])
    assert codes == [2]
    assert [one for one in told if one[0] == "open"] == []


def test_what_writes_writes_where_it_was_asked_to(tmp_path: Path) -> None:
    """`export`, `report`, `site` and `new` touch only the path named and what lies beside it."""
    asked = tmp_path / "asked"
    asked.mkdir()
    data = ("--data", str(TINY), *DAY)
    writing = [
        ("export", f"{asked}/package/", *data),
        ("export", f"{asked}/record.sqlite", *data),
        ("export", f"{asked}/record.xlsx", *data),
        ("report", f"{asked}/page.html", *data),
        ("report", f"{asked}/page.md", *data),
    ]
    commands = [
        *writing,
        *((*one, "--force") for one in writing),
        ("new", "dataset", f"{asked}/x.yaml"),
        ("site", f"{asked}/site", *data),
    ]
    codes, told = _told(tmp_path, commands)
    assert codes == [0] * len(commands)
    # What writes a calendar imports Python's own ctypes, which looks at the process itself: None.
    its_own = ("ctypes.dlopen", "(None,)")
    told = [
        one
        for one in told
        if one[0] not in ("compile", "exec", "marshal.loads") and tuple(one) != its_own
    ]
    assert {event for event, _ in told} == WRITES
    for event, what in told:
        paths = [what] if event == "open" else re.findall(r"'([^']*)'", what)
        assert paths, (event, what)
        # A name alone is that of a file in a folder being removed, whose own path is told too.
        inside = event in ("os.remove", "os.rmdir") and "/" not in paths[0]
        assert inside or all(path.startswith(f"{asked}/") for path in paths), (event, what)
    assert sorted(path.name for path in asked.iterdir()) == [
        "package", "page.html", "page.md", "record.metadata.yaml", "record.sqlite", "record.xlsx",
        "site", "x.yaml",
    ]  # fmt: skip
