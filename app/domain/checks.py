"""Checks of the handshake with connectors: one at a time, seen for a day, leaving nothing behind.

A check signs nobody in. It approves its own clients for whoever asked, as that person may; what
they approve may spend nothing, ends by itself within minutes, and is removed with its client.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app import outbox
from app.db import changed, insert
from app.domain import rights
from app.domain.clients import find as clients
from app.domain.clients import manage
from app.domain.clients.known import KnownClient
from app.domain.grants import approve
from app.domain.grants.request import AuthorizationRequest
from app.domain.rights import NotAllowed, Right
from app.domain.signed_in import SignedIn
from app.kit import ids
from app.models.accounts import User
from app.models.checks import ConnectorCheck
from app.models.clients import Client

KIND = "check_connectors"
KEPT = timedelta(hours=24)
LEASE = timedelta(minutes=3)  # in which a check ends, or another may begin
GRANT_LIFE = timedelta(minutes=5)
UNFINISHED = "No worker finished it."

Json = dict[str, Any]


class Asked(NamedTuple):
    """Who wants a check, and for which organization."""

    user_id: str
    organization_id: str
    email: str


def begin(session: Session, person: SignedIn, organization_id: str, now: datetime) -> str | None:
    """Have a worker make a check; None while another one runs."""
    if not person.verified:
        raise NotAllowed("Confirm your address first.", hint="Follow the link in our mail.")
    rights.require(session, person.user_id, organization_id, Right.OWN_CONNECTIONS)
    _free_the_slot(session, now)
    check_id = ids.new("chk")
    row = {
        "id": check_id,
        "organization_id": organization_id,
        "user_id": person.user_id,
        "status": "running",
        "slot": 1,
        "reports": [],
        "clients": [],
        "created_at": now,
        "lease_until": now + LEASE,
    }
    taken = insert(session, ConnectorCheck).values(**row)
    if changed(session, taken.on_conflict_do_nothing(index_elements=["slot"])) == 0:
        return None
    outbox.record(session, KIND, {"check_id": check_id}, key=f"check:{check_id}", now=now)
    return check_id


def asked(session: Session, check_id: str) -> Asked | None:
    """Whom a running check is for; one that is over is not made again."""
    row = session.execute(
        select(ConnectorCheck.user_id, ConnectorCheck.organization_id, User.email)
        .join(User, User.id == ConnectorCheck.user_id)
        .where(ConnectorCheck.id == check_id, ConnectorCheck.status == "running")
    ).first()
    return None if row is None else Asked(*row)


def approved(
    session: Session,
    check_id: str,
    client: KnownClient,
    request: AuthorizationRequest,
    now: datetime,
) -> str:
    """The code of a grant that may spend nothing; its client is noted, so that it ends with us."""
    row = session.get_one(ConnectorCheck, check_id, with_for_update=True)
    row.clients = [*row.clients, client.id]
    session.flush()
    who = SignedIn("", row.user_id, "", "", verified=True, authenticated_at=now)
    return approve.grant(
        session,
        client,
        request,
        who,
        row.organization_id,
        monthly_cap_tokens=0,
        expires_at=now + GRANT_LIFE,
        now=now,
    )


def told(session: Session, check_id: str, reports: Sequence[Json]) -> None:
    """Keep what was seen so far."""
    running = ConnectorCheck.id == check_id, ConnectorCheck.status == "running"
    session.execute(update(ConnectorCheck).where(*running).values(reports=list(reports)))


def end(session: Session, check_id: str, now: datetime, failure: str | None = None) -> None:
    """End a check, and every client of its own that still lives."""
    row = session.get(ConnectorCheck, check_id, with_for_update=True)
    if row is None or row.status != "running":
        return
    row.status = "complete" if failure is None else "failed"
    row.failure, row.slot, row.ended_at = failure, None, now
    session.flush()
    for id_ in row.clients:
        if clients.by_row_id(session, id_) is not None:
            manage.close(session, session.get_one(Client, id_), "client_deleted", now)


def forget_old(session: Session, now: datetime) -> int:
    """Drop checks past their day."""
    return changed(session, delete(ConnectorCheck).where(ConnectorCheck.created_at < now - KEPT))


def _free_the_slot(session: Session, now: datetime) -> None:
    """A check whose worker never came back must not stop all others."""
    late = select(ConnectorCheck.id).where(
        ConnectorCheck.slot == 1, ConnectorCheck.lease_until < now
    )
    for check_id in session.scalars(late).all():
        end(session, check_id, now, UNFINISHED)
