"""Keys as their people see them: what they may do, what they spent, when they were used."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, exists, literal, or_, select
from sqlalchemy.orm import Session, aliased

from app.db import Instant
from app.domain import keys, rights, wallets
from app.domain.own_keys import scopes
from app.domain.rights import Right
from app.domain.wallets import Wallet
from app.kit import clock, ids
from app.models.accounts import User
from app.models.credentials import ApiKey
from app.models.limits import SpendCounter

PAGE = 25
IDLE = timedelta(days=30)
SOON = timedelta(days=7)
_DAY = timedelta(days=1)


class Look(NamedTuple):
    """Who looks at the keys of which organization, when, and what kind of money counts."""

    user_id: str
    organization_id: str
    mode: str
    now: datetime


class Shown(NamedTuple):
    """A key, living or ended."""

    id: str
    organization_id: str
    lineage_id: str
    name: str
    prefix: str
    last_four: str
    book: str
    scopes: str
    never_sells: bool
    made_at: datetime
    made_by: str | None
    made_from: str | None
    expires_at: datetime | None
    revoked_at: datetime | None
    used_at: datetime | None
    used_from: str | None
    requests: int
    cap: int | None
    spent: int  # tokens in this period, by every key of the lineage
    since: datetime  # when that period began
    mine: bool
    idle_days: int | None  # None while it is in use
    ends_soon: bool
    ended: bool
    successor_id: str | None  # it was rolled
    former_id: str | None
    former_until: datetime | None  # the one it was rolled from works until then

    @property
    def scope(self) -> str:
        """What it may do, as a person chooses it."""
        return scopes.of(self.scopes, never_sells=self.never_sells)


def page(session: Session, look: Look, *, ended: bool, before: str = "") -> tuple[list[Shown], str]:
    """A page of keys, newest first, and where the next begins; a rolled one is in its successor."""
    which = [_over(look.now) if ended else _alive(ApiKey, look.now)]
    if not ended:
        which.append(~_taken_over(look.now))
    if ids.is_id("key", before):
        which.append(ApiKey.id < before)
    newest = _rows(session, look).where(*which).order_by(ApiKey.id.desc()).limit(PAGE + 1)
    found = [_shown(look, *row) for row in session.execute(newest)]
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else ""


def one(session: Session, look: Look, key_id: str) -> Shown:
    """A key they may see; any other does not exist."""
    row = session.execute(_rows(session, look).where(ApiKey.id == key_id)).one_or_none()
    if row is None:
        raise keys.no_such_key()
    return _shown(look, *row)


def _rows(session: Session, look: Look) -> Select[*tuple[Any, ...]]:
    """Every key of the organization they may see: a member's own, an admin's everybody's."""
    role = rights.require(session, look.user_id, look.organization_id, Right.OWN_KEYS)
    own = [] if rights.may(role, Right.ALL_KEYS) else [ApiKey.user_id == look.user_id]
    successor, former = aliased(ApiKey), aliased(ApiKey)
    period, spent = _period(session, look), SpendCounter.used
    return (
        select(ApiKey, User.email, spent, period, successor.id, former.id, former.expires_at)
        .outerjoin(User, User.id == ApiKey.user_id)
        .outerjoin(successor, successor.rolled_from_id == ApiKey.id)
        .outerjoin(former, and_(former.id == ApiKey.rolled_from_id, _alive(former, look.now)))
        .outerjoin(SpendCounter, _counter(period))
        .where(ApiKey.organization_id == look.organization_id, *own)
    )


def _period(session: Session, look: Look) -> ColumnElement[datetime]:
    """The period a key's cap counts in: the plan's, or a month."""
    wallet = Wallet(look.organization_id, "live", look.mode)
    live = wallets.standing(session, wallet, look.now).period("live", look.now)
    month = literal(clock.month_start(look.now), Instant)
    return case((ApiKey.book == "live", literal(live, Instant)), else_=month)


def _counter(period: ColumnElement[datetime]) -> ColumnElement[bool]:
    """What the whole lineage has spent in it."""
    return and_(
        SpendCounter.subject == "key:" + ApiKey.lineage_id,
        SpendCounter.book == ApiKey.book,
        SpendCounter.period_start == period,
    )


def _alive(table: type[ApiKey], now: datetime) -> ColumnElement[bool]:
    unexpired = or_(table.expires_at.is_(None), table.expires_at > now)
    return and_(table.revoked_at.is_(None), unexpired)


def _over(now: datetime) -> ColumnElement[bool]:
    return or_(ApiKey.revoked_at.is_not(None), ApiKey.expires_at <= now)


def _taken_over(now: datetime) -> ColumnElement[bool]:
    """Rolled, and what it was rolled to lives: that one's row says how long this one works."""
    successor = aliased(ApiKey)
    return exists().where(successor.rolled_from_id == ApiKey.id, _alive(successor, now))


def _shown(
    look: Look,
    key: ApiKey,
    email: str | None,
    spent: int | None,
    since: datetime,
    successor_id: str | None,
    former_id: str | None,
    former_until: datetime | None,
) -> Shown:
    idle = look.now - (key.last_used_at or key.created_at)
    return Shown(
        id=key.id,
        organization_id=key.organization_id,
        lineage_id=key.lineage_id,
        name=key.name,
        prefix=key.prefix,
        last_four=key.last_four,
        book=key.book,
        scopes=key.scopes,
        never_sells=key.never_sells,
        made_at=key.created_at,
        made_by=email,
        made_from=key.created_from,
        expires_at=key.expires_at,
        revoked_at=key.revoked_at,
        used_at=key.last_used_at,
        used_from=key.last_used_from,
        requests=key.requests,
        cap=key.monthly_cap_tokens,
        spent=spent or 0,
        since=since,
        mine=key.user_id == look.user_id,
        idle_days=idle // _DAY if idle > IDLE else None,
        ends_soon=key.expires_at is not None and key.expires_at - look.now < SOON,
        ended=key.revoked_at is not None or not _lasts(key.expires_at, look.now),
        successor_id=successor_id,
        former_id=former_id,
        former_until=former_until,
    )


def _lasts(expires_at: datetime | None, now: datetime) -> bool:
    return expires_at is None or expires_at > now
