"""How a subscription ends: cancelled, or never begun in time."""

from tests.fake_stripe.ground.clock import when_due
from tests.fake_stripe.ground.events import changing, tell
from tests.fake_stripe.ground.state import State, Thing
from tests.fake_stripe.things import collecting, invoicing, items
from tests.fake_stripe.things.lines import item_from
from tests.fake_stripe.things.proration import credit_lines

OVER = {"canceled", "incomplete_expired"}


def end(
    state: State, subscription: Thing, reason: str = "cancellation_requested", *,
    bill: bool = False, prorate: bool = False,
) -> None:  # fmt: skip
    """Cancel now; unused time is credited and counted usage billed only where that is asked for."""
    lines = credit_lines(state, subscription, state.now) if prorate else []
    customer, held = subscription["customer"], subscription["items"]["data"]
    if bill:
        lines += items.usage_lines(state, customer, held, state.now)
        items.mark_billed(state, held, state.now)
    subscription |= {
        "status": "canceled", "ended_at": state.now,
        "canceled_at": subscription["canceled_at"] or state.now,
    }  # fmt: skip
    details = subscription["cancellation_details"]
    details["reason"] = details["reason"] or reason
    _stop_collecting(state, subscription)
    if bill and lines:
        _last_invoice(state, subscription, lines)
    elif not bill:
        wait(state, subscription, lines)
    _leave_schedule(state, subscription)
    tell(state, "customer.subscription.deleted", subscription)


def wait(state: State, subscription: Thing, lines: list[Thing]) -> None:
    """Lines that wait for the customer's next invoice."""
    for line in lines:
        tell(state, "invoiceitem.created", item_from(state, line, subscription["customer"]))


@when_due("incomplete")
def expire(state: State, identifier: str) -> None:
    """23 hours without a first payment: it never begins. docs.stripe.com/billing/subscriptions/overview"""
    subscription = state.get("subscription", identifier)
    if subscription["status"] != "incomplete":
        return
    with changing(state, "customer.subscription.updated", subscription):
        subscription |= {"status": "incomplete_expired", "canceled_at": state.now}
        subscription["ended_at"] = state.now
    invoice = state.get("invoice", subscription["latest_invoice"])
    if invoice["status"] == "open":
        collecting.void(state, invoice)


def _last_invoice(state: State, subscription: Thing, lines: list[Thing]) -> None:
    invoice = invoicing.draft(
        state, subscription["customer"], lines, "subscription_cycle", subscription
    )
    subscription["latest_invoice"] = invoice["id"]


def _stop_collecting(state: State, subscription: Thing) -> None:
    """An ended subscription's open invoices stay open and are not tried again."""
    for invoice in state.all("invoice", status="open"):
        if collecting.subscription_of(state, invoice) is subscription:
            invoice |= {"auto_advance": False, "next_payment_attempt": None}


def _leave_schedule(state: State, subscription: Thing) -> None:
    schedule = state.things["subscription_schedule"].get(subscription["schedule"] or "")
    if schedule and schedule["status"] == "active":
        schedule |= {"status": "canceled", "canceled_at": state.now, "current_phase": None}
        tell(state, "subscription_schedule.canceled", schedule)


def _gave_up(state: State, invoice: Thing) -> None:
    """The last retry failed: what the account's owner chose for that."""
    subscription = collecting.subscription_of(state, invoice)
    if subscription is None or subscription["status"] in OVER:
        return
    chosen = state.settings.after_retries
    if chosen == "canceled":
        end(state, subscription, "payment_failed")
    elif subscription["status"] != chosen:
        with changing(state, "customer.subscription.updated", subscription):
            subscription["status"] = chosen


collecting.WHEN_GIVEN_UP.append(_gave_up)
