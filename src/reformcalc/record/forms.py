"""What may be written in a field of each kind, as JSON Schema: for editors.

The patterns are made of the words that the parsers know, and take whatever these take: they may let
a slip pass that `reformcalc validate` finds, and never mark what is right. A YAML 1.2 reader takes
`2027` for a number and `true` for a yes, so those may stand where a parser reads their text.
"""

from __future__ import annotations

from typing import Any

from reformcalc.printable import HIDDEN
from reformcalc.record.fields import LONGEST_ID, LONGEST_NAME, MOST_WORDS
from reformcalc.values import money, recurrence, spans
from reformcalc.values.nearest import LEADS


def _either_case(word: str) -> str:
    """Write a word so that a pattern finds it in small letters and in capitals."""
    letters = (f"[{one}{one.upper()}]" if one.isalpha() else one for one in word)
    return "".join(letters).replace(" ", r"\s+")


def _any(*forms: str) -> str:
    return f"(?:{'|'.join(forms)})"


def _words(*words: str) -> str:
    return _any(*map(_either_case, words))


_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_SCALE = rf"(?:\s?{_words(*money.SCALES)})?"
_QUALIFIER = rf"(?:{_words(*money.WORDS)}\s+)?"
_POUNDS = rf"£{_NUMBER}{_SCALE}"
_AMOUNT = _any(rf"{_QUALIFIER}{_POUNDS}", rf"{_POUNDS}\s+to\s+{_POUNDS}")
_COUNT = rf"{_NUMBER}{_SCALE}(?:\s?%|\s+{_words('per cent')})?"
_QUANTITY = _any(
    _AMOUNT,
    rf"{_QUALIFIER}{_COUNT}",
    rf"{_COUNT}\s+to\s+{_COUNT}",
    rf"[-+{money.MINUS}]{_NUMBER}(?:\s?%|\s+{_words('per cent')})",
)

_ID = "[a-z0-9]+(?:-[a-z0-9]+)*"
_CALENDAR_YEAR = "(?:19|20|21)[0-9]{2}"
_FINANCIAL_YEAR = "[0-9]{4}-[0-9]{2}"
_DAY = rf"{_CALENDAR_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_FY = rf"{_words('fy')}\s+{_FINANCIAL_YEAR}"
_ORDINAL = _words("st", "nd", "rd", "th")
_MONTH = _words(*spans.MONTHS)
_SPAN = rf"(?:(?:{_words('the')}\s+)?{_words('end of')}\s+)*" + _any(
    _DAY,
    rf"(?:[0-9]{{1,2}}{_ORDINAL}?\s+)?{_MONTH}\s+{_CALENDAR_YEAR}",
    rf"{_words(*spans.SEASONS)}\s+{_CALENDAR_YEAR}",
    _CALENDAR_YEAR,
    _FY,
    rf"(?:[qQ][1-4]|[hH][12])\s+{_FINANCIAL_YEAR}",
    rf"{_words(*spans.THIRDS)}\s+{_any(_CALENDAR_YEAR, _FY)}",
)
# The first of two may leave its year out; what else it says is left to `validate`.
_FIRST = r"[0-9A-Za-z][0-9A-Za-z\s-]*"
_CORE = rf"(?:{_FIRST}\s+to\s+)?{_SPAN}"
_CONDITION = _any(
    rf"{_words('when', 'once', 'if', 'subject to', 'after', 'following')}\s+[^0-9]+",
    _words("in due course", "by the end of the parliament", "by the end of this parliament"),
)
_COUNTED = rf"(?:within\s+)?[1-9][0-9]{{0,2}}\s+(?:day|week|month|year)s?\s+(?:of|before)\s+{_ID}"
_DUE = _any(
    rf"(?:{_words(*LEADS)}\s+)?{_CORE}", rf"{_FIRST}\s*\.\.\s*{_SPAN}", _COUNTED, _CONDITION
)
_PERIOD = _any(
    *recurrence.NAMED,
    recurrence.TERMLY,
    r"every\s+\w+\s+(?:week|month|year)s?",
    r"[a-z0-9]+-(?:week|month|year)ly",
)
_RUN = rf"{_FINANCIAL_YEAR}(?:\s*\.\.\s*{_FINANCIAL_YEAR})?"

_HIDDEN = "".join(
    one if one == "-" else rf"\u{ord(one):04x}" for one in HIDDEN if ord(one) < 0x10000
).rstrip("-")
_PLAIN = ("string", "number", "boolean")
_OR_YEAR = ("string", "integer")


def _form(
    title: str,
    pattern: str,
    *examples: str,
    types: tuple[str, ...] = ("string",),
    says: str = "",
    **more: Any,
) -> dict[str, Any]:
    """Return the schema of text that has a pattern, and of what else an editor takes it for.

    What does not fit, in its letters or as another kind of value, `says` how it is written.
    """
    quoted = ", ".join(f'"{one}"' for one in examples)
    says = says or f"Not {title}{f', as {quoted}' if quoted else ''}"
    return {
        "title": title,
        "type": types[0] if len(types) == 1 else [*types],
        "pattern": rf"^\s*{_any(pattern)}\s*$",
        "patternErrorMessage": says,
        "errorMessage": says,
        **({"examples": [*examples]} if examples else {}),
        **more,
    }


# By the name that a field's parser gives: see `fields`.
FORMS: dict[str, dict[str, Any]] = {
    "text": _form(
        *("text without hidden letters", rf"[^{_HIDDEN}]*[^\s{_HIDDEN}]"),
        types=_PLAIN,
        says="No text, or letters that cannot be seen; write a value, or leave the field out",
    ),
    "label": _form(
        f"a label of {LONGEST_NAME} characters at most",
        rf"(?:\S|\s+(?=\S)){{1,{LONGEST_NAME}}}",
        types=_PLAIN,
    ),
    "file": _form("the name of a file, without its folder", r"[^./\\\s][^/\\]*"),
    "fragment": _form(
        f"a quotation of {MOST_WORDS} words at most",
        rf"(?:\S+\s+){{0,{MOST_WORDS - 1}}}\S+",
        types=_PLAIN,
    ),
    "id": _form(
        "an id: small letters, digits and single hyphens",
        _ID,
        types=("string", "integer"),
        maxLength=LONGEST_ID,
        minimum=0,
    ),
    "amount": _form(
        *("an amount", _AMOUNT, "£45m", "over £45m", "up to £1.2bn", "£25m to £27m"),
        "about £300m",
    ),
    "part": _form("one figure", _POUNDS, "£29m"),
    "existing": _form("an amount, or all", _any(_AMOUNT, "all"), "£253.5m", "£0", "all"),
    "number": _form(
        *("a number", _QUANTITY, "9,000", "up to 500", "12.43%", "-5.2%", "£3,000"),
        types=("string", "number"),
        minimum=0,
    ),
    "index": _form(
        *("an index number", _NUMBER, "88.2512"), types=("number", "string"), exclusiveMinimum=0
    ),
    "day": _form("a day", _DAY, "2023-02-02"),
    "due": _form(
        *("a date, or words for one", _DUE, "spring 2024", "by the end of 2023", "from April 2023"),
        *("FY 2026-27", "FY 2026-27..FY 2028-29", "6 weeks before ID"),
        "when parliamentary time allows",
        types=_OR_YEAR,
        minimum=1900,
        maximum=2199,
    ),
    "when": _form(
        *("a day, or words for one", _any(_CORE, rf"{_DAY}\s*\.\.\s*{_DAY}")),
        *("2023-02-02", "March 2024", "2023-02-02..2023-05-11"),
        types=_OR_YEAR,
        minimum=1900,
        maximum=2199,
    ),
    "year": _form("a financial year", _FINANCIAL_YEAR, "2023-24"),
    "years": _form("financial years", _RUN, "2023-24", "2023-24..2024-25"),
    "prices": _form(
        *("the prices of a year", _any("cash", "not stated", _FINANCIAL_YEAR)),
        *("cash", "2022-23", "not stated"),
    ),
    "numbered-year": _form(
        *("a year", _any("year [1-9][0-9]?", _FINANCIAL_YEAR), "year 1", "2023-24")
    ),
    "period": _form(*("a period", _PERIOD, *recurrence.NAMED, "every 6 weeks", recurrence.TERMLY)),
    "truth": _form(
        *("true or false", _any("true", "false"), "true", "false"),
        types=("boolean", "string"),
        says='Yes is written "true", and no "false"',
    ),
    "count": _form(
        "a whole number from 1 to 999",
        "[1-9][0-9]{0,2}",
        types=("integer", "string"),
        minimum=1,
        maximum=999,
        says='Not a whole number from 1 to 999; write it in digits: "4"',
    ),
    "code": _form(
        *("a code of 3 to 12 capital letters and digits", "[A-Z0-9]{3,12}", "E06000023"),
        types=("string", "integer"),
        minimum=0,
    ),
}
