"""Organizations as the provider's customers, and the fence that keeps re-reads in order."""

from typing import TypeGuard

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import insert
from app.domain.billing.records import LIVING
from app.kit import clock
from app.models.payments import BillingAccount


def of(session: Session, organization_id: str, mode: str) -> BillingAccount | None:
    """An organization's account, if it ever had to do with payments."""
    return session.get(BillingAccount, (organization_id, mode))


def lives(account: BillingAccount | None) -> TypeGuard[BillingAccount]:
    """Whether there is a subscription: another plan is a change of it."""
    return account is not None and account.status in LIVING and account.subscription_id is not None


def by_customer(session: Session, customer_id: str, mode: str) -> BillingAccount | None:
    """Whose customer that is."""
    return session.scalar(
        select(BillingAccount).where(
            BillingAccount.customer_id == customer_id, BillingAccount.mode == mode
        )
    )


def locked(session: Session, organization_id: str, mode: str) -> BillingAccount:
    """The account, made if need be and held for this transaction."""
    session.execute(
        insert(session, BillingAccount)
        .values(
            organization_id=organization_id, mode=mode, status="none", cap_chosen=False,
            winding_down=False, version=0, created_at=clock.now(),
        )
        .on_conflict_do_nothing()
    )  # fmt: skip
    return session.scalars(
        select(BillingAccount)
        .where(BillingAccount.organization_id == organization_id, BillingAccount.mode == mode)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
