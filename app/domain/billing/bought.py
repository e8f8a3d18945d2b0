"""Payments that came in, as our own books have them."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.kit import ids
from app.models.payments import BillingAccount, Payment

MOST = 100  # listed


class Bought(NamedTuple):
    """What was paid, and what of it went back."""

    id: str
    item: str
    tokens: int
    usd_micros: int  # before tax
    refunded_micros: int
    dispute: str | None
    invoice_id: str | None
    paid_at: datetime


def listed(session: Session, organization_id: str, mode: str) -> list[Bought]:
    """The newest payments of an organization, newest first."""
    mine = select(Payment).where(Payment.organization_id == organization_id, Payment.mode == mode)
    return [_told(row) for row in session.scalars(mine.order_by(Payment.id.desc()).limit(MOST))]


def one(session: Session, organization_id: str, mode: str, payment_id: str) -> Bought:
    """One of its payments; another's does not exist."""
    row = session.get(Payment, payment_id) if ids.is_id("pay", payment_id) else None
    if row is None or (row.organization_id, row.mode) != (organization_id, mode):
        raise NotFound("There is no such payment here.", hint="Billing lists those there are.")
    return _told(row)


def by_payment(session: Session, mode: str, payment_id: str) -> list[Payment]:
    """What a payment of the provider brought."""
    mine = Payment.provider_payment_id == payment_id, Payment.mode == mode
    return list(session.scalars(select(Payment).where(*mine).with_for_update()))


def whose(session: Session, mode: str, payment_id: str) -> BillingAccount | None:
    """Whose payment it was that brought something here."""
    brought = select(Payment.organization_id).where(
        Payment.provider_payment_id == payment_id, Payment.mode == mode
    )
    organization_id = session.scalar(brought.limit(1))
    if organization_id is None:
        return None
    return session.get(BillingAccount, (organization_id, mode))


def unknown(session: Session, mode: str, invoice_ids: Sequence[str]) -> list[str]:
    """Those of these invoices that have brought nothing yet."""
    causes = {f"invoice:{each}": each for each in invoice_ids}
    seen = select(Payment.cause).where(Payment.mode == mode, Payment.cause.in_(causes))
    kept = set(session.scalars(seen))
    return [each for cause, each in causes.items() if cause not in kept]


def frozen(session: Session, mode: str, organization_id: str | None = None) -> int:
    """Tokens that disputes hold, of one organization or of all."""
    held = select(func.coalesce(func.sum(Payment.frozen_tokens), 0)).where(Payment.mode == mode)
    if organization_id is not None:
        held = held.where(Payment.organization_id == organization_id)
    return int(session.scalar(held) or 0)


def _told(row: Payment) -> Bought:
    return Bought(*(getattr(row, name) for name in Bought._fields))
