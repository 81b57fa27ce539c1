"""The JSON Schema says of a file what the program says of its form."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter, ValidationError

from reformcalc.reading.files import bundled
from reformcalc.record.fields import (
    DueWords,
    Fragment,
    Label,
    Money,
    Number,
    PeriodWords,
    WhenWords,
    YearRun,
)
from reformcalc.record.forms import FORMS
from reformcalc.record.schema import schema
from tests.conftest import PROJECT, TINY
from tests.rules import gallery

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Result

VALIDATOR = Draft202012Validator(schema())


def _written(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)


@pytest.mark.parametrize("path", [*sorted(bundled().glob("*.yaml")), TINY], ids=lambda p: p.name)
def test_the_schema_takes_what_is_right(path: Path) -> None:
    """Files that the program takes have no fault by the schema."""
    assert list(VALIDATOR.iter_errors(_written(path))) == []


@pytest.mark.parametrize(
    ("fault", "where"),
    [
        ({"commitments": {"a": {"titl": "x"}}}, "$.commitments.a"),
        ({"milestones": {"a": {"due": ["spring 2024"]}}}, "$.milestones.a.due"),
        ({"commitments": {"a": {"spending": "revnue"}}}, "$.commitments.a.spending"),
        ({"comitments": {}}, "$"),
    ],
)
def test_the_schema_marks_what_is_wrong(fault: Any, where: str) -> None:
    """Misspelt fields, wrong shapes and words outside a list are faults at their place."""
    assert where in {error.json_path for error in VALIDATOR.iter_errors(fault)}


def test_check_jsonschema_takes_what_is_right_and_finds_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The tool of editors and hooks agrees: the schema is one, and a record keeps to it."""
    import check_jsonschema  # type: ignore[import-untyped]

    def check(*arguments: str | Path) -> tuple[int, str]:
        with pytest.raises(SystemExit) as end:
            check_jsonschema.main([*map(str, arguments)])
        return int(end.value.code or 0), capsys.readouterr().out

    ours = PROJECT / "docs" / "schema.json"
    assert check("--check-metaschema", ours)[0] == 0
    assert check("--schemafile", ours, TINY)[0] == 0
    broken = tmp_path / "broken.yaml"
    text = TINY.read_text(encoding="utf-8")
    broken.write_text(text.replace("spending_years: 3", "spending_yeers: 3"), encoding="utf-8")
    code, said = check("--schemafile", ours, broken)
    assert code == 1
    assert "spending_yeers" in said


def test_the_schema_marks_nothing_that_is_right() -> None:
    """What comes near to breaking a rule and does not is no fault by the schema either."""
    paths = [
        path for case in gallery.GOOD if case.endswith(".yaml") for path in gallery.files(case)
    ]
    assert len(paths) > 100
    assert [path for path in paths if [*VALIDATOR.iter_errors(_written(path))]] == []


OF_FORM = {
    *("amount-form", "code-form", "count-form", "date-form", "day-form", "field-shape"),
    *("fragment-length", "id-form", "known-choice", "missing-field", "number-form"),
    *("truth-form", "unknown-field", "year-form"),
}
BEYOND_FORM = {
    "missing-field/bad-about-absent",  # another file of the record may have it
    "missing-field/bad-of-the-record.yaml",  # more is asked of the record than of one's own plan
    "year-form/bad-too-many.yaml",  # it would take arithmetic
}


@pytest.mark.parametrize("case", [one for one in gallery.BAD if gallery.rule_of(one) in OF_FORM])
def test_the_schema_marks_slips_of_form(case: str) -> None:
    """Each broken file of a rule on the form of a field has a fault by the schema."""
    faults = [one for path in gallery.files(case) for one in VALIDATOR.iter_errors(_written(path))]
    assert bool(faults) is (case not in BEYOND_FORM)


@pytest.mark.parametrize(
    ("form", "texts"),
    [
        ("amount", ["OVER £1,000.50", "£25 million to £27 Million", "a maximum of £9 bn", " £2m "]),
        ("number", ["Up to 500", "1,200 to 1,300", "12 per cent", "−5%", "+3.1 %", "£3,000"]),
        ("due", ["By the End of Autumn 2024", "the end of the end of 2023", "Q4 2026-27", "2027"]),
        ("due", ["July to August 2023", "mid FY 2026-27..2028", "before  May\n2024", "H1 2024-25"]),
        ("due", ["once funding is agreed", "In due course", "within 6 months of an-id", "1900"]),
        ("when", ["3rd March 2024", "2023-02-02 .. 2023-05-11", "spring to May 2024"]),
        ("years", ["2023-24", " 2023-24 .. 2024-25 "]),
        ("period", ["every  two weeks", "6-weekly", "termly", "half-yearly"]),
        ("label", ["x" * 38, "a  b\n" + "x" * 34]),
        ("fragment", [" ".join("x" * 12), "one\ntwo "]),
    ],
)
def test_a_pattern_takes_what_its_parser_takes(form: str, texts: list[str]) -> None:
    """However a value is spelt, spaced or written in capitals: where we read it, no editor errs."""
    read = TypeAdapter(TYPES[form])
    for text in texts:
        with suppress(ValidationError):
            read.validate_python(text)
            assert re.search(FORMS[form]["pattern"], text), text


TYPES: dict[str, Any] = {
    "amount": Money,
    "number": Number,
    "due": DueWords,
    "when": WhenWords,
    "years": YearRun,
    "period": PeriodWords,
    "label": Label,
    "fragment": Fragment,
}


@given(form=st.sampled_from(sorted(TYPES)), data=st.data())
def test_a_pattern_takes_any_text_that_its_parser_takes(form: str, data: st.DataObject) -> None:
    """Words of the grammars in any order: what a parser makes something of, its pattern takes."""
    words = st.sampled_from(WORDS)
    text = " ".join(data.draw(st.lists(words, min_size=1, max_size=5)))
    with suppress(ValidationError):
        TypeAdapter(TYPES[form]).validate_python(text)
        assert re.search(FORMS[form]["pattern"], text), text


WORDS = (
    *("over", "Up to", "not less than", "£5m", "£1,000", "£2.5 bn", "to", "12%", "per cent", "-5%"),
    *("by", "the end of", "early", "spring", "March", "3rd", "2024", "2024-03-01", "FY", "2023-24"),
    *("..", "Q4", "when", "subject to", "in due course", "within", "6", "weeks", "of", "an-id"),
    *("every", "weekly", "before", "2023-24..2024-25"),
)


def test_what_an_editor_writes_in_at_once_is_whole() -> None:
    """It has every field that is needed, each with one place to go to, and none that is unknown."""
    made = schema()["$defs"]
    snippets = {name: one for name, part in made.items() for one in part.get("defaultSnippets", ())}
    assert {"Commitment", "Milestone", "Recommendation", "Search"} <= snippets.keys()
    for name, snippet in snippets.items():
        fields = made[name]["properties"].keys()
        assert {*made[name]["required"]} <= snippet["body"].keys() <= fields, name
        places = re.findall(r"[$][0-9]+", json.dumps(snippet["body"]))
        assert places == [f"${number}" for number in range(1, len(places) + 1)]


def test_every_field_says_what_it_is() -> None:
    """An editor has a description to show for every field."""
    silent = [
        f"{name}.{field}"
        for name, part in schema()["$defs"].items()
        for field, said in part.get("properties", {}).items()
        if "description" not in said
    ]
    assert silent == []


def test_editors_find_the_schema(run: Callable[..., Result]) -> None:
    """Each shipped file names the schema in its first line, and that is what `schema` prints."""
    printed = json.loads(run("schema").out)
    for path in (PROJECT / "data").glob("*.yaml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        named = path.parent / first.removeprefix("# yaml-language-server: $schema=")
        assert named.resolve() == PROJECT / "docs" / "schema.json"
        assert json.loads(named.read_text(encoding="utf-8")) == printed
