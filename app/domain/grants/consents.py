"""Standing approvals: the same request of the same client is not asked about twice."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.db import changed, insert
from app.domain.clients import redirects, vendors
from app.domain.clients.known import KnownClient
from app.domain.grants import standing_limit
from app.domain.grants.request import AuthorizationRequest
from app.models.grants import Consent, Grant


class Standing(NamedTuple):
    """An approval that still holds, with the limits it was given under."""

    organization_id: str
    monthly_cap_tokens: int | None
    expires_at: datetime | None


def rememberable(client: KnownClient, redirect_uri: str) -> bool:
    """Whether nobody else can stand at the end of this redirect and call themselves this client."""
    exact = (
        redirects.kind(redirect_uri) == "https"
        and redirects.match(client, redirect_uri) == "exact"
        and not redirect_uri.startswith(redirects.CHATGPT)  # a prefix admits other redirects too
    )
    confidential = "none" not in client.auth_methods
    proved = vendors.proves(redirects.place(redirect_uri))
    return client.kind != "registered" and exact and (confidential or proved)


def remember(
    session: Session,
    client: KnownClient,
    request: AuthorizationRequest,
    user_id: str,
    standing: Standing,
    now: datetime,
) -> None:
    """Keep an approval where it may be kept; a later one takes its place."""
    if not rememberable(client, request.redirect_uri):
        return
    key = {
        "user_id": user_id,
        "organization_id": standing.organization_id,
        "client_id": client.id,
        "subject_kind": request.subject_kind,
    }
    facts = {
        "scopes": " ".join(request.scopes),
        "redirect_uri": request.redirect_uri,
        "client_revision": client.revision,
        "document_digest": client.document_digest,
        "monthly_cap_tokens": standing.monthly_cap_tokens,
        "given_at": now,
        "expires_at": standing.expires_at,
    }
    statement = insert(session, Consent).values(**key, **facts)
    session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=facts))


def holding(
    session: Session,
    client: KnownClient,
    request: AuthorizationRequest,
    user_id: str,
    organization_ids: list[str],
    now: datetime,
) -> Standing | None:
    """The one approval that covers a request; of several, the person has to choose."""
    if not rememberable(client, request.redirect_uri):
        return None
    kept = session.scalars(
        select(Consent).where(
            Consent.user_id == user_id,
            Consent.client_id == client.id,
            Consent.subject_kind == request.subject_kind,
            Consent.organization_id.in_(organization_ids),
        )
    ).all()
    covering = [each for each in kept if _covers(each, client, request, now)]
    return _never_raised(session, client, covering[0], now) if len(covering) == 1 else None


def forget(
    session: Session, client_row_ids: list[str], organization_id: str, user_id: str | None
) -> int:
    """Ask again next time: for one person's approvals in an organization, or for everybody's."""
    which = [Consent.client_id.in_(client_row_ids), Consent.organization_id == organization_id]
    if user_id is not None:
        which.append(Consent.user_id == user_id)
    return changed(session, delete(Consent).where(*which))


def forget_member(session: Session, organization_id: str, user_id: str) -> int:
    """Ask again whatever somebody allowed for an organization, should they come back to it."""
    which = Consent.organization_id == organization_id, Consent.user_id == user_id
    return changed(session, delete(Consent).where(*which))


def tighten(session: Session, grant: Grant) -> None:
    """A standing approval allows no more than what is left of the connection it gave."""
    kept = session.scalar(
        select(Consent)
        .where(
            Consent.user_id == grant.user_id,
            Consent.organization_id == grant.organization_id,
            Consent.client_id == grant.client_id,
            Consent.subject_kind == grant.subject_kind,
        )
        .with_for_update()
    )
    if kept is None:
        return
    caps = [cap for cap in (kept.monthly_cap_tokens, grant.monthly_cap_tokens) if cap is not None]
    kept.monthly_cap_tokens = min(caps, default=None)
    kept.expires_at = min(kept.expires_at or grant.expires_at, grant.expires_at)


def _covers(
    kept: Consent, client: KnownClient, request: AuthorizationRequest, now: datetime
) -> bool:
    """Name, redirect, method and keys are in the client's revision and its document's digest."""
    return (
        set(request.scopes) <= set(kept.scopes.split())
        and kept.redirect_uri == request.redirect_uri
        and kept.client_revision == client.revision
        and kept.document_digest == client.document_digest
        and (kept.expires_at is None or now < kept.expires_at)
    )


def _never_raised(session: Session, client: KnownClient, kept: Consent, now: datetime) -> Standing:
    """A limit that was lowered since counts for what is granted without asking."""
    lowest = standing_limit.lowest(session, client, kept.organization_id, kept.user_id, now)
    caps = [cap for cap in (kept.monthly_cap_tokens, lowest) if cap is not None]
    return Standing(kept.organization_id, min(caps, default=None), kept.expires_at)
