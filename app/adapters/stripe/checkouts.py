"""Checkout: the page where a pack or a plan is paid for."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app.adapters.stripe import reading
from app.adapters.stripe.client import KEY_REUSED, Client, Refused, key, once
from app.domain.billing.records import Checkout, Wanted

if TYPE_CHECKING:
    import stripe
    from stripe.params.checkout import (
        SessionCreateParams,
        SessionCreateParamsLineItem,
        SessionCreateParamsSubscriptionData,
    )

# Stripe's half hour and its day, a minute apart for clocks that differ.
SOONEST, LATEST = timedelta(minutes=31), timedelta(hours=23, minutes=59)
_IN_FULL = "line_items"
_PAID_BY = "payment_intent", "subscription"  # what says that a bank did not pay


def opened(client: Client, wanted: Wanted, taxes: "SessionCreateParams", now: datetime) -> Checkout:
    """A page for a purchase; asked for again, the page it has."""
    params: SessionCreateParams = {**_params(wanted, now), **taxes}
    try:
        with client.asking() as v1:
            session = v1.checkout.sessions.create(params, key(wanted.purchase_id, "checkout"))
    except Refused as refused:
        if refused.reason != KEY_REUSED:
            raise
        earlier = _made_before(client, wanted)
        if earlier is None:
            raise
        return reading.checkout(client.ours(earlier))
    answer = session.last_response
    if answer and "Idempotent-Replayed" in answer.headers:  # what it was when it was made
        return found(client, session.id)
    return reading.checkout(client.ours(session))


def found(client: Client, checkout_id: str) -> Checkout:
    """A page as it stands."""
    with client.asking() as v1:
        session = v1.checkout.sessions.retrieve(checkout_id, {"expand": [_IN_FULL, *_PAID_BY]})
    return reading.checkout(client.ours(session))


def close(client: Client, checkout_id: str) -> None:
    """End a page, unless it is paid or over."""
    try:
        with client.asking() as v1:
            v1.checkout.sessions.expire(checkout_id, {}, once(checkout_id, "expire"))
    except Refused:
        if found(client, checkout_id).status == "open":
            raise


def taxed(*, automatic: bool, ids: bool) -> "SessionCreateParams":
    """What a page asks for so that Stripe can reckon tax; the customer keeps what is typed."""
    params: SessionCreateParams = {}
    if automatic:
        params["automatic_tax"] = {"enabled": True}
    if ids:
        params["tax_id_collection"] = {"enabled": True}
    if params:
        params["customer_update"] = {"address": "auto", "name": "auto"}
    return params


def _params(wanted: Wanted, now: datetime) -> "SessionCreateParams":
    params: SessionCreateParams = {
        "customer": wanted.customer_id,
        "client_reference_id": wanted.purchase_id,
        "line_items": _lines(wanted),
        "metadata": _metadata(wanted),
        "success_url": wanted.back_url,
        "cancel_url": wanted.back_url,
        "expires_at": _expiry(wanted, now),
        "expand": [_IN_FULL],
    }
    if wanted.cards_only:
        params["allowed_payment_method_types"] = ["card"]
    if wanted.monthly:
        return {**params, "mode": "subscription", "subscription_data": _subscription(wanted)}
    return {
        **params,
        "mode": "payment",
        "invoice_creation": {"enabled": True, "invoice_data": {"metadata": _metadata(wanted)}},
    }


def _subscription(wanted: Wanted) -> "SessionCreateParamsSubscriptionData":
    """Flexible billing bills what a meter counted when its price changes; classic forgets it."""
    return {"metadata": _metadata(wanted), "billing_mode": {"type": "flexible"}}


def _metadata(wanted: Wanted) -> dict[str, str]:
    return {"purchase_id": wanted.purchase_id}


def _lines(wanted: Wanted) -> "list[SessionCreateParamsLineItem]":
    """One of the item; what is by use is given without a quantity."""
    first, *by_use = wanted.prices
    lines: list[SessionCreateParamsLineItem] = [{"price": first, "quantity": 1}]
    lines.extend({"price": price} for price in by_use)
    return lines


def _expiry(wanted: Wanted, now: datetime) -> int:
    return reading.seconds(min(max(wanted.expires_at, now + SOONEST), now + LATEST))


def _made_before(client: Client, wanted: Wanted) -> "stripe.checkout.Session | None":
    """The page of this purchase, where other words than the first were used to ask for it."""
    with client.asking() as v1:
        made = v1.checkout.sessions.list(
            {"customer": wanted.customer_id, "limit": 100, "expand": [f"data.{_IN_FULL}"]}
        )
        same = (each for each in made.data if each.client_reference_id == wanted.purchase_id)
        return next(same, None)
