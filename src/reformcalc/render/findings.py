"""Findings as text with a caret under the place, as JSON and SARIF, and as GitHub annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.findings import Located, Severity
from reformcalc.printable import printable
from reformcalc.render import FindingsFormat
from reformcalc.render.json import SCHEMA, json_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reformcalc.findings import Finding
    from reformcalc.reading.load import Plan
    from reformcalc.report import Obeyed


_MOST = 100  # findings that a person looks at before mending some; programs are given all
_LONGEST = 160  # characters of a line that are worth showing
_LONGEST_MESSAGE = 600


def render_findings(
    found: Sequence[Located],
    files: int,
    format_: FindingsFormat,
    plans: Sequence[Plan] = (),
    settings: Obeyed | None = None,
) -> str:
    """Return findings as text that ends with a newline; `files` is how many were to be checked.

    What was read of `plans` as what comes first. Of very many findings, people are shown the first,
    errors before warnings; JSON and SARIF have all. `settings` are those that named the files,
    where none was typed.
    """
    told = summary(found, files) + (f". {settings}" if settings else "")
    match format_:
        case FindingsFormat.TEXT:
            return f"{_read_as(plans)}{_first(found, _text)}{told}\n"
        case FindingsFormat.JSON:
            answer: dict[str, object] = {
                "schema": SCHEMA,
                "report": "validate",
                "files": files,
                "findings": [_flat(one) for one in found],
            }
            if settings:
                answer["settings"] = settings._asdict()
            return json_text(answer | _flat_plans(plans))
        case FindingsFormat.SARIF:
            from reformcalc.render.sarif import sarif  # noqa: PLC0415  rarely needed

            return sarif(found, lambda one: _message(one.finding))
        case FindingsFormat.GITHUB:
            return f"{_read_as(plans)}{_first(found, _annotation)}{told}\n"


def _read_as(plans: Sequence[Plan]) -> str:
    if not plans:
        return ""
    from reformcalc.render.plans import render_plans  # noqa: PLC0415  rarely needed

    return render_plans(plans)


def _flat_plans(plans: Sequence[Plan]) -> dict[str, object]:
    from reformcalc.render.plans import flat_plans  # noqa: PLC0415  rarely needed

    return {"sheets": flat_plans(plans)}


def _first(found: Sequence[Located], write: Callable[[Located], str]) -> str:
    """Write the first findings in their order, and count those that are left out."""
    left = len(found) - _MOST
    if left <= 0:
        return "".join(map(write, found))
    severest = sorted(
        range(len(found)), key=lambda at: found[at].finding.severity is not Severity.ERROR
    )[:_MOST]
    shown = "".join(write(found[at]) for at in sorted(severest))
    return f"{shown}{left:,} more, which validate --format json lists\n"


def summary(found: Sequence[Located], files: int) -> str:
    """Count findings in words: "2 errors and 1 warning in 4 files"."""
    counts = [
        words.counted(number, severity.value)
        for severity in Severity
        if (number := sum(one.finding.severity is severity for one in found))
    ]
    return f"{words.listed(counts) if counts else 'no findings'} in {words.counted(files, 'file')}"


def _text(one: Located) -> str:
    finding, at = one.finding, one.position
    place = f"{_path(one)}:{printable(at.named)}"
    rule = f"[{finding.rule}]" if finding.rule else ""  # settings have none
    head = f"{place}: {finding.severity}{rule}: {_message(finding)}"
    if not one.excerpt:
        return f"{head}\n"
    if at.row:  # what the row is about: the message has the words of the cell
        return f"{head}\n{at.row:>5} | {printable(one.excerpt[:_LONGEST])}\n"
    start = max(0, at.column - 1 - _LONGEST // 2) if len(one.excerpt) > _LONGEST else 0
    shown = one.excerpt[start : start + _LONGEST]
    before, meant = shown[: at.column - 1 - start], shown[at.column - 1 - start :][: at.width]
    caret = " " * _cells(before) + "^" * max(1, _cells(meant))
    number = f"{at.line:>5}"
    return f"{head}\n{number} | {printable(shown)}\n{' ' * len(number)} | {caret}\n"


def _path(one: Located) -> str:
    """Return the path of a file, spelt so that no log takes the line for a workflow command."""
    path = printable(str(one.path))
    return f"./{path}" if path.lstrip().startswith(("::", "##[")) else path


def _cells(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # noqa: PLC0415  rarely needed

    return cell_len(printable(text))


def _message(finding: Finding) -> str:
    """Return the message; where it quotes something endless, without its middle."""
    said = finding.message
    if len(said) > _LONGEST_MESSAGE:
        said = f"{said[: _LONGEST_MESSAGE // 2]} … {said[-_LONGEST_MESSAGE // 2 :]}"
    return printable(said)


def _flat(one: Located) -> dict[str, object]:
    finding = one.finding
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "path": one.path.as_posix(),
        "line": one.position.line,
        "column": one.position.column,
        "sheet": one.position.sheet or None,
        "row": one.position.row or None,
        "heading": one.position.heading or None,
        "route": list(finding.route),
        "message": _message(finding),
    }


def _annotation(one: Located) -> str:
    """Write a workflow command; its values escape what would end them."""
    finding, at = one.finding, one.position
    path = printable(_escaped(one.path.as_posix())).replace(":", "%3A").replace(",", "%2C")
    where = f"file={path},line={at.line},col={at.column},title={finding.rule}"
    said = f"{at.named}: {_message(finding)}" if at.row or at.sheet else _message(finding)
    return f"::{finding.severity} {where}::{printable(_escaped(said))}\n"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
