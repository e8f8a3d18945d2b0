"""Deleting what a run was about and what was said of it; what it cost and when it ran stays."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, select, update
from sqlalchemy.orm import Session

from app.db import changed
from app.domain.runs.outcome import OVER
from app.errors import NotFound
from app.models.runs import Run, StoredReaction
from app.models.shares import ShareLink
from app.models.threads import Thread, Turn

RETENTION, PERSON = "retention", "person"


class TextDeleted(NotFound):
    """The run is listed, and nothing it held is there any more."""


def require(run: Run) -> None:
    """Refuse to read a run whose texts were deleted."""
    if run.text_deleted_at is not None:
        raise refusal(run.text_deleted_by)


def refusal(by: str | None) -> TextDeleted:
    """Why nothing of a run can be read."""
    return TextDeleted(told(by), hint="What it cost is kept.")


def told(by: str | None, of: str = "run") -> str:
    """That the texts of a run, or of a comparison's runs, were deleted, and by whom."""
    return f"{_WHAT[of]} were deleted{_BY[by or PERSON]}."


def deletable() -> tuple[ColumnElement[bool], ...]:
    """Which runs can lose their texts: those that are over, with no question still open."""
    asked = exists().where(Thread.run_id == Run.id, Turn.thread_id == Thread.id)
    return (
        Run.text_deleted_at.is_(None),
        Run.status.in_(OVER),
        ~asked.where(Turn.status == "pending"),
    )


def delete_of(session: Session, run_ids: Sequence[str], by: str, now: datetime) -> int:
    """Delete texts, reactions, threads and share links of these runs; gives how many had any."""
    which = update(Run).where(Run.id.in_(run_ids), *deletable())
    gone = changed(session, which.values(text_deleted_at=now, text_deleted_by=by, **_EMPTY))
    if gone:
        emptied = select(Run.id).where(Run.id.in_(run_ids), Run.text_deleted_at.is_not(None))
        session.execute(delete(Thread).where(Thread.run_id.in_(emptied)))
        session.execute(delete(StoredReaction).where(StoredReaction.run_id.in_(emptied)))
        session.execute(delete(ShareLink).where(ShareLink.run_id.in_(emptied)))
    return gone


_EMPTY = {
    "content": "",
    "url": None,
    "page": None,
    "audience": None,
    "synthesis": None,
    "failure_message": None,
}
_WHAT = {
    "run": "The text and reactions of this run",
    "comparison": "The texts and reactions of this comparison",
}
_BY = {RETENTION: " by retention", PERSON: ""}
