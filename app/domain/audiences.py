"""Saved audiences: who a panel should be, under names of an organization's own."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import InvalidInput, NotFound
from app.kit import ids
from app.models.accounts import Organization, User
from app.models.audiences import SavedAudience

MOST = 100
LONGEST_NAME = 80
LONGEST_TEXT = 500  # as tools take it


class Saved(NamedTuple):
    """A saved audience as its people see it."""

    id: str
    name: str
    text: str
    by: str | None
    changed_at: datetime


def listed(session: Session, organization_id: str) -> list[Saved]:
    """Every audience of an organization by name; there are never many."""
    rows = session.execute(
        select(SavedAudience, User.email)
        .outerjoin(User, User.id == SavedAudience.user_id)
        .where(SavedAudience.organization_id == organization_id)
        .order_by(func.lower(SavedAudience.name), SavedAudience.id)
    )
    return [Saved(row.id, row.name, row.text, email, row.changed_at) for row, email in rows]


def find(session: Session, organization_id: str, audience_id: str) -> SavedAudience:
    """An audience of this organization; anybody else's does not exist."""
    row = session.get(SavedAudience, audience_id) if ids.is_id("aud", audience_id) else None
    if row is None or row.organization_id != organization_id:
        raise NotFound("There is no such audience.", hint="List the audiences you have saved.")
    return row


def save(
    session: Session, organization_id: str, user_id: str, name: str, text: str, now: datetime
) -> str:
    """Save an audience under a new name; gives its id."""
    name, text = _checked(name, text)
    _in_turn(session, organization_id)
    count = select(func.count()).where(SavedAudience.organization_id == organization_id)
    if (session.scalar(count) or 0) >= MOST:
        raise InvalidInput(f"{MOST} audiences are saved. Delete one first.", field="name")
    _refuse_taken(session, organization_id, name, but=None)
    row = SavedAudience(
        id=ids.new("aud"),
        organization_id=organization_id,
        user_id=user_id,
        name=name,
        text=text,
        created_at=now,
        changed_at=now,
    )
    session.add(row)
    session.flush()
    return row.id


def change(
    session: Session, organization_id: str, audience_id: str, name: str, text: str, now: datetime
) -> None:
    """Give an audience another name or other words; runs that were made keep theirs."""
    row = find(session, organization_id, audience_id)
    name, text = _checked(name, text)
    _in_turn(session, organization_id)
    _refuse_taken(session, organization_id, name, but=row.id)
    row.name, row.text, row.changed_at = name, text, now
    session.flush()


def delete(session: Session, organization_id: str, audience_id: str) -> str:
    """Delete an audience; gives the name it had."""
    row = find(session, organization_id, audience_id)
    session.delete(row)
    return row.name


def _checked(name: str, text: str) -> tuple[str, str]:
    name, text = " ".join(name.split()), text.strip()
    if not name or len(name) > LONGEST_NAME:
        raise InvalidInput(f"Give it a name of 1 to {LONGEST_NAME} characters.", field="name")
    if not text or len(text) > LONGEST_TEXT:
        raise InvalidInput(f"Say who they are in 1 to {LONGEST_TEXT} characters.", field="audience")
    return name, text


def _in_turn(session: Session, organization_id: str) -> None:
    """Two who save at once do so one after the other: neither name nor number is passed by."""
    row = select(Organization.id).where(Organization.id == organization_id)
    session.execute(row.with_for_update(key_share=True))


def _refuse_taken(session: Session, organization_id: str, name: str, but: str | None) -> None:
    taken = select(SavedAudience.id).where(
        SavedAudience.organization_id == organization_id, SavedAudience.name == name
    )
    if session.scalar(taken) not in {None, but}:
        raise InvalidInput("An audience of this name is saved already.", field="name")
