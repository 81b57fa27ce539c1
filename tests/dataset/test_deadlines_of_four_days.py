"""What fell due on four days, against tables made by hand from the record's dates and outcomes.

Each row was reasoned from the promise, the later dates, the outcomes and the searches known by the
day; the comments say where that is not plain. Groups stand in the order of the list; inside one,
what ends soonest comes first. No search of the record says how far it reaches yet, so what is past
was not checked.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import edtf
import pytest

from reformcalc import deadlines, load
from reformcalc.known import outcome_day
from reformcalc.milestones import OPEN, State, status
from reformcalc.queries.deadlines import slipped

if TYPE_CHECKING:
    from time import struct_time

    from reformcalc.due import Due
    from reformcalc.model import Milestone

RECORD = load().valid()
UNDATED_SINCE_2023 = [
    "care-standards-legislation",
    "financial-oversight-regime",
    "information-sharing-guidance",
    "mandatory-reporting-duty",
    "mandatory-reporting-legislation",
    "north-tyneside-launch-meeting",
    "pathfinder-scale-up",
    "regional-care-cooperatives-rollout",
    "thurrock-update-phase-two",
]
MISSIONS = """\
upcoming  by 2027  mission-1-relationships
upcoming  by 2027  mission-2-homes
upcoming  by 2027  mission-3-corporate-parenting
upcoming  by 2027  mission-4-education
upcoming  by 2027  mission-5-accommodation"""

TABLES = {
    # The outcomes of the consultations of spring 2023 are of 21 June: one day later.
    "2023-06-20": f"""\
not-checked  spring 2023         case-holders-consultation
not-checked  from spring 2023    ecf-early-adopters
not-checked  from spring 2023    family-network-packages
not-checked  spring 2023         multi-agency-standards-consultation
not-checked  spring 2023         working-together-consultation
due-now   June 2023           north-tyneside-progress-hubs
due-now   by summer 2023      information-sharing-report
due-now   from 2023           fostering-expansion
upcoming  July to August 2023  north-tyneside-case-study
upcoming  September 2023      agency-consultation-response
upcoming  September 2023      agency-rules-published
upcoming  September 2023      ffc-pathfinder-wave-1
upcoming  September 2023      framework-consultation-response
upcoming  September 2023      strategy-consultation-response
upcoming  autumn 2023         care-standards-consultation
upcoming  autumn 2023         corporate-parenting-consultation
upcoming  from autumn 2023    ecf-consultation
upcoming  by the end of 2023  dashboard-indicators
upcoming  by the end of 2023  data-strategy
upcoming  by the end of 2023  kinship-allowance-exploration
upcoming  by the end of 2023  kinship-strategy
upcoming  by the end of 2023  national-framework
upcoming  by the end of 2023  working-together-update
upcoming  spring 2024         agency-rules-in-force
upcoming  by summer 2024      knowledge-and-skills-statement
upcoming  after 2 February 2025    later-phases
upcoming  after 2 February 2025    strategy-refresh
upcoming  from September 2026  ecf-rollout
{MISSIONS}
partly-met  in due course  law-commission-review
partly-met  in due course  legal-aid-kinship-carers""",
    # The hubs came round for the last time in September. The agency rules were moved to autumn 2024
    # on 27 October; that their publication moved was not yet known. The second wave got a date on
    # this very day, and the report on sharing information was out by it.
    "2023-11-16": f"""\
not-checked  July to August 2023  north-tyneside-case-study
not-checked  September 2023      agency-rules-published
not-checked  September 2023      framework-consultation-response
due-now   autumn 2023         care-standards-consultation
due-now   autumn 2023         corporate-parenting-consultation
due-now   from autumn 2023    ecf-consultation
due-now   autumn 2023         multi-agency-evaluation
due-now   from 2023           fostering-expansion
upcoming  by the end of 2023  dashboard-indicators
upcoming  by the end of 2023  data-strategy
upcoming  by the end of 2023  kinship-allowance-exploration
upcoming  by the end of 2023  kinship-strategy
upcoming  by the end of 2023  national-framework
upcoming  by the end of 2023  working-together-update
upcoming  April 2024          eastern-region-fostering-hub
upcoming  spring 2024         ffc-pathfinder-wave-2
upcoming  from spring 2024    regional-care-cooperatives-pathfinders
upcoming  by summer 2024      knowledge-and-skills-statement
upcoming  autumn 2024         agency-rules-in-force
upcoming  after 2 February 2025    later-phases
upcoming  after 2 February 2025    strategy-refresh
upcoming  2025                ffc-pathfinder-end
upcoming  from September 2026  ecf-rollout
{MISSIONS}
partly-met  from spring 2023    family-network-packages
partly-met  by summer 2023      information-sharing-report
partly-met  in due course       family-finding-programmes
partly-met  by the end of the Parliament  kinship-training-access
partly-met  in due course       law-commission-review
partly-met  in due course       legal-aid-kinship-carers
partly-met  in due course       social-work-apprentices-recruited
partly-met  when the pilots have started operating  thurrock-update-pilots""",
    # What came of the fostering hubs and of the framework's consultation was known only later.
    "2024-06-30": f"""\
not-checked  July to August 2023  north-tyneside-case-study
not-checked  September 2023      framework-consultation-response
not-checked  autumn 2023         care-standards-consultation
not-checked  autumn 2023         corporate-parenting-consultation
not-checked  from autumn 2023    ecf-consultation
not-checked  autumn 2023         multi-agency-evaluation
not-checked  from 2023           fostering-expansion
not-checked  by the end of 2023  dashboard-indicators
not-checked  April 2024          eastern-region-fostering-hub
not-checked  from spring 2024    regional-care-cooperatives-pathfinders
due-now   from summer 2024    agency-rules-published
due-now   by summer 2024      knowledge-and-skills-statement
due-now   2024                kinship-allowance-pathfinder
upcoming  autumn 2024         agency-rules-in-force
upcoming  after 2 February 2025    later-phases
upcoming  after 2 February 2025    strategy-refresh
upcoming  March 2025          ffc-pathfinder-end
upcoming  from September 2026  ecf-rollout
{MISSIONS}
upcoming  by January 2029     ffc-evaluation-final
partly-met  from spring 2023    family-network-packages
partly-met  by summer 2023      information-sharing-report
partly-met  spring 2024         ffc-pathfinder-wave-2
partly-met  in due course       family-finding-programmes
partly-met  in due course       law-commission-review
partly-met  in due course       legal-aid-kinship-carers
partly-met  in due course       social-work-apprentices-recruited
partly-met  when the pilots have started operating  thurrock-update-pilots""",
    # What is due after 2 February 2025 was due now for a year, and has had no date since. The money
    # of programmes is under way.
    "2026-11-21": f"""\
not-checked  July to August 2023  north-tyneside-case-study
not-checked  September 2023      framework-consultation-response
not-checked  autumn 2023         care-standards-consultation
not-checked  autumn 2023         corporate-parenting-consultation
not-checked  autumn 2023         multi-agency-evaluation
not-checked  by the end of 2023  dashboard-indicators
not-checked  April 2024          eastern-region-fostering-hub
not-checked  by summer 2024      knowledge-and-skills-statement
not-checked  by 1 October 2025   agency-rules-full-implementation
not-checked  by 16 March 2026    law-commission-initial-response
not-checked  FY 2025-26          family-courts-targets
not-checked  FY 2025-26          family-courts-trailblazers-evaluation
not-checked  from April 2026     ofsted-no-overall-grade
not-checked  by 16 September 2026  law-commission-full-response
upcoming  by March 2027       families-first-operational
upcoming  March 2027          kinship-training-contract-end
upcoming  from September 2027  social-work-induction-programme
{MISSIONS}
upcoming  2027                ofsted-families-framework
upcoming  late 2027           multi-agency-teams-duty
upcoming  the end of FY 2027-28  transformation-fund-end
upcoming  by January 2029     ffc-evaluation-final
upcoming  by August 2029      kinship-allowance-pilot-end
partly-met  from spring 2023    family-network-packages
partly-met  by summer 2023      information-sharing-report
partly-met  from 2023           fostering-expansion
partly-met  spring 2024         ffc-pathfinder-wave-2
partly-met  spring 2025         ffc-evaluation-first-findings
partly-met  in due course       legal-aid-kinship-carers
partly-met  in due course       social-work-apprentices-recruited
partly-met  when the pilots have started operating  thurrock-update-pilots""",
}
UNDATED = {
    "2023-06-20": [
        *UNDATED_SINCE_2023, "apprenticeship-bursary-increase", "childrens-services-formula",
        "corporate-parenting-legislation", "family-finding-programmes", "ffc-pathfinder-wave-2",
        "kinship-training-access", "new-legislation", "regional-care-cooperatives-pathfinders",
        "social-work-apprentices-recruited", "staying-close-legislation", "thurrock-update-pilots",
        "workload-action-group",
    ],
    "2023-11-16": [
        *UNDATED_SINCE_2023, "agency-guidance-consultation", "childrens-services-formula",
        "corporate-parenting-legislation", "new-legislation", "staying-close-legislation",
        "thurrock-impact-assessment",
    ],
    "2024-06-30": [
        *UNDATED_SINCE_2023, "childrens-services-formula", "corporate-parenting-legislation",
        "new-legislation", "staying-close-legislation", "thurrock-impact-assessment",
    ],
    "2026-11-21": [
        *UNDATED_SINCE_2023, "agency-regulations", "child-protection-authority",
        "corporate-parenting-duty", "family-group-decisions-duty", "fostering-10000-places",
        "information-sharing-duty", "later-phases", "staying-close-duty",
        "thurrock-impact-assessment", "working-together-next-edition",
    ],
}  # fmt: skip
# What needs nothing done by a day: programmes between their ends, and duties that bind. The Act
# made the kinship offer a duty two months after it passed.
STANDING = {
    "2023-06-20": [],
    "2024-10-30": [],
    "2024-10-31": ["in-force agency-rules-in-force"],
    "2026-03-31": ["in-force agency-rules-in-force"],
    "2026-04-01": [
        "under-way prevention-funding-2026-29",
        "under-way homes-capital-2026-30",
        "in-force agency-rules-in-force",
    ],
    "2026-11-21": [
        "under-way prevention-funding-2026-29",
        "under-way homes-capital-2026-30",
        "in-force agency-rules-in-force",
        "in-force kinship-local-offer-duty",
    ],
}
# What concerns one council or region alone.
ALONE = {
    "eastern-region-fostering-hub",
    "north-tyneside-case-study",
    "north-tyneside-launch-meeting",
    "north-tyneside-progress-hubs",
    "thurrock-impact-assessment",
    "thurrock-update-phase-two",
    "thurrock-update-pilots",
}


@pytest.mark.parametrize("day", TABLES)
def test_what_was_open_on_a_day(day: str) -> None:
    """The whole list of a day: each state, each date in its words, in order."""
    report = deadlines(RECORD, as_of=date.fromisoformat(day), local=True)
    listed = [f"{row.state} {row.due} {row.id}" for row in report.rows]
    assert listed == [" ".join(line.split()) for line in TABLES[day].splitlines()]
    others = [row.id for row in report.rows if row.id not in ALONE]
    assert [row.id for row in deadlines(RECORD, as_of=report.as_of).rows] == others


@pytest.mark.parametrize("day", UNDATED)
def test_what_had_no_date_on_a_day(day: str) -> None:
    """What waits for something is apart, and never overdue."""
    asked = {"as_of": date.fromisoformat(day), "states": [State.UNDATED], "local": True}
    rows = deadlines(RECORD, **asked).rows  # type: ignore[arg-type]
    # What was once due after a day, and is no longer, comes first: it has that day still.
    assert sorted(row.id for row in rows) == sorted(UNDATED[day])


@pytest.mark.parametrize("day", STANDING)
def test_what_stood_on_a_day(day: str) -> None:
    """Programmes that are under way and duties in force, which are no deadlines."""
    asked = [State.UNDER_WAY, State.IN_FORCE]
    rows = deadlines(RECORD, as_of=date.fromisoformat(day), states=asked).rows
    assert [f"{row.state} {row.id}" for row in rows] == STANDING[day]


def test_what_had_moved_by_today() -> None:
    """Furthest first, from the last day of the first promise to that of the date in force.

    30 September 2023 to 31 August 2024; 31 May to 31 October 2024; 31 March to 31 August 2029.
    "March 2025" after "2025" is no other date, nor is the first that an undated promise is given.
    """
    report = slipped(RECORD, as_of=date(2026, 11, 21))
    rows = report.rows
    assert [(row.id, row.slipped_days) for row in rows] == [
        ("agency-rules-published", 336),
        ("agency-rules-in-force", 153),
        ("kinship-allowance-pilot-end", 153),
    ]
    (closer,) = (note for note in report.notes if note.startswith("First dated later"))
    assert closer == (
        "First dated later, or more closely, which is no move: apprenticeship-bursary-increase, "
        "ffc-pathfinder-end, ffc-pathfinder-wave-2 and regional-care-cooperatives-pathfinders."
    )
    assert "then autumn 2024 (Community Care, 27 October 2023); " in rows[1].remark
    assert rows[1].remark.endswith("in force since 31 October 2024, 153 to 244 days late")


def test_monthly_hubs_come_round_until_september() -> None:
    """Monthly from February to September 2023: each month while they last, and never overdue."""
    hubs = RECORD.milestones["north-tyneside-progress-hubs"]
    said = {
        day: (status(RECORD, hubs, day).due.text, status(RECORD, hubs, day).state)
        for day in (date(2023, 6, 20), date(2023, 9, 30), date(2023, 10, 1))
    }
    assert list(said.values()) == [
        ("June 2023", State.DUE_NOW),
        ("September 2023", State.DUE_NOW),
        ("September 2023", State.ENDED),
    ]
    within = deadlines(
        RECORD, as_of=date(2023, 6, 20), within="3m", text=["progress hub"], local=True
    ).rows
    assert [row.due for row in within] == [
        "June 2023", "July 2023", "August 2023", "September 2023",
    ]  # fmt: skip


def _dues() -> list[tuple[str, Due]]:
    """Return every date of the record, by where it stands."""
    dues = [(id_, one.due) for id_, one in RECORD.milestones.items()]
    dues += [(id_, move.to) for id_, one in RECORD.milestones.items() for move in one.moved]
    return dues + [(id_, one.due) for id_, one in RECORD.figures.items() if one.due]


def _read(bound: struct_time | float) -> date | None:
    return None if isinstance(bound, float) else date(bound.tm_year, bound.tm_mon, bound.tm_mday)


@pytest.mark.parametrize(("id_", "due"), [pytest.param(*one, id=one[0]) for one in _dues()])
def test_every_date_of_the_record_has_the_days_of_its_edtf_form(id_: str, due: Due) -> None:
    """Each due text has an EDTF form that the edtf package reads alike, or has no day at all."""
    if due.edtf is None:
        assert not due.dated
        return
    parsed = edtf.parse_edtf(due.edtf)
    read = (_read(parsed.lower_strict()), _read(parsed.upper_strict()))
    assert read == (due.earliest, due.latest)


def test_a_later_day_never_reopens_what_was_met() -> None:
    """On each day on which anything of the record changes: what is met stays met."""
    changes = {one.due.latest for one in RECORD.milestones.values()}
    changes |= {day for one in RECORD.milestones.values() for day in _days_of(one)}
    days = sorted(day for day in changes if day)
    for milestone in RECORD.milestones.values():
        met = False
        for day in days:
            state = status(RECORD, milestone, day).state
            assert not (met and (state in OPEN or state is State.UNDATED))
            met = met or state in (State.MET, State.MET_LATE, State.IN_FORCE)


def _days_of(milestone: Milestone) -> list[date | None]:
    came = [outcome_day(outcome).latest for outcome in milestone.outcome]
    return [*came, *(outcome.known for outcome in milestone.outcome)] + [
        move.on.latest for move in milestone.moved
    ]
