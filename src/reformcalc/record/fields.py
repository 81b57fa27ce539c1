"""One parser per kind of field, attached to its pydantic type.

Every value arrives as the text that was written. Each type here turns it into a value or refuses
it with the id of the rule that it breaks and a message that shows the accepted form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import (
    no_info_before_validator_function,
    no_info_plain_validator_function,
)

from reformcalc.errors import did_you_mean
from reformcalc.values.due import WAITS, Due, parse_day, parse_due, parse_when
from reformcalc.values.money import Amount, Qualifier, Quantity, parse_amount, parse_quantity
from reformcalc.values.recurrence import parse_period
from reformcalc.values.years import FinancialYear, Years, parse_year, parse_years

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MOST_WORDS = 12  # the longest quotation that a claim may hold
LONGEST_ID = 60  # characters
LONGEST_NAME = 38  # characters: what a row of a screen has room for, beside its figures


def refuse(rule: str, message: str) -> PydanticCustomError:
    """Make the error that pydantic collects: `rule` becomes the finding's rule id."""
    return PydanticCustomError(rule, "{message}", {"message": message})


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """Says that a field holds ids of a section: by itself, or in words that match `within`."""

    section: str
    within: re.Pattern[str] | None = None  # its group "id" is the id

    def named_by(self, text: str) -> str | None:
        """Return the id that a text of the field names, None where it names none."""
        if self.within is None:
            return text
        match = self.within.fullmatch(_one_line(text))
        return match["id"] if match else None


@dataclass(frozen=True, slots=True, eq=False)
class _Reads:
    """Reads a field with `parse`, which takes text and raises ValueError.

    `form` is the name of what may be written, of `record.forms`; or the few words that may be.

    It stands where pydantic's PlainValidator could: that one also works out a schema of the type
    that it returns, twice for each field, which was a third of the time to start.
    """

    rule: str
    parse: Callable[[str], Any]
    form: str | tuple[str, ...]

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        parse = self.parse

        def read(value: object) -> object:
            if type(value) is str and not value.isspace() and value:
                try:
                    return parse(value)
                except ValueError as error:
                    raise refuse(self.rule, str(error)) from None
            raise refuse("field-shape", _shape(value))

        return no_info_plain_validator_function(read)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"form": self.form} if isinstance(self.form, str) else {"enum": [*self.form]}


@dataclass(frozen=True, slots=True, eq=False)
class _Before:
    """Makes of what is written what a field holds, before that is read.

    It stands where pydantic's BeforeValidator could: that one works out a schema of what may be
    written for each field, at every start. Here `written` makes it of that of the field, when it
    is asked for.
    """

    make: Callable[[object], object]
    written: Callable[[JsonSchemaValue, GetJsonSchemaHandler], JsonSchemaValue]

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return no_info_before_validator_function(self.make, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return self.written(handler(schema), handler)


def _shape(value: object) -> str:
    """Say what stands where text should."""
    if isinstance(value, str):
        return "nothing is written here; write a value or leave the field out"
    if isinstance(value, list):
        return "this is a list, where one value must be written"
    return (
        "these are fields, where one value must be written; if they are dated figures, "
        'begin the line with "- "'
    )


# The same ids, days and years are written again and again.
_remembered = lru_cache(maxsize=1024)


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return text if line == text else line  # nearly always the same: it is then kept but once


def _id(text: str) -> str:
    if not _ID.fullmatch(text) or len(text) > LONGEST_ID:
        tidy = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:LONGEST_ID]
        advice = f'; write "{tidy}"' if tidy else ""
        raise ValueError(
            f'"{text}" is not an id: small letters, digits and single hyphens, at most '
            f"{LONGEST_ID}{advice}"
        )
    return text


@_remembered
def _one_id(text: str) -> str:
    """Read one id of a list."""
    ids = [part.strip() for part in text.split(",")]
    if len(ids) > 1 and all(map(_ID.fullmatch, ids)):
        raise ValueError(f'"{text}" is not an id; for several write [{", ".join(ids)}]')
    return _id(text)


def _fragment(text: str) -> str:
    words = text.split()
    if len(words) > MOST_WORDS:
        raise ValueError(
            f"this quotation has {len(words)} words; keep the {MOST_WORDS} or fewer that carry "
            f'the figure or the date, as "{_telling(words)}"'
        )
    return _one_line(text)


def _telling(words: Sequence[str]) -> str:
    """Return as many words as a quotation may have, up to the last that has a figure."""
    figures = (at for at, word in enumerate(words) if any(map(str.isdigit, word)))
    end = max(max(figures, default=MOST_WORDS - 1) + 1, MOST_WORDS)
    return " ".join(words[end - MOST_WORDS : end])


def _label(text: str) -> str:
    label = _one_line(text)
    if len(label) > LONGEST_NAME:
        raise ValueError(
            f'"{label}" has {len(label)} characters; a label has {LONGEST_NAME} at most, so that a '
            "row of a screen has room for it"
        )
    return label


def _file_name(text: str) -> str:
    if "/" in text or "\\" in text or text.startswith("."):
        raise ValueError(f'"{text}" is not the name of a file; write it without its folder')
    return text


def _code(text: str) -> str:
    if not re.fullmatch(r"[A-Z0-9]{3,12}", text):
        raise ValueError(
            f'"{text}" is not a code: 3 to 12 capital letters and digits, as "E06000023"'
        )
    return text


def _truth(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(f'"{text}" is written here; yes is written "true", and no "false"')
    return text == "true"


def _count(text: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,2}", text):
        raise ValueError(f'"{text}" is not a whole number from 1 to 999; write it in digits: "4"')
    return int(text)


_LEAST_INDEX, _MOST_INDEX = Decimal("0.01"), Decimal(10**6)  # the base is 100


def _index(text: str) -> Decimal:
    try:
        quantity = parse_quantity(text)
    except ValueError:
        quantity = None
    fits = quantity and not quantity.unit and quantity.amount.qualifier is Qualifier.EXACT
    if not quantity or not fits or not _LEAST_INDEX <= quantity.amount.stated <= _MOST_INDEX:
        raise ValueError(f'"{text}" is not an index number; write it in digits: "88.2512"')
    return quantity.amount.stated


def _existing(text: str) -> Amount | str:
    """Read how much was being spent before, in all: an amount, or "all"."""
    try:
        return text if text == "all" else parse_amount(text)
    except ValueError as error:
        raise ValueError(f'{error}, or "all"') from None


# What pydantic adds to a route where a field may be one value or fields: nobody writes it.
FORMS = ("[one value]", "[by year]")


def _form(value: object) -> str:
    return FORMS[isinstance(value, dict)]


def _exact(text: str) -> Amount:
    """Read an amount that stands for itself: sums are taken apart by it."""
    amount = parse_amount(text)
    if amount.qualifier is not Qualifier.EXACT:
        raise ValueError(
            f'"{text}" leaves open how much it is; write one figure, as "£29m", or where no source '
            "gives one, may_overlap instead of part_of"
        )
    return amount


def _year_label(text: str) -> FinancialYear | int:
    """Read a benchmark's year: a financial year, or "year 1" where the source only counts."""
    match = re.fullmatch(r"year ([1-9][0-9]?)", text)
    if match is None and text.lower().startswith("year"):
        raise ValueError(f'"{text}" is not a year; number it as "year 1", or write "2023-24"')
    return int(match[1]) if match else parse_year(text)


def _price_basis(text: str) -> FinancialYear | str:
    """Read the prices that a sum is in: cash, those of a financial year, or not stated."""
    try:
        return text if text in ("cash", "not stated") else parse_year(text)
    except ValueError as error:
        raise ValueError(f'{error}; or "cash", or leave the field out') from None


def one_of(*known: str) -> _Reads:
    """Make a validator for one of a few words."""

    def parse(text: str) -> str:
        if text not in known:
            listed = ", ".join(f'"{word}"' for word in known)
            raise ValueError(f'"{text}" is none of {listed}{did_you_mean(text, known)}')
        return text

    return _Reads("known-choice", parse, known)


def _one_or_many(value: object) -> object:
    """Let one value stand for a list of one."""
    return value if isinstance(value, list) else [value]


def _one_or_dated(value: object) -> object:
    """Let a value without a date stand for a single revision; a list holds dated ones."""
    return value if isinstance(value, list) else [{"is": value}]


def _amount_or_unknown(value: object) -> object:
    """Let "unknown" stand for no amount: it says that no source gives one."""
    return [] if value == UNKNOWN else _one_or_dated(value)


def _in_order(told: dict[Any, Any]) -> dict[Any, Any]:
    """Return a mapping in order of its keys: numbered years before those of the calendar."""
    if len(told) < 2:
        return told
    return dict(sorted(told.items(), key=lambda one: (not isinstance(one[0], int), one[0])))


UNKNOWN = "unknown"
IN_ORDER = AfterValidator(_in_order)


def _is_read(schema: JsonSchemaValue) -> bool:
    """Whether a schema is of what a list is read as, and not yet of what may be written for it.

    The oldest pydantic that we take asks for the latter again of what it was given.
    """
    return "items" in schema


def _written_once_or_more(schema: JsonSchemaValue, _: GetJsonSchemaHandler) -> JsonSchemaValue:
    return {"anyOf": [schema["items"], schema]} if _is_read(schema) else schema


def _written_dated(schema: JsonSchemaValue, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
    """A value without a date is what a dated one says under "is"."""
    if not _is_read(schema):
        return schema
    revision = handler.resolve_ref_schema(schema["items"])
    value = {**revision["properties"]["is"]}
    value.pop("description")
    return {"anyOf": [value, schema]}


def _written_or_unknown(schema: JsonSchemaValue, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
    if not _is_read(schema):
        return schema
    written = _written_dated(schema, handler)
    return {"anyOf": [*written["anyOf"], {"enum": [UNKNOWN]}]}


SEVERAL = _Before(_one_or_many, _written_once_or_more)  # one value, or a list of them
DATED = _Before(_one_or_dated, _written_dated)  # one value, or a list of dated ones
SIZED = _Before(_amount_or_unknown, _written_or_unknown)  # that, or the word that none is known

Text = Annotated[str, _Reads("field-shape", _one_line, "text")]
Label = Annotated[str, _Reads("field-shape", _label, "label")]
FileName = Annotated[str, _Reads("field-shape", _file_name, "file")]
Fragment = Annotated[str, _Reads("fragment-length", _fragment, "fragment")]
Id = Annotated[str, _Reads("id-form", _remembered(_id), "id")]
Money = Annotated[Amount, _Reads("amount-form", parse_amount, "amount")]
PartOfSum = Annotated[Amount, _Reads("amount-form", _exact, "part")]
Number = Annotated[Quantity, _Reads("number-form", parse_quantity, "number")]
Index = Annotated[Decimal, _Reads("number-form", _index, "index")]
Day = Annotated[date, _Reads("day-form", _remembered(parse_day), "day")]
DueWords = Annotated[
    Due, _Reads("date-form", _remembered(parse_due), "due"), Names("milestones", WAITS)
]
WhenWords = Annotated[Due, _Reads("date-form", _remembered(parse_when), "when")]
Year = Annotated[FinancialYear, _Reads("year-form", _remembered(parse_year), "year")]
_ExistingInAll = Annotated[Amount | Literal["all"], _Reads("amount-form", _existing, "existing")]
ByYear = Annotated[dict[Year, Money], IN_ORDER, Field(min_length=1)]
Existing = Annotated[
    Annotated[_ExistingInAll, Tag(FORMS[0])] | Annotated[ByYear, Tag(FORMS[1])],
    Discriminator(_form),
]
YearRun = Annotated[Years, _Reads("year-form", _remembered(parse_years), "years")]
PriceBasis = Annotated[FinancialYear | str, _Reads("year-form", _price_basis, "prices")]
YearLabel = Annotated[FinancialYear | int, _Reads("year-form", _year_label, "numbered-year")]
PeriodWords = Annotated[str, _Reads("known-choice", parse_period, "period")]
Truth = Annotated[bool, _Reads("truth-form", _truth, "truth")]
Count = Annotated[int, _Reads("count-form", _count, "count")]
# Where several may stand, a comma most often is meant to part them.
_OneId = Annotated[str, _Reads("id-form", _one_id, "id")]
Ids = Annotated[tuple[_OneId, ...], SEVERAL]

_Code = Annotated[str, _Reads("code-form", _code, "code")]
Codes = Annotated[tuple[_Code, ...], SEVERAL]


def in_short(part: Any) -> _Before:
    """Make a validator that lets text alone stand for a part, as the part says."""

    def whole(value: object) -> object:
        return {part.in_short: value} if isinstance(value, str) else value

    def written(schema: JsonSchemaValue, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        text = {**handler.resolve_ref_schema(schema)["properties"][part.in_short]}
        text.pop("description")
        return {"anyOf": [text, schema]}

    return _Before(whole, written)
