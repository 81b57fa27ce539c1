"""Turns of the queries that the golden files do not take."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from reformcalc import load
from reformcalc.answers.chosen import Chosen
from reformcalc.answers.comparison.compare import compare
from reformcalc.answers.deadlines.answers import deadlines
from reformcalc.answers.diff import diff
from reformcalc.answers.lookup.conflicts import conflicts
from reformcalc.answers.lookup.entries import entries
from reformcalc.answers.lookup.show import show
from reformcalc.answers.totals.explain import explain
from reformcalc.answers.totals.totals import totals
from reformcalc.errors import Refused, UnknownId
from reformcalc.ledger.known import Known
from reformcalc.render import Format, render
from reformcalc.render.grid import grid_of
from reformcalc.render.terminal import Terminal
from reformcalc.values.money import parse_amount
from reformcalc.values.years import FinancialYear, parse_year
from tests.conftest import TINY
from tests.unit.builders import ask, commitment, comparing, dates_of, deflators, record

if TYPE_CHECKING:
    from collections.abc import Callable

    from reformcalc.record.model import Dataset
    from tests.conftest import Result

DAY = date(2031, 6, 30)
_WITHOUT_YEARS = ["without-capital", "new-when-announced", "new-each-year"]


@pytest.fixture(scope="module")
def tiny() -> Dataset:
    """Return the invented record."""
    return load(TINY).valid()


def test_before_anything_was_promised(tiny: Dataset) -> None:
    """With nothing counted the total is £0, shares are nought, and no year is there to set."""
    early = date(2029, 12, 31)
    assert totals(ask(tiny, early)).total.adds_gbp == 0  # type: ignore[union-attr]
    rows = compare(comparing(tiny, early)).rows
    assert [row.basis for row in rows] == ["headline", "yearly-figures", *_WITHOUT_YEARS]
    assert {row.share_percent for row in rows} == {0}


def test_a_benchmark_must_be_named_somewhere(tiny: Dataset) -> None:
    """Without a benchmark of its own a dataset cannot be compared with nothing."""
    about = tiny.about.model_copy(update={"benchmark": None})
    with pytest.raises(Refused, match="say which"):
        compare(comparing(tiny.model_copy(update={"about": about}), DAY))


def test_an_empty_id_is_no_envelope(tiny: Dataset) -> None:
    """An empty name limits nothing in silence: there is no such commitment."""
    with pytest.raises(UnknownId, match='no commitment ""'):
        totals(ask(tiny, DAY, chosen=Chosen(envelope="")))


def test_what_never_counts_may_be_excepted_from_saying_why(tiny: Dataset) -> None:
    """Without a reason, and in nothing else that never counts, there is no more to say."""
    id_, entry = next(iter(tiny.commitments.items()))
    silent = entry.model_copy(update={"counted": False, "reason": None, "part_of": ()})
    dataset = tiny.model_copy(update={"commitments": {id_: silent}})
    (row,) = [row for row in explain(ask(dataset, DAY)).rows if row.id == id_]
    assert row.reason == "never counted"


def test_a_benchmark_of_one_figure(tiny: Dataset) -> None:
    """Where an ask has no years at all, only whole sums can be compared."""
    bare = tiny.benchmarks["harbour-inquiry"].model_copy(
        update={"profile": {}, "spending_years": None, "programme_years": None}
    )
    dataset = tiny.model_copy(update={"benchmarks": {"bare": bare}})
    report = compare(comparing(dataset, DAY, "bare"))
    assert [row.basis for row in report.rows] == ["headline", *_WITHOUT_YEARS]


@pytest.mark.parametrize("day", ["2022-06-30", "2023-06-20", "2024-01-31", "2025-03-31"])
def test_nothing_that_came_later_is_cited(day: str) -> None:
    """Of the shipped record, no claim whose source was not out yet differs, or is to be cited."""
    dataset, as_of = load().valid(), date.fromisoformat(day)
    cited = {row.source for row in conflicts(Known(dataset, as_of)).rows}
    cited |= {source for row in totals(ask(dataset, as_of)).rows for source in row.sources}
    for listed in entries(Known(dataset, as_of), "commitments").rows:
        rows = show(Known(dataset, as_of), listed.id).rows
        cited |= {row.source for row in rows if row.kind == "commitments"}
    assert len(cited) > 1
    for source in cited - {""}:
        out = dataset.sources[source].out_on
        assert out is None or out <= as_of, source


def test_a_later_source_neither_differs_nor_is_cited() -> None:
    """Before the day on which a source that differs was out, there is nothing to choose."""
    later = {"source": "later", "at": "page 1", "says": "£44m in all", "variant": "true"}
    first = {"source": "paper", "at": "page 1", "says": "£45m in all"}
    late = {"source": "later", "at": "page 2", "says": "£7m for boats"}
    sources = {
        "paper": {"title": "A paper", "publisher": "DfE", "published": "2023-02-02"},
        "later": {"title": "A later one", "publisher": "DfE", "published": "2024-02-02"},
    }
    dataset = record(
        {
            "disputed": commitment("£45m", claims=[later, first], choice="the first is meant"),
            "reported": commitment("£7m", claims=[late]),
        },
        sources=sources,
    )
    before, after = date(2024, 2, 1), date(2024, 2, 2)
    assert conflicts(Known(dataset, before)).rows == ()
    stands = [row.stand for row in conflicts(Known(dataset, after)).rows]
    assert stands == ["in use", "used", "differs", "why"]
    differ = "Sources differ on A promise"
    for day, said in ((before, False), (after, True)):
        notes = totals(ask(dataset, day)).sentences
        assert any(note.startswith(differ) for note in notes) is said
        cited = show(Known(dataset, day), "reported").sentences
        assert any(note.startswith("To cite: £7m: ") for note in cited) is said


def test_the_ids_of_totals_lead_to_the_sum(tiny: Dataset) -> None:
    """A part of a sum, and what is not itemised of it, are told by the sum itself."""
    whole = show(Known(tiny, DAY), "quay-plan")
    assert show(Known(tiny, DAY), "quay-plan/not-itemised") == whole
    assert show(Known(tiny, DAY), "quay-plan~dredger") == whole


def test_what_is_not_yet_known_has_the_figure_it_will_have() -> None:
    """Before it is known a sum told by its years is listed with what they add up to."""
    told = commitment(profile={"2024-25": "£4m", "2025-26": "£6m"}, announced="2024-02-02")
    (row,) = explain(ask(record({"a": told}), date(2024, 2, 1))).rows
    assert row.amount is not None
    assert [row.amount.stated, row.counts_gbp] == [10_000_000, 0]


@pytest.mark.parametrize(
    ("amounts", "printed"),
    [
        (["£2m", "£9,500"], ["£2,000,000", "£9,500", "£2,009,500"]),
        (["£9m", "£0.01"], ["£9,000,000.00", "£0.01", "£9,000,000.01"]),
        (["£1,000.50", "£2.50"], ["£1,000.50", "£2.50", "£1,003.00"]),
        (["£2m", "£9,000"], ["£2.000m", "£0.009m", "£2.009m"]),
    ],
)
def test_totals_add_up_on_paper(amounts: list[str], printed: list[str]) -> None:
    """What is stated is printed to the last penny, and so is what each item counts."""
    dataset = record({f"promise-{place}": one for place, one in enumerate(amounts)})
    for report, count in ((totals(ask(dataset, DAY)), 1), (explain(ask(dataset, DAY)), 2)):
        cells = [one for one in grid_of(report).columns if one.right]
        assert [[*one.texts, one.total] for one in cells] == [printed] * count


def test_real_terms_are_rounded() -> None:
    """What a deflator left is in tenths of a million; what was stated stays as it is."""
    first = parse_year("2023-24")
    index = deflators({first: Decimal(100), FinancialYear(2024): Decimal(103)})
    promises = {"a": commitment("£7m", years="2024-25"), "b": commitment("£1m", years="2024-25")}
    dataset = record(promises).model_copy(update={"deflators": {"d": index}})
    real = ["£6.8m", "£1.0m", "£7.8m"]
    for report, amounts in (
        (totals(ask(dataset, DAY, prices=first)), [real]),
        (explain(ask(dataset, DAY, prices=first)), [["£7.0m", "£1.0m", "£7.8m"], real]),
    ):
        cells = [one for one in grid_of(report).columns if one.right]
        assert [[*one.texts, one.total] for one in cells] == amounts


def test_a_pillar_alone_is_told_what_is_not_assigned() -> None:
    """Workforce in June 2023 is £0, and £89m not assigned, asked for alone or not."""
    june = date(2023, 6, 20)
    every = totals(ask(load().valid(), june), by="pillar").rows
    alone = totals(ask(load().valid(), june, chosen=Chosen(("workforce",))), by="pillar").rows
    assert [row for row in every if row.id == "workforce"] == list(alone)
    assert alone[0].unassigned_gbp == 89_000_000


@pytest.mark.parametrize(
    ("fields", "new", "prices", "rows"),
    [
        pytest.param(
            {"amount": "£10m", "profile": dict.fromkeys(("2023-24", "2024-25"), "£4.8m")},
            None,
            None,
            {"2023-24": 4.8, "2023-24..2024-25": 0.4, "2024-25": 4.8},
            id="what rounding leaves of a full profile",
        ),
        pytest.param(
            {"amount": "£10m", "profile": {"2022-23": "£4m", "2023-24": "£6m"}},
            None,
            None,
            {"2023-24": 6, "2024-25": 4},
            id="a year outside those of the sum",
        ),
        pytest.param(
            {"profile": {"2023-24": "£4m", "2024-25": "£6m"}},
            None,
            "2023-24",
            {"2023-24": 4, "2024-25": 3},
            id="in real terms",
        ),
        pytest.param(
            {"profile": {"2023-24": "£4m", "2024-25": "£6m"}, "existing": "£1m"},
            "each-year",
            None,
            {"2023-24..2024-25": 9},
            id="of what is new no source says which year",
        ),
    ],
)
def test_by_year_has_each_year_as_it_is_told(
    fields: dict[str, Any], new: Any, prices: str | None, rows: dict[str, float]
) -> None:
    """Rows follow the profile, have the sum's own years, and add up to the total."""
    index = {FinancialYear(2023): Decimal(100), FinancialYear(2024): Decimal(200)}
    entry = commitment(years="2023-24..2024-25", **fields)
    dataset = record({"a": entry}).model_copy(update={"deflators": {"d": deflators(index)}})
    year = parse_year(prices) if prices else None
    report = totals(ask(dataset, date(2023, 2, 2), new=new, prices=year), by="year")
    assert {row.id: row.adds_gbp / 1_000_000 for row in report.rows} == rows
    assert report.total is not None
    assert sum(row.adds_gbp for row in report.rows) == report.total.adds_gbp


def test_a_sum_is_cited_where_a_document_prints_it() -> None:
    """Where the sum is printed; else where its parts are; before these were out, nowhere."""
    early = {"source": "early", "at": "page 1", "says": "£2m in year one"}
    late = {"source": "late", "at": "page 2", "says": "£3m in year two"}
    whole = {"source": "late", "at": "page 3", "says": "£5m in all"}
    dataset = record(
        {
            "printed": commitment("£5m", claims=[early, late, whole]),
            "added": commitment("£5m", claims=[early, late], exceptions={"amount-in-words": "x"}),
            "unseen": commitment("£5m", claims=[late]),
        },
        sources={
            "early": {"title": "A", "publisher": "DfE", "published": "2023-02-02"},
            "late": {"title": "B", "publisher": "Ofsted", "published": "2024-02-02"},
        },
    )

    def cited(as_of: date) -> dict[str, tuple[str | None, tuple[str, ...]]]:
        rows = totals(ask(dataset, as_of)).rows
        return {row.id: (row.where, row.sources) for row in rows}

    assert cited(date(2024, 2, 2)) == {
        "added": (
            "DfE, 2 February 2023, page 1; Ofsted, 2 February 2024, page 2",
            ("early", "late"),
        ),
        "printed": ("Ofsted, 2 February 2024, page 3", ("late",)),
        "unseen": ("Ofsted, 2 February 2024, page 2", ("late",)),
    }
    assert cited(date(2024, 2, 1)) == {
        "added": ("DfE, 2 February 2023, page 1", ("early",)),
        "printed": (None, ()),
        "unseen": (None, ()),
    }


@pytest.mark.parametrize(
    ("dates", "out"),
    [
        ({"published": "2026", "accessed": "2026-11-21"}, date(2026, 11, 21)),
        ({"published": "2025", "accessed": "2026-11-21"}, date(2025, 12, 31)),
        ({"published": "2025"}, date(2025, 12, 31)),
        ({"accessed": "2026-11-21"}, date(2026, 11, 21)),
        ({}, None),
    ],
)
def test_a_document_that_was_read_was_out(dates: dict[str, str], out: date | None) -> None:
    """A document is out on the last day of its date, and no later than it was read."""
    sources = {"paper": {"title": "A paper", "publisher": "DfE", **dates}}
    assert record({"a": "£1m"}, sources=sources).sources["paper"].out_on == out


def test_conflicts_tell_earlier_figures_and_dates_from_those_in_use() -> None:
    """A claim of a figure since revised, or of a date since moved, is of before; all are listed."""

    def claim(says: str, source: str = "paper", **more: str) -> dict[str, str]:
        return {"source": source, "at": "page 1", "says": says, **more}

    said = [claim("£12m"), claim("£13m", variant="true")]
    revised = {"is": "£12m", "from": "2024-02-02", "claims": said}
    moved = {"to": "2026", "on": "2024-02-02", "claims": [claim("2026")]}
    again = {"to": "2027", "on": "2024-03-02", "claims": [claim("2027")]}
    step = {"title": "A step", "promised": "2023-02-02", "due": "2025", "lead": "dfe"}
    dataset = record(
        {
            "sum": commitment([{"is": "£10m"}, revised], claims=[claim("£10m"), claim("a sum")]),
            "later": commitment([{"is": "£1m"}, {"is": "£2m", "from": "2024-02-02"}], choice="x"),
        },
        milestones={
            "step": {**step, "claims": [claim("2025")], "moved": [moved, again], "choice": "x"}
        },
    )

    def stands(as_of: date) -> dict[str, list[str]]:
        told: dict[str, list[str]] = {}
        for row in conflicts(Known(dataset, as_of)).rows:
            told.setdefault(row.entry, []).append(f"{row.stand}: {row.says}")
        return told

    assert stands(date(2024, 2, 1)) == {}
    assert stands(date(2024, 3, 2)) == {
        "later": ["in use: A promise: £2m", 'used: "a promise"', "why: x"],
        "step": [
            "in use: A step: 2027 (upcoming)",
            'used: "2027"',
            'before: "2025"',
            'before: "2026"',
            "why: x",
        ],
        "sum": [
            "in use: A promise: £12m",
            'used: "a sum"',
            'used: "£12m"',
            'before: "£10m"',
            'differs: "£13m"',
        ],
    }
    assert any(
        note.startswith("Sources differ on A promise:")
        for note in totals(ask(dataset, date(2024, 3, 2))).sentences
    )


def test_a_figure_has_its_earlier_value_until_a_document_says_the_later() -> None:
    """Until a document that says four is out, it is what it was; an unworded value is as it is."""
    early = {"source": "paper", "at": "page 1", "says": "three strands"}
    late = {"source": "late", "at": "page 1", "says": "four strands"}
    count = {"title": "Strands", "kind": "count", "unit": "strands", "by": "dfe", "was": "3"}
    dataset = record(
        {},
        figures={
            "strands": {**count, "value": "4", "claims": [early, late]},
            "unworded": {**count, "value": "5", "claims": [early]},
        },
        sources={
            "paper": {"title": "A", "publisher": "DfE", "published": "2023-02-02"},
            "late": {"title": "B", "publisher": "DfE", "published": "2023-11-16"},
        },
    )

    def told(as_of: date) -> list[str]:
        return [row.says for row in entries(Known(dataset, as_of), "figures").rows]

    before, after = date(2023, 11, 15), date(2023, 11, 16)
    assert told(before) == ["3 strands", "5 strands"]
    assert told(after) == ["4 strands", "5 strands"]
    assert not any(row.field == "was" for row in show(Known(dataset, before), "strands").rows)
    assert any(row.field == "was" for row in show(Known(dataset, after), "strands").rows)


def test_no_answer_tells_what_came_later() -> None:
    """A figure, a caution, a search and a figure's value are told from their own day on."""
    paper = {"source": "paper", "at": "page 1", "says": "£10m"}
    late = {"source": "late", "at": "page 1", "says": "5 boats, not to be compared"}
    step = {"title": "A step", "promised": "2023-02-02", "due": "2023", "lead": "dfe"}
    count = {"title": "Boats", "kind": "count", "unit": "boats", "value": "5", "by": "dfe"}
    ask = {"title": "An ask", "by": "dfe", "amount": "£10m", "announced": "2023-02-02"}
    caution = {"text": "Compare it with nothing", "claims": [late]}
    dataset = record(
        {"later-figure": commitment([{"is": "£10m", "from": "2024-02-02"}])},
        milestones={
            "step": {**step, "claims": [paper], "looked": {"on": "2024-02-02", "searched": "it"}}
        },
        figures={"boats": {**count, "claims": [late]}},
        benchmarks={"ask": {**ask, "claims": [paper], "cautions": [caution]}},
        sources={
            "paper": {"title": "A", "publisher": "DfE", "published": "2023-02-02"},
            "late": {"title": "B", "publisher": "DfE", "published": "2024-02-02"},
        },
    )

    def told(as_of: date) -> list[str]:
        listed = [f"{row.id}: {row.says}" for row in entries(Known(dataset, as_of)).rows]
        shown = [
            row.value for id_ in ("step", "ask") for row in show(Known(dataset, as_of), id_).rows
        ]
        used = [row.value for row in show(Known(dataset, as_of), "dfe").rows]
        return [*listed, *shown, *used]

    later = {
        "later-figure: £10m",
        "boats: 5 boats",
        "boats: Boats",
        "2 February 2024: looked, and found no outcome. Searched: it",
        "Compare it with nothing",
    }
    early = told(date(2024, 2, 1))
    assert "later-figure: no figure yet" in early
    assert not later & set(early)
    assert later <= set(told(date(2024, 2, 2)))


def test_a_choice_without_another_figure_is_listed() -> None:
    """Where the words leave a choice, why it was made so is said from the first day."""
    dataset = record({"read": commitment("£45m", choice="the words allow two readings")})
    stands = [row.stand for row in conflicts(Known(dataset, date(2023, 2, 2))).rows]
    assert stands == ["in use", "used", "why"]


def test_an_id_of_two_sections_is_shown_as_far_as_it_is_known() -> None:
    """What was promised later under the same id is left out, and does not hide the rest."""
    step = {"title": "A step", "promised": "2025-06-17", "due": "2026", "lead": "dfe"}
    claims = [{"source": "paper", "at": "page 1", "says": "in 2026"}]
    money = {"both": commitment("£5m", announced="2024-02-02")}
    dataset = record(money, milestones={"both": {**step, "claims": claims}})
    early = show(Known(dataset, date(2024, 12, 1)), "both")
    assert {row.kind for row in early.rows} == {"commitments"}
    assert {row.kind for row in show(Known(dataset, date(2025, 6, 17)), "both").rows} == {
        "commitments", "milestones",
    }  # fmt: skip
    with pytest.raises(Refused, match="not yet known"):
        show(Known(dataset, date(2023, 12, 1)), "both")


def test_a_list_looks_at_other_pillars_too(tiny: Dataset) -> None:
    """A figure that also serves a pillar is listed under it, as any entry is."""
    figure = tiny.figures["lamps-lit"].model_copy(update={"also_pillars": ("quays",)})
    dataset = tiny.model_copy(update={"figures": {"lamps-lit": figure}})
    quays = entries(Known(dataset, DAY), "figures", chosen=Chosen(pillars=("quays",)))
    assert [row.id for row in quays.rows] == ["lamps-lit"]


def test_what_is_not_yet_known_is_explained_within_the_choice(tiny: Dataset) -> None:
    """A sum that was announced later is listed as not yet known, if it is among what is asked."""
    early = date(2030, 6, 1)
    said = {row.id: row.reason for row in explain(ask(tiny, early)).rows}
    assert said["beacon-loans"] == "not yet known (announced 2031-03-31)"
    quays = explain(ask(tiny, early, chosen=Chosen(pillars=("quays",))))
    assert "beacon-loans" not in {row.id for row in quays.rows}


def test_a_list_can_be_limited(tiny: Dataset) -> None:
    """A pillar, topic or lead limits every kind that can have one."""
    lights = entries(Known(tiny, DAY), chosen=Chosen(pillars=("lights",)))
    assert {"lamp-plan", "lamps-lit", "lamp-survey", "lamp-society"} <= {
        row.id for row in lights.rows
    }
    assert {row.kind for row in lights.rows} == {
        "commitments", "benchmarks", "figures", "milestones",
    }  # fmt: skip
    led = entries(Known(tiny, DAY), chosen=Chosen(leads=("port-councils",)))
    assert {row.kind for row in led.rows} == {"commitments", "milestones"}


def test_figures_and_words_are_shown(tiny: Dataset) -> None:
    """`show` tells a figure with its value, and a body or source with no claims."""
    said = {row.field: row.value for row in show(Known(tiny, DAY), "lamps-lit").rows}
    assert said["value"] == "at least 1,200"
    assert show(Known(tiny, DAY), "harbour-office").rows[0].value == "HO"


def test_a_profile_of_every_year_leaves_nothing_unsplit(
    run: Callable[..., Result], tmp_path: Any
) -> None:
    """Where a source gives each year, --by year has those years and no run of years."""
    text = TINY.read_text(encoding="utf-8")
    for old, new in (
        ("profile: {2030-31: £1.5m}", "profile: {2030-31: £1.5m, 2031-32: £3.5m}"),
        ("£1.5m of it this year", "£1.5m of it now, £3.5m then"),
        ("      - {from: 2031-03-31, is: £6m", "      # - {from: 2031-03-31, is: £6m"),
    ):
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "split.yaml"
    path.write_text(text, encoding="utf-8")
    asked = ("totals", "--by", "year", "--lead", "port-councils", "--format", "json")
    rows = json.loads(run(*asked, "--data", path, "--as-of", "2031-06-30").out)["rows"]
    boats = {row["id"]: row["adds_gbp"] for row in rows}
    assert boats["2030-31"] == 1_500_000
    assert boats["2031-32"] == 3_500_000


def test_open_amounts_have_no_upper_share(run: Callable[..., Result], tmp_path: Any) -> None:
    """Where what was promised has no ceiling, neither have its share and the low of its gap."""
    text = TINY.read_text(encoding="utf-8").replace("amount: £2m\n", "amount: over £2m\n")
    path = tmp_path / "open.yaml"
    path.write_text(text.replace("£2m in loans", "over £2m in loans"), encoding="utf-8")
    asked = ("compare", "--data", path, "--as-of", "2031-06-30", "--format", "json")
    row = json.loads(run(*asked).out)["rows"][0]
    assert row["committed_qualifier"] == "at-least"
    assert (row["share_percent_high"], row["gap_low_gbp"]) == (None, None)
    assert row["verdict"] == "not-met"  # for a verdict, "over £2m" is less than £3m


def test_an_entry_is_shown_as_known_on_the_day(tiny: Dataset) -> None:
    """`show` leaves out revisions, moves, outcomes and claims that came later."""
    early = date(2030, 6, 1)
    boats = show(Known(tiny, early), "pilot-boats")
    assert boats.headline == "Pilot boats: £5m"
    assert not any("£6m" in row.value for row in boats.rows)
    assert not any("£11m" in row.value for row in show(Known(tiny, early), "dredger").rows)
    dredger = {row.field for row in show(Known(tiny, early), "dredger-bought").rows}
    assert not dredger & {"moved", "outcome"}


def test_a_figure_stated_later_than_announced_is_not_yet_known(tiny: Dataset) -> None:
    """A sum whose first figure came later counts from the day of that figure."""
    boats = tiny.commitments["pilot-boats"]
    later = boats.model_copy(update={"amount": boats.amount[1:]})
    dataset = tiny.model_copy(update={"commitments": {"pilot-boats": later}})
    assert totals(ask(dataset, date(2031, 3, 30))).total.adds_gbp == 0  # type: ignore[union-attr]
    assert totals(ask(dataset, date(2031, 3, 31))).total.adds_gbp > 0  # type: ignore[union-attr]


def test_a_group_asked_for_alone_has_the_others_left_out(tiny: Dataset) -> None:
    """By pillar, limited to one pillar, has that one row."""
    report = totals(ask(tiny, DAY, chosen=Chosen(pillars=("lights",))), by="pillar")
    assert [row.id for row in report.rows] == ["lights"]


def test_a_report_without_rows_is_still_an_answer(run: Callable[..., Result]) -> None:
    """Where nothing fits, the headline and the notes say so, in a pipe and on a terminal."""
    report = deadlines(dates_of(load(TINY).valid(), date(2029, 1, 1)))
    assert report.rows == ()
    for terminal in (None, Terminal(80)):
        assert "none late" in render(report, Format.TABLE, terminal)


def test_a_cell_writes_what_is_missing_as_nothing() -> None:
    """Days are written year-month-day, and what is unknown leaves its cell empty."""
    from dataclasses import dataclass, field

    from reformcalc.render.plain import render_plain
    from reformcalc.report import Column, Report
    from reformcalc.rows import Kind, means

    @dataclass(frozen=True)
    class Row:
        when: date | None = field(metadata=means("the day", Kind.DAY))
        what: str = field(metadata=means("what happened", Kind.TEXT))

    report = Report(
        name="made",
        as_of=DAY,
        dataset=None,
        headline="Made",
        rows=(Row(date(2031, 1, 2), "one"), Row(None, "two")),
        row_type=Row,
        columns=(Column("when", "When"), Column("what", "What")),
    )
    assert render_plain(report) == "# Made\n# When      What\n2031-01-02  one\n            two\n"


def test_an_ask_that_is_met(tiny: Dataset) -> None:
    """New money that at its lowest reaches an ask meets it; all money never shows that."""
    small = tiny.benchmarks["harbour-inquiry"].model_copy(
        update={"amount": parse_amount("£1m"), "profile": {}}
    )
    dataset = tiny.model_copy(update={"benchmarks": {"small": small}})
    verdicts = {row.basis: row.verdict for row in compare(comparing(dataset, DAY, "small")).rows}
    assert verdicts["new-each-year"] == verdicts["new-when-announced"] == "met"
    assert verdicts["headline"] == "not-decided"


def test_a_part_of_the_money_has_no_verdict(tiny: Dataset) -> None:
    """One pillar's money against an ask for everything is named as a part, and decides nothing."""
    report = compare(comparing(tiny, DAY, chosen=Chosen(pillars=("lights",))))
    assert "promised (Lights), £100m asked for" in report.headline
    assert {row.verdict for row in report.rows} == {"not-decided"}
    assert not any(row.like_for_like or "like for like" in row.label for row in report.rows)
    whole = compare(comparing(tiny, DAY, "lamp-society", chosen=Chosen(pillars=("lights",))))
    assert "(Lights)" not in whole.headline
    assert [row.basis for row in whole.rows if row.like_for_like] == ["asked-years"]


@pytest.mark.parametrize(
    ("topics", "undecided"),
    [(("dredging",), False), (("dredging", "lamps"), True), ((), True)],
)
def test_an_ask_for_more_than_is_chosen_has_no_verdict(
    topics: tuple[str, ...], *, undecided: bool, tiny: Dataset
) -> None:
    """Of an ask with several topics, the money for one is a part."""
    ask = tiny.benchmarks["harbour-inquiry"].model_copy(update={"topics": topics})
    dataset = tiny.model_copy(update={"benchmarks": {"ask": ask}})
    chosen = Chosen(topics=("dredging",))
    verdicts = {row.verdict for row in compare(comparing(dataset, DAY, "ask", chosen=chosen)).rows}
    assert (verdicts == {"not-decided"}) is undecided


def test_new_money_that_is_all_told_apart_has_no_rest(tiny: Dataset) -> None:
    """Where every sum says what was spent before, nothing is said to be unknown."""
    report = totals(ask(tiny, DAY, chosen=Chosen(envelope="beacon-loans"), new="each-year"))
    assert not any(note.startswith("No source says") for note in report.sentences)


def test_the_line_to_cite_is_of_the_figure_in_force(tiny: Dataset) -> None:
    """A figure is cited from the claim that prints it; where none does, the line says so."""
    boats = show(Known(tiny, DAY), "pilot-boats")
    figure = boats.headline.rpartition(": ")[2]
    assert boats.sentences[-1].startswith(f"To cite: {figure}: ")
    assert figure.removeprefix("over ") in boats.sentences[-1].split(": ", 2)[2]
    entry = tiny.commitments["pilot-boats"]
    silent = entry.claims[0].model_copy(update={"says": "boats", "means": None})
    bare = tuple(one.model_copy(update={"claims": ()}) for one in entry.amount)
    entry = entry.model_copy(update={"claims": (silent,), "amount": bare})
    every = {**tiny.commitments, "pilot-boats": entry}
    dataset = tiny.model_copy(update={"commitments": every})
    assert "no one source prints" in show(Known(dataset, DAY), "pilot-boats").sentences[-1]


def test_a_promise_has_no_line_to_cite_before_a_document_words_it() -> None:
    """Of a milestone that only later documents word, nothing of the day can be cited."""
    claim = {"source": "late", "at": "page 1", "says": "in spring 2027"}
    step = {"title": "A step", "promised": "2023-02-02", "due": "spring 2027", "lead": "dfe"}
    steps = {"step": {**step, "pillar": "families", "claims": [claim]}}
    dataset = record({}, sources=_EARLY_AND_LATE, milestones=steps)
    for day, cited in ((date(2026, 1, 28), False), (date(2026, 1, 29), True)):
        notes = show(Known(dataset, day), "step").sentences
        assert any(note.startswith("To cite: ") for note in notes) is cited


def test_a_list_says_who_must_act_and_how_long_a_wide_date_lasts(tiny: Dataset) -> None:
    """Limited to a body, the headline names it; a year to come is told with its last day."""
    acting = deadlines(dates_of(tiny, DAY, acts=("port-councils",)))
    assert acting.headline.startswith("As of 30 June 2031 (Port councils to act): ")
    both = deadlines(
        dates_of(tiny, DAY, acts=("port-councils",), chosen=Chosen(leads=("harbour-office",)))
    )
    assert "(Harbour Office; Port councils to act)" in both.headline
    member = deadlines(dates_of(tiny, DAY, acts=("north-port",)))
    assert member.rows == acting.rows


def _with_index(tiny: Dataset, *years: int) -> Dataset:
    """Return the invented record with an index of 100 in each of some years."""
    index = {FinancialYear(year): Decimal(100) for year in years}
    release = load().valid().deflators["gdp-june-2026"].model_copy(update={"index": index})
    return tiny.model_copy(update={"deflators": {"flat": release}})


def test_real_is_cash_where_prices_do_not_change(tiny: Dataset) -> None:
    """With an index that stays at 100, real terms are the cash of the money that has years."""
    dataset = _with_index(tiny, *range(2029, 2036))
    limits = Chosen(pillars=("quays",))
    report = compare(comparing(dataset, DAY, chosen=limits, prices=FinancialYear(2030)))
    rows = {row.basis: row for row in report.rows}
    cash = totals(ask(dataset, DAY, chosen=limits)).total
    assert cash is not None
    real = rows["real-terms"].committed
    assert (real.stated, real.low, real.high) == (
        cash.amount.stated,
        cash.amount.low,
        cash.amount.high,
    )
    assert "real-terms-asked-in-cash" not in rows  # the Inquiry's years have no calendar
    calendar = compare(comparing(dataset, DAY, "lamp-society", prices=FinancialYear(2030)))
    asked = {row.basis: row.benchmark.stated for row in calendar.rows}
    assert asked["real-terms-asked-in-cash"] == asked["yearly-figures"] == 7_000_000
    numbered = compare(
        comparing(dataset, DAY, year_one=FinancialYear(2030), prices=FinancialYear(2030))
    )
    both = {row.basis: row.benchmark for row in numbered.rows}["real-terms-asked-in-cash"]
    assert both.low == 95_000_000
    assert both.high == 100_000_000


def test_money_without_years_has_no_real_terms(tiny: Dataset) -> None:
    """What no source gives years for is named, is in no bound, and leaves no verdict."""
    dataset = _with_index(tiny, *range(2029, 2036))
    report = compare(comparing(dataset, DAY, prices=FinancialYear(2030)))
    row = {row.basis: row for row in report.rows}["real-terms"]
    assert "Beacon loans" in row.assumption
    assert "of no stated year" in row.assumption
    assert row.verdict == "not-decided"


@pytest.mark.parametrize(("years", "spread"), [("2029-30", False), ("2029-30..2030-31", True)])
def test_only_money_of_several_years_is_said_to_be_spread(
    tiny: Dataset, years: str, *, spread: bool
) -> None:
    """Real terms name the prices, and an even spread only where there is one."""
    index = _with_index(tiny, 2029, 2030).deflators
    dataset = record({"a": commitment("£10m", years=years)}).model_copy(update={"deflators": index})
    notes = totals(ask(dataset, DAY, prices=FinancialYear(2030))).sentences
    (said,) = (note for note in notes if note.startswith("In 2030-31 prices by "))
    assert ("Evenly spread" in said) is spread


def test_prices_are_never_extrapolated(tiny: Dataset) -> None:
    """A year that no release reaches is refused, as is a record without any."""
    with pytest.raises(Refused, match="no deflators"):
        compare(comparing(tiny, DAY, prices=FinancialYear(2030)))
    with pytest.raises(Refused, match="has no index for 2031-32: it runs from 2029-30 to 2030-31"):
        compare(comparing(_with_index(tiny, 2029, 2030), DAY, prices=FinancialYear(2030)))


def test_open_money_is_open_in_any_prices(tiny: Dataset) -> None:
    """A floor without a ceiling has none in real terms either."""
    boats = tiny.commitments["pilot-boats"]
    last = boats.amount[-1].model_copy(update={"value": parse_amount("over £6m")})
    opened = boats.model_copy(update={"amount": (*boats.amount[:-1], last), "profile": ()})
    dataset = _with_index(tiny, *range(2029, 2036)).model_copy(
        update={"commitments": {"pilot-boats": opened}}
    )
    report = compare(comparing(dataset, DAY, prices=FinancialYear(2030)))
    real = {row.basis: row.committed for row in report.rows}["real-terms"]
    assert (real.low, real.high) == (Decimal(6_000_000), None)


def test_a_sum_says_what_of_it_was_superseded() -> None:
    """What was replaced left with its money: the row says how much, and what is left to add."""
    sums = {
        "strategy": commitment("£20m"),
        "pathfinder": commitment("£16m", part_of="strategy"),
        "pilot": commitment("£40m", supersedes="pathfinder"),
    }
    dataset = record(sums)
    remarks = {row.id: row.remark for row in totals(ask(dataset, DAY)).rows}
    assert remarks["strategy"] == "£4m counted here, £16m replaced"
    assert remarks["pilot"] == ""
    (row,) = (row for row in totals(ask(dataset, DAY, new="announced")).rows if row.id == "pilot")
    assert row.remark == "no source says how much of it is new"


_EARLY_AND_LATE = {
    "paper": {"title": "A paper", "publisher": "DfE", "published": "2023-02-02"},
    "late": {"title": "A later paper", "publisher": "DfE", "published": "2026-01-29"},
}


def test_a_sum_that_only_later_documents_print_says_so() -> None:
    """Known from its announcement, in the words of a document that was not out yet."""
    late = [{"source": "late", "at": "page 1", "says": "£9m"}]
    level = commitment("£9m", announced="2025-06-11", claims=late)
    dataset = record({"level": level}, sources=_EARLY_AND_LATE)
    for day, remark in ((date(2026, 1, 28), "no document dated by then prints it"), (DAY, "")):
        (row,) = totals(ask(dataset, day)).rows
        assert (row.remark, row.where is None) == (remark, bool(remark))


def test_a_limited_total_says_what_of_a_sum_is_outside() -> None:
    """A sum with parts that are not chosen, or in no total, says how much they are."""
    overlap = {"may_overlap": ["other"], "reason": "no source says"}
    sums = {
        "envelope": commitment("£20m", topics=["kinship"]),
        "untold": commitment("£4m", part_of="envelope"),
        "doubtful": commitment("£3m", part_of="envelope", topics=["kinship"], **overlap),
        "other": commitment("£9m", topics=["kinship"]),
    }
    dataset = record(sums, topics={"kinship": {"title": "Kinship"}})
    report = totals(ask(dataset, DAY, chosen=Chosen(topics=("kinship",))))
    row = report.rows[0]
    said = (
        "£13m counted here, £4m outside what is chosen and £3m in doubt, as it may be part of "
        "other sums"
    )
    assert (row.id, row.adds_gbp, row.remark) == ("envelope", 13_000_000, said)
    assert report.total is not None
    assert report.total.adds_gbp == row.adds_gbp + 9_000_000
    whole = totals(ask(dataset, DAY)).rows[0]
    assert whole.remark == "£17m counted here, £3m in doubt, as it may be part of other sums"


@pytest.mark.parametrize(
    ("amount", "existing", "remark"),
    [
        ("£100m", "£30m", "£30m of £100m was being spent before"),
        ("£100m", "up to £50m", "up to £50m of £100m was being spent before"),
        ("over £45m", "all", "£45m of £45m was being spent before"),
        ("£100m", "£0", "new in full"),
    ],
)
def test_a_row_says_how_much_was_being_spent_before(
    amount: str, existing: str, remark: str
) -> None:
    """What was there before is said with its bounds; of what was all there, as the whole."""
    dataset = record({"a": commitment(amount, existing=existing)})
    (row,) = totals(ask(dataset, DAY, new="each-year")).rows
    assert row.remark == remark


def test_a_part_leaves_it_to_the_whole_to_say_that_only_later_documents_print_it() -> None:
    """The part of a sum in a second envelope is worked out: no document is looked for."""
    inside = {"in": "year", "amount": "£29m", "reason": "what the year has left"}
    late = [{"source": "late", "at": "page 1", "says": "£40 million"}]
    sums = {
        "year": "£44m",
        "pilot": commitment("£40m", part_of=[inside], announced="2025-06-11", claims=late),
    }
    dataset = record(sums, sources=_EARLY_AND_LATE)
    remarks = {row.id: row.remark for row in totals(ask(dataset, date(2026, 1, 28))).rows}
    assert remarks["pilot"] == "no document dated by then prints it"
    assert remarks["pilot~year"] == ""


def test_a_choice_waits_for_figures_and_not_for_links() -> None:
    """Why a figure is used is said once all figures are there, whatever is announced later."""
    figures = [{"is": "£1m"}, {"is": "£2m", "from": "2024-02-02"}]
    overlap = {"may_overlap": "later", "reason": "may be part of it", "choice": "as last stated"}
    sums = {
        "sum": commitment(figures, **overlap),
        "later": commitment("£9m", announced="2025-06-11"),
    }
    dataset = record(sums)
    for day, said in ((date(2024, 2, 1), []), (date(2024, 2, 2), ["in use", "used", "why"])):
        assert [row.stand for row in conflicts(Known(dataset, day)).rows] == said


def test_show_and_diff_name_no_sum_that_is_announced_later() -> None:
    """Before the other sum is known nothing tells of it; from its day on both say so."""
    overlap = {"may_overlap": "later", "reason": "may be part of it"}
    sums = {"sum": commitment("£1m", **overlap), "later": commitment("£9m", announced="2025-06-11")}
    dataset = record(sums)
    for day, said in ((date(2025, 6, 10), False), (date(2025, 6, 11), True)):
        fields = {row.field: row.value for row in show(Known(dataset, day), "sum").rows}
        assert ("later" in str(fields), "reason" in fields) == (said, said)
    changes = diff(Known(dataset, date(2025, 6, 10)), Known(dataset, date(2025, 6, 11)))
    told = {row.field: row.says for row in changes.rows if row.id == "sum"}
    assert told["may overlap"] == "may overlap: later (not given before)"


def _later_by(number: int) -> Dataset:
    """Return a record of which some sums, and a step, are dated after its last review."""
    sums = {f"sum-{n}": commitment("£1m", announced="2027-01-01") for n in range(number)}
    claim = {"source": "paper", "at": "page 1", "says": "in 2028"}
    step = {"title": "A step", "promised": "2027-01-01", "due": "2028", "lead": "dfe"}
    steps = {"a-step": {**step, "claims": [claim]}}
    return record({"now": "£9m", **sums}, milestones=steps)


@pytest.mark.parametrize(
    ("number", "named"),
    [
        (0, "a-step"),
        (1, "a-step and sum-0"),
        (4, "a-step, sum-0, sum-1, sum-2 and sum-3"),
        (5, "a-step, sum-0, sum-1, sum-2, sum-3 and 1 more"),
        (9, "a-step, sum-0, sum-1, sum-2, sum-3 and 5 more"),
    ],
)
def test_what_is_dated_after_the_day_is_named(number: int, named: str) -> None:
    """Asked for today, or later, answers name what they leave out since its day has not come."""
    dataset = _later_by(number)
    note = f"Dated after this day, and so in no answer: {named}."
    for day, said in ((date(2026, 11, 20), 0), (date(2026, 11, 21), 1), (date(2026, 12, 31), 1)):
        for report in (
            totals(ask(dataset, day)),
            entries(Known(dataset, day)),
            deadlines(dates_of(dataset, day)),
        ):
            assert report.sentences.count(note) == said
    for one in totals(ask(dataset, date(2027, 1, 1))).sentences:
        assert "Dated after" not in one


def test_new_money_is_explained_beside_why_it_counts() -> None:
    """What is not itemised, or open, says so also of new money, with how much of it is new."""
    sums = {
        "plan": commitment("£20m"),
        "part": commitment("over £4m", part_of="plan", existing="£0"),
        "inner": commitment("£1m", part_of="part"),
        "alone": commitment("£7m", existing="£2m"),
    }
    rows = explain(ask(record(sums), DAY, new="each-year")).rows
    told = {row.id: row.reason for row in rows}
    assert told["part"].startswith("not broken down: £3m of over £4m; at most £19m")
    assert told["part"].endswith("; new in full")
    assert told["alone"] == "£2m of £7m was being spent before"
