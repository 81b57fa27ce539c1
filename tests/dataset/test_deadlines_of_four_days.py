"""What fell due on five days, against tables made by hand from the record's dates and outcomes.

Each row was reasoned from the promise, the later dates, the outcomes and the searches known by the
day; the comments say where that is not plain. Groups stand in the order of the list; inside one,
what ends soonest comes first.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import edtf
import pytest

from reformcalc import deadlines, load
from reformcalc.answers.chosen import Chosen
from reformcalc.answers.deadlines.answers import slipped
from reformcalc.answers.deadlines.listing import Listing
from reformcalc.answers.deadlines.screen import DeadlinesScreen
from reformcalc.ledger.known import Known
from reformcalc.ledger.milestones import OPEN, State, status
from reformcalc.render.screen import render_screen
from reformcalc.render.terminal import Terminal
from reformcalc.screen import Cell
from tests.unit.builders import dates_of

if TYPE_CHECKING:
    from time import struct_time

    from reformcalc.answers.deadlines.rows import DeadlineRow
    from reformcalc.record.model import Milestone
    from reformcalc.report import Report
    from reformcalc.values.due import Due

RECORD = load().valid()
# On each of the days.
UNDATED_SINCE_2023 = [
    "agencies-integrated", "agency-reliance", "care-leaver-covenant",
    "care-leavers-support-explored",
    "care-leavers-universal-offer", "care-standards-legislation", "care-standards-review",
    "childrens-homes-leadership", "disabled-children-support", "drifting-authorities",
    "early-support-rebalance",
    "family-courts-26-weeks", "family-first-culture", "family-help-funding-simplified",
    "family-help-lessons",
    "foster-campaigns-tested",
    "foster-carers-priority", "harm-outside-home", "health-disparities", "interventions-policy",
    "kinship-workplace-entitlements", "legal-aid-kinship-carers", "lifelong-bond",
    "mandatory-reporting-duty", "mission-6-health", "missions-tracked", "pay-transparency",
    "regional-care-cooperatives-rollout", "residential-registration-explored", "retention-hub",
    "reviewing-officer-review", "social-workers-mental-health", "strategy-further-input",
    "virtual-heads-opportunities",
]  # fmt: skip
# Until something came of them in 2025 or 2026; of the practice guides in October 2024.
UNDATED_TO_2024 = [
    *UNDATED_SINCE_2023, "childrens-services-formula", "corporate-parenting-legislation",
    "ecf-establishment", "ecf-expert-level", "family-help-everywhere",
    "financial-oversight-regime", "mandatory-reporting-legislation", "new-legislation",
    "pathfinder-scale-up", "practice-guides-published", "staying-close-legislation",
]  # fmt: skip
# Until April 2024, when Ofsted changed its framework, and February 2024, when the dashboard was up.
_UNDATED_TO_2023 = [*UNDATED_TO_2024, "dashboard-established", "inspection-aligned"]
MISSIONS = """\
upcoming  by 2027  mission-1-relationships
upcoming  by 2027  mission-2-homes
upcoming  by 2027  mission-3-corporate-parenting
upcoming  by 2027  mission-4-education
upcoming  by 2027  mission-5-accommodation"""

# Promised by 2026, and not due before its last days.
COMING = f"""\
due-now   2026                ofsted-framework-consultation
upcoming  by March 2027       families-first-operational
upcoming  March 2027          kinship-training-contract-end
upcoming  from September 2027  social-work-induction-programme
{MISSIONS}
upcoming  2027                ofsted-families-framework
upcoming  late 2027           multi-agency-teams-duty
upcoming  March 2028          adoption-support-fund-end
upcoming  the end of FY 2027-28  transformation-fund-end
upcoming  2028                adoption-support-reform
upcoming  by the end of 2028  family-hubs-1000
upcoming  by January 2029     ffc-evaluation-final
upcoming  by August 2029      kinship-allowance-pilot-end"""

PARTLY = """\
partly-met  by summer 2023  information-sharing-report
partly-met  October 2023  supported-accommodation-regulation
partly-met  after 2 February 2025  later-phases
partly-met  spring 2025  ffc-evaluation-first-findings
partly-met  after consultation  agency-regulations
partly-met  in due course  family-help-everywhere
partly-met  in due course  financial-oversight-regime
partly-met  in due course  harm-outside-home-pathways
partly-met  in due course  inspection-aligned
partly-met  if the pathfinders were successful  pathfinder-scale-up
partly-met  in due course  practice-guides-published
partly-met  in due course  social-work-apprentices-recruited
partly-met  in due course  social-worker-retention
partly-met  in due course  staying-offers"""

TABLES = {
    # The outcomes of the consultations of spring 2023 are of 21 June: one day later.
    "2023-06-20": f"""\
not-checked  spring 2023         case-holders-consultation
not-checked  from spring 2023    ecf-early-adopters
not-checked  from spring 2023    family-network-packages
not-checked  spring 2023         multi-agency-standards-consultation
not-checked  spring 2023         working-together-consultation
due-now   by summer 2023      information-sharing-report
due-now   from 2023           fostering-expansion
due-now   FY 2023-24          foster-carers-tax-relief-increase
upcoming  14 August 2023      mandatory-reporting-call-for-evidence
upcoming  September 2023      agency-consultation-response
upcoming  September 2023      agency-rules-published
upcoming  September 2023      ffc-pathfinder-wave-1
upcoming  September 2023      framework-consultation-response
upcoming  September 2023      strategy-consultation-response
upcoming  October 2023        supported-accommodation-regulation
upcoming  autumn 2023         care-standards-consultation
upcoming  autumn 2023         corporate-parenting-consultation
upcoming  from autumn 2023    ecf-consultation
upcoming  by the end of 2023  dashboard-indicators
upcoming  by the end of 2023  data-strategy
upcoming  by the end of 2023  education-safeguarding-partner
upcoming  by the end of 2023  kinship-allowance-exploration
upcoming  by the end of 2023  kinship-strategy
upcoming  by the end of 2023  national-framework
upcoming  by the end of 2023  safeguarding-partners-roles
upcoming  by the end of 2023  working-together-update
upcoming  spring 2024         agency-rules-in-force
upcoming  by summer 2024      knowledge-and-skills-statement
upcoming  after 2 February 2025    later-phases
upcoming  after 2 February 2025    strategy-refresh
upcoming  from September 2026  ecf-rollout
{MISSIONS}
partly-met  in due course  law-commission-review""",
    # The agency rules were moved to autumn 2024 on 27 October; that their publication moved was not
    # yet known. The second wave got a date on this very day, and the report on sharing information
    # was out by it. That supported accommodation was registered was known by the end of February.
    "2023-11-16": f"""\
not-checked  September 2023      agency-rules-published
not-checked  September 2023      framework-consultation-response
not-checked  October 2023        supported-accommodation-regulation
due-now   autumn 2023         care-standards-consultation
due-now   autumn 2023         corporate-parenting-consultation
due-now   from autumn 2023    ecf-consultation
due-now   autumn 2023         multi-agency-evaluation
due-now   from 2023           fostering-expansion
upcoming  by the end of 2023  dashboard-indicators
upcoming  by the end of 2023  data-strategy
upcoming  by the end of 2023  education-safeguarding-partner
upcoming  by the end of 2023  kinship-allowance-exploration
upcoming  by the end of 2023  kinship-strategy
upcoming  by the end of 2023  national-framework
upcoming  by the end of 2023  safeguarding-partners-roles
upcoming  by the end of 2023  working-together-update
upcoming  by 22 February 2024  mandatory-reporting-response
upcoming  spring 2024         ffc-pathfinder-wave-2
upcoming  from spring 2024    regional-care-cooperatives-pathfinders
upcoming  by summer 2024      knowledge-and-skills-statement
upcoming  autumn 2024         agency-rules-in-force
upcoming  after 2 February 2025    later-phases
upcoming  after 2 February 2025    strategy-refresh
upcoming  2025                ffc-pathfinder-end
upcoming  from September 2026  ecf-rollout
{MISSIONS}
partly-met  from spring 2023  family-network-packages
partly-met  by summer 2023  information-sharing-report
partly-met  in due course  family-finding-programmes
partly-met  by the end of the Parliament  kinship-training-access
partly-met  in due course  law-commission-review
partly-met  in due course  residential-workforce-census
partly-met  in due course  social-work-apprentices-recruited
partly-met  in due course  social-worker-retention
partly-met  in due course  staying-offers""",
    # The first hubs for fostering beyond the North East had opened in April and May 2024.
    "2024-06-30": f"""\
not-checked  September 2023      framework-consultation-response
not-checked  autumn 2023         care-standards-consultation
not-checked  autumn 2023         corporate-parenting-consultation
not-checked  from autumn 2023    ecf-consultation
not-checked  autumn 2023         multi-agency-evaluation
not-checked  by the end of 2023  dashboard-indicators
not-checked  from spring 2024    regional-care-cooperatives-pathfinders
due-now   from summer 2024    agency-rules-published
due-now   by summer 2024      knowledge-and-skills-statement
due-now   2024                kinship-allowance-pathfinder
upcoming  September 2024      virtual-heads-kinship
upcoming  autumn 2024         agency-rules-in-force
upcoming  after 2 February 2025    later-phases
upcoming  after 2 February 2025    strategy-refresh
upcoming  March 2025          ffc-pathfinder-end
upcoming  spring 2025         agency-price-caps
upcoming  from September 2026  ecf-rollout
{MISSIONS}
upcoming  by January 2029     ffc-evaluation-final
partly-met  from spring 2023  family-network-packages
partly-met  by summer 2023  information-sharing-report
partly-met  October 2023  supported-accommodation-regulation
partly-met  spring 2024  ffc-pathfinder-wave-2
partly-met  in due course  family-finding-programmes
partly-met  in due course  harm-outside-home-pathways
partly-met  in due course  inspection-aligned
partly-met  in due course  law-commission-review
partly-met  in due course  residential-workforce-census
partly-met  in due course  social-work-apprentices-recruited
partly-met  in due course  social-worker-retention
partly-met  in due course  staying-offers""",
    # None of the searches of that day says how far it reaches.
    "2026-11-21": f"""\
not-checked  September 2023      framework-consultation-response
not-checked  autumn 2023         care-standards-consultation
not-checked  autumn 2023         corporate-parenting-consultation
not-checked  autumn 2023         multi-agency-evaluation
not-checked  by the end of 2023  dashboard-indicators
not-checked  by summer 2024      knowledge-and-skills-statement
not-checked  spring 2025         agency-price-caps
not-checked  by 1 October 2025   agency-rules-full-implementation
not-checked  by 16 March 2026    law-commission-initial-response
not-checked  FY 2025-26          family-courts-targets
not-checked  FY 2025-26          family-courts-trailblazers-evaluation
not-checked  by April 2026       family-hubs-every-authority
not-checked  from April 2026     ofsted-no-overall-grade
not-checked  20 July 2026        regional-care-delivery-partner
not-checked  by 16 September 2026  law-commission-full-response
not-checked  September 2026      adoption-year-7-offer
{COMING}
{PARTLY}""",
    # Those of 30 November reach October 2024, February 2026, March 2025, May 2026 and July 2025 for
    # the first five: beyond their last days. The others end before theirs.
    "2026-11-30": f"""\
no-outcome-found  September 2023      framework-consultation-response
no-outcome-found  autumn 2023         care-standards-consultation
no-outcome-found  autumn 2023         corporate-parenting-consultation
no-outcome-found  by the end of 2023  dashboard-indicators
no-outcome-found  spring 2025         agency-price-caps
not-checked  autumn 2023         multi-agency-evaluation
not-checked  by summer 2024      knowledge-and-skills-statement
not-checked  by 1 October 2025   agency-rules-full-implementation
not-checked  by 16 March 2026    law-commission-initial-response
not-checked  FY 2025-26          family-courts-targets
not-checked  FY 2025-26          family-courts-trailblazers-evaluation
not-checked  by April 2026       family-hubs-every-authority
not-checked  from April 2026     ofsted-no-overall-grade
not-checked  20 July 2026        regional-care-delivery-partner
not-checked  by 16 September 2026  law-commission-full-response
not-checked  September 2026      adoption-year-7-offer
{COMING}
{PARTLY}""",
}
_UNDATED_TODAY = [
    *UNDATED_SINCE_2023, "advocacy-standards", "child-identifier-regulations",
    "child-protection-authority", "childrens-homes-200-places", "corporate-parenting-duty",
    "education-of-children-in-need-duty", "families-first-returns", "family-group-decisions-duty",
    "ffc-pathfinder-vision", "fostering-10000-places", "fostering-consultation-response",
    "fostering-hubs-everywhere", "information-sharing-duty", "mandatory-reporting-guidance",
    "relevant-accommodation-regulations", "staying-close-duty", "working-together-next-edition",
]  # fmt: skip
UNDATED = {
    # The pathfinders began to test in September 2023, and the North East's programme in October.
    "2023-06-20": [
        *_UNDATED_TO_2023, "apprenticeship-bursary-increase", "child-protection-lead-practitioner",
        "family-finding-programmes", "family-group-decisions-tested", "family-help-tested",
        "family-network-packages-pathfinder", "ffc-pathfinder-wave-2",
        "fostering-north-east-programme", "harm-outside-home-pathways",
        "information-sharing-guidance",
        "kinship-training-access", "multi-agency-functions-tested",
        "regional-care-cooperatives-pathfinders", "social-work-apprentices-recruited",
        "social-worker-retention", "staying-offers", "workload-action-group",
    ],
    "2023-11-16": [
        *_UNDATED_TO_2023, "advocacy-standards", "agency-guidance-consultation",
        "ffc-pathfinder-vision", "harm-outside-home-pathways", "information-sharing-guidance",
    ],
    "2024-06-30": [*UNDATED_TO_2024, "advocacy-standards", "ffc-pathfinder-vision"],
    "2026-11-21": _UNDATED_TODAY,
    # When the Law Commission agreed to its review is not known: by this day at the latest.
    "2026-11-30": [*_UNDATED_TODAY, "law-commission-kinship"],
}  # fmt: skip


# What needs nothing done by a day: programmes between their ends, and duties that bind. The Act
# made the kinship offer a duty two months after it passed.
STANDING = {
    "2023-06-20": [],
    "2024-10-30": [],
    "2024-10-31": ["in-force agency-data-returns", "in-force agency-rules-in-force"],
    "2026-03-31": ["in-force agency-data-returns", "in-force agency-rules-in-force"],
    "2026-04-01": [
        "under-way prevention-funding-2026-29",
        "under-way homes-capital-2026-30",
        "in-force agency-data-returns",
        "in-force agency-rules-in-force",
    ],
    "2026-11-21": [
        "under-way prevention-funding-2026-29",
        "under-way homes-capital-2026-30",
        "in-force agency-data-returns",
        "in-force agency-rules-in-force",
        "in-force kinship-local-offer-duty",
    ],
}
# What concerns one council or region alone, listed only where it is asked for. The hubs came round
# for the last time in September 2023; the search for the case study reaches May 2023.
_CASE_STUDY = "not-checked July to August 2023 north-tyneside-case-study"
_PILOTS = "partly-met when the pilots have started operating thurrock-update-pilots"
_BUDGET = "FY 2023-24 thurrock-budget-2023-24"
LOCAL = {
    "2023-06-20": [
        "due-now June 2023 north-tyneside-progress-hubs",
        f"due-now {_BUDGET}",
        "upcoming July to August 2023 north-tyneside-case-study",
    ],
    "2023-11-16": [
        _CASE_STUDY, f"due-now {_BUDGET}", "upcoming April 2024 eastern-region-fostering-hub",
        _PILOTS,
    ],
    "2024-06-30": [_CASE_STUDY, f"not-checked {_BUDGET}", _PILOTS],
    "2026-11-21": [_CASE_STUDY, f"not-checked {_BUDGET}", _PILOTS],
    "2026-11-30": [_CASE_STUDY, f"not-checked {_BUDGET}", _PILOTS],
}  # fmt: skip
_WAITING = [
    "north-east-fostering-campaign", "north-tyneside-launch-meeting",
    "north-tyneside-regional-spreadsheet", "north-tyneside-test-data",
    "north-tyneside-voice-feedback", "north-tyneside-voice-systems",
    "north-tyneside-voice-technology", "north-tyneside-workshops-learning",
    "thurrock-guidance-response", "thurrock-medium-term-costs", "thurrock-update-phase-two",
]  # fmt: skip
# The page that tells of these as done shows no day: by 30 November 2026 at the latest.
_VOICE = [
    "north-tyneside-voice-recommendations", "north-tyneside-voice-report",
    "north-tyneside-voice-research", "north-tyneside-voice-tools",
]  # fmt: skip
_SINCE_NOVEMBER_2023 = [
    *_WAITING, "eastern-region-mockingbird", "thurrock-impact-assessment", "thurrock-new-costs",
    "thurrock-policies",
]  # fmt: skip
# The North East had its hub by October 2023, and Mockingbird everywhere by April 2024.
LOCAL_UNDATED = {
    "2023-06-20": [
        *_WAITING, *_VOICE, "north-east-fostering-hub", "north-east-mockingbird",
        "thurrock-update-pilots",
    ],
    "2023-11-16": [*_SINCE_NOVEMBER_2023, *_VOICE, "north-east-mockingbird"],
    "2024-06-30": [*_SINCE_NOVEMBER_2023, *_VOICE],
    "2026-11-21": [*_SINCE_NOVEMBER_2023, *_VOICE],
    "2026-11-30": _SINCE_NOVEMBER_2023,
}  # fmt: skip


@pytest.mark.parametrize("day", TABLES)
def test_what_was_open_on_a_day(day: str) -> None:
    """The whole list of a day: each state, each date in its words, in order."""
    as_of = date.fromisoformat(day)
    national = _listed(deadlines(dates_of(RECORD, as_of)))
    assert national == [" ".join(line.split()) for line in TABLES[day].splitlines()]
    everything = _listed(deadlines(dates_of(RECORD, as_of, local=True)))
    assert [line for line in everything if line not in national] == LOCAL[day]


def _listed(report: Report[DeadlineRow]) -> list[str]:
    return [f"{row.state} {row.due} {row.id}" for row in report.rows]


@pytest.mark.parametrize("day", UNDATED)
def test_what_had_no_date_on_a_day(day: str) -> None:
    """What waits for something is apart, and never past."""
    as_of = date.fromisoformat(day)
    rows = deadlines(dates_of(RECORD, as_of), [State.UNDATED]).rows
    assert [row.id for row in rows] == sorted(UNDATED[day])
    rows = deadlines(dates_of(RECORD, as_of, local=True), [State.UNDATED]).rows
    assert {row.id for row in rows} - set(UNDATED[day]) == set(LOCAL_UNDATED[day])


@pytest.mark.parametrize("day", STANDING)
def test_what_stood_on_a_day(day: str) -> None:
    """Programmes that are under way and duties in force, which are no deadlines."""
    asked = [State.UNDER_WAY, State.IN_FORCE]
    rows = deadlines(dates_of(RECORD, date.fromisoformat(day)), asked).rows
    assert [f"{row.state} {row.id}" for row in rows] == STANDING[day]


def test_what_had_moved_by_today() -> None:
    """Furthest first, from the last day of the first promise to that of the date in force.

    30 September 2023 to 31 August 2024; 31 May to 31 October 2024; 31 March to 31 August 2029.
    "March 2025" after "2025" is no other date, nor is the first that an undated promise is given.
    """
    report = slipped(dates_of(RECORD, date(2026, 11, 21)))
    rows = report.rows
    assert [(row.id, row.slipped_days) for row in rows] == [
        ("agency-rules-published", 336),
        ("agency-rules-in-force", 153),
        ("kinship-allowance-pilot-end", 153),
    ]
    (closer,) = (note for note in report.sentences if note.startswith("First dated later"))
    assert closer == (
        "First dated later, or more closely, which is no move: apprenticeship-bursary-increase, "
        "ffc-pathfinder-end, ffc-pathfinder-wave-2, foster-allowance-increase and "
        "regional-care-cooperatives-pathfinders."
    )
    assert "then autumn 2024 (Community Care, 27 October 2023); " in rows[1].remark
    assert rows[1].remark.endswith("in force since 31 October 2024, 5 to 8 months late")


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
        dates_of(RECORD, date(2023, 6, 20), text=["progress hub"], local=True), within="3m"
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


def test_every_date_of_the_record_has_the_days_of_its_edtf_form() -> None:
    """Each due text has an EDTF form that the edtf package reads alike, or has no day at all."""
    dues = _dues()
    assert len(dues) > 200
    days: dict[str, tuple[date | None, date | None]] = {}  # of each form, which takes long to read
    for id_, due in dues:
        if due.edtf is None:
            assert not due.dated, id_
            continue
        if due.edtf not in days:
            parsed = edtf.parse_edtf(due.edtf)
            days[due.edtf] = _read(parsed.lower_strict()), _read(parsed.upper_strict())
        assert days[due.edtf] == (due.earliest, due.latest), id_


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
    came = [outcome.day.latest for outcome in milestone.outcome]
    return [*came, *(outcome.known for outcome in milestone.outcome)] + [
        move.on.latest for move in milestone.moved
    ]


@pytest.mark.parametrize(
    "day", ["2023-06-20", "2023-11-16", "2023-12-31", "2025-03-31", "2026-11-30"]
)
@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"chosen": Chosen(leads=("dfe",))},
        {"acts": ["local-authorities"]},
        {"chosen": Chosen(topics=("kinship",))},
        {"acts": ["thurrock"]},
    ],
)
def test_each_of_them_is_one_screen(day: str, asked: dict[str, Any]) -> None:
    """For everyone, the Department and councils, 80 by 24 holds the answer and its first rows."""
    dates = dates_of(RECORD, date.fromisoformat(day), **asked)
    screen = DeadlinesScreen(Listing(dates, OPEN)).screen()
    lines = render_screen(screen, Terminal(80, 22)).splitlines()
    assert len(lines) <= 22
    assert max(map(len, lines)) <= 80
    assert "To come" in lines[3] + lines[4] or "to come" not in screen.answer
    assert not any("…" in line for line in lines)


def test_what_councils_must_do_is_a_duty_or_expected() -> None:
    """Each row for councils is a duty on all of them or what is expected of all, on one screen."""
    dates = dates_of(RECORD, date(2026, 11, 30), acts=["local-authorities"])
    screen = DeadlinesScreen(Listing(dates, OPEN)).screen()
    assert len(render_screen(screen, Terminal(80, 22)).splitlines()) <= 22
    rows = [line for block in screen.listings for line in block.lines if len(line.cells) == 4]
    assert {cell.text for line in rows if isinstance(cell := line.cells[3], Cell)} == {
        "duty",
        "expected",
    }


def test_the_score_of_a_year_is_counted_by_hand() -> None:
    """What was met by two days a year apart is what the record says of each milestone."""
    dates = dates_of(RECORD, date(2026, 11, 30))
    said = DeadlinesScreen(Listing(dates, tuple(State)), chosen=True).screen().said[0]
    met, late, before = (
        [
            status(RECORD, milestone, day).state
            for id_, milestone in RECORD.milestones.items()
            if id_ in Known(RECORD, day).milestones and not dates.hides(milestone)
        ]
        for day in (date(2026, 11, 30), date(2026, 11, 30), date(2025, 11, 30))
    )
    of = [states.count(State.MET) + states.count(State.MET_LATE) for states in (met, before)]
    assert said == (
        f"{of[0]} of {len(met)} met, {late.count(State.MET_LATE)} of them late; {of[1]} of "
        f"{len(before)} a year ago."
    )


@pytest.mark.parametrize("day", TABLES)
def test_a_screen_has_the_rows_of_the_tables(day: str) -> None:
    """Unfolded, the screen of all that is open lists what the tables made by hand list."""
    dates = dates_of(RECORD, date.fromisoformat(day))
    screen = DeadlinesScreen(Listing(dates, OPEN), chosen=True).screen()
    shown = [
        cell.text
        for block in screen.listings
        for line in block.lines
        if len(line.cells) == 4 and isinstance(cell := line.cells[2], Cell)
    ]
    by_hand = [line.split()[-1] for line in TABLES[day].splitlines()]
    assert sorted(shown) == sorted(RECORD.milestones[id_].name for id_ in by_hand)
