"""What of an entry was known on a day: the day itself included."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from reformcalc.answers.lookup.conflicts import conflicts
from reformcalc.answers.lookup.entries import entries
from reformcalc.answers.lookup.show import show
from reformcalc.ledger.known import Known
from reformcalc.record.history import by_then
from tests.unit.builders import commitment, record

DAYS = (date(2024, 2, 1), date(2024, 2, 2), date(2024, 2, 3))  # before, on and after
ON = "2024-02-02"
PAPER = {"source": "paper", "at": "page 1", "says": "in 2025"}
STEP = {"title": "A step", "promised": "2023-02-02", "due": "2025", "lead": "dfe"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("moved", [{"to": "2026", "on": ON, "claims": [PAPER]}]),
        ("outcome", [{"met": ON, "claims": [PAPER]}]),
        ("outcome", [{"met": "2024-01-01", "known": ON, "claims": [PAPER]}]),
        ("looked", {"on": ON, "searched": "the pages"}),
    ],
)
def test_what_came_of_a_promise_is_known_from_its_day(field: str, value: Any) -> None:
    """A move, an outcome and a search are there from the day they are known, and stay."""
    dataset = record({}, milestones={"step": {**STEP, "claims": [PAPER], field: value}})
    then = [by_then(dataset, dataset.milestones["step"], day) for day in DAYS]
    assert [bool(getattr(one, field)) for one in then] == [False, True, True]


def test_what_was_said_of_an_entry_is_known_from_its_day() -> None:
    """Whatever the kind of entry, and however early the document is that tells of it."""
    said = {"on": ON, "by": "dfe", "claims": [PAPER]}
    dataset = record({"sum": commitment("£1m", statements=[said])})
    then = [by_then(dataset, dataset.commitments["sum"], day) for day in DAYS]
    assert [len(one.statements) for one in then] == [0, 1, 1]


def test_an_item_is_known_from_its_document_or_from_the_day_that_named_it() -> None:
    """What a figure counts was there before anybody named it, and is linked once both are known."""
    later = {"title": "A later paper", "publisher": "DfE", "published": "2024-02-03"}
    paper = {"title": "A paper", "publisher": "DfE", "published": "2023-02-02"}
    claims = [{**PAPER, "source": "later"}]
    step = {**STEP, "promised": "2024-02-03", "claims": claims}
    count = {
        "title": "Areas",
        "kind": "count",
        "value": "3",
        "unit": "areas",
        "by": "dfe",
        "items": [
            {"title": "North", "claims": claims},
            {"title": "South", "named": ON, "milestone": "step", "claims": claims},
        ],
        "claims": [PAPER],
    }
    dataset = record(
        {},
        sources={"paper": paper, "later": later},
        figures={"areas": count},
        milestones={"step": step},
    )
    then = [by_then(dataset, dataset.figures["areas"], day).items for day in DAYS]
    assert [[(one.title, one.milestone) for one in items] for items in then] == [
        [],
        [("South", None)],
        [("North", None), ("South", "step")],
    ]


def test_a_revision_is_known_from_its_day() -> None:
    """The first figure was always there, the second is from its own day on."""
    dataset = record({"sum": commitment([{"is": "£1m"}, {"is": "£2m", "from": ON}])})
    then = [by_then(dataset, dataset.commitments["sum"], day) for day in DAYS]
    assert [len(one.amount) for one in then] == [1, 2, 2]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        pytest.param({"amount": "unknown"}, ["not known"] * 3, id="of no known size"),
        pytest.param(
            {"amount": [{"is": "£2m", "from": ON}]},
            ["no figure yet", "£2m", "£2m"],
            id="of a later size",
        ),
        pytest.param(
            {"profile": {"2024-25": "£1m"}, "years": "2024-25"}, ["£1m"] * 3, id="by year"
        ),
    ],
)
def test_a_sum_without_a_figure_says_the_same_wherever_it_is_told(
    fields: dict[str, Any], said: list[str]
) -> None:
    """Of unknown size is only what the record calls so, in a list, alone and in a dispute."""
    other = {"source": "paper", "at": "page 2", "says": "or another", "variant": "true"}
    entry = commitment(**fields, reason="a reason")
    entry["claims"] = [*entry["claims"], other]
    dataset = record({"sum": entry})
    for day, words in zip(DAYS, said, strict=True):
        known = Known(dataset, day)
        assert entries(known, "commitments").rows[0].says == words
        assert conflicts(known).rows[0].says == show(known, "sum").headline == f"A promise: {words}"


def test_what_did_not_change_is_the_same_entry() -> None:
    """Nothing is copied of which all was known."""
    entry = record({"sum": "£1m"}).commitments["sum"]
    assert by_then(record({"sum": "£1m"}), entry, DAYS[0]) is entry


@pytest.mark.parametrize(
    ("value", "says", "figures"),
    [
        pytest.param("4", "four boats", ["3", "4", "4"], id="spelt out"),
        pytest.param("4", "over 4 boats", ["3", "4", "4"], id="less firmly"),
        pytest.param("4", "5 boats", ["4", "4", "4"], id="another number, so by inference"),
        pytest.param("4", "4% of boats", ["4", "4", "4"], id="of another unit"),
        pytest.param("4%", "£4 for boats", ["4%", "4%", "4%"], id="of yet another"),
        pytest.param("4%", "4 per cent of boats", ["3", "4%", "4%"], id="a percentage"),
    ],
)
def test_a_figure_is_what_it_was_until_a_document_says_it(
    value: str, says: str, figures: list[str]
) -> None:
    """Where documents say the value, it holds from the day on which the first of them is out."""
    count = {"title": "Boats", "kind": "count", "unit": "boats", "by": "dfe", "was": "3"}
    claims = [PAPER, {"source": "late", "at": "page 1", "says": says}]
    dataset = record(
        {},
        figures={"boats": {**count, "value": value, "claims": claims}},
        sources={
            "paper": {"title": "A", "publisher": "DfE", "published": "2023-02-02"},
            "late": {"title": "B", "publisher": "DfE", "published": ON},
        },
    )
    then = [by_then(dataset, dataset.figures["boats"], day).value for day in DAYS]
    assert [one and one.amount.text for one in then] == figures


def test_a_figure_that_no_document_says_yet_is_not_there() -> None:
    """A rise may be promised long before its size: until then it has none, not the later one."""
    rise = {"title": "Rise", "kind": "rate", "unit": "rise", "by": "dfe", "value": "12.43%"}
    claims = [PAPER, {"source": "late", "at": "page 1", "says": "a rise of 12.43%"}]
    dataset = record(
        {},
        figures={"rise": {**rise, "claims": claims}},
        sources={
            "paper": {"title": "A", "publisher": "DfE", "published": "2023-02-02"},
            "late": {"title": "B", "publisher": "DfE", "published": ON},
        },
    )
    said = [show(Known(dataset, day), "rise").headline for day in DAYS]
    assert said == ["Rise: no figure yet", "Rise: 12.43% rise", "Rise: 12.43% rise"]


@pytest.mark.parametrize(
    ("links", "before", "after"),
    [
        ({"part_of": "other"}, {"part_of": ()}, ("other",)),
        ({"restates": "other"}, {"restates": ()}, ("other",)),
        ({"supersedes": "other"}, {"supersedes": ()}, ("other",)),
        ({"continues": "other"}, {"continues": None}, "other"),
        ({"may_overlap": "other", "reason": "so"}, {"may_overlap": (), "reason": None}, ("other",)),
        (
            {"may_overlap": ["other", "early"], "reason": "so"},
            {"may_overlap": ("early",), "reason": "so"},
            ("other", "early"),
        ),
        (
            {"may_overlap": "other", "counted": "false", "reason": "another place"},
            {"may_overlap": (), "reason": "another place"},
            ("other",),
        ),
        (
            {"restates": "other", "inferred": {"restates": "as read", "years": "as read"}},
            {"restates": (), "inferred": {"years": "as read"}},
            ("other",),
        ),
    ],
)
def test_a_link_is_known_once_both_ends_are(
    links: dict[str, Any], before: dict[str, Any], after: Any
) -> None:
    """What a sum has to do with one that is announced later is not told before, nor why."""
    other = commitment("£2m", announced=ON)
    sums = {"sum": commitment("£1m", **links), "other": other, "early": "£3m"}
    dataset = record(sums)
    entry = dataset.commitments["sum"]
    earlier, on_the_day, later = (by_then(dataset, entry, day) for day in DAYS)
    assert {name: getattr(earlier, name) for name in before} == before
    assert on_the_day == later == entry
    (name, *_) = links
    told = getattr(entry, name)
    assert (told if name == "continues" else tuple(_named(told))) == after


def _named(links: Any) -> list[str]:
    return [link if isinstance(link, str) else link.envelope for link in links]
