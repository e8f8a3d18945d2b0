"""Who did what: appended in the transaction that did it, chained by digest."""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from app.db import Change, Query, insert, insert_of
from app.kit import clock
from app.models.audit import AuditEvent, AuditHead

OPERATOR = "operator"
INSTALLATION = "installation"  # the chain of acts that concern no single organization
_START = bytes(32)


def record(
    session: Session,
    chain: str,
    actor: str,
    action: str,
    subject: str,
    details: dict[str, Any],
    now: datetime,
) -> None:
    """Append one act to an organization's chain."""
    number, previous = _head(session, chain)
    event = AuditEvent(
        chain=chain,
        number=number + 1,
        actor=actor,
        action=action,
        subject=subject,
        details=details,
        at=now,
        previous=previous,
    )
    event.digest = digest_of(event)
    _APPEND(session, **{name: getattr(event, name) for name in _FACTS})
    _MOVE(session, of=chain, number=event.number, digest=event.digest)


def broken_links(session: Session) -> Iterator[str]:
    """Every place where a chain does not hold: a row changed, missing or out of order."""
    before: dict[str, tuple[int, bytes]] = {}
    rows = select(AuditEvent).order_by(AuditEvent.chain, AuditEvent.number)
    for event in session.scalars(rows):
        number, digest = before.get(event.chain, (0, _START))
        sound = (
            event.number == number + 1
            and event.previous == digest
            and event.digest == digest_of(event)
        )
        if not sound:
            yield f"{event.chain}:{event.number}"
        before[event.chain] = (event.number, event.digest)
    for head in session.scalars(select(AuditHead)):
        if before.get(head.chain, (0, _START)) != (head.number, head.digest):
            yield f"{head.chain}:head"


def digest_of(event: AuditEvent) -> bytes:
    """SHA-256 over the event's own facts and the digest before it."""
    facts = [
        event.chain,
        event.number,
        event.actor,
        event.action,
        event.subject,
        event.details,
        clock.milliseconds(event.at),
        event.previous.hex(),
    ]
    text = json.dumps(facts, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()


def _head(session: Session, chain: str) -> tuple[int, bytes]:
    """The end of a chain, locked; the first to ask begins it."""
    head = _HEAD.one(session, chain=chain)
    if head is None:
        begun = insert(session, AuditHead).values(chain=chain, number=0, digest=_START)
        session.execute(begun.on_conflict_do_nothing())
        head = _HEAD.one(session, chain=chain)
    assert head is not None  # whoever began it has committed, or it was us
    return head


def _as_read(number: int, digest: bytes) -> tuple[int, bytes]:
    return number, digest


_FACTS = tuple(column.key for column in AuditEvent.__table__.c)
_HEAD = Query(
    select(AuditHead.number, AuditHead.digest)
    .where(AuditHead.chain == bindparam("chain"))
    .with_for_update(),
    _as_read,
)
_APPEND = Change(insert_of(AuditEvent))
_MOVE = Change(
    update(AuditHead)
    .where(AuditHead.chain == bindparam("of"))
    .values(number=bindparam("number"), digest=bindparam("digest"))
)
