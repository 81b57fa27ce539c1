"""Mutation testing: change the code in small ways, and see whether a test notices.

    python -m tests.deep.mutants [--each N [--after N]] [--seed N] [PART | FILE[:LINE]...]

A part is a package of the program. Its mutants are shuffled, and so many of each part are tried,
after so many that have been: all unless said. First all tests that run in this process are run
once, to learn which of them runs which line. A mutant then costs a fork of a process that has read
all tests, with the code of one function put into it, and the quickest tests of its line. What acts
while modules are read takes one that reads them anew. Ends with 1 if fewer than 95 in 100 mutants
of a part are killed, or if a test fails without any. docs/hardness.md says why those that are left
cannot be.
"""

from __future__ import annotations

import argparse
import ast
import functools
import gc
import importlib
import inspect
import json
import os
import pkgutil
import random
import resource
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from contextlib import suppress
from importlib.machinery import SourceFileLoader
from itertools import count, zip_longest
from pathlib import Path
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.deep.slips import Slip, functions, slips

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

PROJECT = Path(__file__).parents[2]
SOURCE = PROJECT / "src" / "reformcalc"
TEMP = Path(tempfile.gettempdir())
RECORDED = TEMP / "reformcalc-lines.json"
ENOUGH = 95  # of 100 mutants
PARTS = {
    **{name: f"{name}/**/*.py" for name in ("values", "ledger", "rules", "record", "answers")},
    "plans": "reading/*.py",
}
# Those that read a plan; the rest of reading is the record's, and the settings'.
PLANS = (
    "adding", "delimited", "headings", "plan", "plan_words", "sheet", "sheet_dates", "spreadsheet",
    "workbook",
)  # fmt: skip
# They start processes, which would not have the mutant, or take long beside what they could notice.
WITHOUT = (
    "deep", "test_app.py", "test_bench.py", "test_ci.py", "test_completion.py", "test_docs.py",
    "test_editors.py", "test_export.py", "test_faults.py", "test_growth.py", "test_install.py",
    "test_python.py", "test_report.py", "test_security.py", "test_site.py", "test_taken_away.py",
    "unit/test_streams.py",
)  # fmt: skip
LONG = 1  # seconds of work: a test that takes longer is not asked
LIBRARIES = ("hypothesis", "jinja2", "pydantic", "rich.table", "typer", "yaml")
SECONDS = 12.0  # how long the tests of a mutant may take together, as they were measured
CONTROL = 50  # one in so many is no change at all, and must not be killed
EARLY = {"", "before"}  # what ran while modules and tests were read
# How a process ends: a test failed, or only since types cannot be joined; or it must be read anew.
KILLED, CANNOT, ANEW = 1, 3, 4
NO_TYPE = ("TypeError: unsupported operand", "TypeError: bad operand", "not supported between")


class Tests:
    """A plugin of pytest that does something else with the tests than to run them all."""

    def __init__(self, work: Callable[[list[pytest.Item]], None]) -> None:
        self.work = work

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.work(session.items)
        return True


def collect(work: Callable[[list[pytest.Item]], None], files: Iterable[str] = ()) -> int:
    """Read tests, and hand them over; return how pytest ends."""
    words = [
        "-q",
        "-s",
        "-p",
        "no:cacheprovider",
        "-W",
        "ignore::pytest.PytestAssertRewriteWarning",
    ]
    words += [f"--ignore={PROJECT / 'tests' / one}" for one in WITHOUT]
    return int(pytest.main([*words, *(files or [str(PROJECT / "tests")])], plugins=[Tests(work)]))


def be_quiet() -> None:
    """Let nothing be printed by this process any more, and nothing be read."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)


def in_child(work: Callable[[], object], seconds: float = 0) -> int:
    """Do a work in a process of its own; return how it ended: 0, KILLED or CANNOT."""
    child = os.fork()
    if not child:
        be_quiet()
        if seconds:  # of work; and of waiting, whatever else the machine does
            resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
            resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
            signal.alarm(int(seconds) * 20)
        code = KILLED
        try:
            code = int(work() or 0)  # type: ignore[call-overload]
        finally:
            os._exit(code)
    return KILLED if (code := os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])) < 0 else code


def outcome(items: list[pytest.Item]) -> int:
    """Run tests until one fails; return how that ended."""
    from _pytest.runner import runtestprotocol

    for item, following in zip_longest(items, items[1:]):
        for report in runtestprotocol(item, nextitem=following, log=False):
            if report.failed:
                said = str(report.longrepr)
                return CANNOT if any(one in said for one in NO_TYPE) else KILLED
    return 0


# What runs which line


def keys(path: str) -> dict[int, str]:
    """Return a name for each line of a module that outlives changes made elsewhere in it."""
    text = (SOURCE / path).read_text("utf-8")
    within: dict[int, str] = {}
    for part, function in functions(ast.parse(text)):
        for line in range(getattr(part, "lineno", 1), (getattr(part, "end_lineno", 0) or 0) + 1):
            within[line] = function or within.get(line, "")
    lines = enumerate(text.splitlines(), 1)
    return {at: f"{path}|{within.get(at, '')}|{line.strip()}" for at, line in lines}


def record(files: list[str], cases: int) -> None:
    """Run each test of some files once, and keep beside the others' how long it took, and what ran.

    Of one test no more than so many cases are run, where a number is given.
    """
    import coverage

    # Now, since the files may be worked on while the tests run.
    read = {file.relative_to(SOURCE).as_posix() for file in SOURCE.rglob("*.py")}
    named = {path: keys(path) for path in read}
    measured = coverage.Coverage(data_file=None, source_pkgs=["reformcalc"], messages=False)
    measured.start()
    import_all()
    measured.switch_context("before")
    times: dict[str, float] = {}

    def give_up(*_: object) -> None:
        pytest.fail("it takes too long")

    def run(items: list[pytest.Item]) -> None:
        from _pytest.runner import runtestprotocol

        from reformcalc.reading import load

        load.load()
        signal.signal(signal.SIGPROF, give_up)
        chosen = few(items, cases)
        for item, following in zip_longest(chosen, chosen[1:]):
            measured.switch_context(item.nodeid)
            start = time.process_time()
            signal.setitimer(signal.ITIMER_PROF, LONG)
            try:
                reports = runtestprotocol(item, nextitem=following, log=False)
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
            measured.switch_context("between")
            if all(one.passed for one in reports):
                times[item.nodeid] = time.process_time() - start

    collect(run, files)
    measured.stop()
    known = json.loads(RECORDED.read_text("utf-8")) if RECORDED.exists() else {}
    lines: dict[str, list[str]] = known.get("lines", {})
    held = measured.get_data()
    for file in held.measured_files():
        names = named[Path(file).relative_to(SOURCE).as_posix()]
        for line, contexts in held.contexts_by_lineno(file).items():
            if line in names:
                lines[names[line]] = sorted({*lines.get(names[line], ()), *contexts})
    kept = {"times": known.get("times", {}) | times, "lines": lines}
    RECORDED.write_text(json.dumps(kept), encoding="utf-8")


def few(items: list[pytest.Item], cases: int) -> list[pytest.Item]:
    """Return some tests in their order, with no more than so many cases of each."""
    if not cases:
        return items
    chosen: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in random.Random(0).sample(items, len(items)):
        name = item.nodeid.partition("[")[0]
        if len(chosen[name]) < cases:
            chosen[name].append(item)
    kept = {item for held in chosen.values() for item in held}
    return [item for item in items if item in kept]


def import_all() -> None:
    """Import every module of the program."""
    import reformcalc

    for module in pkgutil.walk_packages(reformcalc.__path__, "reformcalc."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


class Recorded:
    """Which tests run which line, as it was recorded."""

    def __init__(self) -> None:
        held = json.loads(RECORDED.read_text("utf-8"))
        self.times: dict[str, float] = held["times"]
        self.lines: dict[str, list[str]] = held["lines"]
        self.named: dict[str, dict[int, str]] = {}
        self.alike: dict[tuple[str, str], set[str]] = defaultdict(set)
        for one in self.times:
            self.alike[_case(one)].add(one)

    def contexts(self, slip: Slip) -> set[str]:
        """Return what ran the lines of a slip, or else what ran its function."""
        named = self.named.setdefault(slip.path, keys(slip.path))
        found = {one for at in slip.lines for one in self.lines.get(named.get(at, ""), ())}
        if found or not slip.function:
            return found
        start = f"{slip.path}|{slip.function}|"
        every = (held for key, held in self.lines.items() if key.startswith(start))
        return {one for held in every for one in held}

    def tests(self, slip: Slip) -> list[str]:
        """Return the tests of a slip: the quickest of each file in turn, while there is time."""
        if slip.function:
            # What one test reads is remembered for the others, which did not run it when recorded.
            ran = self.contexts(slip)
            same = (self.alike[_case(one)] for one in ran if "[" in one)
            return self._quickest(ran.union(*same))
        # What acts while a module is read: those files of tests that run most of the module.
        runs: dict[str, set[str]] = defaultdict(set)
        for key, held in self.lines.items():
            if key.startswith(f"{slip.path}|"):
                for one in held:
                    runs[one].add(key)
        files: dict[str, set[str]] = defaultdict(set)
        for one in runs.keys() & self.times.keys():
            files[one.split("::")[0]] |= runs[one]
        most = sorted(files, key=lambda file: -len(files[file]))[:6]
        return self._quickest({one for one in runs if one.split("::")[0] in most})

    def _quickest(self, among: set[str]) -> list[str]:
        nth: dict[str, Iterator[int]] = defaultdict(count)
        known = sorted(among & self.times.keys(), key=lambda one: (self.times[one], one))
        ranked = sorted(known, key=lambda one: (next(nth[one.split("::")[0]]), self.times[one]))
        chosen, left = [], SECONDS
        for one in ranked:
            if self.times[one] <= left:
                chosen.append(one)
                left -= self.times[one]
        return chosen


def _case(test: str) -> tuple[str, str]:
    """Return the file of a test, and which case of it this is."""
    return test.split("::", maxsplit=1)[0], test.partition("[")[2]


# A mutant put where it runs


class Try(NamedTuple):
    """A slip to be tried; or only its tests, which must pass without it."""

    slip: Slip
    changed: bool = True


def swapped(old: CodeType, new: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """Return the functions that differ between two readings of a module, outermost first."""
    for before, after in zip(old.co_consts, new.co_consts, strict=False):
        if isinstance(before, CodeType) and isinstance(after, CodeType) and before != after:
            if before.co_flags & inspect.CO_OPTIMIZED:
                yield before, after
            else:  # a class
                yield from swapped(before, after)


def served(chosen: list[Try], known: Recorded) -> Iterator[tuple[Try, int]]:
    """Try slips within functions; return each with how it ended, as it ends."""
    out, into = os.pipe()
    server = os.fork()
    if not server:
        os.close(out)
        be_quiet()
        try:
            tests = {name for one in chosen for name in known.tests(one.slip)}
            files = sorted({one.split("::")[0] for one in tests})
            collect(lambda items: serve(items, chosen, known, into), files)
        finally:
            os._exit(0)
    os.close(into)
    try:
        with os.fdopen(out) as told:
            yield from zip(chosen, map(int, told), strict=True)
    finally:
        os.kill(server, signal.SIGTERM)  # it has ended, or this is to end early
        os.waitpid(server, 0)


def serve(items: list[pytest.Item], chosen: list[Try], known: Recorded, into: int) -> None:
    """Try each slip in a fork of this process, which has read all tests; write how it ended."""
    from reformcalc.reading import load
    from tests.remembering import forget

    load.load()
    by_name = {item.nodeid: item for item in items if item.nodeid in known.times}
    ours: dict[CodeType, list[FunctionType]] = defaultdict(list)
    gc.unfreeze()  # what the tests have frozen is not among the objects otherwise
    for held in gc.get_objects():
        if isinstance(held, FunctionType) and str(held.__module__).startswith("reformcalc"):
            ours[held.__code__].append(held)
    caches = [held for held in gc.get_objects() if isinstance(held, type(functools.cache(keys)))]
    gc.freeze()

    def attempt(one: Try, tests: list[str], *, early: bool) -> int:
        if one.changed and not put(one.slip, ours):
            return ANEW
        if early:  # what was worked out with the line as it was is not to be taken
            forget()
            for cache in caches:
                cache.cache_clear()
        return outcome([by_name[name] for name in tests if name in by_name])

    for one in chosen:
        tests = known.tests(one.slip)
        early = bool(known.contexts(one.slip) & EARLY)
        limit = 15 + 4 * sum(known.times[name] for name in tests)
        ended = in_child(functools.partial(attempt, one, tests, early=early), limit)
        os.write(into, f"{ended}\n".encode())


def put(slip: Slip, ours: dict[CodeType, list[FunctionType]]) -> bool:
    """Put a slip into the functions that have it; False where they are not found."""
    usual = compile(slip.tree, str(SOURCE / slip.path), "exec", dont_inherit=True)
    changed = list(swapped(usual, slip.compiled(str(SOURCE / slip.path))))
    for before, after in changed:
        if before.co_freevars != after.co_freevars:
            return False
        for function in ours.get(before, ()):
            function.__code__ = after
    return bool(changed) and all(before in ours for before, _ in changed)


def read_anew(slip: Slip, known: Recorded) -> int:
    """Try a slip in a process that reads the program with it."""
    tests = known.tests(slip)
    place = {one: at for at, one in enumerate(tests)}
    name = "reformcalc." + slip.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    code = slip.compiled(str(SOURCE / slip.path))
    usual = SourceFileLoader.get_code
    ended = KILLED

    def get_code(self: SourceFileLoader, fullname: str) -> CodeType | None:
        return code if fullname == name else usual(self, fullname)

    def run(items: list[pytest.Item]) -> None:
        nonlocal ended
        chosen = [item for item in items if item.nodeid in place]
        ended = outcome(sorted(chosen, key=lambda item: place[item.nodeid]))

    SourceFileLoader.get_code = get_code  # type: ignore[assignment,method-assign]
    files = dict.fromkeys(str(PROJECT / one.split("::")[0]) for one in tests)
    if not tests:
        return 0
    return KILLED if collect(run, files) else ended


# The whole


def tried(every: list[Slip], known: Recorded) -> Iterator[tuple[Try, int]]:
    """Try slips; return each with how it ended."""
    again = [slip for slip in every if not slip.function]
    inner: list[Try] = []
    for at, slip in enumerate(one for one in every if one.function):
        inner += [Try(slip, changed=False)] if at % CONTROL == 0 else []
        inner += [Try(slip)]
    for one, ended in served(inner, known):
        anew = ended == ANEW or (not ended and "" in known.contexts(one.slip))
        if one.changed and anew:
            again.append(one.slip)
        else:
            yield one, ended
    for slip in again:
        yield Try(slip), in_child(functools.partial(read_anew, slip, known), 30 + 4 * SECONDS)


def wanted(words: list[str], each: int, after: int, seed: int) -> dict[str, list[Slip]]:
    """Return the slips to try, by what was asked for."""
    found: dict[str, list[Slip]] = {}
    for word in words or PARTS:
        file, _, line = word.partition(":")
        paths = sorted(SOURCE.glob(PARTS.get(word, file)))
        if word == "plans":
            paths = [one for one in paths if one.stem in PLANS]
        every = [
            slip
            for path in paths
            for slip in slips(path.relative_to(SOURCE).as_posix(), path.read_text("utf-8"))
            if not line or int(line) in slip.lines
        ]
        random.Random(seed).shuffle(every)
        found[word] = every[after : after + each if each else None]
    return found


def main() -> int:
    """Try mutants; print what survived, and a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*")
    parser.add_argument("--each", type=int, default=0)
    parser.add_argument("--after", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--record", nargs="*", metavar="TESTS", help="only record what tests run")
    parser.add_argument("--cases", type=int, default=0)
    asked = parser.parse_args()
    os.chdir(PROJECT)
    for library in LIBRARIES:
        importlib.import_module(library)
    if asked.record is not None or not RECORDED.exists():
        in_child(functools.partial(record, asked.record or [], asked.cases))
    if asked.record is not None:
        return 0
    known = Recorded()
    chosen = wanted(asked.parts, asked.each, asked.after, asked.seed)
    part_of = {id(slip): part for part, held in chosen.items() for slip in held}
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    failed = False
    signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background too
    with suppress(KeyboardInterrupt):  # what has been tried until then is counted
        for one, ended in tried([slip for held in chosen.values() for slip in held], known):
            if not one.changed:
                failed |= bool(ended)
            else:
                counts[part_of[id(one.slip)]][ended] += 1
            if one.changed != bool(ended):
                without = "" if one.changed else "fails without the mutant: "
                print(f"{without}{one.slip.words}", flush=True)
    for part, held in counts.items():
        killed, of = held[KILLED], held.total() - held[CANNOT]
        failed |= 100 * killed < ENOUGH * of
        print(f"{part}: {killed} of {of} killed, {100 * killed / max(of, 1):.1f}%")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
