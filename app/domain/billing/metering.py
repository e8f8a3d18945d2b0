"""Overage as the provider's meter hears of it: by the charge, never by the hold.

The provider counts late, so our own ledger keeps the cap; the provider only bills.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import outbox
from app.domain.billing.records import Subscription
from app.domain.wallets import Wallet
from app.models.billing import LedgerEntry
from app.models.work import Work

KIND = "report_usage"
PATIENCE = timedelta(days=30)  # the meter takes what is at most 35 days old

_FRESH = timedelta(minutes=10)  # a renewal's invoice is a draft for an hour, and counts till then


class Usage(NamedTuple):
    """Tokens of overage that were charged."""

    organization_id: str
    mode: str
    tokens: int
    usd_micros: int
    at: datetime

    def told_as(self, price_micros: int) -> int:
        """The tokens it is reported as: as many as cost, where it is billed, what it was held for.

        Rounded towards nothing, so that an invoice is never over what the ledger says, and what is
        given back never more than what was told.
        """
        if not price_micros:
            return self.tokens
        told = abs(self.usd_micros) // price_micros
        return told if self.usd_micros > 0 else -told

    def told_at(self, plan: Subscription | None, now: datetime) -> datetime:
        """The moment it is reported for: the charge's, unless its period is invoiced by now.

        Nothing the meter is told of an invoiced period is ever billed; told of this moment, it is.
        """
        is_late = now - self.at > _FRESH and plan is not None and self.at < plan.start
        return now if is_late else self.at


def charged(session: Session, wallet: Wallet, entry_id: str, now: datetime) -> None:
    """Have a charge of overage told to the meter; nothing is sold where payments are off."""
    if wallet.book == "live" and wallet.mode != "off":
        payload = {"entry_id": entry_id}
        outbox.record(session, KIND, payload, key=f"{KIND}:{entry_id}", now=now)


def waiting(session: Session, organization_id: str) -> list[str]:
    """Entries of an organization that the provider was not told of yet."""
    open_ = select(Work.payload).where(Work.kind == KIND, Work.ended_at.is_(None))
    entry_ids = [payload["entry_id"] for payload in session.scalars(open_)]
    mine = LedgerEntry.id.in_(entry_ids), LedgerEntry.organization_id == organization_id
    return list(session.scalars(select(LedgerEntry.id).where(*mine).order_by(LedgerEntry.id)))


def of(session: Session, entry_id: str) -> Usage:
    """What an entry charged."""
    entry = session.get_one(LedgerEntry, entry_id)
    return Usage(
        entry.organization_id, entry.mode, -entry.tokens, -entry.usd_micros, entry.created_at
    )
