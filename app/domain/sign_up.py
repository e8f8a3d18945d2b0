"""Signing up, and proving an address: what others prepared under it goes before it counts."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import accounts, audit, identities, keys, mails, owed_trials, sessions
from app.domain.factors import having
from app.domain.grants import end
from app.domain.identities import Told
from app.errors import Conflict
from app.kit import ids
from app.models.accounts import Organization, User
from app.models.credentials import ApiKey


def sign_up(
    session: Session,
    email: str,
    digest: str,
    *,
    browser: str,
    onward: str,
    mode: str,
    now: datetime,
    mailed: bool = True,
) -> None:
    """Make an account, or write to the one there is: the answer is the same to whoever asks.

    An address that was written to too often is not `mailed`; its owner may ask for a link later.
    """
    address = accounts.normal_email(email)
    try:
        accounts.create(session, address, password_digest=digest, mode=mode, now=now)
        purpose = "verify"
    except Conflict:
        _make_nobody(session, digest, mode, now)
        purpose = "known_address"
    if mailed:
        mails.record(session, purpose, address, {"browser": browser, "onward": onward}, now)


def prove(
    session: Session, user_id: str, *, ours: bool, mode: str, per_day: int, now: datetime
) -> bool:
    """Count an address as proved; gives whether this was the first time.

    `ours` says that the proof comes from the browser that signed up. If it does not, somebody may
    have made the account for an address that is not theirs, and whatever lets them in goes.
    """
    user = session.get_one(
        User, user_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if user.email_verified_at is not None:
        return False
    if not ours:
        _remove_what_was_prepared(session, user, now)
    user.email_verified_at = now
    organization_id = _own_organization(session, user_id)
    audit.record(
        session, organization_id, user_id, "account.verified", user_id, {"same_browser": ours}, now
    )
    owed_trials.grant_or_owe(session, user_id, organization_id, mode, per_day=per_day, now=now)
    return True


def by_provider(
    session: Session, told: Told, secrets: Sequence[str], *, mode: str, per_day: int, now: datetime
) -> str:
    """An account for somebody whose address a provider has proved; gives its id."""
    assert told.email is not None  # whoever has none is told so before
    person = accounts.create(session, told.email, password_digest=None, mode=mode, now=now)
    prove(session, person.user_id, ours=True, mode=mode, per_day=per_day, now=now)
    identities.link(session, person.user_id, told, secrets, now)
    return person.user_id


def _make_nobody(session: Session, digest: str, mode: str, now: datetime) -> None:
    """The work of a new account, undone: time must not tell what the answer does not."""
    undone = session.begin_nested()
    nobody = f"{ids.new('nobody')}@nowhere.invalid"
    accounts.create(session, nobody, password_digest=digest, mode=mode, now=now)
    undone.rollback()


def _remove_what_was_prepared(session: Session, user: User, now: datetime) -> None:
    user.password_digest = None
    having.forget_all(session, user.id)
    identities.forget_all(session, user.id)
    sessions.end_all(session, user.id, now)
    living = select(ApiKey).where(ApiKey.user_id == user.id, ApiKey.revoked_at.is_(None))
    for key in session.scalars(living).all():
        keys.revoke(session, key.organization_id, key.id, actor=user.id, now=now)
    end.of_person(session, user.id, "address_proved", now, before=now)


def _own_organization(session: Session, user_id: str) -> str:
    found = session.scalar(select(Organization.id).where(Organization.personal_user_id == user_id))
    assert found is not None  # made with its person
    return found
