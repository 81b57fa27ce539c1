"""The data travels: in the wheel, and beside `src/` in a checkout."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
from pathlib import Path

import pytest

import reformcalc
from reformcalc.reading.files import bundled
from tests.conftest import PROJECT


def test_a_checkout_reads_its_data_folder() -> None:
    """Installed in place, the shipped record is the folder that one edits."""
    if not Path(reformcalc.__file__).is_relative_to(PROJECT / "src"):
        pytest.skip("the package is installed elsewhere")
    assert bundled() == PROJECT / "data"


def test_a_wheel_answers_in_an_empty_folder(tmp_path: Path) -> None:
    """A wheel in a fresh environment brings its own data and needs no other file of ours."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=PROJECT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    home = tmp_path / "home"
    venv.create(home, with_pip=False)
    scripts = home / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(scripts / "python"), "install", "-q",
         "--no-deps", "--no-index", "--no-compile", str(wheel)],
        check=True,
        capture_output=True,
    )  # fmt: skip
    empty = tmp_path / "empty"
    empty.mkdir()
    # The libraries come from the environment of the tests: nothing is downloaded. What is put at
    # the end follows no .pth files, and what the wheel brought goes before what may stand there.
    libraries = sysconfig.get_paths()["purelib"]
    code = (
        f"import sys; sys.path.append({libraries!r});"
        "import reformcalc.reading.files; print(reformcalc.reading.files.bundled());"
        "reformcalc.reading.files.template('milestone');"
        "sys.argv = ['reformcalc', 'totals', '--as-of', '2023-06-20'];"
        "import reformcalc.cli; reformcalc.cli.main()"
    )
    result = subprocess.run(
        [str(scripts / "python"), "-c", code],
        cwd=empty,
        env={},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    where, answer = result.stdout.split("\n", 1)
    assert where.startswith(str(home))
    assert answer.startswith("# £200m promised")


def test_a_package_is_described_without_the_repository() -> None:
    """What an index or `pip show` has of it leads nowhere that only a repository has."""
    with (PROJECT / "pyproject.toml").open("rb") as file:
        told = tomllib.load(file)["project"]["readme"]["text"]
    assert "](" not in told
    named = re.findall(r"^    reformcalc (\w+)", told, re.MULTILINE)
    assert named == ["totals", "compare", "deadlines"]


def test_the_public_names_are_there() -> None:
    """What the package says it offers can be imported, and nothing else by that way."""
    for name in reformcalc.__all__:
        assert getattr(reformcalc, name)
    assert not hasattr(reformcalc, "nothing_of_the_kind")
