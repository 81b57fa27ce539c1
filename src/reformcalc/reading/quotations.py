"""Finding a quotation in the text of its document, whatever extraction did to the text.

White space, curly and straight quotes, dashes, emphasis and hyphens at line ends are folded; note
numbers, and the footnotes and rules between two pages, are passed over, so that a sentence broken
by a page foot is whole again.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

_MARKS = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})
_FOOTNOTE = re.compile(r"\s*<sup>\d+</sup>\s.*")
_PAGE_FOOT = re.compile(r"-{3,}|\d+|")
_NOTE_OR_EMPHASIS = re.compile(r"<sup>\d+</sup>|\*\*|</?b>|</?u>")
# Neither part of a link reaches beyond the next bracket that opens: each letter is read once.
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*(?:\([^()]*\)[^()]*)*\)")
_MOST_SEEN = 200  # places at which the words of a quotation are looked for
_MOST_COMPARED = 4  # passages of a document that are compared with one letter by letter
_MOST_LETTERS = 240  # of a passage; more than twelve words have


@dataclass(frozen=True)
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
        there = bool(words) and words in self.folded
        at = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", self.folded) if there else None
        if at:
            return self.lines[at.start()]
        return self.notes.find(fragment) if self.notes else None

    def nearest(self, fragment: str) -> tuple[int, str]:
        """Return the passage that is most like a quotation, with its line.

        Passages are told by their rarest words, and the likeliest of them compared letter by
        letter, so that it takes the same time in any document.
        """
        wanted = fold(fragment).split()
        if not self._words:
            return 1, ""
        last = max(0, len(self._words) - len(wanted))
        votes: Counter[int] = Counter()
        for place, word in sorted(enumerate(wanted), key=lambda one: len(self._places[one[1]])):
            left = _MOST_SEEN - votes.total()
            for at in self._places[word][:left]:
                votes[min(max(0, at - place), last)] += 1
        close = sorted(votes, key=lambda at: (-votes[at], at))[:_MOST_COMPARED] or [0]
        passages = {at: self._passage(at, len(wanted)) for at in close}
        compared = SequenceMatcher(b=" ".join(wanted)[:_MOST_LETTERS])

        def likeness(at: int) -> float:
            compared.set_seq1(passages[at])
            return compared.ratio()

        best = max(close, key=likeness)
        return self.lines[self._words[best][0]], passages[best]

    def _passage(self, start: int, count: int) -> str:
        words = " ".join(word for _, word in self._words[start : start + count])
        return f"{words[:_MOST_LETTERS]}…" if len(words) > _MOST_LETTERS else words

    @cached_property
    def _words(self) -> list[tuple[int, str]]:
        """Each word, with the letter at which it begins."""
        return [(match.start(), match[0]) for match in re.finditer(r"\S+", self.folded)]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Which words of the text each word is; none for one that it does not have."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, (_, word) in enumerate(self._words):
            places[word].append(place)
        return places


def read(text: str) -> Text:
    """Fold a document's text."""
    numbered = list(enumerate(text.splitlines(), start=1))
    notes = _folded([(n, line) for n, line in numbered if _FOOTNOTE.fullmatch(line)])
    body = [(n, line) for n, line in numbered if not _is_page_foot(line)]
    folded, lines = _folded(body)
    return Text(folded, lines, Text(*notes))


def _is_page_foot(line: str) -> bool:
    """Whether a line is empty, a rule, the number of a page or a footnote."""
    return bool(_PAGE_FOOT.fullmatch(line.strip()) or _FOOTNOTE.fullmatch(line))


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
