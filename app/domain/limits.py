"""Who may do what how often: one table, counted exactly across processes.

Each limit is a generic cell rate: a subject's next request is due one interval after the last,
and may come early by at most the burst. One conditional statement decides (GCRA, ITU-T I.371).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, delete, select
from sqlalchemy.orm import Session

from app.db import changed, insert
from app.errors import Kind, PolisError
from app.kit import clock
from app.models.limits import RequestRate


class RateLimited(PolisError):
    """Too many requests; `retry_after_s` says when the next one is welcome."""

    kind = Kind.THROTTLED
    code = "rate_limited"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many requests a period, so many of them at once."""

    name: str
    amount: int
    seconds: int
    burst: int
    counted_by: str  # organization | person | network | host: for the docs

    @property
    def interval_ms(self) -> int:
        """Time between two requests at the steady rate."""
        return self.seconds * 1000 // self.amount


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left after a request was let through."""

    limit: Limit
    remaining: int
    reset_s: int  # until the whole burst is there again


def table(*, mcp_per_minute: int = 120, mcp_burst: int = 30) -> dict[str, Limit]:
    """Every limit by name, printed on `docs/limits`."""
    limits = (
        Limit("mcp", mcp_per_minute, 60, mcp_burst, "organization"),
        Limit("fetch", 30, 3600, 30, "organization"),
        Limit("fetch_host", 10, 60, 10, "host"),
    )
    return {limit.name: limit for limit in limits}


def take(
    session: Session, limit: Limit, subject: str, now: datetime, *, cost: int = 1
) -> Allowance:
    """Count `cost` requests, or refuse without counting."""
    moment = clock.milliseconds(now)
    latest = moment + limit.interval_ms * limit.burst
    step = limit.interval_ms * cost
    raised = case((RequestRate.due > moment, RequestRate.due), else_=moment) + step
    statement = (
        insert(session, RequestRate)
        .values(name=limit.name, subject=subject, due=moment + step)
        .on_conflict_do_update(
            index_elements=["name", "subject"], set_={"due": raised}, where=raised <= latest
        )
        .returning(RequestRate.due)
    )
    due = session.scalar(statement) if moment + step <= latest else None
    if due is None:
        raise _refusal(session, limit, subject, moment, step, latest)
    return Allowance(limit, (latest - due) // limit.interval_ms, _seconds(due - moment))


def forget_idle(session: Session, now: datetime) -> int:
    """Drop the rows of subjects who have their whole burst again."""
    return changed(session, delete(RequestRate).where(RequestRate.due < clock.milliseconds(now)))


def _refusal(
    session: Session, limit: Limit, subject: str, moment: int, step: int, latest: int
) -> RateLimited:
    kept = session.scalar(
        select(RequestRate.due).where(
            RequestRate.name == limit.name, RequestRate.subject == subject
        )
    )
    wait = _seconds(max(moment, kept or moment) + step - latest)
    return RateLimited(
        f"Too many requests: at most {limit.amount} in {limit.seconds} seconds.",
        hint=f"Try again in {wait} seconds.",
        retry_after_s=wait,
        limit=limit.name,
    )


def _seconds(span_ms: int) -> int:
    return max(1, -(-span_ms // 1000))
