"""The organizations a person belongs to, and the one their browser looks at."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import case, select, update
from sqlalchemy.orm import Session

from app.domain import rights
from app.domain.rights import Right
from app.domain.signed_in import SignedIn
from app.models.accounts import Membership, Organization
from app.models.credentials import SignInSession


class Belonging(NamedTuple):
    """A person's place in one organization."""

    id: str
    name: str
    role: str
    personal: bool  # made for this person at sign-up
    suspended_at: datetime | None
    deletion_due_at: datetime | None = None  # until then an owner can undo it

    def may(self, right: Right) -> bool:
        """Whether their role here has a right."""
        return rights.may(self.role, right)


def of(session: Session, user_id: str) -> list[Belonging]:
    """Everywhere a person belongs, their own first, then by name."""
    personal = Organization.personal_user_id == user_id
    rows = session.execute(
        select(
            Organization.id,
            Organization.name,
            Membership.role,
            case((personal, 1), else_=0),
            Organization.suspended_at,
            Organization.deletion_due_at,
        )
        .join(Membership, Membership.organization_id == Organization.id)
        .where(Membership.user_id == user_id, Organization.deleted_at.is_(None))
        .order_by(case((personal, 0), else_=1), Organization.name, Organization.id)
    )
    return [
        Belonging(id_, name, role, bool(own), suspended, due)
        for id_, name, role, own, suspended, due in rows
    ]


def choose(session: Session, person: SignedIn, organization_id: str) -> None:
    """Have their browser look at another organization of theirs from its next page on."""
    rights.role_of(session, person.user_id, organization_id)
    mine = SignInSession.id == person.session_id
    session.execute(update(SignInSession).where(mine).values(organization_id=organization_id))
