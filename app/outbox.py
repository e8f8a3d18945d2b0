"""What must be done, written in the transaction that caused it; the rows are the truth.

A claim raises `attempts`, and that number is the fence: a worker that lost its lease changes no
row any more. huey only carries ids (adapters/queue.py).
"""

import random
import socket
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, delete, false, or_, select, update
from sqlalchemy.orm import Session

from app.db import changed, insert
from app.kit import ids, logs, meters
from app.models.work import Work, WorkerBeat

LEASE = timedelta(seconds=30)
SILENCE = timedelta(seconds=60)  # after which a worker counts as gone
AHEAD = timedelta(minutes=5)  # more than this, and a clock has been put right since it was written
KEPT = timedelta(days=7)  # a row that ended, for whoever asks what happened
_ATTEMPTS = 5
_SPREAD = 1.25
LONGEST_RETRY = timedelta(seconds=2**_ATTEMPTS * _SPREAD)
_SOON, _LONGEST, _STEPS = timedelta(seconds=30), timedelta(hours=1), 7


@dataclass(frozen=True, slots=True)
class Claim:
    """A piece of work taken by one worker until its lease runs out."""

    id: str
    kind: str
    payload: dict[str, Any]
    request_id: str | None
    fence: int

    @property
    def last_attempt(self) -> bool:
        """Whether a failure now is final."""
        return self.fence >= _ATTEMPTS

    @property
    def spent(self) -> bool:
        """Whether every attempt before this one ended without a word: its worker died."""
        return self.fence > _ATTEMPTS


Held = tuple[str, datetime]  # an id, and until when it is leased


class Parcel(NamedTuple):
    """What the courier carries: the id of a row, and whether it can wait for all others."""

    work_id: str
    low: bool = False


def record(
    session: Session,
    kind: str,
    payload: dict[str, Any],
    *,
    key: str,
    now: datetime,
    request_id: str | None = None,
    due: datetime | None = None,
    low: bool = False,
) -> None:
    """Write work down once; the session hands it to the courier after its commit.

    Its request is the one that is being answered, or that caused the work being done.
    """
    work_id = ids.new("wrk")
    statement = (
        insert(session, Work)
        .values(
            id=work_id, kind=kind, key=key, payload=payload, low=low,
            request_id=request_id or logs.bound("request_id"),
            due_at=due or now, created_at=now, attempts=0,
        )
        .on_conflict_do_nothing(index_elements=["key"])
    )  # fmt: skip
    if changed(session, statement) and due is None:
        session.info.setdefault(RECORDED, []).append(Parcel(work_id, low))


def claim(
    session: Session, work_id: str, owner: str, kinds: Collection[str], now: datetime
) -> Claim | None:
    """Take a piece of work if it is due and nobody holds it; one statement on both databases.

    A kind the worker does not know is left to one that does: versions run side by side in a deploy.
    """
    row = session.execute(
        update(Work)
        .where(Work.id == work_id, Work.ended_at.is_(None), _ripe(now), _free(now))
        .where(Work.kind.in_(kinds))
        .values(owner=owner, lease_until=now + LEASE, attempts=Work.attempts + 1)
        .returning(Work.kind, Work.payload, Work.request_id, Work.attempts)
    ).first()
    return None if row is None else Claim(work_id, *row)


def finish(session: Session, claim: Claim, now: datetime, error: str | None = None) -> bool:
    """End the work; False where somebody else holds it by now."""
    return _write(session, claim, ended_at=now, lease_until=None, error=error)


def forget(session: Session, claim: Claim) -> bool:
    """Leave no trace, so that the same may be asked for again; False where somebody else has it."""
    held = Work.id == claim.id, Work.attempts == claim.fence, Work.ended_at.is_(None)
    return changed(session, delete(Work).where(*held)) == 1


def retry(session: Session, claim: Claim, now: datetime, error: str) -> bool:
    """Give the work back to be tried again, later each time, and not all of it at once."""
    spread = random.uniform(1, _SPREAD)  # noqa: S311 # parts what failed together; guards nothing
    due = now + timedelta(seconds=2**claim.fence * spread)
    return _write(session, claim, due_at=due, lease_until=None, error=error)


def postpone(session: Session, claim: Claim, now: datetime, error: str, until: datetime) -> bool:
    """End this attempt and write the next one down, later each time; False where that is too late.

    For what waits on others for hours or days: attempts of one row are few, and soon over.
    """
    turn = claim.payload.get("turn", 0) + 1
    due = now + min(_SOON * 2 ** min(turn, _STEPS), _LONGEST)
    if not finish(session, claim, now, error):
        return True  # somebody else holds it by now, and will see to it
    if due > until:
        return False
    payload = {**claim.payload, "turn": turn}
    record(session, claim.kind, payload, key=f"after:{claim.id}", now=now, due=due)
    return True


def give_back(session: Session, owner: str) -> int:
    """Free everything an owner still holds; it stops and others go on at once."""
    statement = update(Work).where(Work.owner == owner, Work.ended_at.is_(None))
    return changed(session, statement.values(lease_until=None))


def renew(session: Session, owner: str, now: datetime, at_work: Collection[str] = ()) -> None:
    """Say that a worker lives: the leases of what it is at hold on, and `/readyz` can see it.

    Work whose end could not be written, since the database was away just then, is nobody's soon.
    """
    held = Work.owner == owner, Work.ended_at.is_(None), Work.lease_until.is_not(None)
    if at_work:
        mine = update(Work).where(Work.id.in_(at_work), *held)
        session.execute(mine.values(lease_until=now + LEASE))
    session.execute(
        insert(session, WorkerBeat)
        .values(id=owner, started_at=now, seen_at=now)
        .on_conflict_do_update(index_elements=["id"], set_={"seen_at": now})
    )


def leave(session: Session, owner: str) -> None:
    """Take a worker off the list."""
    session.execute(delete(WorkerBeat).where(WorkerBeat.id == owner))


def due(session: Session, now: datetime, limit: int = 500) -> list[Parcel]:
    """What nobody holds and is to be done now: never sent, lost on the way, or its worker died."""
    statement = (
        select(Work.id, Work.low)
        .where(Work.ended_at.is_(None), _ripe(now), _free(now))
        .order_by(Work.low, Work.due_at)
        .limit(limit)
    )
    return [Parcel(*row) for row in session.execute(statement)]


def held_ahead(session: Session, now: datetime) -> set[Held]:
    """What is held for longer than anybody holds: by a clock that has been put right since."""
    ahead = Work.ended_at.is_(None), Work.lease_until > now + LEASE + AHEAD
    found = session.execute(select(Work.id, Work.lease_until).where(*ahead))
    return {(work_id, until) for work_id, until in found if until is not None}


def let_go(session: Session, held: Collection[Held]) -> None:
    """Free what is still held by these leases: a worker that lives has renewed its own."""
    for work_id, until in held:
        same = Work.id == work_id, Work.lease_until == until
        session.execute(update(Work).where(*same).values(lease_until=None))


def last_beat(session: Session, now: datetime) -> datetime | None:
    """When any worker was last heard of; nobody is heard of by a clock that was put right since."""
    heard = select(WorkerBeat.seen_at).where(WorkerBeat.seen_at < now + AHEAD)
    return session.scalar(heard.order_by(WorkerBeat.seen_at.desc()).limit(1))


def here() -> str:
    """What the owners of this machine begin with."""
    return f"{socket.gethostname()[:30]}:"


def alive_here(session: Session, now: datetime) -> bool:
    """Whether a worker of this machine was heard of within a minute."""
    heard = WorkerBeat.seen_at.between(now - SILENCE, now + AHEAD)
    ours = WorkerBeat.id.startswith(here(), autoescape=True)
    return session.scalar(select(WorkerBeat.id).where(ours, heard).limit(1)) is not None


def forget_old(session: Session, now: datetime) -> None:
    """Drop what ended long ago, and workers that never said goodbye."""
    session.execute(delete(Work).where(Work.ended_at < now - KEPT))
    long_ago, ahead = (
        WorkerBeat.seen_at < now - timedelta(hours=1),
        WorkerBeat.seen_at > now + AHEAD,
    )
    session.execute(delete(WorkerBeat).where(or_(long_ago, ahead)))


NOTHING = update(Work).where(false()).values(attempts=Work.attempts)  # a write that changes no row
RECORDED = "recorded_work"  # in `session.info`: parcels to send once committed


def _ripe(now: datetime) -> ColumnElement[bool]:
    """Due by our clock, or by that of whoever wrote it down, which may be minutes ahead of ours.

    What failed is tried again soon: a due date beyond that is of a clock that has been put right.
    """
    failed = and_(Work.attempts > 0, Work.due_at > now + LONGEST_RETRY + AHEAD)
    return or_(Work.due_at <= now, Work.due_at == Work.created_at, failed)


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(Work.lease_until.is_(None), Work.lease_until < now)


def _write(session: Session, claim: Claim, **values: object) -> bool:
    statement = update(Work).where(
        Work.id == claim.id, Work.attempts == claim.fence, Work.ended_at.is_(None)
    )
    ours = changed(session, statement.values(**values)) == 1
    if not ours:
        meters.LEASES_LOST.add(claim.kind)
    return ours
