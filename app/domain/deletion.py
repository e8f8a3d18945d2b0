"""Deleting an organization or an account: it stops at once, and can be undone for seven days."""

from datetime import datetime, timedelta

from sqlalchemy import Select, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from app.db import changed
from app.domain import audit, leaving, mails, rights, roles, sessions
from app.domain.billing import winding
from app.domain.rights import Right
from app.domain.signed_in import SignedIn
from app.errors import Conflict, InvalidInput
from app.kit import clock
from app.models.accounts import Membership, Organization, User

UNDO = timedelta(days=7)


def delete_organization(
    session: Session, person: SignedIn, organization_id: str, typed: str, now: datetime
) -> datetime:
    """Stop an organization; gives the moment from which it is gone."""
    rights.require(session, person.user_id, organization_id, Right.DELETION)
    sessions.require_fresh(person, now)
    row = session.get_one(Organization, organization_id, with_for_update={"key_share": True})
    if row.personal_user_id is not None:
        raise Conflict(
            "This organization belongs to an account and ends with it.",
            hint="Delete the account under /app/settings/account.",
        )
    if " ".join(typed.split()) != row.name:
        raise InvalidInput("Type the name as it is written above.", field="name")
    if row.deletion_due_at is None:
        row.deletion_due_at = now + UNDO
        winding.follow(session, organization_id, now)
        _record(session, organization_id, person.user_id, "organization.deletion_asked", now)
        facts = {"organization_id": organization_id, "by": person.email}
        for email in _owners(session, organization_id):
            told = facts | {"due": clock.iso(row.deletion_due_at)}
            mails.record(session, "organization_deletion", email, told, now)
    return row.deletion_due_at


def undo_organization(
    session: Session, person: SignedIn, organization_id: str, now: datetime
) -> None:
    """Let an organization go on as it was; one that goes with an account comes back with it."""
    rights.require(session, person.user_id, organization_id, Right.DELETION)
    if session.get_one(Organization, organization_id).personal_user_id is not None:
        raise Conflict("It goes with an account.", hint="Its person can undo that by signing in.")
    stopped = update(Organization).where(
        Organization.id == organization_id,
        Organization.deletion_due_at.is_not(None),
        Organization.deleted_at.is_(None),
    )
    if changed(session, stopped.values(deletion_due_at=None)):
        winding.follow(session, organization_id, now)
        _record(session, organization_id, person.user_id, "organization.deletion_undone", now)


def left_without_owner(session: Session, user_id: str) -> list[str]:
    """Names of the organizations that would have no owner without somebody; they hold them back."""
    other = aliased(Membership)
    another = (
        exists()
        .where(other.organization_id == Organization.id, other.role == "owner")
        .where(other.user_id == User.id, User.id != user_id, User.deletion_due_at.is_(None))
    )
    mine = select(Organization.name).where(Organization.id.in_(_owned(user_id)), ~another)
    return list(session.scalars(mine.order_by(Organization.name)))


def others_in_own(session: Session, user_id: str) -> int:
    """How many others lose somebody's own organization with their account."""
    others = (
        select(func.count())
        .select_from(Membership)
        .join(Organization, Organization.id == Membership.organization_id)
        .where(Organization.personal_user_id == user_id, Membership.user_id != user_id)
    )
    return session.scalar(others) or 0


def delete_account(session: Session, person: SignedIn, typed: str, now: datetime) -> datetime:
    """Sign somebody out for good; gives the moment from which their account is gone.

    In organizations they share their keys and connections end here; their own is only stopped.
    """
    sessions.require_fresh(person, now)
    if typed.strip().lower() != person.email:
        raise InvalidInput("Type your address as it is written above.", field="email")
    for organization_id in session.scalars(_owned(person.user_id)).all():
        roles.lock_owners(session, organization_id)
    for name in left_without_owner(session, person.user_id):
        raise Conflict(
            f"You are the last owner of “{name}”.",
            hint="Make somebody else an owner of it, or delete it first.",
        )
    user = session.get_one(User, person.user_id, with_for_update={"key_share": True})
    user.deletion_due_at = due = user.deletion_due_at or now + UNDO
    for organization_id, personal in _places(session, user.id):
        if not personal:
            leaving.end_all(session, organization_id, user.id, user.id, now)
    _stop_personal(session, user.id, due, now)
    sessions.end_all(session, user.id, now)
    _record(session, _personal(session, user.id), user.id, "account.deletion_asked", now)
    mails.record(session, "account_deletion", user.email, {"due": clock.iso(due)}, now)
    return due


def undo_account(session: Session, user_id: str, now: datetime) -> None:
    """Let an account and its own organization go on."""
    stopped = update(User).where(
        User.id == user_id, User.deletion_due_at.is_not(None), User.deleted_at.is_(None)
    )
    if changed(session, stopped.values(deletion_due_at=None)):
        _stop_personal(session, user_id, None, now)
        _record(session, _personal(session, user_id), user_id, "account.deletion_undone", now)


def _owned(user_id: str) -> Select[str]:
    """What somebody owns besides their own organization and what is being deleted anyway."""
    mine = Membership.user_id == user_id, Membership.role == "owner"
    alive = Organization.deleted_at.is_(None), Organization.deletion_due_at.is_(None)
    return (
        select(Organization.id)
        .join(Membership, Membership.organization_id == Organization.id)
        .where(*mine, *alive, Organization.personal_user_id.is_distinct_from(user_id))
        .order_by(Organization.id)
    )


def _owners(session: Session, organization_id: str) -> list[str]:
    owners = (
        select(User.email)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.organization_id == organization_id, Membership.role == "owner")
    )
    return list(session.scalars(owners.order_by(User.id)))


def _places(session: Session, user_id: str) -> list[tuple[str, bool]]:
    rows = session.execute(
        select(Organization.id, Organization.personal_user_id)
        .join(Membership, Membership.organization_id == Organization.id)
        .where(Membership.user_id == user_id, Organization.deleted_at.is_(None))
        .order_by(Organization.id)
    )
    return [(id_, personal == user_id) for id_, personal in rows]


def _personal(session: Session, user_id: str) -> str:
    own = select(Organization.id).where(Organization.personal_user_id == user_id)
    return session.scalars(own).one()


def _stop_personal(session: Session, user_id: str, due: datetime | None, now: datetime) -> None:
    own = Organization.personal_user_id == user_id
    session.execute(update(Organization).where(own).values(deletion_due_at=due))
    winding.follow(session, _personal(session, user_id), now)


def _record(session: Session, chain: str, by: str, action: str, now: datetime) -> None:
    subject = by if action.startswith("account.") else chain
    audit.record(session, chain, by, action, subject, {}, now)
