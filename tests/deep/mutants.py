"""Mutation testing: change the code in small ways, and see whether a test notices.

    python tests/deep/mutants.py [MODULE...]

Works on copies of the tree, two modules at a time. Ends with 1 if fewer than 90 in 100 mutants of
a module are killed. docs/hardness.md says why those that are left cannot be.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

PROJECT = Path(__file__).parents[2]
ENOUGH = 90  # of 100 mutants
# Each module with the tests that are to notice, the quickest first. The longest begins.
MODULES = {
    "ledger": "tests/unit/test_ledger.py tests/test_queries.py tests/test_golden.py "
    "tests/property/test_ledger_properties.py",
    "money": "tests/unit/test_money.py tests/unit/test_words.py "
    "tests/property/test_money_properties.py",
    "due": "tests/unit/test_due.py tests/property/test_due_properties.py",
    "spans": "tests/unit/test_due.py tests/property/test_due_properties.py",
    "nearest": "tests/unit/test_due.py",
    "years": "tests/unit/test_years.py tests/unit/test_due.py",
    "known": "tests/unit/test_known.py tests/unit/test_ledger.py tests/test_queries.py tests/rules",
    "rules/__init__": "tests/rules tests/corpus",
    "rules/claims": "tests/rules tests/corpus",
    "rules/dates": "tests/rules tests/corpus",
    "rules/envelopes": "tests/rules tests/corpus tests/property/test_ledger_properties.py",
    "rules/money": "tests/rules tests/corpus",
    "rules/structure": "tests/rules tests/corpus",
}
# One likely slip per operator: the other mutants of arithmetic (a sum to a shift) all die of a
# TypeError and prove nothing, and `is` to `==` changes nothing where None is compared with.
# `|` is left alone, since in an annotation it means nothing when the code runs.
CONFIG = """
[cosmic-ray]
module-path = ["src/reformcalc/{module}.py"]
timeout = 120.0
excluded-modules = []
test-command = "{python} -m pytest -x -q -p no:cacheprovider {tests}"

[cosmic-ray.distributor]
name = "local"

[cosmic-ray.filters.operators-filter]
exclude-operators = [
    "core/ReplaceBinaryOperator_(?!(Add_Sub|Sub_Add|Mul_Div|Div_Mul|FloorDiv_Mul|Mod_Mul|BitAnd_BitOr)$)",
    "core/ReplaceComparisonOperator_(Is|IsNot)_(?!Is|IsNot)",
    "core/ReplaceComparisonOperator_(?!Is|IsNot).*_(Is|IsNot)$",
]
"""
COUNTS = (
    "SELECT test_outcome, COUNT(*) FROM work_results WHERE worker_outcome = 'NORMAL' GROUP BY 1"
)
LEFT = "SELECT diff FROM work_results WHERE test_outcome = 'SURVIVED'"
PLACES = "SELECT job_id, start_pos_row, start_pos_col FROM mutation_specs"
SKIP = "INSERT OR REPLACE INTO work_results (job_id, worker_outcome) VALUES (?, 'SKIPPED')"


def examine(module: str) -> tuple[int, int, list[str]]:
    """Return how many mutants of a module were killed, of how many, and the changes of the rest."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        ignored = shutil.ignore_patterns(
            ".git", ".venv", ".newest", ".*_cache", "__pycache__", ".hypothesis"
        )
        shutil.copytree(PROJECT, copy, ignore=ignored)
        config, session = copy / "mutants.toml", copy / "mutants.sqlite"
        tests = MODULES[module]
        config.write_text(
            CONFIG.format(module=module, python=sys.executable, tests=tests), encoding="utf-8"
        )
        environment = {
            **os.environ,
            "PYTHONPATH": str(copy / "src"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        programs = Path(sys.executable).parent

        def step(program: str, *words: object) -> None:
            command = [str(programs / program), *map(str, words)]
            subprocess.run(command, cwd=copy, env=environment, check=True, capture_output=True)

        step("cosmic-ray", "init", config, session)
        step("cr-filter-operators", session, config)
        lines = (copy / "src" / "reformcalc" / f"{module}.py").read_text("utf-8").splitlines()
        with sqlite3.connect(session) as found:
            places = found.execute(PLACES).fetchall()
            empty = [(job,) for job, row, column in places if _is_empty(lines[row - 1], column)]
            found.executemany(SKIP, empty)
        step("cosmic-ray", "exec", config, session)
        with sqlite3.connect(session) as found:
            counts = dict(found.execute(COUNTS).fetchall())
            changes = [_changed(diff) for (diff,) in found.execute(LEFT)]
    return counts.get("KILLED", 0), sum(counts.values()), changes


def _is_empty(line: str, column: int) -> bool:
    """Whether a change at a place means nothing when the code runs, or is not arithmetic.

    Such are the question whether a type checker reads, and the `*` of a signature.
    """
    return line == "if TYPE_CHECKING:" or line[column : column + 2] == "*,"


def _changed(diff: str) -> str:
    lines = diff.splitlines()
    place = next(line for line in lines if line.startswith("@@"))
    changed = [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    return "\n".join(["  " + place, *("    " + line for line in changed)])


def main() -> int:
    """Examine the modules named, or all; print a table, and what survived."""
    modules = sys.argv[1:] or list(MODULES)
    failed = False
    with ThreadPoolExecutor(max_workers=2) as pool:
        running = {pool.submit(examine, module): module for module in modules}
        for done in as_completed(running):
            module, (killed, of, left) = running[done], done.result()
            share = 100 * killed / of
            failed |= share < ENOUGH
            print(f"{module}: {killed} of {of} killed, {share:.1f}%", *left, sep="\n", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
