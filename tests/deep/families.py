"""Records of a size, each of which strains one part of the format. All of them are valid.

A family is one entry written again and again, `{n}` being which of them it is, until the record is
as large as was asked for; what they have in common stands above them.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HEAD = """\
about: {title: Large, subject: size, publisher: nobody, version: "1", licence: CC0,
  reviewed: 2026-01-01}
pillars: {p: {title: The pillar}}
"""
TOPICS = "topics:\n  t: {title: The topic}\n"
BODIES = "bodies:\n  b: {title: The body}\n  of-b: {title: A part of the body, member_of: [b]}\n"
SOURCES = (
    "sources:\n  s: {title: The paper, publisher: The body, published: 2023-02-02, file: s.md}\n"
    "  t: {title: A later paper, publisher: The body, published: 2024-02-02}\n"
)
ASK = """\
benchmarks:
  ask:
    title: What was asked for
    amount: £4bn
    by: b
    announced: 2023-02-02
    asks_for: new
    profile: {year 1: £1bn, year 2: £1bn, year 3: £1bn, year 4: £1bn}
    year_one: {is: 2023-24, reason: The paper begins with it}
    claims: [{source: s, at: page, says: "£4bn, £1bn in each of four years"}]
"""
COMMITMENT = (
    '  c{n:06}: {{title: Sum {n}, amount: "{amount}", lead: b, pillar: p, announced: 2023-02-02, '
    '{more}claims: [{{source: s, at: page, says: "{amount} for {n:06}th"}}]}}\n'
)
MILESTONE = (
    "  m{n:06}: {{title: Step {n}, promised: 2023-02-02, due: {due}, lead: b, {more}"
    'claims: [{{source: s, at: page, says: "{due}"}}]}}\n'
)
RETURNS = (
    "  m{n}:\n    title: Returns {n}\n    promised: 1970-01-01\n    due: 1970-01-01\n"
    "    lead: b\n    nature: duty\n    acts: b\n    repeats: weekly\n"
    '    claims: [{{source: s, at: page, says: "1970-01-01"}}]\n    done:\n'
)
LOOKED = "looked: {on: 2026-01-01, reaches: 2026-01-01, searched: its pages}, "


class Family(NamedTuple):
    """Sections by name: what stands first in each, and what is written again and again."""

    section: str
    again: Callable[[int], str]
    first: str = ""
    last: str = ""
    also: str = ""  # another section, whole
    bodies: str = ""  # more of them


def record(family: Family, size: int) -> str:
    """Write a record of a family, of about as many bytes."""
    ask = ASK if family.section != "benchmarks" else ""
    bodies = BODIES + family.bodies if family.section != "bodies" else ""
    sources = SOURCES if family.section != "sources" else ""
    topics = TOPICS if family.section != "topics" else ""
    sections = {"topics": TOPICS, "bodies": BODIES, "sources": SOURCES, "benchmarks": ASK}
    begin = sections.get(family.section, f"{family.section}:\n") + family.first
    return "".join(
        [HEAD, topics, bodies, sources, ask, family.also, begin, *_many(family.again, size)]
    ) + (family.last)


def _many(again: Callable[[int], str], size: int) -> Iterator[str]:
    written = number = 0
    while written < size:
        one = again(number)
        yield one
        written += len(one)
        number += 1


def _commitment(amount: Callable[[int], str], more: Callable[[int], str]) -> Callable[[int], str]:
    return lambda n: COMMITMENT.format(n=n, amount=amount(n), more=more(n))


def _milestone(due: Callable[[int], str], more: Callable[[int], str]) -> Callable[[int], str]:
    return lambda n: MILESTONE.format(n=n, due=due(n), more=more(n))


def _day(n: int, first: int = 2000) -> str:
    """Return a day: a later one for each number, some two thousand years of them."""
    return f"{first + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}"


def _week(n: int) -> str:
    """Return a day: a week later for each number, and again from the first after fifty years."""
    return str(date(1970, 1, 1) + timedelta(weeks=n % 2_600))


def _part_of(*steps: int) -> Callable[[int], str]:
    def more(n: int) -> str:
        held = [f"c{n - step:06}" for step in steps if n >= step]
        return f"part_of: [{', '.join(held)}], " if held else ""

    return more


def _nothing(_: int) -> str:
    return ""


def _constant(text: str) -> Callable[[int], str]:
    return lambda _: text


YEARS = [f"{1990 + n}-{(1991 + n) % 100:02}" for n in range(50)]
PROFILE = "{" + ", ".join(f"{year}: £1m" for year in YEARS) + "}"
SERIES = "{" + ", ".join(f"{year}: {n + 5}" for n, year in enumerate(YEARS)) + "}"
THE_WHOLE = "  whole:\n    title: The whole\n    amount: £9bn\n    lead: b\n    pillar: p\n"
ONE_SUM = "  whole: {title: The whole, amount: £9bn, lead: b, pillar: p, announced: 2023-02-02,\n"
CLAIM = 'claims: [{source: s, at: page, says: "£9bn"}]'
MANY_BODIES = "".join(
    f"  council-{n}: {{title: Council {n}, kind: council, member_of: [b]}}\n" for n in range(2_000)
)
FEW_BODIES = "".join(f"  council-{n}: {{title: Council {n}, kind: council}}\n" for n in range(100))

FAMILIES: dict[str, Family] = {
    "commitments": Family(
        "commitments",
        _commitment(
            lambda n: f"£{n + 1}" if n % 11 else f"£{n * 20 + 1_000_000}",
            lambda n: (
                f"years: {YEARS[30 + n // 11 % 9]}..{YEARS[32 + n // 11 % 9]}, topics: [t], "
                + (f"part_of: c{n - n % 11:06}, " if n % 11 else "")
            ),
        ),
    ),
    "commitments of open size": Family(
        "commitments",
        _commitment(
            lambda n: f"over £{n % 11 or 100}m",
            lambda n: (
                f"years: {YEARS[30 + n // 11 % 9]}..{YEARS[32 + n // 11 % 9]}, "
                + (f"part_of: c{n - n % 11:06}, " if n % 11 else "existing: up to £1m, ")
            ),
        ),
    ),
    "sums of fifty years": Family(
        "commitments",
        _commitment(
            _constant("£50m"), _constant(f"profile: {PROFILE}, inferred: {{profile: spread}}, ")
        ),
    ),
    "old money of fifty years": Family(
        "commitments",
        _commitment(
            _constant("£50m"),
            _constant(
                f"years: {YEARS[0]}..{YEARS[-1]}, existing: {PROFILE}, "
                "inferred: {existing: spread}, "
            ),
        ),
    ),
    "a chain of envelopes": Family(
        "commitments", _commitment(lambda n: f"over £{9_000_000 - n}", _part_of(1))
    ),
    "a chain of envelopes with years": Family(
        "commitments",
        _commitment(
            lambda n: f"over £{9_000_000 - n}",
            lambda n: f"years: 2023-24..2027-28, existing: up to £1m, {_part_of(1)(n)}",
        ),
    ),
    "one envelope of all": Family(
        "commitments",
        _commitment(
            lambda n: "over £1m" if n else "over £9bn", lambda n: "part_of: c000000, " if n else ""
        ),
    ),
    "sums in the two before": Family(
        "commitments", _commitment(lambda n: f"£{90_000_000 - n}", _part_of(1, 2))
    ),
    "sums each in two envelopes": Family(
        "commitments",
        _commitment(
            lambda n: "over £9m" if n % 3 < 2 else "over £1m",
            lambda n: f"part_of: [c{n - 1:06}, c{n - 2:06}], " if n % 3 == 2 else "",
        ),
    ),
    "one shared by all": Family(
        "commitments",
        _commitment(
            lambda n: "over £9m" if n % 2 == 0 else "over £1m",
            lambda n: f"part_of: [c{n - 1:06}, c000000], " if n % 2 and n > 1 else "",
        ),
    ),
    "sums that may overlap": Family(
        "commitments",
        _commitment(
            _constant("£9m"),
            lambda n: f"may_overlap: [c{n - 1:06}], reason: It does not say, " if n else "",
        ),
    ),
    "headlines of all": Family(
        "commitments",
        _commitment(_constant("£9m"), lambda n: f"restates: [c{n - 1:06}], " if n % 2 else ""),
    ),
    "sums that carry one another on": Family(
        "commitments",
        _commitment(_constant("£9m"), lambda n: f"continues: c{n - 1:06}, " if n else ""),
    ),
    "sums that replace one another": Family(
        "commitments",
        _commitment(_constant("£9m"), lambda n: f"supersedes: [c{n - 1:06}], " if n else ""),
    ),
    "revisions of one sum": Family(
        "commitments",
        lambda n: (
            f"    - {{from: {_day(n)}, is: £{n + 1}m, claims: [{{source: s, at: page, "
            f'says: "£{n + 1}m"}}]}}\n'
        ),
        "  whole:\n    title: The whole\n    lead: b\n    pillar: p\n"
        f"    {CLAIM.replace('9bn', '1m')}\n    amount:\n",
    ),
    "claims of one sum": Family(
        "commitments",
        lambda n: f'    - {{source: s, at: page {n}, says: "£9bn for the {n}th"}}\n',
        f"{THE_WHOLE}    claims:\n",
    ),
    "variants of one sum": Family(
        "commitments",
        lambda n: f'    - {{source: s, at: page {n}, says: "£{n}", variant: true}}\n',
        THE_WHOLE + "    choice: The first\n    claims:\n    - {source: s, at: page, says: £9bn}\n",
    ),
    "conflicts": Family(
        "commitments",
        _commitment(
            _constant("£9m"),
            _constant(
                "choice: The first, claims: [{source: s, at: page, says: £9m}, "
                "{source: t, at: page, says: £8m, variant: true}]}\n#"
            ),
        ),
    ),
    "statements of one sum": Family(
        "commitments",
        lambda n: (
            f"    - {{on: 2023-02-02, by: b, claims: [{{source: s, at: page {n}, "
            'says: "it was £8bn in 2019"}]}\n'
        ),
        THE_WHOLE + f"    {CLAIM}\n    statements:\n",
    ),
    "allocations": Family(
        "commitments",
        lambda n: (
            f"    - {{bodies: [council-{n % 2_000}], is: allocated, amount: £{n + 1}, years: "
            f"{YEARS[n // 2_000 + 30]}, claims: [{{source: s, at: page, says: £{n + 1}}}]}}\n"
        ),
        THE_WHOLE + f"    {CLAIM}\n    allocations:\n",
        bodies=MANY_BODIES,
    ),
    "areas": Family(
        "commitments",
        lambda n: (
            f"    - {{bodies: [council-{n % 2_000}], named: {_day(n)}, wave: wave {n % 2_000}, "
            "claims: [{source: s, at: page, says: it takes part}]}\n"
        ),
        THE_WHOLE + f"    {CLAIM}\n    areas:\n",
        bodies=MANY_BODIES,
    ),
    "sums of all councils": Family(
        "commitments",
        _commitment(
            _constant("£9m"),
            _constant(
                f"areas: [{{bodies: [{', '.join(f'council-{n}' for n in range(100))}], "
                "claims: [{source: s, at: page, says: they take part}]}], "
            ),
        ),
        bodies=FEW_BODIES,
    ),
    "long titles": Family(
        "commitments",
        lambda n: COMMITMENT.format(n=n, amount="£9m", more="label: A sum, ").replace(
            "title: Sum", f"title: {'A sum of money for it ' * 500}"
        ),
    ),
    "titles that are the same": Family(
        "commitments",
        lambda n: COMMITMENT.format(n=n, amount="£9m", more="").replace(f"Sum {n}", "Sum of money"),
    ),
    "exceptions": Family(
        "commitments",
        _commitment(
            _constant("£9m"),
            _constant("note: Its place is not told, inferred: {announced: page}, "),
        ),
    ),
    "former ids": Family(
        "commitments",
        _commitment(
            _constant("£9m"), lambda n: f"formerly: [{', '.join(f'f{n}-{k}' for k in range(50))}], "
        ),
    ),
    "benchmarks": Family(
        "benchmarks",
        lambda n: (
            f"  a{n:06}: {{title: Ask {n}, amount: £{n + 1}m, by: b, announced: 2023-02-02, "
            "asks_for: new, spending_years: 4, "
            f"claims: [{{source: s, at: page, says: £{n + 1}m}}]}}\n"
        ),
        also="commitments:\n" + ONE_SUM + f"    {CLAIM}}}\n",
    ),
    "figures of fifty years": Family(
        "figures",
        lambda n: (
            f"  f{n:06}: {{title: Figure {n}, kind: count, unit: carers, by: b, "
            f"announced: 2023-02-02, series: {SERIES}, inferred: {{series: its table}}, "
            "claims: [{source: s, at: page, says: carers}]}\n"
        ),
    ),
    "items of one figure": Family(
        "figures",
        lambda n: f"    - {{title: Item {n}, claims: [{{source: s, at: page, says: item {n}}}]}}\n",
        "  f:\n    title: A figure\n    kind: count\n    value: at least 1\n    unit: items\n"
        "    by: b\n"
        "    claims: [{source: s, at: page, says: at least 1}]\n    items:\n",
    ),
    "milestones": Family(
        "milestones",
        _milestone(lambda n: _day(n % 3_360, 2023), _constant(LOOKED + "topics: [t], ")),
    ),
    "milestones that repeat": Family(
        "milestones",
        _milestone(
            lambda n: f"{1990 + n % 30}-04-{n % 28 + 1:02}",
            _constant("nature: duty, acts: [b], repeats: weekly, "),
        ),
    ),
    "sums of many days": Family(
        "commitments",
        lambda n: COMMITMENT.format(n=n, amount="£9m", more="").replace(
            "announced: 2023-02-02", f"announced: {_day(n, 2000)}"
        ),
    ),
    "times of milestones": Family(
        "milestones",
        lambda n: (
            ("" if n % 2_600 else RETURNS.format(n=n // 2_600))
            + f"    - {{on: {_week(n)}, claims: [{{source: s, at: page, "
            f'says: "{_week(n)}"}}]}}\n'
        ),
    ),
    "moves of one milestone": Family(
        "milestones",
        lambda n: (
            f"    - {{to: {_day(n + 1, 2024)}, on: {_day(n, 1950)}, claims: [{{source: s, "
            f"at: page, says: {_day(n + 1, 2024)}}}]}}\n"
        ),
        "  m:\n    title: A step\n    promised: 1950-01-01\n    due: 2023-01-01\n    lead: b\n"
        '    claims: [{source: s, at: page, says: "2023-01-01"}]\n    moved:\n',
    ),
    "milestones that wait": Family(
        "milestones",
        lambda n: (
            MILESTONE.format(n=n, due="2025-01-01", more="")
            if n % 9 == 0
            else MILESTONE.format(n=n, due=f"within 2 weeks of m{n - n % 9:06}", more="")
        ),
    ),
    "searches of one milestone": Family(
        "milestones",
        lambda n: f"    - {{on: {_day(n, 1950)}, searched: page {n}}}\n",
        "  m:\n    title: A step\n    promised: 1950-01-01\n    due: 2023-01-01\n    lead: b\n"
        '    claims: [{source: s, at: page, says: "2023-01-01"}]\n    looked:\n',
    ),
    "recommendations": Family(
        "recommendations",
        lambda n: (
            f"  r{n:06}: {{title: Ask {n}, by: b, made: 2022-02-02, to: b, "
            f"chapter: Chapter {n % 40}, "
            "pillar: p, responses: [{on: 2023-02-02, is: accepted, commitments: [whole], "
            "claims: [{source: s, at: page, says: yes}]}], "
            f"claims: [{{source: s, at: page, says: ask {n}}}]}}\n"
        ),
        also="commitments:\n" + ONE_SUM + f"    {CLAIM}}}\n",
    ),
    "chapters of recommendations": Family(
        "recommendations",
        lambda n: (
            f"  r{n:06}: {{title: Ask {n}, by: b, made: 2022-02-02, to: b, chapter: Chapter {n}, "
            f"{LOOKED}claims: [{{source: s, at: page, says: ask {n}}}]}}\n"
        ),
    ),
    "answers of one recommendation": Family(
        "recommendations",
        lambda n: (
            f"    - {{on: {_day(n, 1950)}, is: in-part, commitments: [whole], "
            f"claims: [{{source: s, at: page, says: answer {n}}}]}}\n"
        ),
        "  r:\n    title: An ask\n    by: b\n    made: 1949-02-02\n    to: b\n    chapter: One\n"
        "    claims: [{source: s, at: page, says: ask}]\n    responses:\n",
        also="commitments:\n" + ONE_SUM + f"    {CLAIM}}}\n",
    ),
    "recommendations asked before": Family(
        "recommendations",
        lambda n: (
            f"  r{n:06}: {{title: Ask {n}, by: b, made: {_day(n, 1950)}, to: b, chapter: One, "
            + (f"asked_before: [r{n - 1:06}], " if n else "")
            + f"{LOOKED}claims: [{{source: s, at: page, says: ask {n}}}]}}\n"
        ),
    ),
    "bodies": Family(
        "bodies",
        lambda n: (
            f"  b{n:06}: {{title: Council {n}, kind: council, member_of: [b], "
            f"also_called: [The council of {n}]}}\n"
        ),
        last=(
            "milestones:\n  m:\n    title: A duty\n    nature: duty\n    promised: 2023-02-02\n"
            "    due: 2025-01-01\n    lead: b\n    acts: b\n"
            '    claims: [{source: s, at: page, says: "2025-01-01"}]\n'
        ),
    ),
    "a chain of bodies": Family(
        "bodies",
        lambda n: f"  b{n:06}: {{title: Body {n}, member_of: [{f'b{n - 1:06}' if n else 'b'}]}}\n",
        last=(
            "milestones:\n  m:\n    title: A duty\n    nature: duty\n    promised: 2023-02-02\n"
            "    due: 2025-01-01\n    lead: b\n    acts: b\n"
            '    claims: [{source: s, at: page, says: "2025-01-01"}]\n'
        ),
    ),
    "sources": Family(
        "sources",
        lambda n: f"  s{n:06}: {{title: Paper {n}, publisher: P, published: 2023-02-02}}\n",
    ),
    "sections of one source": Family(
        "sources",
        lambda n: f"    - Section {n}\n",
        "  many:\n    title: A paper\n    publisher: P\n    published: 2023-02-02\n    sections:\n",
    ),
    "topics": Family("topics", lambda n: f"  t{n:06}: {{title: Topic {n}}}\n"),
    "long notes": Family(
        "commitments",
        _commitment(
            _constant("£9m"),
            _constant(f"note: {'It is not told by any paper that is there; ' * 200}, "),
        ),
    ),
}
