"""What an organization was charged: by day, by key and app, by person, from the sums of days.

Days are UTC's, as the periods of plans are. A period that begins within a day is exact too: what
was charged on that day before it is read from the ledger and taken off.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, func, literal_column, select
from sqlalchemy.orm import Session

from app.domain import entries
from app.domain.spending import Charged, DayRow, Span, Spender
from app.domain.wallets import Wallet
from app.kit import clock
from app.models.billing import LedgerEntry
from app.models.limits import SpendPart
from app.models.usage import DailyUsage

_APART = "\n"  # in no subject


def by_day(session: Session, wallet: Wallet, span: Span) -> dict[datetime, int]:
    """The tokens of each day that has any."""
    rows = session.execute(
        select(DailyUsage.day, func.sum(DailyUsage.tokens))
        .where(*_in(wallet, span))
        .group_by(DailyUsage.day)
    )
    return {day: int(tokens) for day, tokens in rows}


def by_spender(session: Session, wallet: Wallet, span: Span) -> dict[Spender, Charged]:
    """What each key and app was charged for each person."""
    rows = session.execute(
        select(
            DailyUsage.subject,
            DailyUsage.user_id,
            func.sum(DailyUsage.tokens),
            func.sum(DailyUsage.charges),
        )
        .where(*_in(wallet, span))
        .group_by(DailyUsage.subject, DailyUsage.user_id)
    )
    return {Spender(subject, who): Charged(int(n), int(m)) for subject, who, n, m in rows}


def rows(session: Session, wallet: Wallet, span: Span, limit: int) -> list[DayRow]:
    """Day by day and spender by spender; the first day is whole."""
    columns = (DailyUsage.day, DailyUsage.subject, DailyUsage.user_id)
    found = session.execute(
        select(*columns, DailyUsage.tokens, DailyUsage.charges)
        .where(*_in(wallet, span))
        .order_by(*columns)
        .limit(limit)
    )
    return [DayRow(day, Spender(whose, who), Charged(n, m)) for day, whose, who, n, m in found]


def before(session: Session, wallet: Wallet, start: datetime) -> dict[Spender, Charged]:
    """What was charged on the day of a moment before it; nothing where a day begins with it."""
    if clock.day_start(start) == start:
        return {}
    # One look-up for each charge of a part of a day; joined, a planner may read every counter.
    found = SpendPart.subject + _APART + func.coalesce(SpendPart.user_id, "")
    whose = select(found).where(SpendPart.cause == LedgerEntry.cause).limit(1).scalar_subquery()
    charges = select(whose.label("who"), LedgerEntry.tokens, LedgerEntry.cause)
    each = charges.where(*_early(wallet, start)).subquery()
    rows = session.execute(
        select(each.c.who, -func.sum(each.c.tokens), func.count(each.c.cause.distinct())).group_by(
            each.c.who
        )
    )
    return {Spender(*(who or _APART).split(_APART)): Charged(int(n), int(m)) for who, n, m in rows}


def total_before(session: Session, wallet: Wallet, start: datetime) -> int:
    """The same tokens, whoever spent them."""
    if clock.day_start(start) == start:
        return 0
    tokens = select(func.sum(LedgerEntry.tokens)).where(*_early(wallet, start))
    return -int(session.scalar(tokens) or 0)


def _early(wallet: Wallet, start: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        *entries.of(wallet),
        LedgerEntry.kind == _CHARGE,
        LedgerEntry.created_at >= clock.day_start(start),
        LedgerEntry.created_at < start,
    )


def _in(wallet: Wallet, span: Span) -> tuple[ColumnElement[bool], ...]:
    return (
        DailyUsage.organization_id == wallet.organization_id,
        DailyUsage.book == wallet.book,
        DailyUsage.mode == wallet.mode,
        DailyUsage.day >= clock.day_start(span.start),
        DailyUsage.day < span.end,
    )


# Spelled out: a value the planner does not know leads it to no index of charges alone.
_CHARGE: ColumnElement[str] = literal_column("'charge'")
