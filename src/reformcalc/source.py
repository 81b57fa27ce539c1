"""YAML text to plain text, lists and mappings, with the position of every value.

The only importer of yaml. Every scalar stays the text that was written, so that `no`, `012`,
`1.10` and `12:30` mean what the reader sees. What YAML allows and a dataset does not need
(aliases, anchors, tags, a second document, keys that are not plain text) is refused, because it
hides where a figure is written.

Works from parser events in one loop: no recursion, so nesting without end is only a finding.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias
from unicodedata import name

import yaml

from reformcalc.findings import Finding, Position, Route
from reformcalc.printable import UNPRINTABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"

MAX_DEPTH = 20
_NOT_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(slots=True)
class Node:
    """Where one value is written, and where its parts are: by key, or by place in a list."""

    at: Position
    keys: dict[str | int, Position] = field(default_factory=dict)
    parts: dict[str | int, Node] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parsed:
    """One text as plain values, with what YAML itself finds wrong in it.

    `value` is None where the text is empty or cannot be read to its end.
    """

    value: Plain | None
    findings: tuple[Finding, ...]
    root: Node

    def locate(self, route: Route, *, on_key: bool = False) -> Position:
        """Return the position of a route, or of its nearest written ancestor.

        A lone value may stand for a list of one, or for one dated value: the steps into what is
        not written are passed over.
        """
        node, position = self.root, self.root.at
        for step in route:
            part = node.parts.get(step)
            if part is None and step in (0, "is", "in"):
                continue
            if part is None:
                break
            position = node.keys.get(step, part.at) if on_key else part.at
            node = part
        return position


class _Stop(Exception):
    """The rest of the text cannot be read; the finding says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is still open."""

    value: dict[str, Plain] | list[Plain]
    node: Node
    key: str | None = None
    key_at: Position | None = None
    skip: bool = False  # the next value belongs to a key that was refused


def parse(text: str) -> Parsed:
    """Parse one YAML document. Never raises: what is wrong is in `findings`."""
    reader = _Reader()
    try:
        for event in _events(text):
            reader.take(event)
    except _Stop as stop:
        return Parsed(None, (*reader.findings, stop.finding), Node(Position(1, 1)))
    if reader.root is None or reader.value == "":
        empty = Finding("not-empty", "the file is empty; remove it or write a section in it")
        return Parsed(None, (*reader.findings, empty), Node(Position(1, 1)))
    return Parsed(reader.value, tuple(reader.findings), reader.root)


def _events(text: str) -> Iterator[yaml.Event]:
    """Yield the parser's events; a syntax error ends them with a finding in our words."""
    try:
        yield from yaml.parse(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if error.context and "quoted scalar" in error.context:
            mark = error.context_mark or mark  # where the quotation mark is, not the file's end
        at = Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1)
        said = ", ".join(part for part in (error.context, error.problem) if part)
        hint = _hint(said, _line(text, at.line), at.column)
        raise _Stop(Finding("valid-yaml", f"this is not YAML: {said}{hint}", at=at)) from None
    except UnicodeEncodeError as error:
        message = "half a character, which is no text; remove it"
        raise _Stop(Finding("valid-yaml", message, at=_place(text, error.start))) from None
    except yaml.YAMLError:
        # The C parser counts bytes up to it, the other one letters.
        at = _place(text, next((one.start() for one in _NOT_YAML.finditer(text)), 0))
        message = "a character that YAML does not allow; remove it"
        raise _Stop(Finding("valid-yaml", message, at=at)) from None


def _hint(said: str, line: str, column: int) -> str:
    """Say in a user's words what the parser most likely stumbled over."""
    here = line[column - 1 : column]
    if here == "\t" or line.startswith("\t"):
        return "; indent with spaces, not tabs"
    if here in ("@", "`", "%") and here:
        return "; put quotes around text that begins so"
    if "mapping values are not allowed" in said:
        return "; put quotes around text that holds a colon"
    if "quoted scalar" in said and "escape" not in said:
        return "; a quotation mark is opened and not closed"
    return ""


def _line(text: str, number: int) -> str:
    lines = text.splitlines()
    return lines[number - 1] if number <= len(lines) else ""


def _place(text: str, offset: int) -> Position:
    before = text[:offset]
    return Position(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


class _Reader:
    """Builds plain values and their positions from events, one at a time."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.value: Plain | None = None
        self.root: Node | None = None
        self._open: list[_Frame] = []
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        match event:
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.MappingStartEvent():
                self._start(event, {})
            case yaml.SequenceStartEvent():
                self._start(event, [])
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._open.pop()
            case yaml.AliasEvent():
                if not (self._open and self._open[-1].skip):  # after a merge key: said already
                    self._refuse_extras(event)
                self._add("", Node(_position(event)))
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    message = "a second document begins here; put it in a file of its own"
                    raise _Stop(Finding("one-document", message, at=_position(event)))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._refuse_extras(event)
        at = _position(event)
        if unprintable := UNPRINTABLE.search(event.value):
            code = ord(unprintable[0])
            escape = f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
            message = (
                f"this text holds the character U+{code:04X} ({name(unprintable[0], 'control')}), "
                f"which cannot be seen; remove it, or the {escape} that stands for it"
            )
            self.findings.append(Finding("printable-text", message, at=at))
        frame = self._open[-1] if self._open else None
        if frame and isinstance(frame.value, dict) and frame.key is None and not frame.skip:
            self._key(frame, event.value, at)
        else:
            self._add(event.value, Node(at))

    def _key(self, frame: _Frame, key: str, at: Position) -> None:
        first = frame.node.keys.get(key)
        if key == "<<":
            message = '"<<": merge keys are not allowed; write the fields out'
            self.findings.append(Finding("no-aliases", message, at=at))
            frame.skip = True
        elif first:
            message = (
                f'"{key}" is written twice, first on line {first.line}; '
                "keep one, or give the second another name"
            )
            self.findings.append(Finding("duplicate-key", message, at=at))
            frame.skip = True
        else:
            frame.key, frame.key_at = key, at

    def _start(
        self,
        event: yaml.MappingStartEvent | yaml.SequenceStartEvent,
        value: dict[str, Plain] | list[Plain],
    ) -> None:
        self._refuse_extras(event)
        node = Node(_position(event))
        if len(self._open) >= MAX_DEPTH:
            message = f"nested more than {MAX_DEPTH} deep; no dataset needs that"
            raise _Stop(Finding("nesting-depth", message, at=node.at))
        frame = self._open[-1] if self._open else None
        if frame and isinstance(frame.value, dict) and frame.key is None and not frame.skip:
            message = "a key must be plain text, not a list or a mapping"
            raise _Stop(Finding("text-keys", message, at=node.at))
        self._add(value, node)
        self._open.append(_Frame(value, node))

    def _add(self, value: Plain, node: Node) -> None:
        if not self._open:
            self.value, self.root = value, node
            return
        frame = self._open[-1]
        if isinstance(frame.value, list):
            frame.node.parts[len(frame.value)] = node
            frame.value.append(value)
        elif frame.key is not None:
            frame.value[frame.key] = value
            frame.node.parts[frame.key] = node
            frame.node.keys[frame.key] = frame.key_at or node.at
            frame.key = None
        else:
            frame.skip = False

    def _refuse_extras(self, event: Any) -> None:
        """Report an alias, an anchor or a tag: each hides what is written, or where."""
        at = _position(event)
        if event.anchor is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            message = f'"{sign}{event.anchor}": aliases are not allowed; write the value out'
            self.findings.append(Finding("no-aliases", message, at=at))
        if (tag := getattr(event, "tag", None)) is not None:
            short = tag.replace("tag:yaml.org,2002:", "!!")
            message = f'"{short}": tags are not allowed, since every value is text; remove it'
            self.findings.append(Finding("no-tags", message, at=at))


def _position(event: yaml.Event) -> Position:
    start, end = event.start_mark, event.end_mark
    assert start is not None  # the parser marks every event; only made ones may lack marks
    assert end is not None
    one_line = isinstance(event, yaml.ScalarEvent | yaml.AliasEvent) and end.line == start.line
    width = max(1, end.column - start.column) if one_line else 1
    return Position(start.line + 1, start.column + 1, width)
