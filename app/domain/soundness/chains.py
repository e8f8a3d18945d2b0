"""Whether every log of acts is whole: each act fits the one before, and none is missing."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import audit_check
from app.models.audit import AuditEvent, AuditHead


def broken(session: Session) -> Iterator[str]:
    """Every chain that does not hold, and from which act on."""
    headless = select(AuditEvent.chain).where(AuditEvent.chain.not_in(select(AuditHead.chain)))
    for chain in session.scalars(headless.distinct().order_by(AuditEvent.chain)).all():
        yield f"{chain}: its end is lost"
    for chain in session.scalars(select(AuditHead.chain).order_by(AuditHead.chain)).all():
        checked = audit_check.check(session, chain)
        if not checked.whole:
            yield f"{chain}: holds to act {checked.holds_to}, and ends at {checked.last}"
