"""The gallery of broken files: each rule reports its bad files at the marked lines, and only those.

A folder per rule holds `bad*` and `good*`, each a file or a folder of files. A file is read
together with `_base.yaml`, unless its first line is the comment `# alone`. A folder is read whole,
unless one of its files is to be read alone. In a bad file, the line of a finding ends with
`# finding: <rule-id>`; where no comment can stand there, the line before says `# next: <rule-id>`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reformcalc.export.answers import content
from reformcalc.findings import Severity
from reformcalc.loading import Loaded, load
from reformcalc.rules import RULES, check

if TYPE_CHECKING:
    from reformcalc.findings import Finding
    from reformcalc.model import Dataset
    from reformcalc.rules.registry import Rule

GALLERY = Path(__file__).parent
BASE = GALLERY / "_base.yaml"

# What is found in files that cannot hold a comment.
UNMARKED = {
    "not-empty/bad-no-bytes.yaml": [("not-empty", 1)],
    "utf8-text/bad-latin-1.yaml": [("utf8-text", 4)],
    "utf8-text/bad-utf-16.yaml": [("utf8-text", 1)],
    "utf8-text/bad-utf-16-without-mark.yaml": [("utf8-text", 4)],
}
# The findings that only warn, by case and rule. Every other one is an error.
WARNED = {
    ("hash-in-quotes/bad.yaml", "hash-in-quotes"),
    ("hash-in-quotes/bad-folded.yaml", "hash-in-quotes"),
    ("hash-in-quotes/bad-in-brackets.yaml", "hash-in-quotes"),
    ("ids-in-order/bad.yaml", "ids-in-order"),
    ("ids-in-order/bad-entries.yaml", "ids-in-order"),
    ("ids-in-order/bad-that-hides-no-error.yaml", "ids-in-order"),
    ("components-left-standing/bad-envelope-superseded.yaml", "components-left-standing"),
    ("components-within-envelope/bad-later-component.yaml", "components-within-envelope"),
    ("label-given/bad-kinds.yaml", "label-given"),
    ("label-given/bad-over-two-lines.yaml", "label-given"),
    ("labels-differ/bad.yaml", "labels-differ"),
    ("labels-differ/bad-title.yaml", "labels-differ"),
    ("look-given/bad-past.yaml", "look-given"),
    ("look-given/bad.yaml", "look-given"),
    ("scope-in-total/bad.yaml", "scope-in-total"),
    ("scope-in-total/bad-unwritten.yaml", "scope-in-total"),
    ("supersedes-outside/bad-its-own-envelope.yaml", "components-left-standing"),
}

# Words that a message of a case must hold: the way out, where the program can see it.
HINTS = {
    "acyclic-envelopes/bad-three-steps.yaml": (
        "fog-bells is in fog-signals is in safer-coasts is in fog-bells"
    ),
    "acyclic-links/bad-envelope-in-doubt.yaml": (
        "fog-bells is in fog-signals is in shore-signals may overlap fog-bells"
    ),
    "acyclic-links/bad-may-overlap.yaml": "fog-bells may overlap fog-horns may overlap fog-bells",
    "amount-given/bad-profile-without-years.yaml": "only if years says so",
    "amount-given/bad-profile-of-one-year-in-two.yaml": "write one, or a profile for each",
    "amount-form/bad-part-left-open.yaml": "may_overlap instead of part_of",
    "amount-form/bad-not-pounds.yaml": 'write "over £45 million"',
    "components-within-envelope/bad-less-than.yaml": 'more than "less than £8m"; check',
    "components-within-envelope/bad-lowered-envelope.yaml": "£10m from 2021-06-30, more than £8m",
    "components-within-envelope/bad-years-exceeded.yaml": "more than it holds",
    "date-form/bad-due.yaml": 'did you mean "spring 2022"?',
    "dates-agree/bad-another-date.yaml": 'is no date of "lamp-register" (spring 2022)',
    "deflators-complete/bad-late-gap.yaml": "2020-21 is missing",
    "exception-needed/bad-not-excusable.yaml": '"one-outcome" allows no exception',
    "exception-needed/bad-no-such-rule.yaml": 'did you mean "due-in-claims"?',
    "figures-in-claims/bad-count.yaml": 'a claim says "over 500", not "500"',
    "figures-in-claims/bad-turned-round.yaml": 'a claim says "not more than £9m", not "over £9m"',
    "figures-in-claims/bad-two-years.yaml": 'no claim of this entry says "£2m"',
    "field-shape/bad-long-label.yaml": "has 39 characters; a label has 38 at most",
    "hash-in-quotes/bad.yaml": '"page 4, box" ends here',
    "id-form/bad-several.yaml": "for several write [harbour-office, review-team]",
    "id-form/bad-keys.yaml": 'write "fog-bells"',
    "inferred-field/bad-misspelt.yaml": 'did you mean "years"?',
    "known-choice/bad.yaml": 'did you mean "capital"?',
    "label-given/bad-kinds.yaml": "this title has 43 characters, and a row of a screen",
    "labels-differ/bad.yaml": '"fog-bells" is called "Fog bells" too',
    "labels-differ/bad-title.yaml": '"lamp-repairs" is called "Repair of lamps" too',
    "one-outcome/bad-dropped-and-superseded.yaml": "dropped and superseded are both written",
    "part-within-sum/bad-together.yaml": "add to £8m, more than the whole sum, £5m",
    "profile-adds-up/bad-full.yaml": "its years add to £5m",
    "profile-adds-up/bad-excess-declared.yaml": (
        "its years add to £10m more than £100m, and only what they fall short is unreconciled; "
        "remove it, and correct the figures, or record the exception"
    ),
    "profile-adds-up/bad-gap-of-another-size.yaml": "the gap is £10m, not £9m; correct it",
    "profile-adds-up/bad-gap-of-too-much.yaml": (
        "£1 more than £40,000,000; correct the figures, or record the exception with its reason"
    ),
    "profile-adds-up/bad-gap-that-is-none.yaml": "so £9m is not unreconciled",
    "profile-adds-up/bad-gap-without-years.yaml": "without yearly figures",
    "profile-adds-up/bad-partial-exceeds.yaml": "some of its years already add to £7m",
    "profile-adds-up/bad-years-beyond.yaml": "2023-24 is not one of its years",
    "profile-adds-up/bad-gap-undeclared.yaml": "£1m less than £40m; declare exactly that",
    "scope-in-total/bad.yaml": "is for Isle of Man, and added to those for England, as most here",
    "supersedes-outside/bad-shared-twice.yaml": 'are both in "fog-signals"',
    "unknown-field/bad-nested.yaml": 'did you mean "announced"?',
    "unknown-field/bad-section.yaml": "write one of about, benchmarks, bodies",
    "unknown-field/bad-top-level.yaml": 'did you mean "topics"?',
    "repeats-fit/bad-meeting-later.yaml": (
        '"28 February 2025 to 28 March 2025" would begin before "29 January 2025 to 28 February '
        '2025" has ended'
    ),
    "repeats-fit/bad-dates.yaml": '"spring 2022" cannot come round every month',
    "unknown-reference/bad-counted-from.yaml": 'did you mean "lamp-register"?',
    "unknown-reference/bad-did-you-mean.yaml": 'did you mean "harbour-office"?',
    "unknown-reference/bad-of-another-section.yaml": "but topics does",
    "unknown-reference/bad-source-in-an-outcome.yaml": 'did you mean "report"?',
    "valid-yaml/bad-tab.yaml": "indent with spaces, not tabs",
}
_MARK = re.compile(r"# (finding|next): ([a-z0-9, -]+)$")


def _cases(kind: str) -> list[str]:
    return sorted(str(path.relative_to(GALLERY)) for path in GALLERY.glob(f"*/{kind}*"))


BAD, GOOD = _cases("bad"), _cases("good")


def _files(case: str) -> list[Path]:
    """Return the files of a case that are named to the program, without the base."""
    path = GALLERY / case
    if path.is_file():
        return [path]
    inside = sorted(path.iterdir())
    return [one for one in inside if _alone(one)] or inside


def _alone(path: Path) -> bool:
    return path.read_bytes().startswith(b"# alone")


def _load(case: str) -> Loaded:
    files = _files(case)
    together = [] if any(_alone(path) for path in files) else [BASE]
    return load(*together, *files)


def _marked(path: Path) -> list[tuple[str, int]]:
    """Return the findings that a file says it holds, as rule and line."""
    marked = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if mark := _MARK.search(line):
            at = number + (mark[1] == "next")
            marked += [(rule, at) for rule in mark[2].split(", ")]
    return marked


def findings_of(case: str) -> list[tuple[str, str, int]]:
    """Return the findings that a case must have, as file, rule and line."""
    return sorted(
        (path.name, rule, line)
        for path in _files(case)
        for rule, line in (UNMARKED[case] if case in UNMARKED else _marked(path))
    )


def _found(loaded: Loaded) -> list[tuple[str, str, int]]:
    return sorted((one.path.name, one.finding.rule, one.position.line) for one in loaded.findings)


def test_every_rule_is_shown_broken_and_kept() -> None:
    """Every rule has a bad and a good file here, and every folder here is a rule."""
    folders = {path.name for path in GALLERY.iterdir() if path.is_dir() and path.name[0] != "_"}
    assert folders == set(RULES)
    assert {case.split("/")[0] for case in BAD} == set(RULES)
    assert {case.split("/")[0] for case in GOOD} == set(RULES)


def test_the_base_has_nothing_wrong_in_it() -> None:
    """What every case is read together with is valid by itself."""
    assert _found(load(BASE)) == []


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_has_the_marked_findings_and_no_others(case: str) -> None:
    """A broken file yields each marked finding on its line, the rule of its folder among them."""
    expected = findings_of(case)
    assert case.split("/", maxsplit=1)[0] in {rule for _, rule, _ in expected}
    assert _found(_load(case)) == expected


@pytest.mark.parametrize("case", GOOD)
def test_a_good_file_has_no_findings(case: str) -> None:
    """A file that only comes near to breaking a rule is left in peace."""
    assert _found(_load(case)) == []


@pytest.mark.parametrize("case", BAD)
def test_only_what_may_still_be_right_is_a_warning(case: str) -> None:
    """A finding is an error, except where later news may prove the record right."""
    for one in _load(case).findings:
        warned = (case, one.finding.rule) in WARNED
        assert one.finding.severity is (Severity.WARNING if warned else Severity.ERROR)


@pytest.mark.parametrize("case", BAD)
def test_a_finding_says_what_is_wrong_and_shows_the_line(case: str) -> None:
    """Each finding of a file that can be read has a message in one line, and the line it is on."""
    for one in _load(case).findings:
        assert one.finding.message
        assert "\n" not in one.finding.message
        assert not one.finding.message.endswith(".")
        if case not in UNMARKED and one.excerpt:
            lines = one.path.read_text(encoding="utf-8").splitlines()
            assert one.excerpt == lines[one.position.line - 1]
            assert 1 <= one.position.column <= len(one.excerpt) + 1


@pytest.mark.parametrize("case", HINTS)
def test_a_message_shows_the_way_out(case: str) -> None:
    """Where the program can tell what was meant, the message of the finding says it."""
    assert any(HINTS[case] in one.finding.message for one in _load(case).findings)


def test_an_exception_is_missed_only_in_what_is_whole() -> None:
    """Where entries had to be left out, what an exception is for may be in those."""
    dataset = load(BASE).valid()
    entry = dataset.commitments["lamp-repairs"]
    excepted = entry.model_copy(update={"exceptions": {"years-shared": "so it is"}})
    sums = {**dataset.commitments, "lamp-repairs": excepted}
    changed = dataset.model_copy(update={"commitments": sums})
    assert [one.rule for one in check(changed)] == ["exception-needed"]
    assert check(changed, whole=False) == []


EXCUSABLE = [case for case in BAD if all(RULES[rule].excusable for _, rule, _ in findings_of(case))]


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
    dataset = _load(case).dataset
    assert dataset is not None
    excused = set()
    while found := check(dataset):  # an outer envelope is reported once the inner one is excused
        place = (*found[0].route[:2], found[0].rule)
        assert place not in excused, "its exception is recorded, and not heeded"
        excused.add(place)
        dataset = _excepting(dataset, found[0])
    answers = content(dataset, as_of=date(2021, 6, 30), digest="").answers
    assert set(answers) == {"totals", "counted", "deadlines", "compare"}


# What these look at is no entry, and records no exceptions.
ELSEWHERE = {"source-dated", "deflators-agree", "deflators-complete"}
ON_ENTRIES = [one for one in RULES.values() if one.check and one.id not in ELSEWHERE]


@pytest.mark.parametrize("rule", ON_ENTRIES, ids=lambda one: one.id)
def test_every_rule_on_entries_can_allow_exceptions(
    rule: Rule, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever its subject, to declare a rule excusable is enough."""
    broken = [(case, _load(case).dataset) for case in BAD if case.startswith(f"{rule.id}/")]
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
    found = load(BASE, GALLERY / "_many-faults.yaml").findings
    in_order = [(one.finding.rule, one.position.line) for one in found]
    assert in_order == _marked(GALLERY / "_many-faults.yaml")
    assert [one.position[:2] for one in found] == sorted(one.position[:2] for one in found)


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
@pytest.mark.parametrize("depth", [21, 30_000])
def test_nesting_without_end_is_one_finding(
    tmp_path: Path, depth: int, opening: str, closing: str
) -> None:
    """Brackets nested 21 or 30,000 deep end in one finding, not in the end of the process."""
    path = tmp_path / "deep.yaml"
    path.write_text(opening * depth + closing * depth, encoding="utf-8")
    assert _found(load(BASE, path)) == [("deep.yaml", "nesting-depth", 1)]


def test_twenty_deep_is_not_too_deep(tmp_path: Path) -> None:
    """At the limit itself, depth is not what is wrong."""
    path = tmp_path / "deep.yaml"
    path.write_text("{a: " * 20 + "}" * 20, encoding="utf-8")
    assert _found(load(BASE, path)) == [("deep.yaml", "unknown-field", 1)]
