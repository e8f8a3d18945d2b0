"""Invoices and what pays them; a credit is kept for the customer's next invoice."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.domain.billing.records import Line
from app.domain.billing.simulated import notices, reckoning, rows, shapes
from app.errors import Conflict
from app.kit import clock, ids
from app.models.payments import SimulatedObject


class Billed(NamedTuple):
    """An invoice that is paid, and the payment where money was taken for it."""

    invoice_id: str
    payment_id: str | None


def bill(
    session: Session,
    customer: SimulatedObject,
    lines: list[Line],
    now: datetime,
    *,
    made_at: datetime | None = None,
    subscription_id: str | None = None,
) -> Billed:
    """Make an invoice and pay it at once; credit pays for subscriptions before a card does."""
    amount = reckoning.total(lines)
    credit = customer.body["credit_micros"]
    due = max(0, amount - credit) if subscription_id else amount
    number = customer.body["invoices"] + 1
    rows.write(customer, credit_micros=credit - amount + due, invoices=number)
    payment_id = _payment(session, customer, due, now) if due else None
    body = {
        "number": f"TEST-{number:04}",
        "subscription_id": subscription_id,
        "lines": [shapes.line_body(line) for line in lines],
        "usd_micros": amount,
        "paid_at": clock.milliseconds(now),
        "payment_id": payment_id,
    }
    invoice_id = f"in_{customer.id}_{number:06}"
    rows.add_once(session, rows.INVOICE, invoice_id, customer.id, body, made_at or now)
    notices.record(session, "invoice.paid", "invoice", invoice_id, now)
    return Billed(invoice_id, payment_id)


def refund(
    session: Session, payment: SimulatedObject, usd_micros: int, refund_id: str, now: datetime
) -> None:
    """Give money back, once by the refund's id; never more than is left of the payment."""
    refunds = payment.body["refunds"]
    if any(id_ == refund_id for id_, *_ in refunds):
        return
    left = left_of(payment)
    if not 0 < usd_micros <= left:
        raise Conflict("That is more than is left of this payment.", left_micros=left)
    made = [refund_id, usd_micros, clock.milliseconds(now)]
    rows.write(payment, refunds=[*refunds, made])
    notices.record(session, "charge.refunded", "payment", payment.id, now)


def left_of(payment: SimulatedObject) -> int:
    """What of a payment did not go back."""
    went_back: Sequence[int] = [usd_micros for _, usd_micros, _ in payment.body["refunds"]]
    return int(payment.body["usd_micros"]) - sum(went_back)


def _payment(session: Session, customer: SimulatedObject, usd_micros: int, now: datetime) -> str:
    payment_id = ids.new("pi")
    body = {"usd_micros": usd_micros, "refunds": []}
    rows.add_once(session, rows.PAYMENT, payment_id, customer.id, body, now)
    return payment_id
