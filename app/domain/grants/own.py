"""Tokens a developer's app gets for its own organization, without a person (RFC 6749 §4.4)."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import audit
from app.domain.clients import find
from app.domain.clients import secrets as client_secrets
from app.domain.clients.known import KnownClient
from app.domain.clients.refusals import InvalidClient
from app.domain.grants import approve, apps, end, scopes, selling, tokens
from app.domain.grants.answers import Denied, Tokens
from app.kit import ids, secrets
from app.models.clients import Client
from app.models.grants import Grant

LIFE_S = 3600


def hold(session: Session, client: KnownClient) -> KnownClient:
    """The client as it stands now, and stays until the transaction is over."""
    session.execute(select(Client.id).where(Client.id == client.id).with_for_update())
    known = find.by_row_id(session, client.id)
    if known is None:
        raise InvalidClient("This client has ended.")
    return known


def issue(
    session: Session,
    client: KnownClient,
    secret: str,
    scope: str | None,
    audience: str | None,
    now: datetime,
) -> Tokens | Denied:
    """An hour's access for the app's own organization, where its owner switched that on.

    The client is held: nothing it proved or was let do a moment ago may have ended since.
    """
    organization_id = client.organization_id
    if not client.client_credentials or client.is_public or organization_id is None:
        return Denied("unauthorized_client", "This client may not act on its own behalf.")
    if not client_secrets.matches(session, client.id, secret, now):
        raise InvalidClient("The client secret has ended.")
    held = " ".join(word for word in client.scopes if word in scopes.OF_A_CLIENT)
    wanted = scopes.narrowed(held, scope)
    if isinstance(wanted, Denied):
        return wanted
    grant = _standing(session, client, organization_id, held, now)
    life = min(LIFE_S, client.access_life_s or LIFE_S)
    hourly = client._replace(access_life_s=life)
    access = secrets.mint(tokens.ACCESS)
    return tokens.write(session, hourly, grant, access, wanted, audience, now)


def stop(
    session: Session, client_row_ids: list[str], organization_id: str, actor: str, now: datetime
) -> None:
    """Switch off what acts alone: its connection would otherwise be there again at once."""
    switched_on = (
        select(Client)
        .where(
            Client.id.in_(client_row_ids),
            Client.organization_id == organization_id,
            Client.client_credentials,
        )
        .order_by(Client.id)
        .with_for_update()
    )
    for client in session.scalars(switched_on).all():
        client.client_credentials = False
        facts = {"name": client.name, "client": client.client_id}
        audit.record(
            session, organization_id, actor, "app.acts_alone_no_more", client.id, facts, now
        )


def _standing(
    session: Session, client: KnownClient, organization_id: str, held: str, now: datetime
) -> Grant:
    """The app's one connection to its own organization, made when it is first wanted."""
    found = session.scalar(
        select(Grant).where(
            Grant.client_id == client.id,
            Grant.subject_kind == "client",
            Grant.ended_at.is_(None),
            Grant.expires_at > now + timedelta(seconds=LIFE_S),
        )
    )
    if found is not None and found.scopes == held:
        return found
    if found is not None:  # what people read of a connection is what it may do
        end.own(session, client.id, "client_changed", now)
    return _made(session, client, organization_id, held, now)


def _made(
    session: Session, client: KnownClient, organization_id: str, held: str, now: datetime
) -> Grant:
    key, limit = _before(session, client)
    grant = Grant(
        id=ids.new("grt"),
        client_id=client.id,
        organization_id=organization_id,
        subject_kind="client",
        app=key,
        scopes=held,
        client_revision=client.revision,
        monthly_cap_tokens=limit,
        created_at=now,
        expires_at=now + approve.REFRESH_LIFE,
        never_sells=selling.never(session, organization_id, key),
    )
    session.add(grant)
    session.flush()
    facts = {"client": client.client_id, "name": client.name, "scopes": held}
    audit.record(session, organization_id, client.id, "app.connected", grant.id, facts, now)
    return grant


def _before(session: Session, client: KnownClient) -> tuple[str, int | None]:
    """A connection that follows another is counted with it and held to its limit."""
    former = select(Grant.app, Grant.monthly_cap_tokens).where(
        Grant.client_id == client.id, Grant.subject_kind == "client"
    )
    latest = former.order_by(Grant.created_at.desc(), Grant.id.desc()).limit(1)
    found = session.execute(latest).one_or_none()
    if found is None:
        return apps.key_of(client.name, client.redirect_uris), None
    return found.app, found.monthly_cap_tokens
