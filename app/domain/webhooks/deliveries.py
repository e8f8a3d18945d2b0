"""A delivery: what is sent, what came back, and when it is tried again."""

import json
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import outbox
from app.domain.webhooks import catalogue, health, pauses, secret, signing
from app.kit import clock, ids
from app.models.accounts import Organization
from app.models.webhooks import WebhookAttempt, WebhookDelivery, WebhookEndpoint, WebhookEvent

KIND = "deliver_webhook"
LONGEST_ANSWER = 1024  # bytes that are kept of one
WAITING, DELIVERED, FAILED, DROPPED = "waiting", "delivered", "failed", "dropped"
STATUSES = (WAITING, DELIVERED, FAILED, DROPPED)


class Request(NamedTuple):
    """A request ready to be sent."""

    url: str
    body: bytes
    headers: dict[str, str]


class Outcome(NamedTuple):
    """What came of it: an answer's status and beginning, or why there was none."""

    at: datetime
    took_ms: int
    status: int | None
    problem: str = ""
    answer: str = ""

    @property
    def arrived(self) -> bool:
        """Whether the endpoint took it."""
        return self.status is not None and 200 <= self.status < 300


def start(
    session: Session, event_id: str, endpoint_id: str, now: datetime, *, again: bool = False
) -> str:
    """Have an event brought to an endpoint once this transaction is committed."""
    row = WebhookDelivery(
        id=ids.new("dlv"), event_id=event_id, endpoint_id=endpoint_id, status=WAITING,
        again=again, attempts=0, next_at=now, created_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    _work(session, row.id, 1, now)
    return row.id


def prepared(
    session: Session, payload: dict[str, Any], keys: tuple[str, ...], now: datetime
) -> Request | None:
    """What is to be sent now; None where it was, or where nobody wants it any more."""
    found = session.execute(
        select(WebhookDelivery, WebhookEvent, WebhookEndpoint)
        .join(WebhookEvent, WebhookEvent.id == WebhookDelivery.event_id)
        .join(WebhookEndpoint, WebhookEndpoint.id == WebhookDelivery.endpoint_id)
        .join(Organization, Organization.id == WebhookEndpoint.organization_id)
        .where(
            WebhookDelivery.id == payload["delivery_id"],
            WebhookDelivery.status == WAITING,
            WebhookDelivery.attempts == payload["attempt"] - 1,
            WebhookEndpoint.disabled_at.is_(None),
            Organization.suspended_at.is_(None),
        )
    ).one_or_none()
    if found is None:
        return None
    _, event, endpoint = found
    body, at_s = body_of(event), clock.milliseconds(now) // 1000
    signed = signing.headers(event.id, at_s, body, _secrets(endpoint, keys, now))
    return Request(endpoint.url, body, {"content-type": "application/json", **signed})


def body_of(event: WebhookEvent) -> bytes:
    """The bytes of an event: the same at every attempt."""
    told = catalogue.payload(event.type, clock.iso(event.at), event.data)
    return json.dumps(told, ensure_ascii=True, separators=(",", ":")).encode()


def settle(
    session: Session, payload: dict[str, Any], outcome: Outcome | None, now: datetime
) -> None:
    """Write down what came of an attempt; what did not arrive is tried again, later each time."""
    found = _held(session, payload)
    if found is None:
        return
    endpoint, row = found
    if outcome is None:
        row.status, row.next_at, row.ended_at = DROPPED, None, now
        return
    row.attempts = payload["attempt"]
    session.add(WebhookAttempt(delivery_id=row.id, number=row.attempts, **outcome._asdict()))
    pause = pauses.after(row.attempts)
    row.status = DELIVERED if outcome.arrived else WAITING if pause else FAILED
    if row.status == WAITING and pause is not None:
        row.next_at = now + pause
        _work(session, row.id, row.attempts + 1, now, row.next_at)
    else:
        row.next_at, row.ended_at = None, now
    health.note(session, endpoint, outcome.status, given_up=row.status == FAILED, now=now)


def _held(
    session: Session, payload: dict[str, Any]
) -> tuple[WebhookEndpoint, WebhookDelivery] | None:
    """The delivery, locked after its endpoint, where this attempt is still its next one."""
    row = session.get(WebhookDelivery, payload["delivery_id"])
    if row is None:
        return None
    lock = {"with_for_update": {"key_share": True}, "populate_existing": True}
    endpoint = session.get(WebhookEndpoint, row.endpoint_id, **lock)  # type: ignore[arg-type] # of both kinds
    row = session.get(WebhookDelivery, payload["delivery_id"], **lock)  # type: ignore[arg-type] # as above
    if endpoint is None or row is None or row.status != WAITING:
        return None
    return (endpoint, row) if row.attempts == payload["attempt"] - 1 else None


def _work(
    session: Session, delivery_id: str, attempt: int, now: datetime, due: datetime | None = None
) -> None:
    payload = {"delivery_id": delivery_id, "attempt": attempt}
    key = f"webhook:{delivery_id}:{attempt}"
    outbox.record(session, KIND, payload, key=key, now=now, due=due)


def _secrets(endpoint: WebhookEndpoint, keys: tuple[str, ...], now: datetime) -> list[str]:
    """Those that sign: the present one, and the one before it while it is rolled."""
    rolling = endpoint.former_until is not None and now < endpoint.former_until
    former = [endpoint.former_secret] if rolling and endpoint.former_secret else []
    return [secret.opened(sealed, keys) for sealed in (endpoint.secret, *former)]
