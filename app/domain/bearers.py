"""What the lookups of keys and of access tokens share: the refusals, and who stands behind them."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, SQLColumnExpression, and_, bindparam, case, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.db import Row
from app.domain import wallets
from app.domain.wallets import Standing
from app.errors import Kind, PolisError
from app.kit import clock
from app.models.accounts import Organization, User
from app.models.billing import Balance
from app.models.limits import SpendCounter


class BadCredential(PolisError):
    """No caller stands behind this bearer; to a holder of the whole secret it says why."""

    kind = Kind.UNAUTHENTICATED
    code = "invalid_token"


class Suspended(PolisError):
    """The operator has stopped this organization."""

    kind = Kind.FORBIDDEN
    code = "suspended"


class BeingDeleted(PolisError):
    """Its owners have had this organization deleted, and may undo it for some days."""

    kind = Kind.FORBIDDEN
    code = "being_deleted"


class Holder(NamedTuple):
    """The organization behind a bearer, its owner's address, its balance, and what it spent."""

    organization_name: str
    claimed: bool
    email: str | None
    used: int
    standing: Standing


def lookup(
    own: tuple[InstrumentedAttribute[Any], ...],
    organization_id: InstrumentedAttribute[str],
    book: SQLColumnExpression[str],
    subject: SQLColumnExpression[str],
) -> Select[Any]:
    """A credential's own columns, then organization, owner, counter, balance by primary keys."""
    ends = func.coalesce(Balance.usable_until, Balance.period_end)
    period = case(
        (and_(book == "live", ends > bindparam("now")), Balance.period_start),
        else_=bindparam("month", type_=None),
    )
    balance = and_(
        Balance.organization_id == organization_id,
        Balance.book == book,
        Balance.mode == bindparam("mode"),
    )
    counter = and_(
        SpendCounter.subject == subject,
        SpendCounter.book == book,
        SpendCounter.period_start == period,
    )
    email = func.coalesce(User.email, Organization.claim_email)
    return (
        select(*own, *_ORGANIZATION, email, SpendCounter.used, *wallets.FIGURES)
        .join_from(organization_id.class_, Organization, Organization.id == organization_id)
        .outerjoin(User, User.id == Organization.personal_user_id)
        .outerjoin(Balance, balance)
        .outerjoin(SpendCounter, counter)
    )


def holder(row: Row, book: str, now: datetime) -> Holder:
    """Who stands behind a bearer, from what follows its own columns; nobody who is stopped does."""
    name, claimed, suspended, deletion_due, email, used = row[:6]
    if suspended is not None:
        raise stopped(day(suspended))
    if deletion_due is not None:
        raise being_deleted(day(deletion_due))
    standing = wallets.at(_standing(row[6:]), book, now)
    return Holder(name, claimed is not None, email, used or 0, standing)


def stopped(since: str) -> Suspended:
    """The refusal of a suspended organization, the same at every door."""
    return Suspended(
        f"This organization was suspended on {since}.",
        hint="Write to the support address of this installation.",
    )


def being_deleted(due: str) -> BeingDeleted:
    """The same refusal at every door."""
    return BeingDeleted(
        f"This organization is being deleted and ends on {due}.",
        hint="An owner can undo it under /app/settings/organization.",
    )


def day(moment: int) -> str:
    """A moment of a raw row, as a refusal tells it."""
    return clock.iso(clock.from_milliseconds(moment))


def _standing(figures: Row) -> Standing:
    """A balance from a raw row, whose moments are still integers; no row is an empty balance."""
    if figures[0] is None:
        return Standing()
    moments = (
        None if each is None else clock.from_milliseconds(each) for each in figures[_MOMENTS:]
    )
    return Standing(*figures[:_MOMENTS], *moments)


_MOMENTS = Standing._fields.index("period_start")  # from here on a row holds moments
_ORGANIZATION = (
    Organization.name,
    Organization.claimed_at,
    Organization.suspended_at,
    Organization.deletion_due_at,
)
