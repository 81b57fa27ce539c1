"""YAML text to plain text, lists and mappings, with the position of every value.

The only importer of yaml. Every scalar stays the text that was written, so that `no`, `012`,
`1.10` and `12:30` mean what the reader sees. What YAML allows and a dataset does not need
(aliases, anchors, tags, a second document, keys that are not plain text) is refused, because it
hides where a figure is written.

Works from parser events in one loop: no recursion, so nesting without end is only a finding.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias
from unicodedata import name

import yaml

from reformcalc.findings import Finding, Position, Route
from reformcalc.printable import UNPRINTABLE

if TYPE_CHECKING:
    from collections.abc import Callable

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"

MAX_DEPTH = 20
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


_START = 1  # the place of the first letter, one wide


@dataclass(slots=True)
class _Node:
    """Where a mapping or list is written, and where its parts are: by key, or by place in a list.

    A place is a number, line and column and width of 32 bits each, since there are millions.
    """

    at: int
    keys: dict[str, int] = field(default_factory=dict)
    parts: dict[str | int, _Node | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parsed:
    """One text as plain values, with what YAML itself finds wrong in it.

    `value` is None where the text is empty or cannot be read to its end.
    """

    value: Plain | None
    findings: tuple[Finding, ...]
    root: _Node | int = _START

    def locate(self, route: Route, *, on_key: bool = False) -> Position:
        """Return the position of a route, or of its nearest written ancestor.

        A lone value may stand for a list of one, or for one dated value: the steps into what is
        not written are passed over.
        """
        node, place = self.root, _place_of(self.root)
        for step in route:
            part = node.parts.get(step) if isinstance(node, _Node) else None
            if part is None and step in (0, "is", "in"):
                continue
            if part is None or isinstance(node, int):
                break
            place = node.keys.get(str(step), _place_of(part)) if on_key else _place_of(part)
            node = part
        return _position(place)


class _Stop(Exception):
    """The rest of the text cannot be read; the finding says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is still open."""

    value: dict[str, Plain] | list[Plain]
    node: _Node
    key: str | None = None
    skip: bool = False  # the next value belongs to a key that was refused


def parse(text: str) -> Parsed:
    """Parse one YAML document. Never raises: what is wrong is in `findings`."""
    # Most texts hold nothing to look for in each of their values.
    reader = _Reader(suspect=bool("\\" in text or UNPRINTABLE.search(text)))
    try:
        reader.read(_LOADER(text).get_event)
    except _Stop as stop:
        return Parsed(None, (*reader.findings, stop.finding))
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        return Parsed(None, (*reader.findings, _fault(error, text)))
    if reader.root is None or reader.value == "":
        empty = Finding("not-empty", "the file is empty; remove it or write a section in it")
        return Parsed(None, (*reader.findings, empty))
    return Parsed(reader.value, tuple(reader.findings), reader.root)


def _fault(error: Exception, text: str) -> Finding:
    """Say in our words why the parser gave up, and where."""
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        if error.context and "quoted scalar" in error.context:
            mark = error.context_mark or mark  # where the quotation mark is, not the file's end
        at = Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1)
        said = ", ".join(part for part in (error.context, error.problem) if part)
        hint = _hint(said, _line(text, at.line), at.column)
        return Finding("valid-yaml", f"this is not YAML: {said}{hint}", at=at)
    if isinstance(error, UnicodeEncodeError):
        message = "half a character, which is no text; remove it"
        return Finding("valid-yaml", message, at=_place(text, error.start))
    # The C parser counts bytes up to it, the other one letters.
    refused = yaml.reader.Reader.NON_PRINTABLE.search(text)
    at = _place(text, refused.start() if refused else 0)
    return Finding("valid-yaml", "a character that YAML does not allow; remove it", at=at)


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
    """Builds plain values and their places from events, one at a time."""

    def __init__(self, *, suspect: bool) -> None:
        self.findings: list[Finding] = []
        self.value: Plain | None = None
        self.root: _Node | int | None = None
        self._suspect = suspect
        self._open: list[_Frame] = []
        self._documents = 0

    def read(self, event_after: Callable[[], Any]) -> None:
        """Take events to the last. Scalars, nine in ten of them, are read in the loop itself."""
        frame: _Frame | None = None
        scalar, last = yaml.ScalarEvent, yaml.StreamEndEvent
        while (kind := type(event := event_after())) is not last:
            if kind is not scalar:
                self._take(event)
                frame = self._open[-1] if self._open else None
                continue
            if event.anchor is not None or event.tag is not None:
                self._refuse_extras(event)
            text: str = event.value
            if self._suspect:
                self._refuse_unprintable(text, event)
            start, end = event.start_mark, event.end_mark
            line, column = start.line, start.column
            width = end.column - column if end.line == line and end.column > column else 1
            place = line << 64 | column << 32 | width
            if frame is None:
                self.value, self.root = text, place
            elif frame.key is not None:
                frame.value[frame.key] = text  # type: ignore[call-overload]  # a key has a mapping
                frame.node.parts[frame.key] = place
                frame.key = None
            elif frame.skip:
                frame.skip = False
            elif type(frame.value) is list:
                frame.node.parts[len(frame.value)] = place
                frame.value.append(text)
            elif text in frame.node.keys or text == "<<":
                self._refuse_key(frame, text, place)
            else:
                frame.key = text
                frame.node.keys[text] = place

    def _take(self, event: yaml.Event) -> None:
        """Take what is no scalar."""
        match event:
            case yaml.MappingStartEvent():
                self._start(event, {})
            case yaml.SequenceStartEvent():
                self._start(event, [])
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._open.pop()
            case yaml.AliasEvent():
                if not (self._open and self._open[-1].skip):  # after a merge key: said already
                    self._refuse_extras(event)
                self._add("", _place_of_event(event))
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    message = "a second document begins here; put it in a file of its own"
                    raise _Stop(Finding("one-document", message, at=_at(event)))

    def _start(self, event: yaml.Event, value: dict[str, Plain] | list[Plain]) -> None:
        self._refuse_extras(event)
        node = _Node(_place_of_event(event))
        if len(self._open) >= MAX_DEPTH:
            message = f"nested more than {MAX_DEPTH} deep; no dataset needs that"
            raise _Stop(Finding("nesting-depth", message, at=_at(event)))
        frame = self._open[-1] if self._open else None
        if frame and isinstance(frame.value, dict) and frame.key is None and not frame.skip:
            message = "a key must be plain text, not a list or a mapping"
            raise _Stop(Finding("text-keys", message, at=_at(event)))
        self._add(value, node)
        self._open.append(_Frame(value, node))

    def _add(self, value: Plain, node: _Node | int) -> None:
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
            frame.key = None
        else:
            frame.skip = False

    def _refuse_key(self, frame: _Frame, key: str, place: int) -> None:
        """Report a merge key, or one that is there already, and pass its value over."""
        at = _position(place)
        if key == "<<":
            message = '"<<": merge keys are not allowed; write the fields out'
            self.findings.append(Finding("no-aliases", message, at=at))
        else:
            message = (
                f'"{key}" is written twice, first on line {_position(frame.node.keys[key]).line}; '
                "keep one, or give the second another name"
            )
            self.findings.append(Finding("duplicate-key", message, at=at))
        frame.skip = True

    def _refuse_unprintable(self, text: str, event: yaml.Event) -> None:
        if unprintable := UNPRINTABLE.search(text):
            code = ord(unprintable[0])
            escape = f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
            message = (
                f"this text holds the character U+{code:04X} ({name(unprintable[0], 'control')}), "
                f"which cannot be seen; remove it, or the {escape} that stands for it"
            )
            self.findings.append(Finding("printable-text", message, at=_at(event)))

    def _refuse_extras(self, event: Any) -> None:
        """Report an alias, an anchor or a tag: each hides what is written, or where."""
        if event.anchor is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            message = f'"{sign}{event.anchor}": aliases are not allowed; write the value out'
            self.findings.append(Finding("no-aliases", message, at=_at(event)))
        if (tag := getattr(event, "tag", None)) is not None:
            short = tag.replace("tag:yaml.org,2002:", "!!")
            message = f'"{short}": tags are not allowed, since every value is text; remove it'
            self.findings.append(Finding("no-tags", message, at=_at(event)))


def _place_of_event(event: Any) -> int:
    start, end = event.start_mark, event.end_mark
    one_line = isinstance(event, yaml.ScalarEvent | yaml.AliasEvent) and end.line == start.line
    width: int = max(1, end.column - start.column) if one_line else 1
    place: int = start.line << 64 | start.column << 32 | width
    return place


def _place_of(node: _Node | int) -> int:
    return node if isinstance(node, int) else node.at


def _position(place: int) -> Position:
    return Position((place >> 64) + 1, (place >> 32 & 0xFFFFFFFF) + 1, place & 0xFFFFFFFF)


def _at(event: Any) -> Position:
    return _position(_place_of_event(event))
