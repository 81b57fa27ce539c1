"""The tests on other Pythons, with the oldest libraries that are declared and with the newest.

    python tests/deep/versions.py [PYTHON...]

Each run gets a fresh environment in a temporary folder. Ends with 1 if the tests fail in any.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

PROJECT = Path(__file__).parents[2]
MINORS = range(11, 16)


def oldest() -> str:
    """Return the constraints that hold each library at the version declared as the least."""
    with (PROJECT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    extras = project["optional-dependencies"].values()
    declared: list[str] = [*project["dependencies"], *(one for extra in extras for one in extra)]
    return "".join(f"{one.replace('>=', '==')}\n" for one in declared)


def starts(python: str) -> bool:
    """Whether a Python is more than a name that a version manager keeps for one."""
    return subprocess.run([python, "--version"], capture_output=True, check=False).returncode == 0


def passes(python: str, constraints: str) -> bool:
    """Whether the tests pass on a Python, with its libraries held to some versions."""
    with tempfile.TemporaryDirectory() as folder:
        held = Path(folder) / "constraints.txt"
        held.write_text(constraints, encoding="utf-8")
        home = Path(folder) / "env"
        subprocess.run([python, "-m", "venv", str(home)], check=True)
        inside = next(path for path in home.glob("*/python*") if path.stem == "python")
        install = [str(inside), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        wanted = [
            "-c",
            str(held),
            "-e",
            str(PROJECT),
            "--group",
            f"{PROJECT / 'pyproject.toml'}:dev",
        ]
        subprocess.run([*install, "pip>=25.1"], check=True)  # the first that knows groups
        subprocess.run([*install, *wanted], check=True)
        environment = {**os.environ, "PYTHONPATH": str(PROJECT / "src")}
        tests = [str(inside), "-m", "pytest", "-q", "-n", "auto", "-p", "no:cacheprovider"]
        return subprocess.run(tests, cwd=PROJECT, env=environment, check=False).returncode == 0


def main() -> int:
    """Run the oldest libraries on this Python, and the newest on every Python that is there."""
    found = (shutil.which(f"python3.{minor}") for minor in MINORS)
    pythons = sys.argv[1:] or [python for python in found if python and starts(python)]
    runs = [(sys.executable, oldest(), "oldest"), *((one, "", "newest") for one in pythons)]
    results = {f"{python}, {which} libraries": passes(python, held) for python, held, which in runs}
    print(*(f"{'passes' if good else 'FAILS'}: {run}" for run, good in results.items()), sep="\n")
    return int(not all(results.values()))


if __name__ == "__main__":
    sys.exit(main())
