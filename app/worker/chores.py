"""What is swept up beside the work: rows past their time, seals under former secrets, letters due.

Each chore is a transaction of its own: nobody's write waits for all of them, and one that fails
keeps no other from being done.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from app import outbox
from app.bootstrap import Services
from app.db import DatabaseAway
from app.domain import (
    checks,
    idempotency,
    identities,
    invited,
    mailed_links,
    provisioning,
    rates,
    sessions,
    throttles,
)
from app.domain.billing import notices
from app.domain.clients import assertions, document_rows, key_sets, sweep
from app.domain.factors import challenges, steps, totp
from app.domain.grants import device, forms, tidy
from app.domain.own_keys import expiring
from app.domain.tariff import spending
from app.domain.webhooks import log as webhook_log
from app.domain.webhooks import secret as webhook_secret
from app.kit import clock, logs

_log = logs.logger("worker")

T = TypeVar("T")
_Chore = Callable[[Session], object]
_DUE: Mapping[str, Callable[[Session, datetime], object]] = {  # by the clock, in this order
    "work": outbox.forget_old,
    "answers": idempotency.forget_old,
    "rates": rates.forget_idle,
    "waits": throttles.forget_old,
    "mailed_links": mailed_links.forget_old,
    "invitations": invited.forget_old,
    "sessions": sessions.forget_old,
    "challenges": challenges.forget_old,
    "second_steps": steps.forget_old,
    "consent_forms": forms.forget_old,
    "device_requests": device.forget_old,
    "grants": tidy.forget_old,
    "registrations": sweep.unused,
    "unclaimed": provisioning.end_unclaimed,
    "assertions": assertions.forget_old,
    "documents": document_rows.forget_old,
    "key_sets": key_sets.forget_old,
    "webhook_events": webhook_log.forget_old,
    "payment_notices": notices.forget_old,
    "expiring_keys": expiring.warn,
    "checks": checks.forget_old,
    "spending": spending.forget_old,
}
_SEALED: Mapping[str, Callable[[Session, Sequence[str]], object]] = {  # under the first key
    "authenticators": totp.seal_anew,
    "webhook_secrets": webhook_secret.seal_anew,
    "identities": identities.seal_anew,
}


def all_of_them(services: Services, stopped: Callable[[], bool] = lambda: False) -> None:
    """Do every chore once, until told to stop."""
    now, keys = clock.now(), services.links.keys
    chores = {name: _by(due, now) for name, due in _DUE.items()}
    chores |= {name: _by(anew, keys) for name, anew in _SEALED.items()}
    for name, chore in chores.items():
        if stopped():
            break
        _do(services, name, chore)


def _by(act: Callable[[Session, T], object], what: T) -> _Chore:
    return lambda session: act(session, what)


def _do(services: Services, name: str, chore: _Chore) -> None:
    try:
        with services.transaction() as session:
            chore(session)
    except DatabaseAway:  # what one of them met, all will
        raise
    except Exception as error:  # noqa: BLE001 # whatever it is, the others do not wait for its mending
        _log.error("worker.chore_failed", chore=name, exc_info=error)
