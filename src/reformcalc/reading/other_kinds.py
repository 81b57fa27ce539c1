"""What a file is that is no YAML text, and how to give it: for who has a workbook, or Notepad."""

from __future__ import annotations

import re

_SAVE = (
    "in Notepad choose File, Save as, and under Encoding UTF-8; in Excel save a table as "
    '"CSV UTF-8"'
)
NO_TEXT = f"this is not UTF-8 text; save the file as UTF-8: {_SAVE}"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_ZIP = b"PK\x03\x04"
# What files of other programs begin with, and what each is.
_BEGINS = (
    (b"\xd0\xcf\x11\xe0", "an old workbook or document (.xls, .doc)"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a Word document (.rtf)"),
    (b"<!DOCTYPE", "a web page"),
    (b"<html", "a web page"),
)
_AS_A_SHEET = (
    "give it under its own name, as plan.xlsx or plan.csv, with a heading over each column "
    "(Action, Due, Owner)"
)
_HEADINGS = re.compile(
    r"\b(?:action|title|task|milestone|due|deadline|owner|lead|status|rag|progress)\b",
    re.IGNORECASE,
)


def of_another_kind(raw: bytes) -> str:
    """Say what a file is by the bytes that it begins with; "" where it may be text."""
    if raw.startswith(_ZIP):
        if b"word/" in raw:
            kind, advice = "a Word document", f"save it as plain text: {_SAVE}"
        elif b"xl/" in raw:
            kind, advice = "an Excel workbook", _AS_A_SHEET
        else:
            kind, advice = "a workbook or a zip file", _AS_A_SHEET
        return f"this is {kind}, not text; {advice}"
    kind = next((kind for begins, kind in _BEGINS if raw.startswith(begins)), "")
    if kind:
        return f"this is {kind}, not text; save a table as .xlsx or .csv and give that, or {_SAVE}"
    if raw.startswith(_UTF_16):
        return f"this is UTF-16, not UTF-8 text; save the file as UTF-8: {_SAVE}"
    return ""


def as_a_table(text: str) -> str:
    """Say that a text is a table with headings, "" where it is none: no line of it has a field."""
    first = text.lstrip("\n\r").partition("\n")[0].rstrip("\r")
    cells = max((first.split(sign) for sign in ",;\t|"), key=len)
    if len(cells) < 2 or ":" in first or first.lstrip().startswith(("#", "-", "{", "[")):
        return ""
    if not any(_HEADINGS.search(cell) for cell in cells):
        return ""
    return f"this is a table (CSV), not YAML; {_AS_A_SHEET}"
