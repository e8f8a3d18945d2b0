"""A customer's dealings as they stand at the provider, read together; and what follows from them.

Notices come twice, late and in any order, so nothing is applied from them: what is applied is a
function of the scene, and applying it twice changes nothing.
"""

from collections.abc import Sequence
from typing import NamedTuple

from app.domain.billing.records import LIVING, Checkout, Invoice, Paid, Subscription


class Scene(NamedTuple):
    """What was read."""

    customer_id: str
    subscriptions: tuple[Subscription, ...]
    checkouts: tuple[Checkout, ...] = ()
    invoices: tuple[Invoice, ...] = ()
    payments: tuple[Paid, ...] = ()
    gone: bool = False  # the customer was deleted at the provider


def living(subscriptions: Sequence[Subscription]) -> Subscription | None:
    """The one subscription that counts: never more than one lives at a time."""
    second = {each.id for each in seconds(subscriptions)}
    alive = [each for each in _by_age(subscriptions) if each.status in LIVING]
    return next((each for each in alive if each.id not in second), None)


def seconds(subscriptions: Sequence[Subscription]) -> list[Subscription]:
    """Those that were begun while another lived: they give nothing, and end with their money back.

    Whoever looks, whenever, finds the same ones: it depends on when they were begun and ended.
    """
    firsts: list[Subscription] = []
    others: list[Subscription] = []
    for each in _by_age(subscriptions):
        if not _lived(each):
            continue
        beside = any(_until(one, each) for one in firsts)
        (others if beside else firsts).append(each)
    return others


def to_be_ended(found: Scene) -> list[str]:
    """Second subscriptions that live, or whose money came in after they were ended."""
    second = {each.id: each for each in seconds(found.subscriptions)}
    kept = {each.id for each in found.payments if _is_here(each)}
    late = {
        each.subscription_id
        for each in found.invoices
        if each.subscription_id in second and each.payment_id in kept
    }
    return [id_ for id_, each in second.items() if each.status != "canceled" or id_ in late]


def unfinished(subscriptions: Sequence[Subscription]) -> Subscription | None:
    """The newest that waits for its first payment."""
    waiting = [each for each in _by_age(subscriptions) if each.status == "incomplete"]
    return waiting[-1] if waiting else None


def _is_here(paid: Paid) -> bool:
    return sum(each.usd_micros for each in paid.refunds) < paid.usd_micros and not paid.dispute


def _lived(one: Subscription) -> bool:
    return one.status in LIVING or one.status == "canceled"


def _until(one: Subscription, other: Subscription) -> bool:
    """Whether one was still alive when the other was begun."""
    return one.ended_at is None or one.ended_at > other.made_at


def _by_age(subscriptions: Sequence[Subscription]) -> list[Subscription]:
    return sorted(subscriptions, key=lambda each: (each.made_at, each.id))
