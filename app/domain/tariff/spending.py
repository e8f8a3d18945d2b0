"""What models cost today, exactly across processes: reserved before a call, settled after it.

Two counters a day, of the organization and of the installation; one conditional statement each
decides. A process that dies between leaves its reservation standing, so the day ends early and
never late.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.db import changed, insert
from app.domain.tariff.away import BudgetSpent
from app.domain.tariff.rate import Terms
from app.kit import clock
from app.models.limits import DailyTotal

_ALL = "engine"
KEPT = timedelta(days=40)


@dataclass(frozen=True, slots=True)
class Reserved:
    """Money set aside for one call."""

    organization_id: str
    day: datetime
    micros: int


def reserve(
    session: Session, terms: Terms, organization_id: str, micros: int, now: datetime
) -> Reserved:
    """Set money aside, or refuse and leave both counters as they were."""
    day = clock.day_start(now)
    _raise(session, _of(organization_id), day, micros, terms.org_daily_micros, now)
    _raise(session, _ALL, day, micros, terms.daily_micros, now)
    return Reserved(organization_id, day, micros)


def settle(session: Session, reserved: Reserved, used_micros: int) -> None:
    """Give back what was not used, to the day it was reserved on."""
    back = reserved.micros - used_micros
    if back <= 0:
        return
    for name in (_of(reserved.organization_id), _ALL):
        row = update(DailyTotal).where(DailyTotal.name == name, DailyTotal.day == reserved.day)
        session.execute(row.values(used=DailyTotal.used - back))


def left(session: Session, terms: Terms, organization_id: str, now: datetime) -> int:
    """What may still be spent today on an organization's runs."""
    mine = terms.org_daily_micros - _used(session, _of(organization_id), now)
    return max(0, min(mine, terms.daily_micros - _used(session, _ALL, now)))


def cover(session: Session, terms: Terms, organization_id: str, micros: int, now: datetime) -> None:
    """Refuse what today's money does not cover, before anything is held for it."""
    if micros > left(session, terms, organization_id, now):
        raise _spent(now)


def today(session: Session, now: datetime) -> int:
    """What the installation has spent or set aside today."""
    return _used(session, _ALL, now)


def forget_old(session: Session, now: datetime) -> None:
    """Drop the counters of days long gone."""
    session.execute(delete(DailyTotal).where(DailyTotal.day < clock.day_start(now) - KEPT))


def _raise(
    session: Session, name: str, day: datetime, micros: int, most: int, now: datetime
) -> None:
    raised = DailyTotal.used + micros
    statement = (
        insert(session, DailyTotal)
        .values(name=name, day=day, used=micros)
        .on_conflict_do_update(
            index_elements=["name", "day"], set_={"used": raised}, where=raised <= most
        )
    )
    if micros > most or changed(session, statement) != 1:
        raise _spent(now)


def _spent(now: datetime) -> BudgetSpent:
    tomorrow = clock.day_start(now) + timedelta(days=1)
    return BudgetSpent(
        "What may be spent on the model today does not cover this.",
        hint="Test with fewer personas or less detail, or try again after midnight UTC.",
        retry_after_s=(tomorrow - now) // timedelta(seconds=1) + 1,
    )


def _used(session: Session, name: str, now: datetime) -> int:
    row = session.scalar(
        select(DailyTotal.used).where(
            DailyTotal.name == name, DailyTotal.day == clock.day_start(now)
        )
    )
    return row or 0


def _of(organization_id: str) -> str:
    return f"{_ALL}:{organization_id}"
