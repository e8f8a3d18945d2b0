"""API keys: made, rolled with an overlap, revoked. The secret leaves once; we keep its digest."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain import audit
from app.domain.callers import SCOPES
from app.domain.credentials import LIVE, TEST
from app.domain.webhooks import events
from app.domain.webhooks.catalogue import REVOKED
from app.errors import Conflict, InvalidInput, NotFound
from app.kit import ids, secrets
from app.models.credentials import ApiKey

ROLL_OVERLAP = timedelta(hours=24)
LEAKED = "leak report"  # who ends a key that somebody found in public
SHOWN = 12  # characters of a key that are shown for ever
_NAME_LIMIT = 80


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key at the only moment its secret is known."""

    id: str
    secret: str
    prefix: str


def create(
    session: Session,
    organization_id: str,
    *,
    user_id: str | None,
    name: str,
    now: datetime,
    book: str = "live",
    scopes: tuple[str, ...] = ("mcp",),
    expires_at: datetime | None = None,
    monthly_cap_tokens: int | None = None,
    never_sells: bool = False,
    made_from: str | None = None,
) -> NewKey:
    """Make a key; it may do what its scopes say until it expires or is revoked."""
    _check(name, scopes)
    row = ApiKey(
        id=ids.new("key"),
        organization_id=organization_id,
        user_id=user_id,
        name=name.strip(),
        book=book,
        scopes=" ".join(scopes),
        monthly_cap_tokens=monthly_cap_tokens,
        never_sells=never_sells,
        created_at=now,
        created_from=made_from,
        expires_at=expires_at,
    )
    row.lineage_id = row.id
    return _issue(session, row, actor=user_id or organization_id, action="key.created", now=now)


def roll(
    session: Session,
    organization_id: str,
    key_id: str,
    *,
    actor: str,
    now: datetime,
    overlap: timedelta = ROLL_OVERLAP,
    made_from: str | None = None,
) -> NewKey:
    """Make a key's successor; the old one dies after the overlap, limits count on as one."""
    old = find(session, organization_id, key_id)
    session.refresh(old, with_for_update=True)
    _refuse_dead_or_rolled(session, old, now)
    row = ApiKey(
        id=ids.new("key"),
        organization_id=old.organization_id,
        user_id=old.user_id,
        lineage_id=old.lineage_id,
        rolled_from_id=old.id,
        name=old.name,
        book=old.book,
        scopes=old.scopes,
        monthly_cap_tokens=old.monthly_cap_tokens,
        never_sells=old.never_sells,
        created_at=now,
        created_from=made_from,
        expires_at=old.expires_at,
    )
    ends = now + overlap
    old.expires_at = ends if old.expires_at is None else min(old.expires_at, ends)
    return _issue(session, row, actor=actor, action="key.rolled", now=now)


def revoke(
    session: Session, organization_id: str, key_id: str, *, actor: str, now: datetime
) -> None:
    """End a key at the very next request; ending it twice is the same."""
    row = find(session, organization_id, key_id)
    if row.revoked_at is None:
        row.revoked_at = now
        audit.record(session, organization_id, actor, "key.revoked", row.id, {}, now)
        events.record(session, organization_id, REVOKED, row.id, _told(row, actor), now)


def _told(key: ApiKey, actor: str) -> dict[str, object]:
    return {
        "key_id": key.id,
        "prefix": key.prefix,
        "last_four": key.last_four,
        "book": key.book,
        "leaked": actor == LEAKED,
    }


def find(session: Session, organization_id: str, key_id: str) -> ApiKey:
    """A key of this organization; anybody else's does not exist."""
    row = session.scalar(
        select(ApiKey).where(ApiKey.id == key_id, ApiKey.organization_id == organization_id)
    )
    if row is None:
        raise no_such_key()
    return row


def no_such_key() -> NotFound:
    """Foreign, unknown and ended keys get the same words."""
    return NotFound("There is no such key.", hint="List the keys of this organization.")


def listed(session: Session, organization_id: str) -> list[ApiKey]:
    """Every key of an organization, newest first."""
    statement = (
        select(ApiKey).where(ApiKey.organization_id == organization_id).order_by(ApiKey.id.desc())
    )
    return list(session.scalars(statement))


def newest_prefix(session: Session, user_id: str, now: datetime) -> str:
    """What is shown of a person's newest living key; empty where they have none."""
    living = ApiKey.revoked_at.is_(None), or_(ApiKey.expires_at.is_(None), ApiKey.expires_at > now)
    newest = select(ApiKey.prefix).where(ApiKey.user_id == user_id, *living)
    return session.scalar(newest.order_by(ApiKey.id.desc()).limit(1)) or ""


def _refuse_dead_or_rolled(session: Session, key: ApiKey, now: datetime) -> None:
    """A successor of a dead key would be dead at birth, a second one would die with the first."""
    if key.revoked_at is not None or (key.expires_at is not None and key.expires_at <= now):
        raise Conflict("This key has ended.", hint="Create a new key.")
    if session.scalar(select(ApiKey.id).where(ApiKey.rolled_from_id == key.id)):
        raise Conflict("This key was rolled already.", hint="Roll its successor.")


def _issue(session: Session, row: ApiKey, *, actor: str, action: str, now: datetime) -> NewKey:
    secret = secrets.mint(LIVE if row.book == "live" else TEST)
    row.digest = secrets.digest(secret)
    row.prefix, row.last_four = secret[:SHOWN], secret[-4:]
    session.add(row)
    session.flush()
    facts = {
        "name": row.name,
        "book": row.book,
        "scopes": row.scopes,
        "sells": not row.never_sells,
    }
    audit.record(session, row.organization_id, actor, action, row.id, facts, now)
    return NewKey(row.id, secret, row.prefix)


def check_name(name: str) -> None:
    """Refuse a name nobody could tell a key by."""
    if not name.strip() or len(name) > _NAME_LIMIT:
        raise InvalidInput(f"A key needs a name of 1 to {_NAME_LIMIT} characters.", field="name")


def _check(name: str, scopes: tuple[str, ...]) -> None:
    check_name(name)
    if not scopes or not set(scopes) <= set(SCOPES):
        raise InvalidInput(f"A key's scope is {' or '.join(SCOPES)}.", field="scopes")
