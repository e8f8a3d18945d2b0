"""Spending limits of keys and connected apps: counters that move in the hold's own transaction."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.db import changed, insert
from app.errors import Kind, PolisError
from app.models.limits import SpendCounter, SpendPart


class CredentialLimitReached(PolisError):
    """A key or app has spent what its owner allows in a period."""

    kind = Kind.UNPAID
    code = "spend_cap_reached"


@dataclass(frozen=True, slots=True)
class SpendLimit:
    """One counter a start must pass: whose, in which period, and how far it may go."""

    subject: str  # key:<lineage> or app:<organization>:<app>
    kind: str  # key | app
    period_start: datetime
    tokens: int | None  # None: counted, not limited
    user_id: str | None = None  # whose call it is


def take(session: Session, limit: SpendLimit, tokens: int, *, cause: str, book: str) -> None:
    """Count tokens against a limit, or refuse."""
    if limit.tokens is not None and tokens > limit.tokens:
        raise _reached(session, limit, tokens, book)
    statement = insert(session, SpendCounter).values(
        subject=limit.subject, book=book, period_start=limit.period_start, used=tokens
    )
    raised = SpendCounter.used + tokens
    statement = statement.on_conflict_do_update(
        index_elements=["subject", "book", "period_start"],
        set_={"used": raised},
        where=None if limit.tokens is None else raised <= limit.tokens,
    )
    if changed(session, statement) != 1:
        raise _reached(session, limit, tokens, book)
    part = {"subject": limit.subject, "book": book, "period_start": limit.period_start}
    session.add(SpendPart(cause=cause, user_id=limit.user_id, **part))
    session.flush()


def give_back(session: Session, cause: str, tokens: int) -> None:
    """Take refunded tokens off the very counters their cause was counted on."""
    if not tokens:
        return
    for part in session.scalars(select(SpendPart).where(SpendPart.cause == cause)):
        session.execute(
            update(SpendCounter)
            .where(
                SpendCounter.subject == part.subject,
                SpendCounter.book == part.book,
                SpendCounter.period_start == part.period_start,
            )
            .values(used=SpendCounter.used - tokens)
        )


def used(session: Session, limit: SpendLimit, book: str) -> int:
    """What a counter stands at."""
    key = (limit.subject, book, limit.period_start)
    row = session.get(SpendCounter, key)
    return row.used if row else 0


def _reached(session: Session, limit: SpendLimit, tokens: int, book: str) -> CredentialLimitReached:
    allowed = limit.tokens or 0
    left = max(0, allowed - used(session, limit, book))
    return CredentialLimitReached(
        f"This needs {tokens} tokens; {left} are left of the {allowed} that this {limit.kind} may "
        "spend in a period.",
        hint="Ask an owner of the organization to raise the limit.",
        limit=limit.kind,
        limit_tokens=allowed,
        needed_tokens=tokens,
        missing_tokens=tokens - left,
    )
