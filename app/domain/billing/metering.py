"""Overage as the provider's meter hears of it: by the charge, never by the hold.

The provider counts late, so our own ledger keeps the cap; the provider only bills.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from app import outbox
from app.domain.wallets import Wallet
from app.errors import Kind, PolisError
from app.models.billing import LedgerEntry
from app.models.payments import BillingAccount

KIND = "report_usage"
LAST_HOURS = timedelta(hours=6)  # longer than any run
PATIENCE = timedelta(days=30)  # the meter takes what is at most 35 days old


class OverageHasEnded(PolisError):
    """The last hours of a plan that does not renew."""

    kind = Kind.UNPAID
    code = "spend_cap_reached"


class Usage(NamedTuple):
    """Tokens of overage that were charged."""

    organization_id: str
    mode: str
    tokens: int
    at: datetime


def require_billable(session: Session, wallet: Wallet, now: datetime) -> None:
    """Refuse overage where a plan is about to end: what is charged after its end nobody bills."""
    account = session.get(BillingAccount, (wallet.organization_id, wallet.mode))
    if account and account.cancels_at is not None and now > account.cancels_at - LAST_HOURS:
        raise OverageHasEnded(
            "The plan is about to end, and overage has ended before it.",
            hint="Buy a pack, or keep the plan under /app/billing.",
            limit="organization",
        )


def charged(session: Session, wallet: Wallet, entry_id: str, now: datetime) -> None:
    """Have a charge of overage told to the meter; nothing is sold where payments are off."""
    if wallet.book == "live" and wallet.mode != "off":
        payload = {"entry_id": entry_id}
        outbox.record(session, KIND, payload, key=f"{KIND}:{entry_id}", now=now)


def of(session: Session, entry_id: str) -> Usage:
    """What an entry charged."""
    entry = session.get_one(LedgerEntry, entry_id)
    return Usage(entry.organization_id, entry.mode, -entry.tokens, entry.created_at)
