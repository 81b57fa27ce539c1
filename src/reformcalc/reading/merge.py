"""Several files to one record, section by section; and findings to their place in a file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reformcalc.findings import Finding, Located, Severity
from reformcalc.reading.files import is_own
from reformcalc.reading.meant import NAMED, PLAN
from reformcalc.record.references import ENTRY_KINDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from reformcalc.findings import Plain, Route
    from reformcalc.reading.files import File


@dataclass(slots=True)
class Merged:
    """The content of all files, and which file each entry is from."""

    plain: dict[str, Plain] = field(default_factory=dict)
    findings: list[tuple[File, Finding]] = field(default_factory=list)  # of the files themselves
    origin: dict[Route, File] = field(default_factory=dict)


def merge(files: Iterable[File], own: Collection[Path] = ()) -> Merged:
    """Put the content of some files together; an id in two of them is a finding.

    Those of one's `own` plan are in whatever order it has.
    """
    merged = Merged()
    for file in files:
        order = () if file.path in own else _out_of_order(file)
        for finding in (*file.parsed.findings, *order):
            merged.findings.append((file, finding))
        content = file.parsed.value
        if isinstance(content, dict):
            for section, entries in content.items():
                _merge_section(merged, file, section, entries)
        elif content is not None:
            message = f"this is no plan and no record; for a plan, {PLAN}"
            merged.findings.append(
                (file, Finding("field-shape", message, at=file.parsed.locate(())))
            )
    return merged


def _out_of_order(file: File) -> Iterable[Finding]:
    """Yield the first entry of each section that does not stand in order of its id."""
    content = file.parsed.value
    for section in (*ENTRY_KINDS, "sources"):
        entries = content.get(section) if isinstance(content, dict) else None
        ids = list(entries) if isinstance(entries, dict) else []
        place = next((n for n, id_ in enumerate(ids) if ids[n - 1 : n] > [id_]), None)
        if place is not None:
            message = (
                f'"{ids[place]}" stands after "{ids[place - 1]}"; keep ids in order of the '
                "alphabet, so that two people's changes do not meet"
            )
            at = file.parsed.locate((section, ids[place]), on_key=True)
            yield Finding("ids-in-order", message, at=at)


def _merge_section(merged: Merged, file: File, section: str, entries: Plain) -> None:
    merged.origin.setdefault((section,), file)
    present = merged.plain.get(section)
    if section != "about" and present is not None and not isinstance(entries, dict):
        message = NAMED
        at = file.parsed.locate((section,))
        merged.findings.append((file, Finding("field-shape", message, at=at)))
    elif section != "about" and isinstance(entries, dict) and isinstance(present, dict | None):
        into = merged.plain.setdefault(section, {})
        assert isinstance(into, dict)
        for id_, entry in entries.items():
            if id_ in into and _is_same_body(merged, file, (section, id_)):
                continue
            if id_ in into:
                merged.findings.append((file, _twice(merged, file, (section, id_))))
            else:
                into[id_] = entry
                merged.origin[(section, id_)] = file
    elif present is None:
        merged.plain[section] = entries
    else:
        merged.findings.append((file, _twice(merged, file, (section,))))


def _is_same_body(merged: Merged, file: File, route: Route) -> bool:
    """Whether one's own file writes down a body that the bundled record has: that one holds.

    A council that wrote itself down before the record had all councils is not told to change.
    """
    return route[0] == "bodies" and is_own(file.path) and not is_own(merged.origin[route].path)


def _twice(merged: Merged, file: File, route: Route) -> Finding:
    first = merged.origin[route]
    line = first.parsed.locate(route, on_key=True).line
    if is_own(file.path) and not is_own(first.path):
        message = _NATIONAL if len(route) > 1 else _ABOUT_OF_BUNDLED
        message = message.format(route[-1])
    else:
        remedy = "keep one, or rename one" if len(route) > 1 else "keep one"
        message = f'"{route[-1]}" is also defined in {first.path}:{line}; {remedy}'
    return Finding("duplicate-id", message, at=file.parsed.locate(route, on_key=True))


_NATIONAL = (
    '"{}" is an entry of the bundled record: your files may refer to it, and not change it; give '
    "yours another id"
)
_ABOUT_OF_BUNDLED = (
    '"{}" is written by the bundled record, which this file adds to; take it out here, or read '
    "this file alone"
)


def _in_reach(finding: Finding, merged: Merged) -> Finding:
    """Return a finding on the bundled record as one on what of one's own it is also about, if any.

    Nobody can change an entry of the bundled record.
    """
    if not finding.also or is_own(merged.origin[finding.route[:2]].path):
        return finding
    near = next((one for one in finding.also if is_own(merged.origin[one[:2]].path)), None)
    if near is None:
        return finding
    message = f'with "{near[1]}", {finding.there}'
    return replace(finding, route=near, message=message)


def located(findings: list[Finding], merged: Merged, files: Sequence[File]) -> list[Located]:
    """Find the place of each finding, those of the files themselves included; sort by place.

    Where YAML itself is at fault, what the model makes of the same place is left out.
    """
    found = [_located(file, finding) for file, finding in merged.findings]
    faults = {
        (one.path, one.position[:2]) for one in found if one.finding.severity is Severity.ERROR
    }
    for one in findings:
        finding = _in_reach(one, merged)
        route = finding.route
        file = merged.origin.get(route[:2]) or merged.origin.get(route[:1]) or files[0]
        placed = _located(file, finding)
        if (placed.path, placed.position[:2]) not in faults:
            found.append(placed)
    order = {file.path: place for place, file in enumerate(files)}
    return sorted(
        found,
        key=lambda one: (order[one.path], one.position, one.finding.rule, one.finding.message),
    )


def _located(file: File, finding: Finding) -> Located:
    at = finding.at or file.parsed.locate(finding.route, on_key=finding.on_key)
    return Located(finding, file.path, at, file.parsed.excerpt(at))
