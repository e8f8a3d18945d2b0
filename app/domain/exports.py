"""Exports of an organization: asked for by an owner, made by a worker, there for seven days."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app import outbox
from app.db import changed
from app.domain import audit, mails, rights
from app.domain.rights import Right
from app.domain.signed_in import SignedIn
from app.errors import Conflict, NotFound
from app.kit import clock, ids
from app.models.accounts import Membership, Organization, User
from app.models.exports import Export

KIND = "export_organization"
LIFE = timedelta(days=7)
SHOWN = 20


class Shown(NamedTuple):
    """An export as its owners see it."""

    id: str
    asked_by: str | None
    asked_at: datetime
    ready_at: datetime | None
    failed_at: datetime | None
    expires_at: datetime
    size: int | None


def ask(session: Session, person: SignedIn, organization_id: str, now: datetime) -> str:
    """Have an export made; one at a time."""
    rights.require(session, person.user_id, organization_id, Right.EXPORT)
    session.get_one(Organization, organization_id, with_for_update={"key_share": True})  # in turn
    if any(
        each.ready_at is None and each.failed_at is None
        for each in _rows(session, organization_id, now)
    ):
        raise Conflict("An export is being made already.", hint="You get a mail when it is ready.")
    row = Export(
        id=ids.new("exp"),
        organization_id=organization_id,
        asked_by=person.user_id,
        asked_at=now,
        expires_at=now + LIFE,
    )
    session.add(row)
    session.flush()
    outbox.record(session, KIND, {"export_id": row.id}, key=f"export:{row.id}", now=now)
    audit.record(session, organization_id, person.user_id, "export.asked", row.id, {}, now)
    return row.id


def listed(session: Session, organization_id: str, now: datetime) -> list[Shown]:
    """The exports that are there or on their way, newest first."""
    return _rows(session, organization_id, now)


def wanted(session: Session, export_id: str) -> str | None:
    """The organization an export is to be made of; None where it is made, or was forgotten."""
    row = session.get(Export, export_id)
    return None if row is None or row.ready_at is not None else row.organization_id


def ready(session: Session, export_id: str, size: int, now: datetime) -> None:
    """Say that a file is there, and tell whoever asked for it while they may have it."""
    made = update(Export).where(Export.id == export_id, Export.ready_at.is_(None))
    if not changed(session, made.values(ready_at=now, size=size, expires_at=now + LIFE)):
        return
    asked = session.execute(
        select(User.email, Membership.role)
        .join(Export, Export.asked_by == User.id)
        .join(Membership, Membership.user_id == User.id)
        .where(Export.id == export_id, Membership.organization_id == Export.organization_id)
    ).one_or_none()
    if asked is not None and rights.may(asked[1], Right.EXPORT):
        facts = {"until": clock.iso(now + LIFE)}
        mails.record(session, "export_ready", asked[0], facts, now)


def failed(session: Session, export_id: str, now: datetime) -> None:
    """Say that no file could be made."""
    which = Export.id == export_id, Export.ready_at.is_(None)
    session.execute(update(Export).where(*which).values(failed_at=now))


def fetch(
    session: Session, person: SignedIn, organization_id: str, export_id: str, now: datetime
) -> None:
    """Note that somebody fetches a file; what is not theirs or not there does not exist."""
    rights.require(session, person.user_id, organization_id, Right.EXPORT)
    there = select(Export.id).where(
        Export.id == export_id,
        Export.organization_id == organization_id,
        Export.ready_at.is_not(None),
        Export.expires_at > now,
    )
    if session.scalar(there) is None:
        raise no_such_export()
    audit.record(session, organization_id, person.user_id, "export.fetched", export_id, {}, now)


def no_such_export() -> NotFound:
    """Foreign, unknown and expired ones get the same words."""
    return NotFound("There is no such export.", hint="Ask for another one in the settings.")


def forget_old(session: Session, now: datetime) -> None:
    """Drop the rows of exports whose time is over; their files go with them."""
    session.execute(delete(Export).where(Export.expires_at <= now))


def living(session: Session) -> set[str]:
    """Every export there is: a file of any other belongs to nobody."""
    return set(session.scalars(select(Export.id)))


def _rows(session: Session, organization_id: str, now: datetime) -> list[Shown]:
    rows = session.execute(
        select(
            Export.id, User.email, Export.asked_at, Export.ready_at, Export.failed_at,
            Export.expires_at, Export.size,
        )
        .outerjoin(User, User.id == Export.asked_by)
        .where(Export.organization_id == organization_id, Export.expires_at > now)
        .order_by(Export.id.desc())
        .limit(SHOWN)
    )  # fmt: skip
    return [Shown(*row) for row in rows]
