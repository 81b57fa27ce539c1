"""Large inputs: a record of commitments and milestones, and a journal of as many transactions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

COMPONENTS = 10  # in each envelope
FIRST_YEARS = 6  # years in which a sum begins; it lasts for two
TOPICS = 8

_HEAD = """\
about: {title: Generated, subject: speed, scope: nowhere, publisher: bench, version: "1",
  licence: CC0, reviewed: 2026-01-01}
pillars: {one: {title: The pillar}}
bodies: {body: {title: The body}}
sources:
  document: {title: The document, publisher: The body, published: 2023-02-02}
"""
_TOPICS = "topics: {{{}}}\n"
_TOPIC = "topic-{0}: {{title: Topic {0}}}"
_BENCHMARK = """\
benchmarks:
  ask:
    title: What was asked for
    amount: £{amount}
    by: body
    announced: 2023-02-02
    asks_for: new
    profile: {{year 1: "£{each}", year 2: "£{each}", year 3: "£{each}", year 4: "£{each}"}}
    year_one: {{is: 2023-24, reason: The document begins with it}}
    claims:
    - {{source: document, at: page, says: "£{amount} over four years, £{each} in each"}}
"""
_COMMITMENT = """\
  {id}:
    title: Sum number {number}
    amount: £{amount}
    lead: body
    pillar: one
{more}    claims:
    - {{source: document, at: page {number}, says: "£{amount} for sum number {number}"}}
"""
_MILESTONE = """\
  milestone-{number:07}:
    title: Step number {number}
    promised: 2023-02-02
    due: 2025-{month:02}-{day:02}
    lead: body
    topics: [topic-{topic}]
    looked: {{on: 2026-01-01, reaches: 2026-01-01, searched: the pages of the body}}
    claims:
    - {{source: document, at: page {number}, says: "by {day} {name} 2025"}}
"""
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def record(path: Path, commitments: int, *, milestones: int = 0) -> None:
    """Write a valid record: envelopes of ten components each, one claim each, no two sums alike.

    With milestones it has what every command asks for: years and topics of its sums, what of some
    was being spent before, and a benchmark.
    """
    with path.open("w", encoding="utf-8") as file:
        file.write(_HEAD)
        if milestones:
            file.write(_TOPICS.format(", ".join(map(_TOPIC.format, range(TOPICS)))))
            each = commitments**2 * 100
            file.write(_BENCHMARK.format(amount=f"{each * 4:,}", each=f"{each:,}"))
        file.write("commitments:\n")
        for number in range(commitments):
            envelope, place = divmod(number, COMPONENTS + 1)
            id_ = f"envelope-{envelope:07}"
            more = f"    part_of: {id_}\n" if place else ""
            if milestones:
                more += _asked_of(envelope, place)
            id_ += f"-{place:02}" if place else ""
            amount = f"{envelope * 1000 + place:,}" if place else f"{(envelope + 1) * 10_000:,}"
            file.write(_COMMITMENT.format(id=id_, number=number, amount=amount, more=more))
        if milestones:
            file.write("milestones:\n")
        for number in range(milestones):
            month, day = number % 12, number // 12 % 28 + 1
            topic = number % TOPICS
            file.write(
                _MILESTONE.format(
                    number=number, month=month + 1, day=day, name=_MONTHS[month], topic=topic
                )
            )


def _asked_of(envelope: int, place: int) -> str:
    """Write the years of a sum, its topic, and of some what was being spent before."""
    first = 2023 + envelope % FIRST_YEARS
    years = f"    years: {first}-{(first + 1) % 100}..{first + 1}-{(first + 2) % 100}\n"
    told = place and envelope % 5 == 0
    old = f"    existing: {'all' if place % 2 else '£0'}\n" if told else ""
    return f"{years}    topics: [topic-{(envelope + place) % TOPICS}]\n{old}"


def journal(path: Path, transactions: int) -> None:
    """Write a journal that both hledger and beancount read: two postings to a transaction."""
    with path.open("w", encoding="utf-8") as file:
        file.write("2023-01-01 open Assets:Promised\n2023-01-01 open Income:Body\n")
        for number in range(transactions):
            file.write(
                f'\n2023-02-02 * "Sum number {number}"\n'
                f"  Assets:Promised  {number + 1}.00 GBP\n  Income:Body  -{number + 1}.00 GBP\n"
            )
