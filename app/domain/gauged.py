"""Figures an operator watches that stand in the database: four statements, whatever is in it."""

from datetime import datetime

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from app import outbox
from app.domain.tariff import spending
from app.kit import meters
from app.kit.machine import Sums
from app.models.billing import Balance
from app.models.work import Work, WorkerBeat


def read(session: Session, now: datetime) -> Sums:
    """The gauges of the database as they are now."""
    found: Sums = {(meters.DATABASE_UP.name,): [1.0]}
    found |= _work(session, now)
    found |= _workers(session, now)
    found |= _held(session)
    found[meters.MODEL_TODAY.name,] = [float(spending.today(session, now))]
    return found


def _work(session: Session, now: datetime) -> Sums:
    waits = (Work.due_at <= now) & or_(Work.lease_until.is_(None), Work.lease_until < now)
    statement = (
        select(Work.kind, func.count(), func.min(case((waits, Work.due_at))))
        .where(Work.ended_at.is_(None))
        .group_by(Work.kind)
    )
    found: Sums = {}
    for kind, count, oldest in session.execute(statement):
        found[meters.WORK_OPEN.name, kind] = [float(count)]
        found[meters.WORK_WAITS.name, kind] = [(now - oldest).total_seconds() if oldest else 0.0]
    return found


def _workers(session: Session, now: datetime) -> Sums:
    alive = case((WorkerBeat.seen_at.between(now - outbox.SILENCE, now + outbox.AHEAD), 1))
    heard = case((WorkerBeat.seen_at < now + outbox.AHEAD, WorkerBeat.seen_at))
    count, last = session.execute(select(func.count(alive), func.max(heard))).one()
    found: Sums = {(meters.WORKERS.name,): [float(count)]}
    if last is not None:
        found[meters.BEAT_AGE.name,] = [max(0.0, (now - last).total_seconds())]
    return found


def _held(session: Session) -> Sums:
    statement = (
        select(Balance.book, func.sum(Balance.held)).where(Balance.held > 0).group_by(Balance.book)
    )
    held = {"live": 0.0, "test": 0.0}
    held |= {book: float(tokens) for book, tokens in session.execute(statement)}
    return {(meters.HELD.name, book): [tokens] for book, tokens in held.items()}
