"""Which part of the statement is asked for, as its address says it.

The address of the next page carries the balance that page begins with, signed: so no page adds up
the ones before it, and nobody is shown a balance that somebody else wrote into a link.
"""

import re
from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime
from urllib.parse import urlencode

from flask import request

from app.domain.billing.months import Month
from app.domain.billing.statement import Page, Place
from app.domain.wallets import Wallet
from app.kit import clock, secrets
from app.web.services import services

_LEFT = re.compile(r"-?[0-9]{1,15}")
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


def left(its: Wallet, place: Place | None) -> int | None:
    """The balance at a place, where the page above told it."""
    told, _, signature = request.args.get("left", "").partition(".")
    if place is None or not _LEFT.fullmatch(told):
        return None
    signed = (_signed(key, its, place, told) for key in services().links.keys)
    return int(told) if any(secrets.same(each, signature) for each in signed) else None


def query(month: Month) -> str:
    """A month as the end of an address."""
    return urlencode({"month": month.name})


def further(its: Wallet, month: Month, found: Page) -> str:
    """The rows of a month that are older than a page."""
    if found.older is None:
        return ""
    told, key = str(found.opening), services().links.keys[0]
    signed = f"{told}.{_signed(key, its, found.older, told)}"
    return urlencode({"month": month.name, "below": _written(found.older), "left": signed})


def _signed(key: str, its: Wallet, place: Place, told: str) -> str:
    return secrets.sign(key, "statement", *astuple(its), _written(place), told)


def _written(place: Place) -> str:
    return f"{clock.milliseconds(place.at)}.{place.rank}.{place.cause}"
