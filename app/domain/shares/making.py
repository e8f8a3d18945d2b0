"""A link is made and ended; both are written down."""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from sqlalchemy.orm import Session

from app.domain import audit, rights
from app.domain.rights import Right
from app.domain.shares import DAYS, PREFIX
from app.domain.signed_in import SignedIn
from app.errors import InvalidInput, NotFound
from app.kit import ids, secrets
from app.models.shares import ShareLink

_BYTES = 32


def create(
    session: Session, person: SignedIn, organization_id: str, run_id: str, days: str, now: datetime
) -> str:
    """A new link to a report; its secret is known now and never again."""
    rights.require(session, person.user_id, organization_id, Right.RUN)
    if days not in map(str, DAYS):
        raise InvalidInput("Choose how long the link works.", field="days")
    secret = PREFIX + token_urlsafe(_BYTES)
    row = ShareLink(
        id=ids.new("shr"),
        organization_id=organization_id,
        run_id=run_id,
        digest=secrets.digest(secret),
        user_id=person.user_id,
        created_at=now,
        expires_at=now + timedelta(days=int(days)),
        opens=0,
    )
    session.add(row)
    session.flush()
    facts = {"run": run_id, "days": int(days)}
    audit.record(session, organization_id, person.user_id, "share.created", row.id, facts, now)
    return secret


def may_revoke(person: SignedIn, role: str, maker: str) -> bool:
    """Whether somebody made a link, or is an admin here."""
    return person.user_id == maker or rights.may(role, Right.ALL_RUNS)


def revoke(
    session: Session, person: SignedIn, organization_id: str, share_id: str, now: datetime
) -> str:
    """End a link at once, by whoever made it or an admin; gives the run it showed."""
    role = rights.require(session, person.user_id, organization_id, Right.READ_RUNS)
    row = session.get(ShareLink, share_id) if ids.is_id("shr", share_id) else None
    if row is None or row.organization_id != organization_id:
        raise NotFound("There is no such link here.", hint="It may have ended already.")
    if not may_revoke(person, role, row.user_id):
        raise rights.NotAllowed(
            "Only whoever made a link, or an admin, ends it.",
            hint="Ask them, or an admin of this organization.",
        )
    if row.revoked_at is None:
        row.revoked_at = now
        facts = {"run": row.run_id, "opens": row.opens}
        audit.record(session, organization_id, person.user_id, "share.revoked", row.id, facts, now)
    return row.run_id
