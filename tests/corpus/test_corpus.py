"""A corpus of broken datasets: each is told all that is wrong in it, and where, and breaks nothing.

`manifest.toml` holds the cases that can be read; what is huge, or no text, is made here.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from reformcalc.findings import Severity
from reformcalc.printable import UNPRINTABLE
from reformcalc.reading.load import load
from reformcalc.render import FindingsFormat
from reformcalc.render.findings import render_findings
from reformcalc.rules import RULES
from tests.rules.gallery import BAD, BASE, expected

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Result

TEXT = BASE.read_text(encoding="utf-8")
MANIFEST: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "manifest.toml").read_text(encoding="utf-8")
)
LINES = len(TEXT.splitlines())


@dataclass(frozen=True)
class Case:
    """A broken dataset, with "rule line:column" of all that is found in it."""

    content: str | bytes
    found: tuple[str, ...]

    @property
    def code(self) -> int:
        """Warnings alone pass."""
        return int(any(RULES[one.split()[0]].severity is Severity.ERROR for one in self.found))


def edited(old: str, new: str, *found: str) -> Case:
    """Make a case of the base with one thing changed."""
    assert old in TEXT
    return Case(TEXT.replace(old, new, 1), found)


def _bomb(levels: int) -> str:
    """Write lists of lists that would be 9 to the power of `levels` values if aliases were read."""
    lists = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "\n".join(["a0: &a0 [x, x, x]", *lists])


TITLE, AMOUNT, DUE = "title: Light keepers", "amount: £90m", "due: spring 2022"
UTF8 = TEXT.encode()
MADE = {
    # encodings
    "UTF-16 with its mark": Case(TEXT.encode("utf-16"), ("utf8-text 1:1",)),
    "UTF-16 without": Case(TEXT.encode("utf-16-le"), ("utf8-text 51:36",)),
    "UTF-32": Case(TEXT.encode("utf-32"), ("utf8-text 1:1",)),
    "Windows-1252": Case(TEXT.encode("cp1252"), ("utf8-text 51:18",)),
    "half of a letter at the end": Case(UTF8 + b"#\xc2", (f"utf8-text {LINES + 1}:2",)),
    "a surrogate in UTF-8": Case(UTF8 + b"# \xed\xa0\x80", (f"utf8-text {LINES + 1}:3",)),
    "an overlong slash": Case(UTF8 + b"# \xc0\xaf", (f"utf8-text {LINES + 1}:3",)),
    "two byte order marks": Case(b"\xef\xbb\xbf\xef\xbb\xbf" + UTF8, ()),
    "byte order mark in the middle": edited(TITLE, "title: \ufeffkeepers", "printable-text 16:12"),
    "NUL": edited(TITLE, "title: Light\0keepers", "valid-yaml 16:17"),
    "NUL after a pound sign": edited(AMOUNT, "amount: £90m\0", "valid-yaml 72:17"),
    "NUL at the end": Case(TEXT + "\0", (f"valid-yaml {LINES + 1}:1",)),
    "escape in a comment": edited("# A whole", "# \x1b[2J", "valid-yaml 1:3"),
    "delete": edited(TITLE, "title: Light\x7fkeepers", "valid-yaml 16:17"),
    "nothing but spaces": Case(" \n" * 3, ("not-empty 1:1",)),
    "an image": Case(b"\x89PNG\r\n\x1a\n" + bytes(range(256)), ("utf8-text 1:1",)),
    "CRLF": Case(TEXT.replace(AMOUNT, "amount: 90m").replace("\n", "\r\n"), ("amount-form 72:13",)),
    "CR, as an old Macintosh saves": Case(
        TEXT.replace(AMOUNT, "amount: 90m").replace("\n", "\r"), ("amount-form 72:13",)
    ),
    "CR, then a control character": Case(
        b"about:\r  title: A\r  subject: \x00b\r", ("valid-yaml 3:12",)
    ),
    "CR, then another encoding": Case(b"about:\r  title: \xff\r", ("utf8-text 2:10",)),
    "CR in a comment, then a break that nobody sees": Case(
        "# old Mac line\rabout:\n  title: x\u2028y\n", ("printable-text 3:11",)
    ),
    "a byte order mark and pound signs, then another encoding": Case(
        b"\xef\xbb\xbf# \xc2\xa3\xc2\xa3\xa3", ("utf8-text 1:5",)
    ),
    "a tab after the key": edited(AMOUNT, "amount:\t90m", "amount-form 72:13"),
    "a tab in the words": edited(AMOUNT, 'amount: "over\t90m"', "amount-form 72:13"),
    # size
    "100,000 brackets": Case("[" * 100_000, ("nesting-depth 1:21",)),
    "100,000 levels of mappings": Case("{a: " * 100_000, ("nesting-depth 1:81",)),
    "1,000 levels of indents": Case(
        "\n".join(" " * n + "a:" for n in range(1_000)),
        ("nesting-depth 21:21",),
    ),
    "a key of 2,000 letters": edited("  buoys:", f"  {'b' * 2_000}:", "valid-yaml 22:2003"),
    "an id of 2,000 letters": edited("  buoys:", f"  ? {'b' * 2_000}\n  :", "id-form 22:5"),
    "an amount of 5,000 digits": edited(AMOUNT, f"amount: £{'9' * 5_000}", "amount-form 72:13"),
    "an amount of 5,000 words": edited(AMOUNT, "amount: " + "over " * 5_000, "amount-form 72:13"),
    "a date of 5,000 letters": edited(DUE, f"due: {'2' * 5_000}", "date-form 94:10"),
    "2,000 fields that do not exist": edited(
        TITLE,
        "\n    ".join([TITLE, *(f"titel{n}: x" for n in range(2_000))]),
        *(f"unknown-field {17 + n}:5" for n in range(2_000)),
    ),
}
EDITED = {
    f"{kind}: {name}": edited(old, new, *found)
    for kind, cases in MANIFEST["edits"].items()
    for name, old, new, *found in cases
}
VALUES = {
    f"{group['kind']}: {value}": edited(
        group["base"], group["written"].replace("{}", value), group["found"]
    )
    for group in MANIFEST["values"]
    for value in group["values"]
}
CASES = EDITED | VALUES | MADE


def _write(path: Path, case: Case) -> None:
    content = case.content
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


@pytest.mark.parametrize("name", CASES)
def test_all_that_is_wrong_is_found_where_it_is(
    name: str, run: Callable[..., Result], tmp_path: Path
) -> None:
    """A broken dataset has the findings of the corpus, each at its place, and the exit code."""
    path = tmp_path / "broken.yaml"
    _write(path, CASES[name])
    result = run("validate", path, "--format", "json")
    findings = json.loads(result.out)["findings"]
    assert [f"{one['rule']} {one['line']}:{one['column']}" for one in findings] == [
        *CASES[name].found
    ]
    assert (result.code, result.err) == (CASES[name].code, "")
    assert all(len(one["message"]) < 700 for one in findings)


@pytest.mark.parametrize("name", [name for name in CASES if name.startswith(("ids", "escapes"))])
def test_nothing_that_a_terminal_obeys_reaches_it(name: str, tmp_path: Path) -> None:
    """Findings show what is written without passing it on, in every format."""
    path = tmp_path / "evil\x1b[31m.yaml"
    _write(path, CASES[name])
    found = load(path).findings
    for format_ in FindingsFormat:
        text = render_findings(found, 1, format_)
        assert not UNPRINTABLE.search(text)


@pytest.mark.parametrize("name", ["escapes: \\e[2J", "numbers: NaN", "UTF-32", "100,000 brackets"])
def test_a_query_of_it_answers_nothing(
    name: str, run: Callable[..., Result], tmp_path: Path
) -> None:
    """A query of a broken dataset ends with 2, and its findings on standard error."""
    path = tmp_path / "broken.yaml"
    _write(path, CASES[name])
    result = run("totals", "--data", path, "--as-of", "2021-06-30")
    assert (result.code, result.out) == (2, "")
    assert CASES[name].found[0].split()[0] in result.err
    assert not UNPRINTABLE.search(result.err)


@pytest.mark.parametrize("levels", [3, 30])
def test_a_bomb_of_aliases_does_not_go_off(
    levels: int, run: Callable[..., Result], tmp_path: Path
) -> None:
    """Aliases are reported one by one and never followed: 9 to the power of 30 stays 30 lists."""
    path = tmp_path / "bomb.yaml"
    path.write_text(_bomb(levels), encoding="utf-8")
    result = run("validate", path, "--format", "json")
    rules = Counter(one["rule"] for one in json.loads(result.out)["findings"])
    assert result.code == 1
    assert rules["no-aliases"] == levels + 9 * (levels - 1)


def test_every_rule_is_broken_at_least_twice() -> None:
    """Gallery and corpus together break each rule in two datasets or more."""
    in_gallery = [{one.rule for one in expected(case)} for case in BAD]
    in_corpus = [{one.split()[0] for one in case.found} for case in CASES.values()]
    broken = Counter(rule for rules in (*in_gallery, *in_corpus) for rule in rules)
    assert {rule for rule in RULES if broken[rule] < 2} == set()
