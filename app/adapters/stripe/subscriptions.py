"""Subscriptions as they stand, and changes of what they are for."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from app.adapters.stripe import reading
from app.adapters.stripe.client import Client, once
from app.domain.billing.biller import NoSuchObject
from app.domain.billing.records import Preview, Subscription
from app.errors import Conflict

if TYPE_CHECKING:
    import stripe
    from stripe.params import (
        InvoiceCreatePreviewParamsSubscriptionDetails,
        SubscriptionScheduleUpdateParamsPhase,
        SubscriptionScheduleUpdateParamsPhaseItem,
        SubscriptionUpdateParams,
        SubscriptionUpdateParamsItem,
    )

_IN_FULL = ("latest_invoice", "schedule")


def found(client: Client, subscription_id: str) -> Subscription:
    """A subscription as it stands."""
    read = retrieved(client, subscription_id)
    return reading.subscription(read, _owed(client, read))


def of_customer(client: Client, customer_id: str) -> list[Subscription]:
    """All of a customer's; NoSuchObject where the customer was deleted."""
    with client.asking() as v1:
        expand = [f"data.{name}" for name in _IN_FULL]
        listed = v1.subscriptions.list(
            {"customer": customer_id, "status": "all", "limit": 100, "expand": expand}
        )
        every = [client.ours(each) for each in listed.auto_paging_iter()]
        if all(each.status in reading.OVER for each in every):  # as it is of a deleted one
            customer = v1.customers.retrieve(customer_id)
            if getattr(customer, "deleted", False):
                raise NoSuchObject("This customer was deleted at Stripe.")
    return [reading.subscription(each, _owed(client, each)) for each in every]


def preview(client: Client, subscription_id: str, prices: Sequence[str], at: datetime) -> Preview:
    """What a change costs now, and its plan each month after."""
    its = _living(client, subscription_id)
    change: InvoiceCreatePreviewParamsSubscriptionDetails = {
        "items": [*_items(its, prices)],
        "proration_behavior": "always_invoice",
        "proration_date": _within(its, at),
    }
    with client.asking() as v1:
        bill = v1.invoices.create_preview(
            {"subscription": its.id, "subscription_details": change}, once(its.id, "preview")
        )
        plan = v1.prices.retrieve(prices[0])
    due = bill.total if bill.total < 0 else bill.amount_due  # credit of the customer's pays first
    return Preview(
        due_micros=reading.micros(due),
        next_micros=reading.micros(plan.unit_amount or 0),
        at=reading.moment(change["proration_date"]),
        next_at=reading.moment(reading.plan_item(its).current_period_end),
    )


def change_now(client: Client, subscription_id: str, prices: Sequence[str], at: datetime) -> None:
    """Go on with other prices, if they are paid for at once.

    `pending_if_incomplete` would leave an open invoice behind a decline, and with it what meters
    counted so far: Stripe forgets that usage once such an invoice is voided.
    """
    its = _living(client, subscription_id)
    change: SubscriptionUpdateParams = {
        "items": _items(its, prices),
        "proration_behavior": "always_invoice",
        "proration_date": _within(its, at),
        "payment_behavior": "error_if_incomplete",
    }
    with client.asking() as v1:
        v1.subscriptions.update(its.id, change, once(its.id, "change_now", *prices))
    keep(client, subscription_id)


def change_at_end(client: Client, subscription_id: str, prices: Sequence[str]) -> None:
    """Go on with other prices from the next period on."""
    its = _living(client, subscription_id)
    if prices[0] == reading.plan_item(its).price.id:
        keep(client, subscription_id)
        return
    schedule = reading.schedule_of(its)
    if schedule is None:
        _take_back_end(client, its)
        with client.asking() as v1:
            schedule = v1.subscription_schedules.create(
                {"from_subscription": its.id}, once(its.id, "schedule")
            )
    with client.asking() as v1:
        v1.subscription_schedules.update(
            schedule.id,
            {"end_behavior": "release", "phases": _phases(its, schedule, prices)},
            once(schedule.id, *prices),
        )


def end_at_end(client: Client, subscription_id: str) -> None:
    """Let it end with its period; what is over stays over."""
    its = retrieved(client, subscription_id)
    if its.status in reading.OVER:
        return
    if _release(client, its):
        its = retrieved(client, subscription_id)
    if not its.cancel_at_period_end:
        with client.asking() as v1:
            v1.subscriptions.update(
                its.id, {"cancel_at_period_end": True}, once(its.id, "end_at_end")
            )


def keep(client: Client, subscription_id: str) -> None:
    """Let it go on as it is."""
    its = _living(client, subscription_id)
    if _release(client, its):
        its = retrieved(client, subscription_id)
    _take_back_end(client, its)


def retrieved(client: Client, subscription_id: str) -> "stripe.Subscription":
    """Stripe's own object, with what reading needs of it in full."""
    with client.asking() as v1:
        read = v1.subscriptions.retrieve(subscription_id, {"expand": list(_IN_FULL)})
    return client.ours(read)


def _living(client: Client, subscription_id: str) -> "stripe.Subscription":
    its = retrieved(client, subscription_id)
    if its.status in reading.OVER:
        raise Conflict("This subscription has ended.", hint="Choose a plan to begin a new one.")
    return its


def _owed(client: Client, read: "stripe.Subscription") -> "list[stripe.Invoice]":
    """Open invoices, newest first; asked for where a payment failed and nowhere else."""
    if read.status not in reading.FAILING:
        return []
    with client.asking() as v1:
        return v1.invoices.list({"subscription": read.id, "status": "open", "limit": 100}).data


def _items(
    its: "stripe.Subscription", prices: Sequence[str]
) -> "list[SubscriptionUpdateParamsItem]":
    """The plan's item and the one by use keep their ids under new prices."""
    items: list[SubscriptionUpdateParamsItem] = []
    for by_use, price in enumerate(prices):
        held = [
            each.id for each in its.items.data if reading.is_metered(each.price) is bool(by_use)
        ]
        items.append({"id": held[0], "price": price} if held else {"price": price})
    return items


def _within(its: "stripe.Subscription", at: datetime) -> int:
    """The moment, or the nearest one of the running period: Stripe prorates no other."""
    period = reading.plan_item(its)
    return min(max(reading.seconds(at), period.current_period_start), period.current_period_end)


def _phases(
    its: "stripe.Subscription", schedule: "stripe.SubscriptionSchedule", prices: Sequence[str]
) -> "list[SubscriptionScheduleUpdateParamsPhase]":
    """What it is until the period ends, then a day of what comes, and on without a schedule.

    No longer: while there is a schedule Stripe's portal refuses to cancel.

    Prorations stay on: at the turn nothing is left to prorate, but without them Stripe would not
    bill what the old price's meter counted.
    """
    assert schedule.current_phase is not None  # it is active while its subscription names it
    now = [(item.price.id, reading.is_metered(item.price)) for item in its.items.data]
    then = [(price, by_use > 0) for by_use, price in enumerate(prices)]
    return [
        {
            "items": [_of_phase(*each) for each in now],
            "start_date": schedule.current_phase.start_date,
            "end_date": reading.plan_item(its).current_period_end,
        },
        {
            "items": [_of_phase(*each) for each in then],
            "duration": {"interval": "day", "interval_count": 1},
        },
    ]


def _of_phase(price: str, by_use: bool) -> "SubscriptionScheduleUpdateParamsPhaseItem":  # noqa: FBT001 # a pair as it was made
    return {"price": price} if by_use else {"price": price, "quantity": 1}


def _release(client: Client, its: "stripe.Subscription") -> bool:
    """Let go of the schedule, and of the end it may have set; whether there was one."""
    schedule = reading.schedule_of(its)
    if schedule is None:
        return False
    with client.asking() as v1:
        v1.subscription_schedules.release(schedule.id, {}, once(schedule.id, "release"))
    return True


def _take_back_end(client: Client, its: "stripe.Subscription") -> None:
    if not (its.cancel_at_period_end or its.cancel_at):
        return
    with client.asking() as v1:
        v1.subscriptions.update(
            its.id,
            {"cancel_at_period_end": False} if its.cancel_at_period_end else {"cancel_at": ""},
            once(its.id, "keep"),
        )
