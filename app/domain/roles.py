"""Changing what somebody may do in an organization, and what a lower role takes along."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.domain import audit, invitations, rights, sessions
from app.domain.grants import end
from app.domain.rights import ROLES, TO_CONNECT, NotAllowed, Right
from app.errors import Conflict, InvalidInput
from app.models.accounts import Membership, Organization, User


def give(
    session: Session, actor_id: str, user_id: str, organization_id: str, role: str, now: datetime
) -> None:
    """Change a member's role; nobody gives above their own, and one owner always remains.

    What they allowed apps and whom they invited ends where the lower role does not reach, and
    their browsers find themselves elsewhere.
    """
    own = rights.require(session, actor_id, organization_id, Right.CHANGE_ROLES)
    if role not in ROLES:
        raise InvalidInput("Choose a role.", field="role")
    if not rights.reaches(own, role):
        raise NotAllowed("Nobody gives a role above their own.", hint="Ask an owner.")
    membership = rights.membership(session, user_id, organization_id)
    if role == membership.role:
        return
    if role != "owner":
        keep_personal(session, membership)
        keep_an_owner(session, membership)
    before, membership.role = membership.role, role
    session.flush()
    end.beyond(session, organization_id, user_id, beyond(role), now, actor=actor_id)
    if set(beyond(role)) > set(beyond(before)):
        sessions.leave(session, user_id, organization_id)
    invitations.revoke_by(session, organization_id, user_id, role, now, actor=actor_id)
    facts = {"from": before, "to": role}
    audit.record(session, organization_id, actor_id, "member.role_changed", user_id, facts, now)


def beyond(role: str) -> list[str]:
    """Whom an app may not act for on the word of somebody with this role."""
    return [kind for kind, right in TO_CONNECT.items() if not rights.may(role, right)]


def keep_personal(session: Session, leaving: Membership) -> None:
    """The organization somebody was given at sign-up is theirs as long as their account is."""
    organization = session.get_one(Organization, leaving.organization_id)
    if organization.personal_user_id == leaving.user_id:
        raise Conflict(
            "Everybody belongs to their own organization.", hint="It ends only with their account."
        )


def keep_an_owner(session: Session, leaving: Membership) -> None:
    """Two owners who leave at once meet at the rows of all owners, locked in one order."""
    _keep_one_of(lock_owners(session, leaving.organization_id), session, leaving)


def why_stay(session: Session, leaving: Membership) -> Conflict | None:
    """What `keep_personal` and `keep_an_owner` would say now; nothing is locked for that."""
    try:
        keep_personal(session, leaving)
        owners = list(session.scalars(_owners(leaving.organization_id)))
        _keep_one_of(owners, session, leaving)
    except Conflict as refusal:
        return refusal
    return None


def lock_owners(session: Session, organization_id: str) -> list[str]:
    """Who owns an organization, held until the transaction is over."""
    return list(session.scalars(_owners(organization_id).with_for_update()))


def staying(session: Session, owners: list[str], leaving: str) -> bool:
    """Whether another owner stays: one whose account is being deleted does not.

    Asked after the lock and in a statement of its own, so that it sees what others did meanwhile.
    """
    others = User.id.in_([each for each in owners if each != leaving])
    here = select(User.id).where(others, User.deletion_due_at.is_(None)).limit(1)
    return session.scalar(here) is not None


def _keep_one_of(owners: list[str], session: Session, leaving: Membership) -> None:
    if leaving.user_id in owners and not staying(session, owners, leaving.user_id):
        raise Conflict(
            "The last owner cannot leave or step down.", hint="Make somebody else an owner first."
        )


def _owners(organization_id: str) -> Select[str]:
    return (
        select(Membership.user_id)
        .where(Membership.organization_id == organization_id, Membership.role == "owner")
        .order_by(Membership.user_id)
    )
