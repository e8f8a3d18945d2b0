"""From a bearer to its caller in one read: revoked means the very next request."""

from datetime import datetime

from sqlalchemy import bindparam
from sqlalchemy.sql import ClauseElement

from app.db import Database, Prepared, Row
from app.domain import bearers
from app.domain.bearers import BadCredential
from app.domain.callers import Caller
from app.domain.grants import bearer as access
from app.domain.grants import tokens
from app.kit import clock, secrets
from app.models.credentials import ApiKey

LIVE, TEST = "sk_live_", "sk_test_"


class Credentials:
    """Looks bearers up; holds nothing but the compiled statements."""

    def __init__(self, database: Database, mode: str) -> None:
        self._key = Prepared(database, _key_statement())
        self._token = Prepared(database, access.statement())
        self._mode = mode

    def authenticate(self, bearer: str, now: datetime) -> Caller:
        """The caller behind a bearer, or BadCredential with the reason."""
        if secrets.well_formed(LIVE, bearer) or secrets.well_formed(TEST, bearer):
            return _caller(self._found(self._key, bearer, now, "key"), self._mode, now)
        if secrets.well_formed(tokens.ACCESS, bearer):
            row = self._found(self._token, bearer, now, "access token")
            return access.caller(row, self._mode, now)
        raise BadCredential(
            _OTHER_KINDS.get(bearer[: len(tokens.REFRESH)], "This is not a Polis API key")
            + "; keys begin with sk_live_ or sk_test_, access tokens with polis_at_."
        )

    def _found(self, statement: Prepared, bearer: str, now: datetime, kind: str) -> Row:
        row = statement.one(
            {
                "digest": secrets.digest(bearer),
                "mode": self._mode,
                "now": clock.milliseconds(now),
                "month": clock.milliseconds(clock.month_start(now)),
            }
        )
        if row is None:
            raise BadCredential(f"This installation has never issued this {kind}.")
        return row


def _key_statement() -> ClauseElement:
    subject = "key:" + ApiKey.lineage_id
    found = bearers.lookup(_KEY, ApiKey.organization_id, ApiKey.book, subject)
    return found.where(ApiKey.digest == bindparam("digest"))


def _caller(row: Row, mode: str, now: datetime) -> Caller:
    (key, lineage, organization, user, book, scopes, expires, revoked, cap, never_sells) = row[
        : len(_KEY)
    ]
    _check(expires, revoked, now)
    holder = bearers.holder(row[len(_KEY) :], book, now)
    return Caller(
        organization_id=organization,
        organization_name=holder.organization_name,
        email=holder.email,
        user_id=user,
        via="key",
        credential_id=key,
        subject=f"key:{lineage}",
        scopes=frozenset(scopes.split()),
        book=book,
        mode=mode,
        claimed=holder.claimed,
        standing=holder.standing,
        limit_tokens=cap,
        limit_used=holder.used,
        never_sells=bool(never_sells),
    )


def _check(expires: int | None, revoked: int | None, now: datetime) -> None:
    if revoked is not None:
        raise BadCredential(f"This key was revoked on {bearers.day(revoked)}.")
    if expires is not None and expires <= clock.milliseconds(now):
        raise BadCredential(f"This key expired on {bearers.day(expires)}.")


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
    ApiKey.never_sells,
)
_OTHER_KINDS = {
    tokens.REFRESH: "This is a refresh token, which is for the token endpoint alone",
    tokens.CODE: "This is an authorization code, which is for the token endpoint alone",
}
