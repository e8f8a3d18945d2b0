"""Who may do what in an organization: the one table of rights, and the rules about roles."""

from datetime import datetime
from enum import Enum, auto

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import audit
from app.domain.grants import end
from app.errors import Conflict, Kind, NotFound, PolisError
from app.models.accounts import Membership

ROLES = ("member", "admin", "owner")  # each may do what those before it may


class Right(Enum):
    """Something a person may be allowed to do."""

    RUN = auto()
    READ_RUNS = auto()
    OWN_KEYS = auto()
    OWN_CONNECTIONS = auto()
    ALL_KEYS = auto()
    ALL_CONNECTIONS = auto()
    MEMBERS = auto()
    DEVELOPER_APPS = auto()
    USAGE = auto()
    AUDIT_LOG = auto()
    BILLING = auto()
    LIMITS = auto()
    CHANGE_ROLES = auto()
    ORGANIZATION_TOKENS = auto()
    EXPORT = auto()
    DELETION = auto()


# The least role that has a right.
RIGHTS = {
    Right.RUN: "member",
    Right.READ_RUNS: "member",
    Right.OWN_KEYS: "member",
    Right.OWN_CONNECTIONS: "member",
    Right.ALL_KEYS: "admin",
    Right.ALL_CONNECTIONS: "admin",
    Right.MEMBERS: "admin",
    Right.DEVELOPER_APPS: "admin",
    Right.USAGE: "admin",
    Right.AUDIT_LOG: "admin",
    Right.BILLING: "owner",
    Right.LIMITS: "owner",
    Right.CHANGE_ROLES: "owner",
    Right.ORGANIZATION_TOKENS: "owner",
    Right.EXPORT: "owner",
    Right.DELETION: "owner",
}


class NotAllowed(PolisError):
    """The person belongs to the organization but their role does not reach."""

    kind = Kind.FORBIDDEN
    code = "not_allowed"


def may(role: str, right: Right) -> bool:
    """Whether a role has a right."""
    return ROLES.index(role) >= ROLES.index(RIGHTS[right])


def require(session: Session, user_id: str, organization_id: str, right: Right) -> str:
    """The person's role where it has the right; a stranger learns nothing but "not found"."""
    role = role_of(session, user_id, organization_id)
    if not may(role, right):
        raise NotAllowed(
            f"This needs the role {RIGHTS[right]}; yours is {role}.",
            hint="Ask an owner of the organization.",
        )
    return role


def role_of(session: Session, user_id: str, organization_id: str) -> str:
    """A person's role in an organization they belong to."""
    return _membership(session, user_id, organization_id).role


def give_role(
    session: Session, actor_id: str, user_id: str, organization_id: str, role: str, now: datetime
) -> None:
    """Change a member's role; nobody gives above their own, and one owner always remains."""
    own = require(session, actor_id, organization_id, Right.CHANGE_ROLES)
    if ROLES.index(role) > ROLES.index(own):
        raise NotAllowed("Nobody gives a role above their own.", hint="Ask an owner.")
    membership = _membership(session, user_id, organization_id)
    if role != "owner":
        _keep_an_owner(session, membership)
    before, membership.role = membership.role, role
    facts = {"from": before, "to": role}
    audit.record(session, organization_id, actor_id, "member.role_changed", user_id, facts, now)


def leave(session: Session, user_id: str, organization_id: str, now: datetime) -> None:
    """Leave an organization, and with it the apps connected to it; the last owner cannot."""
    membership = _membership(session, user_id, organization_id)
    _keep_an_owner(session, membership)
    session.delete(membership)
    end.of_member(session, organization_id, user_id, now)
    audit.record(session, organization_id, user_id, "member.left", user_id, {}, now)


def _membership(session: Session, user_id: str, organization_id: str) -> Membership:
    membership = session.get(Membership, (organization_id, user_id))
    if membership is None:
        raise NotFound("There is no such organization.", hint="Check which one you belong to.")
    return membership


def _keep_an_owner(session: Session, leaving: Membership) -> None:
    """Two owners who leave at once meet at the rows of all owners, locked in one order."""
    owners = session.scalars(
        select(Membership.user_id)
        .where(Membership.organization_id == leaving.organization_id, Membership.role == "owner")
        .order_by(Membership.user_id)
        .with_for_update()
    ).all()
    if owners == [leaving.user_id]:
        raise Conflict(
            "The last owner cannot leave or step down.", hint="Make somebody else an owner first."
        )
