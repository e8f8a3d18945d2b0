"""The provider's notices: written down once, answered at once, applied by a worker."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, literal, update
from sqlalchemy.orm import Session

from app import outbox
from app.db import changed, insert
from app.domain.billing.records import Notice
from app.kit import clock
from app.models.payments import PaymentEvent

KIND = "apply_payment"
KEPT = timedelta(days=90)
PATIENCE = timedelta(days=3)  # as long as the provider itself would go on telling


def take(session: Session, notice: Notice, now: datetime) -> bool:
    """Keep a notice and have it applied; False where it came before and was not refused."""
    state = "taken" if notice.subject is not None else "ignored"
    if not _store(session, notice, state, None, now):
        return False
    if notice.subject is not None and notice.object_id is not None:
        look_again(session, notice.subject, notice.object_id, cause=notice.id, now=now)
    return True


def refuse(session: Session, notice: Notice, why: str, now: datetime) -> None:
    """Write down a notice that was signed and is not for this installation's mode."""
    _store(session, notice, "refused", why, now)


def settled(session: Session, event_id: str, note: str | None) -> None:
    """Say that what a notice was about has been read and applied."""
    state = "applied" if note is None else "ignored"
    session.execute(
        update(PaymentEvent)
        .where(PaymentEvent.id == event_id)
        .values(state=state, note=note and note[:200])
    )


def refused(session: Session, event_id: str, why: str) -> None:
    """Say that what a notice was about is not of this installation's mode; it may come again."""
    told = update(PaymentEvent).where(PaymentEvent.id == event_id)
    session.execute(told.values(state="refused", note=why[:200]))


def failed(session: Session, event_id: str, why: str) -> None:
    """Say why a notice could not be applied; it counts as taken, since nothing was done."""
    note = {"note": why[:200]}
    session.execute(update(PaymentEvent).where(PaymentEvent.id == event_id).values(**note))


def look_again(
    session: Session, subject: str, object_id: str, *, cause: str, now: datetime
) -> None:
    """Have something read and applied, once for a cause."""
    payload: dict[str, Any] = {
        "subject": subject, "object_id": object_id, "cause": cause, "since": clock.iso(now),
    }  # fmt: skip
    outbox.record(session, KIND, payload, key=f"{KIND}:{cause}", now=now)


def forget_old(session: Session, now: datetime) -> None:
    """Drop notices that no provider repeats any more."""
    session.execute(delete(PaymentEvent).where(PaymentEvent.received_at < now - KEPT))


def _store(session: Session, notice: Notice, state: str, note: str | None, now: datetime) -> bool:
    statement = (
        insert(session, PaymentEvent)
        .values(
            id=notice.id, mode=notice.mode, kind=notice.kind[:80], subject=notice.subject,
            object_id=notice.object_id, state=state, note=note and note[:200],
            made_at=notice.made_at, received_at=now,
        )
        .on_conflict_do_update(
            index_elements=["id"],
            set_={"state": state, "note": None, "received_at": now},
            where=and_(PaymentEvent.state == "refused", literal(state) != "refused"),
        )
    )  # fmt: skip
    return changed(session, statement) == 1
