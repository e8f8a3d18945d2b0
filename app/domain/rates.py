"""Counts requests against limits, exactly across processes.

A limit of what comes often is a generic cell rate: a subject's next request is due one interval
after the last, and may come early by at most the burst. One conditional statement decides (GCRA,
ITU-T I.371). In its first period it lets burst and amount through together, so what is seldom and
promised by the hour is counted place by place (`throttles`).
"""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, bindparam, case, delete, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import ClauseElement

from app.db import Database, Prepared, changed, insert_for
from app.domain import throttles
from app.domain.limits import Allowance, Limit, RateLimited
from app.kit import clock, meters
from app.models.limits import RequestRate


class Rates:
    """Counts requests against limits, each as its limit is held."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._take = Prepared(database, _take_statement(database.engine.dialect.name))
        self._due = Prepared(database, _due_statement())

    def take(self, limit: Limit, subject: str, now: datetime, *, cost: int = 1) -> Allowance:
        """Count `cost` requests, or refuse without counting."""
        held = self._held if limit.exact else self._evenly
        return held(limit, subject, now, cost)

    def _held(self, limit: Limit, subject: str, now: datetime, cost: int) -> Allowance:
        """A place for each request; a flood is refused by reading alone."""
        words = throttles.Words(
            f"Too many requests: at most {limit.amount} in {limit.seconds} seconds.",
            "Try again in {seconds} seconds.",
        )
        places = ((limit, subject),) * cost
        with self._database.reading() as session:
            throttles.look(session, limit, subject, words, now)
        with self._database.transaction() as session:
            throttles.hold(session, places, words, now)
            return throttles.left(session, limit, subject, now)

    def _evenly(self, limit: Limit, subject: str, now: datetime, cost: int) -> Allowance:
        moment = clock.milliseconds(now)
        step = limit.interval_ms * cost
        # More at once than the burst passes where nothing is owed; what follows waits for it.
        latest = moment + max(limit.interval_ms * limit.burst, step)
        facts = {"name": limit.name, "subject": subject, "moment": moment, "step": step}
        row = self._take.one({**facts, "due": moment + step, "latest": latest})
        if row is None:
            raise self._refusal(limit, facts, latest)
        return Allowance(limit, (latest - row[0]) // limit.interval_ms, _seconds(row[0] - moment))

    def _refusal(self, limit: Limit, facts: dict[str, Any], latest: int) -> RateLimited:
        row = self._due.one({"name": facts["name"], "subject": facts["subject"]})
        due = max(facts["moment"], row[0] if row else 0)
        wait = _seconds(due + facts["step"] - latest)
        meters.THROTTLED.add(limit.name)
        return RateLimited(
            f"Too many requests: at most {limit.amount} in {limit.seconds} seconds, "
            f"{limit.burst} of them at once.",
            hint=f"Try again in {wait} seconds.",
            retry_after_s=wait,
            limit=limit.name,
        )


def forget_idle(session: Session, now: datetime) -> int:
    """Drop the rows of subjects who have their whole burst again."""
    return changed(session, delete(RequestRate).where(RequestRate.due < clock.milliseconds(now)))


def _take_statement(dialect: str) -> ClauseElement:
    moment = bindparam("moment", type_=BigInteger)
    step = bindparam("step", type_=BigInteger)
    raised = case((RequestRate.due > moment, RequestRate.due), else_=moment) + step
    return (
        insert_for(dialect, RequestRate)
        .values(name=bindparam("name"), subject=bindparam("subject"), due=bindparam("due"))
        .on_conflict_do_update(
            index_elements=["name", "subject"],
            set_={"due": raised},
            where=raised <= bindparam("latest", type_=BigInteger),
        )
        .returning(RequestRate.due)
    )


def _due_statement() -> ClauseElement:
    return select(RequestRate.due).where(
        RequestRate.name == bindparam("name"), RequestRate.subject == bindparam("subject")
    )


def _seconds(span_ms: int) -> int:
    return max(1, -(-span_ms // 1000))
