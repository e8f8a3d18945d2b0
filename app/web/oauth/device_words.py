"""What is said of a device that asks: when, from where, by which program, and what for."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain import mails, networks
from app.domain.callers import FULL
from app.domain.clients.known import KnownClient
from app.domain.grants import terms
from app.domain.grants.device import Waiting
from app.domain.grants.terms import Terms
from app.domain.signed_in import SignedIn
from app.kit import clock
from app.web.oauth import words


def facts(waiting: Waiting, client: KnownClient, address: str, now: datetime) -> dict[str, Any]:
    """What the page shows besides names and fields."""
    from_network = networks.of(waiting.asked_from)
    return {
        "asked_at": waiting.asked_at,
        "ago": _ago(waiting.asked_at, now),
        "network": from_network,
        "here": from_network == networks.of(address),
        "program": waiting.program,
        "links": words.links(client),
        "can": words.can(waiting.scopes, "user"),
        "cannot": words.cannot(waiting.scopes),
        "spending": words.spending() if FULL in waiting.scopes else "",
        "ends": words.ends(terms.days(client), now),
        "means": words.means,
    }


def mail(
    session: Session,
    waiting: Waiting,
    person: SignedIn,
    organization_id: str,
    agreed: Terms,
    now: datetime,
) -> None:
    """Tell whoever approved; what a device calls itself has no place in a mail of ours."""
    where = networks.of(waiting.asked_from)
    told = {
        "app": f"A device at {where}",
        "host": f"the device at {where} that showed you a code",
        "organization": organization_id,
        "limit": words.agreed_limit(agreed.tokens),
        "until": clock.iso(agreed.ends(now)),
        "at": clock.iso(now),
    }
    mails.record(session, "app_connected", person.email, told, now)


def _ago(then: datetime, now: datetime) -> str:
    minutes = int((now - then).total_seconds()) // 60
    return {0: "less than a minute ago", 1: "a minute ago"}.get(minutes, f"{minutes} minutes ago")
