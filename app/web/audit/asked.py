"""Which acts are asked for: the filters, as they stand in the address."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from flask import request

from app.domain.audit_log import Filters
from app.errors import InvalidInput
from app.web import formats

# Far enough from the ends of the calendar that a day and a time zone never lead beyond them.
FIRST, LAST = date(2000, 1, 1), date(2999, 12, 31)

_DAYS = ("since", "until")
_LONGEST = 60  # of what somebody wrote
_HOW = "Write the day as 2026-11-30."


class Asked(NamedTuple):
    """The filters as they stand in the address."""

    actor: str
    action: str
    since: str
    until: str

    def query(self, **more: object) -> str:
        """The same filters for another address."""
        kept = {name: value for name, value in self._asdict().items() if value}
        return urlencode({**kept, **more})


def sent() -> Asked:
    """The filters of this request; a day that is none is not among them."""
    actor, action = (
        request.args.get(name, "").replace("\0", "")[:_LONGEST] for name in ("actor", "action")
    )
    return Asked(actor, action, *map(_nearest, _typed().values()))


def problems() -> dict[str, str]:
    """What is wrong with the days of this request, each beside its field."""
    told = {name: _problem(text) for name, text in _typed().items()}
    return {name: sentence for name, sentence in told.items() if sentence}


def require_days() -> None:
    """A file has no field to say it beside: none is made of a filter that cannot be read."""
    for name, text in _typed().items():
        if text and _day(text) is None:
            raise InvalidInput(f"“{text[:_LONGEST]}” is no day.", hint=_HOW, field=name)


def filters(asked: Asked) -> Filters:
    """Days are the reader's own, the last of them included."""
    until = _moment(asked.until)
    return Filters(
        asked.actor,
        asked.action,
        _moment(asked.since),
        None if until is None else until + timedelta(days=1),
    )


def _typed() -> dict[str, str]:
    return {name: request.args.get(name, "") for name in _DAYS}


def _problem(text: str) -> str:
    day, nearest = _day(text), _nearest(text)
    if not text or (day is not None and day.isoformat() == nearest):
        return ""
    if day is None:
        return _HOW
    return f"Taken as {nearest}, the {'last' if day > LAST else 'first'} day that can be asked for."


def _nearest(text: str) -> str:
    day = _day(text)
    return "" if day is None else min(max(day, FIRST), LAST).isoformat()


def _day(text: str) -> date | None:
    """A day as it was typed, where it is one."""
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _moment(day: str) -> datetime | None:
    if not day:
        return None
    return datetime.combine(date.fromisoformat(day), time(), formats.zone())
