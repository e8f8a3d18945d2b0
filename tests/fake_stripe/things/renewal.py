"""What the clock does to a subscription: trials end, periods renew, cancellations come true."""

from tests.fake_stripe.ground.clock import plan, when_due
from tests.fake_stripe.ground.events import changing, tell
from tests.fake_stripe.ground.periods import period_at
from tests.fake_stripe.ground.state import State, Thing
from tests.fake_stripe.things import cards, ending, invoicing, items


@when_due("trial_will_end")
def trial_will_end(state: State, identifier: str) -> None:
    """Three days before a trial ends."""
    subscription = state.get("subscription", identifier)
    if subscription["status"] == "trialing":
        tell(state, "customer.subscription.trial_will_end", subscription)


@when_due("cancel")
def cancel_due(state: State, identifier: str) -> None:
    """The moment a subscription was to end at."""
    subscription = state.get("subscription", identifier)
    if subscription["cancel_at"] == state.now and subscription["status"] not in ending.OVER:
        ending.end(state, subscription, bill=True)


@when_due("subscription")
def period_ended(state: State, identifier: str) -> None:
    """The end of a period: the end of the subscription, a pause, or the next period."""
    subscription = state.get("subscription", identifier)
    stands_still = subscription["status"] in ending.OVER | {"paused"}
    held = subscription["items"]["data"]
    if stands_still or held[0]["current_period_end"] != state.now:
        return
    if subscription["cancel_at_period_end"]:
        ending.end(state, subscription, bill=True)
    elif subscription["status"] == "trialing" and _missing_card(state, subscription):
        _end_trial_without_card(state, subscription)
    elif subscription["status"] == "incomplete":
        plan(state, _next(subscription, state.now)[1], "subscription", identifier)
    else:
        renew(state, subscription)


def renew(state: State, subscription: Thing) -> None:
    """The next period, and a draft of its invoice: ahead for plans, behind for meters."""
    held = subscription["items"]["data"]
    with changing(state, "customer.subscription.updated", subscription):
        usage = items.usage_lines(state, subscription["customer"], held, state.now)
        items.mark_billed(state, held, state.now)
        period = _next(subscription, state.now)
        for item in held:
            item["current_period_start"], item["current_period_end"] = period
        if subscription["status"] == "trialing":
            subscription["status"] = "active"
        invoice = invoicing.draft(
            state, subscription["customer"], items.advance_lines(state, held, period) + usage,
            "subscription_cycle", subscription, auto_advance=subscription["status"] != "unpaid",
        )  # fmt: skip
        subscription["latest_invoice"] = invoice["id"]
    plan(state, period[1], "subscription", subscription["id"])


def _next(subscription: Thing, moment: int) -> tuple[int, int]:
    rhythm = items.rhythm(subscription["items"]["data"][0]["price"])
    return period_at(subscription["billing_cycle_anchor"], *rhythm, moment)


def _missing_card(state: State, subscription: Thing) -> bool:
    behaviour = subscription["trial_settings"]["end_behavior"]["missing_payment_method"]
    has_card = cards.default_of(state, subscription["customer"], subscription)
    return behaviour != "create_invoice" and not has_card


def _end_trial_without_card(state: State, subscription: Thing) -> None:
    if subscription["trial_settings"]["end_behavior"]["missing_payment_method"] == "cancel":
        ending.end(state, subscription)
        return
    before = {"status": subscription["status"]}
    subscription["status"] = "paused"
    tell(state, "customer.subscription.updated", subscription, before)
    tell(state, "customer.subscription.paused", subscription, before)
