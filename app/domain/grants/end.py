"""The end of grants: one update, and everything issued under them is dead.

Whatever ended one, its app is not let in again on the yes that stood behind it.
"""

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter

from sqlalchemy import ColumnElement, update
from sqlalchemy.orm import Session

from app.domain import audit
from app.domain.grants import consents
from app.models.grants import Grant


def grant(
    session: Session, grant_id: str, because: str, now: datetime, *, actor: str | None = None
) -> bool:
    """End a grant; says whether it was alive."""
    return _end(session, [Grant.id == grant_id], because, now, actor) == 1


def of_client(
    session: Session, client_row_id: str, because: str, now: datetime, *, actor: str | None = None
) -> int:
    """End every grant of a client; says how many were alive."""
    return _end(session, [Grant.client_id == client_row_id], because, now, actor)


def own(session: Session, client_row_id: str, because: str, now: datetime) -> int:
    """End what a client holds on its own behalf (`client_credentials`)."""
    which = [Grant.client_id == client_row_id, Grant.subject_kind == "client"]
    return _end(session, which, because, now, None)


def of_person(
    session: Session, user_id: str, because: str, now: datetime, *, before: datetime
) -> int:
    """End what a person approved before a moment, such as the one their address was proved."""
    which = [Grant.user_id == user_id, Grant.created_at < before]
    return _end(session, which, because, now, user_id)


def of_member(
    session: Session, organization_id: str, user_id: str, now: datetime, *, actor: str
) -> int:
    """End what somebody allowed for an organization they leave; its own tokens stay."""
    which = [
        Grant.organization_id == organization_id,
        Grant.user_id == user_id,
        Grant.subject_kind == "user",
    ]
    consents.forget_member(session, organization_id, user_id)
    return _end(session, which, "member_left", now, actor)


def beyond(
    session: Session,
    organization_id: str,
    user_id: str,
    kinds: Sequence[str],
    now: datetime,
    *,
    actor: str,
) -> int:
    """End what somebody allowed that their role does not let them any more, by whom it acts for."""
    which = [
        Grant.organization_id == organization_id,
        Grant.user_id == user_id,
        Grant.subject_kind.in_(kinds),
    ]
    return _end(session, which, "role_lowered", now, actor)


def of_app(
    session: Session,
    organization_id: str,
    app: str,
    because: str,
    now: datetime,
    *,
    user_id: str | None = None,
) -> int:
    """Disconnect one app of an organization; with a person given, only what they approved."""
    which = [Grant.organization_id == organization_id, Grant.app == app]
    if user_id is not None:
        which.append(Grant.user_id == user_id)
    return _end(session, which, because, now, user_id)


def _end(
    session: Session,
    which: list[ColumnElement[bool]],
    because: str,
    now: datetime,
    actor: str | None,
) -> int:
    statement = (
        update(Grant)
        .where(*which, Grant.ended_at.is_(None))
        .values(ended_at=now, ended_because=because)
        .returning(Grant.organization_id, Grant.id, Grant.client_id, Grant.user_id)
        .execution_options(synchronize_session=False)
    )
    ended = session.execute(statement).all()
    for organization_id, id_, client_id, user_id in sorted(ended, key=_HEADS):
        if user_id is not None:
            consents.forget(session, [client_id], organization_id, user_id)
        facts, by = {"because": because}, actor or client_id
        audit.record(session, organization_id, by, "app.disconnected", id_, facts, now)
    return len(ended)


_HEADS = attrgetter("organization_id", "id")  # one order for the heads of the audit
