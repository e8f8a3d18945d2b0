"""A signed-in person as the caller of a tool: the same desk serves them and their agents."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain import bearers, wallets
from app.domain.belonging import Belonging
from app.domain.callers import FULL, Caller
from app.domain.signed_in import SignedIn
from app.domain.wallets import Wallet
from app.kit import clock

VIA = "session"


def caller(
    session: Session,
    person: SignedIn,
    here: Belonging,
    mode: str,
    now: datetime,
    *,
    book: str = "live",
) -> Caller:
    """Who calls, of the organization they look at; there is no limit but the organization's own."""
    if here.suspended_at is not None:
        raise bearers.stopped(clock.iso(here.suspended_at))
    if here.deletion_due_at is not None:
        raise bearers.being_deleted(clock.iso(here.deletion_due_at))
    return Caller(
        organization_id=here.id,
        organization_name=here.name,
        email=person.email,
        user_id=person.user_id,
        via=VIA,
        credential_id=person.session_id,
        subject=f"user:{here.id}:{person.user_id}",
        scopes=frozenset({FULL}),
        book=book,
        mode=mode,
        claimed=True,  # nobody belongs to one that is not
        standing=wallets.standing(session, Wallet(here.id, book, mode), now),
        limit_tokens=None,
        limit_used=0,
    )
