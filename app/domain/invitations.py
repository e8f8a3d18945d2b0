"""Inviting: bound to an address, to a role not above one's own, for seven days."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from app.domain import accounts, audit, mails, rights
from app.domain.rights import ROLES, NotAllowed, Right
from app.domain.signed_in import SignedIn
from app.errors import Conflict, InvalidInput, NotFound
from app.kit import ids
from app.models.accounts import Membership, Organization, User
from app.models.invitations import Invitation

LIFE = timedelta(days=7)
MOST = 50  # open at once, of an organization


class Open(NamedTuple):
    """An invitation that waits for somebody."""

    id: str
    email: str
    role: str
    invited_by: str | None  # an address
    sent: bool  # its mail has left us
    created_at: datetime
    expires_at: datetime


def listed(session: Session, organization_id: str, now: datetime) -> list[Open]:
    """Every open invitation of an organization, newest first; there are never many."""
    rows = session.execute(
        select(
            Invitation.id, Invitation.email, Invitation.role, User.email,
            Invitation.digest.is_not(None), Invitation.created_at, Invitation.expires_at,
        )
        .outerjoin(User, User.id == Invitation.invited_by)
        .where(Invitation.organization_id == organization_id, *open_(now))
        .order_by(Invitation.id.desc())
    )  # fmt: skip
    return [Open(*row) for row in rows]


def invite(
    session: Session, person: SignedIn, organization_id: str, email: str, role: str, now: datetime
) -> str:
    """Invite whoever has an address, to a role not above one's own; gives the invitation's id."""
    address = accounts.normal_email(email)
    _check_role(session, person, organization_id, role)
    session.get_one(Organization, organization_id, with_for_update={"key_share": True})  # in turn
    _check_address(session, organization_id, address, now)
    row = Invitation(
        id=ids.new("inv"),
        organization_id=organization_id,
        email=address,
        role=role,
        invited_by=person.user_id,
        created_at=now,
        expires_at=now + LIFE,
    )
    session.add(row)
    session.flush()
    _send(session, person, row, "invitation.sent", now)
    return row.id


def resend(
    session: Session, person: SignedIn, organization_id: str, invitation_id: str, now: datetime
) -> None:
    """Have another mail sent: its link takes the place of the one before, for seven days."""
    rights.require(session, person.user_id, organization_id, Right.MEMBERS)
    row = _find(session, organization_id, invitation_id, now)
    _check_role(session, person, organization_id, row.role)
    row.expires_at = now + LIFE
    _send(session, person, row, "invitation.resent", now)


def address_of(session: Session, organization_id: str, invitation_id: str, now: datetime) -> str:
    """Whom an open invitation is for."""
    mine = Invitation.id == invitation_id, Invitation.organization_id == organization_id
    email = session.scalar(select(Invitation.email).where(*mine, *open_(now)))
    if email is None:
        raise _no_such_invitation()
    return email


def revoke(
    session: Session, person: SignedIn, organization_id: str, invitation_id: str, now: datetime
) -> None:
    """Take an invitation back; its link is dead from the next request."""
    rights.require(session, person.user_id, organization_id, Right.MEMBERS)
    row = _find(session, organization_id, invitation_id, now)
    row.revoked_at = now
    facts = {"role": row.role}
    by = person.user_id
    audit.record(session, organization_id, by, "invitation.revoked", row.id, facts, now)


def revoke_by(
    session: Session,
    organization_id: str,
    user_id: str,
    role: str | None,
    now: datetime,
    *,
    actor: str,
) -> None:
    """Take back what somebody may not give any more; with no role left that is all they gave."""
    own = role if role is not None and rights.may(role, Right.MEMBERS) else None
    theirs = Invitation.organization_id == organization_id, Invitation.invited_by == user_id
    for row in session.scalars(select(Invitation).where(*theirs, *open_(now))).all():
        if own is None or not rights.reaches(own, row.role):
            row.revoked_at = now
            facts = {"role": row.role}
            audit.record(session, organization_id, actor, "invitation.revoked", row.id, facts, now)


def _check_role(session: Session, person: SignedIn, organization_id: str, role: str) -> None:
    own = rights.require(session, person.user_id, organization_id, Right.MEMBERS)
    if not person.verified:
        raise NotAllowed("Prove your e-mail address first.", hint="Follow the link in our mail.")
    if role not in ROLES:
        raise InvalidInput("Choose a role.", field="role")
    if not rights.reaches(own, role):
        raise NotAllowed("Nobody gives a role above their own.", hint="Ask an owner.")


def _check_address(session: Session, organization_id: str, address: str, now: datetime) -> None:
    here = select(User.id).join(Membership, Membership.user_id == User.id)
    belongs = Membership.organization_id == organization_id, User.email == address
    if session.scalar(here.where(*belongs)) is not None:
        raise InvalidInput("This person belongs to the organization already.", field="email")
    own = Invitation.organization_id == organization_id
    over = update(Invitation).where(own, Invitation.expires_at <= now, *_UNANSWERED)
    session.execute(over.values(revoked_at=now))  # so that the address is free for another one
    waits = select(Invitation.id).where(own, Invitation.email == address, *open_(now))
    if session.scalar(waits) is not None:
        raise InvalidInput("This address is invited already: send that one again.", field="email")
    if (session.scalar(select(func.count()).where(own, *open_(now))) or 0) >= MOST:
        raise Conflict(
            f"{MOST} invitations are open already.", hint="Take some back, then invite others."
        )


def _send(session: Session, person: SignedIn, row: Invitation, action: str, now: datetime) -> None:
    """The mail names who invites and nothing anybody could choose."""
    facts = {"invitation": row.id, "inviter": person.email}
    mails.record(session, "invitation", row.email, facts, now)
    by, told = person.user_id, {"role": row.role}
    audit.record(session, row.organization_id, by, action, row.id, told, now)


def _find(session: Session, organization_id: str, invitation_id: str, now: datetime) -> Invitation:
    mine = Invitation.id == invitation_id, Invitation.organization_id == organization_id
    row = session.scalar(select(Invitation).where(*mine, *open_(now)).with_for_update())
    if row is None:
        raise _no_such_invitation()
    return row


def _no_such_invitation() -> NotFound:
    return NotFound("There is no such invitation.", hint="See /app/team for those there are.")


def open_(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Of those that wait for somebody."""
    return (*_UNANSWERED, Invitation.expires_at > now)


_UNANSWERED = (Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None))
