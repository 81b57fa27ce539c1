"""Amounts as documents word them, and sums of amounts: pounds with bounds, in exact decimals.

"over £45m" is a figure with a floor, "up to £9m" one with a ceiling. An `Amount` is what a
document states; a `Sum` is what we compute from amounts. Both are in pounds, cash, and hold a
stated figure between a low and a high (None: no upper bound).
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

T = TypeVar("T")
NOUGHT = Decimal(0)
PENNY = Decimal("0.01")
_DIGITS = 15  # more than any printed figure has, and none is lost in arithmetic
LARGEST = Decimal(10) ** 13  # ten trillion pounds: beyond any public sum, so a slip of the pen


class Qualifier(StrEnum):
    """How firm a figure is: the word JSON uses for what the document's own words mean."""

    EXACT = "exact"
    AT_LEAST = "at-least"
    UP_TO = "up-to"
    ABOUT = "about"
    RANGE = "range"


# Longest first, so that "worth up to" is not read as "up to" with a word left over, nor "not more
# than" as its opposite.
WORDS = {
    "not more than": Qualifier.UP_TO,
    "worth up to": Qualifier.UP_TO,
    "a maximum of": Qualifier.UP_TO,
    "no more than": Qualifier.UP_TO,
    "not over": Qualifier.UP_TO,
    "up to": Qualifier.UP_TO,
    "a minimum of": Qualifier.AT_LEAST,
    "not less than": Qualifier.AT_LEAST,
    "no less than": Qualifier.AT_LEAST,
    "not below": Qualifier.AT_LEAST,
    "not under": Qualifier.AT_LEAST,
    "less than": Qualifier.UP_TO,
    "below": Qualifier.UP_TO,
    "under": Qualifier.UP_TO,
    "more than": Qualifier.AT_LEAST,
    "at least": Qualifier.AT_LEAST,
    "over": Qualifier.AT_LEAST,
    "approximately": Qualifier.ABOUT,
    "close to": Qualifier.ABOUT,
    "roughly": Qualifier.ABOUT,
    "around": Qualifier.ABOUT,
    "about": Qualifier.ABOUT,
    "nearly": Qualifier.ABOUT,
    "almost": Qualifier.ABOUT,
}
_FROM_BELOW = ("nearly", "almost")
_ABBREVIATED = re.compile(r"(?<![\w.])(?:circa|approx\.?|ca?\.) ?$", re.IGNORECASE)  # about
# After a sum these set it against the next: "£2m less than £9m" says that the other is £9m.
_COMPARING = ("more than", "less than", "over", "below", "under")
_BELOW = ("less than", "below", "under")
_LONGEST_WORD = max(map(len, WORDS))
_ANY_WORD = tuple(WORDS)
_NEARBY = 120  # letters before a sum in which its word stands, and a sum that it is compared with
_LETTER = re.compile(r"\w")
_ONE, _THOUSAND, _MILLION, _BILLION = (Decimal(10**power) for power in (0, 3, 6, 9))
SCALES = {
    "billion": _BILLION,
    "bn": _BILLION,
    "million": _MILLION,
    "mn": _MILLION,
    "m": _MILLION,
    "thousand": _THOUSAND,
    "k": _THOUSAND,
}
MINUS = "\N{MINUS SIGN}"
_NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_SCALE = rf"(?:\s?(?P<scale>(?i:{'|'.join(SCALES)}))\b)?"
_WORD = rf"(?:(?P<word>{'|'.join(WORDS)})\s+)?"
# Where letters matter in a part only, the rest is found as fast as text is.
_POUNDS = re.compile(rf"£{_NUMBER}{_SCALE}", re.ASCII)
_QUALIFIED = re.compile(rf"{_WORD}(?P<figure>.*)", re.IGNORECASE | re.ASCII)
_POUNDS_IN_WORDS = re.compile(rf"£{_NUMBER}{_SCALE}")
_ENDS_IN_A_SUM = re.compile(
    rf"(?:£[\d.,]*\d(?:\s?(?:{'|'.join(SCALES)}))?|%|per cent)\s+$", re.IGNORECASE | re.ASCII
)
_COUNT = re.compile(rf"{_NUMBER}{_SCALE}(?P<percent>\s?%| per cent)?", re.IGNORECASE | re.ASCII)
# A sign belongs to a percentage that it touches, and to nothing before it: "10-12%" has none.
_SIGN = rf"(?P<sign>[-+{MINUS}])"
_RATE = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:\s?%| per cent)"
_CHANGE = re.compile(rf"{_SIGN}(?P<rate>{_RATE})", re.IGNORECASE | re.ASCII)
_IN_WORDS = re.compile(
    rf"(?<![\w.,%£])[-+{MINUS}]{_RATE}|£?{_COUNT.pattern}", re.IGNORECASE | re.ASCII
)

_SPELT = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
_TENS = "thirty forty fifty sixty seventy eighty ninety"
# Numbers as documents spell them out.
NUMBERS = {word: place for place, word in enumerate(_SPELT.split(), start=1)} | {
    word: 10 * place for place, word in enumerate(_TENS.split(), start=3)
}
_SPELT_OUT = re.compile(rf"\b(?:{'|'.join(NUMBERS)})\b", re.IGNORECASE | re.ASCII)

# The sums of a record stand in its quotations again, and several rules read those.
_remembered = lru_cache(maxsize=1 << 17)


class Figure(NamedTuple):
    """A printed number: its value, its digits, how many are `decimals`, and the unit written."""

    value: Decimal
    digits: str
    decimals: int
    scale: Decimal
    scaled: bool  # whether a unit such as "m" is written

    @property
    def printed(self) -> Decimal:
        """One unit of the last digit printed: of £2.40bn, £0.01bn."""
        return self.scale.scaleb(-self.decimals)

    @property
    def nonzero(self) -> Decimal:
        """One unit of the last digit that is not a nought: of £2.40bn, £0.1bn."""
        noughts = len(self.digits) - len(self.digits.rstrip("0")) if self.value else 0
        return self.printed.scaleb(noughts)

    @property
    def significant(self) -> Decimal:
        """One unit of the last digit that is not a nought before the point: of £300m, £100m."""
        return self.printed if self.decimals else self.nonzero


class Amount(NamedTuple):
    """A figure as a document states it: `text` as written, and the bounds that its words mean.

    Unit: pounds, unless a `Quantity` says otherwise. `word` is the qualifying word itself
    ("over"), "" where there is none.
    """

    text: str
    stated: Decimal
    low: Decimal
    high: Decimal | None
    qualifier: Qualifier
    word: str
    figure: Figure

    def allows(self, value: Decimal) -> bool:
        """Whether `value` lies within the bounds, or within the rounding of the printed figure."""
        half = self.figure.printed / 2
        return value >= self.low - half and (self.high is None or value <= self.high + half)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: "£" (pounds), "%" or "" (a count)."""

    unit: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that a difference can be, in pounds; None stands for no bound."""

    low: Decimal | None
    high: Decimal | None


class Range(NamedTuple):
    """The least and the most that some money can be; None stands for no bound."""

    low: Decimal
    high: Decimal | None

    def plus(self, other: Range) -> Range:
        high = None if self.high is None or other.high is None else self.high + other.high
        return Range(self.low + other.low, high)

    def without(self, other: Range) -> Range:
        """Return what is left of a whole when such a part of it is taken out."""
        low = NOUGHT if other.high is None else _no_less(self.low - other.high)
        return Range(low, None if self.high is None else _no_less(self.high - other.low))

    def meeting(self, other: Range) -> Range:
        """Return what lies in both, or where they do not meet the end of this nearest to that."""
        # Asked of every sum many times: max() would take thrice as long.
        low = self.low if self.low >= other.low else other.low  # noqa: FURB136
        high = self.high
        if high is None or (other.high is not None and other.high < high):
            high = other.high
        if high is None or low <= high:
            return Range(low, high)
        end = self.low if low == self.low else self.high
        return Range(end or NOUGHT, end)

    def meets(self, other: Range) -> bool:
        """Whether anything lies in both."""
        return (other.high is None or self.low <= other.high) and (
            self.high is None or other.low <= self.high
        )

    def nearest(self, value: Decimal) -> Decimal:
        """Return a value, or the end of this that is nearest to it."""
        return max(self.low, value if self.high is None else min(value, self.high))

    def around(self, stated: Decimal) -> Sum:
        """Return money with these bounds, and the figure in them that is nearest to the stated."""
        return Sum(self.nearest(stated), *self)

    def holding(self, stated: Decimal) -> Sum:
        """Return money of a stated figure with these bounds, wide enough to hold it."""
        return Sum(
            stated, min(self.low, stated), None if self.high is None else max(self.high, stated)
        )


@dataclass(frozen=True, slots=True)
class Sum:
    """Money that we computed: the sum of stated figures, and how low and high it can be.

    The bounds contain the stated figure. `qualifier` follows from the bounds, except where the
    sum is one document's figure: then `word` keeps the document's own word for it.
    """

    stated: Decimal = NOUGHT
    low: Decimal = NOUGHT
    high: Decimal | None = NOUGHT
    word: str = ""

    @property
    def qualifier(self) -> Qualifier:
        """Equal bounds are exact, no high is at least, a low of nought is up to."""
        if self.word:
            return WORDS[self.word]
        if self.high is None:
            return Qualifier.AT_LEAST
        if self.low == self.high:
            return Qualifier.EXACT
        return Qualifier.UP_TO if self.low == 0 else Qualifier.RANGE

    @property
    def is_exact(self) -> bool:
        """Whether its bounds leave one size."""
        return self.low == self.high

    @property
    def range(self) -> Range:
        """Its bounds."""
        return Range(self.low, self.high)

    def __add__(self, other: Sum) -> Sum:
        high = None if self.high is None or other.high is None else self.high + other.high
        return Sum(self.stated + other.stated, self.low + other.low, high)

    def less(self, other: Sum) -> Bounds:
        """Return by how much this is more than another sum, at the least and at the most."""
        low = None if other.high is None else self.low - other.high
        return Bounds(low, None if self.high is None else self.high - other.low)


NOTHING = Sum()


def exactly(value: Decimal) -> Sum:
    """Return money of one size."""
    return Sum(value, value, value)


def _no_less(value: Decimal) -> Decimal:
    """Return some money, or nothing where there is less than that."""
    return value if value > NOUGHT else NOUGHT  # noqa: FURB136 -- max() takes thrice as long


def total(sums: Iterable[Sum]) -> Sum:
    """Add sums whose bounds do not depend on each other."""
    stated = low = NOUGHT
    high: Decimal | None = NOUGHT
    for one in sums:
        stated, low = stated + one.stated, low + one.low
        high = None if high is None or one.high is None else high + one.high
    return Sum(stated, low, high)


def with_the_others(
    parts: Sequence[T], plus: Callable[[T, T], T], nothing: T
) -> Iterator[tuple[T, T]]:
    """Yield each of several parts of a whole, with all the others together."""
    before = accumulate(parts, plus, initial=nothing)
    *after, _ = accumulate(reversed(parts), plus, initial=nothing)
    for part, some, others in zip(parts, before, reversed(after), strict=False):
        yield part, plus(some, others)


def parse_amount(text: str) -> Amount:
    """Read an amount of pounds: "£45m", "over £1.257bn", "up to £9 million", "£25m to £27m".

    Raises ValueError with the accepted form where the text is not one.
    """
    amount = _pounds(text)
    if amount is None:
        raise ValueError(_advice(text))
    return amount


def parse_quantity(text: str) -> Quantity:
    """Read a number with its unit: "£3,000", "12.43%", "up to 500", "9,000".

    A percentage may be a change, with its sign: "-5.2%". Raises ValueError with the accepted forms
    where the text is none of them.
    """
    if "£" in text:
        return Quantity("£", parse_amount(text))
    if change := _CHANGE.fullmatch(text.strip()):
        return Quantity("%", _change(text, change["sign"], parse_quantity(change["rate"]).amount))
    amount = _parse(text, _COUNT)
    if amount is None:
        message = (
            f'"{text}" is not a number; write it as "9,000", "up to 500", "12.43%" or "£3,000"'
        )
        raise ValueError(message)
    return Quantity("%" if re.search(r"%|per cent", text, re.IGNORECASE | re.ASCII) else "", amount)


def _change(text: str, sign: str, rate: Amount) -> Amount:
    """Return a percentage with its sign."""
    if sign == "+":
        return rate._replace(text=text)
    return rate._replace(text=text, stated=-rate.stated, low=-rate.stated, high=-rate.stated)


@_remembered
def amounts_in(words: str) -> tuple[Amount, ...]:
    """Return every sum of pounds that a quotation prints, with its qualifying word."""
    matches = _POUNDS_IN_WORDS.finditer(words)
    return tuple([one for match in matches if (one := _pounds(_with_word(match)))])


@_remembered
def quantities_in(words: str) -> tuple[Quantity, ...]:
    """Return every number that a quotation prints or spells out, with its unit and its word."""
    digits = _SPELT_OUT.sub(lambda word: str(NUMBERS[word[0].lower()]), words)
    found = []
    for match in _IN_WORDS.finditer(digits):
        with suppress(ValueError):
            found.append(parse_quantity(_with_word(match)))
    return tuple(found)


def percentages_in(words: str) -> list[Decimal]:
    """Return every percentage that a quotation prints."""
    if "%" not in words and "per cent" not in words.lower():
        return []  # nearly always, and there are many
    return [one.amount.stated for one in quantities_in(words) if one.unit == "%"]


def _with_word(match: re.Match[str]) -> str:
    """Return a figure that was found in words, with the qualifying word before it if any."""
    start = match.start()
    before = match.string[max(0, start - _NEARBY) : start]
    word = _word_before(before)
    if not word and _ABBREVIATED.search(before[-_LONGEST_WORD:]):
        word = "about"
    return f"{word} {match[0]}" if word else match[0]


def _word_before(words: str) -> str:
    """Return the qualifying word that words end in, as written, or nothing."""
    ended = words.rstrip()
    if len(ended) == len(words):
        return ""
    tail = ended[-_LONGEST_WORD:].lower()
    for word in WORDS if tail.endswith(_ANY_WORD) else ():
        before = ended[: -len(word)]
        if tail.endswith(word) and not (before and _LETTER.match(before[-1])):
            compared = word in _COMPARING and _ENDS_IN_A_SUM.search(before)
            return "" if compared else ended[-len(word) :]
    return ""


def change_between(before: Amount, now: Amount) -> tuple[Decimal, Decimal]:
    """Return the least and the most per cent that a figure can have changed by, before rounding."""
    was, is_ = before.figure.printed / 2, now.figure.printed / 2
    least = (now.stated - is_) / (before.stated + was) - 1
    most = (now.stated + is_) / max(before.stated - was, before.figure.printed / 2) - 1
    return least * 100, most * 100


def round_pounds(value: Decimal) -> int:
    """Round to whole pounds, halves up."""
    return int(value.quantize(_ONE, rounding=ROUND_HALF_UP)) if value else 0


def split(value: Decimal, parts: int) -> list[Decimal]:
    """Split pounds evenly in pence; odd pennies go to the first parts. The parts add up."""
    pence = int(value / PENNY)
    each, odd = divmod(pence, parts)
    shares = [PENNY * (each + (1 if place < odd else 0)) for place in range(parts)]
    shares[0] += value - PENNY * pence
    return shares


def in_proportion(
    value: Decimal, weights: Sequence[Decimal], unit: Decimal = PENNY
) -> list[Decimal]:
    """Split pounds as the weights are to each other; the first has what whole units leave."""
    whole = sum(weights)
    shares = [unit * (value * weight / whole / unit).to_integral(ROUND_DOWN) for weight in weights]
    shares[0] += value - sum(shares)
    return shares


@_remembered
def _pounds(text: str) -> Amount | None:
    return _parse(text, _POUNDS)


def _parse(text: str, form: re.Pattern[str]) -> Amount | None:
    """Read one amount whose figures have the given form, or return None."""
    words = " ".join(text.split())
    if figure := _figure(words, form):
        return _amount(words, "", figure)
    qualified = _QUALIFIED.fullmatch(words)
    assert qualified is not None  # it takes any text: what is left is the figure
    word = (qualified["word"] or "").lower()
    first, _, second = qualified["figure"].partition(" to ")
    low, high = _figure(first, form), _figure(second, form) if second else None
    if low is None or (second and (high is None or word)):
        return None
    if word in _BELOW and not low.value:  # nothing is less than nothing
        return None
    if high is not None:
        # "£25 to £27m" means £25m to somebody and £25 to a computer: it is refused.
        if high.value <= low.value or (high.scaled and not low.scaled):
            return None
        return Amount(words, low.value, low.value, high.value, Qualifier.RANGE, "", low)
    return _amount(words, word, low)


def _amount(text: str, word: str, figure: Figure) -> Amount:
    """Make an amount of one figure, with the bounds that its word gives it."""
    value = figure.value
    if not word:
        return Amount(text, value, value, value, Qualifier.EXACT, "", figure)
    low, high = _bounds(figure, word)
    return Amount(text, value, low, high, WORDS[word], word, figure)


def _bounds(figure: Figure, word: str) -> tuple[Decimal, Decimal | None]:
    value, half = figure.value, figure.significant / 2
    match WORDS[word]:
        case Qualifier.AT_LEAST:
            return value, None
        case Qualifier.UP_TO:
            return NOUGHT, value
        case _:
            return max(NOUGHT, value - half), value if word in _FROM_BELOW else value + half


def _figure(text: str, form: re.Pattern[str]) -> Figure | None:
    match = form.fullmatch(text)
    if match is None:
        return None
    number, scaled = match.group("number", "scale")
    number = number.replace(",", "")
    whole, _, decimals = number.partition(".")
    digits = f"{whole}{decimals}"
    if len(digits.lstrip("0")) > _DIGITS:  # arithmetic would round it, in silence
        return None
    scale = SCALES[scaled.lower()] if scaled else _ONE
    value = Decimal(number) * scale
    if value >= LARGEST or (decimals and form is _POUNDS and value != value.quantize(PENNY)):
        return None
    return Figure(value, digits, len(decimals), scale, scaled is not None)


def _advice(text: str) -> str:
    """Say what is wrong with an amount, with the nearest form that is right."""
    plain = text.strip().strip("\"'“”‘’")
    said = plain if "£" in text else _UNSIGNED.sub("£", plain)
    for form, meant in _SAID_AS:
        said = form.sub(meant, said)
    if nearest := _pounds(said):
        fault = "is not an amount of money" if "£" in text else "has no pound sign"
        return f'"{text}" {fault}; write "{nearest.text}"'
    return f'"{text}" is not an amount of money; {_reason(said)}'


_UNSIGNED = re.compile(r"(?<![\d.,])(?=\d)")  # where a number begins
_ROUGHLY = "c|ca|circa|approx|approximately|around|roughly|est|estimated"
# What documents print for the one way that we read.
_SAID_AS = (
    (re.compile(r"^between (.+) and ", re.IGNORECASE), r"\1 to "),
    (re.compile(r"^from ", re.IGNORECASE), ""),
    (re.compile(rf"^(?:(?:{_ROUGHLY})\b[.:]?|[~≈]) *", re.IGNORECASE), "about "),
    (re.compile(r"^(?:>=?|min|minimum|at least) *[.:]? *(?=£)", re.IGNORECASE), "over "),
    (re.compile(r"^(?:<=?|max|maximum) *[.:]? *(?=£)", re.IGNORECASE), "up to "),
    (re.compile(r"^(£[\d.,]+ ?(?:k|m|bn|million|billion)?) ?\+$", re.IGNORECASE), r"over \1"),
    (re.compile(r"\b(?:GBP|pounds?|sterling) *", re.IGNORECASE), ""),
    (re.compile(r" *\((?!\d)[^)]*\)$|\?+$"), ""),
    (re.compile(r"^£([\d.]+) ?[-–] ?£?([\d.]+) ?(k|m|bn)$"), r"£\1\3 to £\2\3"),
    (re.compile(r"^(£[\d.]+ ?(?:k|m|bn)) ?[-–] ?([\d.]+ ?(?:k|m|bn))$"), r"\1 to £\2"),
    (re.compile(r"££"), "£"),
    (re.compile(r"(?<=\w)\s*[-–—]\s*(?=£)"), " to "),
)
_REASONS = (
    (
        rf"(?<!\S)-\s*£|£\s*-|\b(?:{'|'.join(_BELOW)})\s+£0(?![\d.,])",
        "no promise is less than £0",
    ),
    (r"\d\s?(?:trillion|tr?n)\b", 'write it in billions: "£1,000bn"'),
    (
        r"\b(?:a year|per year|per annum|p\.?/?a\.?|annually|each year|every year)(?!\w)",
        'write the sum of all its years, as "£3m", and under years: 2026-27..2027-28',
    ),
    (
        r"^£?(?:tbc|tba|tbd|n/?a|none|unknown|not known|\?+)$",
        'where none is known, write "unknown"',
    ),
    (r"^(?:nil|nothing|zero)$", 'write "£0"'),
)


def _reason(said: str) -> str:
    """Say why words are no amount."""
    for form, reason in _REASONS:
        if re.search(form, said, re.IGNORECASE):
            return reason
    figures = (_unreadable(match) for match in _POUNDS.finditer(said))
    if unreadable := next(filter(None, figures), None):
        return unreadable
    sums = amounts_in(said)
    if len(sums) == 2 and " to " in said:
        return _no_range(*sums)
    return 'write it as "£45m", "over £45m", "up to £1.2bn", "£25m to £27m" or "about £300m"'


def _unreadable(match: re.Match[str]) -> str | None:
    """Say why a figure in the right form is none of pounds, None if it is one."""
    number, scaled = match.group("number", "scale")
    whole, _, decimals = number.replace(",", "").partition(".")
    places = SCALES[scaled.lower()].adjusted() if scaled else 0
    if len(whole.lstrip("0")) + places > LARGEST.adjusted():
        return f"an amount is less than £{LARGEST / _BILLION:,}bn"
    if len(decimals.rstrip("0")) > places - PENNY.adjusted():
        return "it has parts of a penny; check the figure"
    return None


def _no_range(low: Amount, high: Amount) -> str:
    """Say why two sums are no range."""
    if word := low.word or high.word:
        return f'a range takes no "{word}"'
    if low.figure.scaled is not high.figure.scaled:
        return "write the unit after both sums"
    if low.stated == high.stated:
        return f'both sums are equal; write "{low.text}"'
    return "write the smaller sum first"
