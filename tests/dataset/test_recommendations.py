"""What was asked for and answered by 20 June 2023, against the five documents read by hand."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from reformcalc import load
from reformcalc.answers.lookup.show import show
from reformcalc.answers.recommendations.asking import GROUPINGS, Asking
from reformcalc.answers.recommendations.recommendations import recommendations
from reformcalc.answers.recommendations.screen import screen
from reformcalc.answers.responses import Answer, answer
from reformcalc.ledger.known import Known
from reformcalc.render.screen import render_screen
from reformcalc.render.terminal import Terminal

RECORD = load().valid()
JUNE = Known(RECORD, date(2023, 6, 20))
NOW = Known(RECORD, date(2026, 11, 30))

# Read in the Commons Library's briefing, section by section, with the slides and the reports.
CARE_REVIEW = {
    "accepted": """
        care-standards case-recording-time corporate-parents early-career-framework-ask
        family-support-skills framework-indicators kinship-training-ask life-expectancy-mission
        local-data national-framework-ask practice-guides workload-barriers
    """,
    "in-part": """
        data-taskforce family-help-money five-year-programme foster-carer-support
        homelessness-mission jobs-mission kinship-legal-aid loving-relationships-mission
        ofsted-market-powers reform-board reform-money residential-leadership university-mission
    """,
    "testing": """
        expert-practitioner family-group-decisions-ask family-help-service family-help-teams
        family-network-plan foster-carer-campaign regional-care-cooperatives-ask
    """,
    "exploring": """
        agency-rules-ask childs-voice data-sharing-2027 expert-practitioner-framework
        family-help-statutory home-managers-regulation kinship-allowance kinship-leave
        lifelong-guardianship schools-safeguarding-partner
    """,
    "rejected": "direct-practice national-pay-scales protected-characteristic reviewing-officers",
    "none": """
        care-advocacy case-management-systems directors-as-partners family-court-transparency
        family-help-eligibility family-help-ringfence family-help-supervision
        government-active-role independent-visitors kinship-definition kinship-peer-support
        local-priority-guidance parents-representation pooled-budgets practice-group
        problem-solving-courts reform-board-reports staff-banks windfall-tax youth-justice-lead
    """,
}
# The authority was told on 2 February 2023 that all was accepted; the strategy tests the bodies.
CMA = {
    "accepted": "cma-participation cma-regulation-review cma-sector-review market-oversight",
    "testing": "cma-collective-bodies",
}
PANEL = {"testing": "protection-units"}
INQUIRY = {"accepted": "mandatory-reporting"}
# Its report is of 25 May 2023: nothing was answered four weeks later.
LORDS = {
    "none": """
        cooperatives-accountability cooperatives-alternatives cross-departmental-cooperation
        delivery-unit family-help-funding family-help-national foster-carer-targets
        kinship-council-funding kinship-definition-lords kinship-support-in-strategy
        large-providers-influence residential-homes-standards
        staff-recruitment-targets workforce-rollout
    """,
}
# What others asked for once the strategy was out, and what it asked of councils, was not answered.
BY_HAND = {
    "care-review-team": CARE_REVIEW,
    "cma": CMA,
    "practice-review-panel": PANEL,
    "child-abuse-inquiry": INQUIRY,
    "lords-public-services": LORDS,
    "action-for-children": {"none": "early-intervention-law greater-investment"},
    "adcs": {
        "none": """
            agency-rules-sooner partners-buy-in profiteering-shift recruitment-crisis-efforts
        """
    },
    "basw": {"none": "pay-review recruitment-strategy"},
    "dluhc": {"none": "planning-applications planning-assessment"},
    "government": {
        "none": """
            councils-evidence-review councils-kinship-offers councils-multidisciplinary
            councils-relationships-review
        """
    },
    "josh-macalister": {"none": "family-help-wider reform-further-faster"},
    "lga": {"none": "councils-extra-funding root-causes-focus"},
    "robin-walker": {"none": "kinship-legal-status"},
}


@pytest.mark.parametrize("body", BY_HAND)
def test_each_answer_of_june_2023(body: str) -> None:
    """Who asked for what, and what had been answered by 20 June 2023."""
    found: dict[str, set[str]] = {}
    for id_, entry in JUNE.recommendations.items():
        if entry.by == body:
            found.setdefault(answer(entry), set()).add(id_)
    assert found == {given: set(ids.split()) for given, ids in BY_HAND[body].items()}


def test_the_counts_of_june_2023() -> None:
    """106 by 13: 17 accepted, 13 in part, 9 tested, 10 explored, 4 rejected, 53 without."""
    assert Counter(entry.by for entry in JUNE.recommendations.values()) == {
        "care-review-team": 66,
        "lords-public-services": 14,
        "cma": 5,
        "practice-review-panel": 1,
        "child-abuse-inquiry": 1,
        "government": 4,
        "basw": 2,
        "dluhc": 2,
        "action-for-children": 2,
        "adcs": 4,
        "josh-macalister": 2,
        "lga": 2,
        "robin-walker": 1,
    }
    assert Asking(JUNE).answers == {
        Answer.ACCEPTED: 17,
        Answer.IN_PART: 13,
        Answer.TESTING: 9,
        Answer.EXPLORING: 10,
        Answer.REJECTED: 4,
        Answer.NONE: 53,
    }


def test_the_money_that_answered_in_june_2023() -> None:
    """All that is named lies in the £200m, which is named itself: £200m, and the rows are more."""
    report = recommendations(Asking(JUNE))
    assert report.total is not None
    assert report.total.amount.stated == report.total.amount.high == 200 * 10**6
    assert sum(row.amount.stated for row in report.rows) > 200 * 10**6


def test_no_answer_is_shown_before_its_day() -> None:
    """What was answered since June 2023 is nowhere in the report of that day."""
    rows = {row.id: row for row in recommendations(Asking(JUNE)).rows}
    for id_, entry in RECORD.recommendations.items():
        by_then = [one for one in entry.responses if one.on.latest and one.on.latest <= JUNE.as_of]
        assert rows[id_].responses == len(by_then)
    assert rows["family-group-decisions-ask"].response == "testing"
    told = " ".join(row.value for row in show(JUNE, "family-group-decisions-ask").rows)
    assert "2026" not in told


@pytest.mark.parametrize(
    ("id_", "response"),
    [
        ("family-group-decisions-ask", "accepted"),
        ("early-career-framework-ask", "in-part"),
        ("kinship-definition", "accepted"),
        ("home-managers-regulation", "exploring"),
        ("kinship-allowance", "testing"),
        ("kinship-peer-support", "accepted"),
        ("family-help-wider", "accepted"),
        ("foster-carer-campaign", "in-part"),
        ("agency-rules-ask", "accepted"),
        ("protection-units", "accepted"),
        ("windfall-tax", "none"),
        ("protected-characteristic", "rejected"),
    ],
)
def test_what_was_answered_since(id_: str, response: str) -> None:
    """The last answer that was found by November 2026."""
    assert answer(NOW.recommendations[id_]) == response


def test_a_met_step_is_not_the_recommendation_done() -> None:
    """The exploration of an allowance was met in 2023; the allowance is being tested, no more."""
    row = next(row for row in recommendations(Asking(NOW)).rows if row.id == "kinship-allowance")
    assert "kinship-allowance-exploration" in row.steps
    assert row.steps_met
    assert row.response == "testing"
    story = [one.value for one in show(NOW, "kinship-allowance").rows]
    assert any(one.endswith("A step that is met is not the recommendation done.") for one in story)


def test_all_without_an_answer_were_looked_for() -> None:
    """`validate --strict` asks for it; each says how far the pages reach."""
    without = [one for one in RECORD.recommendations.values() if not one.responses]
    assert without
    assert all(one.reaches for entry in without for one in entry.looked)
    assert all(entry.looked for entry in without)


def test_numbers_that_were_recommended_are_tied() -> None:
    """A number that the Care Review recommended belongs to a recommendation, but the missions."""
    tied = {one for entry in RECORD.recommendations.values() for one in entry.figures}
    ours = {
        id_
        for id_, entry in RECORD.figures.items()
        if entry.kind == "recommendation" and entry.by == "care-review-team"
    }
    assert ours - tied == {"care-review-missions"}


@pytest.mark.parametrize("by", GROUPINGS)
@pytest.mark.parametrize("day", ["2023-06-20", "2023-12-31", "2025-03-31", "2026-12-01"])
@pytest.mark.parametrize("only", [(), ("none",), ("rejected",), ("accepted", "testing")])
def test_each_answer_has_room_on_a_screen(by: str, day: str, only: tuple[str, ...]) -> None:
    """22 lines of 80 columns at most, and the columns of counts add up to their total."""
    asking = Asking(Known(RECORD, date.fromisoformat(day)), by=by, responses=only)
    lines = render_screen(screen(asking), Terminal(80, 22)).splitlines()
    assert len(lines) <= 22
    assert max(map(len, lines)) <= 80
    assert sum(len(group.ids) for group in asking.groups) == len(asking.entries)
