"""An event is written down in the transaction that caused it, once for each endpoint it is for."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import changed, insert
from app.domain.panel.shapes import Json
from app.domain.webhooks import deliveries
from app.kit import ids
from app.models.accounts import Organization
from app.models.webhooks import WebhookEndpoint, WebhookEvent


def record(
    session: Session, organization_id: str, type_: str, key: str, data: Json, now: datetime
) -> None:
    """Tell whoever listens; without a listener nothing is kept, and twice is once."""
    listening = _listening(session, organization_id, type_)
    if listening:
        event_id = write(session, organization_id, type_, f"{type_}:{key}", data, now)
        for endpoint_id in listening if event_id else ():
            deliveries.start(session, event_id, endpoint_id, now)


def write(
    session: Session, organization_id: str, type_: str, key: str, data: Json, now: datetime
) -> str:
    """The event itself; gives its id, or nothing where it was written before."""
    event_id = ids.new("evt")
    facts = {"organization_id": organization_id, "type": type_, "data": data, "at": now}
    statement = insert(session, WebhookEvent).values(id=event_id, key=key, **facts)
    made = changed(session, statement.on_conflict_do_nothing(index_elements=["key"]))
    return event_id if made else ""


def _listening(session: Session, organization_id: str, type_: str) -> list[str]:
    """Endpoints that chose this event; those of a suspended organization are silent."""
    rows = session.execute(
        select(WebhookEndpoint.id, WebhookEndpoint.events)
        .join(Organization, Organization.id == WebhookEndpoint.organization_id)
        .where(
            WebhookEndpoint.organization_id == organization_id,
            WebhookEndpoint.disabled_at.is_(None),
            Organization.suspended_at.is_(None),
            Organization.deleted_at.is_(None),
        )
        .order_by(WebhookEndpoint.id)
    )
    return [id_ for id_, events in rows if type_ in events.split()]
