"""From a bearer to its caller in one read: revoked means the very next request."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, case, func, select
from sqlalchemy.sql import ClauseElement

from app.db import Database, Prepared, Row
from app.domain import wallets
from app.domain.callers import Caller
from app.domain.wallets import Standing
from app.errors import Kind, PolisError
from app.kit import clock, secrets
from app.models.accounts import Organization, User
from app.models.billing import Balance
from app.models.credentials import ApiKey
from app.models.limits import SpendCounter

LIVE, TEST = "sk_live_", "sk_test_"


class BadCredential(PolisError):
    """No caller stands behind this bearer; to a holder of the whole secret it says why."""

    kind = Kind.UNAUTHENTICATED
    code = "invalid_token"


class Suspended(PolisError):
    """The operator has stopped this organization."""

    kind = Kind.FORBIDDEN
    code = "suspended"


class Credentials:
    """Looks bearers up; holds nothing but the compiled statement."""

    def __init__(self, database: Database, mode: str) -> None:
        self._key = Prepared(database, _key_statement())
        self._mode = mode

    def authenticate(self, bearer: str, now: datetime) -> Caller:
        """The caller behind a bearer, or BadCredential with the reason."""
        if not (secrets.well_formed(LIVE, bearer) or secrets.well_formed(TEST, bearer)):
            raise BadCredential(
                "This is not a Polis API key; keys begin with sk_live_ or sk_test_."
            )
        values = {
            "digest": secrets.digest(bearer),
            "mode": self._mode,
            "now": clock.milliseconds(now),
            "month": clock.milliseconds(clock.month_start(now)),
        }
        row = self._key.one(values)
        if row is None:
            raise BadCredential("This installation has never issued this key.")
        return _caller(row, self._mode, now)


def _key_statement() -> ClauseElement:
    """Key, organization, owner's address, balance and counter by their primary keys."""
    period = case(
        (and_(ApiKey.book == "live", Balance.period_end > bindparam("now")), Balance.period_start),
        else_=bindparam("month", type_=None),
    )
    balance = and_(
        Balance.organization_id == ApiKey.organization_id,
        Balance.book == ApiKey.book,
        Balance.mode == bindparam("mode"),
    )
    counter = and_(
        SpendCounter.subject == "key:" + ApiKey.lineage_id,
        SpendCounter.book == ApiKey.book,
        SpendCounter.period_start == period,
    )
    email = func.coalesce(User.email, Organization.claim_email)
    return (
        select(*_KEY, *_ORGANIZATION, email, SpendCounter.used, *wallets.FIGURES)
        .join(Organization, Organization.id == ApiKey.organization_id)
        .outerjoin(User, User.id == Organization.personal_user_id)
        .outerjoin(Balance, balance)
        .outerjoin(SpendCounter, counter)
        .where(ApiKey.digest == bindparam("digest"))
    )


def _caller(row: Row, mode: str, now: datetime) -> Caller:
    (key, lineage, organization, user, book, scopes, expires, revoked, cap) = row[:9]
    (name, claimed, suspended, email, used) = row[9:14]
    _check(expires, revoked, suspended, now)
    return Caller(
        organization_id=organization,
        organization_name=name,
        email=email,
        user_id=user,
        via="key",
        credential_id=key,
        subject=f"key:{lineage}",
        scopes=frozenset(scopes.split()),
        book=book,
        mode=mode,
        claimed=claimed is not None,
        standing=wallets.at(kept_standing(row[14:]), book, now),
        limit_tokens=cap,
        limit_used=used or 0,
    )


def kept_standing(figures: tuple[Any, ...]) -> Standing:
    """A balance from a raw row, whose moments are still integers; no row is an empty balance."""
    if figures[0] is None:
        return Standing()
    moments = (None if each is None else clock.from_milliseconds(each) for each in figures[9:])
    return Standing(*figures[:9], *moments)


def _check(expires: int | None, revoked: int | None, suspended: int | None, now: datetime) -> None:
    if revoked is not None:
        raise BadCredential(f"This key was revoked on {_day(revoked)}.")
    if expires is not None and expires <= clock.milliseconds(now):
        raise BadCredential(f"This key expired on {_day(expires)}.")
    if suspended is not None:
        raise Suspended(
            f"This organization was suspended on {_day(suspended)}.",
            hint="Write to the support address of this installation.",
        )


def _day(moment: int) -> str:
    return clock.iso(clock.from_milliseconds(moment))


_KEY = (
    ApiKey.id,
    ApiKey.lineage_id,
    ApiKey.organization_id,
    ApiKey.user_id,
    ApiKey.book,
    ApiKey.scopes,
    ApiKey.expires_at,
    ApiKey.revoked_at,
    ApiKey.monthly_cap_tokens,
)
_ORGANIZATION = (Organization.name, Organization.claimed_at, Organization.suspended_at)
