"""Refreshing: every use rotates, a repeat within the window answers the same, reuse ends it all.

A successor is derived from what was presented, never stored: the same token gives the same answer
again, so parallel redemptions cannot branch a family. Its window shuts when the successor is
itself refreshed, or when its seconds are over.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, exists, select, update
from sqlalchemy.orm import Session

from app.db import Change, Database, Query, Transaction, session_of
from app.domain import mails
from app.domain.clients import names
from app.domain.clients.known import KnownClient
from app.domain.grants import audience, end, scopes, tokens
from app.domain.grants.answers import Denied, Tokens, invalid_grant
from app.domain.grants.tokens import Family
from app.kit import clock, secrets
from app.models.accounts import User
from app.models.grants import AccessToken, Grant, RefreshToken


class Presented(NamedTuple):
    """A refresh token as a client brings it, and how much it wants of it."""

    token: str
    scope: str | None
    audience: str | None  # path of the resource it names; None: none named


class Rotation(NamedTuple):
    """How this installation derives successors, and how long a repeat is answered."""

    keys: tuple[str, ...]  # the first derives, all are recognised
    grace: timedelta


class Link(NamedTuple):
    """A refresh token as it is kept, and the family it belongs to."""

    digest: bytes
    scopes: str
    previous: bytes | None
    rotated_at: datetime | None
    rotated_scopes: str | None
    rotated_audience: str | None
    closed_at: datetime | None
    family: Family


def find(where: Session | Database, token: str) -> Link | None:
    """A refresh token as it stands; asked of the database, before any transaction."""
    return _FIND.one(where, digest=secrets.digest(token))


def redeem(
    where: Transaction,
    client: KnownClient,
    found: Link | None,
    presented: Presented,
    rule: Rotation,
    now: datetime,
) -> Tokens | Denied:
    """New tokens for a refresh token; one that was exchanged before ends its family.

    What was found a while before is believed only where it cannot have changed.
    """
    link = _alive(client, found, now)
    if isinstance(link, Denied):
        return link
    asked = _asked(link, presented)
    if link.rotated_at is None:
        if isinstance(asked, Denied):
            return asked
        if _claimed(where, link, asked, now):
            return _rotate(where, client, link, presented.token, asked, rule, now)
    return _late(session_of(where), client, presented, asked, rule, now)


def _late(
    session: Session,
    client: KnownClient,
    presented: Presented,
    asked: tuple[str, str | None] | Denied,
    rule: Rotation,
    now: datetime,
) -> Tokens | Denied:
    """It was rotated, or its family ended: what holds now is read with the family locked."""
    found = _FIND_LOCKED.one(session, digest=secrets.digest(presented.token))
    link = _alive(client, found, now)
    if isinstance(link, Denied):
        return link
    return _repeat(session, client, link, presented.token, asked, rule, now)


def _alive(client: KnownClient, found: Link | None, now: datetime) -> Link | Denied:
    """What was found, where its client may have anything for it."""
    if found is None or found.family.client_id != client.id:
        return invalid_grant("This refresh token is unknown, or was issued to another client.")
    if found.family.ended_at is not None or found.family.expires_at <= now:
        return invalid_grant("This connection has ended; ask for approval again.")
    return found


def _asked(link: Link, presented: Presented) -> tuple[str, str | None] | Denied:
    """The scopes and the audience of the new access token."""
    wanted = scopes.narrowed(link.scopes, presented.scope)
    good_at = audience.narrowed(link.family.audience, presented.audience)
    if isinstance(wanted, Denied):
        return wanted
    return good_at if isinstance(good_at, Denied) else (wanted, good_at)


def _claimed(where: Transaction, link: Link, asked: tuple[str, str | None], now: datetime) -> bool:
    """Open a token's window, if nobody has."""
    scope, good_at = asked
    return _CLAIM(where, of=link.digest, now=now, scope=scope, good_at=good_at) == 1


def _rotate(
    where: Transaction,
    client: KnownClient,
    link: Link,
    token: str,
    asked: tuple[str, str | None],
    rule: Rotation,
    now: datetime,
) -> Tokens:
    """Write down what follows, and shut the window before this one."""
    if link.previous is not None:
        _CLOSE(where, of=link.previous, now=now)
    access, refresh = _successors(rule.keys[0], token, link.family.id)
    tokens.link(where, link.family, refresh, now, previous=link.digest)
    made = tokens.write(where, client, link.family, access, *asked, now)
    return made._replace(refresh_token=refresh)


def _repeat(
    session: Session,
    client: KnownClient,
    link: Link,
    token: str,
    asked: tuple[str, str | None] | Denied,
    rule: Rotation,
    now: datetime,
) -> Tokens | Denied:
    """The same answer to the same question while the window is open; after it, the end."""
    opened = link.rotated_at or now
    if link.closed_at is not None or now >= opened + rule.grace:
        return _reused(session, client, link.family, now)
    if isinstance(asked, Denied):
        return asked
    same = asked == (link.rotated_scopes, link.rotated_audience)
    return _again(session, link.family, token, rule, now) if same else _OTHERWISE


def _again(
    session: Session, of: Family, token: str, rule: Rotation, now: datetime
) -> Tokens | Denied:
    """The tokens this one was exchanged for, by whichever key they were derived."""
    for key in rule.keys:
        access, refresh = _successors(key, token, of.id)
        row = session.get(AccessToken, secrets.digest(access))
        if row is not None:
            left = tokens.left(row.expires_at, now)
            return Tokens(of.id, access, refresh, left, tuple(row.scopes.split()), None)
    return invalid_grant("This refresh token was exchanged already.")


def _successors(key: str, token: str, grant_id: str) -> tuple[str, str]:
    return (
        secrets.derive(tokens.ACCESS, key, "access", token, grant_id),
        secrets.derive(tokens.REFRESH, key, "refresh", token, grant_id),
    )


def _reused(session: Session, client: KnownClient, of: Family, now: datetime) -> Denied:
    """Of two holders of one token nobody can tell the owner: both lose it, and a person is told."""
    end.grant(session, of.id, "refresh_token_reused", now)
    person = session.get(User, of.user_id) if of.user_id else None
    if person is not None:
        place = session.get_one(Grant, of.id).redirect_uri
        app = names.in_mail(client.name, place, verified=client.verified)
        facts = {"app": app, "at": clock.iso(now)}
        mails.record(session, "token_reuse", person.email, facts, now)
    return invalid_grant("This refresh token was used before; the connection has ended.")


_OTHERWISE = invalid_grant("This refresh token was exchanged for another scope or resource.")

_LINK = (
    RefreshToken.digest,
    RefreshToken.scopes,
    RefreshToken.previous,
    RefreshToken.rotated_at,
    RefreshToken.rotated_scopes,
    RefreshToken.rotated_audience,
    RefreshToken.closed_at,
)


def _found(*columns: Any) -> Link:
    (digest, held, previous, rotated_at, scope, good_at, closed_at, *family) = columns
    return Link(digest, held, previous, rotated_at, scope, good_at, closed_at, Family(*family))


_FOUND = (
    select(*_LINK, *tokens.FAMILY)
    .join(Grant, Grant.id == RefreshToken.grant_id)
    .where(RefreshToken.digest == bindparam("digest"))
)
_FIND = Query(_FOUND, _found)
_FIND_LOCKED = Query(_FOUND.with_for_update(of=Grant), _found)
_CLAIM = Change(  # of many who found it unrotated, one; nobody once its family has ended
    update(RefreshToken)
    .where(
        RefreshToken.digest == bindparam("of"),
        RefreshToken.rotated_at.is_(None),
        exists().where(Grant.id == RefreshToken.grant_id, Grant.ended_at.is_(None)),
    )
    .values(
        rotated_at=bindparam("now"),
        rotated_scopes=bindparam("scope"),
        rotated_audience=bindparam("good_at"),
    )
)
_CLOSE = Change(
    update(RefreshToken)
    .where(RefreshToken.digest == bindparam("of"))
    .values(closed_at=bindparam("now"))
)
