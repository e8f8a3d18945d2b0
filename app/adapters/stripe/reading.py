"""Stripe's objects as our records; its cents become micro-dollars, its seconds moments."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from app.adapters.stripe.disputes import worst
from app.adapters.stripe.dollars import require_dollars
from app.domain import plans
from app.domain.billing.records import (
    Checkout,
    Invoice,
    Line,
    Paid,
    Refund,
    Subscription,
)
from app.kit import clock

if TYPE_CHECKING:
    import stripe

FAILING = frozenset({"past_due", "unpaid"})
OVER = frozenset({"canceled", "incomplete_expired"})
CAME_TO_NOTHING = frozenset({"requires_payment_method", "canceled"})  # of an intent
GOES_BACK = frozenset({"succeeded", "pending"})


class _Named(Protocol):
    id: str


def micros(cents: int) -> int:
    """An amount as we count it."""
    return cents * plans.CENT


def moment(seconds: int) -> datetime:
    """A time of Stripe's."""
    return clock.from_milliseconds(seconds * 1000)


def seconds(at: datetime) -> int:
    """A time as Stripe takes it."""
    return clock.milliseconds(at) // 1000


def id_of(thing: "str | _Named") -> str:
    """The id of what is named, shown in full or not."""
    return thing if isinstance(thing, str) else thing.id


def maybe_id(thing: "str | _Named | None") -> str | None:
    """The same where nothing may be named."""
    return None if thing is None else id_of(thing)


def is_metered(price: "stripe.Price | None") -> bool:
    """Whether a price is by use."""
    return bool(price and price.recurring and price.recurring.usage_type == "metered")


def checkout(session: "stripe.checkout.Session") -> Checkout:
    """A page to pay at, read with its `line_items`; once it is complete, with what is to pay it."""
    require_dollars(session)
    lines = session.line_items.data if session.line_items else []
    sold = next((line for line in lines if not is_metered(line.price)), None)
    return Checkout(
        id=session.id,
        url=session.url if session.status == "open" else None,
        customer_id=maybe_id(session.customer) or "",
        status=session.status or "open",
        paid=session.payment_status == "paid",
        price_id=sold.price.id if sold and sold.price else None,
        usd_micros=micros(sold.amount_subtotal - sold.amount_discount) if sold else 0,
        expires_at=moment(session.expires_at),
        payment_id=maybe_id(session.payment_intent),
        invoice_id=maybe_id(session.invoice),
        subscription_id=maybe_id(session.subscription),
        covered=session.payment_status == "no_payment_required" and session.status == "complete",
        failed=session.payment_status == "unpaid" and _failed(session),
    )


def invoice(read: "stripe.Invoice", lines: "Sequence[stripe.InvoiceLineItem]" = ()) -> Invoice:
    """An invoice, read with its `payments`."""
    require_dollars(read)
    paid_at = read.status_transitions.paid_at
    return Invoice(
        id=read.id,
        number=read.number,
        customer_id=maybe_id(read.customer) or "",
        subscription_id=_subscription_of(read),
        status=read.status or "draft",
        lines=tuple(_line(each) for each in lines),
        usd_micros=micros(read.total),
        made_at=moment(read.created),
        paid_at=moment(paid_at) if paid_at else None,
        payment_id=next(iter(payments(read)), None),
        url=read.hosted_invoice_url,
        pdf_url=read.invoice_pdf,
    )


def payments(read: "stripe.Invoice") -> list[str]:
    """The payments that paid an invoice."""
    made = read.payments.data if read.payments else []
    named = [maybe_id(each.payment.payment_intent) for each in made if each.status == "paid"]
    return [payment_id for payment_id in named if payment_id]


def subscription(
    read: "stripe.Subscription", owed: "Sequence[stripe.Invoice]" = ()
) -> Subscription:
    """A subscription, read with its `latest_invoice` and `schedule`; `owed` are its open invoices.

    Periods are those of its plan's item: since 2025 a subscription has none of its own.
    """
    item = plan_item(read)
    end = moment(item.current_period_end)
    next_price = _next_price(read)
    return Subscription(
        id=read.id,
        customer_id=id_of(read.customer),
        status=read.status,
        price_id=None if is_metered(item.price) else item.price.id,
        start=moment(item.current_period_start),
        end=end,
        made_at=moment(read.created),
        ended_at=moment(read.ended_at) if read.ended_at else None,
        cancels_at=_cancels_at(read, end),
        next_price_id=next_price if next_price != item.price.id else None,
        failing_since=_failing_since(read, owed),
        open_invoice_id=_open_invoice(read, owed),
        overage_price_id=next(
            (each.price.id for each in read.items.data if is_metered(each.price)), None
        ),
    )


def plan_item(read: "stripe.Subscription") -> "stripe.SubscriptionItem":
    """What is paid ahead; what is by use where nothing is."""
    return min(read.items.data, key=lambda item: is_metered(item.price))


def schedule_of(read: "stripe.Subscription") -> "stripe.SubscriptionSchedule | None":
    """The schedule that stands."""
    schedule = read.schedule
    return None if isinstance(schedule, str) else schedule


def paid(
    intent: "stripe.PaymentIntent",
    refunds: "Sequence[stripe.Refund]",
    disputes: "Sequence[stripe.Dispute]",
) -> Paid:
    """A payment with all that became of it."""
    require_dollars(intent)
    return Paid(
        id=intent.id,
        customer_id=maybe_id(intent.customer),
        usd_micros=micros(intent.amount_received),
        refunds=tuple(
            Refund(each.id, micros(each.amount), moment(each.created))
            for each in refunds
            if each.status in GOES_BACK
        ),
        dispute=worst(disputes),
    )


def _failed(session: "stripe.checkout.Session") -> bool:
    """A plan lives while its bank is asked, so a page of one has no intent that would say it."""
    if session.status != "complete":
        return False
    intent, plan = session.payment_intent, session.subscription
    if intent is not None and not isinstance(intent, str):
        return intent.status in CAME_TO_NOTHING
    return plan is not None and not isinstance(plan, str) and plan.status in FAILING | OVER


def _subscription_of(read: "stripe.Invoice") -> str | None:
    details = read.parent.subscription_details if read.parent else None
    return id_of(details.subscription) if details else None


def _line(read: "stripe.InvoiceLineItem") -> Line:
    """A line at what is paid for it: less its discounts, before tax."""
    discounts = sum(each.amount for each in read.discount_amounts or ())
    price = read.pricing.price_details if read.pricing else None
    return Line(
        price_id=id_of(price.price) if price else None,
        usd_micros=micros(read.subtotal - discounts),
        start=moment(read.period.start),
        end=moment(read.period.end),
        proration=_is_proration(read),
    )


def _is_proration(read: "stripe.InvoiceLineItem") -> bool:
    if read.parent is None:
        return False
    details = read.parent.subscription_item_details or read.parent.invoice_item_details
    return bool(details and details.proration)


def _cancels_at(read: "stripe.Subscription", end: datetime) -> datetime | None:
    schedule = schedule_of(read)
    if read.cancel_at:
        return moment(read.cancel_at)
    if read.cancel_at_period_end:
        return end
    if schedule and schedule.end_behavior == "cancel":
        return moment(schedule.phases[-1].end_date)
    return None


def _next_price(read: "stripe.Subscription") -> str | None:
    """Of the schedule's next phase, whose item by use has no quantity."""
    schedule = schedule_of(read)
    if schedule is None or schedule.current_phase is None:
        return None
    ahead = schedule.current_phase.end_date
    for phase in schedule.phases:
        if phase.start_date >= ahead:
            counted = (each for each in phase.items if getattr(each, "quantity", None))
            return next((id_of(each.price) for each in counted), None)
    return None


def _failing_since(
    read: "stripe.Subscription", owed: "Sequence[stripe.Invoice]"
) -> datetime | None:
    """When the oldest open invoice was asked for: a renewal meanwhile is no new grace."""
    if read.status not in FAILING:
        return None
    asked = [each.status_transitions.finalized_at for each in owed or _latest(read)]
    return min((moment(at) for at in asked if at), default=None)


def _open_invoice(read: "stripe.Subscription", owed: "Sequence[stripe.Invoice]") -> str | None:
    """The newest one that waits for its payment."""
    waiting = [each for each in (*_latest(read), *owed) if each.status == "open"]
    return waiting[0].id if waiting else None


def _latest(read: "stripe.Subscription") -> "list[stripe.Invoice]":
    latest = read.latest_invoice
    return [] if latest is None or isinstance(latest, str) else [latest]
