"""Gives the whole charge of something back by the operator's word, once, to where it came from.

Movements are written as `ledger.py` writes them: an entry and the balance, in one transaction.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import entries, reversals, spend_limits, wallets
from app.domain.billing import metering
from app.domain.entries import Movement, write
from app.domain.reversals import Granted
from app.domain.wallets import Wallet
from app.errors import Conflict
from app.models.billing import Balance, LedgerEntry


class Invoiced(Conflict):
    """Overage of a period that is over is money by now, and the provider has it."""


def refund(session: Session, wallet: Wallet, cause: str, now: datetime) -> int:
    """Give back what a cause was charged; gives the tokens, 0 where that was done before."""
    balance = wallets.locked(session, wallet)
    charged = LedgerEntry.cause == cause, LedgerEntry.kind == "charge", *entries.of(wallet)
    charges = session.scalars(select(LedgerEntry).where(*charged)).all()
    for charge in charges:
        _refuse_invoiced(balance, charge, now)
    back = sum(_give_back(session, wallet, balance, charge, now) for charge in charges)
    session.flush()
    spend_limits.give_back(session, cause, back)
    if balance.debt and back:
        reversals.pay_from_all(session, wallet, balance, f"refunded:{cause}", now)
    return back


def _refuse_invoiced(balance: Balance, charge: LedgerEntry, now: datetime) -> None:
    over = balance.period_end is not None and now >= balance.period_end
    if charge.bucket == "overage" and (over or charge.period_start != balance.period_start):
        raise Invoiced(
            f"{-charge.tokens} of its tokens were overage of a period that is invoiced.",
            hint="Refund that invoice at the payment provider; the ledger follows it.",
        )


def _give_back(
    session: Session, wallet: Wallet, balance: Balance, charge: LedgerEntry, now: datetime
) -> int:
    """One bucket's part; what returns to an ended period expires at once."""
    tokens, micros, period = -charge.tokens, -charge.usd_micros, charge.period_start
    movement = Movement(charge.bucket, "refund", tokens, micros, period)
    entry_id = write(session, wallet, charge.cause, movement, now)
    if entry_id is None:
        return 0
    if charge.bucket == "overage":
        balance.overage_tokens -= tokens
        balance.overage_micros -= micros
        metering.charged(session, wallet, entry_id, now)  # fewer: a meter counts down as well
    elif reversals.over(balance, Granted(charge.bucket, period)):
        gone = Movement(charge.bucket, "expiry", -tokens, 0, period)
        write(session, wallet, f"refunded:{charge.cause}", gone, now)
    else:
        setattr(balance, charge.bucket, getattr(balance, charge.bucket) + tokens)
    return tokens
