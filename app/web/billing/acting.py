"""Changes of a plan at the provider, and our books in line with them at once."""

from collections.abc import Callable
from datetime import datetime

from app.domain.billing import reporting
from app.domain.billing.biller import Biller, BillerAway
from app.domain.billing.changes import Change
from app.kit import clock, logs
from app.web import checkout
from app.web.services import services

_log = logs.logger("billing")


def change(organization_id: str, it: Change, at: datetime) -> None:
    """Dearer now, at the price that was told for a moment; cheaper from the next period on."""

    def asked(biller: Biller) -> None:
        if it.upgrade:
            reporting.report_all(services().till, organization_id, clock.now())
            biller.change_now(it.subscription_id, it.prices, at)
        else:
            biller.change_at_end(it.subscription_id, it.prices)

    _act(organization_id, asked)


def cancel(organization_id: str, subscription_id: str) -> None:
    """Let a plan end with its period."""
    _act(organization_id, lambda biller: biller.end_at_end(subscription_id))


def keep(organization_id: str, subscription_id: str) -> None:
    """Let it go on as it is."""
    _act(organization_id, lambda biller: biller.keep(subscription_id))


def _act(organization_id: str, asked: Callable[[Biller], None]) -> None:
    asked(services().biller())
    try:
        checkout.refresh(organization_id)
    except BillerAway:  # it is done, and its notice will say so
        _log.warning("billing.not_read_again", organization_id=organization_id)
