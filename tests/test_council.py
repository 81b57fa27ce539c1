"""What it means for one council: what it is in, got, must do, waits for; what leads there."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest

from reformcalc.answers.council.council import Council
from reformcalc.answers.council.members import Members
from reformcalc.answers.council.report import for_council
from reformcalc.answers.council.rows import HEADINGS, Aspect
from reformcalc.answers.council.screen import CouncilScreen
from reformcalc.ledger.known import Known
from reformcalc.reading.load import load
from reformcalc.render.screen import render_screen
from reformcalc.render.terminal import Terminal
from tests.conftest import TINY, tab

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reformcalc.record.model import Dataset
    from reformcalc.screen import Screen
    from tests.conftest import Result

COUNCILS = TINY.with_name("councils.yaml")
DAY = date(2031, 6, 30)
ASKED = ("--data", str(COUNCILS), "--as-of", "2031-06-30")
PLAN = """\
milestones:
  our-lamps:
    title: Our own lamps
    promised: 2031-01-01
    due: 2031-06-01
    lead: ashby
    pillar: bridges
    claims: [{source: minutes, at: page 9, says: by 1 June 2031}]
  our-returns:
    title: Our own returns
    promised: 2031-01-01
    due: 2031-07-31
    repeats: monthly
    lead: ashby
    pillar: bridges
    claims: [{source: minutes, at: page 9, says: from 31 July 2031}]
"""


@cache
def dataset() -> Dataset:
    """Return the small record of bridges."""
    return load(COUNCILS).valid()


def council(body: str, as_of: date = DAY, since: date | None = None) -> Council:
    """Return what it knows of a body on a day."""
    return Council(Known(dataset(), as_of), body, since)


def drawn(screen: Screen, height: int | None = 22, width: int = 80) -> str:
    """Return a screen as a terminal without colour shows it."""
    return render_screen(screen, Terminal(width=width, height=height))


def by_aspect(one: Council) -> dict[str, list[str]]:
    """Return the ids of the rows, by what they are about."""
    found: dict[str, list[str]] = {}
    for row in one.rows:
        found.setdefault(row.aspect.value, []).append(row.id)
    return found


FOR_ALL = {
    "in-force": ["bridge-check-duty"],
    "due": ["bridge-lamps", "bridge-fee-duty"],
    "later": ["bridge-songs"],
    "no-date": ["bridge-count-duty", "bridge-wishes"],
    "past": ["bridge-plans"],
    "waits-for": ["bridge-guidance"],
}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "ashby",
            {"in": ["vale-hub", "arches"], "got": ["arches", "paint"], "not-known": ["ropes"]},
        ),
        (
            "birch",
            {
                "in": ["arches"],
                "got": ["paint"],
                "said": ["arches"],
                "not-known": ["arches", "ropes"],
                "changed": ["paint"],
            },
        ),
        (
            "cedar",
            {
                "got": ["paint", "paint", "ropes"],
                "own-promise": ["cedar-ferry"],
                "changed": ["paint", "cedar-ferry"],
            },
        ),
        ("derry", {"not-known": ["paint", "ropes"]}),  # nothing names it
    ],
)
def test_what_is_known_of_a_council(body: str, expected: dict[str, list[str]]) -> None:
    """What it is in and gets is its own, what binds all binds it, another's promise is absent."""
    assert by_aspect(council(body)) == FOR_ALL | expected


@pytest.mark.parametrize(
    ("body", "says", "state", "pounds"),
    [
        ("ashby", "about £2m", "allocated", 2_000_000),
        ("ashby", "nothing, by rule", "nil", 0),
        ("birch", "£1m shared by 2, provisional", "provisional", 1_000_000),
        ("cedar", "allocated, no sum printed", "allocated", None),
    ],
)
def test_what_it_gets_is_said_as_the_source_says_it(
    body: str, says: str, state: str, pounds: int | None
) -> None:
    """A sum, one that others share, nothing by a rule, and a sum that nobody printed, differ."""
    rows = for_council(council(body)).to_dicts()
    (row,) = [row for row in rows if row["aspect"] == "got" and row["says"] == says]
    assert (row["state"], row["amount_gbp"]) == (state, pounds)
    assert row["shared_by"] == (2 if "shared" in says else None)


def test_what_is_not_known_is_no_pound() -> None:
    """A share that no source gives has no amount at all."""
    rows = for_council(council("derry")).to_dicts()
    unknown = [row for row in rows if row["aspect"] == "not-known"]
    assert [row["amount_gbp"] for row in unknown] == [None, None]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("ashby", "Ashby: in 2 programmes; 1 sum known, 1 nil by rule; 1 duty in force, 2 due by"),
        ("birch", "Birch: in 1 programme; 1 shared sum known; 1 duty in force, 2 due by Dec 2031"),
        ("cedar", "Cedar: in no programmes; 2 sums, 1 shared; 1 duty in force, 2 due by Dec 2031"),
        ("derry", "Derry: nothing is recorded that names it; 1 duty in force, 2 due by Dec 2031"),
    ],
)
def test_the_first_line_is_the_answer(body: str, line: str) -> None:
    """What it is in, gets and must do stands in the first line, whatever is known."""
    assert drawn(CouncilScreen(council(body)).screen()).startswith(line)


def test_a_screen_has_every_aspect_in_its_lines() -> None:
    """The labels say what a line is about, and those that bind are told from those expected."""
    text = drawn(CouncilScreen(council("birch")).screen())
    labels = [line[2:11].strip() for line in text.splitlines() if line.startswith("  ")]
    assert list(filter(None, labels)) == [
        "In", "Got", "Not known", "In force", "Must", "Expected", "Later", "Past", "Waits for",
        "Changed",
    ]  # fmt: skip
    assert "second wave: Grant for arches our reading" in " ".join(text.split())
    assert "undated: 1 duty (Bridges counted), 1 step" in " ".join(text.split())
    assert "Of 1 programme only some areas are named." in " ".join(text.split())


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("ashby", "2031-06-30"),
        ("birch", "2031-06-30"),
        ("cedar", "2031-06-30"),
        ("derry", "2031-07-10"),
        ("ashby", "2030-01-15"),
        ("ashby", "2029-12-31"),  # nothing is known yet
    ],
)
def test_a_screen_is_22_lines_at_most_and_all_is_all(body: str, day: str) -> None:
    """By default it fits a terminal; --all has every row, and nothing folded."""
    one = council(body, date.fromisoformat(day))
    lines = drawn(CouncilScreen(one).screen()).splitlines()
    assert len(lines) <= 22
    assert max(map(len, lines)) <= 80
    every = drawn(CouncilScreen(one, every=True).screen(), None)
    assert " more" not in every
    for row in one.rows:
        assert row.name[:20] in every


def test_what_has_no_room_folds_and_the_first_of_each_stays() -> None:
    """On a low terminal rows are counted in a line that says how to see them."""
    text = drawn(CouncilScreen(council("cedar", since=date(2030, 12, 1))).screen(), 20)
    assert len(text.splitlines()) == 20
    assert "and 2 more: --all" in text
    assert "Got        £1m" in text


def test_an_earlier_day_does_not_see_what_came_later() -> None:
    """What was named, allocated or brought into force after a day is not known on it."""
    then = by_aspect(council("ashby", date(2030, 6, 15)))
    assert then["in"] == ["arches"]
    assert then["got"] == ["paint"]
    assert "in-force" not in then


def test_a_day_before_the_record_begins_is_told() -> None:
    """That nothing is known then is no news of a council, and it is said why."""
    said = "The record has no promise of money before 10 January 2030."
    before = council("ashby", date(2029, 12, 31))
    assert said in " ".join(drawn(CouncilScreen(before).screen()).split())
    assert said in [note.text for note in for_council(before).notes]
    assert said not in drawn(CouncilScreen(council("ashby", date(2030, 1, 10))).screen())


def test_what_changed_since_a_day() -> None:
    """What was newly said of it, what came of it, and what happened to what it must do."""
    rows = council("cedar", since=date(2030, 12, 1)).of(Aspect.CHANGED)
    assert [(row.id, row.state) for row in rows] == [
        ("paint", "new"),
        ("bridge-plans", "due"),
        ("cedar-ferry", "outcome"),
        ("bridge-check-duty", "in-force"),
    ]
    text = drawn(CouncilScreen(council("cedar", since=date(2030, 12, 1))).screen(), None)
    assert "Changed    new          Grant for paint" in text
    assert "outcome      A ferry for Cedar" in text


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Ashby", "Ashby"),
        ("ASHBY COUNCIL", "Ashby"),
        ("E06000101", "Ashby"),
        ("E06000001", "Ashby"),  # its code before
    ],
)
def test_a_council_is_found_by_any_name_or_code(
    said: str, found: str, run: Callable[..., Result]
) -> None:
    """However it is called, it is the same body, also in several words."""
    answer = json.loads(run("for", *said.split(), *ASKED, "-f", "json").out)
    assert answer["headline"].startswith(f"As of 30 June 2031: {found}: ")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ("for", "vale"),
            "can mean 2 bodies. Write one of them: east-vale East Vale west-vale West Vale",
        ),
        (("for", "BO"), "BO is no council, and no group of them; what it promised: reformcalc"),
        (("for", "a"), 'there is no council or region "a"'),
        (("for", "Scotland"), "Scotland is not in England, whose councils these are"),
        (("for", "Cardiff", "Council"), "Cardiff is in Wales, not in England, whose councils"),
        (("for", "ashbey"), 'there is no council or region "ashbey"; did you mean "ashby"'),
        (("for", "Zzyzx"), "there are: ashby, birch, cedar, councils, derry, east-vale, west-vale"),
        (("for", "Zzyzx"), "reformcalc list bodies Of the same record it is asked with --data "),
        (("for",), "Invalid value for BODY: name a council"),
        (("for", "East Vale", "--since", "1w"), "is for one council; name it"),
        (("for", "ashby", "--since", "2031-07-01"), "is not before 30 June 2031"),
    ],
)
def test_what_cannot_be_answered_says_what_to_type(
    arguments: tuple[str, ...], says: str, run: Callable[..., Result]
) -> None:
    """A name of several, of none, or of no council ends with a way on."""
    result = run(*arguments, *ASKED)
    assert result.code == 2
    assert says in " ".join(result.err.split())


def test_several_councils_are_a_line_each(run: Callable[..., Result]) -> None:
    """A region, or all councils, is answered by its members, in JSON with their codes."""
    answer = json.loads(run("for", "East", "Vale", *ASKED, "-f", "json").out)
    assert [(row["id"], row["code"], row["takes_part"]) for row in answer["rows"]] == [
        ("ashby", "E06000101", ["vale-hub", "arches"]),
        ("birch", "E06000002", ["arches"]),
    ]
    every = Members(Known(dataset(), DAY), "councils")
    assert len(every.rows) == 4
    text = drawn(every.screen(), 8)
    assert text.startswith(
        "Councils: 2 of 4 councils named in a programme, an allocation known of 3"
    )
    assert "and 3 more: --all" in text
    assert "more" not in drawn(every.screen(every=True), 8).replace(" more: ", "")


@pytest.mark.parametrize("form", ["csv", "markdown", "table", "json"])
def test_every_format_has_every_row(form: str, run: Callable[..., Result]) -> None:
    """No format leaves out what another has."""
    result = run("for", "birch", *ASKED, "--format", form)
    assert result.code == 0
    for row in council("birch").rows:
        assert row.title in result.out


def test_the_council_of_the_settings_is_meant_where_none_is_named(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`for` alone is about the council of reformcalc.toml, and says so; a name goes first."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reformcalc.toml").write_text('for = "Birch Council"\n', encoding="utf-8")
    out = run("for", *ASKED).out
    assert "Birch: in 1 programme" in out
    assert out.endswith("# Settings of reformcalc.toml: for.\n")
    monkeypatch.setenv("REFORMCALC_DATA", str(COUNCILS))
    assert "Council: Birch: nothing is recorded that names it" in run().out  # as of today
    out = run("for", "cedar", *ASKED).out
    assert "Cedar: in no programmes" in out
    assert "Settings" not in out


def test_ones_own_plan_stands_beside_the_record(tmp_path: Path) -> None:
    """All that is in files without an about is one's own, whoever leads it, and told as that."""
    ours = tmp_path / "ours.yaml"
    ours.write_text(PLAN, encoding="utf-8")
    record = Known(load(COUNCILS, ours).valid(), DAY)
    rows = Council(record, "birch").of(Aspect.OWN_PLAN)
    # Of what repeats its next time stands there, and no later one.
    assert [(row.id, row.state, row.in_short) for row in rows] == [
        ("our-lamps", "overdue", "1 Jun 2031"),
        ("our-returns", "upcoming", "31 Jul 2031"),
    ]
    text = drawn(CouncilScreen(Council(record, "birch")).screen())
    assert "Own plan 1 Jun 2031 Our own lamps overdue" in " ".join(text.split())
    changed = Council(record, "birch", date(2031, 5, 1)).of(Aspect.CHANGED)
    assert "our-lamps" in [row.id for row in changed]


LIGHT = """\
milestones:
  our-check:
    title: Check our bridges
    due: 2031-07-12
    serves: bridge-lamps
  our-count:
    title: Count our bridges
    due: 2031-09-01
    serves: bridge-count-duty
  our-first:
    title: Our first bridge
    due: 2030-03-01
    done: 2030-02-20
"""


def test_a_plan_that_names_nobody_stands_beside_what_it_serves(tmp_path: Path) -> None:
    """A light plan needs no lead; what is done goes last, and each says how far from its aim."""
    ours = tmp_path / "ours.yaml"
    ours.write_text(LIGHT, encoding="utf-8")
    one = Council(Known(load(COUNCILS, ours).valid(), DAY), "birch")
    rows = one.of(Aspect.OWN_PLAN)
    assert [(row.id, row.serves, row.days_after_served, row.named) for row in rows] == [
        ("our-check", "bridge-lamps", -19, "birch"),
        ("our-count", "bridge-count-duty", None, "birch"),
        ("our-first", None, None, "birch"),
    ]
    text = drawn(CouncilScreen(one).screen(), None)
    below = "ours lands 19 days earlier than Lamps on every bridge, Jul 2031"
    row, after = text.split(below)
    assert row.splitlines()[-2].split() == [
        "Own", "plan", "12", "Jul", "2031", "Check", "our", "bridges", "upcoming",
    ]  # fmt: skip
    assert after.startswith("\n             1 Sep 2031   Count our bridges")
    assert "cannot be compared with Bridges counted: duty in force: theirs has" in text
    low = drawn(CouncilScreen(one).screen(), 20)
    assert "and 2 more: --all" in low  # actions, and not what they serve
    assert below in low


def test_what_came_about_in_part_is_not_without_an_outcome(tmp_path: Path) -> None:
    """A promise that was partly met has an outcome, and is counted apart from those without."""
    ours = tmp_path / "councils.yaml"
    partly = (
        "outcome: {partly-met: 2031-06-15, claims: [{source: minutes, at: page 5, says: half}]}"
    )
    plans = "title: A plan for every bridge\n"
    text = COUNCILS.read_text(encoding="utf-8").replace(plans, f"{plans}    {partly}\n")
    ours.write_text(text, encoding="utf-8")
    one = Council(Known(load(ours).valid(), DAY), "derry")
    assert (one.of(Aspect.PAST), [row.id for row in one.of(Aspect.PARTLY_MET)]) == (
        [],
        ["bridge-plans"],
    )
    assert "1 step; 1 partly met" in " ".join(drawn(CouncilScreen(one).screen()).split())
    every = drawn(CouncilScreen(one, every=True).screen(), None)
    assert "Partly     Mar 2031" in every
    assert "no outcome" not in every


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (("find", "cedar"), "All that is known of Cedar: reformcalc for cedar."),
        (("show", "cedar"), "What it is in, gets and must do: reformcalc for cedar."),
        (("show", "Cedar Council"), "What it is in, gets and must do: reformcalc for cedar."),
        (("totals", "--lead", "cedar"), "Cedar promised no money that is recorded"),
        (("totals", "--lead", "cedar"), "as far as sources say: reformcalc for cedar."),
        (("deadlines", "--text", "cedar"), "all that is known of Cedar: reformcalc for cedar"),
        (("deadlines", "--text", "E06000003"), "all that is known of Cedar: reformcalc for cedar"),
    ],
)
def test_whoever_asks_of_a_council_elsewhere_is_led_to_its_answer(
    command: tuple[str, ...], says: str, run: Callable[..., Result]
) -> None:
    """Where another answer has nothing, or only mentions a council, it says what has more."""
    assert says in run(*command, *ASKED).out


@pytest.mark.parametrize("command", [("find", "vale"), ("deadlines", "--text", "vale hub")])
def test_words_that_name_no_one_place_lead_nowhere(
    command: tuple[str, ...], run: Callable[..., Result]
) -> None:
    """What may be several, or is a word like another, is not taken for a council."""
    assert "reformcalc for" not in run(*command, *ASKED).out


def test_tab_offers_places_with_what_they_are_called(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Councils, regions and groups are offered, each with its name, and no department."""
    for name, value in tab(f"reformcalc for --data {COUNCILS} ", "zsh").items():
        monkeypatch.setenv(name, value)
    out = run().out
    assert "ashby:Ashby\n" in out
    assert "east-vale:East Vale\n" in out
    assert "bridge-office" not in out


def test_every_aspect_has_a_heading() -> None:
    """Whatever a row is about, a table heads it in words."""
    assert set(HEADINGS) == set(Aspect)
