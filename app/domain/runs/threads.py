"""The conversations about a run, with their questions, for its page."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.runs import pausing
from app.domain.runs.ask import MAX_TURNS
from app.kit.plain import plain
from app.models.threads import Thread, Turn

PAGE = 10


class Asked(NamedTuple):
    """One question of a conversation."""

    number: int
    question: str
    status: str
    tokens: int  # charged: what was held less what came back
    answers_done: int
    answers_total: int
    summary: str | None
    asked_at: datetime
    refunded: int
    failure_code: str | None
    failure_message: str | None

    @property
    def ours(self) -> bool:
        """Whether it failed through us, and not by what was asked."""
        return pausing.ours(self.failure_code)


class Talk(NamedTuple):
    """One conversation: with whom, and its questions."""

    id: str
    run_id: str
    book: str
    target: str
    name: str | None
    seats: list[int]
    turns: list[Asked]

    @property
    def pending(self) -> bool:
        """Whether its last question is still being answered."""
        return bool(self.turns) and self.turns[-1].status == "pending"

    @property
    def full(self) -> bool:
        """Whether it has as many questions as it may have."""
        return len(self.turns) >= MAX_TURNS


def of_run(session: Session, run_id: str, before: str | None) -> tuple[list[Talk], str | None]:
    """The newest conversations about a run, and where the next page begins."""
    mine = select(Thread).where(Thread.run_id == run_id)
    if before:
        mine = mine.where(Thread.id < before)
    rows = session.scalars(mine.order_by(Thread.id.desc()).limit(PAGE + 1)).all()
    shown = rows[:PAGE]
    return _talks(session, shown), shown[-1].id if len(rows) > PAGE else None


def one(session: Session, organization_id: str, thread_id: str) -> Talk | None:
    """One conversation of this organization."""
    mine = select(Thread).where(Thread.id == thread_id, Thread.organization_id == organization_id)
    return next(iter(_talks(session, session.scalars(mine).all())), None)


def _talks(session: Session, threads: Sequence[Thread]) -> list[Talk]:
    rows = session.scalars(
        select(Turn)
        .where(Turn.thread_id.in_([thread.id for thread in threads]))
        .order_by(Turn.thread_id, Turn.number)
    )
    turns: dict[str, list[Asked]] = {}
    for row in rows:
        turns.setdefault(row.thread_id, []).append(_asked(row))
    return [
        Talk(
            each.id,
            each.run_id,
            each.book,
            each.target,
            each.target_name,
            each.seats,
            turns.get(each.id, []),
        )
        for each in threads
    ]


def _asked(row: Turn) -> Asked:
    return Asked(
        row.number,
        plain(row.question),
        row.status,
        row.tokens - row.refunded_tokens,
        row.answers_done,
        row.answers_total,
        row.summary,
        row.asked_at,
        row.refunded_tokens,
        row.failure_code,
        row.failure_message,
    )
