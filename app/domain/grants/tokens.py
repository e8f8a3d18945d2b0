"""Access and refresh tokens: opaque, written down as digests, alive while their grant is."""

from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from app.db import Change, Transaction, insert_of
from app.domain.clients.known import KnownClient
from app.domain.grants.answers import SignInFacts, Tokens
from app.kit import secrets
from app.models.grants import AccessToken, Grant, RefreshToken

CODE, ACCESS, REFRESH, DEVICE = "polis_ac_", "polis_at_", "polis_rt_", "polis_dc_"
ACCESS_LIFE = timedelta(days=30)


class Family(NamedTuple):
    """What the tokens of a grant are made from."""

    id: str
    client_id: str
    user_id: str | None
    scopes: str
    audience: str | None
    expires_at: datetime
    ended_at: datetime | None


class Granted(Protocol):
    """A grant at hand, as a row or as a family."""

    @property
    def id(self) -> str: ...
    @property
    def scopes(self) -> str: ...
    @property
    def expires_at(self) -> datetime: ...


def mint(
    where: Transaction,
    client: KnownClient,
    of: Granted,
    audience: str | None,
    signed_in: SignInFacts,
    now: datetime,
) -> Tokens:
    """The first tokens of a family; a client registered without refreshing gets none for it."""
    made = write(where, client, of, secrets.mint(ACCESS), of.scopes, audience, now)
    made = made._replace(signed_in=signed_in)
    if "refresh_token" not in client.grant_types:
        return made
    refresh = secrets.mint(REFRESH)
    link(where, of, refresh, now)
    return made._replace(refresh_token=refresh)


def write(
    where: Transaction,
    client: KnownClient,
    of: Granted,
    access: str,
    scopes: str,
    audience: str | None,
    now: datetime,
) -> Tokens:
    """Write an access token down and answer it; it never outlives its grant."""
    ends = min(now + _life(client), of.expires_at)
    _WRITE(
        where,
        digest=secrets.digest(access),
        grant_id=of.id,
        scopes=scopes,
        audience=audience,
        last_four=access[-4:],
        created_at=now,
        expires_at=ends,
    )
    return Tokens(of.id, access, None, left(ends, now), tuple(scopes.split()), None)


def link(
    where: Transaction, of: Granted, token: str, now: datetime, previous: bytes | None = None
) -> None:
    """Write a link of a family's chain down; only access tokens narrow (RFC 6749 §6)."""
    _LINK(
        where,
        digest=secrets.digest(token),
        grant_id=of.id,
        scopes=of.scopes,
        last_four=token[-4:],
        created_at=now,
        previous=previous,
    )


def left(ends: datetime, now: datetime) -> int:
    """Whole seconds until a moment."""
    return max(0, int((ends - now).total_seconds()))


def _life(client: KnownClient) -> timedelta:
    seconds = client.access_life_s
    return ACCESS_LIFE if seconds is None else min(ACCESS_LIFE, timedelta(seconds=seconds))


FAMILY = tuple(getattr(Grant, name) for name in Family._fields)

_WRITE = Change(insert_of(AccessToken))
_LINK = Change(
    insert_of(RefreshToken, "digest", "grant_id", "scopes", "last_four", "created_at", "previous")
)
