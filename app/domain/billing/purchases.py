"""What can be bought, and who may buy how much: packs and plans, offered before they are paid."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from app.domain import bearers, plans
from app.domain.billing import accounts, catalog
from app.domain.wallets import Wallet
from app.errors import Conflict, NotFound
from app.kit import clock, ids
from app.models.accounts import Membership, Organization, User
from app.models.billing import Purchase
from app.models.payments import BillingAccount

LAST_HOUR = timedelta(hours=1)  # a page that is opened in it may stay open as long afterwards
OPEN_FOR = timedelta(hours=23)  # Stripe keeps a page open for a day at most
FIRST_DAYS = timedelta(days=7)
MOST_AT_FIRST = 50 * plans.MICROS


class OnAPlan(Conflict):
    """A plan lives already: it is changed, not bought beside."""


def offer(
    session: Session, wallet: Wallet, item: str, now: datetime, *, by_owner: bool = False
) -> Purchase:
    """Write down an item somebody may now pay for."""
    if wallet.mode == "off":
        raise NotFound("This installation sells nothing.", hint="Ask its operator for tokens.")
    if wallet.book != "live":
        raise Conflict(
            "Test keys spend the daily test tokens; there is nothing to buy for them.",
            hint="Use an sk_live_ key.",
        )
    usd_micros, tokens = price_of(item)
    _one_plan(session, wallet, item)
    _may_buy(session, wallet, item, usd_micros, now, by_owner=by_owner)
    purchase = Purchase(
        id=ids.new("pur"),
        organization_id=wallet.organization_id,
        mode=wallet.mode,
        item=item,
        tokens=tokens,
        usd_micros=usd_micros,
        created_at=now,
        expires_at=now + OPEN_FOR,
        by_owner=by_owner,
    )
    session.add(purchase)
    session.flush()
    return purchase


def open_one(
    session: Session, wallet: Wallet, item: str, now: datetime, *, by_owner: bool
) -> str | None:
    """One that was offered for the same item and can be paid for another hour.

    Behind `buyer`, so that of two who ask at the same moment the second finds what the first made.
    """
    open_ = (
        select(Purchase.id)
        .where(
            Purchase.organization_id == wallet.organization_id,
            Purchase.mode == wallet.mode,
            Purchase.item == item,
            Purchase.by_owner == by_owner,
            Purchase.asked_by.is_(None),
            Purchase.paid_at.is_(None),
            Purchase.returned_at.is_(None),
            Purchase.expires_at > now + LAST_HOUR,
        )
        .order_by(Purchase.id.desc())
    )
    return session.scalar(open_.limit(1))


def open_pages(session: Session, account: BillingAccount, now: datetime) -> Sequence[str]:
    """The provider's pages that still sell a plan to an organization that has one."""
    if not accounts.lives(account):
        return ()
    of_plans = Purchase.item.startswith("plan:")
    return _pages(session, account.organization_id, account.mode, now, of_plans)


def left_open(session: Session, organization_id: str, mode: str, now: datetime) -> Sequence[str]:
    """The provider's pages that still sell to an organization nothing is sold to any more."""
    its = session.get_one(Organization, organization_id)
    if not (its.deleted_at or its.deletion_due_at or its.suspended_at):
        return ()
    return _pages(session, organization_id, mode, now)


def over(session: Session, checkout_ids: Sequence[str], now: datetime) -> None:
    """Write down that nobody can pay at these pages any more: the same can be bought anew."""
    ended = update(Purchase).where(
        Purchase.checkout_id.in_(checkout_ids),
        Purchase.paid_at.is_(None),
        Purchase.expires_at > now - LAST_HOUR,
    )
    session.execute(ended.values(expires_at=now - LAST_HOUR))  # nor is it waited for


def price_of(item: str) -> tuple[int, int]:
    """Micro-dollars and tokens of an item such as `pack:small` or `plan:pro`."""
    sold = catalog.now_sold(item) if item in catalog.ITEMS else None
    if sold is None or not (sold.plan or sold.pack):
        raise NotFound("There is no such item.", hint="The price list is at /pricing.")
    return sold.usd_micros, sold.tokens


def of(session: Session, purchase_id: str) -> Purchase:
    """One by its id."""
    purchase = session.get(Purchase, purchase_id)
    if purchase is None:
        raise NotFound("There is no such purchase.")
    return purchase


def buyer(session: Session, organization_id: str) -> Organization:
    """Whom is sold to, held for this transaction; refused where nothing is sold to them."""
    # Not FOR UPDATE: every row that names the organization would wait, and meet us the other way.
    held = session.get(Organization, organization_id, with_for_update={"key_share": True})
    return require_selling_to(held)


def require_selling_to(organization: Organization | None) -> Organization:
    """Refuse an organization that ends, has ended, or was stopped."""
    if organization is None or organization.deleted_at or organization.deletion_due_at:
        raise NotFound("This organization has ended.")
    if organization.suspended_at is not None:
        raise bearers.stopped(clock.iso(organization.suspended_at))
    return organization


def _pages(
    session: Session, organization_id: str, mode: str, now: datetime, *which: ColumnElement[bool]
) -> Sequence[str]:
    """Pages that may be open; each was opened, so none of them is None."""
    found = select(Purchase.checkout_id).where(
        Purchase.organization_id == organization_id,
        Purchase.mode == mode,
        Purchase.checkout_id.is_not(None),
        Purchase.paid_at.is_(None),
        Purchase.returned_at.is_(None),
        Purchase.expires_at > now - LAST_HOUR,
        *which,
    )
    return session.scalars(found).all()  # type: ignore[return-value] # as said above


def _one_plan(session: Session, wallet: Wallet, item: str) -> None:
    account = accounts.of(session, wallet.organization_id, wallet.mode)
    if item.startswith("plan:") and accounts.lives(account):
        raise OnAPlan(
            "This organization has a plan already.",
            hint="An owner changes it under /app/billing, where the difference is shown first.",
        )


def _may_buy(
    session: Session,
    wallet: Wallet,
    item: str,
    usd_micros: int,
    now: datetime,
    *,
    by_owner: bool,
) -> None:
    """Through a link that anybody may hold little is bought at first; open pages count, too."""
    organization = buyer(session, wallet.organization_id)
    unclaimed = organization.claimed_at is None
    if not unclaimed and not _somebody_answers(session, wallet.organization_id):
        raise Conflict(
            "Nobody of this organization has confirmed an e-mail address yet.",
            hint="An owner confirms theirs by the link in our mail, then it can buy.",
        )
    if unclaimed and item.startswith("plan:"):
        raise Conflict(
            "This organization has no owner yet, so it cannot have a plan.",
            hint="Claim it by the link in our mail, or buy a pack.",
        )
    if by_owner or now >= organization.created_at + FIRST_DAYS:
        return
    if _offered(session, wallet, now) + usd_micros > MOST_AT_FIRST:
        raise Conflict(
            f"In its first {FIRST_DAYS.days} days an organization may be bought for "
            f"${MOST_AT_FIRST // plans.MICROS} by such links, open ones among them.",
            hint="Claim it by the link in our mail."
            if unclaimed
            else "An owner who signs in buys without this limit under /app/billing.",
        )


def _somebody_answers(session: Session, organization_id: str) -> bool:
    """Whether an owner is known to be who they say: nobody buys in another's name."""
    owners = select(User.id).join(Membership, Membership.user_id == User.id)
    proved = owners.where(
        Membership.organization_id == organization_id,
        Membership.role == "owner",
        User.email_verified_at.is_not(None),
    )
    return session.scalar(proved.limit(1)) is not None


def _offered(session: Session, wallet: Wallet, now: datetime) -> int:
    """Micro-dollars bought by links, and what may still be paid at their open pages."""
    alive = or_(Purchase.paid_at.is_not(None), Purchase.expires_at > now - LAST_HOUR)
    total = select(func.coalesce(func.sum(Purchase.usd_micros), 0)).where(
        Purchase.organization_id == wallet.organization_id,
        Purchase.mode == wallet.mode,
        Purchase.by_owner.is_(False),
        alive,
    )
    return int(session.scalar(total) or 0)
