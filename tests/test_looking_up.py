"""Looking up, as people see it first: find, show, list, conflicts, sources, rule, diff."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

import pytest

from reformcalc import load
from reformcalc.answers.chosen import EVERYTHING, Chosen
from reformcalc.answers.diff_screen import DiffScreen
from reformcalc.answers.lookup import (
    conflicts,
    differences,
    entries,
    entry_screen,
    find,
    rulebook,
    sources,
)
from reformcalc.answers.lookup.glossary import glossary
from reformcalc.answers.lookup.meant import meant
from reformcalc.answers.lookup.show import show
from reformcalc.errors import Refused, Several, UnknownId
from reformcalc.ledger.known import Known
from reformcalc.render.screen import render_screen
from reformcalc.render.terminal import Terminal
from tests.conftest import PROJECT, TINY
from tests.unit.builders import commitment, record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reformcalc.screen import Screen
    from tests.conftest import Result

DAYS = (date(2023, 6, 20), date(2023, 12, 31), date(2025, 3, 31), date(2026, 11, 30))
TODAY = DAYS[-1]
TINY_DAY = date(2031, 6, 30)


@cache
def bundled(day: date = TODAY) -> Known:
    return Known(load().valid(), day)


@cache
def tiny(day: date = TINY_DAY) -> Known:
    return Known(load(TINY).valid(), day)


def drawn(screen: Screen, width: int = 80, height: int | None = 22) -> list[str]:
    return render_screen(screen, Terminal(width, height)).splitlines()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("£555m", "transformation-fund"),
        ("555m", "transformation-fund"),
        ("£0.555bn", "transformation-fund"),
        ("What is the £555 million?", "transformation-fund"),
        ("£2.4bn", "families-first-2026-29"),
        ("£523m", "families-first-continued"),
        ("transformation fund", "transformation-fund"),
        ("TRANSFORMATION-FUND", "transformation-fund"),
        ("stable homes", "stable-homes"),
        ("kinship zones", "kinship-zones"),
        ("care review", "care-review"),
        ("law commission", "law-commission"),
        ("full reply law commission", "law-commission-full-response"),
        ("agency price caps", "agency-price-caps"),
        ("disappointingly short", "care-review"),
        ("Keegan", "gillian-keegan"),
        ("in doubt", "in doubt"),
    ],
)
def test_what_is_meant_is_found_first(text: str, first: str) -> None:
    """Words, sums however they are typed, ids, quotations and words of the program lead there."""
    assert find.find(bundled(), text)[0].id == first


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("dredger", "dredger"),
        ("£12m", "dredger"),
        ("pilot boats", "pilot-boats"),
        ("LAMPS", "lamps"),
    ],
)
def test_another_record_is_looked_through_as_well(text: str, first: str) -> None:
    """What is found first in the invented record is what has the words in its name, or the sum."""
    assert find.find(tiny(), text)[0].id == first


def test_what_only_mentions_the_words_comes_last() -> None:
    """Notes and reasons are told apart, below what is called so, and name where they stand."""
    lines = drawn(find.screen(bundled(), "£555m"))
    assert lines[0] == "“£555m” is in 4 commitments"
    aside = next(i for i, line in enumerate(lines) if "notes and reasons" in line)
    assert any(line.endswith("transformation-fund") for line in lines[:aside])
    assert not any(line.endswith("transformation-fund") for line in lines[aside:-1])
    said = {row.where for row in find.find(bundled(), "£555m")[1:]}
    assert said == {"note", "inferred"}


def test_a_month_keeps_its_year() -> None:
    """The longest of them has room at 80 columns: cut, its year could be any."""
    assert " September 2023 " in "\n".join(drawn(find.screen(bundled(), "dorset")))


def test_ids_are_never_cut() -> None:
    """People copy them: at 80 columns a title gives way."""
    ids = {row.id for row in find.find(bundled(), "kinship")}
    lines = drawn(find.screen(bundled(), "kinship", every=True), height=None)
    assert {line.split()[-1] for line in lines if len(line.split("  ")) > 3} <= ids | {"show"}
    assert sum(line.endswith(tuple(ids)) for line in lines) >= len(ids)


def test_nothing_found_offers_the_nearest_words() -> None:
    """A slip of the pen is answered by words that the record has; nonsense by where to look."""
    assert drawn(find.screen(bundled(), "agncy"))[0].startswith(
        "Nothing in the record has “agncy”; near it: agency"
    )
    assert drawn(find.screen(bundled(), "xyzzy"))[0] == "Nothing in the record has “xyzzy”"
    assert find.find(bundled(), "  ?  ") == []


def test_small_words_count_where_there_are_no_others() -> None:
    """Questions are typed with words that say nothing; they are left out unless they are all."""
    assert find.Wanted.read("what is the fund").words == ("fund",)
    assert find.Wanted.read("who is").words == ("who", "is")
    assert find.Wanted.read("what is the £5m").words == ()
    assert find.folded("Réponse, l’Été it's 2.5%.") == "reponse lete its 2.5%"


def test_the_report_of_what_is_found_has_where_it_stands() -> None:
    """In a pipe each entry has its id, its figure, the field and the words."""
    report = find.report(bundled(), "Maskell")
    (row,) = [row for row in report.rows if row.kind == "figures"]
    assert (row.where, "Rachael Maskell MP" in row.text) == ("quotation", True)


def test_a_long_answer_says_how_to_see_all() -> None:
    """What has no room is counted, and --all shows it."""
    folded = drawn(find.screen(bundled(), "kinship"))
    assert any(re.search(r"and \d+ more", line) for line in folded)
    assert folded[-1].endswith("--all")
    whole = drawn(find.screen(bundled(), "kinship", every=True))
    assert len(whole) > len(folded)


def test_a_hit_outside_the_name_is_told_in_words() -> None:
    """Where the name does not have the words, the first line below says what does."""
    lines = drawn(find.screen(bundled(), "disappointingly short"))
    assert "quotation: “fall ‘disappointingly short’ of the" in lines[1]


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("transformation-fund", "transformation-fund"),
        ("Transformation-Fund", "transformation-fund"),
        ("£555m", "transformation-fund"),
        ("kinship zones", "kinship-zones"),
        ("Agency rules in force", "agency-rules-in-force"),
        ("in doubt", "in doubt"),
        ("Like for like", "like for like"),
        ("stable-homes/not-itemised", "stable-homes"),
    ],
)
def test_words_mean_one_entry(text: str, id_: str) -> None:
    """An id in any case, a label, a sum or a word of the program is enough."""
    assert meant(bundled(), text) == id_


def test_words_that_mean_several_are_offered(run: Callable[..., Result]) -> None:
    """At most five are offered, each with what to type, and nothing else is printed."""
    with pytest.raises(Several, match="law-commission-full-response"):
        meant(bundled(), "law commission")
    result = run("show", "law", "commission", "--as-of", "2026-11-30")
    assert (result.code, result.out) == (2, "")
    first, *offers, more = result.err.splitlines()
    assert first == '"law commission" can mean 6 entries. Show one of them:'
    assert len(offers) == 5
    assert all(line.startswith("  reformcalc show law-commission") for line in offers)
    assert more == "and 1 more: reformcalc find law commission"
    few = run("show", "£2.4bn", "--as-of", "2026-11-30").err.splitlines()
    assert few[-1].startswith("  reformcalc show prevention-funding-2026-29")


def test_an_unknown_word_is_answered_by_the_nearest() -> None:
    """At most five ids with what they are called; where none is like it, where to look."""
    with pytest.raises(UnknownId, match=r"\(Kinship allowance pathfinder\)") as near:
        meant(bundled(), "kinship allowence scheme")
    assert 2 <= str(near.value).count(" (") <= 5
    with pytest.raises(UnknownId, match="none is like it"):
        meant(bundled(), "xyzzy")
    with pytest.raises(UnknownId, match='did you mean "dredger"'):
        meant(tiny(), "dreger")
    with pytest.raises(Refused, match="not yet known"):
        meant(bundled(DAYS[0]), "transformation-fund")
    with pytest.raises(UnknownId, match=r'"kinship" \(Kinship care\)|did you mean "kinship"'):
        Chosen(topics=("kinshp",)).check(bundled())


@pytest.mark.parametrize("word", glossary().words)
def test_every_word_of_the_glossary_is_explained(word: str) -> None:
    """`show WORD` prints what the page has, unless an entry has that id."""
    if meant(bundled(), word) != word or word in bundled().ids("topics"):
        return
    says = f"{word}: {glossary().words[word]}"
    assert show(bundled(), word).headline == says
    assert entry_screen.screen(bundled(), word).answer == says
    page = (PROJECT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert f"| {word} | {glossary().words[word]} |" in page


def test_an_envelope_lists_what_is_in_it_and_what_shares_its_money() -> None:
    """Each part has what is promised and what counts; they and the rest add up to what counts."""
    lines = drawn(entry_screen.screen(bundled(), "transformation-fund"), width=120)
    text = "\n".join(lines)
    assert lines[0].endswith("Transformation Fund, children's social care: £555m")
    assert "shares £18m with Families First Partnership, 2025-26 and £300m with" in " ".join(lines)
    assert re.search(r"Families First: top-up, 2026-28 +£300m +£300m", text)
    assert re.search(r"not broken down +£237m", text)
    rows = show(bundled(), "transformation-fund").rows
    assert any(row.value.startswith("families-first-top-up: ") for row in rows)


def test_a_component_says_what_it_is_part_of() -> None:
    """So does what was replaced, repeated, in doubt or never counted say why it adds nothing."""
    for id_, says in {
        "families-first-top-up": "part of Families First Partnership, 2026-29 and Transformation",
        "spending-review-2025-headline": "It repeats Transformation Fund, 2025-28",
        "kinship-zones": "In doubt, so in no total: it may be part of Transformation Fund",
        "kinship-allowance-pilot": "Replaced by Kinship Zones",
        "adoption-strategy-2022-25": "In no total. Adoption is a programme of its own",
        "ffc-pathfinder-2025-26": "No source says how much it is",
        "families-first-continued": "£523m in 2026-27",
        "fostering-wider": "£24m until then",
        "stable-homes": "In doubt, since it may be part of this:",
    }.items():
        screen = entry_screen.screen(bundled(), id_)
        assert says in " ".join(screen.said), id_


@pytest.mark.parametrize("day", [DAYS[0], DAYS[-1]])
def test_every_entry_fits_a_screen(day: date) -> None:
    """Of every kind, 22 lines at 80 columns, the answer first, and no line over the width."""
    known = bundled(day)
    for kind in _KINDS:
        for id_ in known.section(kind):
            lines = drawn(entry_screen.screen(known, id_))
            assert len(lines) <= 22, id_
            assert all(len(line) <= 80 or "http" in line for line in lines), id_


_KINDS = ("commitments", "benchmarks", "figures", "milestones", "sources", "pillars", "topics",
          "bodies", "deflators")  # fmt: skip


@pytest.mark.parametrize("day", DAYS)
def test_every_screen_fits(day: date) -> None:
    """Each of these is within its terminal on four days, and its first line is the answer."""
    known = bundled(day)
    screens = {
        "conflicts": differences.screen(known),
        "sources": sources.screen(known),
        "list": entries.screen(known),
        "find": find.screen(known, "fostering"),
        "rule": rulebook.screen(as_of=day),
        "diff": DiffScreen(bundled(date(2023, 2, 3)), known, EVERYTHING).screen(),
        **{kind: entries.screen(known, kind) for kind in _KINDS},
    }
    for (name, screen), (width, height) in product(screens.items(), ((80, 22), (120, 38))):
        lines = drawn(screen, width, height)
        assert len(lines) <= height, (name, width)
        assert max(map(len, lines)) <= width, (name, width)
        assert lines[0], (name, width)


@pytest.mark.parametrize("every", [False, True])
def test_figures_stand_under_what_they_are(every: bool) -> None:  # noqa: FBT001 -- a case
    """Each kind has its number, and two of its figures where not all are asked for."""
    lines = drawn(entries.screen(bundled(), "figures", every=every), height=None if every else 22)
    rows = entries.entries(bundled(), "figures").rows
    kinds = [row.figure_kind for row in rows]
    assert kinds == sorted(kinds)
    for kind in dict.fromkeys(kinds):
        assert f"  {kind.capitalize()} ({kinds.count(kind)})" in lines
    ids = [row.id for row in rows]
    shown = [one for one in ids if any(line.endswith(f" {one}") for line in lines)]
    few = [one for place, one in enumerate(ids) if kinds[:place].count(kinds[place]) < 2]
    assert shown == (ids if every else few)
    low = drawn(entries.screen(bundled(), "figures"), height=12)
    assert len(low) in {11, 12}  # without the heading of a kind that has no room below it
    assert not any(re.fullmatch(r"  \w+ \(\d+\)", one) for one in low[-4:-2])


def test_a_list_counts_or_gives_a_line_each() -> None:
    """Alone it says how many of each kind there are; with a kind, a label, a figure and an id."""
    counted = drawn(entries.screen(bundled()))
    for kind in _KINDS:
        assert any(re.match(rf" +{len(bundled().section(kind))}  {kind}", line) for line in counted)
    few = entries.screen(bundled(), "commitments", Chosen(topics=("kinship",)))
    lines = drawn(few, width=120)
    assert lines[0] == "10 commitments of Kinship care, as known on 30 November 2026"
    assert re.search(
        r"Kinship Zones, 2026-28 +£126m +kinship-zones$", "\n".join(lines), re.MULTILINE
    )
    nothing = entries.screen(bundled(), "bodies", Chosen(topics=("kinship",)))
    assert drawn(nothing)[0].startswith("No bodies of Kinship care")
    with pytest.raises(UnknownId, match="milestones"):
        entries.screen(bundled(), "milestone")
    assert len(drawn(entries.screen(bundled(), "milestones", every=True))) > 120


def test_what_matters_most_is_the_first_conflict() -> None:
    """The comparison comes first, then the total; what rounds or words a floor is none."""
    found = differences.differences(bundled())
    ids = [one.id for one in found]
    assert ids[:2] == ["care-review", "review-total-reached"]
    assert ids.index("families-first-continued") < ids.index("fostering-recruitment")
    for same in ("children-in-need", "complex-needs-homes", "families-first-2025-26",
                 "family-hubs-2022-25", "social-work-development-2022-24"):  # fmt: skip
        assert same not in ids
    continued = next(one for one in found if one.id == "families-first-continued")
    assert (continued.used, continued.moves) == ("£1.569bn", "the total, by £69m")
    assert len(found) < len(conflicts.disputed(bundled())) / 3


def test_each_conflict_says_who_says_otherwise_and_why() -> None:
    """A line has what is used, the next who says what; --explain has the reason of each."""
    lines = drawn(differences.screen(bundled()))
    assert "Sources really differ on" in lines[0]
    assert any("Thurrock Council and FosterTalk: £25 million" in line for line in lines)
    told = " ".join(drawn(differences.screen(bundled(), explain=True)))
    assert "give £25m, unexplained" in told
    assert drawn(differences.screen(tiny(), Chosen(topics=("lamps",))))[0].startswith("Sources")
    small = drawn(differences.screen(bundled()), height=14)
    assert any(re.search(r"and (\d+ )?more: --all", line) for line in small)


def _disputed(**fields: object) -> Known:
    said = {"source": "paper", "at": "page 1"}
    sum_ = {"lead": "dfe", "pillar": "families", **fields}
    claims = [{**said, "says": "£5m"}, {**said, "says": sum_.pop("also"), "variant": "true"}]
    return Known(record({"a": commitment("£5m", claims=claims, **sum_)}), TODAY)


@pytest.mark.parametrize(
    ("also", "fields", "differ"),
    [
        ("£6m", {}, True),
        ("over £4m", {}, False),
        ("£5.0m", {}, False),
        ("£5m from 2026/27", {"years": "2025-26..2026-27"}, True),
        ("£5m in all", {}, False),
        ("£2.5m a year", {"years": "2025-26..2026-27"}, False),
        ("£4m a year", {"years": "2025-26..2026-27"}, True),
        ("£3m a year", {}, False),
        ("no figure", {}, False),
    ],
)
def test_what_is_a_difference(also: str, fields: dict[str, object], differ: bool) -> None:  # noqa: FBT001
    """Another sum differs, or the same one of other years; a floor, a yearly share do not."""
    assert bool(differences.differences(_disputed(also=also, **fields))) is differ


def test_what_changed_begins_with_money() -> None:
    """The total then and now, what moved it, what was replaced, and one line for the record's."""
    lines = drawn(DiffScreen(bundled(date(2025, 12, 1)), bundled(), EVERYTHING).screen(), 100, 60)
    assert lines[0] == "£4.0bn is promised, £324m less than on 1 December 2025 (£4.3bn)"
    text = "\n".join(lines)
    assert re.search(r"Total counted +4,323 +3,999 +−324", text)
    assert re.search(r"Kinship allowance pilot +£40m +replaced by Kinship Zon", text)
    assert re.search(r"Changes of the record alone: .*claims", text.replace("\n", " "))


def test_changes_of_one_topic_alone() -> None:
    """What is chosen limits money, dates and the record's own changes."""
    kinship = Chosen(topics=("kinship",))
    lines = drawn(DiffScreen(bundled(DAYS[2]), bundled(), kinship).screen(), height=None)
    assert "for Kinship care" in lines[0]
    assert not any("sources" in line for line in lines)
    assert not any("Agency" in line for line in lines)


def test_where_nothing_or_no_money_changed() -> None:
    """It says so first, whether two days or two records are compared."""
    same = DiffScreen(bundled(), bundled(), EVERYTHING).screen()
    assert same.answer == "Nothing changed between the two records"
    days = DiffScreen(bundled(date(2026, 11, 29)), bundled(), Chosen(topics=("kinship",))).screen()
    assert days.answer == "Still £139m promised for Kinship care, as on 29 November 2026"
    none = DiffScreen(bundled(DAYS[2]), bundled(), Chosen(topics=("adoption",))).screen()
    assert none.answer.startswith("No money that counts is promised for Adoption")
    still = DiffScreen(bundled(date(2026, 10, 1)), bundled(), EVERYTHING).screen()
    assert still.answer == "Still £4.0bn promised, as on 1 October 2026"
    before, after = (Known(record({"a": commitment(sum_)}), TODAY) for sum_ in ("£5m", "£6m"))
    grown = DiffScreen(before, after, EVERYTHING).screen()
    assert grown.answer == "£6m is promised, £1m more than before (£5m)"
    gone = DiffScreen(after, Known(record({}), TODAY), EVERYTHING).screen()
    assert "£6m less than before" in gone.answer


@pytest.mark.parametrize("typed", ["£-5", "£", "£555m £x", "kinship £"])
def test_a_sum_that_cannot_be_read_is_refused(run: Callable[..., Result], typed: str) -> None:
    """Its figures are not looked for as words, which are in half of the record."""
    said = run("find", typed)
    assert (said.code, said.out) == (2, "")
    assert f'"{typed}" has a sum that cannot be read; write it as £555m' in said.err


def test_diff_counts_back_as_deadlines_do(run: Callable[..., Result]) -> None:
    """A length is that long before the day of the answer; nonsense names the option."""
    now = ("--data", TINY, "--as-of", "2031-06-30")
    assert run("diff", "--was", "1y", *now).out == run("diff", "--was", "2030-06-30", *now).out
    assert "--was" in run("diff", "--was", "1x", *now).err


def test_diff_alone_is_of_the_record_that_is_read(run: Callable[..., Result]) -> None:
    """--was alone takes the record of --data; without it two records have to be named."""
    alone = run("diff", "--was", "2030-06-30", "--data", TINY, "--as-of", "2031-06-30")
    named = run("diff", TINY, TINY, "--was", "2030-06-30", "--as-of", "2031-06-30")
    assert (alone.code, alone.out) == (0, named.out)
    assert "name a day, or two records" in run("diff").err
    assert "name the record after too" in run("diff", TINY).err


@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        (("find", "dredger"), "“dredger” is in"),
        (("show", "dredger"), "A new dredger"),
        (("list",), "38 entries"),
        (("list", "LAMPS"), ""),
        (("conflicts",), "Sources really differ"),
        (("sources",), "claims rest on"),
        (("rule",), "rules: "),
        (("rule", "AMOUNT-FORM"), "amount-form"),
        (("diff", "--was", "2030-06-30"), "promised"),
    ],
)
def test_a_person_sees_the_screen(
    arguments: tuple[str, ...],
    first: str,
    run: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On a terminal a command prints its screen, and with --all the whole answer."""
    monkeypatch.setattr("reformcalc.cli.terminal.is_terminal", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("PAGER", "cat")
    data = () if arguments[0] == "rule" else ("--data", TINY, "--as-of", "2031-06-30")
    result = run(*arguments, *data)
    assert first in (result.out or result.err).splitlines()[0]
    assert len(result.out.splitlines()) <= 22
    if result.code == 0:
        assert run(*arguments, *data, "--all").code == 0


def _step(**fields: object) -> Known:
    claim = {"source": "paper", "at": "page 1", "says": "by 3 March 2027"}
    step = {"title": "A step", "promised": "2023-02-02", "due": "2027-03-03", "lead": "dfe",
            "pillar": "families", "claims": [claim], **fields}  # fmt: skip
    return Known(record({}, milestones={"step": step}), TODAY)


@pytest.mark.parametrize(
    ("says", "moves"),
    [
        ("by 13 March 2027", "its date, by 10 days"),
        ("in March 2027", None),
        ("when time allows", None),
    ],
)
def test_a_date_that_a_source_gives_otherwise(says: str, moves: str | None) -> None:
    """Another day differs, by so many days; the month that it is in, or no date, does not."""
    claim = {"source": "paper", "at": "page 1", "says": "by 3 March 2027"}
    found = differences.differences(
        _step(claims=[claim, {**claim, "says": says, "variant": "true"}])
    )
    assert [one.moves for one in found] == ([moves] if moves else [])


def test_a_long_story_is_told_from_both_ends() -> None:
    """The first promise and the last steps are on the screen, with how many lie between."""
    claim = {"source": "paper", "at": "page 1", "says": "later"}
    moved = [
        {"to": f"2027-0{month}-03", "on": f"2024-0{month}-01", "claims": [claim]}
        for month in range(1, 9)
    ]
    said = entry_screen.screen(_step(moved=moved), "step").said
    assert "first promise" in said[1]
    assert said[2].endswith("steps more: --all)")
    assert any("moved to 2027-08-03" in one for one in said)


def test_a_sum_whose_parts_never_count_counts_in_full() -> None:
    """What lies in it and is in no total takes nothing from it."""
    never = commitment("£1m", part_of=["a"], counted="false", reason="another scope")
    known = Known(record({"a": "£5m", "b": never}), TODAY)
    assert "Counted in full" in " ".join(entry_screen.screen(known, "a").said)


def test_a_word_of_the_program_is_counted_among_what_is_found() -> None:
    """The headline says that a word is explained, beside the entries that have it."""
    assert find.report(bundled(), "in doubt").headline.endswith("and 1 word explained")
    assert show(bundled(), "in doubt").rows[0].kind == "glossary"
    assert show(bundled(), "New").rows == show(bundled(), "new money").rows


def test_an_id_of_before_is_followed(tmp_path: Path, run: Callable[..., Result]) -> None:
    """What was cited under an id that an entry had is shown, with what it is called now."""
    text = TINY.read_text(encoding="utf-8")
    for id_, was in (("buoy-money", "buoys-of-old"), ("lights", "lamps-of-old"),
                     ("north-port", "old-port")):  # fmt: skip
        text = text.replace(f"\n  {id_}:\n", f"\n  {id_}:\n    formerly: [{was}]\n", 1)
    path = tmp_path / "renamed.yaml"
    path.write_text(text, encoding="utf-8")
    renamed = Known(load(path).valid(), TINY_DAY)
    now = '"buoys-of-old" is now called buoy-money.'
    assert drawn(entry_screen.screen(renamed, "Buoys-of-old"))[1] == now
    assert str(show(renamed, "buoys-of-old").notes[0]) == now
    assert show(renamed, "buoys-of-old").rows == show(renamed, "buoy-money").rows
    assert now not in "\n".join(drawn(entry_screen.screen(renamed, "buoy-money")))
    for old, new in (
        ("cite buoys-of-old", "cite buoy-money"),
        ("totals --pillar lamps-of-old", "totals --pillar lights"),
        ("for old-port", "for north-port"),
    ):
        asked = [
            run(
                *one.replace("cite", "show --cite").split(),
                "--data",
                path,
                "--as-of",
                TINY_DAY.isoformat(),
            )
            for one in (old, new)
        ]
        assert asked[0] == asked[1]
        assert asked[0].code == 0
