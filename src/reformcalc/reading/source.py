"""YAML text to plain text, lists and mappings, with the position of every value.

The only importer of yaml. Every scalar stays the text that was written, so that `no`, `012`,
`1.10` and `12:30` mean what the reader sees. What YAML allows and a dataset does not need
(aliases, anchors, tags, a second document, keys that are not plain text) is refused, because it
hides where a figure is written.

Works from parser events, without recursion, so nesting without end is only a finding. A text is
first read as if nothing in it were out of the ordinary; where something is, or where it has to be
said where a value stands, it is read again by what keeps places and finds faults.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from sys import intern
from typing import TYPE_CHECKING, Any, ClassVar
from unicodedata import name

import yaml

from reformcalc.findings import Finding, Position, Route
from reformcalc.printable import UNPRINTABLE, surely_printable
from reformcalc.reading.put_right import put_right, whole_in_quotes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reformcalc.findings import Plain

MAX_DEPTH = 20
_MERGE = "<<"  # the key that YAML 1.1 copies another mapping's fields by
# What follows these in a comment would be read, and not seen.
_HIDDEN_BREAK = re.compile("[\x85\u2028\u2029]")
# Spaces that YAML takes for letters, where it needs one of its own: in an indent, after a colon.
_ODD_SPACES = "[\xa0\u1680\u180e\u2000-\u200b\u202f\u205f\u2060\u3000]"
_ODD_SPACE = re.compile(rf"(?:^|\r)[ -]*(?P<key>\w[\w-]*:)?(?={_ODD_SPACES})", re.MULTILINE)
# Of what cannot be printed, that which YAML allows: the parser itself stops at the rest.
_UNSEEN = re.compile(rf"(?![\x00-\x1f\x7f-\x9f\ud800-\udfff]){UNPRINTABLE.pattern}")
# A comment begins with a space after its sign: "#3" was most likely meant as part of the text.
_CUT = re.compile(r"[ \t]+#(?=\w)")
_MAY_CUT = re.compile(r"#(?<=[ \t]#)(?=\w)")  # the same, soon looked for in all of a text
_LINE_END = re.compile("\r\n?|\n")
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_START = Position(1, 1)
_STARTS: dict[type, type[dict[str, Plain] | list[Plain]]] = {
    yaml.MappingStartEvent: dict,
    yaml.SequenceStartEvent: list,
}
_ENDS = {yaml.MappingEndEvent, yaml.SequenceEndEvent}
_IN_A_LINE = {yaml.ScalarEvent, yaml.AliasEvent}  # what may have a width
_GAVE_UP = (yaml.YAMLError, UnicodeEncodeError)  # what the parser raises


@dataclass(slots=True)
class _Node:
    """Where one value is written, and where its parts are: by key, or by place in a list."""

    at: Position
    keys: dict[str | int, Position] = field(default_factory=dict)
    parts: dict[str | int, _Node] = field(default_factory=dict)


@dataclass(frozen=True)
class Parsed:
    """One text as plain values, with what YAML itself finds wrong in it.

    `value` is None where the text is empty or cannot be read to its end.
    """

    text: str
    value: Plain | None
    findings: tuple[Finding, ...]
    account: ClassVar[None] = None  # of what was read as what: YAML says it itself

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, without their ends."""
        return self.text.splitlines()

    def excerpt(self, at: Position) -> str:
        """Return the line of a place."""
        return self.lines[at.line - 1] if at.line <= len(self.lines) else ""

    @cached_property
    def _root(self) -> _Node:
        """Where everything stands: read for it, since most texts have nothing to point at."""
        reader = _Reader(self.text)
        with suppress(_Stop):
            reader.read()
        return reader.root

    def locate(self, route: Route, *, on_key: bool = False) -> Position:
        """Return the position of a route, or of its nearest written ancestor.

        A lone value may stand for a list of one, or for one dated value: the steps into what is
        not written are passed over.
        """
        node, position = self._root, self._root.at
        for step in route:
            part = node.parts.get(step)
            if part is None and step in (0, "is", "in"):
                continue
            if part is None:
                break
            position = node.keys.get(step, part.at) if on_key else part.at
            node = part
        return position


class _Unusual(Exception):
    """The text holds something that has to be looked at more closely."""


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
    try:
        return Parsed(text, _ordinary(text), ())
    except (_Unusual, *_GAVE_UP):
        return parse_in_full(text)


def parse_in_full(text: str) -> Parsed:
    """Parse one YAML document with a look at everything in it, which takes a few times as long."""
    reader = _Reader(text)
    try:
        reader.read()
    except _Stop as stop:
        return Parsed(text, None, (*reader.findings, stop.finding))
    if reader.value in (None, ""):
        message = "the file is empty; remove it or write a section in it"
        empty = Finding("not-empty", message, at=_START)
        return Parsed(text, None, (*reader.findings, empty))
    return Parsed(text, reader.value, tuple(reader.findings))


def _ordinary(text: str) -> Plain:
    """Read a text that holds nothing to report, as nearly all do, as fast as can be.

    Raises _Unusual, or what the parser raises, where `_Reader` would report anything.
    """
    if _may_hold_unprintable(text) or _MAY_CUT.search(text):
        raise _Unusual
    following = _LOADER(text).get_event
    following()  # the stream begins
    if type(following()) is not yaml.DocumentStartEvent:
        raise _Unusual
    value = _content(following)
    if value == "" or type(following()) is not yaml.StreamEndEvent:
        raise _Unusual
    return value


def _content(following: Callable[[], Any]) -> Plain:
    """Return what a document holds. Raises _Unusual at what `_Reader` may have to report."""
    content: list[Plain] = []
    inside: Any = content
    around: list[Any] = []  # what else is open
    key: str | None = None  # one whose value is yet to come
    scalar, end, ends = yaml.ScalarEvent, yaml.DocumentEndEvent, _ENDS
    while (kind := type(event := following())) is not end:
        value: Any
        if kind is scalar:
            if event.anchor is not None or event.tag is not None:
                raise _Unusual
            value = event.value
        elif kind in ends:
            inside = around.pop()
            continue
        else:
            value = _opened(event, kind, len(around))
        if key is not None:
            inside[key] = value
            key = None
        elif type(inside) is list:
            inside.append(value)
        elif kind is scalar and value not in inside and value != _MERGE:
            key = intern(value)
        else:
            raise _Unusual
        if kind is not scalar:
            around.append(inside)
            inside = value
    return content[0]


def _opened(event: Any, kind: type, depth: int) -> dict[str, Plain] | list[Plain]:
    """Return the empty mapping or list that an event begins."""
    alias = kind not in _STARTS
    if alias or event.anchor is not None or event.tag is not None or depth >= MAX_DEPTH:
        raise _Unusual
    return _STARTS[kind]()


def _may_hold_unprintable(text: str) -> bool:
    """Whether a text may hold what cannot be seen: itself, or as an escape."""
    if "\\" in text:
        return True
    if surely_printable(text):
        return False
    return any(form.search(text.replace("\r\n", "\n")) for form in (UNPRINTABLE, _ODD_SPACE))


def _fault(error: Exception, text: str) -> Finding:
    """Say in our words why the parser gave up, and where."""
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.context_mark if _begins_there(error) else error.problem_mark
        mark = mark or error.problem_mark or error.context_mark
        at = Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1)
        said = ", ".join(part for part in (error.context, error.problem) if part)
        if opened := _opening_quote(text, error.problem_mark):
            at, said = opened, "a quoted scalar that ends on another line"
        elif "mapping values are not allowed" in said and (above := _without_colon(text, at)):
            at, said = above, "a name without its colon"
        if shown := put_right(text.splitlines(), at, said):
            return Finding("valid-yaml", f"this cannot be read: {shown}", at=at)
        hint = _hint(said, _line(text, at.line), at.column)
        return Finding("valid-yaml", f"this is not YAML: {said}{hint}", at=at)
    message = (
        "half a character, which is no text; remove it"
        if isinstance(error, UnicodeEncodeError)
        else "a character that YAML does not allow; remove it"
    )
    return Finding("valid-yaml", message, at=place(_before(error, text)))


def _before(error: Exception, text: str) -> str:
    """Return the text up to where that begins which the parser gave up on."""
    if isinstance(error, UnicodeEncodeError):
        return text[: error.start]
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.context_mark or error.problem_mark
        return text[: mark.index if mark else 0]
    # The C parser counts bytes up to it, the other one letters.
    refused = yaml.reader.Reader.NON_PRINTABLE.search(text)
    return text[: refused.start() if refused else 0]


def _begins_there(error: yaml.MarkedYAMLError) -> bool:
    """Whether the fault is where something begins, not where the parser gave up on it."""
    context = error.context or ""
    if "quoted scalar" in context or "simple key" in context:
        return True
    begins, ends = error.context_mark, error.problem_mark
    return "flow" in context and bool(begins and ends and begins.line != ends.line)


def _opening_quote(text: str, fault: yaml.Mark | None) -> Position | None:
    """Return where a quotation began that ended just before a fault, if on another line.

    One that was never closed goes on to the next quotation mark, and what follows that is at fault.
    """
    line, column = (fault.line, fault.column) if fault else (0, 0)
    lines = text.splitlines()[: line + 1]
    before = "\n".join([*lines[:-1], *(last[:column] for last in lines[-1:])]).rstrip()
    mark = before[-1:]
    opens = before.rfind(mark, 0, -1) if mark in ('"', "'") else -1
    if opens < 0 or "\n" not in before[opens:]:
        return None
    return place(before[:opens])


def _without_colon(text: str, at: Position) -> Position | None:
    """Return the place of a name that lost its colon, on the line above one that has its own."""
    here, above = _line(text, at.line), _line(text, at.line - 1)
    begins = len(above) - len(above.lstrip())
    alike = not here[:begins].strip() and not here[begins : begins + 1].isspace()
    if (
        above.strip()
        and ":" not in above
        and alike
        and here[: at.column - 1].strip().isidentifier()
    ):
        return Position(at.line - 1, begins + 1)
    return None


def _hint(said: str, line: str, column: int) -> str:
    """Say in a user's words what the parser most likely stumbled over."""
    stopped = f"{line[: column - 1]}{_STOP}{line[column - 1 :]}"
    for problem, written, advice in _ADVICE:
        if problem.search(said) and written.search(stopped):
            return f"; {advice}"
    return ""


_STOP = "\0"  # no line holds it, so it can mark where the parser stopped in one
_QUOTE_START = "put quotes around text that begins so"
_QUOTE_ALL = "put quotes around the whole text, of the kind that is not in it"
# What the parser said, what the line has around the place where it stopped, and what to do.
_ADVICE = tuple(
    (re.compile(problem), re.compile(written), advice)
    for problem, written, advice in (
        ("", r"^\t|\0\t", "indent with spaces, not tabs"),
        ("", r"\0[@`%]", _QUOTE_START),
        (
            "hexa?decimal|escape",
            "",
            "in double quotes a backslash begins an escape: use single quotes, or write it twice",
        ),
        ("mapping values", r"^ *-[^ -].*\0", "write a space after the dash"),
        ("mapping values", r"^ +[\w-]+ *\0:", "indent this line like the one above"),
        ("mapping values", "", "put quotes around text that holds a colon"),
        ("simple key|without its colon", "", 'write it as "name: value"'),
        ("quoted scalar", "", "a quotation mark is opened and not closed"),
        (
            r"flow.*or '[}\]]'$",
            "",
            "a bracket is opened and not closed, or a comma is missing between two of its parts",
        ),
        ("", r"\0[\]}]", "this bracket was not opened; take it out, or put quotes around the text"),
        ("alias|anchor|block scalar|block sequence|mapping keys|node content", "", _QUOTE_START),
        (
            "expected key|'-'|block end",
            r"^ *\0",
            "indent this line like those that it belongs with",
        ),
        ("expected key|'-'|block end", "", _QUOTE_ALL),
    )
)


def _line(text: str, number: int) -> str:
    lines = text.splitlines()
    return lines[number - 1] if number <= len(lines) else ""


def place(before: str) -> Position:
    """Return the place that a text ends at. A line ends as YAML has it: CR alone does too."""
    lines = _LINE_END.split(before)
    return Position(len(lines), len(lines[-1]) + 1)


class _Reader:
    """Builds plain values from events, one at a time, with where each stands and what is wrong."""

    def __init__(self, text: str) -> None:
        self.findings: list[Finding] = []
        self.value: Plain | None = None
        self.root = _Node(_START)
        self._text = text
        self._open: list[_Frame] = []
        self._documents = 0
        self._taken = 0  # how many of the parser's events
        # Where some value may be cut by a comment: the lines, to look at what follows each.
        self._lines = _LINE_END.split(text) if _MAY_CUT.search(text) else []
        self._escapes = "\\" in text
        self._written: set[str] = set()  # what cannot be seen and is no escape: reported already

    def read(self) -> None:
        """Take the parser's events to the last. Raises _Stop where they end before."""
        self._refuse_what_misleads()
        self._refuse_unseen()
        try:
            self._take_all(_events(self._text))
        except _GAVE_UP as error:
            self._take_rest(error, self._text)
            raise _Stop(_fault(error, self._text)) from None

    def _take_rest(self, error: Exception, text: str) -> None:
        """Raise _Stop at what comes before a fault, and was never told of.

        The parser reads ahead on a line, further than brackets may be nested: what it gives up on
        there, or for a limit of its own, hides what stands before. What would only be reported is
        not taken from here, since the last word may be cut in half.
        """
        before = _before(error, text)
        reported = len(self.findings)
        try:
            self._take_all(islice(_events(before), self._taken, None))
        except _GAVE_UP as another:
            if len(before) < len(text):
                self._take_rest(another, before)
        del self.findings[reported:]

    def _take_all(self, events: Iterable[Any]) -> None:
        for event in events:
            self._taken += 1
            self._take(event, type(event))

    def _refuse_what_misleads(self) -> None:
        """Raise _Stop at what makes the text another one for YAML than for those who read it."""
        if hidden := _HIDDEN_BREAK.search(self._text):
            message = (
                f"the character U+{ord(hidden[0]):04X} ends a line for YAML, and not for those who "
                "read it; remove it"
            )
            at = place(self._text[: hidden.start()])
            raise _Stop(Finding("printable-text", message, at=at))
        if odd := _ODD_SPACE.search(self._text):
            code, at = ord(self._text[odd.end()]), place(self._text[: odd.end()])
            where = "after the colon" if odd["key"] else "at the beginning of this line"
            message = (
                f"this cannot be read: the space {where} is another character (U+{code:04X}, as "
                "Word and web pages have it); delete it, and press the space bar in its place"
            )
            raise _Stop(Finding("valid-yaml", message, at=at))

    def _take(self, event: Any, kind: type) -> None:
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind in _ENDS:
            self._open.pop()
        elif kind in _STARTS:
            self._start(event, _STARTS[kind]())
        elif kind is yaml.AliasEvent:
            if not (self._open and self._open[-1].skip):  # after a merge key: said already
                self._refuse_extras(event)
            if self._awaits_key():
                self._open[-1].skip = True
            else:
                self._add("", event)
        elif kind is yaml.DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                message = "a second document begins here; put it in a file of its own"
                raise _Stop(Finding("one-document", message, at=_position(event)))

    def _start(self, event: Any, value: dict[str, Plain] | list[Plain]) -> None:
        self._refuse_extras(event)
        if len(self._open) >= MAX_DEPTH:
            message = f"nested more than {MAX_DEPTH} deep; no dataset needs that"
            raise _Stop(Finding("nesting-depth", message, at=_position(event)))
        if self._awaits_key():
            message = (
                "a key must be plain text, not a list or a mapping; put quotes around text that "
                "begins with a bracket"
            )
            raise _Stop(Finding("text-keys", message, at=_position(event)))
        self._open.append(_Frame(value, self._add(value, event)))

    def _scalar(self, event: Any) -> None:
        self._refuse_extras(event)
        self._refuse_unprintable(event)
        if self._awaits_key():
            self._key(self._open[-1], event.value, event)
        else:
            self._warn_of_cut(event)
            self._add(event.value, event)

    def _awaits_key(self) -> bool:
        frame = self._open[-1] if self._open else None
        return (
            frame is not None
            and isinstance(frame.value, dict)
            and frame.key is None
            and not frame.skip
        )

    def _key(self, frame: _Frame, key: str, event: yaml.Event) -> None:
        at = _position(event)
        if key == _MERGE:
            message = '"<<": merge keys are not allowed; write the fields out'
            self.findings.append(Finding("no-aliases", message, at=at))
            frame.skip = True
        elif key in frame.value:
            message = (
                f'"{key}" is written twice, first on line {frame.node.keys[key].line}; '
                "keep one, or give the second another name"
            )
            self.findings.append(Finding("duplicate-key", message, at=at))
            frame.skip = True
        else:
            frame.key, frame.node.keys[key] = key, at

    def _add(self, value: Plain, event: yaml.Event) -> _Node:
        """Put a value where it belongs, and return its node."""
        node = _Node(_position(event))
        if not self._open:
            self.value, self.root = value, node
            return node
        frame = self._open[-1]
        if isinstance(frame.value, list):
            frame.node.parts[len(frame.value)] = node
            frame.value.append(value)
        elif frame.key is not None:
            frame.node.parts[frame.key] = node
            frame.value[frame.key] = value
            frame.key = None
        else:
            frame.skip = False
        return node

    def _refuse_unseen(self) -> None:
        """Report what is written and cannot be seen, also in a comment: once for each line."""
        if surely_printable(self._text):
            return
        for number, line in enumerate(self._text.removeprefix("\ufeff").splitlines(), start=1):
            if unseen := _UNSEEN.search(line):
                self._written.add(unseen[0])
                at = Position(number, unseen.start() + 1)
                self._unprintable(unseen[0], "remove it", at)

    def _refuse_unprintable(self, event: Any) -> None:
        """Report what an escape in a text stands for, where that cannot be seen."""
        unprintable = UNPRINTABLE.search(event.value) if self._escapes else None
        if unprintable and unprintable[0] not in self._written:
            code = ord(unprintable[0])
            escape = f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
            advice = f"remove the {escape} that stands for it"
            self._unprintable(unprintable[0], advice, _position(event))

    def _warn_of_cut(self, event: Any) -> None:
        """Report text without quotes that ends where a # begins a comment, if it looks like one."""
        end = event.end_mark
        line = self._lines[end.line] if end.line < len(self._lines) else ""
        unquoted = event.implicit[0] and event.value  # in quotes, or a block, it is text for YAML
        if unquoted and (cut := _CUT.match(line, end.column)):
            shown = whole_in_quotes(line)
            message = (
                f'"{event.value}" ends here, since a # after a space begins a comment; put quotes '
                f"around the text{f', as {shown}' if shown else ''}, or write a space after the #"
            )
            at = Position(end.line + 1, cut.end())
            finding = Finding("hash-in-quotes", message, at=at)
            self.findings.append(finding)

    def _unprintable(self, letter: str, advice: str, at: Position) -> None:
        message = (
            f"this text holds the character U+{ord(letter):04X} ({name(letter, 'control')}), which "
            f"cannot be seen; {advice}"
        )
        self.findings.append(Finding("printable-text", message, at=at))

    def _refuse_extras(self, event: Any) -> None:
        """Report an alias, an anchor or a tag: each hides what is written, or where."""
        if event.anchor is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            message = f'"{sign}{event.anchor}": aliases are not allowed; write the value out'
            self.findings.append(Finding("no-aliases", message, at=_position(event)))
        if (tag := getattr(event, "tag", None)) is not None:
            short = tag.replace("tag:yaml.org,2002:", "!!")
            message = f'"{short}": tags are not allowed, since every value is text; remove it'
            self.findings.append(Finding("no-tags", message, at=_position(event)))


def _events(text: str) -> Iterator[Any]:
    """Yield the parser's events but the last. Raises what the parser raises."""
    following = _LOADER(text).get_event
    while type(event := following()) is not yaml.StreamEndEvent:
        yield event


def _position(event: Any) -> Position:
    start, end = event.start_mark, event.end_mark
    one_line = type(event) in _IN_A_LINE and end.line == start.line
    width = max(1, end.column - start.column) if one_line else 1
    return Position(start.line + 1, start.column + 1, width)
