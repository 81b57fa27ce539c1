"""Rules on what a row of a screen calls an entry."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reformcalc.findings import Severity
from reformcalc.record.fields import LONGEST_NAME
from reformcalc.record.references import ENTRY_KINDS
from reformcalc.record.renaming import NAMED
from reformcalc.rules.registry import Violation, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reformcalc.findings import Route
    from reformcalc.record.model import Dataset


@rule("label-given", Severity.WARNING)
def label_given(dataset: Dataset) -> Iterator[Violation]:
    """What a row of a screen has no room for has a label.

    A row has room for 38 characters. A commitment, a milestone or a recommendation with a longer
    title has a shorter name under `label`, in nouns as people use them: "Lamp repairs,
    2024-25". It is understood alone, and where there are several editions it has their years. One's
    own plan needs none: its rows break.
    """
    for kind in ("commitments", "milestones", "recommendations"):
        for id_, entry in getattr(dataset, kind).items():
            length = len(entry.name)
            if length > LONGEST_NAME and not entry.own:
                message = (
                    f"this title has {length} characters, and a row of a screen has room for "
                    f"{LONGEST_NAME}; write a shorter name under label"
                )
                yield Violation((kind, id_, "title"), message)


@rule("labels-differ", Severity.WARNING)
def labels_differ(dataset: Dataset) -> Iterator[Violation]:
    """No label is the name of another entry of its kind.

    Rows that have the same name cannot be told apart: say which year, place or part each is of.
    """
    for kind in ENTRY_KINDS:
        entries = getattr(dataset, kind)
        labels = {entry.label for entry in entries.values() if entry.label}
        called = defaultdict(list)
        for id_, entry in entries.items() if labels else ():
            if entry.name in labels:
                called[entry.name].append(id_)
        for name, ids in called.items():
            # Who has no label keeps the name; else the first.
            kept = min(ids, key=lambda id_: entries[id_].label is not None)
            for id_ in ids:
                if entries[id_].label and id_ != kept:
                    message = f'"{kept}" is called "{name}" too; give one of them another label'
                    there = f'two {kind} are called "{name}"; give this one another label'
                    also: Route = (kind, kept, "label" if entries[kept].label else "title")
                    yield Violation((kind, id_, "label"), message, also=(also,), there=there)


@rule("former-id-free", on=NAMED)
def former_id_free(dataset: Dataset) -> Iterator[Violation]:
    """A former id is that of no entry, and was of one alone.

    What is cited under it leads on to the entry that had it (`formerly`), and cannot lead to two.
    Another entry needs an id that none of its kind has had.
    """
    for kind in NAMED:
        entries = getattr(dataset, kind)
        had: dict[str, str] = {}
        for id_, entry in entries.items():
            for place, was in enumerate(entry.formerly):
                other = was if was in entries else had.setdefault(was, id_)
                if other != id_ or was in entries:
                    whose = "an entry has" if was in entries else f'"{other}" had too'
                    message = (
                        f'formerly names "{was}", which is an id that {whose}; give that entry '
                        "another one, or leave it out here"
                    )
                    yield Violation((kind, id_, "formerly", place), message)


RULES = (label_given, labels_differ, former_id_free)
