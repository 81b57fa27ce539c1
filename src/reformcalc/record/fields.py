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

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, TypeAdapter
from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import no_info_plain_validator_function

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


# An editor's YAML reader may take "2027" for a number and "true" for a yes: to us all are text.
_Written = str | float | bool


@dataclass(frozen=True, slots=True, eq=False)
class _Reads:
    """Reads a field with `parse`, which takes text and raises ValueError.

    It stands where pydantic's PlainValidator could: that one also works out a schema of the type
    that it returns, twice for each field, which was a third of the time to start.
    """

    rule: str
    parse: Callable[[str], Any]
    written: Any = _Written  # the type of what may be written, for editors
    examples: tuple[str, ...] = ()

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
        written = TypeAdapter(self.written).json_schema()
        return {**written, "examples": [*self.examples]} if self.examples else written


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
    return " ".join(text.split())


def _id(text: str) -> str:
    if not _ID.fullmatch(text) or len(text) > 60:
        tidy = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60]
        advice = f'; write "{tidy}"' if tidy else ""
        raise ValueError(
            f'"{text}" is not an id: small letters, digits and single hyphens, at most 60{advice}'
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
    return " ".join(words)


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


def _truth(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(f'"{text}" is written here; yes is written "true", and no "false"')
    return text == "true"


def _count(text: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,2}", text):
        raise ValueError(f'"{text}" is not a whole number of years; write it in digits: "4"')
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

    return _Reads("known-choice", parse, Literal[known])


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


Text = Annotated[str, _Reads("field-shape", _one_line)]
Label = Annotated[str, _Reads("field-shape", _label)]
FileName = Annotated[str, _Reads("field-shape", _file_name)]
Fragment = Annotated[str, _Reads("fragment-length", _fragment)]
Id = Annotated[str, _Reads("id-form", _remembered(_id), str)]
Money = Annotated[
    Amount,
    _Reads(
        "amount-form",
        parse_amount,
        examples=("£45m", "over £45m", "up to £1.2bn", "£25m to £27m", "about £300m"),
    ),
]
PartOfSum = Annotated[Amount, _Reads("amount-form", _exact, examples=("£29m",))]
Number = Annotated[
    Quantity,
    _Reads("number-form", parse_quantity, examples=("9,000", "up to 500", "12.43%", "£3,000")),
]
Index = Annotated[Decimal, _Reads("number-form", _index, examples=("88.2512",))]
Day = Annotated[date, _Reads("day-form", _remembered(parse_day), examples=("2023-02-02",))]
DueWords = Annotated[
    Due,
    _Reads(
        "date-form",
        _remembered(parse_due),
        examples=(
            "spring 2024",
            "by the end of 2023",
            "from April 2023",
            "FY 2026-27",
            "FY 2026-27..FY 2028-29",
            "6 weeks before ID",
            "when parliamentary time allows",
        ),
    ),
    Names("milestones", WAITS),
]
WhenWords = Annotated[
    Due,
    _Reads(
        "date-form",
        _remembered(parse_when),
        examples=("2023-02-02", "March 2024", "2023-02-02..2023-05-11"),
    ),
]
Year = Annotated[FinancialYear, _Reads("year-form", _remembered(parse_year), examples=("2023-24",))]
_ExistingInAll = Annotated[
    Amount | Literal["all"], _Reads("amount-form", _existing, examples=("£253.5m", "£0", "all"))
]
ByYear = Annotated[dict[Year, Money], IN_ORDER, Field(min_length=1)]
Existing = Annotated[
    Annotated[_ExistingInAll, Tag(FORMS[0])] | Annotated[ByYear, Tag(FORMS[1])],
    Discriminator(_form),
]
YearRun = Annotated[
    Years, _Reads("year-form", _remembered(parse_years), examples=("2023-24", "2023-24..2024-25"))
]
PriceBasis = Annotated[
    FinancialYear | str,
    _Reads("year-form", _price_basis, examples=("cash", "2022-23", "not stated")),
]
YearLabel = Annotated[
    FinancialYear | int, _Reads("year-form", _year_label, examples=("year 1", "2023-24"))
]
PeriodWords = Annotated[
    str,
    _Reads(
        "known-choice",
        parse_period,
        examples=(
            "weekly",
            "monthly",
            "quarterly",
            "half-yearly",
            "yearly",
            "every 6 weeks",
            "termly",
        ),
    ),
]
Truth = Annotated[bool, _Reads("truth-form", _truth, examples=("true", "false"))]
Count = Annotated[int, _Reads("count-form", _count, examples=("4",))]
# Where several may stand, a comma most often is meant to part them.
_OneId = Annotated[str, _Reads("id-form", _one_id, str)]
Ids = Annotated[
    tuple[_OneId, ...], BeforeValidator(_one_or_many, json_schema_input_type=str | list[str])
]


def dated(revision: type, plain: Any = _Written) -> BeforeValidator:
    """Make a validator for one plain value, or a list of dated ones."""
    return BeforeValidator(_one_or_dated, json_schema_input_type=plain | list[revision])  # type: ignore[valid-type]


def sized(revision: type) -> BeforeValidator:
    """Make a validator for an amount, a list of dated ones, or the word that none is known."""
    return BeforeValidator(_amount_or_unknown, json_schema_input_type=_Written | list[revision])  # type: ignore[valid-type]


def several(one: Any) -> BeforeValidator:
    """Make a validator for one value, or a list of them."""
    return BeforeValidator(_one_or_many, json_schema_input_type=one | list[one])


def in_short(part: Any) -> BeforeValidator:
    """Make a validator that lets text alone stand for a part, as the part says."""

    def whole(value: object) -> object:
        return {part.in_short: value} if isinstance(value, str) else value

    return BeforeValidator(whole, json_schema_input_type=str | part)
