"""The calls about subscriptions: begin, look, change, cancel, resume."""

from stripe.params import (
    SubscriptionCancelParams,
    SubscriptionCreateParams,
    SubscriptionItemListParams,
    SubscriptionItemRetrieveParams,
    SubscriptionListParams,
    SubscriptionResumeParams,
    SubscriptionRetrieveParams,
    SubscriptionUpdateParams,
)

from tests.fake_stripe.ground.clock import plan
from tests.fake_stripe.ground.events import changing, tell
from tests.fake_stripe.ground.fields import put
from tests.fake_stripe.ground.lists import listing, matching
from tests.fake_stripe.ground.problems import Malformed, Missing, Problem
from tests.fake_stripe.ground.state import State, Thing
from tests.fake_stripe.things import beginning, collecting, ending, renewal, switching
from tests.fake_stripe.wire.routing import PAGING, play

WHILE_PENDING = {"items", "payment_behavior", "proration_behavior", "proration_date", "trial_end"}


@play(
    "POST", "/v1/subscriptions", SubscriptionCreateParams,
    "cancel_at_period_end customer default_payment_method description items metadata off_session "
    "payment_behavior proration_behavior trial_end trial_period_days trial_settings",
)  # fmt: skip
def create(state: State, params: Thing) -> Thing:
    if "customer" not in params:
        raise Malformed("Missing required param: customer.", param="customer", code="parameter_missing")  # fmt: skip
    return beginning.begin(state, params)


@play("GET", "/v1/subscriptions/{}", SubscriptionRetrieveParams)
def retrieve(state: State, _params: Thing, identifier: str) -> Thing:
    return state.get("subscription", identifier)


@play("GET", "/v1/subscriptions", SubscriptionListParams, PAGING + " customer price status")
def listed(state: State, params: Thing) -> Thing:
    wanted, price = params.get("status", "not over"), params.get("price")
    same = matching(params, "customer")

    def keep(subscription: Thing) -> bool:
        status = subscription["status"]
        fits = wanted in {"all", status} or (
            status in ending.OVER if wanted == "ended"
            else wanted == "not over" and status not in ending.OVER
        )  # fmt: skip
        priced = price is None or price in _prices(subscription)
        return fits and priced and same(subscription)

    return listing(state, params, "/v1/subscriptions", state.all("subscription"), keep)


@play(
    "POST", "/v1/subscriptions/{}", SubscriptionUpdateParams,
    "cancel_at cancel_at_period_end cancellation_details default_payment_method description items "
    "metadata off_session payment_behavior proration_behavior proration_date trial_end",
)  # fmt: skip
def update(state: State, params: Thing, identifier: str) -> Thing:
    subscription = state.get("subscription", identifier)
    _check_update(state, subscription, params)
    with changing(state, "customer.subscription.updated", subscription):
        put(subscription, params, "description", "default_payment_method")
        _set_cancellation(state, subscription, params)
        if "items" in params:
            switching.switch(state, subscription, params)
        if "trial_end" in params:
            _move_trial(state, subscription, params["trial_end"])
    return subscription


@play(
    "DELETE", "/v1/subscriptions/{}", SubscriptionCancelParams,
    "cancellation_details invoice_now prorate",
)  # fmt: skip
def cancel(state: State, params: Thing, identifier: str) -> Thing:
    subscription = state.get("subscription", identifier)
    if subscription["status"] in ending.OVER:
        raise Missing("subscription", identifier)
    subscription["cancellation_details"] |= params.get("cancellation_details", {})
    bill, prorate = params.get("invoice_now", False), params.get("prorate", False)
    ending.end(state, subscription, bill=bill, prorate=prorate)
    return subscription


@play("POST", "/v1/subscriptions/{}/resume", SubscriptionResumeParams, "proration_behavior")
def resume(state: State, _params: Thing, identifier: str) -> Thing:
    """Only what is paused resumes; a new cycle begins and is billed at once."""
    subscription = state.get("subscription", identifier)
    if subscription["status"] != "paused":
        raise Problem("You can only resume a subscription that is paused.")
    before = {"status": "paused"}
    subscription |= {"status": "active", "billing_cycle_anchor": state.now}
    renewal.renew(state, subscription)
    invoice = state.get("invoice", subscription["latest_invoice"])
    collecting.finalize_due(state, invoice["id"])
    tell(state, "customer.subscription.resumed", subscription, before)
    return subscription


@play("GET", "/v1/subscription_items/{}", SubscriptionItemRetrieveParams)
def retrieve_item(state: State, _params: Thing, identifier: str) -> Thing:
    return state.get("subscription_item", identifier)


@play(
    "GET", "/v1/subscription_items", SubscriptionItemListParams,
    PAGING.replace("created", "") + " subscription",
)  # fmt: skip
def list_items(state: State, params: Thing) -> Thing:
    subscription = state.get("subscription", params["subscription"], "subscription")
    return listing(state, params, "/v1/subscription_items", subscription["items"]["data"])


def _check_update(state: State, subscription: Thing, params: Thing) -> None:
    if subscription["status"] in ending.OVER:
        only = set(params) <= {"metadata", "cancellation_details"}
        if not only or subscription["status"] == "incomplete_expired":
            raise Problem("A canceled subscription can only update its cancellation_details and metadata.")  # fmt: skip
    ends = {"cancel_at", "cancel_at_period_end"} & set(params)
    if subscription["schedule"] and ends:
        raise Problem(
            "The subscription is managed by the subscription schedule "
            f"`{subscription['schedule']}`, and updating any cancelation behavior directly is not "
            "allowed. Please update the schedule instead."
        )
    if params.get("payment_behavior") == "pending_if_incomplete":
        for name in sorted(set(params) - WHILE_PENDING):
            raise Malformed(f"{name} is not supported with payment_behavior=pending_if_incomplete.", param=name)  # fmt: skip
    if card := params.get("default_payment_method"):
        state.get("payment_method", card, "default_payment_method")


def _set_cancellation(state: State, subscription: Thing, params: Thing) -> None:
    subscription["cancellation_details"] = {
        **subscription["cancellation_details"], **params.get("cancellation_details", {}),
    }  # fmt: skip
    if "cancel_at_period_end" in params:
        wanted = params["cancel_at_period_end"]
        at = subscription["items"]["data"][0]["current_period_end"]
        subscription["cancel_at_period_end"] = wanted
        _cancel_at(state, subscription, at if wanted else None)
    elif "cancel_at" in params:
        at = params["cancel_at"]
        if isinstance(at, str) and at:
            at = subscription["items"]["data"][0]["current_period_end"]
        _cancel_at(state, subscription, at or None)
        if at:
            plan(state, at, "cancel", subscription["id"])


def _cancel_at(state: State, subscription: Thing, at: int | None) -> None:
    subscription |= {"cancel_at": at, "canceled_at": state.now if at else None}
    details = subscription["cancellation_details"]
    details["reason"] = "cancellation_requested" if at else None


def _move_trial(state: State, subscription: Thing, end: int | str) -> None:
    at = state.now if end == "now" else int(end)
    for item in subscription["items"]["data"]:
        item["current_period_end"] = at
    subscription |= {"trial_end": at, "billing_cycle_anchor": at}
    if at <= state.now:
        renewal.renew(state, subscription)
        collecting.finalize_due(state, subscription["latest_invoice"])
    else:
        subscription["status"] = "trialing"
        plan(state, at, "subscription", subscription["id"])


def _prices(subscription: Thing) -> set[str]:
    return {item["price"]["id"] for item in subscription["items"]["data"]}
