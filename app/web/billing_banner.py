"""What every page of the dashboard says when a payment failed: one question for it."""

from typing import NamedTuple

from app.domain.billing import subscribed
from app.domain.billing.subscribed import Subscribed
from app.domain.rights import Right
from app.kit import clock
from app.web import place
from app.web.services import services


class BillingBanner(NamedTuple):
    """Trouble with money; whoever may not pay is told less."""

    account: Subscribed
    days: int  # of grace, where a payment failed
    pays: bool  # whether its reader can do something about it

    @property
    def trouble(self) -> str:
        """What is wrong: failed, stopped or unfinished."""
        return self.account.trouble


def facts() -> BillingBanner | None:
    """The trouble of the organization that is looked at; None where there is none."""
    its = services()
    mode = its.settings.payment_mode
    here = place.anywhere() if mode != "off" and place.of_dashboard() else None
    if here is None:
        return None
    with its.database.reading() as session:
        account = subscribed.of(session, here.organization.id, mode)
    pays = here.may(Right.BILLING)
    if not account.trouble or (account.trouble == "unfinished" and not pays):
        return None
    return BillingBanner(account, account.days_left(clock.now()), pays)
