"""Tokens taken back: of refunded payments, of disputed ones, and what was spent of them before.

Movements are written as `ledger.py` writes them: an entry and the balance, in one transaction.
What cannot be taken because it was spent is owed: a debt blocks new runs until tokens come in.
"""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.db import insert
from app.domain import wallets
from app.domain.entries import Movement, write
from app.domain.wallets import Wallet
from app.models.billing import Balance, LedgerEntry
from app.models.payments import Debt

_PAYING = ("included", "trial", "packs")


class Granted(NamedTuple):
    """What a payment once brought: into which bucket and, for `included`, into which period."""

    bucket: str
    period_start: datetime | None


def reverse(
    session: Session,
    wallet: Wallet,
    granted: Granted,
    tokens: int,
    *,
    cause: str,
    now: datetime,
    frozen: int = 0,
    owed_over: int = 0,
) -> int | None:
    """Take tokens back once for a cause, None where that was done before.

    Those that a dispute froze go first, and how many that were is given; then the bucket goes down
    to 0, and the rest is owed. Of a period that is over, `owed_over` is: what was not used of it
    ended with it.
    """
    balance = wallets.locked(session, wallet)
    is_over = over(balance, granted)
    freed = 0 if is_over else min(tokens, frozen)
    taken = 0 if is_over else min(tokens, getattr(balance, granted.bucket) + freed)
    owed = owed_over if is_over else tokens - taken
    movement = Movement(granted.bucket, "reversal", -taken, 0, granted.period_start)
    if not write(session, wallet, cause, movement, now):
        return None
    if freed:
        released = Movement(granted.bucket, "release", freed, 0, granted.period_start)
        write(session, wallet, cause, released, now)
    balance.held -= freed
    setattr(balance, granted.bucket, getattr(balance, granted.bucket) + freed - taken)
    _owe(session, wallet, balance, owed, cause, now)
    session.flush()
    pay_from_all(session, wallet, balance, cause, now)
    return freed


def undo(session: Session, wallet: Wallet, granted: Granted, *, cause: str, now: datetime) -> int:
    """Give back what a cause took, once, and give how many tokens it had taken back.

    What was not paid of its debt is owed no more.
    """
    balance = wallets.locked(session, wallet)
    reversal = LedgerEntry.cause == cause, LedgerEntry.kind == "reversal"
    taken = -(session.scalar(select(LedgerEntry.tokens).where(*reversal)) or 0)
    debt = session.get(Debt, cause, with_for_update=True)
    back, all_ = taken + (debt.paid if debt else 0), taken + (debt.tokens if debt else 0)
    movement = Movement(granted.bucket, "refund", back, 0, granted.period_start)
    if not write(session, wallet, f"undone:{cause}", movement, now):
        return 0
    if debt is not None:
        balance.debt -= debt.tokens - debt.paid
        debt.tokens = debt.paid
    if over(balance, granted):
        gone = Movement(granted.bucket, "expiry", -back, 0, granted.period_start)
        write(session, wallet, f"undone:{cause}", gone, now)
    else:
        setattr(balance, granted.bucket, getattr(balance, granted.bucket) + back)
    session.flush()
    pay_from_all(session, wallet, balance, f"undone:{cause}", now)
    return all_


def freeze(
    session: Session, wallet: Wallet, granted: Granted, tokens: int, *, cause: str, now: datetime
) -> int:
    """Hold what is left of disputed tokens, once for a cause; gives how many that are."""
    balance = wallets.locked(session, wallet)
    held = 0 if over(balance, granted) else min(tokens, getattr(balance, granted.bucket))
    movement = Movement(granted.bucket, "hold", -held, 0, granted.period_start)
    if not write(session, wallet, cause, movement, now):  # even of nothing: it was looked for once
        return 0
    setattr(balance, granted.bucket, getattr(balance, granted.bucket) - held)
    balance.held += held
    session.flush()
    return held


def thaw(
    session: Session, wallet: Wallet, granted: Granted, tokens: int, *, cause: str, now: datetime
) -> None:
    """Release frozen tokens once; those of an ended period expire at once."""
    balance = wallets.locked(session, wallet)
    movement = Movement(granted.bucket, "release", tokens, 0, granted.period_start)
    if not tokens or not write(session, wallet, cause, movement, now):
        return
    balance.held -= tokens
    if over(balance, granted):
        gone = Movement(granted.bucket, "expiry", -tokens, 0, granted.period_start)
        write(session, wallet, cause, gone, now)
    else:
        setattr(balance, granted.bucket, getattr(balance, granted.bucket) + tokens)
    session.flush()
    pay_from_all(session, wallet, balance, cause, now)


def pay_from_all(
    session: Session, wallet: Wallet, balance: Balance, cause: str, now: datetime
) -> None:
    """Settle what is owed from whatever is there, so that nobody is stopped beside it."""
    for bucket in _PAYING:
        pay_debts(session, wallet, balance, bucket, f"owed:{cause}", now)


def pay_debts(
    session: Session, wallet: Wallet, balance: Balance, bucket: str, cause: str, now: datetime
) -> None:
    """Settle what is owed from tokens that have just come in, the oldest debt first."""
    paying = min(balance.debt, getattr(balance, bucket))
    if not paying:
        return
    period = balance.period_start if bucket == "included" else None
    if not write(session, wallet, cause, Movement(bucket, "reversal", -paying, 0, period), now):
        return
    setattr(balance, bucket, getattr(balance, bucket) - paying)
    balance.debt -= paying
    for debt in session.scalars(_open(wallet)):
        part = min(paying, debt.tokens - debt.paid)
        debt.paid += part
        paying -= part
    session.flush()


def over(balance: Balance, granted: Granted) -> bool:
    """Whether what was granted belonged to a period that is not the running one."""
    return granted.bucket == "included" and granted.period_start != balance.period_start


def _owe(
    session: Session, wallet: Wallet, balance: Balance, tokens: int, cause: str, now: datetime
) -> None:
    if not tokens:
        return
    balance.debt += tokens
    session.execute(
        insert(session, Debt).values(
            cause=cause, organization_id=wallet.organization_id, mode=wallet.mode,
            tokens=tokens, paid=0, created_at=now,
        )
    )  # fmt: skip


def _open(wallet: Wallet) -> Select[Debt]:
    return (
        select(Debt)
        .where(
            Debt.organization_id == wallet.organization_id,
            Debt.mode == wallet.mode,
            Debt.paid < Debt.tokens,
        )
        .order_by(Debt.created_at, Debt.cause)
        .with_for_update()
    )
