"""One real row of each kind of object that pages name in their address, of another organization."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import Base
from app.domain import keys
from app.domain.billing import purchases
from app.domain.wallets import Wallet
from app.kit import clock
from app.models.audiences import SavedAudience
from app.models.checks import ConnectorCheck
from app.models.credentials import SignInSession
from app.models.factors import Passkey
from app.models.payments import Payment
from app.models.shares import ShareLink
from app.models.webhooks import WebhookDelivery, WebhookEndpoint, WebhookEvent
from tests.rows import row


def added(session: Session, organization_id: str, user_id: str, run_id: str) -> dict[str, str]:
    """Ids by the name of the argument they stand for."""
    whose = {"organization_id": organization_id, "user_id": user_id}
    endpoint = _row(session, WebhookEndpoint, **whose, events="run.completed")
    event = _row(session, WebhookEvent, **whose)
    mine = select(SignInSession.id).where(SignInSession.user_id == user_id)
    return {
        "handle": run_id,
        "share_id": _row(session, ShareLink, **whose, run_id=run_id),
        "audience_id": _row(session, SavedAudience, **whose),
        "check_id": _row(session, ConnectorCheck, **whose, status="complete"),
        "passkey_id": _row(session, Passkey, **whose),
        "endpoint_id": endpoint,
        "delivery_id": _row(session, WebhookDelivery, endpoint_id=endpoint, event_id=event),
        "payment_id": _row(session, Payment, **whose),
        "session_id": session.scalars(mine.limit(1)).one(),
        "purchase_id": _asked_for(session, organization_id, user_id),
        "provider": "github",
    }


def _asked_for(session: Session, organization_id: str, user_id: str) -> str:
    """A purchase one of their keys asks its person for."""
    now = clock.now()
    key = keys.create(session, organization_id, user_id=user_id, name="asks", now=now)
    wallet = Wallet(organization_id, "live", "simulated")
    purchase = purchases.offer(session, wallet, "pack:small", now)
    purchase.asked_by = key.id
    return purchase.id


def _row(session: Session, model: type[Base], **facts: object) -> str:
    (id_,) = row(session, model, **facts)
    return str(id_)
