"""How long the commands take, as ratios to what any program of these libraries takes.

Writes the tables in docs/performance.md, and ends with exit code 1 if a limit is passed. What
counts is the processor's time, which a busy machine lengthens least; commands take turns, and of
each the least of its runs is taken.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from bench.generated import COMPONENTS, journal, record

BIN = Path(sys.executable).parent
BENCH = Path(__file__).parent
PAGE = BENCH.parent / "docs" / "performance.md"
BEGIN, END = "<!-- written by make bench -->\n", "<!-- to here -->\n"
ROUNDS, LARGE_ROUNDS = 25, 3
SMALL, LARGE = 10_000, 100_000
MILESTONES = 2_500  # beside the smaller number of commitments
# Of the larger number: the most that `validate` may hold in MB, that `totals` may, and how many
# times as long this may take.
MEMORY, MOST, BESIDE = 512, 750, 2.4


@dataclass(frozen=True)
class Command:
    """What is run, and how many times as long as the first of its table it may take."""

    name: str
    line: tuple[str | Path, ...]
    limit: float | None = None
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Run:
    """The seconds that the processor worked for one run, and the most memory it held."""

    seconds: float
    megabytes: float


def reformcalc(*words: str, limit: float | None = None, name: str = "") -> Command:
    return Command(name or f"`reformcalc {' '.join(words)}`", (BIN / "reformcalc", *words), limit)


def completing(line: str, what: str, limit: float) -> Command:
    *words, word = line.split(" ")
    environment = {
        "_REFORMCALC_COMPLETE": "zsh",  # where titles stand beside ids
        "_REFORMCALC_WORDS": "\n".join(words),
        "_REFORMCALC_WORD": word,
    }
    name = f"completing {what}: `{line}`"
    return Command(name, (BIN / "reformcalc",), limit, environment)


QUICK = (
    Command("`python bench/floor.py`", (sys.executable, BENCH / "floor.py")),
    reformcalc("totals", limit=1.9),
    reformcalc("validate", limit=1.7),
    reformcalc("--version", limit=0.45),
    reformcalc("--help", limit=0.45),
    reformcalc("totals", "--help", limit=0.9),
    reformcalc("compare", "--help", limit=0.9),
    completing("reformcalc to", "a command", 0.9),
    completing("reformcalc totals --e", "an option", 0.9),
    completing("reformcalc show st", "an id", 1.3),
)


def run(command: Command) -> Run:
    """Run a command to its end; it must succeed."""
    environment = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    line = [str(word) for word in command.line]
    process = os.posix_spawn(line[0], line, environment | command.environment, file_actions=silent)
    _, status, used = os.wait4(process, 0)
    if status:
        sys.exit(f"{command.name} failed with status {os.waitstatus_to_exitcode(status)}")
    return Run(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def in_turns(commands: tuple[Command, ...], rounds: int) -> dict[str, list[Run]]:
    """Run each command once a round, after one round that does not count."""
    for command in commands if rounds > LARGE_ROUNDS else ():
        run(command)
    runs: dict[str, list[Run]] = {command.name: [] for command in commands}
    for _ in range(rounds):
        for command in commands:
            runs[command.name].append(run(command))
    return runs


def ratio(runs: list[Run], floor: list[Run]) -> float:
    """Return how many times as long one took as the other."""
    return seconds(runs) / seconds(floor)


def seconds(runs: list[Run]) -> float:
    return min(run.seconds for run in runs)


def row(name: str, runs: list[Run], times: float, limit: float | str | None) -> str:
    said = limit if isinstance(limit, str) else f"{limit} ×" if limit else "—"
    took = seconds(runs)
    shown = f"{took * 1000:.0f} ms" if took < 1 else f"{took:.1f} s"
    memory = max(run.megabytes for run in runs)
    return f"| {name} | {said} | {times:.2f} × | {shown} | {memory:.0f} MB |\n"


def quick() -> tuple[str, list[str]]:
    """Measure the commands on the bundled data: the table, and what is over its limit."""
    runs = in_turns(QUICK, ROUNDS)
    floor = runs[QUICK[0].name]
    times = {command.name: ratio(runs[command.name], floor) for command in QUICK}
    rows = [row(one.name, runs[one.name], times[one.name], one.limit) for one in QUICK]
    over = [one.name for one in QUICK if one.limit and times[one.name] > one.limit]
    head = "| bundled data | limit | measured | time | memory |\n| --- | --- | --- | --- | --- |\n"
    return head + "".join(rows), over


def large(folder: Path) -> tuple[str, list[str]]:
    """Measure `validate` on generated records beside what checks as many transactions.

    And `totals` of the larger one, beside `validate`.
    """
    record(folder / "small.yaml", SMALL)
    record(folder / "large.yaml", LARGE)
    journal(folder / "large.beancount", LARGE)
    bean = Command(
        "`bean-check --no-cache`", (BIN / "bean-check", "--no-cache", folder / "large.beancount")
    )
    whole = reformcalc(
        "validate", str(folder / "large.yaml"), limit=1.0, name="`reformcalc validate`"
    )
    tenth = reformcalc(
        "validate", str(folder / "small.yaml"), name=f"`reformcalc validate`, {SMALL:,}"
    )
    file, name = str(folder / "large.yaml"), "`reformcalc totals`, beside `validate`"
    money = reformcalc("totals", "--data", file, name=name)
    commands: tuple[Command, ...] = (bean, whole, tenth)
    if hledger := shutil.which("hledger"):
        journaled = f"journal:{folder / 'large.beancount'}"
        commands += (Command("`hledger check`", (hledger, "check", "-f", journaled)),)
    runs = in_turns((*commands, money), LARGE_ROUNDS)
    times = {one.name: ratio(runs[one.name], runs[bean.name]) for one in commands}
    rows = [row(one.name, runs[one.name], times[one.name], one.limit) for one in commands]
    growth = ratio(runs[whole.name], runs[tenth.name])
    memory, most = (max(one.megabytes for one in runs[name]) for name in (whole.name, money.name))
    rows.append(
        f"| from {SMALL:,} to {LARGE:,} | 11 ×, {MEMORY} MB | {growth:.2f} × "
        f"| | {memory:.0f} MB |\n"
    )
    beside = ratio(runs[money.name], runs[whole.name])
    rows.append(row(money.name, runs[money.name], beside, f"{BESIDE} ×, {MOST} MB"))
    over = [one.name for one in commands if one.limit and times[one.name] > one.limit]
    over += ["growth"] if growth > 11 or memory > MEMORY else []
    over += [money.name] if beside > BESIDE or most > MOST else []
    head = (
        f"| {LARGE:,} commitments or transactions | limit | measured | time | memory |\n"
        "| --- | --- | --- | --- | --- |\n"
    )
    return head + "".join(rows), over


def asked(folder: Path) -> tuple[Command, ...]:
    """Return what checks a large record, what reads no more than its events, and what answers."""
    file, before = folder / "asked.yaml", folder / "before.yaml"
    record(file, SMALL, milestones=MILESTONES)
    record(before, SMALL - COMPONENTS - 1, milestones=MILESTONES - 1)

    def of(*words: str, limit: float, out: str = "") -> Command:
        name = f"`reformcalc {' '.join([*words, *filter(None, [out])])}`"
        written = (str(folder / out), "--force") if out else ()
        return reformcalc(*words, *written, "--data", str(file), limit=limit, name=name)

    return (
        reformcalc("validate", str(file), name="`reformcalc validate`"),
        Command("the events of PyYAML's C parser", (sys.executable, BENCH / "events.py", file)),
        of("totals", limit=2.0),
        of("totals", "--new", "each-year", limit=2.2),
        of("totals", "--by", "topic", limit=2.0),
        of("compare", "ask", limit=2.5),
        of("compare", "ask", "--over-years", limit=2.5),
        of("deadlines", limit=2.0),
        of("sources", limit=2.0),
        of("conflicts", limit=2.0),
        of("report", out="page.html", limit=5.0),
        of("export", out="tables.sqlite", limit=5.5),
        reformcalc("diff", str(before), str(file), limit=4.5, name="`reformcalc diff`"),
    )


def answers(folder: Path) -> tuple[str, list[str]]:
    """Measure every command on a large record: the table, and what is over its limit."""
    commands = asked(folder)
    runs = in_turns(commands, LARGE_ROUNDS)
    times = {one.name: ratio(runs[one.name], runs[commands[0].name]) for one in commands}
    rows = [row(one.name, runs[one.name], times[one.name], one.limit) for one in commands]
    over = [one.name for one in commands if one.limit and times[one.name] > one.limit]
    head = (
        f"| {SMALL:,} commitments, {MILESTONES:,} milestones | limit | measured | time | memory |\n"
        "| --- | --- | --- | --- | --- |\n"
    )
    return head + "".join(rows), over


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (first, over), (second, too), (third, also) = quick(), answers(folder), large(folder)
    machine = f"Python {sys.version.split()[0]}, {os.cpu_count()} cores."
    tables = f"{machine}\n\n{first}\n{second}\n{third}"
    print(tables)
    if PAGE.exists():
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        PAGE.write_text(f"{before}{BEGIN}\n{tables}\n{END}{after}", encoding="utf-8")
    if past := [*over, *too, *also]:
        sys.exit(f"over the limit: {', '.join(past)}")


if __name__ == "__main__":
    main()
