"""Which acts are asked for: the filters, as they stand in the address."""

from datetime import datetime, time, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from flask import request

from app.domain.audit_log import Filters
from app.web import formats

_LONGEST = 60  # of an actor or action


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
    """The filters of this request."""
    args = request.args
    actor, action = (args.get(name, "")[:_LONGEST] for name in ("actor", "action"))
    return Asked(actor, action, _day(args.get("since", "")), _day(args.get("until", "")))


def _day(typed: str) -> str:
    """A day as it was typed, where it is one."""
    try:
        return datetime.fromisoformat(typed).date().isoformat()
    except ValueError:
        return ""


def filters(asked: Asked) -> Filters:
    """Days are the reader's own, the last of them included."""
    until = _moment(asked.until)
    return Filters(
        asked.actor,
        asked.action,
        _moment(asked.since),
        None if until is None else until + timedelta(days=1),
    )


def _moment(day: str) -> datetime | None:
    if not day:
        return None
    return datetime.combine(datetime.fromisoformat(day).date(), time(), formats.zone())
