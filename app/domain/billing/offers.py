"""An item as its page shows it: what it is, what it costs, for whom."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain import owners
from app.domain.billing import accounts
from app.domain.billing.purchases import price_of, require_selling_to
from app.errors import NotFound
from app.kit import ids
from app.models.accounts import Organization
from app.models.billing import Purchase


@dataclass(frozen=True, slots=True)
class Offer:
    """An item as its page shows it: never the organization's whole address."""

    title: str
    tokens: int
    usd_micros: int
    monthly: bool
    masked: str
    on_a_plan: bool  # then another plan is a change, which an owner makes


def described(session: Session, organization_id: str, item: str, mode: str) -> Offer:
    """What a pay link sells, and to whom."""
    organization = session.get(Organization, organization_id)
    purchase = session.get(Purchase, item) if ids.is_id("pur", item) else None
    of_another = purchase is not None and (
        purchase.organization_id != organization_id or _of_other_money(purchase, mode)
    )
    if organization is None or organization.deleted_at is not None or of_another:
        raise NotFound("There is no such offer.")
    if purchase is None:  # what became of one is told whatever became of its organization
        require_selling_to(organization)
    sold = purchase.item if purchase is not None else item
    usd_micros, tokens = price_of(sold)
    kind, _, name = sold.partition(":")
    return Offer(
        title=f"Polis {kind} {name}",
        tokens=tokens,
        usd_micros=usd_micros,
        monthly=kind == "plan",
        masked=_masked(session, organization),
        on_a_plan=kind == "plan"
        and (purchase is None or purchase.paid_at is None)
        and accounts.lives(accounts.of(session, organization_id, mode)),
    )


def _of_other_money(purchase: Purchase, mode: str) -> bool:
    """Whether it was offered before `polis migrate-billing`; what was paid then is still told."""
    return purchase.mode != mode and purchase.paid_at is None


def _masked(session: Session, organization: Organization) -> str:
    """Enough of an owner's address for whoever knows it, and not enough for anybody else."""
    owner = next(iter(owners.addresses(session, organization.id)), organization.claim_email)
    if not owner:
        return f"{organization.name[:2]}…"  # nobody has proved an address yet
    local, _, domain = owner.rpartition("@")
    return f"{local[:1]}…@{domain}"
