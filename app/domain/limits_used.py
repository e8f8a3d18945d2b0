"""The limits of keys and apps in a period, and how far each is used."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.models.clients import Client
from app.models.credentials import ApiKey
from app.models.grants import Grant
from app.models.limits import SpendCounter

MOST = 100  # that a page tells; the nearest to their limit


class LimitUsed(NamedTuple):
    """A key, or an app with its connections; they share one counter and may differ in limits."""

    kind: str  # key | app
    name: str
    least: int  # tokens a period
    most: int
    used: int

    @property
    def share(self) -> float:
        """How much of the lowest limit is used, of 100."""
        return min(100.0, round(100 * self.used / self.least, 1)) if self.least else 100.0


def listed(
    session: Session, organization_id: str, book: str, period: datetime, now: datetime
) -> list[LimitUsed]:
    """What has a limit and is alive, the most used first; held tokens count as used."""
    rows = session.execute(
        union_all(
            _keys(organization_id, book, period, now), _apps(organization_id, book, period, now)
        )
    )
    found = [LimitUsed(kind, name, least, most, used) for kind, name, least, most, used in rows]
    return sorted(found, key=lambda each: (-each.share, each.name.casefold()))[:MOST]


def _keys(organization_id: str, book: str, period: datetime, now: datetime) -> Select[Any]:
    """A rolled key and its successor are one."""
    told = _told("key", ApiKey.name, ApiKey.monthly_cap_tokens)
    counted = _counted(literal("key:") + ApiKey.lineage_id, book, period)
    return (
        select(*told)
        .outerjoin(SpendCounter, counted)
        .where(
            ApiKey.organization_id == organization_id,
            ApiKey.book == book,
            ApiKey.monthly_cap_tokens.is_not(None),
            ApiKey.revoked_at.is_(None),
            or_(ApiKey.expires_at.is_(None), ApiKey.expires_at > now),
        )
        .group_by(ApiKey.lineage_id)
    )


def _apps(organization_id: str, book: str, period: datetime, now: datetime) -> Select[Any]:
    """What apps spend is the live book's."""
    told = _told("app", Client.name, Grant.monthly_cap_tokens)
    counted = _counted(literal("app:") + Grant.organization_id + ":" + Grant.app, book, period)
    return (
        select(*told)
        .select_from(Grant)
        .join(Client, Client.id == Grant.client_id)
        .outerjoin(SpendCounter, counted)
        .where(
            Grant.organization_id == organization_id,
            Grant.monthly_cap_tokens.is_not(None),
            Grant.ended_at.is_(None),
            Grant.expires_at > now,
            literal(book) == "live",
        )
        .group_by(Grant.app)
    )


def _told(
    kind: str, name: InstrumentedAttribute[str], cap: InstrumentedAttribute[int | None]
) -> tuple[ColumnElement[Any], ...]:
    used = func.coalesce(func.max(SpendCounter.used), 0)
    return literal(kind), func.max(name), func.min(cap), func.max(cap), used


def _counted(subject: ColumnElement[str], book: str, period: datetime) -> ColumnElement[bool]:
    return and_(
        SpendCounter.subject == subject,
        SpendCounter.book == book,
        SpendCounter.period_start == period,
    )
