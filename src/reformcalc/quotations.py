"""Finding a quotation in the text of its document, whatever extraction did to the text.

White space, curly and straight quotes, dashes, emphasis and hyphens at line ends are folded; note
numbers, and the footnotes and rules between two pages, are passed over, so that a sentence broken
by a page foot is whole again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_MARKS = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})
_FOOTNOTE = re.compile(r"\s*<sup>\d+</sup>\s.*")
_PAGE_FOOT = re.compile(rf"\s*(?:-{{3,}}|\d+)?\s*|{_FOOTNOTE.pattern}")
_NOTE_OR_EMPHASIS = re.compile(r"<sup>\d+</sup>|\*\*|</?b>|</?u>")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Text:
    """A document's text folded into one line, with the line that each letter came from.

    `notes` is the same of its footnotes, which stand in the middle of its sentences.
    """

    folded: str
    lines: tuple[int, ...]
    notes: Text | None = None

    def find(self, fragment: str) -> int | None:
        """Return the line on which a quotation begins, or None if it is not there."""
        words = fold(fragment)
        # By whole words: "£200m" does not say "£20".
        at = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", self.folded) if words else None
        if at:
            return self.lines[at.start()]
        return self.notes.find(fragment) if self.notes else None

    def nearest(self, fragment: str) -> tuple[int, str]:
        """Return the passage that is most like a quotation, with its line."""
        wanted = fold(fragment).split()
        words = [(match.start(), match[0]) for match in re.finditer(r"\S+", self.folded)]
        if not words:
            return 1, ""
        starts = range(max(1, len(words) - len(wanted) + 1))
        shared = [len({w for _, w in words[at : at + len(wanted)]} & set(wanted)) for at in starts]
        close = [at for at in starts if shared[at] >= max(shared) - 1]
        passages = {at: " ".join(w for _, w in words[at : at + len(wanted)]) for at in close}
        best = max(close, key=lambda at: _likeness(" ".join(wanted), passages[at]))
        return self.lines[words[best][0]], passages[best]


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def read(text: str) -> Text:
    """Fold a document's text."""
    numbered = list(enumerate(text.splitlines(), start=1))
    notes = _folded([(n, line) for n, line in numbered if _FOOTNOTE.fullmatch(line)])
    body = [(n, line) for n, line in numbered if not _PAGE_FOOT.fullmatch(line)]
    folded, lines = _folded(body)
    return Text(folded, lines, Text(*notes))


def fold(fragment: str) -> str:
    """Fold a quotation the way a document is folded."""
    return _folded([(1, fragment)])[0].strip()


def _folded(numbered: list[tuple[int, str]]) -> tuple[str, tuple[int, ...]]:
    """Fold numbered lines into one, with the line that each letter came from."""
    letters: list[tuple[str, int]] = []
    for number, raw in numbered:
        for letter in f"{_plain(raw)} ":
            before = letters[-1][0] if letters else " "
            # A hyphen after a letter joins what follows, also over a line end; elsewhere it is a
            # dash, which is as good as a space.
            if letter in " -" and before in " -":
                continue
            letters.append((letter, number))
    kept = [(letter, number) for letter, number in letters if letter != "-"]
    return "".join(letter for letter, _ in kept), tuple(number for _, number in kept)


def _plain(text: str) -> str:
    text = _LINK.sub(r"\1", _NOTE_OR_EMPHASIS.sub("", text))
    text = text.replace("\\(", "(").replace("\\)", ")")
    return re.sub(r"\s+", " ", text.translate(_MARKS)).casefold()
