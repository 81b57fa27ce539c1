"""How a line that YAML cannot read is written so that it can: for who has never seen YAML.

Each way looks at the line where the parser stopped, and those above it, and shows the line as it
should be. Where none knows what was meant, the parser's own words stand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reformcalc.findings import Position

_BULLET = re.compile(r"\s*(?P<sign>[–—−•·‣▪●◦*])\s+(?P<rest>\S.*)")
# A field on a line of its own, perhaps the first of an item of a list.
_FIELD = re.compile(r"(?P<before>\s*(?:- +)?)(?P<key>[\w-]+) *: +(?P<text>\S.*?)\s*")
_GLUED = re.compile(r"\s*(?P<key>[A-Za-z_-]+):(?P<text>[^\s/:].*?)\s*")
_NO_COLON = re.compile(r"\s*(?P<key>[a-z_]+)(?: *= *| +)(?P<text>\S.*?)\s*")
_DASHED = re.compile(r"\s*-(?P<rest>[A-Za-z_]+: .*?)\s*")
_NAME = re.compile(r"\s*[\w-]+\s*")
_KEY = re.compile(r"(?P<indent> *)(?:- +)?[\w-]+ *:(?: |$)")
_CURLY = "[\u201c\u201d\u2018\u2019]"
_FLOW = ("{", "[")


def quoted(text: str) -> str:
    """Return a text in quotes that YAML reads as the text alone; curly ones around it go."""
    text = re.sub(f"^{_CURLY}(.*){_CURLY}$", r"\1", text)
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def put_right(lines: Sequence[str], at: Position, said: str) -> str:
    """Say how to write what the parser stopped at, where it `said` so; "" where nobody can tell."""
    found = (way(lines, at, said) for way in _WAYS)
    return next(filter(None, found), "")


def whole_in_quotes(line: str) -> str:
    """Return a field of a line with all of its text in quotes, "" where the line is no field."""
    match = _FIELD.fullmatch(line)
    if match is None or match["text"].startswith(_FLOW):
        return ""
    return f"{match['key']}: {quoted(match['text'])}"


def _line(lines: Sequence[str], number: int) -> str:
    return lines[number - 1] if 1 <= number <= len(lines) else ""


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _above(lines: Sequence[str], number: int) -> str:
    """Return the nearest line above that says anything."""
    said = (one for one in reversed(lines[: number - 1]) if one.strip() and one.strip()[0] != "#")
    return next(said, "")


def _of_a_bullet(lines: Sequence[str], at: Position, _said: str) -> str:
    for number in (at.line, at.line - 1, at.line - 2):
        if match := _BULLET.fullmatch(_line(lines, number).rstrip()):
            where = "" if number == at.line else f" (line {number})"
            return (
                f'a list begins with a hyphen, not with "{match["sign"]}"{where}; write '
                f'"- {match["rest"]}"'
            )
    return ""


def _of_a_tab(lines: Sequence[str], at: Position, _said: str) -> str:
    line = _line(lines, at.line)
    begins = line[: _indent(line)]
    if "\t" not in begins:
        return ""
    above = _above(lines, at.line)
    spaces = _indent(above.expandtabs(2)) + (2 if above.rstrip().endswith(":") else 0)
    return (
        "indent with spaces, not tabs; delete what stands before the first letter, and press the "
        f"space bar {spaces} times"
    )


def _of_a_missing_sign(lines: Sequence[str], at: Position, said: str) -> str:
    """Say where a space is missing after a colon or a hyphen, or a colon after a name."""
    bare = "simple key" in said or "without its colon" in said
    for number in (at.line, at.line - 1):
        line = _line(lines, number)
        where = "" if number == at.line else f" (line {number})"
        if match := _DASHED.fullmatch(line):
            return f'a space stands after the hyphen{where}; write "- {match["rest"]}"'
        if match := _GLUED.fullmatch(line):
            return f'a space stands after the colon{where}; write "{match["key"]}: {match["text"]}"'
        if bare and (match := _NO_COLON.fullmatch(line)):
            return f'a colon stands after the name{where}; write "{match["key"]}: {match["text"]}"'
    name, line = _above(lines, at.line), _line(lines, at.line)
    if "mapping values" in said and _NAME.fullmatch(name) and _indent(line) > _indent(name):
        return f'a colon stands after the name (the line above); write "{name.strip()}:"'
    return ""


def _of_an_indent(lines: Sequence[str], at: Position, said: str) -> str:
    """Say with how many spaces a line begins that is set in otherwise than its neighbours."""
    line = _line(lines, at.line)
    key = _KEY.match(line)
    further = "mapping values" in said and key and ":" not in line[: at.column - 1]
    less = "expected key" in said or "block end" in said or "'-'" in said
    if key is None or not (further or (less and not line[: at.column - 1].strip())):
        return ""
    above = [one["indent"] for row in lines[: at.line - 1] if (one := _KEY.match(row))]
    known = {len(one) for one in above[-6:]}
    begins = len(key["indent"])
    if not known or begins in known:
        return ""
    meant = min(known, key=lambda one: (abs(one - begins), -one))
    return (
        f"this line begins with {begins} space{'' if begins == 1 else 's'}, and those that it "
        f"belongs with begin with {meant}; begin it with {meant}"
    )


def _of_an_open_quote(lines: Sequence[str], at: Position, said: str) -> str:
    match = _FIELD.fullmatch(_line(lines, at.line))
    if "quoted scalar" not in said or match is None:
        return ""
    sign, text = match["text"][0], match["text"][1:]
    if sign not in "\"'" or sign in text:
        return ""
    return f"a quotation mark is opened and not closed; write {match['key']}: {sign}{text}{sign}"


def _of_a_colon(lines: Sequence[str], at: Position, said: str) -> str:
    shown = whole_in_quotes(_line(lines, at.line)) if "mapping values" in said else ""
    return f"put quotes around text that holds a colon; write {shown}" if shown else ""


def _of_what_begins_so(lines: Sequence[str], at: Position, said: str) -> str:
    """Show a text in quotes that begins with a sign of YAML's, or with a quotation."""
    match = _FIELD.fullmatch(_line(lines, at.line))
    if match is None or not re.match(r"[@`%&*!|>?\"'\[\]{},]", match["text"]):
        return ""
    stopped = _line(lines, at.line)[at.column - 1 : at.column]
    if re.search(r"quoted scalar|escape|flow", said) or stopped in ("]", "}"):
        return ""
    why = "put quotes around text that begins so"
    if match["text"][0] in "\"'":
        why = "put quotes around the whole text, of the kind that is not in it"
    return f"{why}; write {match['key']}: {quoted(match['text'])}"


_WAYS: tuple[Callable[[Sequence[str], Position, str], str], ...] = (
    _of_a_bullet,
    _of_a_tab,
    _of_an_open_quote,
    _of_a_missing_sign,
    _of_an_indent,
    _of_a_colon,
    _of_what_begins_so,
)
