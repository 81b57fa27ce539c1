"""Councils, regions and groups: which one is meant by some words, and what leads to its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc.errors import Refused, Several, UnknownId
from reformcalc.record.bodies import find, same_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reformcalc.ledger.known import Known

_OFFERED = 5  # bodies that a person looks through


def places(record: Known, said: str) -> list[str]:
    """Return the bodies of a place, or of several, that are meant by a name or a code."""
    return [id_ for id_ in bodies(record, said) if is_place(record, id_)]


def bodies(record: Known, said: str, *, in_part: bool = True) -> Sequence[str]:
    """Return the bodies that are meant by a name, a code, or an id of now or of before."""
    now = record.now_called("bodies", said)
    return [now] if now else find(record.bodies, said, in_part=in_part)


def is_place(record: Known, id_: str) -> bool:
    """Whether a body is a council, or what councils are members of."""
    return record.groups.is_local(id_) or bool(record.groups.below([id_]))


def place(record: Known, said: str) -> str:
    """Return the one body that is meant by a name or a code.

    Raises Several where it may be more than one, Refused for a body that is no place, UnknownId
    for what is none.
    """
    found = places(record, said)
    if len(found) == 1:
        return found[0]
    if found:
        offered = [(id_, record.bodies[id_].title) for id_ in found[:_OFFERED]]
        raise Several(said, offered, len(found) - len(offered), "bodies")
    if others := bodies(record, said, in_part=False):
        name = record.bodies[others[0]].name
        raise Refused(
            f"{name} is no council, and no group of them",
            f"what it promised: reformcalc deadlines --lead {others[0]}",
        )
    _refuse_elsewhere(record, said)
    local = {id_: body for id_, body in record.bodies.items() if is_place(record, id_)}
    if not local:
        raise Refused(
            f'no council is in the record, and so none that "{said}" may be',
            "one is written as reformcalc new body shows",
        )
    called = {id_: body.title for id_, body in local.items()}
    councils = sum(body.kind == "council" for body in local.values())
    there = f"there are {councils} councils, their regions and groups: reformcalc list bodies"
    raise UnknownId("council or region", said, local, there, called=called)


def _refuse_elsewhere(record: Known, said: str) -> None:
    """Refuse a council of another nation where those of the record are England's."""
    codes = [
        code for id_, body in record.bodies.items() if is_place(record, id_) for code in body.gss
    ]
    if not codes or not all(code.startswith("E") for code in codes):
        return
    for nation, councils in _ELSEWHERE.items():
        for name in (nation, *councils.split(", ")):
            if same_place(name, said):
                where = "" if name == nation else f"in {nation}, "
                raise Refused(
                    f"{name} is {where}not in England, whose councils these are",
                    "what there is: reformcalc list bodies",
                )


# The councils of the other nations, which make promises of their own.
_ELSEWHERE = {
    "Scotland": "Aberdeen, Aberdeenshire, Angus, Argyll and Bute, Clackmannanshire, "
    "Dumfries and Galloway, Dundee, East Ayrshire, East Dunbartonshire, East Lothian, "
    "East Renfrewshire, Edinburgh, Falkirk, Fife, Glasgow, Highland, Inverclyde, Midlothian, "
    "Moray, Na h-Eileanan Siar, North Ayrshire, North Lanarkshire, Orkney Islands, "
    "Perth and Kinross, Renfrewshire, Scottish Borders, Shetland Islands, South Ayrshire, "
    "South Lanarkshire, Stirling, West Dunbartonshire, West Lothian",
    "Wales": "Blaenau Gwent, Bridgend, Caerphilly, Cardiff, Carmarthenshire, Ceredigion, Conwy, "
    "Denbighshire, Flintshire, Gwynedd, Isle of Anglesey, Merthyr Tydfil, Monmouthshire, "
    "Neath Port Talbot, Newport, Pembrokeshire, Powys, Rhondda Cynon Taf, Swansea, Torfaen, "
    "Vale of Glamorgan, Wrexham",
    "Northern Ireland": "Antrim and Newtownabbey, Ards and North Down, "
    "Armagh City Banbridge and Craigavon, Belfast, Causeway Coast and Glens, Derry and Strabane, "
    "Fermanagh and Omagh, Lisburn and Castlereagh, Mid and East Antrim, Mid Ulster, "
    "Newry Mourne and Down",
}


def ways(record: Known, said: Iterable[str]) -> list[tuple[str, str]]:
    """Return, for each of some words that name one place, what it is called and what answers."""
    found = (places(record, one) for one in said)
    ids = dict.fromkeys(some[0] for some in found if len(some) == 1)
    return [(record.bodies[id_].name, f"for {id_}") for id_ in ids]


def led_on(record: Known, said: Iterable[str]) -> str:
    """Return the rest of a sentence that leads to what answers for a place; "" for none."""
    return "".join(
        f"; all that is known of {name}: reformcalc {command}"
        for name, command in ways(record, said)
    )
