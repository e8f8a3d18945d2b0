"""Work that is due and that nobody does: no worker runs, or each of them fails at it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.kit import clock
from app.models.work import Work

PATIENCE = timedelta(minutes=5)  # a busy hour is no fault


def found(session: Session, now: datetime) -> Iterator[str]:
    """Every piece of work that has waited too long, the oldest first."""
    free = or_(Work.lease_until.is_(None), Work.lease_until < now)
    late = Work.ended_at.is_(None), Work.low.is_(False), Work.due_at < now - PATIENCE, free
    for row in session.scalars(select(Work).where(*late).order_by(Work.due_at)):
        yield f"{row.id} ({row.kind}) is due since {clock.iso(row.due_at)}, and nobody does it"
