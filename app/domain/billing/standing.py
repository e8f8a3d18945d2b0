"""What a subscription's state means for an organization's plan (`ecosystem.md` §5, status map)."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain import periods, plans, wallets
from app.domain.billing import catalog, scene
from app.domain.billing.records import GOING, Subscription
from app.domain.billing.scene import Scene
from app.domain.wallets import Wallet
from app.models.billing import Balance
from app.models.payments import BillingAccount

GRACE = timedelta(days=7)  # after a failed payment
RENEWING = timedelta(days=3)  # as long as the provider goes on telling of a renewal that was paid
LAST_HOURS = timedelta(hours=6)  # of a plan that does not renew; longer than any run
_BATCH = 200


def settle(
    session: Session, account: BillingAccount, wallet: Wallet, found: Scene, now: datetime
) -> None:
    """Write down how the account stands, and put the wallet on the plan that follows from it."""
    one = scene.living(found.subscriptions)
    if one is None:
        _without(session, account, wallet, found, now)
        return
    plan = catalog.plan_of(session, account.mode, one.price_id)
    account.subscription_id, account.status, account.plan = one.id, one.status, plan
    account.next_plan = catalog.plan_of(session, account.mode, one.next_price_id)
    account.cancels_at, account.renews_at = one.cancels_at, one.end
    account.failing_since = one.failing_since if one.status not in GOING else None
    account.open_invoice_id = one.open_invoice_id
    if plan is not None:  # else somebody made a subscription by hand, at a price of their own
        _with(session, account, wallet, one, plan, now)
    session.flush()


def lapse(session: Session, mode: str, now: datetime) -> int:
    """Let what is left of periods expire whose grace is over, whatever the provider tells."""
    ends = func.coalesce(Balance.usable_until, Balance.period_end)
    due = select(Balance.organization_id).where(
        Balance.book == "live", Balance.mode == mode, Balance.plan.in_(plans.PAID_PLANS),
        Balance.included > 0, ends < now,
    ).limit(_BATCH)  # fmt: skip
    organizations = session.scalars(due).all()
    for organization_id in organizations:
        wallet = Wallet(organization_id, "live", mode)
        if wallets.standing(session, wallet, now).status == "inactive":
            periods.close(session, wallet, now=now)
    return len(organizations)


def _with(
    session: Session,
    account: BillingAccount,
    wallet: Wallet,
    one: Subscription,
    plan: str,
    now: datetime,
) -> None:
    status, until, overage = "inactive", None, None
    if one.status in GOING:
        status = "active"
        periods.resume(session, wallet, start=one.start, end=one.end)
        ends = wallets.locked(session, wallet).period_end
        until = ends + RENEWING if ends is not None and one.cancels_at is None else None
        # What is charged after a plan has ended nobody bills, and what is charged before the next
        # period was paid for would be billed with it, over its cap.
        overage = one.cancels_at - LAST_HOURS if one.cancels_at else ends
    elif one.status == "past_due":
        status, until = "past_due", (one.failing_since or now) + GRACE
    periods.switch(
        session, wallet, plan, status=status, usable_until=until, overage_until=overage,
        keep_cap=account.cap_chosen,
    )  # fmt: skip
    if status == "inactive":  # unpaid or paused: what was bought stays, what was included ends
        periods.close(session, wallet, now=now)


def _without(
    session: Session, account: BillingAccount, wallet: Wallet, found: Scene, now: datetime
) -> None:
    waiting = scene.unfinished(found.subscriptions)
    over = found.gone or any(each.status == "canceled" for each in found.subscriptions)
    account.status = "incomplete" if waiting else "canceled" if over else "none"
    account.open_invoice_id = waiting.open_invoice_id if waiting else None
    account.plan = account.subscription_id = account.next_plan = None
    account.cancels_at = account.renews_at = account.failing_since = None
    if over:
        periods.switch(
            session, wallet, "trial", status="trialing", usable_until=None,
            keep_cap=account.cap_chosen,
        )  # fmt: skip
        periods.close(session, wallet, now=now)
    session.flush()
