"""Claiming: whoever proves the address gets the organization, and says which keys are theirs."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain import accounts, audit, keys, owed_trials, sign_up
from app.domain.accounts import Person
from app.errors import Conflict, NotFound
from app.models.accounts import UNCLAIMED, Membership, Organization, User
from app.models.credentials import ApiKey
from app.models.limits import SpendCounter

KEEP = "keep"


class MadeBefore(NamedTuple):
    """A key somebody made before the address was proved, as its owner is shown it."""

    id: str
    prefix: str
    made_at: datetime
    made_from: str | None
    used_at: datetime | None
    used_from: str | None
    spent: int  # tokens, with what is held for what it started


def keys_of(session: Session, organization_id: str) -> list[MadeBefore]:
    """Every living key of an organization, with what it spent in all its periods."""
    spent = (
        select(func.coalesce(func.sum(SpendCounter.used), 0))
        .where(SpendCounter.subject == "key:" + ApiKey.lineage_id, SpendCounter.book == ApiKey.book)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            ApiKey.id, ApiKey.prefix, ApiKey.created_at, ApiKey.created_from,
            ApiKey.last_used_at, ApiKey.last_used_from, spent,
        ).where(ApiKey.organization_id == organization_id, ApiKey.revoked_at.is_(None))
    )  # fmt: skip
    return [MadeBefore(*row) for row in rows]


def waiting_for(session: Session, organization_id: str, email: str) -> bool:
    """Whether an organization is to be claimed by whoever has this address."""
    open_ = select(Organization.id).where(
        Organization.id == organization_id,
        Organization.claim_email == email,
        UNCLAIMED,
    )
    return session.scalar(open_) is not None


def account_of(session: Session, email: str) -> str | None:
    """The account an address has: then claiming asks for its sign-in."""
    return session.scalar(select(User.id).where(User.email == email, User.deleted_at.is_(None)))


def claim(
    session: Session,
    organization_id: str,
    email: str,
    choices: Mapping[str, str],
    *,
    owner: str | None,
    mode: str,
    per_day: int,
    now: datetime,
) -> str:
    """Make the organization its owner's; a key that is not kept dies. Gives the owner's id.

    `owner` is the account that signed in for it, None where the address had none. Whoever claims
    has proved the address: an account that never was loses what was prepared for it.
    """
    organization = session.get(Organization, organization_id, with_for_update={"key_share": True})
    if organization is None or organization.deleted_at is not None:
        raise NotFound("This organization has ended.", hint="Sign up, or have a new key made.")
    if organization.claimed_at is not None:
        raise Conflict("This organization has an owner already.", hint="Sign in.")
    if account_of(session, email) != owner:
        raise Conflict("An account was made for this address just now.", hint="Sign in to it.")
    if owner is not None:
        sign_up.prove(session, owner, ours=False, mode=mode, per_day=per_day, now=now)
    user_id = owner or _new_owner(session, email, mode, now).user_id
    organization.claimed_at = now
    member = {"organization_id": organization_id, "user_id": user_id, "role": "owner"}
    session.add(Membership(**member, created_at=now))
    session.flush()
    _sort_out(session, organization_id, user_id, choices, now)
    owed_trials.grant_or_owe(session, user_id, organization_id, mode, per_day=per_day, now=now)
    audit.record(session, organization_id, user_id, "organization.claimed", user_id, {}, now)
    return user_id


def _new_owner(session: Session, email: str, mode: str, now: datetime) -> Person:
    """A person whose address the claim has proved; their trial goes to what they claim."""
    person = accounts.create(session, email, password_digest=None, mode=mode, now=now)
    session.get_one(User, person.user_id).email_verified_at = now
    return person


def _sort_out(
    session: Session,
    organization_id: str,
    user_id: str,
    choices: Mapping[str, str],
    now: datetime,
) -> None:
    """What is kept becomes its owner's; what was not chosen was not kept."""
    for key in keys.listed(session, organization_id):
        if key.revoked_at is not None:
            continue
        if choices.get(key.id) == KEEP:
            key.user_id = user_id
        else:
            keys.revoke(session, organization_id, key.id, actor=user_id, now=now)
