"""Events as an iCalendar file (RFC 5545). The only importer of icalendar, an optional extra."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from reformcalc.errors import ReformcalcError
from reformcalc.printable import on_the_web

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from dateutil.relativedelta import relativedelta

    from reformcalc.report import Event

_PRODUCT = "-//reformcalc//deadlines//EN"


def render_ics(
    events: Iterable[Event],
    *,
    name: str,
    notes: Sequence[str],
    as_of: date,
    alarm: relativedelta | None = None,
) -> str:
    """Return events as the text of a calendar, stamped with the day that is answered for.

    A second import of the same events updates them: their UIDs are the same, and the stamp and the
    sequence tell which is newer. `alarm` reminds so long before each.
    """
    try:
        import icalendar  # noqa: PLC0415  an optional extra
    except ImportError:
        message = (
            "a calendar needs the package icalendar: pip install icalendar "
            "(with pipx: pipx inject reformcalc icalendar)"
        )
        raise ReformcalcError(message) from None
    calendar = icalendar.Calendar()
    for field, value in (
        ("prodid", _PRODUCT),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("name", name),
        ("x-wr-calname", name),
        ("description", "\n".join(notes)),
    ):
        calendar.add(field, value)
    stamp = datetime.combine(as_of, time(), tzinfo=UTC)
    for event in events:
        calendar.add_component(_component(icalendar, event, stamp, alarm))
    text: bytes = calendar.to_ical()
    return text.decode("utf-8")


def _component(icalendar: Any, event: Event, stamp: datetime, alarm: relativedelta | None) -> Any:
    component = icalendar.Event()
    for field, value in (
        ("uid", event.uid),
        ("dtstamp", stamp),
        ("sequence", event.revision),
        ("dtstart", event.day),
        (
            "dtend",
            (event.until or event.day) + timedelta(days=1),
        ),  # the first day that is no part of it
        ("summary", event.title),
        ("description", event.text),
        ("status", _status(event)),
        ("transp", "TRANSPARENT"),  # it takes up none of the day
    ):
        component.add(field, value)
    if event.categories:
        component.add("categories", list(event.categories))
    if event.url and on_the_web(event.url):
        component.add("url", event.url)
    if alarm is not None and event.open:
        reminder = icalendar.Alarm()
        reminder.add("action", "DISPLAY")
        reminder.add("description", event.title)
        reminder.add("trigger", (event.alarm_day - alarm) - event.day)
        component.add_component(reminder)
    return component


def _status(event: Event) -> str:
    if event.cancelled:
        return "CANCELLED"
    return "TENTATIVE" if event.tentative else "CONFIRMED"
