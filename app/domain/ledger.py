"""Moves tokens: grant, hold, settle. Beside it `periods.py`, `refunds.py`, `reversals.py` do.

Every hold meets exactly one settle. Each movement is an entry and, in the same transaction, a
conditional update of the balance; the entry's key makes doing it twice change nothing.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import Select, case, func, select, update
from sqlalchemy.orm import Session

from app.db import afterwards, changed
from app.domain import (
    daily_usage,
    entries,
    periods,
    plans,
    reversals,
    spend_limits,
    unpaid,
    wallets,
)
from app.domain.billing import alerts, metering
from app.domain.entries import Movement, write
from app.domain.spend_limits import SpendLimit
from app.domain.wallets import Split, Standing, Wallet
from app.errors import Conflict
from app.kit import meters
from app.models.billing import Balance, LedgerEntry


def grant(
    session: Session,
    wallet: Wallet,
    bucket: str,
    tokens: int,
    *,
    cause: str,
    now: datetime,
    usd_micros: int = 0,
) -> bool:
    """Add tokens to a bucket once for a cause; False where they were added before."""
    balance = wallets.locked(session, wallet)
    movement = Movement(bucket, "grant", tokens, usd_micros, _period(balance, bucket))
    if not write(session, wallet, cause, movement, now):
        return False
    setattr(balance, bucket, getattr(balance, bucket) + tokens)
    session.flush()
    reversals.pay_debts(session, wallet, balance, bucket, cause, now)
    return True


def hold(
    session: Session,
    wallet: Wallet,
    tokens: int,
    *,
    cause: str,
    limits: Sequence[SpendLimit],
    now: datetime,
) -> Split:
    """Set a whole price aside, or refuse and leave everything as it was."""
    balance = wallets.locked(session, wallet)
    if session.scalars(_holds(cause)).first() is not None:
        raise Conflict("The tokens for this are held already.")
    periods.turn_test_day(session, wallet, balance, now)
    standing = wallets.at(wallets.kept(balance), wallet.book, now)
    if standing.debt:
        raise unpaid.owing(standing.debt)
    coming = _on_its_way(session, wallet, standing) if tokens > standing.prepaid else 0
    standing = standing._replace(overage_micros=standing.overage_micros + coming)
    split = wallets.divide(standing, tokens)
    if split.missing:
        raise unpaid.short(standing, wallet.book, wallet.mode, tokens, split.missing)
    for limit in limits:
        spend_limits.take(session, limit, tokens, cause=cause, book=wallet.book)
    _take(session, wallet, split, split.overage * standing.price_micros, coming)
    if split.overage:
        money = standing.overage_micros + split.overage * standing.price_micros
        alerts.note(session, wallet, standing.overage_micros, money, standing.cap_micros, now)
    for bucket, part in split.buckets():
        money = part * standing.price_micros if bucket == "overage" else 0
        period = standing.period_start if bucket in _PERIODIC else None
        write(session, wallet, cause, Movement(bucket, "hold", -part, -money, period), now)
    return split


def settle(session: Session, wallet: Wallet, *, cause: str, delivered: int, now: datetime) -> int:
    """End a hold: release all of it, charge what was delivered; gives the tokens given back.

    The second settle of a cause finds its releases written and changes nothing.
    """
    held = session.scalars(_holds(cause)).all()
    balance = wallets.locked(session, wallet)
    refunded = 0
    for part in sorted(held, key=lambda entry: plans.SPEND_ORDER.index(entry.bucket)):
        charged = min(delivered, -part.tokens)
        if not _end(session, wallet, balance, part, charged, now):
            return 0
        delivered -= charged
        refunded += -part.tokens - charged
    session.flush()
    charged = -sum(part.tokens for part in held) - refunded
    afterwards(session, partial(meters.TOKENS_CHARGED.add, wallet.book, amount=charged))
    daily_usage.add(session, wallet, cause, charged, now)
    spend_limits.give_back(session, cause, refunded)
    if balance.debt and refunded:
        reversals.pay_from_all(session, wallet, balance, cause, now)
    return refunded


def grant_of(session: Session, cause: str) -> str:
    """The id of the entry a cause's grant has written; what it paid of a debt stands beside it."""
    granted = LedgerEntry.cause == cause, LedgerEntry.kind == "grant"
    return session.scalars(select(LedgerEntry.id).where(*granted)).one()


def _take(session: Session, wallet: Wallet, split: Split, money: int, coming: int) -> None:
    """Move the balance only if every bucket still has its part: the race is decided here."""
    statement = (
        update(Balance)
        .where(
            *wallets.of(wallet),
            Balance.included >= split.included,
            Balance.trial >= split.trial,
            Balance.packs >= split.packs,
            Balance.debt == 0,
            *([Balance.overage_micros + coming + money <= Balance.cap_micros] if money else []),
        )
        .values(
            included=Balance.included - split.included,
            trial=Balance.trial - split.trial,
            packs=Balance.packs - split.packs,
            held=Balance.held + split.included + split.trial + split.packs + split.overage,
            overage_tokens=Balance.overage_tokens + split.overage,
            overage_micros=Balance.overage_micros + money,
        )
    )
    if changed(session, statement) != 1:
        raise unpaid.NotEnoughTokens(
            "The balance changed while this was starting.", hint="Try again."
        )


def _on_its_way(session: Session, wallet: Wallet, standing: Standing) -> int:
    """Overage that is held since an earlier period will be on this one's invoice, at most whole."""
    start = standing.period_start
    if start is None or not standing.price_micros or not standing.held:
        return 0
    held, coming = _held(session, wallet, start, start - _LONGEST_RUN)
    if held != standing.held:  # something is held for longer than any run takes
        _, coming = _held(session, wallet, start, datetime.min.replace(tzinfo=UTC))
    return coming


def _held(session: Session, wallet: Wallet, start: datetime, since: datetime) -> tuple[int, int]:
    """Tokens held by entries since a moment, and what of them was overage before a period."""
    before = (LedgerEntry.bucket == "overage") & (LedgerEntry.period_start < start)
    money = case((before, LedgerEntry.usd_micros), else_=0)
    sums = (func.coalesce(-func.sum(each), 0) for each in (LedgerEntry.tokens, money))
    statement = select(*sums).where(
        *entries.of(wallet),
        LedgerEntry.created_at >= since,
        LedgerEntry.kind.in_(("hold", "release")),
    )
    tokens, micros = session.execute(statement).one()
    return int(tokens), int(micros)


def _end(
    session: Session,
    wallet: Wallet,
    balance: Balance,
    part: LedgerEntry,
    charged: int,
    now: datetime,
) -> bool:
    """Release one held part and charge what was used of it; False where that was done before."""
    held = -part.tokens
    price = part.usd_micros // part.tokens if part.tokens else 0
    period = part.period_start
    release = Movement(part.bucket, "release", held, held * price, period)
    if not write(session, wallet, part.cause, release, now):
        return False
    if part.bucket == "overage":
        _charge_overage(session, wallet, balance, part, charged, price, now)
        return True
    if charged:
        charge = Movement(part.bucket, "charge", -charged, 0, period)
        write(session, wallet, part.cause, charge, now)
    balance.held -= held
    back = held - charged
    if part.bucket == "included" and period != balance.period_start:
        _lapse(session, wallet, part, back, now)
    else:
        setattr(balance, part.bucket, getattr(balance, part.bucket) + back)
    return True


def _charge_overage(
    session: Session,
    wallet: Wallet,
    balance: Balance,
    part: LedgerEntry,
    charged: int,
    price: int,
    now: datetime,
) -> None:
    """Count what was used in the period of the charge, whose invoice it is on.

    A run may begin in one period and end in the next, or while the next is being paid for.
    """
    held = -part.tokens
    period, end = balance.period_start or part.period_start, balance.period_end
    if end is not None and now >= end:
        period = end  # the next one begins there
    if charged:
        charge = Movement("overage", "charge", -charged, -charged * price, period)
        entry_id = write(session, wallet, part.cause, charge, now)
        if entry_id:
            metering.charged(session, wallet, entry_id, now)
    balance.held -= held
    if part.period_start == balance.period_start:
        balance.overage_tokens -= held
        balance.overage_micros -= held * price
    if period == balance.period_start:
        balance.overage_tokens += charged
        balance.overage_micros += charged * price


def _lapse(session: Session, wallet: Wallet, part: LedgerEntry, back: int, now: datetime) -> None:
    """What returns to an ended period expires at once."""
    if back:
        gone = Movement("included", "expiry", -back, 0, part.period_start)
        write(session, wallet, part.cause, gone, now)


def _holds(cause: str) -> Select[LedgerEntry]:
    return select(LedgerEntry).where(LedgerEntry.cause == cause, LedgerEntry.kind == "hold")


def _period(balance: Balance, bucket: str) -> datetime | None:
    return balance.period_start if bucket in _PERIODIC else None


_PERIODIC = ("included", "overage")
_LONGEST_RUN = timedelta(days=2)  # with all that a queue may be behind
