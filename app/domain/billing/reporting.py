"""Tells the provider's meter of overage that was charged, in the tokens it bills for that money."""

from datetime import datetime

from app.domain.billing import accounts, catalog, metering, scene
from app.domain.billing.metering import Usage
from app.domain.billing.records import Subscription
from app.domain.billing.till import Till


def report(till: Till, usage: Usage, entry_id: str, now: datetime) -> None:
    """Tell the meter of overage, once; what is told late is billed with the running period."""
    with till.database.reading() as session:
        account = accounts.of(session, usage.organization_id, till.mode)
        known = account and account.customer_id
    customer_id = known or till.customer(usage.organization_id)
    its = scene.living(tuple(till.biller.subscriptions(customer_id)))
    at = usage.told_at(its, now)
    tokens = usage.told_as(_price(till, its, at))
    if tokens:
        till.biller.report_usage(customer_id, tokens, entry_id, at)


def report_all(till: Till, organization_id: str, now: datetime) -> None:
    """Tell the meter of all that waits: before its price changes, and with that its item."""
    with till.database.reading() as session:
        entry_ids = metering.waiting(session, organization_id)
        told = [(metering.of(session, each), each) for each in entry_ids]
    for usage, entry_id in told:
        if usage.mode == till.mode:
            report(till, usage, entry_id, now)


def _price(till: Till, its: Subscription | None, at: datetime) -> int:
    """What a token the meter hears of at a moment costs; 0 where no living plan bills it.

    Not what overage costs today: whoever subscribed at another price is billed at that one.
    """
    if its is None or at < its.start:
        return 0
    with till.database.reading() as session:
        terms = catalog.sold(session, till.mode, its.overage_price_id)
    return terms.usd_micros if terms else 0
