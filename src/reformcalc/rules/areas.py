"""Rules on who takes part and who gets what: bodies, areas and allocations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc.ledger.local import WITH_AREAS, latest, waves
from reformcalc.record.history import in_force, known_on
from reformcalc.rules.claims import Said
from reformcalc.rules.registry import Violation, rule
from reformcalc.values.money import NOUGHT, amounts_in
from reformcalc.words import pounds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reformcalc.findings import Route
    from reformcalc.record.model import Allocation, Commitment, Dataset


@rule("codes-differ", on=("bodies",))
def codes_differ(dataset: Dataset) -> Iterator[Violation]:
    """No two bodies have the same code.

    People find a body by its code: one that two have finds neither.
    """
    having: dict[tuple[Route, str], str] = {}
    for id_, body in dataset.bodies.items():
        lists: list[tuple[Route, tuple[str, ...]]] = [(("gss",), body.gss)]
        lists += [(("codes", name), codes) for name, codes in body.codes.items()]
        for register, codes in lists:
            for place, code in enumerate(codes):
                first = having.setdefault((register, code), id_)
                if first != id_:
                    message = f'"{first}" has the code {code} too; correct one of them'
                    yield Violation(("bodies", id_, *register, place), message)


@rule("areas-counted", on=WITH_AREAS)
def areas_counted(dataset: Dataset) -> Iterator[Violation]:
    """A wave names no more bodies than take part in it.

    `in_all` says how many there are, named or not; the lists of one wave are counted together, and
    the last that says a number holds. Correct it, or take out who is not in that wave.
    """
    for kind in WITH_AREAS:
        for id_, entry in getattr(dataset, kind).items():
            for wave in waves(entry.areas):
                named = wave.named + wave.inferred
                if wave.in_all is not None and named > wave.in_all:
                    of = f" of {wave.name}" if wave.name else ""
                    message = f"{named} bodies{of} are named, and in_all says {wave.in_all}"
                    yield Violation((kind, id_, "areas"), message, on_key=True)


@rule("allocation-worded", on=("commitments",), excusable=True)
def allocation_worded(dataset: Dataset) -> Iterator[Violation]:
    """What a body is allocated stands in the words of one of its claims, with the same firmness.

    Quote the words that carry the sum; where they spell it out, write it under `means`; where it
    is our reading, say under `inferred` what it is read from.
    """
    for id_, entry in dataset.commitments.items():
        for place, one in enumerate(entry.allocations):
            if one.amount is None or one.inferred:
                continue
            said = [amount for claim in one.claims for amount in amounts_in(claim.wording)]
            if not Said(said).has(one.amount):
                message = (
                    f'no claim of this allocation says "{one.amount.text}"; quote one that does'
                )
                yield Violation(("commitments", id_, "allocations", place, "amount"), message)


@rule("allocations-within", on=("commitments",), excusable=True)
def allocations_within(dataset: Dataset) -> Iterator[Violation]:
    """Allocations lie in their commitment: in its years, and together in its amount.

    What is nil has no amount, and what is allocated is no more than there is, each as last said: a
    later one for the same bodies, years and purpose takes the place of an earlier one. A bid, a
    hope or a shortfall is no allocation: write it under `body_notes`.
    """
    for id_, entry in dataset.commitments.items():
        for place, one in enumerate(entry.allocations):
            yield from _misplaced(entry, one, ("commitments", id_, "allocations", place))
        held = latest(entry.allocations, lambda one: known_on(dataset, one))
        least = sum((one.amount.low for one in held if one.amount), NOUGHT)
        stated = in_force(entry.amount, dataset.about.reviewed)
        if stated and stated.value.high is not None and least > stated.value.high:
            message = (
                f"{pounds(least)} or more is allocated, and the amount is {stated.value.text}; "
                "correct what is too much, or move it where it belongs"
            )
            yield Violation(("commitments", id_, "allocations"), message, on_key=True)


def _misplaced(entry: Commitment, one: Allocation, route: Route) -> Iterator[Violation]:
    if one.firm == "nil" and one.amount is not None:
        message = "what is nil by a rule has no amount; leave it out, or say that it is allocated"
        yield Violation((*route, "amount"), message)
    if one.years and entry.years and not set(one.years) <= set(entry.years):
        message = f"{one.years} is not within the years of this commitment, {entry.years}"
        yield Violation((*route, "years"), message)


RULES = (codes_differ, areas_counted, allocation_worded, allocations_within)
