"""What was sent to an endpoint, newest first, and every attempt of one delivery."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, delete, func, select
from sqlalchemy.orm import Session

from app.domain.webhooks import deliveries
from app.errors import NotFound
from app.kit import ids
from app.models.webhooks import WebhookAttempt, WebhookDelivery, WebhookEvent

PAGE = 25
KEPT = timedelta(days=30)


class Line(NamedTuple):
    """One delivery as the log shows it, with the answer to its last attempt."""

    id: str
    type: str
    event_id: str
    status: str
    again: bool
    attempts: int
    next_at: datetime | None
    created_at: datetime
    answered: int | None
    problem: str


class Whole(NamedTuple):
    """One delivery with everything that was sent and answered."""

    line: Line
    body: str
    attempts: list[WebhookAttempt]


def page(
    session: Session, endpoint_id: str, *, before: str = "", status: str = ""
) -> tuple[list[Line], str]:
    """A page of the log, and where the next one begins; empty at the end."""
    which = [WebhookDelivery.endpoint_id == endpoint_id]
    if ids.is_id("dlv", before):
        which.append(WebhookDelivery.id < before)
    if status in deliveries.STATUSES:
        which.append(WebhookDelivery.status == status)
    newest = _LINES.where(*which).order_by(WebhookDelivery.id.desc()).limit(PAGE + 1)
    lines = [Line(*row) for row in session.execute(newest)]
    return lines[:PAGE], lines[PAGE - 1].id if len(lines) > PAGE else ""


def one(session: Session, endpoint_id: str, delivery_id: str) -> Whole:
    """A delivery of an endpoint whose organization was checked."""
    mine = WebhookDelivery.id == delivery_id, WebhookDelivery.endpoint_id == endpoint_id
    row = session.execute(_LINES.where(*mine)).one_or_none()
    if row is None:
        raise NotFound("There is no such delivery.", hint=f"They are kept for {KEPT.days} days.")
    line = Line(*row)
    event = session.get_one(WebhookEvent, line.event_id)
    tries = select(WebhookAttempt).where(WebhookAttempt.delivery_id == delivery_id)
    found = session.scalars(tries.order_by(WebhookAttempt.number.desc()))
    return Whole(line, deliveries.body_of(event).decode(), list(found))


def forget_old(session: Session, now: datetime) -> None:
    """Drop events of long ago, and with them how they were delivered."""
    session.execute(delete(WebhookEvent).where(WebhookEvent.at < now - KEPT))


_LINES: Select[*tuple[Any, ...]] = (
    select(
        WebhookDelivery.id,
        WebhookEvent.type,
        WebhookDelivery.event_id,
        WebhookDelivery.status,
        WebhookDelivery.again,
        WebhookDelivery.attempts,
        WebhookDelivery.next_at,
        WebhookDelivery.created_at,
        WebhookAttempt.status,
        func.coalesce(WebhookAttempt.problem, ""),
    )
    .join(WebhookEvent, WebhookEvent.id == WebhookDelivery.event_id)
    .outerjoin(
        WebhookAttempt,
        and_(
            WebhookAttempt.delivery_id == WebhookDelivery.id,
            WebhookAttempt.number == WebhookDelivery.attempts,
        ),
    )
)
