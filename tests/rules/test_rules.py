"""Each rule reports the broken files of the gallery where they say so, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from reformcalc.export.answers import content
from reformcalc.reading.load import load
from reformcalc.record.references import ENTRY_KINDS
from reformcalc.rules import RULES, check
from tests.rules import gallery
from tests.rules.gallery import BAD, BASE, GOOD

if TYPE_CHECKING:
    from pathlib import Path

    from reformcalc.findings import Finding
    from reformcalc.record.model import Dataset
    from reformcalc.rules.registry import Rule


def test_every_rule_is_shown_broken_and_kept() -> None:
    """Every rule has a bad and a good file here, and every folder here is a rule."""
    folders = {path.name for path in gallery.GALLERY.glob("[!_]*/")}
    assert folders == set(RULES)
    assert {gallery.rule_of(case) for case in BAD} == set(RULES)
    assert {gallery.rule_of(case) for case in GOOD} == set(RULES)


def test_the_base_has_nothing_wrong_in_it() -> None:
    """What every case is read together with is valid by itself."""
    assert gallery.found(load(BASE)) == []


@pytest.mark.parametrize("rule", RULES)
def test_a_bad_file_has_the_findings_that_it_says_and_no_others(rule: str) -> None:
    """A broken file yields each finding on its line, as severe as it says, one of its rule's."""
    for case in gallery.cases("bad", rule):
        expected = gallery.expected(case)
        assert rule in {one.rule for one in expected}, case
        assert (case, sorted(gallery.found(gallery.read(case)))) == (case, sorted(expected))


@pytest.mark.parametrize("rule", RULES)
def test_a_good_file_has_no_findings(rule: str) -> None:
    """A file that only comes near to breaking a rule is left in peace."""
    found = {case: gallery.found(gallery.read(case)) for case in gallery.cases("good", rule)}
    assert {case: findings for case, findings in found.items() if findings} == {}


@pytest.mark.parametrize("rule", RULES)
def test_a_finding_says_what_is_wrong_and_shows_the_line(rule: str) -> None:
    """Each finding of a file that can be read has a message in one line, and the line it is on.

    One in a sheet is on a row, and shows what that is about.
    """
    for one in (one for case in gallery.cases("bad", rule) for one in gallery.read(case).findings):
        assert one.finding.message, one.path
        assert "\n" not in one.finding.message
        assert not one.finding.message.endswith(".")
        if one.excerpt and not one.position.row:
            lines = one.path.read_text(encoding="utf-8").splitlines()
            assert one.excerpt == lines[one.position.line - 1]
            assert 1 <= one.position.column <= len(one.excerpt) + 1


@pytest.mark.parametrize("rule", RULES)
def test_a_message_has_the_words_that_the_file_says(rule: str) -> None:
    """Where the program can tell what was meant, the message of the finding says it."""
    for case in gallery.cases("bad", rule):
        findings = [one.finding for one in gallery.read(case).findings]
        messages = [one.message for one in findings if one.rule == rule]
        for words in gallery.words(case):
            assert any(words in message for message in messages), (case, messages)


def test_every_rule_has_words_in_the_gallery() -> None:
    """Of every rule, a bad file says what a person is told who breaks it."""
    assert {gallery.rule_of(case) for case in BAD if gallery.words(case)} == set(RULES)


def test_an_exception_is_missed_only_in_what_is_whole() -> None:
    """Where entries had to be left out, what an exception is for may be in those."""
    dataset = load(BASE).valid()
    entry = dataset.commitments["lamp-repairs"]
    excepted = entry.model_copy(update={"exceptions": {"years-shared": "so it is"}})
    sums = {**dataset.commitments, "lamp-repairs": excepted}
    changed = dataset.model_copy(update={"commitments": sums})
    assert [one.rule for one in check(changed)] == ["exception-needed"]
    assert check(changed, whole=False) == []


EXCUSABLE = [
    case for case in BAD if all(RULES[one.rule].excusable for one in gallery.expected(case))
]


def _excepting(dataset: Dataset, finding: Finding) -> Dataset:
    """Return a dataset in which the entry of a finding records an exception for it."""
    kind, id_ = map(str, finding.route[:2])
    entries = getattr(dataset, kind)
    exceptions = {**entries[id_].exceptions, finding.rule: "so it is"}
    excepted = {id_: entries[id_].model_copy(update={"exceptions": exceptions})}
    return dataset.model_copy(update={kind: entries | excepted})


@pytest.mark.parametrize("case", EXCUSABLE)
def test_what_may_be_excepted_stops_no_answer(case: str) -> None:
    """With its exceptions recorded the file is valid, and every answer can be given."""
    dataset = gallery.read(case).dataset
    assert dataset is not None
    excused = set()
    while found := check(dataset):  # an outer envelope is reported once the inner one is excused
        place = (*found[0].route[:2], found[0].rule)
        assert place not in excused, "its exception is recorded, and not heeded"
        excused.add(place)
        dataset = _excepting(dataset, found[0])
    answers = content(dataset, as_of=date(2021, 6, 30), digest="").answers
    assert set(answers) >= {"totals", "counted", "deadlines", "compare"}


CHECKED = [rule for rule in RULES.values() if rule.check]


@pytest.mark.parametrize("rule", CHECKED, ids=lambda rule: rule.id)
def test_to_declare_a_rule_excusable_is_enough_or_refused(
    rule: Rule, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever its subject, what may be excepted is; where nothing can record it, nobody may."""
    if not set(rule.on) <= set(ENTRY_KINDS):
        with pytest.raises(ValueError, match="record no exceptions"):
            replace(rule, excusable=True)
        return
    broken = [(case, gallery.read(case).dataset) for case in gallery.cases("bad", rule.id)]
    case, dataset = next((case, one) for case, one in broken if one and _breaks(one, rule))
    monkeypatch.setitem(RULES, rule.id, replace(rule, excusable=True))
    for finding in check(dataset):
        if finding.rule == rule.id:
            dataset = _excepting(dataset, finding)
    assert not _breaks(dataset, rule), case


def _breaks(dataset: Dataset, rule: Rule) -> bool:
    return any(one.rule == rule.id and len(one.route) > 1 for one in check(dataset))


def test_a_rule_of_reading_can_allow_no_exception() -> None:
    """It could not be heeded, so it cannot even be declared."""
    with pytest.raises(ValueError, match='"not-empty" is enforced by reading'):
        replace(RULES["not-empty"], excusable=True)


def test_all_findings_come_in_one_run_in_the_order_of_the_file() -> None:
    """A file with several faults of several kinds has all of them reported, from top to bottom."""
    many = gallery.GALLERY / "_many-faults.yaml"
    loaded = gallery.of_the_record(many)
    assert gallery.found(loaded) == gallery.expected_in(many)
    places = [one.position[:2] for one in loaded.findings]
    assert places == sorted(places)


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
@pytest.mark.parametrize("depth", [21, 30_000])
def test_nesting_without_end_is_one_finding(
    tmp_path: Path, depth: int, opening: str, closing: str
) -> None:
    """Brackets nested 21 or 30,000 deep end in one finding, not in the end of the process."""
    path = tmp_path / "deep.yaml"
    path.write_text(opening * depth + closing * depth, encoding="utf-8")
    assert gallery.found(load(BASE, path)) == [("deep.yaml", 1, "nesting-depth", "error")]


def test_twenty_deep_is_not_too_deep(tmp_path: Path) -> None:
    """At the limit itself, depth is not what is wrong."""
    path = tmp_path / "deep.yaml"
    path.write_text("{a: " * 20 + "}" * 20, encoding="utf-8")
    assert gallery.found(load(BASE, path)) == [("deep.yaml", 1, "unknown-field", "error")]
