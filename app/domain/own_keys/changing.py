"""A key's name, rights, cap and end, changed after it was made; its end at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import audit, keys, raising, rights, sessions
from app.domain.own_keys import scopes
from app.domain.own_keys.shown import Shown
from app.domain.own_keys.terms import Terms
from app.domain.rights import Right
from app.domain.signed_in import SignedIn
from app.errors import Conflict
from app.kit import clock
from app.models.credentials import ApiKey


class Wanted(NamedTuple):
    """A key as somebody would have it."""

    name: str
    scope: str
    terms: Terms


def change(
    session: Session,
    person: SignedIn,
    key: Shown,
    wanted: Wanted,
    now: datetime,
) -> bool:
    """Put what is wanted of a key in place; says whether anything differs."""
    role = _may(session, person, key)
    keys.check_name(wanted.name)
    scopes.check(wanted.scope)
    lineage = _held(session, key, now)
    row = next((each for each in lineage if each.id == key.id), None)
    if row is None:
        raise Conflict("This key has ended.", hint="Create a new key.")
    before, after = _as_it_stands(row), wanted._replace(name=wanted.name.strip())
    if after == before:
        return False
    raising.only_by_owner(before.terms.cap, after.terms.cap, owner=rights.may(role, Right.LIMITS))
    _require_fresh(person, before, after, now)
    if after.terms.expires_at != before.terms.expires_at:
        row.expires_at, row.warned_days = after.terms.expires_at, None
    for each in lineage:  # one limit for all of them, under one name
        each.name, each.monthly_cap_tokens = after.name, after.terms.cap
        if after.scope != before.scope:
            _permit(each, after.scope)
    facts = {"name": row.name, "from": _told(before), "to": _told(after)}
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
    """Every key of the lineage that still works, held for this transaction.

    Whoever rolls one holds it until they are done: what it was rolled to is found by looking again.
    """
    living = (
        select(ApiKey)
        .where(
            ApiKey.lineage_id == key.lineage_id,
            ApiKey.organization_id == key.organization_id,
            ApiKey.revoked_at.is_(None),
        )
        .order_by(ApiKey.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    rows: Sequence[ApiKey] = ()
    while len(found := session.scalars(living).all()) > len(rows):
        rows = found
    return [row for row in rows if row.expires_at is None or row.expires_at > now]


def _as_it_stands(key: ApiKey) -> Wanted:
    terms = Terms(key.monthly_cap_tokens, key.expires_at)
    return Wanted(key.name, scopes.of(key.scopes, never_sells=key.never_sells), terms)


def _permit(key: ApiKey, scope: str) -> None:
    key.never_sells = scopes.kept_from_buying(scope, before=key.never_sells)
    key.scopes = " ".join(scopes.SCOPES[scope])


def _require_fresh(person: SignedIn, before: Wanted, after: Wanted, now: datetime) -> None:
    """To do more, to spend more and to end later takes a fresh sign-in, as making a key does."""
    ends, later = before.terms.expires_at, after.terms.expires_at
    longer = ends is not None and (later is None or later > ends)
    spends = raising.raises(before.terms.cap, after.terms.cap)
    if longer or spends or scopes.widens(before.scope, after.scope):
        sessions.require_fresh(person, now)


def _told(wanted: Wanted) -> dict[str, object]:
    ends = wanted.terms.expires_at
    return {
        "may": wanted.scope,
        "tokens": wanted.terms.cap,
        "ends": None if ends is None else clock.iso(ends),
    }
