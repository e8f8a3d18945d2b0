"""A run that ended is told to webhooks: ids and figures, never what was written."""

from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from app.db import afterwards
from app.domain.panel.shapes import Json
from app.domain.webhooks import catalogue, events
from app.kit import clock, meters
from app.models.runs import Run

_TYPES = {"complete": catalogue.COMPLETED, "failed": catalogue.FAILED}


def ended(session: Session, run: Run, now: datetime) -> None:
    """Tell of a run that is settled; a cancelled one was ended by whoever would be told."""
    afterwards(session, partial(_count, run.book, run.status, run.refunded_tokens))
    if run.status == "complete":
        took = (now - run.created_at).total_seconds()
        afterwards(session, partial(meters.RUN_SECONDS.observe, took, run.detail))
    type_ = _TYPES.get(run.status)
    if type_ is not None:
        events.record(session, run.organization_id, type_, run.id, _facts(run), now)


def _count(book: str, status: str, refunded: int) -> None:
    meters.RUNS_ENDED.add(book, status)
    if refunded:
        meters.RUNS_REFUNDED.add(book)


def _facts(run: Run) -> Json:
    return {
        "run_id": run.id,
        "compare_id": run.comparison_id,
        "book": run.book,
        "status": run.status,
        "content_type": run.content_type,
        "detail": run.detail,
        "persona_count": run.persona_count,
        "personas_done": run.personas_done,
        "tokens": run.tokens,
        "tokens_charged": run.tokens - run.refunded_tokens,
        "refunded_tokens": run.refunded_tokens,
        "failure_code": run.failure_code,
        "credential_id": run.credential_id if run.via in {"key", "oauth"} else None,
        "created_at": clock.iso(run.created_at),
        "completed_at": clock.iso(run.completed_at or run.created_at),
    }
