"""Changing what a subscription is for: now with proration, or only once it is paid for."""

from copy import deepcopy

from tests.fake_stripe.ground.clock import HOUR, plan, when_due
from tests.fake_stripe.ground.events import changing, tell
from tests.fake_stripe.ground.fields import merged
from tests.fake_stripe.ground.problems import Malformed, NotPlayed
from tests.fake_stripe.ground.state import State, Thing
from tests.fake_stripe.things import cards, collecting, invoicing, items, payments
from tests.fake_stripe.things.ending import wait
from tests.fake_stripe.things.proration import change_lines

TIME_FOR_A_PENDING_UPDATE = 23 * HOUR


def switch(state: State, subscription: Thing, params: Thing) -> None:
    """Put new items in the place of old ones, and bill the difference as asked."""
    before = subscription["items"]["data"]
    after = wanted(state, subscription, params["items"])
    lines = difference(state, subscription, before, after, params)
    behavior = params.get("payment_behavior", "allow_incomplete")
    at_once = params.get("proration_behavior") == "always_invoice"
    if at_once and behavior in {"error_if_incomplete", "pending_if_incomplete"}:
        card = cards.default_of(state, subscription["customer"], subscription)
        code = cards.declines(state, card, subscription["customer"])
        if code and sum(line["amount"] for line in lines) > 0:
            if behavior == "error_if_incomplete":
                raise payments.refusal(state, card, code)
            _wait_for_payment(state, subscription, after, lines)
            return
    apply(state, subscription, after)
    _bill(state, subscription, lines, at_once=at_once)


def wanted(state: State, subscription: Thing, given: list[Thing]) -> list[Thing]:
    """The items as they will be, nothing changed yet."""
    after = {item["id"]: deepcopy(item) for item in subscription["items"]["data"]}
    first = next(iter(after.values()))
    period = (first["current_period_start"], first["current_period_end"])
    for at, each in enumerate(given):
        identifier = each.get("id")
        if identifier is None:
            item = items.make(state, subscription["id"], each, period, f"items[{at}]")
            after[item["id"]] = item
        elif identifier not in after:
            raise Malformed(f"Invalid subscription item: {identifier}", param=f"items[{at}][id]", code="resource_missing")  # fmt: skip
        elif each.get("deleted"):
            del after[identifier]
        else:
            _set(state, after[identifier], each, f"items[{at}]")
    if not after:
        raise Malformed("A subscription must have at least one active plan.", param="items")
    items.check_together(list(after.values()))
    if items.rhythm(next(iter(after.values()))["price"]) != items.rhythm(first["price"]):
        raise NotPlayed("Changing the billing interval is not played here.", param="items")
    return list(after.values())


def difference(
    state: State, subscription: Thing, before: list[Thing], after: list[Thing], params: Thing
) -> list[Thing]:
    """What the change costs: the usage of meters that go, and the time of plans that change."""
    if subscription["status"] == "trialing":
        return []
    moment = params.get("proration_date", state.now)
    kept = {(item["id"], item["price"]["id"]) for item in after}
    gone = [item for item in before if (item["id"], item["price"]["id"]) not in kept]
    usage = items.usage_lines(state, subscription["customer"], gone, state.now)
    usage = [line for line in usage if line["quantity"]]
    if params.get("proration_behavior") == "none":
        return usage
    return change_lines(state, before, after, moment) + usage


def apply(state: State, subscription: Thing, after: list[Thing]) -> None:
    """The items are these from now on; new meters count from here."""
    known = {item["id"]: item["price"]["id"] for item in subscription["items"]["data"]}
    fresh = [item for item in after if known.get(item["id"]) != item["price"]["id"]]
    items.mark_billed(state, [item for item in fresh if items.is_metered(item["price"])], state.now)
    subscription["items"]["data"] = after
    for item in after:
        state.things["subscription_item"][item["id"]] = item


@when_due("pending_update")
def pending_update_due(state: State, identifier: str) -> None:
    """23 hours without payment: the change is forgotten."""
    subscription = state.get("subscription", identifier)
    pending = subscription["pending_update"]
    if pending and pending["expires_at"] == state.now:
        invoice = state.get("invoice", subscription["latest_invoice"])
        with changing(state, "customer.subscription.updated", subscription):
            subscription["pending_update"] = None
        tell(state, "customer.subscription.pending_update_expired", subscription)
        if invoice["status"] == "open":
            collecting.void(state, invoice)


def _set(state: State, item: Thing, given: Thing, at: str) -> None:
    if "price" in given:
        price = items.sold(state, given, at)
        item |= {"price": price, "plan": items.plan_of(price)}
        item["quantity"] = None if items.is_metered(price) else item["quantity"] or 1
    if "quantity" in given:
        item["quantity"] = given["quantity"]
    if "metadata" in given:
        item["metadata"] = merged(item["metadata"], given["metadata"])


def _bill(state: State, subscription: Thing, lines: list[Thing], *, at_once: bool) -> None:
    if not at_once:
        wait(state, subscription, lines)
    elif lines:
        collecting.collect(state, _invoiced(state, subscription, lines))


def _invoiced(state: State, subscription: Thing, lines: list[Thing]) -> Thing:
    invoice = invoicing.draft(
        state, subscription["customer"], lines, "subscription_update", subscription
    )
    subscription["latest_invoice"] = invoice["id"]
    invoicing.finalize(state, invoice)
    return invoice


def _wait_for_payment(
    state: State, subscription: Thing, after: list[Thing], lines: list[Thing]
) -> None:
    """The change waits for its invoice to be paid. docs.stripe.com/billing/subscriptions/pending-updates"""
    subscription["pending_update"] = {
        "billing_cycle_anchor": None, "cancel_at_period_end": None, "discount": None,
        "discounts": None, "expires_at": state.now + TIME_FOR_A_PENDING_UPDATE, "metadata": None,
        "subscription_items": after, "trial_end": None, "trial_from_plan": None,
    }  # fmt: skip
    plan(state, state.now + TIME_FOR_A_PENDING_UPDATE, "pending_update", subscription["id"])
    invoice = _invoiced(state, subscription, lines)
    collecting.collect(state, invoice, by_itself=False)


def _paid(state: State, invoice: Thing) -> None:
    """The invoice a change waited for is paid: the change comes true."""
    subscription = collecting.subscription_of(state, invoice)
    pending = subscription and subscription["pending_update"]
    if not subscription or not pending or subscription["latest_invoice"] != invoice["id"]:
        return
    with changing(state, "customer.subscription.updated", subscription):
        apply(state, subscription, pending["subscription_items"])
        subscription["pending_update"] = None
    tell(state, "customer.subscription.pending_update_applied", subscription)


collecting.WHEN_PAID.append(_paid)
