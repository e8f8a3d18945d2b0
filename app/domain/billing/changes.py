"""Another plan for an organization that has one: dearer at once, cheaper with the next period."""

from typing import NamedTuple

from sqlalchemy.orm import Session

from app.domain import plans
from app.domain.billing import accounts, catalog
from app.domain.billing.records import GOING
from app.errors import Conflict, NotFound
from app.models.payments import BillingAccount


class Change(NamedTuple):
    """A change as it is asked of the provider."""

    subscription_id: str
    prices: tuple[str, ...]
    before: str  # plans
    after: str

    @property
    def upgrade(self) -> bool:
        """Whether it costs more, so that it is paid for and counts at once."""
        return plans.PLANS[self.after].usd_micros > plans.PLANS[self.before].usd_micros


def living(session: Session, organization_id: str, mode: str) -> BillingAccount:
    """The account of an organization that has a plan."""
    kept = accounts.of(session, organization_id, mode)
    if not accounts.lives(kept):
        raise Conflict("This organization has no plan.", hint="Choose one under /app/billing.")
    return kept


def prepared(session: Session, organization_id: str, mode: str, plan: str) -> Change:
    """A change to another plan, or why it cannot be made now."""
    if plan not in plans.PAID_PLANS:
        raise NotFound("There is no such plan.", hint="The price list is at /pricing.")
    kept = living(session, organization_id, mode)
    if kept.status not in GOING:
        raise Conflict(
            "The last invoice is not paid yet, so the plan cannot be changed.",
            hint="Pay it first: the button is on the billing page.",
        )
    if kept.plan is None:
        raise Conflict(
            "This subscription has terms of its own.", hint="Write to support to change it."
        )
    if kept.plan == plan and kept.next_plan is None:
        raise Conflict("The organization is on this plan already.")
    subscription_id = str(kept.subscription_id)
    prices = catalog.prices(session, mode, f"plan:{plan}")
    return Change(subscription_id, prices, kept.plan, plan)
