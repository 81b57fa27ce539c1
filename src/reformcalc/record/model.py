"""The dataset as frozen types.

    Dataset
    ├── about         what this record is, who keeps it, when it was last reviewed
    ├── commitments   promises of money; one may lie inside others (part_of)
    ├── benchmarks    outside figures to compare with
    ├── figures       numbers that are not a promise of money in total
    ├── milestones    steps, duties, programmes and aims, where they moved, what came of them
    ├── recommendations   what reviews and committees asked for, and what was answered
    ├── sources       documents; every claim names one
    ├── deflators     price indices, by financial year
    └── pillars, topics, bodies   the words that the others use

What stands under a name, a year or an id is in order of that, however it was written: a record's
fingerprint does not see how, so no answer may turn on it.

Every entry but a list word carries claims: who says it, where, in which words. Amounts are pounds,
cash unless `price_basis` says otherwise. Nothing here reads files, prints, or knows today's date.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Annotated, ClassVar, Literal, TypeAlias, Unpack, get_args

from pydantic import BaseModel, ConfigDict, Field

from reformcalc.record.fields import (
    DATED,
    IN_ORDER,
    SEVERAL,
    SIZED,
    Codes,
    Count,
    Day,
    DueWords,
    Existing,
    FileName,
    Fragment,
    Id,
    Ids,
    Index,
    Label,
    Money,
    Names,
    Number,
    PartOfSum,
    PeriodWords,
    PriceBasis,
    Text,
    Truth,
    WhenWords,
    Year,
    YearLabel,
    YearRun,
    in_short,
    one_of,
)
from reformcalc.values.due import Due

Spending = Literal["revenue", "capital", "mixed"]
Stage = Literal["announced", "allocated", "paid"]
Confidence = Literal["high", "medium", "low"]
Nearness = Literal["official", "copy", "other"]
FigureKind = Literal["recommendation", "estimate", "baseline", "entitlement", "rate", "count"]
AsksFor = Literal["new", "all"]
Nature = Literal["step", "duty", "programme", "aim"]
NATURES: tuple[Nature, ...] = get_args(Nature)
OutcomeKind = Literal["met", "partly-met", "dropped", "superseded", "in-force", "not-met"]
OUTCOME_KINDS: tuple[OutcomeKind, ...] = get_args(OutcomeKind)
BodyKind = Literal["council", "region", "group", "department"]
BODY_KINDS: tuple[BodyKind, ...] = get_args(BodyKind)
Firmness = Literal["allocated", "provisional", "nil"]
FIRMNESS: tuple[Firmness, ...] = get_args(Firmness)
Progress = Literal["red", "amber", "green", "done"]
PROGRESS: tuple[Progress, ...] = get_args(Progress)
ResponseKind = Literal["accepted", "in-part", "testing", "exploring", "rejected"]
RESPONSE_KINDS: tuple[ResponseKind, ...] = get_args(ResponseKind)


NOT_IN_OWN = "may be left out in one's own plan"


FORMERLY = Field(
    (),
    description="ids that it had before: show, diff and the addresses of pages follow these",
)


class Documents(Enum):
    """How what is claimed is dated by the documents that say it."""

    FIRST = "the first of its documents, those with a date before those that were only read"
    FIRST_IN_USE = "the same, without those whose figure is not the one in use"
    ALL = "the last of its documents"


# Fields with a day, or documents: the first that gives a day dates a part of the record.
Dating: TypeAlias = tuple[str | Documents, ...]
ALWAYS: Dating = ()  # it was always known, as a word was


_GIVEN: dict[frozenset[str], set[str]] = {}  # each set of fields that some part was given


class Part(BaseModel):
    """Anything with fields: unknown ones are refused, and nothing changes after reading.

    Each says what it is `dated_by`, so that none is known before its day: a class that does not
    cannot be defined, but for one that is `abstract`, which leaves it to those that it is made of.
    `in_short` is the field, as written, that a text gives which stands for the whole part.
    `is_evidence` tells whether its claims can say the figures and dates of the entry that it is in.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False, defer_build=True)
    dated_by: ClassVar[Dating]
    in_short: ClassVar[str] = ""
    is_evidence: ClassVar[bool] = True

    def __init_subclass__(
        cls,
        *,
        dated_by: Dating | None = None,
        in_short: str = "",
        abstract: bool = False,
        **settings: Unpack[ConfigDict],
    ) -> None:
        """Take what a class says of itself. Raises TypeError where it does not say enough."""
        super().__init_subclass__(**settings)
        if dated_by is not None:
            cls.dated_by = dated_by
        elif not abstract and not hasattr(cls, "dated_by"):
            raise TypeError(
                f"{cls.__name__} does not say from when it is known: write class {cls.__name__}"
                '(…, dated_by=("announced",)), a field with a day; or dated_by=ALWAYS'
            )
        cls.in_short = in_short or cls.in_short

    def model_post_init(self, _context: object) -> None:
        """Share the set of the fields that were given with all parts that gave the same.

        Of many small parts, each with a set of its own, these sets are a third of the memory.
        """
        given = self.model_fields_set
        object.__setattr__(
            self, "__pydantic_fields_set__", _GIVEN.setdefault(frozenset(given), given)
        )

    @classmethod
    def __pydantic_init_subclass__(cls, **_: object) -> None:
        """Refuse a class that is dated by what it does not have."""
        for by in getattr(cls, "dated_by", ALWAYS):
            name = "claims" if isinstance(by, Documents) else by
            if name not in cls.model_fields and not hasattr(cls, name):
                raise TypeError(f"{cls.__name__} is dated by {name}, and has no such field")


class Claim(Part, dated_by=ALWAYS):
    """What one source says, in its own words."""

    source: Annotated[Id, Names("sources")] = Field(description="id of the document")
    at: Text = Field(description='place in it: a section, a page, "page" for a web page')
    says: Fragment = Field(description="its words as printed, 12 at most")
    means: Text | None = Field(
        None, description="the date or sum that relative or spelt-out words stand for"
    )
    by: Text | None = Field(
        None,
        description="who said these words, and when, where they are not the document's own",
    )
    variant: Truth = Field(
        False, description="true where its figure or date is not the one that is used"
    )

    @property
    def wording(self) -> str:
        """Its words, and what they stand for: where figures and dates are looked for."""
        return f"{self.says} | {self.means}" if self.means else self.says


class Reasoned(Part, dated_by=ALWAYS):
    """A value that is not printed in a source, with why it is used."""

    reason: Text = Field(description="why it is read so")
    claims: tuple[Claim, ...] = Field((), description="who says what it is read from")


class YearOne(Reasoned):
    """The financial year that a benchmark's first numbered year is taken to be."""

    year: Year = Field(alias="is", description="a financial year")


class Gap(Reasoned):
    """How far printed parts fall short of the printed whole, where no source says why."""

    amount: Money = Field(description="the difference, to the pound")


class Caution(Part, dated_by=(Documents.ALL,)):
    """A warning that belongs beside every use of a figure."""

    is_evidence: ClassVar[bool] = False

    text: Text = Field(description="the warning in our words")
    claims: tuple[Claim, ...] = Field(min_length=1, description="who gave it")


class Membership(Part, dated_by=ALWAYS, in_short="in"):
    """A commitment's place inside an envelope: the whole of it, or a stated part."""

    envelope: Annotated[Id, Names("commitments")] = Field(
        alias="in", description="id of the envelope"
    )
    amount: PartOfSum | None = Field(
        None, description="the part that lies in it, or the whole if absent; one exact figure"
    )
    reason: Text | None = Field(None, description="how that part is known; needed with amount")
    inferred: Text | None = Field(
        None, description="what it is read from that the sum lies in it, where no source says so"
    )


class Revision(Part, dated_by=("since",)):
    """A value that holds from a day on."""

    since: Day | None = Field(None, alias="from", description="the day on which it was stated")
    claims: tuple[Claim, ...] = Field((), description="who stated it; else the entry's own claims")


class AmountRevision(Revision):
    """The amount as stated from a day on."""

    value: Money = Field(alias="is", description='an amount, as "over £45m"')


class ProfileRevision(Revision):
    """The amount per financial year as stated from a day on."""

    value: Annotated[dict[Year, Money], IN_ORDER] = Field(
        alias="is", min_length=1, description="an amount for each financial year"
    )


class StageRevision(Revision):
    """How far the money had come from a day on."""

    value: Annotated[Stage, one_of("announced", "allocated", "paid")] = Field(
        alias="is", description="announced, allocated or paid"
    )


class Statement(Part, dated_by=("on",)):
    """What somebody said of an entry on a day: a reaction, neither a promise nor an answer.

    The words of its claims are what was said: they may name other figures than those of the entry.
    """

    is_evidence: ClassVar[bool] = False

    on: WhenWords = Field(description="when it was said")
    by: Annotated[Id, Names("bodies")] = Field(description="the person or the body that said it")
    role: Text | None = Field(
        None, description="as what a person said it: the office, and the party, as printed"
    )
    reported: Truth = Field(
        False,
        description="true where the words are a document's, which tells what was said",
    )
    note: Text | None = Field(None, description="what it comes to, in our words")
    claims: tuple[Claim, ...] = Field(min_length=1, description="the words, as a document has them")


class Entry(Part, abstract=True):
    """What commitments, benchmarks, figures, milestones and recommendations have in common.

    Each kind says which field is its `figure`, or the date that it is about, None where it has
    none; and which holds what that was `before` a document gave it.
    """

    figure: ClassVar[str | None]
    before: ClassVar[str | None] = None

    def __init_subclass__(
        cls,
        *,
        figure: str | None = "",
        before: str | None = None,
        dated_by: Dating | None = None,
        **settings: Unpack[ConfigDict],
    ) -> None:
        """Take what a kind says of itself. Raises TypeError where it does not say enough."""
        super().__init_subclass__(dated_by=dated_by, **settings)
        if figure == "":
            raise TypeError(
                f"{cls.__name__} does not say what its figure is: write class {cls.__name__}"
                '(…, figure="amount"), or figure=None where it has none'
            )
        cls.figure, cls.before = figure, before

    @classmethod
    def __pydantic_init_subclass__(cls, **said: object) -> None:
        """Refuse a kind whose figure is none of its fields."""
        super().__pydantic_init_subclass__(**said)
        for name in (cls.figure, cls.before):
            if name is not None and name not in cls.model_fields:
                raise TypeError(f"the figure of {cls.__name__} is {name}, which is no field of it")

    def explained(self, gone: Collection[str]) -> dict[str, object]:
        """Return the reasons that are left where links of some fields are not there yet."""
        return {"inferred": {name: why for name, why in self.inferred.items() if name not in gone}}

    title: Text = Field(description="what it is, in a line")
    label: Label | None = Field(
        None, description="its name in a row of a screen, at most 38 characters; else its title"
    )
    claims: tuple[Claim, ...] = Field(
        min_length=1, description="who says so, where, in which words"
    )
    pillar: Annotated[Id, Names("pillars")] | None = Field(
        None, description="the one pillar it is counted under"
    )
    also_pillars: Annotated[Ids, Names("pillars")] = Field(
        (), description="other pillars it serves; for lists, never for sums"
    )
    topics: Annotated[Ids, Names("topics")] = Field(
        (), description="subjects that it is filed under"
    )
    scope: Text = Field(
        "England", description="the place it covers; that of about unless it says another"
    )
    note: Text | None = Field(None, description="a caution, in our words")
    choice: Text | None = Field(None, description="why this figure or date, where sources differ")
    confidence: Annotated[Confidence, one_of("high", "medium", "low")] = Field(
        "high", description="low where it rests on third hands or on our reading"
    )
    inferred: Annotated[dict[Text, Text], IN_ORDER] = Field(
        default_factory=dict,
        description="fields that no source states, each with what they are read from",
    )
    exceptions: Annotated[dict[Text, Text], IN_ORDER] = Field(
        default_factory=dict, description="rules that this entry may break, each with the reason"
    )
    statements: tuple[Statement, ...] = Field(
        (), description="what somebody said of it, each on a day"
    )
    formerly: Ids = FORMERLY

    @property
    def name(self) -> str:
        """What a row of a screen calls it: its label, or else its title."""
        return self.label or self.title

    @property
    def own(self) -> bool:
        """Whether it is of one's own plan: then the file that it is in is the evidence."""
        return "own" in self.__dict__

    def mark_own(self) -> None:
        """Say that it is of one's own plan, which no file can say; only loading knows.

        It is kept beside the fields: to keep a private attribute, pydantic calls each entry twice.
        """
        self.__dict__["own"] = True


class OfBodies(Part, abstract=True):
    """What is said of some bodies, and not of the whole entry: its figures are theirs alone."""

    is_evidence: ClassVar[bool] = False


class Areas(OfBodies, dated_by=("named", Documents.FIRST)):
    """Bodies that take part, as one document lists them; an entry may have several such lists.

    Where it has, each body of a list is in it from the day on which that was said, and each `wave`
    is counted for itself.
    """

    bodies: Annotated[Ids, Names("bodies")] = Field(
        (), description="those that take part; none where no source names any"
    )
    wave: Text | None = Field(
        None, description="which of several it is, where they came one after another or in clusters"
    )
    in_all: Count | None = Field(
        None, description="how many take part in the wave, named or not; unknown if absent"
    )
    among_others: Truth = Field(
        False,
        description="true where these are some of those of the other lists, and not counted again",
    )
    named: WhenWords | None = Field(
        None, description="when it was said that they do; else when the first claim was out"
    )
    since: WhenWords | None = Field(None, description="when they began, where a source says so")
    until: WhenWords | None = Field(None, description="when they ceased to, where a source says so")
    inferred: Text | None = Field(
        None, description="what it is read from that they take part, where no source says so"
    )
    note: Text | None = Field(None, description="a caution, in our words")
    claims: tuple[Claim, ...] = Field(min_length=1, description="who says so")


class Allocation(OfBodies, dated_by=("stated", Documents.FIRST)):
    """What a body gets of a commitment, or several share: it adds nothing to any total.

    A later one for the same bodies, years and purpose takes its place.
    """

    bodies: Annotated[Ids, Names("bodies")] = Field(
        min_length=1, description="the body that gets it, or those that share it"
    )
    firm: Annotated[Firmness, one_of(*FIRMNESS)] = Field(
        alias="is",
        description="allocated; provisional, so that it may change; or nil, where by a rule it "
        "gets nothing",
    )
    amount: Money | None = Field(
        None, description="how much; absent where it is nil, or where no source prints it"
    )
    years: YearRun | None = Field(
        None, description="the financial years that it is for; unknown if absent"
    )
    purpose: Text | None = Field(None, description="what it is for, where that is a part of it all")
    stated: WhenWords | None = Field(
        None, description="when it was said; else when the first claim was out"
    )
    inferred: Text | None = Field(
        None, description="what it is read from, where no source says it of the body"
    )
    note: Text | None = Field(None, description="a caution, in our words")
    claims: tuple[Claim, ...] = Field(min_length=1, description="who says so")


class BodyNote(OfBodies, dated_by=("stated", Documents.FIRST)):
    """What else is said of a body: a bid, a hope, a shortfall. It is no allocation."""

    bodies: Annotated[Ids, Names("bodies")] = Field(
        min_length=1, description="the body that it is said of, or several"
    )
    note: Text = Field(description="what is said, in our words")
    stated: WhenWords | None = Field(
        None, description="when it was said; else when the first claim was out"
    )
    claims: tuple[Claim, ...] = Field(min_length=1, description="who says so")


class Commitment(Entry, dated_by=("announced", Documents.FIRST), figure="amount"):
    """A public promise of money. One that contains others is an envelope."""

    amount: Annotated[tuple[AmountRevision, ...], SIZED] = Field(
        (),
        description="what is promised, as stated; dated revisions where it changed; unknown where "
        "no source gives the whole",
    )
    announced: WhenWords | None = Field(None, description="when it was first promised")
    lead: Annotated[Ids, Names("bodies")] = Field(
        min_length=1, description="the body or bodies that promised it"
    )
    pillar: Annotated[Id, Names("pillars")] = Field(
        description="the one pillar it is counted under"
    )
    years: YearRun | None = Field(None, description="the financial years that it covers")
    profile: Annotated[tuple[ProfileRevision, ...], DATED] = Field(
        (), description="how much falls in which year, where a source says so"
    )
    part_of: Annotated[tuple[Annotated[Membership, in_short(Membership)], ...], SEVERAL] = Field(
        (), description="the envelopes that hold it; rows show it under the first"
    )
    restates: Annotated[Ids, Names("commitments")] = Field(
        (), description="what this headline says again: it adds nothing once that is known"
    )
    may_overlap: Annotated[Ids, Names("commitments")] = Field(
        (), description="sums that may hold the same money"
    )
    supersedes: Annotated[Ids, Names("commitments")] = Field(
        (), description="sums that this one replaces"
    )
    continues: Annotated[Id, Names("commitments")] | None = Field(
        None, description="the sum that this one carries on"
    )
    existing: Existing | None = Field(
        None,
        description=(
            'the part already being spent before: an amount, "£0" or "all", or an amount for each '
            "of its years; else unknown"
        ),
    )
    spending: Annotated[Spending, one_of("revenue", "capital", "mixed")] | None = Field(
        None, description="revenue, capital or mixed; unknown if absent"
    )
    stage: Annotated[tuple[StageRevision, ...], DATED] = Field(
        (), description="announced, allocated or paid, dated where it changed"
    )
    counted: Truth = Field(
        True, description="false where it never counts: another scope, a baseline"
    )
    reason: Text | None = Field(
        None, description="why it overlaps, never counts, or is of unknown size"
    )
    areas: Annotated[tuple[Areas, ...], SEVERAL] = Field(
        (), description="the bodies that take part, list by list"
    )
    allocations: tuple[Allocation, ...] = Field(
        (), description="what bodies get of it, as far as sources say; never added to a total"
    )
    body_notes: tuple[BodyNote, ...] = Field(
        (), description="what else is said of a body: a bid, a hope, a shortfall"
    )

    @property
    def is_unsized(self) -> bool:
        """Whether it is said that no source gives its size."""
        return "amount" in self.model_fields_set and not self.amount

    def explained(self, gone: Collection[str]) -> dict[str, object]:
        """Return the same; the reason of what counts says why it may overlap."""
        left = super().explained(gone)
        return left | {"reason": None} if "may_overlap" in gone and self.counted else left


# The fields of a commitment of which one value is in force on a day.
REVISED = ("amount", "profile", "stage")


class Benchmark(Entry, dated_by=("announced",), figure="amount"):
    """An outside figure to compare with."""

    amount: Money = Field(description="what is asked for in all")
    by: Annotated[Id, Names("bodies")] = Field(description="the body that asks")
    asks_for: Annotated[AsksFor, one_of("new", "all")] | None = Field(
        None,
        description="new, what was not being spent before; or all, with that; unknown if absent",
    )
    announced: WhenWords = Field(description="when it was published")
    profile: Annotated[dict[YearLabel, Money], IN_ORDER] = Field(
        default_factory=dict,
        description='how much in which year; "year 1" where the source only counts them',
    )
    spending_years: Count | None = Field(None, description="years over which it is to be spent")
    programme_years: Count | None = Field(None, description="years that the programme lasts")
    year_one: YearOne | None = Field(None, description="the financial year that year 1 is read as")
    unreconciled: Gap | None = Field(None, description="what its years fall short of its amount")
    part_of: Annotated[Id, Names("benchmarks")] | None = Field(
        None, description="the benchmark that holds it"
    )
    price_basis: PriceBasis = Field(
        "not stated",
        description='"cash", the financial year whose prices it is in, or "not stated"',
    )
    per_year: Truth = Field(
        False, description="true where the amount is asked for in each year, not in all"
    )
    cautions: tuple[Caution, ...] = Field((), description="warnings that go with its use")


class Item(Part, dated_by=("named", Documents.FIRST)):
    """One of the things that a figure counts, in the order of the document.

    Where it is an entry of the record itself, or a word of it, it names that.
    """

    is_evidence: ClassVar[bool] = False

    title: Text = Field(description="its name in full, as the document has it; else what it is")
    named: WhenWords | None = Field(
        None, description="when it was named; else its first document dates it"
    )
    tested: WhenWords | None = Field(
        None, description="of a condition: the day on which it is to hold"
    )
    body: Annotated[Id, Names("bodies")] | None = Field(None, description="the body that it is")
    pillar: Annotated[Id, Names("pillars")] | None = Field(
        None, description="the pillar of the record that it is"
    )
    milestone: Annotated[Id, Names("milestones")] | None = Field(
        None, description="the milestone that it is"
    )
    note: Text | None = Field(None, description="a caution, in our words")
    claims: tuple[Claim, ...] = Field(min_length=1, description="who names it so")


class FigureEntry(
    Entry, dated_by=("announced", Documents.FIRST_IN_USE), figure="value", before="was"
):
    """A number that is not a promise of money in total."""

    kind: Annotated[
        FigureKind,
        one_of("recommendation", "estimate", "baseline", "entitlement", "rate", "count"),
    ] = Field(description="recommendation, estimate, baseline, entitlement, rate or count")
    value: Number | None = Field(
        None, description='the number; as "£3,000", "12.43%" or "up to 500"'
    )
    was: Number | None = Field(None, description="the number before")
    series: Annotated[dict[Year, Number], IN_ORDER] = Field(
        default_factory=dict, description="a value per financial year"
    )
    breaks: tuple[Year, ...] = Field((), description="years from which a series is not comparable")
    changes: Annotated[dict[Year, Number], IN_ORDER] = Field(
        default_factory=dict,
        description='of a series: the change on the year before as printed, as "-5.2%"',
    )
    price_basis: PriceBasis = Field(
        "not stated",
        description='of money: "cash", the financial year whose prices it is in, or "not stated"',
    )
    unit: Text = Field(description='what is counted: "homes", "a person", "a year"')
    by: Annotated[Id, Names("bodies")] = Field(description="the body that says or promises it")
    announced: WhenWords | None = Field(None, description="when it was first said")
    years: YearRun | None = Field(None, description="the financial years that it is of")
    due: DueWords | None = Field(None, description="when it is to be reached")
    milestone: Annotated[Id, Names("milestones")] | None = Field(
        None, description="the milestone that promises and dates it"
    )
    items: tuple[Item, ...] = Field(
        (), description="what is counted, one by one, in the order of the document"
    )
    whole: Truth = Field(False, description="true where items has all that is counted")


class Move(Part, dated_by=("on",)):
    """A later date for a milestone, and who gave it."""

    to: DueWords = Field(description="the new date, in the words that gave it")
    on: WhenWords = Field(description="when the new date was given")
    claims: tuple[Claim, ...] = Field((), description=f"who gave it; {NOT_IN_OWN}")


class Outcome(Part, dated_by=("known", "day")):
    """What happened: exactly one of `met`, `partly-met`, `dropped` and so on, with its day."""

    met: WhenWords | None = Field(None, description="when it was done")
    partly_met: WhenWords | None = Field(
        None, alias="partly-met", description="when a part of it was done"
    )
    dropped: WhenWords | None = Field(None, description="when it was given up")
    superseded: WhenWords | None = Field(None, description="when something else took its place")
    in_force: WhenWords | None = Field(
        None, alias="in-force", description="when a duty came into force"
    )
    not_met: WhenWords | None = Field(
        None, alias="not-met", description="a day on which, as a source says, it had not happened"
    )
    known: Day | None = Field(None, description="when it became known, if after its last day")
    note: Text | None = Field(None, description="what is our reading")
    claims: tuple[Claim, ...] = Field((), description=f"who says so; {NOT_IN_OWN}")

    def said_as(self, kind: OutcomeKind) -> Due | None:
        """Return when it happened, where it is of one kind; else None.

        The rule one-outcome sees to it that it is of exactly one.
        """
        when: Due | None = getattr(self, kind.replace("-", "_"))
        return when

    @property
    def kind(self) -> OutcomeKind:
        """What became of it."""
        return next(kind for kind in OUTCOME_KINDS if self.said_as(kind))

    @property
    def day(self) -> Due:
        """When it happened, in the words of the record."""
        return next(when for kind in OUTCOME_KINDS if (when := self.said_as(kind)))


class Search(Part, dated_by=("on",)):
    """A search that found no outcome, or no answer: a state of knowledge, and neither of these."""

    on: Day = Field(description="the day of the search")
    reaches: Day | None = Field(
        None, description="the newest day that the pages which were read can tell of"
    )
    searched: Text = Field(description="what was searched")


class Kept(Part, dated_by=("on",), in_short="on"):
    """One of the times of what repeats, as kept."""

    on: Day = Field(description="the day on which it was done")
    time: DueWords | None = Field(
        None, description="which of its times that was; the nearest if absent"
    )
    claims: tuple[Claim, ...] = Field((), description="who says so; one's own plan needs none")


class Milestone(Entry, dated_by=("promised",), figure="due"):
    """What somebody promised for a day: a step, a duty, a programme or an aim.

    In one's own plan `title` and `due` are enough: the file is the source. The rules missing-field
    and claims-given see to it that the record has the others.
    """

    nature: Annotated[Nature, one_of(*NATURES)] = Field(
        "step",
        description="step; duty, which binds from a day on; programme, which runs from one day to "
        "another; or aim, a state of the world by a day",
    )
    claims: tuple[Claim, ...] = Field(
        (), description=f"who says so, where, in which words; {NOT_IN_OWN}"
    )
    promised: WhenWords | None = Field(None, description=f"when it was promised; {NOT_IN_OWN}")
    due: DueWords = Field(
        description="when it falls, in the document's words; of a programme FROM..TO; or "
        '"within 6 months of ID", "6 weeks before ID"'
    )
    lead: Annotated[Ids, Names("bodies")] = Field(
        (),
        description=f"the body or bodies that promised it; {NOT_IN_OWN}: there it is the one body "
        "that the file defines, if it defines one",
    )
    acts: Annotated[Ids, Names("bodies")] = Field(
        (), description="who must act; the lead if absent; needed of a duty"
    )
    commitment: Annotated[Id, Names("commitments")] | None = Field(
        None, description="the money that it belongs to"
    )
    conditions: tuple[Text, ...] = Field((), description="what it was made subject to")
    repeats: PeriodWords | None = Field(
        None,
        description="weekly, monthly, quarterly, half-yearly, yearly, every 6 weeks or the like, "
        "from the first time that is due; or termly",
    )
    terms: Annotated[tuple[DueWords, ...], SEVERAL] = Field(
        (), description="each later time of what comes round termly, in order"
    )
    until: WhenWords | None = Field(None, description="when it comes round for the last time")
    done: Annotated[tuple[Annotated[Kept, in_short(Kept)], ...], SEVERAL] = Field(
        (),
        description="the times of what repeats that were kept: the day of each, and who says so; "
        "in one's own plan also the day on which anything else was done",
    )
    moved: Annotated[tuple[Move, ...], SEVERAL] = Field((), description="later dates, in order")
    outcome: Annotated[tuple[Outcome, ...], SEVERAL] = Field(
        (), description="what happened; several if it happened in parts"
    )
    looked: Annotated[tuple[Search, ...], SEVERAL] = Field(
        (), description="the last search that found no outcome; several, to keep earlier ones"
    )
    areas: Annotated[tuple[Areas, ...], SEVERAL] = Field(
        (), description="the bodies that take part, list by list"
    )
    owner: Text | None = Field(
        None, description="in one's own plan: who sees to it, a name or a post"
    )
    progress: Annotated[Progress, one_of(*PROGRESS)] | None = Field(
        None, description="in one's own plan: how it stands: red, amber, green or done"
    )
    serves: Annotated[Id, Names("milestones")] | None = Field(
        None, description="in one's own plan: the milestone of the record that it carries out"
    )


class Response(Part, dated_by=("on",)):
    """What was answered to a recommendation on a day; a later one takes its place.

    What is named in it carries it out, or is a step on the way: it does not show that what was
    asked for is done.
    """

    on: WhenWords = Field(description="when it was answered")
    response: Annotated[ResponseKind, one_of(*RESPONSE_KINDS)] = Field(
        alias="is",
        description="accepted; in-part; testing, in some places first; exploring, to decide later; "
        "or rejected",
    )
    note: Text | None = Field(None, description="how far it goes, in our words")
    instead: Text | None = Field(None, description="what is done in place of what was asked for")
    commitments: Annotated[Ids, Names("commitments")] = Field(
        (), description="the money named in it"
    )
    milestones: Annotated[Ids, Names("milestones")] = Field((), description="the steps named in it")
    inferred: Text | None = Field(
        None,
        description="what it is read from that these belong to it, where no source says so",
    )
    claims: tuple[Claim, ...] = Field(min_length=1, description="who says so")


class Recommendation(Entry, dated_by=("made",), figure=None):
    """What a review, a regulator or a committee asked for, and what was answered to it.

    Nothing about how it stands is written: that follows from its responses, and from the money and
    the steps that these name.
    """

    by: Annotated[Id, Names("bodies")] = Field(description="the body that asks")
    made: WhenWords = Field(description="when it was made")
    to: Annotated[Ids, Names("bodies")] = Field(
        min_length=1, description="the body or bodies that are asked"
    )
    chapter: Text = Field(description='its chapter, as the document has it; or "not stated"')
    asks_money: Annotated[Id, Names("benchmarks")] | None = Field(
        None, description="the benchmark that is the money asked for"
    )
    figures: Annotated[Ids, Names("figures")] = Field(
        (), description="the numbers that it asks for, beside money"
    )
    asked_before: Annotated[Ids, Names("recommendations")] = Field(
        (), description="earlier ones that ask for the same, or for most of it"
    )
    responses: Annotated[tuple[Response, ...], SEVERAL] = Field(
        (), description="what was answered, in order of the days"
    )
    looked: Annotated[tuple[Search, ...], SEVERAL] = Field(
        (), description="the last search that found no answer; several, to keep earlier ones"
    )


class Source(Part, dated_by=("out_on",)):
    """A document that claims rest on."""

    title: Text = Field(description="its title")
    publisher: Text = Field(description="who published it")
    kind: Annotated[Nearness, one_of("official", "copy", "other")] | None = Field(
        None,
        description="official: a page or document of government, parliament or a national body; "
        "copy: somebody else's copy of one; other: the press, councils, charities and others",
    )
    published: WhenWords | None = Field(
        None, description="when it was published; or two days: DAY..DAY"
    )
    url: Text | None = Field(None, description="its address, where it is on the web")
    accessed: Day | None = Field(None, description="the day on which the page was read")
    file: FileName | None = Field(None, description="name of its text among the source documents")
    sections: tuple[Text, ...] = Field(
        (), description="what it is divided into, in its order, as claims name their place"
    )
    licence: Text | None = Field(None, description="the licence that its words are under")
    note: Text | None = Field(None, description="a caution, in our words")
    formerly: Ids = FORMERLY

    @cached_property
    def out_on(self) -> date | None:
        """The day by which it was out: its last day, or the day of access if that is earlier."""
        days = (self.published and self.published.latest, self.accessed)
        return min((day for day in days if day), default=None)


class Word(Part, dated_by=ALWAYS):
    """A subject that entries are filed under: a topic. A pillar and a body have the same."""

    title: Text = Field(description="its name in full")
    short: Text | None = Field(None, description="its name in a sentence")
    formerly: Ids = FORMERLY

    @property
    def name(self) -> str:
        """What a sentence or a row of a screen calls it: its short name, or else its title."""
        return self.short or self.title


class Pillar(Word):
    """A part of the programme, under which money is counted."""

    unassigned: Truth = Field(
        False, description="true for the pillar whose money is not assigned to any one pillar"
    )


class Body(Word):
    """Who promises, asks, acts, takes part or publishes figures: a department, a council."""

    kind: Annotated[BodyKind, one_of(*BODY_KINDS)] | None = Field(
        None, description="council, region, group or department; absent of all others"
    )
    member_of: Annotated[Ids, Names("bodies")] = Field(
        (), description="the bodies that it is one of: their duties are its own"
    )
    also_called: Annotated[tuple[Text, ...], SEVERAL] = Field(
        (), description="other names that people use for it"
    )
    gss: Codes = Field(
        (),
        description="its codes of the Office for National Statistics: the one in use, then those "
        "before it",
    )
    codes: Annotated[dict[Text, Codes], IN_ORDER] = Field(
        default_factory=dict, description="its codes in other lists, under the name of each list"
    )

    @property
    def every_code(self) -> Iterator[tuple[str, str]]:
        """Every code that it has, with the name of the list that it is of."""
        yield from (("gss", code) for code in self.gss)
        for name, codes in self.codes.items():
            yield from ((name, code) for code in codes)


class Deflators(Part, dated_by=ALWAYS):
    """A release of a price index, by financial year."""

    release: Text = Field(description="name of the release; results name it")
    publisher: Text = Field(description="who published it")
    url: Text = Field(description="its address")
    accessed: Day = Field(description="the day on which it was read")
    licence: Text = Field(description="the licence that it is under")
    base: Year = Field(description="the year whose index is 100")
    forecast_from: Year = Field(description="the first year that is a forecast")
    index: Annotated[dict[Year, Index], IN_ORDER] = Field(
        description="the index of each financial year"
    )


class About(Part, dated_by=ALWAYS):
    """What this record is."""

    title: Text = Field(description="the name of the record")
    subject: Text = Field(description='what the money is for, after "promised for"')
    publisher: Text = Field(description="who keeps the record")
    version: Text = Field(description="its version; answers carry it")
    licence: Text = Field(description="what its words may be used for")
    reviewed: Day = Field(description="the day up to which the record was last reviewed")
    scope: Text | None = Field(
        None, description="the place that its entries cover, where they name no other"
    )
    benchmark: Annotated[Id, Names("benchmarks")] | None = Field(
        None, description="what compare sets against it by default"
    )
    holds: Text | None = Field(
        None, description="the rule by which an entry belongs in it; reports say it"
    )
    limits: Text | None = Field(None, description="what the record does not hold; reports say it")


class Dataset(Part, dated_by=ALWAYS):
    """A whole record."""

    about: About
    pillars: Annotated[dict[Id, Pillar], IN_ORDER] = {}
    topics: Annotated[dict[Id, Word], IN_ORDER] = {}
    bodies: Annotated[dict[Id, Body], IN_ORDER] = {}
    sources: Annotated[dict[Id, Source], IN_ORDER] = {}
    commitments: Annotated[dict[Id, Commitment], IN_ORDER] = {}
    benchmarks: Annotated[dict[Id, Benchmark], IN_ORDER] = {}
    figures: Annotated[dict[Id, FigureEntry], IN_ORDER] = {}
    milestones: Annotated[dict[Id, Milestone], IN_ORDER] = {}
    recommendations: Annotated[dict[Id, Recommendation], IN_ORDER] = {}
    deflators: Annotated[dict[Id, Deflators], IN_ORDER] = {}

    def model_post_init(self, context: object) -> None:
        """Tell each entry that names no place which one the record is of."""
        super().model_post_init(context)
        place = self.about.scope
        for kind in self.KINDS if place else ():
            for entry in getattr(self, kind).values():
                if isinstance(entry, Entry) and "scope" not in entry.model_fields_set:
                    entry.__dict__["scope"] = place

    @cached_property
    def namesakes(self) -> frozenset[str]:
        """The sources that their publisher and date do not tell from another."""
        alike = defaultdict(list)
        for id_, source in self.sources.items():
            when = source.published
            alike[source.publisher, when and (when.earliest, when.latest)].append(id_)
        return frozenset(id_ for ids in alike.values() if len(ids) > 1 for id_ in ids)

    KINDS: ClassVar[tuple[str, ...]] = (
        "commitments",
        "benchmarks",
        "figures",
        "milestones",
        "recommendations",
        "sources",
        "pillars",
        "topics",
        "bodies",
        "deflators",
    )

    @classmethod
    def kind(cls, section: str) -> type[Part]:
        """Return what the entries of a section are."""
        entry: type[Part] = get_args(cls.model_fields[section].annotation)[1]
        return entry
