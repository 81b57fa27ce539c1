"""Large inputs: a record of commitments, and a journal of as many transactions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

COMPONENTS = 10  # in each envelope

_HEAD = """\
about: {title: Generated, subject: speed, publisher: bench, version: "1", licence: CC0,
  reviewed: 2026-01-01}
pillars: {one: {title: The pillar}}
bodies: {body: {title: The body}}
sources:
  document: {title: The document, publisher: The body, published: 2023-02-02}
commitments:
"""
_COMMITMENT = """\
  {id}:
    title: Sum number {number}
    amount: £{amount}
    lead: body
    pillar: one
{inside}    claims:
    - {{source: document, at: page {number}, says: "£{amount} for sum number {number}"}}
"""


def record(path: Path, commitments: int) -> None:
    """Write a valid record: envelopes of ten components each, one claim each, no two sums alike."""
    with path.open("w", encoding="utf-8") as file:
        file.write(_HEAD)
        for number in range(commitments):
            envelope, place = divmod(number, COMPONENTS + 1)
            id_ = f"envelope-{envelope:07}"
            inside = f"    part_of: {id_}\n" if place else ""
            id_ += f"-{place:02}" if place else ""
            amount = f"{envelope * 1000 + place:,}" if place else f"{(envelope + 1) * 10_000:,}"
            file.write(_COMMITMENT.format(id=id_, number=number, amount=amount, inside=inside))


def journal(path: Path, transactions: int) -> None:
    """Write a journal that both hledger and beancount read: two postings to a transaction."""
    with path.open("w", encoding="utf-8") as file:
        file.write("2023-01-01 open Assets:Promised\n2023-01-01 open Income:Body\n")
        for number in range(transactions):
            file.write(
                f'\n2023-02-02 * "Sum number {number}"\n'
                f"  Assets:Promised  {number + 1}.00 GBP\n  Income:Body  -{number + 1}.00 GBP\n"
            )
