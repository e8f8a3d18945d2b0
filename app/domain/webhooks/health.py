"""How an endpoint does: failing after a delivery was given up, switched off after days of it."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from app.domain import audit, mails, owners
from app.kit import clock
from app.models.webhooks import WebhookEndpoint

LONGEST = timedelta(days=5)
PERSON, FAILING, GONE = "person", "failing", "gone"
_GONE = 410  # whoever answers so wants no more of it


def note(
    session: Session,
    endpoint: WebhookEndpoint,
    status: int | None,
    *,
    given_up: bool,
    now: datetime,
) -> None:
    """Take one attempt into account."""
    if status is not None and 200 <= status < 300:
        endpoint.failed_since = endpoint.failing_at = None
        return
    endpoint.failed_since = endpoint.failed_since or now
    if given_up:
        endpoint.failing_at = endpoint.failing_at or now
    if endpoint.disabled_at is None and status == _GONE:
        _switch_off(session, endpoint, GONE, now)
    elif endpoint.disabled_at is None and now - endpoint.failed_since >= LONGEST:
        _switch_off(session, endpoint, FAILING, now)


def _switch_off(session: Session, endpoint: WebhookEndpoint, because: str, now: datetime) -> None:
    endpoint.disabled_at, endpoint.disabled_because = now, because
    organization_id, facts = endpoint.organization_id, {"because": because}
    audit.record(
        session, organization_id, audit.OPERATOR, "webhook.disabled", endpoint.id, facts, now
    )
    told = {
        "host": urlsplit(endpoint.url).hostname,
        "since": clock.iso(endpoint.failed_since or now),
    }
    for address in owners.addresses(session, organization_id):
        mails.record(session, "webhook_disabled", address, told, now)
