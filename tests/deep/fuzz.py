"""Fuzzing with atheris: bytes as a record or a plan, words as an amount, a date, an id or a line.

    python tests/deep/fuzz.py             # the names of the targets
    python tests/deep/fuzz.py TARGET [RUNS [SECONDS]]

Each input may be refused with a message, and nothing else. An input that ends otherwise, or takes
longer than two seconds, is written to a file beside the ones that atheris keeps, and named.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
import tempfile
import time
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import atheris

sys.path.insert(0, str(Path(__file__).parents[2]))
with atheris.instrument_imports(include=["reformcalc"]):
    from reformcalc import printable
    from reformcalc.findings import Severity
    from reformcalc.ledger.known import Known
    from reformcalc.reading import load as loading
    from reformcalc.reading import quotations
    from reformcalc.reading.files import File
    from reformcalc.reading.merge import merge
    from reformcalc.reading.plan import Others
    from reformcalc.reading.shape import shape
    from reformcalc.reading.spreadsheet import read_spreadsheet
    from reformcalc.render import FindingsFormat
    from reformcalc.render.findings import render_findings
    from reformcalc.rules import graded
    from reformcalc.site import addresses
    from reformcalc.values import due, money, years
    from tests.deep import command_words

from tests.conftest import PROJECT
from tests.corpus.test_corpus import CASES
from tests.unit.workbooks import STYLES, sheet_xml, text, xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

RUNS = 200_000
SLOWEST = 2.0  # seconds of work, however busy the machine is
WORDS = (
    "£45m", "over £1.257bn", "up to £9 million", "£25m to £27m", "about £300,000", "nearly £2bn",
    "9,000", "12.43%", "45 per cent", "spring 2024", "by the end of 2023", "31 December 2023",
    "FY 2023-24", "Q4 2023-24", "early 2025", "July to August 2023", "when parliament allows",
    "2023-12-31", "2023-06-01..2023-11-16", "2023-24..2025-26", "before 2026", "1st May 2024",
)  # fmt: skip
DICTIONARY = (
    "£", "bn", "m", "million", "over ", "up to ", "about ", "nearly ", " to ", ",", ".", "%",
    "by ", "from ", "before ", "after ", "the end of ", "spring ", "winter ", "February ", "FY ",
    "Q1 ", "H2 ", "early ", "2023", "1900", "2199", "-24", "-02-29", "..", "when ", "29th ",
    "<<", "&a", "*a", "!!", "---", "- ", ": ", "{", "[", "\\u202e", "\x1b[31m", "\x00", "\t",
)  # fmt: skip


def amount(text: str) -> None:
    """Read an amount; what is accepted has bounds around its figure, and reads the same again."""
    with contextlib.suppress(ValueError):
        one = money.parse_amount(text)
        assert one.low <= one.stated
        assert one.high is None or one.stated <= one.high
        assert money.parse_amount(one.text) == one
    with contextlib.suppress(ValueError):
        money.parse_quantity(text)
    money.amounts_in(text)
    money.quantities_in(text)
    money.percentages_in(text)


def date_words(text: str) -> None:
    """Read date words; what is accepted runs forwards, and reads the same again."""
    for parse in (due.parse_due, due.parse_when):
        with contextlib.suppress(ValueError):
            one = parse(text)
            assert one.earliest is None or one.latest is None or one.earliest <= one.latest
            assert parse(one.text) == one
    with contextlib.suppress(ValueError):
        due.parse_day(text)
    with contextlib.suppress(ValueError):
        assert len(years.parse_years(text)) >= 1
    due.dues_in(text)


def quotation(text: str) -> None:
    """Look a quotation up in a document of the same letters."""
    document = quotations.read(text)
    line, _ = document.nearest(text[:80])
    assert line >= 1
    assert not printable.UNPRINTABLE.search(printable.printable(text))


def record(content: bytes) -> None:
    """Validate bytes as a record: findings with places inside it, safe to print."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.yaml"
        path.write_bytes(content)
        loaded = loading.load(path)
    assert loaded.findings or loaded.dataset
    for one in loaded.findings:
        assert one.position.line >= 1
        assert one.position.column >= 1
    for format_ in FindingsFormat:
        text = render_findings(loaded.findings, 1, format_)
        assert not printable.UNPRINTABLE.search(text)


SERVED = Others({"lamps-counted": ["Lamps counted"]}, {"lamps-counted"})


def _plan(raw: bytes, name: str) -> None:
    """Read a plan: each row is an action or told as left out, and an action is valid."""
    read = read_spreadsheet(raw, name, None, SERVED)
    for one in read.findings:
        assert one.at
        assert one.at.line >= 1
    if read.account is None:
        assert [one.rule for one in read.findings] == ["sheet-readable"]
        return
    told = [one for one in read.findings if "so this row is left out" in one.message]
    assert read.account.left_out == len(told)
    assert read.account.rows == len(told) + len(read.places)
    merged = merge([File(Path(name), read)])
    findings = [graded(one) for one in shape(merged.plain).findings]
    errors = {one.rule for one in findings if one.severity is Severity.ERROR}
    assert errors <= {"claims-given", "missing-field", "unknown-reference"}, errors


def plan_csv(content: bytes) -> None:
    """Read bytes as a plan in a CSV file."""
    _plan(content, "plan.csv")


def plan_xlsx(content: bytes) -> None:
    """Read bytes as a plan in a workbook: the file itself, or parts of it with NUL between.

    The parts are the rows of two sheets, what stands after them, the shared texts and the styles.
    """
    if content.startswith(b"PK"):
        _plan(content, "plan.xlsx")
        return
    rows, more, after, shared, styles, *_ = [
        part.decode("utf-8", "replace") for part in (content + b"\0" * 5).split(b"\0")
    ]
    parts = {"xl/styles.xml": styles.encode()} if styles else {}
    sheets = {"Plan": sheet_xml(rows, after=after), "More": sheet_xml(more)}
    _plan(xlsx(sheets, shared=[shared], parts=parts), "plan.xlsx")


ENTRY = (
    "{id}: {{title: {title}, formerly: {was}, {fields}, claims: [{{source: s, at: p, "
    'says: "£1m in spring 2024"}}]}}'
)
ONE_FOR_EACH = {
    "commitments": "amount: £1m, announced: 2023-02-02, lead: b, pillar: p",
    "milestones": "due: spring 2024, promised: 2023-02-02, lead: b",
}
BARE = (
    "about: {{title: A, subject: s, publisher: p, version: v, licence: CC0, reviewed: 2024-01-01}}"
    "\n"
    "pillars: {{p: {{title: P}}}}\n"
    "bodies: {{b: {{title: B}}, {id}: {{title: {title}, formerly: {was}}}}}\n"
    "sources: {{s: {{title: S, publisher: P, published: 2023-02-02}}}}\n"
)
ADDRESS = re.compile(r"[a-z]+/[a-z0-9-]{1,80}\.html")
DEVICES = {"con", "prn", "aux", "nul", *(f"{one}{n}" for one in ("com", "lpt") for n in range(10))}


def ids(content: str) -> None:
    """Read words as an id, a title and former ids: each address is that of one file."""
    id_, title, *was = (json.dumps(word) for word in f"{content}\n\n".split("\n")[:8])
    listed = f"[{', '.join(was)}]"
    record_ = BARE.format(id=id_, title=title, was=listed) + "".join(
        f"{kind}: {{{ENTRY.format(id=id_, title=title, was=listed, fields=fields)}}}\n"
        for kind, fields in ONE_FOR_EACH.items()
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.yaml"
        path.write_text(record_, encoding="utf-8", errors="surrogatepass")
        loaded = loading.load(path)
    if any(one.finding.severity is Severity.ERROR for one in loaded.findings):
        return
    known = Known(loaded.valid(), date(2024, 6, 1))
    entries = addresses.entries(known)
    pages = {address for address, _ in entries.values()}
    former = dict(addresses.former(known))
    assert {*former.values()} <= entries.keys()
    assert not pages & former.keys()
    for address in (*pages, *former):
        assert ADDRESS.fullmatch(address), address
        assert Path(address).stem not in DEVICES, address


@cache
def _sandbox() -> command_words.Sandbox:
    return command_words.Sandbox()


def command(content: bytes) -> None:
    """Run bytes as a line: the first says which command, the rest are its words, one a line."""
    called = command_words.CALLED[content[0] % len(command_words.CALLED)] if content else ""
    words = os.fsdecode(content[1:].replace(b"\0", b"")).split("\n")
    command_words.line(_sandbox(), [*called.split(), *(word for word in words if word)])


def _words(read: Callable[[str], None]) -> Callable[[bytes], None]:
    def run(content: bytes) -> None:
        read(content.decode("utf-8", errors="replace"))

    return run


TARGETS: dict[str, Callable[[bytes], None]] = {
    "amount": _words(amount),
    "date": _words(date_words),
    "quotation": _words(quotation),
    "record": record,
    "plan-csv": plan_csv,
    "plan-xlsx": plan_xlsx,
    "ids": _words(ids),
    "command": command,
}
LONGEST = {"record": 4_096, "plan-csv": 4_096, "plan-xlsx": 4_096, "command": 400}


def _cells() -> Iterator[str]:
    """Yield the rows of a sheet with each kind of cell, and what else a workbook may hold."""
    kinds = ("s", "b", "e", "str", "inlineStr", "d", "n", "x")
    values = ("0", "1", "46477", "-1", "1e300", "2027-03-31", "#REF!", "_x000D_", "£5m", "")
    said = [(kind, value) for kind in kinds for value in values]
    for row, ((kind, value), word) in enumerate(zip(said, WORDS * 4, strict=False), 2):
        form = row % len(STYLES)
        odd = f'<c r="A{row}" t="{kind}" s="{form}"><f>A1</f><v>{value}</v></c>'
        yield f'<row r="{row}">{odd}{text(f"B{row}", word)}</row>'
    for cells in (text("A2", "Paint") + text("B2", word) + text("D2", "Red") for word in WORDS):
        yield f'<row r="2" hidden="1">{cells}</row>'
    yield '<row r="2"><c><v>7</v></c></row>\0<row r="3"/>\0<mergeCells><mergeCell ref="A1:B9"/>'
    yield '<row r="2"><c t="s"><v>0</v></c></row>\0\0<cols/>\0<si><t>Paint</t></si>\0<styleSheet/>'


def _begin_with(target: str) -> Iterable[str | bytes]:
    """Return what is known to be read or refused, so that few runs are spent on noise."""
    match target:
        case "record":
            return (case.content for case in CASES.values())
        case "plan-csv":
            head, sheet = (
                "Action,Due,Owner,Status,Repeats,Done,Serves\n",
                PROJECT / "tests/data/sheets",
            )
            rows = (f"{head}Paint,{one},Jo,Red,monthly,{one},lamps-counted\n" for one in WORDS)
            odd = (
                f"sep=;\n{head}".replace(",", ";"),
                head.encode("utf-16"),
                f'{head}"',
                f"{head}#REF!",
            )
            return (*rows, *odd, *((sheet / "plan.csv").read_text("utf-8").splitlines()))
        case "plan-xlsx":
            return (*_cells(), xlsx({"Plan": sheet_xml("")}))
        case "ids":
            devices = (f"{one}\n{one}" for one in sorted(DEVICES))
            return (*devices, "a\nA\na-b\nb", "../x\nX", "a" * 61, "é", "a-\n-a", *WORDS)
        case "command":
            return (
                bytes([command_words.CALLED.index(called)])
                + "\n".join(words[len(called.split()) :]).encode("utf-8", "surrogateescape")
                for words in command_words.lines()
                for called in [" ".join(words[: 2 if words[:2] == ["sources", "check"] else 1])]
                if called in command_words.CALLED
            )
        case _:
            return WORDS


def _seeds(target: str, folder: Path) -> None:
    for place, one in enumerate(_begin_with(target)):
        content = one if isinstance(one, bytes) else one.encode("utf-8", "surrogatepass")
        if len(content) < 20_000:
            (folder / str(place)).write_bytes(content)


def _dictionary(path: Path) -> Path:
    lines = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in DICTIONARY)
    path.write_text("".join(f'"{line}"\n' for line in lines), encoding="utf-8")
    return path


def _timed(read: Callable[[bytes], None]) -> Callable[[bytes], None]:
    def run(content: bytes) -> None:
        began = time.process_time()
        read(content)
        assert time.process_time() - began < SLOWEST, "too slow"

    return run


def main() -> None:
    """Fuzz one target, from seeds of our own; without one, name them all."""
    if len(sys.argv) < 2:
        print(*TARGETS)
        return
    target, runs = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else RUNS
    seconds = int(sys.argv[3]) if len(sys.argv) > 3 else 0  # for ever
    with tempfile.TemporaryDirectory() as folder:
        seeds = Path(folder) / "seeds"
        seeds.mkdir()
        _seeds(target, seeds)
        words = _dictionary(Path(folder) / "words")
        longest = LONGEST.get(target, 160)
        options = [f"-runs={runs}", f"-max_len={longest}", f"-dict={words}", "-print_final_stats=1"]
        options += [f"-max_total_time={seconds}"] if seconds else []
        atheris.Setup([sys.argv[0], *options, str(seeds)], _timed(TARGETS[target]))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
