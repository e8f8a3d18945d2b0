"""A key's name, cap and end, changed after it was made; its end at once."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import audit, keys, raising, rights, sessions
from app.domain.own_keys.shown import Shown
from app.domain.own_keys.terms import Terms
from app.domain.rights import Right
from app.domain.signed_in import SignedIn
from app.errors import Conflict
from app.kit import clock
from app.models.credentials import ApiKey


def change(
    session: Session, person: SignedIn, key: Shown, name: str, terms: Terms, now: datetime
) -> bool:
    """Put another name and other terms in place; says whether anything differs."""
    role = _may(session, person, key)
    keys.check_name(name)
    lineage = _held(session, key, now)
    row = next((each for each in lineage if each.id == key.id), None)
    if row is None:
        raise Conflict("This key has ended.", hint="Create a new key.")
    before = Terms(row.monthly_cap_tokens, row.expires_at)
    if (name.strip(), terms) == (row.name, before):
        return False
    raising.only_by_owner(before.cap, terms.cap, owner=rights.may(role, Right.LIMITS))
    _require_fresh(person, before, terms, now)
    if terms.expires_at != before.expires_at:
        row.expires_at, row.warned_days = terms.expires_at, None
    for each in lineage:  # one limit for all of them, under one name
        each.name, each.monthly_cap_tokens = name.strip(), terms.cap
    facts = {"name": row.name, "from": _told(before), "to": _told(terms)}
    audit.record(session, row.organization_id, person.user_id, "key.changed", row.id, facts, now)
    return True


def revoke(session: Session, person: SignedIn, key: Shown, now: datetime) -> None:
    """End a key they may end, at once."""
    _may(session, person, key)
    keys.revoke(session, key.organization_id, key.id, actor=person.user_id, now=now)


def _may(session: Session, person: SignedIn, key: Shown) -> str:
    right = Right.OWN_KEYS if key.mine else Right.ALL_KEYS
    return rights.require(session, person.user_id, key.organization_id, right)


def _held(session: Session, key: Shown, now: datetime) -> list[ApiKey]:
    """Every key of the lineage that still works, held for this transaction."""
    rows = session.scalars(
        select(ApiKey)
        .where(
            ApiKey.lineage_id == key.lineage_id,
            ApiKey.organization_id == key.organization_id,
            ApiKey.revoked_at.is_(None),
        )
        .order_by(ApiKey.id)
        .with_for_update()
    )
    return [row for row in rows if row.expires_at is None or row.expires_at > now]


def _require_fresh(person: SignedIn, before: Terms, after: Terms, now: datetime) -> None:
    """More to spend or a later end takes a fresh sign-in."""
    ends, later = before.expires_at, after.expires_at
    longer = ends is not None and (later is None or later > ends)
    if longer or raising.raises(before.cap, after.cap):
        sessions.require_fresh(person, now)


def _told(terms: Terms) -> dict[str, object]:
    ends = terms.expires_at
    return {"tokens": terms.cap, "ends": None if ends is None else clock.iso(ends)}
