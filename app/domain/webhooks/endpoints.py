"""Endpoints: made, changed, rolled, switched and removed by those who look after apps."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import audit, rights, sessions
from app.domain.rights import NotAllowed, Right
from app.domain.signed_in import SignedIn
from app.domain.webhooks import deliveries, events, health
from app.domain.webhooks.catalogue import EVENTS, TEST
from app.errors import Conflict, InvalidInput, NotFound
from app.kit import ids
from app.models.accounts import Organization
from app.models.webhooks import WebhookDelivery, WebhookEndpoint, WebhookEvent

MOST = 10
ROLL_OVERLAP = timedelta(hours=24)
LONGEST_DESCRIPTION = 120


class Wanted(NamedTuple):
    """An endpoint as somebody asks for it; its address was checked by whoever may connect."""

    url: str
    events: tuple[str, ...]
    description: str = ""


class Kept(NamedTuple):
    """A secret as it is kept, and what is shown of it."""

    sealed: bytes
    last_four: str


class Endpoint(NamedTuple):
    """An endpoint as its people see it."""

    id: str
    url: str
    description: str
    events: tuple[str, ...]
    last_four: str
    former_until: datetime | None
    created_at: datetime
    disabled_at: datetime | None
    disabled_because: str | None
    failed_since: datetime | None
    failing_at: datetime | None


def listed(session: Session, organization_id: str) -> list[Endpoint]:
    """Every endpoint of an organization, newest first; there are few."""
    mine = select(WebhookEndpoint).where(WebhookEndpoint.organization_id == organization_id)
    return [_shown(row) for row in session.scalars(mine.order_by(WebhookEndpoint.id.desc()))]


def found(session: Session, organization_id: str, endpoint_id: str) -> Endpoint:
    """One endpoint of this organization; anybody else's does not exist."""
    return _shown(_row(session, organization_id, endpoint_id))


def make(
    session: Session,
    person: SignedIn,
    organization_id: str,
    wanted: Wanted,
    secret: Kept,
    now: datetime,
) -> str:
    """A new endpoint; gives its id."""
    _may(session, person, organization_id)
    sessions.require_fresh(person, now)
    check(wanted)
    session.get_one(Organization, organization_id, with_for_update={"key_share": True})
    if len(listed(session, organization_id)) >= MOST:
        raise Conflict(f"An organization has at most {MOST} webhooks.", hint="Delete one first.")
    row = WebhookEndpoint(
        id=ids.new("whe"),
        organization_id=organization_id,
        url=wanted.url,
        description=wanted.description,
        events=" ".join(wanted.events),
        secret=secret.sealed,
        last_four=secret.last_four,
        created_at=now,
        created_by=person.user_id,
    )
    session.add(row)
    session.flush()
    _told(session, person, row, "webhook.created", {"url": row.url, "events": row.events}, now)
    return row.id


def change(
    session: Session,
    person: SignedIn,
    organization_id: str,
    endpoint_id: str,
    wanted: Wanted,
    now: datetime,
) -> None:
    """Another description, other events; another address takes a fresh sign-in."""
    row = _mine(session, person, organization_id, endpoint_id)
    check(wanted)
    if wanted.url != row.url:
        sessions.require_fresh(person, now)
        row.failed_since = row.failing_at = None
    before = {"url": row.url, "events": row.events}
    row.url, row.description = wanted.url, wanted.description
    row.events = " ".join(wanted.events)
    after = {"url": row.url, "events": row.events}
    if after != before:
        _told(session, person, row, "webhook.changed", {"from": before, "to": after}, now)


def switch(
    session: Session,
    person: SignedIn,
    organization_id: str,
    endpoint_id: str,
    now: datetime,
    *,
    on: bool,
) -> None:
    """Let it be told of events, or no longer; what happens meanwhile is not told later."""
    row = _mine(session, person, organization_id, endpoint_id)
    if on is (row.disabled_at is None):
        return
    row.disabled_at, row.disabled_because = (None, None) if on else (now, health.PERSON)
    row.failed_since = row.failing_at = None
    _told(session, person, row, "webhook.enabled" if on else "webhook.disabled", {}, now)


def roll(
    session: Session,
    person: SignedIn,
    organization_id: str,
    endpoint_id: str,
    secret: Kept,
    now: datetime,
) -> None:
    """A new secret; the one before it signs beside it for a day."""
    row = _mine(session, person, organization_id, endpoint_id)
    sessions.require_fresh(person, now)
    row.former_secret, row.former_until = row.secret, now + ROLL_OVERLAP
    row.secret, row.last_four = secret
    _told(session, person, row, "webhook.rolled", {}, now)


def remove(
    session: Session, person: SignedIn, organization_id: str, endpoint_id: str, now: datetime
) -> None:
    """Delete an endpoint and its log."""
    row = _mine(session, person, organization_id, endpoint_id)
    _told(session, person, row, "webhook.deleted", {"url": row.url}, now)
    session.delete(row)


def test(
    session: Session, person: SignedIn, organization_id: str, endpoint_id: str, now: datetime
) -> str:
    """Send an event that says nothing but that it is a test; gives the delivery."""
    row = _living(session, person, organization_id, endpoint_id)
    data = {"endpoint_id": row.id}
    event_id = events.write(session, row.organization_id, TEST, ids.new("tst"), data, now)
    return deliveries.start(session, event_id, row.id, now)


def resend(
    session: Session,
    person: SignedIn,
    organization_id: str,
    endpoint_id: str,
    delivery_id: str,
    now: datetime,
) -> str:
    """Bring the same event once more, under the same id; gives the new delivery."""
    row = _living(session, person, organization_id, endpoint_id)
    before = session.get(WebhookDelivery, delivery_id)
    if before is None or before.endpoint_id != row.id:
        raise NotFound("There is no such delivery.", hint="See the log of its webhook.")
    event = session.get_one(WebhookEvent, before.event_id)
    return deliveries.start(session, event.id, row.id, now, again=True)


def check(wanted: Wanted) -> None:
    """Refuse what no endpoint can be; one bad field at a time."""
    if not wanted.events or not set(wanted.events) <= set(EVENTS):
        raise InvalidInput("Choose at least one event.", field="events")
    if len(wanted.description) > LONGEST_DESCRIPTION:
        sentence = f"A description has at most {LONGEST_DESCRIPTION} characters."
        raise InvalidInput(sentence, field="description")


def _living(
    session: Session, person: SignedIn, organization_id: str, endpoint_id: str
) -> WebhookEndpoint:
    row = _mine(session, person, organization_id, endpoint_id)
    if row.disabled_at is not None:
        raise Conflict("This webhook is switched off.", hint="Switch it on first.")
    return row


def _mine(
    session: Session, person: SignedIn, organization_id: str, endpoint_id: str
) -> WebhookEndpoint:
    """The endpoint, held, for somebody who may look after it."""
    _may(session, person, organization_id)
    row = _row(session, organization_id, endpoint_id)
    session.refresh(row, with_for_update={"key_share": True})
    return row


def _row(session: Session, organization_id: str, endpoint_id: str) -> WebhookEndpoint:
    row = session.get(WebhookEndpoint, endpoint_id) if ids.is_id("whe", endpoint_id) else None
    if row is None or row.organization_id != organization_id:
        raise NotFound("There is no such webhook.", hint="See /app/webhooks for those there are.")
    return row


def _shown(row: WebhookEndpoint) -> Endpoint:
    facts = {name: getattr(row, name) for name in Endpoint._fields}
    return Endpoint(**{**facts, "events": tuple(row.events.split())})


def _may(session: Session, person: SignedIn, organization_id: str) -> None:
    rights.require(session, person.user_id, organization_id, Right.DEVELOPER_APPS)
    if not person.verified:
        raise NotAllowed("Prove your e-mail address first.", hint="Follow the link in our mail.")


def _told(
    session: Session,
    person: SignedIn,
    row: WebhookEndpoint,
    action: str,
    facts: dict[str, object],
    now: datetime,
) -> None:
    audit.record(session, row.organization_id, person.user_id, action, row.id, facts, now)
