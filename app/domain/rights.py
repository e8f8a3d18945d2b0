"""Who may do what in an organization: the one table of rights."""

from enum import Enum, auto

from sqlalchemy.orm import Session

from app.errors import Kind, NotFound, PolisError
from app.models.accounts import Membership

ROLES = ("member", "admin", "owner")  # each may do what those before it may


class Right(Enum):
    """Something a person may be allowed to do."""

    RUN = auto()
    READ_RUNS = auto()
    ALL_RUNS = auto()
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
    Right.ALL_RUNS: "admin",
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

# What somebody needs to let an app act, by whom it then acts for.
TO_CONNECT = {"user": Right.OWN_CONNECTIONS, "organization": Right.ORGANIZATION_TOKENS}


class NotAllowed(PolisError):
    """The person belongs to the organization but their role does not reach."""

    kind = Kind.FORBIDDEN
    code = "not_allowed"


def may(role: str, right: Right) -> bool:
    """Whether a role has a right."""
    return reaches(role, RIGHTS[right])


def reaches(own: str, other: str) -> bool:
    """Whether a role is at least another: nobody gives, or takes away, what is above their own."""
    return ROLES.index(own) >= ROLES.index(other)


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
    return membership(session, user_id, organization_id).role


def membership(session: Session, user_id: str, organization_id: str) -> Membership:
    """A person's place in an organization; where there is none the organization does not exist."""
    found = session.get(Membership, (organization_id, user_id))
    if found is None:
        raise NotFound("There is no such organization.", hint="Check which one you belong to.")
    return found
