"""The turn of periods: what a plan includes arrives, and what was left of the last one expires.

Movements are written as `ledger.py` writes them: an entry and the balance, in one transaction.
"""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain import entries, plans, reversals, wallets
from app.domain.entries import Movement, write
from app.domain.wallets import Wallet
from app.kit import ids
from app.models.billing import Balance, LedgerEntry


def allot(
    session: Session,
    wallet: Wallet,
    tokens: int,
    *,
    start: datetime,
    end: datetime,
    cause: str,
    now: datetime,
    paid_at: datetime | None = None,
    usd_micros: int = 0,
) -> datetime | None:
    """Give a period its tokens once for a cause; a period that is newer than ours begins with it.

    Gives the start of the period they belong to, None where they were given before. Notices of
    payments come in any order: what was paid within a period that is over by now ended with it, and
    what was paid late belongs to the running one.
    """
    balance = wallets.locked(session, wallet)
    begun = balance.period_start
    late = begun is not None and start < begun and paid_at is not None and paid_at >= end
    period = begun if late and begun is not None else start
    granted = Movement("included", "grant", tokens, usd_micros, period)
    if not write(session, wallet, cause, granted, now):
        return None
    if begun is None or period > begun:
        _enter(session, wallet, balance, start, end, cause, now)
    elif period < begun:
        write(session, wallet, cause, Movement("included", "expiry", -tokens, 0, start), now)
        tokens = 0
    balance.included += tokens
    session.flush()
    reversals.pay_debts(session, wallet, balance, "included", cause, now)
    return period


def switch(
    session: Session,
    wallet: Wallet,
    plan: str,
    *,
    status: str,
    usable_until: datetime | None,
    overage_until: datetime | None = None,
    keep_cap: bool = False,
) -> None:
    """Say which plan a wallet is on; a cap its owner set outlives the change."""
    balance = wallets.locked(session, wallet)
    if balance.plan != plan and not keep_cap:
        balance.cap_micros = plans.PLANS[plan].cap_micros
    balance.plan, balance.status, balance.usable_until = plan, status, usable_until
    balance.overage_until = overage_until
    session.flush()


def close(session: Session, wallet: Wallet, *, now: datetime) -> None:
    """Let what is left of a period expire; there is no next one.

    Once more changes nothing, since nothing is left; so the cause need not be known again.
    """
    balance = wallets.locked(session, wallet)
    _expire_rest(session, wallet, balance, ids.new("end"), now)
    balance.included = 0
    # What a run gives back later belongs to a period that is over, and ends with it.
    balance.period_start = balance.period_end = balance.usable_until = None
    balance.overage_until = None
    balance.overage_tokens = balance.overage_micros = 0
    session.flush()


def resume(session: Session, wallet: Wallet, *, start: datetime, end: datetime) -> None:
    """Go on with a period that was closed while its plan was off, without its tokens."""
    balance = wallets.locked(session, wallet)
    if balance.period_start is None:
        _begin(session, wallet, balance, start, end)
        session.flush()


def turn_test_day(session: Session, wallet: Wallet, balance: Balance, now: datetime) -> None:
    """Give the test book its tokens anew each day, by itself."""
    if wallet.book != "test" or (balance.period_end is not None and now < balance.period_end):
        return
    day = wallets.next_test_day(wallets.kept(balance), now)
    cause = f"test-day:{wallet.organization_id}:{wallet.mode}:{now:%Y-%m-%d}"
    movement = Movement("included", "grant", day.included, 0, day.period_start)
    if not write(session, wallet, cause, movement, now):
        return
    _expire_rest(session, wallet, balance, cause, now)
    balance.plan, balance.status, balance.included = day.plan, day.status, day.included
    balance.period_start, balance.period_end = day.period_start, day.period_end
    session.flush()


def _enter(
    session: Session,
    wallet: Wallet,
    balance: Balance,
    start: datetime,
    end: datetime,
    cause: str,
    now: datetime,
) -> None:
    _expire_rest(session, wallet, balance, cause, now)
    balance.included = 0
    _begin(session, wallet, balance, start, end)


def _begin(
    session: Session, wallet: Wallet, balance: Balance, start: datetime, end: datetime
) -> None:
    """Overage is the period's: one that begins a second time has used what it had used before."""
    tokens, micros = func.sum(LedgerEntry.tokens), func.sum(LedgerEntry.usd_micros)
    used = select(-func.coalesce(tokens, 0), -func.coalesce(micros, 0)).where(
        *entries.of(wallet),
        LedgerEntry.created_at >= start,
        LedgerEntry.bucket == "overage",
        LedgerEntry.period_start == start,
    )
    balance.overage_tokens, balance.overage_micros = map(int, session.execute(used).one())
    balance.period_start, balance.period_end = start, end


def _expire_rest(
    session: Session, wallet: Wallet, balance: Balance, cause: str, now: datetime
) -> None:
    if balance.included:
        rest = Movement("included", "expiry", -balance.included, 0, balance.period_start)
        write(session, wallet, cause, rest, now)
