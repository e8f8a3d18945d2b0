"""Another organization that somebody belongs to."""

from app.kit import clock
from app.models.accounts import Membership, Organization
from tests.factories import member


def joined(polis, who, role, tokens=40):
    """Its id; its owner is somebody else, and its name tells the role."""
    other = member(polis.services, tokens=tokens)
    row = Membership(
        organization_id=other.organization_id,
        user_id=who.user_id,
        role=role,
        created_at=clock.now(),
    )
    with polis.services.transaction() as session:
        session.add(row)
        session.get_one(Organization, other.organization_id).name = f"Harbour {role}"
    return other.organization_id
