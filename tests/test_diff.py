"""What `diff` says changed: each kind of thing, in words, and nothing where nothing did."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from reformcalc import load
from reformcalc.answers.chosen import EVERYTHING
from reformcalc.answers.diff import Change, diff
from reformcalc.answers.diff_screen import DiffScreen
from reformcalc.answers.totals.totals import totals
from reformcalc.errors import Refused
from reformcalc.ledger.known import Known
from reformcalc.record.renaming import NAMED, under
from tests.conftest import TINY
from tests.property.test_ledger_properties import Entries, few, graphs
from tests.unit.builders import TODAY, ask, commitment, record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reformcalc.record.model import Dataset
    from tests.conftest import Result

PAPER = {"title": "A paper", "publisher": "DfE", "published": "2023-02-02"}
CLAIM = {"source": "paper", "at": "page 1", "says": "a promise"}
PLAN = {
    "title": "A plan",
    "promised": "2023-02-02",
    "due": "spring 2024",
    "lead": "dfe",
    "pillar": "families",
    "claims": [CLAIM],
}
ASK = {
    "title": "An ask",
    "amount": "£10m",
    "by": "dfe",
    "announced": "2023-01-01",
    "claims": [CLAIM],
}
MOVED = {"to": "2027", "on": "2024-01-01", "claims": [{**CLAIM, "says": "in 2027"}]}
MET = {"met": "2024-05-01", "claims": [{**CLAIM, "says": "now in force"}]}


def _said(old: Dataset, new: Dataset, was: date = TODAY, now: date = TODAY) -> list[str]:
    report = diff(Known(old, was), Known(new, now))
    return [f"{row.kind} {row.id} {row.says}" for row in report.rows]


def _with(about: dict[str, str], *, commitments: dict[str, Any], **sections: Any) -> Dataset:
    made = record(commitments, **sections)
    return made.model_copy(update={"about": made.about.model_copy(update=about)})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param(
            record({"a": "£5m"}),
            record({"a": "£7m"}),
            [
                "total total promised: £7m (was £5m)",
                "envelopes a adds: £7m (was £5m)",
                "commitments a counts: £7m, counted in full (was £5m, counted in full)",
                "commitments a amount: £7m (was £5m)",
            ],
            id="a figure",
        ),
        pytest.param(
            record({"a": "£5m"}),
            record({"a": "£5m", "b": commitment("£2m", part_of=["a"])}),
            [
                "commitments a counts: £3m, not broken down: £3m of £5m (was £5m, counted in full)",
                "commitments b added: A promise: £2m, counted in full",
            ],
            id="a component changes no total",
        ),
        pytest.param(
            record({"a": "£5m", "b": "£2m"}),
            record(
                {"a": "£5m", "b": commitment("£2m", may_overlap=["a"], reason="may be the same")}
            ),
            [
                "total total promised: £5m (was £7m)",
                "total total perhaps: £2m (was £0)",
                "envelopes b adds: £0 (was £2m)",
                (
                    "commitments b counts: £0, in doubt: may be part of A promise: may be the same "
                    "(was £2m, counted in full)"
                ),
                "commitments b may overlap: a (not given before)",
                "commitments b reason: may be the same (not given before)",
            ],
            id="a doubt",
        ),
        pytest.param(
            record({"a": "£5m"}),
            record({}),
            [
                "total total promised: £0 (was £5m)",
                "envelopes a removed: A promise: £5m",
                "commitments a removed: A promise: £5m, counted in full",
            ],
            id="a removal takes its claims with it",
        ),
        pytest.param(
            record({"a": commitment("£5m", years="2023-24")}),
            record({"a": commitment("£5m")}),
            ["commitments a years: no longer given (was 2023-24)"],
            id="a field",
        ),
        pytest.param(
            record({}, milestones={"m": PLAN}),
            record({}, milestones={"m": {**PLAN, "moved": [MOVED]}}),
            [
                "deadlines m state: upcoming (was not checked)",
                "deadlines m due: 2027 (first promise: spring 2024) (was spring 2024)",
                "deadlines m moved: to 2027; on 2024-01-01 (not given before)",
                'claims m added: "in 2027" (DfE, 2 February 2023, page 1)',
            ],
            id="a later date",
        ),
        pytest.param(
            record({}, milestones={"m": PLAN}),
            record({}, milestones={"m": {**PLAN, "outcome": MET}}),
            [
                "deadlines m state: met (was not checked)",
                "deadlines m outcome: met 2024-05-01 (not given before)",
                'claims m added: "now in force" (DfE, 2 February 2023, page 1)',
            ],
            id="an outcome",
        ),
        pytest.param(
            record({}, milestones={"m": {**PLAN, "note": "so " * 60}}),
            record({}, milestones={"m": {**PLAN, "note": "thus " * 20}}),
            [f"deadlines m note: now {('thus ' * 20).strip()}"],
            id="long words are given as they are now",
        ),
        pytest.param(
            _with({"benchmark": "ask"}, commitments={"a": "£5m"}, benchmarks={"ask": ASK}),
            _with(
                {"benchmark": "ask"},
                commitments={"a": "£5m"},
                benchmarks={"ask": {**ASK, "amount": "£4m"}},
            ),
            [
                "shares headline share: 125.0% (was 50.0%)",
                "shares headline verdict: not decided (was not met)",
            ],
            id="shares and verdicts",
        ),
        pytest.param(
            record({}),
            record({}, sources={"paper": {**PAPER, "title": "The paper"}}),
            ["sources paper title: The paper (was A paper)"],
            id="a source",
        ),
        pytest.param(
            record({"a": "£5m"}),
            record({"a": commitment("£5m", claims=[{**CLAIM, "says": "promised"}])}),
            [
                'claims a removed: "a promise" (DfE, 2 February 2023, page 1)',
                'claims a added: "promised" (DfE, 2 February 2023, page 1)',
            ],
            id="a claim",
        ),
        pytest.param(
            record({}),
            record({}, topics={"lamps": {"title": "Lamps"}}),
            ["topics lamps added: Lamps"],
            id="a word",
        ),
        pytest.param(
            record({"a": "£5m", "b": commitment("£2m", part_of=["a"])}),
            record({"c": commitment("£5m", formerly="a"), "b": commitment("£3m", part_of=["c"])}),
            [
                "commitments c renamed: was a",
                "commitments b counts: £3m, counted in full (was £2m, counted in full)",
                "commitments b amount: £3m (was £2m)",
                (
                    "commitments c counts: £2m, not broken down: £2m of £5m "
                    "(was £3m, not broken down: £3m of £5m)"
                ),
            ],
            id="a new id, and what is in it",
        ),
        pytest.param(
            record({"a": "£5m", "b": "£2m"}),
            record({"c": commitment("£5m", formerly=["a", "b"])}),
            [
                "total total promised: £5m (was £7m)",
                "envelopes b removed: A promise: £2m",
                "commitments c renamed: was a",
                "commitments b removed: A promise: £2m, counted in full",
            ],
            id="two that became one",
        ),
        pytest.param(
            record({"c": commitment("£5m", formerly=["a", "b"])}),
            record({"a": "£5m", "b": "£2m"}),
            [
                "total total promised: £7m (was £5m)",
                "envelopes b added: A promise: £2m",
                "commitments a renamed: was c",
                "commitments b added: A promise: £2m, counted in full",
            ],
            id="and one that became two",
        ),
        pytest.param(
            record({}, milestones={"m": PLAN, "n": {**PLAN, "due": "within 6 months of m"}}),
            record(
                {},
                milestones={
                    "q": {**PLAN, "due": "autumn 2024", "formerly": "m"},
                    "n": {**PLAN, "due": "within 6 months of q"},
                },
            ),
            [
                "deadlines q renamed: was m",
                "deadlines q due: autumn 2024 (was spring 2024)",
            ],
            id="a new id that a date counts from",
        ),
        pytest.param(
            record({}),
            _with({"version": "2"}, commitments={}),
            ["about about version: 2 (was 1)"],
            id="the record itself",
        ),
    ],
)
def test_a_change_is_said_in_words(old: Dataset, new: Dataset, said: list[str]) -> None:
    """Each change is one line: what, how it stands now, and how it stood."""
    rows = _said(old, new)
    if not any(row.startswith("shares") for row in rows):
        assert rows == said
    assert [row for row in rows if row in said] == said


def test_a_record_under_new_ids_is_the_same_record() -> None:
    """Whatever has another id, and whatever names it, is renamed and nothing else, either way."""
    old = load().valid()
    ids = {kind: {id_: f"{id_[:50]}-{n}" for n, id_ in enumerate(getattr(old, kind))}
           for kind in NAMED}  # fmt: skip
    moved = under(old, ids)
    new = moved.model_copy(
        update={
            kind: {
                ids[kind][was]: entry.model_copy(update={"formerly": (was, *entry.formerly)})
                for was, entry in zip(
                    getattr(old, kind), getattr(moved, kind).values(), strict=True
                )
            }
            for kind in NAMED
        }
    )
    assert not {*old.commitments} & {*new.commitments}
    for before, after in ((old, new), (new, old)):
        was, now = Known(before, date.max), Known(after, date.max)
        rows = diff(was, now).rows
        assert {row.change for row in rows} == {Change.RENAMED}
        assert len(rows) == sum(len(getattr(old, kind)) for kind in NAMED)
        screen = DiffScreen(was, now, EVERYTHING).screen()
        assert screen.answer.startswith("Still £")
        assert not screen.listings
        assert screen.notes == (f"Changes of the record alone: {len(rows)} new ids.",)


def test_one_record_on_two_days_changes_by_what_became_known() -> None:
    """What time alone does is said too: what was announced since, and what fell due."""
    dataset = record(
        {"a": "£5m", "b": commitment("£2m", announced="2025-01-01")}, milestones={"m": PLAN}
    )
    assert _said(dataset, dataset, was=date(2024, 1, 1)) == [
        "total total promised: £7m (was £5m)",
        "envelopes b added: A promise: £2m",
        "deadlines m state: not checked (was upcoming)",
        "commitments b added: A promise: £2m, counted in full",
    ]


def test_a_revision_is_the_value_in_force() -> None:
    """A promise with a new figure is told by the figures in force, not by their history."""
    revised = commitment([{"from": "2023-02-02", "is": "£5m"}, {"from": "2025-01-01", "is": "£6m"}])
    dataset = record({"a": revised})
    said = _said(dataset, dataset, was=date(2024, 1, 1))
    assert "commitments a amount: £6m; from 2025-01-01 (was £5m; from 2023-02-02)" in said


def test_a_side_without_shares_says_why() -> None:
    """Where only one side can be compared, the answer says what keeps the other from it."""
    bare = record({"a": "£5m"})
    asked = _with({"benchmark": "ask"}, commitments={"a": "£5m"}, benchmarks={"ask": ASK})
    for old, new, when in ((bare, asked, "before"), (asked, bare, "after")):
        notes = diff(Known(old, TODAY), Known(new, TODAY)).sentences
        assert any(note.startswith(f"No shares {when}: ") for note in notes)
    assert not any(
        "No shares" in note for note in diff(Known(bare, TODAY), Known(bare, TODAY)).sentences
    )


def test_what_was_not_known_is_no_change() -> None:
    """A record that differs only in what came later says so, and that nothing changed."""
    day = date(2024, 1, 1)
    later = record({"a": "£5m", "b": commitment("£2m", announced="2025-01-01")})
    report = diff(Known(record({"a": "£5m"}), day), Known(later, day))
    assert report.headline == "Nothing changed, as of 1 January 2024"
    assert report.sentences == (
        "The records are not the same; what differs was not known, or not in force, by then.",
    )


@few
@given(graphs(), graphs())
def test_differences_add_up(before: Entries, after: Entries) -> None:
    """Over commitments, as over the sums that lie in no other, the differences are the total's."""
    old, new = record(before), record(after)
    rows = diff(Known(old, TODAY), Known(new, TODAY)).rows
    then, now = (totals(ask(one, TODAY)).total for one in (old, new))
    assert then is not None
    assert now is not None
    for kind in ("total", "envelopes", "commitments"):
        moved = sum(row.difference_gbp or 0 for row in rows if row.kind == kind)
        assert moved == now.adds_gbp - then.adds_gbp


@few
@given(graphs(), graphs())
def test_the_way_back_is_the_opposite(before: Entries, after: Entries) -> None:
    """Nothing changes between a record and itself, and swapping sides swaps every change."""
    old, new = Known(record(before), TODAY), Known(record(after), TODAY)
    assert diff(old, old).rows == ()
    back = {
        Change.ADDED: Change.REMOVED,
        Change.REMOVED: Change.ADDED,
        Change.CHANGED: Change.CHANGED,
        Change.RENAMED: Change.RENAMED,
    }
    there = {
        (row.kind, row.id, row.change, row.field, row.was, row.now, row.difference_gbp or 0)
        for row in diff(old, new).rows
    }
    assert there == {
        (
            row.kind,
            row.id,
            back[row.change],
            row.field,
            row.now,
            row.was,
            -(row.difference_gbp or 0),
        )
        for row in diff(new, old).rows
    }


def test_an_edit_is_told_as_markdown(run: Callable[..., Result], tmp_path: Path) -> None:
    """Two folders give a table that can stand in a pull request; a pipe has one line per change."""
    text = TINY.read_text(encoding="utf-8")
    for name, content in (("before", text), ("after", text.replace("£3m in", "£3m as"))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "record.yaml").write_text(content, encoding="utf-8")
    asked = ("diff", tmp_path / "before", tmp_path / "after", "--as-of", "2031-06-30")
    result = run(*asked, "--format", "markdown")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("**2 changes, as of 30 June 2031: ")
    assert '| Claims | beacon-grant | added: "£3m as grants" (' in result.out
    rows = json.loads(run(*asked, "--format", "json").out)["rows"]
    assert [(row["kind"], row["id"], row["change"]) for row in rows] == [
        ("claims", "beacon-grant", "removed"),
        ("claims", "beacon-grant", "added"),
    ]
    nothing = run("diff", TINY, TINY, "--as-of", "2031-06-30", "--format", "markdown").out
    assert nothing == "**Nothing changed, as of 30 June 2031**\n"


def test_a_broken_side_is_named(run: Callable[..., Result], tmp_path: Path) -> None:
    """A record with errors, before or after, gives its findings and no answer."""
    broken = tmp_path / "broken.yaml"
    broken.write_text(
        TINY.read_text(encoding="utf-8").replace("amount: £3m", "amount: 3m"), encoding="utf-8"
    )
    for sides in ((TINY, broken), (broken, TINY)):
        result = run("diff", *sides)
        assert (result.code, result.out) == (2, "")
        assert f"{broken}:" in result.err


def test_old_is_not_later_than_new() -> None:
    """Changes that would run backwards are refused, with what to do."""
    dataset = load(TINY).valid()
    late, early = (Known(dataset, day) for day in (date(2031, 6, 30), date(2030, 6, 30)))
    with pytest.raises(Refused, match="take OLD on an earlier day"):
        diff(late, early)


def test_a_wrong_day_is_refused_by_the_option_that_has_it(run: Callable[..., Result]) -> None:
    """A day of OLD that does not exist is said of --was, not of --as-of."""
    result = run("diff", TINY, TINY, "--was", "2025-13-01")
    assert result.code == 2
    assert "Invalid value for --was" in result.err
