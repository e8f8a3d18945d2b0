"""Refreshing: every use rotates, a repeat within the window answers the same, reuse ends it all.

A successor is derived from what was presented, never stored: the same token gives the same answer
again, so parallel redemptions cannot branch a family. Its window shuts when the successor is
itself refreshed, or when its seconds are over.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.db import changed
from app.domain import mails
from app.domain.clients.known import KnownClient
from app.domain.grants import audience, end, scopes, tokens
from app.domain.grants.answers import Denied, Tokens, invalid_grant
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


def redeem(
    session: Session, client: KnownClient, presented: Presented, rule: Rotation, now: datetime
) -> Tokens | Denied:
    """New tokens for a refresh token; one that was exchanged before ends its family."""
    grant, row = _family(session, presented.token)
    if grant is None or row is None or grant.client_id != client.id:
        return invalid_grant("This refresh token is unknown, or was issued to another client.")
    if grant.ended_at is not None or grant.expires_at <= now:
        return invalid_grant("This connection has ended; ask for approval again.")
    asked = _asked(grant, row, presented)
    if row.rotated_at is None:
        if isinstance(asked, Denied):
            return asked
        if _claimed(session, row, asked, now):
            return _rotate(session, client, grant, row, presented.token, asked, rule, now)
        session.refresh(row)  # somebody else rotated it while we waited for the family
    return _repeat(session, client, grant, row, presented.token, asked, rule, now)


def _asked(
    grant: Grant, row: RefreshToken, presented: Presented
) -> tuple[str, str | None] | Denied:
    """The scopes and the audience of the new access token."""
    wanted = scopes.narrowed(row.scopes, presented.scope)
    good_at = audience.narrowed(grant.audience, presented.audience)
    if isinstance(wanted, Denied):
        return wanted
    return good_at if isinstance(good_at, Denied) else (wanted, good_at)


def _family(session: Session, token: str) -> tuple[Grant, RefreshToken] | tuple[None, None]:
    """A token and its grant, locked: a family is worked on by one at a time."""
    digest = secrets.digest(token)
    found = session.execute(
        select(Grant, RefreshToken)
        .join(RefreshToken, RefreshToken.grant_id == Grant.id)
        .where(RefreshToken.digest == digest)
        .with_for_update(of=Grant)
    ).one_or_none()
    if found is None:
        return None, None
    grant, row = found
    return grant, row


def _claimed(
    session: Session, row: RefreshToken, asked: tuple[str, str | None], now: datetime
) -> bool:
    """Open a token's window, if nobody has."""
    scope, good_at = asked
    unused = update(RefreshToken).where(
        RefreshToken.digest == row.digest, RefreshToken.rotated_at.is_(None)
    )
    opened = unused.values(rotated_at=now, rotated_scopes=scope, rotated_audience=good_at)
    return changed(session, opened) == 1


def _rotate(
    session: Session,
    client: KnownClient,
    grant: Grant,
    row: RefreshToken,
    token: str,
    asked: tuple[str, str | None],
    rule: Rotation,
    now: datetime,
) -> Tokens:
    """Write down what follows, and shut the window before this one."""
    if row.previous is not None:
        before = update(RefreshToken).where(RefreshToken.digest == row.previous)
        session.execute(before.values(closed_at=now))
    access, refresh = _successors(rule.keys[0], token, grant.id)
    session.add(tokens.link(grant, refresh, now, previous=row.digest))
    made = tokens.write(session, client, grant, access, *asked, now)
    return made._replace(refresh_token=refresh)


def _repeat(
    session: Session,
    client: KnownClient,
    grant: Grant,
    row: RefreshToken,
    token: str,
    asked: tuple[str, str | None] | Denied,
    rule: Rotation,
    now: datetime,
) -> Tokens | Denied:
    """The same answer to the same question while the window is open; after it, the end."""
    opened = row.rotated_at or now
    if row.closed_at is not None or now >= opened + rule.grace:
        return _reused(session, client, grant, now)
    if isinstance(asked, Denied):
        return asked
    same = asked == (row.rotated_scopes, row.rotated_audience)
    return _again(session, grant, token, rule, now) if same else _OTHERWISE


def _again(
    session: Session, grant: Grant, token: str, rule: Rotation, now: datetime
) -> Tokens | Denied:
    """The tokens this one was exchanged for, by whichever key they were derived."""
    for key in rule.keys:
        access, refresh = _successors(key, token, grant.id)
        row = session.get(AccessToken, secrets.digest(access))
        if row is not None:
            left = tokens.left(row.expires_at, now)
            return Tokens(grant.id, access, refresh, left, tuple(row.scopes.split()), None)
    return invalid_grant("This refresh token was exchanged already.")


def _successors(key: str, token: str, grant_id: str) -> tuple[str, str]:
    return (
        secrets.derive(tokens.ACCESS, key, "access", token, grant_id),
        secrets.derive(tokens.REFRESH, key, "refresh", token, grant_id),
    )


def _reused(session: Session, client: KnownClient, grant: Grant, now: datetime) -> Denied:
    """Of two holders of one token nobody can tell the owner: both lose it, and a person is told."""
    end.grant(session, grant.id, "refresh_token_reused", now)
    person = session.get(User, grant.user_id) if grant.user_id else None
    if person is not None:
        facts = {"app": client.name, "at": clock.iso(now)}
        mails.record(session, "token_reuse", person.email, facts, now)
    return invalid_grant("This refresh token was used before; the connection has ended.")


_OTHERWISE = invalid_grant("This refresh token was exchanged for another scope or resource.")
