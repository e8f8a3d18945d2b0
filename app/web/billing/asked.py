"""Which part of the statement is asked for, as its address says it."""

import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from flask import request

from app.domain.billing.months import Month
from app.domain.billing.statement import Place
from app.kit import clock

# Thirteen digits of milliseconds reach to the year 2286.
_PLACE = re.compile(r"(?P<at>[0-9]{1,13})\.(?P<rank>[0-9])\.(?P<cause>[!-~]{1,120})")


def month(offered: Sequence[Month], now: datetime) -> Month:
    """The month that is asked for, if it has entries; else the newest that has."""
    asked = request.args.get("month", "")
    found = next((each for each in offered if each.name == asked), None)
    return found or (offered[0] if offered else Month(clock.month_start(now)))


def below() -> Place | None:
    """Where the page begins; what names no place is the month's newest end."""
    found = _PLACE.fullmatch(request.args.get("below", ""))
    if found is None:
        return None
    at = clock.from_milliseconds(int(found["at"]))
    return Place(at, int(found["rank"]), found["cause"])


def query(month: Month, place: Place | None = None) -> str:
    """A month, and a place in it, as the end of an address."""
    told = {"month": month.name}
    if place is not None:
        told["below"] = f"{clock.milliseconds(place.at)}.{place.rank}.{place.cause}"
    return urlencode(told)
