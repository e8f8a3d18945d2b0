"""The calendar months (UTC) a ledger has entries in."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, func, literal, select, union_all
from sqlalchemy.orm import Session

from app.domain import entries
from app.domain.wallets import Wallet
from app.kit import clock
from app.models.billing import LedgerEntry

MOST = 240  # asked for at once; twenty years


class Month(NamedTuple):
    """One calendar month."""

    start: datetime

    @property
    def end(self) -> datetime:
        """The first instant of the next one."""
        return clock.month_after(self.start)

    @property
    def name(self) -> str:
        """As an address names it, such as `2026-11`."""
        return f"{self.start:%Y-%m}"


def of(session: Session, wallet: Wallet, now: datetime) -> list[Month]:
    """Those that have any entry, newest first: two questions, however many entries there are."""
    mine = entries.of(wallet)
    first = session.scalar(select(func.min(LedgerEntry.created_at)).where(*mine))
    if first is None:
        return []
    possible = _between(first, max(first, now))
    asked = (
        select(literal(number)).where(_earliest(wallet, month).is_not(None))
        for number, month in enumerate(possible)
    )
    return [possible[number] for number in sorted(session.scalars(union_all(*asked)))]


def _earliest(wallet: Wallet, month: Month) -> ScalarSelect[datetime]:
    """By its order from the index: whoever has most of a table had it read from its beginning."""
    when = LedgerEntry.created_at
    rows = select(when).where(*entries.of(wallet), *_within(month))
    return rows.order_by(when).limit(1).scalar_subquery()


def _within(month: Month) -> tuple[ColumnElement[bool], ...]:
    return LedgerEntry.created_at >= month.start, LedgerEntry.created_at < month.end


def _between(first: datetime, last: datetime) -> list[Month]:
    """Newest first."""
    found, month = [], Month(clock.month_start(first))
    while month.start <= last:
        found.append(month)
        month = Month(month.end)
    return found[: -MOST - 1 : -1]
