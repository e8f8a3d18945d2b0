"""Consent to pay: whose page a purchase has, and which purchase the same call means again."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.domain import bearers, belonging
from app.domain.billing import askers, purchases
from app.domain.billing.askers import Asker
from app.domain.callers import Caller
from app.errors import NotFound
from app.kit import clock, ids
from app.models.billing import Purchase

REPEATED_FOR = timedelta(minutes=10)


class NotAskedOfYou(NotFound):
    """The page is somebody else's, or there is none: the same words, so that neither is told."""

    def __init__(self) -> None:
        super().__init__(
            "This was asked for by somebody else's connection.",
            hint="Sign in as whoever your agent or app works for, or have it ask anew.",
        )


class Asked(NamedTuple):
    """A purchase as its page shows it to the one person who may agree to it."""

    purchase: Purchase
    asker: Asker
    organization_name: str


def again(session: Session, caller: Caller, item: str, now: datetime) -> Purchase | None:
    """The purchase a call without a key means again: open still, or paid and not yet told so.

    The organization is locked as a new purchase would lock it, so that two such calls at the same
    moment are one purchase.
    """
    purchases.buyer(session, caller.organization_id)
    since = now - REPEATED_FOR
    is_open = and_(
        Purchase.paid_at.is_(None), Purchase.created_at > since, Purchase.expires_at > now
    )
    return session.scalars(
        select(Purchase)
        .where(
            Purchase.organization_id == caller.organization_id,
            Purchase.mode == caller.mode,
            Purchase.asked_by == caller.credential_id,
            Purchase.item == item,
            Purchase.untold,
            or_(is_open, Purchase.paid_at > since),
        )
        .order_by(Purchase.id.desc())
        .limit(1)
    ).first()


def ask(session: Session, purchase_id: str, caller: Caller, *, untold: bool = False) -> bool:
    """Whether the page of a purchase is for this caller's person; the first who asks decides.

    `untold` where the same call is to mean this purchase until it was told of the payment.
    """
    purchase = purchases.of(session, purchase_id)
    if purchase.asked_by is None:
        purchase.asked_by, purchase.untold = caller.credential_id, untold
    asker = askers.of(session, purchase.asked_by)
    return asker is not None and asker.user_id is not None and asker.user_id == caller.user_id


def shown(session: Session, purchase_id: str, user_id: str, mode: str) -> Asked:
    """A purchase whose page this person may see, or NotAskedOfYou."""
    purchase = session.get(Purchase, purchase_id) if ids.is_id("pur", purchase_id) else None
    if purchase is None or purchase.asked_by is None or purchase.mode != mode:
        raise NotAskedOfYou
    asker = askers.of(session, purchase.asked_by)
    mine = {each.id: each for each in belonging.of(session, user_id)}
    place = mine.get(purchase.organization_id)
    if asker is None or asker.user_id != user_id or place is None:
        raise NotAskedOfYou
    if place.suspended_at is not None:
        raise bearers.stopped(clock.iso(place.suspended_at))
    if place.deletion_due_at is not None:
        raise bearers.being_deleted(clock.iso(place.deletion_due_at))
    return Asked(purchase, asker, place.name)
