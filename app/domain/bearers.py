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
    period = case(
        (and_(book == "live", Balance.period_end > bindparam("now")), Balance.period_start),
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
    """Who stands behind a bearer, from what follows its own columns; nobody suspended does."""
    name, claimed, suspended, email, used = row[:5]
    if suspended is not None:
        raise Suspended(
            f"This organization was suspended on {day(suspended)}.",
            hint="Write to the support address of this installation.",
        )
    standing = wallets.at(_standing(row[5:]), book, now)
    return Holder(name, claimed is not None, email, used or 0, standing)


def day(moment: int) -> str:
    """A moment of a raw row, as a refusal tells it."""
    return clock.iso(clock.from_milliseconds(moment))


def _standing(figures: Row) -> Standing:
    """A balance from a raw row, whose moments are still integers; no row is an empty balance."""
    if figures[0] is None:
        return Standing()
    moments = (None if each is None else clock.from_milliseconds(each) for each in figures[9:])
    return Standing(*figures[:9], *moments)


_ORGANIZATION = (Organization.name, Organization.claimed_at, Organization.suspended_at)
