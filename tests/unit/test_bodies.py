"""Bodies by any usual name or code, who is a member of whom, and what of it is of one place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reformcalc.reading.load import load
from reformcalc.record.bodies import Groups, find

BODIES = load().valid().bodies
COUNCILS = {id_: body for id_, body in BODIES.items() if body.kind == "council"}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Bristol", ["bristol"]),
        ("City of Bristol", ["bristol"]),
        ("bristol city council", ["bristol"]),
        ("  BRÍSTOL ", ["bristol"]),
        ("E06000023", ["bristol"]),
        ("e06000023", ["bristol"]),
        ("801", ["bristol"]),
        ("BST", ["bristol"]),
        ("E08000016", ["barnsley"]),  # until 2025
        ("E08000038", ["barnsley"]),
        ("E08000019", ["sheffield"]),
        ("Hammersmith & Fulham", ["hammersmith-and-fulham"]),
        ("Kingston upon Hull", ["hull"]),
        ("St. Helen's", ["st-helens"]),
        ("Durham", ["county-durham"]),
        ("London Borough of Lewisham Council", ["lewisham"]),
        ("LB Lewisham", ["lewisham"]),
        ("Wirral MBC", ["wirral"]),
        ("Newcastle", ["newcastle-upon-tyne"]),
        ("the B&NES council", ["bath-and-north-east-somerset"]),
        ("Derby", ["derby"]),
        ("Derbyshire", ["derbyshire"]),
        ("London", ["london"]),
        ("City of London", ["city-of-london"]),
        ("North East", ["north-east"]),
        ("East of England", ["eastern-region"]),
        ("Cheshire", ["cheshire-east", "cheshire-west-and-chester"]),
        ("Northamptonshire", ["north-northamptonshire", "west-northamptonshire"]),
        ("Kingston", ["hull", "kingston-upon-thames"]),
        ("DfE", ["dfe"]),
        ("Department of Education", ["dfe"]),
        ("Treasury", ["hmt"]),
        ("councils", ["local-authorities"]),
        ("the council", []),
        ("a", []),  # of "Become, a charity of children in care"
        ("in", []),
        ("charity of children in care", ["become"]),
        ("Lincoln", []),
        ("", []),
        ("&", []),
    ],
)
def test_a_body_is_found_by_any_usual_name_or_code(said: str, meant: list[str]) -> None:
    """One is found, none, or all that it can mean."""
    assert sorted(find(BODIES, said)) == meant


@given(
    st.sampled_from(sorted(COUNCILS)), st.sampled_from(["{}", "the {}", "{} Council"]), st.data()
)
def test_every_council_is_found_by_all_that_it_is_called(
    id_: str, around: str, data: st.DataObject
) -> None:
    """Whatever the case, and with the words that councils have in their names."""
    body = COUNCILS[id_]
    codes = [code for _, code in body.every_code]
    name = data.draw(st.sampled_from([body.title, body.name, *body.also_called, id_]))
    assert find(BODIES, around.format(name).swapcase()) == (id_,)
    assert {find(BODIES, code.lower()) for code in codes} == {(id_,)}


def test_the_councils_are_all_there() -> None:
    """153 councils have children's services, each in one of nine regions, with codes of its own."""
    regions = {id_ for id_, body in BODIES.items() if body.kind == "region"}
    groups = Groups(BODIES)
    assert (len(COUNCILS), len(regions)) == (153, 9)
    assert sum(len(groups.ends(id_)) for id_ in regions) == 153
    assert groups.ends("local-authorities") == {*COUNCILS}
    assert len(groups.ends("greater-manchester")) == 10
    said = [one for body in BODIES.values() for one in body.every_code]
    assert {name for name, _ in said} == {"gss", "dfe", "mysociety"}
    assert len(said) == len(set(said))
    assert {id_ for id_, body in COUNCILS.items() if len(body.gss) > 1} == {"barnsley", "sheffield"}
    assert all(list(map(len, body.codes.values())) == [1, 1] for body in COUNCILS.values())


@pytest.mark.parametrize(
    ("id_", "local"),
    [("dorset", True), ("eastern-region", True), ("local-authorities", False), ("dfe", False)],
)
def test_what_is_of_one_place(id_: str, *, local: bool) -> None:
    """A council or a region is of one place; all councils, and departments, are not."""
    assert Groups(BODIES).is_local(id_) == local
