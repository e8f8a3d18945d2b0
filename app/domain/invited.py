"""Being invited: a link minted when its mail is sent, good once, for whoever has the address."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from app.db import changed, insert
from app.domain import audit
from app.domain.invitations import open_
from app.domain.rights import NotAllowed
from app.domain.signed_in import SignedIn
from app.errors import NotFound
from app.kit import secrets
from app.models.accounts import Membership, Organization, User
from app.models.invitations import Invitation

PREFIX = "polis_iv_"
KEPT = timedelta(days=30)  # after its last day, for whoever reads the log


class InvitationSpent(NotFound):
    """Used, withdrawn, too old and never sent get the same words."""


class Invited(NamedTuple):
    """What somebody is invited to."""

    id: str
    organization_id: str
    organization: str
    email: str
    role: str
    invited_by: str | None
    expires_at: datetime


def mint(session: Session, invitation_id: str, now: datetime) -> str:
    """A link for an invitation, known to us only now; empty where it is not open any more."""
    secret = secrets.mint(PREFIX)
    which = update(Invitation).where(Invitation.id == invitation_id, *open_(now))
    return secret if changed(session, which.values(digest=secrets.digest(secret))) else ""


def look(session: Session, secret: str, now: datetime) -> Invited:
    """What a mailed link invites to; looking changes nothing."""
    if not secrets.well_formed(PREFIX, secret):
        raise _spent()
    return _invited(session, Invitation.digest == secrets.digest(secret), now)


def waiting(session: Session, invitation_id: str, email: str, now: datetime) -> Invited:
    """The same for whoever has the address and comes without the link; others' do not exist."""
    which = (Invitation.id == invitation_id) & (Invitation.email == email)
    return _invited(session, which, now)


def accept(session: Session, person: SignedIn, invitation_id: str, now: datetime) -> str:
    """Make somebody a member, once; gives the organization."""
    found = waiting(session, invitation_id, person.email, now)
    if not person.verified:
        raise NotAllowed("Prove your e-mail address first.", hint="Follow the link in our mail.")
    used = update(Invitation).where(Invitation.id == invitation_id, *open_(now))
    if changed(session, used.values(accepted_at=now)) != 1:
        raise _spent()  # somebody else was quicker
    place = {"organization_id": found.organization_id, "user_id": person.user_id}
    joins = insert(session, Membership).values(**place, role=found.role, created_at=now)
    if changed(session, joins.on_conflict_do_nothing()):
        facts = {"role": found.role, "invitation": found.id}
        by, to = person.user_id, found.organization_id
        audit.record(session, to, by, "member.joined", by, facts, now)
    return found.organization_id


def forget_old(session: Session, now: datetime) -> int:
    """Drop what nobody can accept and nobody asks about any more."""
    return changed(session, delete(Invitation).where(Invitation.expires_at < now - KEPT))


def _invited(session: Session, which: ColumnElement[bool], now: datetime) -> Invited:
    row = session.execute(
        select(
            Invitation.id, Organization.id, Organization.name, Invitation.email,
            Invitation.role, User.email, Invitation.expires_at,
        )
        .join(Organization, Organization.id == Invitation.organization_id)
        .outerjoin(User, User.id == Invitation.invited_by)
        .where(which, *open_(now), Organization.deleted_at.is_(None))
    ).first()  # fmt: skip
    if row is None:
        raise _spent()
    return Invited(*row)


def _spent() -> InvitationSpent:
    return InvitationSpent(
        "This invitation was used or taken back, or is too old.",
        hint="Ask whoever invited you to send it again.",
    )
