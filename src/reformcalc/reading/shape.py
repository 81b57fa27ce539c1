"""Plain values to a Dataset whose references all resolve; what is refused becomes findings.

An entry that cannot be read, or that names what nothing defines, is reported and left out, so that
the rules can still look at the rest.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel, ValidationError

from reformcalc.errors import did_you_mean
from reformcalc.findings import Finding
from reformcalc.reading import meant
from reformcalc.record.fields import FORMS
from reformcalc.record.model import Dataset
from reformcalc.record.references import references, unknown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from pydantic_core import ErrorDetails

    from reformcalc.findings import Plain, Route


_NO_ABOUT = (
    '"about" is missing; write it, or name the record that this adds to before it, as in: '
    "reformcalc validate bundled ours.yaml"
)
_NO_CLAIM = "no claim is given; write at least one: its source, the place in it, its words"


@dataclass(frozen=True, slots=True)
class Shaped:
    """What could be read: None without an `about`. `whole` is false if entries were left out."""

    dataset: Dataset | None
    findings: tuple[Finding, ...]
    whole: bool


def shape(plain: Mapping[str, Plain], own: Collection[str] = ()) -> Shaped:
    """Read plain values as a dataset. Never raises.

    `own` are the milestones of one's own plan, of which less must be said.
    """
    findings = [*unknown(plain), *_left_out(plain, own)]
    try:
        dataset = Dataset.model_validate(plain)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        inner = {one["loc"][:depth] for one in details for depth in range(len(one["loc"]))}
        # A list may count as too short only because what is in it was refused.
        findings += [
            _finding(one, plain)
            for one in details
            if (one["type"] != "too_short" or one["loc"] not in inner)
            and not (one["type"] == "missing" and _is_there(plain, one["loc"]))
        ]
    else:
        if not findings:
            return Shaped(dataset, (), whole=True)
    remainder = _remainder(plain, findings)
    return Shaped(remainder, tuple(_once(findings)), whole=False)


def _once(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield each fault once: an id in the wrong form leads nowhere, too.

    Which entry was meant is said rather than how an id is written.
    """
    told = {
        _written(one)
        for one in findings
        if one.rule == "unknown-reference" and "," not in one.names  # several are not one
    }
    shapeless = {_written(one) for one in findings if one.rule == "field-shape"}
    ill_formed = {_written(one) for one in findings if one.rule == "id-form"}
    for one in findings:
        written = _written(one)
        if one.rule == "unknown-reference" and (
            written in shapeless or (written in ill_formed and written not in told)
        ):
            continue
        if one.rule == "id-form" and written in told:
            continue
        yield one


def _left_out(plain: Mapping[str, Plain], own: Collection[str]) -> Iterator[Finding]:
    """Yield what the milestones of the record lack that one's own plan may leave out."""
    entries = plain.get("milestones")
    for id_, entry in entries.items() if isinstance(entries, dict) else ():
        if id_ in own or not isinstance(entry, dict):
            continue
        route: Route = ("milestones", id_)
        for name in ("promised", "lead"):
            if entry.get(name) in (None, []):
                yield _missing((*route, name))
        yield from _unclaimed(route, entry)
        for name in ("moved", "outcome"):
            parts = entry.get(name, [])
            for place, part in enumerate(parts if isinstance(parts, list) else [parts]):
                yield from _unclaimed((*route, name, place), part)


def _unclaimed(route: Route, part: Plain) -> Iterator[Finding]:
    if isinstance(part, dict) and part.get("claims") in (None, []):
        yield Finding("claims-given", _NO_CLAIM, (*route, "claims"), on_key=True)


def _written(finding: Finding) -> Route:
    """Return the route as written: a lone id stands for a list of one, or for its envelope."""
    route = finding.route
    for step in ("in", 0):
        route = route[:-1] if route[-1:] == (step,) else route
    return route


def _remainder(plain: Mapping[str, Plain], findings: list[Finding]) -> Dataset | None:
    """Read again without what was refused, and without what then leads nowhere."""
    kept: dict[str, Any] = {
        section: dict(entries) for section, entries in plain.items() if isinstance(entries, dict)
    }
    named_in: defaultdict[tuple[str, str], list[Route]] = defaultdict(list)
    for one in references(plain):
        named_in[one.section, one.name].append(one.route)
    waiting = [one.route for one in findings]
    while waiting:
        for lost in _drop(kept, waiting.pop()):
            waiting += named_in.pop(lost, ())
    try:
        return Dataset.model_validate(kept)
    except ValidationError:  # without a sound `about` there is nothing to ask
        return None


def _drop(kept: dict[str, Any], route: Route) -> list[tuple[str, str]]:
    """Take the entry out that a route leads into, or the section; return the ids that are gone."""
    if not route or route[0] not in kept:
        return []
    section = str(route[0])
    if route == ("about", "benchmark"):
        kept[section].pop("benchmark", None)
        return []
    if len(route) == 1 or section == "about":
        return [(section, id_) for id_ in kept.pop(section)]
    id_ = str(route[1])
    return [(section, id_)] if kept[section].pop(id_, None) is not None else []


def _finding(error: ErrorDetails, plain: Mapping[str, Plain]) -> Finding:
    on_key = "[key]" in error["loc"]
    route: Route = tuple(step for step in error["loc"] if step not in ("[key]", *FORMS))
    value = _value_at(plain, route)
    if said := _in_our_words(error["type"], route, value):
        rule = "field-shape" if error["type"] in _SHAPES else error["type"]
        return Finding(rule, said, route, on_key=on_key)
    match error["type"]:
        case "extra_forbidden":
            what = "section" if len(route) == 1 else "field"
            message = f'"{route[-1]}" is not a {what} here{_meant(route, value)}'
            return Finding("unknown-field", message, route, on_key=True)
        case "missing":
            if route[-1] == "claims":
                return Finding("claims-given", _NO_CLAIM, route[:-1], on_key=True)
            if route == ("about",):
                return Finding("missing-field", _NO_ABOUT, (), on_key=True, names="about")
            return _missing(route)
        case "too_short" if route[-1] == "claims":
            return Finding("claims-given", _NO_CLAIM, route, on_key=True)
        case "too_short":
            return Finding("field-shape", "nothing is written here; write at least one", route)
        case "tuple_type" | "list_type":
            message = 'a list is expected here; begin each of its lines with "- "'
            return Finding("field-shape", message, route)
        case "dict_type" | "model_type" | "model_attributes_type":
            message = 'fields are expected here, each on a line of its own as "name: value"'
            return Finding("field-shape", message, route)
        case rule:
            return Finding(rule, error["msg"], route, on_key=on_key)


def _is_there(plain: Mapping[str, Plain], route: Route) -> bool:
    """Whether a missing field of an action is there under another name, or not set in."""
    if route[0] != "milestones" or len(route) != 3:
        return False
    entry, fields = _value_at(plain, route[:2]), _fields_at(route[:2])
    names = entry if isinstance(entry, dict) else {}
    elsewhere = {meant.field_of(name, fields) for name in names if name not in fields}
    return route[2] in elsewhere or route[2] in plain


_SHAPES = ("tuple_type", "list_type", "dict_type", "model_type", "model_attributes_type")


def _in_our_words(kind: str, route: Route, value: Plain | None) -> str:
    """Say how a value is written that stands in another form, where that can be told."""
    match kind:
        case shape if shape in _SHAPES:
            return meant.of_a_word(route, value)
        case "field-shape":
            return meant.of_a_word(route, value) if isinstance(value, list) else ""
        case "known-choice":
            return meant.of_a_choice(route, value)
        case "day-form":
            return meant.of_a_day_done(route, value)
        case _:
            return ""


def _value_at(plain: Mapping[str, Plain], route: Route) -> Plain | None:
    """Return what is written at a route; a lone value stands for a list of one."""
    value: Any = plain
    for step in route:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int):
            value = value[step]
    return value  # type: ignore[no-any-return]


def _missing(route: Route) -> Finding:
    """Say that a field is missing, and what is to be written there."""
    message = meant.missing_line(str(route[-1]), _description(route).partition(";")[0])
    return Finding("missing-field", message, route[:-1], on_key=True)


def _meant(route: Route, value: Plain | None) -> str:
    """Say what was most likely meant by a name that the format does not have at a place."""
    name, fields = str(route[-1]), _fields_at(route[:-1])
    near = did_you_mean(name, fields)
    if len(route) == 1 and not near:
        near = meant.of_a_section(name, value)
    of_an_action = route[0] == "milestones" and len(route) == 3
    if of_an_action and (said := meant.another_name(name, value, fields)):
        return said
    if near:
        return near
    if " " in name:
        return "; if it is the rest of a text that holds a comma, put that in quotes"
    if of_an_action:
        return "; write what it says under note, or delete the line"
    return f"; write one of {', '.join(sorted(fields))}" if len(route) == 1 else ""


def _fields_at(route: Route) -> list[str]:
    """Return the names that the format has at a place, for a hint."""
    return [field.alias or name for name, field in _model_at(route).model_fields.items()]


def _description(route: Route) -> str:
    """Return what the format says of a field."""
    fields = _model_at(route[:-1]).model_fields.items()
    said = (field.description for name, field in fields if route[-1] in (name, field.alias))
    return next(said, None) or ""


def _model_at(route: Route) -> type[BaseModel]:
    """Return the type that the format has at a place."""
    model: type[BaseModel] = Dataset
    for step in route:
        for name, field in model.model_fields.items():
            if step in (name, field.alias):
                model = _model_in(field.annotation) or model
                break
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the first model that a type holds, however wrapped."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for one in get_args(annotation) if (found := _model_in(one))), None)
