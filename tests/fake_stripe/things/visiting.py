"""What a customer does in the portal: another card, another plan, an end, a change of mind."""

from tests.fake_stripe.ground.events import changing
from tests.fake_stripe.ground.money import cost
from tests.fake_stripe.ground.problems import Problem
from tests.fake_stripe.ground.state import State, Thing
from tests.fake_stripe.things import cards, ending, items, schedules, subscriptions


def features(state: State, visit: Thing) -> Thing:
    """What the visit's configuration allows."""
    found: Thing = state.get("billing_portal.configuration", visit["configuration"])["features"]
    return found


def held(state: State, visit: Thing) -> list[Thing]:
    """The customer's subscriptions that are not over."""
    return [
        each
        for each in state.all("subscription", customer=visit["customer"])
        if each["status"] not in ending.OVER
    ]


def update_card(state: State, visit: Thing, token: str) -> None:
    """A new card pays from now on, whatever the old one did."""
    _need(state, visit, "payment_method_update")
    card = cards.attach_to(state, token, visit["customer"])
    if not state.notes[card["id"]].get("declines"):
        state.declining.pop(visit["customer"], None)
    customer = state.get("customer", visit["customer"])
    with changing(state, "customer.updated", customer):
        customer["invoice_settings"]["default_payment_method"] = card["id"]
    for subscription in held(state, visit):
        if subscription["default_payment_method"]:
            with changing(state, "customer.subscription.updated", subscription):
                subscription["default_payment_method"] = card["id"]


def cancel(state: State, visit: Thing, identifier: str) -> None:
    """End a plan, at once or at its period's end as configured."""
    settings = _need(state, visit, "subscription_cancel")
    _mine(state, visit, identifier)
    if settings["mode"] == "immediately":
        subscriptions.cancel(state, {}, identifier)
    else:
        subscriptions.update(state, {"cancel_at_period_end": True}, identifier)


def resume(state: State, visit: Thing, identifier: str) -> None:
    """Take back a cancellation that has not come true."""
    _mine(state, visit, identifier)
    subscriptions.update(state, {"cancel_at_period_end": False}, identifier)


def may_switch(state: State, visit: Thing, subscription: Thing) -> str:
    """Why the portal offers no change of plan; empty where it does.

    docs.stripe.com/customer-management/configure-portal, "Limitations".
    """
    if not features(state, visit)["subscription_update"]["enabled"]:
        return "Changing plans is not enabled."
    lines = subscription["items"]["data"]
    if len(lines) > 1:
        return "A subscription to several products cannot be changed here."
    if items.is_metered(lines[0]["price"]):
        return "A subscription with usage-based prices cannot be changed here."
    return "A scheduled subscription cannot be changed here." if subscription["schedule"] else ""


def offered(state: State, visit: Thing) -> list[Thing]:
    """The prices the portal lets customers change to."""
    products = features(state, visit)["subscription_update"]["products"] or []
    return [state.get("price", price) for each in products for price in each["prices"]]


def switch(state: State, visit: Thing, identifier: str, price_id: str) -> None:
    """Another plan: at once with proration, or at the period's end where it costs less."""
    subscription = _mine(state, visit, identifier)
    if why := may_switch(state, visit, subscription):
        raise Problem(why)
    if price_id not in {price["id"] for price in offered(state, visit)}:
        raise Problem("This price is not offered here.")
    settings = features(state, visit)["subscription_update"]
    item = subscription["items"]["data"][0]
    later = {each["type"] for each in settings["schedule_at_period_end"]["conditions"]}
    cheaper = cost(state.get("price", price_id), 1) < cost(item["price"], 1)
    if cheaper and "decreasing_item_amount" in later:
        schedule = schedules.start(state, subscription)
        now = {"items": [{"price": item["price"]["id"], "quantity": item["quantity"]}]}
        now["end_date"] = schedule["current_phase"]["end_date"]
        then = {"items": [{"price": price_id, "quantity": item["quantity"]}]}
        schedules.set_phases(state, schedule, [now, then])
        return
    behaviour = settings["proration_behavior"]
    change = {"items": [{"id": item["id"], "price": price_id}], "proration_behavior": behaviour}
    subscriptions.update(state, change, identifier)


def _mine(state: State, visit: Thing, identifier: str) -> Thing:
    subscription = state.get("subscription", identifier)
    if subscription["customer"] != visit["customer"]:
        raise Problem("This subscription belongs to somebody else.")
    return subscription


def _need(state: State, visit: Thing, feature: str) -> Thing:
    settings: Thing = features(state, visit)[feature]
    if not settings["enabled"]:
        raise Problem(f"The portal's configuration does not enable {feature}.")
    return settings
