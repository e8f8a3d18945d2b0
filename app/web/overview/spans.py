"""Which span and book of usage an address asks for."""

from datetime import datetime, timedelta
from typing import NamedTuple

from flask import request

from app.domain import wallets
from app.domain.spending import Span
from app.domain.wallets import Standing, Wallet
from app.kit import clock
from app.web import place
from app.web.services import services

BOOKS = ("live", "test")
_MONTHS = 3
_TICK = timedelta(milliseconds=1)


class Shown(NamedTuple):
    """What a page or a file about usage tells."""

    wallet: Wallet
    standing: Standing
    span: Span
    month: str  # 2026-10, or empty: the period that goes on
    months: dict[str, Span]  # that can be chosen


def shown() -> Shown:
    """The span asked for; whatever is none of ours is the period that goes on."""
    its, now = services(), clock.now()
    book = request.args.get("book", "")
    book = book if book in BOOKS else "live"
    wallet = Wallet(place.here().organization.id, book, its.settings.payment_mode)
    with its.database.reading() as session:
        standing = wallets.standing(session, wallet, now)
    months, month = _months(now), request.args.get("span", "")
    this = Span(standing.period(book, now), standing.period_ends(book, now))
    known = month in months
    return Shown(wallet, standing, months[month] if known else this, month if known else "", months)


def _months(now: datetime) -> dict[str, Span]:
    found, end = {}, clock.month_start(now)
    for _ in range(_MONTHS):
        start = clock.month_start(end - _TICK)
        found[f"{start:%Y-%m}"] = Span(start, end)
        end = start
    return found
