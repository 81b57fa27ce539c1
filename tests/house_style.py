"""The house style: words not to use where people read, and what to say instead.

To add one: a pattern, and what to say. What must keep such a word is an exception in
`test_house_style.py`, with its reason.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Word(NamedTuple):
    """A word not to use, as a pattern, and what to say instead."""

    pattern: str
    instead: str


WORDS = (
    Word(r"\bperhaps (?:£|in )", "up to £464m more is in doubt"),
    Word(r"\bperhaps:", "in doubt:"),
    Word(r"\bmay (?:already )?lie in\b", "may be part of"),
    Word(r"\bparts exceed it\b", "parts add to £2,416m"),
    Word(r"\bcounted elsewhere\b", "£318m under Families First"),
    Word(r"\bitemise[ds]?\b", "broken down, breaks down"),
    Word(r"\bunsplit\b", "no yearly split"),
    Word(r"\bheadline against headline\b", "all money against £2.6bn"),
    Word(r"\ba year, asked for over\b", "yearly average (the ask ÷ 4)"),
    Word(r"\bfinancial years of both\b", "the Review's four years, 2023-24 to 2026-27"),
    Word(r"\bnot decided\b", "not settled"),
    Word(r"\blies between the least and the most\b", "£575m may be new or not; £191m is enough"),
    Word(r"\bnew or not, can only show\b", "all money includes old money, so … proves nothing"),
    Word(r"\bdoubtful sums as separate\b", "counting the £464m in doubt as extra"),
    Word(r"\bdue now, for what\b", "under way"),
    Word(r"\bnone shows it\b", "no outcome found, once, in the heading"),
    Word(r"\b(?:says )?where was looked\b", "where we looked"),
    Word(r"\bmend them\b", "fix them and run again"),
    Word(r"\bis there already\b", "exists already; not overwritten (use --force)"),
    Word(r"\d{4}-\d\d ?\.\. ?\d{4}-\d\d", "2026-27 to 2028-29"),
    Word(r"\bFY \d{4}", "2026-27"),
    Word(r"\b(?:met-late|partly-met|not-met|not-decided|due-now)\b", "met late, not settled"),
    Word(r"(?<![\w-])(?-i:dfe|dhsc)(?![\w-])", "DfE, DHSC"),
    Word(r"(?<![\w−])-£?\d[\d,.]*(?:m|bn|%)", "a true minus, −£384m"),
    Word(r"\bto the (?:season|year|month|day|quarter)$", "no more than the words of the date"),
)


def faults(text: str) -> list[str]:
    """Return each word of a text that is not to be used, with what to say instead, once each."""
    found = (
        f'"{match[0]}": say "{word.instead}"'
        for word in WORDS
        for match in re.finditer(word.pattern, text, re.IGNORECASE | re.MULTILINE)
    )
    return list(dict.fromkeys(found))
