"""Rows as the records they stand for; moments are kept as milliseconds, as everywhere."""

from datetime import datetime
from typing import Any, NamedTuple

from app.domain.billing.records import Checkout, Invoice, Line, Paid, Refund, Subscription
from app.domain.billing.simulated import prices
from app.domain.billing.simulated.reckoning import Term
from app.kit import clock
from app.models.payments import SimulatedObject

OPEN, COMPLETE, EXPIRED = "open", "complete", "expired"
ACTIVE, CANCELED = "active", "canceled"


class Page(NamedTuple):
    """A page to pay at, with what only the page itself shows."""

    checkout: Checkout
    item: str
    monthly: bool
    declined: bool
    back_url: str


def page(row: SimulatedObject, base_url: str, now: datetime) -> Page:
    """A page to pay at, for whoever looks at it."""
    body = row.body
    return Page(
        checkout=checkout(row, base_url, now),
        item=prices.item_of(body["prices"][0]),
        monthly=prices.plan_of(body["prices"]) is not None,
        declined=body["declined"],
        back_url=body["back_url"],
    )


def checkout(row: SimulatedObject, base_url: str, now: datetime) -> Checkout:
    """A page to pay at; it is over with its time, whether that was noted yet or not."""
    body, expires_at = row.body, clock.from_milliseconds(row.body["expires_at"])
    over = body["status"] == OPEN and expires_at <= now
    status = EXPIRED if over else body["status"]
    return Checkout(
        id=row.id,
        url=f"{base_url}/billing/simulated/checkout/{row.id}" if status == OPEN else None,
        customer_id=row.customer_id,
        status=status,
        paid=status == COMPLETE,
        price_id=body["prices"][0],
        usd_micros=prices.usd_micros(body["prices"][0]),
        expires_at=expires_at,
        payment_id=body["payment_id"],
        invoice_id=body["invoice_id"],
        subscription_id=body["subscription_id"],
    )


def invoice(row: SimulatedObject, *, lines: bool = True) -> Invoice:
    """An invoice; a list of them leaves the lines out."""
    body = row.body
    return Invoice(
        id=row.id,
        number=body["number"],
        customer_id=row.customer_id,
        subscription_id=body["subscription_id"],
        status="paid",  # nobody's card is ever declined after the first time
        lines=tuple(_line(each) for each in body["lines"]) if lines else (),
        usd_micros=body["usd_micros"],
        made_at=row.created_at,
        paid_at=clock.from_milliseconds(body["paid_at"]),
        payment_id=body["payment_id"],
    )


def line_body(line: Line) -> list[Any]:
    """A line as JSON."""
    moments = clock.milliseconds(line.start), clock.milliseconds(line.end)
    return [line.price_id, line.usd_micros, *moments, line.proration]


def paid(row: SimulatedObject) -> Paid:
    """A payment; no bank ever takes one back."""
    refunds = tuple(
        Refund(id_, usd_micros, clock.from_milliseconds(made_at))
        for id_, usd_micros, made_at in row.body["refunds"]
    )
    return Paid(row.id, row.customer_id, row.body["usd_micros"], refunds, None)


def subscription(row: SimulatedObject) -> Subscription:
    """A plan by the month."""
    its = term(row)
    goes_on = row.body["status"] == ACTIVE
    return Subscription(
        id=row.id,
        customer_id=row.customer_id,
        status=row.body["status"],
        price_id=prices.of(f"plan:{its.plan}"),
        start=its.start,
        end=its.end,
        made_at=row.created_at,
        ended_at=None if goes_on else clock.from_milliseconds(row.body["ended_at"]),
        cancels_at=its.end if goes_on and its.ends else None,
        next_price_id=prices.of(f"plan:{its.next_plan}") if its.next_plan else None,
        overage_price_id=prices.of(f"overage:{its.plan}"),
    )


def term(row: SimulatedObject) -> Term:
    """The running period of a subscription."""
    body = row.body
    began, start, end = (clock.from_milliseconds(body[name]) for name in _MOMENTS)
    return Term(body["plan"], began, start, end, body["next_plan"], body["ends"], body["usage"])


def term_body(its: Term) -> dict[str, Any]:
    """The same as JSON."""
    moments = {name: clock.milliseconds(getattr(its, name)) for name in _MOMENTS}
    facts = {"plan": its.plan, "next_plan": its.next_plan, "ends": its.ends}
    return {**moments, **facts, "usage": dict(its.usage)}


def _line(kept: list[Any]) -> Line:
    price_id, usd_micros, start, end, proration = kept
    moments = clock.from_milliseconds(start), clock.from_milliseconds(end)
    return Line(price_id, usd_micros, *moments, proration)


_MOMENTS = ("began", "start", "end")
