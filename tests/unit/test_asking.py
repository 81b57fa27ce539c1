"""The options that commands share, and what a command is handed of them."""

from __future__ import annotations

import inspect
from datetime import date
from typing import TYPE_CHECKING

import pytest
import typer

from reformcalc.cli.ask import Asked, asking
from reformcalc.errors import DatasetInvalid
from reformcalc.render import Format
from tests.conftest import TINY

if TYPE_CHECKING:
    from pathlib import Path


@asking("as_of", "data", "output")
def weigh(thing: str, *, asked: Asked, heavy: bool = False) -> None:
    """Weigh a thing."""
    answers.append((thing, asked.day, asked.output.form, heavy))


answers: list[tuple[str, date, Format, bool]] = []


def test_shared_options_stand_where_the_question_stands() -> None:
    """A command shows its own options and the shared ones in the order of its parameters."""
    assert [*inspect.signature(weigh).parameters] == [
        "thing", "as_of", "data", "format", "json", "output", "no_pager", "heavy",
    ]  # fmt: skip
    assert (weigh.__name__, weigh.__doc__) == ("weigh", "Weigh a thing.")


def test_a_command_is_handed_its_question() -> None:
    """What was typed for the shared options comes as one value, the rest as it was."""
    answers.clear()
    form = {"format": None, "json": True, "output": None, "no_pager": False}
    weigh(thing="lamp", heavy=True, as_of="2030-01-02", data=None, **form)
    assert answers == [("lamp", date(2030, 1, 2), Format.JSON, True)]


def test_each_option_is_read_when_it_is_asked_for(tmp_path: Path) -> None:
    """The record is that of the day; a wrong day is told before a wrong file is read."""
    assert Asked({"as_of": "2029-05-01", "data": [str(TINY)]}).record.as_of == date(2029, 5, 1)
    broken = tmp_path / "broken.yaml"
    broken.write_text("commitments: {a: {}}\n")
    with pytest.raises(typer.BadParameter):
        _ = Asked({"as_of": "tomorrow", "data": [str(broken)]}).record
    with pytest.raises(DatasetInvalid):
        _ = Asked({"as_of": "2029-05-01", "data": [str(broken)]}).record
    named = {"pillar": ["a", "a", "b"], "topic": None, "lead": ["c"]}
    asked = Asked(named | {"as_of": "2029-05-01", "data": [str(TINY)]})
    assert (asked.chosen.pillars, asked.chosen.topics, asked.chosen.leads) == (
        ("a", "b"),
        (),
        ("c",),
    )
