"""Pages to pay at: opened once for a purchase, then paid, declined, left or over."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.billing.records import Line, Wanted
from app.domain.billing.simulated import money, notices, prices, rows, running, shapes
from app.kit import clock, secrets
from app.models.payments import SimulatedObject


def open_page(
    session: Session, wanted: Wanted, keys: Sequence[str], now: datetime
) -> SimulatedObject:
    """The page of a purchase, the same however often it is asked for."""
    # Whoever holds the address may pay, so nobody can guess it; our former keys still name it.
    named = [f"cs_{secrets.sign(key, 'simulated checkout', wanted.purchase_id)}" for key in keys]
    kept = session.scalar(select(SimulatedObject).where(SimulatedObject.id.in_(named)))
    if kept is not None:
        return kept
    customer = rows.found(session, rows.CUSTOMER, wanted.customer_id)
    for price_id in wanted.prices:
        prices.item_of(price_id)
    body = {
        "purchase_id": wanted.purchase_id,
        "prices": list(wanted.prices),
        "back_url": wanted.back_url,
        "expires_at": clock.milliseconds(wanted.expires_at),
        "status": shapes.OPEN,
        "declined": False,
        "payment_id": None,
        "invoice_id": None,
        "subscription_id": None,
    }
    rows.add_once(session, rows.CHECKOUT, named[0], customer.id, body, now, wanted.expires_at)
    return rows.found(session, rows.CHECKOUT, named[0])


def pay(session: Session, row: SimulatedObject, now: datetime) -> None:
    """Take the money and hand over what it is for; a page that is not open stays as it is."""
    if not _is_open(session, row, now):
        return
    customer = session.get_one(SimulatedObject, row.customer_id)
    plan, subscription_id = prices.plan_of(row.body["prices"]), None
    if plan is not None:
        subscription_id, billed = running.begin(session, customer, plan, row.id, now)
    else:
        billed = money.bill(session, customer, [_once(row.body["prices"][0], now)], now)
    rows.write(
        row,
        status=shapes.COMPLETE,
        declined=False,
        payment_id=billed.payment_id,
        invoice_id=billed.invoice_id,
        subscription_id=subscription_id,
    )
    row.due_at = None
    notices.record(session, "checkout.session.completed", "checkout", row.id, now)


def mark_declined(session: Session, row: SimulatedObject, now: datetime, *, declined: bool) -> None:
    """Remember for the page whether the last try was declined; a provider tells nobody of that."""
    if _is_open(session, row, now):
        rows.write(row, declined=declined)


def close(session: Session, row: SimulatedObject, now: datetime) -> None:
    """End a page that is still open."""
    if row.body["status"] == shapes.OPEN:
        rows.write(row, status=shapes.EXPIRED)
        row.due_at = None
        notices.record(session, "checkout.session.expired", "checkout", row.id, now)


def expire(session: Session, row: SimulatedObject, now: datetime) -> None:
    """End a page whose time is over."""
    if row.due_at is not None and row.due_at <= now:
        close(session, row, now)


def _is_open(session: Session, row: SimulatedObject, now: datetime) -> bool:
    expire(session, row, now)
    return bool(row.body["status"] == shapes.OPEN)


def _once(price_id: str, now: datetime) -> Line:
    return Line(price_id, prices.usd_micros(price_id), now, now, proration=False)
