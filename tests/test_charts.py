"""Charts as files of their own: what they show, whose it is and of which day stands inside."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from reformcalc import load
from reformcalc.answers.comparison.charts import ranges_chart, years_chart
from reformcalc.answers.comparison.comparison import Comparison
from reformcalc.answers.lookup import series
from reformcalc.answers.question import Question
from reformcalc.answers.totals.growth_chart import growth_chart
from reformcalc.errors import Refused
from reformcalc.ledger.known import Known
from reformcalc.ledger.measure import Measure
from reformcalc.render.html.pictures import data, drawing, render_svg
from reformcalc.report import Chart, Step
from reformcalc.screen import Cell, Head, Line, LineKind, Listing, Range, Scale
from reformcalc.values.money import Sum
from reformcalc.values.years import parse_year

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Result

DAY = date(2026, 11, 30)
SVG = "{http://www.w3.org/2000/svg}"


def _known(day: date = DAY) -> Known:
    return Known(load().valid(), day)


@pytest.mark.parametrize(
    ("asked", "shows", "source"),
    [
        ("compare", "short in its own four years", "House of Commons Library, 20 June 2023"),
        ("compare --chart", "New money could reach £2.6bn in 2027-28", "House of Commons Library"),
        ("compare --over-years", "New money could reach £2.6bn in 2027-28", "version"),
        ("totals --over-time", "£4.0bn is promised", "version"),
        ("show spending-cash --chart", "£11.27bn in 2021-22", "House of Commons Library"),
    ],
)
def test_a_chart_stands_alone(
    run: Callable[..., Result], tmp_path: Path, asked: str, shows: str, source: str
) -> None:
    """Title, source and day are drawn, and said for who cannot see; nothing is loaded."""
    path = tmp_path / "chart.svg"
    result = run(*asked.split(), "--as-of", DAY.isoformat(), "-o", path)
    assert (result.code, result.out) == (0, f"wrote {path}\n")
    text = path.read_text(encoding="utf-8")
    root = ET.fromstring(text)
    drawn = " ".join(one.text or "" for one in root.iter(f"{SVG}text"))
    title, described = (root.findtext(f"{SVG}{name}") or "" for name in ("title", "desc"))
    for said in (drawn, title):
        assert shows in said
    for said in (drawn, described):
        assert source in said
        assert "As known on 30 November 2026." in said
    assert "prefers-color-scheme:dark" in text
    assert "var(" not in text
    assert not {"script", "image", "use", "a"} & {one.tag.removeprefix(SVG) for one in root.iter()}


@pytest.mark.parametrize(
    "asked",
    [
        ("totals", "-o", "a.svg"),
        ("compare", "--sensitivity", "-f", "svg"),
        ("deadlines", "-f", "svg"),
        ("show", "spending-cash", "-o", "a.svg"),
    ],
)
def test_what_has_no_chart_says_which_have(
    run: Callable[..., Result], asked: tuple[str, ...], tmp_path: Path
) -> None:
    """Other answers are no picture, and the message names those that are."""
    asked = tuple(str(tmp_path / one) if one == "a.svg" else one for one in asked)
    result = run(*asked, "--as-of", DAY.isoformat())
    assert result.code == 2
    assert "compare, compare --over-years, totals --over-time" in result.err
    assert not (tmp_path / "a.svg").exists()


def _table(chart: Chart) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data(chart))))


def test_the_data_are_what_is_drawn() -> None:
    """The figures that go with a chart are those of its answer."""
    record = _known()
    first = _table(ranges_chart(Comparison(record)))[0]
    assert (first["group"], first["row"], first["Share"]) == (
        "New money", "The four years asked for", "29–97%",
    )  # fmt: skip
    assert (first["low"], first["stated"], first["high"]) == ("29.3", "48.6", "96.9")
    assert first["counted"].endswith("per cent; cash")
    last = _table(years_chart(Comparison(record)))[-1]
    assert last["year"] == "2029-30"
    assert last["asked for so far (£)"] == "2523000000"
    growing = _table(growth_chart(Question(record)))
    assert growing[0] == {"from": "2023-02-02", "promised (£)": "200000000", "in doubt (£)": "0"}
    years = _table(series.chart(record, "spending-cash"))
    assert (years[-1]["row"], years[-1]["high"]) == ("2021-22", "11270000000")


def test_a_chart_in_the_prices_of_a_year_says_so() -> None:
    """What is in real terms is not taken for cash."""
    record = _known()
    measure = Measure.asked(record, prices=parse_year("2022-23"))
    comparison = Comparison(record, measure=measure)
    assert ranges_chart(comparison).unit.endswith("per cent; 2022-23 prices.")
    assert years_chart(comparison).unit.endswith("each financial year; 2022-23 prices.")


def test_before_anything_was_promised_there_is_no_growth_to_draw() -> None:
    """A day before the record begins has a sentence, and no empty picture."""
    with pytest.raises(Refused, match="2021"):
        growth_chart(Question(_known(date(2021, 1, 1))))


def _ranges(*ranges: Range, target: Decimal | None = None) -> Chart:
    lines = (
        Line((Cell("A heading that is so long that it has to go on below, on its second line"),),
             LineKind.HEADING),
        *(Line((Cell(f"row {place}"), Cell("figure"), one)) for place, one in enumerate(ranges)),
    )  # fmt: skip
    marks = ((Decimal(0), "0%"), (Decimal(100), "100%"))
    scale = Scale(marks, target, stated="as stated", aim="£1" if target else "")
    listing = Listing((Head(), Head("Share"), Head()), lines, scale=scale)
    return Chart("a", "a title", "per cent", "Source.", DAY, listing)


def test_what_has_no_end_is_an_arrow() -> None:
    """An open range is an arrow with its place in the key; its high is nothing in the data."""
    chart = _ranges(Range(Decimal(10), None, None), target=Decimal(100))
    assert [kind for kind, _ in drawing(chart).key] == ["could", "open-could", "asked"]
    assert 'class="could"' in render_svg(chart)
    assert _table(chart)[0]["high"] == ""


def test_a_point_is_a_mark_and_a_long_heading_goes_on_below() -> None:
    """What is one figure has no bar; words that have no room take two lines."""
    chart = _ranges(Range(Decimal("12.34"), Decimal("12.34"), Decimal("12.34")))
    drawn = drawing(chart)
    assert "<rect" not in "".join(drawn.parts)
    assert [kind for kind, _ in drawn.key] == ["mark"]
    assert "".join(drawn.parts).count('class="head"') == 2
    assert _table(chart)[0]["low"] == "12.3"


def test_a_total_of_one_day_is_drawn() -> None:
    """What changed only once, on the day itself, has a picture with its figure."""
    step = Step(DAY, Sum(Decimal(5), Decimal(5), Decimal(5)), Decimal(0))
    chart = Chart("a", "a title", "cash", "Source.", DAY, steps=(step,))
    assert ">£5<" in "".join(drawing(chart).parts)
    assert [kind for kind, _ in drawing(chart).key] == ["sure"]


def test_words_of_the_data_are_no_markup_in_a_picture() -> None:
    """A title with a script in it stays text."""
    evil = "<script>alert(1)</script>\x07"
    chart = Chart("a", evil, evil, evil, DAY, _ranges(Range(Decimal(1), None, Decimal(2))).listing)
    root = ET.fromstring(render_svg(chart))
    title = root.findtext(f"{SVG}title") or ""
    assert title.startswith("<script>alert(1)</script>")
    assert "\x07" not in title
    assert not list(root.iter(f"{SVG}script"))
