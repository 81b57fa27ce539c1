"""Fuzzing with atheris: bytes as a record, and words as an amount, a date or a year.

    python tests/deep/fuzz.py TARGET [RUNS]

Each input may be refused with a message, and nothing else. An input that ends otherwise, or takes
longer than two seconds, is written to a file beside the ones that atheris keeps, and named.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import atheris

sys.path.insert(0, str(Path(__file__).parents[2]))
with atheris.instrument_imports(include=["reformcalc"]):
    from reformcalc import printable
    from reformcalc.reading import load as loading
    from reformcalc.reading import quotations
    from reformcalc.render import FindingsFormat
    from reformcalc.render.findings import render_findings
    from reformcalc.values import due, money, years

from tests.corpus.test_corpus import CASES

if TYPE_CHECKING:
    from collections.abc import Callable

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


def _words(read: Callable[[str], None]) -> Callable[[bytes], None]:
    def run(content: bytes) -> None:
        read(content.decode("utf-8", errors="replace"))

    return run


TARGETS: dict[str, Callable[[bytes], None]] = {
    "amount": _words(amount),
    "date": _words(date_words),
    "quotation": _words(quotation),
    "record": record,
}


def _seeds(target: str, folder: Path) -> None:
    """Begin with what is known to be read or refused, so that few runs are spent on noise."""
    texts = [case.content for case in CASES.values()] if target == "record" else list(WORDS)
    for place, text in enumerate(texts):
        content = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
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
    """Fuzz one target, from seeds of our own."""
    target, runs = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else RUNS
    with tempfile.TemporaryDirectory() as folder:
        seeds = Path(folder) / "seeds"
        seeds.mkdir()
        _seeds(target, seeds)
        words = _dictionary(Path(folder) / "words")
        longest = 4_096 if target == "record" else 160
        options = [f"-runs={runs}", f"-max_len={longest}", f"-dict={words}", "-print_final_stats=1"]
        atheris.Setup([sys.argv[0], *options, str(seeds)], _timed(TARGETS[target]))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
