"""What `totals` shows on a terminal: one screen, in columns that add up and in plain words."""

from __future__ import annotations

import os
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reformcalc.answers.chosen import Chosen
from reformcalc.answers.totals.explain import explain
from reformcalc.answers.totals.groupings import GROUPINGS
from reformcalc.answers.totals.growth_screen import growth_screen
from reformcalc.answers.totals.over_time import over_time
from reformcalc.answers.totals.reasons_screen import reasons_screen
from reformcalc.answers.totals.screen import TotalsScreen
from reformcalc.answers.totals.totals import totals
from reformcalc.errors import UnknownId
from reformcalc.reading.load import load
from reformcalc.render.screen import render_screen
from reformcalc.render.terminal import Terminal
from reformcalc.screen import Cell
from reformcalc.values.years import FinancialYear
from tests.conftest import PROJECT, TINY, tries
from tests.unit.builders import TODAY, ask, commitment, labelled, record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reformcalc.answers.question import Question
    from reformcalc.record.model import Dataset
    from reformcalc.screen import Screen

SCREENS = PROJECT / "tests" / "screens"
BUNDLED = load().valid()
HUBS = load(PROJECT / "examples" / "family-hubs.yaml").valid()
TINY_DAY = date(2031, 6, 30)
DAYS = [date(2023, 6, 20), date(2023, 12, 31), date(2025, 3, 31), date(2026, 11, 30)]
ADDING = [by for by in GROUPINGS if by != "topic"]
SMALL, LARGE = Terminal(80, 22), Terminal(120, 38)


def drawn(screen: Screen, terminal: Terminal = SMALL) -> list[str]:
    return render_screen(screen, terminal).splitlines()


def screens(dataset: Dataset, day: date, **asked: Any) -> Iterator[Screen]:
    """Yield every screen of totals that a question has by default."""
    question = ask(dataset, day, **asked)
    for by in GROUPINGS:
        yield TotalsScreen(question, by).screen()
    yield reasons_screen(question)
    yield growth_screen(question)


@pytest.mark.parametrize(
    ("dataset", "day"), [*((BUNDLED, day) for day in DAYS), (HUBS, DAYS[-1]), (HUBS, DAYS[0])]
)
@pytest.mark.parametrize("terminal", [SMALL, LARGE])
def test_each_answer_is_one_screen(dataset: Dataset, day: date, terminal: Terminal) -> None:
    """Its first line is the answer, no line is too wide, and all lines are seen at once."""
    for screen in screens(dataset, day):
        lines = drawn(screen, terminal)
        assert screen.answer.startswith(lines[0])
        assert max(map(cell_len, lines)) <= terminal.width
        assert len(lines) <= (terminal.height or 0)


def test_every_sum_that_counts_has_its_row_at_80_by_24() -> None:
    """The eight of the bundled record, what is in doubt in three lines, and three of notes."""
    text = drawn(TotalsScreen(ask(BUNDLED, DAYS[-1])).screen())
    rows = text[text.index("") + 2 : next(n for n, line in enumerate(text) if "  Total" in line)]
    assert len(rows) == 8
    assert "smaller" not in " ".join(rows)
    assert any(line.startswith("¹ 318 counted in the Families First Partnership") for line in text)


def figures(column: list[str]) -> list[tuple[Decimal, Decimal]]:
    """Read the cells of a column, each as its least and its most; an empty one is nothing."""
    read = []
    for text in column:
        ends = [one.replace("<0.1", "0").replace(",", "") for one in re.split("[–]", text or "0")]
        read.append((Decimal(ends[0]), Decimal(ends[-1])))
    return read


def check_sums(screen: Screen) -> None:
    """Compare each column that adds up with its total: within half a unit a row."""
    for listing in screen.listings:
        if listing.total is None:
            continue
        lines = [line for line in listing.lines if not line.cells[0].text.startswith("  ")]  # type: ignore[union-attr]
        for place, head in enumerate(listing.heads):
            if head.text not in ("Counted", "In doubt", "New", "Counts"):
                continue
            column = [one.cells[place] for one in (*lines, listing.total)]
            cells = [one.text for one in column if isinstance(one, Cell)]
            *rows, (low, high) = figures(cells)
            slack = Decimal(len(rows) + 1) / 2
            assert abs(sum(one for one, _ in rows) - low) <= slack, (head.text, cells)
            assert abs(sum(one for _, one in rows) - high) <= slack, (head.text, cells)


@pytest.mark.parametrize("every", [False, True])
@pytest.mark.parametrize("by", ADDING)
@pytest.mark.parametrize(("dataset", "day"), [*((BUNDLED, day) for day in DAYS), (HUBS, DAYS[-1])])
def test_columns_add_up(dataset: Dataset, day: date, by: Any, every: bool) -> None:  # noqa: FBT001
    """Each column of each grouping comes to its total, with its parts or without."""
    for new in (None, "each-year", "announced"):
        check_sums(TotalsScreen(ask(dataset, day, new=new), by, every).screen())


@pytest.mark.parametrize(
    "chosen",
    [
        Chosen(envelope="transformation-fund"),
        Chosen(topics=("kinship", "fostering")),
        Chosen(announced_after=date(2024, 12, 31)),
    ],
)
def test_columns_add_up_of_what_is_chosen(chosen: Chosen) -> None:
    """A pound of the answer stands in one of its rows, wherever it counts in the whole record."""
    question = ask(BUNDLED, DAYS[-1], chosen=chosen)
    for by in ADDING:
        check_sums(TotalsScreen(question, by).screen())


AMOUNT = st.tuples(st.sampled_from(["", "over ", "up to ", "about "]), st.integers(1, 900)).map(
    lambda one: f"{one[0]}£{one[1]}m"
)


@st.composite
def records(draw: st.DrawFn) -> Dataset:
    """Make a record of sums inside, beside and perhaps in one another, new or not."""
    sums: dict[str, Any] = {}
    for place in range(draw(st.integers(1, 7))):
        fields: dict[str, Any] = {}
        if place and draw(st.booleans()):
            fields["part_of"] = f"s{draw(st.integers(0, place - 1))}"
        elif place and draw(st.integers(0, 3)) == 0:
            fields |= {"may_overlap": ["s0"], "reason": "no source says"}
        if draw(st.integers(0, 3)) == 0:
            fields["existing"] = draw(st.sampled_from(["all", "£0", "£1m"]))
        if draw(st.booleans()):
            fields["years"] = draw(st.sampled_from(["2023-24", "2024-25..2026-27"]))
        fields["spending"] = draw(st.sampled_from([None, "capital", "revenue"]))
        sums[f"s{place}"] = commitment(draw(AMOUNT), **fields)
    return record(labelled(sums))


@tries(15)
@given(records(), st.sampled_from(ADDING), st.booleans())
def test_columns_of_any_record_add_up(dataset: Dataset, by: Any, every: bool) -> None:  # noqa: FBT001
    """However sums lie in each other, and whatever is known of what is new."""
    check_sums(TotalsScreen(ask(dataset, TODAY), by, every).screen())


@tries(10)
@given(records(), st.sampled_from([40, 60, 100, 120, 200]), st.booleans(), st.booleans())
def test_no_line_is_too_wide(dataset: Dataset, width: int, every: bool, exact: bool) -> None:  # noqa: FBT001
    """At every width, whole or folded, to the pound or not, and in ASCII."""
    question = ask(dataset, TODAY)
    for screen in (
        TotalsScreen(question, every=every, exact=exact).screen(),
        reasons_screen(question, every=every, exact=exact),
        growth_screen(question, every=every, exact=exact),
    ):
        assert max(map(cell_len, drawn(screen, Terminal(width, 22)))) <= width
        plain = drawn(screen, Terminal(width, ascii_only=True))
        assert max(map(len, plain)) <= width
        assert "".join(plain).isascii()


def test_an_open_sum_is_as_new_as_it_is_counted() -> None:
    """Of "over £27m", £27m counts and is new: how much more there may be is in no column."""
    (line,) = (
        TotalsScreen(ask(record({"a": commitment("over £27m", existing="£0")}), TODAY))
        .screen()
        .listings[0]
        .lines
    )
    assert [one.text for one in line.cells if isinstance(one, Cell)] == [
        "A promise", "over 27", "27", "27",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sums", "said"),
    [
        ({"a": commitment("£20m", existing="£0")}, "All of it is new money."),
        ({"a": commitment("£20m", existing="all")}, "None of it is new money."),
        ({"a": "£20m"}, "No source says how much of it is new money."),
        ({"a": commitment("over £20m", existing="£0")}, "At least £20m of it is new money."),
        ({"a": commitment("£20m", existing="£5m")}, "£15m of it is new money."),
    ],
)
def test_what_of_it_is_new_is_said(sums: dict[str, Any], said: str) -> None:
    """Nought, all, and what no source tells are three answers."""
    assert said in drawn(TotalsScreen(ask(record(sums), TODAY)).screen())[2]


@pytest.mark.parametrize(
    ("amounts", "unit", "counted"),
    [
        (["£64,500", "£4,500"], "£, cash", "69,000"),
        (["£6m", "£300,000"], "£ thousand, cash", "6,300"),
        (["£60m", "£300,000"], "£ million, cash", "60"),
    ],
)
def test_the_unit_is_that_of_the_size(amounts: list[str], unit: str, counted: str) -> None:
    """A plan in pounds is written in pounds."""
    dataset = record({f"s{n}": amount for n, amount in enumerate(amounts)})
    lines = drawn(TotalsScreen(ask(dataset, TODAY)).screen())
    assert lines[4].startswith(f"  {unit} ")
    assert re.search(rf"Total +{counted} ", next(one for one in lines if "  Total" in one))


def test_nothing_has_three_reasons() -> None:
    """None recorded, in doubt alone, or of no stated years: £0 stands for none of them."""
    topics = {"a": {"title": "Apples"}, "b": {"title": "Boats"}}
    sums = {
        "held": commitment("£20m", topics=["a"]),
        "doubtful": commitment("£3m", may_overlap=["held"], reason="x", topics=["a"]),
    }
    dataset = record(sums, topics=topics)
    none = TotalsScreen(ask(dataset, TODAY, chosen=Chosen(topics=("b",)))).screen()
    assert none.answer.startswith("No money is recorded for")
    assert none.listings == ()
    only = Chosen(announced_after=date(2023, 2, 1))
    assert TotalsScreen(ask(dataset, TODAY, chosen=only)).screen().beside[0].startswith("In doubt")
    late = record(
        {
            "held": "£20m",
            "late": commitment("£3m", announced="2024-01-01", may_overlap=["held"], reason="x"),
        }
    )
    alone = ask(late, TODAY, chosen=Chosen(announced_after=date(2023, 6, 1)))
    assert TotalsScreen(alone).screen().answer.startswith("All that is recorded for")


def test_sums_of_no_stated_years_are_not_available_in_real_terms() -> None:
    """ ".." stands for what no deflator reaches; what is left out is counted below."""
    dataset = load(TINY, deflators=TINY.with_name("deflators.yaml")).valid()
    question = ask(dataset, TINY_DAY, prices=FinancialYear(2029))
    text = drawn(TotalsScreen(question, every=True).screen())
    assert any(re.search(r" \.\. +\.\.$", line) for line in text)
    assert "no real terms (--long)" in " ".join(text)
    assert "In 2029-30 prices." in " ".join(text)


def test_one_sum_in_doubt_says_what_it_may_be_part_of() -> None:
    """Of one alone there is room to say it; of many, their names and the whole."""
    sums: dict[str, Any] = {"held": "£100m"}
    for place in range(12):
        sums[f"doubtful-number-{place}-of-a-long-name"] = commitment(
            f"£{place + 1}m", may_overlap=["held"], reason="x"
        )
    names = list(sums)
    one = record(labelled({id_: sums[id_] for id_ in names[:2]}))
    text = TotalsScreen(ask(one, TODAY)).screen().beside
    assert text == (f"In doubt, so not in the total: {names[1]} (1), which may be part of held",)
    (many,) = TotalsScreen(ask(record(labelled(sums)), TODAY)).screen().beside
    assert "smaller (" in many
    assert many.endswith("; in all 78")
    assert len(many) <= 216


def test_another_grouping_is_refused() -> None:
    """As the report refuses it."""
    with pytest.raises(UnknownId, match="grouping"):
        TotalsScreen(ask(BUNDLED, TODAY), "colour").screen()  # type: ignore[arg-type]


def test_what_is_hidden_is_told_by_one_row() -> None:
    """So many smaller ones, with what they add; of topics, which share sums, no figure."""
    topics = {f"t{n}": {"title": f"Topic {n}"} for n in range(30)}
    sums = {f"s{n}": commitment(f"£{n + 10}m", topics=[f"t{n}"]) for n in range(30)}
    question = ask(record(sums, topics=topics), TODAY)
    by_topic = drawn(TotalsScreen(question, "topic").screen())
    (rest,) = [line for line in by_topic if "smaller" in line]
    assert re.fullmatch(r"  \d+ smaller", rest)
    (rest,) = [line for line in drawn(TotalsScreen(question).screen()) if "smaller" in line]
    assert re.fullmatch(r"  \d+ smaller +[\d,]+ +0–[\d,]+", rest)


def test_no_id_stands_on_a_screen() -> None:
    """Names stand for ids: in every row, sentence and note, whole or folded."""
    ids = {one for one in BUNDLED.commitments if "-" in one}
    question = ask(BUNDLED, DAYS[-1])
    for screen in (
        *(TotalsScreen(question, by, every=True).screen() for by in GROUPINGS),
        reasons_screen(question, every=True),
        growth_screen(question, every=True),
        TotalsScreen(ask(BUNDLED, DAYS[-1], chosen=Chosen(envelope="stable-homes"))).screen(),
    ):
        text = re.sub(r"\s+", " ", " ".join(drawn(screen, Terminal(400))))
        assert [one for one in ids if re.search(rf"(?<![\w-]){one}(?![\w-])", text)] == []


def test_no_sentence_of_a_report_has_an_id() -> None:
    """Reports too: an id has a column of its own."""
    ids = {one for one in BUNDLED.commitments if "-" in one}
    question = ask(BUNDLED, DAYS[-1], new=None)
    newly = ask(BUNDLED, DAYS[-1], new="announced")
    said = [
        *(row.remark for one in (question, newly) for row in totals(one).rows),
        *(row.title for row in totals(question).rows),
        *(note for by in GROUPINGS for note in totals(newly, by).sentences),
        *(row.reason for one in (question, newly) for row in explain(one).rows),
        *(row.why for row in over_time(question).rows),
    ]
    found = [one for one in ids for text in said if re.search(rf"(?<![\w-]){one}(?![\w-])", text)]
    assert found == []


def test_a_title_leads_to_its_source() -> None:
    """On a terminal with links, the name of a sum opens the page that states it."""
    screen = TotalsScreen(ask(BUNDLED, DAYS[-1])).screen()
    links = [line.cells[0].link for line in screen.listings[0].lines]  # type: ignore[union-attr]
    assert sum(link.startswith("https://") for link in links) >= 5


CASES: dict[str, Callable[[Question], Screen]] = {
    **{f"by-{by}": lambda question, by=by: TotalsScreen(question, by).screen() for by in GROUPINGS},  # type: ignore[misc]
    "all": lambda question: TotalsScreen(question, every=True).screen(),
    "exact": lambda question: TotalsScreen(question, exact=True).screen(),
    "explain": reasons_screen,
    "explain-all": lambda question: reasons_screen(question, every=True),
    "over-time": growth_screen,
    "over-time-all": lambda question: growth_screen(question, every=True),
}


@pytest.mark.parametrize("name", CASES)
def test_screens_are_as_kept(name: str) -> None:
    """The screens of the invented record; UPDATE_GOLDEN=1 writes them anew."""
    question = ask(load(TINY).valid(), TINY_DAY)
    screen = CASES[name](question)
    text = render_screen(screen, Terminal(80, None if screen.whole else 22))
    path = SCREENS / f"totals-{name}.txt"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "first"),
    [
        ((), "By year: --by year"),
        (("--explain",), "Every reason"),
        (("--over-time",), "All that happened"),
    ],
)
def test_a_terminal_gets_the_screen(
    options: tuple[str, ...],
    first: str,
    run: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And a pipe the whole of it."""
    arguments = ("totals", *options, "--data", TINY, "--as-of", TINY_DAY.isoformat())
    whole = run(*arguments).out
    monkeypatch.setenv("FORCE_COLOR", "1")
    seen = run(*arguments).out
    assert first in seen.splitlines()[-1]
    assert first not in whole


def test_sums_of_no_stated_years_alone_have_no_figure_in_real_terms() -> None:
    """The answer says why, where £0 would be read as one."""
    dataset = load(TINY, deflators=TINY.with_name("deflators.yaml")).valid()
    only = record({"a": "£20m"}).model_copy(update={"deflators": dataset.deflators})
    screen = TotalsScreen(ask(only, TODAY, prices=FinancialYear(2029))).screen()
    assert screen.answer.startswith("No figure for nothing real")
    assert screen.answer.endswith("its sums have no stated years")


def test_where_old_money_lies_among_parts_is_left_open() -> None:
    """£50m of a whole was being spent before; of neither part does a source say how much."""
    pillars = {"families": {"title": "Families"}, "valleys": {"title": "Valleys"}}
    dataset = record(
        {
            "part": commitment("£120m", title="Part", part_of=["whole"], pillar="valleys"),
            "whole": commitment("£400m", title="Whole", existing="£50m"),
        },
        pillars=pillars,
    )
    question = ask(dataset, TODAY)
    by_pillar = " ".join(" ".join(drawn(TotalsScreen(question, "pillar").screen())).split())
    assert "Families 280 230–280 Valleys 120 70–120 Total 400 350" in by_pillar
    every = " ".join(" ".join(drawn(TotalsScreen(question, every=True).screen())).split())
    assert "Whole 400 400 350 Part 120 120 70–120 not broken down 280 230–280" in every
