"""Secrets of ours that turned up in public: they die at once, and their people are told once."""

import re
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain import audit, leaked, mails
from app.domain.clients import register
from app.domain.clients import secrets as client_secrets
from app.domain.credentials import LIVE, TEST
from app.domain.grants import tokens
from app.domain.leaked import Ended
from app.errors import InvalidInput
from app.kit import clock
from app.models.accounts import Membership, User
from app.models.runs import Run

NAMES = {
    LIVE: "live API key",
    TEST: "test API key",
    tokens.ACCESS: "token of an app",
    tokens.REFRESH: "refresh token of an app",
    tokens.CODE: "code of an app",
    client_secrets.PREFIX: "client secret",
    register.TOKEN: "registration token",
}
LONGEST_ADDRESS = 500

_ADDRESS = re.compile(r"https?://[!-~]+")
LOOKED_BACK = timedelta(days=30)


class Report(NamedTuple):
    """Who found a secret, and where."""

    reporter: str  # in our words
    where: str  # an http(s) address, or nothing


def report(session: Session, secret: str, told: Report, now: datetime) -> bool:
    """End a secret if it is ours; whether it ever was. A dead one mails nobody."""
    ended = leaked.end_secret(session, secret, now)
    if ended is not None and ended.was_alive:
        _tell(session, NAMES[leaked.prefix_of(secret)], ended, told, now)
    return ended is not None


def checked_where(text: str) -> str:
    """One http(s) address as it was typed, or nothing; it is only ever shown."""
    text = text.strip()
    if text and (len(text) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(text)):
        raise InvalidInput("Give one address that begins with https://.", field="where")
    return text


def inert(address: str) -> str:
    """An address that no mail program makes a link of."""
    return address.partition("://")[2].replace(".", "[.]") or "not said"


def _tell(session: Session, what: str, ended: Ended, told: Report, now: datetime) -> None:
    facts = {
        "what": what,
        "name": ended.name,
        "last_four": ended.last_four,
        "made_at": clock.iso(ended.made_at),
        "last_used_at": clock.iso(ended.last_used_at) if ended.last_used_at else None,
        "last_used_from": ended.last_used_from,
        "requests": ended.requests,
        "runs": _runs(session, ended, now),
        "reporter": told.reporter,
        "where": inert(told.where),
    }
    for address in _people(session, ended):
        mails.record(session, "leak", address, facts, now)
    chain = ended.organization_id or audit.INSTALLATION
    kept = {"what": what, "last_four": ended.last_four, "where": told.where}
    audit.record(session, chain, told.reporter, "secret.leaked", ended.subject, kept, now)


def _runs(session: Session, ended: Ended, now: datetime) -> int:
    started = Run.credential_id == ended.subject, Run.created_at > now - LOOKED_BACK
    of_theirs = Run.organization_id == ended.organization_id
    return session.scalar(select(func.count()).select_from(Run).where(of_theirs, *started)) or 0


def _people(session: Session, ended: Ended) -> list[str]:
    """Whoever made or approved it, and every owner where it is their organization's."""
    people = {ended.user_id} - {None}
    if ended.of_organization:
        owners = Membership.organization_id == ended.organization_id, Membership.role == "owner"
        people |= set(session.scalars(select(Membership.user_id).where(*owners)))
    here = User.id.in_(sorted(filter(None, people))), User.deleted_at.is_(None)
    return list(session.scalars(select(User.email).where(*here).order_by(User.id)))
