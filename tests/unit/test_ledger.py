"""Each pound once, with bounds, as known on a day: each rule with its case."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from reformcalc.ledger.ledger import Standing
from reformcalc.ledger.settling import build
from reformcalc.record.history import known_on
from reformcalc.values.money import Qualifier, Sum, parse_amount
from tests.unit.builders import JUNE_2023, MILLION, TODAY, commitment, ledger, record

if TYPE_CHECKING:
    from reformcalc.ledger.ledger import Ledger

# The strategy of February 2023 and the parts of it that were known in June.
STABLE_HOMES: dict[str, Any] = {
    "stable-homes": "£200m",
    "family-help": commitment("over £45m", part_of="stable-homes"),
    "family-finding": commitment("over £30m", part_of="stable-homes"),
    "fostering": commitment("over £27m", part_of="stable-homes"),
    "fostering-first": commitment("£3m", part_of="fostering"),
    "fostering-more": commitment("£24m", part_of="fostering"),
    "kinship": commitment("£9m", part_of="stable-homes"),
}
# Two headlines of the later record that hold the same £300m and £18m.
FAMILIES_FIRST: dict[str, Any] = {
    "families-first": "over £2.4bn",
    "carried-on": commitment("£1,569m", part_of="families-first"),
    "best-start": commitment("£547m", part_of="families-first"),
    "transformation": commitment("£300m", part_of=["families-first", "spending-review"]),
    "spending-review": "£555m",
}
GRANT: dict[str, Any] = {
    "grant": commitment("£400m", counted="false", reason="most of it is of another scope"),
    "prevention": commitment("£253.5m", part_of=["grant", "families-first"]),
    "families-first": commitment("£500m", announced="2025-03-20"),
}
PARTLY: dict[str, Any] = {
    "year": "£44m",
    "first": commitment("£15m", part_of="year"),
    "pilot": commitment(
        "£40m", part_of=[{"in": "year", "amount": "£29m", "reason": "what the year has left"}]
    ),
}


Millions: TypeAlias = Decimal | int


def pounds(millions: str | None) -> Decimal | None:
    """Turn millions, as the cases are told, into pounds."""
    return None if millions is None else Decimal(millions) * MILLION


def bounds(money: Sum) -> tuple[Millions, Millions | None]:
    """Return the low and high of a sum in millions."""
    return money.low / MILLION, None if money.high is None else money.high / MILLION


def own(of: Ledger, id_: str) -> Millions:
    """Return the own money of an item in millions."""
    return of.items[id_].own.stated / MILLION


def total(of: Ledger) -> Sum:
    """Return all that counts."""
    return of.money(of.counted())


def stated(of: Ledger) -> Millions:
    """Return what all that counts states, in millions."""
    return total(of).stated / MILLION


def by_year(of: Ledger) -> dict[str, Decimal]:
    """Return the spread of all that counts, in millions by year."""
    years: dict[str, Decimal] = {}
    for id_ in of.counted():
        for year, share in of.in_years(id_).items():
            years[str(year)] = years.get(str(year), Decimal(0)) + share / MILLION
    return years


def test_rule_1_own_money_is_what_is_stated_less_everything_inside() -> None:
    """The £200m of June 2023 has £89m that nobody has itemised."""
    assert own(ledger(STABLE_HOMES, JUNE_2023), "stable-homes") == 200 - 45 - 30 - 27 - 9


def test_rule_1_own_money_is_never_negative() -> None:
    """£270m and £44m exceed "over £250m" by 64, which lowers no total."""
    entries = {
        "pot": "over £250m",
        "grant": commitment("£270m", part_of="pot"),
        "other": commitment("£44m", part_of="pot"),
    }
    assert own(ledger(entries), "pot") == 0
    assert stated(ledger(entries)) == 314


def test_rule_1_what_two_envelopes_share_is_subtracted_once() -> None:
    """£3,200m over both headlines keeps 3,200 - (2,416 + 555 - 300) = £529m."""
    both = {
        **FAMILIES_FIRST,
        "all": "£3,200m",
        "families-first": commitment("over £2.4bn", part_of="all"),
        "spending-review": commitment("£555m", part_of="all"),
    }
    assert own(ledger(both), "all") == 529
    assert stated(ledger(both)) == 3200


def test_rule_1_the_grandparent_of_a_sum_holds_it_too() -> None:
    """What is inside at any depth is subtracted, each once."""
    entries = {
        "outer": "£100m",
        "inner": commitment("£60m", part_of="outer"),
        "core": commitment("£10m", part_of=["inner", "outer"]),
    }
    built = ledger(entries)
    assert (own(built, "outer"), own(built, "inner"), own(built, "core")) == (40, 50, 10)
    assert built.inside("outer") == {"inner", "core"}


def test_rule_2_a_total_has_the_bounds_of_its_envelope() -> None:
    """The total of June 2023 is exactly £200m, not £111m and up."""
    whole = total(ledger(STABLE_HOMES, JUNE_2023))
    assert bounds(whole) == (200, 200)
    assert whole.stated == pounds("200")
    assert whole.qualifier is Qualifier.EXACT


def test_rule_2_what_is_not_itemised_has_a_ceiling_and_no_floor() -> None:
    """The own money of the £200m is £89m stated, with bounds [0, 89]."""
    item = ledger(STABLE_HOMES, JUNE_2023).items["stable-homes"]
    assert bounds(item.own) == (0, 89)
    assert item.own.qualifier is Qualifier.UP_TO


def test_rule_2_a_ceiling_comes_down_to_a_part() -> None:
    """Family help is [45, 200 - 27 - 30 - 9] = [45, 134], not [45, no end)."""
    assert bounds(ledger(STABLE_HOMES, JUNE_2023).money({"family-help"})) == (45, 134)


def test_rule_2_a_floor_comes_down_where_the_rest_has_a_ceiling() -> None:
    """Low(P) is at least low(envelope) less high(everything else)."""
    entries = {"pot": "£100m", "part": commitment("up to £30m", part_of="pot")}
    assert bounds(ledger(entries).money({"pot"})) == (70, 100)


def test_rule_2_a_floor_rises_from_components() -> None:
    """An "up to £100m" that holds £60m is at least £60m."""
    entries = {"pot": "up to £100m", "part": commitment("£60m", part_of="pot")}
    assert bounds(total(ledger(entries))) == (60, 100)


# Sums of open size in two envelopes: what the words of all allow, by hand.
OPEN_AND_SHARED = {
    # It may be £0: then the first is up to £12m, and the second is £8m.
    "a ceiling": (("up to £12m", "£8m", "up to £6m"), (8, 20), (0, 12), (8, 8)),
    # It is at least £1m and at most the smaller sum.
    "a floor": (("£5m", "£3m", "over £1m"), (5, 7), (5, 5), (3, 3)),
    "a floor in a floor": (("over £5m", "£3m", "over £1m"), (5, None), (5, None), (3, 3)),
    "a large floor": (("£100m", "£80m", "over £60m"), (100, 120), (100, 100), (80, 80)),
    "larger than one of them": (("£3m", "£20m", "up to £6m"), (20, 23), (3, 3), (20, 20)),
}


@pytest.mark.parametrize("case", OPEN_AND_SHARED.values(), ids=OPEN_AND_SHARED)
@pytest.mark.parametrize("order", [["first", "second"], ["second", "first"]])
def test_rule_2_a_shared_sum_of_open_size_is_bounded_in_both(case: Any, order: list[str]) -> None:
    """What the second envelope holds of it is as open as its size, whichever is listed first."""
    (first, second, shared), all_, in_first, in_second = case
    built = ledger({"first": first, "second": second, "shared": commitment(shared, part_of=order)})
    assert bounds(total(built)) == all_
    assert bounds(built.all_in("first")) == in_first
    assert bounds(built.all_in("second")) == in_second
    for id_ in ("first", "second"):
        assert built.within(id_, {id_, "shared"}) == built.all_in(id_)


def test_rule_2_a_second_envelope_lowers_both_its_bounds_by_what_is_elsewhere() -> None:
    """An "about £300m" (250 to 350) with £20m shown elsewhere is 230 to 330 here."""
    entries = {
        "first": "£100m",
        "second": "about £300m",
        "shared": commitment("£20m", part_of=["first", "second"]),
    }
    assert bounds(ledger(entries).items["second"].subtree) == (230, 330)


@pytest.mark.parametrize(
    "other", [{}, {"inner": commitment("£4m", part_of="pot")}], ids=["outside", "beside it"]
)
def test_rule_1_an_envelope_that_shared_parts_exceed_bounds_nothing(other: dict[str, Any]) -> None:
    """£7m and £9m are more than £14m, wherever what the £9m shares with another sum is bounded."""
    entries = {
        "pot": "£14m",
        "open": commitment("over £7m", part_of="pot"),
        "whole": commitment("£9m", part_of="pot"),
        "inner": "£4m",
        "shared": commitment("over £1m", part_of=["whole", "inner"]),
        **other,
    }
    low, high = bounds(total(ledger(entries)))
    assert (low, high) == (16, None)


def test_rule_2_a_part_is_no_more_than_what_holds_it() -> None:
    """ "Up to £9m" of exactly £1m is at most £1m, and so are two such parts together."""
    one = ledger({"pot": "£1m", "part": commitment("up to £9m", part_of="pot")})
    assert (bounds(total(one)), stated(one)) == ((1, 1), 1)
    two = ledger(
        {
            "all": "£20m",
            "pot": commitment("£1m", part_of="all"),
            "inner": commitment("up to £9m", part_of="pot"),
            "inmost": commitment("up to £3m", part_of="inner"),
            "other": commitment("up to £5m", part_of="pot"),
        }
    )
    assert (bounds(total(two)), stated(two)) == ((20, 20), 20)
    assert (bounds(two.all_in("pot")), own(two, "all")) == ((1, 1), 19)
    assert sum(own(two, id_) for id_ in ("pot", "inner", "inmost", "other")) == 1


def test_rule_3_a_floor_that_its_parts_reach_is_used_up() -> None:
    """Parts of 2,416 reach "over £2.4bn": bounds [2,416, 2,416], own exactly £0."""
    built = ledger(FAMILIES_FIRST)
    assert built.items["families-first"].own == Sum()
    assert bounds(built.items["families-first"].subtree) == (2416, 2416)


def test_rule_3_a_floor_that_its_parts_do_not_reach_is_still_at_least() -> None:
    """On 15 December 2025 only 2,116 was itemised: still at least £2.4bn."""
    before = {id_: one for id_, one in FAMILIES_FIRST.items() if id_ != "transformation"}
    whole = ledger(before).items["families-first"]
    assert bounds(whole.subtree) == (2400, None)
    assert bounds(whole.own) == (284, None)


def test_rule_3_parts_that_are_floors_leave_the_whole_a_floor() -> None:
    """A used-up envelope has the high of its parts, so none where they have none."""
    entries = {"pot": "over £40m", "part": commitment("over £45m", part_of="pot")}
    assert bounds(total(ledger(entries))) == (45, None)
    assert own(ledger(entries), "pot") == 0


def test_rule_4_what_may_overlap_counts_until_the_other_is_known() -> None:
    """The £165m of March 2024 counts in March 2025, before the £555m was announced."""
    entries = {
        "early": commitment("£165m", may_overlap="review", reason="may be part of it"),
        "review": commitment("£555m", announced="2025-06-11"),
    }
    before, after = (ledger(entries, date(2025, 6, day)) for day in (10, 11))
    assert stated(before) == 165
    assert (stated(after), after.unsure()) == (555, {"early"})
    assert after.items["early"].by == ("review",)
    assert after.money(after.counted() | after.unsure()).stated == pounds("720")


def test_rule_4_components_follow_an_unsure_envelope() -> None:
    """What is inside an unsure sum is unsure, unless another envelope is sure."""
    entries = {
        "doubtful": commitment("£88m", may_overlap="sure", reason="may be part of it"),
        "sure": "£555m",
        "inside": commitment("£20m", part_of="doubtful"),
        "both": commitment("£30m", part_of=["doubtful", "sure"]),
    }
    built = ledger(entries)
    assert built.unsure() == {"doubtful", "inside"}
    assert built.items["inside"].by == ("sure",)
    assert stated(built) == 555
    assert own(built, "doubtful") == 38


def test_rule_4_what_lies_in_what_never_counts_lies_in_what_holds_that() -> None:
    """£3m in a baseline inside £5m are pounds of the £5m, wherever else they are counted."""
    entries = {
        "outer": "£5m",
        "baseline": commitment("£3m", counted="false", reason="a baseline", part_of="outer"),
        "other": "£18m",
        "part": commitment("£3m", part_of=["other", "baseline"]),
    }
    built = ledger(entries)
    assert stated(built) == 20
    assert (own(built, "outer"), own(built, "other")) == (2, 15)


@pytest.mark.parametrize("other", [{"may_overlap": ["rest"], "reason": "it may"}, {}])
def test_rule_4_a_sure_part_of_a_doubtful_sum_counts_in_either_form(other: dict[str, Any]) -> None:
    """A part that is also in a sure sum counts there, written short or as an entry."""
    rest = {"rest": "£50m", "sure": "£20m"}
    short = {"in": "sure", "amount": "£4m", "reason": "read"}
    written = [
        {"doubtful": commitment("£10m", part_of=[short], **other)},
        {
            "doubtful": commitment("£10m", **other),
            "part": commitment("£4m", part_of=["doubtful", "sure"]),
        },
    ]
    for form in written:
        built = ledger({**rest, **form})
        assert stated(built) == (70 if other else 76)
        assert sum(own(built, id_) for id_ in built.unsure()) == (6 if other else 0)


def test_rule_4_what_never_counts_is_never_subtracted() -> None:
    """`counted: false` removes a sum and takes nothing from its envelope."""
    entries = {
        "pot": "£100m",
        "baseline": commitment("£60m", part_of="pot", counted="false", reason="a baseline"),
    }
    built = ledger(entries)
    assert built.items["baseline"].standing is Standing.NEVER
    assert (own(built, "pot"), stated(built)) == (100, 100)


def test_rule_4_a_component_of_what_never_counts_counts_once_another_envelope_is_known() -> None:
    """The £253.5m counts from 20 March 2025, when Families First is known."""
    before, after = (ledger(GRANT, date(2025, 3, day)) for day in (19, 20))
    assert before.counted() == set()
    assert before.items["prevention"].by == ("grant",)
    assert own(after, "prevention") == Decimal("253.5")
    assert after.counted() == {"prevention", "families-first"}
    assert stated(after) == 500


@pytest.mark.parametrize(
    ("headline", "parts", "adds"),
    [
        pytest.param("£36m", ["£27m", "£8.5m"], "35.5", id="fostering"),
        pytest.param("£1.1bn", ["£555m", "£560m"], "1115", id="the Spending Review"),
    ],
)
def test_rule_5_a_headline_that_restates_adds_nothing(
    headline: str, parts: list[str], adds: str
) -> None:
    """Own money zero, and what it restates counts as it did."""
    entries: dict[str, Any] = {f"part-{place}": part for place, part in enumerate(parts)}
    built = ledger({**entries, "headline": commitment(headline, restates=list(entries))})
    assert built.items["headline"].standing is Standing.RESTATED
    assert built.items["headline"].own == Sum()
    assert total(built).stated == pounds(adds)


def test_rule_5_a_headline_is_never_a_parent() -> None:
    """A sum placed in a headline stands on its own."""
    entries = {
        "headline": commitment("£36m", restates=["first"]),
        "first": "£27m",
        "stray": commitment("£5m", part_of="headline"),
    }
    built = ledger(entries)
    assert built.items["stray"].parents == ()
    assert stated(built) == 32


def test_rule_6_a_superseded_part_leaves_with_its_money() -> None:
    """Own(£20m) = 20 - 16 - 3.8 = 0.2, and 0.2 + 3.8 = £4.0m counts."""
    entries = {
        "pot": "£20m",
        "pathfinder": commitment("£16m", part_of="pot"),
        "rest": commitment("£3.8m", part_of="pot"),
        "programme": commitment("£0", supersedes=["pathfinder"], announced="2025-01-01"),
    }
    built = ledger(entries)
    assert built.items["pathfinder"].standing is Standing.SUPERSEDED
    assert built.items["pathfinder"].by == ("programme",)
    assert own(built, "pot") == Decimal("0.2")
    assert stated(built) == 4
    assert stated(ledger(entries, date(2024, 12, 31))) == 20


def test_rule_6_superseding_an_envelope_ends_its_own_money_only() -> None:
    """The £60m inside a superseded £100m still counts beside the new £120m."""
    entries = {
        "old": "£100m",
        "part": commitment("£60m", part_of="old"),
        "new": commitment("£120m", supersedes=["old"]),
    }
    assert stated(ledger(entries)) == 180


@pytest.mark.parametrize(
    ("day", "figure"),
    [
        pytest.param(date(2024, 11, 27), None, id="the day before"),
        pytest.param(date(2024, 11, 28), "250", id="first stated"),
        pytest.param(date(2025, 3, 19), "250", id="the day before it changed"),
        pytest.param(date(2025, 3, 20), "263", id="the day it changed"),
        pytest.param(TODAY, "270", id="as last stated"),
    ],
)
def test_rule_6_a_new_figure_for_the_same_promise_is_a_revision(
    day: date, figure: str | None
) -> None:
    """£250m, then £263m, then £270m are one promise, at the figure of the day."""
    revisions = [
        {"from": "2024-11-28", "is": "£250m"},
        {"from": "2025-03-20", "is": "£263m"},
        {"from": "2025-11-01", "is": "£270m"},
    ]
    built = ledger({"grant": commitment(revisions, announced="2024-11-28")}, day)
    assert [item.money.stated for item in built.items.values()] == (
        [pounds(figure)] if figure else []
    )
    assert built.not_yet == (() if figure else ("grant",))


def test_rule_7_a_sum_can_lie_partly_inside_an_envelope() -> None:
    """44 and 40 with £29m in common are 15 + 29 + 11 = £55m."""
    built = ledger(PARTLY)
    assert stated(built) == 55
    assert [own(built, id_) for id_ in ("first", "pilot~year", "pilot", "year")] == [15, 29, 11, 0]
    assert built.items["pilot~year"].parents == ("pilot", "year")


def test_rule_7_the_shared_part_is_superseded_with_its_commitment() -> None:
    """When the pilot is superseded, £15m is left."""
    built = ledger({**PARTLY, "successor": commitment("£0", supersedes=["pilot"])})
    assert stated(built) == 15
    assert built.items["pilot~year"].standing is Standing.SUPERSEDED


def test_rule_7_the_shared_part_of_what_never_counted_is_superseded_with_it_too() -> None:
    """£29m of a baseline goes when another sum takes its place."""
    pilot = {**PARTLY["pilot"], "counted": "false", "reason": "a baseline"}
    entries = {**PARTLY, "pilot": pilot}
    assert stated(ledger(entries)) == 44
    built = ledger({**entries, "successor": commitment("£0", supersedes=["pilot"])})
    assert built.items["pilot~year"].standing is Standing.SUPERSEDED
    assert stated(built) == 15


def test_rule_7_the_shared_part_waits_for_the_envelope() -> None:
    """Before the £44m is known, the £40m is a sum of its own."""
    later = {**PARTLY, "year": commitment("£44m", announced="2025-03-20")}
    assert stated(ledger(later, date(2025, 3, 19))) == 15 + 40
    assert "pilot~year" not in ledger(later, date(2025, 3, 19)).items


_SOURCES = {
    "dated": {"title": "A", "publisher": "DfE", "published": "March 2024"},
    "later": {"title": "B", "publisher": "DfE", "published": "2024-06-01"},
    "read": {"title": "C", "publisher": "DfE", "accessed": "2026-11-21"},
    "read-earlier": {"title": "D", "publisher": "DfE", "accessed": "2026-11-20"},
    "read-long-ago": {"title": "F", "publisher": "DfE", "accessed": "2023-05-01"},
    "read-in-its-year": {
        "title": "G",
        "publisher": "DfE",
        "published": "2024",
        "accessed": "2024-03-01",
    },
    "nowhen": {"title": "E", "publisher": "DfE"},
}


@pytest.mark.parametrize(
    ("announced", "sources", "since"),
    [
        pytest.param("2023-02-02", ["dated"], date(2023, 2, 2), id="the day announced"),
        pytest.param("February 2023", ["dated"], date(2023, 2, 28), id="the last day of it"),
        pytest.param(
            "2025-01-01", ["dated"], date(2025, 1, 1), id="announced, if claims are older"
        ),
        pytest.param(None, ["later", "dated"], date(2024, 3, 31), id="the earliest dated claim"),
        pytest.param(None, ["read-long-ago", "later"], date(2024, 6, 1), id="dates before access"),
        pytest.param(None, ["read", "read-earlier"], date(2026, 11, 20), id="the day of access"),
        pytest.param(None, ["read-in-its-year"], date(2024, 3, 1), id="read before its last day"),
        pytest.param(None, ["nowhen"], None, id="nothing dated"),
    ],
)
def test_rule_8_when_a_commitment_became_known(
    announced: str | None, sources: list[str], since: date | None
) -> None:
    """Last day of `announced`, else of the earliest dated claim, else of access."""
    claims = [{"source": source, "at": "page 1", "says": "words"} for source in sources]
    entry = commitment("£1m", announced=announced, claims=claims)
    dataset = record({"a": entry}, sources=_SOURCES)
    assert known_on(dataset, dataset.commitments["a"]) == since
    assert ("a" in build(dataset, TODAY).items) is (since is not None)


@pytest.mark.parametrize("later", ["pot", "part"])
def test_rule_8_a_link_holds_once_both_ends_are_known(later: str) -> None:
    """Until its envelope is known a sum stands alone, and the other way round."""
    dates = {"pot": "2023-02-02", "part": "2023-02-02", later: "2024-01-01"}
    entries = {
        "pot": commitment("£100m", announced=dates["pot"]),
        "part": commitment("£60m", announced=dates["part"], part_of="pot"),
    }
    before, after = ledger(entries, date(2023, 12, 31)), ledger(entries, date(2024, 1, 1))
    assert before.not_yet == (later,)
    assert stated(before) == (60 if later == "pot" else 100)
    assert (stated(after), own(after, "pot")) == (100, 40)


def test_rule_8_a_profile_has_its_own_day() -> None:
    """June 2023 splits £200m 100 and 100, today 96.6 and 103.4."""
    entries = {
        "stable-homes": commitment("£200m", years="2023-24..2024-25"),
        "family-finding": commitment(
            "over £30m",
            years="2023-24..2024-25",
            part_of="stable-homes",
            profile=[{"from": "2026-11-21", "is": {"2024-25": "£18.4m"}}],
        ),
    }
    assert by_year(ledger(entries, JUNE_2023)) == {"2023-24": 100, "2024-25": 100}
    today = by_year(ledger(entries))
    assert today == {"2023-24": Decimal("96.6"), "2024-25": Decimal("103.4")}


@pytest.mark.parametrize(
    ("text", "high"),
    [
        pytest.param("over £45m", "46", id="45m is less than 46m"),
        pytest.param("over £53m", "54", id="53m is less than 54m"),
        pytest.param("over £30m", "40", id="the last digit that is not a nought"),
        pytest.param("over £2.4bn", "2500", id="a tenth of a billion"),
        pytest.param("over £2.40bn", "2500", id="a nought after the point is no such digit"),
        pytest.param("over £2.0bn", "3000", id="nor is the only one after it"),
        pytest.param("over £0.0m", "0.1", id="of noughts alone the last"),
        pytest.param("£45m", "45", id="an exact figure as it is"),
        pytest.param("up to £9m", "9", id="a ceiling as it is"),
    ],
)
def test_rule_10_verdicts_cap_a_floor(text: str, high: str) -> None:
    """For verdicts "over £45m" is less than £46m, one more of its last digit that is no nought."""
    capped = build(record({"a": text}), TODAY, floors_capped=True)
    assert total(capped).high == pounds(high)
    assert total(capped).stated == total(ledger({"a": text})).stated


def test_rule_10_a_cap_does_not_reopen_a_floor_that_is_used_up() -> None:
    """Parts that reach "over £2.4bn" use it up, for verdicts too."""
    capped = build(record(FAMILIES_FIRST), TODAY, floors_capped=True)
    assert bounds(capped.items["families-first"].subtree) == (2416, 2416)


def test_rule_10_a_floor_that_open_parts_use_up_caps_none_of_them() -> None:
    """Parts of £6m to £14m reach "over £6m": it may be £14m, for verdicts too."""
    entries = {"all": "over £6m", "part": commitment("£6m to £14m", part_of="all")}
    for capped in (False, True):
        built = build(record(entries), TODAY, floors_capped=capped)
        assert bounds(total(built)) == (6, 14)


def test_rule_10_a_floor_in_a_profile_is_capped_too() -> None:
    """For verdicts "over" has a ceiling, where a profile gives the amount too."""
    entry = commitment(years="2026-27", profile={"2026-27": "over £523m"})
    assert total(build(record({"a": entry}), TODAY, floors_capped=True)).high == pounds("524")


def test_rule_11a_a_components_years_are_those_it_shares_with_its_envelopes() -> None:
    """£3.3m of 2022-23 to 2024-25 in a pot of 2023-25 begins in 2023-24."""
    entries = {
        "pot": commitment("£200m", years="2023-24..2024-25"),
        "part": commitment("£3.3m", years="2022-23..2024-25", part_of="pot"),
        "silent": commitment("£9m", part_of="pot"),
    }
    built = ledger(entries)
    assert str(built.items["part"].years) == "2023-24..2024-25"
    assert str(built.items["silent"].years) == "2023-24..2024-25"
    assert by_year(built) == {"2023-24": 100, "2024-25": 100}


def test_rule_11a_a_shared_part_has_the_years_of_both_its_envelopes() -> None:
    """£29m of a pilot to 2028-29 in the money of 2025-26 is of 2025-26."""
    entries = {
        **PARTLY,
        "year": commitment("£44m", years="2025-26"),
        "pilot": {**PARTLY["pilot"], "years": "2025-26..2028-29"},
    }
    assert str(ledger(entries).items["pilot~year"].years) == "2025-26"


def test_rule_11b_own_money_spreads_over_the_envelopes_years() -> None:
    """£237m is 79 a year, whatever the years of the £318m inside."""
    entries = {
        "review": commitment("£555m", years="2026-27..2028-29"),
        "inside": commitment("£318m", years="2026-27..2027-28", part_of="review"),
    }
    built = ledger(entries)
    assert list(built.in_years("review").values()) == [pounds("79")] * 3
    assert list(built.in_years("inside").values()) == [pounds("159")] * 2


def test_rule_11c_a_partial_profile_fixes_its_years() -> None:
    """A profile fixes the years that it names, the rest goes evenly to others."""
    entry = commitment(
        "£100m", years="2023-24..2025-26", profile={"2024-25": "£40m"}, announced="2023-02-02"
    )
    assert by_year(ledger({"a": entry})) == {"2023-24": 30, "2024-25": 40, "2025-26": 30}


def test_rule_11c_a_full_profile_gives_the_amount() -> None:
    """A commitment without an amount states the sum of its years: 3 x £523m is £1,569m."""
    entry = commitment(
        years="2026-27..2028-29", profile=dict.fromkeys(("2026-27", "2027-28", "2028-29"), "£523m")
    )
    built = ledger({"a": entry})
    assert stated(built) == 1569
    assert list(by_year(built).values()) == [523, 523, 523]


@pytest.mark.parametrize(
    ("amount", "profile"),
    [
        ("over £45m", {"2023-24": "£58m", "2024-25": "£2m"}),
        ("about £300m", {"2023-24": "£338m", "2024-25": "£2m"}),
        ("£5m", {"2023-24": "£5.4m", "2024-25": "£0"}),
        ("over £1", {"2023-24": "£1m", "2024-25": "£2m"}),
    ],
)
def test_no_year_has_less_than_nothing(amount: str, profile: dict[str, str]) -> None:
    """Years that add to more than the amount have it in their proportion, to the penny."""
    entry = commitment(amount, years="2023-24..2024-25", profile=profile)
    shares = ledger({"a": entry}).in_years("a").values()
    assert min(shares) >= 0
    assert sum(shares) == parse_amount(amount).stated


def test_rule_11j_what_rounding_leaves_is_of_all_years() -> None:
    """Of £10m told as two years of £4.8m each year has £5m: the £0.4m is nobody's own."""
    entry = commitment(
        "£10m", years="2023-24..2024-25", profile={"2023-24": "£4.8m", "2024-25": "£4.8m"}
    )
    assert list(by_year(ledger({"a": entry})).values()) == [5, 5]


def test_rule_11_nothing_is_spread_over_years_of_nothing() -> None:
    """A sum of £0, told as £0 in each year, is £0 in each year."""
    entry = commitment("£0", years="2023-24..2024-25", profile={"2023-24": "£0", "2024-25": "£0"})
    assert list(by_year(ledger({"a": entry})).values()) == [0, 0]


def test_rule_11a_an_excused_component_keeps_its_years() -> None:
    """What shares no year with its envelope, for a reason that is recorded, has its own."""
    entries = {
        "whole": commitment("£10m", years="2023-24"),
        "part": commitment(
            "£4m", part_of="whole", years="2021-22", exceptions={"years-shared": "as printed"}
        ),
    }
    assert str(ledger(entries).items["part"].years) == "2021-22"


def test_rule_11j_odd_pennies_go_to_the_earliest_years() -> None:
    """£100m over three years is spread in pence, the odd penny first."""
    shares = ledger({"a": commitment("£100m", years="2023-24..2025-26")}).in_years("a")
    pence = [Decimal("33333333.34"), Decimal("33333333.33"), Decimal("33333333.33")]
    assert list(shares.values()) == pence


def test_rule_11_money_without_years_is_not_spread() -> None:
    """Where no source gives years, there is nothing to spread over."""
    assert ledger({"a": "£100m"}).in_years("a") == {}


def test_rule_12_a_pound_is_shown_in_its_first_listed_outermost_envelope() -> None:
    """Of the £555m, 318 is counted elsewhere and 237 is what it adds."""
    entries = {
        **FAMILIES_FIRST,
        "extra": commitment("£18m", part_of=["families-first", "spending-review"]),
    }
    built = ledger(entries)
    review = built.items["spending-review"]
    assert built.items["transformation"].root == built.items["extra"].root == "families-first"
    assert set(review.apart) == {"transformation", "extra"}
    assert sum(own(built, id_) for id_ in review.apart) == 318
    assert (own(built, "spending-review"), list(built.tree("spending-review"))) == (
        237,
        ["spending-review"],
    )
    rows = [built.items[id_].subtree.stated for id_ in ("families-first", "spending-review")]
    assert sum(rows) == total(built).stated


def test_rule_12_the_order_of_part_of_moves_rows_and_no_total() -> None:
    """With the other envelope first, the £300m is shown there, and counts the same."""
    other = {
        **FAMILIES_FIRST,
        "transformation": commitment("£300m", part_of=["spending-review", "families-first"]),
    }
    assert ledger(other).items["transformation"].root == "spending-review"
    assert stated(ledger(other)) == stated(ledger(FAMILIES_FIRST)) == 1569 + 547 + 300 + 255


def test_an_envelope_that_holds_itself_is_refused() -> None:
    """A circle of envelopes has no own money: build raises rather than loop."""
    circle = {"a": commitment("£1m", part_of="b"), "b": commitment("£1m", part_of="a")}
    with pytest.raises(ValueError, match="holds itself"):
        ledger(circle)


def test_a_ledger_of_some_commitments_leaves_the_others_out() -> None:
    """`only` builds the ledger of those given: links to others do not hold in it."""
    some = build(record(STABLE_HOMES), TODAY, only={"fostering", "fostering-first"})
    assert set(some.items) == {"fostering", "fostering-first"}
    assert stated(some) == 27


def test_nothing_counted_is_nought() -> None:
    """Before anything is known the total is exactly £0."""
    built = ledger(STABLE_HOMES, date(2023, 2, 1))
    assert total(built) == Sum()
    assert set(built.not_yet) == set(STABLE_HOMES)


def test_what_lies_inside_takes_its_part_of_what_was_spent_before() -> None:
    """£30m of a sum was there before, £10m of it in a part: £20m of the rest was."""
    new = ledger(
        {
            "whole": commitment("£100m", existing="£30m"),
            "part": commitment("£40m", existing="£10m", part_of=["whole"]),
        }
    ).new_money()
    ten, twenty = (Decimal(millions * MILLION) for millions in (10, 20))
    assert new.old("part") == Sum(ten, ten, ten)
    assert new.old("whole") == Sum(twenty, twenty, twenty)


def test_parts_that_come_to_the_floor_itself_use_it_up() -> None:
    """An "over £50m" whose parts are exactly £50m holds nothing of its own, and has a ceiling."""
    items = ledger(
        {
            "whole": commitment("over £50m"),
            "one": commitment("£30m", part_of=["whole"]),
            "two": commitment("£20m", part_of=["whole"]),
        }
    ).items
    whole = items["whole"]
    assert whole.own.high == 0
    assert whole.subtree.high == 50 * MILLION


@pytest.mark.parametrize(
    ("amount", "existing", "new"),
    [
        pytest.param("£100m", "£30m", (70, 70, 70), id="both exact"),
        pytest.param("£100m", "up to £50m", (50, 50, 100), id="a ceiling on what was there"),
        pytest.param("£100m", "over £50m", (50, 0, 50), id="a floor under what was there"),
        pytest.param("£100m", "about £20m", (80, 75, 85), id="about so much was there"),
        pytest.param("£100m", "£25m to £27m", (75, 73, 75), id="a range was there"),
        pytest.param("over £45m", "£5m", (40, 40, None), id="an open sum"),
        pytest.param("up to £9m", "£10m", (0, 0, 0), id="more was there than is promised"),
        pytest.param("£100m", "all", (0, 0, 0), id="all was there"),
        pytest.param("over £45m", "all", (0, 0, 0), id="all of an open sum was there"),
        pytest.param("£25m to £27m", "all", (0, 0, 0), id="all of a range was there"),
        pytest.param("about £300m", "all", (0, 0, 0), id="all of about so much was there"),
    ],
)
def test_rule_9_what_was_there_before_keeps_its_bounds(
    amount: str, existing: str, new: tuple[int, int, int | None]
) -> None:
    """The more was there, the less is new; of what was all there nothing is."""
    built = ledger({"a": commitment(amount, existing=existing)})
    for untold in (False, True):
        money = built.new_money(untold_as_new=untold).money({"a"})
        assert [money.stated / MILLION, *bounds(money)] == list(new)


@pytest.mark.parametrize(
    ("part", "own"),
    [
        pytest.param("£10m", (40, 0, 40), id="exact"),
        pytest.param("up to £20m", (30, 0, 50), id="with a ceiling"),
        pytest.param("over £20m", (30, 0, 30), id="with a floor"),
        pytest.param("£0", (50, 0, 50), id="none"),
    ],
)
def test_rule_9_what_was_there_of_a_part_is_taken_out_with_its_bounds(
    part: str, own: tuple[int, int, int]
) -> None:
    """Of up to £50m that was there before, what a part may have is not the rest's."""
    built = ledger(
        {
            "whole": commitment("£100m", existing="up to £50m"),
            "part": commitment("£40m", existing=part, part_of=["whole"]),
        }
    )
    before = built.new_money().old("whole")
    assert before is not None
    assert [before.stated / MILLION, *bounds(before)] == list(own)


def test_rule_9_what_was_there_of_a_whole_may_be_of_a_part_that_a_silent_sum_holds_too() -> None:
    """Of the £10m with £4m of old money £6m is new; of what the silent £8m adds, all or nothing."""
    built = ledger(
        {
            "silent": commitment("£8m"),
            "told": commitment("£10m", existing="£4m"),
            "shared": commitment("£5.5m to £6.5m", part_of=["silent", "told"]),
        }
    )
    low, high = bounds(built.new_money().money({"silent", "told", "shared"}))
    assert low <= 6
    assert high is not None
    assert high >= 6 + 8 - 5.5


def test_rule_9_what_was_there_of_a_whole_may_be_of_a_silent_part() -> None:
    """Of £100m of which £30m was there £70m is new, whatever the £40m inside is."""
    built = ledger(
        {
            "whole": commitment("£100m", existing="£30m"),
            "part": commitment("£40m", part_of=["whole"]),
        }
    )
    for untold in (False, True):
        new = built.new_money(untold_as_new=untold)
        assert bounds(new.money({"whole", "part"})) == (70, 70)
        assert bounds(new.money({"whole"})) == (30, 60)
        assert bounds(new.money({"part"})) == (10, 40)
        assert sum(new.stated(id_) for id_ in built.items) == 70 * MILLION


@pytest.mark.parametrize(("existing", "new"), [("all", (0, 0)), ("£0", (3, 3))])
def test_rule_9_what_a_baseline_says_of_all_it_holds_goes_with_what_counts_elsewhere(
    existing: str, new: tuple[int, int]
) -> None:
    """£3m that counts by another envelope is as old, or new, as the baseline says of all of it."""
    built = ledger(
        {
            "baseline": commitment(
                "£9m", counted="false", reason="it was there", existing=existing
            ),
            "promise": commitment("£5m"),
            "part": commitment("£3m", part_of=["baseline", "promise"]),
        }
    )
    assert bounds(built.new_money().money({"part"})) == new


def test_rule_9_what_was_there_is_of_what_counts_before_what_is_in_doubt() -> None:
    """Of £6m with £4m of old money the £2m in doubt may be all that is new."""
    built = ledger(
        {
            "whole": commitment("£6m", existing="£4m", continues="part"),
            "part": commitment("£2m", part_of=["whole"], may_overlap=["pot"], reason="it may"),
            "pot": "£10m",
        }
    )
    assert built.new_money().stated("whole") == 0
    assert bounds(built.new_money().money({"whole"}))[0] == 0


def test_rule_2_money_in_an_envelope_is_no_more_than_the_envelope() -> None:
    """ "Up to £9m", £7m and £6m in "about £18m" are £18.5m at the most, and are shown as that."""
    built = ledger(
        {
            "other": "£26m",
            "shared": commitment("up to £9m", part_of=["other", "about"]),
            "part": commitment("£7m", part_of="about"),
            "partly": commitment(
                "£6m", part_of=[{"in": "about", "amount": "£6m", "reason": "read"}]
            ),
            "about": "about £18m",
        }
    )
    money = built.within("about", built.inside("about") | {"about"})
    assert (money.stated, *bounds(money)) == (Decimal("18.5") * MILLION, 17.5, 18.5)


@pytest.mark.parametrize(
    ("existing", "part"),
    [
        pytest.param("£0", (60, 60), id="nothing was there"),
        pytest.param("all", (0, 0), id="all was"),
        pytest.param("£0m to £5m", (55, 60), id="hardly anything was"),
        pytest.param("£90m", (0, 10), id="nearly all was"),
    ],
)
def test_rule_9_what_is_said_of_a_whole_bounds_a_silent_part(
    existing: str, part: tuple[int, int]
) -> None:
    """£0 of a whole is £0 of its parts, all of it all; and of the rest a part has what it can."""
    built = ledger(
        {
            "whole": commitment("£100m", existing=existing),
            "part": commitment("£60m", part_of=["whole"]),
        }
    )
    assert bounds(built.new_money().money({"part"})) == part
    assert built.new_money().old("part") is not None


def test_rule_9_old_money_of_a_shared_part_is_old_in_both_envelopes() -> None:
    """Of £27m with £8m of old money, £4m of it in a part shown elsewhere, £4m is of the rest."""
    built = ledger(
        {
            "first": "£15m",
            "second": commitment("£27m", existing="£8m"),
            "shared": commitment("£12m", existing="£4m", part_of=["first", "second"]),
        }
    )
    assert bounds(built.new_money().money({"second"})) == (11, 11)
    assert bounds(built.new_money().money({"second", "shared"})) == (19, 19)


def test_rule_9_what_was_there_says_how_much_there_is() -> None:
    """Of £8m to £20m of which £15m was there, at most £5m is new."""
    built = ledger({"a": commitment("£8m to £20m", existing="£15m")})
    assert bounds(built.new_money().money({"a"})) == (0, 5)
    assert built.new_money().stated("a") == 0


@pytest.mark.parametrize(
    ("day", "standing", "by", "adds"),
    [
        pytest.param(date(2024, 3, 1), Standing.COUNTED, (), 100, id="neither part is known"),
        pytest.param(date(2024, 6, 1), Standing.RESTATED, ("part",), 60, id="one is"),
        pytest.param(date(2024, 9, 1), Standing.RESTATED, ("part", "rest"), 101, id="both are"),
    ],
)
def test_rule_8_a_headline_counts_until_what_it_restates_is_known(
    day: date, standing: Standing, by: tuple[str, ...], adds: int
) -> None:
    """£100m announced before its parts is a sum as any until one is known."""
    built = ledger(
        {
            "headline": commitment("£100m", announced="2024-01-01", restates=["part", "rest"]),
            "part": commitment("£60m", announced="2024-06-01"),
            "rest": commitment("£41m", announced="2024-09-01"),
        },
        day,
    )
    headline = built.items["headline"]
    assert (headline.standing, headline.by) == (standing, by)
    assert stated(built) == adds


def test_rule_21_a_headline_that_names_a_sum_and_its_part_counts_the_part_once() -> None:
    """Of a headline of £13m "£12m to £15m" may be all £13.5m, whatever lies in it."""
    built = ledger(
        {
            "headline": commitment("£13m", restates=["part", "whole"]),
            "whole": commitment("£12m to £15m"),
            "part": commitment("about £1m", part_of=["whole"]),
        }
    )
    low, high = bounds(built.money({"whole", "part"}))
    assert (low <= 12.5, high) == (True, 13.5)


def test_rule_21_the_part_of_a_headline_in_an_envelope_is_no_headline() -> None:
    """£2m says "up to £2m" again; the £1m of it in £3m to £11m limits nothing to £1m."""
    built = ledger(
        {
            "headline": commitment(
                "£2m",
                restates=["said"],
                part_of=[{"in": "pot", "amount": "£1m", "reason": "read"}],
            ),
            "said": "up to £2m",
            "pot": "£3m to £11m",
        }
    )
    assert bounds(built.money({"said"})) == (1.5, 2)


def test_rule_5_a_headline_inside_what_never_counts_is_a_headline() -> None:
    """£12m says "over £12m" again, though it lies in a baseline; the £4m of it is no money."""
    built = ledger(
        {
            "headline": commitment(
                "£12m",
                restates=["said"],
                part_of=["baseline", {"in": "pot", "amount": "£4m", "reason": "read"}],
            ),
            "said": "over £12m",
            "baseline": commitment("£12m", counted="false", reason="a baseline"),
            "pot": "up to £19m",
        }
    )
    assert built.items["headline"].standing is Standing.RESTATED
    assert bounds(built.all_in("pot")) == (0, 19)


@pytest.mark.parametrize("envelopes", [["told", "pot"], ["pot", "told"]])
def test_rule_21_a_headline_of_one_sum_bounds_it_whatever_envelope_its_part_is_shown_in(
    envelopes: list[str],
) -> None:
    """£11m says "over £11m" again: that £10m of it is in "over £29m" too changes nothing."""
    built = ledger(
        {
            "headline": commitment("£11m", restates=["told"]),
            "told": commitment("over £11m", part_of=["pot", "rest"]),
            "pot": commitment("over £29m"),
            "rest": commitment("£17m"),
            "shared": commitment("£10m", part_of=envelopes),
        }
    )
    assert bounds(total(built))[0] == 34.5


@pytest.mark.parametrize("envelopes", [["floor", "firm"], ["firm", "floor"]])
def test_what_its_parts_exceed_is_bounded_alike_in_whatever_order_it_is_shared(
    envelopes: list[str],
) -> None:
    """A shared £0 that holds "over £9m" is as large as that, which £29m can hold."""
    built = ledger(
        {
            "floor": "over £22m",
            "firm": "£29m",
            "shared": commitment("£0m", part_of=envelopes),
            "part": commitment("over £9m", part_of="shared"),
        }
    )
    assert bounds(built.money({"part"})) == (9, 29)


def test_rule_21_a_headline_that_a_sum_exceeds_with_its_shared_part_limits_nothing() -> None:
    """£41m, of which £1m is shown elsewhere, is more than "£20m to £40m" says of it again."""
    built = ledger(
        {
            "said": "£41m to £42m",
            "headline": commitment("£20m to £40m", restates=["said"]),
            "other": "£0m to £1m",
            "shared": commitment(
                "£0m to £1m",
                part_of=["other", {"in": "said", "amount": "£1m", "reason": "read"}],
            ),
        }
    )
    assert built.items["said"].limit is None
    assert stated(built) == 41
