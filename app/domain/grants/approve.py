"""A person's yes to a client: the grant, and the code a client fetches its tokens with."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.db import changed
from app.domain import audit, rights
from app.domain.clients.known import KnownClient
from app.domain.grants import apps, codes, selling, standing_limit
from app.domain.grants.request import AuthorizationRequest
from app.domain.rights import NotAllowed
from app.domain.signed_in import SignedIn
from app.errors import Conflict
from app.kit import ids
from app.models.clients import Client
from app.models.grants import Grant

REFRESH_LIFE = timedelta(days=180)  # from the approval, however often refreshed


class ClientChanged(Conflict):
    """What a person said yes to is not what is there any more."""


class Wanted(NamedTuple):
    """What a grant allows, however it was asked for; a device has no redirect."""

    scopes: tuple[str, ...]
    audience: str | None
    subject_kind: str
    redirect_uri: str | None


def grant(
    session: Session,
    client: KnownClient,
    request: AuthorizationRequest,
    person: SignedIn,
    organization_id: str,
    *,
    monthly_cap_tokens: int | None,
    expires_at: datetime | None,
    now: datetime,
) -> str:
    """Approve a request; gives the code, which is known to us only now."""
    wanted = Wanted(request.scopes, request.audience, request.subject_kind, request.redirect_uri)
    made = connect(
        session,
        client,
        wanted,
        person,
        organization_id,
        monthly_cap_tokens=monthly_cap_tokens,
        expires_at=expires_at,
        now=now,
    )
    return codes.issue(session, made, request, person.authenticated_at, now)


def connect(
    session: Session,
    client: KnownClient,
    wanted: Wanted,
    person: SignedIn,
    organization_id: str,
    *,
    monthly_cap_tokens: int | None,
    expires_at: datetime | None,
    now: datetime,
) -> str:
    """Make the grant itself, for whoever may; gives its id."""
    _require(session, person, organization_id, wanted.subject_kind)
    _use(session, client, now)
    standing_limit.check(session, client, organization_id, person, monthly_cap_tokens, now)
    ends = latest(now, client.refresh_life_s)
    app = apps.key_of(client.name, client.redirect_uris)
    row = Grant(
        id=ids.new("grt"),
        client_id=client.id,
        organization_id=organization_id,
        user_id=person.user_id,
        subject_kind=wanted.subject_kind,
        app=app,
        scopes=" ".join(wanted.scopes),
        audience=wanted.audience,
        redirect_uri=wanted.redirect_uri,
        client_revision=client.revision,
        document_digest=client.document_digest,
        monthly_cap_tokens=monthly_cap_tokens,
        created_at=now,
        expires_at=ends if expires_at is None else min(ends, expires_at),
        never_sells=selling.never(session, organization_id, app),
    )
    session.add(row)
    session.flush()
    _note(session, client, row, now)
    return row.id


def latest(made_at: datetime, refresh_life_s: int | None) -> datetime:
    """The last moment a grant can be good at, whatever is agreed: absolute from its approval."""
    if refresh_life_s is None:
        return made_at + REFRESH_LIFE
    return made_at + min(REFRESH_LIFE, timedelta(seconds=refresh_life_s))


def _require(session: Session, person: SignedIn, organization_id: str, subject_kind: str) -> None:
    if not person.verified:
        raise NotAllowed("Prove your e-mail address first.", hint="Follow the link in our mail.")
    rights.require(session, person.user_id, organization_id, rights.TO_CONNECT[subject_kind])


def _use(session: Session, client: KnownClient, now: datetime) -> None:
    """A client somebody approved is a used one, and stays; none changes while it is approved."""
    approved = update(Client).where(
        Client.id == client.id,
        Client.revision == client.revision,
        Client.ended_at.is_(None),
        Client.blocked_at.is_(None),
    )
    if changed(session, approved.values(last_used_at=now)) != 1:
        raise ClientChanged("The app changed while you read.", hint="Start again where it asked.")


def _note(session: Session, client: KnownClient, row: Grant, now: datetime) -> None:
    facts = {"client": client.client_id, "name": client.name, "scopes": row.scopes}
    actor = row.user_id or client.id
    audit.record(session, row.organization_id, actor, "app.connected", row.id, facts, now)
