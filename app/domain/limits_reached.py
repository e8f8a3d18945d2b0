"""A spending limit that stopped somebody: its owners and its webhooks are told, once a period.

The refusal itself leaves nothing behind, so this is written in a transaction of its own.
"""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import changed, insert
from app.domain import mails, owners, plans
from app.domain.callers import Caller
from app.domain.clients import names, verified
from app.domain.webhooks import catalogue, events
from app.errors import PolisError
from app.kit import clock
from app.kit.money import usd
from app.models.clients import Client
from app.models.credentials import ApiKey
from app.models.grants import Grant
from app.models.limits import LimitReached

CODE = "spend_cap_reached"


class Stopped(NamedTuple):
    """Which limit it was: whose, in which period, how much."""

    limit: str  # key | app | organization
    subject: str
    period_start: datetime
    amount: int  # tokens; micro-dollars of an organization's cap


def note(session: Session, caller: Caller, refusal: PolisError, now: datetime) -> bool:
    """Tell of a limit the first time it stops anybody in its period; says whether it did."""
    it = _stopped(caller, refusal, now)
    statement = insert(session, LimitReached).values(
        subject=it.subject,
        book=caller.book,
        period_start=it.period_start,
        amount=it.amount,
        organization_id=caller.organization_id,
        credential_id=caller.credential_id,
        at=now,
    )
    if changed(session, statement.on_conflict_do_nothing()) != 1:
        return False
    key = f"{it.subject}:{caller.book}:{clock.milliseconds(it.period_start)}:{it.amount}"
    data = _data(caller, it)
    events.record(session, caller.organization_id, catalogue.CAP, key, data, now)
    _mail(session, caller, it, now)
    return True


def of(session: Session, credential_ids: list[str]) -> list[LimitReached]:
    """When a limit stopped any of these credentials, newest first."""
    mine = select(LimitReached).where(LimitReached.credential_id.in_(credential_ids))
    return list(session.scalars(mine.order_by(LimitReached.at.desc()).limit(50)))


def _stopped(caller: Caller, refusal: PolisError, now: datetime) -> Stopped:
    limit = str(refusal.details.get("limit"))
    period = caller.period(now)
    if limit == "organization":
        whose = f"organization:{caller.organization_id}"
        return Stopped(limit, whose, period, caller.standing.cap_micros)
    return Stopped(limit, caller.subject, period, caller.limit_tokens or 0)


def _data(caller: Caller, it: Stopped) -> dict[str, object]:
    whole = it.limit == "organization"
    return {
        "limit": it.limit,
        "book": caller.book,
        "credential_id": None if whole else caller.credential_id,
        "limit_tokens": None if whole else it.amount,
        "limit_usd": plans.usd(it.amount) if whole else None,
        "period_start": clock.iso(it.period_start),
    }


def _mail(session: Session, caller: Caller, it: Stopped, now: datetime) -> None:
    """Owners of the proved kind only: nobody else can raise it."""
    if caller.book != "live":
        return
    whole = it.limit == "organization"
    facts = {
        "what": _what(session, caller, it.limit),
        "organization": caller.organization_name,
        "amount": f"{usd(it.amount)} of overage" if whole else f"{it.amount:,} tokens",
        "period": f"{it.period_start:%-d %B %Y}",
        "at": clock.iso(now),
        "page": {"key": "keys", "app": "apps"}.get(it.limit, "billing"),
    }
    for address in owners.addresses(session, caller.organization_id):
        mails.record(session, "limit_reached", address, facts, now)


def _what(session: Session, caller: Caller, limit: str) -> str:
    if limit == "key":
        key = session.get_one(ApiKey, caller.credential_id)
        return f"The key {key.prefix}…{key.last_four}"
    if limit == "app":
        grant = session.get_one(Grant, caller.credential_id)
        client = session.get_one(Client, grant.client_id)
        vouched = verified.was_verified(client, grant)
        return names.in_mail(client.name, grant.redirect_uri, verified=vouched)
    return "Your organization"
