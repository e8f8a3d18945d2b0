"""Whether the log of one organization holds: each act fits the one before it."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import audit
from app.models.audit import AuditEvent, AuditHead

_AT_ONCE = 500


class Checked(NamedTuple):
    """How far a chain holds: to its last act, or to before the first that does not fit."""

    last: int
    holds_to: int

    @property
    def whole(self) -> bool:
        """Whether every act fits the one before it."""
        return self.last == self.holds_to


def check(session: Session, chain: str) -> Checked:
    """Read a chain from its beginning and see whether each act fits the one before."""
    head = session.get(AuditHead, chain)
    last, digest, number = (0, bytes(32), 0) if head is None else (head.number, bytes(32), 0)
    for event in _in_order(session, chain):
        fits = (event.number, event.previous) == (number + 1, digest)
        if not fits or event.digest != audit.digest_of(event):
            break
        number, digest = event.number, event.digest
    if head is not None and number == last and digest != head.digest:
        number -= 1
    return Checked(last, number)


def _in_order(session: Session, chain: str) -> Iterator[AuditEvent]:
    rows = select(AuditEvent).where(AuditEvent.chain == chain).order_by(AuditEvent.number)
    last = -1
    while found := session.scalars(rows.where(AuditEvent.number > last).limit(_AT_ONCE)).all():
        last = found[-1].number
        yield from found
