"""Organizations that people make besides the one they were given at sign-up."""

import unicodedata
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain import audit, rights
from app.domain.rights import NotAllowed, Right
from app.domain.signed_in import SignedIn
from app.errors import Conflict, InvalidInput
from app.kit import ids
from app.kit.plain import plain
from app.models.accounts import Membership, Organization

LONGEST_NAME = 80
MOST = 20  # that one person owns


def make(session: Session, person: SignedIn, name: str, now: datetime) -> str:
    """An organization owned by whoever makes it; gives its id. The trial stays the person's own."""
    if not person.verified:
        raise NotAllowed("Prove your e-mail address first.", hint="Follow the link in our mail.")
    cleaned = clean(name)
    if _owned(session, person.user_id) >= MOST:
        raise Conflict(
            f"You own {MOST} organizations already.", hint="Leave one, then make another."
        )
    row = Organization(id=ids.new("org"), name=cleaned, claimed_at=now, created_at=now)
    session.add(row)
    session.flush()
    owner = {"organization_id": row.id, "user_id": person.user_id, "role": "owner"}
    session.add(Membership(**owner, created_at=now))
    audit.record(session, row.id, person.user_id, "organization.created", row.id, {}, now)
    return row.id


def rename(session: Session, user_id: str, organization_id: str, name: str, now: datetime) -> None:
    """Call an organization something else."""
    rights.require(session, user_id, organization_id, Right.MEMBERS)
    row = session.get_one(Organization, organization_id)
    cleaned = clean(name)
    if cleaned != row.name:
        facts = {"from": row.name, "to": cleaned}
        row.name = cleaned
        by, chain = user_id, organization_id
        audit.record(session, chain, by, "organization.renamed", chain, facts, now)


def kept_for(session: Session, organization_id: str) -> int | None:
    """How many days the texts of its runs are kept; None: for ever."""
    return session.get_one(Organization, organization_id).retention_days


def clean(name: str) -> str:
    """A name as it is kept: without what hides or reorders, and with single spaces."""
    cleaned = " ".join(unicodedata.normalize("NFC", plain(name)).split())
    if not 1 <= len(cleaned) <= LONGEST_NAME:
        raise InvalidInput(f"A name has 1 to {LONGEST_NAME} characters.", field="name")
    return cleaned


def _owned(session: Session, user_id: str) -> int:
    """Counted behind a lock on their memberships: two forms at once do not pass the most."""
    mine = select(Membership.organization_id).where(
        Membership.user_id == user_id, Membership.role == "owner"
    )
    session.execute(mine.with_for_update())
    return session.scalar(select(func.count()).select_from(mine.subquery())) or 0
